"""Runs of digits, kanji and kana numerals of the assistant-style reader, and what they come to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from keisei.documents.dates.fold import fold
from keisei.documents.dates.numerals import DIGITS, LARGE, SMALL


@dataclass(frozen=True)
class RecognisedNumber:
    """One expression: its place, its value as text, its unit and, for money, the ISO code."""

    start: int
    end: int
    value: str | None
    unit: str | None = None
    iso: str | None = None


_FOLD_MORE = {ord("−"): "-", ord("、"): ",", ord("・"): "・"}
K = "〇零一二三四五六七八九壱弐参叁○"
ARABIC = (
    r"(?:[0-9]{1,3},[0-9]{2}(?![0-9,])|[0-9]{1,3}(?:[,、] ?[0-9]{3}){1,6}(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?: [0-9]{3}){1,6}(?![0-9])(?:\.[0-9]+)?|[0-9]{1,24}(?:\.[0-9]+)?|\.[0-9]+)"
)
_TOKEN = re.compile(
    rf"(?P<arabic>{ARABIC})|(?P<kanji>[{K}]+)(?:[・.点](?P<fraction>[{K}0-9]+))?|(?P<small>[十拾百千])"
    rf"|(?P<large>[万萬億兆])|(?P<tail>[・点][0-9{K}]+)|余り|あまり|余| "
)


def digits_of(text: str) -> str:
    return "".join(str(DIGITS[c]) if c in DIGITS else c for c in text)


def whole(text: str) -> float | None:
    """The value of a run (3896万4965, 一万三, 二百・七一, 9万4百, 1万億); None where it is none."""
    total: float = 0
    section: float = 0
    current: float | None = None
    largest = False
    for match in _TOKEN.finditer(text):
        if match["arabic"]:
            bare = re.sub(r"[,、 ]", "", re.sub(r"\A([0-9]+),([0-9]{2})\Z", r"\1.\2", match["arabic"]))
            value = float(bare) if "." in bare else int(bare)
            if current is not None:
                return None
            current = value
        elif match["kanji"]:
            value = int(digits_of(match["kanji"]))
            if match["fraction"]:
                value = float(f"{value}.{digits_of(match['fraction'])}")
            current = value
        elif match["tail"]:
            section += (current or 0) + float("0." + digits_of(match["tail"][1:]))
            current = None
        elif match["small"]:
            section += (1 if current is None else current) * SMALL[match["small"]]
            current = None
        elif match["large"]:
            section += current or 0
            if section == 0 and total == 0:
                return None
            size = LARGE[match["large"]]
            if section == 0 and largest:
                total *= size
            else:
                total += section * size
            section, current, largest = 0, None, True
    return total + section + (current or 0)


def show(value: float) -> str:
    """15 significant digits, an exponent from 15 digits on."""
    if isinstance(value, int) and abs(value) < 10**15:
        return str(value)
    return format(float(value), ".15G")


def signed(text: str) -> float | None:
    text = text.strip()
    sign = 1
    while (head := re.match(r"マイナス|負の?|-| ", text)) is not None:
        if head.group() != " ":
            sign = -sign
        text = text[head.end() :]
    value = whole(text)
    return None if value is None else sign * value


def prepared(text: str) -> str:
    return fold(text).translate(_FOLD_MORE)


__all__ = ["ARABIC", "K", "RecognisedNumber", "digits_of", "prepared", "show", "signed", "whole"]
