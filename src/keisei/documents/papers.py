"""Reports, memoranda, contracts, embargoes, packages of sanctions, plans and titles by what they are."""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.normal import key
from keisei.documents.records import Entity
from keisei.documents.romaji import ident
from keisei.documents.tokens import reading

_OWN_KIND = r"(?:最初の|最後の|前回の|今回の|第[0-9０-９一二三四五六七八九十]{1,2}[回次]の?|[0-9０-９]{1,2}回目の|初の|新たな|最終|中間|年次|定例|共同|公式の?|内部|機密|最新の|年次の)*"  # noqa: E501
_REPORT = re.compile(rf"(?<![一-鿿])(?P<how>{_OWN_KIND})(?P<core>報告書|白書)(?![一-鿿])")
_PACT = re.compile(
    r"(?<![一-鿿])(?P<core>(?:了解)?覚書|共同声明|共同宣言|共同コミュニケ|共同文書|合意文書|共同報道文|議定書)(?![一-鿿]|[をも](?:出さ|発表し(?:な|ないこ)|発表せ|採択せ|まとめ(?:ず|な|られ)))"
)
_BINDING = re.compile(
    r"「(?P<name>[^「」。、\n]{2,24}(?P<core>覚書|協定|合意|議定書|対話|宣言|構想|ドクトリン|原則|憲章|プロセス|イニシアチブ|ロードマップ|行動計画|カ年計画|共同体|条約|枠組み))」"
)
_NAMED_PAPER = re.compile(
    r"「(?P<name>[^「」。、\n]{2,30}(?:レポート|白書|報告書|年鑑|アウトルック|戦略|ペーパー|ブリーフ)(?:[ 　]?(?:[0-9]{4}(?:年版)?|No\.? ?[0-9]+))?)」"  # noqa: E501
)
_CONTRACT = re.compile(
    r"第[0-9一二三四五六七八九十]{1,2}次(?:契約|合意|協定)(?![一-鿿])|(?P<core>(?:売買|開発|供給|調達|輸出|輸入|供与|購入|建設|採掘)契約)(?![一-鿿])"
)
_EMBARGO = re.compile(r"(?P<core>(?:(?:包括的な|全面)?(?:武器|石油|原油|石炭|穀物))?禁輸)(?:措置)?(?![品対])")
_EMBARGOED = re.compile(r"[一-鿿ァ-ヺー]{1,8}(?:と[一-鿿ァ-ヺー]{1,8})?の$")
_PACKAGE = re.compile(
    r"(?P<of>(?:対[一-鿿ロァ-ヺー]{1,6})?(?:追加)?制裁(?:パッケージ)?(?:の)?)?(?P<core>第[0-9０-９一二三四五六七八九十]{1,3}弾)(?![一-鿿])"
)
_SANCTION_KINDS = re.compile(r"(?<![一-鿿ァ-ヺー])(?:二次|2次)制裁(?![一-鿿](?<![措を]))")
_PLAN = re.compile(
    r"(?<![一-鿿ァ-ヺー])(?P<name>(?:[0-9０-９]|[二三四五])段階(?:論|案|構想|提案)|[0-9０-９]{1,2}項目の?(?:提案|計画|和平案))(?![一-鿿])"
)
_READOUT = re.compile(r"(?P<name>(?:首脳)?(?:会談|会見|協議|電話)の要旨)")
_LAW = re.compile(
    r"(?P<core>(?:改正|特措|基本|禁止|規制|管理|制裁|安全|保安|保護|促進|対策|防止|授権|関係|特別|支援|貸与|人権|統制|強化|再建|教育|排斥|確保)法案?)(?![一-鿿])"
)
# what may stand before the last word of such a name, up to where it begins
_LEAD = re.compile(r"(?<![一-鿿ァ-ヺー])[一-鿿ァ-ヺー・]{1,16}$")


def kind_of_entity(name: str, found: Found, lexicon: Lexicon) -> str | None:
    entity = lexicon.entities.get(name) or found.proposed.get(name)
    return entity.type if entity else None


def sounds(name: str) -> str:
    return ident(*reading(name)) or "THING"


def add_form(found: Found, surface: str, name: str, kind: str, country: str | None = None) -> None:
    found.proposed.setdefault(name, Entity(name, kind, surface, country, None, proposed=True))
    found.forms.append((surface, name))


