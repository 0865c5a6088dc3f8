"""People of English texts that stand in no lexicon: beside an office, a verb of saying, an apposition; their forms."""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import Lexicon
from keisei.documents.newnames import eastern as family_first
from keisei.documents.newpeople import add, person_id
from keisei.documents.records import Entity
from keisei.documents.words import field_before, words

_PERSON = re.compile(
    r"(?<![\w'’.])[A-Z][a-zà-ž'’\-]+(?:\s(?:[A-Z]\.|al-|bin|van|von|de|da|[A-Z][a-zà-ž]?[A-Za-zà-ž'’\-]*)){1,3}(?![\w])"
)
_ROLE_WORD = re.compile(
    r"\b(?:negotiator|analyst|expert|researcher|diplomat|envoy|ambassador|lawmaker|spokes(?:man|woman|person)|historian|economist|professor|fellow|scholar|official|commander|"
    r"adviser|advisor|scientist|journalist|writer|author|activist|defector|director|chief|head|minister|secretary|premier|chancellor|governor|leader|president|counterpart|colleague|predecessor|successor|co-author)(?: on [A-Z]\w+)?,?\s+$"  # noqa: E501
)
_SAID = r"(?:said|says|told|argued?s?|argues|warned|warns|wrote|writes|noted|notes|added|adds|believes?|estimates?d?|contends?|put it|explained|suggested|predicted|predicts|cautioned|observed|concluded|thinks|agreed|disagreed|countered|replied|insisted)"  # noqa: E501
_BEHIND = re.compile(
    rf",? {_SAID}\b|, (?P<role>(?:an?|the|director|head|chief|president|professor|senior|former|deputy|vice|spokes\w+|chair\w*|associate|author|executive|research\w*|fellow|analyst|then|"  # noqa: E501
    rf"assistant|co-?\w+|who|whose|now)\b[^,.;]{{0,80}})"
)
_BEFORE = re.compile(
    r"\b(?:counters|countered|replies|replied|notes|noted|warns|warned|adds|added|predicts|predicted|reckons|reckoned|thinks|believes|insists|insisted|contends|contended|explains|explained|cautions|cautioned|recalls|recalled|objects|objected|observes|observed|writes|said|says|according to|wrote|argues|told|asked|(?:[Ii]n|[Bb]y|[Tt]o) the (?:view|eyes|words|telling|opinion|assessment|reckoning|account|reading) of)\s+$"  # noqa: E501
)
_NAMES_A_BODY = re.compile(r"\s(?:Institute|University|Foundation|Cent(?:er|re)|Council|Agency|Ministry|Forum)$")
_NO_NAME = re.compile(
    r"^(?:The|But|In|On|At|If|When|While|As|And|For|It|This|That|These|Those|North|South|East|West|New|United|Then|Some|Most|Many|Both|Its|His|Her|Their|Last|Next|After|Before|Since|Monday|"
    r"Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Western|Eastern|Northern|Southern|Pacific|War|"
    r"World|Cold|Great|Supreme|Foreign|National|International|General|Prime|Special|State)\b"
)


def people(text: str, found: Found, taken: bytearray) -> None:
    """Names beside an office, a verb of saying or an apposition."""
    title = words().english_title
    position = 0
    while (match := _PERSON.search(text, position)) is not None:
        start, end = match.span()
        # a run may begin with a name that is known or with an office (Japanese Defence Minister Gen Nakatani)
        words_ = [start, *(start + m.end() for m in re.finditer(r"\s", match.group()))]
        office = [w for w in words_[1:] if title.search(text, start, w)]
        if office and end > office[-1]:
            named = _PERSON.match(text, office[-1])
            start, end = named.span() if named else (office[-1], end)
        position = next((w for w in words_ if w > match.start()), end)
        if any(taken[start:end]) or _NO_NAME.match(text[start:end]) or _NAMES_A_BODY.search(text[start:end]):
            continue
        position = end
        lead = title.search(text, max(0, start - 40), start)
        behind = _BEHIND.match(text, end)
        before = text[max(0, start - 40) : start]
        word = _ROLE_WORD.search(before)
        if not (lead or behind or word or _BEFORE.search(before)) or (" " not in text[start:end] and not lead):
            continue
        name = text[start:end]
        role = lead.group().strip() if lead else word.group().strip(" ,") if word else None
        if role is None and behind and behind["role"]:
            role = behind["role"].strip()
        entity = Entity(person_id(name), "person", name, None, role, proposed=True)
        begin = lead.start() if lead else start
        field = field_before(text, lead) if lead else begin
        begin = begin if any(taken[field:begin]) else field
        add(found, taken, begin, end, entity, "new:person", True)
        if begin != start:
            found.forms.append((name, entity.id))


