"""Months that few particles fitted are named, all of them, with the row that cost most."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from model.small import SMALL
from model.small import START as SMALL_START

from keisei.cases.poor_months import POOR, month_share, poor_months
from keisei.ensemble import assimilate
from keisei.ensemble.hindcast import hindcast
from keisei.score import Row

START, ORIGIN = 24_000, 24_010


def _hindcast(**ess: float) -> Any:
    share = np.full((2, 20), 0.6)
    for month, value in ess.items():
        share[:, int(month[1:])] = value
    return SimpleNamespace(
        draw_weights=np.array([[0.25, 0.75]]), ess=share * 64, particles=64, origins=np.arange(ORIGIN, START + 20),
        start=START, costliest=lambda t: ("launch", -3.0),
        loglik=np.log(np.stack([np.full(20, 0.1), np.full(20, 0.3)])),
    )  # fmt: skip


def test_every_month_under_a_tenth_is_named_the_worst_first() -> None:
    h = _hindcast(m3=0.01, m12=0.08, m15=0.02, m17=POOR)
    found = poor_months(h)
    assert [m["month"] for m in found] == ["2001-04", "2001-01"], "month 3 lies before the origins"
    assert [m["share"] for m in found] == pytest.approx([0.02, 0.08])
    assert found[0]["nats"] == pytest.approx(np.log(0.25 * 0.1 + 0.75 * 0.3))
    assert month_share(h)[3] == pytest.approx(0.01)


def test_a_poor_month_is_named_with_its_costliest_row() -> None:
    (found,) = poor_months(_hindcast(m12=0.05))
    assert (found["row"], found["row_nats"]) == ("launch", -3.0)


def test_a_hindcast_names_the_rows_that_the_filter_names() -> None:
    """Costliest rows of every month, beside an assimilation of the same score under one draw."""
    score = [
        Row(SMALL_START + t, site, v) for t, site, v in ((1, "quake", 1.0), (1, "reading", 3.0), (2, "quake", 0.0))
    ]
    draws = SMALL.parameters.means()
    h = hindcast(
        SMALL, score, draws=draws, vintage=None, first=SMALL_START + 3, last=SMALL_START + 4, leads=(1,),
        records=["quake"], particles=1024,
    )  # fmt: skip
    analysis = assimilate(SMALL, score, draws=draws, until=SMALL_START + 4, particles=1024)
    for t in range(5):
        row, logp = h.costliest(t)
        assert (row, logp) == (analysis.costliest(t)[0], pytest.approx(analysis.costliest(t)[1], abs=0.2))
    assert [h.costliest(t)[0] for t in range(5)] == ["", "reading", "quake", "", ""]
