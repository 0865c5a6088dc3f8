"""Distributions agree with SciPy's, and quantile and uniform undo each other."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from keisei.model import Exponential, Hurdle, LogNormal, NegBin, Normal, Poisson, Uniform, tail_mass

CONTINUOUS = [
    (Normal(1.5, 0.7), stats.norm(1.5, 0.7)),
    (LogNormal(3.0, 0.4), stats.lognorm(0.4, scale=3.0)),
    (Uniform(-1.0, 4.0), stats.uniform(-1.0, 5.0)),
    (Exponential(2.5), stats.expon(scale=2.5)),
]
COUNTS = [
    (Poisson(0.8, cap=9), stats.poisson(0.8)),
    (NegBin(1.7, 0.6, cap=9), stats.nbinom(0.6, 0.6 / (0.6 + 1.7))),
]


@pytest.mark.parametrize(("ours", "theirs"), CONTINUOUS)
def test_continuous_ones_agree_with_scipy(ours: Normal, theirs: stats.rv_continuous) -> None:
    u = np.linspace(0.001, 0.999, 301)
    x = theirs.ppf(u)
    np.testing.assert_allclose(ours.quantile(jnp.float32(u)), x, rtol=2e-4, atol=2e-5)
    np.testing.assert_allclose(ours.logp(jnp.float32(x)), theirs.logpdf(x), rtol=2e-4, atol=2e-4)
    np.testing.assert_allclose(ours.uniform_of(jnp.float32(x)), u, atol=2e-5)


@pytest.mark.parametrize("ours", [LogNormal(3.0, 0.4), Uniform(-1.0, 4.0), Exponential(2.5)])
def test_what_cannot_be_has_no_density(ours: LogNormal) -> None:
    assert float(ours.logp(jnp.float32(-2.0))) == -np.inf


@pytest.mark.parametrize(("ours", "theirs"), COUNTS)
def test_counts_agree_with_scipy_below_the_cap_which_holds_the_tail(ours: Poisson, theirs: stats.rv_discrete) -> None:
    masses = np.array(ours.masses())
    np.testing.assert_allclose(masses[:-1], theirs.pmf(np.arange(9)), rtol=1e-4)
    assert masses[-1] == pytest.approx(theirs.sf(8), abs=1e-6)
    assert float(tail_mass(ours)) == pytest.approx(theirs.sf(9), rel=0.02, abs=2e-7)


@settings(max_examples=30)
@given(st.floats(0.01, 6.0), st.floats(0.1, 20.0), st.floats(0.0, 1.0))
def test_masses_are_a_distribution(mean: float, size: float, p: float) -> None:
    for d in (Poisson(mean), NegBin(mean, size), Hurdle(p, NegBin(mean, size, cap=6))):
        masses = np.array(d.masses())
        assert masses.min() >= 0.0
        assert masses.sum() == pytest.approx(1.0, abs=1e-5)


def test_a_hurdle_is_nothing_or_one_plus_a_count() -> None:
    beyond = Poisson(0.7, cap=5)
    masses = np.array(Hurdle(0.3, beyond).masses())
    assert masses[0] == pytest.approx(0.7)
    np.testing.assert_allclose(masses[1:], 0.3 * np.array(beyond.masses()), rtol=1e-6)
