"""What is exported comes back the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.example import write_case
from evidence.readings import TEXT, reading
from evidence.test_store import dump
from keisei.errors import InputError
from keisei.evidence import Coverage, Entity, Fact, Measurement, Source
from keisei.evidence.codec import CELLS, Record, from_cells, hash_of, to_cells
from keisei.evidence.readings import import_reading
from keisei.evidence.store import open_store
from keisei.evidence.transfer import all_records, export_text, import_file, read_records, to_csv, to_jsonl

letters = st.characters(exclude_categories=["Cs"])
texts = st.text(letters, max_size=12)
some_texts = texts.filter(lambda text: bool(text.strip()))
names = st.from_regex(r"[A-Za-z가-힣あ-ん0-9._:-]{1,8}", fullmatch=True)
name_lists = st.lists(names, max_size=3).map(tuple)
numbers = st.floats(-1e9, 1e9)
dates = st.sampled_from(["2023", "2023-09", "2023-09-13", "2023/2024-02", "2024-02-29"])
checked = st.sampled_from(["opened", "document", "memory"])
options = st.sampled_from(["full", "none", "open with snapback", "制裁"])
precision = {"2023": "year", "2023-09": "month", "2023-09-13": "day", "2023/2024-02": "interval", "2024-02-29": "day"}

sources = st.builds(
    Source, id=names, title=some_texts, type=st.sampled_from(["article", "report"]),
    trust=st.sampled_from(["high", "low"]),
    author=st.lists(some_texts, max_size=2).map(tuple), publisher=texts, date=st.one_of(st.just(""), dates), note=texts,
    derives_from=name_lists,
)  # fmt: skip
entities = st.builds(
    Entity, id=names, type=st.just("person"), name_en=some_texts, name_ja=texts,
    aliases=st.lists(some_texts).map(tuple),
    first=st.one_of(st.just(""), dates),
)  # fmt: skip
facts = dates.flatmap(
    lambda date: st.builds(
        Fact,
        id=names,
        date=st.just(date),
        precision=st.just(precision[date]),
        site=names,
        index=st.sampled_from(["", "x"]),
        value=st.one_of(numbers, options),
        certainty=st.sampled_from(["confirmed", "denied"]),
        checked=checked,
        attributes=st.dictionaries(some_texts, some_texts, max_size=3),
        sources=st.lists(names, min_size=1).map(tuple),
        title_en=texts,
        title_ja=texts,
        note=texts,
    )
)
coverage = st.builds(
    Coverage, site=names, first=st.integers(24000, 24100), last=st.integers(24100, 24200), note=texts,
    sources=st.lists(names, min_size=1).map(tuple),
)  # fmt: skip
measurements = st.builds(
    Measurement, series=names, date=st.sampled_from(["2023", "2023-09", "2023-Q4"]), value=numbers, unit=some_texts,
    sd=st.one_of(st.none(), st.floats(0.1, 9)), maker=some_texts, sources=st.lists(names, min_size=1).map(tuple),
    checked=checked, published=st.one_of(st.none(), st.integers(24290, 24400)), note=texts,
)  # fmt: skip
records = st.one_of(sources, entities, facts, coverage, measurements)


@given(records)
def test_cells_of_a_record_make_the_same_record(record: Record) -> None:
    kind = next(kind for kind in CELLS if type(record).__name__.lower() == kind)
    again = from_cells(kind, to_cells(record))
    assert hash_of(again) == hash_of(record)
    assert from_cells(kind, json.loads(json.dumps(to_cells(record)))) == again


@pytest.mark.parametrize(("suffix", "write"), [("csv", to_csv), ("jsonl", to_jsonl)])
@given(given_records=st.lists(records, max_size=5))
def test_an_export_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, write: object, given_records: list[Record]
) -> None:
    file = tmp_path_factory.getbasetemp() / f"export.{suffix}"
    file.write_bytes(write(given_records).encode("utf-8"))  # type: ignore[operator]
    assert [hash_of(record) for record in read_records(file)] == [hash_of(record) for record in given_records]


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_a_store_exported_and_imported_holds_the_same(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"all.{suffix}"
    with open_store(":memory:") as one, open_store(":memory:") as two:
        one.sync_case(write_case(tmp_path / "case"))
        file.write_bytes(export_text(one, suffix).encode())  # type: ignore[arg-type]
        assert import_file(two, file).added == 18
        assert two.evidence() == one.evidence()
        once = dump(two)
        again = import_file(two, file)
        assert (again.added, again.standing) == (0, 18)
        assert dump(two) == once
        assert import_file(one, file).added == 0, "what the case says needs no second copy"
        assert len(all_records(one)) == 18


def test_statements_stand_in_the_export_under_the_names_of_plover() -> None:
    with open_store(":memory:") as store:
        import_reading(store, reading(), text=TEXT)
        lines = [json.loads(line) for line in export_text(store, "jsonl").splitlines()]
    events = [line for line in lines if line["kind"] == "statement" and line["statement"] == "event"]
    assert (events[0]["event_type"], events[0]["event_mode"]) == ("CONSULT", "summit")
    for line in lines:
        if line["kind"] == "statement":
            place = line["target"]
            assert TEXT[place["start"] : place["end"]] == place["exact"]
            assert len(place["sha256"]) == 64
    (claim,) = (line for line in lines if line.get("statement") == "claim")
    assert (claim["claim_kind"], claim["modality"]) == ("forecast", "likely")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.txt", "", "neither .csv, .jsonl nor .json"),
        ("x.jsonl", "{", "x.jsonl:1: the line is not JSON"),
        ("x.jsonl", "\n[1]", "x.jsonl:2: the line is no object"),
        ("x.jsonl", '{"kind": "opinion"}', "'opinion' is no kind of record"),
        ("x.jsonl", '{"kind": "fact", "colour": 1}', "a fact has no 'colour'"),
        ("x.jsonl", '{"kind": "fact", "id": "a"}', "is missing"),
        ("x.jsonl", '{"kind": "fact", "id": "\\ud800"}', "half a character"),
        ("x.csv", "id\n1", "'kind' is missing"),
        ("x.csv", "kind,id,title,type,trust\nsource,a,t,article,some", "x.csv:2: trust: 'some' is not allowed"),
        ("x.csv", "kind,id,derives_from\nsource,a,[", "it is not JSON"),
        ("x.jsonl", '{"kind":"coverage","site":"s","from":"2020-01","until":"2020-02","sources":["n"]}', "source 'n'"),
        ("x.json", "{}", "not a read document"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_adds_nothing(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with open_store(":memory:") as store:
        with pytest.raises(InputError) as caught:
            import_file(store, tmp_path / name)
        assert words in str(caught.value)
        assert all_records(store) == []


@settings(max_examples=60)
@given(
    data=st.one_of(st.binary(max_size=120), st.text(letters, max_size=80).map(str.encode)),
    suffix=st.sampled_from(["csv", "jsonl", "json"]),
)
def test_any_file_is_taken_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    file = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    file.write_bytes((b"kind,id\n" if suffix == "csv" else b"") + data)
    with open_store(":memory:") as store:
        try:
            import_file(store, file)
        except InputError:
            assert all_records(store) == []