def _stands_alone(text: str, full: str, family: str) -> bool:
    """Whether a family name stands somewhere without the given name before it: only then is it a form of the text."""
    return len(re.findall(rf"\b{re.escape(family)}\b", text)) > text.count(full)


# Korean names in Latin letters: the family first, the given name with a hyphen (Park Min-jae)
_EASTERN = re.compile(r"(?<![\w\-])[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+$")


def person_forms(text: str, lexicon: Lexicon, found: Found) -> None:
    """The family name inside a full one; the longer form with the state before the office (Russian President …)."""
    states = {m.end: m for m in found.mentions if len(m.ids) == 1 and m.ids[0] in lexicon.states}
    for mention in list(found.mentions):
        entity = found.proposed.get(mention.ids[0]) or lexicon.entities.get(mention.ids[0])
        if entity is None or entity.type != "person" or mention.rule == "office":
            continue
        shown = text[mention.start : mention.end]
        whose = states.get(mention.start - 1)
        if whose and (mention.rule == "titled" or (mention.rule == "new:person" and _IN_OFFICE.match(shown))):
            found.forms.append((text[whose.start : mention.end], entity.id))
        if (role := _OF_MINISTRY.search(text, max(0, mention.start - 50), mention.start)) and shown[:1].isupper():
            found.forms.append((text[role.start() : mention.end], entity.id))
        parts = re.findall(r"[A-Z][\w'’\-]+", shown)
        eastern = entity.country in ("PRK", "KOR", "CHN", "VNM", "TWN") or bool(_EASTERN.search(shown))
        eastern = eastern or family_first(" ".join(parts))
        if len(parts) > 1 and not eastern and _stands_alone(text, shown, parts[-1]):
            found.forms.append((parts[-1], entity.id))


# foreign ministry spokesperson Lin Jian
_OF_MINISTRY = re.compile(
    r"\b(?:(?:foreign|defen[cs]e|unification|finance|commerce|interior|trade|health|justice) ministry|government|military|presidential|White House)"  # noqa: E501
    r" (?:spokes(?:man|woman|person)|official|director|chief|adviser|envoy) $"
)
_IN_OFFICE = re.compile(
    r"(?:[A-Z][a-z]+ )*(?:Minister|President|Secretary|Premier|Chancellor|Ambassador|Governor|Chairman|General|Admiral)\b"  # noqa: E501
)
# Kim's foreign minister, Choe Son Hui: the name with whose kin or servant it is
_WHOSE = re.compile(
    r"[A-Z][\w’'\-]+['’]s (?:[a-z]+ ){0,2}(?:minister|sister|brother|wife|daughter|son|aunt|uncle|father|envoy|spokes(?:man|woman|person)|adviser|aide|chief|deputy|premier|ambassador|negotiator|counterpart|predecessor|successor), $"  # noqa: E501
)


def kin(text: str, lexicon: Lexicon, found: Found) -> None:
    """The longer form of a name behind whose servant or kin its bearer is."""
    people_at = {m.start for m in found.mentions if _person(m.ids[0], lexicon, found)}
    for mention in list(found.mentions):
        if not _person(mention.ids[0], lexicon, found):
            continue
        lead = _WHOSE.search(text, max(0, mention.start - 60), mention.start)
        if lead and lead.start() in people_at:
            found.forms.append((text[lead.start() : mention.end], mention.ids[0]))


def _person(name: str, lexicon: Lexicon, found: Found) -> bool:
    entity = lexicon.entities.get(name) or found.proposed.get(name)
    return entity is not None and entity.type == "person"


__all__ = ["kin", "people", "person_forms"]
