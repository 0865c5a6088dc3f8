"""The engine beside plain C and Mesa: the same model in three hands, in one run.

    python -m benchmarks.engine [--members 1000 10000 100000] [--months 60] [--threads 2] [--repeat 5] [--json]

Each figure is the best of several interleaved repeats, after compilation, as member-months a second; beside the share
of C by the clock stands the share by processor time, which other work on the machine disturbs less. "bare" keeps
nothing; "score + records" observes 6 of the 12 choices every month and keeps 10 records. The C program has the members
innermost in 32 lanes (-O3 -march=native -ffast-math -fopenmp): what a SIMD program can reach on this machine.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
RECORDS = 10
FLAGS = ("-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC")


@dataclass(frozen=True)
class Result:
    """Member-months a second of one program on one task, by the clock and by processor time."""

    program: str
    task: str
    members: int
    rate: float
    cpu_rate: float


def compiler() -> str | None:
    """The C compiler of this machine, if there is one."""
    return next((found for name in ("gcc", "cc", "clang") if (found := shutil.which(name))), None)


def c_program() -> Callable[..., tuple[np.ndarray | None, np.ndarray | None, float]] | None:
    """``(members, months, start, keys, kinds, values, keep) → (records [months, 10, members], log weights, checksum)``.

    Compiled now; None where there is no compiler.
    """
    cc = compiler()
    if cc is None:
        return None
    library = Path(tempfile.mkdtemp()) / "engine.so"
    subprocess.run([cc, *FLAGS, str(HERE / "engine.c"), "-o", str(library), "-lm"], check=True)
    entry = ctypes.CDLL(str(library)).run
    entry.restype = None
    float_p, int8_p, uint_p = (ctypes.POINTER(t) for t in (ctypes.c_float, ctypes.c_int8, ctypes.c_uint32))

    def at(array: np.ndarray | None, kind: Any) -> Any:
        return array.ctypes.data_as(kind) if array is not None else None

    def run(
        members: int, months: int, start: int, keys: np.ndarray, kinds: np.ndarray | None, values: np.ndarray | None,
        keep: bool,
    ) -> tuple[np.ndarray | None, np.ndarray | None, float]:  # fmt: skip
        lanes = -(-members // 32) * 32
        out = np.empty((months, RECORDS, lanes), np.float32) if keep else None
        weight = np.empty(lanes, np.float32) if kinds is not None else None
        checksum = ctypes.c_double()
        entry(
            lanes, months, start, at(keys, uint_p), at(kinds, int8_p), at(values, float_p), at(out, float_p),
            at(weight, float_p), ctypes.byref(checksum),
        )  # fmt: skip
        return (
            out[:, :, :members] if out is not None else None,
            weight[:members] if weight is not None else None,
            checksum.value / lanes,
        )

    return run


def clocked(work: Callable[[], Any], repeat: int) -> tuple[float, float]:
    """Shortest of some times in seconds: (wall, processor)."""
    wall = cpu = float("inf")
    for _ in range(repeat):
        begin, begin_cpu = time.perf_counter(), time.process_time()
        work()
        wall = min(wall, time.perf_counter() - begin)
        cpu = min(cpu, time.process_time() - begin_cpu)
    return wall, cpu


def observations(months: int) -> tuple[Any, np.ndarray, np.ndarray]:
    """Every month six of the choices are observed: rows, and the same as C's arrays."""
    from benchmarks.benchmark_model import MODEL
    from keisei.model import layout
    from keisei.score import Row

    rng = np.random.default_rng(1)
    score = tuple(
        Row(MODEL.start + t, f"choice{c}", float(rng.integers(4))) for t in range(months) for c in range(0, 12, 2)
    )
    dense = layout(MODEL.table, score, MODEL.start, MODEL.start + months - 1)
    return score, np.ascontiguousarray(dense.kinds[1:]), np.ascontiguousarray(dense.values[1:])


def like_c(run_c: Callable[..., Any], months: int = 24) -> list[str]:
    """Sentences that say how far engine and C agree, member by member but for rounding that tips a choice.

    They use the same noise; raises SystemExit where they differ.
    """
    from benchmarks.benchmark_model import MODEL
    from keisei.ensemble import run
    from keisei.ensemble.run import site_keys

    said, members = [], 4096
    score, kinds, values = observations(months)
    for label, rows, k, v in (("bare", (), None, None), ("with a score", score, kinds, values)):
        ours = run(MODEL, rows, members=members, until=MODEL.start + months - 1, seed=1)
        array = np.stack([ours[f"x{i}"].values for i in range(RECORDS)], axis=1)  # [members, records, months]
        out, weight, _ = run_c(members, months, MODEL.start, site_keys(MODEL, 1), k, v, True)
        close = np.abs(out.transpose(2, 1, 0) - array) < 1e-3
        agree = float(close.all(axis=(1, 2)).mean())
        if agree < 0.98:
            raise SystemExit(f"engine and C differ ({label}): only {agree:.1%} of the members agree")
        text = f"engine = C, {label}: {agree:.2%} of {members} members agree in all {months} months"
        if weight is not None:
            off = np.abs(weight - ours.log_weight.values)[close.all(axis=(1, 2))].max()
            if off > 0.01:
                raise SystemExit(f"engine and C weigh differently: by {off}")
            text += f", their log weights within {off:.1e}"
        said.append(text)
    return said


