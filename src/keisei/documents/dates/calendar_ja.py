"""Japanese dates of the calendar: years, months and days in figures, eras and words, and spans of them."""

from __future__ import annotations

import re

from keisei.documents.dates.around_ja import (
    YEAR_CEILING,
    YEAR_FLOOR,
    Match,
    beside,
    future,
    group,
    part_of_year,
    year_of,
)
from keisei.documents.dates.calendar_words import (
    DAY_WORDS,
    DECADE_PARTS,
    MONTH_WORDS,
)
from keisei.documents.dates.context import Context, of_day
from keisei.documents.dates.numerals import parse_int
from keisei.documents.dates.readings import NO_CONTEXT, NO_REFERENCE, Reading, months
from keisei.documents.dates.spans import Period, Stamp, point, shift_months, valid


def _month_of(match: Match) -> int | None:
    return parse_int(group(match, "m") or "")


def _day_of(match: Match) -> int | None:
    return parse_int(group(match, "d") or "")


def ymd(match: Match, context: Context) -> Reading | None:
    """2023年9月13日, 昨年11月21日, 令和5年9月13日."""
    year, kind, reason = year_of(match, context)
    day = _day_of(match)
    month = _month_of(match)
    if not valid(2000, month or 0, day):
        return None
    if year is None:
        return Reading(None, kind, reason) if kind == "relative" else None
    period = point(year, month, day)
    return Reading(period, kind) if period else None


def ym(match: Match, context: Context) -> Reading | None:
    """2023年9月, 昨年9月, 同年3月, 今年3月末: the month, whatever part of it."""
    year, kind, reason = year_of(match, context)
    month = _month_of(match)
    if not valid(2000, month or 0):
        return None
    if year is None:
        return Reading(None, kind, reason) if kind == "relative" else None
    period = point(year, month)
    return Reading(period, kind) if period else None


def y_part(match: Match, context: Context) -> Reading | None:
    """2023年末, 昨年夏, その年の暮れ, 今年上半期."""
    year, kind, reason = year_of(match, context)
    if year is None:
        return Reading(None, kind, reason) if kind == "relative" else None
    period = part_of_year(year, match["part"])
    return Reading(period, kind) if period else None


def y_fiscal(match: Match, context: Context) -> Reading | None:
    """2023年度: April to March."""
    year, kind, reason = year_of(match, context)
    if year is None:
        return Reading(None, kind, reason) if kind == "relative" else None
    part = group(match, "part")
    first, last = 4, 15
    if part:
        if "四半期" in part:
            quarter = parse_int(part.lstrip("第")[0]) or 1
            first, last = 1 + 3 * quarter, 3 + 3 * quarter
        elif part in ("上半期", "前半", "上期"):
            last = 9
        else:
            first = 10
    period = months(year, first, last, "year")
    return Reading(period, kind) if period else None


def _tenths(start: int, tenth: int, part: str | None, granularity: str) -> Period | None:
    first, last = DECADE_PARTS[part] if part else (0, 9)
    a, b = start + first * tenth, start + (last + 1) * tenth - 1
    return Period(Stamp(a), Stamp(b), granularity) if valid(a) and valid(b) else None


def decade(match: Match, context: Context) -> Reading | None:
    """1990年代, 80年代後半."""
    number = parse_int(match["dec"])
    if number is None or number % 10:
        return None
    if number < 100:
        number += 1900 if number >= 30 else 2000
    if number < YEAR_FLOOR or number > YEAR_CEILING:
        return None
    period = _tenths(number, 1, group(match, "part"), "decade")
    return Reading(period, "absolute") if period else None


def century(match: Match, context: Context) -> Reading | None:
    """20世紀, 今世紀初頭."""
    word, kind = match["cen"], "absolute"
    if word in ("今", "前"):
        if context.reference is None:
            return Reading(None, "relative", NO_REFERENCE)
        number: int | None = (context.reference.year - 1) // 100 + (1 if word == "今" else 0)
        kind = "relative"
    else:
        number = parse_int(word)
    if number and number < 10 and beside(match)[0] in "約半数計":
        return None
    if not number or number > 30:
        return None
    period = _tenths((number - 1) * 100 + 1, 10, group(match, "part"), "century")
    return Reading(period, kind) if period else None


