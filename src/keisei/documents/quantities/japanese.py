"""Japanese quantities: a numeral, what stands before it, its unit, what stands behind it.

A numeral counts only with a unit. Left out: dates, parts of names (第二埠頭, 万里鏡1号, G20), idioms (一方,
180度異なる) and kanji numerals in compounds (三カ国同盟, 二国間, 六者協議).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from keisei.documents.dates.numerals import KANJI_NUMERAL, NUMERAL, Number, parse_number
from keisei.documents.dates.patterns_ja import words
from keisei.documents.quantities.units import COUNTERS, CURRENCIES, MEASURES, PERIODS

SP = r"[ ]{0,2}"
BEFORE = re.compile(
    r"(?:(?:約|およそ|おおよそ|ほぼ|概ね|推定|推計|最大で?|最高|最低でも|少なくとも|最少|総額|計|延べ|合計|上位"
    r"|マイナス|プラス|[-+])[ ]{0,2}){0,3}(?:(?<=[約そもでと])年)?"
)
AFTER = re.compile(
    r"(?P<over>以上|超(?!え|大|高|党|音)|余り|余(?!裕|地|波|剰|儀|分|計)|あまり(?!に)|強(?!化|国|調|硬|力|制|い|く|引)|を超える|を超えた|を超え|を超す|を上回る|を上回った|を突破|(?=が過ぎ))"
    r"|(?P<under>以下|以内|未満|足らず|弱(?!体|者|点|い|く)|に満たない|を下回る|を切る)"
    r"|(?P<near>前後|程度|ほど|近く|近い|ぐらい|くらい|内外|台(?!湾|頭|風|北|数|本))"
)
SIGN = re.compile(r"(?:の)?(?:減(?!免|税)|減少|下落|縮小|低下|マイナス)")

_PERCENT = r"%|パーセント|割(?!り|愛|譲|れ|引)"
_POINT = r"ポイント"
_TIMES = r"倍"
_RANK = (
    r"年目|回目|度目|人目|番目|位|日目|カ国目|か国目|週目|個目|件目|発目"
    r"|代目|カ月目|か月目|つ目|基目|隻目|期目|例目|度め"
)
_MONEY = words(*CURRENCIES)
_MEASURE = words(*MEASURES)
_PERIOD = words(*PERIODS)
_COUNT = words(*COUNTERS)

UNIT = re.compile(
    rf"{SP}(?:(?P<percent>{_PERCENT})|(?P<point>{_POINT})|(?P<times>{_TIMES})|(?P<rank>{_RANK})"
    rf"|(?P<money>{_MONEY})|(?P<measure>{_MEASURE})(?![A-Za-z])|(?P<period>{_PERIOD})|(?P<count>{_COUNT}))"
)
NUMBER = re.compile(rf"(?:US)?[$€£¥]{SP}{NUMERAL}|{NUMERAL}")
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}

# What a counter must not run on into: 3人称, 5国間, 2機能 … by counter.
_NOT_AFTER = {
    "人": "称格工種民権間気口材道類物事",
    "国": "間家際民籍境連交会語務営",
    "カ国": "協同首枠会関連語",
    "か国": "協同首枠会関連語",
    "ヵ国": "協同首枠会関連語",
    "名": "簿",
    "社": "会長員説交",
    "度": "数目合外胸量線",
    "回": "転帰答復路避り",
    "件": "名",
    "点": "検火灯在滴",
    "本": "部当人的質格社来土国音",
    "発": "表射言見展電電生達効動足覚信揮想給",
    "機": "関能会密構動械運",
    "市": "場民長内街町役立井川況販",
    "町": "長民内役工",
    "村": "民長落役",
    "省": "略令",
    "島": "民国",
    "株": "式主価券",
    "床": "面屋",
    "団": "体地結員長子",
    "箱": "根",
    "袋": "小",
    "大学": "院校生入受",
    "事業": "者所年化",
    "家族": "計",
    "言語": "学",
    "台": "湾頭風北本詞所",
    "両": "国者方院面親側首軍",
    "門": "家戸番前",
    "席": "巻",
    "通": "り",
    "頭": "部",
    "種": "目",
    "州": "知都",
    "基": "地本準づ礎金盤",
    "個": "人別性",
    "者": "会協間択",
    "戦": "争闘",
    "点の": "",
    "組": "織",
    "校": "正",
    "店": "頭",
    "地域": "",
    "便": "宜利益乗",
    "元": "首来年",
    "円": "滑卓満形高安熟盤",
    "年": "代号度齢貢",
    "人目": "を",
    "席の": "",
    "位": "置相階",
    "倍": "増政権",
    "戸": "籍惑別",
    "つ": "いか大",
    "日": "本",
    "丁": "寧目",
    "氏": "名族",
    "国の": "",
    "分野": "",
    "段階": "",
    "羽": "田",
    "通の": "",
    "ドン": "ト",
    "ランド": "ブセ",
    "ポイント": "",
    "港": "湾",
    "県": "警知庁議",
    "企業": "体",
    "原則": "的",
    "施設": "長",
    "銀行": "員",
    "キロ": "トワバリグ",
    "ミリ": "タ",
    "ドル": "ト",
}
_NEED_FIGURES = ("市", "町", "村", "省", "島", "駅", "艇", "床", "株", "箱", "袋", "缶", "団", "坪", "大学", "民族")
# Counters that a bare kanji numeral takes only where the count is more than idiom (一人, 一度, 一つ, 二国間).
_IDIOM = re.compile(r"[一二三四五六七八九十両]\Z|[千百万]\Z|百[一二三]?\Z")
_KANJI_ONLY = re.compile(rf"[{KANJI_NUMERAL}数幾余]+\Z")
_NAME_BEFORE = re.compile(r"(?:第|[A-Za-z]-?|号|条|緯|経|-)\Z")


class Found(NamedTuple):
    """A quantity before its date and conversion are known."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    unit: str
    approximate: bool
    of: str | None
    rule: str


