"""Across documents: one event told twice, one figure quoted through several hands, corroboration by origin.

Pure functions over the JSON of readings. An *origin* is the first hand of a document's chain (the newspaper behind a
translation), or the source that a statement itself names (米当局者によると): what three papers took from one agency has
one origin and corroborates nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from keisei.documents.records import TWO_SIDED

Document = dict[str, Any]


@dataclass(frozen=True)
class Telling:
    """One statement of an event in one document."""

    document: str
    event: str
    origin: str


@dataclass(frozen=True)
class Same:
    """An event with all its tellings; ``origins`` counts each origin once."""

    plover: str
    instrument: str
    parties: tuple[str, ...]
    date: str | None
    tellings: tuple[Telling, ...]

    @property
    def origins(self) -> tuple[str, ...]:
        """The independent origins, in order of first telling."""
        return tuple(dict.fromkeys(t.origin for t in self.tellings))

    @property
    def corroborated(self) -> bool:
        """Whether two independent origins tell it."""
        return len(self.origins) > 1


def origin(document: Document, named: str | None = None) -> str:
    """Who a statement goes back to: the source it names, else the first hand of the document's chain."""
    if named:
        return named
    for hand in document.get("provenance", []):
        if hand.get("role") == "original" and (hand.get("publisher") or hand.get("author")):
            return str(hand.get("publisher") or hand.get("author"))
    return str(document.get("doc", "?"))


def span(value: str | None) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of an ISO date, month, year or interval of these; None for none.

    >>> span("2023-09")[1].isoformat()
    '2023-09-30'
    """
    if not value:
        return None
    first, _, last = value.partition("/")
    try:
        return _edge(first, False), _edge(last or first, True)
    except ValueError:
        return None


def _edge(value: str, last: bool) -> datetime.date:
    parts = [int(p) for p in value.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if not last:
        return datetime.date(year, month, 1)
    following = datetime.date(year + (month == 12), month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)


def may_coincide(a: str | None, b: str | None) -> bool:
    """Whether two dates may be the same time: their intervals meet; an unknown date does not decide."""
    first, second = span(a), span(b)
    if first is None or second is None:
        return False
    return first[0] <= second[1] and second[0] <= first[1]


def _parties(event: dict[str, Any], countries: dict[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """Sides by state, so that Putin and Russia are one party."""
    sources = frozenset(countries.get(i, i) for i in event.get("sources") or [])
    targets = frozenset(countries.get(i, i) for i in event.get("targets") or [])
    if event.get("plover") in TWO_SIDED:
        return sources | targets, sources | targets
    return sources, targets


def same_events(documents: Sequence[Document]) -> list[Same]:
    """Group tellings of one event: same type and instrument, sides that agree by state, dates that may coincide.

    Undated tellings are never joined: two summits of one pair are two events.
    """
    groups: list[tuple[dict[str, Any], tuple[frozenset[str], frozenset[str]], list[Telling], str | None]] = []
    for document in documents:
        countries = {e["id"]: e["country"] for e in document.get("entities", []) if e.get("country")}
        for event in document.get("events", []):
            sides = _parties(event, countries)
            telling = Telling(document["doc"], event["id"], origin(document, event.get("attributed_to")))
            home = None
            for index, (other, their_sides, _, date) in enumerate(groups):
                if (event["plover"], event["instrument"]) != (other["plover"], other["instrument"]):
                    continue
                if not _agree(sides[0], their_sides[0]) or not _agree(sides[1], their_sides[1]):
                    continue
                if (event.get("status") == "denied") != (other.get("status") == "denied"):
                    continue
                if may_coincide(event.get("date"), date):
                    home = index
                    break
            if home is None:
                groups.append((event, sides, [telling], event.get("date")))
            else:
                other, their_sides, tellings, date = groups[home]
                tellings.append(telling)
                groups[home] = (other, their_sides, tellings, _finer(date, event.get("date")))
    return [
        Same(event["plover"], event["instrument"], tuple(sorted(sides[0] | sides[1])), date, tuple(tellings))
        for event, sides, tellings, date in groups
    ]


def _agree(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a & b) and (a <= b or b <= a) if a and b else not a and not b


def _finer(a: str | None, b: str | None) -> str | None:
    first, second = span(a), span(b)
    if first is None or second is None:
        return a or b
    return a if first[1] - first[0] <= second[1] - second[0] else b


@dataclass(frozen=True)
class Figure:
    """A figure as documents give it: the same unit, thing and origin are one observation however often quoted."""

    unit: str
    of: str
    value: float | None
    low: float | None
    high: float | None
    origin: str
    documents: tuple[str, ...]


def figures(documents: Iterable[Document]) -> list[Figure]:
    """All figures, those quoted through several hands from one origin joined into one observation."""
    out: dict[tuple[Any, ...], Figure] = {}
    for document in documents:
        cited = {
            index: event.get("attributed_to")
            for event in document.get("events", [])
            for index in event.get("quantities", [])
        }
        for index, quantity in enumerate(document.get("quantities", [])):
            source = origin(document, cited.get(index))
            key = (quantity["unit"], quantity.get("of"), quantity["value"], quantity["low"], quantity["high"], source)
            old = out.get(key)
            names = (*(old.documents if old else ()), document["doc"])
            out[key] = Figure(
                quantity["unit"], quantity.get("of") or "", quantity["value"], quantity["low"], quantity["high"], source,  # noqa: E501
                tuple(dict.fromkeys(names)),
            )  # fmt: skip
    return list(out.values())


__all__ = ["Figure", "Same", "Telling", "figures", "may_coincide", "origin", "same_events", "span"]
