"""Japanese events: rules over the sentence, sides from particles, passive and relative clauses.

How sides are found, in this order: names joined to the predicate (ウクライナ侵攻, 米朝首脳会談), names with の before a
nominal predicate, names with particles in the clause, the head of a relative clause (会談したプーチン大統領), the
sentence's topic, the topic of the sentence before. A side that none of these gives stays empty; an event without any
side is dropped.
"""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.events.mood import status
from keisei.documents.events.roles import Argument, Frame, Memory, is_actor, prepare
from keisei.documents.events.rules import Rule, RuleBook, rules
from keisei.documents.lexicon import load
from keisei.documents.records import Event, Mention

_PASSIVE = re.compile(r"^(?:が|を|は)?(?:し|行|実施|開催)?(?:さ|わ|ら)れ")
_HEADS = re.compile(
    r"President|leader|Leader|Prime Minister|Chancellor|Chairman of the State|Premier|General Secretary"
)
_NAME_GAP = re.compile(r"^[一-鿿ァ-ヺーA-Za-z0-9・「」()の]{0,14}$")
_RELATIVE = re.compile(r"^(?:し|行っ|され)?(?:た|てきた|ている|ていた|る)(?P<head>)")
_SAID_BY = re.compile(r"(?:によると|によれば)")
_REPORT_VERB = re.compile(
    r"明らかにし|発表し|公表し|報じ|伝え|述べ|語っ|指摘し|主張し|報告し|示唆し|分析し|強調し|話し"
)
_DROP_TYPES = ("weapon", "agreement", "document", "place")


def find(context: Context) -> list[Event]:
    """All events, in the order of the text."""
    book = rules("ja")
    out: list[Event] = []
    topic: tuple[str, ...] = ()
    memory = Memory()
    for line in context.lines:
        if line.kind in ("navigation", "note", "byline") or len(line.text) < 4:
            continue
        if line.kind == "title" and not context.dates_in(line.start, line.end):
            continue  # a heading names what the text tells anyway; a caption with a date does not
        frame = prepare(context, line, memory)
        out.extend(_sentence(context, frame, book, topic))
        topic = _topic(context, frame) or topic
    return out


def _topic(context: Context, frame: Frame) -> tuple[str, ...]:
    """The actor that the next sentence may leave out: the last は-marked, else the first が-marked."""
    marked = [a for a in frame.arguments if a.role == "wa" and is_actor(context, a.mention)]
    marked = marked or [a for a in frame.arguments if a.role == "ga" and is_actor(context, a.mention)]
    return _group(context, frame, marked[0]) if marked else ()


def _sentence(context: Context, frame: Frame, book: RuleBook, topic: tuple[str, ...]) -> list[Event]:
    line = frame.line
    used = bytearray(len(line.text) + 1)
    out: list[Event] = []
    for rule in book.rules:
        for match in rule.pattern.finditer(line.text):
            start, end = match.span()
            first, last = match.span("verb") if "verb" in rule.pattern.groupindex else (start, end)
            if end == start or any(used[first:last]):
                continue
            if rule.skip and line.text[max(0, start - len(rule.skip)) : start] == rule.skip:
                continue
            event = _event(context, frame, rule, book, line.start + start, line.start + end, topic)
            if event is not None:
                first, last = match.span("verb") if "verb" in rule.pattern.groupindex else (start, end)
                used[first:last] = b"\1" * (last - first)
                out.append(event)
    return sorted(out, key=lambda e: (e.trigger, e.rule))


def _group(context: Context, frame: Frame, argument: Argument) -> tuple[str, ...]:
    """Ids of a mention and of those coordinated before it with the same role."""
    ids = list(argument.mention.ids)
    k = argument.index - 1
    at = argument.mention.start
    while k >= 0:
        before = frame.arguments[k]
        gap = context.text[before.mention.end : at]
        if before.role == "modifier":
            at = before.mention.start
            k -= 1
            continue
        joined = gap in ("と", "、", "・", "や", "、そして", "および", "及び", "など、", "の", "とも") or (
            len(gap) <= 8 and re.fullmatch(r"[((][^))]*[))]?(?:と|、|・|や)", gap) is not None
        )
        if gap == "の" or not joined or before.role != argument.role or not is_actor(context, before.mention):
            break
        ids[:0] = before.mention.ids
        at = before.mention.start
        k -= 1
    return tuple(dict.fromkeys(ids))


