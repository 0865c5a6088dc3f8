"""Ranges of days in the assistant's reading, and all spans of a text: 9月3日から12日まで, 2014年から2018年の間."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from keisei.documents.dates.fold import fold
from keisei.documents.dates.recognizers import DATE_RULES, Date, Recognised, scan
from keisei.documents.dates.recognizers_period import (
    DAY1,
    SPAN_RULES,
    Pair,
    Spans,
    days,
    month_span,
    nth_week,
    year_span,
)


class End(NamedTuple):
    """An end of a range: TIMEX of its day, that day in the future and in the past, its grain."""

    timex: str
    future: Date
    past: Date
    grain: str


def _end_at(text: str, position: int, ref: Date) -> list[tuple[int, End]]:
    """What can stand at an end of a range from here on, the longest first."""
    found: list[tuple[int, End]] = []
    for regex, reader in DATE_RULES:
        match = regex.match(text, position)
        resolved = reader(match, ref) if match else None
        if match and resolved:
            found.append((match.end(), End(*resolved, "day")))
    for regex, span_reader in [rule for rule in SPAN_RULES if rule[1] in (year_span, month_span, nth_week)]:
        match = regex.match(text, position)
        spans = span_reader(match, ref) if match and match.end() > position else None
        if match and spans and spans.future and spans.past:
            grain = "year" if span_reader is year_span else "month" if span_reader is month_span else "week"
            timex = spans.timex
            if grain == "year":
                timex = f"{timex}-01-01"
            elif grain == "month":
                timex = f"{timex}-01"
            future, past = spans.future[0], spans.past[0]
            if future and past:
                found.append((match.end(), End(timex, future, past, grain)))
    return sorted(found, key=lambda f: -f[0])


_JOINT = re.compile(r" ?(?:から|~|-|–|より|と) ?")
_TAIL = re.compile(r"まで(?:の間|の(?=期間))?|の間|(?=[^0-9]|\Z)")
_START_OF_RANGE = re.compile(r"[0-9一二三四五六七八九十〇今昨去来明再先翌同次前第平昭令大明月火水木金土日]")


def ranges(text: str, ref: Date) -> list[tuple[int, int, Spans]]:
    """9月3日から12日まで, 2014年から2018年の間, 第31週から第35週まで."""
    found: list[tuple[int, int, Spans]] = []
    position = 0
    while (hit := _START_OF_RANGE.search(text, position)) is not None:
        here = hit.start()
        position = here + 1
        for middle, first in _end_at(text, here, ref):
            joint = _JOINT.match(text, middle)
            if joint is None:
                continue
            best = _second(text, joint.end(), first, ref)
            if best is None:
                continue
            end, spans = best
            tail = _TAIL.match(text, end)
            said, closed = joint.group().strip(), tail.group() if tail else ""
            if said == "と" and closed != "の間":
                continue
            found.append((here, tail.end() if tail else end, spans))
            position = found[-1][1]
            break
    return found


def _second(text: str, position: int, first: End, ref: Date) -> tuple[int, Spans] | None:
    for end, second in _end_at(text, position, ref):
        if text.startswith(("間", "後", "前", "以", "半"), end):
            continue
        spans = _range(first, second, ref)
        if spans:
            return end, spans
    return None


def _length(a: End, b: End, start: Date, end: Date) -> str:
    if a.grain == b.grain == "year":
        return f"P{end.year - start.year}Y"
    if a.grain == b.grain == "month" or {a.grain, b.grain} == {"year", "month"}:
        return f"P{(end.year - start.year) * 12 + end.month - start.month}M"
    if a.grain == b.grain == "week":
        return f"P{(end - start).days // 7}W"
    return days(start, end)


def _follow(start: Date, second: End) -> Date | None:
    """The first day, from the start on, that the second end can be."""
    timex = second.timex
    if timex.startswith("XXXX-XX-"):
        day = int(timex[8:10])
        for k in range(0, 3):
            index = start.year * 12 + start.month - 1 + k
            try:
                date = datetime.date(index // 12, index % 12 + 1, day)
            except ValueError:
                continue
            if date > start:
                return date
        return None
    if timex.startswith("XXXX-W"):
        ahead = (second.future - start).days % 7
        return start + (ahead or 7) * DAY1
    if timex.startswith("XXXX-"):
        for year in (start.year, start.year + 1):
            try:
                date = datetime.date(year, int(timex[5:7]), int(timex[8:10]))
            except ValueError:
                continue
            if date > start:
                return date
        return None
    return second.future


def _range(first: End, second: End, ref: Date) -> Spans | None:
    pairs = []
    for start in (first.future, first.past):
        end = _follow(start, second)
        if end is None or end <= start:
            return None
        pairs.append((start, end))
    future, past = pairs
    a, b = first.timex, second.timex
    if not a.startswith("XXXX") and b.startswith("XXXX"):
        b = future[1].isoformat()
    elif a.startswith("XXXX-XX") and not b.startswith("XXXX"):
        b = second.timex
    elif a.startswith("XXXX") and not a.startswith("XXXX-XX") and b.startswith("XXXX-XX"):
        b = f"XXXX-{future[1].month:02d}-{future[1].day:02d}"
    if first.grain == "week":
        a, b = future[0].isoformat(), future[1].isoformat()
    lengths = [_length(first, second, *pair) for pair in (future, past)]
    timex = f"({a},{b},{lengths[0]})"
    if lengths[0] != lengths[1]:
        timex = "|".join(f"({a},{b},{length})" for length in sorted(set(lengths)))
    return Spans(timex, future, past)


def _recognised(start: int, end: int, spans: Spans) -> Recognised:
    def shape(pair: Pair | None) -> dict[str, str]:
        named = zip(("startDate", "endDate"), pair or (None, None), strict=True)
        return {name: day.isoformat() for name, day in named if day}

    return Recognised(start, end, "daterange", spans.timex, shape(spans.future), shape(spans.past))


def parse_period(text: str, reference: Date) -> list[Recognised]:
    """Every span of days the text names, ranges before single spans."""
    folded = fold(text)
    taken = list(ranges(folded, reference))
    for start, end, spans in scan(text, SPAN_RULES, reference):
        if all(end <= a or start >= b for a, b, _ in taken):
            taken.append((start, end, spans))
    return [_recognised(*t) for t in sorted(taken, key=lambda t: t[0])]
