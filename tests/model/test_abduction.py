"""Posterior noise: where the observed value comes from the model, the noise keeps its own distribution."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from keisei.model import abduction
from keisei.model.distributions import NegBin

N = 40_000
RNG = np.random.default_rng(5)
UTILITIES = (0.7, -0.4, 1.5, -2.0)
W = np.exp(UTILITIES) / np.exp(UTILITIES).sum()


def exponentials(shape: tuple[int, ...]) -> jax.Array:
    return jnp.asarray(-np.log1p(-RNG.random(shape)), jnp.float32)


def uniforms() -> jax.Array:
    return jnp.asarray(RNG.random(N), jnp.float32)


def raced(e: jax.Array, fresh: jax.Array, k: jax.Array) -> np.ndarray:
    u = [jnp.float32(x) for x in UTILITIES]
    lse = jnp.float32(np.log(np.exp(UTILITIES).sum()))
    return np.array(jax.jit(lambda e, f, k: abduction.race(list(e), list(f), k, u, lse))(e, fresh, k))


@pytest.fixture(scope="module")
def choice_noise() -> np.ndarray:
    k = jnp.asarray(RNG.choice(4, size=N, p=W), jnp.int32)
    return raced(exponentials((4, N)), exponentials((4, N)), k)


def test_the_noise_of_an_observed_choice_stays_exponential(choice_noise: np.ndarray) -> None:
    for e in choice_noise:
        assert stats.kstest(e, "expon").pvalue > 1e-4


def test_the_noise_of_different_options_stays_independent(choice_noise: np.ndarray) -> None:
    rank = np.exp(-choice_noise)
    for i in range(4):
        for j in range(i):
            cells = np.histogram2d(rank[i], rank[j], bins=8, range=[[0, 1], [0, 1]])[0]
            assert stats.chisquare(cells.ravel()).pvalue > 1e-4


def test_the_noise_makes_the_observed_choice() -> None:
    k = jnp.asarray(RNG.integers(0, 4, N), jnp.int32)
    e = raced(exponentials((4, N)), exponentials((4, N)), k)
    race = e / np.exp(UTILITIES)[:, None]
    wins = race.argmin(axis=0) == np.asarray(k)
    assert wins.mean() > 0.9999  # the rest are ties within rounding, which sites resolve for what was observed
    assert np.all(race[np.asarray(k), np.arange(N)] <= race.min(axis=0) * (1 + abduction.MARGIN))


def test_observing_what_would_have_been_chosen_leaves_the_noise_alone() -> None:
    e = exponentials((4, N))
    drawn = jnp.argmin(e * jnp.exp(-jnp.asarray(UTILITIES, jnp.float32))[:, None], axis=0).astype(jnp.int32)
    assert np.array_equal(raced(e, exponentials((4, N)), drawn), np.asarray(e))


def test_a_changed_world_follows_its_own_softmax(choice_noise: np.ndarray) -> None:
    """Averaged over what is observed, a counterfactual has the law of the changed world."""
    changed = np.array([0.0, 1.0, 0.2, -0.5])
    k = (choice_noise / np.exp(changed)[:, None]).argmin(axis=0)
    expected = np.exp(changed) / np.exp(changed).sum() * N
    assert stats.chisquare(np.bincount(k, minlength=4), expected).pvalue > 1e-4


@pytest.mark.parametrize("p", [0.02, 0.5, 0.93])
def test_the_noise_of_an_observed_event_stays_uniform(p: float) -> None:
    happened = jnp.asarray(RNG.random(N) < p)
    u = abduction.chance(uniforms(), uniforms(), happened, jnp.float32(p))
    assert stats.kstest(np.asarray(u), "uniform").pvalue > 1e-4
    assert np.mean((np.asarray(u) < p) == np.asarray(happened)) > 0.9999
    again = abduction.chance(u, uniforms(), u < p, jnp.float32(p))
    assert np.array_equal(again, u)


@pytest.mark.parametrize(("mean", "size"), [(0.3, 0.5), (2.5, 4.0)])
def test_the_noise_of_an_observed_count_stays_uniform(mean: float, size: float) -> None:
    masses = NegBin(mean, size, cap=12).masses()
    k, _ = abduction.count_of(masses, uniforms())
    u = abduction.count(uniforms(), uniforms(), k, masses)
    assert stats.kstest(np.asarray(u), "uniform").pvalue > 1e-4
    assert np.mean(np.asarray(abduction.count_of(masses, u)[0]) == np.asarray(k)) > 0.9999