def tidy(value: float | None) -> float | None:
    """Whole numbers as int; rounding noise of the scales removed."""
    if value is None or isinstance(value, int):
        return value
    value = round(value, 10)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _unit(match: re.Match[str]) -> tuple[str, float, str | None, str]:
    """Unit, factor, what is counted, rule."""
    if match["percent"]:
        return "percent", 10.0 if match["percent"] == "割" else 1.0, None, "percent"
    if match["point"]:
        return "percentage point", 1.0, None, "point"
    if match["times"]:
        return "times", 1.0, None, "times"
    if match["rank"]:
        return "rank", 1.0, None, "rank"
    if match["money"]:
        return CURRENCIES[match["money"]], 0.01 if match["money"] == "セント" else 1.0, None, "money"
    if match["measure"]:
        unit, factor = MEASURES[match["measure"]]
        return unit, factor, None, "measure"
    if match["period"]:
        return PERIODS[match["period"]], 1.0, None, "period"
    return "count", 1.0, COUNTERS[match["count"]], "count"


# after a number of days that is a length: わずか16日しかもたなかった
_ONLY = ("しか", "足らず", "限り", "がかり", "天下")
_TALKS = re.compile(
    r"(?:ほど)?(?:の(?:こと|側面|論点|観点|視点|角度|問い|疑問|教訓|条件が|理由が|点)|(?:引っかか|気にな|疑問|理由を|挙げ|指摘し))"
)


_BELOW_ZERO = re.compile(r"(?:氷点下|零下)\Z")
_TEMPERATURE = re.compile(r"(?:摂氏|気温|水温|氷点下|零下)(?:は|が)?\Z")


