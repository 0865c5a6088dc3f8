"""Names joined to a predicate, its possessor, the head of a relative clause and of a cleft."""

from __future__ import annotations

import re
from bisect import bisect_left

from keisei.documents.context import Context, Line
from keisei.documents.events.owners import Ids, group
from keisei.documents.events.roles import FORMAL, Argument, Frame, embedded

_RELATIVE = re.compile(
    r"(?:して|し|行っ|行われ|を行っ|され)?(?:た|てきた|ている|ていた|る|する|てき|受ける|受けている)"
)


_VERB_ENDINGS = tuple("うくぐすつぬぶむるた")
_MARKED = ("kara", "by", "to")
_CARRIER = re.compile(r"の?(?:[一-鿿]{0,4})(?:艦艇|艦船|艦|船|船舶|輸送機|軍用機|航空機|列車|トラック|車両)[でに]")


def joined_names(context: Context, before: list[Argument], start: int, end: int) -> list[Argument]:
    """Names that stand right before the predicate or inside it with no particle between."""
    out: list[Argument] = []
    for argument in reversed(before):
        mention = argument.mention
        if start <= mention.start < end:
            if argument.role not in _MARKED and not _CARRIER.match(
                context.text, mention.end
            ):  # 部隊が北朝鮮から派遣され: the sender is marked
                out.append(argument)
            continue
        gap = context.text[mention.end : start]
        if argument.role in ("bare", "none") and re.fullmatch(r"[一-鿿ァ-ヺー0-9・]{0,10}", gap):
            out.append(argument)
            if argument.role == "bare":
                continue
        break
    return out[::-1]


def owner(context: Context, joined: list[Argument], before: list[Argument], start: int) -> Argument | None:
    """The name with の (or による) right before a nominal predicate or before the name joined to it."""
    edge = joined[0].mention.start if joined else start
    for argument in reversed(before):
        if argument in joined or argument.mention.end > edge:
            continue
        gap = context.text[argument.mention.end : edge]
        if argument.role in ("no", "by") and re.fullmatch(r"(?:の|による)[一-鿿ァ-ヺー0-9・]{0,8}", gap):
            return argument
        if argument.role == "no" and not gap and not joined and context.text.startswith("の", edge):
            return argument  # の要求 as the predicate
        return None
    return None


def relative_head(context: Context, frame: Frame, end: int, people: list[Argument]) -> Ids:
    """The head of a relative clause right behind the predicate: 会談したプーチン大統領."""
    match = _RELATIVE.match(context.text, end, end + 10)
    if match:
        at = match.end()
    elif context.text[end - 1 : end] in _VERB_ENDINGS:
        at = end  # ロシアへ傾く平壌
    else:
        return ()
    for argument in people:
        if at <= argument.mention.start <= at + 1 and context.text[at : argument.mention.start] in ("", "、"):
            following = next((b for b in people if b.index == argument.index + 1), None)
            if argument.role == "modifier" and following:
                return group(context, frame, following)
            return argument.mention.ids
    return ()


_CLEFT = re.compile(r"[ぁ-ん]{0,6}[たるい]のは(?:[^、。がをに]{0,12}の|、)?")
_FOCUS = re.compile(
    r"(?:側|政府|軍)?(?:だけ|のみ|自身)?(?:だ|である|であ[っり]|でし|では|で、|にほかなら|。|とされ|とみ|と[^、。]{0,4}(?:断|述|認|指))"
)


def cleft_focus(context: Context, end: int, people: list[Argument]) -> Ids:
    """Who is singled out behind the predicate: 15億ドルを奪ったのは北朝鮮だ."""
    match = _CLEFT.match(context.text, end, end + 30)
    if not match:
        return ()
    begin = match.end()
    for argument in people:
        at = argument.mention
        if at.start not in (begin, begin + 1):
            continue
        other = _NOT_BUT.match(context.text, at.end, at.end + 10)
        if other:  # 救ったのは、スターリンではなく毛沢東だった
            begin = other.end()
        elif _FOCUS.match(context.text, at.end, at.end + 12):
            return at.ids
    return ()


_NOT_BUT = re.compile(r"(?:で(?:は|も)?なく(?:て)?|というよりも?)、?")


def adnominal(line: Line, end: int) -> bool:
    """Whether a verb stands before the noun that it modifies; こと, 際 and the like are no such nouns."""
    tokens = line.tokens
    k = bisect_left(tokens, end, key=lambda t: t.end)  # the last token of the predicate
    if k < len(tokens) and tokens[k].end == end and tokens[k].pos != "動詞":
        k += 1
    while k + 1 < len(tokens):
        token, following = tokens[k], tokens[k + 1]
        if token.pos not in ("助動詞", "助詞") and not (
            token.pos == "動詞" and (token.end == end or "非自立" in token.sub or token.lemma in ("する", "為る"))
        ):
            return False
        if token.pos != "助詞" and following.pos in ("名詞", "接頭辞", "連体詞"):
            return following.surface not in FORMAL and following.surface not in (
                "方針",
                "意向",
                "考え",
                "見通し",
                "予定",
            )
        k += 1
    return False


def subordinate(line: Line, low: int, start: int) -> bool:
    """Whether a condition or a contrast ends between two places without a comma: イランが再建すれば攻撃する."""
    tokens = line.tokens
    return any(
        (t.surface in _ENDS_CONDITION and "接続助詞" in t.sub)
        or t.surface in ("たら", "なら")
        or (
            t.surface in _ENDS_TIME
            and k > 0
            and tokens[k - 1].pos in ("動詞", "助動詞")
            and bool(_SUBJECT.search(line.text, t.end - line.start, max(0, start - line.start)))
        )
        for k, t in enumerate(tokens)
        if low < t.start and t.end <= start
    )


_SUBJECT = re.compile(r"[がは]")  # another than the one before: Aが実験するたびにBは
_ENDS_TIME = ("たび", "度", "際", "とき", "時", "ため", "うち", "間", "以上", "限り", "直後", "前", "後")
_ENDS_CONDITION = ("ば", "が", "ので", "のに", "けれど", "けれども")


def other_subject(frame: Frame, before: list[Argument], low: int, start: int) -> bool:
    """Whether the clause has a subject of its own that is no known name (約76%が支持した, 専門家は警告する)."""
    tokens = frame.line.tokens
    for k in range(1, len(tokens)):
        token, word = tokens[k], tokens[k - 1]
        if token.start < low or token.end > start or token.surface not in ("が", "は") or token.pos != "助詞":
            continue
        if any(
            a.mention.start <= word.start < a.mention.end or word.end - a.mention.end in range(0, 4) for a in before
        ):
            continue
        if token.surface == "は" and _SCENE.search(word.surface):
            continue
        if (
            "接続助詞" not in token.sub
            and word.pos in ("名詞", "接尾辞")
            and not embedded(frame.line, token.end, start)
        ):
            return True
    return False


# a topic that sets time or scene and is no subject: 今回は, 昨年は, 背景は
_SCENE = re.compile(
    r"[年月日時]$|今回|前回|今後|今|現在|最近|当時|当初|当面|以前|以後|以降|従来|本来|昨|翌|春|夏|秋|冬|前|後|次|際|間|中|他|点|うち|ここ|それ|これ|一方|実際|多く|背景|こと|の$|場合|上|下|代$|以上"
)


__all__ = ["adnominal", "cleft_focus", "joined_names", "other_subject", "owner", "relative_head", "subordinate"]