def _event(
    context: Context, frame: Frame, rule: Rule, book: RuleBook, start: int, end: int, topic: tuple[str, ...]
) -> Event | None:
    text, line = context.text, frame.line
    clause_start, _clause_end = frame.clause(start)
    quote = frame.quote(start)
    low = quote[0] if quote else line.start
    after = text[end : quote[1] if quote else line.end]
    passive = bool(_PASSIVE.match(after[:8])) or bool(re.search(r"(?:され|われ)", text[start:end]))
    people = [a for a in frame.arguments if low <= a.mention.start and is_actor(context, a.mention)]
    before = [a for a in people if a.mention.end <= start + (end - start)]
    inside = [a for a in before if a.mention.start >= clause_start]
    joined = _joined(context, frame, before, start, end)
    if rule.need == "person" and not any(_type(context, a.mention) == "person" for a in inside):
        return None
    if rule.need in ("actor", "official") and not before:
        return None

    def pick(pool: list[Argument], *roles: str) -> tuple[str, ...]:
        for argument in reversed(pool):
            if argument.role in roles and argument not in joined:
                return _group(context, frame, argument)
        return ()

    nominal = not re.match(r"(?:を(?:行|し|果|実|開)|し|さ|する|を$|った|った|て|た|る|う|く|い)", after[:6])
    owner = _owner(context, joined, before, start) if nominal else None
    earlier = [a for a in before if a.mention.start < clause_start]
    subject = _group(context, frame, owner) if owner else ()
    subject = subject or pick(inside, "ga") or (pick(inside, "no") if nominal else ()) or pick(inside, "wa")
    head = _relative_head(context, frame, end, people)
    if head and not pick(inside, "ga"):
        subject = head
    if not subject:
        subject = pick(earlier, "wa") or pick(earlier, "ga")
    receiver = pick(inside, "to") or pick(inside, "ni") or pick(inside, "with")
    giver = pick(inside, "kara") or pick(inside, "by")
    obj = pick(inside, "wo")
    joined_ids = tuple(dict.fromkeys(i for a in joined for i in a.mention.ids))
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    if rule.frame in ("mutual", "mutual_or_self"):
        sides = dict.fromkeys(
            (
                *joined_ids,
                *(
                    ()
                    if joined_ids and len(joined_ids) > 1
                    else (
                        *pick(inside, "no"),
                        *(subject or ()),
                        *pick(inside, "with", "to_with"),
                        *(receiver if not joined_ids else ()),
                    )
                ),
            )
        )
        if len(sides) == 0:
            sides = dict.fromkeys(topic)
        sources = tuple(sides)
        targets = sources if len(sources) > 1 else ()
        if rule.frame == "mutual_or_self" and len(sources) < 2:
            targets = ()
    elif rule.frame == "self":
        sources, targets = giver or subject or joined_ids or topic, ()
        if not sources:
            sources = pick(before, "no", "wa", "ga")
    elif rule.frame == "receive":
        targets = head or subject or topic
        sources = giver or joined_ids or pick(inside, "no")
    elif rule.frame == "request":
        sources = subject or topic
        targets = giver or receiver or joined_ids
        if rule.plover == "REQUEST" and targets == sources:
            targets = ()
    elif rule.frame == "host":
        sources = subject or topic
        targets = obj or receiver or pick(inside, "no", "kara")
        if passive or re.search(r"招か", text[start:end]):
            sources, targets = (receiver or giver or pick(inside, "by")), (subject or topic)
    elif rule.frame == "visit":
        sources = subject or topic
        targets = tuple(i for a in joined for i in a.mention.ids if i not in sources) or _inner_target(
            context, frame, start, end
        )
        targets = targets or receiver or _state_of_place(context, frame, clause_start, start) or obj
    elif rule.frame == "disclose":
        speaker = _speaker(context, frame, start, end)
        if not speaker:
            return None
        sources = speaker
        targets = tuple(i for a in before if a.mention.start >= low for i in a.mention.ids if i not in speaker)[:3]
    else:
        sources, targets = subject, receiver or obj or joined_ids
        if giver and not receiver and not passive and giver != subject:
            sources, targets = giver, obj or joined_ids or tuple(i for i in subject if i not in giver)
        elif passive:
            sources, targets = giver or pick(inside, "ni", "by"), subject if subject != giver else ()
            if receiver and giver:
                targets = receiver
        elif giver and receiver:
            sources, targets = giver, receiver
        if not sources and not passive:
            sources = topic
        if joined_ids and not receiver and not obj:
            targets = joined_ids
        if sources == targets:
            targets = () if not joined_ids else targets
            if joined_ids and sources == joined_ids:
                targets, sources = joined_ids, pick(before, "wa", "ga") or topic
    sources = rule.sources or sources
    targets = rule.targets or targets
    if rule.frame not in ("mutual", "mutual_or_self"):
        targets = tuple(t for t in targets if t not in sources)
    if not sources and not targets:
        return None
    if nominal and rule.frame in ("mutual", "visit") and _mere_mention(context, frame, clause_start, start, end):
        return None
    instrument = _instrument(context, frame, rule, book, start, end, sources)
    date, precision = _date(context, frame, start, quote)
    place = next(
        (
            a.mention.ids[0]
            for a in reversed(frame.arguments)
            if a.role == "de"
            and a.mention.start >= clause_start - 30
            and a.mention.end <= start
            and _type(context, a.mention) == "place"
        ),
        None,
    )
    span_start, span_end = _span(context, frame, clause_start, start, end, quote)
    mood = status(text[clause_start:end], after, quote is not None)
    attributed = None
    if mood == "reported":
        said = [a for a in frame.arguments if a.role == "said"]
        if said:
            attributed = said[-1].mention.ids[0]
        else:
            speaker = _speaker(context, frame, start, end)
            attributed = speaker[0] if speaker else None
    quantities = tuple(context.quantities_in(span_start, span_end))
    return Event(
        span_start, span_end, rule.plover, instrument, sources, targets, mood, date, precision, place, attributed,
        quantities, rule.id, (start, end),
    )  # fmt: skip


