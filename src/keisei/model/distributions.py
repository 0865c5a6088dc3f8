"""Distributions that stand at sites: plain named tuples of scalars, sampled by inverse CDF from one uniform.

Continuous ones map a uniform to a value (``quantile``), give the log density (``logp``) and take a value back to the
uniform that makes it (``uniform_of``), which is what abduction needs. Counts have a probability mass by recursion up
to a fixed cap: no rejection loops, no branches.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import jax
import jax.numpy as jnp
import numpy as np

from keisei.model import noise

Scalar = jax.Array | float
_LOG_2PI = float(np.log(2.0 * np.pi))
_TINY = 1e-30


class Continuous(Protocol):
    """What ``site.draw`` and ``site.measure`` take."""

    def quantile(self, u: jax.Array) -> jax.Array: ...
    def logp(self, x: jax.Array) -> jax.Array: ...
    def uniform_of(self, x: jax.Array) -> jax.Array: ...


class Count(Protocol):
    """What ``site.count`` takes: the probabilities of 0 … cap (the last holds the tail)."""

    def masses(self) -> list[jax.Array]: ...


def _cdf_normal(z: jax.Array) -> jax.Array:
    return 0.5 * jax.lax.erfc(-z * jnp.float32(np.sqrt(0.5)))


class Normal(NamedTuple):
    """Normal with mean and standard deviation, in the units of the site."""

    mean: Scalar
    sd: Scalar

    def quantile(self, u: jax.Array) -> jax.Array:
        return self.mean + self.sd * noise.normal(u)

    def logp(self, x: jax.Array) -> jax.Array:
        z = (x - self.mean) / self.sd
        return -0.5 * z * z - jnp.log(self.sd) - 0.5 * _LOG_2PI

    def uniform_of(self, x: jax.Array) -> jax.Array:
        return _cdf_normal((x - self.mean) / self.sd)


class LogNormal(NamedTuple):
    """exp of a normal: ``median`` in the units of the site, ``sigma`` of its logarithm."""

    median: Scalar
    sigma: Scalar

    def quantile(self, u: jax.Array) -> jax.Array:
        return self.median * jnp.exp(self.sigma * noise.normal(u))

    def logp(self, x: jax.Array) -> jax.Array:
        safe = jnp.maximum(x, _TINY)
        z = (jnp.log(safe) - jnp.log(self.median)) / self.sigma
        density = -0.5 * z * z - jnp.log(self.sigma * safe) - 0.5 * _LOG_2PI
        return jnp.where(x > 0, density, -jnp.inf)

    def uniform_of(self, x: jax.Array) -> jax.Array:
        return _cdf_normal((jnp.log(jnp.maximum(x, _TINY)) - jnp.log(self.median)) / self.sigma)


class Uniform(NamedTuple):
    """Uniform on [low, high]."""

    low: Scalar
    high: Scalar

    def quantile(self, u: jax.Array) -> jax.Array:
        return self.low + (self.high - self.low) * u

    def logp(self, x: jax.Array) -> jax.Array:
        width = jnp.asarray(self.high) - self.low
        return jnp.where((x >= self.low) & (x <= self.high), -jnp.log(width), -jnp.inf)

    def uniform_of(self, x: jax.Array) -> jax.Array:
        return (x - self.low) / (jnp.asarray(self.high) - self.low)


class Exponential(NamedTuple):
    """Exponential with a mean, in the units of the site."""

    mean: Scalar

    def quantile(self, u: jax.Array) -> jax.Array:
        return -self.mean * jnp.log1p(-u)

    def logp(self, x: jax.Array) -> jax.Array:
        return jnp.where(x >= 0, -x / self.mean - jnp.log(self.mean), -jnp.inf)

    def uniform_of(self, x: jax.Array) -> jax.Array:
        return -jnp.expm1(-x / self.mean)


def _closed(masses: list[jax.Array]) -> list[jax.Array]:
    """The last mass becomes whatever is missing to one, so that they sum to one exactly in law."""
    head = masses[:-1]
    total = head[0]
    for mass in head[1:]:
        total = total + mass
    return [*head, jnp.maximum(1.0 - total, 0.0)]


class Poisson(NamedTuple):
    """Poisson with a mean; values above ``cap`` are counted as ``cap``."""

    mean: Scalar
    cap: int = 15

    def masses(self) -> list[jax.Array]:
        mass = jnp.exp(-jnp.asarray(self.mean, jnp.float32))
        out = [mass]
        for k in range(1, self.cap + 1):
            mass = mass * (self.mean * (1.0 / k))
            out.append(mass)
        return _closed(out)


class NegBin(NamedTuple):
    """Negative binomial with a mean and a size k (variance = mean + mean²/k); above ``cap`` counted as ``cap``."""

    mean: Scalar
    size: Scalar
    cap: int = 15

    def masses(self) -> list[jax.Array]:
        k = jnp.asarray(self.size, jnp.float32)
        odds = self.mean / (k + self.mean)
        mass = jnp.exp(-k * jnp.log1p(self.mean / k))
        out = [mass]
        for j in range(1, self.cap + 1):
            mass = mass * odds * ((k + (j - 1)) * (1.0 / j))
            out.append(mass)
        return _closed(out)


class Hurdle(NamedTuple):
    """Zero with probability ``1 − p``, else one plus a count: occurrence and amount apart (Mullahy 1986)."""

    p: Scalar
    beyond: Count

    def masses(self) -> list[jax.Array]:
        return [1.0 - jnp.asarray(self.p, jnp.float32), *(self.p * mass for mass in self.beyond.masses())]


def tail_mass(distribution: Poisson | NegBin) -> jax.Array:
    """The probability that the uncapped count exceeds the cap: what the cap hides."""
    wide = distribution._replace(cap=max(4 * distribution.cap, 60)).masses()
    return sum(wide[distribution.cap + 1 :], jnp.float32(0.0))
