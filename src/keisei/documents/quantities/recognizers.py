"""Numbers, ordinals, percentages, money, ages and measures in the shape of the Recognizers-Text specifications.

Values are strings as those specifications print them (15 significant digits). This measures coverage of the words;
documents are read by `find_quantities`. Source of the shape: Recognizers-Text, Specs/Number*/Japanese.
"""

from __future__ import annotations

import re

from keisei.documents.dates.fold import addresses
from keisei.documents.dates.numerals import LARGE
from keisei.documents.dates.patterns_ja import words
from keisei.documents.quantities.recognizers_digits import (
    ARABIC,
    K,
    RecognisedNumber,
    digits_of,
    prepared,
    show,
    signed,
    whole,
)

_KANA = {
    "いち": "一",
    "いっ": "一",
    "に": "二",
    "さん": "三",
    "よん": "四",
    "し": "四",
    "ご": "五",
    "ろく": "六",
    "ろっ": "六",
    "なな": "七",
    "しち": "七",
    "はち": "八",
    "はっ": "八",
    "きゅう": "九",
    "く": "九",
    "じゅう": "十",
    "ひゃく": "百",
    "びゃく": "百",
    "ぴゃく": "百",
    "せん": "千",
    "ぜん": "千",
    "まん": "万",
    "おく": "億",
    "ちょう": "兆",
    "れい": "零",
    "ぜろ": "零",
}
_KANA_TOKEN = re.compile(words(*_KANA))
# One of に, し, ご, く alone is a particle or a verb's end far more often than a number.
_KANA_NUMBER = rf"(?:(?![にしごく](?![ぁ-ん]))(?:{words(*_KANA)}){{1,12}})"
_DECIMAL = rf"(?:[{K}]{{1,20}}(?:[・.点][{K}0-9]{{1,20}})?)"
_BIG = "[十百千拾万萬億兆]"
# A run of digits, kanji digits and units, with spaces between kanji and words for "and more" (余り) inside.
_RUN = (
    rf"(?:(?:{ARABIC}|{_DECIMAL}|{_BIG})(?: ?(?:余り|あまり|余)?(?={_BIG}) ?{_BIG}| ?(?:"
    rf"(?<={_BIG[:-1]}]) ?(?:{ARABIC}|{_DECIMAL}))| (?:{_DECIMAL}|{_BIG})|[・点][0-9{K}]{{1,20}})*)"
)
_SIGN = r"(?:マイナス|負の?|-)?"
_PLAIN = rf"{_SIGN} ?{_RUN}"
_EXPRESSION = re.compile(
    rf"(?P<power>(?P<base>{_PLAIN})(?:(?:×|\*|x)(?P<ten>{_RUN}))?(?:の|\^) ?(?P<exp>(?:--"
    rf"|\+|マイナス|-)?{_RUN})(?:乗)?)(?<=[乗0-9])"
    rf"|(?P<sci>-?[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]{{1,3}})(?![0-9A-Za-z])"
    rf"|(?P<frac>(?:(?P<int>{_PLAIN}) ?(?:と|は|また|又) ?)?(?P<den>{_PLAIN}) ?分の ?(?P<num>{_PLAIN}))"
    rf"|(?P<slash>(?:(?P<int2>{_PLAIN})(?:また|又))?(?P<a>[0-9]{{1,12}})/(?P<b>[0-9]{{1,12}}))(?![0-9/])"
    rf"|(?P<dozens>(?P<many>{_RUN})と)?(?P<dozen>{_RUN}|半)ダース"
    rf"|(?P<half>半分|半数)"
    rf"|(?P<kilo>{_SIGN}[0-9]+(?:\.[0-9]+)?)k(?![A-Za-z])"
    rf"|(?P<kana>(?<![ぁ-ん]){_KANA_NUMBER}(?![ぁ-ん]))"
    rf"|(?P<plain>{_PLAIN})"
)
_KANJI = re.compile(r"[一-龥]")
_COUNTER = "年月日人個本匹台冊枚回度歳才円元万億兆斤章番位件割分時秒対足倍種台名階号点乗つヶ箇か者店社品目"
_NO_NUMBER = re.compile(r" ?(?:%|パ ?ー ?セ ?ン ?ト|割引|割(?!り)|ミリリットル|キロメートル|番目|位|回目|ドル割)")


