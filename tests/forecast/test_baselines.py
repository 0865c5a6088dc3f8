"""Baselines and blends: they know nothing of the future, and weigh forecasts by what they were worth."""

from __future__ import annotations

import csv
from typing import Literal

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from shared import shared

from keisei import months
from keisei.errors import InputError
from keisei.forecast.baselines import LEADS, all_baselines, hindcast
from keisei.forecast.blend import blend, by_class, exponential_weights
from keisei.forecast.regression import fit_logit, fit_negative_binomial, negative_binomial_pmf
from keisei.forecast.scoring import brier, brier_skill, count_crps, count_log_score, outcomes
from keisei.forecast.verification import against_best, beside

FIRST = months.parse("1990-01")


def monthly(values: np.ndarray, first: int = FIRST) -> xr.DataArray:
    return xr.DataArray(values, dims="month", coords={"month": np.arange(first, first + len(values))})


def campaigns(n: int, seed: int) -> np.ndarray:
    """Counts that come in campaigns: a two-state chain switching on average every 20 months."""
    rng = np.random.default_rng(seed)
    state = np.cumsum(rng.random(n) < 0.05) % 2
    return rng.poisson(np.where(state, 1.5, 0.05)).astype(float)


@pytest.mark.parametrize("top", [1, 20])
def test_no_baseline_reads_past_its_origin(top: int) -> None:
    """Poison: everything after the origin replaced by absurd values leaves every forecast as it was, to the
    bit."""
    clean = monthly(campaigns(200, 0))
    origin = FIRST + 149
    for poison in (1e6, np.nan, -1.0):
        poisoned = clean.where(clean["month"] <= origin, poison)
        kept, touched = (hindcast(series, [origin - 7, origin], top=top) for series in (clean, poisoned))
        assert np.array_equal(kept.values, touched.values)


@pytest.mark.parametrize("top", [1, 20])
def test_a_forecast_does_not_hang_on_the_origins_before_it(top: int) -> None:
    """A regression starts from its last coefficients, but ends where it would have from any start."""
    series = monthly(campaigns(240, 7))
    origins = np.arange(FIRST + 200, FIRST + 240)
    together, alone = hindcast(series, origins, top=top), hindcast(series, origins[-1:], top=top)
    assert np.abs(together.isel(init=[-1]).values - alone.values).max() < 2e-3


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 12]), st.floats(0, 3))
def test_every_baseline_gives_a_distribution_that_rules_nothing_out(seed: int, top: int, rate: float) -> None:
    values = np.random.default_rng(seed).poisson(rate, 90).astype(float)
    found = hindcast(monthly(values), [FIRST + 20, FIRST + 60, FIRST + 89], top=top)
    assert found.dims == ("forecaster", "init", "lead", "count")
    assert np.allclose(found.sum("count"), 1)
    assert float(found.min()) >= 0
    assert float(found.sel(count=slice(0, 1)).min()) > 0
    assert (found["valid_time"] == found["init"] + found["lead"]).all()


def test_constant_histories_are_forecast_to_go_on() -> None:
    for value in (0.0, 1.0):
        p = hindcast(monthly(np.full(240, value)), [FIRST + 239]).sel(count=int(value))
        assert float(p.min()) > 0.9


def test_the_regressions_find_the_coefficients_that_made_the_data() -> None:
    rng = np.random.default_rng(1)
    design = np.concatenate([np.ones((6000, 1)), rng.normal(size=(6000, 2))], axis=1)
    true, offset = np.array([-0.4, 0.8, -0.5]), 0.3 * rng.normal(size=6000)
    eta = design @ true + offset
    event = (rng.random(6000) < 1 / (1 + np.exp(-eta))).astype(float)
    assert fit_logit(design, event, offset, 1.0) == pytest.approx(true, abs=0.12)
    mean, size = np.exp(eta), 0.7
    counts = rng.negative_binomial(size, size / (size + mean)).astype(float)
    fit = fit_negative_binomial(design, counts, offset, 1.0)
    assert fit.beta == pytest.approx(true, abs=0.12)
    assert fit.size == pytest.approx(size, rel=0.12)
    assert fit_negative_binomial(design, counts, offset, 1.0, fit).beta == pytest.approx(fit.beta, abs=1e-2)


def test_the_negative_binomial_pmf_has_its_mean() -> None:
    pmf = negative_binomial_pmf(1.7, 0.6, 400)
    assert pmf.sum() == pytest.approx(1)
    assert pmf @ np.arange(401) == pytest.approx(1.7, rel=1e-6)


