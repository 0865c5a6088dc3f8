"""Noise as a pure function of (seed, slot, month, site, index).

``h(slot·G ^ h(month·C ^ key))`` with the 32-bit mixer *lowbias32* (Wellons, "Prospecting for hash functions", 2018);
``key`` is made on the host from (seed, site, index, lane). Nothing here has state: adding a site changes no draw of
another, and a member's noise does not depend on how members are cut into blocks.
"""

from __future__ import annotations

import hashlib

import jax
import jax.numpy as jnp
import numpy as np

_G = 0x9E3779B9  # golden ratio: spreads neighbouring slots
_C = 0x85EBCA6B  # another odd constant for months


def lowbias32(x: jax.Array) -> jax.Array:
    """Mix 32 bits (bias 0.17 of the ideal, Wellons 2018). uint32 of any shape → the same shape."""
    x = x ^ (x >> 16)
    x = x * jnp.uint32(0x7FEB352D)
    x = x ^ (x >> 15)
    x = x * jnp.uint32(0x846CA68B)
    return x ^ (x >> 16)


def key(seed: int, name: str, index: str, lane: int) -> int:
    """The 32-bit key of one uniform of one site, from a cryptographic hash."""
    text = f"{seed}\x1f{name}\x1f{index}\x1f{lane}".encode()
    return int.from_bytes(hashlib.blake2s(text, digest_size=4).digest(), "little")


def month_keys(keys: jax.Array, month: jax.Array) -> jax.Array:
    """``h(month·C ^ key)`` for all lanes at once: [lanes] uint32."""
    return lowbias32((month.astype(jnp.uint32) * jnp.uint32(_C)) ^ keys)


def bits(slot: jax.Array, month_key: jax.Array) -> jax.Array:
    """32 random bits for one member (or an array of slots) at one lane."""
    return lowbias32((slot.astype(jnp.uint32) * jnp.uint32(_G)) ^ month_key)


def uniform(slot: jax.Array, month_key: jax.Array) -> jax.Array:
    """A float32 in the open interval (0, 1): ``(h >> 9)·2⁻²³ + 2⁻²⁴``, never 0 and never 1."""
    h = bits(slot, month_key)
    return (h >> 9).astype(jnp.float32) * jnp.float32(2.0**-23) + jnp.float32(2.0**-24)


def normal(u: jax.Array) -> jax.Array:
    """The standard normal quantile of a uniform: ``√2·erf⁻¹(2u − 1)``."""
    return jnp.float32(np.sqrt(2.0)) * jax.lax.erf_inv(2.0 * u - 1.0)
