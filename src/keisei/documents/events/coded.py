"""One predicate of a Japanese sentence coded as an event, or none."""

from __future__ import annotations

import re
from dataclasses import replace

from keisei.documents.context import Context
from keisei.documents.dates import DateSpan
from keisei.documents.events.dating import told_on
from keisei.documents.events.entities import forum, is_body, is_person, issues_for, land, scholar, states
from keisei.documents.events.instruments import by_object
from keisei.documents.events.journeys import envoy, travels
from keisei.documents.events.lexical import Use
from keisei.documents.events.mood import status
from keisei.documents.events.named import armed, beside, has_own_date, mere_mention, only_named, only_told_of
from keisei.documents.events.official import STATED
from keisei.documents.events.pacts import is_pact, pact_before
from keisei.documents.events.placing import date_of_act, instrument_of_act, span_of_act
from keisei.documents.events.roles import Frame, is_actor
from keisei.documents.events.rules import Rule, RuleBook
from keisei.documents.events.sides import (
    Sides,
    find_sides,
    relative_head,
    speaker,
    type_of,
)
from keisei.documents.events.undone import no_act, withheld
from keisei.documents.events.votes import yes
from keisei.documents.records import Event

_BEFORE_A_FORUM = ("F207-wto", "F208-suit-dropped", "W201-accuse", "J7011-protest")
TESTS = ("missile_test", "nuclear_test", "satellite_launch", "engine_test")
_TOLD_ON = re.compile(r"と[^。、「」]{0,6}(?:伝え|報じ)")
_SAME_SCHOLAR = re.compile(r"同(?:教授|准教授|博士|(?:上級|主任|先任)?研究員|研究委員)(?:は|が|も)")
_MISSILES = re.compile(r"ミサイル|ICBM|SLBM|ロケット|火星")


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


_IN_WORDS = re.compile(r"[とう](?:も)?$|よう(?:に)?$")


_FORCES = ("_ARMED_FORCES", "_SOLDIERS", "_TROOPS")
_IN_RETURN = re.compile(r"見返り|引き換え|引換え|代わりに|対価")
_OF_THE_WAR = ("J2021-ceasefire", "W802-truce", "J2012-war-goes-on")
_OTHER_WAR = re.compile(
    r"朝鮮戦争|ベトナム戦争|第[一二12]次|太平洋戦争|湾岸戦争|中東|ガザ|イスラエル|シリア|アフガン|冷戦|内戦"
)
_IN_FORCE = re.compile(r"発効|失効|効力|批准|延長|更新")
_PARTIES = ("no", "ga", "wa", "with", "to", "kara", "by", "bare")
_NAMED_FRAMES = ("mutual", "mutual_or_self", "self", "act", "visit")


_OF_TALK = re.compile(
    r"の(?:見通し|可能性|ほか|見返り|代わり|是非|条件|要求|議論)|という|だ(?:った)?。|では?な|とは|も|決議案|案|論|を?求め"
)


def near_from(frame: Frame, start: int) -> int:
    """Where the words beside a predicate begin: its clause, and the one before where its own has no object."""
    clause = frame.clause(start)[0]
    if start - clause < 14 and not _MARKED.search(frame.line.text, clause - frame.line.start, start - frame.line.start):
        clause = frame.clause(max(frame.line.start, clause - 1))[0]
    return max(clause, start - 40)


_MARKED = re.compile(r"[がはをも]")
_STOP = re.compile(r"[、。]")
_AFTER_IT = re.compile(r"(?:以来|以降|以後|直後|直前|後(?!継|任|援|退|ろ)|前(?!進|例|線|提|向))")


def near_to(text: str, end: int, stop: int) -> int:
    """Where the words beside a predicate end: with its clause, for what it describes stands right behind it."""
    cut = _STOP.search(text, end, min(stop, end + 16))
    return cut.start() if cut else min(stop, end + 16)


_WATERS = re.compile(r"の?(?:周辺|沖|付近|近海)?の?(?:領空|領海|排他的経済水域|EEZ|防空識別圏|接続水域|上空)")


