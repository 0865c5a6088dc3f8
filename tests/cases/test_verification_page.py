"""The page of the verification says what the shipped document says, and does not break on an older one."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from keisei.cases.verification_page import best_rival, write_page

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src/keisei/cases/northeast_asia/keisei-verify.json"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return dict(json.loads(SHIPPED.read_text(encoding="utf-8")))


def test_the_page_in_docs_is_the_one_written_from_the_shipped_document(shipped: dict[str, Any], tmp_path: Path) -> None:
    write_page(shipped, tmp_path / "verification.md")
    written, kept = (folder / "verification.md" for folder in (tmp_path, ROOT / "docs"))
    said = "regenerate it: cases.verification_page.write_page on the shipped keisei-verify.json"
    assert written.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8"), said


def test_the_frozen_period_stands_first_and_later_origins_apart(shipped: dict[str, Any], tmp_path: Path) -> None:
    write_page(shipped, tmp_path / "verification.md")
    text = (tmp_path / "verification.md").read_text(encoding="utf-8")
    head, _, rest = text.partition("## The raw model against simple forecasts, origins to 2021-12")
    assert "after 2021-12" not in head
    first, _, later = rest.partition("### Other origins, apart")
    assert "| launch_month | to 2021-12 | 1 |" in first
    assert "| launch_month | after 2021-12 | 1 |" not in first
    assert "| launch_month | after 2021-12 | 1 |" in later


def test_an_older_document_is_shown_as_far_as_it_goes_and_says_so(shipped: dict[str, Any], tmp_path: Path) -> None:
    old = copy.deepcopy(shipped)
    for entry in (*old["targets"], *(e for entries in old["periods"].values() for e in entries)):
        for key in ("differences", "best", "blend_all"):
            entry.pop(key, None)
    write_page(old, tmp_path / "verification.md")
    text = (tmp_path / "verification.md").read_text(encoding="utf-8")
    assert "of stacked weights" in text
    assert "blend − model" not in text


def test_the_free_running_model_is_a_rival() -> None:
    entry = {"metric": "log_score", "baselines": {"climatology": -0.7, "uninitialized": -0.5}}
    assert best_rival(entry) == ("uninitialized", -0.5)
    assert best_rival(entry | {"metric": "brier"}) == ("climatology", -0.7)
