"""A finite extensive-form game: the tree, who knows what, and what it pays.

A `Game` is immutable and hashable, so it can be a static argument of a compiled function. Payoffs are added up
along the path, as Gambit does for outcomes at inner nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from keisei.errors import InputError
from keisei.games.linear import Linear

CHANCE = -1


class TreeError(InputError):
    """The tree breaks a law of games; `node` says where, so that a reader can add line and column."""

    def __init__(self, message: str, node: int, mend: str | None = None) -> None:
        self.node = node
        super().__init__(message, mend=mend)


@dataclass(frozen=True)
class Infoset:
    """What a player cannot tell apart, or one kind of chance move.

    Args:
        player: index into `Game.players`; `CHANCE` for nature.
        number: the player's own numbering, from 1.
        label: its name; may be empty.
        actions: names in the order of the branches.
        probabilities: of the actions, for chance only.
    """

    player: int
    number: int
    label: str
    actions: tuple[str, ...]
    probabilities: tuple[Fraction, ...] | None = None


@dataclass(frozen=True)
class Outcome:
    """A numbered bundle of payoffs, one for each player, which several nodes may share."""

    number: int
    name: str
    payoffs: tuple[Linear, ...]


@dataclass(frozen=True)
class Node:
    """One node; nodes stand in prefix order, so node 0 is the root and parents come before children.

    Args:
        name: may be empty.
        parent: index of the parent, -1 at the root.
        branch: which action of the parent leads here.
        infoset: index into `Game.infosets`, None at a terminal node.
        outcome: index into `Game.outcomes`, None when nothing is paid here.
    """

    name: str
    parent: int
    branch: int
    infoset: int | None
    outcome: int | None


@dataclass(frozen=True)
class Game:
    """A checked game.

    Raises:
        InputError: chance probabilities that do not add to 1, a tree that is not complete, imperfect recall.
    """

    title: str
    players: tuple[str, ...]
    infosets: tuple[Infoset, ...]
    outcomes: tuple[Outcome, ...]
    nodes: tuple[Node, ...]
    comment: str = ""

    def __post_init__(self) -> None:
        _check(self)

    @cached_property
    def _hash(self) -> int:
        return hash((self.title, self.players, self.infosets, self.outcomes, self.nodes, self.comment))

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each node its children in the order of the actions."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for index, node in enumerate(self.nodes):
            if node.parent >= 0:
                found[node.parent].append(index)
        return tuple(tuple(sorted(c, key=lambda i: self.nodes[i].branch)) for c in found)

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """For each information set its nodes."""
        found: list[list[int]] = [[] for _ in self.infosets]
        for index, node in enumerate(self.nodes):
            if node.infoset is not None:
                found[node.infoset].append(index)
        return tuple(map(tuple, found))

    @cached_property
    def terminals(self) -> tuple[int, ...]:
        """Node indices of the terminal nodes, left to right: the terminal axis of payoffs."""
        return tuple(i for i, node in enumerate(self.nodes) if node.infoset is None)

    @cached_property
    def terminal_index(self) -> dict[int, int]:
        """Node index → position on the terminal axis."""
        return {node: k for k, node in enumerate(self.terminals)}

    @cached_property
    def paths(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each node the (information set, action) pairs from the root to it."""
        found: list[tuple[tuple[int, int], ...]] = []
        for node in self.nodes:
            if node.parent < 0:
                found.append(())
            else:
                above = self.nodes[node.parent].infoset
                assert above is not None
                found.append((*found[node.parent], (above, node.branch)))
        return tuple(found)

    @cached_property
    def decisions(self) -> tuple[int, ...]:
        """Information sets that belong to players, in play order where there is one."""
        return tuple(i for i in play_order(self) if self.infosets[i].player != CHANCE)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """For each information set a name that is unique for its player: the label, else the number."""
        labels = [(s.player, s.label) for s in self.infosets]
        return tuple(
            s.label if s.label and labels.count((s.player, s.label)) == 1 else str(s.number) for s in self.infosets
        )

    @cached_property
    def terminal_names(self) -> tuple[str, ...]:
        """For each terminal node its outcome's name, else its node name, else the actions that lead to it."""
        found = []
        for index in self.terminals:
            node = self.nodes[index]
            named = self.outcomes[node.outcome].name if node.outcome is not None else ""
            steps = "/".join(self.infosets[s].actions[a] for s, a in self.paths[index])
            found.append(named or node.name or steps)
        return tuple(found)

    @cached_property
    def linear_payoffs(self) -> tuple[tuple[Linear, ...], ...]:
        """[terminal][player]: outcomes added up along the path."""
        table = []
        for index in self.terminals:
            total = [Linear()] * len(self.players)
            at = index
            while at >= 0:
                outcome = self.nodes[at].outcome
                if outcome is not None:
                    total = [a + b for a, b in zip(total, self.outcomes[outcome].payoffs, strict=True)]
                at = self.nodes[at].parent
            table.append(tuple(total))
        return tuple(table)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters that payoffs wait for, in order of appearance."""
        return tuple(dict.fromkeys(p for row in self.linear_payoffs for u in row for p, _, _ in u.terms if p))

    @cached_property
    def features(self) -> tuple[str, ...]:
        """Names of the features that payoffs wait for, in order of appearance."""
        return tuple(dict.fromkeys(f for row in self.linear_payoffs for u in row for _, f, _ in u.terms if f))

    @cached_property
    def perfect_information(self) -> bool:
        """True when every player's information set holds one node."""
        return all(len(m) == 1 for m, s in zip(self.members, self.infosets, strict=True) if s.player != CHANCE)

    def payoffs(self, parameters: Mapping[str, Any] | None = None, features: Mapping[str, Any] | None = None) -> Any:
        """Payoffs as an array [..., terminal, player].

        Args:
            parameters: a value or array for every name in `self.parameters`.
            features: a value or array for every name in `self.features`; all batch shapes broadcast together.

        Raises:
            InputError: when a name is missing.
        """
        flat = [u.value(parameters or {}, features or {}) for row in self.linear_payoffs for u in row]
        shape = np.broadcast_shapes(*(np.shape(u) for u in flat)) if flat else ()
        if all(isinstance(u, float | int | np.ndarray | np.generic) for u in flat):
            stacked: Any = np.stack([np.broadcast_to(u, shape) for u in flat], axis=-1)
        else:
            import jax.numpy as jnp

            stacked = jnp.stack([jnp.broadcast_to(u, shape) for u in flat], axis=-1)
        return stacked.reshape(*shape, len(self.terminals), len(self.players))


