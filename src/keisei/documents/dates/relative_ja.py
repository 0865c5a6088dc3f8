"""Japanese times that hang on publication or context: weeks, counts of units, 当時, その後, vague words."""

from __future__ import annotations

import re

from keisei.documents.dates.around_ja import Match, beside, done, future, group, part_of_year, year_of
from keisei.documents.dates.calendar_words import FEAST_DAYS, VAGUE, WEEK_WORDS, WEEKDAYS, YEAR_WORDS, term
from keisei.documents.dates.context import Context, of_day
from keisei.documents.dates.numerals import parse_int
from keisei.documents.dates.readings import NO_CONTEXT, NO_REFERENCE, Reading, counted, months
from keisei.documents.dates.spans import Period, Stamp, of_date, of_grain, point, shift, week


def week_of(word: str, context: Context) -> Period | None:
    """The week that 先週 or 翌週 names, Monday to Sunday."""
    offset, base = WEEK_WORDS[word]
    day = context.day(0, base) or (context.day(0, "this") if base == "that" else None)
    moved = shift(day, "week", offset) if day else None
    return week(moved) if moved else None


def week_rule(match: Match, context: Context) -> Reading | None:
    """先週, 今週の金曜日, 来週初め."""
    period = week_of(match["rw"], context)
    if period is None:
        return Reading(None, "relative", NO_REFERENCE)
    monday = period.first.first_day()
    if name := group(match, "wd"):
        return Reading(of_day(shift(monday, "day", WEEKDAYS[name])), "relative")
    part = group(match, "part")
    if part == "末":
        saturday, sunday = shift(monday, "day", 5), shift(monday, "day", 6)
        if saturday and sunday:
            return Reading(Period(of_date(saturday), of_date(sunday), "week"), "relative")
    return Reading(period, "relative")


def weekday(match: Match, context: Context) -> Reading | None:
    """金曜日: the last one, or the next where the words plan."""
    if context.reference is None:
        return Reading(None, "relative", NO_REFERENCE)
    back = (context.reference.weekday() - WEEKDAYS[match["wd"]]) % 7
    if back and future(match.string, match.end()):
        back -= 7
    return Reading(of_day(shift(context.reference, "day", -back)), "relative")


# a story so many days behind publication is over: what is counted in it is counted from its own day
LONG_OVER = 400

UNITS = {
    "年": "year",
    "月": "month",
    "週": "week",
    "日": "day",
    "世": "century",
    "時": "hour",
    "分": "minute",
    "秒": "second",
}


def unit_of(text: str) -> str:
    """The unit that 年, か月, 週間, 日間 … name."""
    return "month" if text.endswith("月") else UNITS[text[0]]


def whole_count(text: str) -> int | None:
    """A count of years or days; None where it is 数, 半 or no whole number."""
    return None if any(c in text for c in "数幾半") else parse_int(text)


def _opens(match: Match, context: Context, unit: str) -> Stamp | None:
    """The time told of just before, where 2カ月前に opens the next sentence of a story that is over."""
    told, at = context.near(match.start()), match.start()
    if told is None or context.reference is None or unit not in ("month", "day", "week") or not told.month:
        return None
    opens = match.string[at - 1 : at] in ("。", "\n", "　") and not match.string.startswith("の", match.end())
    fine = told.day is not None or unit == "month"
    over = (context.reference - told.first_day()).days > LONG_OVER
    return (Stamp(told.year, told.month) if unit == "month" else told) if opens and fine and over else None


def ago(match: Match, context: Context) -> Reading | None:
    """10年足らず前, 3か月後, その2日後."""
    unit = unit_of(match["u"])
    if unit in ("hour", "minute", "second") or (match["u"].endswith("間") and match["n"] == "半"):
        return None
    text = match.group()
    sign = -1 if match["way"] == "前" else 1
    count = whole_count(match["n"])
    if match["n"] == "半" and (unit == "year" or (unit == "century" and text.endswith("世紀前"))):
        unit, count = ("month", 6) if unit == "year" else ("year", 50)
    elif count is not None and unit == "year" and "半" in text[text.index(match["u"]) :]:
        unit, count = "month", 12 * count + 6  # 1年半前
    if count is None:
        return Reading(None, "relative", "the words give no number")
    if unit == "century":
        unit, count = "year", count * 100
    anchored = "その" in text or (sign > 0 and context.last is not None)
    told = (
        context.fine(unit, match.start())
        if anchored and context.last
        else _opens(match, context, unit)
        if sign < 0
        else None
    )
    return counted(unit, sign * count, told, context)


