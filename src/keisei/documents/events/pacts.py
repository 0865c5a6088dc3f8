"""Pacts told by their names: who is bound, and a pact named with its date as the act of making it.

A treaty that is in force, runs out or is prolonged binds states, whoever signed it; its name often tells them
(米韓相互防衛条約), else ``lexicon/events_pacts.yaml`` does. States that the text names nowhere are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from keisei.documents.context import Context, Line
from keisei.documents.lexicon import load
from keisei.documents.records import Event, Mention
from keisei.documents.words import load_yaml

_PACT = re.compile(r"(?:条約|協定|合意|合意書|声明|宣言|覚書|議定書|枠組み)」?$")
_PRECISION = {"day": "day", "month": "month", "year": "year", "week": "day"}
_STATEMENT = re.compile(r"(?:声明|宣言)」?$")


@lru_cache(maxsize=1)
def _known() -> dict[str, Any]:
    return load_yaml("events_pacts.yaml")


def parties(context: Context, mention: Mention) -> tuple[str, ...]:
    """The states that a pact binds, as far as the text names them; none for what is no pact."""
    known = _known().get(mention.ids[0])
    if known:
        return tuple(i for i in known["parties"] if i in context.entities)
    if not is_pact(context, mention):
        return ()
    shown = context.text[mention.start : mention.end]
    named: list[str] = []
    for char in shown[:4]:
        state = load().abbreviations.get(char)
        if state is None:
            break
        named.append(state)
    return tuple(i for i in named if i in context.entities) if len(named) > 1 else ()


def is_pact(context: Context, mention: Mention) -> bool:
    """Whether a name is that of a pact, its parties known or not."""
    entity = context.entities.get(mention.ids[0])
    return (
        entity is not None
        and entity.type == "agreement"
        and bool(_PACT.search(context.text[mention.start : mention.end]))
    )


def pact_before(context: Context, low: int, start: int) -> tuple[str, ...]:
    """The parties of the last pact named in a stretch of text."""
    for mention in reversed(context.mentions_in(low, start)):
        bound = parties(context, mention)
        if len(bound) > 1:
            return bound
    return ()


def instrument(context: Context, mention: Mention) -> str:
    """What a pact counts as: a joint text is a statement, the rest treaties."""
    known = _known().get(mention.ids[0])
    if known:
        return str(known.get("instrument", "treaty"))
    return "statement" if _STATEMENT.search(context.text[mention.start : mention.end]) else "treaty"


# a date in brackets behind: 「うるう日合意」(2012年)
_DATE_BEHIND = re.compile(r"」?[(（]")


def named_pacts(context: Context, line: Line, events: list[Event]) -> list[Event]:
    """Pacts and resolutions named with their date, where no verb of the sentence tells that they were made."""
    out: list[Event] = []
    for mention in context.mentions_in(line.start, line.end):
        entity = context.entities.get(mention.ids[0])
        if entity is None or entity.type not in ("agreement", "document"):
            continue
        near = context.dates_in(max(line.start, mention.start - 30), mention.start)
        date = near[-1] if near and _OF_PACT.fullmatch(context.text, near[-1].end, mention.start) else None
        behind = _DATE_BEHIND.match(context.text, mention.end, mention.end + 2)
        if date is None and behind:
            date = next(iter(context.dates_in(behind.end(), behind.end() + 1)), None)
        if date is None or date.value is None:
            continue
        if any(_is_made(e) and mention.start - 4 <= e.trigger[0] <= mention.end + 16 for e in events):
            continue
        bound = parties(context, mention)
        if bound or is_pact(context, mention):
            plover, kind, sources, targets = "AGREE", instrument(context, mention), bound, bound
        elif entity.id.startswith("UNSC_RES_"):
            plover, kind, targets = "SANCTION", "sanction_resolution", ()
            sources = tuple(i for i in ("UNSC",) if i in context.entities)
        else:
            continue
        precision = _PRECISION.get(date.granularity) or ("month" if len(date.value) > 4 else "year")
        low = min(date.start, mention.start)
        out.append(
            Event(
                low, mention.end, plover, kind, sources, targets, "occurred", date.value, precision, None, None,
                (), "P601-dated-pact", (mention.start, mention.end),
            )
        )  # fmt: skip
    return out


_OF_PACT = re.compile(r"(?:の|に結ばれた|に署名された|に調印された|に採択された|採択の)「?")


def _is_made(event: Event) -> bool:
    return event.plover in ("AGREE", "SANCTION") and event.instrument in (
        "treaty",
        "statement",
        "other",
        "sanction_resolution",
    )


__all__ = ["instrument", "is_pact", "named_pacts", "pact_before", "parties"]
