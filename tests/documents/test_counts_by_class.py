"""Numbers that newspapers write, class by class: what counts, with which value, bounds and unit."""

from __future__ import annotations

import datetime

import pytest

from keisei.documents.dates import find_dates
from keisei.documents.quantities import QuantitySpan, find_quantities

DAY = datetime.date(2024, 9, 26)


def read(text: str, language: str) -> list[QuantitySpan]:
    return find_quantities(text, language=language, dates=find_dates(text, published=DAY, language=language))


def only(text: str, language: str) -> QuantitySpan:
    spans = read(text, language)
    assert len(spans) == 1, [s.quote for s in spans]
    return spans[0]


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        # parts of a whole, and adjectives of states within the noun phrase
        ("Over 11,000 of its soldiers fought.", "Over 11,000 of its soldiers", 11_000, "count"),
        ("Two German navy ships passed.", "Two German navy ships", 2, "count"),
        # groups and rough numbers
        ("A pair of bombers flew by.", "A pair of bombers", 2, "count"),
        ("Half a dozen officials resigned.", "Half a dozen officials", 6, "count"),
        ("a quarter of a million people fled.", "a quarter of a million people", 250_000, "count"),
        # the hurt, without a noun
        ("At least 12 were killed.", "At least 12", 12, "count"),
        ("Six died.", "Six", 6, "count"),
        # crowds and shares
        ("a population of 26 million", "26 million", 26_000_000, "count"),
        ("Its 1.2-million-strong army is large.", "1.2-million-strong", 1_200_000, "count"),
        ("two thirds support the plan.", "two thirds", 0.6666666667, "ratio"),
        ("Rates rose by 25 basis points.", "25 basis points", 25, "basis point"),
        # money in short forms and in Indian units
        ("A fine of £2m was paid.", "£2m", 2_000_000, "GBP"),
        ("A loan of $3bn was paid.", "$3bn", 3_000_000_000, "USD"),
        ("India paid 45,000 crore rupees.", "45,000 crore rupees", 450_000_000_000, "INR"),
        # measures
        ("a 12-nautical-mile limit", "12-nautical-mile", 12, "nautical mile"),
        ("It flew at Mach 6.", "Mach 6", 6, "Mach"),
        ("It fell to minus 20 degrees Celsius.", "minus 20 degrees Celsius", -20, "degree Celsius"),
        ("152mm shells were sent.", "152mm", 152, "mm"),
        # plans by their points, ranks, lengths of one
        ("a 28-point peace plan", "28-point", 28, "count"),
        ("Japan ranked third.", "third", 3, "rank"),
        ("the second-largest economy", "second", 2, "rank"),
        ("for more than a decade", "more than a decade", 10, "year"),
        ("1 in 4 soldiers was hurt.", "1 in 4", 0.25, "ratio"),
        ("one and a half million people signed.", "one and a half million people", 1_500_000, "count"),
    ],
)
def test_an_english_number_of_each_class(text: str, quote: str, value: float, unit: str) -> None:
    span = only(text, "en")
    assert (span.quote, span.unit) == (quote, unit)
    assert span.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Several thousand workers left.", 2_000, 9_000),
        ("A couple of hundred protesters came.", 200, 900),
        ("Scores of soldiers were hurt.", 40, 99),
        ("between 20% and 30%", 20, 30),
        ("2%-3%", 2, 3),
        ("100,000 or more troops", 100_000, None),
        ("more than a decade", 10, None),
    ],
)
def test_an_english_number_with_bounds(text: str, low: float, high: float | None) -> None:
    span = only(text, "en")
    assert (span.low, span.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Lawmakers voted 217-213 to pass the bill.", [217, 213]),
        ("It passed with 14 in favor and one abstention.", [14, 1]),
        ("It rose from 40 to 50 warheads.", [40, 50]),
        ("Brent rose $1.20 to $78.50 a barrel.", [1.2, 78.5]),
        ("It has 50 warheads, up from 40.", [50, 40]),
        ("Five of the seven judges agreed.", [5, 7]),
    ],
)
def test_two_english_figures_are_two(text: str, values: list[float]) -> None:
    assert [s.value for s in read(text, "en")] == values


@pytest.mark.parametrize(
    "text",
    [
        "Three steps would help.",
        "It has two virtues.",
        "The two Asian neighbours quarrelled.",
        "Two of them left.",
        "Section 301 and Resolution 2397 apply.",
    ],
)
def test_numbers_that_only_part_the_text_or_take_up_the_named_are_none(text: str) -> None:
    assert read(text, "en") == []


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("科学技術など6分野で協力する。", "6分野", 6, "count"),
        ("ロケットは1段目の飛行中に爆発した。", "1段目", 1, "rank"),
        ("3個人に制裁を科した。", "3個人", 3, "count"),
        ("50余りの国が参加した。", "50余りの国", 50, "count"),
        ("200近い企業が加わった。", "200近い企業", 200, "count"),
        ("14の国と地域が署名した。", "14の国と地域", 14, "count"),
        ("全47条からなる条約だ。", "全47条から", 47, "count"),
        ("マッハ5以上で飛んだ。", "マッハ5以上", 5, "Mach"),
        ("半数を超える。", "半数を超える", 50, "percent"),
        ("最大3割引き上げる。", "最大3割", 30, "percent"),
        ("プルトニウム70キロを持つ。", "70キロ", 70, "kg"),
        ("東へ70キロ飛んだ。", "70キロ", 70, "km"),
        ("2人に1人が反対した。", "2人に1人", 0.5, "ratio"),
        ("何百人もの兵士が死んだ。", "何百人", None, "count"),
        ("懲役13年6月の判決を受けた。", "13年6月", 13.5, "year"),
    ],
)
def test_a_japanese_number_of_each_class(text: str, quote: str, value: float | None, unit: str) -> None:
    span = only(text, "ja")
    assert (span.quote, span.value, span.unit) == (quote, value, unit)


def test_a_tally_of_votes_is_two_numbers() -> None:
    assert [s.value for s in read("217対213の僅差で可決した。", "ja")] == [217, 213]


@pytest.mark.parametrize(
    "text", ["1ドル=の相場", "1点目は制裁だ。", "二つの神話に惑わされる。", "第4条は支援を定める。"]
)
def test_what_a_japanese_text_counts_for_itself_is_none(text: str) -> None:
    assert read(text, "ja") == []
