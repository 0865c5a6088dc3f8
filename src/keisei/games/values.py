"""What an action is worth at an information set, given what everyone does.

Written once for numpy (complex numbers included, for exact derivatives by complex steps) and for JAX: arrays are
kept one for each site, so that a batch runs through vector instructions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from keisei.games.game import CHANCE, Game
from keisei.games.plan import Plan

Probabilities = dict[int, tuple[Any, ...]]


class Values:
    """Expected payoffs in one evaluation; remembers what it has computed.

    Args:
        game: the game.
        layout: its plan.
        payoffs: [terminal][player] arrays of one batch shape.
        known: information set → probabilities of its actions; filled while the evaluation goes on.
    """

    def __init__(self, game: Game, layout: Plan, payoffs: Sequence[Sequence[Any]], known: Probabilities) -> None:
        self.game, self.layout, self.payoffs, self.known = game, layout, payoffs, known
        self._memory: dict[tuple[int, int], Any] = {}

    def node(self, index: int, player: int) -> Any:
        """Expected payoff of a player from a node on."""
        key = (index, player)
        if key not in self._memory:
            infoset = self.game.nodes[index].infoset
            if infoset is None:
                value = self.payoffs[self.game.terminal_index[index]][player]
            else:
                children = [self.node(c, player) for c in self.game.children[index]]
                shares = self.known[infoset]
                if len(children) == 2 and self.game.infosets[infoset].player != CHANCE:
                    value = children[0] + shares[1] * (children[1] - children[0])
                else:
                    value = sum(p * v for p, v in zip(shares, children, strict=True))
            self._memory[key] = value
        return self._memory[key]

    def actions(self, infoset: int) -> list[Any]:
        """Expected payoff of the owner for each action, given that the set is reached."""
        player = self.game.infosets[infoset].player
        members = self.game.members[infoset]
        by_node = [[self.node(c, player) for c in self.game.children[m]] for m in members]
        if len(members) == 1:
            return by_node[0]
        shares = [self._product(path) for path in self.layout.weights[infoset]]
        total = sum(shares)
        return [sum(w * row[a] for w, row in zip(shares, by_node, strict=True)) / total for a in range(len(by_node[0]))]

    def _product(self, path: Sequence[tuple[int, int]]) -> Any:
        result: Any = 1.0
        for infoset, action in path:
            result = result * self.known[infoset][action]
        return result


def chance_probabilities(game: Game, given: Mapping[int, Sequence[Any]] | None = None) -> Probabilities:
    """Probabilities of the chance moves, where `given` replaces the game's own."""
    found: Probabilities = {}
    for index, infoset in enumerate(game.infosets):
        if infoset.player == CHANCE:
            found[index] = tuple(float(p) for p in infoset.probabilities or ())
    found.update({k: tuple(v) for k, v in (given or {}).items()})
    return found


def residuals(
    game: Game,
    layout: Plan,
    payoffs: Sequence[Sequence[Any]],
    choice: Callable[[list[Any]], tuple[Any, ...]],
    odds: Callable[[int], list[Any]],
    known: Probabilities,
    blocks: Sequence[int] | None = None,
) -> list[Any]:
    """How far the unknown log-odds at the cuts are from what they imply; fills `known`.

    Args:
        game: the game.
        layout: its plan.
        payoffs: [terminal][player], already times the precision.
        choice: log-odds of the actions against the first (the first being 0) → probabilities.
        odds: for a set of the cut, its unknown log-odds (without the first).
        known: probabilities of chance moves and of sets in earlier blocks.
        blocks: which blocks to evaluate; all by default.
    """
    found = []
    for position in range(len(layout.blocks)) if blocks is None else blocks:
        block = layout.blocks[position]
        cut = set(block.cut)
        for index in block.cut:
            known[index] = choice(odds(index))
        values = Values(game, layout, payoffs, known)
        for index in block.sets:
            worth = values.actions(index)
            gain = [w - worth[0] for w in worth[1:]]
            if index in cut:
                found += [z - g for z, g in zip(odds(index), gain, strict=True)]
            else:
                known[index] = choice(gain)
    return found
