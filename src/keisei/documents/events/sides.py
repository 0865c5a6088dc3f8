"""The two sides of a Japanese predicate, from particles, joined names, relative clauses and the running topic.

How they are found, in this order: names joined to the predicate (ウクライナ侵攻, 米朝首脳会談), the name with の right
before a nominal predicate, names with particles in the clause (not those that belong to a verb modifying a noun in
between), the head of a relative clause (会談したプーチン大統領), the sentence's topic; the topic of the sentence before only
for what one does alone (a test) and for two who act together. A side that none of these gives stays empty.
"""  # noqa: E501

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from keisei.documents.context import Context, Line
from keisei.documents.events.lexical import Use
from keisei.documents.events.roles import FORMAL, Argument, Frame, embedded, is_actor
from keisei.documents.events.rules import Rule
from keisei.documents.tokens import Token
from keisei.documents.voices import official

Ids = tuple[str, ...]
_PASSIVE = re.compile(r"^(?:が|を|は)?(?:し|行|実施|開催)?(?:さ|わ|ら|た|か|ま|ば|が)れ")
_QUOTE_ENDS = re.compile(r"[」』]と(?:も)?$")
_SUFFERED = re.compile(r"(?:[さかばわ]|送ら)れ")
_BRACKET_AND = re.compile(r"[(（][^)）]*[)）](?:と|、|・|や)")
_CLOSE_BY = re.compile(r"[一-鿿ァ-ヺーの]{1,8}")
_RELATIVE = re.compile(
    r"(?:して|し|行っ|行われ|を行っ|され)?(?:た|てきた|ている|ていた|る|する|てき|受ける|受けている)"
)
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


def group(context: Context, frame: Frame, argument: Argument) -> Ids:
    """Ids of a mention and of those coordinated before it with the same role."""
    ids = list(argument.mention.ids)
    k, at = argument.index - 1, argument.mention.start
    while k >= 0:
        before = frame.arguments[k]
        if before.role == "modifier":
            at = before.mention.start
            k -= 1
            continue
        gap = context.text[before.mention.end : at]
        joined = gap in (
            "と",
            "、",
            "・",
            "や",
            "、そして",
            "および",
            "及び",
            "など、",
            "とも",
            "のみならず",
            "のみならず、",
            "だけでなく",
            "だけでなく、",
        ) or (len(gap) <= 30 and _BRACKET_AND.fullmatch(gap) is not None)
        if not joined or before.role != argument.role or not is_actor(context, before.mention):
            break
        ids[:0] = before.mention.ids
        at = before.mention.start
        k -= 1
    return tuple(dict.fromkeys(ids))


def type_of(context: Context, argument: Argument) -> str:
    """Type of the entity a mention stands for."""
    entity = context.entities.get(argument.mention.ids[0])
    return entity.type if entity else ""


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


