"""Speed and agreement of `keisei.games` with the programs it is measured against, in one run on this machine.

    python benchmarks/games.py [--shared DIR]

Solving: games a second, our batches against pygambit one by one, both at λ = 1 on payoffs perturbed at random. Every
tenth of a thousand of our 32-bit answers is checked against our 64-bit tracing. Estimation: seconds after compilation
(as `Fit.seconds` counts them), with R's time for the same fit from the reference README.
"""

from __future__ import annotations

import argparse
import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from keisei.games import (
    Fit,
    Game,
    crisis_signalling,
    estimate,
    estimate_signalling,
    estimate_ultimatum,
    format_efg,
    negotiation,
    read_table,
    solve,
    solve_batch,
    two_vetoes,
)

WAR = "esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2"
SIMULATED = "y ~ x1 + x2 | x3 + f1 | 0 | x4 + x5 | z1 + z2 | z3 + f2"
CURRENCY = (
    "outcome ~ capcont + lreserves + overval + creditgrow + USinterest + service + contagion + prioratt - 1 | 1 | 1 | "
    "unifgov + lexports + preelec + postelec + rightgov + realinterest + capcont + lreserves"
)
CHAIN = "y ~ x1 + x2 | 0 | x3 | x4 + x5 | 0 | x6 | x7 | x8"
ULTIMATUM = "offer + accept ~ x1 + x2 + x3 + x4 + w1 + w2 | z1 + z2 + z3 + z4 + w1 + w2"
SANCTIONS = (
    "sq+cd+sf+bd ~ sqrt(senderecondep)+senderdemocracy+contig+ally−1 | anticipatedsendercosts | "
    "sqrt(targetecondep)+anticipatedtargetcosts+contig+ally | sqrt(senderecondep)+senderdemocracy+lncaprat | "
    "targetdemocracy+lncaprat | senderdemocracy | −1"
)


def solving(tree: Game, count: int) -> str:
    """One row: our rate, the peer's, their ratio, residual and deviation."""
    rng = np.random.default_rng(0)
    base = tree.payoffs()
    table = (base + 0.3 * rng.normal(size=(count, *base.shape))).astype(np.float32)
    solve_batch(tree, table)
    best = np.inf
    for _ in range(5):
        began = time.perf_counter()
        shares, residual = solve_batch(tree, table)
        best = min(best, time.perf_counter() - began)
    checked = range(0, 1000, 100)
    off = max(
        float(np.abs(p[k] - q).max())
        for k in checked
        for p, q in zip(shares, solve(tree, payoffs=table[k].astype(float)).probabilities, strict=True)
    )
    peer = "not installed"
    ratio = ""
    try:
        import pygambit
    except ModuleNotFoundError:
        pass
    else:
        game = pygambit.read_efg(io.StringIO(format_efg(tree)))
        rate = 0.0
        for _ in range(3):
            began = time.perf_counter()
            done = 0
            while time.perf_counter() - began < 1.0:
                pygambit.qre.logit_solve_lambda(game, [1.0])
                done += 1
            rate = max(rate, done / (time.perf_counter() - began))
        peer, ratio = f"{rate:,.0f}", f"{count / best / rate:,.0f} ×"
    return (
        f"| {tree.title} | {len(tree.decisions)} | {count / best:,.0f} | {peer} | {ratio} | "
        f"{residual.max():.1e} | {off:.1e} |"
    )


def fits(folder: Path) -> list[tuple[str, Callable[[], Fit], str]]:
    """Name, fit, R's seconds (where its README gives them)."""

    def data(name: str) -> object:
        return read_table(folder / f"{name}.csv")

    war, currency, two, three = (data(n) for n in ("war1800", "leblang2003", "122", "123"))
    offers, sanctions = data("ult"), data("sanctions")
    fixed = [-1.0, 0.0, -1.4, 0.1]
    return [
        ("egame12 logit, war1800", lambda: estimate("egame12", WAR, war, link="logit", starts=1), "0.03–0.04"),
        ("egame12 probit, war1800", lambda: estimate("egame12", WAR, war, starts=1), "0.03"),
        ("egame12 probit private, war1800", lambda: estimate("egame12", WAR, war, errors="private", starts=1), ""),
        (
            "egame12 logit private, war1800",
            lambda: estimate("egame12", WAR, war, link="logit", errors="private", starts=1),
            "",
        ),
        (
            "egame12 probit, scale ~ balanc − 1",
            lambda: estimate("egame12", WAR, war, scale="~ balanc - 1", starts=1),
            "",
        ),
        ("egame12 probit, year ≥ 1850", lambda: estimate("egame12", WAR, war, subset="year >= 1850", starts=1), ""),
        ("egame12 probit, fixed payoffs", lambda: estimate("egame12", "esc + war ~ 1", war, fixed=fixed, starts=1), ""),
        (
            "egame12 probit private, leblang2003",
            lambda: estimate("egame12", CURRENCY, currency, errors="private", starts=1),
            "0.95–1.1",
        ),
        ("egame122 logit, 122", lambda: estimate("egame122", SIMULATED, two, link="logit", starts=1), "0.13"),
        ("egame122 probit, 122", lambda: estimate("egame122", SIMULATED, two, starts=1), ""),
        ("egame123 logit, 123", lambda: estimate("egame123", CHAIN, three, link="logit", starts=1), ""),
        ("egame123 probit private, 123", lambda: estimate("egame123", CHAIN, three, errors="private", starts=1), ""),
        (
            "ultimatum offer, ult",
            lambda: estimate_ultimatum(ULTIMATUM, offers, high=15, outcome="offer", starts=1),
            "0.13",
        ),
        ("ultimatum offer + acceptance, ult", lambda: estimate_ultimatum(ULTIMATUM, offers, high=15, starts=1), ""),
        ("signalling NPL, sanctions", lambda: estimate_signalling(SANCTIONS, sanctions), "15.5 (sigInt)"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("KEISEI_SHARED", str(Path(__file__).resolve().parents[2] / "shared"))
    parser.add_argument("--shared", default=default)
    options = parser.parse_args()
    print(f"load average when begun: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| game | information sets | ours, games/s | pygambit, games/s | ratio | residual, 32 bit | off 64 bit |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for tree in (crisis_signalling(), negotiation(), two_vetoes()):
        print(solving(tree, 8192 * 16), flush=True)
    print("\n| fit | n | k | log-likelihood | seconds | CPU seconds | R, seconds | converged |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, make, peer in fits(Path(options.shared) / "reference/games/estimation"):
        first = make()
        runs = []
        for _ in range(3):
            began = time.process_time()
            fit = make()
            runs.append((fit.seconds, time.process_time() - began))
        best = min(runs)
        print(
            f"| {name} | {first.n} | {first.k} | {first.loglik:.6f} | {best[0]:.3f} | {best[1]:.3f} | {peer} | "
            f"{'yes' if first.converged else 'no'} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