def past(match: Match, context: Context) -> Reading | None:
    """過去10年間, この3年, 今後5年: up to the reference, or from it."""
    unit = unit_of(match["u"])
    text = match.group()
    count = whole_count(match["n"])
    if unit in ("hour", "minute", "second"):
        return None
    if match["n"] == "半" and unit == "year":
        unit, count = "month", 6
    if count is None:
        return Reading(None, "relative", "the words give no number")
    if context.reference is None:
        return Reading(None, "relative", NO_REFERENCE)
    ahead = text.startswith(("向こう", "今後"))
    other = shift(context.reference, unit, count if ahead else -count)
    if other is None:
        return Reading(None, "relative", "outside the calendar")
    grain = {"year": 1, "month": 2}.get(unit, 3)
    a, b = of_grain(other, grain).first, of_grain(context.reference, grain).first
    return Reading(Period(b, a, "interval") if ahead else Period(a, b, "interval"), "relative")


_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}


def _season_here(season: str, which: str, context: Context) -> Reading:
    """この夏: of the year of publication, not far ahead; その夏: of the year told of."""
    ref = context.reference
    first, last = _SEASONS[season]
    if which == "そ":
        year = context.last.first.year if context.last else None
        return Reading(months(year, first, last, "season") if year else None, "relative", None if year else NO_CONTEXT)
    assert ref is not None
    past = first > ref.month + 6  # この秋 of a text of January is the one before
    return Reading(months(ref.year - past, first, last, "season"), "relative")


def season(match: Match, context: Context) -> Reading | None:
    """夏までに, 秋以降, 冬には: the next such season, or the last where the sentence tells of something done."""
    ref = context.reference
    if ref is None or beside(match)[0] not in "、。「」\n　 はがもに(":
        return None
    first, last = _SEASONS[match["s"]]
    if match["to"].startswith(("まで", "に")) and not done(match.string, match.end()):
        return Reading(
            months(ref.year + (last % 12 < ref.month <= 12 and last <= 12), first, last, "season"), "relative"
        )
    return Reading(months(ref.year - (first > ref.month), first, last, "season"), "relative")


def still(match: Match, context: Context) -> Reading | None:
    """年内, 年末, 昨秋, 週末: words that carry their own unit."""
    ref, text = context.reference, match.group()
    if beside(match)[0] in "0123456789一二三四五六七八九十百千数周半":
        return None
    if ref is None:
        return Reading(None, "relative", NO_REFERENCE)
    year = ref.year
    if text[-1] in _SEASONS:
        if text[0] in "こそ":
            return _season_here(text[-1], text[0], context)
        if text[0] == "翌":
            if context.last is None:
                return Reading(None, "relative", NO_CONTEXT)
            year = context.last.first.year + 1
        else:
            year += {"今": 0, "昨": -1, "来": 1, "一": -2}[text[0]]
            year -= text == "今冬" and ref.month <= 5
        return Reading(months(year, *_SEASONS[text[-1]], "season"), "relative")
    if text in ("年内", "今年中"):
        return Reading(point(year), "relative")
    if text in ("年末", "年末年始", "年の瀬", "年の暮れ"):
        return Reading(point(year, 12), "relative")
    if text in ("年初", "年明け", "年頭", "年の初め"):
        ahead = ref.month >= 9 and (future(match.string, match.end()) or text == "年明け")
        return Reading(point(year + ahead, 1), "relative")
    if text in ("年央", "秋口", "春先"):
        return Reading(point(year, {"年央": 6, "秋口": 9, "春先": 3}[text]), "relative")
    if text in ("月内", "月末", "月初め", "月初"):
        return Reading(point(year, ref.month), "relative")
    if text in ("年度内", "年度末"):
        start = year if ref.month >= 4 else year - 1
        return Reading(point(start + 1, 3) if text == "年度末" else months(start, 4, 15, "year"), "relative")
    if text in ("上半期", "下半期"):
        return Reading(part_of_year(year, text), "relative")
    monday = week(ref).first.first_day()
    if text == "週末":
        saturday, sunday = shift(monday, "day", 5), shift(monday, "day", 6)
        return Reading(Period(of_date(saturday), of_date(sunday), "week") if saturday and sunday else None, "relative")
    if text == "週明け":
        back = 0 if done(match.string, match.end()) else 7
        return Reading(of_day(shift(monday, "day", back)), "relative")
    return Reading(week(ref), "relative")


def soon(match: Match, context: Context) -> Reading | None:
    """数日のうちに, 半年とたたずに: soon after the time told of, in its month where only days go by."""
    unit, told = unit_of(match["u"]), context.near(match.start())
    if told is None or told.month is None or unit != "day":
        return Reading(None, "relative", "the words give no number") if match["n"] == "数" and unit == "day" else None
    stamp = Stamp(told.year, told.month)
    return Reading(Period(stamp, stamp, "month"), "relative")


