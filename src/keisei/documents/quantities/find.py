"""One pass over a text for quantities, beside the dates already found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from keisei.documents.dates.fold import addresses, fold
from keisei.documents.dates.spans import DateSpan
from keisei.documents.quantities import english, japanese
from keisei.documents.quantities.found import Found
from keisei.documents.quantities.spans import QuantitySpan

_SENTENCE = re.compile(r"[。\n!?]|[.!?](?=\s)")


def find_quantities(text: str, *, language: str, dates: Sequence[DateSpan]) -> list[QuantitySpan]:
    """Every number with a unit or a counted thing, in order, none overlapping another or a date.

    Args:
        text: any text; offsets are its code points.
        language: "ja" or "en".
        dates: the dates of the same text, in order; a number inside one is no quantity (in 過去2回 the date is
            過去 alone).

    Raises:
        ValueError: the language is neither.
    """
    folded = fold(text)
    blocked = sorted([(d.start, d.end) for d in dates] + addresses(folded))
    if language == "ja":
        found = japanese.find(folded, blocked)
    elif language == "en":
        found = english.find(folded, blocked)
    else:
        raise ValueError(f"no quantity reader for the language {language!r}: ja or en")
    starts = [d.start for d in dates]
    spans: list[QuantitySpan] = []
    for one in found:
        before = spans[-1] if spans else None
        rule = one.rule
        if before and _converts(folded, before, one):
            rule += "+converted"
        spans.append(
            QuantitySpan(
                start=one.start,
                end=one.end,
                quote=text[one.start : one.end],
                value=one.value,
                low=one.low,
                high=one.high,
                unit=one.unit,
                approximate=one.approximate,
                of=one.of,
                date=_date(folded, one.start, dates, starts),
                rule=rule,
            )
        )
    return spans


def _converts(text: str, before: QuantitySpan, one: Found) -> bool:
    """Whether a quantity in brackets restates the one right before them in another unit."""
    between = text[before.end : one.start]
    return len(between) <= 6 and between.lstrip().startswith("(") and before.unit != one.unit and ")" not in between


def _date(text: str, start: int, dates: Sequence[DateSpan], starts: list[int]) -> str | None:
    """The value of the last date before, within the same sentence."""
    for index in range(bisect_right(starts, start) - 1, max(-1, bisect_right(starts, start) - 4), -1):
        date = dates[index]
        if start - date.end > 200 or _SENTENCE.search(text, date.end, start):
            return None
        if date.value is not None:
            return date.value
    return None
