"""Japanese quantities: a numeral, what stands before it, its unit, what stands behind it.

A numeral counts only with a unit. Left out: dates, parts of names (第二埠頭, 万里鏡1号, G20), idioms (一方,
180度異なる) and kanji numerals in compounds (三カ国同盟, 二国間, 六者協議).
"""

from __future__ import annotations

import re

from keisei.documents.dates.numerals import NUMERAL, Number, parse_number
from keisei.documents.dates.patterns_ja import words
from keisei.documents.quantities.allowed_ja import FRACTION, KANJI_ONLY, allowed
from keisei.documents.quantities.bare_ja import bare
from keisei.documents.quantities.counters_ja import COUNTERS
from keisei.documents.quantities.found import Found, tidy
from keisei.documents.quantities.units import CURRENCIES, MEASURES, PERIODS

SP = r"[ ]{0,2}"
BEFORE = re.compile(
    r"(?:(?:約|およそ|おおよそ|ほぼ|概ね|推定|推計|最大で?|最高|最低でも|少なくとも|最少|総額|計|延べ|合計|上位"
    r"|マイナス|プラス|[-+])[ ]{0,2}){0,3}(?:(?<=[約そもでと])年)?"
)
AFTER = re.compile(
    r"(?P<over>以上|超(?!え|大|高|党|音)|余り|余(?!裕|地|波|剰|儀|分|計)|あまり(?!に)|強(?!化|国|調|硬|力|制|い|く|引)|を超える|を超えた|を超え|を超す|を上回る|を上回った|を上回り|を突破|(?=が過ぎ))"
    r"|(?P<under>以下|以内|未満|足らず|弱(?!体|者|点|い|く)|に満たない|に満たず|を下回る|を下回った|を下回り|を切る|を切った|を切り|を割る|を割り込(?:んだ|む|み)?)"
    r"|(?P<near>前後|程度|ほど|近く|近い|ぐらい|くらい|内外|台(?!湾|頭|風|北|数|本))"
)
SIGN = re.compile(r"(?:の)?(?:減(?!免|税)|減少|下落|縮小|低下|マイナス)")

_PERCENT = r"%|パーセント|割(?!り|愛|譲|れ|引(?!き[上下]))"
_POINT = r"ポイント"
_TIMES = r"倍"
_RANK = (
    r"年目|回目|度目|人目|番目|位|日目|カ国目|か国目|週目|個目|件目|発目"
    r"|代目|カ月目|か月目|つ目|基目|隻目|期目|例目|度め|段目|着目|枚目|本目|機目|社目|便目|発目|校目|世代目|ページ目|戦目|試合目"
)
_MONEY = words(*CURRENCIES)
_MEASURE = words(*MEASURES)
_PERIOD = rf"(?!分野|分類|秒針)(?:{words(*PERIODS)})"
_COUNT = words(*COUNTERS)

UNIT = re.compile(
    rf"{SP}(?:(?P<percent>{_PERCENT})|(?P<point>{_POINT})|(?P<times>{_TIMES})|(?P<rank>{_RANK})"
    rf"|(?P<money>{_MONEY})|(?P<measure>{_MEASURE})(?![A-Za-z])|(?P<period>{_PERIOD})|(?P<count>{_COUNT}))"
)
NUMBER = re.compile(rf"(?:US)?[$€£¥]{SP}{NUMERAL}|{NUMERAL}")
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


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


# a change from one figure to another is two: 60ドルから45ドルに引き下げる
_CHANGES = re.compile(
    r"(?:前後|程度|弱|強|余り|近く|以下|以上|台)?(?:に|へ|へと|にまで|まで)(?:と)?(?:[^。、]{0,6}?)(?:引き|減|増|縮|拡|下が|下げ|上が|上げ|改|変|落|伸|膨|半減|倍増|跳ね|急|低下|上昇|回復|達|しぼ|絞|広が|延|短縮|転じ|修正|切り)"
)
# what holds a load, before the number of loads
_LOADED = {
    "コンテナ": "containers", "トラック": "lorries", "貨車": "railway wagons", "列車": "trains", "船": "ships", "タンカー": "tankers",  # noqa: E501
}  # fmt: skip
_LOADS = re.compile(rf"(?:{'|'.join(_LOADED)})\Z")
_TERM = re.compile(r"(?:懲役|禁錮|禁固|拘禁刑|実刑|刑期)\Z")
_MONTHS_MORE = re.compile(r"(?:と)?([0-9]{1,2})[かカヵケ箇]月間?")
_TERM_MONTHS = re.compile(r"([0-9]{1,2})[かカヵケ箇ヶ]?月")
# 1時間25分, 3分20秒: one length, in the smaller unit
_SMALLER = {
    "hour": ("minute", re.compile(r"と?([0-9]{1,2})分間?(?!の[0-9一二三四五六七八九十])")),
    "minute": ("second", re.compile(r"と?([0-9]{1,2})秒間?")),
}
_RANGE = re.compile(rf"{SP}(?:~|-|–|—|から|ないし|、)(?={SP}(?:{NUMERAL}))")

# what is weighed: a number of キロ behind it is a weight
_HEAVY = re.compile(
    r"(?:プルトニウム|ウラン|コカイン|ヘロイン|麻薬|覚醒剤|覚せい剤|大麻|体重|重さ|重量|弾頭|爆薬|火薬|金塊|金|銀|核物質|爆弾"
    r"|コメ|米|小麦|肉|魚|TNT)(?:は|が|を|の|で)?(?:約|およそ|計|合計|少なくとも|最大)?\Z"
)
_BELOW_ZERO = re.compile(r"(?:氷点下|零下)\Z")
_TEMPERATURE = re.compile(r"(?:摂氏|気温|水温|氷点下|零下)(?:は|が)?\Z")


def find(text: str, blocked: list[tuple[int, int]]) -> list[Found]:
    """All quantities of a folded text outside the blocked spans, in order."""
    found: list[Found] = []
    position = block = 0
    while True:
        hit = NUMBER.search(text, position)
        if hit is None:
            return sorted(bare(text, found, blocked), key=lambda f: f.start)
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
    fraction = FRACTION.match(text, end)
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
        and (joint.group().strip() != "、" or (KANJI_ONLY.match(numeral) and unit is None))
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
        if not allowed(text, start, numeral, unit):
            return None
        unit_name, factor, counted, rule = _unit(unit)
        stop = unit.end()
        if unit_name == "km" and unit.group().strip() == "キロ" and _HEAVY.search(text, max(0, start - 14), start):
            unit_name = "kg"  # ウラン180キロ
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
        and (more := _TERM_MONTHS.match(text, stop))
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


__all__ = ["find"]
