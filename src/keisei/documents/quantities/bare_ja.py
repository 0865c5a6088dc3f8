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
_HALF = re.compile(
    r"(?<![一-鿿0-9])(?:約|ほぼ)?半[分数](?P<more>以上|超|余り|近く|を超え(?:る|た)?|を上回(?:る|った|り)?)?"
    r"(?P<less>以下|未満|に満たない|を下回(?:る|った|り)?|を割(?:る|った|り)?)?(?=[のをがは、。にとこで]|[一-鿿])"
)
# one in four; 7 of 10; a tally of 217 to 213; Mach 6
_ONE_IN = re.compile(
    r"(?P<b>[0-9]{1,3}|[二三四五六七八九十]{1,2})人に(?P<n>[0-9]{1,2}|[一二三四五])人(?=[がはのをと、。にで])"
)
_TALLY = re.compile(
    r"(?<![0-9.,対])(?P<n>[0-9]{1,3})(?:票)?対(?P<m>[0-9]{1,3})(?:票)?(?=の(?:僅差|小差|大差|賛成|多数|評決)|で(?:可決|否決|承認|採択|勝|敗|違憲|合憲|支持|棄却|通過))"
)
_MACH = re.compile(r"(?:約|最大)?マッハ(?:約)?(?P<n>[0-9]{1,2}(?:\.[0-9])?)(?P<over>以上|超|を超え(?:る|た)?)?")
# a number that counts the noun behind it without a counter: 70近い企業, 50余りの国, 14の国と地域, 47条からなる
_HEAD_NOUN = (
    r"国(?!家|民|際|会|連|境)|国・地域|国家|地域|都市|企業|団体|組織|機関|政党|会社|銀行|工場|施設|拠点|部隊|自治体|学校|大学|病院|村|町|島"
    r"|港|空港|基地|言語|民族|部族|項目|条文|条項|事業|計画|案件|協定|文書|決議|法案|議席|艦艇|船舶|艦船|機体|車両|店舗|世帯|家族|宗派|会派"
    r"|標的|目標|個人|業種|品目|製品|研究所|メディア|サイト|口座|州|県|市|郡|教会|寺院|加盟国|参加国|民間団体|市民団体"
)
_WITHOUT = re.compile(
    rf"(?<![0-9.,第万億])(?P<about>約|およそ|少なくとも)?(?P<n>[0-9][0-9,]*万?|[二三四五六七八九]?十[二三四五六七八九]?)"
    rf"(?:(?P<more>を超える|を超す|を上回る|余りの|余の|以上の|超の)|(?P<less>近い|近くの|足らずの|未満の)|ほどの|前後の|もの|の)(?:{_HEAD_NOUN})(?:と地域)?"
)
_AGAIN = re.compile(r"(?P<n>[三四五六七])(?:たび|度び)(?=[、もの一-鿿])")
_ARTICLES = re.compile(
    r"(?P<all>全)?(?P<n>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})[カか]?条(?(all)(?:から|で|の|、|に)|(?:から成|からな|で構成|の(?:憲章|条約|協定|法案|宣言)))"
)
_HALF_YEAR = re.compile(
    r"(?<![一-鿿0-9])(?:約|ほぼ|わずか)?半年(?:間|余り|近く|ほど|以上)?(?=を|の(?!間に)|に(?:わた|及)|ぶり|かけ|。)"
)

_ORDERED = re.compile(r"[第条号A-Za-z-]\Z")


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
        (_ONE_IN, "ratio", None),
        (_TALLY, "count", "votes"),
        (_MACH, "Mach", None),
        (_WITHOUT, "count", None),
        (_ARTICLES, "count", "articles"),
        (_AGAIN, "rank", None),
    ):
        for match in pattern.finditer(text):
            start, end = match.span() if pattern not in (_AGE, _HEADS) else match.span("n")
            if pattern is _VOTES and text[match.start("n") - 1] in "はが":
                start = match.start("n")  # 賛成は13
            if pattern in (_WITHOUT, _ARTICLES) and _ORDERED.search(text, max(0, start - 2), start):
                continue
            k = bisect_right(starts, start)
            if (k and taken[k - 1][1] > start) or (k < len(taken) and taken[k][0] < end):
                continue
            low: float | None = None
            high: float | None = None
            if pattern is _HALF_YEAR:
                value: float | None = 6
            elif pattern is _HALF:
                value = 50
                low = 50 if match["more"] and match["more"] != "近く" else None
                high = 50 if match["less"] else None
            elif pattern in (_CENTURY, _EVEN):
                value = 25 if pattern is _CENTURY and match["q"] == "四半" else 50
            else:
                number = parse_number(match["n"])
                value = number.value if number else None
            if pattern is _ONE_IN and (whole := parse_number(match["b"])) and whole.value and value:
                value = value / whole.value
            if pattern is _TALLY and (other := parse_number(match["m"])):
                found.append(Found(*match.span("m"), other.value, None, None, unit, False, of, "ja.bare"))
                end = match.end("n")
            if pattern is _WITHOUT:
                if value is None or value < 2 or (1900 <= value <= 2100 and "," not in match["n"]):
                    continue
                low = value if match["more"] or match["about"] == "少なくとも" else None
                high = value if match["less"] else None
            if pattern is _MACH:
                low = value if match["over"] else None
            found.append(
                Found(start, end, tidy(value), low, high, unit, low is not None or high is not None, of, "ja.bare")
            )
    return found


__all__ = ["bare"]
