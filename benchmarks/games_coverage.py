"""Parameter recovery: do 90 % intervals cover the truth in 85–95 % of replications?

    python benchmarks/games_coverage.py [--replications 200] [--only NAME]

Data are simulated at known coefficients, fitted, and each coefficient's interval estimate ± 1.645 s.e. is checked. One
line of a table for each model: the smallest, mean and largest coverage over its coefficients, and the mean bias in
standard errors.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from keisei.errors import KeiseiError
from keisei.games import Fit, Table, estimate, estimate_signalling, estimate_spec, estimate_ultimatum, table_of
from keisei.games.spec import law_of, read_spec

Z90 = 1.6448536269514722
SIGNALLING = "sq + cd + sf + bd ~ 0 | 1 | 0 | x | 1 | 1 | z"
REPEATED = """
title: Two tries at a settlement
players: [A, B]
outcome: y
equations: {cost: "~ x - 1", prize: "~ z", peace: "~ 1"}
tree:
  player: A
  infoset: first
  actions:
    settle: {end: settled, payoffs: {A: peace, B: peace}}
    demand: {player: B, infoset: answer, actions: {
      yield: {end: yielded, payoffs: {A: prize}},
      refuse: {player: A, infoset: second, actions: {
        give up: {end: dropped, payoffs: {B: prize}},
        talk: {end: talks, payoffs: {A: peace - cost, B: peace}},
        war: {end: war, payoffs: {A: prize - 2*cost, B: "-0.5"}}}}}}
"""
HIDDEN = """
title: Hidden resolve
players: [A, B]
outcome: y
equations: {stakes: "~ x", war: "~ z"}
tree:
  chance:
    strong: [1/2, {player: A, infoset: strong, actions: {stay: {end: stay}, go: {player: B, infoset: B, actions: {
      yield: {end: yield, payoffs: {A: stakes, B: "-1"}}, fight: {end: fight, payoffs: {A: "0.5", B: war - 1}}}}}}]
    weak: [1/2, {player: A, infoset: weak, actions: {stay: {end: stay}, go: {player: B, infoset: B, actions: {
      yield: {end: yield, payoffs: {A: stakes, B: "-1"}}, fight: {end: fight, payoffs: {A: "-1.5", B: war}}}}}}]
"""


def draw(shares: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One outcome a row of probabilities."""
    return (rng.random(len(shares))[:, None] > np.cumsum(shares, axis=1)[:, :-1]).sum(axis=1)


