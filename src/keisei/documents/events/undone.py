"""Words behind a predicate that make no act of it: what cannot be, what is only asked about, what is called for."""

from __future__ import annotations

import re

from keisei.documents.events.rules import Rule

# 北朝鮮を突き放す選択肢はない, 分け合うことを好まない
_NOT_OPEN = re.compile(
    r"[うくすつぬむぐぶる]?(?:(?:選択肢|余裕|余地|理由|必要|力|術|気)(?:は|が|も)(?:ない|なかった|乏し)|こと(?:を|は)(?:好ま|嫌[いっう]))"
)
# 派兵について, 技術支援の有無: a topic
_A_TOPIC = re.compile(r"(?:の(?:有無|是非|可否)|について|をめぐ|に関し|に関する)")
# 「関係各国の自制」を呼び掛ける: what others are asked for
_CALLED_FOR = re.compile(r"」?を[^、。]{0,6}(?:呼び|求め|促|訴え|要求)")
# 地上軍を送ることは避けた
_AVOIDED = re.compile(
    r"[うくすつぬむぐぶる]?こと(?:は|を|も|には)[^、。]{0,10}?(?:避け|拒[みんま否]|控え|断[りわっ]|見送|ためら|渋[りっ]|応じな)"
)
_FORCES = re.compile(r"軍|兵|部隊")


def no_act(rule: Rule, behind: str, nominal: bool) -> bool:
    """Whether the words right behind a predicate say that nothing was done."""
    if _NOT_OPEN.match(behind):
        return True
    if nominal and rule.plover == "AID" and _A_TOPIC.match(behind):
        return True
    return nominal and rule.plover == "CONCEDE" and _CALLED_FOR.match(behind) is not None


def withheld(rule: Rule, words: str, behind: str) -> str | None:
    """The instrument of aid that is told as avoided or refused, else None: 地上軍を送ることは避けた."""
    if rule.plover != "AID" or not _AVOIDED.match(behind):
        return None
    return "troop_deployment" if _FORCES.search(words) else "other"


__all__ = ["no_act", "withheld"]
