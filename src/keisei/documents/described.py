"""Things named by a description: arms by kind and make (新型の固体燃料ICBM), zones and parts of lands (日本の排他的経済水域,
平壌近郊), agreements and papers by year, quality or issuer (61年条約, 新条約, 国連安保理の決議, 制裁決議).

Each longer form is a form of what its last word names; modifiers fall away one by one.
"""  # noqa: E501

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.normal import key
from keisei.documents.records import Entity
from keisei.documents.romaji import ident
from keisei.documents.tokens import reading

_KIND = (
    "大陸間弾道ミサイル|中距離弾道ミサイル|短距離弾道ミサイル|潜水艦発射弾道ミサイル|弾道ミサイル|巡航ミサイル|ミサイル|ICBM|IRBM|SRBM|SLBM|"
    "放射砲|ロケット砲|ロケット|自走砲|発射台|発射管|弾頭|偵察衛星|衛星|無人機|ドローン|戦闘機|爆撃機|輸送機|ヘリコプター|早期警戒管制機|早期警戒機|戦車|装甲車|"
    "潜水艦|駆逐艦|護衛艦|空母|フリゲート艦|魚雷|砲弾|地雷|迎撃システム|防空システム|防空ミサイル|エンジン"
)
# what a thing is made for or how; each may stand before another
_QUALITY = (
    r"(?:(?P<loose>新型|最新型|次世代|最新鋭|改良型|国産|旧式)の?|固体燃料(?:式|型)?の?|液体燃料(?:式|型)?の?|極超音速|超大型|大型|小型|移動式の?|多連装|潜水艦発射(?:型|式)?|"
    r"短距離|中距離|長距離|地対空|空対地|空対空|対艦|対戦車|戦術核|戦略|核搭載(?:型)?|核|軍事|攻撃型?|自爆型?|偵察用?|多弾頭(?:型)?|原子力(?:推進)?|(?:ICBM|SLBM|衛星)用の?|弾道)"
)
_WEAPON = re.compile(
    rf"(?<![一-鿿々ァ-ヺーA-Za-z])(?P<how>{_QUALITY.replace('?P<loose>', '?:')}{{1,5}})(?P<kind>{_KIND})(?![一-鿿ァ-ヺー](?<![級約])|用)"  # noqa: E501
)
_STEP = re.compile(_QUALITY)
_ACRONYM = re.compile(r"[(（]([A-Z][A-Za-z]{1,7})[)）]")
_BROAD = (
    "ミサイル",
    "ロケット",
    "衛星",
    "無人機",
    "ドローン",
    "弾頭",
    "潜水艦",
    "戦闘機",
    "爆撃機",
    "戦車",
    "砲弾",
    "発射台",
    "エンジン",
)
_ZONE = re.compile(r"の(?P<zone>排他的経済水域|EEZ|領海|領空|接続水域|防空識別圏)(?P<short>[(（][A-Z]{2,5}[)）])?")
_PART = re.compile(
    r"(?:近郊|郊外|南郊|北郊|東郊|西郊|沖|近海|地方|北東部|北西部|南東部|南西部|東部|西部|南部|北部|中部|中心部|沿岸部?|極東)(?![一-鿿])"
)
_YEAR_TREATY = re.compile(
    r"(?<![0-9０-９])(?<!つの)(?:[0-9０-９]{4}年(?:[0-9０-９]{1,2}月)?の?|[0-9０-９]{2}年の?)(?P<pair>[米中ロ露朝韓日ソ英仏独印]{2})?(?P<kind>条約|協定|合意)(?![一-鿿])"
)
_NEW_TREATY = re.compile(r"(?<![一-鿿ァ-ヺー])(?:新|旧|現)(?:条約|協定)(?![一-鿿])")
_RESOLUTION = re.compile(
    r"(?<![一-鿿ァ-ヺー])(?P<new>(?:新たな|追加の?|一連の|新しい))?(?P<core>(?:追加)?(?:制裁|非難|人権)(?:強化|緩和|解除|延長)?決議案?)(?![一-鿿])"
)
# 北京の大使館: the embassy in a capital
_EMBASSY = re.compile(r"の(?:[一-鿿ァ-ヺー]{1,8})?(?:大使館|総領事館)(?!員|職員|関係|前)")
_OF_COUNCIL = re.compile(r"の(?:制裁|非難)?決議(?![一-鿿])")


def described(text: str, found: Found, lexicon: Lexicon) -> None:
    """Add these forms; no mention is made, so that the names inside stay actors."""
    _weapons(text, found, lexicon)
    _lands(text, found, lexicon)
    _papers(text, found, lexicon)
    for mention in found.mentions:
        entity = lexicon.entities.get(mention.ids[0])
        seat = entity is not None and (entity.type == "place" or mention.rule == "capital")
        if seat and (match := _EMBASSY.match(text, mention.end)):
            whole = text[mention.start : match.end()]
            _form(found, whole, _sounds(whole), "organisation")


def _form(found: Found, surface: str, name: str, kind: str, country: str | None = None) -> None:
    found.proposed.setdefault(name, Entity(name, kind, surface, country, None, proposed=True))
    found.forms.append((surface, name))


def _sounds(name: str) -> str:
    return ident(*reading(name)) or "THING"


