"""Text → expression, by recursive descent. Nothing is ever evaluated here, and nothing but this grammar is
known.

expression = conjunction { "or" conjunction }
conjunction = negation { "and" negation }
negation   = "not" negation | "(" expression ")" | comparison
comparison = "any" "(" record ")" "within" window
           | ("count" | "sum") "(" record ")" OP NUMBER "within" window
           | "value" "(" record "," "at" "=" month ")" OP NUMBER
           | "change" "(" record "," "from" "=" month "," "to" "=" month ")" OP NUMBER
record     = NAME { "," NAME "=" (NAME | NUMBER) }
window     = month [ ".." month ]
month      = YYYY-MM | "origin" [ ("+" | "-") DIGITS ]
OP         = ">=" | ">" | "<=" | "<" | "==" | "!="
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import NoReturn, cast

from keisei import months
from keisei.errors import InputError
from keisei.forecast.expressions.tree import (
    And,
    Change,
    Comparison,
    Expression,
    Level,
    Month,
    Not,
    Occurs,
    Or,
    Record,
    Tally,
    Window,
)

MAX_LENGTH = 4000
MAX_DEPTH = 32
MAX_WINDOW = 1200
MAX_OFFSET = 1200
FUNCTIONS = ("any", "count", "sum", "value", "change")
_KEYWORDS = ("and", "or", "not", "within")
_EXAMPLE = "write for example: count(PRK.launch.ballistic, class=ICBM) >= 2 within 2026-01..2026-12"

# [0-9] and not \d, so that digits of other scripts are refused
_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<month>[0-9]{4}-[0-9]{2}(?![0-9A-Za-z_-]))
  | (?P<origin>origin(?:[+-][0-9]+)?(?![0-9A-Za-z_-])(?!\.[0-9A-Za-z_]))
  | (?P<number>[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_]))
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*)
  | (?P<dots>\.\.)
  | (?P<op>>=|<=|==|!=|>|<)
  | (?P<mark>[(),=])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    column: int


def _fail(message: str, column: int, mend: str = _EXAMPLE) -> NoReturn:
    error = InputError(f"at column {column}: {message}", mend=mend)
    error.column = column
    raise error


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            shown = text[place : place + 12].split()[0] if text[place].strip() else repr(text[place])
            _fail(f"'{shown}' is not part of an expression", place + 1)
        if match.lastgroup != "space":
            found.append(_Token(str(match.lastgroup), match[0], place + 1))
        place = match.end()
    found.append(_Token("end", "the end", len(text) + 1))
    return found


def parse(text: str) -> Expression:
    """The expression that the text writes.

    >>> parse("any(PRK.test.nuclear) within 2026-01..2026-12")  # doctest: +ELLIPSIS
    Occurs(record=Record(name='PRK.test.nuclear', attributes=()), window=...)

    Raises:
        InputError: the text is none; the message says at which column, and how to mend it.
    """
    if not isinstance(text, str) or not text.strip():
        raise InputError("the expression is empty", mend=_EXAMPLE)
    if len(text) > MAX_LENGTH:
        raise InputError(f"the expression has {len(text)} characters", mend=f"keep it under {MAX_LENGTH}")
    parser = _Parser(_tokens(text))
    expression = parser.alternatives(1)
    end = parser.next()
    if end.kind != "end":
        _fail(f"'{end.text}' is not expected here", end.column, "join comparisons with and, or, not")
    return expression


class _Parser:
    """A place in a list of tokens; each method reads one rule of the grammar from there."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.place = 0

    @property
    def here(self) -> _Token:
        return self.tokens[self.place]

    def next(self) -> _Token:
        token = self.here
        self.place += 1
        return token

    def is_word(self, word: str) -> bool:
        return self.here.kind == "name" and self.here.text == word

    def expect(self, text: str, after: str) -> _Token:
        token = self.next()
        if token.text != text or token.kind == "end":
            _fail(f"expected '{text}' {after}, found '{token.text}'", token.column)
        return token

    def alternatives(self, depth: int) -> Expression:
        terms = [self.conjunction(depth)]
        while self.is_word("or"):
            self.next()
            terms.append(self.conjunction(depth))
        return terms[0] if len(terms) == 1 else Or(tuple(terms))

    def conjunction(self, depth: int) -> Expression:
        terms = [self.negation(depth)]
        while self.is_word("and"):
            self.next()
            terms.append(self.negation(depth))
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def negation(self, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            _fail("the expression is nested too deeply", self.here.column, f"use at most {MAX_DEPTH} levels")
        if self.is_word("not"):
            self.next()
            return Not(self.negation(depth + 1))
        if self.here.text == "(":
            self.next()
            inner = self.alternatives(depth + 1)
            self.expect(")", "to close the parenthesis")
            return inner
        return self.comparison()

    def comparison(self) -> Expression:
        token = self.next()
        if token.kind == "end":
            _fail("the expression ends too early", token.column)
        if token.text not in FUNCTIONS:
            what = (
                f"'{token.text}' is not a function" if self.here.text == "(" else f"'{token.text}' is not expected here"
            )
            _fail(what, token.column, "use one of " + ", ".join(FUNCTIONS))
        self.expect("(", f"after {token.text}")
        record, when = self.arguments(token)
        if token.text == "any":
            return Occurs(record, self.window("any(…)"))
        comparison, number = self.against(token)
        if token.text == "value":
            return Level(record, when["at"], comparison, number)
        if token.text == "change":
            return Change(record, when["from"], when["to"], comparison, number)
        window = self.window(f"{token.text}(…) {comparison} n")
        return Tally("count" if token.text == "count" else "sum", record, comparison, number, window)

    def arguments(self, function: _Token) -> tuple[Record, dict[str, Month]]:
        wanted = {"value": ("at",), "change": ("from", "to")}.get(function.text, ())
        name = self.next()
        if name.kind != "name" or name.text in _KEYWORDS:
            _fail(f"expected a record's name after {function.text}(, found '{name.text}'", name.column)
        attributes: dict[str, str] = {}
        when: dict[str, Month] = {}
        while self.here.text == ",":
            self.next()
            key = self.next()
            if key.kind != "name" or key.text in attributes or key.text in when:
                twice = "is given twice" if key.kind == "name" else "is not an attribute's name"
                _fail(f"'{key.text}' {twice}", key.column, "write ATTRIBUTE=VALUE once for each attribute")
            self.expect("=", f"after {key.text}")
            if key.text in ("at", "from", "to"):
                if key.text not in wanted:
                    _fail(
                        f"{function.text}() takes no '{key.text}'",
                        key.column,
                        "use within FROM..UNTIL after it",
                    )
                when[key.text] = self.month()
                continue
            value = self.next()
            if value.kind not in ("name", "number"):
                _fail(f"expected a value after {key.text}=, found '{value.text}'", value.column)
            attributes[key.text] = value.text
        self.expect(")", f"to close {function.text}(")
        missing = [key for key in wanted if key not in when]
        if missing:
            mend = "write " + ", ".join(f"{key}=YYYY-MM" for key in wanted) + " inside the parentheses"
            _fail(f"{function.text}() lacks {' and '.join(missing)}", function.column, mend)
        if len({month.relative for month in when.values()}) > 1:
            _fail("a calendar month stands beside one counted from the origin", function.column, "use one kind")
        return Record(name.text, tuple(sorted(attributes.items()))), when

    def against(self, function: _Token) -> tuple[Comparison, float]:
        op = self.next()
        if op.kind != "op":
            mend = f"write {function.text}(…) >= 1" if function.text in ("count", "sum") else "compare it, as in > 2"
            _fail(f"expected a comparison after {function.text}(…), found '{op.text}'", op.column, mend)
        token = self.next()
        number = float(token.text) if token.kind == "number" else math.nan
        if not math.isfinite(number):
            _fail(
                f"expected a number after {op.text}, found '{token.text}'",
                token.column,
                "give a finite number",
            )
        return cast(Comparison, op.text), number + 0.0  # no negative zero, which would not print back

    def window(self, after: str) -> Window:
        if not self.is_word("within"):
            _fail(
                f"expected 'within' after {after}, found '{self.here.text}'",
                self.here.column,
                "add within FROM..UNTIL",
            )
        column = self.next().column
        first = self.month()
        last = first
        if self.here.kind == "dots":
            self.next()
            last = self.month()
        if first.relative != last.relative:
            _fail("a window mixes a calendar month with one counted from the origin", column, "use one kind")
        if last.value < first.value:
            _fail(f"the window {first}..{last} ends before it starts", column, "write FROM..UNTIL in order")
        if last.value - first.value >= MAX_WINDOW:
            _fail(f"the window {first}..{last} is longer than {MAX_WINDOW} months", column, "shorten it")
        return Window(first, last)

    def month(self) -> Month:
        token = self.next()
        if token.kind == "origin":
            offset = int(token.text[6:] or 0) if len(token.text) < 16 else MAX_OFFSET + 1
            if abs(offset) > MAX_OFFSET:
                _fail(
                    f"'{token.text}' is too far from the origin",
                    token.column,
                    f"stay within {MAX_OFFSET} months",
                )
            return Month(offset, relative=True)
        if token.kind != "month":
            _fail(f"expected a month, found '{token.text}'", token.column, "write YYYY-MM, or origin+N")
        try:
            return Month(months.parse(token.text))
        except InputError as error:
            _fail(error.message, token.column, error.mend or "write YYYY-MM")
