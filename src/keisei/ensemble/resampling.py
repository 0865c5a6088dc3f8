"""Weights within groups of particles: their effective sample, how far a likelihood can be let in, resampling."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

_HALVINGS = 24  # float32 has no finer powers near 1


def effective(log_weights: jax.Array) -> jax.Array:
    """Effective sample (Σw)² / Σw² of each group: [groups, particles] → [groups], between 1 and the particles."""
    return jnp.exp(2.0 * jax.nn.logsumexp(log_weights, axis=1) - jax.nn.logsumexp(2.0 * log_weights, axis=1))


def rise(log_weights: jax.Array, gains: jax.Array, most: jax.Array, wanted: float) -> jax.Array:
    """The largest power of the likelihood in [0, most] that keeps ``wanted`` effective particles (bisection).

    Args:
        log_weights, gains: [groups, particles] weights so far and log-likelihoods.
        most: [groups].

    Returns:
        [groups]; ``most`` where all of it may come in.
    """

    def halve(_: jax.Array, bounds: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
        low, high = bounds
        middle = 0.5 * (low + high)
        enough = effective(log_weights + middle[:, None] * gains) >= wanted
        return jnp.where(enough, middle, low), jnp.where(enough, high, middle)

    low, _ = jax.lax.fori_loop(0, _HALVINGS, halve, (jnp.zeros_like(most), most))
    return jnp.where(effective(log_weights + most[:, None] * gains) >= wanted, most, low)


def systematic(log_weights: jax.Array, u: jax.Array) -> jax.Array:
    """Systematic resampling in O(N) (Kitagawa 1996; Douc & Cappé 2005).

    Args:
        log_weights: [groups, particles].
        u: [groups] uniforms.

    Returns:
        [groups, particles] int32: for each new particle the old one it copies, in order.
    """
    n = log_weights.shape[1]
    weights = jnp.exp(log_weights - log_weights.max(axis=1, keepdims=True))
    total = jnp.cumsum(weights, axis=1)
    total = total / total[:, -1:]
    # copies that end at or before particle i; then a scatter of marks and a running maximum instead of a search
    ends = jnp.clip(jnp.ceil(total * n - u[:, None]).astype(jnp.int32), 0, n)
    ends = ends.at[:, -1].set(n)
    starts = jnp.concatenate([jnp.zeros_like(ends[:, :1]), ends[:, :-1]], axis=1)
    particles = jnp.broadcast_to(jnp.arange(n, dtype=jnp.int32), ends.shape)

    def row(start: jax.Array, end: jax.Array, index: jax.Array) -> jax.Array:
        # a particle without copies writes to a place outside and is dropped
        place = jnp.where(end > start, start, n)
        return jax.lax.cummax(jnp.zeros(n, jnp.int32).at[place].max(index, mode="drop"))

    return jax.vmap(row)(starts, ends, particles)


class Lanes(NamedTuple):
    """States as one matrix [leaves, members] of uint32, so that a copy of members is one gather and not one a leaf.

    Attributes:
        structure: of the tree of states. kinds: dtype of each leaf, of 32 bits or bool.
    """

    structure: Any
    kinds: tuple[Any, ...]

    def stack(self, state: Any) -> jax.Array:
        """The leaves [members] of a state, bit by bit: [leaves, members]."""
        return jnp.stack(
            [
                x.astype(jnp.uint32) if x.dtype == jnp.bool_ else jax.lax.bitcast_convert_type(x, jnp.uint32)
                for x in jax.tree.leaves(state)
            ]
        )

    def tree(self, lanes: jax.Array) -> Any:
        """The state again."""
        leaves = [
            lane.astype(kind) if kind == jnp.bool_ else jax.lax.bitcast_convert_type(lane, kind)
            for lane, kind in zip(lanes, self.kinds, strict=True)
        ]
        return jax.tree.unflatten(self.structure, leaves)


def lanes_of(state: Any) -> Lanes:
    """How a state with leaves [members] is kept in lanes."""
    leaves, structure = jax.tree.flatten(state)
    return Lanes(structure, tuple(x.dtype for x in leaves))
