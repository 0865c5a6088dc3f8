"""Japanese events: rules over the sentence; sides from particles (``sides``), status from mood, date from the clause.

A noun without any side is no event; a verb is one even where its parties are left out, in a text that has named
someone. Statements of scholars and journalists are claims, not events.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from dataclasses import replace

from keisei.documents.context import Context, Line
from keisei.documents.dates import DateSpan
from keisei.documents.events.dating import month_named, month_of, repeated, told_on
from keisei.documents.events.ditto import followed
from keisei.documents.events.instruments import by_object
from keisei.documents.events.journeys import envoy, travels
from keisei.documents.events.lexical import Use, uses
from keisei.documents.events.mood import status
from keisei.documents.events.pacts import is_pact, named_pacts, pact_before
from keisei.documents.events.roles import Frame, Memory, is_actor, is_headline, prepare
from keisei.documents.events.rules import Rule, RuleBook, rules
from keisei.documents.events.sides import (
    TOPIC,
    Sides,
    find_sides,
    group,
    is_voice,
    relative_head,
    speaker,
    type_of,
)
from keisei.documents.events.stances import told_stances
from keisei.documents.events.undone import no_act, withheld
from keisei.documents.events.votes import yes
from keisei.documents.records import Event

_HEADS = re.compile(
    r"President|leader|Leader|Prime Minister|Chancellor|Chairman of the State|Premier|General Secretary"
)
_SCHOLAR = re.compile(
    r"professor|fellow|scholar|researcher|analyst|author|expert|教授|研究員|フェロー|アナリスト|専門家|記者|所長|博士|ジャーナリスト|評論家|研究委員"
)
_NOUN_USE = re.compile(
    r"^(?:後|前|以前|以来|以降|の(?:評価|開催地|結果|成果|前|後|場|意義|失敗|暗礁|可能性|見通し|実現|際)|から\d|は|が(?!行|開|実)|も|と(?:は|同)|で(?!きる)|に関|について|を(?:通じ|受け|前に|めぐ|見|控え)|に(?:よって|より|つい|関|向け))"
)
_TESTS = ("missile_test", "nuclear_test", "satellite_launch", "engine_test")
_HEAD_OFFICE = re.compile(r"(?<!副)(?:大統領|総書記|国家主席|国務委員長|書記長|最高指導者|第一書記|第1書記|主席|国王)$")
_UNDER_A_HEAD = ("CHN", "RUS", "PRK", "KOR", "VNM", "FRA", "UKR", "LAO", "CUB", "MNG")
_REMEMBERED = 12  # events that a noun may take up again
_RECENT = 10  # days before publication that a report tells of as its own
_ON_THE_ROSTRUM = re.compile(r"パレード|閲兵|観閲|観兵|楼上|ひな壇")
_PASSIVE = re.compile(r"(?<=送)られ|(?<=派遣)され|され|られ")
_TOLD_ON = re.compile(r"と[^。、「」]{0,6}(?:伝え|報じ)")
# what may stand between a predicate and the date behind it
_BEHIND = re.compile(r"(?:[^。、]{0,10}[たる]|[がは]|[=＝])$")
_STATED = ("statement", "denial")
_REPEATABLE = ("MOBILIZE", "CONSULT", "SANCTION", "ASSAULT", "REJECT")
_SAME_SCHOLAR = re.compile(r"同(?:教授|准教授|博士|(?:上級|主任|先任)?研究員|研究委員)(?:は|が|も)")
_MISSILES = re.compile(r"ミサイル|ICBM|SLBM|ロケット|火星")
_READOUT = re.compile(r"(?:発表|声明|公表)(?:文)?(?:に)?(?:よると|よれば)")
_PRECISION = {"day": "day", "month": "month", "year": "year", "week": "day"}


def find(context: Context) -> list[Event]:
    """All events, in the order of the text."""
    book = rules("ja")
    out: list[Event] = []
    topic: tuple[str, ...] = ()
    memory = Memory()
    tester: tuple[str, ...] = ()  # whose launches and tests the text tells of
    heading: list[DateSpan] = []
    said_until = 0
    told: list[Event] = []
    carried: tuple[str, str] | None = None  # the day, month or year that a paragraph tells of
    for line in context.lines:
        if line.kind in ("navigation", "note", "byline") or len(line.text) < 4:
            continue
        if line.kind == "title" and not (
            context.dates_in(line.start, line.end)
            or is_headline(context, line, context.mentions_in(line.start, line.end)[:1])
        ):
            continue  # a heading names what the text tells anyway; a caption with a date does not
        frame = prepare(context, line, memory)
        if "\n" in context.text[said_until : line.start]:
            carried = None
            heading = []  # a caption sets no scene for the next paragraph
        said_until = line.end
        events = [
            _carry(context, frame, e, carried) for e in _sentence(context, frame, book, topic, heading, tester, told)
        ]
        own_day = carried if carried and carried[1] == "day" else None
        carried = (
            _told_of(events, context.reference(line))
            or own_day
            or month_of(events)
            or month_named(context, line)
            or carried
        )
        out.extend(events)
        told = [*told, *events][-_REMEMBERED:]
        tester = next(
            (
                tuple(_land(context, i) for i in _states(context, e.sources))
                for e in reversed(events)
                if e.instrument in _TESTS and _states(context, e.sources)
            ),
            tester,
        )
        heading = _heading(context, line)
        topic = _topic(context, frame) or topic
    return out


def _heading(context: Context, line: Line) -> list[DateSpan]:
    """The dates of a sentence without a verb (2023年9月13日、ボストチヌイ宇宙基地。): they set the scene of the next."""  # noqa: E501
    if any(t.pos in ("動詞", "助動詞", "形容詞") for t in line.tokens):
        return []
    return context.dates_in(line.start, line.end)


def _topic(context: Context, frame: Frame) -> tuple[str, ...]:
    """The actor that the next sentence may leave out: the first は-marked, else the first が-marked."""
    acting = [a for a in frame.arguments if is_actor(context, a.mention) and not is_voice(context, a.mention.ids[0])]
    marked = [a for a in acting if a.role == "wa"] or [a for a in acting if a.role == "ga"]
    return group(context, frame, marked[0]) if marked else ()


def _sentence(
    context: Context, frame: Frame, book: RuleBook, topic: tuple[str, ...], heading: list[DateSpan],
    tester: tuple[str, ...], told: list[Event],
) -> list[Event]:  # fmt: skip
    line = frame.line
    used = bytearray(len(line.text) + 1)
    out: list[Event] = []
    for rule in book.possible(line.text):
        for match in rule.pattern.finditer(line.text):
            start, end = match.span()
            first, last = match.span("verb") if "verb" in rule.pattern.groupindex else (start, end)
            if end == start or any(used[first:last]):
                continue
            if rule.skip and line.text[max(0, start - len(rule.skip)) : start] == rule.skip:
                continue
            event = _event(
                context, frame, rule, book, line.start + start, line.start + end, topic, heading, tester, told + out
            )
            if event is not None:
                used[first:last] = b"\1" * (last - first)
                out.append(event)
    for use in uses(line):
        first, last = use.start - line.start, use.end - line.start
        if any(used[first:last]) or _NOT_REFUSED.match(line.text, last):
            continue
        if used[max(0, first - 2)] and any(
            e.trigger[1] in (use.start - 1, use.start - 2)
            and (e.plover == use.rule.plover or use.rule.id == "W107-talks-failed")
            for e in out
        ):
            continue  # a verb that only carries out what its object names: 協議を開く
        event = _event(context, frame, use.rule, book, use.start, use.end, topic, heading, tester, told + out, use)
        if event is not None and not (use.nominal and _governed(context, use, used[last : last + 3])):
            used[first:last] = b"\1" * (last - first)
            out.append(event)
    for event in [e for e in out if e.plover in _REPEATABLE]:
        out.extend(repeated(context, line.start, event))
    out.extend(named_pacts(context, line, out))
    out.extend(_statements(context, frame, out))
    out.extend(told_stances(context, frame, out, topic))
    if "も" in line.text and not out:
        out.extend(followed(context, frame, told))
    return sorted((e for e in out if not any(_within(e, other) for other in out)), key=lambda e: (e.trigger, e.rule))


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
_TOPIC = re.compile(r"[^、。はが]{2,20}(?<![年月日時回今在後前にで])は")
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
        if is_actor(context, a.mention) and not {_land(context, i) for i in a.mention.ids} & home
    )


# a cheap look for the verbs of _STATES
_SAYING = re.compile(
    r"[発公][表開]|報告|列挙|示[唆しす]|推[計定算]|試算|[認断特]定|分析|暴露|指摘|主張|明[らか言]|見積|結論|記[しす]|伝え|告げ|知らせ|訴え"
    r"|[み見]てい|を[出ま示]|証[拠言]|表明|発言|言明|断言|説明|強調|述べ|語[っりる]"
)


def _statements(context: Context, frame: Frame, events: list[Event]) -> list[Event]:
    """An official's word on an act is an act too: on one's own it has the deed's sense, on another's it charges."""
    line = frame.line
    out: list[Event] = []
    if not _SAYING.search(line.text):
        return out
    for match in _STATES.finditer(line.text):
        start, end = line.start + match.start("verb"), line.start + match.end("verb")
        if any(e.instrument in _STATED and e.trigger[1] > start - 12 and e.trigger[0] < end for e in events):
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
            e for e in events if told_from <= e.trigger[0] and e.trigger[1] <= start and e.instrument not in _STATED
        ]
        home = {_land(context, i) for i in by}
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
        foreign = reckoned or not (announced or home & {_land(context, i) for i in deed.sources})
        plover = "ACCUSE" if foreign and deed.plover in _CHARGED else None if foreign else _OWN_WORD.get(deed.plover)
        if plover is None:
            continue
        named = [i for m in context.mentions_in(told_from, start) for i in m.ids if is_actor(context, m)]
        if plover == "ACCUSE":  # states are charged, people are promised
            named = [_land(context, i) for i in named]
        others = tuple(
            i
            for i in dict.fromkeys((*named, *deed.sources, *deed.targets))
            if i not in by and _land(context, i) not in home
        )[:3]
        date, precision = told_on(context, line.start, low, told_from, start)
        out.append(
            Event(
                low, end, plover, "statement", by, others, "occurred", date, precision, None, None,
                tuple(context.quantities_in(low, end)), "J709-official-word", (start, end),
            )
        )  # fmt: skip
    return out


_ASKED = re.compile(
    r"[^、。]{0,8}?よう(?:に)?[^、。]{0,10}(?:求め|要請|要求|促|呼びか|働きか|迫|警告|命じ|指示|釘|くぎ)"
)
_WISHED = re.compile(
    r"(?:の[一-鿿]{1,6})?を[^、。]{0,6}?(?:求め|要求|要請|要望|提案|呼びか|申し入れ|打診|望[んみむ]|促|持ちか|拒[みんま否絶]|断[っりわ]|迫[っりる]|訴え|渋[っりる])"
    r"|(?:の[一-鿿]{1,6})?に(?:意欲|反対|難色)"
)
_ANSWERED = re.compile(
    r"(?:に|を|には|にも|も|は)[^、。]{0,8}(?:応じ|応え|拒|無視|黙殺|退け|はね|突っぱね|断[っりわ]|受け入れ|従[いっう]|蹴|飲[みんむ]|の[みんむ])"
)
_HALTABLE = ("AID", "COOPERATE", "CONSULT", "AGREE", "SUPPORT")
_HALTED = re.compile(
    r"[をの][^、。をがは]{0,12}?(?:打ち切|停止|中断|中止|止め|絞[っりる]|削減|断[ちつ]|凍結|制限|遮断|禁じ|禁止|見合わせ|やめ|減ら|阻[んみむ]|妨げ|妨害|差し止|封じ|骨抜き)"
)


# 否定できない, 軽視できない, ためらうべきでない: no refusal
_NOT_REFUSED = re.compile(r"(?:は|も)?(?:でき(?:な|ず|ませ)|し得な|しえな|う?べきで(?:は)?な)")


def _taken_up(rule: Rule, sides: Sides, sentence: int, start: int, told: list[Event]) -> tuple[str, ...]:
    """The parties of a two-sided act that names none, or one of them: those of the last such act (交渉は止まる)."""
    if rule.frame != "mutual" or rule.plover in ("RETREAT", "SUPPORT") or len(sides.sources) > 1:
        return ()
    about = ("AID", "COOPERATE") if rule.id == "J5043-contract" else ()
    host = next(
        (
            e
            for e in reversed(told)
            if (e.instrument == "visit" or e.plover in about) and e.start >= sentence and e.end <= start
        ),
        None,
    )
    if host and sides.sources and sides.sources == host.sources and host.targets:
        return (*host.sources, *host.targets)  # 訪問し、…で一致した: with the host
    if any(a.mention.end <= start and a.role in _PARTIES for a in sides.inside):
        return ()
    pair = next(
        (
            e.sources
            for e in reversed(told)
            if len(e.sources) > 1
            and e.sources == e.targets
            and e.instrument != "parade"
            and (
                e.start >= sentence  # from further back only for a pact, or talks that fail right after they are told
                or e.instrument == rule.instrument == "treaty"
                or (e is told[-1] and rule.plover == "REJECT")
            )
        ),
        (),
    )
    return pair if set(sides.sources) <= set(pair) else ()


_CLEFT_DATE = re.compile(r"[^、。はが]{1,16}?[たる]のは")
_SINCE = re.compile(r"(?:以来|以降|いらい)の")  # 2019年以来の会談: not its own day
_IN_WORDS = re.compile(r"[とう](?:も)?$|よう(?:に)?$")
_OF_A_PLACE = re.compile(r"(?:で)?の[一-鿿0-9]{0,14}$|での?[^、。]{0,10}$|で(?:開か|行わ|催さ|あっ)[^、。]{0,26}$")
_GUEST_OF = re.compile(r"に(?:は|も)?[^、。]{0,10}(?:出席|参加|列席|参列|招|並|出)")


def _armed(
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


_FORCES = ("_ARMED_FORCES", "_SOLDIERS", "_TROOPS")
_IN_RETURN = re.compile(r"見返り|引き換え|引換え|代わりに|対価")
_OF_THE_WAR = ("J2021-ceasefire", "W802-truce", "J2012-war-goes-on")
_OTHER_WAR = re.compile(
    r"朝鮮戦争|ベトナム戦争|第[一二12]次|太平洋戦争|湾岸戦争|中東|ガザ|イスラエル|シリア|アフガン|冷戦|内戦"
)
_IN_FORCE = re.compile(r"発効|失効|効力|批准|延長|更新")
_PARTIES = ("no", "ga", "wa", "with", "to", "kara", "by", "bare")
_BESIDE = re.compile(
    r"(?:[(（][^)）]*[)）])?(?:側|政府|軍|両国|など)?(?:の|による|への|との|に対する|に向けた|向けの?|からの|間の)?(?:[一-鿿ァ-ヺー・0-9]{0,8}の?){0,2}"
)


def _beside(context: Context, sides: Sides, start: int) -> bool:
    """Whether an actor stands right at an act that is only named: 対北支援, ロシアによる承認."""
    return any(
        a.mention.end > start or _BESIDE.fullmatch(context.text[a.mention.end : start]) for a in sides.before[-3:]
    )


# the act is what the verb is about; 発射を受けて, 会談を前に only set a time or a cause
_ITS_OBJECT = re.compile(
    r"[をにも](?!受け|めぐ|巡|控え|契機|機に|前に|踏まえ|理由|際|経て|通じ|対し|つい|関し|よ[りっ])[^、。はが]{0,8}?[一-鿿]{1,4}[ぁ-ん]"
)
_NAMED_FRAMES = ("mutual", "mutual_or_self", "self", "act", "visit")


def _only_named(context: Context, line: Line, sides: Sides, start: int, end: int) -> bool:
    """Whether an act is told by a noun with no name right beside it (度重なる発射を受けて)."""
    k = bisect_left(line.tokens, end, key=lambda t: t.end)
    last = line.tokens[k] if k < len(line.tokens) else None
    if _ITS_OBJECT.match(context.text, end) and any(a.role in ("ga", "wa") for a in sides.inside):
        return False  # 打ち上げに失敗した: of whom the sentence tells
    return last is not None and last.pos in ("名詞", "接尾辞") and not _beside(context, sides, start)


_OF_TALK = re.compile(
    r"の(?:見通し|可能性|ほか|見返り|代わり|是非|条件|要求|議論)|という|だ(?:った)?。|では?な|とは|も|決議案|案|論|を?求め"
)
_TOLD_OF = re.compile(
    r"[をにはも](?!受け|めぐ|巡|控え|前に|機に)(?:「[^」]{1,30}」)?[^、。「」はが]{0,16}?"
    r"(?:発表|公表|公認|追認|確認|明らかに|報告|示唆|予告|言及|触れ|伝え|批判|非難|糾弾|呼[びぶん]|位置[づ付]け|評[しさ]|"
    r"たたえ|称え|称賛|歓迎|懸念|警戒|問題視|見積も)"
)


def _only_told_of(context: Context, sides: Sides, start: int, end: int) -> bool:
    """Whether a person or a body tells of, or judges, an act that is only named: its doer is left open."""
    if not _TOLD_OF.match(context.text, end) or _beside(context, sides, start):
        return False
    return all(not _is_state(context, i) for i in sides.sources)


def _is_state(context: Context, ident: str) -> bool:
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "state"


# a date right before a noun (1994年の米朝枠組み合意) tells of one act; 以来 and the like tell of a time only
_OF_DATE = re.compile(r"(?!以来|以降|以前|以後)[^、。はがを]{0,14}")


def _dated(context: Context, start: int) -> bool:
    """Whether a date stands right before an act that is only named."""
    near = context.dates_in(max(0, start - 30), start)
    return bool(near) and bool(near[-1].value) and bool(_OF_DATE.fullmatch(context.text, near[-1].end, start))


def _is_person(context: Context, ident: str) -> bool:
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "person"


def _governed(context: Context, use: Use, behind: bytearray) -> bool:
    """Whether a named act is what another predicate asks for or refuses: 支援の要請, 協議を拒んだ."""
    return context.text[use.end : use.end + 1] in ("を", "の", "に", "や", "へ") and any(behind)


def _told_as(event: Event) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    words = event.rule if event.instrument not in _STATED else "statement"
    return words + event.plover, event.instrument, event.sources, event.targets


def _within(event: Event, other: Event) -> bool:
    """Whether a longer stretch tells the same act: 「でっち上げ」 within 「でっち上げ」と一蹴した."""
    same = _told_as(event) == _told_as(other)
    inside = other.start <= event.start and event.end <= other.end
    return same and inside and event.end - event.start < other.end - other.start


def near_from(frame: Frame, start: int) -> int:
    """Where the words beside a predicate begin: its clause, and the one before where its own has no object."""
    clause = frame.clause(start)[0]
    if start - clause < 14 and not _MARKED.search(frame.line.text, clause - frame.line.start, start - frame.line.start):
        clause = frame.clause(max(frame.line.start, clause - 1))[0]
    return max(clause, start - 40)


_MARKED = re.compile(r"[がはをも]")


def _event(
    context: Context, frame: Frame, rule: Rule, book: RuleBook, start: int, end: int, topic: tuple[str, ...],
    heading: list[DateSpan], tester: tuple[str, ...], told: list[Event], use: Use | None = None,
) -> Event | None:  # fmt: skip
    text, line = context.text, frame.line
    if rule.near and not rule.near.search(text, near_from(frame, start), min(line.end, end + 16)):
        return None
    clause_start, _ = frame.clause(start)
    quote = frame.quote(start)
    if quote and quote[1] < end:
        quote = None
    behind = text[end : end + 30]
    if rule.plover != "REQUEST" and _ASKED.match(behind):
        return None  # 撤退するよう求めた: what is asked for is not done
    sides = find_sides(context, frame, rule, start, end, topic, use)
    if no_act(rule, behind, sides.nominal):
        return None
    if rule.plover in _HALTABLE and sides.nominal and (_HALTED.match(behind) or _WISHED.match(behind)):
        return None  # 支援を打ち切った, 会談を提案した: the end of it, or the asking, is the act
    if rule.plover == "REQUEST" and sides.nominal and _ANSWERED.match(behind):
        return None  # 呼びかけに応じない: the answer is the act
    if sides.nominal and rule.plover == "CONCEDE" and _OF_TALK.match(text, end):
        return None  # 制裁緩和の見通し, 黙認ではない: relief that is spoken of, not given
    if rule.id == "J9031-handover" and sides.nominal and not _beside(context, sides, start):
        return None  # 技術移転については: a topic, where no one stands beside it
    dated = sides.nominal and _dated(context, start)
    if (
        sides.nominal
        and rule.plover == "AGREE"
        and any(is_pact(context, m) and m.end >= end for m in context.mentions_in(start - 24, end))
    ):
        return None  # the word inside a pact's name
    if use and use.nominal and not _beside(context, sides, start):
        if not dated:
            return None
        sides = replace(sides, sources=(), targets=())  # an act told by its date: whose it is stands elsewhere
    if (
        rule.need == "person"
        and not any(type_of(context, a) == "person" for a in sides.inside)
        and not any(_is_person(context, i) for i in relative_head(context, frame, end, frame.arguments))
    ):
        return None
    if rule.need in ("actor", "official") and not sides.before:
        return None
    if rule.plover == "AID" and envoy(context, sides.inside, start):
        return None  # one who is sent by name goes to speak
    stated = rule.instrument in _STATED
    if (
        use is None
        and not stated
        and rule.frame in _NAMED_FRAMES
        and sides.nominal
        and _only_named(context, line, sides, start, end)
    ):
        sides = replace(sides, sources=(), targets=())  # far names are those of other acts as often as not
        dated = True
    if rule.need == "journey" and not travels(context, frame, sides.sources, start):
        return None
    if rule.need == "envoy":
        sent = envoy(context, sides.inside, start)
        if sent is None:
            return None
        sides = replace(sides, sources=sent or sides.sources, targets=tuple(i for i in sides.targets if i not in sent))
    if sides.nominal and not stated and _only_told_of(context, sides, start, end):
        sides, dated = replace(sides, sources=()), True  # 派遣を発表した: who tells of an act need not be who does it
    sources, targets = rule.sources or sides.sources, rule.targets or sides.targets
    taken_up = _taken_up(rule, sides, line.start, start, told)
    if taken_up and (rule.id == "J5044-mutual-help" or _IN_FORCE.search(text, start, end + 4)):
        taken_up = tuple(dict.fromkeys(_land(context, i) for i in taken_up))  # a treaty binds states, whoever signed it
    bound = pact_before(context, max(clause_start, start - 60), start) if rule.instrument == "treaty" else ()
    if bound and rule.plover == "AGREE" and (not sources or _IN_FORCE.search(text, start, end + 4)):
        sources = targets = bound
    elif taken_up:
        sources = targets = taken_up
    if rule.plover == "AGREE" and rule.frame == "mutual" and _IN_FORCE.search(text, start, end + 4):
        sources = targets = tuple(dict.fromkeys(_land(context, i) for i in sources))
    if rule.id == "J111-standing-sanctions":
        held = [a.mention.ids for a in sides.inside if start <= a.mention.start < end]
        body = "UN" if text.startswith("国連", start) else "UNSC" if text.startswith("安保理", start) else ""
        sources = (
            held[0] if held and _is_body(context, held[0][0]) else (body,) if body in context.entities else sources
        )
        targets = tuple(i for i in targets if i not in sources)
        if not targets and {"UN", "UNSC"} & set(sources) and "PRK" in context.entities:
            targets = ("PRK",)  # the lexicon's reading of 国連の制裁 in a text about North Korea
    if (
        rule.instrument == "statement"
        and rule.frame == "act"
        and (
            sides.nominal
            or "」と" in text[start:end]
            or (use is None and re.search(r"と(?:も)?[一-鿿]+$", text[start:end]))
        )
    ):
        # 「終わった問題」だと発言した: who says it is the source, whatever it is said of
        said_by = speaker(context, frame, start, end)
        if said_by and said_by != sources:
            targets, sources = tuple(i for i in (*sources, *targets) if i not in said_by), said_by
    if rule.id == "J7022-report" and not sources:
        sources, targets = targets, ()  # 公表されたパネルの報告書
    if rule.id == "W987-coup":
        sources, targets = (), sources or targets  # ニジェールのクーデター: where, not who
    if rule.plover == "MOBILIZE" and rule.frame in ("self", "mutual_or_self"):
        sources = _armed(context, frame, rule, sources, clause_start, start, end)
        targets = targets if sources else ()
    if rule.instrument in _TESTS and rule.frame == "self" and tester:
        own = [a for a in sides.inside if a.role in ("ga", "wa", "no") and set(a.mention.ids) & set(sources)]
        if not own or not _states(context, sources):
            sources = tester  # a launch without a subject is by who launched before, not by who reports it
    elif rule.instrument in _TESTS and rule.frame == "self":
        own = [a for a in sides.inside if a.role in ("ga", "wa", "no") and set(a.mention.ids) & set(sources)]
        if not own and sides.nominal and not _beside(context, sides, start):
            sources = ()  # a launch only named, of someone named elsewhere
        sources = sources if own else tuple(dict.fromkeys(_land(context, i) for i in sources))
    plover = rule.plover
    if rule.id in ("J1021-voted-for", "J1022-votes-won", "J1023-cast"):
        plover, sources, targets = yes(context, line, plover, (sources, targets), start, end)
    if rule.frame == "receive" and not (sources and targets) and _IN_RETURN.search(text, clause_start, start):
        given = next((e for e in reversed(told) if e.start >= line.start and e.sources and e.targets), None)
        if given and given.sources != given.targets:
            sources, targets = given.targets, given.sources  # 砲弾を送り、その見返りに石油を受け取った
    if rule.id == "J504-joint-statement":
        sources = tuple(dict.fromkeys(_issues_for(context, i) for i in sources))
        targets = sources if len(sources) > 1 else targets
    if rule.instrument == "troop_deployment" and rule.plover == "AID":
        moved = [m for m in context.mentions_in(max(line.start, start - 16), start + 1) if m.start < start < m.end]
        if moved and _is_body(context, moved[-1].ids[0]):
            sources = moved[-1].ids  # 北朝鮮部隊の派遣: the body that the words begin in
        # 北朝鮮軍のロシア派兵, 北朝鮮兵が送られ: the sender is the state
        sources = tuple(_land(context, i) if i.endswith(_FORCES) else i for i in sources)
    if rule.frame == "disclose" and _TOLD_ON.match(text, end):
        teller = [a for a in sides.before if a.role == "ga" and a.mention.end <= end and is_actor(context, a.mention)]
        if teller:  # Aは、Bが…と述べたと伝えた: the words are B's
            sources, targets = teller[-1].mention.ids, ()
    if rule.id in _OF_THE_WAR:
        named = {i for a in sides.inside if a.role in _PARTIES for i in a.mention.ids}
        ours = (not named or named & {"RUS", "UKR"}) and not _OTHER_WAR.search(line.text)
        if ours and (len(sources) < 2 or not set(sources) <= named):  # the war that such a text speaks of
            if not {"RUS", "UKR"} <= context.entities.keys():
                return None
            sources, targets = (("RUS",), ("UKR",)) if rule.plover == "ASSAULT" else (("RUS", "UKR"), ("RUS", "UKR"))
    if rule.need == "missile" and not _MISSILES.search(text):
        return None
    if rule.plover != "CONSULT" and rule.instrument not in _STATED:
        # what scholars say that others did is no act of theirs; they may travel and meet
        sources = tuple(i for i in sources if not _scholar(context, i))
        targets = tuple(i for i in targets if not _scholar(context, i))
    if rule.instrument in _STATED and _SAME_SCHOLAR.search(text, line.start, start):
        return None
    if not (sources or targets) and (
        (sides.nominal and not dated) or (rule.need and not dated) or not (topic or frame.arguments)
    ):
        return None  # a verb, or a noun with its date, tells an act though its sentence leaves out whose; else none
    if rule.frame == "disclose" and not sources:
        return None
    if rule.need == "both" and not (sources and targets):
        return None
    if use and not sources and text[start:end].startswith(("提言", "提案")) and rule.id == "W501-demand":
        return None  # a scholar's proposal, or the author's
    if use and not sources and rule.instrument in _STATED and not use.passive:
        return None
    if use and use.passive and rule.frame == "receive":
        return None
    if rule.instrument in _STATED and sources and all(_scholar(context, i) for i in sources):
        return None
    if sides.nominal and rule.plover == "CONSULT" and _mere_mention(context, clause_start, start, end):
        return None
    instrument = by_object(
        rule.plover,
        _instrument(context, frame, rule, book, start, end, sources),
        text[max(clause_start, start - 30) : start],
        text[start:end],
        sources,
    )
    date, precision = _date(context, frame, start, quote, heading)
    if rule.frame == "disclose" or (
        rule.instrument in _STATED and _IN_WORDS.search(text, max(line.start, start - 4), start)
    ):
        teller = [a for a in frame.arguments if a.role in ("wa", "ga") and set(a.mention.ids) & set(sources)]
        if teller and teller[0].mention.end < start:
            date, precision = told_on(context, line.start, teller[0].mention.start, teller[0].mention.end, start)
    place = next(
        (
            a.mention.ids[0]
            for a in reversed(frame.arguments)
            if a.role == "de"
            and clause_start - 30 <= a.mention.start
            and a.mention.end <= start
            and type_of(context, a) == "place"
        ),
        None,
    )
    span_start, span_end = _span(context, frame, clause_start, start, end, quote)
    after = text[end : quote[1] if quote else line.end]
    said = [a for a in frame.arguments if a.role == "said"]
    mood = status(text[clause_start:end], after, quote is not None or bool(said))
    if mood == "denied" and (rule.plover in ("REQUEST", "SUPPORT") or rule.frame == "host"):
        return None  # not to want or not to welcome is a stance, no act
    kept_back = withheld(rule, text[clause_start:end], behind)
    if kept_back:
        plover, instrument, targets = "REJECT", kept_back, ()
    if mood == "denied" and rule.id == "J707-acknowledge":
        plover, instrument, mood = "REJECT", "denial", "occurred"  # 取引の存在を認めなかった
    attributed = None
    if mood == "reported":
        names = said[-1].mention.ids if said else speaker(context, frame, start, end)
        attributed = names[0] if names and names != sources else None
    quantities = tuple(context.quantities_in(span_start, span_end))
    return Event(
        span_start, span_end, plover, instrument, sources, targets, mood, date, precision, place, attributed,
        quantities, rule.id, (start, end),
    )  # fmt: skip


_TOLD_AS_PAST = re.compile(
    r"[^、。]{0,14}(?:た|だ)(?=[。、」]|が|と|こと|際|とき|直後|ため|もの|の|$)"
    r"|[^、。]{0,4}(?:し|い|り|び|き|れ|け|え|め|み|ず)、|し?て(?:い(?:る|た|ない|なかった)|おらず)"
    r"|(?<=[いきしちにみりえけせねめれ])、"
)


def _carry(context: Context, frame: Frame, event: Event, carried: tuple[str, str] | None) -> Event:
    """An undated act told in the past tense goes on with the day, else the month, that its paragraph tells of."""
    if event.date or carried is None or event.status not in ("occurred", "reported") or frame.quote(event.trigger[0]):
        return event
    if not _TOLD_AS_PAST.match(context.text, event.trigger[1], frame.line.end):
        return event
    return replace(event, date=carried[0], precision=carried[1])


def _told_of(events: list[Event], reference: str | None) -> tuple[str, str] | None:
    """The day of the last event told as fact where it is one of the report's own: of the days before publication."""
    dated = [
        e
        for e in events
        if e.date and e.precision == "day" and "/" not in e.date and e.status in ("occurred", "reported")
    ]
    if not dated or not reference or dated[-1].date is None:
        return None
    days = (datetime.date.fromisoformat(reference) - datetime.date.fromisoformat(dated[-1].date)).days
    return (dated[-1].date, "day") if 0 <= days <= _RECENT else None


