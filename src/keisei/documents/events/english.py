"""English events: the first predicate behind an acting name governs its clause; sides by position and preposition.

The source is the last name before the predicate that no preposition holds, the target the first name behind it in
the clause; ``was … by X`` turns them round; names joined by and/commas act together. Two-sided types name all.
"""

from __future__ import annotations

import itertools
import re

from keisei.documents.context import Context, Line
from keisei.documents.events.roles import is_actor
from keisei.documents.events.rules import Rule, RuleBook, rules
from keisei.documents.records import TWO_SIDED, Event, Mention

_CLAUSE = re.compile(
    r"[;:—]|, (?:and|but|while|as|after|before|which|who|when|where|because|although|though)\b| (?:while|but|after|before|because|although|though|when|if|that) "  # noqa: E501
)
_HELD = re.compile(r"\b(?:of|in|with|by|from|for|to|on|against|at|between|over|near|about|under|toward|towards|among|into|like|than|as)\s+(?:the\s+|an?\s+|its\s+|his\s+|their\s+|former\s+|then\s+|[\w'’\-]+\s){0,2}$", re.I)  # fmt: skip  # noqa: E501
_HYPOTHETICAL = re.compile(
    r"\b(?:if|would|could|might|may|unless|whether|should|likely|possibly|perhaps|possible|potential)\b", re.I
)
_PLANNED = re.compile(
    r"\b(?:will|plans? to|planned|scheduled|is to|are to|set to|upcoming|expected to|next (?:week|month|year))\b", re.I
)
_DENIED = re.compile(r"\b(?:not|never|did not|didn't|no longer|without)\s+(?:\w+\s){0,2}$", re.I)
_REPORTED = re.compile(
    r"\b(?:said|says|according to|reported(?:ly)?|allegedly|told|claimed|announced|believed|understood to)\b", re.I
)
_ACCORDING = re.compile(r"\baccording to\s+(?:the\s+)?$", re.I)
_JOINED = re.compile(r"^(?:,|,? and|’s|'s)?\s*(?:the\s+)?$")
_HEADS = re.compile(r"President|leader|Prime Minister|Chancellor|Premier", re.I)


def find(context: Context) -> list[Event]:
    """All events of an English text, in order."""
    book = rules("en")
    out: list[Event] = []
    for line in context.lines:
        if line.kind in ("navigation", "note", "byline") or len(line.text) < 12:
            continue
        mentions = [m for m in context.mentions_in(line.start, line.end) if m.end <= line.end]
        actors = [m for m in mentions if is_actor(context, m)]
        actors = [m for k, m in enumerate(actors) if not (k + 1 < len(actors) and _modifies(context, m, actors[k + 1]))]
        if actors:
            out.extend(_sentence(context, line, mentions, actors, book))
    return out


def _modifies(context: Context, mention: Mention, following: Mention) -> bool:
    """A state's name before a person's office (North Korean leader Kim Jong Un) is no actor of its own."""
    entity, person = context.entities.get(mention.ids[0]), context.entities.get(following.ids[0])
    if not entity or not person or entity.type not in ("state", "organisation") or person.type != "person":
        return False
    return bool(
        re.fullmatch(
            r"(?:'s|’s)?(?:\s(?!(?:and|met|visited|told|said|has|had|was|is)\b)[A-Za-z\-]+){0,4}\s?",
            context.text[mention.end : following.start],
        )
    )


def _clauses(line: Line) -> list[tuple[int, int]]:
    cuts = [line.start, *(line.start + m.end() for m in _CLAUSE.finditer(line.text)), line.end]
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _sentence(
    context: Context, line: Line, mentions: list[Mention], actors: list[Mention], book: RuleBook
) -> list[Event]:
    text = context.text
    out: list[Event] = []
    subject: tuple[str, ...] = ()
    for start, end in _clauses(line):
        found: list[tuple[int, int, int, Rule]] = []
        for rank, rule in enumerate(book.rules):
            for match in rule.pattern.finditer(text, start, end):
                if not any(m.start < match.end() and match.start() < m.end for m in mentions):
                    found.append((match.start(), rank, match.end(), rule))
        here = [m for m in actors if start <= m.start < end]
        taken_until = -1
        for begin, _, stop, rule in sorted(found, key=lambda f: (f[0], f[1])):
            if begin < taken_until:
                continue
            event = _event(context, line, start, end, begin, stop, rule, here, mentions, subject, book)
            if event is None:
                continue
            # what a predicate governs is not told as done
            later = [m for m in here if m.start > stop]
            taken_until = later[0].end if later else end
            out.append(event)
            if event.sources:
                subject = event.sources
    return out


def _names(context: Context, mentions: list[Mention], last: Mention, forward: bool) -> tuple[str, ...]:
    """A name with those joined to it by commas and and."""
    text = context.text
    index = mentions.index(last)
    ids = list(last.ids)
    step = 1 if forward else -1
    k = index + step
    edge = last
    while 0 <= k < len(mentions):
        other = mentions[k]
        gap = text[edge.end : other.start] if forward else text[other.end : edge.start]
        if not re.fullmatch(r"\s*(?:,|and|, and|&)\s*(?:the\s+)?", gap):
            break
        ids.extend(other.ids) if forward else ids.__setitem__(slice(0, 0), list(other.ids))
        edge = other
        k += step
    return tuple(dict.fromkeys(ids))


