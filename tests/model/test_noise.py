"""Noise is uniform and independent across members, months, sites and lags, and reaches neither 0 nor 1."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from keisei.model import noise

SLOTS = jnp.arange(4096, dtype=jnp.uint32)
KEYS = jnp.array([noise.key(1, f"site{i}", "", 0) for i in range(8)], jnp.uint32)


def field(months: range) -> np.ndarray:
    """[months, sites, members] uniforms."""
    return np.array([[noise.uniform(SLOTS, k) for k in noise.month_keys(KEYS, jnp.int32(m))] for m in months])


U = field(range(24000, 24014))


def independent(a: np.ndarray, b: np.ndarray) -> float:
    """p-value that two streams fill a 16 × 16 grid evenly."""
    cells = np.histogram2d(a.ravel(), b.ravel(), bins=16, range=[[0, 1], [0, 1]])[0]
    return float(stats.chisquare(cells.ravel()).pvalue)


def test_uniforms_are_uniform() -> None:
    assert stats.kstest(U.ravel()[:200_000], "uniform").pvalue > 1e-4
    for site in range(U.shape[1]):
        assert stats.kstest(U[0, site], "uniform").pvalue > 1e-4


def test_uniforms_stay_inside_the_open_interval() -> None:
    ends = jnp.array([0, 2**32 - 1], jnp.uint32)
    u = (ends >> 9).astype(jnp.float32) * jnp.float32(2.0**-23) + jnp.float32(2.0**-24)
    assert 0.0 < float(u[0]) < float(u[1]) < 1.0
    assert np.isfinite(noise.normal(u)).all()
    assert U.min() > 0.0
    assert U.max() < 1.0


@pytest.mark.parametrize("lag", [1, 2, 3, 5, 8, 64, 1000])
def test_members_are_independent_at_every_lag(lag: int) -> None:
    assert independent(U[..., lag:], U[..., :-lag]) > 1e-4


@pytest.mark.parametrize("lag", [1, 2, 6, 12])
def test_months_are_independent_at_every_lag(lag: int) -> None:
    assert independent(U[lag:], U[:-lag]) > 1e-4


@pytest.mark.parametrize("member_lag", [1, 2, 7])
@pytest.mark.parametrize("month_lag", [1, 3])
def test_diagonals_of_members_and_months_are_independent(member_lag: int, month_lag: int) -> None:
    """The weakness of hash(member·G + month): neighbours share their noise some months later."""
    a, b = U[month_lag:, :, member_lag:], U[:-month_lag, :, :-member_lag]
    assert independent(a, b) > 1e-4
    assert (a == b).mean() < 1e-4


@pytest.mark.parametrize("lag", [1, 2, 5])
def test_sites_are_independent(lag: int) -> None:
    assert independent(U[:, lag:], U[:, :-lag]) > 1e-4


def test_sums_over_members_have_the_right_spread() -> None:
    """Sums over 4096 members vary from month to month and site to site as independent uniforms do."""
    z = (U.mean(axis=2) - 0.5) * np.sqrt(12 * U.shape[2])
    assert stats.kstest(z.ravel(), "norm").pvalue > 1e-4
    assert stats.chi2.cdf((z**2).sum(), z.size) == pytest.approx(0.5, abs=0.4999)


def test_normals_are_normal() -> None:
    assert stats.kstest(np.asarray(noise.normal(jnp.asarray(U[:, 0].ravel()))), "norm").pvalue > 1e-4


@given(st.integers(0, 2**31), st.text(max_size=8), st.text(max_size=8), st.integers(0, 9))
def test_a_key_depends_on_every_part_of_its_name(seed: int, name: str, index: str, lane: int) -> None:
    key = noise.key(seed, name, index, lane)
    assert key == noise.key(seed, name, index, lane)
    assert key != noise.key(seed + 1, name, index, lane)
    assert key != noise.key(seed, name + "x", index, lane)
    assert key != noise.key(seed, name, index, lane + 1)
    assert noise.key(seed, name + "x", index, lane) != noise.key(seed, name, "x" + index, lane)