def _value(match: re.Match[str]) -> float | None:
    if match["power"]:
        base = signed(match["base"])
        exp_text = match["exp"].replace("--", "").replace("+", "")
        exponent = signed(exp_text)
        if base is None or exponent is None or abs(exponent) > 300:
            return None
        try:
            if match["ten"]:
                ten = whole(match["ten"])
                return None if ten is None else base * ten**exponent
            return (-1 if base < 0 else 1) * abs(base) ** exponent
        except (OverflowError, ZeroDivisionError):
            return None
    if match["sci"]:
        return float(match["sci"])
    if match["frac"]:
        denominator, numerator = signed(match["den"]), signed(match["num"])
        entire = signed(match["int"]) if match["int"] else 0
        if not denominator or numerator is None or entire is None:
            return None
        part = numerator / denominator
        return entire - part if match["int"] and match["int"].lstrip().startswith(("マイナス", "-")) else entire + part
    if match["slash"]:
        if int(match["b"]) == 0:
            return None
        entire = signed(match["int2"]) if match["int2"] else 0
        return (entire or 0) + int(match["a"]) / int(match["b"])
    if match["dozen"]:
        many = whole(match["many"]) if match["many"] else 0
        dozen = 0.5 if match["dozen"] == "半" else whole(match["dozen"])
        return None if dozen is None or many is None else many + dozen * 12
    if match["half"]:
        return 0.5
    if match["kilo"]:
        return float(match["kilo"].replace("マイナス", "-")) * 1000
    if match["kana"]:
        return whole("".join(_KANA[m.group()] for m in _KANA_TOKEN.finditer(match["kana"])))
    return signed(match["plain"])


def recognise_number(text: str) -> list[RecognisedNumber]:
    """Every number of a Japanese text: figures, kanji, fractions, powers, dozens."""
    folded = prepared(text)
    skip = addresses(folded)
    found = []
    for match in _EXPRESSION.finditer(folded):
        start, end = match.span()
        while end > start and folded[end - 1] in " ":
            end -= 1
        if any(a <= start < b for a, b in skip):
            continue
        value = _value(match)
        piece = folded[start:end]
        if value is None or _NO_NUMBER.match(folded, end):
            continue
        before, after = folded[start - 1 : start], folded[end : end + 1]
        if piece[0] in K + "十百千万億兆" and len(piece) <= 2 and not match["dozen"]:
            if after and _KANJI.match(after) and after not in _COUNTER:
                continue
            if (before and _KANJI.match(before) and after == "条") or before == "第":
                continue
        if piece.startswith("-") and (before.isdigit() or (before.isalpha() and before.isascii())):
            start += 1
            value = abs(value)
        if piece[0] in "0123456789" and before and before.isascii() and before.isalpha():
            continue
        if float(value).is_integer() and abs(value) < 10**15:
            value = int(value)
        found.append(RecognisedNumber(start, end, show(value)))
    return found


_ORDINAL = re.compile(
    rf"(?:第|だい) ?(?P<n>{_RUN}|{_KANA_NUMBER})|(?P<m>{_RUN})(?:番目|番|位|等|回目|つ目"
    rf"|度目|人目|個目)(?!線)|(?P<first>最初)"
    rf"|(?P<back>最後から ?(?P<k>{_RUN})(?P<how>番目|つ前)(?:の(?:もの|こと))?)|(?P<last>最後)"
    rf"|(?P<next>次)(?=の)|(?P<prev>前(?:のもの|のこと)?)(?=の|を|\Z)|(?P<now>現在のこと)"
)


