"""English claims: reported judgement (X said that …, according to X), hedged and judging sentences of the text's own voice.

A quotation without a verb of saying goes on with the words of the speaker quoted last. What a body merely reports to
have happened is an event and no claim.
"""  # noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass

from keisei.documents.context import Context, Line
from keisei.documents.events.roles import is_actor
from keisei.documents.records import Claim, Event, Mention

_UNLIKELY = re.compile(
    r"\b(?:unlikely|improbable|hardly (?:likely|conceivable)|doubtful|doubts?|little (?:chance|prospect|likelihood|reason to)|not likely|cannot imagine|hard to (?:imagine|see)|far-fetched|implausible)\b",  # noqa: E501
    re.I,
)
_LIKELY = re.compile(
    r"\b(?:likely|probably|presumably|seems?|seemed|appears?|appeared|apparently|suggests?|expected|expects?|should be|in all likelihood|is thought|almost certainly|estimates?d?|tends? to|probable)\b",  # noqa: E501
    re.I,
)
_POSSIBLE = re.compile(
    r"\b(?:(?-i:may)|might|could(?! not\b)|possibl[ey]|possibility|perhaps|risks?|potentially|conceivabl[ey]|uncertain|unclear|can)\b",  # noqa: E501
    re.I,
)
_WILL = re.compile(r"\b(?:will|won['’]t|would|is going to|are going to|is bound to)\b", re.I)
_ADVICE = re.compile(
    r"\b(?:should(?! expect)|ought to|must|needs? to|had better|it is time (?:to|for)|would do well to)\b(?! (?:be|have been) (?:likely|expected)| have\b)",  # noqa: E501
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:should expect|expects? \w+ to|will|won['’]t|would|going to|shall|(?-i:may)|might|could|unlikely to|likely to|bound to|expected to)\b(?! have\b)",  # noqa: E501
    re.I,
)
_CONDITION = re.compile(r"\b(?P<c>(?:if|unless|provided that|as long as|(?-i:Should)|without)\s[^,.;]{4,120})", re.I)
_VERB = (
    r"said|says|argued|argues|warned|warns|noted|notes|told|added|adds|believes?|believed|explained|explains|suggested|claimed|claims|stressed|predicted|predicts|writes|wrote|thinks|"
    r"contends|contended|insisted|insists|estimates|estimated|concluded(?= that|,)|concludes(?= that|,)|cautioned|cautions|observed|assessed|assesses|maintains|maintained|put it|sees|expects|countered|counters"  # noqa: E501
)
_SAID = re.compile(rf"\b(?:{_VERB})\b", re.I)
_TOLD_ONLY = re.compile(r"\b(?:said|says|told|added|announced|reported|claimed|noted)\b", re.I)
_ACCORDING = re.compile(r"\baccording to\s+(?:the\s+)?$", re.I)
_VIEW = re.compile(r"\b(?:[Ii]n|[Tt]o) (?:his|her|their|its) (?:view|eyes|mind|assessment|opinion)\b")
_PRONOUN = re.compile(r"\b(?:he|she|they|it)\s*(?:also |then |later )?$", re.I)
_HELD = re.compile(
    r"\b(?:of|in|with|from|for|to|on|at|by|over|near|about|between|against|than)\s+(?:the\s+|an?\s+)?(?:[\w’'\-]+\s){0,2}$",
    re.I,
)
_BEFORE_THAT = re.compile(
    r"(?:\s+(?:(?:on|in|at|last|late|early|this)\s)?[\w’'.\-]+){0,9}?\s+that\s+|\s*[,:]?\s*(?:that\s+)?"
)
_JUDGING = re.compile(
    r"\b(?:important|crucial|critical|significant|difficult|hard|easy|dangerous|threat|inevitabl\w+|clear|obvious\w*|serious|remarkable|never|always|most|more|less|rather|mainly|because|"
    r"therefore|thus|reflects?|shows?|means?|remains?|is|are|has become|have become|marks?|signals?|matters?|lacks?|worr\w+|fears?|wants?|prefers?|hopes?|depends?|reliance|too|best|worst|"  # noqa: E501
    r"unlike|contrary to|cannot|can't|no longer|only|far|real|little|few|enough|unprecedented|key|central|explain\w*|due to|result)\b",  # noqa: E501
    re.I,
)  # fmt: skip
_STRONG_JUDGING = re.compile(
    r"\b(?:important|crucial|critical|significant|difficult|hard|easy|dangerous|threat|inevitabl\w+|clear|obvious\w*|serious|remarkable|more than|rather|because|therefore|thus|reflects?|"  # noqa: E501
    r"shows?|means?|remains?|has become|marks?|signals?|matters?|worr\w+|fears?|wants?|prefers?|best|worst|cannot|no longer|real|little|unprecedented|key|central|is (?:a|an|the|not|no|also|less|"  # noqa: E501
    r"only|still|far|too|what|why|now)|are (?:a|an|the|not|no|also|less|only|still|far|too|now))\b",
    re.I,
)  # fmt: skip
# verbs whose object is what is judged: accuse Iran of …, dismissed the reports as "baseless"
_JUDGES = re.compile(
    r"\b(?:accus(?:e|es|ed)(?= (?:[\w'’.\-]+ ){1,6}of\b)|(?:dismiss(?:es|ed)?|denounc(?:es|ed)|condemn(?:s|ed)|describ(?:es|ed)|brand(?:s|ed)|reject(?:s|ed))(?= [^.;,]{1,60}\bas\b))"  # noqa: E501
)
_SECOND = re.compile(r",? (?:and|but) that (?=[a-zA-Z])")
_QUOTE = re.compile(r"[“\"][^“”\"]{8,}[”\"]")


@dataclass(frozen=True)
class _Reported:
    """Who speaks and the span of the words; ``quoted`` where they stand in quotation marks."""

    speaker: str
    start: int
    end: int
    quoted: bool
    verb: str


def find_english_claims(context: Context, events: list[Event]) -> list[Claim]:
    """All claims of an English text, in order."""
    out: list[Claim] = []
    last: tuple[int, str] | None = None
    recent: str | None = None  # whom he and she stand for: who spoke, or whom a sentence was about, last
    triggers = sorted(e.trigger[0] for e in events)
    for number, line in enumerate(context.lines):
        if line.kind != "body" or len(line.text) < 24 or line.text.endswith("?"):
            continue
        heard = last[1] if last and number - last[0] <= 3 else None
        recent = _subject(context, line) or recent
        reported = _reported(context, line, heard, recent)
        recent = reported.speaker if reported else recent
        start, end = (reported.start, reported.end) if reported else (line.start, line.end)
        if end - start < 12:
            continue
        text = context.text[start:end]
        strength = _strength(text)
        told = any(start <= t < end for t in triggers)
        if reported and strength == "certain" and re.match(r"estimat", reported.verb):
            strength = "likely"
        if reported:
            last = (number, reported.speaker)
            plain = strength == "certain" and not reported.quoted and not _ADVICE.search(text)
            if plain and _TOLD_ONLY.search(reported.verb) and (told or not _JUDGING.search(text)):
                continue
            speaker, rule = reported.speaker, "CE-quote" if reported.quoted else "CE-reported"
            second = _SECOND.search(context.text, start, line.end)
            if second and second.start() - start >= 16 and line.end - second.end() >= 16:
                # argued that … and that …: two judgements
                out.append(
                    _claim(
                        context, start, second.start(), speaker, _strength(context.text[start : second.start()]), rule
                    )
                )
                start, end = second.end(), line.end
                strength = _strength(context.text[start:end])
        else:
            plain = strength == "certain" and not _ADVICE.search(text)
            if plain and (not _JUDGING.search(text) or (told and not _STRONG_JUDGING.search(text))):
                continue
            speaker, rule = context.speaker(line), "CE-voice"
        out.append(_claim(context, start, end, speaker, strength, rule))
    return out


def _subject(context: Context, line: Line) -> str | None:
    """The person a sentence begins with."""
    for mention in context.mentions_in(line.start, min(line.end, line.start + 24)):
        entity = context.entities.get(mention.ids[0])
        if entity is not None and entity.type == "person":
            return mention.ids[0]
        if not re.match(r" [A-Z]", context.text[mention.end : mention.end + 2]):
            return None  # the sentence is about another
    return None


def _claim(context: Context, start: int, end: int, speaker: str, strength: str, rule: str) -> Claim:
    text = context.text[start:end]
    condition = _CONDITION.search(text)
    future = bool(_FUTURE.search(text))
    if _ADVICE.search(text) and not (condition and _WILL.search(text)):
        kind = "advice"
    elif condition and future and not condition["c"].lower().startswith("without"):
        kind = "conditional_forecast"
    else:
        kind = "forecast" if future else "assessment"
    about = tuple(dict.fromkeys(i for m in context.mentions_in(start, end) for i in m.ids))
    polarity = "negated" if re.search(r"\b(?:not|never|no)\b|n['’]t\b", text) else "affirmed"
    clause = condition["c"].strip() if condition and kind == "conditional_forecast" else None
    return Claim(start, end, speaker, kind, strength, polarity, clause, about, rule)


def _strength(text: str) -> str:
    if _UNLIKELY.search(text):
        return "unlikely"
    if re.search(r"\b(?:most )?likely\b|\bprobably\b|\balmost certainly\b|\bexpected to\b", text, re.I):
        return "likely"
    if _POSSIBLE.search(text):
        return "possible"
    if _LIKELY.search(text) or (_WILL.search(text) and not _ADVICE.search(text)):
        return "likely"
    return "certain"


def _reported(context: Context, line: Line, last: str | None, recent: str | None) -> _Reported | None:
    """The reported speaker and the words reported."""
    text = context.text
    actors = [m for m in context.mentions_in(line.start, line.end) if m.end <= line.end and is_actor(context, m)]
    quotes = [(m.start() + line.start, m.end() + line.start) for m in _QUOTE.finditer(line.text)]
    if _VIEW.search(line.text) and last:
        return _Reported(last, line.start, line.end, False, "view")
    for mention in actors:
        if _ACCORDING.search(text[max(line.start, mention.start - 24) : mention.start]):
            return _Reported(mention.ids[0], line.start, line.end, False, "said")
    judges = _JUDGES.search(line.text)
    if judges and not any(a <= line.start + judges.start() < b for a, b in quotes):
        speaker, _ = _speaker(context, line, actors, [], judges, last)
        if speaker:
            stop = re.search(r"[;,](?= (?:and|but|while)\b)|[;.]$", line.text[judges.end() :])
            return _Reported(
                speaker,
                line.start + judges.end(),
                line.start + judges.end() + stop.start() if stop else line.end,
                False,
                "judges",
            )
    outside = [m for m in _SAID.finditer(line.text) if not any(a <= line.start + m.start() < b for a, b in quotes)]
    if not outside:
        if last and sum(b - a for a, b in quotes) * 10 >= len(line.text) * 8:
            return _Reported(last, line.start, line.end, True, "goes on")
        return None
    match = outside[0]
    speaker, behind = _speaker(context, line, actors, quotes, match, recent or last)
    if speaker is None:
        return None
    after = line.start + match.end()
    long = [(a, b) for a, b in quotes if b - a >= 24]
    if long:
        return _Reported(speaker, long[0][0], long[-1][1], True, match.group())
    comma = line.text.rfind(",", 0, match.start())
    if behind or line.end - after < 30:
        return _Reported(speaker, line.start, line.start + comma if comma > 20 else line.end, False, match.group())
    that = _BEFORE_THAT.match(text, after, min(line.end, after + 110))
    return _Reported(speaker, that.end() if that else after, line.end, False, match.group())


def _speaker(
    context: Context,
    line: Line,
    actors: list[Mention],
    quotes: list[tuple[int, int]],
    match: re.Match[str],
    last: str | None,
) -> tuple[str | None, bool]:
    """Who says it, and whether the name stands behind the verb."""
    text = context.text
    verb, after = line.start + match.start(), line.start + match.end()
    if _PRONOUN.search(line.text[: match.start()]):
        return last, False
    free = [m for m in actors if not any(a <= m.start < b for a, b in quotes)]
    before = [m for m in free if m.end <= verb and verb - m.end <= 140]
    unheld = [m for m in before if not _HELD.search(text[max(line.start, m.start - 40) : m.start])]
    near = [m for m in unheld if _reaches(text[m.end : verb])]
    behind = [
        m for m in free if 0 <= m.start - after <= 24 and re.fullmatch(r"\s(?:[\w\-]+\s){0,3}", text[after : m.start])
    ]
    if behind and (not near or (quotes and quotes[0][1] <= verb + 2)):
        return behind[0].ids[0], True
    return (near[-1].ids[0], False) if near else (None, False)


def _reaches(gap: str) -> bool:
    """Whether only an apposition, an office or an adverb stands between a name and its verb of saying."""
    return len(gap) <= 24 or bool(
        re.fullmatch(
            r"(?:'s|’s)?[^,]{0,24}(?:,[^\"“”;]{2,120},|\s(?:of|at|from|with) (?:the )?[^,\"“”;]{3,80})?\s*(?:\w+ly |also |has |have |then )?",  # noqa: E501
            gap,
        )
    )


__all__ = ["find_english_claims"]
