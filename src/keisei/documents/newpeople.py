"""People that stand in no lexicon, by what stands beside the name.

- an office or 氏 behind a name in katakana with ・ (ウォルト・ベネット元大使), in one word (ラスク氏), or in kanji:
  what the tokenizer holds for a person's name, or two to four characters that begin with a family name (沈丁立教授);
- the reading of a name in kanji in brackets, with an office behind (林剣(リンジエン)副報道局長);
- a name in katakana with ・ that acts (は, が, によると) and whose parts are no common words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from keisei.documents.families import FAMILIES
from keisei.documents.found import Found
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident
from keisei.documents.tokens import Token, kinds, reading
from keisei.documents.words import title_after, words

_KATAKANA_FULL = re.compile(r"[ァ-ヺー]{1,12}(?:[・＝゠=]\s?[ァ-ヺー]{1,14}){1,4}")
_KATAKANA_ONE = re.compile(r"(?<![ァ-ヺー・＝゠=A-Za-z])[ァ-ヺー]{2,10}(?![ァ-ヺー・＝゠=])")
_ACTS = re.compile(r"(?:[(（][^()（）\n]{1,30}[)）])?(?:は|が(?!、)|も|によると|によれば|に(?:よる|対し)|、)")
_PERSONAL = re.compile(r"(?:氏|さん|容疑者|被告|夫人|両氏)$")
# セネガルのファイ大統領: so short a name is one only behind its land
_HEAD_OF_STATE = re.compile(r"(?:[前元]|暫定|次期)?(?:大統領|首相|外相|国防相|議長|国王)")
_KANJI = rf"(?<![一-鿿々ヶァ-ヺー])[{FAMILIES}][^駐在対訪\W\dA-Za-zぁ-ヿ]{{1,2}}(?<![元前現新副准主総首上])"
_KANJI_TITLED = re.compile(
    rf"(?P<name>{_KANJI}(?:[一-鿿々](?<![元前現新副准主総首上]))?)(?=[(（][ァ-ヺー・]{{3,20}}[)）]|・|氏|[一-鿿]{{2}})"
)
_HAN = "一-鿿々\uf900-\ufaff"
# any two to five characters before 氏, or behind an institution's の before an office
_ANY_TITLED = re.compile(
    rf"(?:(?<=[大所院会学団社省部]の)|(?<=大学の)|(?<=[、。はがもと・]))(?P<name>[{_HAN}]{{3,5}}?)(?=(?:准教授|名誉教授|教授|上級研究員|主任研究員|研究員|博士|研究委員|専門記者))"
    rf"|(?<![{_HAN}ァ-ヺー])(?P<other>[{_HAN}]{{2,5}})(?=氏(?!名|族|の大))"
)
_READING = re.compile(r"(?<![一-鿿々])(?P<name>[一-鿿々]{2,4})(?=[(（][ァ-ヺー・＝]{3,24}[)）])")


def person_id(name: str) -> str:
    """FAMILY_GIVEN in upper-case ASCII: by the sounds for katakana and Latin, by the dictionary's reading for kanji."""
    parts = [p for p in re.split(r"[・＝゠=\s]+", name) if p]
    if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+", name):  # Park Min-jae: the family stands first
        return ident(*parts)
    if re.match(r"[A-Za-z]", name):
        return ident(parts[-1], *parts[:-1])
    if re.match(r"[ァ-ヺ]", name):
        return ident(parts[-1], *parts[:-1]) if len(parts) > 1 else ident(name)
    return ident(*reading(name)) or "PERSON"


def role(text: str, end: int, title: re.Match[str] | None) -> str | None:
    """The office that a title names; 氏 is none."""
    office = text[title.start() : title.end()].strip("・") if title else ""
    return office if office and office not in ("氏", "さん", "両氏") else None


def add(found: Found, taken: bytearray, start: int, end: int, entity: Entity, rule: str, acts: bool) -> None:
    """A mention of a proposed entity."""
    found.proposed.setdefault(entity.id, entity)
    found.mentions.append(Mention(start, end, (entity.id,), rule, acts))
    taken[start:end] = b"\1" * (end - start)


def people(text: str, tokens: Sequence[Token], found: Found, taken: bytearray) -> None:
    """Propose the people of one Japanese sentence."""
    if not tokens:
        return
    begin, stop = tokens[0].start, tokens[-1].end
    _full(text, begin, stop, found, taken)
    _single(text, begin, stop, found, taken)
    _kanji(text, tokens, begin, stop, found, taken)


