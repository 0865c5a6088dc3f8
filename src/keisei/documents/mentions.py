"""Mentions: where the names of the lexicon stand, with titles, compounds and abbreviations read in context.

Rules, by the name that a mention carries:

- ``name``: a form of the lexicon, on the folded copy, with script boundaries (ラオス is not in コラオスト).
- ``titled``: a name with offices before or after it (金正恩総書記, プーティン露大統領, 北朝鮮最高指導者・金正恩総書記).
- ``family``: a family name alone, where the person stands in full elsewhere or an office follows.
- ``compound``: states joined by one-character names (米朝, 中ロ朝, 日米韓); each character is an actor.
- ``toward``: 対/親/反 with a one-character name; ``inner``: such a name inside a word (訪朝, 米軍), no surface of its own.
- ``north``: 北 for North Korea, only beside particles that a compass direction seldom takes, in a text about North Korea.
- ``derived``: a body of a state (ロシア軍, 中国外務省); ``capital``: a capital that acts as a government does.
"""  # noqa: E501

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from keisei.documents import offices
from keisei.documents.lexicon import Lexicon, load
from keisei.documents.normal import Folded, fold, is_katakana
from keisei.documents.records import Entity, Mention
from keisei.documents.words import words

_CORE = "米中ロ露朝韓日ソ英仏独印豪北台欧"
_COMPOUND = re.compile(rf"[{_CORE}]{{2,5}}")
_NOT_COMPOUND = re.compile(
    r"朝日|日中(?=の気温|は(?!関|首|両|国|韓)|も|に(?!お|は)|[、。])|北米|中南|北中|北欧|中東|北朝|南北|日独|中台|北台|北京"
)
_AFTER_COMPOUND = re.compile(
    r"首脳|関係|会談|両|間|[のがはもをとでへに、。「」)(・]|友好|同盟|協力|国境|貿易|条約|軍事|対[立話]|交渉|接近|外交|ハノイ|シンガポール|合[意同弁]|協議|"
    r"三|3|連携|共[同通]|枠組|戦争|摩擦|経済|外[相務]|国防|防衛|安[保全]|実務|高官|当局|情報|宣言|声明|の|など|各|側|だけ|から|まで|より|主導|対抗|陣営|ブロック|トライ|"
    r"パート|サミット|覇権|競争|冷戦|蜜月|離間|分断|交流|往来|武器|取引|技術|合作|新|包括|平壌|北京|以外|プラス|とも|とい|いずれ|双方|開発|密約"
)
_TOWARD = re.compile(
    rf"(?:対|親|反)([{_CORE}])(?=[関外貿政制交強融姿戦経圧投支抑敵依輸接批協包攻交感派的攻追路方け・、。]|抑|[をにへのと])"
)
_VISIT = re.compile(rf"(?:訪|駐|在|来|入)([{_CORE}])(?![国本鮮京])")
_ABBREVIATED = re.compile(
    r"(?<![一-鿿ァ-ヺ])(?:[前元現]?)([米露中韓英仏独豪印日台])"
    r"(政府|政権|軍(?![事需備人用拡縮政])|海軍|空軍|議会|大統領|首相|外相|国防|国務|財務|当局|紙|誌|通信|テレビ|シンク|外交|高官|メディア|国民|企業|情報|側|兵|司令|大使|主導|経済|専門家|科学|連邦|中央|本土)"
)
_ADMINISTRATION = re.compile(r"(?:第[1-3一二三12３]次)?[米韓露中日英]?新?政権")
_NORTH = re.compile(
    r"(?<![一-鿿ァ-ヺー])北(?=側?[はがをもへ]|側?[のにと](?!向|緯|方|部|西|東|隣|上)|労働者|当局|メディア)(側(?![(（]))?"
)
_METONYM = re.compile(
    r"は|が(?!ある)|も(?!ある)|による|とし?ては|との|に対し|から目|側|に(?:圧力|絶好|とって|譲歩|接近)|の(?:意図|思惑|野望|立場|戦略|軍事|核|指導|支援|外交|政権|態度|姿勢|要求|狙い|「)"
)
_PLACE_USE = re.compile(
    r"で(?!は|も)|に本|から(?!目)|に到着|に(?:ある|いる|近)|を訪|へ向|空港|市|郊外|近郊|入り|滞在|での|の(?:空港|郊外|街|中心|展示|ホテル|軍事パレード)|駅|行き"
)
_KATAKANA_NAME = re.compile(r"[ァ-ヺー]{1,12}(?:[・＝゠=][ァ-ヺー]{1,14}){1,4}")
_PAREN_ALIAS = re.compile(r"\s?[(（]([A-Za-zÀ-ž][A-Za-z0-9À-ž'’.\- ]{1,60})[)）、,;]")
_NAMED_THING = re.compile(
    r"(大陸間弾道ミサイル|弾道ミサイル|軍事偵察衛星|偵察衛星|ミサイル|衛星|ロケット|潜水艦|駆逐艦)(?:[((][A-Z]+[))])?「([^」\n]{2,20})」"
)
_TITLED_WORK = re.compile(
    r"(?:著書|近著|共著|論文|報告書|寄稿|書籍)(?:に|は|の|で|、)?は?([「『])([^「」『』\n]{4,120})([」』])"
)
_PUBLICATION = re.compile(r"『([^』\n]{2,40})』(誌|紙)")


