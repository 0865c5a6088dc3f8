"""What counts as a quantity, and what its words say of value, bounds and unit."""

from __future__ import annotations

import datetime

import pytest

from keisei.documents.dates import find_dates
from keisei.documents.quantities import QuantitySpan, find_quantities


def read(text: str, language: str = "ja") -> list[QuantitySpan]:
    dates = find_dates(text, published=datetime.date(2024, 6, 20), language=language)
    return find_quantities(text, language=language, dates=dates)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("7000個", 7000, "count"),
        ("86分", 86, "minute"),
        ("10分の1以下", 0.1, "ratio"),
        ("15品目", 15, "count"),
        ("1万2000人", 12000, "count"),
        ("約250万発", 2_500_000, "count"),
        ("31万5000人", 315_000, "count"),
        ("三十万人", 300_000, "count"),
        ("１，０００個", 1000, "count"),
        ("2度", 2, "count"),
        ("13カ国", 13, "count"),
        ("2大国", 2, "count"),
        ("110億ドル", 11_000_000_000, "USD"),
        ("3兆1000億円", 3_100_000_000_000, "JPY"),
        ("5000億ウォン", 500_000_000_000, "KRW"),
        ("$500", 500, "USD"),
        ("76%", 76, "percent"),
        ("8割", 80, "percent"),
        ("3.2ポイント", 3.2, "percentage point"),
        ("2.2倍", 2.2, "times"),
        ("第2位", 2, "rank"),
        ("3回目", 3, "rank"),
        ("2年目", 2, "rank"),
        ("4年ぶり", 4, "year"),
        ("70周年", 70, "year"),
        ("約14年間", 14, "year"),
        ("2年半", 2.5, "year"),
        ("3カ月", 3, "month"),
        ("2週間", 2, "week"),
        ("3日間", 3, "day"),
        ("175km", 175, "km"),
        ("350キロ", 350, "km"),
        ("100万トン", 1_000_000, "tonne"),
        ("50万バレル", 500_000, "barrel"),
        ("0.1%減", -0.1, "percent"),
    ],
)
def test_a_numeral_with_a_unit(text: str, value: float, unit: str) -> None:
    (span,) = read(f"それは{text}だった。")
    assert span.quote in (text, text.removeprefix("第"))
    assert (span.value, span.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("1,000個以上", 1000, 1000, None),
        ("300個余り", 300, 300, None),
        ("76%を超える", 76, 76, None),
        ("100人未満", 100, None, 100),
        ("10年足らず", 10, None, 10),
        ("少なくとも50人", 50, 50, None),
        ("最大200発", 200, None, 200),
        ("数十人", None, 20, 90),
        ("数千人", None, 2000, 9000),
        ("十数発", None, 12, 19),
        ("300~500人", 400, 300, 500),
        ("200万~300万人", 2_500_000, 2_000_000, 3_000_000),
        ("50人", 50, None, None),
    ],
)
def test_bounds_stand_only_where_the_words_give_them(
    text: str, value: float | None, low: float | None, high: float | None
) -> None:
    (span,) = read(f"それは{text}だった。")
    assert (span.quote, span.value, span.low, span.high) == (text, value, low, high)
    assert span.approximate == (text not in ("50人", "少なくとも50人", "最大200発", "300~500人", "200万~300万人"))


@pytest.mark.parametrize(
    "text",
    [
        "一方のロシアは一線を画し、一部で一致した",
        "三カ国同盟と二国間関係、六者協議",
        "第二埠頭と第一埠頭",
        "61年条約は続き、三つのことが言える",
        "十分な時間と20時05分",
        "180度異なり",
        "衛星「万里鏡1号」とスホイ57、G20、Su-35",
        "2023年9月13日",
        "1人当たり",
        "一つの中国",
        "両国の首脳",
    ],
)
def test_names_idioms_and_dates_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_an_amount_in_brackets_restates_the_one_before_it() -> None:
    first, second = read("支援は約55億ドル(約8200億円)だった。")
    assert (first.unit, first.rule) == ("USD", "ja.money")
    assert (second.unit, second.value, second.rule) == ("JPY", 820_000_000_000, "ja.money+converted")


