"""The filter agrees with exact answers, and its likelihood is unbiased."""

from __future__ import annotations

import os
from unittest import mock

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model.small import SMALL, START
from scipy import special, stats

from ensemble import oracles
from ensemble.oracles import HIDDEN, LINEAR, observed
from keisei.ensemble import Analysis, assimilate, run, select_lines, summary
from keisei.ensemble.segment import systematic
from keisei.errors import InputError
from keisei.model import Model
from keisei.score import Row, Score

MONTHS, REPEATS, PARTICLES = 24, 64, 128


def replicas(model: Model, score: Score, seed: int = 1, particles: int = PARTICLES, n: int = REPEATS) -> Analysis:
    """n independent filters in one call: groups of particles under the same parameters differ only by their noise."""
    draws = np.repeat(model.parameters.draw(1, 1), n, axis=0)
    return assimilate(model, score, draws=draws, until=START + MONTHS - 1, particles=particles, seed=seed)


def unbiased(loglik: np.ndarray, exact: float) -> None:
    """The mean likelihood over independent filters equals the exact one within Monte-Carlo error."""
    ratio = np.exp(loglik - exact)
    assert abs(ratio.mean() - 1.0) < 4.0 * ratio.std(ddof=1) / np.sqrt(len(ratio))
    assert ratio.std(ddof=1) / np.sqrt(len(ratio)) < 0.1  # or the check above could not fail


@pytest.fixture(scope="module")
def linear() -> tuple[np.ndarray, list[Analysis]]:
    rng = np.random.default_rng(2)
    x, y = rng.normal(), []
    for _ in range(MONTHS):
        y.append(rng.normal(x, oracles.R))
        x = rng.normal(oracles.A * x, oracles.Q)
    return np.array(y), [replicas(LINEAR, observed("y", np.array(y)), seed) for seed in (1, 2, 3)]


def test_the_likelihood_agrees_with_the_kalman_filter(linear: tuple[np.ndarray, list[Analysis]]) -> None:
    y, analyses = linear
    loglik, _, _ = oracles.kalman(y)
    unbiased(np.concatenate([a.loglik.sum(axis=1) for a in analyses]), loglik.sum())


def test_every_month_agrees_with_the_kalman_filter(linear: tuple[np.ndarray, list[Analysis]]) -> None:
    y, analyses = linear
    loglik, _, _ = oracles.kalman(y)
    found = np.concatenate([a.loglik for a in analyses])
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    # the log of an unbiased estimate is low by half its variance
    assert np.all(np.abs(found.mean(axis=0) + 0.5 * found.var(axis=0) - loglik) < 5.0 * error)


def test_the_filtered_mean_agrees_with_the_kalman_filter(linear: tuple[np.ndarray, list[Analysis]]) -> None:
    y, analyses = linear
    _, mean, variance = oracles.kalman(y)
    means, seconds = [], []
    for a in analyses:
        w = special.softmax(a.log_weight.reshape(REPEATS, PARTICLES), axis=1)
        x = a.states[0].reshape(REPEATS, PARTICLES)
        means.append((w * x).sum(axis=1))
        seconds.append((w * (x - mean) ** 2).sum(axis=1))
    found, second = np.concatenate(means), np.concatenate(seconds)
    assert abs(found.mean() - mean) < 4.5 * found.std(ddof=1) / np.sqrt(len(found)) + 2.0 * variance / PARTICLES
    assert second.mean() == pytest.approx(variance, rel=0.05)


@pytest.fixture(scope="module")
def hidden() -> tuple[np.ndarray, np.ndarray, list[Analysis]]:
    rng = np.random.default_rng(4)
    regime = rng.integers(0, 3, MONTHS)
    shots, alarm = rng.poisson(oracles.MEANS[regime]), rng.random(MONTHS) < oracles.HAZARDS[regime]
    score = observed("shots", shots) + observed("alarm", alarm)
    return shots, alarm, [replicas(HIDDEN, score, seed) for seed in (1, 2)]


def test_the_likelihood_agrees_with_enumeration(hidden: tuple[np.ndarray, np.ndarray, list[Analysis]]) -> None:
    shots, alarm, analyses = hidden
    loglik, _ = oracles.enumerate_hidden(shots, alarm)
    unbiased(np.concatenate([a.loglik.sum(axis=1) for a in analyses]), loglik.sum())


