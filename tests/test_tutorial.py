"""The tutorial runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.md"


def blocks() -> list[tuple[int, str]]:
    """(first line, code) of each Python block."""
    text = TUTORIAL.read_text(encoding="utf-8")
    return [(text[: m.start(1)].count("\n"), m[1]) for m in re.finditer(r"^```python\n(.*?)^```$", text, re.M | re.S)]


def test_every_block_of_the_tutorial_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "two_countries"}
    found = blocks()
    assert len(found) == 6
    for line, code in found:
        # keep the page's line numbers in tracebacks
        exec(compile("\n" * line + code, str(TUTORIAL), "exec"), names)
    said = capsys.readouterr().out
    assert "NORTH.act        choice   reads param:fear, state:tension" in said
    assert "least expected: " in said
    probability, error = map(float, re.search(r"2024\) = ([\d.]+) ± ([\d.]+)", said).groups())  # type: ignore[union-attr]
    assert 0.0 < probability < 1.0
    assert 0.0 < error < 0.05
    low, high = map(float, re.search(r"5 to 95 %: \[ *([-\d.]+) +([-\d.]+)\]", said).groups())  # type: ignore[union-attr]
    assert low < high < 0.0
    svg = (tmp_path / "trade.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert "Trade, USD m a month" in svg
    assert "embargo from 2023" in svg


def test_the_model_of_the_tutorial_is_about_forty_lines() -> None:
    _, code = blocks()[0]
    assert 35 <= len([line for line in code.splitlines() if line.strip()]) <= 48