def _allowed(text: str, start: int, numeral: str, unit: re.Match[str]) -> bool:
    """Whether numeral and unit are a quantity, not a name or an idiom."""
    word = unit.group().strip()
    after = text[unit.end() : unit.end() + 1] or "\n"
    if word == "発" and text.startswith("生産", unit.end()):
        return True
    if after in _NOT_AFTER.get(word, ""):
        return False
    if numeral in ("1", "一") and _RATE.match(text, unit.end()):
        return False  # 1バレル60ドル: what the price is for
    before = text[max(0, start - 2) : start]
    if _NAME_BEFORE.search(before) and not unit["rank"] and not before.endswith("-"):
        return False
    if before.endswith("第") and unit["rank"] is None:
        return False
    if word == "分":  # 十分, 5分の1 and 分野 are none
        sized = numeral[0] in "0123456789数" and text[start - 1 : start] != "時"
        return sized and after not in "割裂担野析類布離岐" and not _FRACTION.match(text, unit.end() - 1)
    if word == "年" and len(numeral) == 2 and numeral.isdigit() and _YEAR_NAME.match(text, unit.end()):
        return False  # 61年条約 is the treaty of 1961
    if word in ("つ", "点", "件") and (
        _TALKS.match(text, unit.end()) or text[max(0, start - 2) : start] in ("次の", "下の")
    ):
        return False  # 三つのことが言える, 次の3点: the text counts its own points
    if word == "件" and text[max(0, start - 5) : start].endswith(("コメント(", "記事(")):
        return False
    if word == "つ":
        return (numeral.isascii() and numeral != "1") or numeral in "二三四五六七八九"
    if word == "度" and ((after in "異転変の方" and numeral in ("180", "360", "90")) or numeral in ("一", "再")):
        return False
    if word == "日":  # else a day of the month, or one that a rate counts by (1日に30本)
        counted = text[start - 2 : start] in ("月に", "週に", "年に") if start >= 2 else False
        short = text.startswith(("わずか", "たった"), max(0, start - 3)) or text.startswith(_ONLY, unit.end())
        return counted or short or _LASTS.match(text, unit.end()) is not None
    if word in (
        "国",
        "者",
        "氏",
        "種",
        "席",
        "丁",
        "戸",
        "本",
        "点",
        "門",
        "度",
        "回",
        "通",
        "台",
        "組",
        "戦",
        "州",
        *_NEED_FIGURES,
    ) and _KANJI_ONLY.match(numeral):
        return word in ("回", "度", "本", "台") and numeral not in ("一", "千", "万", "百") and len(numeral) <= 4
    if _KANJI_ONLY.match(numeral) and unit["count"] and numeral in ("一", "万", "千", "百", "億"):
        return False
    if _KANJI_ONLY.match(numeral) and unit["period"] and numeral in ("千", "万", "百", "一") and word == "年":
        return False
    if word in ("年", "元") and numeral in ("一", "千", "万"):
        return False
    return not (word == "位" and numeral == "一")


_RATE = re.compile(
    r"(?:当たり|あたり|につき)|(?:約|およそ)?[$€£¥]?[0-9][0-9.,万億千]*(?:米)?(?:ドル|円|ウォン|元|ユーロ|ルーブル|ポンド|セント)"
)
# a change from one figure to another is two: 60ドルから45ドルに引き下げる
_CHANGES = re.compile(
    r"(?:前後|程度|弱|強|余り|近く|以下|以上|台)?(?:に|へ|へと|にまで|まで)(?:と)?(?:[^。、]{0,6}?)(?:引き|減|増|縮|拡|下が|下げ|上が|上げ|改|変|落|伸|膨|半減|倍増|跳ね|急|低下|上昇|回復|達|しぼ|絞|広が|延|短縮|転じ|修正|切り)"
)
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
_YEAR_NAME = re.compile(r"条約|協定|合意|体制|憲法|革命|危機|世代|宣言|決議|改正|制(?!限)")
_FRACTION = re.compile(rf"分の(?P<part>{NUMERAL})")
_LASTS = re.compile(r"ぶり|連続|分|余|以上|以内|未満|ほど|程度|足らず|近く|あまり|にわた")
_DEGREES = re.compile(r"[角緯経温]")
# what holds a load, before the number of loads
_LOADED = {
    "コンテナ": "containers", "トラック": "lorries", "貨車": "railway wagons", "列車": "trains", "船": "ships", "タンカー": "tankers",  # noqa: E501
}  # fmt: skip
_LOADS = re.compile(rf"(?:{'|'.join(_LOADED)})\Z")
_TERM = re.compile(r"(?:懲役|禁錮|禁固|拘禁刑|実刑|刑期)\Z")
_MONTHS_MORE = re.compile(r"(?:と)?([0-9]{1,2})[かカヵケ箇]月間?")
# 1時間25分, 3分20秒: one length, in the smaller unit
_SMALLER = {
    "hour": ("minute", re.compile(r"と?([0-9]{1,2})分間?(?!の[0-9一二三四五六七八九十])")),
    "minute": ("second", re.compile(r"と?([0-9]{1,2})秒間?")),
}
_RANGE = re.compile(rf"{SP}(?:~|-|–|—|から|ないし|、)(?={SP}(?:{NUMERAL}))")


