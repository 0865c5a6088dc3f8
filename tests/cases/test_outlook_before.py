"""What changed since an origin: the same draws and noise without the later evidence, at the price of its months."""

from __future__ import annotations

import numpy as np
import pytest
from cases.test_verify import case
from cases.test_why import ORIGIN, QUESTION

from keisei.cases.load import Case
from keisei.cases.outlook import Outlook, answer, change_of, make_outlook, outlook_before
from keisei.ensemble import blocks
from keisei.errors import InputError
from keisei.forecast import expressions as ex

BEFORE = ORIGIN - 3
UNTIL = ORIGIN + 6


def outlook(of: Case, origin: int, before: int | None = None, seed: int = 1) -> Outlook:
    trees = [ex.at_origin(QUESTION, month) for month in (ORIGIN, BEFORE)]
    return make_outlook(
        of,
        origin,
        until=UNTIL,
        keep=("fire",),
        draws=8,
        particles=512,
        members=4096,
        trees=trees,
        before=before,
        seed=seed,
    )


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def now(tiny: Case) -> Outlook:
    return outlook(tiny, ORIGIN, BEFORE)


def test_it_is_the_outlook_from_that_origin_to_the_bit_where_the_draws_are_the_same(tiny: Case, now: Outlook) -> None:
    found, scratch = outlook_before(now, BEFORE), outlook(tiny, BEFORE)
    assert (found.origin, found.until) == (BEFORE, UNTIL)
    assert np.array_equal(found.analysis.draws, scratch.analysis.draws)
    assert np.array_equal(found.analysis.loglik, scratch.analysis.loglik)
    assert found.future.identical(scratch.future)
    assert found.past.identical(scratch.past)
    assert found.observed.identical(scratch.observed)


def test_only_the_months_from_where_the_evidence_parts_are_worked_on(now: Outlook) -> None:
    steps = []
    outlook_before(now, BEFORE, progress=lambda done, total: steps.append(total))
    assert now.analysis.fork is not None
    assert BEFORE - 12 < now.analysis.fork.month <= BEFORE
    filtered = len(list(blocks.spans(now.analysis.fork.month, BEFORE, 12)))
    assert steps[0] == filtered * len(now.analysis.log_weight) // 512


def test_a_change_is_told_more_finely_than_between_two_runs(now: Outlook) -> None:
    then = outlook_before(now, BEFORE)
    tree, earlier = (ex.at_origin(QUESTION, month) for month in (ORIGIN, BEFORE))
    one, other = answer(now, tree), answer(then, earlier)
    change, error = change_of(one, other, paired=True)
    assert change == one.issued.value - other.issued.value > 0.05
    assert error > 0
    assert change_of(one, one, paired=True) == (0.0, 0.0)
    assert change_of(one, one, paired=False)[1] == pytest.approx(np.sqrt(2) * one.probability.mc_error)


def test_an_origin_before_must_lie_before(tiny: Case, now: Outlook) -> None:
    with pytest.raises(InputError, match="is not before the origin"):
        outlook(tiny, ORIGIN, ORIGIN)
    with pytest.raises(InputError, match="kept no particles"):
        outlook_before(outlook(tiny, ORIGIN), BEFORE)
