"""The nested filter on a synthetic twin: 15 four-way choices a month, all observed, 430 months.

    python -m benchmarks.filter [--draws 400] [--particles 512] [--months 430] [--replicas 10] [--json]

The truth is one member under one draw of the parameters. Measured are the filter at the true parameters (how much its
log-likelihood varies between independent filters, how many particles remain effective) and the nested filter over draws
around the truth, as calibration leaves them: effective draws, time and memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import namedtuple
from typing import Any

import jax.numpy as jnp
import numpy as np

from keisei import months
from keisei.ensemble import Analysis, assimilate, backend, run
from keisei.model import Model, Normal, Parameter, Parameters, Site
from keisei.score import Row, Score

CHOICES, STOCKS, OPTIONS = 15, 5, ("w", "x", "y", "z")
State = namedtuple("State", [f"x{i}" for i in range(STOCKS)])  # type: ignore[misc]
PARAMETERS = Parameters(
    (
        Parameter("decay", "beta", 18.0, 2.0, meaning="share of a stock that remains after a month"),
        Parameter("noise", "lognormal", 0.25, 0.2, meaning="monthly shock to a stock"),
        Parameter("pull", "normal", 0.8, 0.2, meaning="utility of acting for each unit of the stock"),
        Parameter("taste", "normal", -0.3, 0.2, meaning="utility of the second option"),
        Parameter("echo", "normal", 0.1, 0.05, meaning="what an act adds to its stock"),
    )
)
START = months.parse("1990-01")


def _initial(params: Any, site: Site) -> State:
    return State(*(site.draw("start", Normal(0.0, 0.5), index=str(i)) for i in range(STOCKS)))


def _month(state: Any, params: Any, site: Site, t: Any) -> Any:
    x = list(state)
    push = [jnp.float32(0.0)] * STOCKS
    for c in range(CHOICES):
        own, other = x[c % STOCKS], x[(c + 2) % STOCKS]
        utilities = (0.0, params.taste + 0.3 * other, params.pull * own, -params.pull * own + 0.2 * other)
        act = site.choice("act", index=str(c), options=OPTIONS, utilities=utilities)
        site.record("act", act, choice=str(c))
        push[c % STOCKS] += params.echo * jnp.where(act == 2, 1.0, jnp.where(act == 3, -1.0, 0.0))
    shocks = [site.draw("shock", Normal(0.0, params.noise), index=str(i)) for i in range(STOCKS)]
    return State(*(params.decay * x[i] + push[i] + shocks[i] for i in range(STOCKS)))


MODEL = Model("synthetic twin", _month, _initial, PARAMETERS, START, START + 1200)


def truth(length: int, seed: int = 5) -> tuple[np.ndarray, Score]:
    """The true parameters [1, parameters], and what was seen."""
    draw = MODEL.parameters.draw(1, seed)
    data = run(MODEL, members=1, until=START + length - 1, seed=seed, draws=draw)
    return draw, tuple(
        Row(START + t, "act", float(data[f"act{{choice={c}}}"].values[0, t]), index=str(c))
        for t in range(length)
        for c in range(CHOICES)
    )


def around(draw: np.ndarray, n: int, width: float) -> np.ndarray:
    """n draws about the truth, as wide as a share of the prior: what calibration leaves."""
    prior = MODEL.parameters.draw(4000, 1)
    rng = np.random.default_rng(2)
    draws = draw + width * prior.std(axis=0) * rng.normal(size=(n, draw.shape[1]))
    draws[:, 0] = np.clip(draws[:, 0], 0.05, 0.995)
    draws[:, 1] = np.abs(draws[:, 1])
    return draws


def facts(analysis: Analysis, seconds: float) -> dict[str, float]:
    """The figures of one filter."""
    total, share = analysis.loglik.sum(axis=1), analysis.ess / analysis.particles
    return {
        "draws": len(total),
        "particles": analysis.particles,
        "months": analysis.loglik.shape[1],
        "sd_loglik": float(total.std(ddof=1)) if len(total) > 1 else float("nan"),
        "ess_median": float(np.median(share)),
        "ess_lowest": float(share.min()),
        "effective_draws": analysis.effective_draws,
        "seconds": seconds,
        "million_member_months_a_second": analysis.ancestors.size / seconds / 1e6,
        "peak_gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


def timed(draws: np.ndarray, score: Score, particles: int, length: int, seed: int) -> dict[str, float]:
    """One filter, with the clock started after compilation."""
    assimilate(MODEL, score, draws=draws[:1], until=START + length - 1, particles=particles, seed=seed)
    begin = time.perf_counter()
    analysis = assimilate(MODEL, score, draws=draws, until=START + length - 1, particles=particles, seed=seed)
    return facts(analysis, time.perf_counter() - begin)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=400)
    parser.add_argument("--particles", type=int, default=512)
    parser.add_argument("--months", type=int, default=430)
    parser.add_argument("--replicas", type=int, default=10)
    parser.add_argument(
        "--width", type=float, default=0.1, help="spread of the nested draws, as a share of the prior's"
    )
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    draw, score = truth(args.months)
    rows = []
    for label, draws in (
        ("at the truth", np.repeat(draw, args.replicas, axis=0)),
        ("around the truth", around(draw, args.draws, args.width)),
        ("from the prior", MODEL.parameters.draw(args.draws, 3)),
    ):
        print(f"{label} …", file=sys.stderr, flush=True)
        rows.append({"parameters": label, **timed(draws, score, args.particles, args.months, seed=9)})
    if args.json:
        print(json.dumps({"about": backend.describe() | {"threads": backend.threads()}, "results": rows}, indent=1))
        return
    print(f"{backend.describe() | {'threads': backend.threads()}}\n")
    names = list(rows[0])
    print("| " + " | ".join(n.replace("_", " ") for n in names) + " |")
    print("|" + " --- |" + " ---: |" * (len(names) - 1))
    for row in rows:
        print("| " + " | ".join(f"{row[n]:.3g}" if isinstance(row[n], float) else str(row[n]) for n in names) + " |")


if __name__ == "__main__":
    main()