_SINGLED = re.compile(r"[たるい]のは(?:[^、。がをに]{0,12}の)?$")


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
        and not (a.role == "ga" and _subordinate(line, a.mention.end, start))
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
        unknown = bool(marked) and _other_subject(frame, before, marked[-1].mention.end + 1, start)
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
        subject = _subject_owner(context, inside, start)
    if not subject and (unknown or _other_subject(frame, before, clause_start, start)):
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
        charged = charged or _subject_owner(context, inside, start)
    if in_words:
        # Aは、Bが…すればCすると釘を刺した: the words are A's, their matter is B's
        spoken = [a for a in before if a.role == "wa" and a.mention.end <= start and a not in joined]
        telling = [a for a in before if a.role == "ga" and a not in joined]
        if not spoken and telling and TOPIC.search(text, low, telling[0].mention.start):
            subject = topic = ()  # 同チームは、Aが…と指摘した
        subject = group(context, frame, spoken[-1]) if spoken else subject
    if not subject and _GOVERNMENT.search(text, clause_start, start):
        topic = tuple(_country(context, i) or i for i in topic)
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
        topic = tuple(_on_behalf(context, i) for i in topic if not is_voice(context, i))
    if reporter and reporter == subject and not in_words:
        # what someone reports is not the reporter's own deed where the report has a subject of its own
        own = [a for a in before if a.role == "ga" and not set(a.mention.ids) & set(reporter)]
        others = _subject_owner(context, inside, start) if not own else ()
        if others and others != reporter:
            subject = others  # Aは、Bの船が放水したと非難した
        elif own or passive or _RECKONS.search(text, end, min(line.end, end + 40)):
            subject = group(context, frame, own[0]) if own else ()
        elif rule.plover in ("PROTEST", "COERCE", "ASSAULT") and not nominal:
            subject = tuple(dict.fromkeys(_for_state(context, i) for i in subject))
        elif rule.plover != "CONSULT" and rule.instrument not in ("statement", "denial", "readout"):
            subject = tuple(dict.fromkeys(_on_behalf(context, i) for i in subject))
    if rule.frame != "self" and (len(topic) < 2 or rule.frame not in ("mutual", "mutual_or_self")):
        topic = ()  # elsewhere the topic of the sentence before is wrong as often as right
    to, ni, company, obj = pick(inside, "to"), pick(inside, "ni"), pick(inside, "with"), pick(inside, "wo")
    along = pick(inside, "along")
    if along and rule.frame in ("mutual", "mutual_or_self"):
        company = company or along
    elif along:
        subject = tuple(dict.fromkeys((*(subject or topic), *along)))
    receiver = to or ni or company
    giver = pick(inside, "kara") or pick(inside, "by") or _land(context, frame, clause_start, start)
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
        ni, to = _reached(context, ni), _reached(context, to)
        sent = {i for a in joined if type_of(context, a) == "person" for i in a.mention.ids}  # the envoy that is sent
        targets = tuple(i for i in joined_ids if i not in sources and i not in sent) or _inner_target(
            context, start, end
        )
        trod = (
            _state_of_place(context, frame, clause_start, start)
            if use and text[start:end].startswith(("土", "地"))
            else ()
        )
        targets = targets or trod or ni or to or _state_of_place(context, frame, clause_start, end) or obj or company
    elif rule.frame == "disclose":
        sources = speaker(context, frame, start, start + 1)
        told = [
            a for a in before if a.role != "modifier" and type_of(context, a) in ("state", "person", "organisation")
        ]
        targets = tuple(dict.fromkeys(i for a in told for i in _deed_of(context, a) if i not in sources))
        targets = tuple(i for i in targets if i not in {_country(context, s) for s in sources})[:3]
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
        home = {_country(context, i) or i for i in sources}
        targets = tuple(
            i for i in _object_owner(context, frame, inside, joined, start, use is not None) if i not in home
        )
    if charged and charged != sources:
        targets = charged
    if robbed:
        targets = robbed
        sources = tuple(i for i in sources if i not in robbed)
    return Sides(sources, tuple(t for t in targets if t not in sources), nominal, before, inside)


def _reached(context: Context, ids: Ids) -> Ids:
    """Whom a journey goes to: no gathering of many states (APECに合わせて韓国に入った)."""
    found = [(i, context.entities.get(i)) for i in ids]
    return tuple(i for i, e in found if e is None or e.type != "organisation" or e.country)


_GO_BETWEEN = re.compile(
    r"(?:の|による)(?:仲立ち|仲介|仲裁|調停|斡旋|あっせん|橋渡し|提案|要請|呼びかけ|支持|主導)(?:で|により|によって|を受け|のもと)"
)
# whoever the sentence is about, by a word that is no known name and sets no time
TOPIC = re.compile(r"[^、。はが]{2,20}(?<![年月日時回今在後前にで])は")
_CONTENT = re.compile(r"(?:と|とも|ようにと?|よう)$")
_GOVERNMENT = re.compile(r"(?<![一-鿿ァ-ヶー])(?:政府|政権|当局|同国|同政権)[はがも]")
_ON_ANOTHER = ("ACCUSE", "PROTEST", "REJECT", "ASSAULT", "COERCE", "SANCTION", "SUPPORT", "THREATEN", "REQUEST")
_OWNED = re.compile(
    r"(?:の|産|製|側の|軍の|政府の)(?![^、。]{0,6}(?:決議|制裁))[^、。はがを「」]{1,16}(?:を|に|へ|と|からの|への|に対し|に対する)[^、。はが「」]{0,8}"
)
_ACTING = re.compile(r"(?:の|側の)[^、。をにはが「」]{1,12}[はが](?![、])")


