"""Playing a game at a site: every move a site that can be observed or set.

The agent quantal-response equilibrium is solved for the member's own payoffs; then one choice is drawn at every
information set, ``NAME/PLAYER:NUMBER``. Only sets on the path taken weigh; chance sets are private types or nature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.games.game import CHANCE, Game
from keisei.games.response import quantal_response
from keisei.model.sites import Real, Site

_LOG_FLOOR = -30.0


class Play(NamedTuple):
    """How a play went.

    Attributes:
        moves: for each information set the action taken (int32), also off the path.
        reached: for each terminal node whether the play ended there.
        probabilities: for each information set the equilibrium probabilities of its actions.
        residual: the solver's residual (relative); large where it has not converged.
    """

    moves: tuple[jax.Array, ...]
    reached: tuple[jax.Array, ...]
    probabilities: tuple[tuple[jax.Array, ...], ...]
    residual: jax.Array


def play(
    site: Site,
    name: str,
    game: Game,
    payoffs: Sequence[Sequence[Real]],
    *,
    precision: Real = 1.0,
    chance: Mapping[int, Sequence[Real]] | None = None,
    when: Real = True,
    iterations: int = 12,
) -> Play:
    """Solve a game for this member and draw one play.

    Args:
        payoffs: [terminal][player] scalars, terminals in the order of ``game.terminals``.
        precision: λ.
        chance: probabilities that replace those of chance sets, by index of the set.
        when: False: nothing is played, nothing weighs.
        iterations: solver steps for games without perfect information.

    Source: McKelvey & Palfrey 1998 (agent quantal response).
    """
    table = jnp.stack([jnp.stack([jnp.asarray(u, jnp.float32) for u in row]) for row in payoffs])
    given = {k: jnp.stack([jnp.asarray(x, jnp.float32) for x in v]) for k, v in (chance or {}).items()}
    shares, residual = quantal_response(game, table, precision, iterations=iterations, chance=given)
    probabilities = tuple(tuple(shares[i][..., a] for a in range(len(s.actions))) for i, s in enumerate(game.infosets))
    moves: dict[int, jax.Array] = {}
    # a set comes after all sets on the paths to its nodes: order by depth
    depth = {i: min(len(game.paths[m]) for m in members) for i, members in enumerate(game.members)}
    for i in sorted(depth, key=lambda i: (depth[i], i)):
        infoset = game.infosets[i]
        on_path: Any = jnp.bool_(False)
        for node in game.members[i]:
            on_path = on_path | _along(game.paths[node], moves)
        player = "nature" if infoset.player == CHANCE else game.players[infoset.player]
        moves[i] = site.choice(
            f"{name}/{player}:{infoset.number}",
            options=infoset.actions,
            utilities=[jnp.maximum(jnp.log(q), _LOG_FLOOR) for q in probabilities[i]],
            when=jnp.logical_and(on_path, when),
        )
    reached = tuple(jnp.logical_and(_along(game.paths[n], moves), when) for n in game.terminals)
    return Play(tuple(moves[i] for i in range(len(game.infosets))), reached, probabilities, residual)


def _along(path: Sequence[tuple[int, int]], moves: Mapping[int, jax.Array]) -> Any:
    out: Any = jnp.bool_(True)
    for infoset, action in path:
        out = out & (moves[infoset] == action)
    return out
