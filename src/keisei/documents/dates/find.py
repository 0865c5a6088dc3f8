"""One pass over a text: patterns in place, joined into spans, resolved in the context of what went before."""

from __future__ import annotations

import datetime
import re

from keisei.documents.dates import english, events_ja, japanese, relative_ja
from keisei.documents.dates.calendar_words import DAY_WORDS, MONTH_WORDS, VAGUE, WEEK_WORDS, YEAR_WORDS
from keisei.documents.dates.context import REACH, Context
from keisei.documents.dates.fold import addresses, fold
from keisei.documents.dates.numerals import KANJI_NUMERAL
from keisei.documents.dates.readings import NO_REFERENCE, Atom, Reading, counted
from keisei.documents.dates.spans import DateSpan, Period, Stamp, point

_DIGITS = "0123456789"


def find_dates(text: str, *, published: datetime.date | None, language: str) -> list[DateSpan]:
    """Every expression of the text that names a point or span of time, in order, none overlapping.

    Args:
        text: any text; offsets are its code points.
        published: the day relative expressions count from; None leaves those that need it unresolved, with the reason.
        language: "ja" or "en".

    Raises:
        ValueError: the language is neither.
    """
    folded = fold(text)
    context = Context(folded, published)
    if language == "ja":
        atoms = _japanese(folded, context)
    elif language == "en":
        atoms = english.read(folded, context)
    else:
        raise ValueError(f"no date reader for the language {language!r}: ja or en")
    return [_span(text, atom) for atom in atoms]


def _span(text: str, atom: Atom) -> DateSpan:
    period, kind, reason = atom.reading
    return DateSpan(
        start=atom.start,
        end=atom.end,
        quote=text[atom.start : atom.end],
        value=period.value if period else None,
        kind=kind,
        granularity=period.granularity if period else "none",
        reason=None if period else (reason or "the words do not say when"),
        rule=atom.rule,
    )


def match_at(text: str, position: int, context: Context) -> Atom | None:
    """The longest Japanese date that begins here, as the news reader reads it."""
    best: Atom | None = None
    for pattern in japanese.STARTS.get(text[position], ()):
        match = pattern.regex.match(text, position)
        if match is None or (best is not None and match.end() <= best.end) or match.end() == position:
            continue
        reading = japanese.READERS[pattern.rule](match, context)
        if reading is not None:
            best = Atom(position, match.end(), reading, pattern.rule)
    return best


_NUMERAL_RUN = re.compile(r"[0-9〇零一二三四五六七八九十百千数幾半]+[ ]{0,3}")
# what may stand behind a numeral that begins a date: a unit of time, a joint of a span, a bracket
_BEHIND_NUMERAL = frozenset("年月日世週時分秒期か カヵケ箇ヶ~–—-/.、,・(から") | {
    rest[0]
    for table in (YEAR_WORDS, MONTH_WORDS, DAY_WORDS, WEEK_WORDS, VAGUE)
    for word in table
    if word[0] in "〇零一二三四五六七八九十百千数幾半" and (rest := word.lstrip("〇零一二三四五六七八九十百千数幾半"))
}


def _may_be_time(text: str, position: int) -> bool:
    """Whether a numeral has a unit of time or the like behind it; other characters always may begin a date."""
    run = _NUMERAL_RUN.match(text, position)
    return run is None or run.end() == len(text) or text[run.end()] in _BEHIND_NUMERAL


def _cuts_number(text: str, position: int) -> bool:
    """Whether a number would begin in the middle of a longer one, or of a word written with letters."""
    if position == 0:
        return False
    here, before = text[position], text[position - 1]
    if text.startswith("ことし", position):
        return "ぁ" <= before <= "ん"  # …することした
    if here in _DIGITS:
        if text.startswith(("毎年", "例年", "毎月"), max(0, position - 2)):
            return True
        return (before in _DIGITS or (before in ".,/-" and text[position - 2 : position - 1].isdigit())) or (
            before.isascii() and (before.isalpha() or before == "_")
        )
    return here in KANJI_NUMERAL and (before in KANJI_NUMERAL or before in _DIGITS or before in "第数")