def test_a_seasonal_event_is_seen_by_the_regression_alone() -> None:
    values = (np.arange(360) % 12 < 6).astype(float)
    inits = np.arange(FIRST + 240, FIRST + 336)
    found = hindcast(monthly(values), inits, leads=(6,)).sel(count=1)
    score = brier(found, outcomes(monthly(values), inits, [6]), over=["init", "lead"])
    assert float(score.sel(forecaster="lag_logit")) < 0.05
    assert float(score.sel(forecaster="exponential")) > 0.2


def test_gaps_and_origins_without_history_are_refused() -> None:
    series = monthly(np.zeros(60))
    with pytest.raises(InputError, match="not consecutive"):
        hindcast(series.isel(month=[0, 1, 3]), [FIRST + 3])
    for origin in (FIRST + 3, FIRST + 60):
        with pytest.raises(InputError, match="no history"):
            hindcast(series, [origin])
    with pytest.raises(InputError, match="no counts"):
        hindcast(series + 0.5, [FIRST + 40])


# launches: the figure that verification rests on


def _launch_days() -> xr.DataArray:
    """Days a month with a launch of a missile other than a satellite's carrier, 1990-01 to 2024-12."""
    with shared("data/missile_tests/missile_tests.csv").open(encoding="utf-8") as file:
        days = {row["date"] for row in csv.DictReader(file) if row["missile_type"] != "SLV"}
    last = months.parse("2024-12")
    values = np.zeros(last - FIRST + 1)
    for day in days:
        month = months.parse(day[:7]) - FIRST
        if 0 <= month < len(values):
            values[month] += 1
    return monthly(values)


def test_the_exponential_rate_alone_has_brier_skill_of_three_tenths_on_launch_months() -> None:
    series = _launch_days()
    inits = np.arange(months.parse("2006-01"), months.parse("2024-12") + 1)
    assert len(inits) == 228
    p = hindcast(series, inits).sel(count=1)
    y = outcomes(xr.where(series > 0, 1.0, 0.0), inits, LEADS)
    skill = brier_skill(p.sel(forecaster="exponential", lead=3), p.sel(forecaster="climatology", lead=3), y.sel(lead=3))
    assert skill == pytest.approx(0.30, abs=0.01)


def test_the_count_regression_beats_climatology_on_launch_days_at_every_lead_but_two_years() -> None:
    series = _launch_days()
    inits = np.arange(months.parse("2006-01"), months.parse("2024-12") + 1, 4)
    pmf = hindcast(series, inits, top=31)
    score = count_log_score(pmf, outcomes(series, inits, LEADS)).mean("init")
    gain = score.sel(forecaster="lag_negative_binomial") - score.sel(forecaster="climatology")
    assert (gain.sel(lead=[1, 3, 6, 12]) > 0.1).all()


# blends


def _losses(seed: int, origins: int, forecasters: int) -> np.ndarray:
    return -np.log(np.random.default_rng(seed).uniform(0.001, 1, (origins, forecasters)))


def _prior(seed: int, forecasters: int) -> np.ndarray:
    return np.random.default_rng(seed + 1).dirichlet(np.ones(forecasters))


_seeds, _origins, _forecasters = st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 6)


@settings(max_examples=100, deadline=None)
@given(_seeds, _origins, _forecasters, st.integers(1, 24), st.floats(0, 0.2))
def test_weights_stay_on_the_simplex_and_no_past_means_the_prior(
    seed: int, origins: int, forecasters: int, lead: int, share: float
) -> None:
    prior = _prior(seed, forecasters)
    weights = exponential_weights(_losses(seed, origins, forecasters), np.arange(origins), lead, prior, share=share)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert (weights >= share / lead * prior * (1 - 1e-9)).all()
    assert weights[:lead] == pytest.approx(np.tile(prior, (min(lead, origins), 1)))
    if forecasters == 1:
        assert weights == pytest.approx(1)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 6).flatmap(
        lambda k: arrays(float, st.tuples(st.integers(1, 80), st.just(k)), elements=st.floats(0, 6.9))
    ),
    st.sampled_from([0.0, 0.01, 0.1]),
)
def test_on_any_sequence_the_mixture_loses_little_to_its_best_member(losses: np.ndarray, share: float) -> None:
    """At lead 1: log K in all against the best, and −log(1 − share) a pair (Kakade & Ng 2005; Herbster & Warmuth)."""
    pairs, members = losses.shape
    prior = np.full(members, 1 / members)
    weights = exponential_weights(losses, np.arange(pairs), 1, prior, share=share)
    own = -np.log((weights * np.exp(-losses)).sum(axis=1)).sum()
    assert own <= losses.sum(axis=0).min() + np.log(members) - pairs * np.log1p(-share) + 1e-9


