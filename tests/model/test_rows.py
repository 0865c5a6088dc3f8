"""Rows that do not fit the model are refused with the month, the site and the mend."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keisei.errors import InputError
from keisei.model import abduct_after, layout
from keisei.model.sites import ABDUCTED, NONE, OBSERVED, SET
from keisei.score import Row
from model.small import SMALL, START

TABLE = SMALL.table


def refused(row: Row) -> str:
    with pytest.raises(InputError) as caught:
        layout(TABLE, [row], START, START + 11)
    assert caught.value.exit_code == 2
    return str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row(START, "acts", 1), "2000-01: 'acts' is not a site of the model; did you mean act?"),
        (Row(START, "act", "peace"), "'peace' is no option of site act; use one of none, talk, test"),
        (Row(START, "act", 3), "'3' is no option of site act"),
        (Row(START, "act", 0.5), "is no option of site act"),
        (Row(START, "days", 1), "'days' is not a site of the model; did you mean days[all]"),
        (Row(START, "days", 10, index="all"), "10 is out of range at count days[all]; give a whole number from 0 to 9"),
        (Row(START, "days", -1, index="all"), "out of range"),
        (Row(START, "days", 1.5, index="all"), "out of range"),
        (Row(START, "quake", 2), "2 is out of range at event quake; give 0 or 1"),
        (Row(START, "quake", "maybe"), "'maybe' is not a number"),
        (Row(START, "shock", math.nan), "nan at site shock is not finite; give a number"),
        (Row(START, "shock", math.inf), "inf at site shock is not finite"),
        (Row(START, "push", 1.0), "site push is deterministic and cannot be observed; set it instead"),
        (Row(START, "shock", 1.0, how="guessed"), "'guessed' is no way for a row to stand"),  # type: ignore[arg-type]
        (Row(START + 1, "x.start", 0.0), "2000-02: site x.start stands only in 1999-12"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_in_one_sentence(row: Row, said: str) -> None:
    assert said in refused(row)


def test_the_sentence_names_where_the_row_came_from() -> None:
    assert refused(Row(START, "nowhere", 1, source="chronicle.csv:12")).startswith("chronicle.csv:12, 2000-01: ")


@given(
    st.lists(
        st.tuples(st.integers(-3, 15), st.sampled_from(["quake", "shock", "other"]), st.sampled_from([0, 1])),
        max_size=20,
    )
)
def test_rows_of_the_span_stand_where_they_should_and_others_nowhere(rows: list[tuple[int, str, int]]) -> None:
    found = layout(TABLE, [Row(START + t, site, float(v)) for t, site, v in rows], START, START + 11)
    expected = {(t + 1, site): v for t, site, v in rows if -1 <= t <= 11}
    assert found.first == START - 1
    assert found.kinds.shape == (13, len(TABLE.sites))
    assert int((found.kinds == OBSERVED).sum()) == len(expected)
    for (t, site), value in expected.items():
        assert found.values[t, TABLE.site(site).column] == value


def test_options_may_be_named() -> None:
    found = layout(TABLE, [Row(START, "act", "test"), Row(START, "quake", "yes", "set")], START, START)
    assert found.values[1, TABLE.site("act").column] == 2.0
    assert found.values[1, TABLE.site("quake").column] == 1.0


def test_after_a_change_evidence_becomes_abducted_and_set_rows_stay() -> None:
    base = layout(
        TABLE,
        [Row(START + t, "act", 1) for t in range(4)] + [Row(START + t, "push", 0.1, "set") for t in range(4)],
        START,
        START + 3,
    )
    changed = layout(TABLE, [Row(START + 2, "push", 0.9, "set")], START, START + 3)
    after = abduct_after(base, changed)
    act, push = TABLE.site("act").column, TABLE.site("push").column
    assert after.kinds[:, act].tolist() == [NONE, OBSERVED, OBSERVED, ABDUCTED, ABDUCTED]
    assert after.kinds[:, push].tolist() == [NONE, SET, SET, SET, SET]
    np.testing.assert_allclose(after.values[1:, push], [0.1, 0.1, 0.9, 0.1])


def test_no_change_leaves_the_rows_as_they_are() -> None:
    base = layout(TABLE, [Row(START, "act", 1)], START, START + 3)
    after = abduct_after(base, layout(TABLE, [], START, START + 3))
    assert np.array_equal(after.kinds, base.kinds)
