"""Numbers as English writes them: 1,000 · 2.5 million · twenty-five · a hundred thousand · dozens."""

from __future__ import annotations

import re

from keisei.documents.dates.numerals import ASCII_NUMBER, Number

UNITS = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    w: 10 * i
    for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mn": 10**6,
    "bn": 10**9,
    "tn": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
}
PLURALS = {"dozens": (24, 99), "hundreds": (200, 900), "thousands": (2000, 9000), "millions": (2 * 10**6, 9 * 10**6)}
PLURALS["tens"] = (20, 90)
PLURALS["billions"] = (2 * 10**9, 9 * 10**9)
PLURALS["scores"] = (40, 99)
# the same words before a scale: hundreds of thousands is 100,000 to 900,000
ROUGH = {
    "tens": (10, 90),
    "dozens": (20, 90),
    "scores": (40, 99),
    "hundreds": (100, 900),
    "thousands": (1000, 9000),
    "millions": (1, 9),
    "billions": (1, 9),
}
ORDINALS = {
    w: i
    for i, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
}
ORDINALS["twenty-first"] = 21

_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_TEN = "|".join(TENS)
_SCALE = "hundred|thousand|million|billion|trillion|dozen|mn|bn|tn|lakh|crore"
# several thousand, a few hundred, a couple of dozen: two to nine of the scale
_FEW = r"(?:several|a few|a couple(?: of)?) (?:hundred|thousand|million|billion|dozen)\b"
WORD_NUMBER = rf"(?:(?:{_TEN})(?:[- ](?:{_UNIT}))?|{_UNIT})"
# A numeral in figures or words with up to three scales (two hundred thousand).
NUMERAL = (
    rf"(?:(?:{ASCII_NUMBER}|{WORD_NUMBER}\b|an?(?= (?:{_SCALE})\b))(?:[ -](?:{_SCALE})\b){{0,3}}"
    rf"(?: and {WORD_NUMBER}\b)?|(?:{'|'.join(PLURALS)})\b(?: of (?:thousands|millions|billions)\b)?"
    rf"|{_FEW}|half a dozen\b)"
)
_PART = re.compile(rf"({ASCII_NUMBER})|([a-z]+)", re.IGNORECASE)


def parse_number(text: str) -> Number | None:
    """Read a whole English numeral; None where it is no number.

    >>> parse_number("2.5 million").value
    2500000
    >>> parse_number("twenty-five").value
    25
    """
    total: float = 0
    section: float = 0
    seen = False
    lowered = text.lower().strip()
    if lowered == "half a dozen":
        return Number(6)
    if lowered.startswith(("several ", "a few ", "a couple ")):
        scale = SCALES.get(lowered.rpartition(" ")[2])
        return Number(None, 2 * scale, 9 * scale) if scale else None
    for plural, bounds in PLURALS.items():
        if lowered.startswith(plural):
            scale = next((SCALES[s] for s in ("thousand", "million", "billion") if lowered.endswith(f"of {s}s")), None)
            low, high = bounds if scale is None else ROUGH[plural]
            return Number(None, low * (scale or 1), high * (scale or 1))
    for match in _PART.finditer(lowered):
        figure, word = match.groups()
        if figure:
            bare = figure.replace(",", "")
            section += float(bare) if "." in bare else int(bare)
        elif word in UNITS:
            section += UNITS[word]
        elif word in TENS:
            section += TENS[word]
        elif word in ("a", "an"):
            section += 1
        elif word in ("hundred", "dozen"):
            section = (section or 1) * SCALES[word]
        elif word in SCALES:
            total += (section or 1) * SCALES[word]
            section = 0
        elif word != "and":
            return None
        seen = True
    if not seen:
        return None
    value = total + section
    value = round(value, 3 if value >= 10**6 else 9)  # 4.1 billion is no 4099999999.9999995
    return Number(int(value) if float(value).is_integer() and value < 2**53 else value)
