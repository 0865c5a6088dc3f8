"""The agency and the city at the head of a report: (CNN) …, 【ソウル=共同】…, MOSCOW, Jan. 17 (Reuters) - …"""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.newpeople import add
from keisei.documents.normal import key
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident
from keisei.documents.tokens import reading

_JAPANESE = re.compile(
    r"^[ \t　]*(?:[(（](?P<head>[A-Z][A-Za-z.]{1,11}|[ァ-ヺー]{3,10})[)）](?=\s*[一-鿿ァ-ヺ「])"
    r"|【[一-鿿ァ-ヺー、・]{2,12}?(?P<joined>共同|時事|AFP|聯合)】"
    r"|[【\[][^】\]\n]{1,24}?[=＝](?P<agency>[^】\]\n\d=＝・、]{2,12}?)(?:(?:時事)?記者)?[】\]])",
    re.M,
)
_ENGLISH = re.compile(
    r"^(?P<city>[A-Z][A-Z.]+(?: [A-Z]{2,})?)(?:/(?P<second>[A-Z][A-Z.]+(?: [A-Z]{2,})?))?(?:, [A-Z][A-Za-z. ]{2,14})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)? [(（](?P<agency>[A-Z][A-Za-z .]{1,24})[)）] ?[-–—]",  # noqa: E501
    re.M,
)
# DANDONG, China — the city alone
_CITY = re.compile(
    r"^(?P<city>[A-Z]{3,}(?: [A-Z]{2,})?)(?:/(?P<second>[A-Z]{3,}(?: [A-Z]{2,})?))?(?:, [A-Z][A-Za-z. ]{2,20})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)? ?[—–-]{1,2} ",  # noqa: E501
    re.M,
)
# The Continental Post, March 14, 2025: the paper in the head of a text
_HEAD_PAPER = re.compile(
    r"^(?P<name>(?:The )?[A-Z][\w&’'\-]+(?: [A-Z][\w&’'\-]+){1,4})(?:, | [|•·–—] )(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4})$",  # noqa: E501
    re.M,
)
_PAPER = re.compile(r" (?:News|Press|Agency|Wire|News Agency)$")


def _heads(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """The city of an English dateline without an agency, and the paper beside its day in the first lines."""
    for match in _CITY.finditer(text):
        for city in ("city", "second"):
            place = lexicon.aliases.get(key(match[city].title())) if match[city] else None
            if place and not any(taken[match.start(city) : match.end(city)]):
                found.mentions.append(Mention(match.start(city), match.end(city), (place,), "dateline", False))
                taken[match.start(city) : match.end(city)] = b"\1" * len(match[city])
    paper = _HEAD_PAPER.search(text, 0, min(400, len(text)))
    if paper and not any(taken[paper.start("name") : paper.end("name")]):
        entity = Entity(
            ident(paper["name"].removeprefix("The ")), "organisation", paper["name"], None, "paper", proposed=True
        )
        add(found, taken, paper.start("name"), paper.end("name"), entity, "dateline", True)


def datelines(text: str, language: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """Add the agency as an organisation wherever it is named, and the city in capitals as the place."""
    if language == "en":
        _heads(text, lexicon, found, taken)
    for match in (_JAPANESE if language == "ja" else _ENGLISH).finditer(text):
        groups = match.groupdict()
        group = next(g for g in ("agency", "head", "joined") if groups.get(g))
        name = match[group]
        for city in ("city", "second"):
            place = lexicon.aliases.get(key(match[city].title())) if groups.get(city) else None
            if place and not any(taken[match.start(city) : match.end(city)]):
                found.mentions.append(Mention(match.start(city), match.end(city), (place,), "dateline", False))
                taken[match.start(city) : match.end(city)] = b"\1" * len(match[city])
        if taken[match.start(group)]:
            continue
        code = lexicon.aliases.get(key({"共同": "共同通信", "時事": "時事通信"}.get(name, name)))
        entity = lexicon.entities[code] if code else Entity(
            (ident(name) if name.isascii() else ident(*reading(name))) or "AGENCY", "organisation", name, None, "agency", proposed=True)  # fmt: skip  # noqa: E501
        if group == "joined":
            add(found, taken, match.start(group), match.end(group), entity, "dateline", True)
            continue
        short = _PAPER.sub("", name) if language == "en" else name
        for form in dict.fromkeys((name, short)):
            edge = r"(?![A-Za-zァ-ヺー一-鿿])" if len(form) > 2 else r"(?=[)）】\]])"
            for other in re.finditer(rf"(?<![A-Za-zァ-ヺー一-鿿]){re.escape(form)}{edge}", text):
                if not any(taken[other.start() : other.end()]):
                    add(found, taken, other.start(), other.end(), entity, "dateline", True)
        if short != name:
            found.forms.append((short, entity.id))


__all__ = ["datelines"]
