"""What officials and bodies tell of an act is an act too."""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.events.dating import told_on
from keisei.documents.events.entities import land
from keisei.documents.events.roles import Frame, is_actor
from keisei.documents.events.sides import (
    TOPIC,
    group,
    is_voice,
)
from keisei.documents.records import Event

STATED = ("statement", "denial")


_STATES = re.compile(
    r"(?:と(?:も|の(?:見方|立場|考え|認識|見解|意向|方針|推計|分析|結論|調査結果|報告)を)?|ことを|[はがを])[^、。「」]{0,8}?(?P<verb>(?P<finds>(?:発表|公表|公開|報告|列挙|示唆|推計|推定|推算|試算|認定|断定|特定|分析|暴露|指摘|主張)[しす]|明らかに[しす]|明か[しす]|見積も[っり]|結論[づ付]け|(?<=と)記[しす]|(?<=[とに])伝え[たてる]|(?<=[とに])告げ[たてる]|(?<=と)知らせ[たてる]|(?<=と)訴え[たてる]|(?<=と)[み見]てい|(?<=分析を)(?:示|出)[しす]|(?<=見方を)(?:示|出)[しす]|(?<=推計を)(?:示|出|まとめ)|(?<=結果を)(?:示|出|まとめ)[しす]?|証拠があると述べ)|(?:表明|発言|言明|明言|断言|証言|説明|強調)[しす]|述べ|語[っりる])"
)
# what one reckons or finds out is another's
_RECKONS = re.compile(r"推[計定算]|試算|見積|断定|認定|特定|暴露|結論|分析|[み見]てい")
_BY_OTHERS = re.compile(r"[らさばわま]れ.{0,2}$")  # 部隊が運ばれたと発表した
_ANNOUNCES = re.compile(r"発表|表明")  # one's own plan, where it is not told whose
# a body that is no known name, or is called by its kind: 同チームは, 当局は, 国防省情報本部は
_BODY_WORD = re.compile(
    r"(?:同(?:チーム|機関|組織|団体|委員会|[省庁院局軍])|パネル|報告書|当局|[一-鿿]{1,8}(?:団体|機関|本部|委員会|監視団|事務局|総局|専門家|省|庁|院))(?:は|が|も)"
)
_WILL = re.compile(
    r"(?:方針|考え|予定|意向|つもり|用意|べき|たい|ない|よう|ぬ)(?:だ|である|がある)?[」』]?(?:こと)?$|(?:を|に)(?:歓迎|支持|重視)[^、。]{0,6}$"
)
_OWN_WORD = {
    "AID": "AGREE",
    "COOPERATE": "AGREE",
    "CONSULT": "AGREE",
    "AGREE": "AGREE",
    "CONCEDE": "AGREE",
    "SUPPORT": "SUPPORT",
}
_CHARGED = ("AID", "COOPERATE", "MOBILIZE", "ASSAULT", "COERCE", "SANCTION", "THREATEN", "REJECT")
# a deed that no rule codes, of another than who tells of it
_UNCODED = Event(0, 0, "ASSAULT", "other", (), (), "reported", None, "none", None, None, (), "", (0, 0))


def _found_out(context: Context, frame: Frame, low: int, high: int, home: set[str]) -> bool:
    """Whether what is told has another state's people or things for its subject and is no wish or plan."""
    if _WILL.search(context.text[low:high]):
        return False
    return any(
        a.role in ("ga", "wa", "by", "no", "kara") and low <= a.mention.start and a.mention.end <= high
        for a in frame.arguments
        if is_actor(context, a.mention) and not {land(context, i) for i in a.mention.ids} & home
    )


# a cheap look for the verbs of _STATES
_SAYING = re.compile(
    r"[発公][表開]|報告|列挙|示[唆しす]|推[計定算]|試算|[認断特]定|分析|暴露|指摘|主張|明[らか言]|見積|結論|記[しす]|伝え|告げ|知らせ|訴え"
    r"|[み見]てい|を[出ま示]|証[拠言]|表明|発言|言明|断言|説明|強調|述べ|語[っりる]"
)


def statements(context: Context, frame: Frame, events: list[Event]) -> list[Event]:
    """An official's word on an act is an act too: on one's own it has the deed's sense, on another's it charges."""
    line = frame.line
    out: list[Event] = []
    if not _SAYING.search(line.text):
        return out
    for match in _STATES.finditer(line.text):
        start, end = line.start + match.start("verb"), line.start + match.end("verb")
        if any(e.instrument in STATED and e.trigger[1] > start - 12 and e.trigger[0] < end for e in events):
            continue
        teller = [
            a
            for a in frame.arguments
            if a.role in ("wa", "ga")
            and a.mention.end <= start
            and is_actor(context, a.mention)
            and frame.quote(a.mention.start) is None
        ]
        topics = [a for a in teller if a.role == "wa"] or teller[:1]
        body = _BODY_WORD.search(line.text, 0, match.start("verb")) if match["finds"] else None
        if match["finds"] and topics and topics[-1].role == "ga":
            lead = line.text[: topics[-1].mention.start - line.start]
            if not re.search(r"と、?[^、。はが]{0,16}$", lead):  # …と、Xが明かした: X tells
                body = body or TOPIC.search(lead)
        if body and topics and line.start + body.end() <= topics[-1].mention.start and topics[-1].role == "ga":
            topics = []  # 同チームは、北朝鮮が…と指摘した
        if not topics and not body:
            continue
        if topics and any(is_voice(context, i) for i in topics[-1].mention.ids):
            continue
        by = group(context, frame, topics[-1]) if topics else ()
        low, told_from = (
            (topics[-1].mention.start, topics[-1].mention.end)
            if topics
            else (line.start + (body.start() if body else 0), line.start + (body.end() if body else 0))
        )
        content = [
            e for e in events if told_from <= e.trigger[0] and e.trigger[1] <= start and e.instrument not in STATED
        ]
        home = {land(context, i) for i in by}
        reckoned = _RECKONS.match(match["verb"])
        if not content and (
            reckoned or (match["finds"] and _found_out(context, frame, told_from, line.start + match.start(), home))
        ):
            content = [_UNCODED]
        if not content:
            continue
        deed = content[-1]
        suffered = _BY_OTHERS.search(context.text, deed.trigger[0], deed.trigger[1] + 2)
        announced = not (deed.sources or suffered) and deed is not _UNCODED and _ANNOUNCES.match(match["verb"])
        foreign = reckoned or not (announced or home & {land(context, i) for i in deed.sources})
        plover = "ACCUSE" if foreign and deed.plover in _CHARGED else None if foreign else _OWN_WORD.get(deed.plover)
        if plover is None:
            continue
        named = [i for m in context.mentions_in(told_from, start) for i in m.ids if is_actor(context, m)]
        if plover == "ACCUSE":  # states are charged, people are promised
            named = [land(context, i) for i in named]
        others = tuple(
            i
            for i in dict.fromkeys((*named, *deed.sources, *deed.targets))
            if i not in by and land(context, i) not in home
        )[:3]
        date, precision = told_on(context, line.start, low, told_from, start)
        out.append(
            Event(
                low, end, plover, "statement", by, others, "occurred", date, precision, None, None,
                tuple(context.quantities_in(low, end)), "J709-official-word", (start, end),
            )
        )  # fmt: skip
    return out


__all__ = ["STATED", "statements"]
