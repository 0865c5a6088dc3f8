"""Japanese events: rules over the sentence; sides from particles (``sides``), status from mood, date from the clause.

A noun without any side is no event; a verb is one even where its parties are left out, in a text that has named
someone. Statements of scholars and journalists are claims, not events.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from keisei.documents.context import Context, Line
from keisei.documents.dates import DateSpan
from keisei.documents.events.coded import TESTS, code_event
from keisei.documents.events.dating import month_named, month_of, repeated, words_of_the_day
from keisei.documents.events.ditto import followed
from keisei.documents.events.entities import land, states
from keisei.documents.events.lexical import Use, uses
from keisei.documents.events.official import STATED, statements
from keisei.documents.events.pacts import named_pacts
from keisei.documents.events.roles import Frame, Memory, is_actor, is_headline, prepare
from keisei.documents.events.rules import RuleBook, rules
from keisei.documents.events.sides import (
    group,
    is_voice,
)
from keisei.documents.events.stances import told_stances
from keisei.documents.records import Event

_REMEMBERED = 12  # events that a noun may take up again
_RECENT = 10  # days before publication that a report tells of as its own
_PASSIVE = re.compile(r"(?<=送)られ|(?<=派遣)され|され|られ")
_REPEATABLE = ("MOBILIZE", "CONSULT", "SANCTION", "ASSAULT", "REJECT")


def find(context: Context) -> list[Event]:
    """All events, in the order of the text."""
    book = rules("ja")
    out: list[Event] = []
    topic: tuple[str, ...] = ()
    memory = Memory()
    tester: tuple[str, ...] = ()  # whose launches and tests the text tells of
    heading: list[DateSpan] = []
    said_until = 0
    told: list[Event] = []
    carried: tuple[str, str] | None = None  # the day, month or year that a paragraph tells of
    for line in context.lines:
        if line.kind in ("navigation", "note", "byline") or len(line.text) < 4:
            continue
        if line.kind == "title" and not (
            context.dates_in(line.start, line.end)
            or is_headline(context, line, context.mentions_in(line.start, line.end)[:1])
        ):
            continue  # a heading names what the text tells anyway; a caption with a date does not
        frame = prepare(context, line, memory)
        if "\n" in context.text[said_until : line.start]:
            carried = None
            heading = []  # a caption sets no scene for the next paragraph
        said_until = line.end
        events = [
            _carry(context, frame, e, carried) for e in _sentence(context, frame, book, topic, heading, tester, told)
        ]
        own_day = carried if carried and carried[1] == "day" else None
        carried = (
            _told_of(events, context.reference(line))
            or own_day
            or month_of(events)
            or month_named(context, line)
            or carried
        )
        out.extend(events)
        told = [*told, *events][-_REMEMBERED:]
        tester = next(
            (
                tuple(land(context, i) for i in states(context, e.sources))
                for e in reversed(events)
                if e.instrument in TESTS and states(context, e.sources)
            ),
            tester,
        )
        heading = _heading(context, line)
        topic = _topic(context, frame) or topic
    return words_of_the_day(context, out, STATED)


def _heading(context: Context, line: Line) -> list[DateSpan]:
    """The dates of a sentence without a verb (2023年9月13日、ボストチヌイ宇宙基地。): they set the scene of the next."""  # noqa: E501
    if any(t.pos in ("動詞", "助動詞", "形容詞") for t in line.tokens):
        return []
    return context.dates_in(line.start, line.end)


def _topic(context: Context, frame: Frame) -> tuple[str, ...]:
    """The actor that the next sentence may leave out: the first は-marked, else the first が-marked."""
    acting = [a for a in frame.arguments if is_actor(context, a.mention) and not is_voice(context, a.mention.ids[0])]
    marked = [a for a in acting if a.role == "wa"] or [a for a in acting if a.role == "ga"]
    return group(context, frame, marked[0]) if marked else ()


def _sentence(
    context: Context, frame: Frame, book: RuleBook, topic: tuple[str, ...], heading: list[DateSpan],
    tester: tuple[str, ...], told: list[Event],
) -> list[Event]:  # fmt: skip
    line = frame.line
    used = bytearray(len(line.text) + 1)
    out: list[Event] = []
    for rule in book.possible(line.text):
        for match in rule.pattern.finditer(line.text):
            start, end = match.span()
            first, last = match.span("verb") if "verb" in rule.pattern.groupindex else (start, end)
            if end == start or any(used[first:last]):
                continue
            if _within_name(line.text, first, last):
                continue
            if rule.skip and line.text[max(0, start - len(rule.skip)) : start] == rule.skip:
                continue
            event = code_event(
                context, frame, rule, book, line.start + start, line.start + end, topic, heading, tester, told + out
            )
            if event is not None:
                used[first:last] = b"\1" * (last - first)
                out.append(event)
    for use in uses(line):
        first, last = use.start - line.start, use.end - line.start
        if any(used[first:last]) or _NOT_REFUSED.match(line.text, last) or _within_name(line.text, first, last):
            continue
        if used[max(0, first - 2)] and any(
            e.trigger[1] in (use.start - 1, use.start - 2)
            and (e.plover == use.rule.plover or use.rule.id == "W107-talks-failed")
            for e in out
        ):
            continue  # a verb that only carries out what its object names: 協議を開く
        event = code_event(context, frame, use.rule, book, use.start, use.end, topic, heading, tester, told + out, use)
        if event is not None and not (use.nominal and _governed(context, use, used[last : last + 3])):
            used[first:last] = b"\1" * (last - first)
            out.append(event)
    for event in [e for e in out if e.plover in _REPEATABLE]:
        out.extend(repeated(context, line.start, event))
    out.extend(named_pacts(context, line, out))
    out.extend(statements(context, frame, out))
    out.extend(told_stances(context, frame, out, topic))
    if "も" in line.text and not out:
        out.extend(followed(context, frame, told))
    return sorted((e for e in out if not any(_within(e, other) for other in out)), key=lambda e: (e.trigger, e.rule))


# 共同宣言, 返還要求全国大会: a word inside the name of a paper or of a gathering
_NAME_GOES_ON = re.compile(r"[一-鿿]{2,8}(?:大会|委員会|連盟|同盟|協会|運動)(?![一-鿿])")
_PAPER = re.compile(r"(?:宣言|声明|文書|コミュニケ|通信|会見|記者)")


def _within_name(text: str, first: int, last: int) -> bool:
    """Whether a predicate's word is a part of a longer name, not an act told."""
    if text[first:last] == "共同" and _PAPER.match(text, last):
        return True
    return first > 0 and "一" <= text[first - 1] <= "鿿" and _NAME_GOES_ON.match(text, last) is not None


