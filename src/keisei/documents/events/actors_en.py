"""Who may act in an English sentence: names, the two leaders, and bodies called by their kind (The agency warned)."""

from __future__ import annotations

import re

from keisei.documents.context import Context, Line
from keisei.documents.events.roles import Memory, is_actor
from keisei.documents.records import Mention

_BACK = re.compile(
    r"\b(?:the two (?:countries|nations|sides|leaders|men|states|governments|neighbou?rs|allies)|both (?:countries|sides|leaders|nations|governments|men)|the pair|their(?= (?:\w+ )?(?:meeting|talks|summit|encounter|conversation)))\b",  # noqa: E501
    re.I,
)
_NO_ACTOR = re.compile(
    r"\s(?:counterparts?|soil|territory|side|border|town|city|port|waters|airspace|language|studies)\b"
)


def actors_of(context: Context, line: Line, mentions: list[Mention], memory: Memory) -> list[Mention]:
    """The actors of a sentence, with both countries and the two leaders as those named last."""
    actors = [
        m
        for m in mentions
        if is_actor(context, m) and m.rule != "dateline" and not _NO_ACTOR.match(context.text, m.end)
    ]
    actors = [m for k, m in enumerate(actors) if not (k + 1 < len(actors) and _modifies(context, m, actors[k + 1]))]
    rest = list(mentions)
    actors = [m for m in actors if not _apposed(context, m)]
    for match in _BACK.finditer(line.text):
        start = line.start + match.start()
        while rest and rest[0].start < start:
            memory.see(context, rest.pop(0))
        ids = memory.resolve("両首脳" if re.search(r"leaders|men|pair|[Tt]heir", match.group()) else "両国")
        if len(ids) > 1:
            actors.append(Mention(start, line.start + match.end(), ids, "back"))
    for mention in rest:
        memory.see(context, mention)
    taken_up = _taken_up(context, line, mentions)
    return sorted(actors + taken_up, key=lambda m: m.start)


# The agency warned that …: the body named before
_BODY_AGAIN = re.compile(
    r"(?:^|(?<=[.;,] )|(?<=\band )|(?<=\bbut )|(?<=\bthat ))[Tt]he (?P<kind>agency|administration|bureau|court|judges|tribunal|ministry|council|commission|committee|panel|company|firm|group|bank|party|"  # noqa: E501
    r"coast guard|navy|union|bloc|alliance|organi[sz]ation|watchdog)(?= (?:has|had|also|later|then|will|would|said|says|warned|\w+ed|is|was|found)\b)"  # noqa: E501
)
_KINDS = {
    "agency": r"Agency|Administration|Service|Bureau|IAEA|Office", "administration": r"[Aa]dministration", "bureau": r"Bureau",  # noqa: E501
    "court": r"Court|Tribunal", "judges": r"Court|Tribunal", "tribunal": r"Tribunal|Court", "ministry": r"[Mm]inistry|Department", "council": r"Council",  # noqa: E501
    "commission": r"Commission", "committee": r"Committee", "panel": r"Panel|Commission", "company": r".", "firm": r".", "group": r".", "bank": r"Bank",  # noqa: E501
    "party": r"Party", "coast guard": r"[Cc]oast [Gg]uard", "navy": r"[Nn]avy", "union": r"Union", "bloc": r"Union|ASEAN|Community|Association", "alliance": r"NATO|Alliance|Organi[sz]ation",  # noqa: E501
    "watchdog": r"Agency|Commission", "organisation": r"Organi[sz]ation", "organization": r"Organi[sz]ation",
}  # fmt: skip


def _taken_up(context: Context, line: Line, mentions: list[Mention]) -> list[Mention]:
    """Bodies that a sentence calls by their kind only, as those of that kind named last before it."""
    out: list[Mention] = []
    for match in _BODY_AGAIN.finditer(line.text):
        start, end = line.start + match.start("kind") - 4, line.start + match.end()
        if any(m.start < end and start < m.end for m in mentions):
            continue
        kind = re.compile(_KINDS[match["kind"].lower()])
        for mention in reversed(context.mentions_in(max(0, start - 900), start)):
            entity = context.entities.get(mention.ids[0])
            if entity is not None and entity.type == "organisation" and kind.search(entity.name_en):
                out.append(Mention(start, end, mention.ids, "back"))
                break
    return out


_NAMED_BEFORE = re.compile(r"[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ )?[A-Z]?[\w’'-]+, (?:then |former |the )?$")
_OFFICE_OF = re.compile(r"(?:'s|’s) (?:[a-z-]+ ){0,4}[a-z-]+,")


def _apposed(context: Context, mention: Mention) -> bool:
    """Choe Son Hui, North Korea's foreign minister, …: the state only tells whose minister was named."""
    text = context.text
    return bool(_OFFICE_OF.match(text, mention.end)) and bool(
        _NAMED_BEFORE.search(text, max(0, mention.start - 40), mention.start)
    )


_WHOSE = re.compile(r"(?:'s|’s)(?:\s[a-z\-]+){1,4},\s")  # China's premier, Li Qiang


def _modifies(context: Context, mention: Mention, following: Mention) -> bool:
    """A state's name before a person's office (North Korean leader Kim Jong Un) is no actor of its own."""
    entity, person = context.entities.get(mention.ids[0]), context.entities.get(following.ids[0])
    if not entity or not person or entity.type not in ("state", "organisation") or person.type != "person":
        return False
    gap = context.text[mention.end : following.start]
    return bool(_WHOSE.fullmatch(gap)) or bool(
        re.fullmatch(
            r"(?:'s|’s)?(?:\s(?!(?:and|met|visited|told|said|has|had|was|is|with|to|invited|by|after|as|an?|the|its|his|her|their|[a-z]+ed)\b)[A-Za-z\-]+){0,4}\s?",
            gap,
        )
    )


__all__ = ["actors_of"]