def recognise_ordinal(text: str) -> list[RecognisedNumber]:
    """Ordinals: 第三, 二番目, 最初; and those relative to the end or to here, as "end-2" or "current+1"."""
    folded = prepared(text)
    found = []
    for match in _ORDINAL.finditer(folded):
        shown: str | None
        if match["first"]:
            shown = "1"
        elif match["back"]:
            count = whole(match["k"]) or 1
            shown = f"end{-int(count - 1 if match['how'] == '番目' else count):+d}"
        elif match["last"]:
            shown = "end+0"
        elif match["now"] or match["next"] or match["prev"]:
            shown = "current+0" if match["now"] else "current+1" if match["next"] else "current-1"
        else:
            digits = match["n"] or match["m"]
            if re.fullmatch(_KANA_NUMBER, digits):
                digits = "".join(_KANA[m.group()] for m in _KANA_TOKEN.finditer(digits))
            value = whole(digits)
            shown = None if value is None else show(int(value) if value == int(value) else value)
        if shown is not None:
            found.append(RecognisedNumber(match.start(), match.end(), shown))
    return found


_PERCENT = re.compile(
    rf"(?P<off>{_RUN}) ?割 ?引き?|(?P<wari>{_RUN}) ?割(?:(?P<bu>[0-9{K}])分)?(?:(?P<rin>[0-9{K}])厘)?(?P<half>半)?"
    rf"|百分の(?P<of>{_RUN})"
    rf"|(?P<n>(?:マイナス|-)? ?(?:{_RUN}|{_KANA_NUMBER})(?P<k>k)?) ?(?:%|パ ?ー ? *セ *ン *ト|ポイント)"
    rf"|(?<![0-9/.])(?P<hundred>[0-9,]+(?:\.[0-9]+)?)/100(?![0-9/])"
)


def recognise_percent(text: str) -> list[RecognisedNumber]:
    """Percentages: %, パーセント, 割, 百分の; 2割引 is what is left to pay (80 %)."""
    folded = prepared(text)
    skip = addresses(folded)
    found = []
    for match in _PERCENT.finditer(folded):
        if any(a <= match.start() < b for a, b in skip):
            continue
        start = match.start()
        if match["off"]:
            rate = whole(match["off"])
            # Which of the two a discount means is not said by the words; what is taken off is the plain reading.
            value = None if rate is None else rate * 10
        elif match["wari"]:
            rate = whole(match["wari"])
            value = None if rate is None else rate * 10
            if value is not None:
                value += (int(digits_of(match["bu"])) if match["bu"] else 0) + (
                    int(digits_of(match["rin"])) / 10 if match["rin"] else 0
                )
                value += 5 if match["half"] else 0
        elif match["of"]:
            value = whole(match["of"])
        elif match["hundred"]:
            value = float(match["hundred"].replace(",", ""))
        else:
            digits = match["n"].removesuffix("k")
            bare = re.sub(r"マイナス|-| ", "", digits)
            if re.fullmatch(_KANA_NUMBER, bare):
                value = whole("".join(_KANA[m.group()] for m in _KANA_TOKEN.finditer(bare)))
            else:
                value = signed(digits)
            if match["k"] and value is not None:
                value *= 1000
            if digits.startswith("-") and folded[start - 1 : start].isdigit():
                start, value = start + 1, abs(value or 0)
        if value is not None:
            value = round(value, 9)
            found.append(RecognisedNumber(start, match.end(), show(int(value) if value == int(value) else value) + "%"))
    return found