@settings(max_examples=60, deadline=None)
@given(_seeds, st.integers(2, 60), _forecasters, st.integers(1, 12), st.integers(0, 59))
def test_what_comes_later_changes_no_earlier_weight(
    seed: int, origins: int, forecasters: int, lead: int, until: int
) -> None:
    losses, prior = _losses(seed, origins, forecasters), _prior(seed, forecasters)
    whole = exponential_weights(losses, np.arange(origins), lead, prior)
    short = min(until + 1, origins)
    assert np.array_equal(whole[:short], exponential_weights(losses[:short], np.arange(short), lead, prior))
    unsettled = losses.copy()
    unsettled[max(0, short - lead) :] = 5.0
    assert np.array_equal(whole[:short], exponential_weights(unsettled, np.arange(origins), lead, prior)[:short])


@settings(max_examples=40, deadline=None)
@given(_seeds, st.integers(10, 60), st.integers(2, 5), st.integers(2, 9))
def test_weights_at_a_lead_are_the_geometric_mean_of_mixtures_taking_turns(
    seed: int, origins: int, forecasters: int, lead: int
) -> None:
    losses, prior = _losses(seed, origins, forecasters), _prior(seed, forecasters)
    found = exponential_weights(losses, np.arange(origins), lead, prior, share=0.0)[-1]
    settled = losses[: max(0, origins - lead)]
    turns = [np.log(prior) - settled[turn::lead].sum(axis=0) for turn in range(lead)]
    mean = np.exp(np.mean(turns, axis=0) - np.max(np.mean(turns, axis=0)))
    assert found == pytest.approx(mean / mean.sum())


def test_a_pair_without_an_outcome_moves_no_weight() -> None:
    losses = np.array([[0.1, 2.0], [np.nan, np.nan], [0.1, 2.0], [0.1, 2.0]])
    weights = exponential_weights(losses, np.arange(4), 1, [0.5, 0.5])
    assert np.array_equal(weights[1], weights[2])
    assert weights[3, 0] > weights[2, 0]


def test_half_of_the_prior_is_the_models_however_many_simple_forecasts_there_are() -> None:
    assert by_class(["a", "b", "m"], {"m"}) == {"a": 0.25, "b": 0.25, "m": 0.5}
    assert by_class(["a", "m", "f"], {"m", "f"}) == {"a": 0.5, "m": 0.25, "f": 0.25}
    assert by_class(["a", "b"], {"m"}) == {"a": 0.5, "b": 0.5}
    assert by_class(["m"], {"m"}) == {"m": 1.0}


def _rivals(n: int, seed: int) -> tuple[xr.DataArray, xr.DataArray]:
    """Baselines, and a model that half knows the truth, at n origins and two leads; outcome 0 or 1."""
    values = np.minimum(campaigns(n + 60, seed), 1)
    series = monthly(values)
    inits = np.arange(FIRST + 36, FIRST + 36 + n)
    baselines = hindcast(series, inits, leads=(1, 3))
    y = outcomes(series, inits, [1, 3])
    p = xr.where(y == 1, 0.75, 0.2).fillna(0.5)
    model = xr.concat([1 - p, p], dim="count").assign_coords(count=[0, 1]).expand_dims(forecaster=["model"])
    return xr.concat([baselines, model.transpose(*baselines.dims)], dim="forecaster", coords="minimal"), y


def _equal(forecasts: xr.DataArray) -> dict[str, float]:
    return by_class([str(name) for name in forecasts["forecaster"].values], ())


def test_a_blend_is_a_proper_forecast_between_its_parts() -> None:
    forecasts, y = _rivals(80, 3)
    mixed = blend(forecasts, y, prior=_equal(forecasts))
    assert np.allclose(mixed.forecast.sum("count"), 1)
    assert (mixed.forecast <= forecasts.max("forecaster") + 1e-12).all()
    assert (mixed.forecast >= forecasts.min("forecaster") - 1e-12).all()
    assert np.allclose(mixed.weights.sum("forecaster"), 1)


