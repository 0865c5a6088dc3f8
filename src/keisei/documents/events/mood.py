"""Status of an event from the words behind its predicate."""

from __future__ import annotations

import re

# of the whole sentence, and of the predicate's own clause only
_UNREAL = re.compile(
    r"かもしれ|可能性|おそれ|恐れ|だろう|であろう|でしょう|かねない|考えにくい|ことができ|こともでき|期待|必要がある"
)
_HYPOTHETICAL = re.compile(
    r"(?<!によ)れば|なければ|なら(?!ない|なく|び)|場合|ことになれば|としたら|とすれば|たら$|うとし|べき|はず|ようになる|たい(?:と|意|考)|"
    r"(?:し|する)?ことができ|ための|ために|ようなら|仮に|もし"
)
_IF = re.compile(r"仮に|もし")
_DENIED = re.compile(
    r"^[^、。]{0,12}(?:しなかった|されなかった|なかった|しない(?!で)|していない|ていない|されていない|ありもしない|ずに|せず)|^[さらわかたばまがな]?ず(?:に|、|$)|^も?い(?:ない|なかった)|^てもいない"
)
_ASKED_BACK = re.compile(r"[^、。]{0,16}(?:ていない|ではない|なかった)(?:だろう|の)?か")  # 当然視しすぎていないか
_PLANNED = re.compile(
    r"予定|計画中|計画し|方針|見通し|見込み|意向|検討|準備を|目指して|する考え|調整して|(?:へ|に)向け(?:て|た)(?:準備|調整)"
)
_REPORTED = re.compile(
    r"という|とのこと|といわれ|と言われ|と報じ|と伝え|とされ|とみられ|と見られ|とみている|らし[いく]|ようだ|ようである|模様|と推定|と推測|によると|によれば|"
    r"と(?:明らかに|発表|主張|指摘|分析|述べ|語っ|示唆)|見方|取り沙汰|報告し|という(?:情報|報道)"
)


def status(clause: str, after: str, quoted: bool) -> str:
    """``occurred`` unless the words say otherwise.

    Args:
        clause: the clause up to and with the predicate.
        after: what follows the predicate to the end of the sentence.
        quoted: whether the predicate stands in someone's words, in quotation marks or behind によると.
    """
    near = after[:30]
    if _DENIED.match(near) and not _ASKED_BACK.match(near):
        return "denied"
    if _PLANNED.search(near[:16]):
        return "planned"
    clause_tail = near.split("、")[0]
    if _UNREAL.search(near) or _HYPOTHETICAL.search(clause_tail) or _IF.search(clause):
        return "hypothetical"
    if _REPORTED.search(after) or _REPORTED.search(clause) or quoted:
        return "reported"
    return "occurred"


__all__ = ["status"]
