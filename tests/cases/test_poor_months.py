"""Months that few particles fitted are named, all of them, with what can have cost it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from keisei.cases.poor_months import POOR, month_share, poor_months
from keisei.score import Row

START, ORIGIN = 24_000, 24_010


def _hindcast(**ess: float) -> Any:
    share = np.full((2, 20), 0.6)
    for month, value in ess.items():
        share[:, int(month[1:])] = value
    return SimpleNamespace(
        draw_weights=np.array([[0.25, 0.75]]), ess=share * 64, particles=64, origins=np.arange(ORIGIN, START + 20),
        start=START, loglik=np.log(np.stack([np.full(20, 0.1), np.full(20, 0.3)])),
    )  # fmt: skip


def _model() -> Any:
    kinds = {"test": "event", "launch": "event", "growth": "measure"}
    return SimpleNamespace(table=SimpleNamespace(by_target={k: SimpleNamespace(kind=v) for k, v in kinds.items()}))


def test_every_month_under_a_tenth_is_named_the_worst_first() -> None:
    h = _hindcast(m3=0.01, m12=0.08, m15=0.02, m17=POOR)
    found = poor_months(h, _model(), ())
    assert [m["month"] for m in found] == ["2001-04", "2001-01"], "month 3 lies before the origins"
    assert [m["share"] for m in found] == pytest.approx([0.02, 0.08])
    assert found[0]["nats"] == pytest.approx(np.log(0.25 * 0.1 + 0.75 * 0.3))
    assert month_share(h)[3] == pytest.approx(0.01)


def test_what_was_told_is_listed_the_rarest_first_without_quiet_months() -> None:
    here = START + 12
    rows = [
        *(Row(START + t, "launch", 1.0) for t in range(6)), Row(START + 2, "test", 0.0),
        Row(here, "launch", 1.0), Row(here, "growth", 0.0), Row(here, "test", 1.0), Row(here, "quiet", 0.0, "set"),
        Row(START + 4, "growth", 1.5),
    ]  # fmt: skip
    (found,) = poor_months(_hindcast(m12=0.05), _model(), rows)
    assert found["told"] == ["test", "growth", "launch"]
    (quiet,) = poor_months(_hindcast(m13=0.05), _model(), rows)
    assert quiet["told"] == []
