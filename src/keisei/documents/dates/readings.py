"""What both languages share: a reading, its place, and counting units from a stamp."""

from __future__ import annotations

from typing import NamedTuple

from keisei.documents.dates.context import Context
from keisei.documents.dates.spans import Period, Stamp, of_grain, shift, shift_months, valid

NO_REFERENCE = "the day of publication is not known"
NO_CONTEXT = "no date before it to count from"


class Reading(NamedTuple):
    """What a match means; `period` None with a reason where the words do not say."""

    period: Period | None
    kind: str
    reason: str | None = None


class Atom(NamedTuple):
    """A reading with its place and rule."""

    start: int
    end: int
    reading: Reading
    rule: str


def months(year: int, first: int, last: int, granularity: str) -> Period | None:
    """From one month of a year to another; month 13 and on are in the next year."""
    a, b = shift_months(year, 1, first - 1), shift_months(year, 1, last - 1)
    if not (valid(*a) and valid(*b)):
        return None
    return Period(Stamp(*a), Stamp(*b), "month" if first == last else granularity)


def counted(unit: str, count: int, told: Stamp | None, context: Context) -> Reading:
    """So many units before or after a stamp, or the reference where there is none."""
    if told is None:
        if context.reference is None:
            return Reading(None, "relative", NO_REFERENCE)
        moved = shift(context.reference, unit, count)
        if moved is None:
            return Reading(None, "relative", "outside the calendar")
        grain = {"year": 1, "month": 2}.get(unit, 3)
        return Reading(of_grain(moved, grain), "relative")
    moved = shift(told.first_day(), unit, count)
    if moved is None:
        return Reading(None, "relative", "outside the calendar")
    have = 3 if told.day else 2 if told.month else 1
    need = {"year": 1, "month": 2}.get(unit, 3)
    if have < need:
        return Reading(None, "relative", "what it counts from is less exact than its unit")
    # years counted from a month name a year, months counted from a day a month
    return Reading(of_grain(moved, need), "relative")
