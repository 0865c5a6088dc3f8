"""What an official or a body tells in English: a charge, a promise, a word on one's own deed, a side taken plainly."""

from __future__ import annotations

import re

from keisei.documents.context import Context, Line
from keisei.documents.dates import DateSpan
from keisei.documents.events.sides import is_voice
from keisei.documents.events.sides_en import Clause, Ids, preposition
from keisei.documents.events.stances import stance_en
from keisei.documents.records import Event, Mention

PRONOUN = re.compile(r"^\W*(?:[A-Z]?\w+ly,? |Instead,? |But |And |Then |Later,? )?(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey)\b")
SCHOLAR = re.compile(r"professor|fellow|scholar|research|analyst|author|expert|director of the|senior", re.I)
STATED = ("statement", "denial")
_RECKONS = re.compile(r"found|finds|conclud|estimat|assess|alleg|reveal|disclos|believ")
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


def words_of(
    context: Context, line: Line, actors: list[Mention], mentions: list[Mention], events: list[Event]
) -> list[Event]:
    """What an official or a body tells: of another state it charges, of oneself it holds something out."""
    text, out = context.text, []
    for match in _TOLD.finditer(line.text):
        start, end = line.start + match.start("verb"), line.start + match.end("verb")
        if any(e.instrument in STATED and e.trigger[0] < end and start < e.trigger[1] for e in events):
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
        home = {land_of(context, i) for i in by}
        told = re.split(r"[,;]", text[line.start + match.end() : line.end])[0]
        high = line.start + match.end() + len(told)
        named = [m for m in actors if line.start + match.end() <= m.start < high]
        free = [m for m in named if preposition(context, line.start + match.end(), m) is None]
        charged = tuple(
            dict.fromkeys(land_of(context, i) for m in free for i in m.ids if land_of(context, i) not in home)
        )
        if _OWN_PLAN.match(told) and by and not (free and free[0].start == high - len(told)):
            if _RECKONS.match(match["verb"]):
                continue  # what one believes will come is no promise
            plover = "AGREE"
            others = tuple(dict.fromkeys(i for m in named for i in m.ids if land_of(context, i) not in home))[:3]
        elif (
            charged
            or teller is None
            or (match["that"] and _RECKONS.match(match["verb"]))
            or (match["verb"].startswith("said") and told.startswith("was "))
        ):
            plover, others = "ACCUSE", charged[:3]
        else:
            own = [e for e in events if e.trigger[0] >= end and {land_of(context, i) for i in e.sources} & home]
            deed = _OWN_WORD.get(own[0].plover) if own and by and _OWN_DEED.match(told) else None
            if deed is None:
                continue
            plover = deed
            others = tuple(i for i in dict.fromkeys(own[0].targets) if land_of(context, i) not in home)[:3]
        low = teller.start if teller else start
        date, precision = date_near(context, line, Clause(line.start, line.end, actors, set(), ()), start)
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
    "CONCEDE": "CONCEDE", "RETREAT": "CONCEDE", "AID": "AGREE", "COOPERATE": "AGREE", "CONSULT": "AGREE", "AGREE": "AGREE",  # noqa: E501
    "SUPPORT": "SUPPORT", "SANCTION": "THREATEN", "MOBILIZE": "THREATEN", "REJECT": "REJECT",
}  # fmt: skip
_SAID = re.compile(
    r"\b(?P<verb>said|says|insist(?:s|ed)|argue[sd]|repli(?:es|ed)|add(?:s|ed)|declare[sd]|stress(?:es|ed)|maintain(?:s|ed)|remark(?:s|ed)"
    r"|counter(?:s|ed)|retort(?:s|ed)|wrote|posted"
    r"|told (?:the )?(?:[A-Z]\S+(?: [A-Z]\S+){0,3}|reporters|lawmakers|journalists|diplomats"
    r"|parliament|state media)|call(?:s|ed)(?= (?:it|them|this|that|the |such ))|describe[sd](?= ))\b"
)
_QUOTED_BEFORE = re.compile(r".*[\"“](?P<words>[^\"”]+),[\"”] (?:[\w'’\-]+ ){0,6}$")


def plain_words(context: Context, line: Line, actors: list[Mention], events: list[Event], topic: Ids) -> list[Event]:
    """What an official says plainly, where the words take a side: those behind the verb, else a quotation before it."""
    text, out = context.text, []
    for match in _SAID.finditer(line.text):
        start, end = line.start + match.start("verb"), line.start + match.end("verb")
        if any(e.instrument in STATED and e.trigger[0] < end + 60 and start - 30 < e.trigger[1] for e in events):
            continue
        before = [m for m in actors if m.end <= start]
        teller = before[-1] if before and _NEAR.fullmatch(text[before[-1].end : start]) else None
        by = teller.ids if teller else topic if PRONOUN.match(line.text) and match.start() < 24 else ()
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
        home = {land_of(context, i) for i in by}
        named = [i for m in actors if m is not teller for i in m.ids]
        if found.plover == "ACCUSE":
            named = [land_of(context, i) for i in named]
        others = tuple(i for i in dict.fromkeys(named) if i not in by and land_of(context, i) not in home)[:3]
        date, precision = date_near(context, line, Clause(line.start, line.end, actors, set(), ()), start)
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
    return entity.type in ("state", "organisation") or bool(entity.role and not SCHOLAR.search(entity.role))


def land_of(context: Context, ident: str) -> str:
    entity = context.entities.get(ident)
    return entity.country if entity and entity.type in ("person", "organisation") and entity.country else ident


_OF_A_THING = re.compile(
    r" (?:\w+ )?(?:deal|treaty|agreement|accord|pact|statement|resolution|summit|declaration|war)\b"
)


def date_near(context: Context, line: Line, clause: Clause, begin: int) -> tuple[str | None, str]:
    """The date nearest to the predicate in its clause, else in the sentence."""
    near: list[DateSpan] = [d for d in context.dates_in(clause.start, clause.end) if d.value]
    near = near or [d for d in context.dates_in(line.start, line.end) if d.value]
    if not near:
        return None, "none"
    plain = [d for d in near if not _OF_A_THING.match(context.text, d.end)] or near
    span = min(plain, key=lambda d: (abs(d.start - begin), d.start))
    finest = {"day": "day", "month": "month", "year": "year", "week": "day"}.get(span.granularity)
    return span.value, finest or ("month" if span.value and len(span.value) > 4 else "year")


__all__ = ["PRONOUN", "SCHOLAR", "STATED", "date_near", "land_of", "plain_words", "words_of"]
