"""A forecast uses nothing dated after its origin: evidence, figures and parameters."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from keisei import months
from keisei.cases import Case, load_case
from keisei.cases.observed import observations
from keisei.cases.vintages import draws_for, vintages
from keisei.evidence import Evidence

ORIGINS = [months.parse(m) for m in ("2009-05", "2017-09", "2021-12", "2024-12")]


@lru_cache
def case() -> Case:
    return load_case("northeast_asia")


def poisoned(evidence: Evidence, origin: int) -> Evidence:
    """The same evidence with everything that became known after the origin made absurd."""
    facts = tuple(
        f if f.known <= origin else replace(f, value=99.0, low=None, high=None, index="", certainty="confirmed")
        for f in evidence.facts
    )
    figures = tuple(
        m if m.known <= origin else replace(m, value=1e9, low=None, high=None) for m in evidence.measurements
    )
    return replace(evidence, facts=facts, measurements=figures)


@pytest.mark.parametrize("origin", ORIGINS, ids=months.show)
def test_rows_of_an_origin_do_not_change_when_the_future_is_poisoned(origin: int) -> None:
    clean = case()
    dirty = replace(clean, evidence=poisoned(clean.evidence, origin))
    assert dirty.score(origin) == clean.score(origin)
    assert observations(dirty, origin).identical(observations(clean, origin))


@pytest.mark.parametrize("origin", ORIGINS, ids=months.show)
def test_no_row_lies_after_the_origin(origin: int) -> None:
    assert max(row.month for row in case().score(origin)) <= origin


@pytest.mark.parametrize("origin", ORIGINS, ids=months.show)
def test_draws_are_of_the_latest_vintage_not_after_the_origin(origin: int) -> None:
    shipped = [month for month in vintages(case()) if month <= origin]
    assert draws_for(case(), origin, 16).vintage == (max(shipped) if shipped else None)


def test_one_pass_knows_at_each_month_what_was_known_then() -> None:
    """Rows of an early origin are the early rows of a late one, so hindcasts can share a filter pass.

    Exceptions are facts reported after they happened; the chronicle names them, and there are few.
    """
    late = {(r.month, r.target): r for r in case().score(months.parse("2024-12"))}
    early = case().score(months.parse("2017-09"))
    differing = [r for r in early if late.get((r.month, r.target)) != r]
    assert len(differing) <= 0.01 * len(early)
