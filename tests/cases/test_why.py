"""Why a question of an outlook moved, and what would move it, on a case of two records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cases.test_verify import FIRE, START, case

from keisei.cases.outlook import Outlook, make_outlook
from keisei.cases.why import covered_events, moved, recent_evidence, watch
from keisei.forecast import expressions as ex

# a month in which it burns after three quiet ones: the evidence that tells the regime
ORIGIN = START + next(t for t in range(40, 140) if FIRE[t] and not FIRE[t - 3 : t].any())


@pytest.fixture(scope="module")
def outlook(tmp_path_factory: pytest.TempPathFactory) -> Outlook:
    tiny = case(tmp_path_factory.mktemp("case"))
    tree = ex.at_origin(QUESTION, ORIGIN)
    return make_outlook(tiny, ORIGIN, until=ORIGIN + 6, draws=8, particles=512, members=4096, trees=[tree])


QUESTION: Any = ex.parse("count(fire) >= 3 within origin+1..origin+6")


def test_the_fire_raised_the_probability_of_more_and_quiet_months_lowered_it(outlook: Outlook) -> None:
    tree = ex.at_origin(QUESTION, ORIGIN)
    found = moved(outlook, tree, recent_evidence(outlook, exact=True))
    fire = next(m for m in found if m.month == ORIGIN and m.site == "fire")
    assert fire.change > 0.1
    assert fire.change == max(m.change for m in found)
    quiet = [m for m in found if m.site == "fire" and m.month < ORIGIN]
    assert quiet
    assert all(m.change < 0 for m in quiet)


def test_by_draw_nothing_moves_where_all_draws_are_the_same(outlook: Outlook) -> None:
    tree = ex.at_origin(QUESTION, ORIGIN)
    for m in moved(outlook, tree, recent_evidence(outlook)):
        assert abs(m.change) < 0.05, "parameters are fixed: draws differ by their particles' noise only"


def test_next_month_is_worth_watching_for_what_it_shows(outlook: Outlook) -> None:
    tree = ex.at_origin(QUESTION, ORIGIN)
    assert covered_events(outlook) == ("fire",)
    (one,) = watch(outlook, tree)
    then = {o.label: o.then for o in one.outcomes}
    assert one.month == ORIGIN + 1
    assert one.shown
    assert then["happens"] > then["does not happen"] + 0.2


def test_evidence_since_a_month_is_that_after_it(outlook: Outlook, tmp_path: Path) -> None:
    recent = recent_evidence(outlook, since=ORIGIN - 1)
    assert {row.month for row in recent.rows} == {ORIGIN}
    assert recent.logp.shape == (len(recent.rows), 4096)
    assert np.isfinite(recent.logp).all()