def _subordinate(line: Line, low: int, start: int) -> bool:
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


def _object_owner(
    context: Context, frame: Frame, inside: list[Argument], joined: list[Argument], start: int, phrase: bool
) -> Ids:
    """Whose thing the act is done to, where no one is named as its object: ロシアの停戦案を拒んだ, 韓国の肩を持つ."""
    for argument in reversed(inside):
        if argument.role not in ("no", "bare", "none") or argument in joined:
            continue
        gap = context.text[argument.mention.end : start]
        if _OWNED.fullmatch(gap) or (phrase and gap in ("の", "側の")):
            owners = (context.entities.get(i) for i in group(context, frame, argument))
            return tuple((e.country or e.id) if e.type == "organisation" else e.id for e in owners if e)
    return ()


def _subject_owner(context: Context, inside: list[Argument], start: int) -> Ids:
    """Whose people or thing acts, where no actor is the subject: 北朝鮮のハッカー集団が盗んだ."""
    for argument in reversed(inside):
        if argument.role == "no" and argument.mention.end < start:
            match = _ACTING.match(context.text, argument.mention.end, start)
            if match:
                return argument.mention.ids
    return ()


_VOICE = re.compile(
    r"professor|fellow|scholar|researcher|analyst|author|expert|教授|研究員|フェロー|アナリスト|専門家|記者|所長|博士|ジャーナリスト|評論家|研究委員|編集|論説"
)
_INSTITUTE = re.compile(
    r"研究所|研究院|大学|研究センター|シンクタンク|財団|新聞|通信|テレビ|放送|編集|Institute|Foundation|Endowment|University|News|Times|media"
    r"|(?:News|Press|Telegraph) Agency|Policy$|editors"
)
_BODY = re.compile(r"spokesperson|official|Ministry|報道官|外務省|国防省|Kremlin|White House")


def is_voice(context: Context, ident: str) -> bool:
    """Whether someone tells of acts rather than acts: scholars, the press, a new person without an office."""
    entity = context.entities.get(ident)
    if entity is None:
        return False
    if entity.type == "person":
        return bool(_VOICE.search(entity.role)) if entity.role else entity.proposed and not entity.country
    return entity.type == "organisation" and bool(_INSTITUTE.search(entity.name_en))


def _on_behalf(context: Context, ident: str) -> str:
    """The state whose act a ministry or a spokesperson tells of; a leader's deed stays the leader's."""
    entity = context.entities.get(ident)
    if entity is None or not entity.country or entity.type not in ("person", "organisation"):
        return ident
    return entity.country if _BODY.search(f"{entity.name_en} {entity.role or ''}") else ident


def _for_state(context: Context, ident: str) -> str:
    """The state whose deed an office-holder makes known (首相は…に抗議したと明らかにした)."""
    entity = context.entities.get(ident)
    office = entity is not None and entity.type == "person" and entity.country and official(context, ident)
    return entity.country if entity and office and entity.country else _on_behalf(context, ident)


def _country(context: Context, ident: str) -> str | None:
    entity = context.entities.get(ident)
    return entity.country if entity else None


def _deed_of(context: Context, argument: Argument) -> Ids:
    """Whose deed is disclosed: for a body its state, else who is named."""
    if type_of(context, argument) == "organisation":
        return tuple(c for i in argument.mention.ids if (c := _country(context, i)))
    return argument.mention.ids


