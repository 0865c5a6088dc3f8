"""What stands in the head of a Japanese text without a label: its paper, its desk and who wrote or translated it.

東都新聞　2025年9月14日朝刊　外報部・真鍋理沙; アビジャン=国枝淳(大陸通信); 片桐澄江訳; 『モラヴァ評論』(チェコ).
Only short lines without a sentence in them are read so: inside a sentence the same forms mean other things.
"""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.newpeople import add, person_id
from keisei.documents.records import Entity
from keisei.documents.romaji import ident
from keisei.documents.tokens import reading

_HAN = "一-鿿々"
_LINE = re.compile(r"^[^。、「」\n]{3,70}$", re.M)
_DESK = re.compile(
    rf"(?:(?<=[部局室課班]・)|(?<=[ァ-ヺー][=＝])|(?<=特派員・))(?P<name>[{_HAN}]{{3,5}})(?=[ 　]*(?:$|[(（]))"
)
_MADE = re.compile(rf"^[ 　]*(?P<name>[{_HAN}]{{3,5}})[ 　]?(?:訳|抄訳|記|文|筆)[ 　]*$")
_ENDING = "新聞|通信|日報|時報|新報|評論|論壇|季報|月報|週報|日日|放送|公論|外交評論"
_PAPER = re.compile(
    rf"(?:^[ 　]*|(?<=[(（『]))(?P<name>[{_HAN}ァ-ヺー]{{2,10}}(?:{_ENDING}))"
    r"(?=[)）』]|[ 　]+(?:19|20)[0-9]{2}年|[ 　]*$)"
)
_DAY = re.compile(r"(?:19|20)[0-9]{2}\s?(?:年|[./])")
_HEAD = 400


def headlines(text: str, found: Found, lexicon: Lexicon, taken: bytearray) -> None:
    """Add the people and the paper of the first lines."""
    for line in _LINE.finditer(text, 0, min(_HEAD, len(text))):
        shown = line.group()
        made = _MADE.search(shown)
        desk = _DESK.search(shown)
        for match in filter(None, (made, desk)):
            start, end = (line.start() + p for p in match.span("name"))
            if not any(taken[start:end]):
                name = match["name"]
                add(found, taken, start, end, Entity(person_id(name), "person", name, None, "author", proposed=True), "byline", True)  # fmt: skip  # noqa: E501
        if not _DAY.search(shown):
            continue
        for match in _PAPER.finditer(shown):
            start, end = (line.start() + p for p in match.span("name"))
            if not _free(start, end, found, lexicon, taken):
                continue
            name = match["name"]
            entity = Entity(ident(*reading(name)) or "PAPER", "organisation", name, None, "paper", proposed=True)
            add(found, taken, start, end, entity, "byline", True)
            if text[start - 1 : start] == "『" and text[end : end + 1] == "』":
                found.forms.append((f"『{name}』", entity.id))


# Policy Brief No. 41: the paper by its series, and its title
_SERIES = re.compile(
    r"^(?:[^\n|]{0,60}\| ?)?(?P<name>(?:(?:Policy|Issue|Research|Working|Discussion|Occasional|Briefing|Special) (?:Brief|Paper|Report|Note|Series)|Policy Note) (?:No\.|Nr\.|#) ?\d{1,4})\b",  # noqa: E501
    re.M,
)
_TITLE = re.compile(r"^(?!By )(?P<title>[A-Z][^\n|]{19,140}[^\s.\n|])$", re.M)


def series(text: str, found: Found) -> None:
    """Add an English paper of a series with its title line."""
    match = _SERIES.search(text, 0, min(_HEAD, len(text)))
    if match is None:
        return
    name = ident(match["name"])
    found.proposed.setdefault(name, Entity(name, "document", match["name"], None, None, proposed=True))
    found.forms.append((match["name"], name))
    title = _TITLE.search(text, match.end(), min(match.end() + _HEAD, len(text)))
    if title:
        found.forms.append((title["title"], name))


def _free(start: int, end: int, found: Found, lexicon: Lexicon, taken: bytearray) -> bool:
    """Whether nothing stands there but a place, which is then no name of its own (モラヴァ評論)."""
    inside = [m for m in found.mentions if m.start < end and start < m.end]
    kinds = {
        entity.type
        for m in inside
        if (entity := lexicon.entities.get(m.ids[0]) or found.proposed.get(m.ids[0])) is not None
    }
    if kinds - {"place"} or any(m.start < start or m.end > end for m in inside):
        return False
    found.mentions[:] = [m for m in found.mentions if m not in inside]
    taken[start:end] = bytes(end - start)
    return True


__all__ = ["headlines", "series"]