def y(match: Match, context: Context) -> Reading | None:
    """2023年, 令和5年, 昨年, 同年."""
    if match["ry"] in ("その年", "この年", "同じ年", "次の年", "前の年") and beside(match)[1] in "間代齢":
        return None
    year, kind, reason = year_of(match, context)
    if year is None:
        return Reading(None, kind, reason) if kind == "relative" else None
    if match["y"] and match["y"][0] in "一二三千" and year < 1600:
        return None
    period = point(year)
    return Reading(period, kind) if period else None


def y_whole(match: Match, context: Context) -> Reading | None:
    """昨年1年間: the year."""
    year, kind, reason = year_of(match, context)
    return Reading(point(year) if year else None, kind, None if year else reason)


def yy_md(match: Match, context: Context) -> Reading | None:
    """24年6月19日: the year in two figures, in the century nearest to publication; 懲役13年6月 is a length."""
    if match.string.endswith(
        ("懲役", "禁錮", "禁固", "拘禁刑", "実刑", "刑期"), max(0, match.start() - 4), match.start()
    ):
        return None
    year = 2000 + int(match["yy"])
    if year > (context.reference.year if context.reference else 2030) + 20:
        year -= 100
    month, day = _month_of(match), _day_of(match)
    period = point(year, month, day) if month else None
    return Reading(period, "absolute") if period else None


def yy_mm(match: Match, context: Context) -> Reading | None:
    """24年4~6月."""
    first, last = int(match["m"]), int(match["m2"])
    year = 2000 + int(match["yy"])
    if not (1 <= first < last <= 12) or year > (context.reference.year if context.reference else 2030) + 20:
        return None
    period = months(year, first, last, "interval")
    return Reading(period, "absolute") if period else None


def yy_part(match: Match, context: Context) -> Reading | None:
    """22年末, 24年夏: a part makes a year of two figures plain."""
    latest = (context.reference.year if context.reference else 2030) + 30
    year = 2000 + int(match["yy"])
    period = part_of_year(year if year <= latest else year - 100, match["part"])
    return Reading(period, "absolute") if period else None


def yy_fiscal(match: Match, context: Context) -> Reading | None:
    """24年度: April to March of the year in two figures nearest to publication."""
    latest = (context.reference.year if context.reference else 2030) + 20
    year = 2000 + int(match["yy"])
    return Reading(months(year if year <= latest else year - 100, 4, 15, "year"), "absolute")


def yy_next(match: Match, context: Context) -> Reading | None:
    """翌24年: the year after the one told of, which ends in these figures."""
    told = context.last.first.year if context.last else None
    if told is None or (told + 1) % 100 != int(match["yy"]):
        return None
    return Reading(point(told + 1), "relative")


def yy(match: Match, context: Context) -> Reading | None:
    """21年, a year in two figures: only close behind a year in four that it follows (2020年の…、21年の…)."""
    told, short = context.near(match.start()), int(match["yy"])
    ref = context.reference.year if context.reference else 2030
    if short >= OLD and told and told.year < 2000 and match.string[match.end() : match.end() + 1] in "にのはか":
        year = told.year - told.year % 100 + short
        return Reading(point(year), "absolute") if told.year < year < 2000 else None
    if context.short_years and 10 <= short <= ref - 1999 and match.string.startswith("に", match.end()):
        return Reading(point(2000 + short), "absolute")  # a text that writes 24年3月
    if told is None or match.start() - context.last_end > 80:
        if short >= OLD and _BEGUN.match(match.string, match.end()) and beside(match)[0] not in _COUNTED_FROM:
            return Reading(point(1900 + short), "absolute")  # 91年に崩壊した
        return None
    year = told.year - told.year % 100 + int(match["yy"])
    reach = 60 if match.start() - context.last_end <= 3 else 8  # 2006年から17年にかけて
    return Reading(point(year), "absolute") if 0 < year - told.year <= reach else None


