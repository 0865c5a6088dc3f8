"""English names told by the word of their kind beside them: lands and seas (Nagasaki prefecture, Pacific Ocean), papers
(the Yomiuri newspaper), ships (the frigate Mogami), and media and sources that bear no name (local media).
"""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.newpeople import add
from keisei.documents.normal import key
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident

_NAME = r"[A-Z][a-zà-ž’'-]{2,}(?: [A-Z][a-zà-ž’'-]{2,})?"
# what follows the name of a place and belongs to it; the second list also makes a place of an unknown name
_BEHIND_PLACE = re.compile(
    r" (?:[Pp]refecture|[Pp]rovince|[Cc]ounty|[Oo]blast|[Gg]overnorate|[Dd]istrict|[Ii]slands?|[Cc]ity|[Aa]toll|[Ss]hoal|[Rr]eef"  # noqa: E501
    r"|[Aa]rchipelago|[Pp]eninsula|[Cc]anton|[Mm]unicipality|[Aa]utonomous [Rr]egion)\b"
)
_SEA = re.compile(r" (?:Ocean|Sea|Gulf|Strait|Channel|Peninsula)\b")
_LAND = re.compile(
    rf"(?<![\w’'-])(?P<name>{_NAME})(?: and (?P<other>{_NAME}))? "
    r"(?:prefecture|province|county|oblast|governorate|islands?|atoll|shoal|reef|archipelago|district)\b"
)
_WATERS = re.compile(
    r"(?<![\w’'-])(?:[A-Z][a-z]+ ){1,3}(?:Ocean|Sea|Gulf|Bay|Reef|Shoal|Channel|River|Lake|Peninsula)\b(?! [A-Z])"
)
_NO_NAME = re.compile(
    r"(?:The|This|That|These|Those|Each|Every|Its|Their|Our|His|Her|Some|Many|Most|Other|Another|Any|All|Both|Two|Three|Such|In|On"
    r"|At|Of|For|From|And|But|Near|Off|As|No|One|New|Disputed|Remote|Uninhabited|Northern|Southern|Eastern|Western|Central)\b"
)
_PAPER = re.compile(
    rf"(?<![\w’'-])(?P<name>{_NAME}(?: [A-Z][a-z]+)?) (?P<kind>newspaper|news agency|news service|news site|daily|magazine"  # noqa: E501
    r"|broadcaster|tabloid|weekly|website)\b(?! (?:and|of)\b)"
)
_SHIP_KIND = (
    r"(?:aircraft carrier|carrier|destroyer|frigate|corvette|cruiser|submarine|warship|minesweeper|amphibious ship|landing ship"  # noqa: E501
    r"|supply ship|replenishment ship|tanker|freighter|cargo ship|container ship|bulk carrier|trawler|ferry|cutter|patrol ship"  # noqa: E501
    r"|patrol vessel|research vessel|survey ship|icebreaker|vessel|ship)"
)
_SHIP = re.compile(rf"\b{_SHIP_KIND}s?,? (?:the )?(?P<name>[A-Z][a-z]{{3,}}(?: [A-Z][a-z]{{2,}})?)\b(?! [A-Z])")
_AT_SEA = re.compile(
    r"(?<![\w’'-])The (?P<name>[A-Z][a-z]{3,}) (?:had |has )?(?=(?:entered|sailed|transited|passed through|docked|left port|arrived|steamed|sank|crossed"  # noqa: E501
    r"|ran aground|was (?:built|launched|commissioned|escorted|carrying|sunk|damaged|hit|seized))\b)"
)
_ANY_SHIP = re.compile(rf"\b{_SHIP_KIND}s?\b")
_MEDIA = re.compile(
    r"\b(?P<who>(?:local|state|domestic|regional|international|foreign|Western|independent|pro-government|state-run|official) media)"  # noqa: E501
    r"(?= (?:outlets? )?(?:reported|reports?|said|says?|quoted|showed|carried|called|described|denounced|warned|published|cited|made|did"  # noqa: E501
    r"|on|have|has|had)\b|[,.])"
)
_SOURCES = re.compile(
    r"\b(?:citing|according to|quoting|quoted|cited|told by|from) (?:what it called )?(?P<n>(?:several|two|three|four|multiple|many|some|a number of) )?"  # noqa: E501
    r"(?:unnamed |anonymous |unidentified )?(?P<who>(?:senior )?(?:government|diplomatic|military|intelligence|security|industry|defen[cs]e"  # noqa: E501
    r"|ministry|party|police|company|trade|shipping) (?:sources|officials|insiders))\b"
)


