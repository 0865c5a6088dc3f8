"""keisei game solve as a program sees it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from keisei.cli import app
from keisei.errors import InputError
from keisei.games import format_efg, nash_equilibria, negotiation, two_vetoes


def test_solve_prints_one_json_document(tmp_path) -> None:
    file = tmp_path / "n.efg"
    file.write_text(format_efg(negotiation()))
    result = CliRunner().invoke(app, ["game", "solve", str(file), "--precision", "2", "--json"])
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert set(document) >= {"precision", "residual", "infosets", "payoffs"}
    assert len(document["infosets"]) == 10
    assert document["residual"] < 1e-10
    assert all(sum(s["probabilities"].values()) == pytest.approx(1) for s in document["infosets"])


def test_a_broken_file_is_an_input_error(tmp_path) -> None:
    file = tmp_path / "b.efg"
    file.write_text("EFG 2 X")
    result = CliRunner().invoke(app, ["game", "solve", str(file)])
    assert isinstance(result.exception, InputError)
    assert "b.efg:1:7" in str(result.exception)


def test_nash_equilibria_come_from_the_extra() -> None:
    pytest.importorskip("pygambit")
    for profile in nash_equilibria(two_vetoes()):
        assert all(p in (0.0, 1.0) for row in profile for p in row if p == p)
