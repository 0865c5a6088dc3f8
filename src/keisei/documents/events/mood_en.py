"""Whether an English act is told, planned, denied or supposed, and by what instrument it is done."""

from __future__ import annotations

import re

from keisei.documents.context import Context, Line
from keisei.documents.events.rules import Rule, RuleBook
from keisei.documents.events.sides_en import Clause, Ids
from keisei.documents.records import Mention

_HYPOTHETICAL = re.compile(
    r"\b(?:if|would|could|might|may|unless|whether|should|likely|unlikely|possibly|perhaps|possible|potential|can)\b"
)
_PLANNED = re.compile(
    r"\b(?:will|plan(?:s|ned|ning)? to|scheduled|(?:is|are) (?:set |expected )?to|upcoming|next (?:week|month|year))\b"
)
_DENIED = re.compile(r"\b(?:not|never|no longer|without|didn['’]t|hasn['’]t)\s+(?:\w+\s){0,2}$", re.I)
_REPORTED = re.compile(
    r"\b(?:said|says|according to|reported(?:ly)?|allegedly|told|claimed|announced|believed|understood to|estimates?|accused?)\b",  # noqa: E501
    re.I,
)
_ACCORDING = re.compile(r"\baccording to\s+(?:the\s+)?$", re.I)
_SAID_BEHIND = re.compile(r"^(?:\s+\w+){0,2}\s+(?:said|says|told|announced|reported|claimed|estimates?d?)\b")
_SAID_BEFORE = re.compile(r"\b(?:said|says|told|announced)\s+(?:the\s+)?$")
_DENYING = re.compile(r"\b(?:deny|denies|denied|denying)\s+(?:[\w\-]+\s+){0,4}$", re.I)
_HEADS = re.compile(r"President|leader|Prime Minister|Chancellor|Premier", re.I)


def mood(
    context: Context, line: Line, clause: Clause, begin: int, stop: int, mentions: list[Mention], sources: Ids
) -> tuple[str, str | None]:
    """Status, and who reports it."""
    text = context.text
    lead = text[max(clause.start, begin - 40) : begin]
    if _DENIED.search(lead) or _DENYING.search(lead):
        return "denied", None
    if _HYPOTHETICAL.search(text[max(clause.start, begin - 44) : begin]) or re.match(
        r"\W*(?:If|Unless|Whether)\b|.{0,4}\b(?:if|unless)\s", text[max(line.start, clause.start - 4) : clause.end]
    ):
        return "hypothetical", None
    if _PLANNED.search(text[max(clause.start, begin - 24) : begin]):
        return "planned", None
    quoted = text.count('"', line.start, begin) % 2 == 1 or text.count("“", line.start, begin) > text.count(
        "”", line.start, begin
    )
    if quoted or (_REPORTED.search(line.text) and not re.search(r"\b(?:said|told|says)\b", text[begin:stop])):
        said = next(
            (
                m.ids[0]
                for m in mentions
                if _ACCORDING.search(text[max(line.start, m.start - 24) : m.start])
                or _SAID_BEHIND.match(text[m.end : m.end + 40])
                or _SAID_BEFORE.search(text[max(line.start, m.start - 20) : m.start])
            ),
            None,
        )
        return "reported", said if said and (said,) != sources else None
    return "occurred", None


def instrument_en(context: Context, rule: Rule, book: RuleBook, clause: str, word: str, sources: Ids) -> str:
    if rule.instrument == "object":
        for part in (word, clause):
            for name, pattern in book.objects:
                if pattern.search(part):
                    return name
        return rule.other
    if rule.instrument == "sanctions":
        if re.search(r"\bUN\b|U\.N\.|United Nations|Security Council|resolution|international", clause):
            return "sanction_resolution"
        return "sanction_resolution" if {"UN", "UNSC"} & set(sources) else "other"
    if rule.id == "T410-talks" and re.search(r"\bm(?:et|eet)", word, re.I):
        heads = [i for i in sources if (e := context.entities.get(i)) and e.role and _HEADS.search(e.role)]
        return "summit" if len(heads) >= 2 and len(heads) == len(sources) else "meeting"
    return rule.instrument


__all__ = ["instrument_en", "mood"]
