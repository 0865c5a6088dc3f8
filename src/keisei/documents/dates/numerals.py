"""Numbers as Japanese writes them: 1,000 · 1万2000 · 二〇二三 · 三十 · 数十 · 十数.

The value of a numeral with 数 (several) is a pair of bounds, not a number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "壱": 1,
    "弐": 2,
    "参": 3,
    "両": 2,
    "叁": 3,
}
SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}

KANJI_DIGIT = "〇零一二三四五六七八九"
KANJI_NUMERAL = KANJI_DIGIT + "十百千万億兆"

# An ASCII number with or without thousands separators. Bounded repeats keep a line of digits linear.
ASCII_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,8}|[0-9]{1,24})(?:\.[0-9]{1,12})?"
# A whole numeral; the ends must not cut another numeral in two. 数 may stand before or after a unit (数十, 十数).
NUMERAL = (
    rf"(?:(?:{ASCII_NUMBER}|[{KANJI_DIGIT}]{{1,20}}(?:[・.][{KANJI_DIGIT}]{{1,12}})?|数|幾|何(?=[十百千万億])|[十百千])"
    rf"(?:[十百千万億兆数余]|{ASCII_NUMBER}|[{KANJI_DIGIT}]){{0,24}})"
)

_TOKEN = re.compile(
    rf"({ASCII_NUMBER})|([{KANJI_DIGIT}○]+)(?:[・.]([{KANJI_DIGIT}]+))?|([十拾百千])|([万萬億兆京])|([数幾何])|(余り?)"
)


class Number(NamedTuple):
    """A number read: its value, or its bounds where the words give only those (数十: 20 to 90)."""

    value: float | None
    low: float | None = None
    high: float | None = None


def _positional(kanji: str) -> int:
    return int("".join(str(DIGITS[c]) for c in kanji))


def parse_number(text: str) -> Number | None:
    """Read a whole numeral (already folded); None where it is no number.

    >>> parse_number("1万2000").value
    12000
    >>> parse_number("二〇二三").value
    2023
    >>> parse_number("数十")
    Number(value=None, low=20, high=90)
    """
    section: float = 0  # below the next large unit
    total: float = 0
    current: float | None = None
    several = False  # the pending digit is 数
    low_total = high_total = 0.0
    low_section = high_section = 0.0
    vague = False
    last_large = last_small = float("inf")
    position = 0
    for match in _TOKEN.finditer(text):
        if match.start() != position:
            return None
        position = match.end()
        ascii_number, kanji, fraction, small, large, few, more = match.groups()
        if more:
            continue
        if few:
            if current is not None:  # 10数人: a digit group then several ones
                low_section += current
                high_section += current
                section += current
                current = None
            several = vague = True
            continue
        if ascii_number or kanji:
            if current is not None or several:
                return None
            if ascii_number:
                bare = ascii_number.replace(",", "")
                current = float(bare) if "." in bare else int(bare)
            else:
                current = _positional(kanji)
                if fraction:
                    current += _positional(fraction) / 10 ** len(fraction)
            continue
        if small:
            size = SMALL[small]
            if size >= last_small:
                return None
            last_small = size
            if several:
                low_section += 2 * size
                high_section += 9 * size
                several = False
            else:
                amount = (1 if current is None else current) * size
                section += amount
                low_section += amount
                high_section += amount
            current = None
            continue
        size = LARGE[large]
        if size >= last_large and section + (current or 0) == 0:
            return None
        if several:
            low_section += 2
            high_section += 9
            several = False
        elif current is not None:
            section += current
            low_section += current
            high_section += current
        if section == 0 and low_section == 0:
            return None  # a unit without a number
        if size >= last_large:  # 1万億, 四千三百億: the larger unit multiplies all before it
            total, low_total, high_total = (
                (total + section) * size,
                (low_total + low_section) * size,
                (high_total + high_section) * size,
            )
        else:
            total, low_total, high_total = (
                total + section * size,
                low_total + low_section * size,
                high_total + high_section * size,
            )
        last_large, last_small = size, float("inf")
        section = low_section = high_section = 0
        current = None
    if position != len(text) or not text:
        return None
    if several:
        low_section += 2
        high_section += 9
    elif current is not None:
        section += current
        low_section += current
        high_section += current
    if vague:
        return Number(None, low_total + low_section, high_total + high_section)
    value = total + section
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    return Number(value)


def parse_int(text: str) -> int | None:
    """A whole number of a date (9, 十三, 二〇二三, 元 as 1), or None."""
    if text == "元":
        return 1
    number = parse_number(text)
    if number is None or number.value is None or number.value != int(number.value):
        return None
    return int(number.value)
