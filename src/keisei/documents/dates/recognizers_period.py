"""Spans of days in the assistant's reading: 来週, 2016年の第3四半期, 9月3日から12日まで, 過去20年間, 3月の下旬.

Spans end with an excluded day. Where no year is said there is a future and a past resolution.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from keisei.documents.dates.numerals import parse_int
from keisei.documents.dates.recognizers import (
    DATE_RULES,
    DAY,
    MONTH,
    NTH_COUNT,
    RELATIVE_DAY,
    RELATIVE_WEEK,
    SPAN,
    YEAR,
    Date,
    duration_timex,
    month_of,
    move,
    pieces,
    week_start,
    word_day,
    year_of,
)

DAY1 = datetime.timedelta(days=1)


Pair = tuple[Date | None, Date | None]


class Spans(NamedTuple):
    """A TIMEX with the future and past span of days, the last excluded; None where only TIMEX is defined (seasons)."""

    timex: str
    future: Pair | None
    past: Pair | None


def first_day(year: int, month: int) -> Date | None:
    """The first day of a month; month 13 is in the next year."""
    index = year * 12 + month - 1
    try:
        return datetime.date(index // 12, index % 12 + 1, 1)
    except ValueError:
        return None


def _same(timex: str, start: Date | None, end: Date | None) -> Spans | None:
    return Spans(timex, (start, end), (start, end)) if start and end else None


def _bracket(start: Date, end: Date, length: str) -> str:
    return f"({start.isoformat()},{end.isoformat()},{length})"


def days(start: Date, end: Date) -> str:
    """P18D."""
    return f"P{(end - start).days}D"


# --- a year, a month, a week and parts of them -------------------------------------------------------------------


def _quarter(year: int, number: int) -> tuple[Date | None, Date | None]:
    return first_day(year, 3 * number - 2), first_day(year, 3 * number + 1)


def year_span(match: re.Match[str], ref: Date) -> Spans | None:
    """2008年, 来年, 平成13年."""
    year = year_of(match, ref)
    if year is None or not 1 <= year <= 9998 or match["ry"] == "同じ年":
        return None
    return _same(f"{year:04d}", first_day(year, 1), first_day(year + 1, 1))


_END = r"終わりごろ|終わり頃|終わり|おわり|末|下旬|後半"
_START = r"初めごろ|初め|はじめ|始め|初旬|上旬|初頭|ちょっと前|前半"
_MID = r"半ば|なかば|中旬|中頃|中ごろ"


def month_span(match: re.Match[str], ref: Date) -> Spans | None:
    """2015年3月, 2月, 来月, 3月の下旬, 今月初め."""
    month_year, month = month_of(match, ref)
    year = year_of(match, ref) or month_year
    if month is None or match.groupdict().get("rm") == "同じ月":
        return None
    part = match.groupdict().get("part")

    def span(y: int) -> tuple[Date, Date] | None:
        start, end = first_day(y, month), first_day(y, month + 1)
        if not (start and end):
            return None
        if part and re.fullmatch(_START, part):
            end = start + 15 * DAY1
        elif part and (re.fullmatch(_END, part) or part == "この後"):
            start = start + 15 * DAY1
        elif part:
            start, end = start + 9 * DAY1, start + 20 * DAY1
        return start, end

    if year:
        whole = span(year) if 1 <= year <= 9998 else None
        return Spans(f"{year:04d}-{month:02d}", whole, whole) if whole else None
    this = span(ref.year)
    if this is None:
        return None
    past = this if this[0] <= ref else span(ref.year - 1)
    future = span(ref.year + 1) if past == this and (this[1] <= ref or this[0].month != ref.month) else this
    if this[0].month == ref.month and not part:
        future, past = this, this if this[0] <= ref else span(ref.year - 1)
    return Spans(f"XXXX-{month:02d}", future, past)


def year_part(match: re.Match[str], ref: Date) -> Spans | None:
    """2016年の上半期, 今年の第一クォーター, 今年の終わりごろ, 年末."""
    groups = match.groupdict()
    said = bool(groups.get("y") or groups.get("era") or groups.get("ry"))
    year = year_of(match, ref) or ref.year
    if groups.get("q"):
        number = parse_int(groups["q"]) or 0
        if not 1 <= number <= 4:
            return None
        start, end = _quarter(year, number)
        if not (start and end):
            return None
        timex = _bracket(start, end, "P3M")
        if said:
            return _same(timex, start, end)
        later = _quarter(year + 1, number) if start <= ref else (start, end)
        before = (start, end) if start <= ref else _quarter(year - 1, number)
        return Spans(timex, later, before)
    half = groups["half"]
    middle, first, last = first_day(year, 7), first_day(year, 1), first_day(year + 1, 1)
    if not (middle and first and last):
        return None
    if half in ("上半期", "前半", "上期"):
        return _same(_bracket(first, middle, "P6M"), first, middle)
    if half in ("下半期", "後半", "下期"):
        return _same(_bracket(middle, last, "P6M"), middle, last)
    if re.fullmatch(_START, half):
        return _same(f"{year:04d}", first, middle)
    return _same(f"{year:04d}", middle, last)


def season(match: re.Match[str], ref: Date) -> Spans | None:
    """今年の夏, 今夏, その夏: a TIMEX, no days."""
    name = {"春": "SP", "夏": "SU", "秋": "FA", "冬": "WI"}[match["season"]]
    prefix = match.groupdict().get("short")
    year = year_of(match, ref)
    if prefix:
        year = ref.year + {"今": 0, "昨": -1, "来": 1}[prefix]
    return Spans(f"{year:04d}-{name}" if year else name, None, None)


def _iso_week(day: Date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def week_span(match: re.Match[str], ref: Date) -> Spans | None:
    """今週, 来週初め, 来週の終わり, 再来週の週末, 週末."""
    groups = match.groupdict()
    word = groups.get("rw")
    start = week_start(word, ref) if word else week_start("今週", ref)
    timex, part = _iso_week(start), groups.get("part")
    if groups.get("we"):
        saturday = start + 5 * DAY1
        return _same(f"{timex}-WE", saturday, saturday + 2 * DAY1)
    if part:
        middle = start + 3 * DAY1
        return _same(timex, start, middle) if re.fullmatch(_START, part) else _same(timex, middle, start + 7 * DAY1)
    return _same(timex, start, start + 7 * DAY1)


def nth_week(match: re.Match[str], ref: Date) -> Spans | None:
    """今月の第三週, 2027年の第3週, 10月の第1週: the first week of a month or year holds its first Thursday."""
    number = parse_int(match["nth"]) or 0
    month_year, month = month_of(match, ref)
    year = year_of(match, ref) or month_year
    if not 1 <= number <= 53:
        return None

    def start(y: int) -> Date | None:
        first = first_day(y, month or 1)
        if first is None:
            return None
        thursday = first + ((3 - first.weekday()) % 7) * DAY1
        return thursday - 3 * DAY1 + 7 * (number - 1) * DAY1

    if month is None:
        day = start(year or ref.year)
        return _same(f"{year or ref.year:04d}-W{number:02d}", day, day + 7 * DAY1 if day else None)
    if number > 5:
        return None
    if year:
        day = start(year)
        return _same(f"{year:04d}-{month:02d}-W{number:02d}", day, day + 7 * DAY1 if day else None)
    days = [d for y in (ref.year - 1, ref.year, ref.year + 1) if (d := start(y))]
    future, past = [d for d in days if d >= ref], [d for d in days if d < ref]
    if not (future and past):
        return None
    return Spans(f"XXXX-{month:02d}-W{number:02d}", (future[0], future[0] + 7 * DAY1), (past[-1], past[-1] + 7 * DAY1))


def edge_week(match: re.Match[str], ref: Date) -> Spans | None:
    """2015年の最初の週, 2月の最後の週: the weeks of the first and the last Thursday."""
    month_year, month = month_of(match, ref)
    year = year_of(match, ref) or month_year or (ref.year if month is None else None)

    def start(y: int) -> tuple[Date, int] | None:
        first, following = first_day(y, month or 1), first_day(y + (month is None), month + 1 if month else 1)
        if not (first and following):
            return None
        thursday = first + ((3 - first.weekday()) % 7) * DAY1
        count = (following - DAY1 - thursday).days // 7 + 1
        number = 1 if match["edge"] == "最初" else count
        return thursday + (7 * number - 10) * DAY1, number

    if year:
        at = start(year)
        if at is None:
            return None
        timex = f"{year:04d}-W{at[1]:02d}" if month is None else f"{year:04d}-{month:02d}-W{at[1]:02d}"
        return _same(timex, at[0], at[0] + 7 * DAY1)
    found = [w for y in (ref.year - 1, ref.year, ref.year + 1) if (w := start(y))]
    future, past = [w for w in found if w[0] >= ref], [w for w in found if w[0] < ref]
    if not (future and past):
        return None
    timex = f"XXXX-{month:02d}-W{future[0][1]:02d}"
    return Spans(timex, (future[0][0], future[0][0] + 7 * DAY1), (past[-1][0], past[-1][0] + 7 * DAY1))


def week_of_day(match: re.Match[str], ref: Date) -> Spans | None:
    """9月16日の週, 18日の週."""
    for regex, reader in DATE_RULES[:3]:
        inner = regex.match(match.string, match.start())
        resolved = reader(inner, ref) if inner and inner.end() == match.end("day") else None
        if resolved:
            timex, future, past = resolved
            a, b = (d - d.weekday() * DAY1 for d in (future, past))
            return Spans(timex, (a, a + 7 * DAY1), (b, b + 7 * DAY1))
    return None


def decade(match: re.Match[str], ref: Date) -> Spans | None:
    """1990年代, 40年代, 今世紀の20年代."""
    number = parse_int(match["dec"])
    if number is None or number % 10 or number > 9000:
        return None
    if match["cen"]:
        number += (ref.year // 100 + (0 if match["cen"] == "今" else -1)) * 100
    if number >= 100:
        start, end = first_day(number, 1), first_day(number + 10, 1)
        return _same(_bracket(start, end, "P10Y"), start, end) if start and end else None
    both = [(first_day(c + number, 1), first_day(c + number + 10, 1)) for c in (2000, 1900)]
    timex = f"(XX{number:02d}-01-01,XX{(number + 10) % 100:02d}-01-01,P10Y)"
    return Spans(timex, both[0], both[1])


def century(match: re.Match[str], ref: Date) -> Spans | None:
    """15世紀 is 1400 to 1500 here (news: 1401 to 1500)."""
    number = parse_int(match["cen"])
    if not number or not 2 <= number <= 90:
        return None
    start, end = first_day((number - 1) * 100, 1), first_day(number * 100, 1)
    return _same(_bracket(start, end, "P100Y"), start, end) if start and end else None


# --- counted from the reference day ------------------------------------------------------------------------------


def counted(match: re.Match[str], ref: Date) -> Spans | None:
    """過去数日間, 向こう3日間, この10年, 5日以内, 今日から2日半の間."""
    parts = pieces(match["span"])
    if not parts or any(letter.startswith("T") or letter == "C" for _, letter in parts):
        return None
    groups = match.groupdict()
    length = duration_timex(parts)
    start = word_day(groups["rd"], ref) if groups.get("rd") else ref
    way = groups.get("way") or ""
    if way.removesuffix("の") in ("過去", "前", "こ", "ここ", "直近", "最近", "最後"):
        begin = move(start, parts, -1)
        return _same(_bracket(begin, start, length), begin, start) if begin else None
    if way and groups.get("within") is None:
        start = start + DAY1
    end = move(start, parts, 1)
    return _same(_bracket(start, end, length), start, end) if end else None


def after(match: re.Match[str], ref: Date) -> Spans | None:
    """2日後に: the days from tomorrow on."""
    parts = pieces(match["span"])
    if not parts or any(letter not in ("D", "W", "M", "Y", "BD") for _, letter in parts):
        return None
    start = ref + DAY1
    end = move(start, parts, 1)
    return _same(_bracket(start, end, duration_timex(parts)), start, end) if end else None


def before_more(match: re.Match[str], ref: Date) -> Spans | None:
    """昨日の2日以上前: up to a day."""
    parts = pieces(match["span"])
    start = word_day(match["rd"], ref)
    day = move(start, parts, -1) if parts else None
    return Spans(day.isoformat(), (None, day), (None, day)) if day else None


def rest(match: re.Match[str], ref: Date) -> Spans | None:
    """週の残りの日, その年いっぱい, 今月いっぱい."""
    unit = match["unit"]
    if unit == "週":
        end: Date | None = ref + (6 - ref.weekday()) * DAY1
    elif unit == "月":
        following = first_day(ref.year, ref.month + 1)
        end = following - DAY1 if following else None
    else:
        end = datetime.date(ref.year, 12, 31)
    return (
        _same(_bracket(ref, end, f"P{(end - ref).days + 1 if unit == '年' else (end - ref).days}D"), ref, end)
        if end
        else None
    )


def same(match: re.Match[str], ref: Date) -> Spans | None:
    """同じ月, 同じ年, その年: of the reference."""
    unit = match["unit"]
    if unit == "月":
        return _same("XXXX-XX", first_day(ref.year, ref.month), first_day(ref.year, ref.month + 1))
    if unit == "週":
        start = week_start("今週", ref)
        return _same("XXXX-WXX", start, start + 7 * DAY1)
    return _same("XXXX", first_day(ref.year, 1), first_day(ref.year + 1, 1))


_SPAN_RULES = (
    (rf"{YEAR}(?!代|間|後|前|以|の?[0-9一二三四五六七八九十]{{1,3}} ?(?:月|日)|度)", year_span),
    (
        (
            rf"(?:{YEAR}の? ?)?{MONTH}(?:の?(?P<part>{_END}|{_START}|{_MID}|この後)(?:に(?=\Z))?)?"
            rf"(?!の?[0-9一二三四五六七八九十]{{1,3}} ?日)"
        ),
        month_span,
    ),
    (rf"(?:{YEAR}の?)?第?(?P<q>[1-4一二三四])(?:四半期|クォーター)", year_part),
    (
        (
            rf"(?:{YEAR}|年)の?(?P<half>上半期|下半期|前半|後半|上期|下期|終わりごろ|終わり頃|終わり"
            rf"|初めごろ|初め|はじめ|末)"
        ),
        year_part,
    ),
    (rf"(?:(?:{YEAR}|その|この)の?)(?P<season>[春夏秋冬])", season),
    (r"(?P<short>[今昨来])(?P<season>[春夏秋冬])", season),
    (
        (
            rf"{RELATIVE_WEEK}(?:の?(?P<part>終わりごろ|終わり|おわり|初め|はじめ|始め|前半|後半))?"
            rf"(?!末|の?(?:週末|[月火水木金土日]曜))"
        ),
        week_span,
    ),
    (rf"(?:(?:その|私の|この)?|{RELATIVE_WEEK}の?)(?P<we>週末)", week_span),
    (r"(?P<rw>今週|先週|来週|再来週|先々週)(?P<we>末)", week_span),
    (rf"(?:(?:{YEAR}の?)?(?:{MONTH}の?)?)?第(?P<nth>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})週", nth_week),
    (rf"(?:(?:{YEAR}の?)?(?:{MONTH}の?)?)(?P<edge>最初|最後)の週", edge_week),
    (rf"(?P<day>(?:{MONTH}の?)?{DAY})の週", week_of_day),
    (r"(?:(?P<cen>今|前)世紀の)?(?P<dec>[0-9]{2,4}|[一二三四五六七八九〇]{4}|[二三四五六七八九]?十)年代", decade),
    (rf"(?P<cen>{NTH_COUNT})世紀", century),
    (
        (
            rf"(?P<way>過去の?|前の|この|ここの?|直近の?|最近の?|最後の|向こう|むこう|次の|これからの?"
            rf"|今後の?)(?P<within>\b\B)?{SPAN}(?!以内|前|後)"
        ),
        counted,
    ),
    (rf"(?:(?P<way>今後|向こう|次の)の?)?(?P<within>){SPAN}以内に?", counted),
    (rf"{RELATIVE_DAY}から(?P<within>){SPAN}(?:以内|の間)", counted),
    (rf"{SPAN}後に", after),
    (rf"{RELATIVE_DAY}の{SPAN}以上前", before_more),
    (r"(?:私の|この|その|今)?(?P<unit>週|月|年)(?:の残りの日|いっぱい|の残り)", rest),
    (r"(?:同じ)(?P<unit>月|年|週)", same),
)
SPAN_RULES = tuple((re.compile(regex), reader) for regex, reader in _SPAN_RULES)
