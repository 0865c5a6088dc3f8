"""What docs/evidence.md shows can be run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from keisei.cli.evidence import register
from keisei.evidence.case_files import CHRONICLE_COLUMNS, COVERAGE_COLUMNS, ENTITY_KEYS, SERIES_COLUMNS, SOURCE_KEYS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^keisei (evidence .*)$", PAGE, re.MULTILINE)


def test_every_command_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEISEI_STORE", str(tmp_path / "store.sqlite"))
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    register(app)
    assert len(COMMANDS) >= 10
    for command in COMMANDS:
        result = CliRunner().invoke(app, shlex.split(command), input="q\n")
        assert result.exit_code == 0, f"{command}: {result.output} {result.exception}"
        assert result.output
    shown = {re.split(" ", command)[1] for command in COMMANDS}
    help_text = CliRunner().invoke(app, ["evidence", "--help"]).output
    assert all(name in help_text for name in shown)
    assert shown == {"list", "show", "phrase", "export", "import", "review"}


@pytest.mark.parametrize("names", [SOURCE_KEYS, ENTITY_KEYS, CHRONICLE_COLUMNS, COVERAGE_COLUMNS, SERIES_COLUMNS])
def test_the_page_names_every_column(names: tuple[str, ...]) -> None:
    rows = [set(re.findall(r"[a-z_]+", line)) for line in PAGE.splitlines() if line.startswith("| `")]
    assert any(set(names) <= row for row in rows)