def find(text: str, blocked: list[tuple[int, int]]) -> list[Found]:
    """All quantities of a folded text outside the blocked spans, in order."""
    found: list[Found] = []
    position = block = 0
    while True:
        hit = NUMBER.search(text, position)
        if hit is None:
            return sorted(_bare(text, found, blocked), key=lambda f: f.start)
        while block < len(blocked) and blocked[block][1] <= hit.start():
            block += 1
        if block < len(blocked) and blocked[block][0] < hit.end():
            position = max(blocked[block][1], hit.start() + 1)
            continue
        one = _read(text, hit, blocked[block][0] if block < len(blocked) else len(text))
        if one is None:
            position = max(hit.end(), position + 1)
            continue
        found.append(one)
        position = one.end


def _bare(text: str, found: list[Found], blocked: list[tuple[int, int]]) -> list[Found]:
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


def _prefix(text: str, start: int) -> tuple[int, str]:
    """Where the words before a numeral (約, 少なくとも, -) begin, and which they are."""
    low = max(0, start - 8)
    for begin in range(low, start):
        match = BEFORE.match(text, begin, start)
        if match is not None and match.end() == start and match.group():
            words_before = match.group()
            if words_before.startswith(("-", "+")) and text[begin - 1 : begin].isalnum():
                continue
            return begin, words_before
    return start, ""


def _read(text: str, hit: re.Match[str], limit: int) -> Found | None:
    start, end = hit.span()
    numeral = hit.group()
    fraction = _FRACTION.match(text, end)
    if fraction:
        whole, share = parse_number(numeral), parse_number(fraction["part"])
        if whole and share and whole.value and share.value is not None:
            return _complete(
                text, start, fraction.end(), Number(share.value / whole.value), None, "ratio", 1.0, None, "fraction"
            )
    symbol = next((c for c in SYMBOLS if c in numeral), None)
    if symbol:
        numeral = numeral.split(symbol, 1)[1].strip()
    before = text[start - 1 : start]
    if before and numeral and before.isascii() and (before.isalnum() or before in "._") and numeral[0] in "0123456789":
        return None
    number = parse_number(numeral)
    if number is None:
        return None
    high_number: Number | None = None
    unit = None if symbol else UNIT.match(text, end)
    joint = _RANGE.match(text, unit.end() if unit else end)
    if (
        joint is not None
        and joint.end() < limit
        and (joint.group().strip() != "、" or (_KANJI_ONLY.match(numeral) and unit is None))
    ):
        second = NUMBER.match(text, joint.end())
        second_unit = UNIT.match(text, second.end()) if second else None
        if joint.group().strip() == "から" and second_unit and _CHANGES.match(text, second_unit.end()):
            second = None
        if (
            second
            and second_unit
            and (unit is None or unit.group() == second_unit.group() or _unit(unit)[0] == _unit(second_unit)[0])
        ):
            other = parse_number(second.group())
            if other is not None and other.value is not None and number.value is not None:
                high_number, unit = other, second_unit
                number = Number(_scaled(numeral, number.value, second.group(), other.value))
    if symbol:
        unit_name, factor, counted, rule = SYMBOLS[symbol], 1.0, None, "money"
        stop = end
    else:
        if unit is None or unit.start() > limit:
            return None
        if not _allowed(text, start, numeral, unit):
            return None
        unit_name, factor, counted, rule = _unit(unit)
        stop = unit.end()
        if unit["count"] == "度" and _TEMPERATURE.search(text, max(0, start - 6), start):
            sign = -1.0 if _BELOW_ZERO.search(text, max(0, start - 4), start) else 1.0
            unit_name, factor, counted, rule = "degree Celsius", sign, None, "measure"
    return _complete(text, start, stop, number, high_number, unit_name, factor, counted, rule)


