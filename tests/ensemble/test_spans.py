"""Something that happened once in a span: its likelihood is the sum over the months, whatever the members took."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model.small import DICE, SMALL, START
from scipy import special, stats

from ensemble.oracles import HAZARDS, HIDDEN, MEANS, OPENING, UTILITIES, enumerate_hidden, observed
from ensemble.test_filter import unbiased
from keisei.ensemble import Analysis, assimilate, branch, forecast, select_lines, twin
from keisei.ensemble.lines import traced
from keisei.errors import InputError
from keisei.model import layout
from keisei.model.sites import MOST_MONTHS, once_code
from keisei.model.spans import step
from keisei.score import Row, Score

MONTHS = 6


def once(site: str, value: float, first: int, last: int, index: str = "", otherwise: float = 0.0) -> Score:
    return tuple(
        Row(START + t, site, value, "once", index, otherwise=otherwise, left=last - t + 1)
        for t in range(first, last + 1)
    )


# ---- the step, by itself ----------------------------------------------------------------------------------------

chances = st.lists(st.tuples(st.floats(1e-9, 0.999), st.floats(1e-6, 1.0)), min_size=1, max_size=7)


@settings(max_examples=60)
@given(chances)
def test_draws_and_weights_multiply_to_the_probability_of_the_way_taken(pairs: list[tuple[float, float]]) -> None:
    """The way that takes month m comes with probability q_m and weight w_m: q_m w_m is p_m(v) Π p_t(b)."""
    with_it, without = (np.log(np.array(x, np.float32)) for x in zip(*pairs, strict=True))
    for m in range(len(pairs)):
        held, total = np.float32(0.0), 0.0
        for t in range(len(pairs)):
            left = np.float32(len(pairs) - t)
            # u = 0 takes, u = 1 waits, where the step leaves a choice; its odds are what separates the two
            taken = step(held, left, with_it[t], without[t], np.float32(0.0 if t == m else 1.0))
            total += float(taken.weight)
            if held >= 0.0 and left > 1.0 and t <= m:
                q = chance_of(held, left, with_it[t], without[t])
                total += float(np.log(q if t == m else 1.0 - q))
            held = taken.held
        expected = with_it[m] + without.sum() - without[m]
        assert held == 0.0
        if np.isfinite(total):
            assert total == pytest.approx(float(expected), abs=2e-3, rel=2e-3)
        else:  # float32 gives this way no chance: then it has next to none
            assert expected < with_it.max() + without.sum() - without.max() + np.log(1e-5)


def chance_of(held: float, left: float, with_it: float, without: float) -> float:
    """The chance to take the month, by bisection over the uniform."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        takes = bool(step(held, left, with_it, without, np.float32(middle)).takes)
        low, high = (middle, high) if takes else (low, middle)
    return 0.5 * (low + high)


# ---- the filter -------------------------------------------------------------------------------------------------


def replicas(score: Score, seed: int, last: int = MONTHS) -> Analysis:
    return assimilate(HIDDEN, score, draws=np.zeros((64, 0)), until=START + last - 1, particles=128, seed=seed)


@pytest.fixture(scope="module")
def shots() -> np.ndarray:
    return np.random.default_rng(1).poisson(1.2, MONTHS)


def test_the_likelihood_of_an_undated_alarm_is_the_sum_over_its_months(shots: np.ndarray) -> None:
    """An alarm in months 1 to 4 of six, with one known in month 3, against enumeration over months and regimes."""
    known = np.zeros(MONTHS, bool)
    known[3] = True
    each = []
    for m in (1, 2, 4):
        alarm = known.copy()
        alarm[m] = True
        each.append(enumerate_hidden(shots, alarm)[0].sum())
    rows = [Row(START + t, "alarm", 0.0) for t in (0, 5)] + [Row(START + 3, "alarm", 1.0)]
    rows += [Row(START + t, "alarm", 1.0, "once", left=3 - n) for n, t in enumerate((1, 2, 4))]
    found = np.concatenate([replicas((*observed("shots", shots), *rows), s).loglik.sum(axis=1) for s in (1, 2, 3)])
    unbiased(found, float(special.logsumexp(each)))


