"""Whose words a sentence bears: who is marked as speaking, thinking or judging in it, by name, office or topic."""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.events.roles import Argument, Frame, is_actor
from keisei.documents.records import Mention
from keisei.documents.voices import (
    ACCORDING,
    REPORT,
    official,
)

SAME_WHO = r"(?:同(?:報告書|評価|論文|白書|調査|文書|レポート|推計|分析|声明|氏|[一-鿿]{0,6}(?:員|授|士|官|相|長|統領|記者|家|使))|彼|彼女)"  # noqa: E501


SAME = re.compile(rf"{SAME_WHO}(?:は|が|も|によると)、?")


# who speaks the quotation that stands alone before or behind: Xはこう指摘する。
_POINTS = re.compile(
    rf"(?:は|が|も)、?[^。「」]{{0,24}}?(?:こう|このように|そう|次のように|以下のように)[^。「」、]{{0,6}}?{REPORT}"
)


def topic_of(context: Context, frame: Frame) -> str | None:
    """Whom a sentence is about: the person at its は, where it tells of no other's words."""
    people = [
        a.mention.ids[0]
        for a in frame.arguments
        if (a.role == "wa" or (a.role == "no" and _MANNER.match(context.text, a.mention.end)))
        and is_speaking(context, frame, a)
        and context.entities[a.mention.ids[0]].type == "person"
    ]
    return people[0] if people else None


_MANNER = re.compile(
    r"の(?:評価|見方|見立て|見解|分析|読み|結論|口調|表情|答え|声|言葉|診断|指摘|説明|意見|主張|反応)(?:は|も)"
)


def pointer_of(context: Context, frame: Frame) -> str | None:
    """The speaker of a sentence that only says who speaks the quotation beside it."""
    if "う" not in frame.line.text and "に" not in frame.line.text:
        return None
    cleft = _CLEFT.search(frame.line.text)
    if cleft:  # そう語るのは、…のX氏だ
        people = [
            m for m in context.mentions_in(frame.line.start + cleft.end(), frame.line.end) if _is_person(context, m)
        ]
        return people[-1].ids[0] if people else None
    match = _POINTS.search(frame.line.text) if _POINTING.search(frame.line.text) else None
    if match is None or frame.line.end - frame.line.start - match.end() > 8:
        return None
    at = frame.line.start + match.start()
    named = [a for a in frame.arguments if a.role in ("wa", "ga") and is_speaking(context, frame, a)]
    near = [a for a in named if a.mention.end <= at + 2]
    return near[-1].mention.ids[0] if near else None


_POINTING = re.compile("こう|そう|ように")


_CLEFT = re.compile(
    r"^[ 　]*(?:そう|こう|このように|そのように|そんな風に)[^。、「」]{0,8}?(?:語|話|指摘|述べ|説明|分析|みる|見る|言|訴|警告|嘆|振り返|明か|打ち明)[^。、「」]{0,6}のは、?(?=[^。「」]{3,60}(?:だ|である|だった)。?$)"  # noqa: E501
)


def _is_person(context: Context, mention: Mention) -> bool:
    entity = context.entities.get(mention.ids[0])
    return entity is not None and entity.type == "person"


def person_of(context: Context, frame: Frame) -> str | None:
    """The last person named outside quotations."""
    people = [
        a.mention.ids[0]
        for a in frame.arguments
        if is_speaking(context, frame, a) and context.entities[a.mention.ids[0]].type == "person"
    ]
    return people[-1] if people else None


_REPORTS = re.compile("報告し|報じ|伝え|明らかにし|発表し")


def source_of(context: Context, frame: Frame) -> str | None:
    """Who reports in this sentence: Xによると, or the topic of a reporting verb at its end."""
    for argument in frame.arguments:
        if argument.role == "said" and is_actor(context, argument.mention):
            return name_of(context, argument.mention)
    text = frame.line.text
    if _REPORTS.search(text):
        for argument in frame.arguments:
            if argument.role in ("wa", "ga") and is_actor(context, argument.mention):
                return argument.mention.ids[0]
    match = ACCORDING.search(text)
    if match:
        at = frame.line.start + match.start()
        before = [a for a in frame.arguments if a.mention.end <= at + 2 and is_actor(context, a.mention)]
        if before and _HOLDS.fullmatch(context.text[before[-1].mention.end : max(at, before[-1].mention.end)]):
            return name_of(context, before[-1].mention)
    return None