# name → (English name, ISO code); smaller unit → hundredths of it
CURRENCIES = {
    "日本円": ("Japanese yen", "JPY"),
    "円": ("Japanese yen", "JPY"),
    "中国人民元": ("Chinese yuan", "CNY"),
    "人民元": ("Chinese yuan", "CNY"),
    "元": ("Chinese yuan", "CNY"),
    "米ドル": ("United States dollar", "USD"),
    "アメリカドル": ("United States dollar", "USD"),
    "ドル": ("United States dollar", "USD"),
    "ユーロ": ("Euro", "EUR"),
    "スイス・フラン": ("Swiss franc", "CHF"),
    "スイスフラン": ("Swiss franc", "CHF"),
    "香港ドル": ("Hong Kong dollar", "HKD"),
    "台湾ドル": ("New Taiwan dollar", "TWD"),
    "オーストラリアドル": ("Australian dollar", "AUD"),
    "豪ドル": ("Australian dollar", "AUD"),
    "カナダドル": ("Canadian dollar", "CAD"),
    "シンガポールドル": ("Singapore dollar", "SGD"),
    "ニュージーランドドル": ("New Zealand dollar", "NZD"),
    "英ポンド": ("British pound", "GBP"),
    "ポンド": ("Pound", None),
    "韓国ウォン": ("South Korean won", "KRW"),
    "ウォン": ("South Korean won", "KRW"),
    "ロシアルーブル": ("Russian ruble", "RUB"),
    "ルーブル": ("Russian ruble", "RUB"),
    "インドルピー": ("Indian rupee", "INR"),
    "ルピー": ("Rupee", None),
    "バーツ": ("Thai baht", "THB"),
    "セント": ("Cent", None),
}
_SIGNS = {
    "us$": ("United States dollar", "USD"),
    "$": ("Dollar", None),
    "£": ("Pound", None),
    "€": ("Euro", "EUR"),
    "¥": ("Japanese yen", "JPY"),
}
_MONEY = re.compile(
    rf"(?P<before>(?:中国)?人民元)(?P<n3>{_RUN})元?"
    rf"|(?P<n>{_RUN}|(?<![ぁ-ん]){_KANA_NUMBER}) ?(?P<unit>{words(*CURRENCIES)})(?!割り"
    rf"|安|高)(?:と?(?P<minor>{_RUN})(?:(?P<m>銭|セント|角)(?:(?P<fen>{_RUN})分)?|(?= ?(?:で|\Z|。))))?"
    rf"|(?P<sign>(?i:us)?[$£€¥]) ?(?P<n2>{_RUN}) ?(?P<scale>[万億兆])?"
    rf"|(?P<bare>\A(?:ドル|円|ユーロ|ポンド))(?=は)",
)


def recognise_currency(text: str) -> list[RecognisedNumber]:
    """Sums of money: 2222円13銭, 35億円, us$ 48.2 万, 人民元八千元."""
    folded = prepared(text)
    found = []
    for match in _MONEY.finditer(folded):
        end = match.end()
        if match["bare"]:
            name, iso = CURRENCIES[match["bare"]]
            found.append(RecognisedNumber(match.start(), end, None, name, iso))
            continue
        digits = match["n"] or match["n2"] or match["n3"]
        if re.fullmatch(_KANA_NUMBER, digits):
            digits = "".join(_KANA[m.group()] for m in _KANA_TOKEN.finditer(digits))
        value = whole(digits)
        if value is None:
            continue
        if match["scale"]:
            value *= LARGE[match["scale"]]
        if match["minor"]:
            joined = folded[match.end("unit")] == "と"
            if match["m"] or joined:
                small = whole(match["minor"]) or 0
                value += small / (10 if match["m"] == "角" or match["m"] is None else 100)
                value += (whole(match["fen"]) or 0) / 100 if match["fen"] else 0
                if match["m"] is None:
                    value += small / 100 - small / 10
                end = match.end()
            else:
                end = match.end("unit")
        name, iso = _SIGNS[match["sign"].lower()] if match["sign"] else CURRENCIES[match["unit"] or match["before"]]
        value = round(value, 6)
        found.append(
            RecognisedNumber(match.start(), end, show(int(value) if value == int(value) else value), name, iso)
        )
    return found