_RANGE = re.compile(r"から|~|–|—|-|と|ないし|および|及び")
_OPEN = re.compile(r"(?:以降|以来|以後)(?!の?(?:米朝|首脳))|から(?:今日|現在|今)(?:に至る)?まで")
# 2019年2月の会談が物別れに終わって以降: the clause belongs to the words
_SINCE_CLAUSE = re.compile(r"の[^、。「」()0-9\n]{3,30}[てで](?:以降|以来)(?=、)")
_UNTIL = re.compile(r"まで(?:の間)?|にかけて|の間")


def _join(text: str, atom: Atom, context: Context) -> Atom:
    """A date with what follows: 以降 opens it to publication, から … makes it a span."""
    first = atom.reading.period
    if first is None or first.granularity in ("none",):
        return atom
    if opened := _OPEN.match(text, atom.end) or _SINCE_CLAUSE.match(text, atom.end):
        period = context.since(first.first)
        told = context.near(atom.start) if _CLOSED.match(text, opened.end()) else None
        if told and "。" not in text[context.last_end : atom.start] and told.first_day() > first.first.first_day():
            closed = Stamp(*[p if known else None for p, known in zip(told, first.first, strict=True)])  # type: ignore[arg-type]
            period = Period(first.first, closed, "interval")
        if period is not None:
            return Atom(atom.start, opened.end(), Reading(period, atom.reading.kind), atom.rule + "+since")
        return atom
    joint = _RANGE.match(text, atom.end)
    if joint is None or joint.end() >= len(text) or atom.rule in ("ja.now", "ja.then", "ja.since"):
        return atom
    remembered = context.last, context.last_end
    context.remember(first, atom.end)
    second = match_at(text, joint.end(), context)
    context.last, context.last_end = remembered
    if second is None or second.reading.period is None or second.rule in ("ja.ago", "ja.past", "ja.then", "ja.since"):
        return atom
    a, b = first, second.reading.period
    if joint.group() in ("と", "および", "及び"):
        if not _adjacent(a, b):
            return atom
    elif joint.group() == "から" and not _until(text, second.end, a, b):
        return atom
    begin, finish = a.first, b.last
    if begin.grain != finish.grain and second.rule == "ja.now":
        finish = Stamp(*[part if known else None for part, known in zip(finish, begin, strict=True)])  # type: ignore[arg-type]
    if begin.first_day() >= finish.last_day():
        return atom
    until = _UNTIL.match(text, second.end)
    end = until.end() if until and until.group().startswith("まで") else second.end
    return Atom(atom.start, end, Reading(Period(begin, finish, "interval"), atom.reading.kind), atom.rule + "+range")


_APPOSED = re.compile(r"の(?=[0-9昨今同先])")


def _apposed(text: str, end: int, reading: Reading, context: Context) -> Reading:
    """The reading of a counted time, or the date in apposition to it (2年後の1992年8月)."""
    joint = _APPOSED.match(text, end)
    if joint is None or joint.end() >= len(text):
        return reading
    second = match_at(text, joint.end(), context)
    if second is None or second.reading.period is None or second.rule in ("ja.ago", "ja.past"):
        return reading
    return Reading(second.reading.period, "relative")


_ITS_MONTH = re.compile(r"の(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日)?(?!間)")


def _month_of(text: str, atom: Atom) -> Atom:
    """The month of a counted year: その2年後の11月."""
    period = atom.reading.period
    if atom.rule != "ja.ago" or period is None or period.granularity != "year":
        return atom
    match = _ITS_MONTH.match(text, atom.end)
    exact = point(period.first.year, int(match["m"]), int(match["d"]) if match["d"] else None) if match else None
    if match is None or exact is None:
        return atom
    return Atom(atom.start, match.end(), Reading(exact, "relative"), "ja.ago.month")


def _until(text: str, end: int, a: Period, b: Period) -> bool:
    return a.first.grain == b.last.grain or _UNTIL.match(text, end) is not None


def _adjacent(a: Period, b: Period) -> bool:
    """Whether two years, months or days follow each other, so that "A and B" is a span."""
    if not a.first.grain == a.last.grain == b.first.grain == b.last.grain:
        return False
    gap = (b.first.first_day() - a.last.last_day()).days
    return gap == 1