_TOPIC = re.compile(r"[^、。はが]{2,20}(?<![年月日時回今在後前にで])は")


# 否定できない, 軽視できない, ためらうべきでない: no refusal
_NOT_REFUSED = re.compile(r"(?:は|も)?(?:でき(?:な|ず|ませ)|し得な|しえな|う?べきで(?:は)?な)")


def _governed(context: Context, use: Use, behind: bytearray) -> bool:
    """Whether a named act is what another predicate asks for or refuses: 支援の要請, 協議を拒んだ."""
    return context.text[use.end : use.end + 1] in ("を", "の", "に", "や", "へ") and any(behind)


def _told_as(event: Event) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    words = event.rule if event.instrument not in STATED else "statement"
    return words + event.plover, event.instrument, event.sources, event.targets


def _within(event: Event, other: Event) -> bool:
    """Whether a longer stretch tells the same act: 「でっち上げ」 within 「でっち上げ」と一蹴した."""
    same = _told_as(event) == _told_as(other)
    inside = other.start <= event.start and event.end <= other.end
    return same and inside and event.end - event.start < other.end - other.start


_TOLD_AS_PAST = re.compile(
    r"[^、。]{0,14}(?:た|だ)(?=[。、」]|が|と|こと|際|とき|直後|ため|もの|の|$)"
    r"|[^、。]{0,4}(?:し|い|り|び|き|れ|け|え|め|み|ず)、|し?て(?:い(?:る|た|ない|なかった)|おらず)"
    r"|(?<=[いきしちにみりえけせねめれ])、"
)


def _carry(context: Context, frame: Frame, event: Event, carried: tuple[str, str] | None) -> Event:
    """An undated act told in the past tense goes on with the day, else the month, that its paragraph tells of."""
    if event.date or carried is None or event.status not in ("occurred", "reported") or frame.quote(event.trigger[0]):
        return event
    if not _TOLD_AS_PAST.match(context.text, event.trigger[1], frame.line.end):
        return event
    return replace(event, date=carried[0], precision=carried[1])


def _told_of(events: list[Event], reference: str | None) -> tuple[str, str] | None:
    """The day of the last event told as fact where it is one of the report's own: of the days before publication."""
    dated = [
        e
        for e in events
        if e.date and e.precision == "day" and "/" not in e.date and e.status in ("occurred", "reported")
    ]
    if not dated or not reference or dated[-1].date is None:
        return None
    days = (datetime.date.fromisoformat(reference) - datetime.date.fromisoformat(dated[-1].date)).days
    return (dated[-1].date, "day") if 0 <= days <= _RECENT else None


__all__ = ["find"]
