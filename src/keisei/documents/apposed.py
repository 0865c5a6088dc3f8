"""Bodies named behind what they are: 準軍事組織「即応支援部隊(RSF)」, 調査会社エコラティーナ, 月刊『潮流』.

The kind before the name says that it is a body, whatever the name itself looks like; the kind is no part of the name.
What stands in brackets behind the name is a shorter form of it.
"""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.newpeople import add
from keisei.documents.normal import key
from keisei.documents.records import Entity
from keisei.documents.romaji import ident
from keisei.documents.tokens import kinds, reading

_KIND = (
    "武装組織|武装勢力|武装集団|民兵組織|民兵|準軍事組織|反政府勢力|反政府組織|反体制派|反体制組織|反乱勢力|過激派組織|過激派|イスラム組織|"
    "テロ組織|ゲリラ組織|犯罪組織|麻薬組織|麻薬カルテル|ギャング団|軍事組織|政治組織|後継組織|傘下組織|上部組織|政党|与党|野党|最大野党|第1党|第一党|"
    "新党|極右政党|極左政党|左派政党|右派政党|連立与党|野党連合|与党連合|政党連合|市民団体|人権団体|環境団体|支援団体|業界団体|経済団体|学生団体|"
    "宗教団体|民間団体|調査団体|調査報道団体|調査会社|調査機関|世論調査会社|分析会社|コンサルタント会社|コンサルティング会社|格付け会社|保険会社|証券会社|"
    "石油会社|ガス会社|鉱山会社|電力会社|航空会社|海運会社|通信会社|建設会社|警備会社|傭兵会社|軍事会社|民間軍事会社|民間企業|国営企業|国有企業|"
    "新興企業|複合企業|企業グループ|財閥|交換業者|取引業者|取引所|運用会社|通信社|日刊紙|週刊紙|経済紙|夕刊紙|地元紙|有力紙|政府系紙|週刊誌|経済誌|"
    "専門誌|外交誌|放送局|テレビ局|ラジオ局|ニュースサイト|独立系メディア|メディア|シンクタンク|研究機関|非営利団体|非政府組織|NGO|ハッカー集団|"
    "サイバー集団|テレビ|同盟|連合体|石油大手|ガス大手|資源大手|鉱業大手|金融大手|銀行大手|半導体大手|自動車大手|通信大手|防衛大手|軍需大手|IT大手|海運大手|"
    "サイト|ブログ|番組|会社|企業|業者|団体|組織|機関|大手|商社|集団|製薬大手|航空大手|食品大手|小売り大手|電池大手|メーカー大手|国営大手|メーカー"
)
_SHORT = r"(?:[(（](?P<{0}>[A-Z][A-Za-z0-9\-]{{1,9}}|[ァ-ヺー]{{2,10}})[)）])?"
_QUOTED = re.compile(
    rf"(?:{_KIND})(?:の)?[「『](?P<name>[^「」『』()（）。、\n]{{2,24}}){_SHORT.format('in')}[」』]{_SHORT.format('out')}"
)
_PLAIN = re.compile(
    rf"(?:{_KIND})(?:の)?(?P<name>[ァ-ヺー]{{3,14}}(?:・[ァ-ヺー]{{2,14}}){{0,3}}|[A-Z]{{1,5}}[ァ-ヺー]{{2,14}}(?:・[ァ-ヺー]{{2,14}}){{0,2}}|[A-Z][A-Za-z&.\-]{{2,18}})(?![ァ-ヺー・A-Za-z])"
    rf"(?:社(?!長|員|会))?{_SHORT.format('out')}(?!氏|さん)"
)
_FIRM = re.compile(
    r"(?<![ァ-ヺー・A-Za-z])(?P<name>(?:[A-Z]{1,3}・)?[ァ-ヺー]{3,14}(?:・[ァ-ヺー]{2,12})?)社(?![一-鿿])"
)
_NO_NAME = re.compile(r"(?:する|した|だ|である|べき|い|こと|ない)$|^[0-9０-９]+$")
_PAPER = re.compile(
    r"(?P<kind>(?:月刊|週刊|季刊|隔月刊|旬刊)(?:誌|紙)?)?『(?P<title>[^『』\n]{2,30})』(?P<place>[(（][^()（）\n]{1,10}[)）])?"
    r"(?P<issue>[^。、『』\n]{0,3}?(?:[0-9０-９]{4}年)?(?:[0-9０-９]{1,2}月|[春夏秋冬])?(?:号|[0-9０-９]{1,2}日付))?"
)


