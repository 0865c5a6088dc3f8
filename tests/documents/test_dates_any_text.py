"""Laws that hold for every text: no crash, verbatim quotes, order, bounded work."""

from __future__ import annotations

import datetime
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared import shared

from keisei.documents.dates import find_dates
from keisei.documents.dates.fold import fold
from keisei.documents.dates.numerals import parse_number
from keisei.documents.quantities import find_quantities

WORDS = """2023 年 月 日 9 13 昨年 同年 その 後 以降 から 〜 まで 前 10 数 十 万 億 約 以上 % 人 ドル ( ) 、 。 会談
時代 冷戦 最近 令和 元 第 回 目 １２ 〇 三 . , - $ million September May 1990s since between and ago the two last é
翌 先週 週末 の と 曜 午後 訪問中 年代 世紀 四半期 末 春 毎年 現在 過去 こ 間 kg
パーセント 倍 ぶり つ last month early year 2nd of"""
PIECES = [*WORDS.split(), "\n", "\u200f", "\ud800"]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
)
DATES = st.none() | st.dates()


@given(TEXTS, DATES, st.sampled_from(["ja", "en"]))
def test_spans_are_verbatim_ordered_and_apart(text: str, published: datetime.date | None, language: str) -> None:
    dates = find_dates(text, published=published, language=language)
    quantities = find_quantities(text, language=language, dates=dates)
    for spans in (dates, quantities):
        assert all(s.quote == text[s.start : s.end] != "" for s in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all((d.value is None) == (d.reason is not None) for d in dates)
    for quantity in quantities:
        assert all(quantity.end <= d.start or quantity.start >= d.end for d in dates)


@given(TEXTS, DATES, st.sampled_from(["ja", "en"]))
def test_a_value_is_a_date_or_an_interval_in_order(text: str, published: datetime.date | None, language: str) -> None:
    for date in find_dates(text, published=published, language=language):
        if date.value is None:
            continue
        ends = date.value.split("/")
        for end in ends:
            parts = [int(p) for p in end.split("-")]
            datetime.date(*[*parts, 1, 1][:3])
        if len(ends) == 2 and len(ends[0]) == len(ends[1]):
            assert ends[0] <= ends[1]


@given(TEXTS)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.integers(min_value=1, max_value=10**16 - 1))
def test_a_number_is_read_as_it_was_written_with_large_units(number: int) -> None:
    text, rest = "", number
    for unit, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        if part := rest // size:
            text += f"{part}{unit}"
        rest %= size
    read = parse_number(text)
    assert read is not None
    assert read.value == number


@pytest.mark.parametrize(
    "piece", ["9", "2023年", "一", "約", "の会談", "昨年から", "数十", "1,000", "( ", "最近", "the last ", "September "]
)
def test_a_long_line_of_one_thing_is_read_in_linear_work(piece: str) -> None:
    for language in ("ja", "en"):
        text = piece * (60_000 // len(piece))
        dates = find_dates(text, published=datetime.date(2024, 6, 20), language=language)
        find_quantities(text, language=language, dates=dates)


def test_the_annotated_documents_are_read_as_their_annotators_read_them() -> None:
    right = wanted = given_ = 0
    for path in sorted(shared("reading/gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        with open(shared("reading/documents") / f"{gold['doc']}.txt", encoding="utf-8", newline="") as file:
            text = file.read()
        dates = find_dates(text, published=datetime.date.fromisoformat(gold["published"]), language="ja")
        found = {(d.start, d.end, d.value) for d in dates}
        right += sum((g["start"], g["end"], g["value"]) in found for g in gold["dates"])
        wanted, given_ = wanted + len(gold["dates"]), given_ + len(found)
    assert 2 * right / (wanted + given_) >= 0.9  # the very span, stricter than the scorer's half overlap
