"""What officials' plain words amount to: a refusal, a charge, a promise, a kind word (``lexicon/events_stances.yaml``).

Only one who speaks for a state or a body is read so, and only where the words take a side; scholars' and journalists'
words are claims. The target is whom the words are about: the other states and leaders that the content or the lead
names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from keisei.documents.context import Context
from keisei.documents.events.dating import told_on
from keisei.documents.events.roles import Argument, Frame, is_actor
from keisei.documents.events.sides import group, is_voice
from keisei.documents.records import Event
from keisei.documents.words import load_yaml

# one branch for each word: the engine then looks at its first character before it tries any
_IRE = ("不満", "怒り", "憤り", "いら立ち", "苛立ち", "鬱憤", "恨み節", "不快感")
SAYS = re.compile(
    r"(?:と|との(?:見解|考え|立場|認識|意向|談話|見方|声明|コメント)を)(?:も|は|だけ|まで)?[^、。「」はがを]{0,8}?"
    r"(?P<verb>述べ|語[っりる]|話し(?!合)|発言し|強調し|主張し|表明し|付け加え|言い添え|認めて|認めた|反論し|かわし|はぐらか|受け流|煙に巻|たしなめ|なだめ|言[いっう](?!及|え|わ)|答え|応じ(?!る)|"
    r"コメントし|訴え|公言し|断言し|明言し|宣言し|強弁し|言い切|言い放|口にし|書き込|投稿し|返し|漏らし|説明し|伝え(?!ら)|示し|語気を|胸を張|切り返し|"
    r"やり返|言い返|かみつ|噛みつ|吐き捨て|憤[っりる]|ぼや[いく]|まくし立て|豪語し|大見得を切|約束し|呼[びぶん]|表現し|評価し|"
    + "".join(f"{ire}を(?:ぶちまけ|ぶつけ|あらわに|口にし|漏らし|隠さ)|" for ire in _IRE)
    + r"突き放し|うそぶ|たたみかけ|釘を|念を押し|位置[づ付]け|評し|持ち上げ|決めつけ|皮肉)"
)


@dataclass(frozen=True)
class Stance:
    """A class of contents with the code that its telling has."""

    id: str
    plover: str
    instrument: str
    content: re.Pattern[str]


@lru_cache(maxsize=3)
def _stances(language: str) -> tuple[Stance, ...]:
    data: dict[str, Any] = load_yaml("events_stances.yaml")
    return tuple(Stance(r["id"], r["plover"], r["instrument"], re.compile(r["content"])) for r in data[language])


def stance_en(content: str) -> Stance | None:
    """The class of English words, the first in the list that holds anywhere in them."""
    return next((s for s in _stances("english") if s.content.search(content)), None)


def stance(content: str) -> Stance | None:
    """The class of what was said, by its last words; none where it takes no side."""
    tail = content[-26:]
    last: tuple[int, Stance] | None = None
    for found in _stances("stances"):
        for match in found.content.finditer(tail):
            if last is None or match.end() > last[0]:
                last = (match.end(), found)
    return last[1] if last else None


# whoever the sentence before was about, called by the office only: 大統領は…と語った
_BY_OFFICE = re.compile(
    r"(?:^|[、。」])(?:同)?(?:大統領|首相|総書記|委員長|主席|国家主席|外相|報道官|氏|総統|書記長|議長|国防相|長官)は"
)
_OF_WHERE = re.compile(r"の[^、。はがを]{0,10}")  # チャドのデビ大統領は: where one speaks from is not spoken of
_TOLD = ("statement", "denial", "readout")
_SCHOLAR = re.compile(r"professor|fellow|scholar|researcher|analyst|author|expert|journalist", re.I)


def told_stances(context: Context, frame: Frame, events: list[Event], topic: tuple[str, ...]) -> list[Event]:
    """Events of a sentence in which someone with an office takes a side in words."""
    line, out = frame.line, []
    said = 0  # where the word before ended: each has its own day (10月には…と述べ、翌月には…とかわした)
    for match in SAYS.finditer(line.text):
        at, start, end = line.start + match.start(), line.start + match.start("verb"), line.start + match.end("verb")
        if any(e.trigger[0] < end and at - 14 < e.trigger[1] and e.instrument in _TOLD for e in events):
            continue
        by, low, told_from = _teller(context, frame, at, topic)
        if not by or not all(_official(context, i) for i in by):
            continue
        quote = next((q for q in frame.quotes if q[1] + 1 >= at - 2 and q[1] <= at), None)
        content = context.text[max(told_from, quote[0]) : quote[1]] if quote else context.text[told_from:at]
        found = stance(content) or next((s for s in _stances("verbs") if s.content.match(match["verb"])), None)
        if found is None:
            continue
        home = {_land(context, i) for i in by}
        named = [
            i
            for m in context.mentions_in(line.start, at)
            if is_actor(context, m) and not (m.end < low and _OF_WHERE.fullmatch(context.text, m.end, low))
            for i in m.ids
        ]
        if found.plover == "ACCUSE":  # states are charged
            named = [_land(context, i) for i in named]
        others = tuple(i for i in dict.fromkeys(named) if i not in by and _land(context, i) not in home)[:3]
        date, precision = told_on(context, line.start, low, max(told_from, said), start)
        said = end
        out.append(
            Event(
                low, end, found.plover, found.instrument, by, others, "occurred", date, precision, None, None,
                tuple(context.quantities_in(low, end)), found.id, (start, end),
            )
        )  # fmt: skip
    return out


def _teller(context: Context, frame: Frame, at: int, topic: tuple[str, ...]) -> tuple[tuple[str, ...], int, int]:
    """Who says it, and where that name begins and ends."""
    marked: list[Argument] = [
        a
        for a in frame.arguments
        if a.role in ("wa", "ga")
        and a.mention.end <= at
        and is_actor(context, a.mention)
        and not any(q[0] <= a.mention.start < q[1] for q in frame.quotes)
    ]
    marked = [a for a in marked if a.role == "wa"] or marked[:1]
    if marked:
        return group(context, frame, marked[-1]), marked[-1].mention.start, marked[-1].mention.end
    office = _BY_OFFICE.search(frame.line.text, 0, at - frame.line.start)
    people = tuple(i for i in topic if (e := context.entities.get(i)) and e.type == "person")
    if office and len(people) == 1:
        return people, frame.line.start + office.start(), frame.line.start + office.end() - 1
    return (), at, at


def _official(context: Context, ident: str) -> bool:
    """Whether someone speaks for a state or a body."""
    entity = context.entities.get(ident)
    if entity is None or is_voice(context, ident):
        return False
    if entity.type == "person":
        return bool(entity.role or entity.country) and not _SCHOLAR.search(entity.role or "")
    return entity.type in ("state", "organisation")


def _land(context: Context, ident: str) -> str:
    entity = context.entities.get(ident)
    return entity.country if entity and entity.type in ("person", "organisation") and entity.country else ident


__all__ = ["SAYS", "Stance", "stance", "stance_en", "told_stances"]
