"""Kana to Latin letters (Hepburn without long marks), for stable ids of names that stand in no lexicon."""

from __future__ import annotations

import re

_ROWS = {
    "アイウエオ": "a i u e o", "カキクケコ": "ka ki ku ke ko", "サシスセソ": "sa shi su se so",
    "タチツテト": "ta chi tsu te to", "ナニヌネノ": "na ni nu ne no", "ハヒフヘホ": "ha hi fu he ho",
    "マミムメモ": "ma mi mu me mo", "ラリルレロ": "ra ri ru re ro", "ガギグゲゴ": "ga gi gu ge go",
    "ザジズゼゾ": "za ji zu ze zo", "ダヂヅデド": "da ji zu de do", "バビブベボ": "ba bi bu be bo",
    "パピプペポ": "pa pi pu pe po", "ヤユヨワヲンヴ": "ya yu yo wa o n vu", "ァィゥェォ": "a i u e o",
    "ャュョッ": "ya yu yo *",
}  # fmt: skip
_KANA = {k: r for kana, roman in _ROWS.items() for k, r in zip(kana, roman.split(), strict=True)}
_GLIDES = {"ャ": "a", "ュ": "u", "ョ": "o", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}


def romanize(kana: str) -> str:
    """Latin letters for a reading in katakana; what is no kana is dropped.

    >>> romanize("ホッタ"), romanize("キョウト"), romanize("ジェイムズ")
    ('hotta', 'kyoto', 'jeimuzu')
    """
    out: list[str] = []
    double = False
    for char in kana:
        if char == "ッ":
            double = True
            continue
        if char in _GLIDES and out and char in "ャュョ":
            stem = out[-1][:-1]
            out[-1] = stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _GLIDES[char]
            continue
        if char in _GLIDES and out and char in "ァィゥェォ" and out[-1]:
            stem = out[-1][:-1] or "w"
            out[-1] = stem + _GLIDES[char]
            continue
        roman = _KANA.get(char, "")
        if double and roman:
            roman, double = roman[0] + roman, False
        if roman:
            out.append(roman)
    return re.sub(r"ou|oo", "o", re.sub(r"uu", "u", "".join(out)))


def ident(*parts: str) -> str:
    """An id of upper-case ASCII from readings or Latin names: ``FAMILY_GIVEN``."""
    words = []
    for part in parts:
        latin = romanize(part) or part
        word = re.sub(r"[^A-Z0-9]+", "_", latin.upper()).strip("_")
        if word:
            words.append(word)
    return "_".join(words)


__all__ = ["ident", "romanize"]
