"""Dates in a story: what they count from when something else stands between, seasons, lengths that are no dates."""

from __future__ import annotations

import datetime

import pytest

from keisei.documents import read_text
from keisei.documents.dates import find_dates
from keisei.documents.structure import analyse

PUBLISHED = datetime.date(2025, 6, 20)


def read(text: str, language: str = "ja") -> dict[str, str | None]:
    return {s.quote: s.value for s in find_dates(text, published=PUBLISHED, language=language)}


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("1990年9月に断られた。その2年後の11月には条約に調印している。", "その2年後の11月", "1992-11"),
        ("2019年12月に提出し、2年後にも配布した。", "2年後", "2021"),
        ("1月23日に承認した。支持を前年夏に約束していた。3日後に認めた。", "3日後", "2025-01-26"),
        ("2023年は9倍だ。前年の9倍に膨らみ、同じ年に23億ドルに達した。", "同じ年", "2023"),
        ("昨年1年間に900万発を送った。", "昨年1年間", "2024"),
        ("この夏に飢饉が起きかねない。", "この夏", "2025-06/2025-08"),
        ("夏までに前線が動くことはない。", "夏まで", "2025-06/2025-08"),
        ("春までに合意はない。", "春まで", "2026-03/2026-05"),
        ("貿易はコロナ前の8割に戻った。", "コロナ前", None),
    ],
)
def test_a_japanese_story(text: str, quote: str, value: str | None) -> None:
    found = read(text)
    assert next(v for q, v in found.items() if q.startswith(quote)) == value


@pytest.mark.parametrize("text", ["合意はわずか16日しかもたなかった。", "政権は3日天下に終わった。"])
def test_a_length_in_days_is_no_date(text: str) -> None:
    reading = read_text(text, published="2025-06-20", language="ja")
    assert not reading.dates
    assert [q.unit for q in reading.quantities] == ["day"]


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("It was ratified on Jan. 23. He had promised it the previous summer. Three days later it passed.",
         "Three days later", "2025-01-26"),
        ("A year after the war began in April 2023, the army still fights.", "April 2023", "2023-04"),
        ("Embassies will reopen by summer.", "summer", "2025-06/2025-08"),
        ("The front will not move before the spring.", "the spring", "2026-03/2026-05"),
    ],
)  # fmt: skip
def test_an_english_story(text: str, quote: str, value: str) -> None:
    assert read(text, "en")[quote] == value


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("月刊『潮路』2025年7月号(6月20日発行)", "2025-06-20"),
        ("月刊『潮路』2026年1月号(12月10日発売)", "2025-12-10"),
        ("2025年6月20日発行", "2025-06-20"),
        ("By Jane Doe | March 3, 2025", "2025-03-03"),
    ],
)
def test_the_head_of_a_text_bears_its_day(head: str, published: str) -> None:
    body = (
        "\n\nSanctions have changed little. Nobody expects more.\n" if head.startswith("By") else "\n\n制裁は緩んだ。\n"
    )
    assert analyse(head + body).published == published
