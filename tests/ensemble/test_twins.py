"""Two worlds that share their noise differ in what was changed and what follows from it, and in nothing else."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from model.small import ALL, SMALL, START
from scipy import special, stats

from keisei.ensemble import Analysis, Lines, Worlds, assimilate, forecast, run, select_lines, twin
from keisei.errors import InputError
from keisei.score import Row, Score

LAST = START + 17  # of the evidence
UNTIL = LAST + 9
N = 300


def evidence() -> Score:
    """What one member of a run would have reported, and a few exogenous settings."""
    data = run(SMALL, members=1, until=LAST, seed=11)
    score = [
        Row(START + t, site, float(data[name].values[0, t]), index=index)
        for t in range(18)
        for name, site, index in (
            ("act", "act", ""), ("days", "days", "all"), ("reading", "reading", ""), ("quake", "quake", ""),
        )
    ]  # fmt: skip
    return (*score, *(Row(START + t, "push", 0.5, "set") for t in range(18)), Row(START + 2, "strike", 0.0))


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return assimilate(
        SMALL, evidence(), draws=SMALL.parameters.draw(10, 1), until=LAST, particles=128, records=None, levels=ALL
    )


@pytest.fixture(scope="module")
def lines(analysis: Analysis) -> Lines:
    return select_lines(analysis, N)


def pair(analysis: Analysis, lines: Lines, *changes: Row, until: int = UNTIL) -> Worlds:
    return twin(analysis, lines, changes, until=until, levels=ALL)


def unequal(worlds: Worlds) -> dict[str, np.ndarray]:
    """Records that differ → months in which any member does."""
    out = {}
    for name in map(str, worlds.base.data_vars):
        months = np.flatnonzero((worlds.base[name].values != worlds.changed[name].values).any(axis=0))
        if len(months):
            out[name] = worlds.base.month.values[months] - START
    return out


def observed_value(site: str, t: int) -> Row:
    return next(r for r in evidence() if r.target == site and r.month == START + t)


def changed_to(site: str, t: int, value: float) -> Row:
    name, _, index = site.rstrip("]").partition("[")
    return Row(START + t, name, value, "set", index)


def a_month_without_talks() -> int:
    """A month in which something else than talks was observed, so that a push towards talks must change it."""
    return next(t for t in range(3, 18) if float(observed_value("act", t).value) != 1.0)


# ---- nothing changed --------------------------------------------------------------------------------------------


def test_a_what_if_without_changes_is_exactly_nothing_in_the_future(analysis: Analysis, lines: Lines) -> None:
    assert unequal(pair(analysis, lines)) == {}


@pytest.mark.parametrize(("site", "t"), [("act", 0), ("act", 7), ("days[all]", 4), ("reading", 3), ("quake", 11)])
def test_setting_the_past_to_what_is_there_is_exactly_nothing(
    analysis: Analysis, lines: Lines, site: str, t: int
) -> None:
    worlds = pair(analysis, lines, changed_to(site, t, float(observed_value(site, t).value)))
    assert worlds.base.month.values[0] == START
    assert worlds.base.month.values[-1] == UNTIL
    assert unequal(worlds) == {}


def test_setting_exogenous_history_to_what_it_was_is_exactly_nothing(analysis: Analysis, lines: Lines) -> None:
    assert unequal(pair(analysis, lines, *(changed_to("push", t, 0.5) for t in range(18)))) == {}


# ---- replay -----------------------------------------------------------------------------------------------------


def kept(analysis: Analysis, lines: Lines, name: str) -> np.ndarray:
    """[lines, months] what the filter kept of a record along each surviving line."""
    at = list(analysis.kept).index(SMALL.table.record_index[name])
    return np.stack([analysis.records[at, t, lines.worked[t]] for t in range(18)], axis=1)


@pytest.fixture(scope="module")
def replay(analysis: Analysis, lines: Lines) -> Worlds:
    return pair(analysis, lines, changed_to("act", 0, float(observed_value("act", 0).value)))


def test_a_replay_gives_what_the_filters_surviving_lines_gave(analysis: Analysis, lines: Lines, replay: Worlds) -> None:
    assert len(np.unique(lines.worked[17])) > 50
    for name in map(str, replay.base.data_vars):
        # another executable may round differently in the last place
        np.testing.assert_allclose(
            replay.base[name].values[:, :18], kept(analysis, lines, name), rtol=1e-4, atol=1e-5, err_msg=name
        )


def test_a_replay_goes_on_into_the_same_future(analysis: Analysis, lines: Lines, replay: Worlds) -> None:
    future = forecast(analysis, lines, until=UNTIL, levels=ALL)
    assert future.month.values[0] == LAST + 1
    for name in map(str, future.data_vars):
        np.testing.assert_allclose(
            replay.base[name].values[:, 18:], future[name].values, rtol=1e-4, atol=1e-5, err_msg=name
        )


def test_a_future_twin_has_the_forecast_as_its_base(analysis: Analysis, lines: Lines) -> None:
    future = forecast(analysis, lines, until=UNTIL, levels=ALL)
    base = pair(analysis, lines, Row(LAST + 3, "push", 2.0, "set")).base
    for name in map(str, future.data_vars):
        np.testing.assert_allclose(base[name].values, future[name].values, rtol=1e-4, atol=1e-5, err_msg=name)


# ---- something changed ------------------------------------------------------------------------------------------


def test_a_change_of_the_future_reaches_only_what_reads_it(analysis: Analysis, lines: Lines) -> None:
    different = unequal(pair(analysis, lines, Row(LAST + 3, "other", 5.0, "set")))
    assert set(different) == {"other", "apart"}
    assert different["other"].tolist() == [20]
    assert different["apart"].tolist() == [20, *range(21, 27)]


def test_abducted_evidence_keeps_its_value_where_its_inputs_did_not_change(analysis: Analysis, lines: Lines) -> None:
    """``other`` moves ``apart`` alone: every observed act, count, event and reading of the past stays."""
    different = unequal(pair(analysis, lines, changed_to("other", 1, 5.0)))
    assert set(different) == {"other", "apart"}


def test_abducted_evidence_keeps_its_value_where_only_its_own_inputs_did_not(analysis: Analysis, lines: Lines) -> None:
    """A push moves x and with it nearly all; an earthquake reads nothing, and what precedes the change is past."""
    t = a_month_without_talks()
    different = unequal(pair(analysis, lines, changed_to("push", t, 6.0)))
    assert {"push", "act", "before"} <= set(different)
    assert not {"quake", "shock", "other", "apart"} & set(different)
    assert min(int(m.min()) for m in different.values()) == t
    assert different["push"].tolist() == [t]


def test_abducted_readings_move_with_the_mean(analysis: Analysis, lines: Lines) -> None:
    """The posterior noise of a normal is the residual, so the reading moves as far as x does."""
    t = a_month_without_talks()
    worlds = pair(analysis, lines, changed_to("push", t, 6.0))
    moved = worlds.changed.before - worlds.base.before
    shifted = worlds.changed.reading - worlds.base.reading
    assert float(abs(moved[:, t + 1 : 18]).max()) > 0.1
    np.testing.assert_allclose(shifted.values[:, :18], moved.values[:, :18], atol=2e-5)


def test_changed_choices_follow_the_law_of_the_changed_world(analysis: Analysis, lines: Lines) -> None:
    """A push so strong that it decides: abducted noise does not hold back what the utilities now demand."""
    t = a_month_without_talks()
    worlds = pair(analysis, lines, changed_to("push", t, 60.0))
    assert np.all(worlds.changed.act.values[:, t] == 1.0)
    assert np.all(worlds.base.act.values[:, t] == float(observed_value("act", t).value))


def test_what_did_not_happen_because_it_could_not_is_free_in_a_world_where_it_can(
    analysis: Analysis, lines: Lines
) -> None:
    """The evidence says no strike in month 2, where no test was; with a test the strike has its full hazard."""
    base_act = float(observed_value("act", 2).value)
    assert base_act != 2.0
    worlds = pair(analysis, lines, changed_to("act", 2, 2.0))
    assert not worlds.base.strike.values[:, 2].any()
    hazard = special.expit(worlds.changed.before.values[:, 2])
    # lines share ancestors early on, so count each particle of that month once
    _, first = np.unique(lines.worked[2], return_index=True)
    struck = worlds.changed.strike.values[first, 2]
    assert len(first) > 5
    z = (struck.sum() - hazard[first].sum()) / np.sqrt((hazard[first] * (1 - hazard[first])).sum())
    assert abs(z) < 4.0
    assert struck.sum() > 0


def test_a_what_if_may_end_before_the_evidence_does(analysis: Analysis, lines: Lines) -> None:
    worlds = pair(analysis, lines, changed_to("push", 3, 4.0), until=START + 8)
    longer = pair(analysis, lines, changed_to("push", 3, 4.0))
    assert worlds.changed.month.values[-1] == START + 8
    for name in map(str, worlds.changed.data_vars):
        assert np.array_equal(worlds.changed[name].values, longer.changed[name].values[:, :9])


def test_a_forecast_takes_a_scenario(analysis: Analysis, lines: Lines) -> None:
    future = forecast(analysis, lines, until=UNTIL, score=(Row(LAST + 1, "act", "test", "set"),), levels=ALL)
    assert np.all(future.act.values[:, 0] == 2.0)


def test_the_future_is_as_uncertain_as_the_model_says(analysis: Analysis, lines: Lines) -> None:
    future: xr.Dataset = forecast(analysis, lines, until=UNTIL, levels=ALL)
    quakes = future.quake.values
    assert stats.binomtest(int(quakes.sum()), quakes.size, 0.3).pvalue > 1e-4
    assert stats.kstest(future.shock.values.ravel() / 0.4, "norm").pvalue > 1e-4


def test_a_change_must_set(analysis: Analysis, lines: Lines) -> None:
    with pytest.raises(InputError, match="must set its site"):
        pair(analysis, lines, Row(LAST + 1, "act", 1.0, "observed"))


def test_a_change_outside_the_models_months_is_refused(analysis: Analysis, lines: Lines) -> None:
    with pytest.raises(InputError, match="outside the model's months"):
        pair(analysis, lines, Row(LAST + 1, "act", 1.0, "set"), until=SMALL.end + 1)