def _place_event(found: events_ja.Found, text: str, context: Context) -> Reading:
    """What a time named by an event comes to, from the date last given with that event."""
    inner = [h for h in events_ja.EVENTS if h in text[found.start : found.end] and h in context.events]
    known = context.events.get(found.head) or (context.events[inner[-1]] if inner else None)
    if "戦争" in found.head or "大戦" in found.head:
        known = None  # a war is named with many dates, seldom with its own
    told = context.near(found.start)
    if found.head in _OFFICES and found.how == "stay":
        return Reading(None, "relative", "the text gives the stay no date")
    if found.how == "after" and found.head in events_ja.OCCASIONS and not _since_event(found):
        day = known or context.last
        if day is not None and day.granularity == "day" and _is_news(day, context):
            return Reading(day, "relative")  # 会談後の会見で: on its day
    if found.how == "after" and known:
        period = context.since(known.first)
        return Reading(period, "relative", None if period else "the event lies ahead")
    if found.how == "count" and known:
        unit = relative_ja.unit_of(found.match["u"])
        count = relative_ja.whole_count(found.match["n"])
        if count and unit in ("day", "week", "month", "year"):
            return counted(unit, count if found.match["way"] == "後" else -count, known.first, context)
    if found.how == "same":  # the parties met behind the ceremony: on its day
        day = known or context.last if told is not None else None
        same = day is not None and day.granularity == "day" and found.head in events_ja.OCCASIONS
        return Reading(day if same else None, "relative", None if same else "the text gives the event no date")
    if found.how == "at" and (known or told):
        same_sentence = told is not None and "。" not in text[context.last_end : found.start]
        return Reading(context.last if same_sentence else known or context.last, "relative")
    if found.how == "stay" and told is not None:
        stamp = Stamp(told.year, told.month)
        return Reading(Period(stamp, stamp, stamp.grain), "relative")
    return Reading(None, "relative", "the text gives the event no date")


# the rest of a sentence that gives a reason for what was told
_REASON = re.compile(r"[^。\n]*(?:から|ため|せい)(?:だ|である|だった|であった)。")
# a span that a past act closes: 2019年に求めたのは、2016年以降に採択された決議だ
_CLOSED = re.compile(r"に[^。、]{1,14}(?:た|だ)(?=[一-鿿ァ-ヺ])")
_DATELINE = re.compile(r"[ \t]*(?:\n|\Z)")
_EVENT_WORD = re.compile("|".join(sorted(events_ja.EVENTS, key=len, reverse=True)))


def _japanese(text: str, context: Context) -> list[Atom]:
    atoms: list[Atom] = []
    skip = addresses(text)
    events = events_ja.find_events(text)
    skip_at = event_at = 0
    position = 0
    trigger = japanese.TRIGGER
    hit = trigger.search(text)
    while True:
        if hit is not None and hit.start() < position:  # else it still stands: searching again would be quadratic
            hit = trigger.search(text, position)
        here = hit.start() if hit else len(text)
        context.come_back(here)
        while skip_at < len(skip) and skip[skip_at][1] <= here:
            skip_at += 1
        if event_at < len(events) and events[event_at].start <= here:
            found = events[event_at]
            event_at += 1
            if found.start < position:
                continue
            atom = (
                match_at(text, here, context) if here == found.start and hit and not _cuts_number(text, here) else None
            )
            if atom and (atom.end >= found.end or not _since_event(found)):
                events[event_at - 1] = found._replace(start=-1)
            elif atom:
                opened = _open_at(atom, found, context)
                atoms.append(opened)
                _learn(text, opened, context)
                position = opened.end
                continue
            elif _dated(text, found, atoms):
                continue
            else:
                reading = _place_event(found, text, context)
                if found.how == "count":
                    reading = _apposed(text, found.end, reading, context)
                atoms.append(Atom(found.start, found.end, reading, f"ja.event.{found.how}"))
                position = found.end
                continue
        if hit is None:
            return atoms
        if skip_at < len(skip) and skip[skip_at][0] <= here:
            position = skip[skip_at][1]
            continue
        position = here + 1
        if _cuts_number(text, here) or not _may_be_time(text, here):
            continue
        atom = match_at(text, here, context)
        if atom is None:
            continue
        atom = _join(text, atom, context)
        atom = _month_of(text, atom)
        if atom.rule == "ja.ago" or text.startswith(("前日の", "翌日の", "同日の", "翌月の", "翌年の"), atom.start):
            atom = atom._replace(reading=_apposed(text, atom.end, atom.reading, context))
        _learn(text, atom, context)
        atoms.append(atom)
        position = atom.end


