"""The news reader of Japanese dates: which reader says what a pattern means on the day of publication."""

from __future__ import annotations

import re
from collections.abc import Callable

from keisei.documents.dates.calendar_ja import (
    Match,
    century,
    d,
    dd_list,
    dd_range,
    decade,
    following,
    iso,
    m,
    md,
    mm_range,
    y,
    y_fiscal,
    y_part,
    y_whole,
    ym,
    ymd,
    yy,
    yy_fiscal,
    yy_list,
    yy_md,
    yy_mm,
    yy_next,
    yy_part,
    yy_range,
)
from keisei.documents.dates.context import Context
from keisei.documents.dates.patterns_ja import PATTERNS, Pattern
from keisei.documents.dates.readings import Reading
from keisei.documents.dates.relative_ja import (
    ago,
    come,
    every,
    feast,
    now,
    past,
    quarter,
    same_time,
    season,
    since,
    soon,
    still,
    term_of,
    then,
    vague,
    vague_span,
    week_rule,
    weekday,
    year_now,
)

READERS: dict[str, Callable[[Match, Context], Reading | None]] = {
    "ja.ymd": ymd,
    "ja.ym": ym,
    "ja.y.part": y_part,
    "ja.y.fiscal": y_fiscal,
    "ja.decade": decade,
    "ja.century": century,
    "ja.same": same_time,
    "ja.y": y,
    "ja.y.whole": y_whole,
    "ja.yy.md": yy_md,
    "ja.yy.part": yy_part,
    "ja.yy": yy,
    "ja.yy.fiscal": yy_fiscal,
    "ja.yy.next": yy_next,
    "ja.feast": feast,
    "ja.md": md,
    "ja.m.part": m,
    "ja.m": m,
    "ja.next": following,
    "ja.d": d,
    "ja.week.day": week_rule,
    "ja.week.part": week_rule,
    "ja.week": week_rule,
    "ja.weekday": weekday,
    "ja.iso": iso,
    "ja.yy.range": yy_range,
    "ja.yy.list": yy_list,
    "ja.dd.range": dd_range,
    "ja.dd.list": dd_list,
    "ja.mm.range": mm_range,
    "ja.yy.mm": yy_mm,
    "ja.ago": ago,
    "ja.past": past,
    "ja.still": still,
    "ja.season": season,
    "ja.now": now,
    "ja.then": then,
    "ja.since": since,
    "ja.y.now": year_now,
    "ja.every": every,
    "ja.quarter": quarter,
    "ja.term": term_of,
    "ja.soon": soon,
    "ja.come": come,
    "ja.vague": vague,
    "ja.vague.span": vague_span,
}


def by_first_character(patterns: tuple[Pattern, ...]) -> dict[str, tuple[Pattern, ...]]:
    """Patterns to try at a character, in the order of the table."""
    index: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for character in set(pattern.starts):
            index.setdefault(character, []).append(pattern)
    return {character: tuple(found) for character, found in index.items()}


STARTS = by_first_character(PATTERNS)
TRIGGER = re.compile(f"[{re.escape(''.join(sorted(STARTS)))}]")
