"""Heads of texts, who is heard last, and times and counts that hang on what was told."""

from __future__ import annotations

from keisei.documents import read_text


def _surfaces(text: str) -> set[str]:
    return {s for e in read_text(text).to_json()["entities"] for s in e["surfaces"]}


def _speakers(text: str) -> dict[str, str]:
    return {c["quote"]: c["speaker"] for c in read_text(text).to_json()["claims"]}


def _values(text: str, layer: str) -> dict[str, object]:
    return {d["quote"]: d["value"] for d in read_text(text).to_json()[layer]}


def test_a_head_line_with_a_number_of_its_series_bears_the_day() -> None:
    text = "Delta Institute\nPolicy Brief No. 7 | 4 March 2026\n\nThe talks could resume before the year is out.\n"
    reading = read_text(text)
    assert reading.provenance.published == "2026-03-04"
    assert _values(text, "dates")["before the year is out"] == "2026"
    assert "Policy Brief No. 7" in _surfaces(text)


def test_papers_desks_and_translators_stand_in_the_head() -> None:
    text = "北海新聞　2026年3月4日朝刊　外報部・森田理恵\n村井澄子訳\n\n米国と日本は協議を続けた。\n"
    assert {"北海新聞", "森田理恵", "村井澄子"} <= _surfaces(text)


def test_a_polite_quotation_behind_statistics_is_the_scholars() -> None:
    text = (
        "2026年3月4日\n\n東海大学の田中一郎教授は懐疑的だ。数字も田中氏の見方を裏づける。中国税関総署によると、貿易額は14億ドルだった。"
        "「中国は北朝鮮を食べさせてはいますが、太らせてはいません」。\n"
    )
    said = {quote: who for quote, who in _speakers(text).items() if "太らせて" in quote}
    assert set(said.values()) == {"TANAKA_ICHIRO"}


def test_whom_a_relative_clause_describes_speaks() -> None:
    text = "4 March 2026\n\nViktor Larin, a general who heads the Nevsky Forum in Moscow, contends that the freeze would hold for years.\n"  # noqa: E501
    assert set(_speakers(text).values()) == {"LARIN_VIKTOR"}


def test_the_same_months_of_another_year_and_half_a_year() -> None:
    text = "2026年9月4日\n\n今年1～7月の貿易額は前年同期を3割上回った。面積の半分以上を失い、半年を移行期間とした。\n"
    assert _values(text, "dates")["前年同期"] == "2025-01/2025-07"
    counts = _values(text, "quantities")
    assert counts["半分以上"] == 50
    assert counts["半年"] == 6