_NOUN_USE = re.compile(
    r"^(?:後|前|以前|以来|以降|の(?:評価|開催地|結果|成果|前|後|場|意義|失敗|暗礁|可能性|見通し|実現|際)|から\d|は|が(?!行|開|実)|も|と(?:は|同)|で(?!きる)|に関|について|を(?:通じ|受け|前に|めぐ|見|控え)|に(?:よって|より|つい|関|向け))"
)


def _mere_mention(context: Context, frame: Frame, clause_start: int, start: int, end: int) -> bool:
    """A meeting only referred to (ロ朝首脳会談の評価, 会談後), with no date or place of its own before it."""
    if context.dates_in(clause_start, start):
        return False
    before = context.text[max(clause_start, start - 40) : start]
    if re.search(r"行われた|行った|開かれた|開催された", before):
        return False
    return bool(_NOUN_USE.match(context.text[end : end + 8]))


def _type(context: Context, mention: Mention) -> str:
    entity = context.entities.get(mention.ids[0])
    return entity.type if entity else ""


def _joined(context: Context, frame: Frame, before: list[Argument], start: int, end: int) -> list[Argument]:
    """Names that stand right before the predicate or inside it with no particle between."""
    out: list[Argument] = []
    for argument in reversed(before):
        mention = argument.mention
        if start <= mention.start < end:
            out.append(argument)
            continue
        gap = context.text[mention.end : start]
        if argument.role in ("bare", "none") and re.fullmatch(r"[一-鿿ァ-ヺー0-9・]{0,10}", gap):
            out.append(argument)
            if argument.role == "bare":
                continue
        break
    return out[::-1]


def _owner(context: Context, joined: list[Argument], before: list[Argument], start: int) -> Argument | None:
    """The name with の (or による) right before a nominal predicate or before the name joined to it."""
    edge = joined[0].mention.start if joined else start
    for argument in reversed(before):
        if argument in joined or argument.mention.end > edge:
            continue
        gap = context.text[argument.mention.end : edge]
        if argument.role in ("no", "by") and re.fullmatch(r"(?:の|による)[一-鿿ァ-ヺー0-9・]{0,8}", gap):
            return argument
        return None
    return None


def _relative_head(context: Context, frame: Frame, end: int, people: list[Argument]) -> tuple[str, ...]:
    """The head of a relative clause right behind the predicate: 会談したプーチン大統領."""
    match = re.match(
        r"(?:して|し|行っ|行われ|を行っ|され)?(?:た|てきた|ている|ていた|る|する|てき|受ける|受けている)",
        context.text[end : end + 8],
    )
    if not match:
        return ()
    at = end + match.end()
    for argument in people:
        if at <= argument.mention.start <= at + 3 and context.text[at : argument.mention.start] in ("", "、"):
            follower = next((b for b in people if b.index == argument.index + 1), None)
            if argument.role == "modifier" and follower:
                return _group(context, frame, follower)
            return argument.mention.ids
    return ()