def test_the_filtered_regime_agrees_with_enumeration(hidden: tuple[np.ndarray, np.ndarray, list[Analysis]]) -> None:
    shots, alarm, analyses = hidden
    _, p = oracles.enumerate_hidden(shots, alarm)
    for regime in range(3):
        found = []
        for a in analyses:
            w = special.softmax(a.log_weight.reshape(REPEATS, PARTICLES), axis=1)
            found.append((w * (a.states[0].reshape(REPEATS, PARTICLES) == regime)).sum(axis=1))
        share = np.concatenate(found)
        assert abs(share.mean() - p[regime]) < 4.0 * share.std(ddof=1) / np.sqrt(len(share)) + 2e-3


def test_a_row_before_the_first_month_weighs(hidden: tuple[np.ndarray, np.ndarray, list[Analysis]]) -> None:
    score = (Row(START - 1, "regime.start", "war"), Row(START, "shots", 2.0))
    analysis = replicas(HIDDEN, score)
    move = special.softmax(oracles.UTILITIES, axis=1)[2]
    exact = special.log_softmax(oracles.OPENING)[2] + np.log(move @ stats.poisson(oracles.MEANS).pmf(2))
    unbiased(analysis.loglik.sum(axis=1), exact)


# ---- resampling -------------------------------------------------------------------------------------------------

N = 16
resample = jax.jit(systematic)
log_weights = st.lists(st.floats(-30.0, 3.0, width=32), min_size=N, max_size=N)


def copies(logw: list[float], u: np.ndarray) -> np.ndarray:
    """[uniforms, particles] how often each particle is copied."""
    picked = np.asarray(resample(jnp.tile(jnp.float32(logw), (len(u), 1)), jnp.float32(u)))
    return np.stack([np.bincount(row, minlength=N) for row in picked])


@settings(max_examples=50)
@given(log_weights)
def test_systematic_resampling_is_unbiased_and_never_off_by_one(logw: list[float]) -> None:
    u = (np.arange(512) + 0.5) / 512
    w = special.softmax(logw) * N
    found = copies(logw, u)
    assert np.all(found.sum(axis=1) == N)
    assert np.all(found >= np.floor(w - 1e-4))
    assert np.all(found <= np.ceil(w + 1e-4))
    np.testing.assert_allclose(found.mean(axis=0), w, atol=2.5 / 512)


@settings(max_examples=25)
@given(log_weights, st.floats(0.125, 0.875, width=32))
def test_systematic_resampling_is_ordered_and_deterministic(logw: list[float], u: float) -> None:
    weights, uniform = jnp.float32([logw]), jnp.float32([u])
    picked = np.asarray(resample(weights, uniform))[0]
    assert np.all(np.diff(picked) >= 0)
    assert np.array_equal(picked, np.asarray(resample(weights, uniform))[0])


def test_equal_weights_are_left_in_place() -> None:
    assert np.array_equal(np.asarray(resample(jnp.zeros((1, N)), jnp.float32([0.3])))[0], np.arange(N))


# ---- the filter as a whole --------------------------------------------------------------------------------------


def evidence(months: int = 18, seed: int = 11) -> Score:
    """What one member of a run would have reported."""
    data = run(SMALL, members=1, until=START + months - 1, seed=seed)
    return tuple(
        Row(START + t, site, float(data[name].values[0, t]), index=index)
        for t in range(months)
        for name, site, index in (("act", "act", ""), ("days", "days", "all"), ("reading", "reading", ""))
    )


def filtered(draws: np.ndarray, seed: int = 1) -> Analysis:
    return assimilate(
        SMALL, evidence(), draws=draws, until=START + 17, particles=128, seed=seed, records=("before", "quake")
    )


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return filtered(SMALL.parameters.draw(20, 1))


def test_a_draw_is_filtered_the_same_whatever_its_company(analysis: Analysis) -> None:
    few = filtered(SMALL.parameters.draw(20, 1)[:5])
    assert np.array_equal(few.loglik, analysis.loglik[:5])
    assert np.array_equal(few.ess, analysis.ess[:5])
    assert np.array_equal(few.ancestors, analysis.ancestors[:, : 5 * 128])
    assert all(np.array_equal(a, b[: 5 * 128]) for a, b in zip(few.states, analysis.states, strict=True))


