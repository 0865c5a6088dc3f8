"""What docs/report.md says of the command is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from keisei.cli import report
from keisei.errors import InputError
from keisei.report import claims, voices

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "report.md").read_text(encoding="utf-8")


def _app() -> typer.Typer:
    app = typer.Typer(add_completion=False)
    report.register(app)
    return app


def test_the_page_names_every_option_and_none_that_is_not_there() -> None:
    command = typer.main.get_command(_app())
    options = {name for p in command.params for name in p.opts if name.startswith("--")} - {"--help"}
    assert set(re.findall(r"--[a-z]+", PAGE)) == options


@pytest.mark.parametrize("file", [report.VERIFICATION, claims.FILE, voices.FILE])
def test_the_page_names_the_files_that_are_read(file: str) -> None:
    assert file in PAGE


@pytest.mark.parametrize("verdict", claims.VERDICTS)
def test_the_page_names_every_verdict(verdict: str) -> None:
    assert f"*{verdict}*" in PAGE


def test_a_folder_that_is_a_file_is_refused_before_the_long_work(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_text("")
    result = CliRunner().invoke(_app(), ["--out", str(file)])
    assert isinstance(result.exception, InputError)
    assert "--out" in str(result.exception)


@pytest.mark.parametrize(("flag", "value"), [("--origin", "2023-13"), ("--since", "2025"), ("--since", "2030-01")])
def test_a_month_that_cannot_be_is_refused_before_the_long_work(flag: str, value: str) -> None:
    result = CliRunner().invoke(_app(), [flag, value])
    assert isinstance(result.exception, InputError)
