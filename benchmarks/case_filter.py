"""The nested filter on a real case: how far its log-likelihood varies, which rows make it vary, time and memory.

    python -m benchmarks.case_filter [--case northeast_asia] [--draws 6] [--copies 10] [--particles 512]
    python -m benchmarks.case_filter --bridging [--particles 64 512]     bridging against none
    python -m benchmarks.case_filter --memory                            one filter of 400 draws x 512 particles

Each draw of the case's latest vintage is filtered by several independent sets of particles; what differs between the
sets of one draw is the filter's own error. The variance of a row's log predictive probability tells what makes it.
"""

from __future__ import annotations

import argparse
import resource
import time
from typing import Any

import numpy as np

from keisei import months
from keisei.cases import Case, load_case
from keisei.cases.vintages import draws_for
from keisei.ensemble import Analysis, assimilate, backend
from keisei.ensemble.bridging import FLOOR


def filtered(case: Case, draws: np.ndarray, particles: int, floor: float = FLOOR) -> tuple[Analysis, float]:
    """The filter up to the case's origin and its seconds by the clock, after compilation."""
    score = case.score(case.origin)
    about: dict[str, Any] = {"until": case.origin, "particles": particles, "levels": case.levels, "floor": floor}
    assimilate(case.model, score, draws=draws[:1], **about)
    begin = time.perf_counter()
    return assimilate(case.model, score, draws=draws, **about), time.perf_counter() - begin


def spread(analysis: Analysis, copies: int) -> np.ndarray:
    """[draws] standard deviation of the log-likelihood between the sets of particles of one draw."""
    return analysis.loglik.sum(axis=1).reshape(-1, copies).std(axis=1, ddof=1)


def row_variance(analysis: Analysis, copies: int) -> list[tuple[str, str, float]]:
    """(site, month, variance within draws of the row's log predictive probability), the largest first."""
    by_draw = np.nan_to_num(analysis.row_by_draw)
    seen = by_draw.reshape(by_draw.shape[0], -1, copies, by_draw.shape[2]).var(axis=2, ddof=1).mean(axis=1)
    sites = [analysis.model.table.sites[c].target for c in sorted(analysis.levels.observable)]
    order = np.argsort(seen, axis=None)[::-1]
    return [(sites[i % len(sites)], months.show(analysis.first + i // len(sites)), float(seen.flat[i])) for i in order]


def variation(case: Case, draws: int, copies: int, particles: int) -> None:
    """Print the filter's own error, by draw and by row."""
    values = np.repeat(draws_for(case, case.origin, draws).values, copies, axis=0)
    analysis, seconds = filtered(case, values, particles)
    by_draw, rows = spread(analysis, copies), row_variance(analysis, copies)
    mean = analysis.loglik.sum(axis=1).reshape(-1, copies).mean(axis=1)
    print(f"{draws} draws, {copies} sets of {particles} particles each, {seconds:.0f} s\n")
    print("| draw | mean log-likelihood | s.d. |\n| ---: | ---: | ---: |")
    for i, (m, sd) in enumerate(zip(mean, by_draw, strict=True)):
        print(f"| {i} | {m:.1f} | {sd:.2f} |")
    print(f"\nroot mean square of the s.d.: {np.sqrt((by_draw**2).mean()):.2f}\n")
    total: dict[str, float] = {}
    for site, _, v in rows:
        total[site] = total.get(site, 0.0) + v
    print(f"variance by row, {sum(total.values()):.1f} added up\n")
    print("| rows at | variance | its worst month |\n| --- | ---: | --- |")
    for site, v in sorted(total.items(), key=lambda x: -x[1])[:12]:
        worst = next((month, w) for where, month, w in rows if where == site)
        print(f"| `{site}` | {v:.2f} | {worst[0]} ({worst[1]:.2f}) |")


def bridging(case: Case, sizes: list[int], draws: int = 16, copies: int = 8) -> None:
    """Print what bridging does to the spread of the log-likelihood, and what it costs."""
    values = np.repeat(draws_for(case, case.origin, draws).values, copies, axis=0)
    print("| particles | bridging | months bridged | s.d., median | s.d., worst | seconds | ratio |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for particles in sizes:
        plain = 0.0
        for label, floor in (("none", 0.0), ("under 0.3 N", FLOOR)):
            made, seconds = filtered(case, values, particles, floor)
            plain = plain or seconds
            sd, bridged = spread(made, copies), (made.bridges.row >= 0).mean(axis=1).sum()
            print(
                f"| {particles} | {label} | {bridged:.1f} | {np.median(sd):.2f} | {sd.max():.2f} | {seconds:.0f} "
                f"| {seconds / plain:.2f} |"
            )


def memory(case: Case, draws: int = 400, particles: int = 512) -> None:
    """Print time and peak memory of a filter as wide as a calibration."""
    found = draws_for(case, case.origin, draws)
    analysis, seconds = filtered(case, found.values, particles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    length, rate = analysis.ancestors.shape[0], analysis.ancestors.size / seconds / 1e6
    print(
        f"{len(found.values)} draws x {particles} particles x {length} months: {seconds:.0f} s, "
        f"{rate:.2f} million member-months/s, peak {peak:.2f} GiB, {analysis.effective_draws:.0f} effective draws"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="northeast_asia")
    parser.add_argument("--draws", type=int, default=6)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--particles", type=int, nargs="+", default=[512])
    parser.add_argument("--bridging", action="store_true")
    parser.add_argument("--memory", action="store_true")
    args = parser.parse_args()
    case = load_case(args.case)
    print(f"{backend.describe() | {'threads': backend.threads()}}\n")
    if args.memory:
        memory(case)
    elif args.bridging:
        bridging(case, args.particles)
    else:
        for particles in args.particles:
            variation(case, args.draws, args.copies, particles)


if __name__ == "__main__":
    main()