def _weapons(text: str, found: Found, lexicon: Lexicon) -> None:
    for match in _WEAPON.finditer(text):
        whole = match.group()
        short = _ACRONYM.match(text, match.end())
        if text[short.end() if short else match.end() :][:1] == "「":
            continue  # the kind of what is named behind it
        if lexicon.aliases.get(key(whole)):
            _short(text, match.end(), whole, lexicon.aliases[key(whole)], found)
            continue
        # a specific kind is that kind however it is made; of a broad one the make is the name
        firm = whole
        while (step := _STEP.match(firm)) and (step["loose"] or "用" in step.group()):
            firm = firm[step.end() :]
        if firm == match["kind"] and firm in _BROAD and not short:
            continue  # 最新鋭戦闘機 is any
        core = lexicon.aliases.get(key(match["kind"]))
        name = core if core and match["kind"] not in _BROAD else lexicon.aliases.get(key(firm)) or _sounds(firm)
        forms = [firm] if short and firm != match["kind"] else [whole] if firm == match["kind"] else [whole, firm]
        for form in dict.fromkeys(forms):
            _form(found, form, name, "weapon")
        _short(text, match.end(), whole, name, found)
    for kind in ("大陸間弾道ミサイル", "潜水艦発射弾道ミサイル", "中距離弾道ミサイル", "短距離弾道ミサイル"):
        for match in re.finditer(kind, text):
            _short(text, match.end(), kind, lexicon.aliases[key(kind)], found)


def _short(text: str, end: int, whole: str, name: str, found: Found) -> None:
    """The acronym behind a name, and both together unless a proper name follows (…(ICBM)「火星20」)."""
    short = _ACRONYM.match(text, end)
    if short:
        found.forms.append((short[1], name))
        if text[short.end() : short.end() + 1] != "「":
            found.forms.append((whole + short.group(), name))


def _lands(text: str, found: Found, lexicon: Lexicon) -> None:
    for mention in list(found.mentions):
        if len(mention.ids) != 1 or mention.rule in ("inner", "toward"):
            continue
        kind = _type(mention.ids[0], found, lexicon)
        name = text[mention.start : mention.end]
        if kind == "state":
            zone = _ZONE.match(text, mention.end)
            if zone:
                code = (
                    f"{mention.ids[0]}_{'EEZ' if zone['zone'] in ('排他的経済水域', 'EEZ') else _sounds(zone['zone'])}"
                )
                for form in filter(None, (name + zone.group(), zone["zone"], (zone["short"] or "").strip("()（）"))):
                    _form(found, form, code, "place", mention.ids[0])
        if kind == "state" and mention.rule == "name":
            part = _PART.match(text, mention.end)
            if part:
                _form(found, name + part.group(), f"{mention.ids[0]}_{_sounds(part.group())}", "place", mention.ids[0])
        if kind == "place" or mention.rule == "capital":
            part = _PART.match(text, mention.end)
            if part:
                place = mention.ids[0] if kind == "place" else lexicon.aliases.get(key(name), mention.ids[0])
                found.forms.append((name + part.group(), place))


def joined_places(text: str, found: Found, lexicon: Lexicon) -> None:
    """A place after the land it lies in (北海道・奥尻島) has a longer form."""
    places = {m.start: m for m in found.mentions if _type(m.ids[0], found, lexicon) == "place"}
    for start, mention in places.items():
        inner = places.get(mention.end + 1) if text[mention.end : mention.end + 1] == "・" else None
        if inner is None and text[mention.end - 1] in "省州県郡":
            inner = places.get(mention.end)  # 吉林省和竜
        if inner:
            found.forms.append((text[start : inner.end], inner.ids[0]))


def _type(name: str, found: Found, lexicon: Lexicon) -> str | None:
    entity = lexicon.entities.get(name) or found.proposed.get(name)
    return entity.type if entity else None


def _papers(text: str, found: Found, lexicon: Lexicon) -> None:
    agreements = [
        (match.start(), name)
        for form, name in found.forms
        if _type(name, found, lexicon) == "agreement" and form.endswith(("条約", "協定"))
        for match in re.finditer(re.escape(form), text)
    ]
    agreements += [
        (m.start, m.ids[0])
        for m in found.mentions
        if _type(m.ids[0], found, lexicon) == "agreement" and text[m.start : m.end].endswith(("条約", "協定"))
    ]
    agreements.sort()
    for start, name in agreements:
        for form in {f for f, n in found.forms if n == name} | {
            text[m.start : m.end] for m in found.mentions if m.ids[0] == name
        }:
            if text[start - 1 : start] == "「" and text.startswith(form + "」", start):
                found.forms.append((f"「{form}」", name))
    for match in _YEAR_TREATY.finditer(text):
        pair = match.group()[match.start("pair") - match.start() :] if match["pair"] else ""
        known = (
            lexicon.aliases.get(key(pair)) if pair else _of_year(text, match.group()[:-2], match.start(), agreements)
        )
        _form(found, match.group(), known or _sounds(match.group()), "agreement")
    for match in _NEW_TREATY.finditer(text):
        before = [name for start, name in agreements if start < match.start()]
        if match.group().startswith("旧") and len(set(before)) > 1:
            before = [name for name in before if name != before[-1]]  # the one that the last named replaced
        _form(found, match.group(), before[-1] if before else _sounds(match.group()), "agreement")
    for match in _RESOLUTION.finditer(text):
        name = _sounds((match["new"] or "") + match["core"])
        for form in dict.fromkeys((match.group(), match["core"])):
            _form(found, form, name, "document")
    for mention in found.mentions:
        if mention.ids[0] in ("UN", "UNSC"):
            of = _OF_COUNCIL.match(text, mention.end)
            if of:
                found.forms.append((text[mention.start : of.end()], "UNSC_RESOLUTIONS"))


def _of_year(text: str, year: str, before: int, agreements: list[tuple[int, str]]) -> str | None:
    """The agreement last named in a sentence that bears this year (61年条約)."""
    digits = re.sub(r"\D", "", year)
    for start, name in reversed([a for a in agreements if a[0] < before]):
        begin = text.rfind("。", 0, start) + 1
        if re.search(rf"{digits}年", text[begin:start]):
            return name
    return None


__all__ = ["described", "joined_places"]
