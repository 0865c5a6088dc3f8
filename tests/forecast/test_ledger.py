"""The ledger: what is frozen stays as it was, and is scored as it was issued."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from keisei import months
from keisei.cli import app
from keisei.errors import InputError
from keisei.forecast.ledger import Forecast, code_version, freeze, freeze_question, heads, read_ledger
from keisei.forecast.probabilities import probability
from keisei.forecast.questions import Question
from keisei.forecast.settlement import (
    Outcome,
    by_observations,
    by_outcomes,
    read_outcomes,
    settle,
    summarise,
)

ORIGIN = months.parse("2026-10")
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def question(name: str, expression: str, closes: str) -> Question:
    return Question(
        id=name,
        text_en=f"Will {name}?",
        text_ja="か。",
        expression=expression,
        closes=closes,
        systems=("S9",),
        resolution="by the record",
    )


SUMMIT = question("summit-soon", "any(summit) within origin+1..origin+3", "origin+3")
TEST = question("test-2027", "any(PRK.test.nuclear) within 2027-01..2027-12", "2027-12")


def forecast(share: float = 0.25, origin: int = ORIGIN) -> Forecast:
    votes = np.arange(400) < 400 * share
    return Forecast(
        case="northeast_asia",
        origin=months.show(origin),
        evidence_cut="2026-10-31",
        evidence="e" * 64,
        code="0.1.0+test",
        seed=1,
        members=400,
        questions=(
            freeze_question(SUMMIT, origin, probability(votes), 0.2),
            freeze_question(TEST, origin, probability(votes)),
        ),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    for day, share in enumerate((0.25, 0.5, 0.75)):
        freeze(path, forecast(share), issued=NOW.replace(day=2 + day))
    return path


def test_what_is_frozen_reads_back_as_it_was(ledger: Path) -> None:
    entries = read_ledger(ledger)
    assert [entry.forecast for entry in entries] == [forecast(share) for share in (0.25, 0.5, 0.75)]
    assert [entry.index for entry in entries] == [0, 1, 2]
    assert entries[0].issued == "2026-11-02T09:30:00Z"
    first = entries[0].forecast.questions[0]
    assert first.expression == "any(summit) within 2026-11..2027-01"
    assert (first.asked, first.closes, first.probability) == (SUMMIT.expression, "2027-01", 0.25)


def test_the_content_hash_is_of_the_content_alone() -> None:
    assert forecast().content_hash == forecast().content_hash
    for change in ({"seed": 2}, {"evidence_cut": "2026-11-01"}, {"code": "0.1.1"}, {"members": 401}):
        assert replace(forecast(), **change).content_hash != forecast().content_hash


def _tampered(lines: list[str], how: str) -> list[str]:
    if how == "probability":
        return [lines[0].replace('"probability":0.25', '"probability":0.95'), *lines[1:]]
    if how == "rule":
        return [lines[0], lines[1].replace("by the record", "by my record"), lines[2]]
    if how == "removed":
        return [lines[0], lines[2]]
    if how == "swapped":
        return [lines[1], lines[0], lines[2]]
    if how == "doubled":
        return [lines[0], *lines]
    if how == "spaced":
        return [lines[0].replace(":", ": ", 1), *lines[1:]]
    return ["not json", *lines[1:]]


@pytest.mark.parametrize(
    ("how", "line"),
    [("probability", 1), ("rule", 2), ("removed", 2), ("swapped", 1), ("doubled", 2), ("spaced", 1), ("junk", 1)],
)
def test_a_changed_ledger_is_refused_with_the_line(ledger: Path, how: str, line: int) -> None:
    lines = _tampered(ledger.read_text(encoding="utf-8").splitlines(), how)
    ledger.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_ledger(ledger)
    assert caught.value.line == line
    before = ledger.read_bytes()
    with pytest.raises(InputError):
        freeze(ledger, forecast(), issued=NOW.replace(day=20))
    assert ledger.read_bytes() == before


def test_rehashing_one_changed_line_breaks_the_next(ledger: Path) -> None:
    """Whoever mends the hash of the line that was changed still has the chain against him."""
    import hashlib

    lines = ledger.read_text(encoding="utf-8").splitlines()
    entry = json.loads(lines[0])
    entry["issued"] = "2026-11-01T00:00:00Z"
    entry.pop("hash")

    def canonical(value: object) -> str:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    entry["hash"] = hashlib.sha256(canonical(entry).encode()).hexdigest()
    ledger.write_text("\n".join([canonical(entry), *lines[1:]]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="removed, added or moved") as caught:
        read_ledger(ledger)
    assert caught.value.line == 2


def test_the_published_head_shows_what_a_chain_cannot(ledger: Path) -> None:
    head = heads(read_ledger(ledger))
    read_ledger(ledger, head=head)
    lines = ledger.read_text(encoding="utf-8").splitlines()
    ledger.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    assert len(read_ledger(ledger)) == 2
    with pytest.raises(InputError, match="published head"):
        read_ledger(ledger, head=head)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_is_noticed(ledger: Path, data: st.DataObject) -> None:
    original = ledger.read_bytes()
    place = data.draw(st.integers(0, len(original) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda b: b != original[place]))
    copy = ledger.with_name("copy.jsonl")
    copy.write_bytes(original[:place] + bytes([value]) + original[place + 1 :])
    with pytest.raises(InputError):
        read_ledger(copy)


def test_two_programs_cannot_write_the_same_place(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    threads = [threading.Thread(target=freeze, args=(path, forecast()), kwargs={"issued": NOW}) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_ledger(path)) == 8


def test_time_does_not_run_backwards_and_nothing_is_asked_twice(ledger: Path) -> None:
    with pytest.raises(InputError, match="before the last entry"):
        freeze(ledger, forecast(), issued=NOW)
    twice = replace(forecast(), questions=forecast().questions[:1] * 2)
    with pytest.raises(InputError, match="each once"):
        freeze(ledger, twice, issued=NOW.replace(day=20))
    with pytest.raises(InputError, match="not open"):
        freeze_question(TEST, months.parse("2027-12"), probability([True]))


def test_only_what_was_frozen_before_its_months_is_called_a_forecast(tmp_path: Path) -> None:
    said = forecast()
    cases = [
        (datetime(2026, 11, 2, tzinfo=UTC), "forecast"),
        (datetime(2026, 12, 2, tzinfo=UTC), "partly elapsed"),
        (datetime(2027, 2, 2, tzinfo=UTC), "pseudo-out-of-sample"),
    ]
    for when, status in cases:
        entry = freeze(tmp_path / "ledger.jsonl", said, issued=when)
        assert entry.status(said.questions[0]) == status
        assert entry.status(said.questions[1]) == ("partly elapsed" if when.month == 2 else "forecast")


def test_settling_scores_each_issued_probability_and_leaves_the_rest_open(ledger: Path) -> None:
    ruling = {("summit-soon", "2027-01"): Outcome(True, "2026-12-05", "KCNA")}
    settled, still_open = settle(read_ledger(ledger), by_outcomes(ruling))
    assert still_open == 3
    assert [s.brier for s in settled] == pytest.approx([0.75**2, 0.5**2, 0.25**2])
    assert [s.log_score for s in settled] == pytest.approx(np.log([0.25, 0.5, 0.75]))
    (summary,) = summarise(settled)
    assert (summary.status, summary.n, summary.questions) == ("forecast", 3, 1)
    assert summary.baseline_brier == pytest.approx(0.64)
    assert summary.brier_there == pytest.approx(np.mean([0.5625, 0.25, 0.0625]))


def test_observed_records_settle_what_they_decide(ledger: Path) -> None:
    month = np.arange(months.parse("2026-01"), months.parse("2027-02"))
    nothing = np.zeros(len(month))
    attrs = {"kind": "event", "unit": "1", "attributes": "{}"}
    seen = xr.Dataset(
        {
            "summit": ("month", nothing, attrs | {"record": "summit"}),
            "PRK.test.nuclear": ("month", nothing, attrs | {"record": "PRK.test.nuclear"}),
        },
        coords={"month": month},
    )
    settled, still_open = settle(read_ledger(ledger), by_observations(seen))
    assert {(s.question, s.outcome) for s in settled} == {("summit-soon", False)}
    assert still_open == 3


def test_the_code_version_names_the_code() -> None:
    number, _, digest = code_version().partition("+")
    assert number
    assert len(digest) == 12
    assert code_version() == code_version()


OUTCOMES = "question,closes,outcome,resolved,source\nsummit-soon,2027-01,yes,2026-12-05,KCNA\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (OUTCOMES.replace("yes", "maybe"), 2, "not allowed"),
        (OUTCOMES.replace("2027-01", "2027-13"), 2, "not between"),
        (OUTCOMES.replace("KCNA", ""), 2, "empty"),
        (OUTCOMES + "summit-soon,2027-01,no,2026-12-06,KCNA\n", 3, "twice"),
        (OUTCOMES.replace(",source", ""), 1, "missing"),
    ],
)
def test_broken_outcomes_are_refused_with_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_outcomes(path)
    assert (caught.value.line, caught.value.file) == (line, path)


def test_the_command_scores_and_checks(ledger: Path) -> None:
    path = ledger.with_name("outcomes.csv")
    path.write_text(OUTCOMES, encoding="utf-8")
    arguments = ["ledger", "score", "--ledger", str(ledger), "--outcomes", str(path)]
    result = CliRunner().invoke(app, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["entries"] == 3
    assert document["open"] == 3
    assert document["summaries"][0]["brier"] == pytest.approx(np.mean([0.5625, 0.25, 0.0625]))
    shown = CliRunner().invoke(app, [*arguments, "--head", document["head"]])
    assert shown.exit_code == 0
    assert "the chain holds" in " ".join(shown.stdout.split())
    refused = CliRunner().invoke(app, [*arguments, "--head", "0" * 64])
    assert isinstance(refused.exception, InputError)
