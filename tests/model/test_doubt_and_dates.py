"""Facts that may not be true, and facts whose month is not known, become rows that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keisei import months
from keisei.evidence import Coverage, Evidence, Fact, Source
from keisei.model.facts import Rows, Translation, rows_of
from keisei.score import Row
from model.small import SMALL, START

CREDIBILITY = {
    (certainty, grade): p - 0.1 * n
    for certainty, p in (("reported", 0.9), ("contested", 0.5), ("denied", 0.3))
    for n, grade in enumerate(("high", "medium", "low"))
}
GRADES = {"good": "high", "fair": "medium", "poor": "low"}
SOURCES = {name: Source(id=name, title=name, type="report", trust=trust) for name, trust in GRADES.items()}  # type: ignore[arg-type]


def fact(date: str, precision: str, certainty: str = "confirmed", *, source: str = "good", **more: Any) -> Fact:
    name = f"{date}-{certainty}-{source}".replace(";", "-").replace("/", "-")
    given: dict[str, Any] = {"id": name, "site": "quake", "value": 1.0, "checked": "opened"}
    given |= {"sources": tuple(source.split(";"))} | more
    return Fact(date=date, precision=precision, certainty=certainty, **given)  # type: ignore[arg-type]


def rows(facts: Sequence[Fact], covered: str = "2000-01..2001-12", site: str = "quake", index: str = "") -> Rows:
    first, last = months.parse_span(covered)
    coverage = Coverage(site=site, index=index, first=first, last=last, sources=("good",))
    evidence = Evidence(sources=SOURCES, entities={}, facts=tuple(facts), coverage=(coverage,), measurements=())

    def places(one: Fact) -> Iterator[tuple[str, float | str, bool]]:
        yield one.target, one.value, False
        if "act" in one.attributes:
            yield "act", one.attributes["act"], True

    translation = Translation(frozenset(), places, lambda _: None, credibility=CREDIBILITY)
    return rows_of(evidence, SMALL.table, translation, START, START + 23)


def at(found: Rows, month: str, target: str = "quake") -> Row | None:
    here = [row for row in found.score if (row.month, row.target) == (months.parse(month), target)]
    assert len(here) < 2, "one row a place"
    return here[0] if here else None


# ---- truth ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("certainty", ["reported", "contested", "denied"])
@pytest.mark.parametrize("source", ["good", "fair", "poor"])
def test_a_doubtful_fact_of_a_watched_month_is_true_by_its_certainty_and_grade(certainty: str, source: str) -> None:
    row = at(rows([fact("2000-05", "month", certainty, source=source)]), "2000-05")
    assert row is not None
    assert (row.how, row.value, row.otherwise) == ("contested", 1.0, 0.0)
    assert row.trust == CREDIBILITY[certainty, GRADES[source]]


def test_the_grade_of_a_fact_is_that_of_its_best_source() -> None:
    row = at(rows([fact("2000-05", "month", "contested", source="poor;good;fair")]), "2000-05")
    assert row is not None
    assert row.trust == CREDIBILITY["contested", "high"]


@pytest.mark.parametrize("certainty", ["confirmed", "estimate"])
def test_what_is_sure_is_observed(certainty: str) -> None:
    row = at(rows([fact("2000-05", "month", certainty, source="poor")]), "2000-05")
    assert row is not None
    assert (row.how, row.value) == ("observed", 1.0)


def test_a_report_of_a_month_that_nobody_watched_is_set_and_a_contested_fact_is_not() -> None:
    found = rows([fact("2000-05", "month", "reported"), fact("2000-06", "month", "contested")], "2001-01..2001-12")
    row = at(found, "2000-05")
    assert row is not None
    assert row.how == "set"
    assert at(found, "2000-06") is None
    assert [reason for _, reason in found.unused] == ["contested"]


def test_a_report_with_details_is_taken_as_true() -> None:
    found = rows([fact("2000-05", "month", "reported", attributes={"act": "talk"})])
    assert [getattr(at(found, "2000-05", target), "how", "") for target in ("quake", "act")] == ["observed"] * 2


def test_of_several_doubts_the_most_open_is_the_mixture() -> None:
    days = {"site": "days", "index": "all"}
    several = [
        fact("2000-05", "month", "reported", **days),
        fact("2000-05", "month", "contested", **days, value=2.0),
        fact("2000-05", "month", "denied", **days, source="poor", value=3.0),
        fact("2000-05", "month", **days),
    ]
    row = at(rows(several, site="days", index="all"), "2000-05", "days[all]")
    assert row is not None
    assert (row.how, row.otherwise, row.value, row.trust) == ("contested", 2.0, 4.0, CREDIBILITY["contested", "high"])


def test_a_doubt_about_what_another_fact_says_for_sure_is_none() -> None:
    row = at(rows([fact("2000-05", "month"), fact("2000-05", "month", "contested")]), "2000-05")
    assert row is not None
    assert (row.how, row.value) == ("observed", 1.0)


# ---- dates ------------------------------------------------------------------------------------------------------

SPANS = st.tuples(st.integers(0, 23), st.integers(0, 23)).map(sorted)


@given(SPANS, st.sets(st.integers(0, 23), max_size=6))
def test_a_fact_of_a_watched_span_stands_once_in_its_free_months(span: list[int], others: set[int]) -> None:
    first, last = span
    shown = f"{months.show(START + first)}/{months.show(START + last)}"
    found = rows([fact(shown, "interval"), *(fact(months.show(START + m), "month") for m in sorted(others))])
    free = [m for m in range(first, last + 1) if m not in others]
    if first == last:
        row = at(found, months.show(START + first))
        assert row is not None
        assert (row.how, row.value) == ("observed", 1.0)
        return
    once = [row for row in found.score if row.how == "once"]
    assert [row.month - START for row in once] == free
    assert [row.left for row in once] == list(range(len(free), 0, -1))
    assert all((row.value, row.otherwise) == (1.0, 0.0) for row in once)
    quiet = {row.month - START for row in found.score if row.how == "observed" and row.value == 0.0}
    assert quiet == set(range(24)) - others - set(free)


def test_counts_of_the_same_months_are_added_to() -> None:
    days = {"site": "days", "index": "all"}
    found = rows([fact("2000", "year", value=2.0, **days), fact("2000-03", "month", value=3.0, **days)],
                 site="days", index="all")  # fmt: skip
    row = at(found, "2000-03", "days[all]")
    assert row is not None
    assert (row.how, row.value, row.otherwise, row.left) == ("once", 5.0, 3.0, 10)


@pytest.mark.parametrize(
    ("more", "covered"),
    [
        ([], "2000-02..2001-12"),
        ([fact("2000-Q2", "quarter")], "2000-01..2001-12"),
        ([fact("2000-06", "month", "contested")], "2000-01..2001-12"),
    ],
    ids=["a month that nobody watched", "another span", "a doubt"],
)
def test_a_span_that_cannot_be_weighed_makes_its_months_unknown(more: list[Fact], covered: str) -> None:
    found = rows([fact("2000", "year"), *more], covered)
    assert not [row for row in found.score if row.month < START + 12]
    assert len([row for row in found.score if row.how == "observed"]) == 12
    assert "2000-confirmed-good" in [name for name, _ in found.unused]


@pytest.mark.parametrize("certainty", ["reported", "contested"])
def test_what_is_doubtful_and_undated_weighs_nothing(certainty: str) -> None:
    found = rows([fact("2000", "year", certainty)])
    assert not [row for row in found.score if row.month < START + 12]
    assert len(found.unused) == 1


def test_days_that_lie_in_one_month_are_dated_to_it() -> None:
    row = at(rows([fact("2000-05-03/2000-05-09", "interval")]), "2000-05")
    assert row is not None
    assert (row.how, row.value) == ("observed", 1.0)
