"""English claims: reported judgement (X said that …, according to X), hedged and judging sentences of the text's own voice."""  # noqa: E501

from __future__ import annotations

import re

from keisei.documents.context import Context, Line
from keisei.documents.events.roles import is_actor
from keisei.documents.records import Claim, Event

_UNLIKELY = re.compile(
    r"\b(?:unlikely|improbable|hardly (?:likely|conceivable)|doubtful|little (?:chance|prospect|likelihood)|not likely|cannot imagine)\b",  # noqa: E501
    re.I,
)
_LIKELY = re.compile(
    r"\b(?:likely|probably|presumably|seems?|appears?|apparently|suggests?|expected|should be|in all likelihood|believes?|believed|is thought)\b",  # noqa: E501
    re.I,
)
_POSSIBLE = re.compile(
    r"\b(?:(?-i:may)|might|could|possibl[ey]|perhaps|risks?|potentially|conceivabl[ey]|uncertain|unclear)\b", re.I
)
_ADVICE = re.compile(
    r"\b(?:should|ought to|must|needs? to|had better)\b(?! (?:be|have been) (?:likely|expected))", re.I
)
_FUTURE = re.compile(r"\b(?:will|won't|would|going to|shall|(?-i:may)|might|could)\b", re.I)
_CONDITION = re.compile(r"\b(?P<c>(?:if|unless|provided that|as long as|(?-i:Should))\s[^,.;]{4,120})", re.I)
_SAID = re.compile(
    r"\b(?:said|says|argued?s?|argues|warned|warns|noted|notes|told|added|believes?|believed|explained|suggested|claimed|stressed|predicted|writes|wrote|thinks|contends|insisted)\b",
    re.I,
)
_ACCORDING = re.compile(r"\baccording to\s+(?:the\s+)?$", re.I)
_HELD = re.compile(r"\b(?:of|in|with|from|for|to|on|at|by|over|near|about)\s+(?:the\s+)?$", re.I)
_JUDGING = re.compile(
    r"\b(?:important|crucial|critical|significant|difficult|hard|easy|dangerous|threat|inevitabl\w+|clear|obvious\w*|serious|remarkable|never|always|most|more|less|rather|mainly|because|therefore|thus|reflects?|shows?|means?|remains?|"
    r"is|are|has become|marks?|signals?)\b", re.I,
)  # fmt: skip
_TOLD = re.compile(
    r"\b(?:met|visited|signed|launched|arrived|fired|attended|announced|held|left|returned|killed|arrested|sent)\b",
    re.I,
)


def find_english_claims(context: Context, events: list[Event]) -> list[Claim]:
    """All claims of an English text, in order."""
    out: list[Claim] = []
    last: str | None = None
    told = {e.trigger[0] for e in events}
    for line in context.lines:
        if line.kind != "body" or len(line.text) < 24:
            continue
        speaker, start, end = _reported(context, line, last)
        if speaker is not None:
            last = speaker
        text = context.text[start:end]
        strength = _strength(text)
        if speaker is None:
            has_event = any(line.start <= t < line.end for t in told)
            if (
                strength == "certain"
                and not _ADVICE.search(text)
                and (not _JUDGING.search(text) or (has_event and _TOLD.search(text)))
            ):
                continue
            speaker = context.speaker(line)
        condition = _CONDITION.search(text)
        future = bool(_FUTURE.search(text))
        if _ADVICE.search(text) and not condition:
            kind = "advice"
        elif condition and future:
            kind = "conditional_forecast"
        else:
            kind = "forecast" if future else "assessment"
        about = tuple(dict.fromkeys(i for m in context.mentions_in(start, end) for i in m.ids))
        polarity = "negated" if re.search(r"\b(?:not|never|no)\b|n't\b", text) else "affirmed"
        out.append(
            Claim(
                start,
                end,
                speaker,
                kind,
                strength,
                polarity,
                condition["c"].strip() if condition else None,
                about,
                "CE-voice",
            )
        )
    return out


def _strength(text: str) -> str:
    if _UNLIKELY.search(text):
        return "unlikely"
    if _POSSIBLE.search(text):
        return "possible"
    return "likely" if _LIKELY.search(text) else "certain"


def _reported(context: Context, line: Line, last: str | None) -> tuple[str | None, int, int]:
    """The reported speaker and the span of the words reported."""
    text = context.text
    actors = [m for m in context.mentions_in(line.start, line.end) if m.end <= line.end and is_actor(context, m)]
    for mention in actors:
        if _ACCORDING.search(text[max(line.start, mention.start - 24) : mention.start]):
            return mention.ids[0], line.start, line.end
    match = _SAID.search(line.text)
    if match is None:
        return None, line.start, line.end
    verb = line.start + match.start()
    after = line.start + match.end()
    quotes = [(m.start() + line.start, m.end() + line.start) for m in re.finditer(r"[“\"][^“”\"]{8,}[”\"]", line.text)]
    before = [m for m in actors if m.end <= verb and verb - m.end <= 90]
    free = [m for m in before if not _HELD.search(text[max(line.start, m.start - 30) : m.start])]
    before = free or before
    behind = [m for m in actors if m.start >= after and m.start - after <= 12]
    speaker = behind[0].ids[0] if behind and quotes and quotes[0][0] < verb else (before[-1].ids[0] if before else None)
    if speaker is None and re.search(r"\b(?:he|she|they)\s*$", line.text[: match.start()], re.I):
        speaker = last
    if speaker is None:
        return None, line.start, line.end
    if quotes:
        return speaker, quotes[0][0], quotes[-1][1]
    comma = line.text.rfind(",", 0, match.start())
    if not before or verb - line.start > len(line.text) * 0.6:
        return speaker, line.start, line.start + comma if comma > 20 else line.end
    that = re.match(r"\s*(?:that\s+)?", text[after : line.end])
    return speaker, after + (that.end() if that else 0), line.end


__all__ = ["find_english_claims"]
