"""Places that no lexicon has, by what they are or where they are said to lie.

コセイ基地, イムラレン鉱山: a name in katakana before a kind of site.
国境に近いティンザワテン, 北部のキダル: a name in katakana behind words that only a place can follow.
"""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.newpeople import add
from keisei.documents.records import Entity
from keisei.documents.romaji import ident
from keisei.documents.tokens import kinds, reading

_KIND = (
    "空軍基地|海軍基地|無人機基地|基地|鉱山|油田|ガス田|国際空港|空港|ダム|原発|運河|回廊|検問所|演習場|"
    "製油所|造船所|国境検問所|難民キャンプ|刑務所|収容所|核施設"
)
_SITE = re.compile(
    rf"(?<![ァ-ヺー・A-Za-z一-鿿])(?P<name>[ァ-ヺー]{{2,12}}(?:・[ァ-ヺー]{{2,12}})?)(?P<kind>{_KIND})(?![一-鿿ァ-ヺー])"
)
_LIES = re.compile(
    r"(?:国境に近い|国境の町|国境の街|(?:[北南東西中]部|[北南][東西]部)(?:の都市|の町|の街)?の?|の(?:都市|町|街|村|港町)・?)(?P<name>[ァ-ヺー]{3,10})(?=で|に(?:ある|近|あっ|進|入|到)|を(?:制圧|攻略|奪|占|包囲)|へ|から|の(?:近郊|郊外|市|町|街))"
)


def sites(text: str, found: Found, taken: bytearray) -> None:
    """Add them as places; a known place before the kind of site has the longer form as well."""
    for match in _SITE.finditer(text):
        start, end = match.span()
        if any(taken[start:end]) or set(kinds(match["name"])) & {"common"}:
            continue
        _add(found, taken, start, end, match.group())
    for match in _LIES.finditer(text):
        start, end = match.span("name")
        if not any(taken[start:end]) and not set(kinds(match["name"])) & {"common", "person"}:
            _add(found, taken, start, end, match["name"])


def _add(found: Found, taken: bytearray, start: int, end: int, name: str) -> None:
    entity = Entity(ident(*reading(name)) or "PLACE", "place", name, None, None, proposed=True)
    add(found, taken, start, end, entity, "new:place", False)


__all__ = ["sites"]