def named_by_kind(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """Add what the words of kind tell; a known name is given its longer form."""
    _places(text, lexicon, found, taken)
    _papers(text, lexicon, found, taken)
    _ships(text, lexicon, found, taken)
    for match in _MEDIA.finditer(text):
        _nobody(text, match, found, taken)
    for match in _SOURCES.finditer(text):
        if _nobody(text, match, found, taken) and match["n"]:
            found.forms.append((text[match.start("n") : match.end("who")], ident(match["who"])))


def _nobody(text: str, match: re.Match[str], found: Found, taken: bytearray) -> bool:
    start, end = match.span("who")
    if any(taken[start:end]):
        return False
    kind = "organisation" if match["who"].endswith("media") else "person"
    entity = Entity(ident(match["who"]), kind, match["who"], None, "not named", proposed=True)
    add(found, taken, start, end, entity, "office", True)
    return True


def _places(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    for k, mention in enumerate(found.mentions):
        entity = lexicon.entities.get(mention.ids[0]) or found.proposed.get(mention.ids[0])
        if len(mention.ids) != 1 or entity is None or entity.type != "place":
            continue
        if sea := _SEA.match(text, mention.end):  # the Pacific Ocean is not named by Pacific alone
            if not any(taken[sea.start() : sea.end()]):
                found.mentions[k] = Mention(mention.start, sea.end(), mention.ids, mention.rule, mention.acts)
                taken[sea.start() : sea.end()] = b"\1" * (sea.end() - sea.start())
        elif land := _BEHIND_PLACE.match(text, mention.end):
            found.forms.append((text[mention.start : land.end()], mention.ids[0]))
    for match in _LAND.finditer(text):
        for group in ("name", "other"):
            name = match[group]
            if not name or _NO_NAME.match(name) or name in lexicon.adjectives or any(taken[slice(*match.span(group))]):
                continue
            entity = Entity(ident(name), "place", name, None, None, proposed=True)
            add(found, taken, *match.span(group), entity, "new:place", False)
            if not match["other"]:
                found.forms.append((match.group(), entity.id))
    for match in _WATERS.finditer(text):
        start = match.start() + (4 if match.group().startswith("The ") else 0)
        if not any(taken[start : match.end()]) and not _NO_NAME.match(text[start : match.end()]):
            name = text[start : match.end()]
            add(
                found,
                taken,
                start,
                match.end(),
                Entity(ident(name), "place", name, None, None, True),
                "new:place",
                False,
            )


def _papers(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    at = {m.end: m for m in found.mentions if len(m.ids) == 1}
    for match in _PAPER.finditer(text):
        known = at.get(match.end("name"))
        entity = lexicon.entities.get(known.ids[0]) or found.proposed.get(known.ids[0]) if known else None
        if known and entity:
            if entity.type == "organisation":
                found.forms.append((text[known.start : match.end()], entity.id))
            continue
        name = match["name"].removeprefix("The ")
        start = match.end("name") - len(name)
        if any(taken[start : match.end("name")]) or _NO_NAME.match(name) or name in lexicon.adjectives:
            continue
        code = lexicon.aliases.get(key(name))
        entity = (
            lexicon.entities[code] if code else Entity(ident(name), "organisation", name, None, "paper", proposed=True)
        )
        add(found, taken, start, match.end("name"), entity, "new:organisation", True)
        found.forms.append((text[start : match.end()], entity.id))


def _ships(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    for pattern in (_SHIP, _AT_SEA) if _ANY_SHIP.search(text) else ():
        for match in pattern.finditer(text):
            name = match["name"]
            if any(taken[slice(*match.span("name"))]) or _NO_NAME.match(name) or name in lexicon.adjectives:
                continue
            entity = Entity(ident(name), "weapon", name, None, "ship", proposed=True)
            found.proposed.setdefault(entity.id, entity)
            found.mentions.append(Mention(*match.span("name"), (entity.id,), "designation", False))
            taken[slice(*match.span("name"))] = b"\1" * len(name)


__all__ = ["named_by_kind"]