@dataclass
class Found:
    """What the finder gathers: mentions, forms without a mention of their own, and entities proposed here."""

    mentions: list[Mention] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)  # surface, entity id
    proposed: dict[str, Entity] = field(default_factory=dict)


def _boundary(text: str, start: int, end: int) -> bool:
    """Whether a name may begin and end here: no katakana or Latin word goes on across its edges."""
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if is_katakana(first) and before and is_katakana(before):
        return False
    if is_katakana(last) and after and is_katakana(after):
        return False
    # a digit may follow a letter's word and the other way round (G20BRICS), a letter may not follow a letter
    if before and (
        (first.isascii() and first.isalpha() and before.isalpha() and before.isascii())
        or (first.isdigit() and before.isdigit())
    ):
        return False
    return not (
        after
        and (
            (last.isascii() and last.isalpha() and after.isalpha() and after.isascii())
            or (last.isdigit() and after.isdigit())
        )
    )


def _names(text: str, folded: Folded, lexicon: Lexicon) -> list[tuple[int, int, str, bool]]:
    """Lexicon forms on the folded copy: (start, end, folded form, whether it is a short name only)."""
    out: list[tuple[int, int, str, bool]] = []
    copy, starts, aliases, family = folded.text, lexicon.starts, lexicon.aliases, lexicon.family
    i, n = 0, len(copy)
    while i < n:
        lengths = starts.get(copy[i : i + 2])
        if lengths:
            for length in lengths:
                form = copy[i : i + length]
                known = form in aliases
                if not (known or form in family) or i + length > n:
                    continue
                start, end = folded.span(i, i + length)
                while end < len(text) and text[end] in "ーｰ":
                    end += 1
                if _boundary(text, start, end):
                    out.append((start, end, form, not known))
                    i += length - 1
                    break
        i += 1
    return out


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
    match = words().title.match(text, end, min(len(text), end + 60))
    return match.end() if match else end


def _nearest(people: dict[str, list[int]], at: int) -> str:
    """Of some people with their places the one named nearest before, else the nearest."""

    def distance(item: tuple[str, list[int]]) -> tuple[bool, int]:
        before = [at - p for p in item[1] if p <= at]
        return (not before, min(before) if before else min(abs(at - p) for p in item[1]))

    return min(people.items(), key=distance)[0]


def _choose(short: str, at: int, people: dict[str, list[int]], lexicon: Lexicon) -> str | None:
    """The person a family name stands for: the one named in full nearest before, else after, else the only one."""
    candidates = lexicon.family.get(short, ())
    seen = [(ident, places) for ident, places in people.items() if ident in candidates]
    if seen:
        return _nearest(dict(seen), at)
    if len(candidates) >= 1 and len(short) >= 2:
        return candidates[0]
    return None


