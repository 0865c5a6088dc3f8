"""The two sides of a Japanese predicate, from particles, joined names, relative clauses and the running topic.

How they are found, in this order: names joined to the predicate (ウクライナ侵攻, 米朝首脳会談), the name with の right
before a nominal predicate, names with particles in the clause (not those that belong to a verb modifying a noun in
between), the head of a relative clause (会談したプーチン大統領), the sentence's topic; the topic of the sentence before only
for what one does alone (a test) and for two who act together. A side that none of these gives stays empty.
"""  # noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass

from keisei.documents.context import Context
from keisei.documents.events.joined import (
    adnominal,
    cleft_focus,
    joined_names,
    other_subject,
    owner,
    relative_head,
    subordinate,
)
from keisei.documents.events.lexical import Use
from keisei.documents.events.owners import (
    Ids,
    country,
    deed_of,
    for_state,
    group,
    inner_target,
    is_voice,
    land,
    object_owner,
    on_behalf,
    reached,
    state_of_place,
    subject_owner,
    type_of,
)
from keisei.documents.events.roles import Argument, Frame, embedded, is_actor
from keisei.documents.events.rules import Rule
from keisei.documents.events.told_by import speaker
from keisei.documents.tokens import Token

_PASSIVE = re.compile(r"^(?:が|を|は)?(?:し|行|実施|開催)?(?:さ|わ|ら|た|か|ま|ば|が)れ")
_QUOTE_ENDS = re.compile(r"[」』]と(?:も)?$")
_SUFFERED = re.compile(r"(?:[さかばわ]|送ら)れ")
_CLOSE_BY = re.compile(r"[一-鿿ァ-ヺーの]{1,8}")
_VERBAL_AFTER = re.compile(
    r"(?:を(?:行|し|果|実|開|投|出|下|結|締|表明|決め|決定|承認|宣言|始|続|進|強|加速|強行)|に(?:踏み切|乗り出|着手|動[いきく]|転じ|同意)|し|さ|せ|する|を$|った|って|た|て|る|う|く|い)"
)
_QUOTED = re.compile(r"」と(?:も)?[^。「」、]{0,8}?(?:述べ|語|話し|強調|表明|発言|約束|明言|伝え|主張|訴え)")
_BEFORE_QUOTE = re.compile(r"(?:[(（][^)）]*[)）])?[はが]、?[^、。はが]{0,12}")  # whose name stands right before 「…」
_VERBAL_END = re.compile(r"(?:し|した|する|[さかばらわ]れ|れた|って|んだ|んで)。?$")


@dataclass(frozen=True)
class Sides:
    """Who acts, on whom, and whether the predicate is a noun; ``before``: all actors before it in reach."""

    sources: Ids
    targets: Ids
    nominal: bool
    before: list[Argument]
    inside: list[Argument]


_SINGLED = re.compile(r"[たるい]のは(?:[^、。がをに]{0,12}の)?$")


