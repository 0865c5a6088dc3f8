"""All date words of a request together: days, spans of days, lengths of time, and open spans (以降, 以前, から)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from keisei.documents.dates.fold import fold
from keisei.documents.dates.recognizers import Date, Recognised, parse_date, parse_duration
from keisei.documents.dates.recognizers_range import parse_period


@dataclass(frozen=True)
class Modelled(Recognised):
    """A result of the whole model: `mod` is "since", "after", "before" or "until" of an open span, "start", "mid" or
    "end" of a part, "more" or "less" of a bounded length, None else; `source` says what an open span was made from."""

    mod: str | None = None
    source: str | None = None


_MODS = (
    (re.compile(r"またはその後|またはそれ以降|か、?それ以降"), "since"),
    (re.compile(r"またはその前|またはそれ以前"), "until"),
    (re.compile(r"以降|より後|の後|後(?!半|に)"), "after"),
    (re.compile(r"以前|より前|の前|前(?!半|後)"), "before"),
    (re.compile(r"から(?!の?間)"), "since"),
    (re.compile(r"まで"), "before"),
)


def _open(found: Recognised, text: str) -> Modelled | None:
    """The result with what opens it, or None where nothing does."""
    if found.type not in ("date", "daterange") or "duration" in found.future or "," in found.timex:
        return None
    for regex, mod in _MODS:
        match = regex.match(text, found.end)
        if match is None:
            continue
        point = found.type == "date"

        def bound(side: dict[str, str], mod: str = mod, point: bool = point) -> dict[str, str]:
            first, last = (side["date"],) * 2 if point else (side.get("startDate", ""), side.get("endDate", ""))
            if mod == "after":
                return {"startDate": last}
            if mod == "since":
                return {"startDate": first}
            return {"endDate": first}

        source = "datetimepoint" if point else "datetimerange"
        return Modelled(
            found.start, match.end(), "daterange", found.timex, bound(found.future), bound(found.past), mod, source
        )
    return None


_PARTS = (
    (re.compile(r"(?:終わりごろ|終わり頃|終わり|末|下旬|この後)\Z"), "end"),
    (re.compile(r"(?:初めごろ|初め|はじめ|初旬|上旬|ちょっと前に?)\Z"), "start"),
    (re.compile(r"(?:半ば|中旬|なかば)\Z"), "mid"),
    (re.compile(r"以上\Z"), "more"),
    (re.compile(r"(?:以下|以内|未満)\Z"), "less"),
)


def _part(found: Recognised, text: str) -> Modelled:
    """The result with the part of the span, or the bound of a length, that its last word names."""
    said = text[found.start : found.end]
    allowed = ("more", "less") if found.type == "duration" else ("start", "mid", "end")
    mod = next((m for regex, m in _PARTS if m in allowed and regex.search(said) and "," not in found.timex), None)
    return Modelled(found.start, found.end, found.type, found.timex, found.future, found.past, mod)


def recognise_dates(text: str, reference: Date) -> list[Modelled]:
    """Every date, span and duration, the longest first where they overlap; times of day are not read."""
    folded = fold(text)
    found: list[Recognised] = [
        *parse_period(text, reference),
        *parse_date(text, reference),
        *parse_duration(text, reference),
    ]
    found.sort(key=lambda f: (-(f.end - f.start), f.start))
    taken: list[Recognised] = []
    for one in found:
        if all(one.end <= t.start or one.start >= t.end for t in taken):
            taken.append(one)
    return [_open(t, folded) or _part(t, folded) for t in sorted(taken, key=lambda t: t.start)]
