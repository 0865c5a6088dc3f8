"""Playing a game at a site: every move a site that can be observed or set.

The agent quantal-response equilibrium is solved for the member's own payoffs; then one choice is drawn at every
information set, ``NAME/PLAYER:NUMBER``. Only sets on the path taken weigh; chance sets are private types or nature.
Sets of which a play passes one at most (a player's answer to each offer that may have come) can share one site, named
after the first of them: whoever sets "accept" there has every offer accepted. A type that lasts is given, not drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.games.game import CHANCE, Game
from keisei.games.response import quantal_response
from keisei.model.sites import ModelError, Real, Site

_LOG_FLOOR = -30.0


class Play(NamedTuple):
    """How a play went.

    Attributes:
        moves: for each information set the action taken (int32), also off the path; sets that share a site share it.
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
    given: Mapping[int, Real] | None = None,
    together: Sequence[Sequence[int]] = (),
    when: Real = True,
    iterations: int = 12,
) -> Play:
    """Solve a game for this member and draw one play.

    Args:
        payoffs: [terminal][player] scalars, terminals in the order of ``game.terminals``.
        precision: λ.
        chance: probabilities that replace those of chance sets, by index of the set; what players believe.
        given: action of sets that have no site, by index of the set: types drawn before and kept.
        together: groups of sets that share a site. A group has one owner, the same actions, and lies at one depth.
        when: False: nothing is played, nothing weighs.
        iterations: solver steps for games without perfect information.

    Raises:
        ModelError: sets that are to share a site differ in owner, actions or depth.

    Source: McKelvey & Palfrey 1998 (agent quantal response).
    """
    table = jnp.stack([jnp.stack([jnp.asarray(u, jnp.float32) for u in row]) for row in payoffs])
    nature = {k: jnp.stack([jnp.asarray(x, jnp.float32) for x in v]) for k, v in (chance or {}).items()}
    # no derivative passes through a play, so that no step need be written out for one
    shares, residual = quantal_response(game, table, precision, iterations=iterations, chance=nature, polish=0)
    probabilities = tuple(tuple(shares[i][..., a] for a in range(len(s.actions))) for i, s in enumerate(game.infosets))
    moves: dict[int, jax.Array] = {k: jnp.asarray(v, jnp.int32) for k, v in (given or {}).items()}
    # a set comes after all sets on the paths to its nodes: order by depth
    depth = {i: min(len(game.paths[m]) for m in members) for i, members in enumerate(game.members)}
    group = {i: tuple(sets) for sets in together for i in sets}
    for sets in together:
        if len({(game.infosets[i].player, game.infosets[i].actions, depth[i]) for i in sets}) > 1:
            raise ModelError(
                f"game {game.title}: sets {tuple(sets)} cannot share a site: they differ in owner, actions or depth"
            )
    for i in sorted(depth, key=lambda i: (depth[i], i)):
        if i in moves:
            continue
        sets = group.get(i, (i,))
        here = [_on_path(game, k, moves) for k in sets]
        infoset = game.infosets[i]
        utilities = [jnp.maximum(jnp.log(q), _LOG_FLOOR) for q in probabilities[sets[-1]]]
        for k, on_path in zip(sets[-2::-1], here[-2::-1], strict=True):
            other = [jnp.maximum(jnp.log(q), _LOG_FLOOR) for q in probabilities[k]]
            utilities = [jnp.where(on_path, a, b) for a, b in zip(other, utilities, strict=True)]
        player = "nature" if infoset.player == CHANCE else game.players[infoset.player]
        move = site.choice(
            f"{name}/{player}:{infoset.number}",
            options=infoset.actions,
            utilities=utilities,
            when=jnp.logical_and(_any(here), when),
        )
        moves.update(dict.fromkeys(sets, move))
    reached = tuple(jnp.logical_and(_along(game.paths[n], moves), when) for n in game.terminals)
    return Play(tuple(moves[i] for i in range(len(game.infosets))), reached, probabilities, residual)


def _on_path(game: Game, infoset: int, moves: Mapping[int, jax.Array]) -> Any:
    return _any([_along(game.paths[node], moves) for node in game.members[infoset]])


def _any(parts: Sequence[Any]) -> Any:
    out: Any = jnp.bool_(False)
    for part in parts:
        out = out | part
    return out


def _along(path: Sequence[tuple[int, int]], moves: Mapping[int, jax.Array]) -> Any:
    out: Any = jnp.bool_(True)
    for infoset, action in path:
        out = out & (moves[infoset] == action)
    return out
