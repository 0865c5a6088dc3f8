"""Stored results never grow beyond a limit, and the oldest go first."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from keisei.ensemble.blocks import trim, write_arrays


def test_the_oldest_results_are_deleted_first(tmp_path: Path) -> None:
    for age, name in ((300, "old"), (200, "middle"), (100, "new")):
        write_arrays(tmp_path / name / "a.npz", {"x": np.zeros(1000)})
        when = 1_700_000_000 - age
        os.utime(tmp_path / name / "a.npz", (when, when))
    one = (tmp_path / "new" / "a.npz").stat().st_size
    trim(tmp_path, 2 * one)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["middle", "new"]
    trim(tmp_path, 2 * one)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["middle", "new"]


def test_an_absent_folder_is_left_absent(tmp_path: Path) -> None:
    trim(tmp_path / "none", 0)
    assert not (tmp_path / "none").exists()
