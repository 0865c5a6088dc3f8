"""Whom a family name alone means: the one named in full nearest, the holder of the office beside it, whom most name."""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon, load
from keisei.documents.records import Entity
from keisei.documents.words import field_before, title_after, words

ADMINISTRATION = re.compile(r"(?:第[1-3一二三12３]次)?[米韓露中日英]?新?(?:政権|体制(?=が|の|は|に|を|と|へ|下))")
OWNERS = "米英仏独豪印露伊加韓中"
# an office with the state's character: トランプ米大統領
_OF_STATE = re.compile(rf"[前元現新]?([{OWNERS}])(?!国)(?=新?政権|[大副首外国防財内])")
# how a name is read, between name and office: 習近平(シー・チンピン)国家主席
_READING = re.compile(r"[(（]([ァ-ヺーぁ-ん][ァ-ヺーぁ-ん・＝]{2,23})[)）]")


def person_ids(text: str, found: list[tuple[int, int, str, bool]], lexicon: Lexicon) -> dict[str, list[int]]:
    """People named in full, with the places."""
    people: dict[str, list[int]] = {}
    for start, _, form, short in found:
        if not short:
            ident = lexicon.aliases[form]
            if lexicon.entities[ident].type == "person":
                people.setdefault(ident, []).append(start)
    return people


def _title(text: str, end: int) -> int:
    """Where the office after a name ends, or ``end``."""
    match = title_after(text, end)
    return match.end() if match else end


def _nearest(people: dict[str, list[int]], at: int) -> str:
    """Of some people with their places the one named nearest before, else the nearest."""

    def distance(item: tuple[str, list[int]]) -> tuple[bool, int]:
        before = [at - p for p in item[1] if p <= at]
        return (not before, min(before) if before else min(abs(at - p) for p in item[1]))

    return min(people.items(), key=distance)[0]


def _leading(people: dict[str, list[int]], at: int, text: str) -> str:
    """Of those who share a family name the one named nearest before in the paragraph, else whom the text names most."""
    if len(people) > 1:
        begin = text.rfind("\n", 0, at) + 1
        beside = {ident: near for ident, places in people.items() if (near := [p for p in places if begin <= p < at])}
        if not beside:
            return max(people.items(), key=lambda item: (len(item[1]), -item[1][0]))[0]
        people = beside
    return _nearest(people, at)


def choose(short: str, at: int, people: dict[str, list[int]], lexicon: Lexicon) -> str | None:
    """The person a family name stands for: the one named in full nearest before, else after, else the only one."""
    candidates = lexicon.family.get(short, ())
    seen = [(ident, places) for ident, places in people.items() if ident in candidates]
    if seen:
        return _nearest(dict(seen), at)
    if len(candidates) >= 1 and len(short) >= 2:
        return candidates[0]
    return None


_ADJECTIVE_FIRST = re.compile(r"[A-Z][a-z]+(?:an|ese|ish|ian) ")


def person(text: str, start: int, end: int, ident: str, language: str, found: Found, add: object) -> None:
    name = text[start:end]
    begin, stop = start, end
    if language == "ja":
        owner = _OF_STATE.match(text, end)
        if owner:
            found.forms.append((owner[1], load().abbreviations[owner[1]]))
        administration = ADMINISTRATION.match(text, end)
        if administration:
            family = ident.split("_")[0]
            admin = f"{family}_ADMIN"
            lexicon = load()
            country = lexicon.entities[ident].country
            plain = lexicon.entities[ident].name_en.split()
            label = plain[0] if country in ("KOR", "PRK", "CHN", "VNM") else plain[-1]
            found.proposed.setdefault(admin, Entity(admin, "organisation", f"{label} administration", country))
            add(start, administration.end(), (admin,), "administration")  # type: ignore[operator]
            found.forms.append((name, ident))
            return
        stop = _title(text, end)
        sounds = _READING.match(text, end)
        if sounds and stop > sounds.end():
            found.forms.append((sounds[1], ident))
        before = text[max(0, start - 14) : start]
        lead = re.search(r"(?:[一-鿿]{2,6}?|)(?:最高指導者|指導者)[・の]$", before)
        if lead and "・" in lead.group() and "の" not in lead.group():
            state = re.search(r"(北朝鮮|ロシア|中国|韓国|米国)(?=最高指導者)", lead.group())
            if state:
                begin = start - (len(lead.group()) - lead.group().index(state.group()))
    else:
        lead = words().english_title.search(text, max(0, start - 40), start)
        if lead:
            begin = field_before(text, lead)
            if _ADJECTIVE_FIRST.match(text, begin):
                begin = lead.start()
    add(begin, stop, (ident,), "titled" if (begin, stop) != (start, end) else "name")  # type: ignore[operator]
    if (begin, stop) != (start, end):
        found.forms.append((name, ident))
        shown = text[begin:stop]
        cut = re.sub(r"[(（]当時[)）]$", "", shown)
        if cut != shown:
            found.forms.append((cut, ident))
        if begin != start and stop != end:
            found.forms.append((text[start:stop], ident))


