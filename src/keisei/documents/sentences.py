"""Sentences with their place in the text. A quotation in brackets does not end the sentence it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN, _CLOSE = "「『（(〈《【［[“", "」』）)〉》】］]”"
_STOP = re.compile(
    r"[。．！？!?\n\r\f\x0b\x85\u2028\u2029「『（(〈《【［\[“」』）)〉》】］\]”]|\.(?=\s+[\"'“(]?[A-Z0-9]|\s*$)"
    r"|[.?!]\"(?=\s+[\"“(]?[A-Z])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:U\.S|U\.N|U\.K|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Adm|Jr|Sr|St|No|vs|etc|Jan|Feb|Mar|Apr|Aug|Sept?|Oct"
    r"|Nov|Dec|Prof|Inc|Corp|Co|Ltd|[A-Z]))$"
)
_NEXT = re.compile(r"\s+[\"“(]?[A-Z]")
MAX = 2000  # a longer stretch without an end is cut, so that time and memory stay bounded


@dataclass(frozen=True)
class Sentence:
    """``text`` is ``original[start:end]``; ``line`` counts lines from 0; ``last`` is true for the last of its line."""

    start: int
    end: int
    text: str
    line: int


def split(text: str) -> list[Sentence]:
    """Split a text at 。！？ and line ends (and at full stops before a capital), outside brackets.

    A bracket that is not closed in its line does not swallow the rest: depth falls back to nought at the line's end.
    """
    out: list[Sentence] = []
    begin, depth, line = 0, 0, 0

    def add(until: int) -> None:
        nonlocal begin
        a, b = begin, until
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        while a < b:
            cut = min(b, a + MAX)
            out.append(Sentence(a, cut, text[a:cut], line))
            a = cut
        begin = until

    for match in _STOP.finditer(text):
        char = match.group()
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
            if char == "”" and depth == 0 and text[match.start() - 1] in ".?!" and _NEXT.match(text, match.end()):
                add(match.end())
        elif char in "\n\r\f\x0b\x85\u2028\u2029":
            add(match.end())
            depth = 0
            line += char == "\n"
        elif depth == 0 or (char in "。！？" and match.end() - begin > 600):
            if char[0] == "." and _ABBREVIATION.search(text, max(begin, match.start() - 8), match.start()):
                continue
            add(match.end())
            depth = 0
    add(len(text))
    return out


__all__ = ["MAX", "Sentence", "split"]