def _scaled(first: str, first_value: float, second: str, second_value: float) -> float:
    """The first bound in the scale of the second: 300~500万 begins at 3,000,000."""
    large = next((c for c in reversed(second) if c in "万億兆"), None)
    if large and second.endswith(large) and not any(c in first for c in "万億兆") and first_value < second_value:
        return first_value * {"万": 10**4, "億": 10**8, "兆": 10**12}[large]
    return first_value


def _complete(
    text: str,
    start: int,
    stop: int,
    number: Number,
    high_number: Number | None,
    unit: str,
    factor: float,
    counted: str | None,
    rule: str,
) -> Found | None:
    """Put together what stands before and behind the numeral and its unit."""
    begin, said = _prefix(text, start)
    if rule == "count" and text.startswith("分", stop) and (holder := _LOADS.search(text, max(0, begin - 5), begin)):
        begin, stop, counted = holder.start(), stop + 1, _LOADED[holder.group()]  # コンテナ1000個分
    if (
        unit == "year"
        and number.value is not None
        and (more := _MONTHS_MORE.match(text, stop))
        and _TERM.search(text, max(0, begin - 4), begin)
    ):
        number, stop = Number(number.value + round(int(more[1]) / 12, 4)), more.end()  # 禁錮8年6カ月 is a term in years
    elif unit == "year" and number.value is not None and (more := _MONTHS_MORE.match(text, stop)):
        # 2年4カ月 is one length, in months
        number, unit, stop = Number(number.value * 12 + int(more[1])), "month", more.end()
    elif unit in _SMALLER and number.value is not None and (more := _SMALLER[unit][1].match(text, stop)):
        number, unit, stop = Number(number.value * 60 + int(more[1])), _SMALLER[unit][0], more.end()
    approximate = any(w in said for w in ("約", "およそ", "おおよそ", "ほぼ", "概ね", "推"))
    value, low, high = number
    if high_number is not None:
        low, high = number.value, high_number.value
        value = (low + high) / 2 if low is not None and high is not None else None
    value, low, high = (None if x is None else x * factor for x in (value, low, high))
    sign = -1 if "マイナス" in said or "-" in said else 1
    if (
        rule == "period"
        and text.startswith("半", stop)
        and value is not None
        and not text.startswith(("半ば", "半島"), stop)
    ):
        value, stop = value + 0.5, stop + 1
    if rule == "period":
        for tail in ("ぶり", "連続"):
            if text.startswith(tail, stop):
                stop += len(tail)
                rule = "period.again" if tail == "ぶり" else rule
    if (
        rule == "percent"
        and (match := SIGN.match(text, stop))
        and text[match.end() : match.end() + 1] not in tuple("っらりろ")
    ):
        sign = -sign
        stop = match.end() if match.group() in ("減", "減少", "の減", "の減少") else stop
    after = AFTER.match(text, stop)
    if rule == "times" and text.startswith(("増", "に"), stop) and after is None:
        pass
    if after is not None and not (after["near"] and after.group() == "台" and unit == "count"):
        if after["over"]:
            low = value if low is None else low
            approximate = True
        elif after["under"]:
            high = value if high is None else high
            approximate = True
        else:
            approximate = True
        stop = after.end()
    elif "少なくとも" in said or "最低" in said:
        low = value if low is None else low
    elif "最大" in said or "最高" in said:
        high = value if high is None else high
    if sign < 0:
        value = -value if value is not None else None
        low, high = (-high if high is not None else None), (-low if low is not None else None)
    if number.value is None:
        approximate = True
    return Found(begin, stop, tidy(value), tidy(low), tidy(high), unit, approximate, counted, f"ja.{rule}")


__all__ = ["Found", "find", "tidy"]
