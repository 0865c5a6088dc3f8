"""English times counted from the day of publication: units, seasons, weekends and parts of them."""

from __future__ import annotations

import datetime
import re

from keisei.documents.dates.context import Context, of_day
from keisei.documents.dates.numerals_en import parse_number
from keisei.documents.dates.patterns_en import SEASONS
from keisei.documents.dates.readings import NO_REFERENCE, Reading, counted, months
from keisei.documents.dates.spans import Period, Stamp, of_date, of_grain, point, shift, week

Match = re.Match[str]

_PLANS = re.compile(
    r"\b(?:will|would|shall|plan|plans|planned|scheduled|slated|expected|due|set to|to be held|upcoming|expires?|runs? out"  # noqa: E501
    r"|takes? effect|ahead of|no later than|as early as|as soon as|is to|are to|deadline|begins?|ends? on|starts? on|opens? on"  # noqa: E501
    r"|in time for|until|till|bound for|intends?|aims?|hopes?|wants?|vows?|pledges?|promises?)\b"
)
# by December; acknowledged by both governments in April is over
_BY = re.compile(
    r"\b(?:by|before|until|till|no later than|as early as) (?:the (?:end|middle|start|beginning) of |late |early |mid-)?\Z"  # noqa: E501
)
_TOLD = re.compile(
    r"\b(?:said|told|met|held|signed|asked|visited|announced|agreed|fired|launched|tested|sent|wrote|spoke|flew|was|were|had|reported|warned|accused|blacklisted|[a-z]{2,}ed)\b(?: [\w.'’-]+){0,5} (?:on|in|at|since|by)? ?\Z"  # noqa: E501
)


def future(text: str, start: int, end: int) -> bool:
    """Whether the sentence plans: "will" or "by" near the date, and no past tense behind it."""
    window = text[max(0, start - 60) : start]
    cut = max(window.rfind(". "), window.rfind("\n"), window.rfind("; "))
    clause = window[cut + 1 :]
    if _PLANS.search(clause) is None and _TOLD.search(clause):
        return False  # told reporters on Oct. 27 that he would …: the telling is over
    if _BY.search(clause):
        return True
    return _PLANS.search(clause) is not None or _PLANS.search(text, end, end + 30) is not None


def part(period: Period, word: str | None) -> Period:
    """Early, mid, late, the end, a half or quarter of a year; the month as it is."""
    if not word or period.first.grain != "year" or period.first != period.last:
        return period
    word = word.lower().removeprefix("the ")
    spans = {
        "early": (1, 3),
        "mid": (5, 8),
        "middle": (5, 8),
        "late": (10, 12),
        "beginning": (1, 1),
        "start": (1, 1),
        "end": (12, 12),
        "first half": (1, 6),
        "second half": (7, 12),
        "first quarter": (1, 3),
        "second quarter": (4, 6),
        "third quarter": (7, 9),
        "fourth quarter": (10, 12),
    }
    first, last = spans[word]
    return months(period.first.year, first, last, "interval") or period


def tenths(start: int, size: int, word: str | None, granularity: str) -> Period | None:
    a, b = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get((word or "").lower(), (0, 9))
    if not (point(start + a * size) and point(start + (b + 1) * size - 1)):
        return None
    return Period(Stamp(start + a * size), Stamp(start + (b + 1) * size - 1), granularity)


def overnight(match: Match, context: Context) -> Reading | None:
    """Overnight: the day told of in the same sentence, else that of publication."""
    told = context.near(match.start())
    if told is not None and told.day and ". " not in match.string[context.last_end : match.start()]:
        return Reading(of_day(told.first_day()), "relative")
    return Reading(of_day(context.day(0, "this")), "relative", None if context.reference else NO_REFERENCE)


def holiday(match: Match, context: Context) -> Reading | None:
    """New Year's Day, Christmas Eve: the nearest one, ahead where the sentence plans."""
    name = match["holiday"].replace("’", "'")
    month, on = {
        "New Year's Day": (1, 1),
        "New Year's Eve": (12, 31),
        "Christmas Eve": (12, 24),
        "Boxing Day": (12, 26),
    }.get(name, (12, 25))
    period = context.place_month(month, on, match.start(), future(match.string, match.start(), match.end()))
    return Reading(period, "relative", None if period else NO_REFERENCE)


def weekend(match: Match, context: Context) -> Reading | None:
    """Over the weekend: the last one."""
    ref = context.reference
    if ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    return Reading(unit_period("weekend", 0 if ref.weekday() == 6 else -1, ref), "relative")


def in_time(match: Match, context: Context) -> Reading | None:
    """In two years' time."""
    count = count_of(match["n"])
    if count is None:
        return Reading(None, "relative", "the words give no number")
    return counted(match["u"].lower(), count, None, context)


def unit_period(unit: str, offset: int, start: datetime.date) -> Period | None:
    """The year, month, week, day, season … so many after the one of a day."""
    if unit in SEASONS:
        first, last = SEASONS[unit]
        return months(start.year + offset, first, last, "season")
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        begin = (start.year // 10 * 10 if size == 10 else (start.year - 1) // 100 * 100 + 1) + offset * size
        return tenths(begin, size // 10, None, unit)
    moved = shift(start, "week" if unit == "weekend" else unit, offset)
    if moved is None:
        return None
    if unit in ("week", "weekend"):
        whole = week(moved)
        if unit == "week":
            return whole
        saturday = shift(whole.first.first_day(), "day", 5)
        return Period(of_date(saturday), whole.last, "week") if saturday else None
    return of_grain(moved, {"year": 1, "month": 2}.get(unit, 3))


def rel(match: Match, context: Context) -> Reading | None:
    """This year, last month, later this week, next spring."""
    if context.reference is None:
        return Reading(None, "relative", NO_REFERENCE)
    offset = {"this": 0, "last": -1, "next": 1, "this past": -1, "this coming": 1}[match["rel"].lower()]
    unit = match["u"].lower()
    if unit in SEASONS and match["rel"].lower() == "last" and SEASONS[unit][1] < context.reference.month:
        offset = 0
    if unit == "winter" and offset == 0 and context.reference.month <= 5:
        offset = -1  # this winter, told in March
    period = unit_period(unit, offset, context.reference)
    lead = (match["lead"] or "").lower()
    if period and lead in ("early", "late") and unit == "year":
        period = part(period, lead)
    return Reading(period, "relative")


def season(match: Match, context: Context) -> Reading | None:
    """By summer, before the winter, over the summer: the next such season, or the one of the year of publication."""
    ref = context.reference
    if ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    first, last = SEASONS[match["s"].lower()]
    lead = match.string[max(0, match.start() - 8) : match.start()].lower()
    ahead = lead.endswith(("by ", "before ", "until ", "till ")) and last <= 12 and last < ref.month
    return Reading(months(ref.year + ahead, first, last, "season"), "relative")


def count_of(text: str) -> int | None:
    """A whole count; None for several, a few, half a."""
    lowered = text.lower()
    if lowered in ("a", "an"):
        return 1
    if lowered == "a dozen":
        return 12
    number = parse_number(lowered)
    return int(number.value) if number and number.value is not None and float(number.value).is_integer() else None


__all__ = [
    "Match",
    "count_of",
    "future",
    "holiday",
    "in_time",
    "overnight",
    "part",
    "rel",
    "season",
    "tenths",
    "unit_period",
    "weekend",
]