def find_sides(
    context: Context, frame: Frame, rule: Rule, start: int, end: int, topic: Ids, use: Use | None = None
) -> Sides:
    """Both sides of the predicate at ``[start, end)`` as the rule's frame reads them.

    ``use`` tells of a predicate found by its dictionary form whether it is a noun and whether it is passive.
    """
    text, line = context.text, frame.line
    clause_start = frame.clause(start)[0]
    quote = frame.quote(start)
    if quote and quote[1] < end:
        quote = None
    low = quote[0] if quote else line.start
    after = text[end : quote[1] if quote else line.end]
    passive = bool(_PASSIVE.match(after[:8])) or bool(_SUFFERED.search(text, start, end))
    passive = use.passive if use else passive
    people = [a for a in frame.arguments if low <= a.mention.start and is_actor(context, a.mention)]
    before = [a for a in people if a.mention.end <= end]
    inside = [
        a
        for a in before
        if a.mention.start >= clause_start
        and (
            a.role == "wa"
            or text[a.mention.end : a.mention.end + 2] == "が、"
            or a.mention.start >= start
            or not embedded(line, a.mention.end + (4 if a.role in ("by", "to", "said") else 0), start)
        )
        and not (a.role == "ga" and subordinate(line, a.mention.end, start))
    ]
    if rule.frame in ("mutual", "mutual_or_self"):  # トランプ氏の仲立ちで合意した: the go-between is no party
        inside = [a for a in inside if not _GO_BETWEEN.match(text, a.mention.end)]
    joined = joined_names(context, before, start, end)
    actors = [a for a in joined if a.mention.start >= start and a.role == "no"]  # 〜への[ロシア側の支援]
    joined = [a for a in joined if a not in actors]
    joined_ids = tuple(dict.fromkeys(i for a in joined for i in a.mention.ids))

    def pick(pool: list[Argument], *roles: str) -> Ids:
        for argument in reversed(pool):
            if argument.role in roles and argument not in joined:
                return group(context, frame, argument)
        return ()

    nominal = not _VERBAL_END.search(text[start:end]) and not _VERBAL_AFTER.match(after[:6])
    nominal = use.nominal if use else nominal
    possessor = owner(context, joined, before, start) if nominal else None
    earlier = [a for a in before if a.mention.start < clause_start]
    subject: Ids = group(context, frame, possessor) if possessor else ()
    subject = group(context, frame, actors[-1]) if actors else subject
    subject = (
        subject or pick(inside, "ga") or pick(inside, "wa") or (pick(inside, "no") if nominal and use is None else ())
    )
    if subject and not nominal and not pick(inside, "ga") and adnominal(line, end):
        subject = ()  # 英国は、砲弾を運んだ船の入港を禁じた: who forbids has not carried
    unknown = False
    if use and subject and not nominal:
        # 両国が合意しても、議会が止めれば: whose name is not known stands nearer
        marked = [a for a in inside if a.role in ("ga", "wa") and a not in joined]
        unknown = bool(marked) and other_subject(frame, before, marked[-1].mention.end + 1, start)
        subject = () if unknown else subject
    if quote and not subject and _QUOTED.match(text, quote[1]):
        # what is promised or refused in a quotation is its speaker's
        said_by = [
            a
            for a in frame.arguments
            if a.role in ("wa", "ga") and a.mention.end <= quote[0] and is_actor(context, a.mention)
        ]
        subject = group(context, frame, said_by[-1]) if said_by else ()
    head = relative_head(context, frame, end, people) or cleft_focus(context, end, people)
    if head and not pick(inside, "ga"):
        subject = head
    if not subject and not nominal and not passive:
        subject = subject_owner(context, inside, start)
    if not subject and (unknown or other_subject(frame, before, clause_start, start)):
        topic = ()
    elif not subject:
        subject = pick(earlier, "wa") or pick(earlier, "ga")
    charged: Ids = ()
    in_words = (
        rule.instrument == "statement"
        and rule.frame != "disclose"
        and bool(_CONTENT.search(text, max(low, start - 4), start))
    )
    if in_words and rule.plover == "ACCUSE":
        # Aは、Bが…したと断じた, 奪ったのはBだと断じた: B is charged
        focus = [a for a in inside if _SINGLED.search(text, line.start, a.mention.start) and a.mention.end > start - 6]
        own = [a for a in before if a.role == "ga" and a not in joined and a.mention.start >= low]
        said = [q for q in frame.quotes if start - 3 <= q[1] < start]  # 「ドイツは傍観している」と不満を漏らした
        own = own or [a for a in before if a.role == "wa" and said and said[-1][0] <= a.mention.start < said[-1][1]]
        charged = group(context, frame, (focus or own)[-1]) if focus or own else ()
        charged = charged or subject_owner(context, inside, start)
    if in_words:
        # Aは、Bが…すればCすると釘を刺した: the words are A's, their matter is B's
        spoken = [a for a in before if a.role == "wa" and a.mention.end <= start and a not in joined]
        telling = [a for a in before if a.role == "ga" and a not in joined]
        if not spoken and telling and TOPIC.search(text, low, telling[0].mention.start):
            subject = topic = ()  # 同チームは、Aが…と指摘した
        subject = group(context, frame, spoken[-1]) if spoken else subject
    if not subject and _GOVERNMENT.search(text, clause_start, start):
        topic = tuple(country(context, i) or i for i in topic)
    if _QUOTE_ENDS.search(text, max(low, start - 3), start):
        # the verb behind a quotation belongs to the sentence's topic, not to names inside the quotation
        spoken = [
            a
            for a in people
            if a.role in ("wa", "ga") and a.mention.end <= start and frame.quote(a.mention.start) is None
        ]
        beside = [a for a in spoken if _BEFORE_QUOTE.fullmatch(text, a.mention.end, text.rfind("「", low, start))]
        subject = group(context, frame, (beside or spoken)[0]) if spoken else subject
    reporter = speaker(context, frame, start, end) if rule.frame != "disclose" else ()
    if rule.plover != "CONSULT" and rule.instrument not in ("statement", "denial", "readout"):
        if subject and all(is_voice(context, i) for i in subject):
            subject = ()  # what a scholar says is done is done by others
        topic = tuple(on_behalf(context, i) for i in topic if not is_voice(context, i))
    if reporter and reporter == subject and not in_words:
        # what someone reports is not the reporter's own deed where the report has a subject of its own
        own = [a for a in before if a.role == "ga" and not set(a.mention.ids) & set(reporter)]
        others = subject_owner(context, inside, start) if not own else ()
        if others and others != reporter:
            subject = others  # Aは、Bの船が放水したと非難した
        elif own or passive or _RECKONS.search(text, end, min(line.end, end + 40)):
            subject = group(context, frame, own[0]) if own else ()
        elif rule.plover in ("PROTEST", "COERCE", "ASSAULT") and not nominal:
            subject = tuple(dict.fromkeys(for_state(context, i) for i in subject))
        elif rule.plover != "CONSULT" and rule.instrument not in ("statement", "denial", "readout"):
            subject = tuple(dict.fromkeys(on_behalf(context, i) for i in subject))
    if rule.frame != "self" and (len(topic) < 2 or rule.frame not in ("mutual", "mutual_or_self")):
        topic = ()  # elsewhere the topic of the sentence before is wrong as often as right
    to, ni, company, obj = pick(inside, "to"), pick(inside, "ni"), pick(inside, "with"), pick(inside, "wo")
    along = pick(inside, "along")
    if along and rule.frame in ("mutual", "mutual_or_self"):
        company = company or along
    elif along:
        subject = tuple(dict.fromkeys((*(subject or topic), *along)))
    receiver = to or ni or company
    giver = pick(inside, "kara") or pick(inside, "by") or land(context, frame, clause_start, start)
    if in_words:
        giver = ()  # where the deed came from, not the words
    robbed = giver if rule.plover == "COERCE" and rule.instrument == "finance" else ()
    if robbed:
        giver = pick(inside, "by")  # Aから盗まれた: A is who lost it
    sources: Ids
    targets: Ids
    if rule.frame in ("mutual", "mutual_or_self"):
        sources = _mutual(
            nominal, joined_ids, pick(inside, "no"), subject, company, tuple(dict.fromkeys((*receiver, *giver)))
        )
        if not sources:
            named = {i: None for a in inside for i in a.mention.ids if type_of(context, a) == "state"}
            sources = tuple(named) if 1 < len(named) < 4 else ()
        if not sources:
            behind = [a for a in people if a.mention.start >= end and a.role in ("wa", "ga")]
            sources = group(context, frame, behind[0]) if behind and nominal else () if nominal else topic
        targets = sources if len(sources) > 1 else ()
        return Sides(sources, targets, nominal, before, inside)
    if rule.frame == "self":
        sources, targets = subject or joined_ids or giver or topic, ()
        sources = sources or pick(before, "no", "wa", "ga")
    elif rule.frame == "receive":
        sources, targets = giver or joined_ids or pick(inside, "no"), head or subject or topic
    elif rule.frame == "request":
        sources, targets = subject or topic, giver or receiver or joined_ids
    elif rule.frame == "host":
        sources, targets = subject or topic, obj or receiver or pick(inside, "no", "kara")
        if passive or "招か" in text[start:end]:
            sources, targets = receiver or giver or pick(inside, "by"), subject or topic
    elif rule.frame == "visit":
        sources = subject or topic
        ni, to = reached(context, ni), reached(context, to)
        sent = {i for a in joined if type_of(context, a) == "person" for i in a.mention.ids}  # the envoy that is sent
        targets = tuple(i for i in joined_ids if i not in sources and i not in sent) or inner_target(
            context, start, end
        )
        trod = (
            state_of_place(context, frame, clause_start, start)
            if use and text[start:end].startswith(("土", "地"))
            else ()
        )
        targets = targets or trod or ni or to or state_of_place(context, frame, clause_start, end) or obj or company
    elif rule.frame == "disclose":
        sources = speaker(context, frame, start, start + 1)
        told = [
            a for a in before if a.role != "modifier" and type_of(context, a) in ("state", "person", "organisation")
        ]
        targets = tuple(dict.fromkeys(i for a in told for i in deed_of(context, a) if i not in sources))
        targets = tuple(i for i in targets if i not in {country(context, s) for s in sources})[:3]
    else:
        if nominal and not possessor and rule.instrument == "vote" and rule.plover == "ACCUSE":
            body = [
                a
                for a in inside
                if a.role == "de" and type_of(context, a) == "organisation" and start - a.mention.end <= 12
            ]
            subject = group(context, frame, body[-1]) if body else subject
        sources, targets = _act(
            rule, subject, (to, ni, company, obj), giver, joined_ids, passive, pick(inside, "ni", "by"), topic
        )
        near = [
            a
            for a in inside
            if a not in joined and a is not possessor and _CLOSE_BY.fullmatch(text, a.mention.end, start)
        ]
        if nominal and not targets and near:
            targets = near[-1].mention.ids
    if not (targets or passive or nominal) and rule.frame in ("act", "request") and (use or rule.plover in _ON_ANOTHER):
        home = {country(context, i) or i for i in sources}
        targets = tuple(
            i for i in object_owner(context, frame, inside, joined, start, use is not None) if i not in home
        )
    if charged and charged != sources:
        targets = charged
    if robbed:
        targets = robbed
        sources = tuple(i for i in sources if i not in robbed)
    return Sides(sources, tuple(t for t in targets if t not in sources), nominal, before, inside)


