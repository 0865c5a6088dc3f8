"""What stands around a Japanese date: plans, what is done, the year that its words name."""

from __future__ import annotations

import re

from keisei.documents.dates.calendar_words import (
    ERAS,
    YEAR_PARTS,
    YEAR_WORDS,
)
from keisei.documents.dates.context import Context
from keisei.documents.dates.numerals import parse_int
from keisei.documents.dates.readings import NO_CONTEXT, NO_REFERENCE, months
from keisei.documents.dates.spans import Period, valid

Match = re.Match[str]
# Years a report of our time names in figures; a larger number before 年 is a count of years.
YEAR_FLOOR, YEAR_CEILING = 1000, 2199
_PLANS = re.compile(
    r"予定|見通し|方針|計画|見込|するとみられ|を控え(?=[、る])|までに|取り沙汰|実現するか|かもしれない|可能性があ|公算|観測が|開かれる|開催される|行われる|目指す|迎える|迫る|[らけめせてべねえげ]れば|てば|すれば|だろう"
    r"|(?:開く|催す|開催する|主催する|予定する|控える)(?=[一-鿿ァ-ヺ「]{2})"
)
_OWN_TIME = re.compile(r"(?:[0-9](?:日|月)|[0-9]{4}年)(?:[^、。]{0,8})?\Z")
_AS_EARLY_AS = re.compile(r"にも[^。、]{0,40}[うくすつぬぶむぐる]と")
# 7月29日までの半年を移行期間とし: a term that is set
_TERM = re.compile(r"まで(?:の[^。、]{1,14})?を[^。、]{0,8}(?:期間|期限|猶予|期日|任期|会期)")
_DONE = re.compile(r"(?:した|った|いた|れた|んだ|きた)(?:[。、とのがこ]|(?<=[しれ]た)[一-鿿])")


def group(match: Match, name: str) -> str | None:
    return match.groupdict().get(name)


def beside(match: Match) -> tuple[str, str]:
    """The characters before and behind a match; a line's end at the ends of the text."""
    text, start, end = match.string, match.start(), match.end()
    return text[start - 1] if start else "\n", text[end] if end < len(text) else "\n"


def future(text: str, end: int) -> bool:
    """Whether the sentence goes on to plan something, before it tells of anything done."""
    if _AS_EARLY_AS.match(text, end) or _TERM.match(text, end):
        return True  # 5月にも…移ると報じた
    stop = text.find("。", end, end + 60)
    stop = stop if stop >= 0 else min(len(text), end + 40)
    plan = _PLANS.search(text, end, stop)
    while plan is not None and _OWN_TIME.search(text, max(end, plan.start() - 12), plan.start()):
        plan = _PLANS.search(text, plan.end(), stop)  # 27日、…は6月4日までに打ち上げると通告した: another date's
    return plan is not None and _DONE.search(text, end, plan.end()) is None


def done(text: str, end: int) -> bool:
    """Whether the sentence goes on to tell of something done."""
    stop = text.find("。", end, end + 80)
    return _DONE.search(text, end, stop + 1 if stop >= 0 else min(len(text), end + 40)) is not None


def year_of(match: Match, context: Context) -> tuple[int | None, str, str | None]:
    """The year that the groups of a match name: (year, kind, reason)."""
    if figure := group(match, "y"):
        year = parse_int(figure)
        return (year if year and YEAR_FLOOR <= year <= YEAR_CEILING else None), "absolute", "not a year of our calendar"
    if era := group(match, "era"):
        number = parse_int(group(match, "ey") or "")
        year = ERAS[era] + number if number else None
        return (year if year and valid(year) else None), "absolute", "not a year of the era"
    word = group(match, "ry")
    if word is None:
        return None, "relative", None
    offset, base = YEAR_WORDS[word]
    year = context.year(offset, base)
    beside_it = _YEAR_BESIDE.search(match.string, max(0, match.start() - 40), match.start()) if word == "同年" else None
    if beside_it:  # マリ(22年8月)、ブルキナファソ(23年2月)、ニジェール(同年12月): of the bracket before
        year = int(beside_it["y"])
        year += 2000 if year < 100 else 0
    if year is None and base == "that" and context.reference and word in ("前年", "翌年"):
        year = context.reference.year + offset
    return year, "relative", NO_REFERENCE if base == "this" else NO_CONTEXT


_YEAR_BESIDE = re.compile(r"\((?P<y>(?:19|20)?[0-9]{2})年[^()。\n]{0,12}\)[^()。\n]{1,20}\(\Z")


def part_of_year(year: int, part: str) -> Period | None:
    """末, 暮れ, 上半期, 夏, 第3四半期 of a year."""
    if "四半期" in part or "クォーター" in part:
        quarter = parse_int(part.lstrip("第")[0]) or 0
        return months(year, 3 * quarter - 2, 3 * quarter, "quarter")
    for ending in ("", "ごろ", "頃"):
        bare = part.removesuffix(ending) if ending else part
        if bare in YEAR_PARTS:
            first, last = YEAR_PARTS[bare]
            return months(year, first, last, "half" if last - first == 5 else "season")
    return None


__all__ = ["YEAR_CEILING", "YEAR_FLOOR", "Match", "beside", "done", "future", "group", "part_of_year", "year_of"]