def find(text: str, language: str) -> Found:
    """All mentions, in the order of the text, none overlapping another except those inside a longer form."""
    lexicon = load()
    found = Found()
    folded = fold(text)
    names = _names(text, folded, lexicon)
    people = person_ids(text, names, lexicon)
    taken = bytearray(len(text) + 1)
    offices.urls(text, taken)

    def claim(start: int, end: int) -> None:
        taken[start:end] = b"\1" * (end - start)

    def add(start: int, end: int, ids: tuple[str, ...], rule: str, acts: bool = True) -> None:
        found.mentions.append(Mention(start, end, ids, rule, acts))
        claim(start, end)

    for start, end, form, short in names:
        if taken[start]:
            continue
        if short:
            ident = _choose(form, start, people, lexicon)
            if ident is None or (language == "en" and ident not in people):
                continue
        else:
            ident = lexicon.aliases[form]
        entity = lexicon.entities[ident]
        if entity.type == "person":
            _person(text, start, end, ident, language, found, add)
        elif entity.type == "state":
            _state(text, start, end, ident, lexicon, found, add)
        elif ident in lexicon.capitals:
            if re.match(r"(?:大学|条約|宣言|大会|五輪|オリンピック|株|証券)", text[end : end + 6]):
                continue
            acts = bool(_METONYM.match(text, end)) and not _PLACE_USE.match(text, end)
            if language == "en":
                acts = _english_metonym(text, start, end)
            elif (ident in ("MOSCOW", "WASHINGTON_DC") and not _PLACE_USE.match(text, end)) or (
                (text[end : end + 1] == "と" and text[end + 1 : end + 3] in ("平壌", "北京"))
                or text[max(0, start - 3) : start] in ("北京と", "平壌と")
            ):
                acts = True
            state = lexicon.capitals[ident]
            if _state(text, start, end, state, lexicon, found, add, only_suffix=True):
                continue
            add(start, end, (state,) if acts else (ident,), "capital", acts)
        elif ident == "KREMLIN" and not re.match(r"で(?!は)", text[end : end + 2]):
            add(start, end, ("RUS",), "capital")
        else:
            if ident == "WHITE_HOUSE" and text[end : end + 8] == "国家安全保障会議":
                add(start, end + 8, ("NSC",), "name")
                found.forms.append(("国家安全保障会議", "NSC"))
                continue
            if ident == "CCP" and text[end : end + 2] == "政府":
                add(start, end + 2, ("CHN",), "name")
                found.forms.append((text[start:end], ident))
                continue
            if ident == "WEST" and text[start:end] == "西側" and text[end : end + 1] in "((":
                continue
            add(start, end, (ident,), "name", entity.type in ("organisation",))
    if language == "ja":
        _short_families(text, people, lexicon, taken, found, add)
        _compounds(text, lexicon, taken, found, add)
        _inner(text, lexicon, taken, found, add)
        _north(text, taken, found, add)
        _sanctions(text, taken, add)
        offices.offices(text, found.mentions, lexicon, found.proposed, taken, found.forms)
        found.mentions.sort(key=lambda m: (m.start, -m.end))
        alone = offices.ministries(text, found.mentions, lexicon, found.proposed, taken)
        offices.ministry_forms(text, alone, found.forms)
        found.mentions.extend(alone)
        offices.office_forms(text, found.mentions, found.forms)
        offices.inner_forms(text, found.mentions, lexicon, found.forms)
    found.mentions.sort(key=lambda m: (m.start, -m.end))
    if language == "ja":
        _parentheses(text, found)
        _things(text, found, lexicon)
    return found


