"""Dates as reports give them: a text, and the span of days that it may mean.

Forms: ``2023-09-13``, ``2023-09``, ``2023-Q3``, ``2023`` and an interval ``A/B`` of these. A span is the set
of days on which the thing may have happened, so a month has 28–31 of them.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

Precision = Literal["day", "month", "quarter", "year", "interval"]

_POINT = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)
FORMS = "YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY or A/B"


@dataclass(frozen=True, order=True)
class Span:
    """The first and the last day that a date may mean, and how it was given."""

    first: date
    last: date
    precision: Precision

    @property
    def first_month(self) -> int:
        """Month of the first day, as ``keisei.months`` counts."""
        return self.first.year * 12 + self.first.month - 1

    @property
    def last_month(self) -> int:
        """Month of the last day."""
        return self.last.year * 12 + self.last.month - 1

    def overlaps(self, other: Span) -> bool:
        """Whether both may mean the same day."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: Span) -> bool:
        """Whether every day that this may mean is one that the other may mean."""
        return other.first <= self.first and self.last <= other.last


def _days(year: int, first_month: int, last_month: int) -> tuple[date, date]:
    return date(year, first_month, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])


def _point(text: str) -> Span:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is not a date; write {FORMS}")
    year, quarter, month, day = match.groups()
    if int(year) == 0:
        raise ValueError(f"'{text}' is not a date: there is no year 0; write {FORMS}")
    if quarter:
        return Span(*_days(int(year), 3 * int(quarter) - 2, 3 * int(quarter)), "quarter")
    if month is None:
        return Span(*_days(int(year), 1, 12), "year")
    if not 1 <= int(month) <= 12:
        raise ValueError(f"'{text}' is not a date: month {month} is not between 01 and 12; correct it")
    first, last = _days(int(year), int(month), int(month))
    if day is None:
        return Span(first, last, "month")
    if not 1 <= int(day) <= last.day:
        raise ValueError(f"'{text}' is not a date: {year}-{month} has no day {day}; correct it")
    exact = date(int(year), int(month), int(day))
    return Span(exact, exact, "day")


@cache
def parse_date(text: str) -> Span:
    """The span of days that ``text`` may mean.

    >>> span = parse_date("2023-02")
    >>> str(span.first), str(span.last), span.precision
    ('2023-02-01', '2023-02-28', 'month')

    Raises:
        ValueError: one sentence that says what is wrong with it.
    """
    text = text.strip()
    start, slash, end = text.partition("/")
    if not slash:
        return _point(start)
    first, last = _point(start.strip()), _point(end.strip())
    if last.first < first.first or last.last < first.last:
        raise ValueError(f"'{text}' ends before it starts; write A/B in order")
    return Span(first.first, last.last, "interval")


def agrees(span: Span, precision: str) -> bool:
    """Whether a date of this form may be called of that precision; a quarter may be written as months A/B."""
    if span.precision == precision:
        return True
    if precision == "quarter" and span.precision == "interval":
        first, last = _days(span.first.year, (span.first.month - 1) // 3 * 3 + 1, (span.first.month - 1) // 3 * 3 + 3)
        return (span.first, span.last) == (first, last)
    return False