def term_of(match: Match, context: Context) -> Reading | None:
    """トランプ政権1期目: the years of a president's term."""
    years = term(match["who"], match["n"] or match["m"])
    return Reading(Period(Stamp(years[0]), Stamp(years[1]), "interval"), "relative") if years else None


def come(match: Match, context: Context) -> Reading | None:
    """昨年来: from that year to publication."""
    offset, base = YEAR_WORDS[match["ry"]]
    year = context.year(offset, base)
    period = context.since(Stamp(year)) if year is not None else None
    return Reading(period, "relative", None if period else NO_REFERENCE)


def now(match: Match, context: Context) -> Reading | None:
    """現在, 現時点: the month of publication."""
    stamp = context.now("month")
    if context.last_end == match.start():
        return None  # 8日現在: the day has been read
    return Reading(Period(stamp, stamp, "month") if stamp else None, "relative", None if stamp else NO_REFERENCE)


def year_now(match: Match, context: Context) -> Reading | None:
    """来年の今ごろ: the month of publication in another year."""
    offset, base = YEAR_WORDS[match["ry"]]
    year = context.year(offset, base)
    if context.reference is None or year is None:
        return Reading(None, "relative", NO_REFERENCE)
    return Reading(point(year, context.reference.month), "relative")


def every(match: Match, context: Context) -> Reading | None:
    """毎年夏: a time that comes back."""
    return Reading(None, "relative", "it comes back every year")


def feast(match: Match, context: Context) -> Reading | None:
    """元日, 昨年の光復節: a feast on a fixed day, the nearest one or that of the year named."""
    month, day = FEAST_DAYS[match["feast"]]
    if match["ry"]:
        year, kind, reason = year_of(match, context)
        return Reading(point(year, month, day) if year else None, kind, None if year else reason)
    period = context.place_month(month, day, match.start(), future(match.string, match.end()))
    return Reading(period, "relative", None if period else NO_REFERENCE)


def quarter(match: Match, context: Context) -> Reading | None:
    """第1四半期 alone: of the year told of, else the last one begun."""
    number = parse_int(match["q"]) or 0
    told = context.near(match.start())
    if told is None and context.reference is None:
        return Reading(None, "relative", NO_REFERENCE)
    if told is not None:
        return Reading(months(told.year, 3 * number - 2, 3 * number, "quarter"), "relative")
    ref = context.reference
    assert ref is not None
    year = ref.year - (3 * number - 2 > ref.month)
    return Reading(months(year, 3 * number - 2, 3 * number, "quarter"), "relative")


def same_time(match: Match, context: Context) -> Reading | None:
    """前年同期, 2019年の同じ時期: the months told of in another year."""
    told = context.last
    year, kind, reason = year_of(match, context)
    if told is None or told.first.month is None or year is None:
        return Reading(point(year), kind) if year else Reading(None, "relative", reason or NO_CONTEXT)
    back = told.first.year - year
    first, last = (Stamp(s.year - back, s.month) for s in (told.first, told.last))
    return Reading(Period(first, last, told.granularity), "relative")


_SUPPOSED = re.compile(r"(?:なら|れば|たら|ければ)[、]?\Z")


def then(match: Match, context: Context) -> Reading | None:
    """当時, この時期: the time told of; behind a condition (応じるなら、そのとき) it is no date."""
    if (
        match.group() in ("そのとき", "その時")
        and beside(match)[1] != "だ"
        and _SUPPOSED.search(match.string, max(0, match.start() - 6), match.start())
    ):
        return None
    return Reading(context.last, "relative", None if context.last else NO_CONTEXT)


def since(match: Match, context: Context) -> Reading | None:
    """その後: from the time told of to publication, no finer than the month."""
    if context.last is None:
        return Reading(None, "relative", NO_CONTEXT)
    first = context.last.first
    period = context.since(Stamp(first.year, first.month) if first.day else first)
    return Reading(period, "relative", None if period else NO_REFERENCE)


def vague(match: Match, context: Context) -> Reading | None:
    """最近, かつて, 今後: a time, but not which."""
    word = match.group()
    before, after = beside(match)
    if word == "過去" and not (after.isdigit() or after in "一二三四五六七八九十数"):
        return None
    if word == "近く" and (before not in "はが" or after not in "、に"):
        return None  # 2倍近く, 首都に近く
    if word == "将来" and after in "性的像":
        return None
    if word in ("戦後", "戦前", "戦中", "戦時中") and ("一" <= before <= "鿿" or "ァ" <= before <= "ヴ"):
        return None
    if word in ("戦前", "戦中") and after == "線":
        return None
    if word == "今日" and after in "的性":
        return None
    return Reading(None, "relative", VAGUE[word])


def vague_span(match: Match, context: Context) -> Reading | None:
    """ここ数十年: a span of unsaid length."""
    return Reading(None, "relative", "the words give no number")