def test_a_quantity_takes_the_date_of_its_own_sentence() -> None:
    first, second = read("2011年に110億ドルを免除した。労働者は5万人だった。")
    assert (first.date, second.date) == ("2011", None)


def test_a_vague_date_does_not_hide_the_count_behind_it() -> None:
    (span,) = read("過去2回、打ち上げに失敗した。")
    assert (span.quote, span.value) == ("2回", 2)


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("It sent 1,000 containers.", "1,000 containers", 1000, "count"),
        ("The 47-article document is new.", "47-article", 47, "count"),
        ("It carries 2 billion cubic metres a year.", "2 billion cubic metres", 2_000_000_000, "cubic metre"),
        ("Some 2.5 million people fled.", "Some 2.5 million people", 2_500_000, "count"),
        ("It paid $1.2 billion.", "$1.2 billion", 1_200_000_000, "USD"),
        ("It cost 190 billion yen.", "190 billion yen", 190_000_000_000, "JPY"),
        ("Trade fell 5.4% then.", "5.4%", -5.4, "percent"),
        ("Growth was 3 percent.", "3 percent", 3, "percent"),
        ("It flew 350 kilometers.", "350 kilometers", 350, "km"),
        ("It lasted for twenty-four years.", "twenty-four years", 24, "year"),
        ("It was its sixth nuclear test.", "sixth", 6, "rank"),
        ("Two-thirds of the shells are old.", "Two-thirds", 2 / 3, "ratio"),
        ("Half of the shells are old.", "Half", 0.5, "ratio"),
        ("Anna Nowak, 44, said so.", "44", 44, "year"),
        ("Between 300 and 500 soldiers died.", "300 and 500 soldiers", 400, "count"),
        ("Three nuclear tests followed.", "Three nuclear tests", 3, "count"),
    ],
)
def test_english_quantities(text: str, quote: str, value: float, unit: str) -> None:
    (span,) = read(text, "en")
    assert (span.quote, span.value, span.unit) == (quote, pytest.approx(value), unit)


def test_english_hedges_give_bounds() -> None:
    (span,) = read("More than 40 missiles were fired.", "en")
    assert (span.value, span.low, span.high, span.approximate) == (40, 40, None, True)
    (span,) = read("Hundreds of thousands of people died.", "en")
    assert (span.value, span.low, span.high) == (None, 100_000, 900_000)


def test_a_change_from_one_figure_to_another_is_two_and_a_span_is_one() -> None:
    assert [s.value for s in read("上限は1バレル60ドルから45ドルに引き下げられる。")] == [60, 45]
    assert [s.value for s in read("失業率は5%から7%に上昇した。")] == [5, 7]
    (span,) = read("300人から500人が加わった。")
    assert (span.low, span.high) == (300, 500)


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("林氏(58)は語る。", "58", 58, "year"),
        ("議会(定数126)で可決された。", "126", 126, "count"),
        ("半世紀ぶりの訪問となった。", "半世紀ぶり", 50, "year"),
        ("四半世紀にわたる対立が続く。", "四半世紀", 25, "year"),
        ("休みは月に1日だ。", "1日", 1, "day"),
        ("3首脳は握手した。", "3首脳", 3, "count"),
        ("年に380億立方メートルを送る。", "380億立方メートル", 38_000_000_000, "cubic metre"),
        ("広さは1200平方キロだ。", "1200平方キロ", 1200, "square kilometre"),
    ],
)
def test_numbers_without_a_unit_of_their_own_and_units_in_full(text: str, quote: str, value: float, unit: str) -> None:
    (span,) = read(text)
    assert (span.quote, span.value, span.unit) == (quote, value, unit)