def person(
    text: str, start: int, end: int, finish: int, found: Found, taken: bytearray, title: re.Match[str] | None
) -> None:
    """A mention of a person not in the lexicon: of the one named so in full before, else of a new one."""
    name = text[start:end]
    known = _fuller(name, found)
    if known is not None:
        add(found, taken, start, finish, found.proposed[known], "new:person", True)
        return  # the family name without the office is a form only where it stands so
    entity = Entity(person_id(name), "person", name, None, role(text, end, title), proposed=True)
    add(found, taken, start, finish, entity, "new:person", True)
    if finish != end:
        found.forms.append((name, entity.id))
    sounds = _SOUNDS.match(text, end)
    if sounds and sounds.end() <= finish:  # 沈維国(シェン・ウェイグオ)教授
        found.forms.append((sounds[1], entity.id))


_SOUNDS = re.compile(r"[(（]([ァ-ヺー][ァ-ヺー・＝=]{2,23})[)）]")


def _fuller(name: str, found: Found) -> str | None:
    """The person proposed last whose name begins with these characters, or has this part of a foreign name first or last."""  # noqa: E501
    out = None
    for entity in found.proposed.values():
        if entity.type == "person" and entity.proposed and entity.name_en != name:
            parts = re.split(r"[・＝゠=\s]+", entity.name_en)
            if (len(parts) > 1 and name in (parts[0], parts[-1])) or (
                len(parts) == 1 and entity.name_en.startswith(name) and len(name) >= 2
            ):
                out = entity.id
    return out


def _full(text: str, begin: int, stop: int, found: Found, taken: bytearray) -> None:
    w = words()
    for match in _KATAKANA_FULL.finditer(text, begin, stop):
        start, end = match.span()
        if any(taken[start:end]):
            continue
        title = title_after(text, end)
        title = title if title and title.end() <= stop else None
        before = w.before.search(text[max(begin, start - 12) : start])
        if not title and not before:
            parts = [p for p in re.split(r"[・＝゠=\s]+", match.group()) if p]
            if not _ACTS.match(text, end) or len(parts) > 3 or not _personal(parts):
                continue
        person(text, start, end, title.end() if title else end, found, taken, title)


def _personal(parts: list[str]) -> bool:
    """Whether the parts of a name in katakana may be a person's: none is a common word or an institution's."""
    held = [kinds(part) for part in parts]
    if any("common" in kind for kind in held) or any(words().katakana_organisation.search(p) for p in parts):
        return False
    return any("person" in kind for kind in held) or all(len(p) >= 2 for p in parts)


def _single(text: str, begin: int, stop: int, found: Found, taken: bytearray) -> None:
    for match in _KATAKANA_ONE.finditer(text, begin, stop):
        start, end = match.span()
        if taken[start] or any(taken[start:end]):
            continue
        title = title_after(text, end)
        if title is None or title.end() > stop:
            continue
        office = title.group()
        name = match.group()
        before = text[max(0, start - 2) : start]
        if before and before[-1] in FAMILIES and not ("一" <= before[0] <= "鿿" and len(before) > 1):
            start -= 1  # 朴ウンギョン氏
            name = text[start:end]
            if taken[start]:
                continue
        of_a_land = before.endswith("の") and _HEAD_OF_STATE.match(office) is not None
        if not (_PERSONAL.search(office) or of_a_land) and (
            set(kinds(name)) & {"common", "place"} or words().katakana_organisation.search(name) or len(name) < 3
        ):
            continue
        person(text, start, end, title.end(), found, taken, title)


@lru_cache(maxsize=1024)
def _of_a_body(office: str) -> bool:
    """Whether common words alone stand before the last office: 企画担当室長, 偵察総局長."""
    ending = next((t for t in sorted(words().titles, key=len, reverse=True) if office.endswith(t)), None)
    lead = office[: -len(ending)] if ending else ""
    return 2 <= len(lead) <= 8 and set(kinds(lead)) == {"common"}


def _kanji(text: str, tokens: Sequence[Token], begin: int, stop: int, found: Found, taken: bytearray) -> None:
    common = bytearray(stop - begin + 1)
    for token in tokens:
        if token.pos == "名詞" and "普通名詞" in token.sub and token.end - token.start > 1:
            common[token.start - begin : token.end - begin] = b"\1" * (token.end - token.start)
    for pattern in (_READING, _KANJI_TITLED, _ANY_TITLED):
        for match in pattern.finditer(text, begin, stop):
            start, end = match.span(match.lastgroup or "name")
            for cut in (end,) if pattern is _ANY_TITLED else range(end, start + 1, -1):
                if cut - start < 2 or any(taken[start:cut]) or text[cut - 1] in "副准":
                    continue
                title = title_after(text, cut)
                if title is None or title.end() > stop or title.end() - cut > 34:
                    continue
                office = re.sub(r"[(（]当時[)）]$", "", text[title.start() : title.end()])
                if pattern is _KANJI_TITLED and not (
                    office in words().titles or office.startswith("・") or title.start() > cut or _of_a_body(office)
                ):
                    continue
                if all(common[start - begin : cut - begin]):
                    continue
                person(text, start, cut, title.end(), found, taken, title)
                break


__all__ = ["add", "people", "person", "person_id", "role"]
