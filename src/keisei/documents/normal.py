"""A normalised copy of a text with a map back to the original.

Everything is matched on the copy and reported as spans of the original. The copy is NFKC, with variants of Japanese
spelling of foreign names folded to one form: ヴ to ブ (ヴァ to バ), ティ to チ, ディ to ジ, small kana to large ones,
the long vowel mark and the middle dot between katakana dropped. Case is kept: ``US`` is a state, ``us`` is not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_VU = {"ァ": "バ", "ィ": "ビ", "ェ": "ベ", "ォ": "ボ", "ュ": "ビユ"}
_SMALL = dict(zip("ァィゥェォャュョッヮ", "アイウエオヤユヨツワ", strict=True)) | {"ヴ": "ブ", "ヂ": "ジ", "ヅ": "ズ"}
_PLAIN = dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "‘": "'", "＝": "", "゠": "", "​": "", "‎": "", "‏": "", "﻿": ""}
_LONG = "ーｰ"
_DOTS = "・･·•"


def is_katakana(char: str) -> bool:
    """Whether a character is katakana, the long vowel mark included."""
    return "ァ" <= char <= "ヺ" or char in _LONG or "ｦ" <= char <= "ﾝ"


@dataclass(frozen=True)
class Folded:
    """A folded copy: ``text`` and, for each of its characters, where it begins and ends in the original."""

    text: str
    begins: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of ``text[start:end]`` (``end > start``)."""
        return self.begins[start], self.ends[end - 1]


_CACHE: dict[str, str] = {}


def _fold_char(char: str) -> str:
    folded = _CACHE.get(char)
    if folded is None:
        if char in _PLAIN:
            folded = _PLAIN[char]
        else:
            folded = unicodedata.normalize("NFKC", char)
            folded = "".join(_SMALL.get(c, c) for c in folded if c not in _LONG)
        if len(_CACHE) < 70_000:
            _CACHE[char] = folded
    return folded


# characters that folding leaves as they are, whatever stands beside them
_UNCHANGED = re.compile(r"[\t\n\r -~ぁ-ゖアイウエオ-チツト-モヤユヨ-ロワ-ンヵ-ヺ一-鿕、。「」『』〈〉《》【】〔〕]+")


def fold(text: str) -> Folded:
    """Fold a text.

    >>> fold("プーティン").text == fold("プーチン").text
    True
    >>> fold("ボストーチヌィー").text
    'ボストチヌイ'
    """
    out: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    i, n = 0, len(text)
    while i < n:
        plain = _UNCHANGED.match(text, i)
        if plain is not None:  # most characters stand as they are: copied in one go
            stop = plain.end()
            out.append(plain.group())
            begins.extend(range(i, stop))
            ends.extend(range(i + 1, stop + 1))
            i = stop
            if i >= n:
                break
        char = text[i]
        width = 1
        following = text[i + 1] if i + 1 < n else ""
        if char == "ヴ" and following in _VU and following:
            folded, width = _VU[following], 2
        elif following == "ィ" and char in "テデ":
            folded, width = ("チ" if char == "テ" else "ジ"), 2
        elif char in _DOTS and i > 0 and is_katakana(text[i - 1]) and following and is_katakana(following):
            folded = ""
        else:
            folded = _CACHE.get(char)  # type: ignore[assignment]
            if folded is None:
                folded = _fold_char(char)
        for c in folded:
            out.append(c)
            begins.append(i)
            ends.append(i + width)
        i += width
    return Folded("".join(out), begins, ends)


@lru_cache(maxsize=16384)
def key(name: str) -> str:
    """The folded form under which a name is looked up; spaces at the ends are dropped."""
    return fold(name.strip()).text


__all__ = ["Folded", "fold", "is_katakana", "key"]
