"""What is built at a place, who makes it, and arms by where they are made."""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.normal import key
from keisei.documents.papers import add_form, kind_of_entity, sounds
from keisei.documents.records import Mention

NAME = "一-鿿々ァ-ヺーA-Za-z0-9"

_BUILT = (
    "造船所|無人機工場|兵器工場|軍需工場|戦車工場|弾薬工場|工場|実験用軽水炉|軽水炉|原子炉|濃縮施設|再処理施設|核施設|軍事施設|核実験場|試験場|射撃場|弾薬庫|空軍基地|海軍基地|潜水艦基地|飛行場|"
    "中央駅|国境検問所|検問所|大使館|総領事館|領事館|製油所|製鉄所|水力発電所|火力発電所|原子力発電所|原発|発電所|刑務所|収容所|炭鉱|鉱山|展示場|会議場|迎賓館|別荘|博物館|墓地|軍事学校|スキー場|観光地区|工業団地|経済特区|特区|"
    "自由貿易区|保税区|国際空港|空港|大橋|鉄橋|新港|ターミナル|精錬所|備蓄基地|レーダー施設|射爆場|演習場"
)
_MEGAWATT = r"(?:[0-9０-９]+(?:メガワット|キロワット|万キロワット))?"
_OF_PLACE = re.compile(rf"の(?P<what>{_MEGAWATT}[一-鿿ァ-ヺー]{{0,6}}?(?:{_BUILT}))(?![{NAME}])")
_AT_PLACE = re.compile(
    rf"(?P<what>[一-鿿]{{0,4}}?(?:{_BUILT}))(?P<after>にある(?P<more>[一-鿿ァ-ヺー]{{0,6}}(?:{_BUILT})))?(?![{NAME}])"
)
_DIRECTION = re.compile(r"(?:(?<=[^一-鿿])|^)(?:[東西南北]|北東|北西|南東|南西)$")

_TRADE = re.compile(
    r"(?:の)?(?P<trade>国営|国有|政府系|民間|[一-鿿ァ-ヺー]{1,8}?(?:大手|最大手|メーカー|企業|財閥|会社|商社|ファンド))(?:の)?「?(?P<name>[ァ-ヺー・]{3,20}|[A-Z][A-Za-z&.]{2,15})(?![一-鿿ァ-ヺー・])"
)


def country_of(mention: Mention, found: Found, lexicon: Lexicon) -> str | None:
    entity = lexicon.entities.get(mention.ids[0]) or found.proposed.get(mention.ids[0])
    return entity.country if entity else None


def works(text: str, found: Found, lexicon: Lexicon, owners: list[Mention]) -> None:
    starts = {m.start for m in found.mentions}
    for mention in owners:
        place = kind_of_entity(mention.ids[0], found, lexicon) == "place" or mention.rule == "capital"
        if not place or mention.rule == "inner":
            continue
        match = _OF_PLACE.match(text, mention.end)
        country = country_of(mention, found, lexicon)
        shown = text[mention.start : mention.end]
        if match and match.start("what") not in starts:
            name = f"{mention.ids[0]}_{sounds(match['what'])}"
            add_form(found, shown + match.group(), name, "place", country)
            add_form(found, match["what"], name, "place", country)
        beside = _AT_PLACE.match(text, mention.end)
        if beside and beside["what"] and shown + beside["what"] not in lexicon.aliases:
            part = f"{mention.ids[0]}_{sounds(beside['what'])}"
            region = beside["what"].endswith(("特区", "工業団地", "観光地区"))
            known = mention.ids[0] if region else lexicon.aliases.get(key(shown + beside["what"]), part)
            add_form(found, shown + beside["what"], known, "place", country)
            if beside["more"]:
                add_form(found, beside["more"], f"{mention.ids[0]}_{sounds(beside['more'])}", "place", country)
        before = _DIRECTION.search(text[max(0, mention.start - 3) : mention.start])
        if before and kind_of_entity(mention.ids[0], found, lexicon) == "place" and mention.rule != "capital":
            whole = before.group() + shown
            if len(shown) >= 3 and not shown.startswith(("東", "西", "南", "北")):
                add_form(found, whole, f"{mention.ids[0]}_{sounds(before.group())}_SIDE", "place", country)


