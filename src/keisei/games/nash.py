"""Exact Nash equilibria of small games, by pygambit (an optional extra)."""

from __future__ import annotations

import io
from collections.abc import Sequence

from keisei.errors import KeiseiError, MissingExtraError
from keisei.games.efg import format_efg
from keisei.games.game import CHANCE, Game


def nash_equilibria(game: Game) -> list[tuple[tuple[float, ...], ...]]:
    """Nash equilibria in behaviour strategies: for each, for each information set, the actions' probabilities.

    Two players: extreme equilibria by enumeration of mixed strategies, exactly. More players: equilibria in pure
    strategies. Where a mixed strategy never lets its own player come, its behaviour is undefined: NaN.

    Raises:
        MissingExtraError: when pygambit is not installed.
        KeiseiError: when a game of more than two players has no equilibrium in pure strategies.
    """
    try:
        import pygambit
    except ModuleNotFoundError:
        raise MissingExtraError("pygambit", "nash") from None
    peer = pygambit.read_efg(io.StringIO(format_efg(game)))
    if len(game.players) == 2:
        found = pygambit.nash.enummixed_solve(peer, rational=True).equilibria
    else:
        found = pygambit.nash.enumpure_solve(peer).equilibria
        if not found:
            raise KeiseiError(
                f"'{game.title}' has no Nash equilibrium in pure strategies, and mixed ones of three and more players "
                "are not enumerated; solve for a quantal response equilibrium instead"
            )
    # a peer's information sets by the node that a path of branches leads to
    answers: list[tuple[tuple[float, ...], ...]] = []
    for profile in found:
        behaviour = profile.as_behavior() if hasattr(profile, "as_behavior") else profile
        shares: list[tuple[float, ...]] = []
        for infoset, members in zip(game.infosets, game.members, strict=True):
            node = peer.root
            for _, branch in game.paths[members[0]]:
                node = list(node.children)[branch]
            if infoset.player == CHANCE:
                shares.append(tuple(float(p) for p in infoset.probabilities or ()))
            else:
                row = tuple(float(behaviour[a]) for a in node.infoset.actions)
                shares.append(row if sum(row) > 0 else (float("nan"),) * len(row))
        if not any(_same(shares, known) for known in answers):
            answers.append(tuple(shares))
    return answers


def _same(one: Sequence[tuple[float, ...]], other: Sequence[tuple[float, ...]]) -> bool:
    pairs = [(p, q) for a, b in zip(one, other, strict=True) for p, q in zip(a, b, strict=True)]
    return all(p == q or (p != p and q != q) for p, q in pairs)
