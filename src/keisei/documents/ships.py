"""Ships by their kind and name (揚陸艦「しもきた」, USS Milius), and bodies and ships taken up by 同 (同省, 同艦)."""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.normal import key
from keisei.documents.records import Entity, Mention
from keisei.documents.romaji import ident
from keisei.documents.tokens import reading

_KIND = (
    r"(?:(?:ミサイル|イージス|誘導弾|原子力|攻撃型|戦略|強襲|ドック型|大型|中型|小型|ヘリ|多用途|海洋|測量|情報収集|弾道ミサイル搭載)?"
    r"(?:空母|航空母艦|駆逐艦|護衛艦|フリゲート艦|フリゲート|コルベット|巡洋艦|戦艦|揚陸艦|輸送艦|補給艦|掃海艇|哨戒艦|哨戒艇|警備艦|潜水艦|巡視船|監視船|調査船|測量船|観測船|"
    r"情報収集艦|貨物船|コンテナ船|タンカー|石油タンカー|油槽船|客船|貨客船|旅客船|フェリー|漁船|トロール船|補給船|砕氷船|調査艦|練習艦|病院船|運搬船|自動車運搬船|海警船|公船))"
)
_NAMED = re.compile(
    rf"(?P<kind>{_KIND})(?:「(?P<quoted>[^「」\n]{{2,16}})」|(?P<plain>[ァ-ヺー]{{2,14}}(?:・[ァ-ヺー]{{2,12}}){{0,3}}(?:号|[0-9]{{1,3}})?)(?![ァ-ヺー・]))"
)
_ENGLISH = re.compile(
    r"\b(?:USS|USNS|USCGC|HMS|HMAS|HMCS|HMNZS|BRP|JS|INS|ROKS|KRI|PNS|HDMS|HNLMS|HTMS|MV|M/V|MT)\s[A-Z][\w'’.\-]+(?:\s[A-Z][\w'’\-]+){0,2}"
)
# what 同 takes up, by the last characters of the body named before
_SAME = re.compile(
    r"(?<![一-鿿々ァ-ヺー])同(?P<end>省|庁|艦|船|パネル|委員会|評議会|裁判所|機構|機関|連合|連盟|財団|協会|研究所|大学|基金|軍|党)(?![一-鿿]|盟)"
)


def ships(text: str, language: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    """Give ships by kind and name their forms, and 同省 and the like to the body named last with that ending."""
    if language == "en":
        for match in _ENGLISH.finditer(text):
            name = match.group()
            inside = [m for m in found.mentions if match.start() <= m.start < match.end()]
            places = [m for m in inside if m.end <= match.end() and _is_place(m, lexicon, found)]
            if inside and len(inside) == len(places):  # HMAS Sydney is no city
                found.mentions[:] = [m for m in found.mentions if m not in places]
                taken[match.start() : match.end()] = bytes(len(name))
            if not any(taken[match.start() : match.end()]):
                _form(found, name, lexicon.aliases.get(key(name)) or ident(name))
        return
    for match in _NAMED.finditer(text):
        name = match["quoted"] or match["plain"]
        start = match.start("quoted") if match["quoted"] else match.start("plain")
        code = lexicon.aliases.get(key(name)) or ident(*reading(name)) or "SHIP"
        entity = lexicon.entities.get(code)
        if entity is not None and entity.type in ("state", "person", "organisation"):
            code = f"{code}_SHIP"
        elif entity is not None and entity.type == "place":
            code = f"{code}_SHIP" if match["quoted"] else code
        elif any(taken[start : start + len(name)]) and entity is None:
            continue
        for form in (match.group(), name):
            _form(found, form, code)
    if "同" in text:
        _taken_up(text, lexicon, found, taken)


def _is_place(mention: Mention, lexicon: Lexicon, found: Found) -> bool:
    entity = lexicon.entities.get(mention.ids[0]) or found.proposed.get(mention.ids[0])
    return entity is not None and entity.type == "place"


def _form(found: Found, form: str, code: str) -> None:
    found.proposed.setdefault(code, Entity(code, "weapon", form, None, "ship", proposed=True))
    found.forms.append((form, code))


def _taken_up(text: str, lexicon: Lexicon, found: Found, taken: bytearray) -> None:
    bodies = [(m.start, m.end, m.ids[0]) for m in found.mentions if len(m.ids) == 1]
    bodies += [
        (at.start(), at.end(), name)
        for form, name in found.forms
        if form.endswith(("艦", "船")) or (name in found.proposed and found.proposed[name].role == "ship")
        for at in re.finditer(re.escape(form), text)
    ]
    bodies.sort()
    for match in _SAME.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        at_sea = match["end"] in ("艦", "船")
        who = None
        for start, end, name in bodies:
            entity = lexicon.entities.get(name) or found.proposed.get(name)
            if end > match.start() or entity is None:
                continue
            ship = entity.type == "weapon" and entity.role == "ship"
            if (at_sea and ship) or (entity.type == "organisation" and text[start:end].endswith(match["end"])):
                who = name
        if who is None:
            continue
        entity = lexicon.entities.get(who) or found.proposed[who]
        if entity.type == "organisation":
            found.mentions.append(Mention(match.start(), match.end(), (who,), "same"))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        else:
            found.forms.append((match.group(), who))


__all__ = ["ships"]
