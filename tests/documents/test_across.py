"""Across documents: one event told twice is one, one figure through many hands has one origin."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from keisei.documents import across, export, plugins, read_text


def document(text: str, name: str, publisher: str, published: str | None = None) -> dict:
    found = read_text(text, name=name, published=published).to_json()
    found["provenance"] = [{"publisher": publisher, "author": None, "date": published, "role": "original"}]
    return found


def test_the_same_event_told_by_two_origins_is_one_corroborated_event() -> None:
    a = document("2023年9月13日、プーチン大統領は金正恩総書記と会談した。", "a", "CNN")
    b = document("2023年9月、ロシアと北朝鮮は首脳会談を行った。", "b", "Reuters")
    summits = [s for s in across.same_events([a, b]) if s.instrument == "summit"]
    assert len(summits) == 1
    assert summits[0].corroborated
    assert summits[0].date == "2023-09-13"


def test_what_two_papers_took_from_one_source_corroborates_nothing() -> None:
    text = "米国によると、北朝鮮は2023年9月にロシアへ弾薬を供与したという。"
    same = [
        s for s in across.same_events([document(text, "a", "CNN"), document(text, "b", "Reuters")]) if s.plover == "AID"
    ]
    assert len(same) == 1
    assert len(same[0].tellings) == 2
    assert not same[0].corroborated


def test_two_summits_of_one_pair_are_two_events_and_undated_ones_are_not_joined() -> None:
    a = document("2019年4月、プーチン大統領は金正恩総書記と会談した。", "a", "CNN")
    b = document("2023年9月、プーチン大統領は金正恩総書記と会談した。", "b", "CNN")
    c = document("プーチン大統領は金正恩総書記と会談した。", "c", "CNN")
    assert len(across.same_events([a, b, c])) == 3


def test_a_figure_through_several_hands_is_one_observation() -> None:
    text = "北朝鮮は約7000個のコンテナを送った。"
    one = across.figures([document(text, "a", "ntv"), document(text, "b", "ntv")])
    two = across.figures([document(text, "a", "ntv"), document(text, "b", "NSC")])
    assert [f.documents for f in one] == [("a", "b")]
    assert len(two) == 2


@given(st.integers(1990, 2035), st.integers(1, 12))
def test_a_month_coincides_with_its_year_and_its_days(year: int, month: int) -> None:
    value = f"{year}-{month:02d}"
    assert across.may_coincide(value, str(year))
    assert across.may_coincide(f"{value}-01", value)
    assert not across.may_coincide(value, str(year + 1))
    assert not across.may_coincide(value, None)


def test_export_names_the_characters_of_every_event() -> None:
    text = "北朝鮮はロシアに弾薬を供与した。"
    found = read_text(text, name="a").to_json()
    rows = [json.loads(line) for line in export.jsonl([found]).splitlines()]
    assert rows[0]["event"] == "AID"
    assert rows[0]["citation"]["sha256"] == found["sha256"]
    for row in rows:
        assert text[row["citation"]["start"] : row["citation"]["end"]] == row["citation"]["exact"]
    table = list(csv.DictReader(io.StringIO(export.table([found]))))
    assert [r["event_type"] for r in table] == [r["event"] for r in rows]


def test_a_proposal_is_kept_only_where_its_quote_stands() -> None:
    text = "北朝鮮はロシアに弾薬を供与した。北朝鮮は否定した。"
    offers = [
        plugins.Proposal("event", "弾薬を供与した"),
        plugins.Proposal("event", "弾薬を売った"),
        plugins.Proposal("event", "北朝鮮は"),
        plugins.Proposal("event", "北朝鮮は", 16),
        plugins.Proposal("event", "北朝鮮は", 3),
        plugins.Proposal("event", " "),
    ]
    kept, refused = plugins.run(text, "ja", {"mine": lambda _text, _language: offers})
    assert [(p.start, p.extractor) for p in kept] == [(8, "mine"), (16, "mine")]
    assert len(refused) == 4
    assert all(r.reason for r in refused)
