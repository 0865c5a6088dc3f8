"""A filter that goes on from a month on the way, with other evidence, is the filter from the start, to the bit."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from model.small import ALL, SMALL, START

from ensemble.oracles import LINEAR, observed
from keisei.ensemble import Analysis, assimilate, branch, segment, select_lines
from keisei.errors import InputError
from keisei.model.rows import agreement, layout
from keisei.model.sites import Levels
from keisei.score import Row, Score

LONG, SHORT, PARTING = 40, 33, START + 30  # months; the scores part in the third segment
RNG = np.random.default_rng(5)
Y = RNG.normal(0.0, 0.8, LONG)
Y[[4, 27, 31]] = 4.5, -4.5, 4.5  # bridged before the fork, between fork and parting, and after
OTHER = np.where(np.arange(LONG) < 30, Y, -Y)
# 10 draws of 128 particles: three blocks, the last with draws that only fill it
DRAWS = np.repeat(LINEAR.parameters.draw(1, 1), 10, axis=0)


def filtered(y: np.ndarray, until: int, **more: Any) -> Analysis:
    score = observed("y", y[:until])
    return assimilate(LINEAR, score, draws=DRAWS, until=START + until - 1, particles=128, records=["x"], **more)


@pytest.fixture(scope="module")
def long() -> Analysis:
    return filtered(Y, LONG, fork=PARTING, vintage=START + 10)


def differences(one: Analysis, other: Analysis) -> list[str]:
    """Attributes in which two analyses differ, particles on the way aside."""
    out = []
    for name in (f.name for f in fields(Analysis) if f.name != "fork"):
        a, b = getattr(one, name), getattr(other, name)
        parts = zip(
            *(
                x
                if isinstance(x, list)
                else [getattr(x, f) for f in x._fields]
                if isinstance(x, tuple) and hasattr(x, "_fields")
                else [x.row, x.parent, x.slot]
                if name == "bridges"
                else [x]
                for x in (a, b)
            ),
            strict=True,
        )
        if not all(np.array_equal(p, q) if isinstance(p, np.ndarray) else p == q for p, q in parts):
            out.append(name)
    return out


@pytest.mark.parametrize(("y", "until"), [(OTHER, SHORT), (OTHER, LONG), (Y, SHORT), (Y, 25)])
def test_a_branch_is_the_filter_from_the_start(long: Analysis, y: np.ndarray, until: int) -> None:
    scratch = filtered(y, until, vintage=START + 10)
    found = branch(long, observed("y", y[:until]), until=START + until - 1)
    assert differences(found, scratch) == []
    assert len(found.bridges) > 0
    one, other = select_lines(found, 200), select_lines(scratch, 200)
    assert np.array_equal(one.worked, other.worked)
    assert np.array_equal(one.slots, other.slots)


def test_a_fork_changes_nothing_of_the_analysis_itself(long: Analysis) -> None:
    assert differences(long, filtered(Y, LONG, vintage=START + 10)) == []
    assert long.fork is not None
    assert long.fork.month == START + 24, "the beginning of the segment in which the scores part"


def test_branches_that_see_something_else_differ(long: Analysis) -> None:
    found = branch(long, observed("y", OTHER), until=START + LONG - 1)
    assert np.array_equal(found.loglik[:, :30], long.loglik[:, :30])
    assert not np.array_equal(found.loglik[:, 30:], long.loglik[:, 30:])


def test_a_branch_is_stored_and_does_not_take_another_ones_results(long: Analysis, tmp_path: Path) -> None:
    score, until = observed("y", OTHER), START + LONG - 1
    first = branch(long, score, until=until, checkpoint=tmp_path)
    stored = sorted(tmp_path.rglob("*.npz"))
    assert len(stored) == 3
    stamps = [p.stat().st_mtime_ns for p in stored]
    assert differences(branch(long, score, until=until, checkpoint=tmp_path), first) == []
    assert [p.stat().st_mtime_ns for p in stored] == stamps
    elsewhere = filtered(Y, LONG, fork=PARTING, vintage=START + 10, seed=2)
    branch(elsewhere, score, until=until, checkpoint=tmp_path)
    assert len(list(tmp_path.rglob("*.npz"))) == 6


def test_a_fork_survives_the_store_of_finished_blocks(tmp_path: Path) -> None:
    once, again = (filtered(Y, LONG, fork=PARTING, checkpoint=tmp_path) for _ in range(2))
    assert once.fork is not None
    assert again.fork is not None
    assert np.array_equal(once.fork.log_weight, again.fork.log_weight)
    assert all(np.array_equal(a, b) for a, b in zip(once.fork.states, again.fork.states, strict=True))


def test_a_branch_can_be_worked_on_elsewhere(long: Analysis) -> None:
    class Copying(ThreadPoolExecutor):
        """Sends what it is given through pickle, as an executor of processes does."""

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            sent = pickle.loads(pickle.dumps((fn.rows, fn.spans, fn.__reduce__()[1][-2])))
            assert sent[2] is None, "the analysis before stays at home"
            return super().submit(fn, *args, **kwargs)

    score, until = observed("y", OTHER), START + LONG - 1
    with Copying(2) as pool:
        assert differences(branch(long, score, until=until, executor=pool), branch(long, score, until=until)) == []


def refused(long: Analysis, score: Score, until: int = LONG) -> str:
    with pytest.raises(InputError) as caught:
        branch(long, score, until=START + until - 1)
    return str(caught.value)


def test_what_cannot_be_gone_on_from_is_refused(long: Analysis) -> None:
    early = np.where(np.arange(LONG) == 20, 0.0, Y)
    assert "differ in 2001-09" in refused(long, observed("y", early))
    assert "clamps" in refused(long, (*observed("y", Y), Row(START + 35, "y", 0.0, how="set")))
    with pytest.raises(InputError, match="is before"):
        branch(long, observed("y", Y), until=START + 20)
    with pytest.raises(InputError, match="kept no particles"):
        branch(filtered(Y, 3), observed("y", Y), until=START + 3)


def test_agreement_counts_the_months_that_say_the_same() -> None:
    one = layout(LINEAR.table, observed("y", Y), START, START + LONG - 1)
    other = layout(LINEAR.table, observed("y", OTHER), START, START + LONG - 1)
    shorter = layout(LINEAR.table, observed("y", Y), START, START + 9)
    assert agreement(one, one) == LONG + 1
    assert agreement(one, other) == 31, "the month before the first, and thirty more"
    assert agreement(one, shorter) == 11


def test_two_threads_that_ask_for_a_program_get_the_same_one() -> None:
    levels = Levels(frozenset({0}), ALL.observable)
    with ThreadPoolExecutor(4) as pool:
        programs = list(pool.map(lambda _: segment.simulate(SMALL, levels, (), 7), range(16)))
    assert len({id(p) for p in programs}) == 1
