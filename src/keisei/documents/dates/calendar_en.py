"""English dates of the calendar: years, months, days, their parts and ranges."""

from __future__ import annotations

import re

from keisei.documents.dates.context import Context, of_day
from keisei.documents.dates.counted_en import Match, count_of, future, part, tenths, unit_period
from keisei.documents.dates.numerals_en import ORDINALS
from keisei.documents.dates.patterns_en import MONTHS, SEASONS
from keisei.documents.dates.readings import NO_CONTEXT, NO_REFERENCE, Reading, months
from keisei.documents.dates.spans import Period, Stamp, point


def _month(match: Match) -> int:
    return MONTHS[match["m"]]


def _absolute(period: Period | None) -> Reading | None:
    return Reading(period, "absolute") if period else None


def ymd(match: Match, context: Context) -> Reading | None:
    """September 13, 2023; 13 September 2023."""
    return _absolute(point(int(match["y"]), _month(match), int(match["d"])))


def ymd_range(match: Match, context: Context) -> Reading | None:
    """September 13-17, 2023."""
    a = point(int(match["y"]), _month(match), int(match["d"]))
    b = point(int(match["y"]), _month(match), int(match["d2"]))
    return Reading(Period(a.first, b.last, "interval"), "absolute") if a and b and a.first < b.first else None


def my(match: Match, context: Context) -> Reading | None:
    """September 2023, late September 2023: the month."""
    return _absolute(point(int(match["y"]), _month(match)))


def _year(word: str, context: Context) -> tuple[int | None, str]:
    offset, base = {
        "this": (0, "this"),
        "last": (-1, "this"),
        "next": (1, "this"),
        "that": (0, "that"),
        "the same": (0, "that"),
        "the following": (1, "that"),
        "the previous": (-1, "that"),
    }[word.lower()]
    return context.year(offset, base), NO_REFERENCE if base == "this" else NO_CONTEXT


def m_rel(match: Match, context: Context) -> Reading | None:
    """September last year."""
    year, reason = _year(match["rel"], context)
    return Reading(point(year, _month(match)), "relative") if year else Reading(None, "relative", reason)


def md_rel(match: Match, context: Context) -> Reading | None:
    """October 6 this year."""
    year, reason = _year(match["rel"], context)
    if year is None:
        return Reading(None, "relative", reason)
    period = point(year, _month(match), int(match["d"]))
    return Reading(period, "relative") if period else None


def md(match: Match, context: Context) -> Reading | None:
    """September 13: the year from the context."""
    plans = future(match.string, match.start(), match.end())
    day = int(match["d"])
    if point(2000, _month(match), day) is None:
        return None
    period = context.place_month(_month(match), day, match.start(), plans)
    return Reading(period, "relative", None if period else NO_REFERENCE)


def md_range(match: Match, context: Context) -> Reading | None:
    """September 13-17: the year from the context."""
    reading = md(match, context)
    if reading is None or reading.period is None:
        return reading
    a = reading.period.first
    b = point(a.year, _month(match), int(match["d2"]))
    return Reading(Period(a, b.last, "interval"), "relative") if b and a < b.last else None


def m(match: Match, context: Context) -> Reading | None:
    """Last September, in June: the year from the words or the context."""
    text, number = match.string, _month(match)
    rel = (match["rel"] or "").lower()
    if (
        match["m"] == "May"
        and not rel
        and not match["part"]
        and re.match(r" (?:God|I|we|the|he|she|it)\b", text[match.end() : match.end() + 5])
    ):
        return None
    if match["m"] in ("March", "May", "August") and text[match.end() : match.end() + 1] == "-":
        return None
    if match["m"] in ("Mar", "Jan", "Jun", "Dec", "Sep", "Apr", "Oct", "Nov", "Jul", "Feb", "Aug", "Sept") and not rel:
        return None
    ref = context.reference
    if rel in ("last", "next", "this") and ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    if rel == "last" and ref:
        return Reading(point(ref.year - (number >= ref.month), number), "relative")
    if rel == "next" and ref:
        return Reading(point(ref.year + (number <= ref.month), number), "relative")
    if rel == "this" and ref:
        return Reading(point(ref.year, number), "relative")
    period = context.place_month(number, None, match.start(), future(text, match.start(), match.end()))
    return Reading(period, "relative", None if period else NO_REFERENCE)


def y(match: Match, context: Context) -> Reading | None:
    """2023, early 2024, the summer of 2018."""
    text = match.string
    before = text[max(0, match.start() - 12) : match.start()].lower()
    if re.search(
        r"(?:about|some|than|nearly|roughly|over|least|almost|up to|around|no\.|resolution|approximately) \Z", before
    ):
        return None
    if re.match(
        r" ?(?:(?:st|nd|rd|th)\b|-strong|-ton|-km|-mile| (?:GMT|UTC|hours)\b)|-(?:point|page|word|member|metre|meter|foot)\b",  # noqa: E501
        text[match.end() : match.end() + 8],
    ):
        return None
    year = int(match["y"])
    if season := match["season"]:
        first, last = SEASONS[season.lower()]
        return _absolute(months(year, first, last, "season"))
    period = point(year)
    return _absolute(part(period, match["part"])) if period else None


def yy_range(match: Match, context: Context) -> Reading | None:
    """2016-17, 2014-2018."""
    first = int(match["y"])
    second = int(match["y2"]) if len(match["y2"]) == 4 else first - first % 100 + int(match["y2"])
    if not first < second < first + 300:
        return None
    return Reading(Period(Stamp(first), Stamp(second), "interval"), "absolute")


