"""In which order the information sets of a game can be solved.

A set's choice depends on the sets below it (through values) and, when it holds several nodes, on other players'
sets above it (through beliefs). Without cycles one pass backwards solves the game. Cycles are cut at as few
sets as possible: given the choices at the cut, everything else in the block follows in one pass, so only the
cut's log-odds are unknowns of a fixed point. Most games of incomplete information need one unknown a block.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from keisei.games.game import CHANCE, Game


@dataclass(frozen=True)
class Block:
    """Sets that depend on each other.

    Args:
        sets: indices into `Game.infosets`, in an order in which each can be solved once the cut is known.
        cut: those of them whose log-odds are unknowns; empty when one pass suffices.
    """

    sets: tuple[int, ...]
    cut: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """Blocks in the order in which they can be solved, and the paths beliefs are made of.

    Args:
        blocks: see `Block`; later blocks depend on earlier ones only.
        weights: for each information set, for each of its nodes, the (set, action) steps of other players and of
            chance that make its belief; steps that lead to all nodes alike are left out, they cancel.
        unknowns: how many log-odds all cuts have together.
    """

    blocks: tuple[Block, ...]
    weights: tuple[tuple[tuple[tuple[int, int], ...], ...], ...]
    unknowns: int


@lru_cache(maxsize=256)
def plan(game: Game) -> Plan:
    """The plan of a game."""
    weights = []
    for infoset, members in zip(game.infosets, game.members, strict=True):
        steps = [tuple(s for s in game.paths[m] if game.infosets[s[0]].player != infoset.player) for m in members]
        common = set(steps[0]).intersection(*steps[1:])
        weights.append(tuple(tuple(s for s in path if s not in common) for path in steps))
    moves = [i for i, s in enumerate(game.infosets) if s.player != CHANCE]
    needs: dict[int, set[int]] = {i: set() for i in moves}
    for index, node in enumerate(game.nodes):
        if node.infoset is not None and game.infosets[node.infoset].player != CHANCE:
            for above, _ in game.paths[index]:
                if game.infosets[above].player != CHANCE:
                    needs[above].add(node.infoset)
    for i in moves:
        needs[i] |= {s for path in weights[i] for s, _ in path if game.infosets[s].player != CHANCE}
    blocks = []
    for component in _components(moves, needs):
        inner = {i: needs[i] & set(component) for i in component}
        cut = _cut(game, component, inner)
        blocks.append(Block(_order(component, inner, set(cut)), cut))
    unknowns = sum(len(game.infosets[i].actions) - 1 for b in blocks for i in b.cut)
    return Plan(tuple(blocks), tuple(weights), unknowns)


def _components(items: list[int], needs: dict[int, set[int]]) -> list[list[int]]:
    """Strongly connected components, those that are needed first (Tarjan 1972)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    found: list[list[int]] = []

    def visit(item: int) -> None:
        index[item] = low[item] = len(index)
        stack.append(item)
        for other in sorted(needs[item]):
            if other not in index:
                visit(other)
                low[item] = min(low[item], low[other])
            elif other in stack:
                low[item] = min(low[item], index[other])
        if low[item] == index[item]:
            component = []
            while True:
                component.append(stack.pop())
                if component[-1] == item:
                    break
            found.append(sorted(component))

    for item in items:
        if item not in index:
            visit(item)
    return found


def _acyclic(items: set[int], needs: dict[int, set[int]]) -> bool:
    rest = set(items)
    while rest:
        free = {i for i in rest if not needs[i] & rest}
        if not free:
            return False
        rest -= free
    return True


def _cut(game: Game, component: list[int], needs: dict[int, set[int]]) -> tuple[int, ...]:
    """The cheapest cut by trying all small ones; for large blocks, greedily."""
    items = set(component)
    if _acyclic(items, needs):
        return ()
    if len(component) <= 14:
        best: tuple[int, ...] = tuple(component)
        for size in range(1, len(component) + 1):
            fits = [c for c in combinations(component, size) if _acyclic(items - set(c), needs)]
            if fits:
                best = min(fits, key=lambda c: sum(len(game.infosets[i].actions) - 1 for i in c))
                break
        return best
    chosen: list[int] = []
    while not _acyclic(items, needs):
        worst = max(sorted(items), key=lambda i: len(needs[i] & items) * sum(i in needs[j] for j in items))
        chosen.append(worst)
        items.discard(worst)
    return tuple(chosen)


def _order(component: list[int], needs: dict[int, set[int]], cut: set[int]) -> tuple[int, ...]:
    done, order = set(cut), []
    rest = [i for i in component if i not in cut]
    while rest:
        free = [i for i in rest if needs[i] <= done]
        order += free
        done |= set(free)
        rest = [i for i in rest if i not in done]
    return (*order, *sorted(cut))
