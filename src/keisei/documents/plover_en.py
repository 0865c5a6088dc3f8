"""PLOVER type of an English sentence whose source and target are known (the task of the PLOVER gold sentences)."""

from __future__ import annotations

import re

from keisei.documents.events.rules import Rule, rules

_NEGATED = re.compile(r"\b(?:not|never|no longer|n't)\s+(?:\w+\s){0,2}$", re.I)
_INFINITIVE = re.compile(r"\b(?:to|of|for|after|over|following|despite|amid|since|about)\s+(?:\w+\s){0,3}$", re.I)


def _candidates(text: str) -> list[tuple[int, int, int, Rule]]:
    out = []
    for rank, rule in enumerate(rules("en").rules):
        for match in rule.pattern.finditer(text):
            if match.end() > match.start():
                out.append((match.start(), match.end(), rank, rule))
    return out


def classify(marked: str) -> Rule | None:
    """The rule for a sentence with ``<s>source</s>`` and ``<t>target</t>`` marked, or None where no rule speaks.

    The main predicate is taken to be the first one behind the source (before it where the source stands behind by);
    what the predicate governs (refused to *meet*) and what stands inside the names does not count.
    """
    source = re.search(r"<s>(.*?)</s>", marked)
    target = re.search(r"<t>(.*?)</t>", marked)
    text = re.sub(r"</?[st]>", lambda m: " " * len(m.group()), marked)
    found = _candidates(text)
    if not found:
        return None
    s_start, s_end = (source.start(), source.end()) if source else (0, 0)
    t_start, t_end = (target.start(), target.end()) if target else (len(text), len(text))

    def inside(start: int) -> bool:
        return s_start <= start < s_end or t_start <= start < t_end

    outside = [c for c in found if not inside(c[0])] or found
    passive = t_end <= s_start and re.search(r"\bby\s*$", text[max(0, s_start - 12) : s_start]) is not None
    if passive:
        between = [c for c in outside if t_end <= c[0] < s_start]
        if between:
            return min(between, key=lambda c: (c[0], c[2]))[3]
    behind = [c for c in outside if c[0] >= s_end]
    pool = behind or [c for c in outside if c[0] < s_start] or outside

    def cost(candidate: tuple[int, int, int, Rule]) -> tuple[float, int]:
        start, end, rank, _ = candidate
        distance = start - s_end if start >= s_end else (s_start - end) + 60
        late = 25.0 if t_start >= s_end and start > t_start else 0.0
        governed = 30.0 if _INFINITIVE.search(text[max(0, start - 30) : start]) else 0.0
        return distance + late + governed, rank

    return min(pool, key=cost)[3]


__all__ = ["classify"]
