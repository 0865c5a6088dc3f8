"""Posterior noise: what an observed value says about the noise that made it.

Every function takes the noise a member would have used, as much fresh noise, and what was observed in the base world.
Noise that already makes the observed value is kept as it is, so observing what would have been drawn changes nothing;
otherwise it is drawn anew from its distribution given the value. Where the observed value comes from the model, the
result therefore has the distribution of the noise itself: Exp(1), or uniform.
"""

from __future__ import annotations

from collections.abc import Sequence

import jax
import jax.numpy as jnp

MARGIN = 1e-5  # relative; rounding between two worlds must not overturn what was observed


def pick(values: Sequence[jax.Array], k: jax.Array) -> jax.Array:
    """``values[k]`` without a gather."""
    out = values[0]
    for i, value in enumerate(values[1:], start=1):
        out = jnp.where(k == i, value, out)
    return out


def argmin(values: Sequence[jax.Array]) -> jax.Array:
    """The place of the smallest value, int32; the first of equals."""
    best, where = values[0], jnp.int32(0)
    for i, value in enumerate(values[1:], start=1):
        less = value < best
        best, where = jnp.where(less, value, best), jnp.where(less, jnp.int32(i), where)
    return where


def race(
    e: Sequence[jax.Array], fresh: Sequence[jax.Array], k: jax.Array, utilities: Sequence[jax.Array], lse: jax.Array
) -> list[jax.Array]:
    """Exp(1) noise of a choice given that option k was taken.

    The race is won at the time T/Σe^u with T ~ Exp(1); the winner's noise is then w_k·T with w = softmax(u), and the
    others' is w_j·T plus a fresh Exp(1), since the exponential has no memory.

    Args:
        e, fresh: noise of each option, twice.
        k: the option observed.
        utilities, lse: of the base world, and their log-sum-exp.
    """
    redraw = argmin([x * jnp.exp(-u) for x, u in zip(e, utilities, strict=True)]) != k
    time = pick(fresh, k)
    out = []
    for i, (x, u, extra) in enumerate(zip(e, utilities, fresh, strict=True)):
        posterior = jnp.exp(u - lse) * time + jnp.where(k == i, 0.0, extra)
        out.append(jnp.where(redraw, posterior, x))
    return out


def chance(u: jax.Array, fresh: jax.Array, happened: jax.Array, p: jax.Array) -> jax.Array:
    """The uniform of an event of probability p (it happens where u < p) given whether it happened."""
    posterior = jnp.where(happened, fresh * p, p + fresh * (1.0 - p))
    return jnp.where((u < p) != happened, posterior, u)


def count_of(masses: Sequence[jax.Array], u: jax.Array) -> tuple[jax.Array, list[jax.Array]]:
    """The count whose CDF interval holds u, and the CDF (without the last, which is 1)."""
    cdf, total = [], masses[0]
    for mass in masses[1:]:
        cdf.append(total)
        total = total + mass
    k = jnp.int32(0)
    for level in cdf:
        k = k + (u > level).astype(jnp.int32)
    return k, cdf


def interval(cdf: Sequence[jax.Array], k: jax.Array) -> tuple[jax.Array, jax.Array]:
    """The CDF interval (low, high) of count k."""
    return pick([jnp.float32(0.0), *cdf], k), pick([*cdf, jnp.float32(1.0)], k)


def count(u: jax.Array, fresh: jax.Array, k: jax.Array, masses: Sequence[jax.Array]) -> jax.Array:
    """The uniform of a count given that it was k."""
    drawn, cdf = count_of(masses, u)
    low, _ = interval(cdf, k)
    return jnp.where(drawn != k, low + fresh * pick(masses, k), u)