_COMPARED = re.compile(
    r"(?:前年|前の年)(?:(?:の同じ時期|の同期|の実績|の水準|同月)?(?:の[0-9約半数一二三四五六七八九十]|より|並み|比)|(?:を|から)[^。、]{0,14}(?:上回|下回|超え|割|増|減|伸|落))"
)


_NAMED_PACT = re.compile(r"の[一-鿿]{0,8}(?:条約|協定|合意|宣言|声明|決議|憲法)(?:を|と(?!い)|に(?!よ)|の|より)")


_OFFICES = ("在任", "在職", "留学", "駐在")
# a day so close before publication is the day of the report
_NEWS = 3


def _is_news(day: Period, context: Context) -> bool:
    """Whether a day is the one that the report is about."""
    return context.reference is not None and 0 <= (context.reference - day.first.first_day()).days <= _NEWS


# 2019年12月に成都で開かれた前回会談以来: the clause dates the event
_DATED_CLAUSE = re.compile(r"に[^。、\n]{0,24}(?:た|だ)\Z")


def _since_event(found: events_ja.Found) -> bool:
    """Whether the phrase lasts from its event on: 2019年の…の崩壊以来."""
    return found.how == "after" and found.match["after"] == "以来"


def _open_at(atom: Atom, found: events_ja.Found, context: Context) -> Atom:
    """The whole phrase where a date opens one that ends in 以来."""
    period = context.since(atom.reading.period.first) if atom.reading.period else None
    reading = Reading(period, atom.reading.kind, None if period else atom.reading.reason or NO_REFERENCE)
    return Atom(atom.start, found.end, reading, atom.rule + "+since")


def _dated(text: str, found: events_ja.Found, atoms: list[Atom]) -> bool:
    """Whether a date stands right before the event (2018年の首脳会談以降): the date says when."""
    if not atoms or atoms[-1].rule.startswith("ja.event"):
        return False
    between = text[atoms[-1].end : found.start]
    return between in ("の", "、", "") or (len(between) < 30 and _DATED_CLAUSE.match(between) is not None)


def _learn(text: str, atom: Atom, context: Context) -> None:
    """Keep what the date tells: the time told of, the event it belongs to, the dateline of a quoted piece."""
    period = atom.reading.period
    if period is None or atom.rule in ("ja.now", "ja.past", "ja.century"):
        return
    line_start = text.rfind("\n", max(0, atom.start - 12), atom.start) + 1 if atom.start else 0
    alone = text[line_start : atom.start].strip() == "" and (line_start > 0 or atom.start < 12)
    if alone and _DATELINE.match(text, atom.end) and period.granularity == "day" and atom.rule in ("ja.ymd", "ja.iso"):
        day = period.first.first_day()
        if context.reference is None or day <= context.reference:
            context.reference = day
        return
    if atom.rule == "ja.y" and context.last is not None and _COMPARED.match(text, atom.start):
        return  # 前年の9倍: a measure, not the time told of
    opened = text.rfind("(", max(0, atom.start - 60), atom.start)
    if opened >= 0 and ")" not in text[opened : atom.start] and context.last is not None:
        return  # a date in brackets is beside the story
    if (
        context.last is not None
        and _NAMED_PACT.match(text, atom.end)
        and "。" not in text[max(context.last_end, 0) : atom.start]
    ):
        return  # …は、1961年の条約を蘇らせた: a pact by its year, beside the time told of
    if context.last is not None and (reason := _REASON.match(text, atom.end, atom.end + 160)):
        context.digress(reason.end())
    context.remember(period, atom.end)
    if atom.rule.endswith("+since"):
        # open to this day: 当時 is its beginning, and what follows need not be of that year
        context.remember(Period(period.first, period.first, period.first.grain), -REACH - 1)
    if atom.rule.endswith("+since") or period.granularity in ("decade", "century"):
        return
    stop = text.find("\n", atom.end, atom.end + 90)
    for event in _EVENT_WORD.finditer(text, atom.end, stop if stop >= 0 else atom.end + 90):
        if events_ja.EVENT.match(text, event.start()) is None:  # 崩壊以来 names another time, not this event
            context.events[event.group()] = period