def _other_subject(frame: Frame, before: list[Argument], low: int, start: int) -> bool:
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


def _named(tokens: list[Token], k: int) -> bool:
    """Whether a word looks like the name of someone: エルドリッジは, ガンゾリグ氏は."""
    token = tokens[k]
    if token.surface in ("氏", "さん", "教授", "博士", "記者", "研究員"):
        return True
    return token.pos == "名詞" and (token.sub.startswith("固有名詞/人名") or bool(_KATAKANA.fullmatch(token.surface)))


_KATAKANA = re.compile(r"[ァ-ヺー・]{4,}")
# a topic that sets time or scene and is no subject: 今回は, 昨年は, 背景は
_SCENE = re.compile(
    r"[年月日時]$|今回|前回|今後|今|現在|最近|当時|当初|当面|以前|以後|以降|従来|本来|昨|翌|春|夏|秋|冬|前|後|次|際|間|中|他|点|うち|ここ|それ|これ|一方|実際|多く|背景|こと|の$|場合|上|下|代$|以上"
)


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


def _land(context: Context, frame: Frame, low: int, start: int) -> Ids:
    """The country of a place that something comes from (羅津港からロシアへ)."""
    for argument in reversed(frame.arguments):
        if argument.role == "kara" and low <= argument.mention.start and argument.mention.end <= start:
            entity = context.entities.get(argument.mention.ids[0])
            if entity and entity.type == "place" and entity.country:
                return (entity.country,)
    return ()


def _inner_target(context: Context, start: int, end: int) -> Ids:
    for mention in context.mentions_in(start, end):
        if mention.rule == "inner":
            return mention.ids
    return ()


def _state_of_place(context: Context, frame: Frame, low: int, start: int) -> Ids:
    """The country of the place that a visit goes to, where no state is named."""
    for argument in reversed(frame.arguments):
        if (
            low <= argument.mention.start
            and argument.mention.end <= start
            and argument.role in ("wo", "ni", "no", "bare", "to")
        ):
            entity = context.entities.get(argument.mention.ids[0])
            if entity and entity.type == "place" and entity.country:
                return (entity.country,)
    return ()


_REPORT_VERB = re.compile(
    r"明らかに[しす]|(?:発表|公表|報告|示唆|分析|強調|指摘|主張|認定|断定|説明|警告|釈明|弁明|予測|予想|推計|推定|推算|試算|特定|断言|明言|証言|回答|論評)[しす]|"
    r"非難[しす]|批判[しす]|糾弾[しす]|報じ|伝え|見積も[っり]|結論[づ付]け|(?<=と)記[しす]|述べ|語[っりる]|話[しす](?!合)|明か[しす]|説[いく]|評[しす]|付け加え|言い切|言[っう](?!及)|みて|訴え|漏ら[しす]|スクープ"
)


# one who reckons or finds out tells of others
_RECKONS = re.compile(r"推[計定算]|試算|見積も|断定|認定|特定し|結論[づ付]け|暴露")


def speaker(context: Context, frame: Frame, start: int, end: int) -> Ids:
    """Who reports, where the predicate stands in a reported clause: the は/が-marked actor of the reporting verb."""
    text, line = context.text, frame.line
    verb = _REPORT_VERB.search(text, start, line.end)
    if not verb:
        said = [a for a in frame.arguments if a.role == "said"]
        return said[-1].mention.ids if said else ()
    between = [
        a for a in frame.arguments
        if end <= a.mention.start < verb.start() and a.role in ("ga", "wa") and is_actor(context, a.mention)
    ]  # fmt: skip
    if between:
        return between[-1].mention.ids
    first = [a for a in frame.arguments if a.mention.end <= start and a.role == "wa" and is_actor(context, a.mention)]
    first = first or [
        a for a in frame.arguments if a.mention.end <= start and a.role == "ga" and is_actor(context, a.mention)
    ]
    return first[0].mention.ids if first else ()


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
