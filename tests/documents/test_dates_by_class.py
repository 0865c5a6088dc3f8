"""Times that newspapers name, class by class, read on 26 September 2024."""

from __future__ import annotations

import datetime

import pytest

from keisei.documents.dates import find_dates

DAY = datetime.date(2024, 9, 26)


def values(text: str, language: str) -> list[tuple[str, str | None]]:
    return [(d.quote, d.value) for d in find_dates(text, published=DAY, language=language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a month with its word before a name is that month
        ("Last September Foreign Minister Lavrov spoke.", ("Last September", "2023-09")),
        # the day, week or month that is told of
        ("Earlier in the day it fired.", ("Earlier in the day", "2024-09-26")),
        ("Later in the week he flew.", ("Later in the week", "2024-09-23/2024-09-29")),
        ("They met on the 24th.", ("24th", "2024-09-24")),
        # spans
        ("It rose from 2016 through 2019.", ("2016 through 2019", "2016/2019")),
        ("It comes by the end of the decade.", ("the end of the decade", "2029")),
        ("It fell in the first eight months, they said.", ("the first eight months", "2024-01/2024-08")),
        ("fiscal year 2024-25", ("fiscal year 2024-25", "2024")),
        # plans look ahead
        ("It may come as early as October.", ("October", "2024-10")),
        ("It must come no later than Nov. 15.", ("Nov. 15", "2024-11-15")),
        ("He arrives this coming Tuesday.", ("this coming Tuesday", "2024-10-01")),
        # times that do not say when
        ("It grew over recent months.", ("over recent months", None)),
        ("They met at an early date.", ("at an early date", None)),
        ("Days later, they met.", ("Days later", None)),
    ],
)
def test_an_english_time_of_each_class(text: str, expected: tuple[str, str | None]) -> None:
    assert values(text, "en") == [expected]


def test_an_hour_of_the_clock_is_no_year() -> None:
    assert values("at 5 a.m. (2000 GMT Wednesday)", "en") == [("Wednesday", "2024-09-25")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨夜、訪れた。", ("昨夜", "2024-09-25")),
        ("けさ訪れた。", ("けさ", "2024-09-26")),
        ("24年度予算案を決めた。", ("24年度", "2024-04/2025-03")),
        ("91年に崩壊した。", ("91年", "1991")),
        ("2006年から17年にかけて実験した。", ("2006年から17年", "2006/2017")),
        ("元日に演説した。", ("元日", "2024-01-01")),
        ("昨年の光復節に演説した。", ("昨年の光復節", "2023-08-15")),
    ],
)
def test_a_japanese_time_of_each_class(text: str, expected: tuple[str, str | None]) -> None:
    assert values(text, "ja") == [expected]


def test_a_plan_of_another_date_does_not_move_the_day_of_the_telling() -> None:
    text = "25日に会談した。\n25日未明、北朝鮮は10月4日午前0時までに打ち上げると通告した。"
    assert [v for _, v in values(text, "ja")] == ["2024-09-25", "2024-09-25", "2024-10-04"]


def test_the_same_day_is_the_day_of_the_report_though_a_plan_stands_between() -> None:
    text = "25日、北朝鮮は10月4日までに打ち上げると通告した。北朝鮮は同日、発射した。"
    assert values(text, "ja")[-1] == ("同日", "2024-09-25")


def test_the_same_day_in_a_headline_is_the_first_day_of_the_report() -> None:
    assert values("首脳会談で合意 北朝鮮は同日夜に発射\n\n首脳は25日、会談した。", "ja")[0] == ("同日", "2024-09-25")


def test_behind_a_meeting_of_the_report_is_its_day() -> None:
    assert values("首相は25日、会談した。会談後の会見で述べた。", "ja")[-1] == ("会談後", "2024-09-25")


def test_a_stay_in_office_has_no_date_of_the_sentence_before() -> None:
    assert values("1956年の宣言がある。安倍氏は在任中に会った。", "ja")[-1] == ("在任中", None)


@pytest.mark.parametrize(
    "text",
    ["停戦に応じるなら、そのとき席に着ける。", "80年にわたって続いた。", "2019年12月に成都で開かれた前回会談以来だ。"],
)
def test_a_supposed_time_and_a_length_are_no_date(text: str) -> None:
    assert [q for q, _ in values(text, "ja") if q in ("そのとき", "80年", "前回会談以来")] == []