def iso(match: Match, context: Context) -> Reading | None:
    """2023-09-13."""
    return _absolute(point(int(match["y"]), int(match["m"]), int(match["d"])))


def mid(match: Match, context: Context) -> Reading | None:
    """Mid-2024, late-2023; post-2022 and pre-2017 are named by their year."""
    period = point(int(match["y"]))
    side = match["side"].lower()
    return _absolute(part(period, side if side in ("early", "mid", "late") else None)) if period else None


def fiscal(match: Match, context: Context) -> Reading | None:
    """Fiscal 2024: the year it is called by, since its months differ from state to state."""
    return _absolute(point(int(match["y"] or match["y3"])))


def within(match: Match, context: Context) -> Reading | None:
    """Earlier in the day, later that week: the day, week, month or year told of, else that of publication."""
    unit = match["u"].lower()
    told = context.fine(unit, match.start()) if context.near(match.start()) else None
    if told is not None and (told.month is None or (unit in ("day", "week") and told.day is None)):
        told = None
    start = told.first_day() if told else context.reference
    return Reading(unit_period(unit, 0, start) if start else None, "relative", None if start else NO_REFERENCE)


def nth(match: Match, context: Context) -> Reading | None:
    """On the 24th: the month from the context."""
    plans = future(match.string, match.start(), match.end())
    period = context.place_day(int(match["d"]), match.start(), plans) if 1 <= int(match["d"]) <= 31 else None
    return Reading(period, "relative") if period else None


def decade_end(match: Match, context: Context) -> Reading | None:
    """The end of the decade, the turn of the century: of the one in which the text was published."""
    ref = context.reference
    if ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    size = 10 if match["u"].lower() == "decade" else 100
    begin = ref.year // size * size
    part_ = match["part"].lower()
    if part_ == "end":
        return Reading(point(begin + size - 1 if size == 10 else begin + size), "relative")
    return Reading(point(begin if part_ != "middle" else begin + size // 2), "relative")


def first_months(match: Match, context: Context) -> Reading | None:
    """The first nine months of 2024."""
    count = count_of(match["n"])
    if count is None or not 1 <= count <= 11:
        return None
    if match["y"]:
        year: int | None = int(match["y"])
    else:
        word = (match["rel"] or "the").lower()
        if match["rel"] is None and match["side"].lower() in ("last", "final"):
            return None  # the last eight months are counted back from publication
        year = context.year(*{"last": (-1, "this"), "next": (1, "this"), "that": (0, "that")}.get(word, (0, "this")))
    if year is None:
        return Reading(None, "relative", NO_REFERENCE)
    ref = context.reference
    if not match["y"] and word == "the" and ref and count > ref.month and match["side"].lower() == "first":
        year -= 1  # the nine months are over
    ends = (1, count) if match["side"].lower() in ("first", "opening") else (13 - count, 12)
    return Reading(months(year, *ends, "interval"), "absolute" if match["y"] else "relative")


def closing(match: Match, context: Context) -> Reading | None:
    """Year-end, the month's end."""
    ref = context.reference
    if ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    back = (match["rel"] or "").lower().startswith("last")
    if match["u"].lower() == "year":
        return Reading(point(ref.year - back, 12), "relative")
    if match["u"].lower() == "month":
        return Reading(unit_period("month", -int(back), ref), "relative")
    return Reading(
        unit_period("weekend", -1 if back or not future(match.string, match.start(), match.end()) else 0, ref),
        "relative",
    )


def before_out(match: Match, context: Context) -> Reading | None:
    """Before the year is out: that year, month or week."""
    if context.reference is None:
        return Reading(None, "relative", NO_REFERENCE)
    return Reading(unit_period(match["u"].lower(), 0, context.reference), "relative")


def quarter(match: Match, context: Context) -> Reading | None:
    """The third quarter alone: of the year told of, else the last one begun."""
    number = ORDINALS[match["q"].lower()]
    told, ref = context.near(match.start()), context.reference
    if told is None and ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    year = told.year if told else ref.year - (3 * number - 2 > ref.month) if ref else 0
    return Reading(months(year, 3 * number - 2, 3 * number, "quarter"), "relative")


def decade(match: Match, context: Context) -> Reading | None:
    """The 1990s, the late '80s."""
    start = int(match["dec"]) if match["dec"] else int(match["dec2"]) + (1900 if int(match["dec2"]) >= 30 else 2000)
    return _absolute(tenths(start, 1, match["part"], "decade"))


def century(match: Match, context: Context) -> Reading | None:
    """The early 20th century."""
    word = match["cen"].lower()
    number = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
    return _absolute(tenths((number - 1) * 100 + 1, 10, match["part"], "century")) if 1 <= number <= 30 else None


def day(match: Match, context: Context) -> Reading | None:
    """Today, yesterday, the day after tomorrow."""
    offsets = {
        "today": 0,
        "tonight": 0,
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    if match["day"].lower() == "today" and re.match(
        r"'s (?:world|russia|china)", match.string[match.end() : match.end() + 12].lower()
    ):
        return Reading(None, "relative", "the day or the times")
    date = context.day(offsets[match["day"].lower()], "this")
    return Reading(of_day(date), "relative", None if date else NO_REFERENCE)


__all__ = [
    "before_out",
    "century",
    "closing",
    "day",
    "decade",
    "decade_end",
    "first_months",
    "fiscal",
    "iso",
    "m",
    "m_rel",
    "md",
    "md_range",
    "md_rel",
    "mid",
    "my",
    "nth",
    "quarter",
    "within",
    "y",
    "ymd",
    "ymd_range",
    "yy_range",
]
