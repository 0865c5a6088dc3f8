"""English events: rules for running text over clauses; sides by position and preposition (``sides_en``).

A predicate that another governs (refused to *meet*, agreed to *send*) is no event of its own. An event without any side
is dropped; statements of scholars and journalists are claims.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from keisei.documents.context import Context, Line
from keisei.documents.events.actors_en import actors_of
from keisei.documents.events.dating import month_named, month_of, words_of_the_day
from keisei.documents.events.entities import forum
from keisei.documents.events.lexical_en import uses
from keisei.documents.events.mood_en import instrument_en, mood
from keisei.documents.events.roles import Memory
from keisei.documents.events.rules import Rule, RuleBook, rules
from keisei.documents.events.sides import is_voice
from keisei.documents.events.sides_en import Clause, Ids, preposition, sides, together
from keisei.documents.events.told_en import PRONOUN, SCHOLAR, STATED, date_near, land_of, plain_words, words_of
from keisei.documents.records import Event, Mention

_CLAUSE = re.compile(
    r"[;:—]|[\"”](?=,? (?:said|says|[a-z]|[A-Z]\w+ [A-Z]))|, (?:and|but|while|as|after|before|which|who|when|where|because|although|though|saying|adding)\b"  # noqa: E501
    r"| (?:while|but|after|before|because|although|though|when|if|that|as) (?=(?:the |a |it |he |she |they |its |[A-Z]))| since (?=[A-Z]\w+ \w+ed)"  # noqa: E501
)
# a clause that opens the sentence ends at its first comma
_OPENING = re.compile(
    r"\W*(?:Even )?(?:If|When|While|After|Although|Though|Since|As|Once|Before|Because|Unless|Despite|During|Following)\b[^,;]{8,160}?, "  # noqa: E501
)
_GOVERNING = re.compile(
    r"\b(?:refus|declin|agree|willing|ready|prepared|pledg|promis|vow|offer|threaten|urg|ask|call|demand|press|propos|fail|want|seek|sought|reject|allow|permit)\w*"
    r"(?:\s+\S+){0,4}?\s+(?:to|on|against|of|for|any|from)\s+(?:\w+\s+){0,2}$|"
    r"\b(?:stop|ceas|halt|quit|avoid|consider|suspend)\w*\s+(?=\Z)|"
    r"\b(?:block|veto|stall|thwart|derail|scupper|torpedo)\w*\s+(?:\w+\s+){0,3}$",
    re.I,
)
_AFTER_OPENING = re.compile(
    r"(?:In|Since|By|On|After|Last|This|At|During|Over|For|Until)\b[^,;.]{0,40}?,? "
    r"(?:he|she|it|they) (?:has|had|have|was|were|\w+ed|\w+ly)\b"
)


def find(context: Context) -> list[Event]:
    """All events of an English text, in order."""
    book = rules("en_text")
    out: list[Event] = []
    memory = Memory()
    topic: Ids = ()
    said_until = 0
    carried: tuple[str, str] | None = None  # the month of the last dated act of a paragraph
    for line in context.lines:
        if line.kind in ("navigation", "note", "byline", "title") or len(line.text) < 12:
            continue
        mentions = [m for m in context.mentions_in(line.start, line.end) if m.end <= line.end]
        actors = actors_of(context, line, mentions, memory)
        pronoun = bool(PRONOUN.match(line.text) or _AFTER_OPENING.match(line.text))
        if "\n" in context.text[said_until : line.start]:
            carried = None
        said_until = line.end
        if actors or topic:
            before = frozenset(e.rule for e in out)
            found = _sentence(context, line, mentions, actors, book, topic if pronoun else (), before)
            out.extend(_carry(context, e, carried) for e in found)
            carried = month_of(found) or month_named(context, line) or carried
        else:
            carried = month_named(context, line) or carried
        if actors and not pronoun:
            topic = next((m.ids for m in actors if preposition(context, line.start, m) is None), topic)
    return words_of_the_day(context, out, STATED)


def _clauses(line: Line) -> list[tuple[int, int]]:
    cuts = [line.start, *(line.start + m.end() for m in _CLAUSE.finditer(line.text)), line.end]
    opening = _OPENING.match(line.text)
    if opening:
        cuts = sorted({*cuts, line.start + opening.end()})
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _sentence(
    context: Context,
    line: Line,
    mentions: list[Mention],
    actors: list[Mention],
    book: RuleBook,
    topic: Ids,
    told: frozenset[str] = frozenset(),
) -> list[Event]:
    out: list[Event] = []
    subject: Ids = topic
    used = bytearray(len(line.text) + 1)
    clauses = [Clause(a, b, [m for m in actors if a <= m.start < b], set(), ()) for a, b in _clauses(line)]
    found: list[tuple[int, int, int, Rule, Clause]] = []
    relative: dict[int, Ids] = {}  # Xi, who welcomed Kim
    for clause in clauses[1:]:
        if _PRONOUN_CLAUSE.match(context.text, clause.start):
            # of the part of the sentence behind the last semicolon: China can wait; Russia, after it invaded …
            low = max(line.start, line.start + max(line.text.rfind(c, 0, clause.start - line.start) for c in ";:—"))
            first = [
                m
                for m in actors
                if low <= m.start and m.end <= clause.start and preposition(context, line.start, m) is None
            ]
            first = first or [
                m for m in actors if m.end <= clause.start and preposition(context, line.start, m) is None
            ]
            relative[clause.start] = first[0].ids if first else topic
    for m in actors:
        who = _WHO.match(context.text, m.end)
        if who:
            relative[who.end()] = m.ids
    last: Clause | None = None
    ranks = book.ranks
    # a sentence begins with a capital that is no name's
    plain = line.text if actors and actors[0].start == line.start else line.text[:1].lower() + line.text[1:]
    for rule in book.possible(plain):
        rank = ranks[rule.id]
        for clause in clauses:
            for match in rule.pattern.finditer(plain, clause.start - line.start, clause.end - line.start):
                start, end = match.start() + line.start, match.end() + line.start
                if not any(used[start - line.start : end - line.start]):
                    used[start - line.start : end - line.start] = b"\1" * (end - start)
                    found.append((start, end, rank, rule, clause))
    worded: list[tuple[int, int, int, Rule, Clause]] = []
    for start, end, rule in uses(plain):
        if any(used[start:end]):
            continue
        around = next((c for c in clauses if c.start <= start + line.start < c.end), None)
        if (
            around is not None
            and _ADJECTIVE.search(line.text, max(0, start - 12), start)
            and _BEFORE_NOUN.match(plain, start)
        ):
            continue  # 1,550 deployed warheads
        if _GEAR.match(plain, start):
            continue  # jamming gear
        if around is None or (rule.near and not rule.near.search(line.text, max(0, start - 60), end + 70)):
            continue
        worded.append((start + line.start, end + line.start, len(book.rules) + len(worded), rule, around))
    for start, end, _, rule, clause in sorted(found + worded, key=lambda f: (f[0], f[2])):
        if any(start < e.trigger[1] and e.trigger[0] < end for e in out):
            continue
        if _GOVERNING.search(context.text[max(clause.start, start - 60) : start]):
            continue
        if any(m.start <= start and end <= m.end for m in mentions):
            continue
        if _NO_ACT.match(context.text, start) or _FIRST_PERSON.search(
            context.text, max(clause.start, start - 16), start
        ):
            continue
        if clause.start in relative and clause is not last:
            subject = relative[clause.start]
        last = clause
        event = _event(context, line, clause, rule, start, end, mentions, subject, book)
        if event is None or (rule.id in told and _TAKEN_UP.search(context.text, max(line.start, start - 24), start)
                             and context.text[start:end].lower() in ("veto", "abstention", "abstentions")):  # fmt: skip
            continue
        out.append(event)
        if any(m.end <= start and set(m.ids) & set(event.sources) for m in clause.actors):
            subject = event.sources
    out.extend(plain_words(context, line, actors, out, topic))
    out.extend(words_of(context, line, actors, mentions, out))
    return sorted(out, key=lambda e: (e.trigger, e.rule))


# the veto, China's abstention: what was told before, taken up
_TAKEN_UP = re.compile(r"(?:\b(?:[Tt]he|[Tt]hat|[Tt]his|[Ii]ts|[Tt]heir)|['’]s) (?:\w+ )?$")
# met the standards, asked not to be named, concluded that: no act between states
_NO_ACT = re.compile(
    r"m(?:et|eets?|eeting) (?:\w+ ){0,3}(?:standards?|requirements?|conditions|criteria|targets?|goals?|deadlines?|demand|needs?|expectations|obligations|thresholds?)\b"  # noqa: E501
    r"|releas\w+ (?:on|in|by|last|this|earlier|late|today|Monday|Tuesday|Wednesday|Thursday|Friday)\b"
    r"|ask(?:ed|ing) (?:not to be|to remain|for anonymity|that (?:his|her) name)|conclud\w+ (?:in|on|last|this|that)\b"
    r"|declin(?:ed|ing) to (?:be named|comment|give (?:his|her) name)|look(?:ed|s|ing)? for (?:a )?(?:ways?|work|signs?)\b"  # noqa: E501
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We) (?:\w+ly |have |had |recently |once )?$")
_ADJECTIVE = re.compile(r"(?:\d|\b(?:the|an?|its|their|of|more|newly)) $")
_BEFORE_NOUN = re.compile(r"\w+ed (?!(?:by|in|on|at|to|with|from|and|for|as|the|an?|its|their)\b)[a-z]+")
_GEAR = re.compile(
    r"\w+ing (?:gear|equipment|systems?|devices?|pods?|stations?|technolog\w+|machines?|ground|sites?|range|season|rights|table"  # noqa: E501
    r"|capacity|facilit\w+|vessels?|boats?|grounds|zones?|costs?|power|force|firm|company|agency|body|point|period)\b"
)
_PRONOUN_CLAUSE = re.compile(r"\s?(?:that |and |but |if |as |because |when |after |before )?(?:he|she|it|they)\b")
_WHO = re.compile(r"(?:, [^,]{2,40})?, wh(?:o|ich)\b")


def _event(
    context: Context, line: Line, clause: Clause, rule: Rule, begin: int, stop: int, mentions: list[Mention],
    subject: Ids, book: RuleBook,
) -> Event | None:  # fmt: skip
    text = context.text
    inside = [m for m in clause.actors if begin <= m.start and m.end <= stop]
    here = Clause(clause.start, clause.end, clause.actors, clause.objects, subject)
    sources, targets, taken = sides(context, here, rule, begin, stop, inside)
    if rule.id != "T702-disclosure":  # whose deed is disclosed is the subject of the deed
        clause.objects.update(m.start for m in taken)
    if rule.id == "T4031-envoy":
        sent = tuple(i for i in targets if _person(context, i))
        if sent:  # who is sent travels
            goal = next(
                (m for m in context.mentions_in(stop, clause.end) if preposition(context, stop, m) == "to"), None
            )
            land = context.entities.get(goal.ids[0]) if goal else None
            at = (land.country,) if land and land.type == "place" and land.country else goal.ids if goal else ()
            sources, targets = sent, at
    if rule.plover == "AID" and not targets and (reached := _capital_reached(context, stop, clause.end)):
        targets = tuple(i for i in reached if i not in sources)  # shipped oil to Pyongyang
    if rule.id in ("T3082-sailed-by", "T3083-intruded") and not sources:
        flag = _FLAG.search(text, clause.start, stop)
        sources = (_FLAGS[flag[1]],) if flag and _FLAGS[flag[1]] in context.entities else ()
    if rule.id == "T3083-intruded":  # Japanese airspace: whose it is
        whose = [i for m in context.mentions_in(begin, stop) for i in m.ids if i not in sources]
        targets = tuple(dict.fromkeys(i for i in whose if _is_state(context, i))) or targets
    if rule.id == "T7014-drew-protest" and not sources:
        sources = _capital_reached(context, stop, clause.end, "from")
    if rule.id == "T205-troops" and _TO_FIGHT.match(text, stop):
        targets = ("RUS",) if "UKR" in targets and "RUS" in context.entities and "RUS" not in sources else ()
    if text.startswith(" by", stop - 3) and not any(stop < m.start < stop + 24 for m in clause.actors):
        sources, targets = (), ()  # set up by eleven governments: whoever did it has no name here
    home = {land_of(context, i) for i in sources if _person(context, i)}
    targets = tuple(i for i in targets if i not in home)  # Putin suspended Russia's participation
    if rule.id in ("G206-wto", "G207-suit-dropped", "G403-protested", "G301-ruling"):
        targets = tuple(i for i in targets if not forum(context, i))
    if rule.frame == "visit":
        targets = tuple(i for i in targets if land_of(context, i) not in home)  # the first French president to come
    if rule.sources:
        sources, targets = rule.sources, rule.targets
    if rule.id in _OF_THE_WAR and not set(sources) - {"RUS", "UKR"} and {"RUS", "UKR"} <= context.entities.keys():
        sources, targets = (("RUS",), ("UKR",)) if rule.plover == "ASSAULT" else (("RUS", "UKR"), ("RUS", "UKR"))
    if not (sources or targets) and (rule.need or rule.instrument in STATED):
        return (
            None  # an act is told though its sentence leaves out whose, in a text that has named someone; words are not
        )
    if rule.need in ("official", "both") and not sources:
        return None
    if rule.id == "T903-transfer" and not (sources or targets) and _EVERYDAY.match(text, begin):
        return None  # who gave only his surname
    if rule.need == "both" and not targets:
        return None
    if rule.need == "person" and not any(_person(context, i) for i in sources):
        return None
    if rule.instrument in STATED and sources and all(_scholar(context, i) or is_voice(context, i) for i in sources):
        return None
    if rule.instrument == "denial" and not sources and _IS.search(text, max(clause.start, begin - 16), begin):
        return None  # how far it helped is disputed: an open question, no one's denial
    status, attributed = mood(context, line, clause, begin, stop, mentions, sources)
    date, precision = date_near(context, line, clause, begin)
    place = next(
        (
            m.ids[0]
            for m in mentions
            if (e := context.entities.get(m.ids[0])) and e.type == "place" and stop <= m.start < clause.end
            and re.search(r"\b(?:in|at|near)\s+(?:the\s+)?$", text[max(clause.start, m.start - 10) : m.start])
        ),
        None,
    )  # fmt: skip
    if rule.id == "T9581-set-up" and set(sources) <= {i for m in inside for i in m.ids}:
        # responded by creating the … Team: the body made is not who made it
        first = [m for m in clause.actors if m.end <= begin and preposition(context, line.start, m) is None]
        sources = together(context, clause.actors, first[0], True) if first else ()
        targets = sources if len(sources) > 1 else ()
    if rule.instrument == "troop_deployment" and not sources:
        moved = [i for i in targets if i.endswith(("_SOLDIERS", "_ARMED_FORCES", "_SPECIAL_TROOPS", "_WORKERS"))]
        if moved:  # the deployment of North Korean soldiers to Kursk: their state sends them
            sources = tuple(dict.fromkeys(land_of(context, i) for i in moved))
            targets = _land_reached(context, stop, line.end)
    plover = rule.plover
    if rule.id == "T707-acknowledge" and status == "denied":
        plover, instrument_of, status = "REJECT", "denial", "occurred"  # has never acknowledged it
    else:
        instrument_of = None
    low = min([m.start for m in clause.actors if m.end <= begin and m.ids[0] in (*sources, *targets)], default=begin)
    high = max([m.end for m in clause.actors if m.start >= stop and m.ids[0] in (*sources, *targets)], default=stop)
    instrument = instrument_of or instrument_en(
        context, rule, book, text[clause.start : clause.end], text[begin:stop], sources
    )
    if not _NOUN.match(text[begin:stop]):
        high = max(high, _object_end(text, stop, clause.end))
    if rule.plover == "MOBILIZE" and instrument == "other" and _PARADE.search(line.text):
        instrument = "parade"  # At a parade …, the North unveiled a missile
    return Event(
        low, high, plover, instrument, sources, targets, status, date, precision, place, attributed,
        tuple(context.quantities_in(low, high)), rule.id, (begin, stop),
    )  # fmt: skip


_NOUN = re.compile(
    r"\w*(?:tion|ment|fers?|plies|ments|deliver(?:y|ies)|sanctions|trade|talks|summit|drills?|parade|war)\b"
)
_OBJECT = re.compile(r"[^.,;:\n—]*?(?=$|[.,;:\n—]| (?:and|but|while|after|before|as|when|although|because) )")


def _object_end(text: str, stop: int, limit: int) -> int:
    """Where the words that a verb governs end: before the next stop or joined clause."""
    match = _OBJECT.match(text, stop, limit)
    return match.end() if match else stop


# the state of a ship by the letters before its name
_FLAGS = {
    "USS": "USA", "USNS": "USA", "USCGC": "USA", "HMS": "GBR", "HMAS": "AUS", "HMCS": "CAN", "HMNZS": "NZL", "BRP": "PHL", "JS": "JPN",  # noqa: E501
    "INS": "IND", "ROKS": "KOR", "KRI": "IDN",
}  # fmt: skip
_FLAG = re.compile(rf"\b({'|'.join(_FLAGS)}) [A-Z]")


def _is_state(context: Context, ident: str) -> bool:
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "state"


def _capital_reached(context: Context, start: int, end: int, way: str = "to") -> Ids:
    """The state to whose capital something goes, or from which it comes."""
    for mention in context.mentions_in(start, end):
        entity = context.entities.get(mention.ids[0])
        if mention.rule == "capital" and entity and entity.country and preposition(context, start, mention) == way:
            return (entity.country,)
    return ()


def _land_reached(context: Context, start: int, end: int) -> Ids:
    """The state of the place that something goes to."""
    for mention in context.mentions_in(start, end):
        entity = context.entities.get(mention.ids[0])
        if entity and entity.country and preposition(context, start, mention) in ("to", "into", "in", "near"):
            return (entity.country,)
    return ()


# soldiers were sent to fight Ukraine: whom they fight is not whom they help
_TO_FIGHT = re.compile(
    r"(?: \w+){0,2}? to (?:fight|battle|attack|invade|confront|kill|join the (?:war|fight) against)\b"
)
_PARADE = re.compile(r"\bparade\b")
_EVERYDAY = re.compile(r"g(?:ave|ives?|iven|iving)\b|s(?:old|ells?|elling)\b|sen(?:t|ds?)\b", re.I)
_IS = re.compile(r"\b(?:is|are|remains?|was|were) (?:\w+ly )?$")
_OF_THE_WAR = ("T2012-war-goes-on", "T2021-fighting-ended", "X802-truce")
_PAST = re.compile(
    r"(?:\w+ed|met|sent|gave|sold|took|made|said|told|was|were|had|struck|broke|fought|bought|went|held)\b"
)


def _carry(context: Context, event: Event, carried: tuple[str, str] | None) -> Event:
    """An undated act told in the past goes on with the month of its paragraph."""
    if event.date or carried is None or event.status not in ("occurred", "reported"):
        return event
    if not _PAST.match(context.text, event.trigger[0], event.trigger[1]):
        return event
    return replace(event, date=carried[0], precision=carried[1])


def _person(context: Context, ident: str) -> bool:
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "person"


def _scholar(context: Context, ident: str) -> bool:
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "person" and bool(entity.role and SCHOLAR.search(entity.role))


__all__ = ["find"]
