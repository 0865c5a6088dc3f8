"""The news reader of English dates: what each pattern means on the day of publication and in its context."""

from __future__ import annotations

import re
from collections.abc import Callable

from keisei.documents.dates.calendar_en import (
    before_out,
    century,
    closing,
    day,
    decade,
    decade_end,
    first_months,
    fiscal,
    iso,
    m,
    m_rel,
    md,
    md_range,
    md_rel,
    mid,
    my,
    nth,
    quarter,
    within,
    y,
    ymd,
    ymd_range,
    yy_range,
)
from keisei.documents.dates.calendar_words import term
from keisei.documents.dates.context import Context, of_day
from keisei.documents.dates.counted_en import (
    Match,
    count_of,
    future,
    holiday,
    in_time,
    overnight,
    part,
    rel,
    season,
    unit_period,
    weekend,
)
from keisei.documents.dates.fold import addresses
from keisei.documents.dates.patterns_en import PATTERNS, TRIGGER, WEEKDAYS
from keisei.documents.dates.readings import NO_CONTEXT, NO_REFERENCE, Atom, Reading, counted
from keisei.documents.dates.spans import Period, Stamp, of_grain, shift

_PAST = re.compile(r"\b(?:was|were|had|did|[a-z]+ed|said|met|told|held)\b")


def rel_part(match: Match, context: Context) -> Reading | None:
    """The end of the year, the first half of last year."""
    if context.reference is None:
        return Reading(None, "relative", NO_REFERENCE)
    offset = {"last": -1, "next": 1}.get(match["rel"].lower(), 0)
    period = unit_period(match["u"].lower(), offset, context.reference)
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
    elif word in ("this coming", "the coming"):
        back = (back or 7) - 7
    elif word == "next" or (
        not word
        and back
        and future(match.string, match.start(), match.end())
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
    period = unit_period(unit, offset, first.first_day())
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
        r" (?:the\b|an?\b|his\b|her\b|its\b|their\b|it\b|they\b|he\b|she\b|being\b|[A-Z])",
        match.string[match.end() : match.end() + 7],
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
    "en.within": within,
    "en.nth": nth,
    "en.decade.end": decade_end,
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
        dateless = atom.rule == "en.ago" and re.match(r" [a-z]", text[atom.end : atom.end + 2])
        return atom._replace(end=atom.start) if dateless else atom
    if _YEAR_IN.search(clause.group()):
        return atom._replace(
            end=atom.start
        )  # a year after the war began in April 2023: the date in it is the time told
    beside = context.last is not None and text[context.last_end : atom.start] == ", "
    if not beside and atom.rule == "en.ago":
        return atom._replace(end=atom.start)  # nearly two years after it left: a length, which the text dates nowhere
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
