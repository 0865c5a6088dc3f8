"""Times named by an event: 首脳会談後, 感染拡大のさなか, ソ連時代, 政権になってから.

Ambiguities: 後 also ends nouns (午後, 背後) and begins others (後半, 後継), so it counts only behind a noun of an
event. What a date already fixes (2018年の首脳会談以降) is left to that date.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from keisei.documents.dates.patterns_ja import COUNT, UNIT, words

EVENTS = (
    "会談",
    "会合",
    "会議",
    "会見",
    "対話",
    "協議",
    "交渉",
    "訪問",
    "訪朝",
    "訪中",
    "訪露",
    "訪ロ",
    "訪韓",
    "訪米",
    "訪日",
    "戦争",
    "大戦",
    "内戦",
    "戦闘",
    "侵攻",
    "侵略",
    "開戦",
    "停戦",
    "休戦",
    "終戦",
    "敗戦",
    "終結",
    "崩壊",
    "解体",
    "決裂",
    "暗礁",
    "失敗",
    "併合",
    "編入",
    "独立",
    "統一",
    "建国",
    "解放",
    "革命",
    "政変",
    "クーデター",
    "選挙",
    "当選",
    "就任",
    "退任",
    "発足",
    "誕生",
    "死去",
    "死亡",
    "拡大",
    "流行",
    "発射",
    "打ち上げ",
    "核実験",
    "実験",
    "締結",
    "合意",
    "調印",
    "採択",
    "成立",
    "樹立",
    "正常化",
    "国交正常化",
    "危機",
    "事件",
    "テロ",
    "震災",
    "パンデミック",
    "コロナ禍",
    "五輪",
    "大会",
    "式典",
    "閲兵式",
    "就任式",
    "調印式",
    "署名式",
    "パレード",
    "夕食会",
    "晩さん会",
    "晩餐会",
    "演説",
    "投票",
    "採決",
    "発効",
    "失効",
    "撤退",
    "離脱",
    "撤収",
    "脱退",
    "和平",
    "派兵",
    "参戦",
    "批准",
    "返還",
    "帰国",
    "開幕",
    "閉幕",
    "終了",
)
# what is over on the day on which it takes place
OCCASIONS = frozenset(
    [
        "会談",
        "会合",
        "会議",
        "会見",
        "協議",
        "式典",
        "閲兵式",
        "就任式",
        "調印式",
        "署名式",
        "パレード",
        "夕食会",
        "晩さん会",
        "晩餐会",
        "演説",
        "投票",
        "採決",
        "調印",
        "採択",
        "終了",
    ]
)
STAYS = (
    "訪問",
    "滞在",
    "在任",
    "在職",
    "訪朝",
    "訪中",
    "訪露",
    "訪ロ",
    "訪韓",
    "訪米",
    "訪日",
    "会談",
    "戦争",
    "大戦",
    "内戦",
    "留学",
    "駐在",
)

_LINK = (
    rf"(?P<count>から(?:約|およそ)?{COUNT}{UNIT}(?P<way>後|前))"
    r"|(?P<after>(?:以降|以来|以後|後)(?!継|任|半|援|ろ|押|国|央|東|回|続|発|退|悔|方|遺|ずさ|進|塵))"
    r"|(?P<at>の?(?:直後|直前)|前後)|(?P<same>の(?:あと|後)(?=[、にで])|の冒頭(?=[、でに])|の席上)"
    r"|(?P<amid>の?(?:最中|さなか|渦中)|の(?:初期段階|初期|末期|終盤|中盤|序盤))"
    r"|(?P<before>に先立って|に先立ち|に先立つ|を前に|を控え)"
)
EVENT = re.compile(
    rf"(?P<head>{words(*EVENTS)})(?:{_LINK})|(?P<stay>{words(*STAYS)})(?:期間)?中(?!国|央|東|止|断|心|核|距|身|立)"
)
AGE = re.compile(
    r"時代(?!理|遅|錯|背|劇|考|の寵|の流)(?:の(?:末期|初期|前半|後半|終わり|初め|終盤))?(?:から(?:今日|現在|今)(?:に至る)?まで|以降|以来)?"
    r"|冷戦(?:終結|終了|崩壊|終焉)?(?:時代(?:の(?:末期|初期|終わり))?|後期|期|後|以降|以後|下|中|初期|末期|直後)"
    r"(?:から(?:今日|現在|今)(?:に至る)?まで)?"
    r"|政権(?:になってから|発足後|発足以降|発足以来|以降|以来|誕生後|になって以降)"
)
_RULER = re.compile(r"[ァ-ヺー]{3,10}の$|(?:金日成|金正日|毛沢東|鄧小平|朴正熙|ソ連|帝政|冷戦)の$")  # スターリンの時代
_RUN = re.compile(r"[一-龥々ァ-ヴーA-Za-z0-9・.]")
_LISTED = re.compile(r"[0-9]{0,2}\.(?![0-9])")
_JOINTS = ("による", "への", "との", "の", "と")
_WINDOW = 30


class Found(NamedTuple):
    """An event that stands for a time: where, its head noun, and how the time hangs on it."""

    start: int
    end: int
    head: str
    how: str
    match: re.Match[str]


def phrase_start(text: str, end: int, joints: bool) -> int:
    """Where the noun phrase that ends at `end` begins: runs of kanji, kana and letters, joined by の or との."""
    low, position = max(0, end - _WINDOW), end
    while position > low:
        if _RUN.match(text, position - 1):
            position -= 1
            continue
        joint = next((j for j in _JOINTS if text.endswith(j, low, position)), None) if joints else None
        before = position - len(joint) if joint else low
        if joint is None or before <= low or not _RUN.match(text, before - 1):
            break
        position = before
    listed = _LISTED.match(text, position, end)  # 1.ロシア独立以降
    return listed.end() if listed else position


def find_events(text: str) -> list[Found]:
    """All such expressions in order; they may still overlap dates."""
    found = []
    for match in EVENT.finditer(text):
        how = next(k for k in ("count", "after", "same", "at", "amid", "before", "stay") if match[k])
        start = phrase_start(text, match.start(), joints=how != "stay")
        found.append(Found(start, match.end(), match["head"] or match["stay"], how, match))
    for match in AGE.finditer(text):
        start = match.start()
        if text.startswith(("時代", "政権"), start):
            was = next((w for w in ("だった", "であった", "という") if text.endswith(w, 0, start)), "")
            start = phrase_start(text, start - len(was), joints=bool(was))
            ruler = _RULER.search(text, max(0, start - 14), match.start()) if start == match.start() else None
            start = ruler.start() if ruler else start
            if start >= match.start() - len(was) or text[match.start() - 1] in "新同次一二":
                continue
        found.append(Found(start, match.end(), "", "age", match))
    return sorted(found, key=lambda f: (f.start, -f.end))