_GO_BETWEEN = re.compile(
    r"(?:の|による)(?:仲立ち|仲介|仲裁|調停|斡旋|あっせん|橋渡し|提案|要請|呼びかけ|支持|主導)(?:で|により|によって|を受け|のもと)"
)
# whoever the sentence is about, by a word that is no known name and sets no time
TOPIC = re.compile(r"[^、。はが]{2,20}(?<![年月日時回今在後前にで])は")
_CONTENT = re.compile(r"(?:と|とも|ようにと?|よう)$")
_GOVERNMENT = re.compile(r"(?<![一-鿿ァ-ヶー])(?:政府|政権|当局|同国|同政権)[はがも]")
_ON_ANOTHER = ("ACCUSE", "PROTEST", "REJECT", "ASSAULT", "COERCE", "SANCTION", "SUPPORT", "THREATEN", "REQUEST")


def _named(tokens: list[Token], k: int) -> bool:
    """Whether a word looks like the name of someone: エルドリッジは, ガンゾリグ氏は."""
    token = tokens[k]
    if token.surface in ("氏", "さん", "教授", "博士", "記者", "研究員"):
        return True
    return token.pos == "名詞" and (token.sub.startswith("固有名詞/人名") or bool(_KATAKANA.fullmatch(token.surface)))


