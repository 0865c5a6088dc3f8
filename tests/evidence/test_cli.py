"""``keisei evidence`` from the outside: what it prints, what it stores, how it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from evidence.example import CHRONICLE, write_case
from evidence.readings import TEXT, reading
from keisei.cli.evidence import register
from keisei.errors import InputError
from keisei.evidence.readings import import_reading
from keisei.evidence.store import open_store

Run = Callable[..., str]


def program() -> typer.Typer:
    app = typer.Typer()
    register(app)
    return app


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case")


@pytest.fixture
def run(case: Path, tmp_path: Path) -> Run:
    """Run a command on the example case and a store of its own; gives standard output."""

    def command(*arguments: str, given: str = "") -> str:
        places = ["--case", str(case), "--store", str(tmp_path / "store.sqlite")]
        result = CliRunner().invoke(program(), ["evidence", *arguments, *places], input=given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    return command


def as_json(text: str) -> Any:
    return json.loads(text)


def test_the_list_is_a_table_or_one_json_document(run: Run) -> None:
    table = run("list", "--site", "arms")
    assert "3,000 [2,500–4,000]" in table
    assert "1,000 [≥ 1,000]" in table
    found = as_json(run("list", "--site", "arms", "--json"))
    assert [item["id"] for item in found["items"]] == ["shells-1", "shells-2", "shells-3"]
    assert found["items"][2]["origins"] == ["article"]


def test_the_list_is_narrowed_by_text_and_months(run: Run) -> None:
    found = as_json(run("list", "--search", "制裁", "--json"))
    assert [item["id"] for item in found["items"]] == ["shells-3"]
    found = as_json(run("list", "--search", "金正恩", "--json"))
    assert [other["id"] for other in found["others"]] == ["KIM_JONG_UN"]
    assert "首脳会談" in run("list", "--search", "首脳")
    assert "Kim, Putin meet" in run("list", "--search", "Putin")
    months = as_json(run("list", "--from", "2023-09", "--until", "2023-09", "--json"))
    assert {item["target"] for item in months["items"]} == {"summit[PRK-RUS]", "PRK.warheads", "rice"}
    with pytest.raises(InputError, match="'2023-13' is not a month"):
        run("list", "--from", "2023-13")


@pytest.mark.parametrize(
    ("by", "key"), [("source", "article"), ("conflict", "PRK.warheads"), ("entity", None), ("date", None)]
)
def test_the_list_is_grouped(run: Run, by: str, key: str | None) -> None:
    groups = as_json(run("list", "--by", by, "--json")).get("groups", [])
    assert key is None or key in [group["key"] for group in groups]
    run("list", "--by", by)


def test_show_tells_origins_corroboration_and_conflicts(run: Run) -> None:
    fact = as_json(run("show", "shells-1", "--json"))
    assert fact["corroboration"] == {"voices": 2, "ids": ["shells-1", "shells-2", "shells-3"]}
    warheads = as_json(run("list", "--site", "PRK.warheads", "--json"))["items"]
    shown = as_json(run("show", warheads[0]["id"], "--json"))
    assert shown["conflicts"][0]["ids"] == [item["id"] for item in warheads]
    assert as_json(run("show", "translation", "--json"))["origins"] == ["article"]
    assert as_json(run("show", "translation", "--json"))["cited_by"] == ["shells-3"]
    assert as_json(run("show", "KIM_JONG_UN", "--json"))["name_ja"] == "金正恩"
    assert "origins: article" in run("show", "shells-3")
    with pytest.raises(InputError, match="nothing in the store has the id 'x'"):
        run("show", "x")


def test_what_was_read_is_imported_shown_reviewed_and_listed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(reading()), encoding="utf-8")
    assert as_json(run("import", str(file), "--json")) == {"added": 5, "standing": 0}
    assert as_json(run("import", str(file), "--json")) == {"added": 0, "standing": 5}
    said = run("review", given="a\ne\nvalue=1200, low=1200\na\nr\nu\nr\nq\n")
    assert "⇒ tells again the fact summit-2023" in said
    assert said.endswith("1 accepted, 1 edited, 2 rejected, 1 undone; 1 left\n")
    shipments = as_json(run("list", "--site", "arms.shipment", "--json"))["items"]
    assert [(item["value"], item["checked"]) for item in shipments] == [(1200, "opened")]
    summit = as_json(run("show", "summit-2023", "--json"))
    assert len(summit["sources"]) == 3
    assert run("review", given="").endswith("1 left\n")
    figure = run("review", "--kind", "quantity", given="q\n")
    assert "a figure alone names no site" in figure


def test_a_read_document_that_is_a_source_of_the_case_adds_no_voice(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(reading()), encoding="utf-8")
    before = as_json(run("show", "summit-2023", "--json"))["corroboration"]["voices"]
    run("import", str(file), "--source", "article")
    run("review", given="a\nq\n")
    after = as_json(run("show", "summit-2023", "--json"))
    assert (before, after["corroboration"]["voices"], len(after["sources"])) == (2, 2, 2)
    with pytest.raises(InputError, match="no source 'nothing'"):
        run("import", str(file), "--source", "nothing")


def test_documents_and_statements_are_shown(run: Run, tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        document = import_reading(store, reading(), text=TEXT).document
    shown = as_json(run("show", document[:12], "--json"))
    assert shown["statements"] == {"proposed": 5}
    found = as_json(run("list", "--search", "送った", "--json"))["others"]
    statement = next(other["id"] for other in found if other["kind"] == "statement")
    assert as_json(run("show", statement, "--json"))["becomes"].startswith("2023-10 arms.shipment[containers] = 1000")
    assert "1 left" in run("review", "--document", "one", "--kind", "claim", given="q\n")
    with pytest.raises(InputError, match="0 documents are called 'none'"):
        run("review", "--document", "none")


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_an_export_is_imported_elsewhere_unchanged(run: Run, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"out.{format}"
    assert run("export", "--format", format, "--out", str(out)) == ""
    printed = run("export", "--format", format)
    assert printed == out.read_text(encoding="utf-8"), "both read with the line ends of this machine"
    assert run("import", str(out)) == "0 added, 18 stood already\n"


def test_a_phrase_is_a_table_a_document_and_a_chart(run: Run, case: Path, tmp_path: Path) -> None:
    rows = "".join(
        f"t-{n},{date},day,text,PRK-CHN,1,,,confirmed,issuer=CHN;kind=readout;denuclearisation={what},agency,opened,A,B,,\n"
        for n, (date, what) in enumerate([("2019-06-20", "named"), ("2025-09-04", "omitted")])
    )
    write_case(case, chronicle=CHRONICLE + rows)
    found = as_json(run("phrase", "非核化", "--json"))
    assert [(row["presence"], row["change"]) for row in found["rows"]] == [("named", "first"), ("omitted", "dropped")]
    assert "dropped" in run("phrase", "denuclearization", "--chart", str(tmp_path / "c.svg"))
    assert (tmp_path / "c.svg").read_text(encoding="utf-8").startswith("<svg")
    assert as_json(run("phrase", "合同演習", "--json"))["rows"] == []


def test_the_program_ends_with_2_and_one_sentence_on_wrong_input(case: Path, tmp_path: Path) -> None:
    write_case(case, chronicle=CHRONICLE.replace("2023-09-13,day", "2023-13-13,day"))
    command = [sys.executable, "-c", "from keisei.cli import main; main()", "evidence", "list", "--case", str(case)]
    environment = {**os.environ, "KEISEI_STORE": str(tmp_path / "s.sqlite")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    expected = (
        f"keisei: {case / 'chronicle.csv'}:2: date: '2023-13-13' is not a date: month 13 is not between 01 and 12"
    )
    assert done.stderr == f"{expected}; correct it\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of Unix")
def test_on_a_terminal_one_key_is_one_decision(case: Path, tmp_path: Path) -> None:
    import pty

    store = tmp_path / "store.sqlite"
    with open_store(store) as opened:
        import_reading(opened, reading(), text=TEXT)
    ours, theirs = pty.openpty()
    arguments = ["evidence", "review", "--case", str(case), "--store", str(store)]
    command = [sys.executable, "-c", "from keisei.cli import main; main()", *arguments]
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    os.close(theirs)
    os.write(ours, b"rrq")  # no line ends; typed ahead
    said = process.communicate(timeout=30)[0].decode()
    os.close(ours)
    assert said.replace("\r", "").endswith("0 accepted, 0 edited, 2 rejected, 0 undone; 2 left\n")
