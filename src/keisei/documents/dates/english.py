"""The news reader of English dates: what each pattern means on the day of publication and in its context."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from keisei.documents.dates.calendar_words import term
from keisei.documents.dates.context import Context, of_day
from keisei.documents.dates.fold import addresses
from keisei.documents.dates.numerals_en import ORDINALS, parse_number
from keisei.documents.dates.patterns_en import MONTHS, PATTERNS, SEASONS, TRIGGER, WEEKDAYS
from keisei.documents.dates.readings import NO_CONTEXT, NO_REFERENCE, Atom, Reading, counted, months
from keisei.documents.dates.spans import Period, Stamp, of_date, of_grain, point, shift, week

Match = re.Match[str]

_PLANS = re.compile(
    r"\b(?:will|would|plan|plans|planned|scheduled|expected|due|set to|to be held|upcoming|expires?|runs? out|takes? effect)\b"  # noqa: E501
)
# by December; acknowledged by both governments in April is over
_BY = re.compile(r"\bby (?:the (?:end|middle|start|beginning) of |late |early |mid-)?\Z")
_TOLD = re.compile(
    r"\b(?:said|told|met|held|signed|asked|visited|announced|agreed|fired|launched|tested|sent|wrote|spoke|flew|was|were|had|reported|warned|accused|blacklisted|[a-z]{2,}ed)\b(?: [\w.'’-]+){0,5} (?:on|in|at|since|by)? ?\Z"  # noqa: E501
)
_PAST = re.compile(r"\b(?:was|were|had|did|[a-z]+ed|said|met|told|held)\b")


def _future(text: str, start: int, end: int) -> bool:
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
    plans = _future(match.string, match.start(), match.end())
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
    period = context.place_month(number, None, match.start(), _future(text, match.start(), match.end()))
    return Reading(period, "relative", None if period else NO_REFERENCE)


def y(match: Match, context: Context) -> Reading | None:
    """2023, early 2024, the summer of 2018."""
    text = match.string
    before = text[max(0, match.start() - 12) : match.start()].lower()
    if re.search(
        r"(?:about|some|than|nearly|roughly|over|least|almost|up to|around|no\.|resolution|approximately) \Z", before
    ):
        return None
    if re.match(r" ?(?:st|nd|rd|th|-strong|-ton|-km|-mile)", text[match.end() : match.end() + 8]):
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


def _tenths(start: int, size: int, word: str | None, granularity: str) -> Period | None:
    a, b = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get((word or "").lower(), (0, 9))
    if not (point(start + a * size) and point(start + (b + 1) * size - 1)):
        return None
    return Period(Stamp(start + a * size), Stamp(start + (b + 1) * size - 1), granularity)


def mid(match: Match, context: Context) -> Reading | None:
    """Mid-2024, late-2023; post-2022 and pre-2017 are named by their year."""
    period = point(int(match["y"]))
    side = match["side"].lower()
    return _absolute(part(period, side if side in ("early", "mid", "late") else None)) if period else None


def fiscal(match: Match, context: Context) -> Reading | None:
    """Fiscal 2024: the year it is called by, since its months differ from state to state."""
    return _absolute(point(int(match["y"])))


def first_months(match: Match, context: Context) -> Reading | None:
    """The first nine months of 2024."""
    count = count_of(match["n"])
    if count is None or not 1 <= count <= 11:
        return None
    if match["y"]:
        year: int | None = int(match["y"])
    else:
        word = match["rel"].lower()
        year = context.year(*{"last": (-1, "this"), "next": (1, "this"), "that": (0, "that")}.get(word, (0, "this")))
    if year is None:
        return Reading(None, "relative", NO_REFERENCE)
    ref = context.reference
    if (
        not match["y"]
        and match["rel"].lower() == "the"
        and ref
        and count > ref.month
        and match["side"].lower() == "first"
    ):
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
        return Reading(_unit_period("month", -int(back), ref), "relative")
    return Reading(
        _unit_period("weekend", -1 if back or not _future(match.string, match.start(), match.end()) else 0, ref),
        "relative",
    )


def before_out(match: Match, context: Context) -> Reading | None:
    """Before the year is out: that year, month or week."""
    if context.reference is None:
        return Reading(None, "relative", NO_REFERENCE)
    return Reading(_unit_period(match["u"].lower(), 0, context.reference), "relative")


def overnight(match: Match, context: Context) -> Reading | None:
    """Overnight: the day told of in the same sentence, else that of publication."""
    told = context.near(match.start())
    if told is not None and told.day and ". " not in match.string[context.last_end : match.start()]:
        return Reading(of_day(told.first_day()), "relative")
    return Reading(of_day(context.day(0, "this")), "relative", None if context.reference else NO_REFERENCE)


def quarter(match: Match, context: Context) -> Reading | None:
    """The third quarter alone: of the year told of, else the last one begun."""
    number = ORDINALS[match["q"].lower()]
    told, ref = context.near(match.start()), context.reference
    if told is None and ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    year = told.year if told else ref.year - (3 * number - 2 > ref.month) if ref else 0
    return Reading(months(year, 3 * number - 2, 3 * number, "quarter"), "relative")


def holiday(match: Match, context: Context) -> Reading | None:
    """New Year's Day, Christmas Eve: the nearest one, ahead where the sentence plans."""
    name = match["holiday"].replace("’", "'")
    month, on = {
        "New Year's Day": (1, 1),
        "New Year's Eve": (12, 31),
        "Christmas Eve": (12, 24),
        "Boxing Day": (12, 26),
    }.get(name, (12, 25))
    period = context.place_month(month, on, match.start(), _future(match.string, match.start(), match.end()))
    return Reading(period, "relative", None if period else NO_REFERENCE)


