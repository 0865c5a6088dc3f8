"""Whose people or things act or are acted on, and for whom an office-holder acts."""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.events.roles import Argument, Frame, is_actor
from keisei.documents.voices import official

Ids = tuple[str, ...]
_BRACKET_AND = re.compile(r"[(（][^)）]*[)）](?:と|、|・|や)")


def group(context: Context, frame: Frame, argument: Argument) -> Ids:
    """Ids of a mention and of those coordinated before it with the same role."""
    ids = list(argument.mention.ids)
    k, at = argument.index - 1, argument.mention.start
    while k >= 0:
        before = frame.arguments[k]
        if before.role == "modifier":
            at = before.mention.start
            k -= 1
            continue
        gap = context.text[before.mention.end : at]
        joined = gap in (
            "と",
            "、",
            "・",
            "や",
            "、そして",
            "および",
            "及び",
            "など、",
            "とも",
            "のみならず",
            "のみならず、",
            "だけでなく",
            "だけでなく、",
        ) or (len(gap) <= 30 and _BRACKET_AND.fullmatch(gap) is not None)
        if not joined or before.role != argument.role or not is_actor(context, before.mention):
            break
        ids[:0] = before.mention.ids
        at = before.mention.start
        k -= 1
    return tuple(dict.fromkeys(ids))


def type_of(context: Context, argument: Argument) -> str:
    """Type of the entity a mention stands for."""
    entity = context.entities.get(argument.mention.ids[0])
    return entity.type if entity else ""


def reached(context: Context, ids: Ids) -> Ids:
    """Whom a journey goes to: no gathering of many states (APECに合わせて韓国に入った)."""
    found = [(i, context.entities.get(i)) for i in ids]
    return tuple(i for i, e in found if e is None or e.type != "organisation" or e.country)


_OWNED = re.compile(
    r"(?:の|産|製|側の|軍の|政府の)(?![^、。]{0,6}(?:決議|制裁))[^、。はがを「」]{1,16}(?:を|に|へ|と|からの|への|に対し|に対する)[^、。はが「」]{0,8}"
)
_ACTING = re.compile(r"(?:の|側の)[^、。をにはが「」]{1,12}[はが](?![、])")


# 中国軍機21機が, ロシア艦艇が: craft and crews with their state right before them
_CRAFT = re.compile(
    r"(?:軍|海軍|空軍|陸軍|海警局?|籍の?|製の?)?(?:軍用機|機|艦|船|艇|艦船|艦艇|戦闘機|無人機|ドローン|爆撃機|哨戒機|偵察機|輸送機|潜水艦|空母|船舶|漁船|漁船団|公船|船団|艦隊|部隊|将兵|兵士|警備艇|調査船)"
    r"(?:計|延べ|など)?(?:[0-9０-９数十百]+(?:機|隻|人|艇|両)(?:以上|余り)?)?(?:[がもは](?!、)|など)"
)


def object_owner(
    context: Context, frame: Frame, inside: list[Argument], joined: list[Argument], start: int, phrase: bool
) -> Ids:
    """Whose thing the act is done to, where no one is named as its object: ロシアの停戦案を拒んだ, 韓国の肩を持つ."""
    for argument in reversed(inside):
        if argument.role not in ("no", "bare", "none") or argument in joined:
            continue
        gap = context.text[argument.mention.end : start]
        if _OWNED.fullmatch(gap) or (phrase and gap in ("の", "側の")):
            owners = (context.entities.get(i) for i in group(context, frame, argument))
            return tuple((e.country or e.id) if e.type == "organisation" else e.id for e in owners if e)
    return ()


def subject_owner(context: Context, inside: list[Argument], start: int) -> Ids:
    """Whose people or thing acts, where no actor is the subject: 北朝鮮のハッカー集団が盗んだ."""
    for argument in reversed(inside):
        if argument.role == "no" and argument.mention.end < start:
            match = _ACTING.match(context.text, argument.mention.end, start)
            if match:
                return argument.mention.ids
        if argument.role in ("bare", "none") and _CRAFT.match(context.text, argument.mention.end, start):
            return argument.mention.ids
    return ()


_VOICE = re.compile(
    r"professor|fellow|scholar|researcher|analyst|author|expert|教授|研究員|フェロー|アナリスト|専門家|記者|所長|博士|ジャーナリスト|評論家|研究委員|編集|論説"
)
_INSTITUTE = re.compile(
    r"研究所|研究院|大学|研究センター|シンクタンク|財団|新聞|通信|テレビ|放送|編集|Institute|Foundation|Endowment|University|News|Times|media"
    r"|(?:News|Press|Telegraph) Agency|Policy$|editors"
)
_BODY = re.compile(r"spokesperson|official|Ministry|報道官|外務省|国防省|Kremlin|White House")


def is_voice(context: Context, ident: str) -> bool:
    """Whether someone tells of acts rather than acts: scholars, the press, a new person without an office."""
    entity = context.entities.get(ident)
    if entity is None:
        return False
    if entity.type == "person":
        return bool(_VOICE.search(entity.role)) if entity.role else entity.proposed and not entity.country
    return entity.type == "organisation" and bool(_INSTITUTE.search(entity.name_en))


def on_behalf(context: Context, ident: str) -> str:
    """The state whose act a ministry or a spokesperson tells of; a leader's deed stays the leader's."""
    entity = context.entities.get(ident)
    if entity is None or not entity.country or entity.type not in ("person", "organisation"):
        return ident
    return entity.country if _BODY.search(f"{entity.name_en} {entity.role or ''}") else ident


def for_state(context: Context, ident: str) -> str:
    """The state whose deed an office-holder makes known (首相は…に抗議したと明らかにした)."""
    entity = context.entities.get(ident)
    office = entity is not None and entity.type == "person" and entity.country and official(context, ident)
    return entity.country if entity and office and entity.country else on_behalf(context, ident)


def country(context: Context, ident: str) -> str | None:
    entity = context.entities.get(ident)
    return entity.country if entity else None


def deed_of(context: Context, argument: Argument) -> Ids:
    """Whose deed is disclosed: for a body its state, else who is named."""
    if type_of(context, argument) == "organisation":
        return tuple(c for i in argument.mention.ids if (c := country(context, i)))
    return argument.mention.ids


def land(context: Context, frame: Frame, low: int, start: int) -> Ids:
    """The country of a place that something comes from (羅津港からロシアへ)."""
    for argument in reversed(frame.arguments):
        if argument.role == "kara" and low <= argument.mention.start and argument.mention.end <= start:
            entity = context.entities.get(argument.mention.ids[0])
            if entity and entity.type == "place" and entity.country:
                return (entity.country,)
    return ()


def inner_target(context: Context, start: int, end: int) -> Ids:
    for mention in context.mentions_in(start, end):
        if mention.rule == "inner":
            return mention.ids
    return ()


def state_of_place(context: Context, frame: Frame, low: int, start: int) -> Ids:
    """The country of the place that a visit goes to, where no state is named."""
    for argument in reversed(frame.arguments):
        if (
            low <= argument.mention.start
            and argument.mention.end <= start
            and argument.role in ("wo", "ni", "no", "bare", "to")
        ):
            entity = context.entities.get(argument.mention.ids[0])
            if entity and entity.type == "place" and entity.country:
                return (entity.country,)
    return ()


__all__ = [
    "Ids",
    "country",
    "deed_of",
    "for_state",
    "group",
    "inner_target",
    "is_voice",
    "land",
    "object_owner",
    "on_behalf",
    "reached",
    "state_of_place",
    "subject_owner",
    "type_of",
]
