"""Where sources disagree, side by side, and how many independent origins stand behind each side.

Two records are about the same thing when they stand at the same site and index and either their dates may mean the
same day or both carry the same ``event`` attribute. They disagree when

- ``value``: their ranges do not meet, or they name different options. A count for a part of a period (a day in a
  month) may be less than the count of the whole, never more;
- ``figures``: different makers (attribute ``maker``) give figures for the same thing within a year of each other whose
  ranges do not meet; a later and higher one is growth where both are ``cumulative=yes``;
- ``denied``: one side says that it happened and the other that it did not;
- ``date``: both tell the same ``event`` and their dates cannot both be right;
- ``attribute``: both tell the same ``event`` and give one attribute different values (who broke off the talks);
- ``contested``: a record is marked so by whoever wrote it down;
- ``revised``: a maker gives another figure for the same period later than before.

The range of a record is its low to high; a low alone means "at least", a high alone "at most"; without both, the
value ± two standard deviations. Nothing is resolved here: the sides are shown.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from keisei.evidence.bundle import Evidence
from keisei.evidence.chains import count_origins
from keisei.evidence.records import Fact, Measurement

Told = Fact | Measurement
_FIGURE_DAYS = 366


@dataclass(frozen=True)
class Conflict:
    """Records about the same thing that disagree.

    ``voices`` is the number of independent origins behind all of them: 1 means that one source was passed on in two
    ways, which is an error of transmission and not a disagreement of witnesses.
    """

    target: str
    kinds: tuple[str, ...]
    records: tuple[Told, ...]
    origins: tuple[frozenset[str], ...]
    voices: int


def value_range(record: Told) -> tuple[float, float] | None:
    """The numbers that a record allows, or None where its value is an option."""
    if isinstance(record.value, str):
        return None
    sd = record.sd if isinstance(record, Measurement) else None
    if record.low is not None or record.high is not None:
        low = -math.inf if record.low is None else record.low
        return low, math.inf if record.high is None else record.high
    return record.value - 2 * (sd or 0.0), record.value + 2 * (sd or 0.0)


def _same_thing(a: Told, b: Told) -> bool:
    return a.span.overlaps(b.span) or _same_event(a, b)


def _same_event(a: Told, b: Told) -> bool:
    if isinstance(a, Fact) and isinstance(b, Fact):
        return "event" in a.attributes and a.attributes["event"] == b.attributes.get("event")
    return False


def _same_figure(a: Told, b: Told) -> bool:
    """Whether two makers put a number on the same thing within a year."""
    if not (isinstance(a, Fact) and isinstance(b, Fact)) or isinstance(a.value, str) or isinstance(b.value, str):
        return False
    makers = a.attributes.get("maker"), b.attributes.get("maker")
    if None in makers or makers[0] == makers[1]:
        return False
    if any(a.attributes.get(key) != b.attributes.get(key) for key in ("kind", "measure", "good")):
        return False
    return abs((a.span.first - b.span.first).days) <= _FIGURE_DAYS


def _grows(a: Fact, b: Fact) -> bool:
    """Whether the later of two figures is a count gone on, and the higher one."""
    early, late = sorted((a, b), key=lambda fact: fact.span.first)
    both = all(fact.attributes.get("cumulative") == "yes" for fact in (a, b))
    low, high = value_range(early), value_range(late)
    return both and low is not None and high is not None and low[0] <= high[1]


def _ranges_meet(a: Told, b: Told) -> bool:
    first, second = value_range(a), value_range(b)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def _values_meet(a: Told, b: Told) -> bool:
    first, second = value_range(a), value_range(b)
    if first is None or second is None:
        return a.value == b.value
    if isinstance(a, Measurement) and isinstance(b, Measurement) and a.unit != b.unit:
        return True  # nothing can be said
    spans = (a.span.first, a.span.last), (b.span.first, b.span.last)
    if spans[0] != spans[1] and not _same_event(a, b):
        if isinstance(a, Measurement) or isinstance(b, Measurement):
            return True  # a month and its year measure different things
        days = [(span[1] - span[0]).days for span in spans]
        if days[0] == days[1]:
            return True  # neither is a part of the other
        part, whole = (first, second) if days[0] < days[1] else (second, first)
        return part[0] <= whole[1]
    return first[0] <= second[1] and second[0] <= first[1]


def disagreements(a: Told, b: Told) -> tuple[str, ...]:
    """How two records of the same site and index disagree; empty where they do not, or tell of different things."""
    if not _same_thing(a, b):
        if isinstance(a, Fact) and isinstance(b, Fact) and _same_figure(a, b):
            if (a.certainty == "denied") != (b.certainty == "denied"):
                return ("denied",)
            return () if _ranges_meet(a, b) or _grows(a, b) else ("figures",)
        return ()
    found = []
    if isinstance(a, Fact) and isinstance(b, Fact):
        if (a.certainty == "denied") != (b.certainty == "denied"):
            found.append("denied")
        elif not _values_meet(a, b):
            found.append("value")
        if _same_event(a, b):
            if not a.span.overlaps(b.span):
                found.append("date")
            shared = set(a.attributes) & set(b.attributes) - {"event"}
            if any(a.attributes[key] != b.attributes[key] for key in shared):
                found.append("attribute")
        if "contested" in (a.certainty, b.certainty):
            found.append("contested")
    elif not _values_meet(a, b):
        revised = isinstance(a, Measurement) and isinstance(b, Measurement) and a.maker == b.maker
        found.append("revised" if revised and a.known != b.known else "value")
    return tuple(found)


def conflicts(evidence: Evidence) -> tuple[Conflict, ...]:
    """All disagreements of the evidence, in the order of dates."""
    by_target: dict[str, list[Told]] = defaultdict(list)
    told: Iterable[Told] = (*evidence.facts, *evidence.measurements)
    for record in told:
        by_target[record.target].append(record)
    links = evidence.links
    found = []
    for target, records in by_target.items():
        for kinds, group in _groups(records):
            found.append(
                Conflict(
                    target,
                    kinds,
                    tuple(group),
                    tuple(evidence.origins(record) for record in group),
                    count_origins((record.sources for record in group), links),
                )
            )
    return tuple(sorted(found, key=lambda conflict: (conflict.records[0].span.first, conflict.target)))


def _groups(records: Sequence[Told]) -> list[tuple[tuple[str, ...], list[Told]]]:
    """Records that disagree with each other, directly or through others, with the kinds of disagreement."""
    ordered = sorted(records, key=lambda record: record.span.first)
    neighbours: dict[int, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for i, a in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            b = ordered[j]
            known = a.attributes if isinstance(a, Fact) else {}
            apart = (b.span.first - a.span.last).days
            if apart > (_FIGURE_DAYS if "maker" in known else 0) and "event" not in known:
                break  # the rest starts later still
            kinds = disagreements(a, b)
            if kinds:
                neighbours[i][j] = neighbours[j][i] = kinds
        if isinstance(a, Fact) and a.certainty == "contested":
            neighbours[i].setdefault(i, ("contested",))
    seen: set[int] = set()
    groups = []
    for start in sorted(neighbours):
        if start in seen:
            continue
        waiting, members = [start], []
        kinds_found: set[str] = set()
        while waiting:
            i = waiting.pop()
            if i in seen:
                continue
            seen.add(i)
            members.append(i)
            for j, kinds in neighbours[i].items():
                kinds_found.update(kinds)
                waiting.append(j)
        groups.append((tuple(sorted(kinds_found)), [ordered[i] for i in sorted(members)]))
    return groups


@dataclass(frozen=True)
class Corroboration:
    """Who else tells what a record tells: those that agree with it, and the number of independent origins."""

    records: tuple[Told, ...]
    voices: int


def corroboration(evidence: Evidence, record: Told) -> Corroboration:
    """The records that tell the same as this one, itself included, counted by origin.

    Each source of a record is a voice of its own; sources that share an origin are one. A record marked as denied or
    contested never corroborates another.
    """
    told: Iterable[Told] = (*evidence.facts, *evidence.measurements)
    agreeing = tuple(
        other
        for other in told
        if other == record
        or (
            other.target == record.target
            and _same_thing(record, other)
            and (record.span.first, record.span.last) == (other.span.first, other.span.last)
            and not disagreements(record, other)
            and not (isinstance(other, Fact) and other.certainty in ("denied", "contested"))
        )
    )
    voices = count_origins(((source,) for other in agreeing for source in other.sources), evidence.links)
    return Corroboration(agreeing, voices)
