"""Japanese numbers that bear no unit: ages and seats in brackets, votes, parts of a century, halves."""

from __future__ import annotations

import re
from bisect import bisect_right

from keisei.documents.dates.numerals import parse_number
from keisei.documents.quantities.found import Found, tidy

# a number in brackets behind a name is an age, behind a word for seats or heads that number
_AGE = re.compile(
    r"(?:氏|さん|被告|容疑者|議員|教授|ー[ァ-ヺー]*|[ァ-ヺ]{2,}|(?<![一-龥])[一-龥]{3,4})\((?P<n>1?[0-9]{2})\)(?![年月日号条項頁])"
)
_HEADS = re.compile(
    r"(?:定数|定員|議席数?|会員数?|人口|総数|計|合計)(?:は|が|:)?(?P<n>[0-9][0-9,万億千]*)(?=[)）、。」]|で|と|に|の)"
)
# even odds; the second report of a series; votes for and against
_EVEN = re.compile(r"五分五分|フィフティ・?フィフティ")
_NUMBERED = re.compile(
    r"(?<![(（])第(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,2})回(?=の?(?:[一-鿿ァ-ヺ]))(?!.{0,3}[)）])"
)
_VOTES = re.compile(r"(?:賛成|反対|棄権|欠席)(?:は|が)?(?P<n>[0-9]{1,3})(?=[、,・。で)）])")
_MAGNITUDE = re.compile(r"(?:マグニチュード(?:[(（]M[)）])?|(?<![A-Za-z])M)(?P<n>[0-9]\.[0-9])")
_CENTURY = re.compile(r"(?P<q>四半|半)世紀(?!前|後|近く前|余り前|ほど前|以上前)(?:ぶり|余り|近く|以上)?")
# more than half of the area; a span of half a year, which is no date
_HALF = re.compile(r"(?<![一-鿿0-9])(?:約|ほぼ)?半[分数](?P<more>以上|超|余り|近く)?(?=[のをがは、。にと])")
_HALF_YEAR = re.compile(
    r"(?<![一-鿿0-9])(?:約|ほぼ|わずか)?半年(?:間|余り|近く|ほど|以上)?(?=を|の(?!間に)|に(?:わた|及)|ぶり|かけ|。)"
)


def bare(text: str, found: list[Found], blocked: list[tuple[int, int]]) -> list[Found]:
    """Add the numbers that bear no unit: ages and seats in brackets, and parts of a century."""
    taken = sorted([(f.start, f.end) for f in found] + blocked)
    starts = [a for a, _ in taken]
    for pattern, unit, of in (
        (_AGE, "year", "age"),
        (_MAGNITUDE, "magnitude", None),
        (_HEADS, "count", None),
        (_CENTURY, "year", None),
        (_HALF, "percent", "share"),
        (_HALF_YEAR, "month", None),
        (_EVEN, "percent", "probability"),
        (_NUMBERED, "rank", None),
        (_VOTES, "count", "votes"),
    ):
        for match in pattern.finditer(text):
            start, end = match.span() if pattern not in (_AGE, _HEADS) else match.span("n")
            if pattern is _VOTES and text[match.start("n") - 1] in "はが":
                start = match.start("n")  # 賛成は13
            k = bisect_right(starts, start)
            if (k and taken[k - 1][1] > start) or (k < len(taken) and taken[k][0] < end):
                continue
            low: float | None = None
            if pattern is _HALF_YEAR:
                value: float | None = 6
            elif pattern is _HALF:
                value = 50
                low = 50 if match["more"] in ("以上", "超", "余り") else None
            elif pattern in (_CENTURY, _EVEN):
                value = 25 if pattern is _CENTURY and match["q"] == "四半" else 50
            else:
                number = parse_number(match["n"])
                value = number.value if number else None
            found.append(Found(start, end, tidy(value), low, None, unit, False, of, "ja.bare"))
    return found


__all__ = ["bare"]
