"""Gambit's .efg files, format 2: read with line and column in every complaint, and written.

Format: https://gambitproject.readthedocs.io, "The extensive game (.efg) file format".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from keisei.errors import InputError
from keisei.games.game import CHANCE, Game, Infoset, Node, Outcome, TreeError
from keisei.games.linear import Linear

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|\#[^\n]*|/\*.*?\*/)
      | (?P<text>"(?:[^"\\]|\\.)*")
      | (?P<brace>[{}])
      | (?P<comma>,)
      | (?P<number>[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?:/(?:\d+(?:\.\d*)?|\.\d+))?)(?=[\s,{}"]|$)
      | (?P<word>[A-Za-z]+)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int
    column: int


class _Reader:
    """Tokens of one file, with a place for every complaint."""

    def __init__(self, text: str, file: str | Path | None) -> None:
        self.file = file
        self.tokens = list(self._tokens(text))
        self.at = 0

    def _tokens(self, text: str) -> Iterator[_Token]:
        position, line, start = 0, 1, 0
        while position < len(text):
            found = _TOKEN.match(text, position)
            if found is None:
                what = "this quotation is never closed" if text[position] == '"' else "this is not understood"
                shown = text[position : position + 20].split("\n")[0]
                raise InputError(f"{what}: {shown}", file=self.file, line=line, column=position - start + 1)
            kind = str(found.lastgroup)
            if kind not in ("space", "comma"):
                yield _Token(kind, found.group(), line, position - start + 1)
            line += found.group().count("\n")
            if "\n" in found.group():
                start = position + found.group().rindex("\n") + 1
            position = found.end()
        yield _Token("end", "the end of the file", line, position - start + 1)

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def fail(self, message: str, mend: str | None = None, token: _Token | None = None) -> InputError:
        token = token or self.next
        return InputError(message, file=self.file, line=token.line, column=token.column, mend=mend)

    def take(self, kind: str, what: str) -> _Token:
        token = self.next
        if token.kind != kind:
            raise self.fail(f"expected {what}, found {token.text}")
        self.at += 1
        return token

    def brace(self, sign: str) -> None:
        if self.next.text != sign or self.next.kind != "brace":
            raise self.fail(f"expected '{sign}', found {self.next.text}")
        self.at += 1

    def text(self, what: str) -> str:
        return re.sub(r"\\(.)", r"\1", self.take("text", what).text[1:-1], flags=re.DOTALL)

    def number(self, what: str) -> Fraction:
        token = self.take("number", what)
        above, _, below = token.text.partition("/")
        try:
            return Fraction(above) / Fraction(below) if below else Fraction(above)
        except ZeroDivisionError:
            raise self.fail("a number is divided by zero", token=token) from None

    def integer(self, what: str) -> int:
        token = self.next
        value = self.number(what)
        if value.denominator != 1:
            raise self.fail(f"expected {what}, found {token.text}", token=token)
        return int(value)


class _Parser:
    def __init__(self, text: str, file: str | Path | None) -> None:
        self.read = _Reader(text, file)
        self.infosets: list[Infoset] = []
        self.by_number: dict[tuple[int, int], int] = {}
        self.outcomes: list[Outcome] = []
        self.outcome_by_number: dict[int, int] = {}
        self.nodes: list[Node] = []
        self.places: list[_Token] = []

    def game(self) -> Game:
        read = self.read
        for wanted, mend in (("EFG", "begin the file with: EFG 2 R"), ("2", "only format 2 is read")):
            if read.next.text != wanted:
                raise read.fail(f"expected {wanted}, found {read.next.text}", mend)
            read.at += 1
        if read.next.text not in ("R", "D"):
            raise read.fail(f"expected R or D, found {read.next.text}", "write: EFG 2 R")
        read.at += 1
        title = read.text("the title in quotation marks")
        read.brace("{")
        players = []
        while read.next.kind == "text":
            players.append(read.text("a player's name"))
        read.brace("}")
        comment = read.text("a comment") if read.next.kind == "text" else ""
        self.players = tuple(players)
        self.tree()
        if read.next.kind != "end":
            raise read.fail(f"the tree is complete, but {read.next.text} follows", "remove what follows")
        try:
            return Game(title, self.players, tuple(self.infosets), tuple(self.outcomes), tuple(self.nodes), comment)
        except TreeError as error:
            place = self.places[error.node]
            raise InputError(
                error.message, file=read.file, line=place.line, column=place.column, mend=error.mend
            ) from None

    def tree(self) -> None:
        """Nodes in prefix order; `open` holds the inner nodes whose branches are not all read."""
        open_nodes: list[tuple[int, int]] = []
        while True:
            parent, branch = -1, 0
            if open_nodes:
                parent, branch = open_nodes.pop()
                infoset = self.nodes[parent].infoset
                assert infoset is not None
                if branch + 1 < len(self.infosets[infoset].actions):
                    open_nodes.append((parent, branch + 1))
            index = len(self.nodes)
            if self.node(parent, branch):
                open_nodes.append((index, 0))
            if not open_nodes:
                return

    def node(self, parent: int, branch: int) -> bool:
        """Read one node; True when branches follow."""
        read = self.read
        place = read.next
        kind = read.take("word", "a node: c, p or t").text
        if kind not in ("c", "p", "t"):
            raise read.fail(f"expected a node (c, p or t), found {kind}", token=place)
        name = read.text("the node's name in quotation marks")
        infoset = None
        if kind != "t":
            infoset = self.infoset(CHANCE if kind == "c" else self.player())
        outcome = self.outcome()
        self.nodes.append(Node(name, parent, branch, infoset, outcome))
        self.places.append(place)
        return infoset is not None

    def player(self) -> int:
        token = self.read.next
        number = self.read.integer("the player's number")
        if not 1 <= number <= len(self.players):
            raise self.read.fail(f"player {number} does not exist", f"use 1 to {len(self.players)}", token=token)
        return number - 1

    def infoset(self, player: int) -> int:
        read = self.read
        place = read.next
        number = read.integer("the information set's number")
        key = (player, number)
        label, actions, shares = "", [], []
        if read.next.kind == "text":
            label = read.text("the information set's name")
        given = read.next.text == "{"
        if given:
            read.brace("{")
            while read.next.kind == "text":
                actions.append(read.text("an action's name"))
                if player == CHANCE:
                    shares.append(read.number("the action's probability"))
            read.brace("}")
            if not actions:
                raise read.fail("an information set needs at least one action", token=place)
        if key not in self.by_number:
            if not given:
                raise read.fail(
                    f"information set {number} has not been described before",
                    "give its actions in braces where it occurs first",
                    token=place,
                )
            self.by_number[key] = len(self.infosets)
            probabilities = tuple(shares) if player == CHANCE else None
            self.infosets.append(Infoset(player, number, label, tuple(actions), probabilities))
        elif given:
            known = self.infosets[self.by_number[key]]
            if len(known.actions) != len(actions):
                raise read.fail(
                    f"information set {number} had {len(known.actions)} actions before and has {len(actions)} here",
                    token=place,
                )
            if known.actions != tuple(actions):
                raise read.fail(
                    f"information set {number} had the actions {', '.join(known.actions)} before", token=place
                )
            if player == CHANCE and known.probabilities != tuple(shares):
                raise read.fail(
                    f"chance move {number} had other probabilities before", "use one set of them", token=place
                )
        return self.by_number[key]

    def outcome(self) -> int | None:
        read = self.read
        place = read.next
        number = read.integer("the outcome's number")
        name = read.text("the outcome's name") if read.next.kind == "text" else ""
        given = read.next.text == "{"
        payoffs = []
        if given:
            read.brace("{")
            while read.next.kind == "number":
                payoffs.append(Linear(read.number("a payoff")))
            read.brace("}")
            if len(payoffs) != len(self.players):
                raise read.fail(
                    f"outcome {number} has {len(payoffs)} payoffs for {len(self.players)} players", token=place
                )
        if number == 0:
            return None
        if number not in self.outcome_by_number:
            if not given:
                raise read.fail(
                    f"outcome {number} has not been described before", "give its payoffs in braces", token=place
                )
            self.outcome_by_number[number] = len(self.outcomes)
            self.outcomes.append(Outcome(number, name, tuple(payoffs)))
        elif given and self.outcomes[self.outcome_by_number[number]].payoffs != tuple(payoffs):
            raise read.fail(f"outcome {number} paid something else before", "use another number", token=place)
        return self.outcome_by_number[number]


def parse_efg(text: str, file: str | Path | None = None) -> Game:
    """The game that the text of an .efg file means.

    Raises:
        InputError: what is wrong, with line and column.
    """
    return _Parser(text, file).game()


def read_efg(path: str | Path) -> Game:
    """Read an .efg file.

    Raises:
        InputError: the file cannot be read, or what is wrong in it with line and column.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InputError(f"the game cannot be read ({reason})", file=path, mend="name an .efg file") from None
    return parse_efg(text, path)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def format_efg(game: Game) -> str:
    """The game as text of an .efg file; numbers exactly, as integers or fractions.

    Raises:
        InputError: when a payoff waits for a parameter or feature.
    """
    if game.parameters or game.features:
        waits = ", ".join(game.parameters + game.features)
        raise InputError(f"an .efg file holds numbers, but payoffs wait for {waits}", mend="give them values first")
    lines = [f"EFG 2 R {_quote(game.title)} {{ {' '.join(map(_quote, game.players))} }}", _quote(game.comment), ""]

    def paid(index: int | None) -> str:
        if index is None:
            return "0"
        outcome = game.outcomes[index]
        return f"{outcome.number} {_quote(outcome.name)} {{ {', '.join(str(u.constant) for u in outcome.payoffs)} }}"

    for node in game.nodes:
        if node.infoset is None:
            lines.append(f"t {_quote(node.name)} {paid(node.outcome)}")
            continue
        infoset = game.infosets[node.infoset]
        if infoset.player == CHANCE:
            shares = infoset.probabilities or ()
            inner = " ".join(f"{_quote(a)} {p}" for a, p in zip(infoset.actions, shares, strict=True))
            head = f"c {_quote(node.name)} {infoset.number}"
        else:
            inner = " ".join(map(_quote, infoset.actions))
            head = f"p {_quote(node.name)} {infoset.player + 1} {infoset.number}"
        lines.append(f"{head} {_quote(infoset.label)} {{ {inner} }} {paid(node.outcome)}")
    return "\n".join(lines) + "\n"