def simulate_from(fit: Fit, truth: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Outcomes drawn from a model at other coefficients, on the covariates it was made with."""
    assert fit.likelihood is not None
    return draw(fit.likelihood.probabilities(truth), rng)


def classical(model: str, formula: str, truth: list[float], link: str, errors: str, rows: int) -> Callable:
    """Replications of a classical model; covariates are drawn once."""
    rng = np.random.default_rng(7)
    names = [f"x{k}" for k in range(1, 7)]
    base = {n: rng.normal(size=rows) for n in names}
    ends = 3 if model == "egame12" else 4
    first = estimate(
        model, formula, table_of({"y": np.arange(rows) % ends, **base}), link=link, errors=errors, starts=0
    )

    def one(seed: int) -> tuple[Fit, np.ndarray, np.ndarray]:
        y = simulate_from(first, np.array(truth), np.random.default_rng(seed))
        fit = estimate(model, formula, table_of({"y": y, **base}), link=link, errors=errors, starts=0)
        return fit, np.array(truth), fit.se

    return one


def spec(text: str, truth: list[float], rows: int) -> Callable:
    """Replications of a game written as YAML."""
    file = Path(tempfile.mkdtemp()) / "spec.yaml"
    file.write_text(text)
    _, names = law_of(*read_spec(file))
    rng = np.random.default_rng(8)
    base = {"x": rng.normal(size=rows), "z": rng.normal(size=rows)}
    start = [names[k % len(names)] for k in range(rows)]
    first = estimate_spec(file, table_of({"y": start, **base}), starts=0)

    def one(seed: int) -> tuple[Fit, np.ndarray, np.ndarray]:
        y = simulate_from(first, np.array(truth), np.random.default_rng(seed))
        fit = estimate_spec(file, table_of({"y": [names[k] for k in y], **base}), starts=0)
        return fit, np.array(truth), fit.se

    return one


def ultimatum(rows: int) -> Callable:
    """Shocks are drawn and each offer is the numerically best one: nothing of the estimator is used."""
    rng = np.random.default_rng(9)
    x, z = rng.normal(size=(2, rows))
    truth = np.array([4.0, -1.5, 6.0, 1.2, np.log(3.0), np.log(1.5)])

    def one(seed: int) -> tuple[Fit, np.ndarray, np.ndarray]:
        rng = np.random.default_rng(seed)
        e1, e2 = rng.logistic(size=(2, rows))
        r1, r2 = 4.0 - 1.5 * x + 3.0 * e1, 6.0 + 1.2 * z
        low, high = np.zeros(rows), np.full(rows, 12.0)
        for _ in range(60):
            middle = (low + high) / 2
            # marginal gain of a higher offer: accepted more often, but less is kept
            up = 12.0 - middle - r1 > 1.5 * (1 + np.exp((middle - r2) / 1.5))
            low, high = np.where(up, middle, low), np.where(up, high, middle)
        offer = np.where(low < 1e-9, 0.0, np.where(low > 12 - 1e-9, 12.0, low))
        accept = (offer > r2 + 1.5 * e2).astype(float)
        data = table_of({"offer": offer, "accept": accept, "x": x, "z": z})
        fit = estimate_ultimatum("offer + accept ~ x | z", data, high=12.0, starts=0)
        return fit, truth, fit.se

    return one


def signalling(rows: int, plays: int, published: bool) -> Callable:
    """Counts drawn at the equilibrium nearest to certain resistance, found by bisection."""
    import jax

    from keisei.games.signalling import best_responses, compiled_gap, outcome_logs

    rng = np.random.default_rng(10)
    x, z = rng.uniform(-2, 2, size=(2, rows))
    truth = np.array([1.0, -1.2, 0.25, -0.4, -1.0, 0.3, 0.15])
    zero = np.zeros(rows)
    eta = np.stack([zero, zero + 1.0, zero, -1.2 + 0.25 * x, zero - 0.4, zero - 1.0, 0.3 + 0.15 * z], axis=1)
    with jax.enable_x64(True):
        low, high = np.full(rows, 1e-6), np.full(rows, 1 - 1e-9)
        for _ in range(60):
            middle = (low + high) / 2
            below = np.asarray(compiled_gap()(eta, middle)[0]) < 0
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        _, firm = jax.jit(jax.vmap(best_responses))(eta, low, low)
        shares = np.exp(np.asarray(jax.jit(jax.vmap(outcome_logs))(eta, low, np.asarray(firm))))

    def one(seed: int) -> tuple[Fit, np.ndarray, np.ndarray]:
        counts = np.random.default_rng(seed).multinomial(plays, shares / shares.sum(axis=1, keepdims=True))
        data: Table = table_of({**dict(zip(("sq", "cd", "sf", "bd"), counts.T, strict=True)), "x": x, "z": z})
        fit = estimate_signalling(SIGNALLING, data)
        return fit, truth, np.array(fit.extra["se_transposed_jacobian"]) if published else fit.se

    return one


MODELS: dict[str, Callable[[], Callable]] = {
    "egame12, logit, agent": lambda: classical(
        "egame12", "y ~ x1 - 1 | 0 | x2 | x3", [0.5, 0.4, -0.7, 0.3, 0.8], "logit", "agent", 800
    ),
    "egame12, probit, private": lambda: classical(
        "egame12", "y ~ x1 - 1 | 0 | x2 | x3", [0.5, 0.4, -0.7, 0.3, 0.8], "probit", "private", 800
    ),
    "egame122, probit, agent": lambda: classical(
        "egame122",
        "y ~ x1 - 1 | x2 - 1 | 0 | x3 | x4 | x5",
        [0.6, -0.5, 0.2, 0.7, 0.3, 0.6, -0.2, 0.8],
        "probit",
        "agent",
        800,
    ),
    "egame123, logit, agent": lambda: classical(
        "egame123",
        "y ~ x1 - 1 | 0 | x2 - 1 | x3 | 0 | x4 - 1 | x5 | x6",
        [0.6, 0.7, 0.5, -0.6, 0.6, 0.4, 0.7, 0.2, 0.9],
        "logit",
        "agent",
        1500,
    ),
    "ultimatum, offer and acceptance": lambda: ultimatum(800),
    "spec: two tries at a settlement": lambda: spec(REPEATED, [0.8, 0.6, 0.7, 0.3], 1500),
    "spec: hidden resolve": lambda: spec(HIDDEN, [0.8, 0.6, -0.4, 0.5], 1500),
    "signalling, npl, published s.e.": lambda: signalling(250, 60, True),
    "signalling, npl, total-derivative s.e.": lambda: signalling(250, 60, False),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    print("| model | replications | failed | lowest | mean | highest coverage | largest mean bias / s.e. |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, make in MODELS.items():
        if options.only not in name:
            continue
        one = make()
        inside, bias, failed = [], [], 0
        for seed in range(options.replications):
            try:
                fit, truth, se = one(seed)
            except KeiseiError as error:
                failed += 1
                print(f"{name}, seed {seed}: {error}", file=sys.stderr)
                continue
            if not fit.converged:
                failed += 1
                continue
            gap = (fit.estimate - truth) / se
            inside.append(np.abs(gap) < Z90)
            bias.append(gap)
        cover = np.mean(inside, axis=0)
        print(
            f"| {name} | {options.replications} | {failed} | {cover.min():.1%} | {cover.mean():.1%} | "
            f"{cover.max():.1%} | {np.abs(np.mean(bias, axis=0)).max():.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