def like_mesa(months: int = 24) -> str:
    """A sentence that says how far engine and Mesa agree: Mesa has noise of its own, so moments are compared."""
    from benchmarks.benchmark_model import MODEL
    from benchmarks.mesa_model import Ensemble
    from keisei.ensemble import run

    members, mesa_members = 4096, 1500
    ours = run(MODEL, (), members=members, until=MODEL.start + months - 1, seed=1)
    free = np.stack([ours[f"x{i}"].values for i in range(RECORDS)], axis=1)
    mesa = Ensemble(mesa_members, seed=4)
    worst = 0.0
    for t in range(months):
        mesa.step()
        if t in (0, 5, months - 1):
            theirs = np.array([agent.x[:RECORDS] for agent in mesa.agents])
            mine = free[:, :, t]
            for power in (1, 2):
                a, b = theirs**power, mine**power
                error = np.sqrt(a.var(axis=0) / mesa_members + b.var(axis=0) / members)
                worst = max(worst, float((np.abs(a.mean(axis=0) - b.mean(axis=0)) / error).max()))
    if worst > 4.5:
        raise SystemExit(f"engine and Mesa differ: a moment is {worst:.1f} standard errors apart")
    return f"engine = Mesa: 60 first and second moments agree, the worst {worst:.1f} standard errors apart"


def measure(
    sizes: list[int], months: int, repeat: int, run_c: Callable[..., Any] | None, mesa: tuple[int, int]
) -> list[Result]:
    """All programs on all tasks."""
    from benchmarks.benchmark_model import MODEL
    from benchmarks.mesa_model import Ensemble
    from keisei.ensemble import run
    from keisei.ensemble.run import site_keys

    keys = site_keys(MODEL, 1)
    score, kinds, values = observations(months)
    until = MODEL.start + months - 1
    names = [f"x{i}" for i in range(RECORDS)]
    results = []
    for members in sizes:
        tasks: list[tuple[str, str, Callable[[], Any]]] = [
            ("keisei", "bare", partial(run, MODEL, members=members, until=until, records=())),
            ("keisei", "score + records", partial(run, MODEL, score, members=members, until=until, records=names)),
        ]
        if run_c is not None:
            tasks += [
                ("C", "bare", partial(run_c, members, months, MODEL.start, keys, None, None, False)),
                ("C", "score + records", partial(run_c, members, months, MODEL.start, keys, kinds, values, True)),
            ]
        for _, _, work in tasks:
            work()  # compile and warm up
        best = {task[:2]: (float("inf"), float("inf")) for task in tasks}
        for _ in range(repeat):
            for program, task, work in tasks:
                wall, cpu = clocked(work, max(1, 20_000 // members))
                so_far = best[program, task]
                best[program, task] = min(so_far[0], wall), min(so_far[1], cpu)
        done = members * months
        results += [Result(p, t, members, done / wall, done / cpu) for (p, t), (wall, cpu) in best.items()]
    population = Ensemble(mesa[0])
    population.step()

    def some_months() -> None:
        for _ in range(mesa[1]):
            population.step()

    wall, cpu = clocked(some_months, 2)
    results.append(Result("Mesa", "bare", mesa[0], mesa[0] * mesa[1] / wall, mesa[0] * mesa[1] / cpu))
    return results


def ratios(results: list[Result]) -> list[dict[str, Any]]:
    """A row for each of the engine's results, beside the peers'."""
    of_c = {(r.task, r.members): r for r in results if r.program == "C"}
    mesa = next(r for r in results if r.program == "Mesa")
    rows = []
    for r in results:
        if r.program == "keisei":
            c = of_c.get((r.task, r.members))
            row = {
                "task": r.task,
                "members": r.members,
                "keisei": r.rate,
                "Mesa": mesa.rate,
                "times_Mesa": r.rate / mesa.rate,
            }
            row |= {"C": c.rate, "of_C": r.rate / c.rate, "of_C_cpu": r.cpu_rate / c.cpu_rate} if c is not None else {}
            rows.append(row)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--mesa", type=int, nargs=2, default=[200, 12], metavar=("MEMBERS", "MONTHS"))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    os.environ["KEISEI_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(args.threads)
    os.environ["OMP_WAIT_POLICY"] = "passive"  # waiting at the end of a loop is no work
    from keisei.ensemble import backend

    backend.prepare()
    run_c = c_program()
    if run_c is None:
        print("no C compiler here: the comparison with C is left out", file=sys.stderr)
    said = [*(like_c(run_c) if run_c is not None else ()), like_mesa()]
    rows = ratios(measure(args.members, args.months, args.repeat, run_c, (args.mesa[0], args.mesa[1])))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    about = {"months": args.months, "threads": args.threads, "load": load, **backend.describe()}
    if args.json:
        print(json.dumps({"about": about, "agreement": said, "results": rows}, indent=1))
        return
    print(f"{about}\n" + "\n".join(said) + "\n")
    print("| task | members | keisei (10⁶ member-months/s) | C | share of C | by processor time | Mesa | × Mesa |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for r in rows:
        c = f"{r['C'] / 1e6:.2f} | {r['of_C']:.2f} | {r['of_C_cpu']:.2f}" if "C" in r else "– | – | –"
        print(
            f"| {r['task']} | {r['members']:,} | {r['keisei'] / 1e6:.2f} | {c} | {r['Mesa'] / 1e6:.4f} "
            f"| {r['times_Mesa']:,.0f} |"
        )


if __name__ == "__main__":
    main()
