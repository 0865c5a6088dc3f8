"""People without a name whose words an English text gives: said a Tokyo-based scholar of Chinese diplomacy, who …

Only beside a verb of saying; what tells where they sit or what they study is the longer form of the name.
"""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import load
from keisei.documents.newpeople import add
from keisei.documents.records import Entity
from keisei.documents.romaji import ident

_WHO = (
    r"(?:scholar|economist|analyst|expert|specialist|researcher|academic|historian|professor|lecturer|scientist|engineer|lawyer|"
    r"diplomat|official|bureaucrat|negotiator|envoy|ambassador|attach[eé]|spokes(?:man|woman|person)|adviser|advisor|aide|minister|lawmaker|legislator|"
    r"politician|officer|commander|general|colonel|soldier|sailor|captain|pilot|veteran|defector|refugee|dissident|activist|campaigner|"
    r"trader|merchant|broker|importer|exporter|businessman|businesswoman|executive|manager|banker|investor|consultant|contractor|shopkeeper|"
    r"farmer|fisherman|driver|worker|teacher|student|resident|villager|guide|interpreter|journalist|reporter|editor|source|insider|observer|"
    r"strategist|planner|inspector|prosecutor|judge|investigator|critic|supporter|witness|survivor|industry figure|trade unionist)"  # noqa: E501
)
_KIND = (
    r"(?:[A-Z][\w\-]+(?: [A-Z][a-z]+)?-based|senior|junior|retired|former|veteran|prominent|leading|local|independent|government|foreign|western|"  # noqa: E501
    r"foreign ministry|defen[cs]e ministry|embassy|cabinet|military|naval|army|navy|party|company|industry|trade|shipping|oil|gas|energy|bank|"  # noqa: E501
    r"naval|(?:North |South )?[A-Z][a-z]+(?:an|ese|ish|i|ch)|"
    r"security|intelligence|police|customs|border|political|defen[cs]e|nuclear|legal|fisheries|space|cyber|human rights|opposition|ruling-party|"  # noqa: E501
    r"young|elderly|long-time|longtime|long-serving|top|unnamed|market|grain|seafood|coal)"
)
_PAST = (
    r"(?:said|says|told|warned|warns|argued|argues|put it|puts it|added|adds|noted|notes|explained|explains|recalled|recalls|predicted|predicts|"  # noqa: E501
    r"insisted|insists|admitted|admits|conceded|complained|complains|joked|asked|claimed|claims|observed|estimated|estimates|believes|remarked|quipped)"
)
_NAME = rf"(?P<who>(?:{_KIND} )*{_WHO})(?P<more> (?:of|on|in|at|from|with) (?:the )?(?:[\w’'\-]+ ){{0,5}}?[\w’'\-]+)?"
_BEHIND = re.compile(
    rf"(?:\b(?:said|says|told|according to|warned|argued|added|noted|explained|recalled|predicted|asked)),? (?:to )?(?:an?|one|another) {_NAME}"  # noqa: E501
    r"(?=,|\.|;| who\b| whose\b| familiar\b| close\b| involved\b| briefed\b| \(|$)"
)
_BEFORE = re.compile(
    rf"(?:(?<=^)|(?<=[.;,—“\"] )|(?<=\n)|(?<=\b(?:but|and) )|(?<=\bas ))(?:[Aa]n?|[Oo]ne|[Aa]nother) {_NAME}"
    rf"(?:, [^,;.\"“”]{{3,80}},| (?:I|we|who|whom) [^,;.\"“”]{{3,80}}?| (?:who|familiar|close|involved|briefed)\b[^,;.\"“”]{{3,80}}?)? (?:also |later |then |once |\w+ly )?{_PAST}\b"  # noqa: E501
)
_PLURAL = re.compile(
    r"(?<![\w’'\-] )\b(?P<head>Officials|Diplomats|Traders|Executives|Lawmakers|Residents|Fishermen|Advisers|Aides|Critics|Supporters|Investors|Negotiators)"  # noqa: E501
    r"(?P<more> (?:in|at|from|of|on|with|close to) (?:the )?[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+){0,3}) (?=(?:also |now |still |have |had |\w+ly )?(?:insist|say|said|believe|warn|argue|estimate|expect|think|hope|worry|fear|doubt|concede|admit|complain|note|maintain|agree|deny|told|insisted|hoped|argued|warned)\b)"  # noqa: E501
)


def informants_en(text: str, found: Found, taken: bytearray) -> None:
    """Add a person for each unnamed one who speaks; the longer form goes on to what they study or where they sit."""
    for pattern in (_BEHIND, _BEFORE, _PLURAL):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            many = "head" in groups
            start, end = (match.start("head"), match.end("more")) if many else match.span("who")
            plain = text[start:end]
            more = "" if many else groups["more"] or ""
            whole = text[start : match.end("more")] if more else plain
            if any(taken[start:end]) and not (many or _only_seat(found, text, start, end)):
                continue
            name = ident(whole) or "INFORMANT"
            kind = "organisation" if many else "person"
            entity = Entity(name, kind, f"{whole} (not named)", None, "not named", proposed=True)
            found.forms.extend((text[m.start : m.end], m.ids[0]) for m in found.mentions if start <= m.start < end)
            kept = [m for m in found.mentions if not start <= m.start < end]
            found.mentions[:] = kept
            add(found, taken, start, end, entity, "office", True)
            if more and not re.search(r"[\"“”]", whole):
                found.forms.append((whole, name))


def _only_seat(found: Found, text: str, start: int, end: int) -> bool:
    """Whether all that stands inside is the city of a …-based one, or the adjective of a state."""
    inside = [m for m in found.mentions if m.start < end and start < m.end]
    return bool(inside) and all(
        (
            m.start > start
            and (text.startswith("-based", m.end) or (m.rule == "name" and text[m.start : m.end] in load().adjectives))
        )
        or (m.start == start and text.startswith("-based", m.end))
        for m in inside
    )


__all__ = ["informants_en"]
