"""Bad input ends in one sentence that names the place and the mend, exit code 2, and no traceback."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

import keisei.cases
from keisei.cli import main

BUNDLED = Path(keisei.cases.__file__).parent / "northeast_asia"


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["keisei", *args])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0), capsys.readouterr().err


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(BUNDLED, folder, ignore=shutil.ignore_patterns("__pycache__", "draws"))
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("questions.yaml", "- id: launch-next-month", "- id: [launch", "questions.yaml:"),
        ("case.yaml", "id: northeast_asia", "id: {northeast_asia", "case.yaml:"),
        ("parameters.yaml", "normal(0, 1)", "normal(0, -1)", "not a proper prior"),
        ("parameters.yaml", "normal(0, 1)", "normul(0, 1)", "is not a prior"),
        ("parameters.yaml", "sources: [estimate]", "sources: [nobody]", "nobody"),
        ("chronicle.csv", "2017-09-03,day", "2017-13-03,day", "chronicle.csv:"),
        ("series.csv", "PRK.gdp_growth,,1990,-4.3", "PRK.gdp_growth,,1990,NaN", "series.csv:"),
        ("chronicle.csv", ",summit,PRK-USA,1", ",sumit,PRK-USA,1", "did you mean summit[PRK-USA]"),
        ("chronicle.csv", ",summit,PRK-USA,1", ",summit,PRK-MARS,1", "'summit[PRK-MARS]' is no site"),
        ("chronicle.csv", ",summit,PRK-USA,1", ",summit,PRK-USA,", "the value is empty; write 1 for an event"),
        ("chronicle.csv", ",summit,PRK-USA,1", ",summit,PRK-USA,2", "2 is out of range at event summit[PRK-USA]"),
        ("chronicle.csv", ",PRK.launch.ballistic,ICBM,1", ",PRK.launch.ballistic,ICBM,0.5", "whole number"),
        ("chronicle.csv", ",PRK.launch.ballistic,ICBM,1", ",PRK.launch.ballistic,ICBM,-1", "whole number"),
        ("chronicle.csv", "2017-09-03,day", "2117-09-03,day", "not between 1900 and 2100"),
        ("chronicle.csv", "size=", "sise=", "the attribute 'size' is missing"),
        ("coverage.csv", "summit,PRK-USA", "summit,PRK-UAS", "did you mean summit[PRK-USA]"),
        ("series.csv", "PRK.gdp_growth,,1990", "PRK.gdpp,,1990", "did you mean PRK.gdp_growth"),
        ("series.csv", "gdelt.score,PRK-RUS", "gdelt.score,PRK-RU", "did you mean gdelt.score[PRK-RUS]"),
        ("case.yaml", "  election: [JPN, KOR, RUS, USA]", "  election: KOR", "has no list of indices"),
        ("case.yaml", "\nend: ", "\nstart: 1990-01\nend: ", "the key 'start' stands twice"),
    ],
)  # fmt: skip
def test_a_broken_case_names_file_place_and_mend(
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    says: str,
) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, err = run(monkeypatch, capsys, "case", "check", str(copy))
    assert code == 2
    assert says in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("file", "holds", "says"),
    [
        ("parameters.yaml", b"", "parameters.yaml: there is no parameter 'rivalry_mean'"),
        ("case.yaml", b"id: a\nname_en: A\nhistroy: []\n", "did you mean history?"),
        ("case.yaml", b"id: a\nname_en: A\nseverity: {S/RES/1: 3}\n", "case.yaml: severity.S/RES/1"),
        ("model.py", b"def build(:\n", "model.py:1: SyntaxError"),
        ("model.py", b"\nimport nonesuch\n", "model.py:2: ModuleNotFoundError"),
        ("model.py", b"", "model.py: it has no function 'build'"),
        ("model.py", b"def build(parameters):\n    return parameters.nothing\n", "model.py:2: AttributeError"),
        ("translation.py", b"x = 1 / 0\n", "translation.py:1: ZeroDivisionError"),
        ("translation.py", b"def translation(history, severity):\n    return None\n", "translation.py:"),
        ("labels.yaml", "sites: é".encode("latin-1"), "labels.yaml:1: it is not UTF-8"),
        ("labels.yaml", b"sites: {a: [a, b], a: [c, d]}\n", "labels.yaml:1: the key 'a' stands twice"),
        ("labels.yaml", None, "labels.yaml: it is no file"),
        ("series.csv", None, "series.csv: it is no file"),
        ("questions.yaml", None, "questions.yaml: it cannot be read"),
        ("episodes.yaml", None, "episodes.yaml: it is no file"),
    ],
)
def test_a_file_that_holds_something_else_is_named(
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    holds: bytes | None,
    says: str,
) -> None:
    path = copy / file
    path.unlink()
    if holds is None:
        path.mkdir()
    else:
        path.write_bytes(holds)
    code, err = run(monkeypatch, capsys, "case", "check", str(copy))
    assert code == 2, err
    assert says in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["whatif", "war.end=1@2026-01"], "war.end"),
        (["whatif", "war.ends=1@2026-13"], "2026-13"),
        (["whatif", "war.ends=2@2026-01"], "out of range"),
        (["whatif", "enforcement.CHN=nan@2026-01"], "not finite"),
        (["whatif", "war.phase=peace@2026-01"], "peace"),
        (["forecast", "--ask", "any(PRK.launch.balistic) within 2026-01..2026-03"], "PRK.launch"),
        (["forecast", "--ask", "__import__('os').system('true')"], "column"),
        (["forecast", "--question", "no-such-question"], "no-such-question"),
        (["forecast", "--origin", "1899-01", "--ask", "any(PRK.test.nuclear) within 2026-01"], "1899-01"),
        (["whatif", "war.ends=1@1980-01"], "choose months in 1990-01.."),
        (["whatif", "war.ends=1@2031-01", "--until", "2030-12"], "which the run does not reach"),
        (["whatif", "war.ends=1@2026-01..2036-02", "--until", "2035-12"], "2036-02"),
        (["whatif", "war.ends=1@2026-01", "--until", "2040-01"], "choose a month in 2025-10..2035-12"),
        (["whatif", "war.ends=1@2026-01", "war.ends=0@2025-12..2026-02"], "war.ends is set to 1 and to 0 in 2026-01"),
        (["whatif", "war.ends=1@２０２６-01"], "plain digits"),
        (["whatif", "war.ends=１@2026-01"], "digits that are not plain"),
        (["simulate", "--set", "war.ends=1@1980-01"], "choose months in 1990-01.."),
        (["simulate", "--until", "2036-01"], "choose a month in 1990-01..2035-12"),
        (["simulate", "--from", "2020-01", "--until", "2019-01"], "--from 2020-01 is after --until 2019-01"),
        (["forecast", "--origin", "2031-01"], "choose a month in 1990-01..2025-09"),
        (["forecast", "--until", "2025-09"], "choose a month in 2025-10..2035-12"),
        (["report", "--origin", "2031-01"], "choose a month in 1990-01..2025-09"),
        (["report", "--origin", "1990-01"], "nothing is known before 1990-01"),
        (["report", "--since", "2025-09"], "choose a month in 1990-01..2025-08"),
        (["report", "--origin", "2020-01", "--since", "1989-12"], "choose a month in 1990-01..2019-12"),
        (["claims", "C1", "--origin", "2031-01"], "choose a month in 1990-01..2025-09"),
        (["explore", "sensitivity", "C1", "--origin", "1980-01"], "choose a month in 1990-01..2025-09"),
        (["verify", "--from", "1990-06"], "choose a month in 1991-01..2025-09"),
        (["verify", "--until", "2025-10"], "choose a month in 1991-01..2025-09"),
        (["verify", "--from", "2020-01", "--until", "2019-01"], "--from 2020-01 is after --until 2019-01"),
        (["evidence", "list", "--from", "2025-05", "--until", "2024-01"], "is after --until 2024-01"),
        (["evidence", "list", "--site", "zork"], "nothing in the evidence stands at 'zork'"),
        (["evidence", "list", "--site", "PRK.lunch.ballistic"], "did you mean PRK.launch.ballistic"),
        (["evidence", "list", "--search", " "], "--search is empty"),
        (["simulate", "--set", "nothing"], "nothing"),
        (["whatif"], "missing argument 'SITE=VALUE@FROM[..UNTIL]...'; see keisei whatif --help"),
        (["forecast", "--bogus"], "no such option: --bogus; see keisei forecast --help"),
        (["forecast", "--members", "many"], "invalid value for '--members'"),
        (["foresee"], "no such command 'foresee'"),
        (["case", "check", "atlantis"], "atlantis"),
    ],
)
def test_a_wrong_argument_is_said_in_one_sentence_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], args: list[str], says: str
) -> None:
    monkeypatch.setenv("KEISEI_STORE", str(tmp_path / "evidence.sqlite"))
    code, err = run(monkeypatch, capsys, *args)
    assert code == 2, err
    assert says in err
    assert len(err.strip().splitlines()) == 1