def apposed(text: str, found: Found, lexicon: Lexicon, taken: bytearray) -> None:
    """Add what such a kind names; a name that the lexicon holds stays what it is."""
    for match in _QUOTED.finditer(text):
        name = match["name"]
        if _NO_NAME.search(name):
            continue
        _body(text, match, name, found, lexicon, taken)
    for match in _PLAIN.finditer(text):
        name = match["name"]
        if name.isascii() or not set(kinds(name)) <= {"common"} or "・" in name:
            _body(text, match, name, found, lexicon, taken)
    for match in _FIRM.finditer(text):
        name = match["name"]
        if not any(taken[match.start() : match.end()]) and set(kinds(name)) != {"common"}:
            code = ident(*reading(name)) or "BODY"
            entity = Entity(code, "organisation", match.group(), None, None, proposed=True)
            add(found, taken, match.start(), match.end(), entity, "new:organisation", True)
    if "『" in text:
        _papers(text, found, lexicon)


def _body(text: str, match: re.Match[str], name: str, found: Found, lexicon: Lexicon, taken: bytearray) -> None:
    start, end = match.span("name")
    known = lexicon.aliases.get(key(name))
    if known is None and any(taken[start:end]):
        inside = [m for m in found.mentions if m.start < end and start < m.end]
        if (
            not match.group().startswith(("「", "『"))
            and len(inside) == 1
            and inside[0].start == start >= inside[0].end - 1
        ):
            return
        if any(m.start < start or m.end > end for m in inside) or text[start - 1] not in "「『":
            return
        found.mentions[:] = [m for m in found.mentions if m not in inside]  # アフリカ of 「アフリカ軍団」
    code = known or ident(*reading(name)) or "BODY"
    entity = lexicon.entities.get(code) or Entity(code, "organisation", name, None, None, proposed=True)
    if entity.type == "person":
        return
    if known is None:
        taken[start:end] = bytes(end - start)
        add(found, taken, start, end, entity, "new:organisation", True)
        for at in _elsewhere(text, name, taken):
            add(found, taken, at, at + len(name), entity, "new:organisation", True)
    for group in ("in", "out"):
        short = match.groupdict().get(group)
        if short:
            whole = text[start : match.end(group) + 1]
            if group == "in" or text[end : end + 1] in "(（":
                found.forms.append((whole, code))
            found.forms.append((short, code))
            for at in _elsewhere(text, short, taken):
                add(found, taken, at, at + len(short), entity, "new:organisation", True)


def _elsewhere(text: str, name: str, taken: bytearray) -> list[int]:
    edge = r"A-Za-z0-9" if name.isascii() else r"ァ-ヺー"
    return [
        m.start()
        for m in re.finditer(rf"(?<![{edge}]){re.escape(name)}(?![{edge}])", text)
        if not any(taken[m.start() : m.end()])
    ]


def _papers(text: str, found: Found, lexicon: Lexicon) -> None:
    """Papers told by their kind or the number of the issue: 月刊『潮流』, 『東方季報』(ワルシャワ)2025年夏号."""
    for match in _PAPER.finditer(text):
        if not (match["kind"] or match["issue"]):
            continue
        title = match["title"]
        code = lexicon.aliases.get(key(title)) or f"PAPER_{ident(*reading(title)) or 'X'}"
        found.proposed.setdefault(code, Entity(code, "organisation", title, None, None, proposed=True))
        whole = text[match.start() : match.end("title") + 1]
        for form in dict.fromkeys((whole, title)):
            found.forms.append((form, code))


__all__ = ["apposed"]
