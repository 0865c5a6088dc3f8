"""Acts that are only named by a noun: whether they count, and who stands beside them."""

from __future__ import annotations

import re
from bisect import bisect_left

from keisei.documents.context import Context, Line
from keisei.documents.events.entities import is_state
from keisei.documents.events.roles import Frame
from keisei.documents.events.rules import Rule
from keisei.documents.events.sides import (
    Sides,
)

_NOUN_USE = re.compile(
    r"^(?:後|前|以前|以来|以降|の(?:評価|開催地|結果|成果|前|後|場|意義|失敗|暗礁|可能性|見通し|実現|際)|から\d|は|が(?!行|開|実)|も|と(?:は|同)|で(?!きる)|に関|について|を(?:通じ|受け|前に|めぐ|見|控え)|に(?:よって|より|つい|関|向け))"
)
_OF_A_PLACE = re.compile(r"(?:で)?の[一-鿿0-9]{0,14}$|での?[^、。]{0,10}$|で(?:開か|行わ|催さ|あっ)[^、。]{0,26}$")
_GUEST_OF = re.compile(r"に(?:は|も)?[^、。]{0,10}(?:出席|参加|列席|参列|招|並|出)")


def armed(
    context: Context, frame: Frame, rule: Rule, sources: tuple[str, ...], low: int, start: int, end: int
) -> tuple[str, ...]:
    """Who shows arms: no body without a country, not whom 対独 names; at a parade the land that it is held in."""
    text = context.text
    against = {
        i
        for a in frame.arguments
        for i in a.mention.ids
        if "対" in (text[a.mention.start], text[max(0, a.mention.start - 1)]) and a.role in ("bare", "none", "no")
    }
    own = [a for a in frame.arguments if a.role in ("ga", "wa") and low <= a.mention.start and a.mention.end <= start]
    if rule.instrument == "parade":
        for argument in reversed(frame.arguments):
            entity = context.entities.get(argument.mention.ids[0])
            gap = text[argument.mention.end : start]
            held = argument.mention.end <= start and entity and entity.type in ("place", "state") and entity.country
            if held and entity and entity.country and _OF_A_PLACE.match(gap) and len(gap) < 36:
                if _GUEST_OF.match(text, end) or not any(
                    set(a.mention.ids) & set(sources) for a in own if a.mention.start > argument.mention.start
                ):
                    return (entity.country,)
                break
    if rule.instrument == "parade" and _GUEST_OF.match(text, end):
        return ()  # who comes to it does not hold it
    kept = []
    for ident in sources:
        entity = context.entities.get(ident)
        if ident in against or (entity and entity.type == "organisation" and not entity.country):
            continue
        kept.append(ident)
    return tuple(kept)


_BESIDE = re.compile(
    r"(?:[(（][^)）]*[)）])?(?:側|政府|軍|両国|など)?(?:の|による|への|との|に対する|に向けた|向けの?|からの|間の)?(?:[一-鿿ァ-ヺー・0-9]{0,8}の?){0,2}"
)


def beside(context: Context, sides: Sides, start: int) -> bool:
    """Whether an actor stands right at an act that is only named: 対北支援, ロシアによる承認."""
    return any(
        a.mention.end > start or _BESIDE.fullmatch(context.text[a.mention.end : start]) for a in sides.before[-3:]
    )


# the act is what the verb is about; 発射を受けて, 会談を前に only set a time or a cause
_ITS_OBJECT = re.compile(
    r"[をにも](?!受け|めぐ|巡|控え|契機|機に|前に|踏まえ|理由|際|経て|通じ|対し|つい|関し|よ[りっ])[^、。はが]{0,8}?[一-鿿]{1,4}[ぁ-ん]"
)


def only_named(context: Context, line: Line, sides: Sides, start: int, end: int) -> bool:
    """Whether an act is told by a noun with no name right beside it (度重なる発射を受けて)."""
    k = bisect_left(line.tokens, end, key=lambda t: t.end)
    last = line.tokens[k] if k < len(line.tokens) else None
    if _ITS_OBJECT.match(context.text, end) and any(a.role in ("ga", "wa") for a in sides.inside):
        return False  # 打ち上げに失敗した: of whom the sentence tells
    return last is not None and last.pos in ("名詞", "接尾辞") and not beside(context, sides, start)


_TOLD_OF = re.compile(
    r"[をにはも](?!受け|めぐ|巡|控え|前に|機に)(?:「[^」]{1,30}」)?[^、。「」はが]{0,16}?"
    r"(?:発表|公表|公認|追認|確認|明らかに|報告|示唆|予告|言及|触れ|伝え|批判|非難|糾弾|呼[びぶん]|位置[づ付]け|評[しさ]|"
    r"たたえ|称え|称賛|歓迎|懸念|警戒|問題視|見積も)"
)


def only_told_of(context: Context, sides: Sides, start: int, end: int) -> bool:
    """Whether a person or a body tells of, or judges, an act that is only named: its doer is left open."""
    if not _TOLD_OF.match(context.text, end) or beside(context, sides, start):
        return False
    return all(not is_state(context, i) for i in sides.sources)


# a date right before a noun (1994年の米朝枠組み合意) tells of one act; 以来 and the like tell of a time only
_OF_DATE = re.compile(r"(?!以来|以降|以前|以後)[^、。はがを]{0,14}")


def has_own_date(context: Context, start: int) -> bool:
    """Whether a date stands right before an act that is only named."""
    near = context.dates_in(max(0, start - 30), start)
    return bool(near) and bool(near[-1].value) and bool(_OF_DATE.fullmatch(context.text, near[-1].end, start))


_HELD = re.compile(
    r"[はがも]、?[^。、はが]{0,44}?(?:行われ|開かれ|開催され|催され|持たれ|実現し|始ま[っり]|閉幕し|決裂し)(?:た|、|る|て)"
)


def mere_mention(context: Context, clause_start: int, start: int, end: int) -> bool:
    """A meeting only referred to (ロ朝首脳会談の評価, 会談後), with no date or place of its own before it."""
    if context.dates_in(clause_start, start):
        return False
    before = context.text[max(clause_start, start - 40) : start]
    if re.search(r"行われた|行った|開かれた|開催された", before):
        return False
    if re.match(
        r"[はがも][^、。]{0,16}(?:以来|ぶり|行われる|見通し|取り沙汰)|[はがも](?:[^、。はがも]{0,12})?(?:計画|予定|検討|調整|実現|行わ|開か|持た|回さ|設定|成功|決裂|続[いくけ]|始ま|再開|重ね|な[くかい]|流れ|見送)",
        context.text[end : end + 24],
    ):
        return False
    if _HELD.match(context.text, end, end + 56):
        return False  # 首脳会談は、東京の首相官邸で約2時間行われた
    return bool(_NOUN_USE.match(context.text[end : end + 8]))


__all__ = ["armed", "beside", "has_own_date", "mere_mention", "only_named", "only_told_of"]