def test_the_likelihood_of_undated_shots_is_the_sum_over_their_months() -> None:
    """Two more shots in one of four months, beside one in each: counts add."""
    p, move = special.softmax(OPENING), special.softmax(UTILITIES, axis=1)
    law = stats.poisson(MEANS)
    each = []
    for m in range(4):
        way = p
        for t in range(4):
            way = (way @ move) * law.pmf(3 if t == m else 1)
        each.append(np.log(way.sum()))
    score = once("shots", 3.0, 0, 3, otherwise=1.0)
    found = np.concatenate([replicas(score, seed, 4).loglik.sum(axis=1) for seed in (1, 2, 3)])
    unbiased(found, float(special.logsumexp(each)))


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 5), st.integers(0, 5), st.integers(1, 50))
def test_a_span_of_one_month_is_an_observed_row_to_the_bit(month: int, value: int, seed: int) -> None:
    levels = layout(HIDDEN.table, once("shots", 1.0, 0, 0), START, START).levels  # one executable for both
    both = [
        assimilate(HIDDEN, score, draws=np.zeros((4, 0)), until=START + 5, particles=64, seed=seed, levels=levels)
        for score in ((Row(START + month, "shots", float(value)),), once("shots", float(value), month, month))
    ]
    assert np.array_equal(both[0].loglik, both[1].loglik)
    assert np.array_equal(both[0].ancestors, both[1].ancestors)
    assert all(np.array_equal(a, b) for a, b in zip(both[0].states, both[1].states, strict=True))


@pytest.mark.parametrize("hazard", [0.5, 0.01, 1e-4])
def test_a_rare_thing_of_unknown_month_leaves_all_particles_effective(hazard: float) -> None:
    """At one hazard all months weigh the same, however rare it is: W p (1 − p)^(W−1), and any month is as probable."""
    draws = np.repeat(DICE.parameters.draw(1, 3), 16, axis=0)
    draws[:, DICE.parameters.names.index("p")] = hazard
    found = assimilate(DICE, once("event", 1.0, 0, 9), draws=draws, until=START + 9, particles=256, records=["event"])
    exact = np.log(10.0) + np.log(hazard) + 9.0 * np.log1p(-hazard)
    np.testing.assert_allclose(found.loglik.sum(axis=1), exact, atol=2e-4)
    assert found.ess.min() > 255.0
    lines = select_lines(found, 2000)
    lived = np.stack([found.records[0, t, lines.worked[t]] for t in range(10)], axis=1)
    assert np.array_equal(lived.sum(axis=1), np.ones(2000)), "once, in every line"
    assert stats.chisquare(lived.sum(axis=0)).pvalue > 1e-4


def test_members_take_the_months_by_the_odds_of_their_own_hazards() -> None:
    """P(month | once) of the filter's last particles, against enumeration over regimes."""
    p, move = special.softmax(OPENING), special.softmax(UTILITIES, axis=1)
    ways = []
    for m in range(4):
        way = p
        for t in range(4):
            way = (way @ move) * (HAZARDS if t == m else 1.0 - HAZARDS)
        ways.append(way.sum())
    groups, particles = 64, 256
    found = assimilate(
        HIDDEN, once("alarm", 1.0, 0, 3), draws=np.zeros((groups, 0)), until=START + 3, particles=particles, seed=4,
        records=["alarm"],
    )  # fmt: skip
    worked, _ = traced(found, np.arange(groups * particles))
    lived = np.stack([found.records[0, t, worked[t]] for t in range(4)]).reshape(4, groups, particles)
    within = special.softmax(found.log_weight.reshape(groups, particles), axis=1)
    likely = np.exp(found.loglik.sum(axis=1))
    shares = (lived * within).sum(axis=2) @ (likely / likely.sum())
    spread = (lived * within).sum(axis=2).std(axis=1, ddof=1) / np.sqrt(groups)
    assert np.all(np.abs(shares - np.array(ways) / sum(ways)) < 4.5 * spread + 2e-3)
    assert spread.max() < 0.02