def _event(
    context: Context, line: Line, start: int, end: int, begin: int, stop: int, rule: Rule, here: list[Mention],
    mentions: list[Mention], subject: tuple[str, ...], book: RuleBook,
) -> Event | None:  # fmt: skip
    text = context.text
    before = [m for m in here if m.end <= begin]
    behind = [m for m in here if m.start >= stop]
    free = [m for m in before if not _HELD.search(text[max(start, m.start - 40) : m.start])]
    adjectives = [
        m for m in before if text[m.end : m.end + 1] == " " and re.match(r"\s+[a-z]", text[m.end : m.end + 3])
    ]
    source = free[-1] if free else (adjectives[-1] if adjectives else None)
    sources = _names(context, here, source, False) if source else subject
    target = behind[0] if behind else None
    targets = _names(context, here, target, True) if target else ()
    passive = bool(
        re.search(r"\b(?:was|were|is|are|been|being|be)\s+(?:\w+\s)?$", text[max(start, begin - 20) : begin])
    )
    if passive:
        agent = next(
            (m for m in behind if re.search(r"\bby\s+(?:the\s+)?$", text[max(start, m.start - 10) : m.start])), None
        )
        if agent is not None:
            sources, targets = _names(context, here, agent, True), sources
        elif target is not None:
            sources, targets = (), sources
        else:
            sources, targets = (), sources
    if not sources and not targets:
        return None
    if rule.plover in TWO_SIDED and rule.frame == "mutual" and sources and targets:
        both = tuple(dict.fromkeys((*sources, *targets)))
        sources = targets = both
    elif rule.frame == "self":
        targets = ()
    else:
        targets = tuple(t for t in targets if t not in sources)
    plover = rule.plover
    around = text[begin:end]
    if (
        rule.id == "E501-yield"
        and re.search(r"withdr|retreat|pull|leav|left", text[begin:stop], re.I)
        and re.search(r"troops|forces|soldiers|territor|city|army", around)
    ):
        plover = "RETREAT"
    if _DENIED.search(text[max(start, begin - 24) : begin]):
        status = "denied"
    elif _HYPOTHETICAL.search(text[max(line.start, begin - 60) : begin]):
        status = "hypothetical"
    elif _PLANNED.search(text[max(start, begin - 24) : stop]):
        status = "planned"
    elif _REPORTED.search(line.text) and not re.search(r"\b(?:said|told|says)\b", text[begin:stop]):
        status = "reported"
    else:
        status = "occurred"
    attributed = next(
        (m.ids[0] for m in mentions if _ACCORDING.search(text[max(line.start, m.start - 24) : m.start])), None
    ) if status == "reported" else None  # fmt: skip
    near = [d for d in context.dates_in(start, end) if d.value] or [
        d for d in context.dates_in(line.start, line.end) if d.value
    ]
    date = near[0].value if near else None
    grain = near[0].granularity if near else "none"
    place = next(
        (
            m.ids[0]
            for m in mentions
            if (e := context.entities.get(m.ids[0]))
            and e.type == "place"
            and re.search(r"\b(?:in|at|near)\s+(?:the\s+)?$", text[max(start, m.start - 10) : m.start])
        ),
        None,
    )
    low = min([m.start for m in here if m.end <= begin and m.ids[0] in (*sources, *targets)], default=begin)
    high = max([m.end for m in here if m.start >= stop and m.ids[0] in (*sources, *targets)], default=stop)
    return Event(
        low, high, plover, _instrument(context, rule, book, text[start:end], text[begin:stop], sources), sources, targets,  # noqa: E501
        status, date, grain if grain in ("day", "month", "year") else ("none" if not near else "month"), place, attributed,  # noqa: E501
        tuple(context.quantities_in(low, high)), rule.id, (begin, stop),
    )  # fmt: skip


def _instrument(context: Context, rule: Rule, book: RuleBook, clause: str, word: str, sources: tuple[str, ...]) -> str:
    lower = word.lower()
    if rule.instrument == "object":
        for name, pattern in book.objects:
            if pattern.search(clause):
                return name
        return rule.other
    if "veto" in lower:
        return "veto"
    if re.search(r"\bvot", lower):
        return "vote"
    if lower.startswith(("deny", "denied", "denies", "denial")):
        return "denial"
    if "arrest warrant" in lower:
        return "arrest_warrant"
    if rule.id == "E402-consult":
        if "summit" in clause.lower():
            return "summit"
        if re.search(r"visit|travel|trip|flew|arriv|host|receiv", lower):
            return "visit"
        heads = [i for i in sources if (e := context.entities.get(i)) and e.role and _HEADS.search(e.role)]
        return "summit" if len(heads) >= 2 and len(heads) == len(sources) else "meeting"
    if rule.id == "E701-mobilize":
        for words, name in (
            ("missile|rocket", "missile_test"),
            ("nuclear", "nuclear_test"),
            ("parade", "parade"),
            ("satellite", "satellite_launch"),
            ("exercise|drill", "exercise"),
            ("deploy|troops|forces", "troop_deployment"),
        ):
            if re.search(words, clause, re.I):
                return name
        return "other"
    if rule.id == "E401-support" and "sign" in lower:
        return "treaty" if re.search(r"treaty|accord|agreement|pact", clause, re.I) else "other"
    if rule.id in ("E202-coerce", "E203-sanction") and not re.search(r"sanction|resolution", clause, re.I):
        return "trade" if re.search(r"tariff|trade|import|export", clause, re.I) else "other"
    return rule.instrument


__all__ = ["find"]