def test_weights_of_an_origin_know_only_outcomes_before_it() -> None:
    forecasts, y = _rivals(80, 4)
    origin = int(forecasts["init"].values[40])
    poisoned = y.where(y["init"] + y["lead"] <= origin, 1 - y)
    known = forecasts["init"] <= origin
    a, b = (blend(forecasts, seen, prior=_equal(forecasts)).weights.where(known, drop=True) for seen in (y, poisoned))
    assert np.array_equal(a.values, b.values)
    c, d = (blend(forecasts, seen, prior=_equal(forecasts)).weights.where(~known, drop=True) for seen in (y, poisoned))
    assert not np.array_equal(c.values, d.values)


@pytest.mark.parametrize("loss", ["log_score", "crps"])
def test_a_member_that_knows_more_gets_the_weight_and_the_blend_its_score(loss: Literal["log_score", "crps"]) -> None:
    forecasts, y = _rivals(150, 5)
    mixed = blend(forecasts, y, prior=_equal(forecasts), loss=loss)
    assert (mixed.weights.sel(forecaster="model").isel(init=-1) > 0.5).all()
    score = count_log_score if loss == "log_score" else lambda f, seen: -count_crps(f, seen)
    own, member = (score(f, y).mean("init") for f in (mixed.forecast, forecasts))
    assert (own > member.sel(forecaster="climatology")).all()
    if loss == "log_score":
        assert (own > member.sel(forecaster="model") - np.array([1, 3]) * np.log(5) / 150 - 0.01).all()


def test_the_unit_of_a_level_does_not_matter_to_its_weights() -> None:
    """The CRPS of bins counts bins: halving their width doubles it, and the weights stay."""
    forecasts, y = _rivals(60, 7)
    fine = xr.concat(
        [forecasts.isel(count=0), xr.zeros_like(forecasts.isel(count=0)), forecasts.isel(count=1)], "count"
    )
    fine = fine.assign_coords(count=[0, 1, 2]).transpose(*forecasts.dims)
    a, b = (blend(f, seen, prior=_equal(forecasts), loss="crps").weights for f, seen in ((forecasts, y), (fine, 2 * y)))
    assert np.allclose(a, b)


def test_a_missing_forecast_is_refused() -> None:
    forecasts, y = _rivals(40, 6)
    with pytest.raises(InputError, match="missing"):
        blend(forecasts.where(forecasts["init"] != forecasts["init"][3]), y, prior=_equal(forecasts))
    with pytest.raises(InputError, match="priors for"):
        blend(forecasts, y, prior={"model": 1.0})
    with pytest.raises(InputError, match="do not rise"):
        blend(forecasts.isel(init=slice(None, None, -1)), y, prior=_equal(forecasts))


# the raw model against its rivals


def _split(forecasts: xr.DataArray) -> tuple[xr.DataArray, xr.DataArray]:
    names = list(all_baselines(1))
    return forecasts.sel(forecaster="model", drop=True), forecasts.sel(forecaster=names)


def test_a_model_is_held_against_the_better_of_its_rivals() -> None:
    forecasts, y = _rivals(120, 9)
    model, others = _split(forecasts)
    rivals = ("exponential", "lag_logit")
    for comparison in against_best(model, others, y, rivals, draws=200):
        assert comparison.verdict == "better"
        means = count_log_score(others, y).sel(lead=comparison.lead).mean("init")
        other = next(name for name in rivals if name != comparison.rival)
        assert float(means.sel(forecaster=comparison.rival)) >= float(means.sel(forecaster=other))
    copy = others.sel(forecaster="exponential", drop=True)
    only = against_best(copy, others, y, ("exponential",), draws=200)
    assert [c.verdict for c in only] == ["not inferior", "not inferior"]
    worse = against_best(others.sel(forecaster="climatology", drop=True), others, y, rivals, draws=200)
    assert "better" not in {c.verdict for c in worse}
    with pytest.raises(InputError, match="not a baseline"):
        against_best(model, others, y, ("oracle",))


def test_model_and_baselines_must_meet() -> None:
    forecasts, _ = _rivals(60, 10)
    model, others = _split(forecasts)
    with pytest.raises(InputError, match="in common"):
        beside(model.assign_coords(init=model["init"] + 5000), others)
    with pytest.raises(InputError, match="counts against"):
        beside(model.isel(count=[0]), others)
