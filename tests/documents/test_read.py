"""A reading holds for any text: no crash, every span verbatim, every id known."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scored import scored
from shared import shared

from keisei.documents import read_text
from keisei.documents.normal import fold
from keisei.documents.records import INSTRUMENTS, KINDS, MODALITIES, PLOVER, STATUSES
from keisei.documents.sentences import split

PIECES = st.sampled_from(
    ["金正恩総書記", "プーチン大統領", "米朝", "中ロ朝", "平壌", "「", "」", "『", "（", ")", "は", "が", "と会談した", "を供与した", "かもしれない", "という", "と述べた",  # noqa: E501
     "。", "、", "\n", "2023年9月", "約3000人", "訪朝", "北", "金", "氏", "による", "制裁を受ける", "ヴ", "ィ", "ー", "・", "\u202e", "\ufeff", "\x00", "👩‍🚀", "Kim Jong Un", "said",  # noqa: E501
     " ", "U.S.", "met", "\ud800", "が、", "れば", "(貼り付けはじめ)", "<b>", "\r", "\u2028"]
)  # fmt: skip


def check(text: str, language: str | None = None) -> dict:
    found = json.loads(json.dumps(read_text(text, name="t", language=language).to_json()))
    ids = {e["id"] for e in found["entities"]}
    for entity in found["entities"]:
        assert entity["surfaces"]
        assert all(s in text for s in entity["surfaces"])
    for layer in ("dates", "quantities", "events", "claims"):
        for record in found[layer]:
            assert 0 <= record["start"] < record["end"] <= len(text)
            assert text[record["start"] : record["end"]] == record["quote"]
    for event in found["events"]:
        assert event["plover"] in PLOVER
        assert event["instrument"] in INSTRUMENTS
        assert event["status"] in STATUSES
        assert event["rule"]
        assert all(q < len(found["quantities"]) for q in event["quantities"])
        assert event["trigger"]["quote"] == text[event["trigger"]["start"] : event["trigger"]["end"]]
    for claim in found["claims"]:
        assert claim["kind"] in KINDS
        assert claim["modality"] in MODALITIES
        assert claim["speaker"] == "AUTHOR" or claim["speaker"] in ids
    return found


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_mix_of_telling_pieces_is_read_with_spans_verbatim(text: str) -> None:
    check(text)


@settings(max_examples=60)
@given(st.text(max_size=200), st.sampled_from(["ja", "en"]))
def test_any_unicode_is_read_in_either_language(text: str, language: str) -> None:
    check(text, language)


@given(st.text(max_size=100))
def test_folding_keeps_a_map_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.begins) == len(folded.ends) == len(folded.text)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.begins, folded.ends, strict=True))
    assert folded.begins == sorted(folded.begins)


@given(st.text(max_size=300))
def test_sentences_are_stretches_of_the_text_in_order(text: str) -> None:
    at = 0
    for sentence in split(text):
        assert sentence.start >= at
        assert text[sentence.start : sentence.end] == sentence.text
        at = sentence.end
    covered = "".join(s.text for s in split(text))
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    ["あ" * 20_000, "「" * 10_000, "北朝鮮は" * 3_000, "金正恩" * 3_000, "(" * 10_000 + "ロシア", "米朝" * 4_000, "れば、" * 3_000, "\u202eロシアが攻撃した\u202c。" * 300, "a" * 20_000, "Kim " * 3000],  # noqa: E501
    ids=["one long line", "open quotes", "particles", "names", "brackets", "compounds", "conditions", "direction marks", "letters", "english names"],  # noqa: E501
)  # fmt: skip
def test_hostile_text_is_read_within_bounds(text: str) -> None:
    tracemalloc.start()
    check(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 400_000_000


def test_the_same_text_gives_the_same_reading() -> None:
    text = shared("reading/documents/004_992de8cbb29567e0.txt").open(encoding="utf-8", newline="").read()
    assert read_text(text).to_json() == read_text(text).to_json()


def test_a_reading_names_the_versions_that_made_it() -> None:
    found = check("ロシアは北朝鮮に技術を供与した。")
    assert found["versions"]["rules"]
    assert len(found["versions"]["lexicon"]) == 12
    assert "sudachi" in found["versions"]["tokenizer"]


def test_the_annotated_documents_are_read_well_enough() -> None:
    """A floor under the scores of the annotated texts, so that a change that breaks a layer is seen."""
    f1 = scored(shared("reading/documents"), shared("reading/gold"))
    floors = {"surfaces": 0.83, "clusters": 0.95, "states": 0.78, "events": 0.60, "events-strict": 0.46, "claims": 0.77}
    assert {layer: f1[layer] for layer in floors if f1[layer] < floors[layer]} == {}
