"""How an English claim is weighed: its kind, its strength, its condition."""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.records import Claim

_UNLIKELY = re.compile(
    r"\b(?:unlikely|improbable|hardly (?:likely|conceivable)|doubtful|doubts?|little (?:chance|prospect|likelihood)|no (?:chance|prospect) (?:of|that)|slim|remote(?: chance| possibility)|a long shot|far from (?:certain|likely)|(?:seems|looks|appears) (?:un\w+|improbable)|not likely|cannot imagine|hard to (?:imagine|see)|far-fetched|implausible)\b",  # noqa: E501
    re.I,
)
_LIKELY = re.compile(
    r"\b(?:likely|probably|presumably|seems?|seemed|appears?|appeared|apparently|suggests?|expected|expects?|should be(?! \w+ing\b)|in all likelihood|is thought|almost certainly|estimates?d?|tends? to|probable|more likely than not|in all probability|most probably|looks? set to|is poised to|are poised to|is set to|are set to|is on course to|there is every (?:chance|reason)|no doubt|doubtless|my (?:guess|hunch|bet|sense) is|I (?:suspect|expect|would bet|would guess)|a good chance|strong chance|odds are|chances are|looks? (?:like|as if)|looks? (?!at\b|for\b|to\b|into\b|back\b|forward\b|after\b|up\b|over\b|on\b)|presumed|believed to|thought to|reportedly|ostensibly|evidently)\b",  # noqa: E501
    re.I,
)
_POSSIBLE = re.compile(
    r"\b(?:(?-i:may)|might|could(?! not\b)|possibl[ey]|possibility|perhaps|risks?|potentially|conceivabl[ey]|uncertain|unclear|maybe|plausib(?:le|ly)|cannot be (?:ruled out|excluded)|can['’]t be ruled out|an open question|remains to be seen|up in the air|in theory|can(?! (?:afford|count|boast|draw|point|rely|live|claim)\b))\b",  # noqa: E501
    re.I,
)
WILL = re.compile(r"\b(?:will|won['’]t|would|is going to|are going to|is bound to)\b", re.I)
ADVICE = re.compile(
    r"\b(?:would be (?:wise|well advised|better advised|foolish|a mistake) to|is better off|are better off|it is (?:high )?time|would do better to|(?:has|have) to (?:stop|start|act|find|accept|choose|learn|prepare|recognise|recognize)|should(?! (?:expect|worry|alarm|concern|come as|surprise|trouble|reassure|remind|be (?:obvious|clear|no surprise))\b)|ought to|must|needs? to|had better|it is time (?:to|for)|would do well to)\b(?! (?:be|have been) (?:likely|expected)| have\b)",  # noqa: E501
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:(?:almost |all but |virtually )?certain to|sure to|set to|poised to|(?:un)?likely (?:before|by|until|unless|if|this|next|in the|any)|doubts? that|should expect|expects? (?:[\w\-]+ ){1,5}?to|will|won['’]t|would|going to|shall|(?-i:may)(?! (?:still|already|well) be\b)|might|could|unlikely to|likely to|bound to|expected to|cannot \w+ until)\b(?! have (?:been|had|\w+(?:ed|en|one|ept|ost|ade|old))\b)",  # noqa: E501
    re.I,
)
_IF_FIRST = re.compile(r"\W*If (?:[^,.;]|, (?=and\b))*, (?!.*\b(?:was|were|had|did|would have)\b)(?=.{8,})")
# Should Beijing cut the oil, Were it to attack, Had it known
_INVERTED = re.compile(r"^(?P<c>(?:Should|Were|Had)\s[^,.?;]{4,120}),\s")
_CONDITION = re.compile(
    r"\b(?P<c>(?:if|unless|provided that|as long as|so long as|in the event (?:of|that)|(?-i:Should)|without)\s[^,.;]{4,120})",  # noqa: E501
    re.I,
)
_ODDS = re.compile(
    r"\b(?:odds|chances?|probability|likelihood)\b[^.;]{0,40}?\b(?P<n>\d{1,3})(?:\.\d)? ?(?:percent|per cent|%)|\b(?P<m>\d{1,3}) ?(?:percent|per cent|%) (?:chance|probability|likelihood)",  # noqa: E501
    re.I,
)
# an indirect question advises nothing: over how much relief the closure should buy
ASKED = re.compile(r"\b(?:how|what|whether|who|where|when|why)\b[^,;.]{0,90}\bshould\b[^,;.]*")


def make_claim(
    context: Context,
    start: int,
    end: int,
    speaker: str,
    strength: str,
    rule: str,
    asks: bool = False,
    ahead: bool = False,
) -> Claim:
    text = context.text[start:end]
    inverted = _INVERTED.search(text)
    condition = inverted or _CONDITION.search(text)
    future = bool(_FUTURE.search(text[inverted.end() :] if inverted else text))
    future = future or bool(_ODDS.search(text) and re.search(r"\b(?:puts?|sees?|gives?|rates?)\b", text))
    future = future or (ahead and not re.match(r"\W*that\b", text))
    if asks:
        kind = "advice"
    elif inverted:
        kind = "conditional_forecast" if future else "assessment"
    elif ADVICE.search(ASKED.sub("", text)) and not (condition and WILL.search(text)):
        kind = "advice"
    elif condition and (
        re.match(r"(?:as|so) long as", condition["c"], re.I)
        or (future and not condition["c"].lower().startswith("without"))
    ):
        kind = "conditional_forecast"
    elif condition and _IF_FIRST.match(text):
        kind = "conditional_forecast"  # If Moscow pays, Beijing loses its lever
    else:
        kind = "forecast" if future else "assessment"
    about = tuple(dict.fromkeys(i for m in context.mentions_in(start, end) for i in m.ids))
    polarity = "negated" if re.search(r"\b(?:not|never|no)\b|n['’]t\b", text) else "affirmed"
    clause = condition["c"].strip() if condition and kind == "conditional_forecast" else None
    return Claim(start, end, speaker, kind, strength, polarity, clause, about, rule)


def strength_of(text: str) -> str:
    inverted = _INVERTED.search(text)
    text = text[inverted.end() :] if inverted else text
    odds = _ODDS.search(text)
    if odds:
        chance = int(odds["n"] or odds["m"])
        return "unlikely" if chance < 40 else "possible" if chance < 60 else "likely"
    if re.search(r"\b(?:fifty-fifty|50-50|even odds|toss-up|coin toss)\b", text, re.I):
        return "possible"
    if _UNLIKELY.search(text):
        return "unlikely"
    if re.search(
        r"\b(?:most )?likely\b|\bprobably\b|\b(?:almost|nearly|all but|virtually) certain(?:ly)?\b|\bexpected to\b",
        text,
        re.I,
    ):
        return "likely"
    if _POSSIBLE.search(text):
        return "possible"
    if _LIKELY.search(text) or (re.search(r"\bwould\b", text) and not ADVICE.search(text)):
        return "likely"
    return "certain"


__all__ = ["ADVICE", "ASKED", "WILL", "make_claim", "strength_of"]