def weekend(match: Match, context: Context) -> Reading | None:
    """Over the weekend: the last one."""
    ref = context.reference
    if ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    return Reading(_unit_period("weekend", 0 if ref.weekday() == 6 else -1, ref), "relative")


def in_time(match: Match, context: Context) -> Reading | None:
    """In two years' time."""
    count = count_of(match["n"])
    if count is None:
        return Reading(None, "relative", "the words give no number")
    return counted(match["u"].lower(), count, None, context)


def decade(match: Match, context: Context) -> Reading | None:
    """The 1990s, the late '80s."""
    start = int(match["dec"]) if match["dec"] else int(match["dec2"]) + (1900 if int(match["dec2"]) >= 30 else 2000)
    return _absolute(_tenths(start, 1, match["part"], "decade"))


def century(match: Match, context: Context) -> Reading | None:
    """The early 20th century."""
    word = match["cen"].lower()
    number = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
    return _absolute(_tenths((number - 1) * 100 + 1, 10, match["part"], "century")) if 1 <= number <= 30 else None


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


def _unit_period(unit: str, offset: int, start: datetime.date) -> Period | None:
    """The year, month, week, day, season … so many after the one of a day."""
    if unit in SEASONS:
        first, last = SEASONS[unit]
        return months(start.year + offset, first, last, "season")
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        begin = (start.year // 10 * 10 if size == 10 else (start.year - 1) // 100 * 100 + 1) + offset * size
        return _tenths(begin, size // 10, None, unit)
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
    period = _unit_period(unit, offset, context.reference)
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


def rel_part(match: Match, context: Context) -> Reading | None:
    """The end of the year, the first half of last year."""
    if context.reference is None:
        return Reading(None, "relative", NO_REFERENCE)
    offset = {"last": -1, "next": 1}.get(match["rel"].lower(), 0)
    period = _unit_period(match["u"].lower(), offset, context.reference)
    return Reading(part(period, match["part"]) if period else None, "relative")


def weekday(match: Match, context: Context) -> Reading | None:
    """On Friday: the last one; next Friday; last Friday."""
    ref = context.reference
    if ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    back = (ref.weekday() - WEEKDAYS[match["wd"]]) % 7
    word = (match["rel"] or "").lower()
    if word in ("last", "this past"):
        back = back or 7
    elif word == "next" or (
        not word
        and back
        and _future(match.string, match.start(), match.end())
        and not _PAST.search(match.string, match.end(), match.end() + 25)
    ):
        back -= 7
    return Reading(of_day(shift(ref, "day", -back)), "relative")


def that(match: Match, context: Context) -> Reading | None:
    """The following month, that year, the previous day."""
    word, unit = match["rel"].lower(), match["u"].lower()
    unit = "day" if unit in ("evening", "night", "morning") else unit
    if context.last is None:
        return Reading(None, "relative", NO_CONTEXT)
    offset = (
        1
        if word in ("the following", "the next", "the subsequent")
        else -1
        if word in ("the previous", "the preceding")
        else 0
    )
    first = context.fine(unit, match.start()) or context.last.first
    if {"year": 1, "month": 2, "day": 3, "week": 3}.get(unit, 1) > {"year": 1, "month": 2, "day": 3}[first.grain]:
        return Reading(None, "relative", "what it counts from is less exact than its unit")
    period = _unit_period(unit, offset, first.first_day())
    if period and word == "the end of that":
        period = part(period, "end")
    return Reading(period, "relative")


def next_day(match: Match, context: Context) -> Reading | None:
    """A day later, the day before."""
    if match.group().lower() in ("the day after", "the day before", "a day after", "a day before") and re.match(
        r" [a-zA-Z]", match.string[match.end() : match.end() + 2]
    ):
        return Reading(None, "relative", "the text gives the event no date")
    offset = 1 if match["way"].lower() in ("later", "after") else -1
    date = context.day(offset, "that")
    return Reading(of_day(date), "relative", None if date else NO_CONTEXT)


def count_of(text: str) -> int | None:
    """A whole count; None for several, a few, half a."""
    lowered = text.lower()
    if lowered in ("a", "an"):
        return 1
    if lowered == "a dozen":
        return 12
    number = parse_number(lowered)
    return int(number.value) if number and number.value is not None and float(number.value).is_integer() else None


def ago(match: Match, context: Context) -> Reading | None:
    """A decade ago, three months later, two days earlier."""
    unit = match["u"].lower()
    if unit in ("hour", "minute"):
        return None
    way = match["way"].lower()
    count = count_of(match["n"])
    if match["n"].lower() in ("some", "many") or (way in ("before", "after") and match["n"].lower() in ("a", "an")):
        count = None
    if count is None:
        return Reading(None, "relative", "the words give no number")
    scale = {"decade": 10, "century": 100, "centurie": 100}.get(unit, 1)
    if scale > 1:
        unit, count = "year", count * scale
    if way in ("before", "after") and re.match(
        r" (?:the|a|his|her|its|their|[A-Z])", match.string[match.end() : match.end() + 5]
    ):
        return Reading(None, "relative", "the text gives the event no date")
    sign = 1 if way in ("later", "after", "from now", "hence", "on") else -1
    told = context.fine(unit, match.start()) if way not in ("ago", "from now", "hence") else None
    if told is None and way not in ("ago", "from now", "hence"):
        return Reading(None, "relative", NO_CONTEXT)
    return counted(unit, sign * count, told, context)


def past(match: Match, context: Context) -> Reading | None:
    """The past three years, over the next decade."""
    unit, word = match["u"].lower(), match["rel"].lower()
    if unit in ("hour", "minute"):
        return None
    plural = match.group().lower().endswith("s")
    if match["n"] is None and (word in ("last", "next", "previous", "following", "preceding") and not plural):
        if word in ("last", "next") and "the " not in match.group().lower():
            return None
        if unit not in ("decade", "century", "year"):
            return None
    count = count_of(match["n"]) if match["n"] else (None if plural else 1)
    if count is None:
        return Reading(None, "relative", "the words give no number")
    if word in ("previous", "preceding", "following"):
        return None
    if context.reference is None:
        return Reading(None, "relative", NO_REFERENCE)
    scale = {"decade": 10, "century": 100, "centurie": 100}.get(unit, 1)
    unit, count = ("year", count * scale) if scale > 1 else (unit, count)
    ahead = word in ("next", "coming")
    other = shift(context.reference, unit, count if ahead else -count)
    if other is None:
        return Reading(None, "relative", "outside the calendar")
    grain = {"year": 1, "month": 2}.get(unit, 3)
    a, b = sorted((of_grain(other, grain).first, of_grain(context.reference, grain).first), key=str)
    return Reading(Period(a, b, "interval"), "relative")


def since(match: Match, context: Context) -> Reading | None:
    """Since then: from the time told of to publication."""
    if context.last is None:
        return Reading(None, "relative", NO_CONTEXT)
    period = context.since(context.last.first)
    return Reading(period, "relative", None if period else NO_REFERENCE)


def then(match: Match, context: Context) -> Reading | None:
    """At the time: the time told of."""
    return Reading(context.last, "relative", None if context.last else NO_CONTEXT)


_OFFICE_NOW = re.compile(
    r" (?:at (?!war|risk|stake|odds|work|hand|least|best|last)|with (?=[A-Z])|an? (?=(?:[a-z\-]+ ){0,2}(?:fellow|professor|analyst|adviser|advisor|scholar|researcher|consultant|director|lecturer)\b))"  # noqa: E501
)


def now(match: Match, context: Context) -> Reading | None:
    """Currently: the month of publication; what somebody is now tells of no time."""
    if match.group() == "now" and _OFFICE_NOW.match(match.string, match.end()):
        return None
    stamp = context.now("month")
    return Reading(Period(stamp, stamp, "month") if stamp else None, "relative", None if stamp else NO_REFERENCE)


def term_of(match: Match, context: Context) -> Reading | None:
    """Trump's first term, the Obama years."""
    number = match["n"]
    years = term(match["who"], number.lower() if number else None)
    return Reading(Period(Stamp(years[0]), Stamp(years[1]), "interval"), "relative") if years else None


def vague(match: Match, context: Context) -> Reading | None:
    """Recently, in recent years: a time, but not which."""
    return Reading(None, "relative", "the words do not say when")


def era(match: Match, context: Context) -> Reading | None:
    """During the Cold War, the Soviet era; the bare name is no time."""
    return (
        Reading(None, "relative", "an era without agreed ends")
        if match.group() not in ("Cold War", "the Cold War", "The Cold War")
        else None
    )


READERS: dict[str, Callable[[Match, Context], Reading | None]] = {
    "en.mdy.range": ymd_range,
    "en.dmy.range": ymd_range,
    "en.mdy": ymd,
    "en.dmy": ymd,
    "en.my": my,
    "en.m.rel": m_rel,
    "en.md.range": md_range,
    "en.md.rel": md_rel,
    "en.md": md,
    "en.dm": md,
    "en.m": m,
    "en.y": y,
    "en.yy.range": yy_range,
    "en.iso": iso,
    "en.mid": mid,
    "en.fiscal": fiscal,
    "en.first.months": first_months,
    "en.closing": closing,
    "en.out": before_out,
    "en.overnight": overnight,
    "en.quarter": quarter,
    "en.holiday": holiday,
    "en.weekend": weekend,
    "en.time": in_time,
    "en.decade": decade,
    "en.century": century,
    "en.day": day,
    "en.rel": rel,
    "en.season": season,
    "en.rel.part": rel_part,
    "en.weekday": weekday,
    "en.that": that,
    "en.next.day": next_day,
    "en.ago": ago,
    "en.past": past,
    "en.since": since,
    "en.then": then,
    "en.now": now,
    "en.term": term_of,
    "en.vague": vague,
    "en.era": era,
}


def match_at(text: str, position: int, context: Context) -> Atom | None:
    """The longest English date that begins here."""
    best: Atom | None = None
    for rule, regex in PATTERNS:
        match = regex.match(text, position)
        if match is None or (best is not None and match.end() <= best.end):
            continue
        reading = READERS[rule](match, context)
        if reading is not None:
            best = Atom(position, match.end(), reading, rule)
    return best


_JOINT = re.compile(r" ?(?:-|–|—) ?| (?:to|until|till|through|and|up to) (?:the )?")
_LEAD = re.compile(r"(?:\b(?P<lead>[Ss]ince|[Bb]etween|[Ff]rom)) (?:the )?\Z")


def join(text: str, atom: Atom, context: Context) -> Atom:
    """Since A; between A and B; from A to B."""
    first = atom.reading.period
    if first is None or atom.rule in ("en.now", "en.then", "en.since", "en.past"):
        return atom
    window = max(0, atom.start - 12)
    led = _LEAD.search(text[window : atom.start])
    lead = led["lead"].lower() if led else ""
    joint = _JOINT.match(text, atom.end)
    if joint and (lead in ("between", "from") or joint.group().strip() in ("-", "–", "—", "and")):
        kept = context.last, context.last_end
        context.remember(first, atom.end)
        second = match_at(text, joint.end(), context)
        context.last, context.last_end = kept
        b = second.reading.period if second else None
        if second and b and first.first.first_day() < b.last.last_day() and second.rule not in ("en.then", "en.ago"):
            near = (b.first.first_day() - first.last.last_day()).days == 1 and first.first.grain == b.last.grain
            if lead or near or joint.group().strip() != "and":
                start = window + led.start("lead") if led and lead == "between" else atom.start
                return Atom(
                    start,
                    second.end,
                    Reading(Period(first.first, b.last, "interval"), atom.reading.kind),
                    atom.rule + "+range",
                )
    if lead == "since" and led:
        period = context.since(first.first)
        if period:
            return Atom(window + led.start("lead"), atom.end, Reading(period, atom.reading.kind), atom.rule + "+since")
    return atom


_YEAR_IN = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_CLAUSE = re.compile(r" (?:the |a |his |her |its |their )?[A-Z]?[\w’'\-]+[^,.;:()\n\"“”]{2,70}(?=[,.;:()\n\"“”]|\Z)")


def _until_clause(text: str, atom: Atom, context: Context) -> Atom:
    """Three days before X returned: the clause belongs to the words; in apposition to a date it is that date."""
    if atom.rule not in ("en.ago", "en.next.day") or atom.reading.period is not None:
        return atom
    if not re.search(r"(?:before|after)\Z", text[atom.start : atom.end], re.I):
        return atom
    clause = _CLAUSE.match(text, atom.end)
    if clause is None:
        return atom
    if _YEAR_IN.search(clause.group()):
        return atom._replace(
            end=atom.start
        )  # a year after the war began in April 2023: the date in it is the time told
    beside = context.last is not None and text[context.last_end : atom.start] == ", "
    reading = Reading(context.last, "relative") if beside else atom.reading
    return Atom(atom.start, clause.end(), reading, atom.rule + ".clause")


def read(text: str, context: Context) -> list[Atom]:
    """All dates of a folded English text, left to right."""
    atoms: list[Atom] = []
    skip = addresses(text)
    at = position = 0
    while (hit := TRIGGER.search(text, position)) is not None:
        here = hit.start()
        while at < len(skip) and skip[at][1] <= here:
            at += 1
        if at < len(skip) and skip[at][0] <= here:
            position = skip[at][1]
            continue
        position = here + 1
        atom = match_at(text, here, context)
        if atom is None:
            continue
        atom = _until_clause(text, join(text, atom, context), context)
        if atom.end <= atom.start:
            continue
        if atoms and atom.start < atoms[-1].end:
            atom = atom._replace(start=here)
        atoms.append(atom)
        position = atom.end
        if atom.reading.period and atom.rule not in ("en.now", "en.past", "en.century"):
            _learn(text, atom, context)
    return atoms


_ALONE = re.compile(r"[ \t]*(?:\n|\Z)")


def _learn(text: str, atom: Atom, context: Context) -> None:
    period = atom.reading.period
    if period is None:
        return
    line = text.rfind("\n", max(0, atom.start - 12), atom.start) + 1 if atom.start else 0
    alone = (line > 0 or atom.start < 12) and not text[line : atom.start].strip()
    if alone and _ALONE.match(text, atom.end) and atom.rule in ("en.mdy", "en.dmy", "en.iso"):
        date = period.first.first_day()
        if context.reference is None or date <= context.reference:
            context.reference = date
        return
    if atom.rule.endswith("+since") or period.granularity in ("decade", "century"):
        return  # open to this day: what follows is not of that year
    context.remember(period, atom.end)