# between a source and によると: 氏, の分析, が公表した報告書
_HOLDS = re.compile(
    r"[)）]?(?:[(（][^()（）\n]{1,40}[)）])?(?:氏|側|ら)?(?:の[^、。「」はがを]{0,12}|が[^、。「」]{2,20}(?:た|する|ている)[^、。「」はがを]{0,12})?"
)


def is_speaking(context: Context, frame: Frame, argument: Argument) -> bool:
    """Whether a name can be the one who speaks here: an actor outside quotations."""
    return is_actor(context, argument.mention) and frame.quote(argument.mention.start) is None


def subject_of(context: Context, frame: Frame, at: int, until: int, last: str | None) -> str | None:
    """The speaker of quoted words: the は-marked name (before, else behind), 同氏 for the last one, else が-marked."""
    line = frame.line
    tail = context.text[until : line.end]
    if _QUOTED_BY.match(tail):  # 「…」と釘を刺すのは、Xだ
        people = [m for m in context.mentions_in(until, line.end) if _is_person(context, m)]
        if people:
            return people[-1].ids[0]
    if SAME.search(tail) or SAME.search(context.text[line.start : at]):
        return last
    if _PAPER_TOPIC.search(context.text, line.start, at):
        last = None  # 声明は「…」と非難した: not who was heard before
    for role in (("wa",), ("said",), ("ga",)):
        pool = [a for a in frame.arguments if a.role in role and is_speaking(context, frame, a)]
        before = [a for a in pool if a.mention.end <= at]
        behind = [a for a in pool if a.mention.start >= until]
        if before or behind:
            first = before[0] if before else behind[-1]
            if (
                role[0] == "wa"
                and len(before) > 1
                and _NEW_CLAUSE.search(context.text, line.start, before[-1].mention.start)
            ):
                first = before[-1]  # Xは…とあしらい、Yも「…」と一蹴した
            elif role[0] != "wa" and before:
                first = before[-1]
            return name_of(context, first.mention)
    self_named = [a for a in frame.arguments if a.mention.end <= at and context.text.startswith("自身", a.mention.end)]
    if self_named and is_speaking(context, frame, self_named[-1]):
        return self_named[-1].mention.ids[0]
    named = re.search(r"(?:声明|談話|名義|論評)で", context.text[line.start : at])
    if named:
        near = [a for a in frame.arguments if a.mention.end <= at and is_actor(context, a.mention)]
        if near:
            return near[-1].mention.ids[0]
    return last


_PAPER_TOPIC = re.compile(r"(?:^|[。、　 ])(?:共同)?(?:声明|談話|論評|社説|文書|宣言|報告書)は")
_QUOTED_BY = re.compile(r"」?(?:など)?と[^。「」、]{1,20}のは、?(?=[^。「」]{3,60}(?:だ|である|だった)。?$)")


def is_scholar(context: Context, frame: Frame, argument: Argument) -> bool:
    """Whether a name is that of a person without an office of state, who speaks here."""
    entity = context.entities.get(argument.mention.ids[0])
    person = entity is not None and entity.type == "person"
    return person and is_speaking(context, frame, argument) and not official(context, argument.mention.ids[0])


# a paper speaks for who issued it: ODNIが3月に公表した年次脅威評価は、…との判断を示した
_ISSUED = re.compile(
    r"(?:[(（][^()（）\n]{1,30}[)）])?(?:が|の)[^。、「」はも]{0,36}?(?:報告書?|評価|白書|分析|論文|調査|声明|文書|見通し|推計|統計|レポート|論考|記事|社説|コラム)(?:は|も|で(?:は)?)、?"
    r"|(?:[(（][^()（）\n]{1,30}[)）])?が[^。、「」]{0,30}(?:公表|発表|刊行|公開|発行|出|まとめ)(?:し)?た[「『][^「」『』\n]{2,40}[」』](?:は|も|で(?:は)?)、?"
)


def issuer_of(context: Context, frame: Frame, until: int) -> tuple[str, int] | None:
    """Who issued the paper whose words a sentence gives, and where the words begin."""
    for argument in frame.arguments:
        if argument.mention.end < until and is_speaking(context, frame, argument):
            match = _ISSUED.match(context.text, argument.mention.end, until)
            if match:
                return name_of(context, argument.mention), match.end()
    return None


_NEW_CLAUSE = re.compile(r"(?:[いきしちりみびぎえけせてねめれっ]|だが|るが|たが|が|一方で?|ものの)、[^、。「」]{0,16}$")


def name_of(context: Context, mention: Mention) -> str:
    """Who speaks under a name: the group where the name only says whose it is (西側の専門家), else its bearer."""
    return context.groups.get(mention.start, mention.ids[0])