def makers(text: str, found: Found, lexicon: Lexicon, owners: list[Mention]) -> None:
    at = {m.start: m for m in found.mentions}
    for mention in owners:
        if kind_of_entity(mention.ids[0], found, lexicon) != "state" or mention.rule == "inner":
            continue
        match = _TRADE.match(text, mention.end)
        if match is None:
            continue
        inner = at.get(match.start("name"))
        if inner is not None and kind_of_entity(inner.ids[0], found, lexicon) != "organisation":
            continue
        if inner is not None:
            found.forms.append((text[mention.start : inner.end], inner.ids[0]))
            continue
        name = sounds(match["name"])
        for form in (text[mention.start : match.end("name")], match["name"]):
            if "「" not in form:
                add_form(found, form, name, "organisation", mention.ids[0])


_MADE = re.compile(r"製(?:の)?(?:[一-鿿]{1,3}型)?$")
_LIKE = re.compile(r"(?P<joint>[とや])$")


def made_arms(text: str, found: Found, lexicon: Lexicon) -> None:
    """Arms by where they are made (アラブガ製の無人機), and shells and rockets named in one breath."""
    ends = {m.end: m for m in found.mentions if m.rule != "inner"}
    for mention in list(found.mentions):
        if not text.startswith(("製", "の"), mention.end) or len(mention.ids) != 1 or mention.rule == "inner":
            continue
        if kind_of_entity(mention.ids[0], found, lexicon) != "state":
            continue
        arms = _ARMS_OF.match(text, mention.end)
        if arms:  # 北朝鮮製兵器
            name = f"{mention.ids[0]}_{sounds(arms.group()[1:].lstrip('の'))}"
            add_form(found, text[mention.start : arms.end()], name, "weapon", mention.ids[0])
        draft = _DRAFT.match(text, mention.end)
        if draft:
            add_form(found, text[mention.start : draft.end()], f"{mention.ids[0]}_DRAFT", "document")
    for mention in list(found.mentions):
        if kind_of_entity(mention.ids[0], found, lexicon) != "weapon":
            continue
        shown = text[mention.start : mention.end]
        made = _MADE.search(text, max(0, mention.start - 6), mention.start)
        maker = ends.get(made.start()) if made else None
        if maker:
            found.forms.append((text[maker.start : mention.start] + shown, mention.ids[0]))
        other = ends.get(mention.start - 1) if _LIKE.search(text, max(0, mention.start - 1), mention.start) else None
        if other and other.ids == mention.ids and text[other.start : other.end] != shown:
            found.forms.append((text[other.start : mention.end], mention.ids[0]))


_KNOW_HOW = re.compile(r"(?:関連)?技術|開発(?![者国])|防衛|計画|発射|実験|試射|問題")


def hide(text: str, found: Found, lexicon: Lexicon) -> None:
    """What stands only inside a longer name is none of its own: シベリア of 「シベリアの力2」, ミサイル of 固体燃料ミサイル."""  # noqa: E501
    named = {
        form
        for form, name in found.forms
        if name.startswith("PLAN_") or kind_of_entity(name, found, lexicon) == "weapon"
    }
    named |= {form for form, name in found.forms if name.endswith("_SIDE")}
    plain = [form for form in named if not re.search("と|製", form)]
    longer: dict[str, list[str]] = {}
    for k, mention in enumerate(found.mentions):
        shown = text[mention.start : mention.end]
        kind = kind_of_entity(mention.ids[0], found, lexicon)
        if (
            not (kind == "place" or (kind == "weapon" and (shown in _BROAD or shown.endswith("弾道ミサイル"))))
            or mention.rule == "inner"
        ):
            continue
        if shown not in longer:
            longer[shown] = [form for form in plain if shown in form and len(form) > len(shown)][:200]
        know_how = kind == "weapon" and shown.endswith("ミサイル") and _KNOW_HOW.match(text, mention.end)
        if know_how or (
            (shown in _BROAD or kind == "place") and any(_covers(text, form, mention) for form in longer[shown])
        ):
            found.mentions[k] = Mention(mention.start, mention.end, mention.ids, "inner", False)


_BROAD = ("ミサイル", "ロケット", "衛星", "無人機", "潜水艦", "戦闘機", "爆撃機", "戦車", "砲弾", "弾頭", "ドローン")


def _covers(text: str, form: str, mention: Mention) -> bool:
    """Whether a mention stands inside this longer form here."""
    at = text.find(form, max(0, mention.start - len(form)), mention.end + len(form))
    return 0 <= at <= mention.start and mention.end <= at + len(form) and len(form) > mention.end - mention.start


_DRAFT = re.compile(r"の(?:制裁|非難)?決議案(?![一-鿿])")
_ARMS_OF = re.compile(r"製の?(?:兵器|武器|装備|軍需品|弾薬|砲弾|ミサイル|無人機|ドローン|部品)(?![一-鿿])")


__all__ = ["NAME", "country_of", "hide", "made_arms", "makers", "works"]