def test_the_filter_gives_the_same_numbers_whatever_the_threads(analysis: Analysis) -> None:
    for threads in ("1", "2"):
        with mock.patch.dict(os.environ, {"KEISEI_THREADS": threads}):
            again = filtered(SMALL.parameters.draw(20, 1))
        assert np.array_equal(again.loglik, analysis.loglik)
        assert np.array_equal(again.records, analysis.records)
        assert np.array_equal(again.ancestors, analysis.ancestors)


def test_the_likelihood_of_the_month_is_the_mean_weight_of_its_particles() -> None:
    """One month, no state that matters before it: the filter's likelihood is the mean probability over particles."""
    score = (Row(START, "reading", 0.4), Row(START, "quake", 1.0))
    a = assimilate(SMALL, score, draws=SMALL.parameters.means(), until=START, particles=512, records=("before",))
    expected = np.log(0.3 * stats.norm(a.records[0, 0], 0.5).pdf(0.4).mean())
    assert a.loglik[0, 0] == pytest.approx(expected, abs=1e-4)
    quake = [SMALL.table.sites[c].target for c in sorted(a.levels.observable)].index("quake")
    assert a.row_logp[0, quake] == pytest.approx(np.log(0.3), abs=1e-5)


def test_draws_weigh_by_their_likelihood(analysis: Analysis) -> None:
    total = analysis.loglik.sum(axis=1)
    np.testing.assert_allclose(analysis.draw_weights, special.softmax(total))
    assert analysis.log_evidence == pytest.approx(special.logsumexp(total) - np.log(20))
    assert 1.0 <= analysis.effective_draws <= 20.0


def test_calibrated_draws_weigh_only_by_evidence_after_their_vintage(analysis: Analysis) -> None:
    draws = SMALL.parameters.draw(20, 1)
    again = assimilate(SMALL, evidence(), draws=draws, until=START + 17, particles=128, seed=1, vintage=START + 11)
    np.testing.assert_allclose(again.loglik, analysis.loglik, rtol=1e-4, atol=1e-4)
    fresh = again.loglik[:, 12:].sum(axis=1)
    power = np.log(again.draw_weights / again.draw_weights.max())
    # one power of the likelihood of the later months for all draws, as high as half of the draws allow
    slope = np.polyfit(fresh - fresh.max(), power, 1)[0]
    np.testing.assert_allclose(power, slope * (fresh - fresh.max()), atol=1e-6)
    assert 0.0 < slope <= 1.0 + 1e-9
    assert slope == pytest.approx(1.0) or again.effective_draws == pytest.approx(10.0, rel=1e-3)
    equal = special.logsumexp(again.row_by_draw[:13], axis=1) - np.log(20)
    np.testing.assert_allclose(again.row_logp[:13], equal, rtol=1e-4)


def test_the_summary_names_the_row_that_cost_most(analysis: Analysis) -> None:
    rows = summary(analysis)
    assert len(rows) == 18
    targets = [SMALL.table.sites[c].target for c in sorted(analysis.levels.observable)]
    assert targets == ["act", "days[all]", "reading"]
    for t, row in enumerate(rows):
        assert row["row"] == targets[int(analysis.row_logp[t].argmin())]
        assert row["row_logp"] == pytest.approx(analysis.row_logp[t].min())
        assert 0.0 < row["ess"] <= 1.0


def test_lines_are_drawn_by_the_weights_of_draws(analysis: Analysis) -> None:
    lines = select_lines(analysis, 4000)
    shares = np.bincount(lines.draw, minlength=20) / 4000
    np.testing.assert_allclose(shares, analysis.draw_weights, atol=2 / 4000)
    assert np.array_equal(lines.worked // 128, np.tile(lines.draw, (18, 1)))
    assert np.array_equal(lines.slots[0] // 128, lines.draw)


@pytest.mark.parametrize("particles", [1, 100])
def test_particles_that_do_not_fill_blocks_are_refused(particles: int) -> None:
    with pytest.raises(InputError, match="take a power of two"):
        assimilate(SMALL, (), draws=SMALL.parameters.means(), until=START, particles=particles)
