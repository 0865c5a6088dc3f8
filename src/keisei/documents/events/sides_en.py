"""Who does what to whom in an English clause: names by position, preposition and coordination.

The subject is the last name before the predicate that no preposition holds and that an earlier predicate has not taken
as its object; a predicate without one takes the clause's subject so far (visited Wonsan and met Choe). Behind the
predicate, ``from`` marks the giver, ``by`` the agent, ``in`` a place; the first other name is the object, and ``to``,
``with``, ``against`` mark it where a thing comes between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from keisei.documents.context import Context
from keisei.documents.events.rules import Rule
from keisei.documents.records import Mention

Ids = tuple[str, ...]
_PREPOSITION = re.compile(
    r"\b(?P<p>of|in|with|by|from|for|to|on|against|at|between|over|near|about|under|towards?|among|into|like|than|as|alongside|via|across|inside|outside|through|throughout|behind|beyond|within)\s+"
    r"(?:(?:the|a|an|its|his|her|their|former|then|both|neighbou?ring|[\w’'\-]+ly)\s+|(?!(?:that|and|which|who|as)\b)(?-i:[a-z])[\w’'\-]*\s+){0,2}$",
    re.I,
)
_MEMBERS = re.compile(
    r"\b(?:[Mm]embers|[Mm]ajority|[Mm]ost|[Aa]ll|[Rr]est|[Ll]eaders|[Gg]overnment|[Ss]ailors|[Pp]eople) of$"
)
_JOIN = re.compile(
    r"\s*(?:,|and|, and|&|or|as well as|along with)\s*(?:the\s+|its\s+|his\s+)?(?:[A-Z][\w\-]+(?:'s|’s)?\s+(?:[A-Za-z\-]+\s+){0,3}?)?"  # noqa: E501
)
_AND_OTHERS = re.compile(
    r",? (?:and|as well as|along with) (?:(?!the\b)[a-z0-9-]+ ){0,3}(?:partners|others|allies|states|countries|nations|members|governments)\b"  # noqa: E501
)
_AND = re.compile(r"\b(?:and|or|as well as|along with)\b|&")
_NOMINAL = re.compile(
    r"\b(?:the|a|an|its|their|his|her|of|for|over|after|following|before|any|new|recent|latest|in|on|by|about|involved in|condemn\w+|two|three|\d+|'s|’s)\s+(?:[\w\-]+\s+){0,2}$|^\s*$",  # noqa: E501
    re.I,
)
_POSSESSIVE = re.compile(r"\b(?:its|their|his|her)\s+(?:[\w\-]+\s+){0,2}$", re.I)
_BE = re.compile(r"\b(?:was|were|is|are|been|being|be|got)\s+(?:\w+ly\s+|also\s+|not\s+)?$")
_SAID_OTHER = re.compile(
    r"\b(?:said|says|told \w+|reported|estimated|claimed)\s+(?:(?:on|in|last|this)\s\w+\s+)?(?:that\s+)?(?!he\b|she\b|it\b|they\b|its\b|their\b|his\b|her\b|will\b|would\b)[\w\d]",  # noqa: E501
)
_ACCUSED = re.compile(r"\b(?:accus|suspect|blam)\w*\s+(?:the\s+)?$")
# whose agent stands behind another participle: blacklisted two accused of laundering money stolen by hackers
_OTHER_VERB = re.compile(
    r"\b(?:(?!(?:hundred|united|advanced|armed|unmanned)\b)\w{3,}ed|stolen|made|built|sold|held|sent)\b", re.I
)
_AND_VERB = re.compile(r"\b(?:and|but) (?:\w+ly |also |later |then |has |have |had )?$")
_VERB_BEFORE = re.compile(r"\b\w{2,}(?:ed|s) (?:the )?$")
_OWN = re.compile(r"^(?:'s|’s|s'|s’)")


@dataclass(frozen=True)
class Clause:
    """A clause with its actors in order, and the spans that earlier predicates took as objects."""

    start: int
    end: int
    actors: list[Mention]
    objects: set[int]
    subject: Ids


def preposition(context: Context, low: int, mention: Mention) -> str | None:
    """The preposition that holds a name, through an article and up to two small words."""
    before = context.text[max(low, mention.start - 48) : mention.start]
    match = _PREPOSITION.search(before)
    if match and match["p"].lower() == "of" and _MEMBERS.search(before[: match.end("p")]):
        return None  # the other members of the Council act as the Council
    return match["p"].lower() if match else None


def together(context: Context, pool: list[Mention], mention: Mention, forward: bool) -> Ids:
    """A name with those joined to it by commas and ``and``."""
    index, step = pool.index(mention), (1 if forward else -1)
    ids, edge, k = list(mention.ids), mention, index + step
    # a comma alone joins nothing: A, B and C; A, B and eight partners
    listed = not forward and bool(_AND_OTHERS.match(context.text, mention.end))
    while 0 <= k < len(pool):
        other = pool[k]
        gap = context.text[edge.end : other.start] if forward else context.text[other.end : edge.start]
        if not _JOIN.fullmatch(gap):
            break
        listed = listed or bool(_AND.search(gap))
        if not listed and not forward:
            break
        ids = [*ids, *other.ids] if forward else [*other.ids, *ids]
        edge, k = other, k + step
    return tuple(dict.fromkeys(ids if listed else mention.ids))


def _place(context: Context, mention: Mention) -> bool:
    entity = context.entities.get(mention.ids[0])
    return entity is not None and entity.type == "place"


def sides(
    context: Context, clause: Clause, rule: Rule, begin: int, stop: int, inside: list[Mention]
) -> tuple[Ids, Ids, list[Mention]]:
    """Sources and targets of the predicate at ``[begin, stop)`` and the names taken as its object."""
    text, pool = context.text, clause.actors
    before = [m for m in pool if m.end <= begin]
    behind = [m for m in pool if m.start >= begin and m not in before]
    held = {id(m): preposition(context, clause.start, m) for m in pool}
    free = [m for m in before if held[id(m)] is None and m.start not in clause.objects]
    spoke = [m for m in free if _SAID_OTHER.search(text[m.end : begin])]
    # what someone said another thing did (said more than 200 missiles were delivered) is not the speaker's deed
    free = [m for m in free if m not in spoke]
    if free and _AND_VERB.search(text, max(clause.start, begin - 20), begin):
        # X accused Y of … and vowed: the first subject goes on
        object_first = clause.subject and _VERB_BEFORE.search(
            text, max(clause.start, free[0].start - 16), free[0].start
        )
        free = [] if object_first else free[:1]
    subject = together(context, pool, free[-1], False) if free else () if spoke else clause.subject
    accused = [
        m
        for m in before
        if _ACCUSED.search(text[max(clause.start, m.start - 24) : m.start])
        and re.match(r"\s(?:of|for)\b", text[m.end : m.end + 6])
    ]
    joined = _AND_VERB.search(text, max(clause.start, begin - 20), begin) is not None
    subject = accused[-1].ids if accused and not joined else subject  # accuse Iran of having supplied Russia: Iran did
    owner = [m for m in before if _OWN.match(text[m.end : m.end + 2]) and begin - m.end <= 40]
    if owner and _AND_VERB.search(text, max(clause.start, begin - 20), begin):
        owner = []  # vigilant about Japan's intentions and had lodged: the subject goes on
    if owner and free and free[-1].start > owner[-1].end:
        owner = []  # Kim's sister, Kim Yo Jong, brushed aside
    lead = text[max(clause.start, begin - 40) : begin]
    nominal = bool(_NOMINAL.search(lead)) and not re.match(r"\w+ed\b", text[begin:stop])
    if owner:
        subject = owner[-1].ids
    elif nominal and not _POSSESSIVE.search(lead):
        near = [
            m
            for m in before
            if re.fullmatch(r"\s(?:(?!(?:to|of|in|for|on|with|from|by|at)\b)[a-z\-]+\s){0,2}", text[m.end : begin])
        ]
        subject = (
            together(context, pool, near[-1], False)
            if near
            else subject
            if rule.frame in ("mutual", "visit", "mutual_or_self")
            else ()
        )
    giver = next((together(context, pool, m, True) for m in behind if held[id(m)] == "from"), ())
    agent = next(
        (
            together(context, pool, m, True)
            for m in behind
            if held[id(m)] == "by" and not _OTHER_VERB.search(text, stop, m.start)
        ),
        (),
    )
    pair = next((together(context, pool, m, True) for m in behind if held[id(m)] == "between"), ())
    marked = [m for m in behind if held[id(m)] in ("to", "with", "against", "on", "for", "at", "of", "toward", "towards", "into", "alongside")]  # fmt: skip  # noqa: E501
    plain = [m for m in behind if held[id(m)] is None or m in inside]
    order = sorted(marked[:1] + plain[:1], key=lambda m: m.start)
    if rule.plover == "AID" and rule.frame == "act":
        order = [m for m in marked if held[id(m)] == "to"] or order
    first = order[0] if order else None
    target = together(context, pool, first, True) if first else ()
    if rule.frame == "visit":
        place = next(
            (m for m in context.mentions_in(begin, clause.end) if m.end <= clause.end and _place(context, m)), None
        )
        if first is not None and (place is None or place.start > first.start):
            place = None
        land = context.entities.get(place.ids[0]) if place else None
        target = (land.country,) if land and land.country else target
        first = place or first
    taken = [m for m in behind if first is not None and m.start >= first.start and set(m.ids) & set(target)]
    passive = bool(
        _BE.search(text[max(clause.start, begin - 24) : begin])
        or re.search(r"\b(?:was|were|been|are|is|be) \w+ed\b", text[begin:stop])
    ) and not re.match(r"\w+ing\b", text[begin:stop])
    if passive and rule.frame not in ("mutual", "self", "mutual_or_self"):
        if rule.plover == "AID" and target and not agent:
            return giver, target, taken
        return agent, subject or (target if first is not None and held.get(id(first)) != "by" else ()), taken
    if agent and rule.frame == "mutual":
        return agent, (agent if len(agent) > 1 else ()), taken  # signed by Obama and Medvedev
    if agent:
        return agent, target if first is not None and held.get(id(first)) != "by" else subject, taken
    if rule.frame in ("mutual", "mutual_or_self"):
        both = pair or tuple(dict.fromkeys((*subject, *target)))
        return both, (both if len(both) > 1 else ()), taken
    if rule.frame == "self":
        return subject or target, (), taken
    if rule.frame == "receive":
        return giver or (() if rule.instrument == "election" else target), subject, taken
    if rule.frame == "request":
        return subject, giver or target, taken
    if rule.plover == "COERCE" and rule.instrument == "finance" and giver:
        return tuple(i for i in subject if i not in giver), giver, taken  # drained from X: X lost it
    if giver and not subject:
        subject = giver
    return subject, tuple(t for t in target if t not in subject), taken


__all__ = ["Clause", "preposition", "sides", "together"]
