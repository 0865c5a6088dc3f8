"""A contested fact is a mixture: its row weighs π p(value) + (1 − π) p(otherwise), and members split accordingly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from keisei import months
from keisei.cases import load_case
from keisei.ensemble import Analysis, assimilate, select_lines, twin
from keisei.errors import InputError
from keisei.model import layout
from keisei.model.sites import contested_code
from keisei.score import Row
from model.small import DICE, SMALL, START

POINT = DICE.parameters.draw(1, 3)
LEVELS = layout(DICE.table, [Row(START, "poisson", 2, "contested", trust=0.3)], START, START).levels


def told(row: Row, draws: np.ndarray = POINT, particles: int = 1024, **more: Any) -> Analysis:
    return assimilate(DICE, (row,), draws=draws, until=START, particles=particles, records=["poisson", "event"], **more)


def parameter(name: str) -> float:
    return float(np.float32(POINT[0, DICE.parameters.names.index(name)]))


def test_a_contested_count_weighs_the_mixture_of_its_two_values() -> None:
    found = told(Row(START, "poisson", 3, "contested", trust=0.3, otherwise=1.0))
    law = stats.poisson(parameter("mean"))
    assert found.loglik[0, 0] == pytest.approx(np.log(0.3 * law.pmf(3) + 0.7 * law.pmf(1)), abs=1e-3)


def test_a_contested_event_weighs_what_nothing_would() -> None:
    """It happened or it did not: with a trust of one half the row says nothing."""
    p = parameter("p")
    found = told(Row(START, "event", 1, "contested", trust=0.8))
    assert found.loglik[0, 0] == pytest.approx(np.log(0.8 * p + 0.2 * (1.0 - p)), abs=1e-3)
    assert told(Row(START, "event", 1, "contested", trust=0.5)).loglik[0, 0] == pytest.approx(np.log(0.5), abs=1e-3)


def test_members_take_the_value_by_its_share_of_the_mixture() -> None:
    row = Row(START, "poisson", 3, "contested", trust=0.3, otherwise=1.0)
    found = told(row, np.repeat(POINT, 40, axis=0))
    taken = found.records[list(found.kept).index(DICE.table.record_index["poisson"]), 0]
    assert set(np.unique(taken)) == {1.0, 3.0}
    law = stats.poisson(parameter("mean"))
    share = 0.3 * law.pmf(3) / (0.3 * law.pmf(3) + 0.7 * law.pmf(1))
    assert stats.binomtest(int((taken == 3).sum()), len(taken), share).pvalue > 1e-4


@pytest.mark.parametrize("at", [0, 2], ids=["before it", "after it"])
def test_a_what_if_that_sets_what_was_is_nothing_through_a_contested_month(at: int) -> None:
    score = (
        Row(START + 1, "quake", 1, "contested", trust=0.4),
        Row(START + 1, "days", 2, "contested", index="all", trust=0.6),
    )
    analysis = assimilate(
        SMALL, score, draws=SMALL.parameters.draw(4, 1), until=START + 3, particles=256, records=["days", "quake"]
    )
    lines = select_lines(analysis, 500)
    worlds = twin(analysis, lines, [Row(START + at, "push", 0.5, "set")], until=START + 5)
    for name in map(str, worlds.base.data_vars):
        assert np.array_equal(worlds.base[name].values, worlds.changed[name].values), name
    for name in ("days", "quake"):
        kept = analysis.records[list(analysis.kept).index(SMALL.table.record_index[name])]
        lived = np.stack([kept[t, lines.worked[t]] for t in range(4)], axis=1)
        assert np.array_equal(worlds.base[name].values[:, :4], lived), name
        assert set(np.unique(lived[:, 1])) == ({0.0, 1.0} if name == "quake" else {0.0, 2.0})


def test_a_setting_stands_above_a_contested_row() -> None:
    row = Row(START + 1, "quake", 1, "contested", trust=0.4)
    analysis = assimilate(SMALL, (row,), draws=SMALL.parameters.draw(2, 1), until=START + 2, particles=64)
    worlds = twin(analysis, select_lines(analysis, 64), [Row(START + 1, "quake", 0.0, "set")], until=START + 2)
    assert not worlds.changed.quake.values[:, 1].any()
    assert worlds.base.quake.values[:, 1].any()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row(START, "choice", "a", "contested", trust=0.5), "cannot be contested"),
        (Row(START, "poisson", 1, "contested", trust=1.0), "no probability"),
        (Row(START, "poisson", 99, "contested", trust=0.5), "99"),
    ],
    ids=["a choice", "certain", "above the cap"],
)
def test_what_cannot_be_a_mixture_is_refused(row: Row, said: str) -> None:
    with pytest.raises(InputError, match=said):
        layout(DICE.table, [row], START, START)


def test_a_mixture_is_one_number_of_32_bits() -> None:
    for value in range(64):
        for otherwise in (0, 1, value):
            for trust in (0.02, 0.5, 0.9):
                code = np.float32(contested_code(value, otherwise, trust))
                assert np.floor(code / 64) == value
                assert np.floor(code - 64 * value) == otherwise
                assert code - 64 * value - otherwise == pytest.approx(trust, abs=1 / 4096)


def test_doubtful_launches_of_the_bundled_case_are_mixtures() -> None:
    """In 2022-05 one launch of an ICBM is reported and another contested: the second is the mixture."""
    case = load_case("northeast_asia")
    rows = {(r.target, months.show(r.month)): r for r in case.rows(case.origin).score if r.how == "contested"}
    row = rows["PRK.launch.ballistic[ICBM]", "2022-05"]
    assert (row.otherwise, row.value, row.trust) == (1.0, 2.0, case.translation.credibility["contested", "high"])
    row = rows["PRK.launch.ballistic[MRBM]", "2022-02"]
    assert (row.otherwise, row.value, row.trust) == (0.0, 1.0, case.translation.credibility["reported", "high"])
    row = rows["transfer[satellite]", "2023-11"]
    assert (row.otherwise, row.value) == (0.0, 1.0)
