"""What moved a probability, and what would move it: checked against worlds that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from model.small import SMALL, START

from keisei.ensemble import assimilate, select_lines
from keisei.ensemble.replay import logp_by_draw, logp_by_line, observed_rows
from keisei.errors import InputError
from keisei.forecast.reasons import by_draw, what_moved, what_to_watch
from keisei.score import Row

MONTH = START + 5


def test_leaving_out_a_row_gives_back_the_probability_without_it() -> None:
    # members from the posterior of a coin of unknown bias after one head: Beta(2, 1); the question is bias > ½
    rng = np.random.default_rng(3)
    bias = rng.beta(2, 1, 20000)
    (moved,) = what_moved([Row(MONTH, "coin", 1.0)], np.log(bias)[None], bias > 0.5)
    assert moved.probability == pytest.approx(0.75, abs=0.01)
    assert moved.without == pytest.approx(0.5, abs=3 * moved.error + 0.01)
    assert 0 < moved.error < 0.05


def test_a_row_that_says_nothing_moves_nothing_and_comes_last() -> None:
    rng = np.random.default_rng(4)
    bias = rng.beta(2, 1, 5000)
    rows = [Row(MONTH, "weather", 2.0), Row(MONTH, "coin", 1.0)]
    first, second = what_moved(rows, np.stack([np.full(5000, -3.0), np.log(bias)]), bias > 0.5)
    assert (first.site, second.site) == ("coin", "weather")
    assert second.change == pytest.approx(0.0, abs=1e-12)
    assert second.effective == pytest.approx(1.0)


def test_indices_of_one_site_and_month_are_left_out_together_and_named_by_what_was_seen() -> None:
    rng = np.random.default_rng(5)
    bias = rng.beta(3, 1, 20000)
    rows = [Row(MONTH, "coin", 1.0, index="a"), Row(MONTH, "coin", 1.0, index="b"), Row(MONTH, "quiet", 0.0)]
    logp = np.stack([np.log(bias), np.log(bias), np.log(0.5) + 0 * bias])
    first, quiet = what_moved(rows, logp, bias > 0.5)
    assert first.without == pytest.approx(0.5, abs=0.05)
    assert first.label == "coin 2000-06: a 1, b 1"
    assert quiet.label == "quiet 2000-06: none"


def test_a_row_that_only_few_members_could_do_without_is_called_unreliable() -> None:
    logp = np.zeros(2000)
    logp[:5] = -40.0  # five members found it all but impossible: without it they would be nearly all
    mild = np.where(np.arange(2000) < 1000, -0.5, -0.1)
    rows = [Row(MONTH, "shock", 1.0), Row(MONTH, "mild", 1.0)]
    first, last = what_moved(rows, np.stack([logp, mild]), np.arange(2000) < 900)
    assert not last.reliable
    assert last.site == "shock"
    assert abs(first.change) < abs(last.change), "the larger change is not to be trusted, so it comes last"


def test_members_of_one_draw_make_the_error_larger_than_independent_ones() -> None:
    rng = np.random.default_rng(6)
    bias = np.repeat(rng.beta(2, 1, 100), 50)
    row = [Row(MONTH, "coin", 1.0)]
    alone = what_moved(row, np.log(bias)[None], bias > 0.5)[0].error
    nested = what_moved(row, np.log(bias)[None], bias > 0.5, draw=np.repeat(np.arange(100), 50))[0].error
    assert nested > 4 * alone


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="do not fit"):
        what_moved([Row(MONTH, "coin", 1.0)], np.zeros((1, 3)), np.zeros(4, bool))


def future(**records: np.ndarray) -> xr.Dataset:
    events = {name: (("member", "month"), value[:, None], {"kind": "event"}) for name, value in records.items()}
    return xr.Dataset(events, coords={"month": [MONTH]})


def test_the_observable_that_goes_with_the_question_is_the_one_to_watch() -> None:
    rng = np.random.default_rng(7)
    n = 4000
    test, summit = rng.random(n) < 0.3, rng.random(n) < 0.3
    holds = rng.random(n) < np.where(test, 0.8, 0.1)
    watched = what_to_watch(future(test=test.astype(float), summit=summit.astype(float)), holds)
    first = watched[0]
    assert first.record == "test"
    # by hand: P = 0.31, |0.8 − P| · 0.3 + |0.1 − P| · 0.7
    assert first.change == pytest.approx(0.294, abs=0.03)
    assert {o.label: round(o.then, 1) for o in first.outcomes} == {"happens": 0.8, "does not happen": 0.1}
    assert not watched[1].shown, "an unrelated event is not worth watching"


@given(st.integers(0, 2**31))
def test_independent_observables_are_seldom_shown_and_never_change_below_zero(seed: int) -> None:
    rng = np.random.default_rng(seed)
    watched = what_to_watch(future(a=(rng.random(600) < 0.4).astype(float)), rng.random(600) < 0.4)
    assert all(w.change >= 0 and w.information >= 0 for w in watched)
    assert all(w.change < 0.12 for w in watched)


def test_what_settles_the_question_is_said_to_decide_it() -> None:
    rng = np.random.default_rng(8)
    test = rng.random(2000) < 0.2
    (watch,) = what_to_watch(future(test=test.astype(float)), test | (rng.random(2000) < 0.3))
    assert watch.decides


def test_levels_are_watched_by_thirds_when_asked_for() -> None:
    rng = np.random.default_rng(9)
    level = rng.normal(size=3000)
    data = xr.Dataset({"trade": (("member", "month"), level[:, None], {"kind": "level"})}, coords={"month": [MONTH]})
    assert what_to_watch(data, level > 0.4) == ()
    (watch,) = what_to_watch(data, level > 0.4, observable=["trade"])
    assert len(watch.outcomes) == 3
    assert watch.information > 0.3


SCORE = (
    *(Row(START + t, "reading", 0.2) for t in range(4)),
    Row(START + 4, "reading", 1.5),
    Row(START + 4, "quake", 1.0),
    Row(START + 4, "act", "talk"),
)


def test_lines_replayed_agree_with_a_filter_that_never_saw_the_row() -> None:
    draws = SMALL.parameters.draw(64, 1)
    analysis = assimilate(SMALL, SCORE, draws=draws, until=START + 4, particles=64, records=["before"])
    lines = select_lines(analysis, 4096)
    rows = observed_rows(analysis, START + 4)
    assert [(r.target, r.value) for r in rows] == [("act", "talk"), ("quake", 1.0), ("reading", 1.5)]
    logp = logp_by_line(analysis, lines, START + 4)
    x = analysis.records[0, -1, lines.worked[-1]]
    assert logp[1] == pytest.approx(np.log(0.3), abs=1e-5), "quake has probability 0.3 under every member"
    assert logp[2] == pytest.approx(-0.5 * ((1.5 - x) / 0.5) ** 2 - np.log(0.5 * np.sqrt(2 * np.pi)), abs=1e-4)
    moved = {m.site: m for m in what_moved(rows, logp, x > 0.5, draw=lines.draw)}
    rest = tuple(row for row in SCORE if (row.site, row.month) != ("reading", START + 4))
    never = assimilate(
        SMALL, rest, draws=draws, until=START + 4, particles=64, records=["before"], levels=analysis.levels
    )
    other = select_lines(never, 4096)
    expected = float((never.records[0, -1, other.slots[-1]] > 0.5).mean())
    assert abs(moved["reading"].change) > 0.1
    assert moved["reading"].without == pytest.approx(expected, abs=0.05)


def test_rows_by_draw_are_those_of_the_filter() -> None:
    analysis = assimilate(SMALL, SCORE, draws=SMALL.parameters.draw(64, 1), until=START + 4, particles=64)
    logp = logp_by_draw(analysis, START + 3)
    assert logp.shape == (len(observed_rows(analysis, START + 3)), 64)
    spread = by_draw(logp, np.array([3, 3, 60]))
    assert (spread[:, 0] == logp[:, 3]).all()
    assert (spread[:, 2] == logp[:, 60]).all()
