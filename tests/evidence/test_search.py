"""Every text is found by any part of it, in any spelling that counts as the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.example import write_case
from evidence.test_store import a_fact
from keisei.evidence.search import search, search_key
from keisei.evidence.store import open_store

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def found(store: object, text: str) -> set[str]:
    return {hit.id for hit in search(store, text)}  # type: ignore[arg-type]


@settings(max_examples=150)
@given(inserted=st.lists(texts, min_size=1, max_size=4), data=st.data())
def test_any_part_of_any_text_finds_it(inserted: list[str], data: st.DataObject) -> None:
    with open_store(":memory:") as store:
        facts = [a_fact(f"f{n}", title_ja=text) for n, text in enumerate(inserted)]
        store.put(facts)
        fact = data.draw(st.sampled_from(facts))
        if not fact.title_ja:
            return  # nothing but blanks
        start = data.draw(st.integers(0, len(fact.title_ja) - 1))
        end = data.draw(st.integers(start + 1, len(fact.title_ja)))
        assert fact.id in found(store, fact.title_ja[start:end])


@given(first=texts, second=texts)
def test_the_key_of_a_text_is_made_of_the_keys_of_its_parts(first: str, second: str) -> None:
    assert search_key(first + second) == search_key(first) + search_key(second)


@pytest.mark.parametrize(
    ("query", "hit"),
    [
        ("制裁", True),
        ("ロ", True),
        ("ﾛｼｱ", True),
        ("北朝鮮", True),
        ("ＩＣＢＭ", True),
        ("icbm", True),
        ("がいこう", True),
        ("かいこう", False),
        ("カ", False),
        ("", False),
        ('"', False),
        ("制裁 OR ロシア", False),
        ("\ud800", False),
    ],
)
def test_japanese_is_found_in_its_spellings_and_nothing_else(query: str, hit: bool) -> None:
    with open_store(":memory:") as store:
        store.put([a_fact("f", title_ja="ロシアと北朝鮮への制裁、ICBM、がいこう、ガス")])
        assert found(store, query) == ({"f"} if hit else set())


@pytest.mark.parametrize(
    ("query", "spelt"),
    [
        ("露朝", "ロ朝"),
        ("ロ朝", "ロ朝"),
        ("プーティン", "プーチン"),
        ("ヴォストチヌイ", "ボストーチヌィ"),
        ("キムジョンウン", "キム・ジョンウン"),
        ("ロ", "ロ"),
    ],
)
def test_another_spelling_of_katakana_is_found_and_told(query: str, spelt: str) -> None:
    with open_store(":memory:") as store:
        store.put([a_fact("f", title_ja="ロ朝首脳会談(プーチン、キム・ジョンウン)、ボストーチヌィー")])
        store.put([a_fact("g", title_ja="新兵器の披露")])
        assert {hit.id: hit.name for hit in search(store, query)} == {"f": spelt}


def test_a_name_of_an_entity_finds_what_its_other_names_find(tmp_path: Path) -> None:
    with open_store(":memory:") as store:
        store.sync_case(write_case(tmp_path / "case"))
        store.put([a_fact("f", title_en="A letter from Kim Jong Un")])
        assert found(store, "金正恩") == {"KIM_JONG_UN", "f"}
        assert {hit.id: hit.name for hit in search(store, "金総書記")} == {
            "KIM_JONG_UN": "金総書記",
            "f": "Kim Jong Un",
        }


def test_a_removed_record_is_found_no_more() -> None:
    with open_store(":memory:") as store:
        store.put([a_fact("f", title_ja="制裁決議案")])
        assert found(store, "決議案")
        store.remove("fact", "f")
        assert not found(store, "決議案")
        assert not found(store, "制裁")
