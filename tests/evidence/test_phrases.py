"""A phrase is tracked through official texts: where it stands, how, and where it went missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.readings import TEXT, reading
from evidence.test_store import a_fact
from keisei.errors import InputError
from keisei.evidence import Evidence, Fact
from keisei.evidence.phrase_chart import write_chart
from keisei.evidence.phrases import mentions, phrase_table, spellings_of
from keisei.evidence.readings import documents, import_reading
from keisei.evidence.store import open_store


def text_fact(date: str, presence: str, issuer: str = "CHN", kind: str = "readout") -> Fact:
    attributes = {"issuer": issuer, "kind": kind}
    if presence:
        attributes["denuclearisation"] = presence
    name = f"{issuer}-{kind}-{date}"
    return a_fact(name, date=date, site="text", index="PRK-CHN", attributes=attributes, title_en=name)


@pytest.mark.parametrize(
    ("text", "hows"),
    [
        ("半島の非核化を目標とする。", ["asserted"]),
        ("発表は非核化に言及しなかった。", ["negated"]),
        ("非核化には触れていない。", ["negated"]),
        ("共同声明に非核化の文言はなかった。", ["negated"]),
        ("非核化という目標が消えた。", ["negated"]),
        ("北朝鮮は非核化を拒否した。", ["negated"]),
        ("「非核化は歴史的な流れだ」と述べた。", ["quoted"]),
        ("「対話」と非核化を求めた。", ["asserted"]),
        ("非核化に触れなかった。非核化を望む。", ["negated", "asserted"]),
        ("The readout made no mention of denuclearization.", ["negated"]),
        ("Beijing dropped denuclearisation from its goals.", ["negated"]),
        ("Denuclearization was never discussed.", ["negated"]),
        ("They reaffirmed the goal of denuclearization.", ["asserted"]),
        ("He called “denuclearisation” a fantasy.", ["quoted"]),
        ("No one was hurt. Denuclearization remains the goal.", ["asserted"]),
        ("半島無核化を支持する", ["asserted"]),
        ("制裁を続ける。", []),
    ],
)
def test_mentions_that_assert_negate_and_quote_are_told_apart(text: str, hows: list[str]) -> None:
    assert [mention.how for mention in mentions(text, spellings_of("非核化")[1])] == hows


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_mention_is_found_wherever_it_stands_and_its_span_is_the_text(before: str, after: str) -> None:
    text = f"{before}非核化{after}"
    assert any((mention.start, mention.end) == (len(before), len(before) + 3) for mention in mentions(text, ["非核化"]))


@given(text=st.text(max_size=60), phrase=st.text(min_size=1, max_size=4))
def test_any_text_and_phrase_give_spans_in_order_that_do_not_overlap(text: str, phrase: str) -> None:
    found = mentions(text, [phrase])
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))  # noqa: RUF007


@pytest.mark.parametrize("phrase", ["非核化", "denuclearization", "DENUCLEARISATION", "비핵화", "无核化"])
def test_a_phrase_is_known_in_all_its_spellings(phrase: str) -> None:
    attribute, spellings = spellings_of(phrase)
    assert attribute == "denuclearisation"
    assert {"非核化", "denuclearization", phrase} <= set(spellings)


def test_the_table_says_when_a_series_names_drops_and_takes_up_a_phrase_again() -> None:
    facts = [
        text_fact("2018-03-28", "named"),
        text_fact("2018-03-28", "omitted", "PRK"),
        text_fact("2018-06-20", "named", "PRK"),
        text_fact("2019-01", "named"),
        text_fact("2023-09-13", "", "both", "none"),
        text_fact("2024-05", ""),
        text_fact("2025-09-04", "omitted"),
        text_fact("2026-01-04", "named"),
        text_fact("2026-02", "accepted"),
    ]
    rows = phrase_table(Evidence(facts=tuple(reversed(facts))), [], "非核化")
    assert [(row.issuer, row.presence, row.change) for row in rows] == [
        ("CHN", "named", "first"),
        ("PRK", "omitted", ""),
        ("PRK", "named", "first"),
        ("CHN", "named", ""),
        ("both", "no text", ""),
        ("CHN", "not coded", ""),
        ("CHN", "omitted", "dropped"),
        ("CHN", "named", "returned"),
        ("CHN", "accepted", "dropped"),
    ]


def test_texts_in_the_store_are_read_and_facts_that_code_another_phrase_are_not() -> None:
    with open_store(":memory:") as store:
        import_reading(store, reading(), text=TEXT)
        store.put([text_fact("2018-03-28", "named")])
        rows = phrase_table(store.evidence(), documents(store), "首脳会談")
        assert [(row.issuer, row.presence, row.mentions, row.date) for row in rows] == [
            ("Foreign Review", "named", 1, "2023-11-20")
        ]
        both = phrase_table(store.evidence(), documents(store), "非核化")
        assert [(row.issuer, row.presence) for row in both] == [("CHN", "named"), ("Foreign Review", "omitted")]
    with pytest.raises(InputError, match="the phrase is empty"):
        phrase_table(Evidence(), [], " ")


def test_the_chart_shows_every_series_and_names_what_was_dropped(tmp_path: Path) -> None:
    facts = (text_fact("2018-03-28", "named"), text_fact("2025-09-04", "omitted"), text_fact("2019", "named", "PRK"))
    rows = phrase_table(Evidence(facts=facts), [], "denuclearisation")
    write_chart(rows, "denuclearisation", tmp_path / "new" / "chart.svg")
    drawn = (tmp_path / "new" / "chart.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert all(word in drawn for word in ("CHN readout (PRK-CHN)", "PRK readout (PRK-CHN)", "dropped", "omitted"))


def test_a_chart_that_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    rows = phrase_table(Evidence(facts=(text_fact("2018-03-28", "named"),)), [], "非核化")
    with pytest.raises(InputError, match=r"ends in \.svg"):
        write_chart(rows, "x", tmp_path / "chart.png")
    with pytest.raises(InputError, match="no dated text"):
        write_chart([], "x", tmp_path / "chart.svg")
