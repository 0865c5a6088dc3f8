"""Write a game as the tree it is.

    game("Crisis", ["A", "B"],
         decision("A", "challenge?", {
             "stay": end({"A": 0, "B": 0}),
             "challenge": decision("B", "resist?", {
                 "concede": end({"A": 1, "B": -1}),
                 "resist": end({"A": parameter("war") * feature("balance"), "B": "-3/2"})})}))

Decisions of one player under one name are one information set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from keisei.errors import InputError
from keisei.games.game import CHANCE, Game, Infoset, Node, Outcome
from keisei.games.linear import Linear, Number, exact, linear


@dataclass(frozen=True)
class Tree:
    """A part of a tree that is being written; made by `decision`, `chance` and `end`."""

    player: str | None = None
    infoset: str = ""
    branches: tuple[tuple[str, Tree], ...] = ()
    probabilities: tuple[Fraction, ...] | None = None
    payoffs: tuple[tuple[str, Linear], ...] = field(default=())
    name: str = ""


def decision(player: str, infoset: str, branches: Mapping[str, Tree]) -> Tree:
    """A player's move: action name → what follows."""
    return Tree(player=player, infoset=infoset, branches=tuple(branches.items()))


def chance(branches: Mapping[str, tuple[Number, Tree]], infoset: str = "") -> Tree:
    """A move of nature: action name → (probability, what follows)."""
    return Tree(
        infoset=infoset,
        branches=tuple((name, tree) for name, (_, tree) in branches.items()),
        probabilities=tuple(exact(p) for p, _ in branches.values()),
    )


def end(payoffs: Mapping[str, Linear | Number] | None = None, name: str = "") -> Tree:
    """The end of a play; players who are not named get 0."""
    return Tree(payoffs=tuple((p, linear(u)) for p, u in (payoffs or {}).items()), name=name)


def game(title: str, players: Sequence[str], root: Tree, comment: str = "") -> Game:
    """Check the tree and make it a game.

    Raises:
        InputError: an unknown player, actions that differ within an information set, or what `Game` refuses.
    """
    infosets: list[Infoset] = []
    known: dict[tuple[int, str], int] = {}
    nodes: list[Node] = []
    outcomes: list[Outcome] = []

    def index(player: str) -> int:
        if player not in players:
            raise InputError(f"'{player}' is not a player of this game", mend=f"name one of {list(players)}")
        return list(players).index(player)

    def place(tree: Tree, parent: int, branch: int) -> None:
        here = len(nodes)
        if not tree.branches:
            table = dict.fromkeys(range(len(players)), Linear())
            table.update({index(p): u for p, u in tree.payoffs})
            outcomes.append(Outcome(len(outcomes) + 1, tree.name, tuple(table.values())))
            nodes.append(Node("", parent, branch, None, len(outcomes) - 1))
            return
        player = CHANCE if tree.player is None else index(tree.player)
        actions = tuple(name for name, _ in tree.branches)
        key = (player, tree.infoset)
        if key not in known or (player == CHANCE and not tree.infoset):
            number = 1 + sum(s.player == player for s in infosets)
            known[key] = len(infosets)
            infosets.append(Infoset(player, number, tree.infoset, actions, tree.probabilities))
        found = infosets[known[key]]
        if found.actions != actions or found.probabilities != tree.probabilities:
            raise InputError(
                f"information set '{tree.infoset}' has the actions {list(found.actions)} in one place and "
                f"{list(actions)} in another, or other probabilities",
                mend="give every node of an information set the same actions, or use two names",
            )
        nodes.append(Node("", parent, branch, known[key], None))
        for position, (_, subtree) in enumerate(tree.branches):
            place(subtree, here, position)

    place(root, -1, 0)
    return Game(title, tuple(players), tuple(infosets), tuple(outcomes), tuple(nodes), comment)
