"""What a reader of news takes an English date to mean."""

from __future__ import annotations

import datetime

import pytest

from keisei.documents.dates import find_dates

PUBLISHED = datetime.date(2024, 6, 20)  # a Thursday


def read(text: str) -> list[tuple[str, str | None]]:
    return [(d.quote, d.value) for d in find_dates(text, published=PUBLISHED, language="en")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("September 13, 2023", "2023-09-13"),
        ("13 September 2023", "2023-09-13"),
        ("September 2023", "2023-09"),
        ("late September 2023", "2023-09"),
        ("early 2024", "2024-01/2024-03"),
        ("the second half of 2024", "2024-07/2024-12"),
        ("the summer of 2018", "2018-06/2018-08"),
        ("the late 1990s", "1997/1999"),
        ("the 20th century", "1901/2000"),
        ("Between 2016 and 2017", "2016/2017"),
        ("2014-2018", "2014/2018"),
        ("June 12-14, 2018", "2018-06-12/2018-06-14"),
        ("Since 2022", "2022/2024"),
        ("Last September", "2023-09"),
        ("October 6 this year", "2024-10-06"),
        ("last year", "2023"),
        ("last week", "2024-06-10/2024-06-16"),
        ("Yesterday", "2024-06-19"),
        ("A decade ago", "2014"),
        ("Two days ago", "2024-06-18"),
        ("the past three years", "2021/2024"),
        ("next spring", "2025-03/2025-05"),
    ],
)
def test_one_expression_has_one_value(text: str, value: str) -> None:
    assert read(text + ", the two sides met.") == [(text, value)]


def test_a_weekday_is_the_last_one_unless_the_sentence_plans() -> None:
    assert read("They met on Tuesday.") == [("Tuesday", "2024-06-18")]
    assert read("They will meet on Tuesday.") == [("Tuesday", "2024-06-25")]


def test_what_a_date_points_back_to_is_the_last_one_named() -> None:
    text = "They met in June 2018. The following month they met again. Two years later, nothing was left of it."
    assert read(text) == [("June 2018", "2018-06"), ("The following month", "2018-07"), ("Two years later", "2020")]


@pytest.mark.parametrize("text", ["Recently", "In recent years", "During the Cold War", "Several months ago"])
def test_a_vague_time_has_a_reason_and_no_value(text: str) -> None:
    (date,) = find_dates(text + ", ties changed.", published=PUBLISHED, language="en")
    assert (date.quote, date.value) == (text, None)
    assert date.reason


@pytest.mark.parametrize(
    "text", ["He may go.", "They march on.", "about 2000 people", "the Cold War", "$2023", "3.2024"]
)
def test_what_looks_like_a_date_but_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mid-2024", "2024-05/2024-08"),
        ("Fiscal 2024", "2024"),
        ("FY2023", "2023"),
        ("Year-end", "2024-12"),
        ("Christmas Eve", "2023-12-24"),
        ("the third quarter", "2023-07/2023-09"),
        ("the first three months of 2024", "2024-01/2024-03"),
        ("the first nine months of the year", "2023-01/2023-09"),
        ("Over the weekend", "2024-06-15/2024-06-16"),
        ("In two years' time", "2026"),
        ("Overnight", "2024-06-20"),
    ],
)
def test_parts_of_years_ends_and_holidays(text: str, value: str) -> None:
    assert read(text + ", the two sides met.") == [(text, value)]


def test_a_month_at_the_end_of_a_sentence_leaves_the_full_stop() -> None:
    assert read("It lapsed in October.") == [("October", "2023-10")]
    assert read("It lapsed on Sept. 9.") == [("Sept. 9", "2023-09-09")]


def test_a_count_to_another_event_beside_a_date_is_that_date() -> None:
    assert read("They signed on Monday, three days before the new leader takes office.") == [
        ("Monday", "2024-06-17"),
        ("three days before the new leader takes office", "2024-06-17"),
    ]


def test_overnight_is_the_night_of_the_day_told() -> None:
    assert read("The army said on Tuesday that it shot down drones launched overnight.")[-1] == (
        "overnight",
        "2024-06-18",
    )