_AGE_UNITS = {
    "歳": "Year",
    "才": "Year",
    "年": "Year",
    "ヶ月": "Month",
    "か月": "Month",
    "カ月": "Month",
    "週間": "Week",
    "日": "Day",
}
_AGE = re.compile(rf"(?P<n>{_RUN}) ?(?:(?P<sai>歳|才)|(?P<unit>[ヶヵかカ]月|週間?|日|年)齢)")
_BIRTH = re.compile(r"生まれ|赤ちゃん|乳児|新生児|生後|子供|誕生")
_AGE_LOOSE = re.compile(rf"(?P<n>{_RUN}) ?(?P<unit>[ヶヵかカ]月|週間)(?!前|後)")


def recognise_age(text: str) -> list[RecognisedNumber]:
    """Ages: 29歳, 90日齢; months and weeks where the words speak of a birth."""
    folded = prepared(text)
    found: list[RecognisedNumber] = []
    for match in (*_AGE.finditer(folded), *(_AGE_LOOSE.finditer(folded) if _BIRTH.search(folded) else ())):
        value = whole(match["n"])
        unit = match.groupdict().get("unit") or "歳"
        name = (
            "Year" if unit in ("歳", "年") else "Month" if unit.endswith("月") else "Week" if unit[0] == "週" else "Day"
        )
        if value is not None and all(match.end() <= f.start or match.start() >= f.end for f in found):
            found.append(RecognisedNumber(match.start(), match.end(), show(value), name))
    return sorted(found, key=lambda f: f.start)


_PREFIXES = {
    "キロ": "Kilo",
    "センチ": "Centi",
    "ミリ": "Milli",
    "デシ": "Deci",
    "マイクロ": "Micro",
    "ナノ": "Nano",
    "ヘクト": "Hecto",
    "メガ": "Mega",
}
DIMENSIONS = {
    "メートル": "Meter",
    "マイル": "Mile",
    "フィート": "Foot",
    "フット": "Foot",
    "インチ": "Inch",
    "ヤード": "Yard",
    "海里": "Nautical mile",
    "光年": "Light year",
    "平方メートル": "Square meter",
    "平方キロメートル": "Square kilometer",
    "平方マイル": "Square mile",
    "平方フィート": "Square foot",
    "平方センチメートル": "Square centimeter",
    "平方インチ": "Square inch",
    "立方メートル": "Cubic meter",
    "立方センチメートル": "Cubic centimeter",
    "立方フィート": "Cubic foot",
    "エーカー": "Acre",
    "ヘクタール": "Hectare",
    "ムー": "Mu",
    "ガロン": "Gallon",
    "リットル": "Liter",
    "バレル": "Barrel",
    "トン": "Ton",
    "メートルトン": "Metric ton",
    "グラム": "Gram",
    "ポンド": "Pound",
    "オンス": "Ounce",
    "ビット": "Bit",
    "バイト": "Byte",
    "キロバイト": "Kilobyte",
    "メガバイト": "Megabyte",
    "ギガバイト": "Gigabyte",
    "テラバイト": "Terabyte",
    "センチ": "Centimeter",
    "ミリ": "Millimeter",
    "キロ": "Kilometer",
}


for _prefix, _english in _PREFIXES.items():
    for _base in ("メートル", "グラム", "リットル"):
        DIMENSIONS.setdefault(_prefix + _base, _english + DIMENSIONS[_base].lower())


_DIMENSION = re.compile(
    rf"(?P<speed>時速|秒速|毎時)?(?P<n>{_RUN}(?: [万億] ?[0-9,]+)?) ?(?P<unit>{words(*DIMENSIONS)})"
    rf"(?:(?P<per>毎時|/時))?(?!ダ|パ|ワ|ヘ|カ|タリ)"
)


def recognise_dimension(text: str) -> list[RecognisedNumber]:
    """Lengths, areas, volumes, weights, data and speeds."""
    folded = prepared(text)
    found = []
    for match in _DIMENSION.finditer(folded):
        value = whole(match["n"])
        if value is None:
            continue
        unit = DIMENSIONS[match["unit"]]
        if match["speed"]:
            unit += " per second" if match["speed"] == "秒速" else " per hour"
        found.append(RecognisedNumber(match.start(), match.end(), show(value), unit))
    return found