def md(match: Match, context: Context) -> Reading | None:
    """10月13日, 来月20日: the year from the context."""
    day = _day_of(match)
    if word := group(match, "rm"):
        offset, base = MONTH_WORDS[word]
        month = context.month(offset, base)
        if month is None:
            return Reading(None, "relative", NO_REFERENCE if base == "this" else NO_CONTEXT)
        period = point(*month, day)
        return Reading(period, "relative") if period else None
    number = _month_of(match)
    if not number or not valid(2000, number, day):
        return None
    period = context.place_month(number, day, match.start(), future(match.string, match.end()))
    return Reading(period, "relative", None if period else NO_REFERENCE)


_SENTENCED = re.compile(r"(?:懲役|禁錮|禁固|拘禁刑|実刑|刑期)[0-9]{1,2}年\Z")


def m(match: Match, context: Context) -> Reading | None:
    """7月, 3月末, 先月, その翌月."""
    if word := group(match, "rm"):
        offset, base = MONTH_WORDS[word]
        month = context.month(offset, base)
        if month is None and base == "that" and word in ("前月", "翌月"):
            month = context.month(offset, "this")
        period = point(*month) if month else None
        return Reading(period, "relative", None if period else NO_REFERENCE if base == "this" else NO_CONTEXT)
    number = _month_of(match)
    if not number or not 1 <= number <= 12:
        return None
    text = match.string
    if _SENTENCED.search(text, max(0, match.start() - 8), match.start()):
        return None  # 懲役13年6月
    if match["m"][0] not in "0123456789" and beside(match)[0] in "正睦皐弥卯水葉長神霜師":
        return None
    period = context.place_month(number, None, match.start(), future(text, match.end()))
    return Reading(period, "relative", None if period else NO_REFERENCE)


def following(match: Match, context: Context) -> Reading | None:
    """翌27日, 翌7月: the first such day or month after the one told of."""
    told = context.last.last if context.last else None
    span = context.last
    if match["only"] and span and span.first.day and span.first.day < int(match["only"]) <= (span.last.day or 0):
        told = span.first  # 先週 … 翌4日: a day of that week
    if told is None or told.month is None:
        if match["only"]:
            period = context.place_day(int(match["only"]), match.start(), False)
        else:
            period = context.place_month(int(match["m"]), None, match.start(), False) if match["m"] else None
        return Reading(period, "relative") if period else None
    if match["only"]:
        day = int(match["only"])
        later = told.day is not None and day <= told.day
        period = point(*shift_months(told.year, told.month, int(later)), day)
    else:
        month = int(match["m"])
        period = point(told.year + (month <= told.month), month, int(match["d"]) if match["d"] else None)
    return Reading(period, "relative") if period else None


# what a year in two figures begins: 91年に崩壊した, not 80年に及ぶ
_BEGUN = re.compile(
    r"に(?!(?:及|わた|達|満|近|当た|迎|向|一|1|な|も|なる|して|延|短|かけ|相当))[一-鿿ァ-ヺ「][^。\n]{0,60}(?:た|だ)[。、とが]"
)
_COUNTED_FROM = "らでま後設立国来約"
# a number of years so large is a year where the text tells of the same century
OLD = 45
_LENGTHS = ("しか", "足らず", "限り", "がかり", "天下")
_KANA_WORD = re.compile(r"[ぁ-ん]+\Z")


def d(match: Match, context: Context) -> Reading | None:
    """8日, 同日, 翌日, きのう."""
    text = match.string
    if word := group(match, "rd"):
        if _KANA_WORD.match(word):
            before, after = beside(match)
            if (before and "ぁ" <= before <= "ん") or ("ぁ" <= after <= "ん" and after not in "はにのもかでまと"):
                return None
        offset, base = DAY_WORDS[word]
        if base == "that" and context.last is None and (first := _first_day(match, context)):
            return Reading(first, "relative")
        date = context.day(offset, base)
        if date is None and base == "that" and word in ("前日", "翌日", "同日", "この日"):
            date = context.day(offset, "this")
        period = of_day(date)
        return Reading(period, "relative", None if period else NO_REFERENCE if base == "this" else NO_CONTEXT)
    number = _day_of(match)
    if not number or not 1 <= number <= 31 or beside(match)[0] in "泊約計丸第全":
        return None
    if match.start() >= 2 and text[match.start() - 2 : match.start()] in ("月に", "週に", "年に"):
        return None  # 休みは月に1日: a length
    if text.startswith(("わずか", "たった"), max(0, match.start() - 3)) or text.startswith(_LENGTHS, match.end()):
        return None  # わずか16日しかもたなかった
    period = context.place_day(number, match.start(), future(text, match.end()))
    if period is None and (context.reference or context.near(match.start())):
        return None  # the month has no such day
    return Reading(period, "relative", None if period else NO_REFERENCE)


