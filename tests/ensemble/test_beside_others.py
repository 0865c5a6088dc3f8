"""On nonlinear models the likelihood agrees with that of other people's filters: `particles` and cuthbert."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import particles
import pytest
from cuthbert import filter as run_filter
from cuthbert.smc.particle_filter import build_filter
from cuthbertlib.resampling import adaptive
from cuthbertlib.resampling import systematic as theirs
from model.small import START
from particles import distributions as dists
from particles import state_space_models as ssm
from scipy import special

from ensemble.oracles import GROWTH, LEVEL, PERSISTENCE, VOLATILE, VOLATILITY, observed
from keisei.ensemble import assimilate
from keisei.model import Model

MONTHS, REPEATS, PARTICLES = 24, 64, 1024


def lifted(x: Any, t: Any, of: Any = np) -> Any:
    """Where the growth model goes from x in month t, before its shock."""
    return 0.5 * x + 25.0 * x / (1.0 + x * x) + 8.0 * of.cos(1.2 * t)


def grown() -> np.ndarray:
    rng = np.random.default_rng(8)
    x, y = 0.0, []
    for t in range(MONTHS):
        x = lifted(x, t) + rng.normal(0, np.sqrt(10))
        y.append(rng.normal(x * x / 20, 1))
    return np.array(y)


def volatile() -> np.ndarray:
    rng = np.random.default_rng(9)
    x, y = LEVEL, []
    for _ in range(MONTHS):
        y.append(rng.normal(0.0, np.exp(0.5 * x)))
        x = LEVEL + PERSISTENCE * (x - LEVEL) + rng.normal(0.0, VOLATILITY)
    return np.array(y)


class Growth(ssm.StateSpaceModel):  # type: ignore[misc]
    """The growth model as `particles` has models; its state before the first month is drawn with that month's."""

    def PX0(self) -> Any:
        return dists.IndepProd(dists.Normal(scale=2.0), dists.Normal(scale=np.sqrt(10.0)))

    def PX(self, t: int, xp: np.ndarray) -> Any:
        return dists.IndepProd(dists.Dirac(loc=at(t - 1, xp)), dists.Normal(scale=np.sqrt(10.0)))

    def PY(self, t: int, xp: np.ndarray, x: np.ndarray) -> Any:
        return dists.Normal(loc=at(t, x) ** 2 / 20.0, scale=1.0)


def at(t: int, x: np.ndarray) -> np.ndarray:
    """The state in month t of (the one before, the shock)."""
    return np.asarray(lifted(x[:, 0], t) + x[:, 1])


def by_particles(model: Any, y: np.ndarray) -> np.ndarray:
    np.random.seed(5)  # noqa: NPY002 (the package draws from the global generator)
    found = []
    for _ in range(REPEATS):
        one = particles.SMC(fk=ssm.Bootstrap(ssm=model, data=y), N=PARTICLES, resampling="systematic", ESSrmin=0.5)
        one.run()
        found.append(one.logLt)
    return np.array(found)


def by_cuthbert(first: Any, move: Any, density: Any, y: np.ndarray) -> np.ndarray:
    oracle = build_filter(first, move, density, PARTICLES, adaptive.ess_decorator(theirs.resampling, 0.5))
    inputs = (jnp.arange(MONTHS, dtype=jnp.float32), jnp.asarray(y, jnp.float32))

    def estimate(key: jax.Array) -> jax.Array:
        start, rest = jax.random.split(key)
        states = run_filter(oracle, inputs, oracle.init_prepare(key=start), key=rest)
        return states.log_normalizing_constant[-1]

    keys = jax.random.split(jax.random.key(3), REPEATS)
    return np.asarray(jax.jit(jax.vmap(estimate))(keys), np.float64)


def growth_by_cuthbert(y: np.ndarray) -> np.ndarray:
    return by_cuthbert(
        lambda key: 2.0 * jax.random.normal(key),
        lambda key, x, inputs: lifted(x, inputs[0], jnp) + np.sqrt(10.0) * jax.random.normal(key),
        lambda before, x, inputs: jax.scipy.stats.norm.logpdf(inputs[1], x * x / 20.0, 1.0),
        y,
    )


def volatility_by_cuthbert(y: np.ndarray) -> np.ndarray:
    """What is seen in a month depends on the state before it."""
    spread = VOLATILITY / np.sqrt(1.0 - PERSISTENCE**2)
    return by_cuthbert(
        lambda key: LEVEL + spread * jax.random.normal(key),
        lambda key, x, inputs: LEVEL + PERSISTENCE * (x - LEVEL) + VOLATILITY * jax.random.normal(key),
        lambda before, x, inputs: jax.scipy.stats.norm.logpdf(inputs[1], 0.0, jnp.exp(0.5 * before)),
        y,
    )


def growth_by_particles(y: np.ndarray) -> np.ndarray:
    return by_particles(Growth(), y)


def volatility_by_particles(y: np.ndarray) -> np.ndarray:
    return by_particles(ssm.StochVol(mu=LEVEL, rho=PERSISTENCE, sigma=VOLATILITY), y)


@pytest.fixture(scope="module")
def own() -> Callable[[Model, np.ndarray], np.ndarray]:
    known: dict[str, np.ndarray] = {}

    def loglik(model: Model, y: np.ndarray) -> np.ndarray:
        if model.name not in known:
            known[model.name] = assimilate(
                model, observed("y", y), draws=np.zeros((REPEATS, 0)), until=START + MONTHS - 1, particles=PARTICLES
            ).loglik.sum(axis=1)
        return known[model.name]

    return loglik


@pytest.mark.parametrize(
    ("model", "data", "oracle"),
    [
        (GROWTH, grown, growth_by_cuthbert),
        (GROWTH, grown, growth_by_particles),
        (VOLATILE, volatile, volatility_by_cuthbert),
        (VOLATILE, volatile, volatility_by_particles),
    ],
    ids=["growth, cuthbert", "growth, particles", "volatility, cuthbert", "volatility, particles"],
)
def test_the_likelihood_agrees_with_other_filters(
    own: Callable[[Model, np.ndarray], np.ndarray], model: Model, data: Callable[[], np.ndarray],
    oracle: Callable[[np.ndarray], np.ndarray],
) -> None:  # fmt: skip
    """Log of the mean likelihood over independent filters, within Monte-Carlo error; and they scatter alike."""
    ours, other = own(model, data()), oracle(data())
    difference = special.logsumexp(ours) - special.logsumexp(other)
    error = np.hypot(
        *(np.exp(v - v.max()).std() / np.exp(v - v.max()).mean() / np.sqrt(REPEATS) for v in (ours, other))
    )
    assert abs(difference) < 4.0 * error
    assert error < 0.3
    assert ours.std() == pytest.approx(other.std(), rel=0.6)
