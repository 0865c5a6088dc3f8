"""Calibration recovers what made the data: exact where that can be worked out, uniform ranks where it cannot."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from keisei.ensemble import assimilate
from keisei.ensemble.calibration import Block, Calibration, calibrate
from keisei.model import Model, Normal, Parameter, Parameters, Poisson, Real, Site
from keisei.score import Row, Score

START, MONTHS, ERROR, SHOCK = 2000 * 12, 24, 0.8, 0.4
PARAMETERS = Parameters((Parameter("level", "normal", 0.0, 1.0), Parameter("rate", "normal", 0.3, 0.6)))
BLOCKS = (Block("level", ("level",), ("y",)), Block("rate", ("rate",), ("shots",)))


class State(NamedTuple):
    """A hidden deviation that fades."""

    x: Real


def _month(state: State, params: Any, site: Site, t: Any) -> State:
    site.measure("y", Normal(params.level + state.x, ERROR))
    site.count("shots", Poisson(jnp.exp(params.rate), cap=30))
    return State(0.7 * state.x + site.draw("shock", Normal(0.0, SHOCK)))


MODEL = Model("two", _month, lambda params, site: State(0.0 * params.level), PARAMETERS, START, START + MONTHS)


def data(level: float, rate: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(y, shots) by month, from the model's law in other code."""
    x, y = 0.0, []
    for _ in range(MONTHS):
        y.append(level + x + ERROR * rng.normal())
        x = 0.7 * x + SHOCK * rng.normal()
    return np.array(y), np.minimum(rng.poisson(np.exp(rate), MONTHS), 30)


def calibrated(y: np.ndarray, shots: np.ndarray, *, draws: int = 128, issued: int = 127, seed: int = 1) -> Calibration:
    score: Score = tuple(
        Row(START + t, site, float(v)) for site, values in (("y", y), ("shots", shots)) for t, v in enumerate(values)
    )

    def run_filter(theta: np.ndarray, number: int) -> Any:
        return assimilate(
            MODEL, score, draws=theta, until=START + MONTHS - 1, particles=32, seed=100 * seed + number, floor=0.0
        )

    return calibrate(PARAMETERS, BLOCKS, run_filter, draws=draws, rounds=12, issued=issued, surplus=1, seed=seed)


def exact_level(y: np.ndarray) -> tuple[float, float]:
    """Posterior mean and standard deviation of the level: y is Gaussian given it."""
    t = np.arange(MONTHS)
    variance = np.zeros(MONTHS)
    for i in range(1, MONTHS):
        variance[i] = 0.49 * variance[i - 1] + SHOCK**2
    early, late = np.minimum.outer(t, t), np.maximum.outer(t, t)
    cov = variance[early] * 0.7 ** (late - early) + ERROR**2 * np.eye(MONTHS)
    weight = np.linalg.solve(cov, np.ones(MONTHS))
    precision = 1.0 + weight.sum()
    return float(weight @ y / precision), float(precision**-0.5)


def exact_rate(shots: np.ndarray) -> tuple[float, float]:
    """Posterior mean and standard deviation of the log rate, on a grid."""
    grid = np.linspace(-3.0, 3.0, 6001)
    log = stats.norm(0.3, 0.6).logpdf(grid) + stats.poisson(np.exp(grid)[:, None]).logpmf(shots).sum(axis=1)
    w = np.exp(log - log.max())
    w /= w.sum()
    mean = float(w @ grid)
    return mean, float(np.sqrt(w @ (grid - mean) ** 2))


@pytest.fixture(scope="module")
def one() -> tuple[np.ndarray, np.ndarray, Calibration]:
    y, shots = data(1.4, 0.9, np.random.default_rng(3))
    return y, shots, calibrated(y, shots, draws=512, issued=2048)


def test_the_posterior_agrees_with_the_exact_one(one: tuple[np.ndarray, np.ndarray, Calibration]) -> None:
    y, shots, found = one
    assert set(found.power.values()) == {1.0}, "all of the likelihood is in"
    for column, (mean, sd) in enumerate((exact_level(y), exact_rate(shots))):
        draws = found.draws[:, column]
        assert abs(draws.mean() - mean) < 0.25 * sd, "within the noise of 512 draws and 32 particles"
        assert draws.std(ddof=1) == pytest.approx(sd, rel=0.2)
        assert sd < 0.6 * (1.0, 0.6)[column], "the data say something, or the checks above could not fail"


def test_the_same_seed_gives_the_same_draws(one: tuple[np.ndarray, np.ndarray, Calibration]) -> None:
    y, shots, _ = one
    assert np.array_equal(calibrated(y, shots).draws, calibrated(y, shots).draws)


def test_ranks_of_the_truth_are_uniform_and_parameters_are_recovered() -> None:
    # simulation-based calibration: Talts et al. 2018, arXiv 1804.06788
    repeats, bins = 64, 8
    rng = np.random.default_rng(8)
    truth = np.stack([rng.normal(0.0, 1.0, repeats), rng.normal(0.3, 0.6, repeats)], axis=1)
    ranks, means, inside = np.zeros((repeats, 2), int), np.zeros((repeats, 2)), np.zeros((repeats, 2), bool)
    for i in range(repeats):
        draws = calibrated(*data(*truth[i], rng), seed=i + 1).draws
        ranks[i] = (draws < truth[i]).sum(axis=0)
        means[i] = draws.mean(axis=0)
        low, high = np.quantile(draws, (0.1, 0.9), axis=0)
        inside[i] = (low <= truth[i]) & (truth[i] <= high)
    for column in range(2):
        counts = np.bincount(ranks[:, column] * bins // 128, minlength=bins)
        assert stats.chisquare(counts).pvalue > 0.005
        assert stats.binomtest(int(inside[:, column].sum()), repeats, 0.8).pvalue > 0.01
        assert np.corrcoef(means[:, column], truth[:, column])[0, 1] > 0.9


def test_without_evidence_the_posterior_is_the_prior_and_others_vary_along() -> None:
    base = np.column_stack([np.zeros(50), np.arange(50.0)])

    def run_filter(theta: np.ndarray, number: int) -> Any:
        return assimilate(MODEL, (), draws=theta, until=START, particles=2, seed=number, floor=0.0)

    found = calibrate(PARAMETERS, BLOCKS[:1], run_filter, draws=2000, base=base).draws
    assert found[:, 0].mean() == pytest.approx(0.0, abs=0.1)
    assert found[:, 0].std() == pytest.approx(1.0, rel=0.1)
    assert set(found[:, 1]) <= set(base[:, 1])
