"""A run that is killed or interrupted starts again and ends with the same bits."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from model.small import ALL, SMALL, START

from keisei.ensemble import Analysis, assimilate, blocks, run
from keisei.score import Row

MEMBERS, MONTHS = 2500, 40  # three blocks of four segments
SCORE = (Row(START + 3, "act", 1.0), Row(START + 20, "reading", 0.2))
DRAWS = SMALL.parameters.draw(20, 1)  # 20 × 128 particles: three blocks


def simulated(checkpoint: Path | None = None, progress: blocks.Progress | None = None) -> dict[str, np.ndarray]:
    data = run(
        SMALL, SCORE, members=MEMBERS, until=START + MONTHS - 1, levels=ALL, checkpoint=checkpoint, progress=progress
    )
    return {str(k): v.values for k, v in data.reset_coords("log_weight").data_vars.items()}


def filtered(checkpoint: Path | None = None, progress: blocks.Progress | None = None) -> dict[str, np.ndarray]:
    a: Analysis = assimilate(
        SMALL, SCORE, draws=DRAWS, until=START + MONTHS - 1, particles=128, levels=ALL, records=("before",),
        checkpoint=checkpoint, progress=progress,
    )  # fmt: skip
    return {
        "loglik": a.loglik, "ess": a.ess, "ancestors": a.ancestors, "weight": a.log_weight, "records": a.records,
        **{f"state{i}": s for i, s in enumerate(a.states)},
    }  # fmt: skip


def same(a: dict[str, np.ndarray], b: dict[str, np.ndarray]) -> bool:
    return a.keys() == b.keys() and all(np.array_equal(a[k], b[k]) for k in a)


def killed_at(step: int, what: str, folder: Path) -> int:
    """Run in a process of its own that kills itself after some steps; its exit code."""
    code = (
        "import os, signal; from pathlib import Path; from ensemble import test_resume as t\n"
        f"t.{what}(Path({str(folder)!r}), lambda done, total: done >= {step} and os.kill(os.getpid(), signal.SIGKILL))"
    )
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "KEISEI_THREADS": "1"}
    return subprocess.run([sys.executable, "-c", code], env=env, check=False, capture_output=True).returncode


def finished(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.npz"))


@pytest.mark.parametrize(("what", "step", "left"), [("simulated", 7, 7), ("filtered", 6, 1)])
def test_a_killed_run_starts_again_and_ends_with_the_same_bits(what: str, step: int, left: int, tmp_path: Path) -> None:
    work = globals()[what]
    assert killed_at(step, what, tmp_path) == -signal.SIGKILL
    before = finished(tmp_path)
    assert len(before) == left
    stamps = [p.stat().st_mtime_ns for p in before]
    resumed = work(tmp_path)
    assert [p.stat().st_mtime_ns for p in before] == stamps  # what was there was not worked on again
    assert len(finished(tmp_path)) > left
    assert same(resumed, work())


@pytest.mark.parametrize("what", ["simulated", "filtered"])
def test_an_interrupt_leaves_no_broken_file_and_the_run_can_go_on(what: str, tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    work = globals()[what]
    with pytest.raises(KeyboardInterrupt):
        work(tmp_path, interrupt)
    assert not list(tmp_path.rglob("*.part"))
    assert all(blocks.read_arrays(p) is not None for p in finished(tmp_path))
    assert same(work(tmp_path), work())


def test_a_broken_stored_file_is_worked_on_again(tmp_path: Path) -> None:
    whole = simulated(tmp_path)
    files = finished(tmp_path)
    files[0].write_bytes(files[0].read_bytes()[:500])
    files[5].write_bytes(b"")
    assert same(simulated(tmp_path), whole)
    assert blocks.read_arrays(files[0]) is not None


def test_a_stored_result_is_used_only_by_the_same_question(tmp_path: Path) -> None:
    for seed, until in ((1, 5), (2, 5), (1, 6)):
        run(SMALL, members=10, until=START + until, seed=seed, levels=ALL, checkpoint=tmp_path)
    run(SMALL, (Row(START, "push", 1.0, "set"),), members=10, until=START + 5, levels=ALL, checkpoint=tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_stored_result_is_not_used_by_other_laws_of_the_same_name(tmp_path: Path) -> None:
    from dataclasses import replace

    from model import small

    def stronger(state: small.State, params: object, site: object, t: object) -> small.State:
        new = small.month(state, params, site, t)  # type: ignore[arg-type]
        return new._replace(x=new.x + 1.0)

    a = run(SMALL, members=10, until=START + 3, levels=ALL, checkpoint=tmp_path)
    b = run(replace(SMALL, month=stronger), members=10, until=START + 3, levels=ALL, checkpoint=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    np.testing.assert_allclose(b.before.values[:, 1], a.before.values[:, 1] + 1.0, rtol=1e-5)


def test_progress_counts_every_step_once() -> None:
    seen: list[tuple[int, int]] = []
    simulated(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(i, 12) for i in range(1, 13)]


def test_work_may_go_to_an_executor() -> None:
    plain = simulated()
    with ThreadPoolExecutor(2) as pool:
        data = run(SMALL, SCORE, members=MEMBERS, until=START + MONTHS - 1, levels=ALL, executor=pool)
        assert all(np.array_equal(data[k].values, plain[str(k)]) for k in data.data_vars)
        a = assimilate(SMALL, SCORE, draws=DRAWS, until=START + 11, particles=128, levels=ALL, executor=pool)
    b = assimilate(SMALL, SCORE, draws=DRAWS, until=START + 11, particles=128, levels=ALL)
    assert np.array_equal(a.loglik, b.loglik)


class Elsewhere(ThreadPoolExecutor):
    """Sends every task as another process would get it."""

    def submit(self, fn, /, *args):  # type: ignore[no-untyped-def, override]
        fn, args = pickle.loads(pickle.dumps((fn, args)))
        return super().submit(fn, *args)


def test_work_is_data_that_can_be_sent_to_another_process() -> None:
    plain = simulated()
    with Elsewhere(2) as pool:
        data = run(SMALL, SCORE, members=MEMBERS, until=START + MONTHS - 1, levels=ALL, executor=pool)
        assert all(np.array_equal(data[k].values, plain[str(k)]) for k in data.data_vars)
        a = assimilate(SMALL, SCORE, draws=DRAWS, until=START + 11, particles=128, levels=ALL, executor=pool)
    b = assimilate(SMALL, SCORE, draws=DRAWS, until=START + 11, particles=128, levels=ALL)
    assert np.array_equal(a.loglik, b.loglik)


def test_work_may_go_to_dask() -> None:
    distributed = pytest.importorskip("distributed", reason="dask.distributed is the extra keisei[dask], not installed")
    with distributed.Client(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as client:
        data = run(SMALL, SCORE, members=1500, until=START + 5, levels=ALL, executor=client.get_executor())
    alone = run(SMALL, SCORE, members=1500, until=START + 5, levels=ALL)
    assert all(np.array_equal(data[k].values, alone[k].values) for k in data.data_vars)


def test_a_failure_in_one_block_is_raised_and_stops_the_others() -> None:
    def work(b: int, steps: blocks.Steps) -> int:
        if b == 1:
            raise ValueError("block 1")
        steps.step()
        return b

    for executor in (None, ThreadPoolExecutor(2)):
        with pytest.raises(ValueError, match="block 1"):
            blocks.over_blocks(work, 4, blocks.Steps(4, None), executor)
    assert blocks.over_blocks(lambda b, steps: b, 5, blocks.Steps(5, None)) == list(range(5))
