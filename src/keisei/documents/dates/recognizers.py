"""The same words read as an assistant reads them: the shape of the Microsoft Recognizers-Text specifications.

An assistant knows only the moment of the request, so a date without a year has a future and a past resolution, spans
end with an excluded day, and times of day count. News reads otherwise (`find_dates`): this module measures coverage of
the words, it is not used on documents. The patterns are built from the same named parts.

Source of the resolution shape: Recognizers-Text, Specs/DateTime/Japanese (TIMEX, futureResolution, pastResolution).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from keisei.documents.dates.calendar_words import DAY_WORDS, ERAS, MONTH_WORDS, WEEK_WORDS, WEEKDAYS, YEAR_WORDS
from keisei.documents.dates.fold import addresses, fold
from keisei.documents.dates.numerals import parse_int, parse_number
from keisei.documents.dates.patterns_ja import words
from keisei.documents.dates.spans import shift

Date = datetime.date


@dataclass(frozen=True)
class Recognised:
    """One expression: its place, type, TIMEX and the two resolutions.

    `future` and `past` map "date", or "startDate" and "endDate" (excluded), or "duration" (seconds) to a string;
    they are equal where nothing is left open.
    """

    start: int
    end: int
    type: str
    timex: str
    future: dict[str, str]
    past: dict[str, str]


_K = "〇零一二三四五六七八九"
NTH_COUNT = rf"(?:[0-9]{{1,4}}|[{_K}十百]{{1,5}})"
_Y = (
    rf"(?:(?P<era>{words(*ERAS)}) ?(?P<ey>元|{NTH_COUNT})|(?P<y>[0-9]{{3,4}}|[{_K}]{{4}}"
    rf"|[一二]?千[{_K}十百]{{0,6}})) ?年"
)
_RY = rf"(?P<ry>{words(*YEAR_WORDS)})"
YEAR = rf"(?:{_Y}|{_RY})"
MONTH = rf"(?:(?P<m>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}}|正) ?月(?!間|曜)|(?P<rm>{words(*MONTH_WORDS)}))"
DAY = r"(?P<d>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?日(?!間|本|後|前|以|曜|半|ごと|おき)目?"
_DAY_OF_MONTH = r"(?P<d>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?日(?!間|本|曜|ごと|おき)"
_WD = r"(?P<wd>[月火水木金土日])曜日?"
_WDX = rf"(?:の?[ 、,の]?\(?(?:{_WD})\)?)?"
_NTH = r"第?(?P<nth>[0-9]|[一二三四五])の?"
RELATIVE_DAY = rf"(?P<rd>今日|{words(*DAY_WORDS)})"
RELATIVE_WEEK = rf"(?P<rw>前の週|次の週|(?:前の|次の|この|最後の)(?=[月火水木金土日]曜)|{words(*WEEK_WORDS)})"
_COUNT = rf"(?P<n>[0-9]{{1,4}}(?:\.[0-9]+)?|[{_K}十百]{{1,5}}|数|ひと)"
_UNIT = r"(?P<u>営業日|年|[かカヵケ箇ヵヶ]?月|週間?|日|世紀|時間|分|秒|泊)(?P<half>間半|半)?間?"
# 1年1か月と21日, 2週間: one to three counts joined
SPAN = (
    r"(?P<span>(?:(?:[0-9]{1,4}(?:\.[0-9]+)?|[一二三四五六七八九十百]{1,5}|数|ひと) ?(?:営業日"
    r"|年|[かカヵケ箇ヶ]?月|週間?|日|時間|分|秒|泊)(?:間半|半(?!年))?間?と?){1,3})"
)
_PIECE = re.compile(rf"{_COUNT} ?{_UNIT}")

_WEEK_EXTRA = {
    "前の週": (-1, "that"),
    "次の週": (1, "that"),
    "前の": (-1, "this"),
    "次の": (1, "this"),
    "この": (0, "this"),
    "最後の": (-1, "this"),
}
_SECONDS = {"Y": 31536000, "M": 2592000, "W": 604800, "D": 86400, "BD": 86400, "TH": 3600, "TM": 60, "TS": 1}


def _letter(unit: str) -> str:
    if unit == "営業日":
        return "BD"
    if unit.endswith("月"):
        return "M"
    return {"年": "Y", "週": "W", "日": "D", "泊": "D", "時": "TH", "分": "TM", "秒": "TS", "世": "C"}[unit[0]]


def _number(text: str) -> float | None:
    if text == "数":
        return 3
    if text == "ひと":
        return 1
    number = parse_number(text)
    return None if number is None or number.value is None else number.value


def pieces(text: str) -> list[tuple[float, str]]:
    """The counts of a span of time with TIMEX letters: 1年と21日 is [(1, "Y"), (21, "D")]."""
    found = []
    for match in _PIECE.finditer(text):
        count = _number(match["n"])
        if count is None:
            continue
        found.append((count + (0.5 if match["half"] else 0), _letter(match["u"])))
    return found


def _plain(count: float) -> str:
    return str(int(count)) if float(count).is_integer() else str(count)


def duration_timex(parts: list[tuple[float, str]]) -> str:
    """P1Y1M21D, PT3H."""
    text = "P"
    timed = False
    for count, letter in parts:
        if letter.startswith("T") and not timed:
            text, timed = text + "T", True
        text += _plain(count) + letter.removeprefix("T")
    return text


def move(date: Date, parts: list[tuple[float, str]], sign: int) -> Date | None:
    for count, letter in parts:
        unit = {"Y": "year", "M": "month", "W": "week", "D": "day", "BD": "day"}.get(letter)
        if unit is None:
            return None
        whole = int(count)
        moved = shift(date, unit, sign * whole)
        if moved is None:
            return None
        date = moved
    return date


def year_of(match: re.Match[str], ref: Date) -> int | None:
    groups = match.groupdict()
    if groups.get("y"):
        return parse_int(groups["y"])
    if groups.get("era"):
        number = parse_int(groups["ey"])
        return ERAS[groups["era"]] + number if number else None
    if groups.get("ry"):
        return ref.year + YEAR_WORDS[groups["ry"]][0]
    return None


def month_of(match: re.Match[str], ref: Date) -> tuple[int | None, int | None]:
    """(year, month); the year None where only a figure is given."""
    groups = match.groupdict()
    if groups.get("m"):
        number = 1 if groups["m"] == "正" else parse_int(groups["m"])
        return None, number if number and 1 <= number <= 12 else None
    if groups.get("rm"):
        index = ref.year * 12 + ref.month - 1 + MONTH_WORDS[groups["rm"]][0]
        return index // 12, index % 12 + 1
    return None, None


def _safe(year: int, month: int, day: int) -> Date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _both(date: Date | None, timex: str | None = None) -> tuple[str, Date, Date] | None:
    return (timex or date.isoformat(), date, date) if date else None


Resolution = tuple[str, Date, Date]
Resolved = Resolution | None


def _open_md(month: int, day: int, ref: Date) -> Resolved:
    """A month and day without a year: the next and the last one."""
    future = next((d for y in range(ref.year, ref.year + 9) if (d := _safe(y, month, day)) and d >= ref), None)
    past = next((d for y in range(ref.year, ref.year - 9, -1) if (d := _safe(y, month, day)) and d < ref), None)
    return (f"XXXX-{month:02d}-{day:02d}", future, past) if future and past else None


def _open_d(day: int, ref: Date) -> Resolved:
    """A day without a month: the next and the last one."""
    index = ref.year * 12 + ref.month - 1
    days = [d for k in range(-3, 4) if (d := _safe((index + k) // 12, (index + k) % 12 + 1, day))]
    future, past = [d for d in days if d >= ref], [d for d in days if d < ref]
    return (f"XXXX-XX-{day:02d}", future[0], past[-1]) if future and past else None


def _ymd(match: re.Match[str], ref: Date) -> Resolved:
    day = parse_int(match["d"])
    year = year_of(match, ref)
    month_year, month = month_of(match, ref)
    if not day or not 1 <= day <= 31 or not month:
        return None
    year = year or month_year
    if year is None:
        return _open_md(month, day, ref)
    date = _safe(year, month, day)
    if date is None:
        near = _open_d(day, ref)
        return (f"{year:04d}-{month:02d}-{day:02d}", near[1], near[2]) if near and match["rm"] else None
    return _both(date)


def _d(match: re.Match[str], ref: Date) -> Resolved:
    day = parse_int(match["d"])
    if not day or not 1 <= day <= 31:
        return None
    if match["wd"]:
        here = _safe(ref.year, ref.month, day)
        if here and here.weekday() == WEEKDAYS[match["wd"]]:
            return _both(here)
    return _open_d(day, ref)


def _monday(date: Date) -> Date:
    return date - datetime.timedelta(days=date.weekday())


def week_start(word: str, ref: Date) -> Date:
    offset = {**WEEK_WORDS, **_WEEK_EXTRA}[word][0]
    return _monday(ref) + datetime.timedelta(weeks=offset)


def _week_day(match: re.Match[str], ref: Date) -> Resolved:
    if match.groupdict().get("k"):
        count = _number(match["k"])
        start = _monday(ref) + datetime.timedelta(weeks=int(count or 0))
    else:
        start = week_start(match["rw"], ref)
    return _both(start + datetime.timedelta(days=WEEKDAYS[match["wd"]]))


def _weekday(match: re.Match[str], ref: Date) -> Resolved:
    index = WEEKDAYS[match["wd"]]
    ahead = (index - ref.weekday()) % 7
    future = ref + datetime.timedelta(days=ahead)
    return f"XXXX-WXX-{(index + 1)}", future, future - datetime.timedelta(days=7)


def _nth(match: re.Match[str], ref: Date) -> Resolved:
    count = parse_int(match["nth"]) or 0
    month_year, month = month_of(match, ref)
    year = year_of(match, ref) or month_year
    index = WEEKDAYS[match["wd"]]
    if month is None:
        year, month = ref.year, ref.month

    def day(y: int, m: int) -> tuple[int, Date] | None:
        found = [d for k in range(1, 32) if (d := _safe(y, m, k)) and d.weekday() == index]
        return (min(count, len(found)), found[min(count, len(found)) - 1]) if count else None

    at = day(year or ref.year, month)
    if at is None:
        return None
    timex = f"XXXX-{month:02d}-WXX-{(index + 1) % 7}-#{at[0]}"
    if year:
        return timex, at[1], at[1]
    others = [d[1] for y in (ref.year - 1, ref.year, ref.year + 1) if (d := day(y, month))]
    future, past = [d for d in others if d >= ref], [d for d in others if d < ref]
    return (timex, future[0], past[-1]) if future and past else None


def word_day(word: str, ref: Date) -> Date:
    return ref + datetime.timedelta(days=0 if word == "今日" else DAY_WORDS[word][0])


def _rel_day(match: re.Match[str], ref: Date) -> Resolved:
    return _both(word_day(match["rd"], ref))


def _from_day(match: re.Match[str], ref: Date) -> Resolved:
    """昨日の2日前, 今日から二日, 1か月と21日前, 3週間で."""
    start = word_day(match["rd"], ref) if match["rd"] else ref
    parts = pieces(match["span"])
    sign = -1 if (match.groupdict().get("way") or "") == "前" else 1
    if not parts or any(letter.startswith("T") or letter == "C" for _, letter in parts):
        return None
    return _both(move(start, parts, sign))


def _century_of(year: str, ref: Date) -> int:
    return int(year) if len(year) == 4 else (2000 if int(year) <= ref.year % 100 + 30 else 1900) + int(year)


def _figures(match: re.Match[str], ref: Date) -> Resolved:
    """2016/04/21, 21-04-2016, 08/12,2015, 71/05/05, 10-2."""
    a, b, c = match["a"], match["b"], match["c"]
    if c is None:
        month, day = int(a), int(b)
        if month > 12:
            month, day = day, month
        return _open_md(month, day, ref)
    if len(a) == 4:
        return _both(_safe(int(a), int(b), int(c)))
    if len(c) == 4:
        if match["s2"] == ",":
            return _both(_safe(int(c), int(a), int(b)))
        return _both(_safe(int(c), int(b), int(a)) or _safe(int(c), int(a), int(b)))
    if len(c) > 2:
        return None
    if int(a) > 12:
        return _both(_safe(_century_of(a, ref), int(b), int(c)))
    return _both(_safe(_century_of(c, ref), int(a), int(b)))


# Feasts on a fixed day: month and day.
FEASTS = {
    "元日": (1, 1),
    "元旦": (1, 1),
    "バレンタインデー": (2, 14),
    "エイプリルフール": (4, 1),
    "憲法記念日": (5, 3),
    "こどもの日": (5, 5),
    "独立記念日": (7, 4),
    "ハロウィン": (10, 31),
    "文化の日": (11, 3),
    "クリスマスイブ": (12, 24),
    "クリスマス": (12, 25),
    "大晦日": (12, 31),
}


def _feast(match: re.Match[str], ref: Date) -> Resolved:
    year, (month, day) = year_of(match, ref), FEASTS[match["feast"]]
    return _both(_safe(year, month, day)) if year else _open_md(month, day, ref)


DATE_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Date], Resolved]], ...] = tuple(
    (re.compile(regex), reader)
    for regex, reader in (
        (rf"(?:{YEAR}の?[ ]?)?{MONTH}の?[ ]?{_DAY_OF_MONTH}{_WDX}", _ymd),
        (rf"(?:{RELATIVE_WEEK}の?)?[月火水木金土日]曜日?[ 、,]?\(?(?P<m>[0-9]{{1,2}})月(?P<d>[0-9]{{1,2}})日\)?", _ymd),
        (rf"{DAY}{_WDX}", _d),
        (rf"{RELATIVE_WEEK}の?{_WD}", _week_day),
        (rf"(?P<k>{NTH_COUNT})週(?:間)?(?:後|先)の?{_WD}", _week_day),
        (rf"{_WD}", _weekday),
        (rf"(?:(?:{YEAR}の?)?{MONTH}の?)?{_NTH}{_WD}", _nth),
        (rf"{RELATIVE_DAY}", _rel_day),
        (rf"(?:{RELATIVE_DAY}の)?{SPAN}(?P<way>前|後|先)(?!半|期|の[月火水木金土日]曜)", _from_day),
        (rf"{RELATIVE_DAY}から{SPAN}(?P<way>後)?(?!以|の間)", _from_day),
        (rf"(?P<rd>\b\B)?{SPAN}で(?!す|あ|な|は|も)", _from_day),
        (
            r"(?<![0-9.,/-])(?P<a>[0-9]{4})(?P<s>[-/.])(?P<b>[0-9]{1,2})(?P<s2>(?P=s))(?P<c>[0-9]{1,2})(?![0-9])",
            _figures,
        ),
        (
            (
                r"(?<![0-9.,/-])(?P<a>[0-9]{1,2})(?P<s>[-/.])(?P<b>[0-9]{1,2})(?:(?P<s2>(?P=s)|,)(?P<c>[0-9]{4}"
                r"|[0-9]{2}))?(?![0-9%/-]|[.,][0-9]|秒|時間|倍|%)(?: [月火水木金土日]曜日?)?"
            ),
            _figures,
        ),
        (rf"(?:{YEAR}の?)?(?P<feast>{words(*FEASTS)})", _feast),
    )
)


T = TypeVar("T")


def scan(
    text: str, rules: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], Date], T | None]]], ref: Date
) -> list[tuple[int, int, T]]:
    """The longest readings of a set of rules, left to right, none overlapping."""
    folded = fold(text)
    skip = addresses(folded)
    found = []
    for order, (regex, reader) in enumerate(rules):
        for match in regex.finditer(folded):
            if match.start() == match.end() or any(a <= match.start() < b for a, b in skip):
                continue
            if (
                match.start()
                and folded[match.start() - 1] in "0123456789一二三四五六七八九十百千"
                and (folded[match.start()] in "0123456789一二三四五六七八九十百千")
            ):
                continue
            value = reader(match, ref)
            if value is not None:
                found.append((match.start(), match.end(), order, value))
    found.sort(key=lambda f: (-(f[1] - f[0]), f[0], f[2]))
    taken: list[tuple[int, int, T]] = []
    for start, end, _, value in found:
        if all(end <= a or start >= b for a, b, _v in taken):
            taken.append((start, end, value))
    return sorted(taken, key=lambda t: t[0])


def parse_date(text: str, reference: Date) -> list[Recognised]:
    """Every day the text names, with its next and its last resolution from a reference day."""
    return [
        Recognised(start, end, "date", timex, {"date": future.isoformat()}, {"date": past.isoformat()})
        for start, end, (timex, future, past) in scan(text, DATE_RULES, reference)
    ]


def parse_duration(text: str, reference: Date | None = None) -> list[Recognised]:
    """Every length of time the text names, in seconds (a year 365 days, a month 30)."""
    found = []
    for start, end, parts in scan(text, _DURATION_RULES, reference or datetime.date(2000, 1, 1)):
        timex = duration_timex(parts)
        seconds = sum(count * _SECONDS[letter] for count, letter in parts)
        value = {"duration": _plain(round(seconds, 6))}
        found.append(Recognised(start, end, "duration", timex, value, value))
    return found


def _duration(match: re.Match[str], ref: Date) -> list[tuple[float, str]] | None:
    text = match["span"]
    if text.startswith("半"):
        letter = _letter(text[1:])
        return [(0.5, letter)]
    parts = pieces(text)
    return parts if parts and all(letter in _SECONDS for _, letter in parts) else None


_DURATION_RULES = (
    (re.compile(rf"(?:まる|丸|もう|あと)?{SPAN}(?:以上|以下|以内|未満)?(?!前|後|ごと|おき)"), _duration),
    (re.compile(r"(?P<span>半(?:年|月|日|時間))(?:間)?"), _duration),
)
