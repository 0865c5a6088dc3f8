"""What a reader has in mind while dates go by: the day of publication, the last date named, known events."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property

from keisei.documents.dates.spans import Period, Stamp, of_date, point, shift, shift_months, valid

# A bare day or month of a narrative belongs to the year told of if it follows within this many characters
# and in the same paragraph; beyond, to the day of publication.
REACH = 400
# A day that lies so many days below the one told of is one of the next month (31日 … 4日).
TURN = 20
_SHORT_YEAR = re.compile(r"(?<![0-9])[12][0-9]年[0-9]{1,2}月")
# A month so many or fewer before the one told of looks back within its year (5月に公表した、3月だけで…).
FLASHBACK = 3
# A bare day behind a month without a day belongs to that month within so many characters of the same sentence.
CLOSE = 40


@dataclass
class Context:
    """Mutable state of one pass over one text, from left to right.

    Attributes:
        text: the folded text.
        reference: the day that 今年 or "last week" counts from: publication, or the dateline of what is quoted.
        last: the period named last outside brackets, and where it ended.
        events: head noun of an event ("会談") → the period named with it last.
    """

    text: str
    reference: datetime.date | None
    last: Period | None = None
    last_end: int = -1
    events: dict[str, Period] = field(default_factory=dict)
    aside: tuple[int, Period | None, int] | None = None  # where a reason ends, and what was told of before it
    told: dict[str, Stamp] = field(default_factory=dict)  # the last stamp that had a month, and the last with a day
    told_end: dict[str, int] = field(default_factory=dict)  # where those stood
    own: set[int] = field(default_factory=set)  # days of the month of publication that the text has named

    @cached_property
    def short_years(self) -> bool:
        """Whether the text writes years in two figures (24年3月)."""
        return _SHORT_YEAR.search(self.text) is not None

    def remember(self, period: Period, end: int) -> None:
        """Keep the period as the one that 同年 or "that month" points to."""
        self.last, self.last_end = period, end
        first = period.first
        if first.month:
            self.told["month"], self.told_end["month"] = first, end
        if first.day:
            self.told["day"], self.told_end["day"] = first, end
            if self.reference and valid(*first) and first.first_day() <= self.reference:
                self.told["past"], self.told_end["past"] = first, end
        if self.reference and first.day and (first.year, first.month) == (self.reference.year, self.reference.month):
            self.own.add(first.day)

    def fine(self, unit: str, position: int) -> Stamp | None:
        """What so many units are counted from: what was told last, else the last that is exact enough, not far back.

        "The previous summer" stands between a day and "three days later" without being what the days count from.
        """
        last = self.last.first if self.last else None
        grain = {"day": "day", "week": "day", "month": "month"}.get(unit)
        if last is None or grain is None or last.day or (grain == "month" and last.month):
            return last
        near = self.told_end.get(grain, -REACH) > position - REACH
        return self.told[grain] if near and grain in self.told else last

    def digress(self, end: int) -> None:
        """A sentence that only gives a reason (…からだ) begins: behind it the story goes on from what was told before."""  # noqa: E501
        if self.aside is None:
            self.aside = (end, self.last, self.last_end)

    def come_back(self, position: int) -> None:
        """End a digression that stands before a position."""
        if self.aside is not None and position >= self.aside[0]:
            self.last, self.last_end, self.aside = self.aside[1], self.aside[0], None

    def near(self, position: int) -> Stamp | None:
        """The stamp told of where `position` stands in the same paragraph."""
        if self.last is None or position - self.last_end > REACH:
            return None
        if self.text.find("\n", max(self.last_end, 0), position) >= 0:
            return None
        return self.last.first

    def now(self, grain: str) -> Stamp | None:
        """The reference at a grain, for spans that are still open."""
        if self.reference is None:
            return None
        r = self.reference
        return Stamp(r.year, r.month if grain != "year" else None, r.day if grain == "day" else None)

    def year(self, offset: int, base: str) -> int | None:
        """A year counted from the reference ("this") or from the last date named ("that")."""
        if base == "this":
            return self.reference.year + offset if self.reference else None
        return self.last.first.year + offset if self.last else None

    def month(self, offset: int, base: str) -> tuple[int, int] | None:
        """A month counted from the reference or from the last month named."""
        if base == "this":
            return shift_months(self.reference.year, self.reference.month, offset) if self.reference else None
        # a year named in passing (2009年に設置されたパネルは翌月…) does not hide the month told of
        known = (
            self.last.first if self.last and self.last.first.month else self.told.get("month") if self.last else None
        )
        return shift_months(known.year, known.month, offset) if known and known.month else None

    def day(self, offset: int, base: str) -> datetime.date | None:
        """A day counted from the reference or from the last day named."""
        start = self.reference
        if base == "that":
            known = self.last.first if self.last and self.last.first.day else self._recent_day()
            past = self.told.get("past")
            if offset == 0 and known and past and self.reference and valid(*known):
                # a day that is only planned does not hide the day of the report
                ahead = known.first_day() > self.reference
                known = past if ahead and (self.reference - past.first_day()).days <= TURN else known
            start = known.first_day() if known and valid(*known) else None
        return shift(start, "day", offset) if start else None

    def _recent_day(self) -> Stamp | None:
        """The report's own day told of last: a month or a half-year named in passing does not hide it."""
        told = self.told.get("day")
        if told is None or self.reference is None or self.told_end["day"] < self.last_end - REACH:
            return None
        return told if valid(*told) and 0 <= (self.reference - told.first_day()).days <= TURN else None

    def place_month(self, month: int, day: int | None, position: int, future: bool) -> Period | None:
        """The year for a month (and day) named without one.

        In a paragraph that tells of a year: that year, or the next where the month would run backwards and the
        next is already past. Else the last such month before publication, or the next where the words plan.
        """
        told, ref = self.near(position), self.reference
        if told is not None and told.month is None and future and ref is not None and told.year < ref.year - 1:
            told = None  # a year named in passing (the 2015 deal expires in October)
        if told is not None:
            year = told.year
            backwards = told.month is not None and month < told.month
            back = (told.month or 0) - month
            beside = day is None or "。" not in self.text[max(self.last_end, 0) : position]
            if backwards and (back > FLASHBACK or not beside) and ref and (year + 1, month) <= (ref.year, ref.month):
                year += 1
            elif backwards and future and back > FLASHBACK and ref and told.year >= ref.year - 1:
                year += 1  # told of December, a term until July is one of the next year
            ahead = ref is not None and told.year >= ref.year - 1 and (year, month) > (ref.year, ref.month)
            if not ahead or future:
                return point(year, month, day)
        if ref is None:
            return point(self.last.first.year, month, day) if self.last else None
        year = ref.year
        if future:
            if (month, day or 31) < (ref.month, ref.day):
                year += 1
        elif (month, day or 1) > (ref.month, ref.day + 7 if day else 1):
            soon = point(year, month, day) if day else None
            if soon is None or (soon.first.first_day() - ref).days > 7:
                year -= 1
        return point(year, month, day) or point(year - 1, month, day)

    def place_day(self, day: int, position: int, future: bool) -> Period | None:
        """The month for a day named without one: the month told of, else the nearest past one."""
        told, ref = self.near(position), self.reference
        if ref is not None and day in self.own and told is not None and "。" in self.text[self.last_end : position]:
            return point(ref.year, ref.month, day)  # the report's own day, taken up again
        if (
            told is not None
            and told.day is None
            and (position - self.last_end > CLOSE or "。" in self.text[self.last_end : position])
        ):
            told = None  # a month named in passing; the day is one of the report's own
        if told is not None and told.month:
            later = told.day is not None and told.day - day > TURN
            return point(*shift_months(told.year, told.month, int(later)), day)
        if ref is None:
            return None
        ahead = day > ref.day + (0 if not future else 31)
        year, month = shift_months(ref.year, ref.month, -1 if ahead else 0)
        if future and day < ref.day:
            year, month = shift_months(ref.year, ref.month, 1)
        return point(year, month, day)

    def since(self, stamp: Stamp) -> Period | None:
        """From a stamp to the reference, both at the coarser grain of the stamp."""
        now = self.now(stamp.grain)
        if now is None or (now.year, now.month or 0, now.day or 0) < (stamp.year, stamp.month or 0, stamp.day or 0):
            return None
        return Period(stamp, now, "interval")


def of_day(date: datetime.date | None) -> Period | None:
    """The period of one day."""
    if date is None:
        return None
    stamp = of_date(date)
    return Period(stamp, stamp, "day")