def _inner_target(context: Context, frame: Frame, start: int, end: int) -> tuple[str, ...]:
    for mention in context.mentions_in(start, end):
        if mention.rule == "inner":
            return mention.ids
    return ()


def _state_of_place(context: Context, frame: Frame, low: int, start: int) -> tuple[str, ...]:
    """The country of the place that a visit goes to, where no state is named."""
    for argument in reversed(frame.arguments):
        if (
            low <= argument.mention.start
            and argument.mention.end <= start
            and argument.role in ("wo", "ni", "no", "bare")
        ):
            entity = context.entities.get(argument.mention.ids[0])
            if entity and entity.type == "place" and entity.country:
                return (entity.country,)
    return ()


def _speaker(context: Context, frame: Frame, start: int, end: int) -> tuple[str, ...]:
    """Who reports, where the predicate stands in a reported clause: the は/が-marked actor of the reporting verb."""
    text, line = context.text, frame.line
    rest = text[start : line.end]
    verb = _REPORT_VERB.search(rest)
    if not verb:
        said = [a for a in frame.arguments if a.role == "said"]
        return said[-1].mention.ids if said else ()
    at = start + verb.start()
    between = [
        a
        for a in frame.arguments
        if end <= a.mention.start < at and a.role in ("ga", "wa") and is_actor(context, a.mention)
    ]
    if between:
        return between[-1].mention.ids
    first = [a for a in frame.arguments if a.mention.end <= start and a.role == "wa" and is_actor(context, a.mention)]
    return first[0].mention.ids if first else ()


def _instrument(
    context: Context, frame: Frame, rule: Rule, book: RuleBook, start: int, end: int, sources: tuple[str, ...]
) -> str:
    text = context.text
    if rule.instrument == "object":
        clause_start = max(frame.clause(start)[0], start - 40)
        window = text[clause_start:end]
        best: tuple[int, str] | None = None
        for name, pattern in book.objects:
            for match in pattern.finditer(window):
                if best is None or match.end() > best[0]:
                    best = (match.end(), name)
        return best[1] if best else rule.other
    if rule.instrument == "sanctions":
        window = text[max(frame.line.start, start - 16) : end]
        if "貿易" in window:
            return "trade"
        if re.search(r"国連|安保理|決議", window) or {"UN", "UNSC"} & set(sources):
            return "sanction_resolution"
        if re.search(r"国際", window) and "PRK" in {i for a in frame.arguments for i in a.mention.ids}:
            return "sanction_resolution"
        return "other"
    if rule.instrument == "meeting" and rule.id == "J412-meet":
        heads = [
            i
            for i in sources
            if (e := context.entities.get(i)) and e.role and _HEADS.search(e.role) and "Foreign" not in e.role
        ]
        if len(heads) >= 2 and len(heads) == len(sources):
            return "summit"
    return rule.instrument


def _date(context: Context, frame: Frame, start: int, quote: tuple[int, int] | None) -> tuple[str | None, str]:
    low = quote[0] if quote else frame.line.start
    spans = [d for d in context.dates_in(low, start) if d.value]
    clause = frame.clause(start)[0]
    near = [d for d in spans if d.start >= clause] or spans
    if not near:
        return None, "none"
    span = near[-1]
    grain = span.granularity
    precision = {"day": "day", "month": "month", "year": "year", "week": "day"}.get(
        grain, "month" if span.value and len(span.value) > 4 else "year"
    )
    return span.value, precision


def _span(
    context: Context, frame: Frame, clause_start: int, start: int, end: int, quote: tuple[int, int] | None
) -> tuple[int, int]:
    """The clause: from its start to the end of the predicate's inflection."""
    text, line = context.text, frame.line
    low = max(clause_start, quote[0] if quote else clause_start)
    high = quote[1] if quote else line.end
    match = re.match(r"[ぁ-ん]{0,14}", text[end:high])
    stop = end + (match.end() if match else 0)
    tail = re.match(r"(?:を|に|が)?(?:行っ|実施し|開催し|発表し|表明し|開い|果たし)[ぁ-ん]{0,6}", text[end:high])
    if tail:
        stop = max(stop, end + tail.end())
    while stop > end and text[stop - 1] in "がはもをにとでのや":
        stop -= 1
    return min(low, start), max(stop, end)


_ = load
__all__ = ["find"]
