"""What is read waits as a proposal, stands once, and keeps the chain it came through."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared import shared

from evidence.readings import HANDS, TEXT, reading
from evidence.test_store import dump
from keisei.errors import InputError
from keisei.evidence.reading_format import parse_reading
from keisei.evidence.readings import documents, import_reading, statements
from keisei.evidence.review import accept, reject
from keisei.evidence.search import search
from keisei.evidence.store import open_store


def test_reading_the_same_text_twice_adds_nothing() -> None:
    with open_store(":memory:") as store:
        first = import_reading(store, reading(), text=TEXT)
        assert (first.added, first.unchanged) == (5, 0)
        once = dump(store)
        again = import_reading(store, json.dumps(reading()), text=TEXT)
        assert (again.added, again.changed, again.unchanged, again.withdrawn) == (0, 0, 5, 0)
        assert dump(store) == once
        assert {statement.state for statement in statements(store)} == {"proposed"}


def test_better_rules_refresh_proposals_and_leave_decisions_alone() -> None:
    with open_store(":memory:") as store:
        import_reading(store, reading(), text=TEXT)
        summit, shipment, planned, claim = (s.id for s in statements(store) if s.kind != "quantity")
        reject(store, summit)
        better = reading(claims=[])
        for event in better["events"]:
            event["plover"] = "COOPERATE"
        done = import_reading(store, better, text=TEXT)
        assert (done.added, done.changed, done.unchanged, done.withdrawn) == (0, 2, 2, 1)
        left = {statement.id: statement for statement in statements(store)}
        assert claim not in left
        assert left[summit].state == "rejected"
        assert left[summit].content["plover"] == "CONSULT"
        assert left[shipment].content["plover"] == left[planned].content["plover"] == "COOPERATE"


def test_two_documents_that_pass_on_one_article_share_its_origin() -> None:
    with open_store(":memory:") as store:
        import_reading(store, reading())
        summary = [HANDS[0], {"publisher": "another", "author": None, "date": None, "role": "summary"}]
        import_reading(store, reading(doc="two", provenance=summary))
        evidence = store.evidence()
        ids = [document.source for document in documents(store)]
        assert len(ids) == 2
        assert evidence.origins_of(ids[:1]) == evidence.origins_of(ids[1:])
        assert len(evidence.origins_of(ids)) == 1


def test_a_blog_with_a_translation_has_two_origins() -> None:
    with open_store(":memory:") as store:
        own = {"publisher": "a blog", "author": "翻訳者", "date": "2023-11-20", "role": "original"}
        import_reading(store, reading(provenance=[*HANDS, own]))
        assert len(store.evidence().origins_of([documents(store)[0].source])) == 2


def test_statements_and_texts_are_found() -> None:
    with open_store(":memory:") as store:
        import_reading(store, reading(), text=TEXT)
        assert {hit.kind for hit in search(store, "会談")} == {"document", "statement"}
        assert [hit.kind for hit in search(store, "role will grow")] == ["statement"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"doc": None}, "doc"),
        ({"published": "2023-13"}, "month 13"),
        ({"events": [{}]}, "quote"),
        ({"provenance": [{"role": "copy"}]}, "role|copy"),
        ({"doc": "\ud800"}, "half a character"),
    ],
)
def test_what_is_no_read_document_is_refused(change: dict[str, Any], words: str) -> None:
    with open_store(":memory:") as store:
        with pytest.raises(InputError, match=words):
            import_reading(store, reading(**change))
        assert documents(store) == []


def test_a_quote_that_does_not_stand_in_the_text_is_refused() -> None:
    with pytest.raises(InputError, match="does not stand in the text at"):
        parse_reading(reading(), text="x" + TEXT)
    wrong = reading()
    wrong["events"][0]["end"] += 1
    with pytest.raises(InputError, match="does not fit its quote"):
        parse_reading(wrong)
    wrong = reading()
    wrong["events"][0]["quantities"] = [7]
    with pytest.raises(InputError, match="names quantity 7 of 1"):
        parse_reading(wrong)


def test_a_named_source_must_be_there() -> None:
    with open_store(":memory:") as store, pytest.raises(InputError, match="no source 'D4'"):
        import_reading(store, reading(), source="D4")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.one_of(st.binary(max_size=50), json_values.map(json.dumps), st.just("[" * 100_000)))
def test_anything_is_a_read_document_or_refused(data: bytes | str) -> None:
    with pytest.raises(InputError):
        parse_reading(data)


@given(
    key=st.sampled_from(["doc", "published", "provenance", "entities", "quantities", "events", "claims"]),
    data=st.data(),
)
def test_any_part_of_a_read_document_is_taken_or_refused(key: str, data: st.DataObject) -> None:
    changed = reading()
    part = changed[key]
    if isinstance(part, list) and data.draw(st.booleans()):
        item = data.draw(st.sampled_from(part))
        item[data.draw(st.sampled_from(sorted(item)))] = data.draw(json_values)
    else:
        changed[key] = data.draw(json_values)
    with open_store(":memory:") as store:
        try:
            import_reading(store, json.dumps(changed))
        except InputError:
            return
        for statement in statements(store):
            accept(store, statement.id)
        store.evidence()


@pytest.mark.parametrize("name", ["001_773c8fdd13e22dec", "003_3d71c9196ddaee23", "004_992de8cbb29567e0"])
def test_hand_made_readings_go_in_whole(name: str) -> None:
    gold = shared(f"reading/gold/{name}.json")
    text = shared(f"reading/documents/{name}.txt").read_bytes().decode("utf-8")
    made = json.loads(gold.read_text(encoding="utf-8"))
    with open_store(":memory:") as store:
        done = import_reading(store, Path(gold), text=text)
        assert done.added == len(made["events"]) + len(made["claims"]) + len(made["quantities"])
        assert all(text[s.start : s.end] == s.exact for s in statements(store))
        assert import_reading(store, Path(gold), text=text).added == 0