_KATAKANA = re.compile(r"[ァ-ヺー・]{4,}")


def _mutual(nominal: bool, joined: Ids, possessors: Ids, subject: Ids, company: Ids, receiver: Ids) -> Ids:
    """Both sides of a two-sided act: names joined to it first, then its possessors (a noun) or subject and company."""
    if len(joined) > 1:
        return joined
    if nominal and len(possessors) > 1:
        return tuple(dict.fromkeys((*joined, *possessors)))
    if nominal:
        return tuple(dict.fromkeys((*joined, *possessors, *subject, *company)))
    if len(subject) > 1:
        return tuple(dict.fromkeys((*subject, *company)))
    return tuple(
        dict.fromkeys(
            (*joined, *subject, *company, *(() if company or joined else receiver), *(() if subject else possessors))
        )
    )


def _act(
    rule: Rule,
    subject: Ids,
    receivers: tuple[Ids, Ids, Ids, Ids],
    giver: Ids,
    joined: Ids,
    passive: bool,
    agent: Ids,
    topic: Ids,
) -> tuple[Ids, Ids]:
    """One side acts on the other."""
    to, ni, company, obj = receivers
    if rule.plover in ("COERCE", "ASSAULT", "SUPPORT", "ACCUSE", "THREATEN"):
        receiver = to or obj or ni or company
    else:
        receiver = to or ni or obj or company
    sources, targets = subject, receiver or joined
    if passive:
        sources, targets = giver or agent, subject if subject != giver else ()
        if (to or ni) and giver:
            targets = to or ni
        elif rule.instrument == "troop_deployment" and subject and not agent:
            sources, targets = subject, to or ni  # 北朝鮮軍の兵士が送られ: the soldiers' state sends them
    elif (
        giver and subject and giver != subject and rule.plover in ("SANCTION", "REJECT", "COERCE", "CONCEDE", "RETREAT")
    ):
        sources, targets = subject, to or giver  # 北朝鮮からの輸入を止めた
    elif giver and (to or ni):
        sources, targets = giver, to or ni
    elif giver and giver != subject:
        sources, targets = giver, obj or joined or tuple(i for i in subject if i not in giver)
    if not sources and not passive:
        sources = topic
    if joined and not (to or ni or obj):
        targets = joined
    if sources == targets:
        targets = ()
        if joined and sources == joined:
            sources, targets = topic, joined
    return sources, targets


# one who reckons or finds out tells of others
_RECKONS = re.compile(r"推[計定算]|試算|見積も|断定|認定|特定し|結論[づ付]け|暴露")


__all__ = [
    "TOPIC",
    "Sides",
    "adnominal",
    "cleft_focus",
    "find_sides",
    "group",
    "is_voice",
    "joined_names",
    "owner",
    "relative_head",
    "speaker",
    "type_of",
]
