"""What ``keisei forecast --freeze`` enters into the ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from keisei import months
from keisei.cases.outlook import Answer
from keisei.cli.verification import evidence_digest, freeze_forecast, ledger_path
from keisei.errors import InputError
from keisei.evidence import Evidence, Fact
from keisei.forecast.ledger import read_ledger
from keisei.forecast.probabilities import BaseRate, probability
from keisei.forecast.questions import Question

ORIGIN = months.parse("2026-10")
EARLY = Fact(
    id="a", date="2026-10-12", precision="day", site="summit", value=1, certainty="confirmed", sources=("s",),
    checked="opened",
)  # fmt: skip
LATE = replace(EARLY, id="b", date="2026-11-02")
SUMMIT = Question(
    id="summit-soon", text_en="Will they meet?", text_ja="会うか。", expression="any(summit) within origin+1..origin+3",
    closes="origin+3", systems=("S9",), resolution="by the record",
)  # fmt: skip


def outlook(folder: Path, facts: tuple[Fact, ...] = (EARLY, LATE)) -> tuple[Any, Any]:
    case = SimpleNamespace(evidence=Evidence(facts=facts), folder=folder, about={"id": "tiny"})
    run = SimpleNamespace(
        origin=ORIGIN, analysis=SimpleNamespace(seed=7), lines=SimpleNamespace(draw=np.zeros(64, int))
    )
    return case, run


def answers() -> list[Answer]:
    p = probability(np.arange(64) < 16)
    rate = BaseRate(0.1, 0.0, 0.3, 1, 20, 10.0, 0, 20)
    return [Answer(SUMMIT, SUMMIT.expression, p, rate), Answer(None, "any(summit) within 2026-11..2027-01", p, None)]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEISEI_LEDGER", str(tmp_path / "ledger.jsonl"))
    return ledger_path()


def test_a_frozen_forecast_reads_back_with_what_was_asked_and_known(ledger: Path, tmp_path: Path) -> None:
    said = freeze_forecast(*outlook(tmp_path), answers())
    (entry,) = read_ledger(ledger, head=said["head"])
    assert (entry.forecast.case, entry.forecast.origin, entry.forecast.members) == ("tiny", "2026-10", 64)
    assert entry.forecast.evidence_cut == "2026-10-12", "nothing known after the origin counts as used"
    first, second = entry.forecast.questions
    assert (first.id, first.probability, first.baseline) == ("summit-soon", 0.25, 0.1)
    assert second.id.startswith("asked-")
    assert first.expression == second.expression, "months relative to the origin are frozen as calendar months"
    assert said["content"] == entry.forecast.content_hash


def test_a_second_forecast_goes_under_the_first(ledger: Path, tmp_path: Path) -> None:
    first = freeze_forecast(*outlook(tmp_path), answers())
    second = freeze_forecast(*outlook(tmp_path), answers())
    assert (first["index"], second["index"]) == (0, 1)
    assert read_ledger(ledger)[1].previous == first["head"]


def test_what_is_known_already_cannot_be_frozen(ledger: Path, tmp_path: Path) -> None:
    past = Answer(None, "any(summit) within 2026-01..2026-03", probability(np.ones(8, bool)), None)
    with pytest.raises(InputError, match="2026-03, which is known"):
        freeze_forecast(*outlook(tmp_path), [past])
    assert not ledger.exists()


def test_the_digest_of_evidence_knows_its_content_and_not_its_order_or_files() -> None:
    here = Evidence(facts=(EARLY, LATE))
    assert evidence_digest(here) == evidence_digest(Evidence(facts=(replace(LATE, file="x.csv", line=9), EARLY)))
    assert evidence_digest(here) != evidence_digest(Evidence(facts=(EARLY,)))


def test_a_users_case_that_changes_changes_the_code_version(ledger: Path, tmp_path: Path) -> None:
    law = tmp_path / "model.py"
    for text in ("a = 1", "a = 2"):
        law.write_text(text)
        freeze_forecast(*outlook(tmp_path), answers())
    before, after = read_ledger(ledger)
    assert before.forecast.code != after.forecast.code
    assert before.forecast.evidence == after.forecast.evidence