def _check(game: Game) -> None:
    if not game.nodes or not game.players:
        raise TreeError("a game needs at least one player and one node", 0)
    for index, (node, children) in enumerate(zip(game.nodes, game.children, strict=True)):
        wanted = 0 if node.infoset is None else len(game.infosets[node.infoset].actions)
        if [game.nodes[c].branch for c in children] != list(range(wanted)):
            raise TreeError(f"the node has {len(children)} branches where {wanted} are announced", index)
    for outcome in game.outcomes:
        if len(outcome.payoffs) != len(game.players):
            raise TreeError(f"outcome {outcome.number} pays {len(outcome.payoffs)} players of {len(game.players)}", 0)
    for index, (infoset, members) in enumerate(zip(game.infosets, game.members, strict=True)):
        at = members[0] if members else 0
        if not members:
            raise TreeError(f"information set '{infoset.label or infoset.number}' holds no node", 0)
        if not infoset.actions:
            raise TreeError(f"information set '{infoset.label or infoset.number}' has no action", at)
        if infoset.player == CHANCE:
            shares = infoset.probabilities or ()
            if len(shares) != len(infoset.actions) or any(p < 0 for p in shares):
                raise TreeError("a chance move needs one probability, not negative, for each of its branches", at)
            if abs(sum(shares, Fraction(0)) - 1) > Fraction(1, 10**9):
                raise TreeError(
                    f"the probabilities of chance move '{infoset.label or infoset.number}' add up to "
                    f"{float(sum(shares)):.10g}",
                    at,
                    mend="make them add up to 1",
                )
            continue
        own = [
            tuple(step for step in game.paths[m] if game.infosets[step[0]].player == infoset.player) for m in members
        ]
        for member, path in zip(members[1:], own[1:], strict=True):
            if path != own[0]:
                name = infoset.label or infoset.number
                raise TreeError(
                    f"player '{game.players[infoset.player]}' does not have perfect recall: at information set "
                    f"'{name}' different own moves lie behind",
                    member,
                    mend="split the information set by what the player did before",
                )
        if any(step[0] == index for path in own for step in path):
            raise TreeError(
                f"information set '{infoset.label or infoset.number}' occurs twice on one path", members[-1]
            )


def play_order(game: Game) -> tuple[int, ...]:
    """All information sets so that a set comes after those that can precede it.

    Where two sets precede each other on different paths no such order exists; the set that the tree names first
    is then taken first.
    """
    before: dict[int, set[int]] = {i: set() for i in range(len(game.infosets))}
    for index, node in enumerate(game.nodes):
        if node.infoset is not None:
            before[node.infoset] |= {s for s, _ in game.paths[index]}
    order: list[int] = []
    while len(order) < len(game.infosets):
        rest = [i for i in before if i not in order]
        free = [i for i in rest if before[i] <= set(order)]
        order.append(min(free or rest, key=lambda i: game.members[i][0]))
    return tuple(order)