def papers(text: str, found: Found, lexicon: Lexicon) -> None:
    numbered_reports = re.search(r"(?:最初の|最後の|第[0-9０-９一二三四五]{1,2}[回次]の?)報告書", text) is not None
    for match in _REPORT.finditer(text) if "報告書" in text or "白書" in text else ():
        numbered = re.match(r"第|最初|最後|前回|[0-9０-９]", match.group())
        name = sounds(match.group() if numbered else match["core"])
        for form in dict.fromkeys((match.group(),) if numbered else (match.group(), match["core"])):
            if not (form == match["core"] and numbered_reports):
                add_form(found, form, name, "document")
    for match in _BINDING.finditer(text):
        name = sounds(match["name"])
        for form in (match.group(), match["name"]):
            add_form(found, form, name, "agreement")
        if match["core"] == "覚書":
            add_form(found, match["core"], name, "agreement")
    for match in _NAMED_PAPER.finditer(text):
        add_form(found, match["name"], sounds(match["name"]), "document")
    named = {form for form, _ in found.forms}
    for match in _PACT.finditer(text):
        if match["core"] not in named:
            add_form(found, match["core"], lexicon.aliases.get(key(match["core"]), sounds(match["core"])), "agreement")
    for match in _CONTRACT.finditer(text) if "契約" in text or "次" in text else ():
        name = (_lead(text, match.start()) if match["core"] else "") + match.group()
        if name != match["core"]:
            add_form(found, name, sounds(name), "agreement")
    for match in _EMBARGO.finditer(text) if "禁輸" in text else ():
        core = match["core"]
        known = lexicon.aliases.get(key(core), sounds(core))
        add_form(found, core, known, "agreement")
        goods = _EMBARGOED.search(text, max(0, match.start() - 18), match.start())
        if goods:
            add_form(found, goods.group() + core, known, "agreement")
    _sanctions(text, found, lexicon)
    for match in _LAW.finditer(text) if "法" in text else ():
        name = _lead(text, match.start()) + match.group()
        if name != match["core"]:
            add_form(found, name, lexicon.aliases.get(key(name), sounds(name)), "document")
    for pattern, word in ((_PLAN, "段階"), (_PLAN, "項目"), (_READOUT, "要旨")):
        for match in pattern.finditer(text) if word in text else ():
            add_form(found, match.group(), sounds(match.group()), "document")
    _plans(text, found, lexicon)


def _lead(text: str, start: int) -> str:
    """The run of characters before the last word of a name."""
    lead = _LEAD.search(text, max(0, start - 17), start)
    return lead.group() if lead else ""


def _sanctions(text: str, found: Found, lexicon: Lexicon) -> None:
    """Packages by their number (対ロ制裁第15弾) and kinds of sanctions (二次制裁)."""
    if "制裁" not in text:
        return
    for match in _PACKAGE.finditer(text):
        if not (match["of"] or "制裁" in text[max(0, match.start() - 120) : match.start()]):
            continue
        name = f"PACKAGE_{sounds(match['core'])}"
        add_form(found, match["core"], name, "document")
        if match["of"] and match["of"].startswith("対"):
            add_form(found, match.group(), name, "document")
    for match in _SANCTION_KINDS.finditer(text):
        known = lexicon.aliases.get(key(match.group()), sounds(match.group()))
        add_form(found, match.group(), known, "agreement")


_AUTHORED = re.compile(r"案(?![一-鿿])")


def _plans(text: str, found: Found, lexicon: Lexicon) -> None:
    """A plan by its author: エルドリッジ案."""
    for mention in list(found.mentions):
        if len(mention.ids) == 1 and kind_of_entity(mention.ids[0], found, lexicon) == "person":
            plan = _AUTHORED.match(text, mention.end)
            if plan and mention.end - mention.start >= 2:
                add_form(found, text[mention.start : plan.end()], f"{mention.ids[0]}_PLAN", "document")


_OWN_TITLE = re.compile(r"^(?P<title>[^\n()（）。、]{4,40})[(（](?P<original>[A-Z][A-Za-z’':,?!\- ]{6,90})[)）]$", re.M)
_COLUMN = re.compile(r"^\W{0,2}(?P<name>[^\n()（）。、「」]{3,20})[(（]第?[0-9０-９]{1,4}回?[)）]", re.M)


def titles(text: str, found: Found) -> None:
    """The title of a translated article with its original behind it, and a column's own name before its number."""
    for match in _OWN_TITLE.finditer(text):
        name = ident(match["original"])
        for form in (match["title"], match["original"]):
            add_form(found, form, name, "document")
    column = _COLUMN.search(text[:200])
    if column:
        add_form(found, column["name"], sounds(column["name"]), "document")


__all__ = ["add_form", "kind_of_entity", "papers", "sounds", "titles"]
