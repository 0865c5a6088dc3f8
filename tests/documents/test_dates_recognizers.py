"""The assistant's reading: next and last resolutions, spans with an excluded end, lengths in seconds."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared import shared

from keisei.documents.dates.recognizers import Recognised, parse_date, parse_duration
from keisei.documents.dates.recognizers_model import recognise_dates
from keisei.documents.dates.recognizers_range import parse_period
from keisei.documents.quantities.recognizers import (
    recognise_age,
    recognise_currency,
    recognise_dimension,
    recognise_number,
    recognise_ordinal,
    recognise_percent,
)

MONDAY = datetime.date(2024, 6, 17)


@pytest.mark.parametrize(
    ("text", "timex", "future", "past"),
    [
        ("9月5日", "XXXX-09-05", "2024-09-05", "2023-09-05"),
        ("3日", "XXXX-XX-03", "2024-07-03", "2024-06-03"),
        ("木曜日", "XXXX-WXX-4", "2024-06-20", "2024-06-13"),
        ("来週の火曜日", "2024-06-25", "2024-06-25", "2024-06-25"),
        ("8月の第2水曜日", "XXXX-08-WXX-3-#2", "2024-08-14", "2023-08-09"),
        ("あさっての3日後", "2024-06-22", "2024-06-22", "2024-06-22"),
        ("平成30年四月一日", "2018-04-01", "2018-04-01", "2018-04-01"),
        ("31/12/2021", "2021-12-31", "2021-12-31", "2021-12-31"),
    ],
)
def test_a_day_has_a_next_and_a_last_resolution(text: str, timex: str, future: str, past: str) -> None:
    (found,) = parse_date(text, MONDAY)
    assert (found.timex, found.future["date"], found.past["date"]) == (timex, future, past)


@pytest.mark.parametrize(
    ("text", "timex", "start", "end"),
    [
        ("先月", "2024-05", "2024-05-01", "2024-06-01"),
        ("再来週", "2024-W27", "2024-07-01", "2024-07-08"),
        ("2021年の第2四半期", "(2021-04-01,2021-07-01,P3M)", "2021-04-01", "2021-07-01"),
        ("今月の6日から9日まで", "(2024-06-06,2024-06-09,P3D)", "2024-06-06", "2024-06-09"),
        ("過去5年間", "(2019-06-17,2024-06-17,P5Y)", "2019-06-17", "2024-06-17"),
        ("1970年代", "(1970-01-01,1980-01-01,P10Y)", "1970-01-01", "1980-01-01"),
    ],
)
def test_a_span_ends_with_an_excluded_day(text: str, timex: str, start: str, end: str) -> None:
    (found,) = parse_period(text, MONDAY)
    assert (found.timex, found.future) == (timex, {"startDate": start, "endDate": end})


def test_a_length_is_in_seconds() -> None:
    (found,) = parse_duration("2週間と1日", MONDAY)
    assert (found.timex, found.future) == ("P2W1D", {"duration": str(15 * 86400)})


def test_open_spans_say_how_they_are_open() -> None:
    (found,) = recognise_dates("2012年3月以降", MONDAY)
    assert (found.mod, found.source, found.future) == ("after", "datetimerange", {"startDate": "2012-04-01"})


def test_numbers_with_units() -> None:
    assert [n.value for n in recognise_number("答えは三百二と五分の二です。")] == ["302.4"]
    assert [n.value for n in recognise_ordinal("第七回")] == ["7"]
    assert [n.value for n in recognise_percent("7割2分、マイナス三パーセント")] == ["72%", "-3%"]
    assert [(n.value, n.iso) for n in recognise_currency("12億3000万円と8ドル")] == [
        ("1230000000", "JPY"),
        ("8", "USD"),
    ]
    assert [(n.value, n.unit) for n in recognise_age("41歳")] == [("41", "Year")]
    assert [(n.value, n.unit) for n in recognise_dimension("7.5ヘクタール")] == [("7.5", "Hectare")]


@given(st.text(max_size=120), st.dates())
def test_any_text_is_read_without_a_crash_and_in_order(text: str, day: datetime.date) -> None:
    readers: list[Callable[[str], list[Any]]] = [
        lambda t: parse_date(t, day),
        lambda t: parse_period(t, day),
        lambda t: parse_duration(t, day),
        lambda t: list(recognise_dates(t, day)),
        recognise_number,
        recognise_ordinal,
        recognise_percent,
        recognise_currency,
        recognise_age,
        recognise_dimension,
    ]
    for reader in readers:
        found = reader(text)
        assert all(0 <= f.start < f.end <= len(text) for f in found)
        assert all(a.end <= b.start for a, b in pairwise(found))


def _same(case: dict[str, Any], found: list[Recognised]) -> bool:
    wanted = case["Results"]
    return len(found) == len(wanted) and all(
        w["Start"] == f.start
        and w["Length"] == f.end - f.start
        and w["Value"].get("Timex", f.timex) == f.timex
        and w["Value"].get("FutureResolution", f.future) == f.future
        and w["Value"].get("PastResolution", f.past) == f.past
        for w, f in zip(wanted, found, strict=True)
    )


@pytest.mark.parametrize(
    ("name", "reader", "share"),
    [
        ("DateParser", parse_date, 0.95),
        ("DatePeriodParser", parse_period, 0.92),
        ("DurationParser", parse_duration, 0.95),
    ],
)
def test_most_of_the_specifications_are_read_as_specified(
    name: str, reader: Callable[[str, datetime.date], list[Recognised]], share: float
) -> None:
    cases = json.loads(shared(f"reference/reading/recognizers_ja/DateTime.{name}.json").read_text(encoding="utf-8-sig"))
    passed = 0
    for case in cases:
        said = (case.get("Context") or {}).get("ReferenceDateTime", "2016-11-07")
        passed += _same(case, reader(case["Input"], datetime.date.fromisoformat(said[:10])))
    assert passed >= share * len(cases)
