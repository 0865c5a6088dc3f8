"""Scores, reliability, coverage, and how sure their differences are."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from keisei.errors import InputError
from keisei.forecast.bootstrap import block_bootstrap, block_means, diebold_mariano, newey_west_variance
from keisei.forecast.reliability import (
    count_coverage,
    interval_coverage,
    poisson_interval,
    rank_counts,
    rare_events,
    reliability,
)
from keisei.forecast.scoring import (
    brier,
    brier_decomposition,
    brier_skill,
    count_crps,
    count_log_score,
    log_score,
    outcomes,
)

_probabilities = arrays(float, st.shared(st.integers(1, 60), key="n"), elements=st.floats(0, 1))
_outcomes = arrays(float, st.shared(st.integers(1, 60), key="n"), elements=st.sampled_from([0.0, 1.0]))


@settings(max_examples=150, deadline=None)
@given(_probabilities, _outcomes, st.integers(1, 20))
def test_the_parts_of_the_brier_score_add_up(p: np.ndarray, y: np.ndarray, bins: int) -> None:
    parts = brier_decomposition(p, y, bins)
    total = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    assert total == pytest.approx(parts.score, abs=1e-12)
    assert parts.score == pytest.approx(float(brier(xr.DataArray(p), xr.DataArray(y))), abs=1e-12)
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0


def test_distinct_forecasts_leave_nothing_within_bins() -> None:
    parts = brier_decomposition([0.05, 0.05, 0.95, 0.95], [0, 0, 1, 0])
    assert parts.within == pytest.approx(0, abs=1e-15)
    assert parts.resolution == pytest.approx(0.0625)


@settings(max_examples=80, deadline=None)
@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_brier_and_log_score_are_proper(truth: float, stated: float) -> None:
    """Whoever believes in a probability does best, on average, by stating it."""
    y = xr.DataArray([0.0, 1.0], dims="init")
    chance = np.array([1 - truth, truth])

    def expected(p: float) -> tuple[float, float]:
        said = xr.DataArray([p, p], dims="init")
        return float(chance @ brier(said, y, over=()).values), -float(chance @ log_score(said, y).values)

    for honest, other in zip(expected(truth), expected(stated), strict=True):
        assert honest <= other + 1e-9


def test_a_certain_error_costs_what_the_clipping_rule_says() -> None:
    wrong = log_score(xr.DataArray([0.0, 1.0, 0.5]), xr.DataArray([1.0, 0.0, np.nan]))
    assert wrong.values[:2] == pytest.approx([np.log(0.001)] * 2)
    assert np.isnan(wrong.values[2])


def test_the_log_score_of_counts_reads_the_mass_at_the_count() -> None:
    pmf = xr.DataArray([[0.5, 0.3, 0.2]], dims=("init", "count"), coords={"count": [0, 1, 2], "init": [5]})
    for count, mass in [(0, 0.5), (1, 0.3), (2, 0.2), (9, 0.2)]:
        seen = xr.DataArray([float(count)], dims="init", coords={"init": [5]})
        assert count_log_score(pmf, seen).values == pytest.approx([np.log(mass)])


def test_the_crps_of_counts_is_that_of_an_ensemble_with_the_same_shares() -> None:
    k = np.arange(6)
    pmf = xr.DataArray(np.array([4, 3, 2, 1, 0, 0]) / 10, dims="count", coords={"count": k})
    members = xr.DataArray([0.0] * 4 + [1.0] * 3 + [2.0] * 2 + [3.0], dims="member")
    from scores.probability import crps_for_ensemble

    for count in range(6):
        y = xr.DataArray(float(count))
        assert float(count_crps(pmf, y)) == pytest.approx(float(crps_for_ensemble(members, y, "member", method="ecdf")))
    point = xr.where(pmf["count"] == 4, 1.0, 0.0)
    assert float(count_crps(point, xr.DataArray(1.0))) == pytest.approx(3)


def test_outcomes_stand_at_valid_time() -> None:
    series = xr.DataArray(np.arange(10.0), dims="month", coords={"month": np.arange(100, 110)})
    found = outcomes(series, [100, 105], [1, 6])
    assert found.sel(init=100, lead=1) == 1
    assert found.sel(init=100, lead=6) == 6
    assert found.sel(init=105, lead=1) == 6
    assert np.isnan(found.sel(init=105, lead=6))
    assert found["valid_time"].sel(init=105, lead=6) == 111


def test_skill_compares_only_pairs_that_both_forecast() -> None:
    y = xr.DataArray([1.0, 0.0, 1.0], dims="init")
    good = xr.DataArray([0.9, 0.1, np.nan], dims="init")
    flat = xr.DataArray([0.5, 0.5, 0.0], dims="init")
    assert brier_skill(good, flat, y) == pytest.approx(1 - 0.01 / 0.25)


def test_reliable_forecasts_stay_inside_their_consistency_bars() -> None:
    rng = np.random.default_rng(2)
    p = rng.random(1500)
    sound = reliability(p, rng.random(1500) < p, resamples=300)
    assert sum(b.bar_low <= b.observed <= b.bar_high for b in sound) >= 8
    assert sum(b.n for b in sound) == 1500
    over = reliability(p, rng.random(1500) < 0.5 + 0.3 * (p - 0.5), resamples=300)
    assert sum(b.bar_low <= b.observed <= b.bar_high for b in over) <= 5
    assert reliability(p, p > 0.5, resamples=50, seed=3) == reliability(p, p > 0.5, resamples=50, seed=3)


def test_coverage_is_judged_by_the_exact_binomial_band() -> None:
    rng = np.random.default_rng(3)
    y = rng.normal(size=400)
    right, narrow = (interval_coverage(np.full(400, -z), np.full(400, z), y, 0.9) for z in (1.645, 0.8))
    assert right.passes
    assert not narrow.passes
    assert right.band_low < 0.9 < right.band_high


def test_coverage_of_counts_is_exact_where_intervals_of_counts_cannot_be() -> None:
    rng = np.random.default_rng(4)
    rates = rng.gamma(1.0, 1.0, 1500)
    k = np.arange(40)
    log = -rates[:, None] + k * np.log(rates[:, None]) - np.concatenate([[0], np.cumsum(np.log(k[1:]))])
    pmf = np.exp(log)
    for nominal in (0.5, 0.9):
        assert count_coverage(pmf, rng.poisson(rates), nominal, level=0.99).passes
        assert not count_coverage(pmf, rng.poisson(3 * rates), nominal, level=0.99).passes


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 200))
def test_the_poisson_interval_has_five_percent_on_each_side(count: int) -> None:
    from scipy.stats import poisson

    low, high = poisson_interval(count)
    assert poisson.cdf(count, high) == pytest.approx(0.05)
    if count:
        assert poisson.sf(count - 1, low) == pytest.approx(0.05)
    else:
        assert low == 0


def test_rare_events_claim_no_skill() -> None:
    y = np.zeros(228)
    y[[9, 40, 85, 120, 128, 140]] = 1
    fair, bold = rare_events(np.full(228, 6 / 228), y), rare_events(np.full(228, 0.2), y)
    assert fair.words == "not demonstrable (n = 6)"
    assert fair.passes
    assert not bold.passes
    assert fair.worst == pytest.approx(np.log(6 / 228))
    assert fair.where == 9
    assert fair.failing.tolist() == [9, 40, 85, 120, 128, 140], "an honest base rate fails the absolute bound"


def test_a_rare_event_is_measured_against_what_a_simple_forecast_said_of_it() -> None:
    y = np.zeros(200)
    y[[20, 90]] = 1
    rate = np.full(200, 0.01)
    blind, honest = rate.copy(), rate.copy()
    blind[90] = 0.002
    simple = np.stack([rate, np.full(200, 0.03)])
    assert rare_events(honest, y, simple).failing_relative.tolist() == []
    found = rare_events(blind, y, simple)
    assert found.failing.tolist() == [20, 90]
    assert found.failing_relative.tolist() == [90]
    assert found.relative[90] == pytest.approx(np.log(0.002 / 0.03)), "against the better of the two"
    gap = blind.copy()
    gap[5] = np.nan
    assert rare_events(gap, y, simple).failing_relative.tolist() == [89], "indices count complete pairs"


def test_ranks_are_flat_for_the_true_law_and_heaped_at_the_ends_for_a_narrow_one() -> None:
    rng = np.random.default_rng(2)
    y = rng.poisson(3.0, 4000)
    counts = np.arange(20)
    true, narrow = stats.poisson(3.0).pmf(counts), stats.binom(6, 0.5).pmf(counts)
    right = rank_counts(np.tile(true, (len(y), 1)), y.astype(float))
    wrong = rank_counts(np.tile(narrow, (len(y), 1)), y.astype(float))
    assert sum(right.counts) == right.n == 4000
    assert right.p_value > 0.01
    assert wrong.p_value < 1e-6
    assert min(wrong.counts[0], wrong.counts[-1]) > 1.3 * np.median(wrong.counts)
    with pytest.raises(InputError):
        rank_counts(np.full((2, 4), 0.25), [np.nan, np.nan])


# differences of scores


def _dependent(n: int, seed: int, memory: float = 0.8) -> np.ndarray:
    rng = np.random.default_rng(seed)
    x = np.zeros(n)
    for i in range(1, n):
        x[i] = memory * x[i - 1] + rng.normal()
    return x


def test_the_bootstrap_is_the_same_for_the_same_seed() -> None:
    x = _dependent(120, 0)
    assert block_bootstrap(x, draws=200, seed=7) == block_bootstrap(x, draws=200, seed=7)
    assert block_bootstrap(x, draws=200, seed=7) != block_bootstrap(x, draws=200, seed=8)


def test_blocks_keep_the_dependence_that_single_months_lose() -> None:
    """The interval of a mean of dependent differences is near the truth, far wider than that of shuffled
    ones."""
    spread = np.std([_dependent(240, seed).mean() for seed in range(400)])
    blocked = np.mean([block_means(_dependent(240, s), draws=200).std() for s in range(20)])
    shuffled = np.mean(
        [block_means(np.random.default_rng(s).permutation(_dependent(240, s)), draws=200).std() for s in range(20)]
    )
    assert blocked == pytest.approx(spread, rel=0.3)
    assert shuffled < 0.6 * spread


def test_leads_are_resampled_together() -> None:
    x = _dependent(100, 1)
    means = block_means(np.stack([x, x + 1], axis=1), draws=50)
    assert means[:, 1] - means[:, 0] == pytest.approx(1)


def test_a_missing_difference_is_left_out() -> None:
    x = np.ones(60)
    x[[3, 40]] = np.nan
    found = block_bootstrap(x, draws=50)
    assert (found.mean, found.low, found.high, found.n) == (1, 1, 1, 58)


def test_short_blocks_and_short_series_are_refused() -> None:
    with pytest.raises(InputError, match="too short"):
        block_bootstrap(np.ones(100), block=12)
    with pytest.raises(InputError, match="do not fill"):
        block_bootstrap(np.ones(20))
    with pytest.raises(InputError, match="too few"):
        diebold_mariano(np.ones(9), 1)


def test_the_newey_west_variance_of_white_noise_is_its_variance_and_of_memory_is_more() -> None:
    white = np.random.default_rng(5).normal(size=4000)
    assert newey_west_variance(white, 5) == pytest.approx(1, rel=0.1)
    assert newey_west_variance(white, 0) == pytest.approx(white.var())
    ar = _dependent(4000, 6, 0.5)
    assert newey_west_variance(ar, 30) == pytest.approx(1 / (1 - 0.5) ** 2, rel=0.25)


def test_equal_forecasts_are_not_told_apart_and_better_ones_are() -> None:
    assert diebold_mariano(np.zeros(50), 3).p_value == 1
    rng = np.random.default_rng(8)
    rejected = np.mean([diebold_mariano(_dependent(228, s, 0.3), 3).p_value < 0.1 for s in range(300)])
    assert 0.05 < rejected < 0.2  # the level is 0.1; some excess is known for HAC variances
    better = diebold_mariano(0.5 + rng.normal(size=228), 1)
    assert better.p_value < 0.001
    assert better.low > 0


def test_the_test_agrees_with_the_package_scores_where_both_apply() -> None:
    """At lead 1 without lags it is the plain t statistic that ``scores`` gives by Harvey, Leybourne and
    Newbold."""
    from scores.stats.statistical_tests import diebold_mariano as reference

    x = np.random.default_rng(9).normal(0.1, 1, 200)
    data = xr.DataArray(x[None], dims=("h", "t"), coords={"h": [1]})
    expected = float(reference(data, "h", "h", method="HLN", statistic_distribution="t")["dm_test_stat"][0])
    assert diebold_mariano(x, 1, lags=0).statistic == pytest.approx(expected, rel=0.01)