# ---- what goes on from it ---------------------------------------------------------------------------------------

SPAN = (*once("quake", 1.0, 1, 4), *once("days", 2.0, 0, 3, "all"))


def test_a_what_if_that_sets_what_was_is_nothing_through_a_span() -> None:
    analysis = assimilate(
        SMALL, SPAN, draws=SMALL.parameters.draw(4, 1), until=START + 5, particles=256, records=["days", "quake"]
    )
    lines = select_lines(analysis, 500)
    worlds = twin(analysis, lines, [Row(START + 2, "push", 0.5, "set")], until=START + 7)
    for name in map(str, worlds.base.data_vars):
        assert np.array_equal(worlds.base[name].values, worlds.changed[name].values), name
    for name, first, last, value in (("quake", 1, 5, 1.0), ("days", 0, 4, 2.0)):
        kept = analysis.records[list(analysis.kept).index(SMALL.table.record_index[name])]
        lived = np.stack([kept[t, lines.worked[t]] for t in range(6)], axis=1)
        assert np.array_equal(worlds.base[name].values[:, :6], lived), name
        assert np.array_equal(lived[:, first:last].sum(axis=1), np.full(500, value)), name


def test_a_span_goes_on_where_the_filter_forks_in_it() -> None:
    """Segments end in the span: a branch from there is the filter from the start, to the bit."""
    score = (*once("quake", 1.0, 8, 15), Row(START + 20, "quake", 1.0))
    draws = SMALL.parameters.draw(4, 1)
    whole = assimilate(SMALL, score, draws=draws, until=START + 20, particles=64, fork=START + 12)
    again = branch(whole, score, until=START + 20)
    assert whole.fork is not None
    assert whole.fork.month == START + 12
    assert np.array_equal(whole.loglik, again.loglik)
    assert all(np.array_equal(a, b) for a, b in zip(whole.states, again.states, strict=True))


def test_forecasts_and_futures_go_on_from_within_a_span() -> None:
    analysis = assimilate(SMALL, SPAN, draws=SMALL.parameters.draw(4, 1), until=START + 2, particles=64)
    lines = select_lines(analysis, 64)
    free = forecast(analysis, lines, until=START + 6)
    worlds = twin(analysis, lines, [Row(START + 4, "push", 0.5, "set")], until=START + 6)
    for name in map(str, free.data_vars):
        # two programs of one model: the same draws, rounded apart
        assert np.allclose(free[name].values, worlds.base[name].values, rtol=1e-5, atol=1e-6), name


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row(START, "choice", "a", "once"), "cannot be once"),
        (Row(START, "poisson", 1, "once", left=0), "0 months left"),
        (Row(START, "poisson", 1, "once", left=MOST_MONTHS + 1), "months left"),
        (Row(START, "poisson", 99, "once"), "99"),
    ],
    ids=["a choice", "no month", "too many months", "above the cap"],
)
def test_what_cannot_be_a_span_is_refused(row: Row, said: str) -> None:
    with pytest.raises(InputError, match=said):
        layout(DICE.table, [row], START, START)


@given(st.integers(0, 63), st.integers(0, 63), st.integers(1, MOST_MONTHS))
def test_a_row_of_a_span_is_one_number_of_32_bits(value: int, otherwise: int, left: int) -> None:
    code = np.float32(once_code(value, otherwise, left))
    assert np.floor(code / 64) == value
    assert np.floor(code - 64 * np.floor(code / 64)) == otherwise
    rest = code - 64 * np.floor(code / 64) - otherwise
    assert np.round(rest * (MOST_MONTHS + 1)) == left
