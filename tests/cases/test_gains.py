"""What the model adds: over the blend of all others, the free-running model included."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import xarray as xr

from keisei.cases.gains import blends_of, differences, entries, issued_blends, verdict
from keisei.cases.targets import Target
from keisei.cases.verify import Scored
from keisei.forecast.baselines import hindcast
from keisei.forecast.scoring import outcomes

FIRST, ORIGINS, LEADS = 24_000, 160, (1, 3)
SPANS = {"all": (FIRST + 40, FIRST + 40 + ORIGINS), "early": (FIRST + 40, FIRST + 70)}


def _said(p: np.ndarray, inits: np.ndarray) -> xr.DataArray:
    coords = {"init": inits, "lead": list(LEADS), "count": [0, 1]}
    return xr.DataArray(np.stack([1 - p, p], axis=-1), dims=("init", "lead", "count"), coords=coords)


@pytest.fixture(scope="module")
def scored() -> Scored:
    """A regime that turns every 20 months; the model half knows what comes, the free-running one nothing."""
    rng = np.random.default_rng(4)
    tense = np.cumsum(rng.random(ORIGINS + 80) < 0.05) % 2
    values = (rng.random(len(tense)) < np.where(tense, 0.8, 0.1)).astype(float)
    series = xr.DataArray(values, dims="month", coords={"month": np.arange(FIRST, FIRST + len(values))})
    inits = np.arange(FIRST + 40, FIRST + 40 + ORIGINS)
    y = outcomes(series, inits, LEADS)
    model = np.where(y.values == 1, 0.7, 0.25)
    target = Target("fire", "fire", "event", ("fire",), leads=LEADS)
    return Scored(
        target, _said(model, inits), _said(np.full(model.shape, 0.4), inits), hindcast(series, inits, LEADS), y
    )


def _found(one: Scored) -> list[dict[str, Any]]:
    return entries(one, blends_of(one), SPANS)["all"]


def test_a_model_that_knows_more_adds_by_every_metric_and_lead(scored: Scored) -> None:
    for entry in _found(scored):
        assert entry["verdict"] == "the model adds"
        sign = 1 if entry["metric"] == "log_score" else -1
        assert entry["gain"] == pytest.approx(sign * (entry["blend_all"] - entry["blend_without"]))
        apart = entry["differences"]
        assert apart["blend_less_model"]["mean"] == pytest.approx(sign * (entry["blend"] - entry["score"]))
        best = entry["baselines"][entry["best"]]
        assert sign * best == max(sign * x for x in entry["baselines"].values())
        assert apart["blend_less_best"]["mean"] == pytest.approx(sign * (entry["blend"] - best))
        free = entry["baselines"]["uninitialized"]
        assert apart["model_less_uninitialized"]["mean"] == pytest.approx(sign * (entry["score"] - free))
        for one in apart.values():
            assert one["q05"] < one["mean"] < one["q95"]
            assert 0 <= one["p_value"] <= 1


def test_the_blend_stays_near_the_model_where_the_model_is_best(scored: Scored) -> None:
    for entry in _found(scored):
        if entry["metric"] == "log_score":
            assert entry["differences"]["blend_less_model"]["mean"] > -entry["lead"] * np.log(2) / entry["n"] - 0.01


def test_what_the_free_running_model_says_too_is_nothing_that_assimilation_adds(scored: Scored) -> None:
    for entry in _found(replace(scored, uninitialized=scored.model)):
        assert entry["verdict"] != "the model adds"
        assert abs(entry["gain"]) < 0.01
        assert entry["differences"]["model_less_uninitialized"]["mean"] == 0
        assert entry["differences"]["model_less_uninitialized"]["p_value"] == 1


def test_the_blend_that_is_issued_has_no_part_that_a_forecast_lacks(scored: Scored) -> None:
    blends = blends_of(scored)
    found = entries(scored, blends, SPANS)["all"]
    rows = issued_blends(scored, blends, found)
    assert [row["lead"] for row in rows] == list(LEADS)
    for row in rows:
        assert set(row["weights"]) == {*(str(f) for f in scored.baselines["forecaster"].values), "model"}
        assert sum(row["weights"].values()) == pytest.approx(1)
        entry = next(e for e in found if e["lead"] == row["lead"])
        assert row["gain"] == entry["differences"]["blend_less_without"]["mean"]
        assert row["gain"] == pytest.approx(entry["blend"] - entry["blend_without"])


def test_too_few_origins_get_no_interval_and_too_few_events_no_verdict(scored: Scored) -> None:
    for entry in entries(scored, blends_of(scored), SPANS)["early"]:
        assert entry["gain_q05"] is None
        assert all(one["q95"] is None for one in entry["differences"].values())
        assert entry["verdict"] in ("too few origins for an interval", f"not demonstrable (n = {entry['events']})")
    nine = np.full(60, np.nan)
    nine[:9] = 0.1
    assert differences({"a": nine}, 1, 9)["a"]["p_value"] is None
    assert verdict(0.1, 0.2, 19) == "not demonstrable (n = 19)"
    assert verdict(0.1, 0.2, 20) == "the model adds"
    assert verdict(-0.2, -0.1, 20) == "the model takes away"
    assert verdict(-0.2, 0.1, 20) == "not shown that the model adds"