def _whose_waters(context: Context, low: int, high: int, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The state into whose airspace or waters something comes: 日本の領空, 尖閣諸島周辺の領海."""
    for mention in context.mentions_in(low, high):
        entity = context.entities.get(mention.ids[0])
        if entity is None or not _WATERS.match(context.text, mention.end):
            continue
        state = mention.ids[0] if entity.type == "state" else entity.country
        home = {land(context, i) for i in sources}
        return (state,) if state and state not in home else ()
    return ()


def code_event(
    context: Context, frame: Frame, rule: Rule, book: RuleBook, start: int, end: int, topic: tuple[str, ...],
    heading: list[DateSpan], tester: tuple[str, ...], told: list[Event], use: Use | None = None,
) -> Event | None:  # fmt: skip
    text, line = context.text, frame.line
    if rule.near and not rule.near.search(text, near_from(frame, start), near_to(text, end, line.end)):
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
    if rule.id == "J9031-handover" and sides.nominal and not beside(context, sides, start):
        return None  # 技術移転については: a topic, where no one stands beside it
    dated = sides.nominal and has_own_date(context, start)
    if (
        sides.nominal
        and rule.plover == "AGREE"
        and any(is_pact(context, m) and m.end >= end for m in context.mentions_in(start - 24, end))
    ):
        return None  # the word inside a pact's name
    if use and use.nominal and not beside(context, sides, start):
        if not dated:
            return None
        sides = replace(sides, sources=(), targets=())  # an act told by its date: whose it is stands elsewhere
    if (
        rule.need == "person"
        and not any(type_of(context, a) == "person" for a in sides.inside)
        and not any(is_person(context, i) for i in relative_head(context, frame, end, frame.arguments))
    ):
        return None
    if rule.need in ("actor", "official") and not sides.before:
        return None
    if rule.plover == "AID" and envoy(context, sides.inside, start):
        return None  # one who is sent by name goes to speak
    stated = rule.instrument in STATED
    if (
        use is None
        and not stated
        and rule.frame in _NAMED_FRAMES
        and sides.nominal
        and only_named(context, line, sides, start, end)
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
    if sides.nominal and not stated and only_told_of(context, sides, start, end):
        sides, dated = replace(sides, sources=()), True  # 派遣を発表した: who tells of an act need not be who does it
    sources, targets = rule.sources or sides.sources, rule.targets or sides.targets
    taken_up = _taken_up(rule, sides, line.start, start, told)
    if taken_up and (rule.id == "J5044-mutual-help" or _IN_FORCE.search(text, start, end + 4)):
        taken_up = tuple(dict.fromkeys(land(context, i) for i in taken_up))  # a treaty binds states, whoever signed it
    bound = pact_before(context, max(clause_start, start - 60), start) if rule.instrument == "treaty" else ()
    if bound and rule.plover == "AGREE" and (not sources or _IN_FORCE.search(text, start, end + 4)):
        sources = targets = bound
    elif taken_up:
        sources = targets = taken_up
    if rule.plover == "AGREE" and rule.frame == "mutual" and _IN_FORCE.search(text, start, end + 4):
        sources = targets = tuple(dict.fromkeys(land(context, i) for i in sources))
    if rule.id == "J111-standing-sanctions":
        held = [a.mention.ids for a in sides.inside if start <= a.mention.start < end]
        body = "UN" if text.startswith("国連", start) else "UNSC" if text.startswith("安保理", start) else ""
        sources = held[0] if held and is_body(context, held[0][0]) else (body,) if body in context.entities else sources
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
    if rule.id == "J2043-line-crossed" and not targets:
        targets = _whose_waters(context, clause_start, end, sources)
    if rule.id in _BEFORE_A_FORUM:
        # a case before a world body is against a state, not the body
        targets = tuple(i for i in targets if not forum(context, i))
    if rule.id == "J7022-report" and not sources:
        sources, targets = targets, ()  # 公表されたパネルの報告書
    if rule.id == "W987-coup":
        sources, targets = (), sources or targets  # ニジェールのクーデター: where, not who
    if rule.plover == "MOBILIZE" and rule.frame in ("self", "mutual_or_self"):
        sources = armed(context, frame, rule, sources, clause_start, start, end)
        targets = targets if sources else ()
    if rule.instrument in TESTS and rule.frame == "self" and tester:
        own = [a for a in sides.inside if a.role in ("ga", "wa", "no") and set(a.mention.ids) & set(sources)]
        if not own or not states(context, sources):
            sources = tester  # a launch without a subject is by who launched before, not by who reports it
    elif rule.instrument in TESTS and rule.frame == "self":
        own = [a for a in sides.inside if a.role in ("ga", "wa", "no") and set(a.mention.ids) & set(sources)]
        if not own and sides.nominal and not beside(context, sides, start):
            sources = ()  # a launch only named, of someone named elsewhere
        sources = sources if own else tuple(dict.fromkeys(land(context, i) for i in sources))
    plover = rule.plover
    if rule.id in ("J1021-voted-for", "J1022-votes-won", "J1023-cast"):
        plover, sources, targets = yes(context, line, plover, (sources, targets), start, end)
    if rule.frame == "receive" and not (sources and targets) and _IN_RETURN.search(text, clause_start, start):
        given = next((e for e in reversed(told) if e.start >= line.start and e.sources and e.targets), None)
        if given and given.sources != given.targets:
            sources, targets = given.targets, given.sources  # 砲弾を送り、その見返りに石油を受け取った
    if rule.id == "J504-joint-statement":
        sources = tuple(dict.fromkeys(issues_for(context, i) for i in sources))
        targets = sources if len(sources) > 1 else targets
    if rule.instrument == "troop_deployment" and rule.plover == "AID":
        moved = [m for m in context.mentions_in(max(line.start, start - 16), start + 1) if m.start < start < m.end]
        if moved and is_body(context, moved[-1].ids[0]):
            sources = moved[-1].ids  # 北朝鮮部隊の派遣: the body that the words begin in
        # 北朝鮮軍のロシア派兵, 北朝鮮兵が送られ: the sender is the state
        sources = tuple(land(context, i) if i.endswith(_FORCES) else i for i in sources)
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
    if rule.plover != "CONSULT" and rule.instrument not in STATED:
        # what scholars say that others did is no act of theirs; they may travel and meet
        sources = tuple(i for i in sources if not scholar(context, i))
        targets = tuple(i for i in targets if not scholar(context, i))
    if rule.instrument in STATED and _SAME_SCHOLAR.search(text, line.start, start):
        return None
    if not (sources or targets) and (
        (sides.nominal and not dated) or (rule.need and not dated) or not (topic or frame.arguments)
    ):
        return None  # a verb, or a noun with its date, tells an act though its sentence leaves out whose; else none
    if rule.frame == "disclose" and not sources:
        return None
    if rule.need == "both" and not (sources and targets):
        return None
    if sides.nominal and not dated and not (sources or targets) and _AFTER_IT.match(behind):
        return None  # 侵攻後も: a time, not an act told
    if use and not sources and text[start:end].startswith(("提言", "提案")) and rule.id == "W501-demand":
        return None  # a scholar's proposal, or the author's
    if use and not sources and rule.instrument in STATED and not use.passive:
        return None
    if use and use.passive and rule.frame == "receive":
        return None
    if rule.instrument in STATED and sources and all(scholar(context, i) for i in sources):
        return None
    if sides.nominal and rule.plover == "CONSULT" and mere_mention(context, clause_start, start, end):
        return None
    instrument = by_object(
        rule.plover,
        instrument_of_act(context, frame, rule, book, start, end, sources),
        text[max(clause_start, start - 30) : start],
        text[start:end],
        sources,
    )
    date, precision = date_of_act(context, frame, start, quote, heading)
    if rule.frame == "disclose" or (
        rule.instrument in STATED and _IN_WORDS.search(text, max(line.start, start - 4), start)
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
    span_start, span_end = span_of_act(context, frame, clause_start, start, end, quote)
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


__all__ = ["TESTS", "code_event"]