def _land(context: Context, ident: str) -> str:
    """The state of a person or a body, else the id itself."""
    entity = context.entities.get(ident)
    return entity.country if entity and entity.type in ("person", "organisation") and entity.country else ident


def _issues_for(context: Context, ident: str) -> str:
    """Whose joint text it is: a minister signs for the state, a head of state for himself; a new name stays."""
    entity = context.entities.get(ident)
    return ident if entity is None or entity.proposed or _states(context, (ident,)) else _land(context, ident)


def _states(context: Context, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some ids that are states or their leaders."""
    kept = [
        i for i in ids if (e := context.entities.get(i)) and (e.type == "state" or (e.role and _HEADS.search(e.role)))
    ]
    return tuple(kept)


def _is_body(context: Context, ident: str) -> bool:
    """Whether an id stands for an organisation or a state."""
    entity = context.entities.get(ident)
    return entity is not None and entity.type in ("organisation", "state")


def _scholar(context: Context, ident: str) -> bool:
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "person" and bool(entity.role and _SCHOLAR.search(entity.role))


def _mere_mention(context: Context, clause_start: int, start: int, end: int) -> bool:
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
    return bool(_NOUN_USE.match(context.text[end : end + 8]))


def _instrument(
    context: Context, frame: Frame, rule: Rule, book: RuleBook, start: int, end: int, sources: tuple[str, ...]
) -> str:
    text = context.text
    if rule.instrument == "object":
        window = text[max(frame.clause(start)[0], start - 40) : end]
        best: tuple[int, str] | None = None
        for name, pattern in book.objects:
            for match in pattern.finditer(window):
                if best is None or match.end() > best[0]:
                    best = (match.end(), name)
        if best is None:  # 送った砲弾: the thing behind
            head = re.compile(r"[ぁ-ん]{0,5}(?:[0-9一-鿿]{0,4}の)?").match(text, end)
            at = head.end() if head else end
            best = next(((at, name) for name, pattern in book.objects if pattern.match(text, at)), None)
        return best[1] if best else rule.other
    if rule.instrument == "sanctions":
        window = text[max(frame.line.start, start - 16) : end]
        if "貿易" in window:
            return "trade"
        if re.search(r"国連|安保理|安全保障理事会|決議", window) or {"UN", "UNSC"} & set(sources):
            return "sanction_resolution"
        if "国際" in window and "PRK" in {i for a in frame.arguments for i in a.mention.ids}:
            return "sanction_resolution"
        return "other"
    if rule.plover in ("AGREE", "SUPPORT") and _READOUT.search(text, frame.line.start, start):
        return "readout"
    if rule.id == "J953-support":
        near = text[max(frame.clause(start)[0], start - 24) : end]
        return (
            "war"
            if re.search(r"戦争|侵攻|作戦", near)
            else "sanction_resolution"
            if re.search(r"禁輸|制裁", near)
            else "other"
        )
    if rule.id in ("W651-meet", "W656-gathering") and _ON_THE_ROSTRUM.search(text, frame.clause(start)[0], end):
        return "parade"
    if rule.id in ("J412-meet", "J4121-contact", "W651-meet") and re.search(
        r"会談|会見|対面|会[いうっ]|再会|向き合|握手|顔を合|話し込|テーブルを囲|膝を交|食卓を囲", text[start:end]
    ):
        if re.search(r"首脳[^。、]{0,12}$", text[frame.clause(start)[0] : start]):
            return "summit"
        if any(
            m.end == start and (e := context.entities.get(m.ids[0])) and e.type == "place"
            for m in context.mentions_in(start - 10, start)
        ):
            return "summit"  # ウラジオストク会談
        heads = [i for i in sources if _head_of_state(context, frame, i)]
        if len(heads) >= 2 and len(heads) == len(sources):
            return "summit"
    return rule.instrument


def _head_of_state(context: Context, frame: Frame, ident: str) -> bool:
    """Whether someone leads a state: by the office in this sentence, else by the role; a premier beside a head does not."""  # noqa: E501
    entity = context.entities.get(ident)
    if entity is None or entity.type != "person":
        return False
    for argument in frame.arguments:
        if argument.mention.ids == (ident,):
            shown = context.text[argument.mention.start : argument.mention.end]
            if _HEAD_OFFICE.search(shown):
                return True
            if shown.endswith("首相"):
                return entity.country not in _UNDER_A_HEAD
    return bool(entity.role and _HEADS.search(entity.role) and "Foreign" not in entity.role)


def _date(
    context: Context, frame: Frame, start: int, quote: tuple[int, int] | None, heading: list[DateSpan]
) -> tuple[str | None, str]:
    """The date nearest before the predicate, of its own clause where it has one."""
    low = quote[0] if quote else frame.line.start
    spans = [d for d in context.dates_in(low, start) if d.value]
    clause = frame.clause(start)[0]
    spans = [d for d in spans if not _SINCE.match(context.text, d.end)] or spans[:0]
    near = [d for d in spans if d.start >= clause] or spans
    if not near:
        # a date in brackets right behind: 条約(2000年), 会見(2023年9月13日、…)
        bracket = _TO_BRACKET.match(context.text, start, min(frame.line.end, start + 24))
        if bracket:
            near = [d for d in context.dates_in(bracket.end(), bracket.end() + 2) if d.value]
    if not near or near is spans:
        # 関係が修復されたのは、1970年4月に…からである: what the cleft singles out
        focus = _CLEFT_DATE.match(context.text, start, frame.line.end)
        singled = [d for d in context.dates_in(focus.end(), frame.line.end) if d.value] if focus else []
        near = singled[:1] or near
    if not near:
        near = [d for d in heading if d.value]
    if not near:
        # behind: 決裂した同年2月, 首脳会談が年内に実現する; a caption's =10日
        clause_end = frame.clause(start)[1]
        behind = [d for d in context.dates_in(start, clause_end) if d.value]
        near = behind if len(behind) == 1 and _BEHIND.search(context.text[start : behind[0].start]) else []
    if not near:
        return None, "none"
    span = near[-1]
    finest = _PRECISION.get(span.granularity)
    return span.value, finest or ("month" if span.value and len(span.value) > 4 else "year")


_INFLECTION = re.compile(r"[ぁ-ん]{0,14}")
_DONE = re.compile(r"(?:を|に|が)?(?:行っ|実施し|開催し|発表し|表明し|開い|果たし)[ぁ-ん]{0,6}")
_TO_BRACKET = re.compile(r"[^、。「」はがを]{0,12}[(（]")
_CARRIED_OUT = re.compile(
    r"[をにがはも][^、。はがをに「」]{0,6}?[一-鿿]{1,4}(?:[いきしちにみりぎじびっわけせてねめれげでべ]|った|した)[ぁ-ん]{0,6}"
)
# who reports or reckons, before the clause proper: 研究所の推計では、
_ASIDE = re.compile(r"[^、。]{2,40}(?:では|によると|によれば|として|ものの|一方で?)、(?=[^、。]{2,30}[はが])")


def _span(
    context: Context, frame: Frame, clause_start: int, start: int, end: int, quote: tuple[int, int] | None
) -> tuple[int, int]:
    """The clause: from its start to the end of the predicate's inflection."""
    text, line = context.text, frame.line
    low = max(clause_start, quote[0] if quote else clause_start)
    high = quote[1] if quote else line.end
    match = _INFLECTION.match(text, end, high)
    stop = match.end() if match else end
    tail = _DONE.match(text, end, high)
    if tail:
        stop = max(stop, tail.end())
    while stop > end and text[stop - 1] in "がはもをにとでのや":
        stop -= 1
    verb = _CARRIED_OUT.match(text, stop, high)
    if verb:
        stop = verb.end()
    aside = _ASIDE.match(text, low, start)
    if aside:
        low = aside.end()
    return min(low, start), max(stop, end)


__all__ = ["find"]
