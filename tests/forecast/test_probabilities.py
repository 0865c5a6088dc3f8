"""Probabilities from members: what they are, how sure they are, and the base rate beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from keisei import months
from keisei.errors import InputError
from keisei.forecast.expressions import Not, evaluate, parse, variable_name
from keisei.forecast.probabilities import base_rate, change_error, count_pmf, nested_probability, probability

_votes = st.lists(st.booleans(), min_size=1, max_size=60)


@st.composite
def _weighted(draw: st.DrawFn) -> tuple[list[bool], list[float]]:
    votes = draw(_votes)
    weights = draw(st.lists(st.floats(0, 1e3), min_size=len(votes), max_size=len(votes)))
    weights[0] += 1e-3
    return votes, weights


@settings(max_examples=150, deadline=None)
@given(_weighted())
def test_a_probability_and_its_complement_sum_to_one(case: tuple[list[bool], list[float]]) -> None:
    votes, weights = case
    yes = probability(votes, weights)
    no = probability(np.logical_not(votes), weights)
    assert 0 <= yes.value <= 1
    assert yes.value + no.value == pytest.approx(1)
    assert yes.mc_error == pytest.approx(no.mc_error)
    assert yes.low <= yes.value <= yes.high
    assert 1 <= yes.n <= len(votes) + 1e-9


def test_complementary_expressions_sum_to_one_on_a_run() -> None:
    values = np.random.default_rng(1).poisson(0.2, (200, 6)).astype(float)
    attrs = {"record": "summit", "kind": "event", "unit": "1", "attributes": "{}"}
    run = xr.Dataset({"summit": (("member", "month"), values, attrs)}, {"month": np.arange(24300, 24306)})
    expression = parse("count(summit) >= 1 within origin+1..origin+6")
    yes, no = (probability(evaluate(e, run, 24299)).value for e in (expression, Not(expression)))
    assert yes + no == pytest.approx(1)


def test_equal_weights_give_the_binomial_error() -> None:
    p = probability([True] * 30 + [False] * 70)
    assert p.value == pytest.approx(0.3)
    assert p.mc_error == pytest.approx(np.sqrt(0.3 * 0.7 / 100))
    assert p.n == pytest.approx(100)
    assert not p.note


def test_the_weighted_error_is_that_of_repeated_runs() -> None:
    """Importance sampling of one biased coin by another: the stated error matches the scatter over runs."""
    rng = np.random.default_rng(2)
    found = []
    for _ in range(400):
        x = rng.random(500) < 0.5
        weights = np.where(x, 0.2 / 0.5, 0.8 / 0.5) * rng.choice([0.5, 1.5], 500)
        found.append(probability(x, weights))
    values = np.array([p.value for p in found])
    stated = np.mean([p.mc_error for p in found])
    assert values.mean() == pytest.approx(0.2, abs=0.005)
    assert stated == pytest.approx(values.std(), rel=0.15)


def test_nested_draws_err_by_the_variance_between_them() -> None:
    """Ten particles of each draw agree entirely: the run knows as much as its draws, not as its particles."""
    rng = np.random.default_rng(3)
    found = []
    for _ in range(300):
        by_draw = rng.random(40) < 0.3
        found.append(nested_probability(np.repeat(by_draw[:, None], 10, axis=1)))
    values = np.array([p.value for p in found])
    assert np.mean([p.mc_error for p in found]) == pytest.approx(values.std(), rel=0.15)
    assert found[0].n == pytest.approx(40)
    flat = probability(np.repeat(rng.random(40) < 0.3, 10))
    assert flat.mc_error < 0.5 * np.mean([p.mc_error for p in found])


def test_the_spread_over_draws_leaves_out_the_particles_noise() -> None:
    rng = np.random.default_rng(4)
    same = nested_probability(rng.random((300, 50)) < 0.3)
    assert same.draw_spread is not None
    assert same.draw_spread < 0.03  # the raw standard deviation of the draws' shares is 0.065
    chances = np.where(np.arange(300) % 2, 0.1, 0.5)[:, None]
    different = nested_probability(rng.random((300, 50)) < chances)
    assert different.draw_spread == pytest.approx(0.2, abs=0.03)


@settings(max_examples=100, deadline=None)
@given(_weighted(), st.integers(2, 5))
def test_nested_with_equal_draws_has_the_plain_value(case: tuple[list[bool], list[float]], draws: int) -> None:
    votes, weights = case
    nested = nested_probability([votes] * draws, [weights] * draws)
    assert nested.value == pytest.approx(probability(votes, weights).value)
    assert nested.mc_error == pytest.approx(0, abs=1e-12)


def test_a_change_between_runs_under_the_same_draws_errs_as_the_mean_of_their_differences() -> None:
    rng = np.random.default_rng(5)
    now, before = rng.random(60), rng.random(60)
    even = np.full(60, 1 / 60)
    expected = (now - before).std(ddof=1) / np.sqrt(60)
    assert change_error([even, now], [even, before]) == pytest.approx(expected)
    assert change_error([even, now], [even, now]) == 0


def test_a_change_in_weights_errs_as_it_scatters() -> None:
    """Forty draws, reweighed between the runs by how often they hold: the stated error matches the scatter."""
    rng = np.random.default_rng(6)
    changes, stated = [], []
    for _ in range(600):
        p = rng.beta(2, 5, 40)
        now, before = np.stack([np.exp(p) / np.exp(p).sum(), p]), np.stack([np.full(40, 1 / 40), p])
        changes.append(now[0] @ now[1] - before[0] @ before[1])
        stated.append(change_error(now, before))
    assert np.mean(stated) == pytest.approx(np.std(changes), rel=0.2)
    apart = np.hypot(p.std() / np.sqrt(40), p.std() / np.sqrt(40))
    assert np.mean(stated) < 0.5 * apart, "runs that share draws tell a change more finely than two runs apart"


def test_runs_under_other_draws_are_refused() -> None:
    for now, before in (([[1.0], [0.5]],) * 2, (np.ones((2, 3)), np.ones((2, 4)))):
        with pytest.raises(InputError, match="same draws"):
            change_error(now, before)


def test_zero_and_one_come_with_the_rule_of_three() -> None:
    never, always = probability(np.zeros(300)), probability(np.ones(300))
    assert (never.value, never.low) == (0, 0)
    assert never.high == pytest.approx(3 / 300, rel=0.01)
    assert always.low == pytest.approx(1 - 3 / 300, rel=0.01)
    for p in (never, always, nested_probability(np.zeros((10, 30)))):
        assert "rule of three" in p.note
    assert nested_probability(np.zeros((10, 30))).high == pytest.approx(1 - 0.05 ** (1 / 10))


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2], [np.nan, 1], [1, 1, 1]])
def test_weights_that_are_none_are_refused(weights: list[float]) -> None:
    with pytest.raises(InputError):
        probability([True, False], weights)


def test_one_draw_is_no_nested_sample() -> None:
    with pytest.raises(InputError, match="only one draw"):
        nested_probability([[True, False], [True, True]], draw_weights=[1, 0])


def test_counts_of_members_become_a_distribution_that_rules_nothing_out() -> None:
    rng = np.random.default_rng(6)
    counts = rng.poisson(1.3, (5000, 2))
    pmf = count_pmf(counts, 12)
    assert pmf.shape == (13, 2)
    assert pmf.sum(axis=0) == pytest.approx([1, 1])
    assert (pmf > 0).all()
    assert pmf[0] == pytest.approx(np.exp(-1.3), abs=0.02)
    assert count_pmf(counts, 12, np.full(5000, 3.0)) == pytest.approx(pmf)
    assert count_pmf(np.zeros(99), 1) == pytest.approx([1 - 0.5 / 100, 0.5 / 100])


# base rates


def history(values: Sequence[float], kind: str = "event", first: str = "2000-01") -> xr.Dataset:
    attrs = {"record": "r", "kind": kind, "unit": "1", "attributes": "{}"}
    start = months.parse(first)
    data = {variable_name("r"): ("month", np.array(values, float), attrs)}
    return xr.Dataset(data, coords={"month": np.arange(start, start + len(values))})


def test_the_base_rate_is_the_share_of_past_windows() -> None:
    seen = history([0, 1, 0, 0, 0, 1, 0, 0, 0, 0])
    origin = months.parse("2000-10")
    one = base_rate(parse("any(r) within origin+1"), seen, origin)
    assert (one.held, one.windows) == (2, 10)
    assert one.rate == pytest.approx(2.5 / 11)
    assert one.low < 0.2 < one.high
    three = base_rate(parse("any(r) within origin+1..origin+3"), seen, origin)
    assert (three.held, three.windows) == (5, 8)
    assert three.effective == pytest.approx(8 / 3)
    assert three.high - three.low > one.high - one.low


def test_calendar_and_relative_questions_have_the_same_base_rate() -> None:
    seen = history(list(np.random.default_rng(5).poisson(0.3, 60)))
    origin = months.parse("2004-12")
    relative = base_rate(parse("count(r) >= 2 within origin+1..origin+6"), seen, origin)
    assert relative == base_rate(parse("count(r) >= 2 within 2005-01..2005-06"), seen, origin)
    assert relative == base_rate(parse("count(r) >= 2 within 2008-01..2008-06"), seen, origin)


def test_a_base_rate_is_blind_to_what_comes_after_the_origin() -> None:
    origin = months.parse("2002-06")
    quiet, loud = history([0] * 30 + [0] * 30), history([0] * 30 + [9] * 30)
    question = parse("any(r) within origin+1..origin+3")
    assert base_rate(question, quiet, origin) == base_rate(question, loud, origin)


def test_yearly_levels_are_compared_only_where_they_were_observed() -> None:
    values = [np.nan] * 60
    for year, growth in enumerate([1.0, -2.0, 3.0, -1.0, 2.0]):
        values[12 * year + 11] = growth
    rate = base_rate(parse("value(r, at=2006-12) < 0"), history(values, "level"), months.parse("2004-12"))
    assert (rate.held, rate.windows) == (2, 5)


def test_without_history_there_is_no_base_rate() -> None:
    rate = base_rate(parse("any(r) within origin+1..origin+24"), history([0] * 12), months.parse("2000-12"))
    assert np.isnan(rate.rate)
    assert rate.windows == 0
