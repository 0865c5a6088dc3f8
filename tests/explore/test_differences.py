"""Differences of twin worlds: intervals count parameter draws, and option numbers have shares, not means."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from keisei.ensemble import Worlds
from keisei.explore.differences import effects, question_differences
from keisei.forecast.questions import Question

DRAWS, EACH = 16, 64
DRAW = np.repeat(np.arange(DRAWS), EACH)
MONTHS = [24312, 24313]  # 2026-01, 2026-02


def worlds(name: str, unit: str, base: np.ndarray, changed: np.ndarray) -> Worlds:
    def run(values: np.ndarray) -> xr.Dataset:
        data = np.repeat(values[:, None], 2, axis=1).astype(np.float32)
        attributes = {"unit": unit, "kind": "event" if unit == "1" else "level", "name": name}
        return xr.Dataset({name: (("member", "month"), data, attributes)}, {"month": MONTHS})

    return Worlds(run(base), run(changed))


def test_an_interval_counts_draws_not_members() -> None:
    """In half of the draws everybody changes: what is uncertain is how many draws there are."""
    changed = (DRAW % 2 == 0).astype(float)
    twin = worlds("war.ceasefire", "1", np.zeros(len(DRAW)), changed)
    row = effects(twin, DRAW, {})[0]
    assert row["mean"] == [0.5, 0.5]
    assert row["mc_error"][0] == pytest.approx(0.5 / np.sqrt(DRAWS - 1))
    question = Question(
        id="c", text_en="?", text_ja="?", expression="any(war.ceasefire) within 2026-01..2026-01", closes="2026-01",
        systems=("S1",), resolution="seen",
    )  # fmt: skip
    (found,) = question_differences(twin, [question], MONTHS[0] - 1, MONTHS[1], DRAW)
    assert found["difference"] == 0.5
    assert found["q95"] - found["q05"] == pytest.approx(2 * 1.645 * 0.5 / np.sqrt(DRAWS - 1))


def test_of_option_numbers_the_shares_change() -> None:
    base, changed = np.zeros(len(DRAW)), np.where(np.arange(len(DRAW)) % 4 == 0, 2.0, 0.0)
    twin = worlds("PRK.posture", "option", base, changed)
    rows = effects(twin, DRAW, {"PRK.posture": ("talks", "restraint", "campaign")})
    assert [(row["option"], row["mean"][0]) for row in rows] == [
        ("talks", -0.25),
        ("restraint", 0.0),
        ("campaign", 0.25),
    ]
    assert {row["unit"] for row in rows} == {"share"}
