"""The store keeps what it was given, once, and loses nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from evidence.example import CHRONICLE, write_case
from keisei.errors import InputError
from keisei.evidence import Fact, load_evidence, parse_date
from keisei.evidence.search import search
from keisei.evidence.store import Store, default_path, open_store


def dump(store: Store) -> list[str]:
    return [line for line in store.connection.iterdump() if "review_log" not in line]


def a_fact(name: str, **changed: object) -> Fact:
    cells: dict[str, object] = {
        "id": name, "date": "2023-09", "site": "s", "value": 1, "certainty": "confirmed",
        "sources": ("agency",), "checked": "opened",
    }  # fmt: skip
    cells |= changed
    cells.setdefault("precision", parse_date(str(cells["date"])).precision)
    return Fact(**cells)  # type: ignore[arg-type]


def test_a_case_comes_back_as_it_was_read(tmp_path: Path) -> None:
    case = load_evidence(write_case(tmp_path / "case"))
    with open_store(":memory:") as store:
        assert store.sync_case(tmp_path / "case")
        assert store.evidence() == case


def test_the_same_case_twice_adds_nothing(tmp_path: Path) -> None:
    write_case(tmp_path / "case")
    with open_store(tmp_path / "new" / "store.sqlite") as store:
        store.sync_case(tmp_path / "case")
        once = dump(store)
        assert not store.sync_case(tmp_path / "case")
        assert dump(store) == once


def test_a_changed_case_replaces_what_it_said(tmp_path: Path) -> None:
    write_case(tmp_path / "case")
    with open_store(":memory:") as store:
        store.sync_case(tmp_path / "case")
        write_case(tmp_path / "case", chronicle=CHRONICLE.replace("3000,2500,4000", "3300,2500,4000"))
        assert store.sync_case(tmp_path / "case")
        wanted = {fact.id: fact for fact in load_evidence(tmp_path / "case").facts}
        assert {fact.id: fact for fact in store.evidence().facts} == wanted
        assert wanted["shells-2"].value == 3300


def test_the_same_record_twice_adds_nothing_and_another_of_its_id_is_refused() -> None:
    with open_store(":memory:") as store:
        assert store.put([a_fact("f"), a_fact("g")]) == 2
        assert store.put([a_fact("f"), a_fact("g")]) == 0
        with pytest.raises(InputError, match=r"'f' stands in the store .* with other content"):
            store.put([a_fact("new"), a_fact("f", value=2)])
        assert {fact.id for fact in store.records("fact")} == {"f", "g"}, "all of an import or nothing"
        assert store.put([a_fact("f", value=2)], replace_changed=True) == 1
        assert {fact.id: fact.value for fact in store.records("fact")} == {"f": 2.0, "g": 1.0}


def test_one_case_is_seen_at_a_time(tmp_path: Path) -> None:
    one, two = write_case(tmp_path / "one"), write_case(tmp_path / "two", chronicle=CHRONICLE.replace("侵攻", "開戦"))
    with open_store(tmp_path / "store.sqlite") as store:
        store.sync_case(one)
        store.put([a_fact("mine")])
        store.sync_case(two)
        assert [fact.id for fact in store.records("fact", id="phase-2022")] == ["phase-2022"]
        assert len(store.evidence().facts) == 6
        assert (len(search(store, "開戦")), len(search(store, "侵攻"))) == (1, 0)
        assert not store.sync_case(one), "coming back costs nothing"
        assert (len(search(store, "開戦")), len(search(store, "侵攻"))) == (0, 1)


def test_two_processes_may_read_while_one_writes(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as writer, writer.transaction():
        writer.put([a_fact("f")])
        with open_store(tmp_path / "store.sqlite") as reader:
            assert reader.records("fact") == []


def test_the_path_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEISEI_STORE", str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"
    monkeypatch.delenv("KEISEI_STORE")
    monkeypatch.setenv("HOME", "/home/someone")
    assert default_path() == Path("/home/someone/.local/share/keisei/evidence.sqlite")


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("this is no database, and long enough to be read as one" * 100)
    with pytest.raises(InputError, match="cannot be opened"):
        open_store(tmp_path / "text")
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    with pytest.raises(InputError, match="no evidence store"):
        open_store(tmp_path / "other.sqlite")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be made there"):
        open_store(tmp_path / "file" / "store.sqlite")


WRITER = """
import sys
from keisei.evidence import Fact
from keisei.evidence.search import search
from keisei.evidence.store import open_store

store = open_store(sys.argv[1])
for document in range(400):
    facts = [
        Fact(id=f"f{document}-{n}", date="2023-09", precision="month", site="s", value=n, certainty="confirmed",
             sources=("agency",), checked="opened", title_ja="制裁決議", note="x" * 200)
        for n in range(10)
    ]
    store.put(facts)
    print(document, flush=True)
"""


def test_a_killed_writer_loses_nothing_finished_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    reported = -1
    for line in process.stdout:
        reported = int(line)
        if reported >= 20:
            time.sleep(0.003)  # somewhere inside a later transaction
            break
    os.kill(process.pid, signal.SIGKILL)
    reported = max([reported, *(int(line) for line in process.stdout.read().split())])
    process.wait()
    with open_store(path) as store:
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
        per_document: dict[str, int] = {}
        for fact in store.records("fact"):
            per_document[fact.id.partition("-")[0]] = per_document.get(fact.id.partition("-")[0], 0) + 1
        assert set(per_document.values()) == {10}
        assert len(per_document) >= reported + 1
        assert len(store.rows("SELECT rowid FROM search_index")) == 10 * len(per_document)
        finished = len(per_document)
    assert finished < 400
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open_store(path) as store:
        assert len(store.records("fact")) == 4000, "starting again completes it"