def _person(text: str, start: int, end: int, ident: str, language: str, found: Found, add: object) -> None:
    name = text[start:end]
    begin, stop = start, end
    if language == "ja":
        administration = _ADMINISTRATION.match(text, end)
        if administration:
            family = ident.split("_")[0]
            admin = f"{family}_ADMIN"
            lexicon = load()
            country = lexicon.entities[ident].country
            plain = lexicon.entities[ident].name_en.split()
            label = plain[0] if country in ("KOR", "PRK", "CHN", "VNM") else plain[-1]
            found.proposed.setdefault(admin, Entity(admin, "organisation", f"{label} administration", country))
            add(start, administration.end(), (admin,), "administration")  # type: ignore[operator]
            if len(name) > 2 and "・" in name:
                found.forms.append((name, ident))
            return
        stop = _title(text, end)
        before = text[max(0, start - 14) : start]
        lead = re.search(r"(?:[一-鿿]{2,6}?|)(?:最高指導者|指導者)[・の]$", before)
        if lead and "・" in lead.group() and "の" not in lead.group():
            state = re.search(r"(北朝鮮|ロシア|中国|韓国|米国)(?=最高指導者)", lead.group())
            if state:
                begin = start - (len(lead.group()) - lead.group().index(state.group()))
    else:
        lead = words().english_title.search(text, max(0, start - 40), start)
        if lead:
            begin = lead.start()
    add(begin, stop, (ident,), "titled" if (begin, stop) != (start, end) else "name")  # type: ignore[operator]
    if (begin, stop) != (start, end):
        found.forms.append((name, ident))
        shown = text[begin:stop]
        cut = re.sub(r"[((]当時[))]$", "", shown)
        if cut != shown:
            found.forms.append((cut, ident))
        if begin != start and stop != end:
            found.forms.append((text[start:stop], ident))


def _state(
    text: str, start: int, end: int, ident: str, lexicon: Lexicon, found: Found, add: object, only_suffix: bool = False
) -> bool:
    """A state's name, with what makes of it a body of the state. Returns whether anything was added."""
    w = words()
    suffix = w.state_suffix.match(text, end)
    derived = w.derived.match(text, end)
    if derived and (not suffix or derived.end() > suffix.end()):
        code, label = w.derived_codes[derived.group()]
        organisation = f"{ident}_{code}"
        entity = lexicon.entities[ident]
        found.proposed.setdefault(
            organisation, Entity(organisation, "organisation", f"{entity.name_en}: {label}", ident)
        )
        add(start, derived.end(), (organisation,), "derived")  # type: ignore[operator]
        if not only_suffix:
            found.forms.append((text[start:end], ident))
        return True
    if suffix and not (suffix.group() == "側" and text[suffix.end() : suffix.end() + 1] in "面近"):
        add(start, suffix.end(), (ident,), "name")  # type: ignore[operator]
        return True
    if only_suffix:
        return False
    add(start, end, (ident,), "name")  # type: ignore[operator]
    return True


def _english_metonym(text: str, start: int, end: int) -> bool:
    after = text[end : end + 30]
    before = text[max(0, start - 12) : start].lower()
    if re.search(r"\b(?:in|at|from|near|outside|visited?|to)\s+(?:the\s+)?$", before):
        return False
    return bool(
        re.match(r"(?:'s|\s+(?:has|had|is|was|will|would|and|said|says|may|could|can|did|does|also|ha))", after)
    )


