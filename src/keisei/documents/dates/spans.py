"""What a date reader gives back, and the arithmetic of calendar stamps behind it."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class DateSpan:
    """An expression that names a point or span of time.

    Attributes:
        start, end: code points in the text given; `quote` is `text[start:end]`.
        value: "2023-09-13", "2023-09", "2023" or an interval "A/B" of these; None where the words are too vague
            or what they hang on is unknown.
        kind: "absolute" (stands by itself) or "relative" (hangs on the publication or on the context).
        granularity: "day", "week", "month", "season", "half", "quarter", "year", "decade", "century", "interval"
            or "none".
        reason: why `value` is None; None where it is not.
        rule: id of the rule that read it.
    """

    start: int
    end: int
    quote: str
    value: str | None
    kind: str
    granularity: str
    reason: str | None
    rule: str


class Stamp(NamedTuple):
    """A year, month or day of the calendar."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
            if self.day:
                text += f"-{self.day:02d}"
        return text

    @property
    def grain(self) -> str:
        """The finest part that is set."""
        return "day" if self.day else "month" if self.month else "year"

    def first_day(self) -> datetime.date:
        """The first day of it."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> datetime.date:
        """The last day of it."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


class Period(NamedTuple):
    """From the first stamp to the last, both included."""

    first: Stamp
    last: Stamp
    granularity: str

    @property
    def value(self) -> str:
        """ISO form, an interval "A/B" where the two ends differ."""
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


def valid(year: int, month: int | None = None, day: int | None = None) -> bool:
    """Whether the calendar has it."""
    if not 1 <= year <= 9998:
        return False
    if month is None:
        return day is None
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= calendar.monthrange(year, month)[1]


def point(year: int, month: int | None = None, day: int | None = None) -> Period | None:
    """A period of one stamp, or None where the calendar has no such day."""
    if not valid(year, month, day):
        return None
    stamp = Stamp(year, month, day)
    return Period(stamp, stamp, stamp.grain)


def of_date(date: datetime.date) -> Stamp:
    """The stamp of a day."""
    return Stamp(date.year, date.month, date.day)


def shift_months(year: int, month: int, count: int) -> tuple[int, int]:
    """A month so many months on."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def shift(date: datetime.date, unit: str, count: int) -> datetime.date | None:
    """A day so many days, weeks, months or years on; the end of the month where the day is missing."""
    try:
        if unit == "day":
            return date + datetime.timedelta(days=count)
        if unit == "week":
            return date + datetime.timedelta(weeks=count)
        year, month = shift_months(date.year, date.month, count * (12 if unit == "year" else 1))
        return datetime.date(year, month, min(date.day, calendar.monthrange(year, month)[1]))
    except (OverflowError, ValueError, calendar.IllegalMonthError):
        return None


def week(date: datetime.date) -> Period:
    """The week of a day, Monday to Sunday."""
    monday = date - datetime.timedelta(days=date.weekday())
    return Period(of_date(monday), of_date(monday + datetime.timedelta(days=6)), "week")


def of_grain(date: datetime.date, grain: int) -> Period:
    """The year (1), month (2) or day (3) that a day lies in."""
    stamp = Stamp(date.year, date.month if grain >= 2 else None, date.day if grain >= 3 else None)
    return Period(stamp, stamp, stamp.grain)