# who is meant by a family name and an office where the text never gives the full name
_LEADERS = {
    "金": dict.fromkeys(("総書記", "国務委員長", "委員長"), "KIM_JONG_UN"),
    "習": dict.fromkeys(("主席", "国家主席", "総書記"), "XI_JINPING"),
}
_ABOUT_LEADERS = re.compile("北朝鮮|平壌|朝鮮|中国|北京")
_GIVEN_KANJI = re.compile(
    r"[一-鿿々]{1,2}(?:副院長|副所長|副主任|院長|所長|教授|准教授|研究員|博士|講師|大使|報道官|記者|主任|氏|理事長|理事|会長|部長|局長|次長|外相|国防相|首相)$"
)
_NOT_GIVEN = re.compile(r"(?:副|党|前|元|現|新|総|国防|外務|首席|主席)")


def _in_office(people: dict[str, list[int]], office: str, text: str) -> str | None:
    """Of those who share a family name the one whom the text names in full with this office (金委員長)."""
    for ident, places in people.items():
        for place in places:
            title = title_after(text, place + 3, 40) or title_after(text, place + 2, 40)
            if title and title.group().endswith(office):
                return ident
    return None


def short_families(
    text: str, people: dict[str, list[int]], lexicon: Lexicon, taken: bytearray, found: Found, add: object
) -> None:
    """One-character family names (金, 習, 文): only before an office, or joined to another name by ・ or と."""
    first: dict[str, dict[str, list[int]]] = {}
    for ident, places in people.items():
        if "一" <= text[places[0]] <= "鿿":
            first.setdefault(text[places[0]], {})[ident] = places
    singles = [form for form in lexicon.family if len(form) == 1 and "一" <= form <= "鿿"]
    for char in dict.fromkeys([*singles, *first]):
        at = text.find(char)
        while at >= 0:
            end = at + 1
            if not taken[at] and not (at and ("一" <= text[at - 1] <= "鿿") and text[at - 1] not in "前元現故"):
                who = _leading(first[char], at, text) if char in first else choose(char, at, people, lexicon)
                stop = _title(text, end)
                if stop > end + 2 and _GIVEN_KANJI.match(text, end, stop) and not _NOT_GIVEN.match(text, end):
                    at = text.find(char, at + 1)
                    continue  # 金明哲副院長 is a name in full
                if who is None and text[end:stop] in _LEADERS.get(char, {}) and _ABOUT_LEADERS.search(text):
                    who = _LEADERS[char][text[end:stop]]
                if who and stop > end and char in first and len(first[char]) > 1:
                    who = _in_office(first[char], text[end:stop], text) or who
                if who and ADMINISTRATION.match(text, end):
                    person(text, at, end, who, "ja", found, add)
                elif who and stop > end and stop - end <= 8:
                    add(at, stop, (who,), "family")  # type: ignore[operator]
                elif who and who in people and re.match(r"・[ァ-ヺ]|[がはも](?!属)", text[end : end + 2]):
                    add(at, end, (who,), "family")  # type: ignore[operator]
            at = text.find(char, at + 1)


__all__ = ["ADMINISTRATION", "OWNERS", "choose", "person", "person_ids", "short_families"]
