"""The month that a paragraph tells of, for acts whose own sentence bears no date."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from keisei.documents.context import Context, Line
from keisei.documents.dates import DateSpan
from keisei.documents.records import Event

PRECISION = {"day": "day", "month": "month", "year": "year", "week": "day"}
_BEFORE_CONTENT = re.compile(r"[^がは]{0,24}")


def month_of(events: list[Event]) -> tuple[str, str] | None:
    """The month or year of the last dated act of a sentence, which the rest of its paragraph goes on with."""
    dated = [e.date for e in events if e.date and e.status in ("occurred", "reported")]
    dated = [d for d in dated if "/" not in d or d[:7] == d.partition("/")[2][:7]]  # a week is within its month
    if not dated:
        return None
    value = dated[-1][:7]
    return value, "month" if len(value) == 7 else "year"


def month_named(context: Context, line: Line) -> tuple[str, str] | None:
    """The month of the last date of a sentence, where no act of it bears one (転機は2022年5月26日の採決であった)."""
    named = [d.value for d in context.dates_in(line.start, line.end) if d.value]
    if not named or len(named[-1]) < 7:
        return None
    first, _, last = named[-1].partition("/")
    return (first[:7], "month") if first[:7] == (last or first)[:7] and len(first) >= 7 else None


# days before publication within which a day is the one that a report is about
_REPORT = 3
_FIRST = 6  # events of a report among which that day is told


def report_day(context: Context, events: list[Event]) -> str | None:
    """The day that a news report is about: of its first dated acts, close before publication; None for other texts."""
    for event in events[:_FIRST]:
        if (
            not event.date
            or event.precision != "day"
            or "/" in event.date
            or event.status not in ("occurred", "reported")
        ):
            continue
        line = next((x for x in context.lines if x.start <= event.start < x.end), None)
        reference = context.reference(line) if line else None
        if not reference:
            return None
        days = (datetime.date.fromisoformat(reference) - datetime.date.fromisoformat(event.date)).days
        return event.date if 0 <= days <= _REPORT else None
    return None


def words_of_the_day(context: Context, events: list[Event], stated: tuple[str, ...]) -> list[Event]:
    """Undated words in a news report are of its day, and so is what its headline tells."""
    day = report_day(context, events)
    if day is None:
        return events
    first = context.text.find("\n")
    return [
        replace(e, date=day, precision="day")
        if e.date is None
        and e.status in ("occurred", "reported")
        and (
            e.instrument in stated
            or (e.end <= first and e.plover in ("MOBILIZE", "CONSULT", "AGREE", "ASSAULT", "SANCTION"))
        )
        else e
        for e in events
    ]


_JOINED = re.compile(r"(?:と|、|・|や|および|及び|、そして|に続き、?|に続いて、?)")


def repeated(context: Context, low: int, event: Event) -> list[Event]:
    """The same act on each of the dates joined before it (2012年12月と2016年2月に打ち上げた)."""
    if event.date is None or event.status == "hypothetical":
        return []
    spans = [d for d in context.dates_in(low, event.trigger[0]) if d.value]
    at = next((k for k in range(len(spans) - 1, -1, -1) if spans[k].value == event.date), 0)
    out: list[Event] = []
    while at > 0:
        span, later = spans[at - 1], spans[at]
        if not _JOINED.fullmatch(context.text, span.end, later.start) or span.granularity != later.granularity:
            break
        out.append(replace(event, date=span.value, precision=precision_of(span)))
        at -= 1
    return out[::-1]


def precision_of(span: DateSpan) -> str:
    """How fine the value of a date is."""
    return PRECISION.get(span.granularity) or ("month" if span.value and len(span.value) > 4 else "year")


def told_on(context: Context, low: int, teller: int, told_from: int, verb: int) -> tuple[str | None, str]:
    """The day of a statement: beside who makes it (Xは昨年11月、…と述べた), not inside what is told.

    Args:
        low: where the sentence starts.
        teller: where the one who speaks is named.
        told_from: where that name ends.
        verb: where the verb of saying stands.
    """
    behind = next((d for d in context.dates_in(told_from, verb) if d.value), None)
    if behind and _BEFORE_CONTENT.fullmatch(context.text, told_from + 1, behind.start):
        return behind.value, precision_of(behind)
    before = [d for d in context.dates_in(low, teller) if d.value]
    return (before[-1].value, precision_of(before[-1])) if before else (None, "none")


__all__ = ["PRECISION", "month_named", "month_of", "precision_of", "repeated", "told_on", "words_of_the_day"]
