"""English events: rules for running text over clauses; sides by position and preposition (``sides_en``).

A predicate that another governs (refused to *meet*, agreed to *send*) is no event of its own. An event without any side
is dropped; statements of scholars and journalists are claims.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from keisei.documents.context import Context, Line
from keisei.documents.dates import DateSpan
from keisei.documents.events.dating import month_named, month_of
from keisei.documents.events.entities import forum
from keisei.documents.events.lexical_en import uses
from keisei.documents.events.roles import Memory, is_actor
from keisei.documents.events.rules import Rule, RuleBook, rules
from keisei.documents.events.sides import is_voice
from keisei.documents.events.sides_en import Clause, Ids, preposition, sides, together
from keisei.documents.events.stances import stance_en
from keisei.documents.records import Event, Mention

_CLAUSE = re.compile(
    r"[;:—]|[\"”](?=,? (?:said|says|[a-z]|[A-Z]\w+ [A-Z]))|, (?:and|but|while|as|after|before|which|who|when|where|because|although|though|saying|adding)\b"  # noqa: E501
    r"| (?:while|but|after|before|because|although|though|when|if|that|as) (?=(?:the |a |it |he |she |they |its |[A-Z]))| since (?=[A-Z]\w+ \w+ed)"  # noqa: E501
)
# a clause that opens the sentence ends at its first comma
_OPENING = re.compile(
    r"\W*(?:Even )?(?:If|When|While|After|Although|Though|Since|As|Once|Before|Because|Unless|Despite|During|Following)\b[^,;]{8,160}?, "  # noqa: E501
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|would|could|might|may|unless|whether|should|likely|unlikely|possibly|perhaps|possible|potential|can)\b"
)
_PLANNED = re.compile(
    r"\b(?:will|plan(?:s|ned|ning)? to|scheduled|(?:is|are) (?:set |expected )?to|upcoming|next (?:week|month|year))\b"
)
_DENIED = re.compile(r"\b(?:not|never|no longer|without|didn['’]t|hasn['’]t)\s+(?:\w+\s){0,2}$", re.I)
_REPORTED = re.compile(
    r"\b(?:said|says|according to|reported(?:ly)?|allegedly|told|claimed|announced|believed|understood to|estimates?|accused?)\b",  # noqa: E501
    re.I,
)
_ACCORDING = re.compile(r"\baccording to\s+(?:the\s+)?$", re.I)
_SAID_BEHIND = re.compile(r"^(?:\s+\w+){0,2}\s+(?:said|says|told|announced|reported|claimed|estimates?d?)\b")
_SAID_BEFORE = re.compile(r"\b(?:said|says|told|announced)\s+(?:the\s+)?$")
_GOVERNING = re.compile(
    r"\b(?:refus|declin|agree|willing|ready|prepared|pledg|promis|vow|offer|threaten|urg|ask|call|demand|press|propos|fail|want|seek|sought|reject|allow|permit)\w*"
    r"(?:\s+\S+){0,4}?\s+(?:to|on|against|of|for|any|from)\s+(?:\w+\s+){0,2}$|"
    r"\b(?:stop|ceas|halt|quit|avoid|consider|suspend)\w*\s+(?=\Z)|"
    r"\b(?:block|veto|stall|thwart|derail|scupper|torpedo)\w*\s+(?:\w+\s+){0,3}$",
    re.I,
)
_DENYING = re.compile(r"\b(?:deny|denies|denied|denying)\s+(?:[\w\-]+\s+){0,4}$", re.I)
_BACK = re.compile(
    r"\b(?:the two (?:countries|nations|sides|leaders|men|states|governments|neighbou?rs|allies)|both (?:countries|sides|leaders|nations|governments|men)|the pair|their(?= (?:\w+ )?(?:meeting|talks|summit|encounter|conversation)))\b",  # noqa: E501
    re.I,
)
_PRONOUN = re.compile(r"^\W*(?:[A-Z]?\w+ly,? |Instead,? |But |And |Then |Later,? )?(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey)\b")
_AFTER_OPENING = re.compile(
    r"(?:In|Since|By|On|After|Last|This|At|During|Over|For|Until)\b[^,;.]{0,40}?,? "
    r"(?:he|she|it|they) (?:has|had|have|was|were|\w+ed|\w+ly)\b"
)
_NO_ACTOR = re.compile(
    r"\s(?:counterparts?|soil|territory|side|border|town|city|port|waters|airspace|language|studies)\b"
)
_HEADS = re.compile(r"President|leader|Prime Minister|Chancellor|Premier", re.I)
_SCHOLAR = re.compile(r"professor|fellow|scholar|research|analyst|author|expert|director of the|senior", re.I)
_STATED = ("statement", "denial")


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
        actors = _actors(context, line, mentions, memory)
        pronoun = bool(_PRONOUN.match(line.text) or _AFTER_OPENING.match(line.text))
        if "\n" in context.text[said_until : line.start]:
            carried = None
        said_until = line.end
        if actors or topic:
            found = _sentence(context, line, mentions, actors, book, topic if pronoun else ())
            out.extend(_carry(context, e, carried) for e in found)
            carried = month_of(found) or month_named(context, line) or carried
        if actors and not pronoun:
            topic = next((m.ids for m in actors if preposition(context, line.start, m) is None), topic)
    return out


def _actors(context: Context, line: Line, mentions: list[Mention], memory: Memory) -> list[Mention]:
    """The actors of a sentence, with both countries and the two leaders as those named last."""
    actors = [
        m
        for m in mentions
        if is_actor(context, m) and m.rule != "dateline" and not _NO_ACTOR.match(context.text, m.end)
    ]
    actors = [m for k, m in enumerate(actors) if not (k + 1 < len(actors) and _modifies(context, m, actors[k + 1]))]
    rest = list(mentions)
    for match in _BACK.finditer(line.text):
        start = line.start + match.start()
        while rest and rest[0].start < start:
            memory.see(context, rest.pop(0))
        ids = memory.resolve("両首脳" if re.search(r"leaders|men|pair|[Tt]heir", match.group()) else "両国")
        if len(ids) > 1:
            actors.append(Mention(start, line.start + match.end(), ids, "back"))
    for mention in rest:
        memory.see(context, mention)
    taken_up = _taken_up(context, line, mentions)
    return sorted(actors + taken_up, key=lambda m: m.start)


# The agency warned that …: the body named before
_BODY_AGAIN = re.compile(
    r"(?:^|(?<=[.;,] )|(?<=\band )|(?<=\bbut )|(?<=\bthat ))[Tt]he (?P<kind>agency|administration|bureau|court|judges|tribunal|ministry|council|commission|committee|panel|company|firm|group|bank|party|"
    r"coast guard|navy|union|bloc|alliance|organi[sz]ation|watchdog)(?= (?:has|had|also|later|then|will|would|said|says|warned|\w+ed|is|was|found)\b)"
)
_KINDS = {
    "agency": r"Agency|Administration|Service|Bureau|IAEA|Office", "administration": r"[Aa]dministration", "bureau": r"Bureau",
    "court": r"Court|Tribunal", "judges": r"Court|Tribunal", "tribunal": r"Tribunal|Court", "ministry": r"[Mm]inistry|Department", "council": r"Council",
    "commission": r"Commission", "committee": r"Committee", "panel": r"Panel|Commission", "company": r".", "firm": r".", "group": r".", "bank": r"Bank",
    "party": r"Party", "coast guard": r"[Cc]oast [Gg]uard", "navy": r"[Nn]avy", "union": r"Union", "bloc": r"Union|ASEAN|Community|Association", "alliance": r"NATO|Alliance|Organi[sz]ation",
    "watchdog": r"Agency|Commission", "organisation": r"Organi[sz]ation", "organization": r"Organi[sz]ation",
}  # fmt: skip


def _taken_up(context: Context, line: Line, mentions: list[Mention]) -> list[Mention]:
    """Bodies that a sentence calls by their kind only, as those of that kind named last before it."""
    out: list[Mention] = []
    for match in _BODY_AGAIN.finditer(line.text):
        start, end = line.start + match.start("kind") - 4, line.start + match.end()
        if any(m.start < end and start < m.end for m in mentions):
            continue
        kind = re.compile(_KINDS[match["kind"].lower()])
        for mention in reversed(context.mentions_in(max(0, start - 900), start)):
            entity = context.entities.get(mention.ids[0])
            if entity is not None and entity.type == "organisation" and kind.search(entity.name_en):
                out.append(Mention(start, end, mention.ids, "back"))
                break
    return out


_WHOSE = re.compile(r"(?:'s|’s)(?:\s[a-z\-]+){1,4},\s")  # China's premier, Li Qiang


def _modifies(context: Context, mention: Mention, following: Mention) -> bool:
    """A state's name before a person's office (North Korean leader Kim Jong Un) is no actor of its own."""
    entity, person = context.entities.get(mention.ids[0]), context.entities.get(following.ids[0])
    if not entity or not person or entity.type not in ("state", "organisation") or person.type != "person":
        return False
    gap = context.text[mention.end : following.start]
    return bool(_WHOSE.fullmatch(gap)) or bool(
        re.fullmatch(
            r"(?:'s|’s)?(?:\s(?!(?:and|met|visited|told|said|has|had|was|is|with|to|invited|by|after|as|an?|the|its|his|her|their|[a-z]+ed)\b)[A-Za-z\-]+){0,4}\s?",
            gap,
        )
    )


def _clauses(line: Line) -> list[tuple[int, int]]:
    cuts = [line.start, *(line.start + m.end() for m in _CLAUSE.finditer(line.text)), line.end]
    opening = _OPENING.match(line.text)
    if opening:
        cuts = sorted({*cuts, line.start + opening.end()})
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _sentence(
    context: Context, line: Line, mentions: list[Mention], actors: list[Mention], book: RuleBook, topic: Ids
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
        if event is None:
            continue
        out.append(event)
        if any(m.end <= start and set(m.ids) & set(event.sources) for m in clause.actors):
            subject = event.sources
    out.extend(_stances(context, line, actors, out, topic))
    out.extend(_statements(context, line, actors, mentions, out))
    return sorted(out, key=lambda e: (e.trigger, e.rule))


# met the standards, asked not to be named, concluded that: no act between states
_NO_ACT = re.compile(
    r"m(?:et|eets?|eeting) (?:\w+ ){0,3}(?:standards?|requirements?|conditions|criteria|targets?|goals?|deadlines?|demand|needs?|expectations|obligations|thresholds?)\b"
    r"|ask(?:ed|ing) (?:not to be|to remain|for anonymity|that (?:his|her) name)|conclud\w+ (?:in|on|last|this|that)\b"
    r"|declin(?:ed|ing) to (?:be named|comment|give (?:his|her) name)|look(?:ed|s|ing)? for (?:a )?(?:ways?|work|signs?)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We) (?:\w+ly |have |had |recently |once )?$")
_ADJECTIVE = re.compile(r"(?:\d|\b(?:the|an?|its|their|of|more|newly)) $")
_BEFORE_NOUN = re.compile(r"\w+ed (?!(?:by|in|on|at|to|with|from|and|for|as|the|an?|its|their)\b)[a-z]+")
_PRONOUN_CLAUSE = re.compile(r"\s?(?:that |and |but |if |as |because |when |after |before )?(?:he|she|it|they)\b")
_RECKONS = re.compile(r"found|finds|conclud|estimat|assess|alleg|reveal|disclos|believ")
_WHO = re.compile(r"(?:, [^,]{2,40})?, wh(?:o|ich)\b")
_TOLD = re.compile(
    r"\b(?P<verb>(?P<plain>said|says?|estimate[sd]?|believes?)|reported|announced|disclosed|revealed|claimed|concluded|assessed|suggested|hinted|confirmed|found|finds|alleges?d?|noted|showed|shows"
    r"|told (?:the )?(?:[A-Z]\S+(?: [A-Z]\S+){0,3}|reporters|lawmakers|journalists|diplomats|officials))"
    r"(?: only)?(?:,? (?:(?:on|in|last|this|earlier) (?:[A-Z][a-z]{2,8}\.?(?: \d{1,2}| \d{4})?|week|month|year)"
    r"|[A-Z][a-z]+day)\b,?)?"
    r"(?P<that> that)? (?=[\w$])"
)
_BODY_WORD = re.compile(
    r"\b(?:[Tt]he |[Aa]n? |'s |’s )(?:[\w\-]+ ){0,3}"
    r"(?:agency|ministry|military|government|army|navy|police|council|commission|panel|watchdog|monitors|chief|minister|director"
    r"|spokes(?:man|woman|person)|officials?|diplomats|prosecutors|(?:director|head|chief) of [\w ]{3,30})"
    r"\s(?:also |has |have |later |\w+ly )*$"
)
_OWN_PLAN = re.compile(
    r"(?:he|she|it|they|his|her|its|their|an?|the)\b[^.;]{0,80}?\b(?:would|will|could|was ready|were ready|is ready|are ready|might)\b"  # noqa: E501
)


def _statements(
    context: Context, line: Line, actors: list[Mention], mentions: list[Mention], events: list[Event]
) -> list[Event]:
    """What an official or a body tells: of another state it charges, of oneself it holds something out."""
    text, out = context.text, []
    for match in _TOLD.finditer(line.text):
        start, end = line.start + match.start("verb"), line.start + match.end("verb")
        if any(e.instrument in _STATED and e.trigger[0] < end and start < e.trigger[1] for e in events):
            continue
        before = [m for m in actors if m.end <= start and preposition(context, line.start, m) is None]
        teller = before[-1] if before and _NEAR.fullmatch(text[before[-1].end : start]) else None
        if teller is None and not _BODY_WORD.search(text[line.start : start]):
            continue
        by = teller.ids if teller else ()
        if any(is_voice(context, i) or not _official(context, i) for i in by):
            continue
        if not (match["that"] or match["plain"]):
            continue
        home = {_land(context, i) for i in by}
        told = re.split(r"[,;]", text[line.start + match.end() : line.end])[0]
        high = line.start + match.end() + len(told)
        named = [m for m in actors if line.start + match.end() <= m.start < high]
        free = [m for m in named if preposition(context, line.start + match.end(), m) is None]
        charged = tuple(dict.fromkeys(_land(context, i) for m in free for i in m.ids if _land(context, i) not in home))
        if _OWN_PLAN.match(told) and by and not (free and free[0].start == high - len(told)):
            if _RECKONS.match(match["verb"]):
                continue  # what one believes will come is no promise
            plover = "AGREE"
            others = tuple(dict.fromkeys(i for m in named for i in m.ids if _land(context, i) not in home))[:3]
        elif (
            charged
            or teller is None
            or (match["that"] and _RECKONS.match(match["verb"]))
            or (match["verb"].startswith("said") and told.startswith("was "))
        ):
            plover, others = "ACCUSE", charged[:3]
        else:
            own = [e for e in events if e.trigger[0] >= end and {_land(context, i) for i in e.sources} & home]
            deed = _OWN_WORD.get(own[0].plover) if own and by and _OWN_DEED.match(told) else None
            if deed is None:
                continue
            plover = deed
            others = tuple(i for i in dict.fromkeys(own[0].targets) if _land(context, i) not in home)[:3]
        low = teller.start if teller else start
        date, precision = _date(context, line, Clause(line.start, line.end, actors, set(), ()), start)
        out.append(
            Event(
                low, end, plover, "statement", by, others, "occurred", date, precision, None, None,
                tuple(context.quantities_in(low, end)), "T709-official-word", (start, end),
            )
        )  # fmt: skip
    return out


# it had lifted the ban: what one tells of one's own act
_OWN_DEED = re.compile(r"(?:it|he|she|they|its|their|his|her|the (?:country|government|ministry|company|army|navy))\b")
_OWN_WORD = {
    "CONCEDE": "CONCEDE", "RETREAT": "CONCEDE", "AID": "AGREE", "COOPERATE": "AGREE", "CONSULT": "AGREE", "AGREE": "AGREE",
    "SUPPORT": "SUPPORT", "SANCTION": "THREATEN", "MOBILIZE": "THREATEN", "REJECT": "REJECT",
}  # fmt: skip
_SAID = re.compile(
    r"\b(?P<verb>said|says|insist(?:s|ed)|argue[sd]|repli(?:es|ed)|add(?:s|ed)|declare[sd]|stress(?:es|ed)|maintain(?:s|ed)|remark(?:s|ed)"
    r"|counter(?:s|ed)|retort(?:s|ed)|wrote|posted"
    r"|told (?:the )?(?:[A-Z]\S+(?: [A-Z]\S+){0,3}|reporters|lawmakers|journalists|diplomats"
    r"|parliament|state media)|call(?:s|ed)(?= (?:it|them|this|that|the |such ))|describe[sd](?= ))\b"
)


_QUOTED_BEFORE = re.compile(r".*[\"“](?P<words>[^\"”]+),[\"”] (?:[\w'’\-]+ ){0,6}$")


def _stances(context: Context, line: Line, actors: list[Mention], events: list[Event], topic: Ids) -> list[Event]:
    """What an official says plainly, where the words take a side: those behind the verb, else a quotation before it."""
    text, out = context.text, []
    for match in _SAID.finditer(line.text):
        start, end = line.start + match.start("verb"), line.start + match.end("verb")
        if any(e.instrument in _STATED and e.trigger[0] < end + 60 and start - 30 < e.trigger[1] for e in events):
            continue
        before = [m for m in actors if m.end <= start]
        teller = before[-1] if before and _NEAR.fullmatch(text[before[-1].end : start]) else None
        by = teller.ids if teller else topic if _PRONOUN.match(line.text) and match.start() < 24 else ()
        if not by or any(is_voice(context, i) or not _official(context, i) for i in by):
            continue
        low = teller.start if teller else line.start
        content = re.split(r";| after | before ", text[end : line.end])[0][:140]
        lead = _QUOTED_BEFORE.match(text, line.start, low)
        if lead and (len(content) < 12 or stance_en(content) is None):
            content = lead["words"][-140:]  # "…," Peskov said
        found = stance_en(content)
        if found is None:
            continue
        home = {_land(context, i) for i in by}
        named = [i for m in actors if m is not teller for i in m.ids]
        if found.plover == "ACCUSE":
            named = [_land(context, i) for i in named]
        others = tuple(i for i in dict.fromkeys(named) if i not in by and _land(context, i) not in home)[:3]
        date, precision = _date(context, line, Clause(line.start, line.end, actors, set(), ()), start)
        out.append(
            Event(
                low, max(end, min(line.end, end + len(content))), found.plover, found.instrument, by, others,
                "occurred", date, precision, None, None, (), found.id, (start, end),
            )
        )  # fmt: skip
    return out


_NEAR = re.compile(
    r"\)?(?:\s\([^)]{1,30}\))?(?:,[^,]{2,60},)?(?:['’]s)?(?:\s(?:government|military|army|navy|police|intelligence|defen[cs]e|foreign|ministry|minister|agency|service|spy|chief|panel|experts|monitors|inspectors|spokes\w+|officials?|also|has|had|later|then|again|\w+ly)){0,4}\s"
)


def _official(context: Context, ident: str) -> bool:
    """Whether someone speaks for a state or a body; a person needs an office."""
    entity = context.entities.get(ident)
    if entity is None:
        return False
    return entity.type in ("state", "organisation") or bool(entity.role and not _SCHOLAR.search(entity.role))


def _land(context: Context, ident: str) -> str:
    entity = context.entities.get(ident)
    return entity.country if entity and entity.type in ("person", "organisation") and entity.country else ident


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
    if text.startswith(" by", stop - 3) and not any(stop < m.start < stop + 24 for m in clause.actors):
        sources, targets = (), ()  # set up by eleven governments: whoever did it has no name here
    home = {_land(context, i) for i in sources if _person(context, i)}
    targets = tuple(i for i in targets if i not in home)  # Putin suspended Russia's participation
    if rule.id in ("G206-wto", "G207-suit-dropped", "G403-protested", "G301-ruling"):
        targets = tuple(i for i in targets if not forum(context, i))
    if rule.frame == "visit":
        targets = tuple(i for i in targets if _land(context, i) not in home)  # the first French president to come
    if rule.sources:
        sources, targets = rule.sources, rule.targets
    if rule.id in _OF_THE_WAR and not set(sources) - {"RUS", "UKR"} and {"RUS", "UKR"} <= context.entities.keys():
        sources, targets = (("RUS",), ("UKR",)) if rule.plover == "ASSAULT" else (("RUS", "UKR"), ("RUS", "UKR"))
    if not (sources or targets) and (rule.need or rule.instrument in _STATED):
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
    if rule.instrument in _STATED and sources and all(_scholar(context, i) or is_voice(context, i) for i in sources):
        return None
    if rule.instrument == "denial" and not sources and _IS.search(text, max(clause.start, begin - 16), begin):
        return None  # how far it helped is disputed: an open question, no one's denial
    status, attributed = _mood(context, line, clause, begin, stop, mentions, sources)
    date, precision = _date(context, line, clause, begin)
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
            sources = tuple(dict.fromkeys(_land(context, i) for i in moved))
            targets = _land_reached(context, stop, line.end)
    plover = rule.plover
    if rule.id == "T707-acknowledge" and status == "denied":
        plover, instrument_of, status = "REJECT", "denial", "occurred"  # has never acknowledged it
    else:
        instrument_of = None
    low = min([m.start for m in clause.actors if m.end <= begin and m.ids[0] in (*sources, *targets)], default=begin)
    high = max([m.end for m in clause.actors if m.start >= stop and m.ids[0] in (*sources, *targets)], default=stop)
    instrument = instrument_of or _instrument(
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


def _land_reached(context: Context, start: int, end: int) -> Ids:
    """The state of the place that something goes to."""
    for mention in context.mentions_in(start, end):
        entity = context.entities.get(mention.ids[0])
        if entity and entity.country and preposition(context, start, mention) in ("to", "into", "in", "near"):
            return (entity.country,)
    return ()


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
    return entity is not None and entity.type == "person" and bool(entity.role and _SCHOLAR.search(entity.role))


def _mood(
    context: Context, line: Line, clause: Clause, begin: int, stop: int, mentions: list[Mention], sources: Ids
) -> tuple[str, str | None]:
    """Status, and who reports it."""
    text = context.text
    lead = text[max(clause.start, begin - 40) : begin]
    if _DENIED.search(lead) or _DENYING.search(lead):
        return "denied", None
    if _HYPOTHETICAL.search(text[max(clause.start, begin - 44) : begin]) or re.match(
        r"\W*(?:If|Unless|Whether)\b|.{0,4}\b(?:if|unless)\s", text[max(line.start, clause.start - 4) : clause.end]
    ):
        return "hypothetical", None
    if _PLANNED.search(text[max(clause.start, begin - 24) : begin]):
        return "planned", None
    quoted = text.count('"', line.start, begin) % 2 == 1 or text.count("“", line.start, begin) > text.count(
        "”", line.start, begin
    )
    if quoted or (_REPORTED.search(line.text) and not re.search(r"\b(?:said|told|says)\b", text[begin:stop])):
        said = next(
            (
                m.ids[0]
                for m in mentions
                if _ACCORDING.search(text[max(line.start, m.start - 24) : m.start])
                or _SAID_BEHIND.match(text[m.end : m.end + 40])
                or _SAID_BEFORE.search(text[max(line.start, m.start - 20) : m.start])
            ),
            None,
        )
        return "reported", said if said and (said,) != sources else None
    return "occurred", None


_OF_A_THING = re.compile(
    r" (?:\w+ )?(?:deal|treaty|agreement|accord|pact|statement|resolution|summit|declaration|war)\b"
)


def _date(context: Context, line: Line, clause: Clause, begin: int) -> tuple[str | None, str]:
    """The date nearest to the predicate in its clause, else in the sentence."""
    near: list[DateSpan] = [d for d in context.dates_in(clause.start, clause.end) if d.value]
    near = near or [d for d in context.dates_in(line.start, line.end) if d.value]
    if not near:
        return None, "none"
    plain = [d for d in near if not _OF_A_THING.match(context.text, d.end)] or near
    span = min(plain, key=lambda d: (abs(d.start - begin), d.start))
    finest = {"day": "day", "month": "month", "year": "year", "week": "day"}.get(span.granularity)
    return span.value, finest or ("month" if span.value and len(span.value) > 4 else "year")


def _instrument(context: Context, rule: Rule, book: RuleBook, clause: str, word: str, sources: Ids) -> str:
    if rule.instrument == "object":
        for part in (word, clause):
            for name, pattern in book.objects:
                if pattern.search(part):
                    return name
        return rule.other
    if rule.instrument == "sanctions":
        if re.search(r"\bUN\b|U\.N\.|United Nations|Security Council|resolution|international", clause):
            return "sanction_resolution"
        return "sanction_resolution" if {"UN", "UNSC"} & set(sources) else "other"
    if rule.id == "T410-talks" and re.search(r"\bm(?:et|eet)", word, re.I):
        heads = [i for i in sources if (e := context.entities.get(i)) and e.role and _HEADS.search(e.role)]
        return "summit" if len(heads) >= 2 and len(heads) == len(sources) else "meeting"
    return rule.instrument


__all__ = ["find"]
