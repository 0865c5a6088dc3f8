"""States named by one character: compounds (米朝, 中ロ朝), 対米 and 訪朝, 北 for North Korea; 制裁 for those of the United Nations."""  # noqa: E501

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.records import Entity
from keisei.documents.words import words

_CORE = "米中ロ露朝韓日ソ英仏独印豪北台欧蒙越比伊加宇"
_COMPOUND = re.compile(rf"[{_CORE}]{{2,5}}")
_NOT_COMPOUND = re.compile(
    r"朝日|日中(?=の気温|は(?!関|首|両|国|韓)|も|に(?!お|は)|[、。])|北米|中南|北中|北欧|中東|北朝|南北|日独|中台|北台|北京|日比谷|比率|比例|加入|加盟|参加"
)
_AFTER_COMPOUND = re.compile(
    r"首脳|関係|会談|両|間|[のがはもをとでへに、。「」)(・]|友好|同盟|協力|国境|貿易|条約|軍事|対[立話]|交渉|接近|外交|ハノイ|シンガポール|合[意同弁]|協議|"
    r"三|3|連携|共[同通]|枠組|戦争|摩擦|経済|外[相務]|国防|防衛|安[保全]|実務|高官|当局|情報|宣言|声明|の|など|各|側|だけ|から|まで|より|主導|対抗|陣営|ブロック|トライ|"
    r"パート|サミット|覇権|競争|冷戦|蜜月|離間|分断|交流|往来|武器|取引|技術|合作|新|包括|平壌|北京|以外|プラス|両軍|海軍|空軍|陸軍|軍(?![需拡])|艦|海上|海保|沿岸|部隊|戦闘機|爆撃機|演習|訓練|条約|4|四|5|五|とも|とい|いずれ|双方|開発|密約"
)
_TOWARD = re.compile(
    rf"(?<![一-鿿々])対([{_CORE}])(?![国本朝鮮京央心欧])|"
    rf"(?:親|反)([{_CORE}])(?=[関外貿政制交強融姿戦経圧投支抑敵依輸接批協包攻感派的追路方け・、。]|[をにへのと])"
)
_VISIT = re.compile(rf"(?:訪|駐|在|来|入)([{_CORE}])(?![国本鮮京])")
_ABBREVIATED = re.compile(
    r"(?<![一-鿿ァ-ヺ])(?:[前元現]?)([米露中韓英仏独豪印日台])"
    r"(政府|政権|軍(?![事需備人用拡縮政])|海軍|空軍|議会|大統領|首相|外相|国防|国務|財務|当局|紙|誌|通信|テレビ|シンク|外交|高官|メディア|国民|企業|情報|側|兵|司令|大使|主導|経済|専門家|科学|連邦|中央|本土)"
)
_NORTH = re.compile(
    r"(?<![一-鿿ァ-ヺー])北(?=側?[はがをもへ]|側?[のにと](?!向|緯|方|部|西|東|隣|上)|労働者|当局|メディア)(側(?![(（]))?"
)

_SOUTH = re.compile(r"(?<![一-鿿ァ-ヺー])南(?:側)?(?=[はがをも]|[のにと](?!向|緯|方|部|西|東|隣|上))")


def compounds(text: str, lexicon: Lexicon, taken: bytearray, found: Found, add: object) -> None:
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


def inner(text: str, lexicon: Lexicon, taken: bytearray, found: Found, add: object) -> None:
    for match in _TOWARD.finditer(text):
        if not any(taken[match.start() : match.end()]):
            add(match.start(), match.end(), (lexicon.abbreviations[match[1] or match[2]],), "toward")  # type: ignore[operator]
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
            found.forms.append((match[1], ident))  # 米大統領選, 米軍: the state by its character


def north(text: str, taken: bytearray, found: Found, add: object) -> None:
    if text.count("北朝鮮") < 2:
        return
    for match in _NORTH.finditer(text):
        if not any(taken[match.start() : match.end()]):
            add(match.start(), match.end(), ("PRK",), "north")  # type: ignore[operator]
            south = _SOUTH.search(text, max(0, match.start() - 40), match.start() + 40)
            if south and not taken[south.start()]:  # 南の戦車と北の砲弾
                add(south.start(), south.end(), ("KOR",), "north")  # type: ignore[operator]


def sanctions(text: str, taken: bytearray, add: object) -> None:
    """制裁 alone means those on North Korea where the text speaks of the United Nations and of North Korea."""
    if not ("北朝鮮" in text and ("国連" in text or "安保理" in text)):
        return
    for match in re.finditer(r"(?<![一-鿿ァ-ヺー])制裁(?=[にをのがはへも、。」]|緩和|解除|違反|逃れ|回避|体制)", text):
        if not any(taken[match.start() : match.end()]):
            add(match.start(), match.end(), ("UN_SANCTIONS",), "sanctions", False)  # type: ignore[operator]


__all__ = ["compounds", "inner", "north", "sanctions"]