def _short_families(
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
                who = _nearest(first[char], at) if char in first else _choose(char, at, people, lexicon)
                stop = _title(text, end)
                if who and _ADMINISTRATION.match(text, end):
                    _person(text, at, end, who, "ja", found, add)
                elif who and stop > end and stop - end <= 8:
                    add(at, stop, (who,), "family")  # type: ignore[operator]
                elif who and who in people and re.match(r"・[ァ-ヺ]|[がはも](?!属)", text[end : end + 2]):
                    add(at, end, (who,), "family")  # type: ignore[operator]
            at = text.find(char, at + 1)


def _compounds(text: str, lexicon: Lexicon, taken: bytearray, found: Found, add: object) -> None:
    for match in _COMPOUND.finditer(text):
        start, end = match.span()
        if any(taken[start:end]) or (start and text[start - 1] in "朝昨今早北東西南" and text[start] in "日朝鮮"):
            continue
        if _NOT_COMPOUND.match(text, start) or not _AFTER_COMPOUND.match(text, end):
            continue
        if start and "一" <= text[start - 1] <= "鿿" and text[start - 1] not in "対前旧反親新在各は":
            continue
        ids = tuple(dict.fromkeys("EU" if c == "欧" else lexicon.abbreviations[c] for c in match.group()))
        if len(ids) < 2:
            continue
        add(start, end, ids, "compound")  # type: ignore[operator]
        if text[end : end + 2] == "両国":
            found.forms.extend((match.group() + "両国", ident) for ident in ids)
    for match in re.finditer(
        r"南北(?=関係|首脳|会談|対話|統一|協力|交流|軍事|共同|合意|間|の(?:関係|対話|統一|首脳))", text
    ):
        if not any(taken[match.start() : match.end()]):
            add(match.start(), match.end(), ("KOR", "PRK"), "compound")  # type: ignore[operator]


def _inner(text: str, lexicon: Lexicon, taken: bytearray, found: Found, add: object) -> None:
    for match in _TOWARD.finditer(text):
        if not any(taken[match.start() : match.end()]):
            add(match.start(), match.end(), (lexicon.abbreviations[match[1]],), "toward")  # type: ignore[operator]
    for match in _VISIT.finditer(text):
        if not taken[match.start(1)]:
            add(match.start(1), match.end(1), (lexicon.abbreviations[match[1]],), "inner")  # type: ignore[operator]
    w = words()
    for match in _ABBREVIATED.finditer(text):
        start, end = match.span(1)
        if any(taken[start : match.end()]):
            continue
        ident = lexicon.abbreviations[match[1]]
        if match[2] in ("政府", "側", "当局"):
            add(start, match.end(), (ident,), "name")  # type: ignore[operator]
            continue
        derived = w.derived.match(text, end)
        if derived:
            code, label = w.derived_codes[derived.group()]
            organisation = f"{ident}_{code}"
            name = f"{lexicon.entities[ident].name_en}: {label}"
            found.proposed.setdefault(organisation, Entity(organisation, "organisation", name, ident))
            add(start, derived.end(), (organisation,), "derived")  # type: ignore[operator]
        else:
            add(start, end, (ident,), "inner")  # type: ignore[operator]


def _north(text: str, taken: bytearray, found: Found, add: object) -> None:
    if text.count("北朝鮮") < 2:
        return
    for match in _NORTH.finditer(text):
        if not any(taken[match.start() : match.end()]):
            add(match.start(), match.end(), ("PRK",), "north")  # type: ignore[operator]


def _sanctions(text: str, taken: bytearray, add: object) -> None:
    """制裁 alone means those on North Korea where the text speaks of the United Nations and of North Korea."""
    if not ("北朝鮮" in text and ("国連" in text or "安保理" in text)):
        return
    for match in re.finditer(r"(?<![一-鿿ァ-ヺー])制裁(?=[にをのがはへも、。」]|緩和|解除|違反|逃れ|回避|体制)", text):
        if not any(taken[match.start() : match.end()]):
            add(match.start(), match.end(), ("UN_SANCTIONS",), "sanctions", False)  # type: ignore[operator]


def _parentheses(text: str, found: Found) -> None:
    """A Latin name in brackets after a mention is a form of the same entity (国際刑事裁判所(ICC)…)."""
    for mention in list(found.mentions):
        if len(mention.ids) != 1 or mention.rule in ("inner", "toward", "compound"):
            continue
        match = _PAREN_ALIAS.match(text, mention.end)
        if match and mention.rule != "capital":
            found.forms.append((match[1].strip(), mention.ids[0]))


def _things(text: str, found: Found, lexicon: Lexicon) -> None:
    """A weapon or satellite with its name in brackets, and papers with 誌/紙."""
    at = {m.start: m for m in found.mentions}
    for match in _NAMED_THING.finditer(text):
        inner = at.get(match.start(2))
        if inner:
            found.forms.append((match.group(), inner.ids[0]))
    for match in _TITLED_WORK.finditer(text):
        title = match[2]
        ident = "DOC_" + hashlib.sha1(title.encode("utf-8", "surrogatepass")).hexdigest()[:8].upper()
        found.proposed.setdefault(ident, Entity(ident, "document", title, None, None, proposed=True))
        found.forms.extend([(match[1] + title + match[3], ident), (title, ident)])
    for match in _PUBLICATION.finditer(text):
        inner = at.get(match.start(1))
        if inner:
            found.forms.append((match.group(), inner.ids[0]))


__all__ = ["Found", "find", "person_ids"]
