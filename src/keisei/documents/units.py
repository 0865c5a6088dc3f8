"""A stretch of words with its speaker, and those that stand in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from keisei.documents.asserted import split
from keisei.documents.context import Context, Line
from keisei.documents.events.roles import Frame


@dataclass(frozen=True)
class Unit:
    start: int
    end: int
    speaker: str
    rule: str
    tail: str  # words behind it that carry the mood of the whole (と考えられる)


def steps(frame: Frame, speaker: str) -> list[Unit]:
    """The steps of a sentence; words quoted in it are a claim of their own."""
    long = [q for q in frame.quotes if q[1] - q[0] >= 9]
    if not long:
        return [Unit(start, end, speaker, "C-step", "") for start, end in split(frame)]
    start, end = long[0]
    first = [Unit(frame.line.start, start - 2, speaker, "C-step", "")] if start - frame.line.start > 10 else []
    return [*first, Unit(start, end, speaker, "C-quote", "")]


def own_voice(context: Context, line: Line) -> str | None:
    """The author of what is summed up speaks in a quotation that has no other speaker."""
    speaker = context.speaker(line)
    return speaker if context.digest and speaker != "AUTHOR" else None


def lone_quotation(frame: Frame) -> tuple[int, int] | None:
    """The quotation that is a sentence of its own, with no verb of saying."""
    line = frame.line
    for start, end in frame.quotes:
        if start == line.start + 1 and line.text[end - line.start :].strip("」。 　") == "" and end - start >= 5:
            return start, end
    return None


def quoted_units(context: Context, start: int, end: int, speaker: str) -> list[Unit]:
    """The sentences inside a quotation, each a claim; a lone one with its brackets."""
    pieces = re.finditer(r"[^。]+?(?:[^。]{14}(?:ておらず|ており)、(?=[^。]{14})|。|$)", context.text[start:end])
    inner = [i for i in pieces if len(i.group()) >= 6]
    if len(inner) > 1:
        return [Unit(start + m.start(), start + m.end(), speaker, "C-quote", "") for m in inner]
    return [Unit(start - 1, end + 1, speaker, "C-quote", "")]


__all__ = ["Unit", "lone_quotation", "own_voice", "quoted_units", "steps"]
