"""Month arithmetic: a month is an integer, ``year * 12 + month − 1``."""

from __future__ import annotations

import re

from keisei.errors import InputError

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)  # int() would read full-width digits too


def parse(text: str) -> int:
    """The month named by ``YYYY-MM``.

    >>> parse("1990-01")
    23880

    Raises:
        InputError: the text is not of that form, or the month is not 01–12.
    """
    match = _MONTH.fullmatch(str(text).strip())
    if not match:
        raise InputError(f"'{text}' is not a month", mend="write it as YYYY-MM, in plain digits")
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        raise InputError(f"'{text}' is not a month: {match[2]} is not between 01 and 12", mend="write it as YYYY-MM")
    return year * 12 + month - 1


def show(month: int) -> str:
    """The month as ``YYYY-MM``.

    >>> show(parse("2025-09"))
    '2025-09'
    """
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def parse_span(text: str) -> tuple[int, int]:
    """``A..B`` (both included), or one month ``A``, as (first, last).

    >>> [show(m) for m in parse_span("2025-11..2026-02")]
    ['2025-11', '2026-02']
    """
    first, dots, last = str(text).partition("..")
    start = parse(first)
    end = parse(last) if dots else start
    if end < start:
        raise InputError(f"'{text}' ends before it starts", mend="write FROM..UNTIL in order")
    return start, end


def year(month: int) -> int:
    """The calendar year of a month."""
    return month // 12


def of_year(month: int) -> int:
    """The month of the year, 1–12."""
    return month % 12 + 1
