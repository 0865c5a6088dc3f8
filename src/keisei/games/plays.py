"""Plays of a game: which sets a combination of choices passes, where it ends, and random draws of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from keisei.games.game import CHANCE, Game, play_order


@dataclass(frozen=True)
class PlaySet:
    """One information set as a site of a play.

    Args:
        index: position in `Game.infosets`, in `quantal_response`'s answer and on the last axis of choices.
        player: the owner's name, None for chance.
        name: unique for its player.
        actions: names of the options.
    """

    index: int
    player: str | None
    name: str
    actions: tuple[str, ...]


@lru_cache(maxsize=256)
def play_sets(game: Game) -> tuple[PlaySet, ...]:
    """The information sets, chance moves included, in play order: a set after those that can precede it."""
    return tuple(
        PlaySet(
            i,
            None if game.infosets[i].player == CHANCE else game.players[game.infosets[i].player],
            game.names[i],
            game.infosets[i].actions,
        )
        for i in play_order(game)
    )


def on_path(game: Game, choices: Any) -> Any:
    """Which information sets a play passes when everyone's choice at every set is fixed.

    Args:
        game: the tree, static.
        choices: integers [..., set], the action at each set of `game.infosets`; numpy or JAX.

    Returns:
        Booleans [..., set]; branch-free.
    """
    found = []
    for members in game.members:
        reached = _reached(game, choices, members[0])
        for member in members[1:]:
            reached = reached | _reached(game, choices, member)
        found.append(reached)
    return _stack(found, choices)


def terminal_reached(game: Game, choices: Any) -> Any:
    """Index [...] on the terminal axis of payoffs where the play of `choices` [..., set] ends."""
    total: Any = 0
    for k, node in enumerate(game.terminals):
        total = total + k * _reached(game, choices, node)
    return total


def _reached(game: Game, choices: Any, node: int) -> Any:
    result: Any = choices[..., 0] == choices[..., 0]
    for infoset, action in game.paths[node]:
        result = result & (choices[..., infoset] == action)
    return result


def _stack(parts: list[Any], like: Any) -> Any:
    if isinstance(like, np.ndarray):
        return np.stack(parts, axis=-1)
    import jax.numpy as jnp

    return jnp.stack(parts, axis=-1)


def terminal_probabilities(game: Game, probabilities: Sequence[Any]) -> Any:
    """Probability [..., terminal] of each end, from one array [..., action] for each information set."""
    found = []
    for node in game.terminals:
        share: Any = 1.0
        for infoset, action in game.paths[node]:
            share = share * probabilities[infoset][..., action]
        found.append(share)
    if all(isinstance(x, float | np.ndarray | np.generic) for x in found):
        return np.stack(np.broadcast_arrays(*found), axis=-1)
    import jax.numpy as jnp

    return jnp.stack(jnp.broadcast_arrays(*found), axis=-1)


def draw_plays(game: Game, probabilities: Sequence[Any], count: int, seed: int) -> np.ndarray:
    """Independent plays: the terminal index [count] where each ends.

    Args:
        game: the tree.
        probabilities: for each information set its actions' probabilities [action], or [count, action].
        count: how many plays.
        seed: of numpy's default generator.
    """
    rng = np.random.default_rng(seed)
    choices = np.empty((count, len(game.infosets)), dtype=np.int64)
    for i in range(len(game.infosets)):
        shares = np.broadcast_to(np.asarray(probabilities[i], dtype=float), (count, len(game.infosets[i].actions)))
        edges = np.cumsum(shares, axis=-1)
        choices[:, i] = np.minimum(
            (rng.random(count)[:, None] * edges[:, -1:] > edges).sum(axis=-1), shares.shape[-1] - 1
        )
    return np.asarray(terminal_reached(game, choices))