_DAY_FOLLOWS = re.compile(r"(?<![0-9月])(?P<d>[0-9]{1,2})日(?!本|間|ぶり|目|後|前|以|連|余|分)")


def _first_day(match: Match, context: Context) -> Period | None:
    """同日 in a headline, before any day is named: the first day that the report names, close before publication."""
    text, ref = match.string, context.reference
    if match.group() != "同日" or ref is None or text.find("\n", 0, match.start()) >= 0:
        return None
    day = _DAY_FOLLOWS.search(text, match.end(), match.end() + 200)
    period = context.place_day(int(day["d"]), match.end(), False) if day else None
    return period if period and 0 <= (ref - period.first.first_day()).days <= 7 else None


def iso(match: Match, context: Context) -> Reading | None:
    """2023-09-13, 2023/9/13, 2023.9.13."""
    period = point(int(match["y"]), int(match["m"]), int(match["d"]))
    return Reading(period, "absolute") if period else None


def _second_year(first: int, text: str) -> int:
    second = int(text)
    return second if len(text) == 4 else first - first % 100 + second


def yy_range(match: Match, context: Context) -> Reading | None:
    """2016~17年, 2014-2018年."""
    first = int(match["y"])
    second = _second_year(first, match["y2"])
    if not (YEAR_FLOOR <= first < second <= YEAR_CEILING):
        return None
    return Reading(Period(Stamp(first), Stamp(second), "interval"), "absolute")


def yy_list(match: Match, context: Context) -> Reading | None:
    """2016、17年: two years that follow each other."""
    reading = yy_range(match, context)
    return reading if reading and reading.period and reading.period.last.year - reading.period.first.year == 1 else None


def dd_range(match: Match, context: Context) -> Reading | None:
    """9月13~17日, 13日から17日."""
    first_day, second_day = int(match["d"]), int(match["d2"])
    year, kind, _ = year_of(match, context)
    month = _month_of(match)
    plans = future(match.string, match.end())
    if year and month:
        first = point(year, month, first_day)
    elif month:
        first = context.place_month(month, first_day, match.start(), plans)
    elif word := group(match, "rm"):
        known = context.month(*MONTH_WORDS[word])
        first = point(*known, first_day) if known else None
    elif 1 <= first_day <= 31:
        first = context.place_day(first_day, match.start(), plans)
    else:
        return None
    if first is None:
        return None
    a = first.first
    if second_day <= first_day:
        return None
    last = point(a.year, a.month, second_day)
    return Reading(Period(a, last.last, "interval"), kind) if last else None


def dd_list(match: Match, context: Context) -> Reading | None:
    """13日と14日, 13、14日: two days that follow each other."""
    reading = dd_range(match, context)
    if reading and reading.period and (reading.period.last.day or 0) - (reading.period.first.day or 0) == 1:
        return reading
    return None


def mm_range(match: Match, context: Context) -> Reading | None:
    """5~6月, 2024年1月から3月."""
    first, last = int(match["m"]), int(match["m2"])
    if not (1 <= first <= 12 and 1 <= last <= 12) or first == last:
        return None
    year, kind, _ = year_of(match, context)
    if year is None:
        if match["y"] or match["era"] or match["ry"]:
            return None
        placed = context.place_month(first, None, match.start(), future(match.string, match.end()))
        if placed is None:
            return Reading(None, "relative", NO_REFERENCE)
        year = placed.first.year
    period = months(year, first, last if last > first else last + 12, "interval")
    return Reading(period, kind) if period else None
