"""Institutions that stand in no English lexicon: runs of capitals that hold a telling word (Institute, Council)."""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.newpeople import add, person_id
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident

_KEY = (
    "Institute|University|Foundation|Center|Centre|Council|Agency|Ministry|Committee|Commission|Association|Organization|Organisation|Corporation|Party|Bureau|Department|"
    "Academy|College|Federation|Authority|Command|Headquarters|Assembly|Initiative|Network|Society|Union|Group|Times|Post|Journal|Daily|Tribune|Observer|Bank|Forum|Project|Monitor|Consortium|Coalition|Movement|Tracker|Programme|Brigade|Division|Corps|Regiment"
)
_INSTITUTION = re.compile(
    rf"(?<!\w)(?:[A-Z][\w.&’'\-]{{0,40}}(?<![a-z]{{3}}\.)\s(?:(?:of|for|and|on|the|in)\s)?(?:the\s)?){{0,6}}(?:{_KEY})(?:\s(?:of|for|on|in)\s(?:the\s)?[A-Z][\w\-]+(?:(?:,? and|[ \xa0])[ \xa0]?[A-Z][\w\-]+){{0,4}})?"  # noqa: E501
)
_KEY_END = re.compile(rf".*?\b(?:{_KEY})(?=\s(?:of|for|on|in)\s)", re.S)
_PERSON_OF = re.compile(
    rf"((?!(?:[A-Z][\w’'\-]* )*(?:{_KEY})\b)[A-Z][a-z’'\-]+ (?:[A-Z]\. )?[A-Z][a-z’'\-]+) (?:of|at|from|with) (?:the )?(.+)$",  # noqa: E501
    re.S,
)
ACRONYM = re.compile(r"[,\s]+[(（]([A-Z][A-Za-z&]{1,9})[)）]")
_POSSESSED = re.compile(r"[A-Z][\w.\-]*(?: [A-Z][\w.\-]*)?['’]s\s")
_SEATED = re.compile(
    r"(?:[A-Z][\w’'\-]+ ){0,3}(?:University|Academy|College|Institute|School) of (?:the )?[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+)?|"  # noqa: E501
    r"[A-Z][\w’']+-[A-Z][\w’'\-]+ (?:University|Academy|College|Institute)|(?:[A-Z][\w’'\-]+ ){1,3}(?:Institute|Cent(?:er|re)|Forum|Foundation|Council|Society|Association|Review|Journal)|[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+)? (?:University|Academy|College)"  # noqa: E501
)


def _place(mention: Mention, lexicon: Lexicon, found: Found) -> bool:
    entity = lexicon.entities.get(mention.ids[0]) or found.proposed.get(mention.ids[0])
    return entity is not None and entity.type in ("place", "state")


def _unseat(text: str, start: int, end: int, lexicon: Lexicon, found: Found, taken: bytearray) -> bool:
    """Free the place inside the name of a university, which is no mention of its own."""
    inside = [m for m in found.mentions if m.start < end and start < m.end]
    whole = all(_place(m, lexicon, found) and start <= m.start and m.end <= end for m in inside)
    if not (inside and whole and _SEATED.fullmatch(text, start, end)) or "-based " in text[start:end]:
        return False
    found.mentions[:] = [m for m in found.mentions if m not in inside]
    taken[start:end] = bytes(end - start)
    return True


def institutions(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """Runs of capitals that hold a telling word."""
    for match in _INSTITUTION.finditer(text):
        start, end = match.span()
        lead = re.match(
            r"(?:The|A|An|In|At|But|And|For|By|On|Of|From|With|As|When|While|If|After|Before|Since|Though|Although|Like|Unlike|Both|Then|Yet|Because|Under|To|Inside|Outside|Despite|Citing|Until|Researcher|Analyst|Economist|Historian|Professor|Scholar|Expert|Director|Fellow)\s",
            match.group(),
        )
        start += lead.end() if lead else 0
        whose = _POSSESSED.match(text, start, end)
        if whose and taken[start] and not any(taken[whose.end() : end]):
            start = whose.end()  # Kyrgyzstan's Keremet Bank
        of = _PERSON_OF.match(text[start:end])
        if of:  # Marta Kowalska of the Baltic Centre: a person and where she works
            if not any(taken[start : start + of.end(1)]):
                person = Entity(person_id(of[1]), "person", of[1], None, of[2], proposed=True)
                add(found, taken, start, start + of.end(1), person, "new:person", True)
            start += of.start(2)
        name = text[start:end]
        if any(taken[start:end]) and not _unseat(text, start, end, lexicon, found, taken):
            # what stands behind of, in and the like may be a name of its own (Forum in Geneva)
            cut = _KEY_END.match(name)
            if cut is None:
                continue
            stop = start + cut.end()
            if any(taken[start:stop]) and not _unseat(text, start, stop, lexicon, found, taken):
                continue
            end = start + cut.end()
            name = text[start:end]
        if " " not in name:
            continue
        entity = Entity(ident(name), "organisation", name, None, None, proposed=True)
        add(found, taken, start, end, entity, "new:organisation", True)
        acronym = ACRONYM.match(text, end)
        if acronym:
            found.forms.extend([(acronym[1], entity.id), (text[start : acronym.end()], entity.id)])
            for other in re.finditer(rf"\b{re.escape(acronym[1])}\b", text):
                if not any(taken[other.start() : other.end()]):
                    add(found, taken, other.start(), other.end(), entity, "new:organisation", True)


__all__ = ["ACRONYM", "institutions"]
