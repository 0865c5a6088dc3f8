"""How fast a network of bargains is solved for many members, and how exactly.

Run: ``python benchmarks/exchange.py [--members 10240]``. The network has the size of the Northeast Asia case: three
parties, two links, nine flows. Prints one line a setting: time to compile, time for one month of all members, how many
members settled, and the largest error against float64 with many rounds; then one link beside SciPy's optimiser.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from scipy.optimize import minimize

from keisei.exchange import Link, Network, Terms, solve_link, solve_network

PATRONS = Network(
    ("PRK", "RUS", "CHN"),
    ("shells", "labour", "favour", "technology", "food", "cash"),
    (
        Link(
            "RUS",
            "PRK",
            (
                ("shells", "PRK"),
                ("labour", "PRK"),
                ("favour", "PRK"),
                ("technology", "RUS"),
                ("food", "RUS"),
                ("cash", "RUS"),
            ),
        ),
        Link("CHN", "PRK", (("favour", "PRK"), ("food", "CHN"), ("cash", "CHN"))),
    ),
    watches=(("CHN", "PRK", "technology"),),
)


def terms(draw: Any) -> Terms:
    """One member's terms from 40 standard uniforms."""
    u = [0.6 + 0.8 * draw[n] for n in range(40)]
    value = (
        (1.0 * u[0], 0.5 * u[1], 1.0 * u[2], 4.0 * u[3], 3.0 * u[4], 1.0),
        (4.0 * u[5], 2.0 * u[6], 2.4 * u[7], 2.0 * u[8], 1.0 * u[9], 1.0),
        (0.0, 0.0, 2.5 * u[10], 1.0, 0.6 * u[11], 1.0),
    )
    curvature = (
        (0.5 * u[12], 0.3 * u[13], 0.4 * u[14], 0.8 * u[15], 0.6 * u[16], 0.0),
        (0.4 * u[17], 0.3 * u[18], 0.3 * u[19], 0.5 * u[20], 0.3 * u[21], 0.0),
        (0.1, 0.1, 0.3 * u[22], 0.1, 0.2 * u[23], 0.0),
    )
    cap = (8.0, 4.0, 5.0, 3.0, 6.0, 10.0 * u[24], 5.0, 6.0, 10.0 * u[25])
    return Terms(value, curvature, cap, (0.4 + 0.2 * draw[26], 0.5), (), (-1.0 * u[27],), (0.0,))


def solver(rounds: int, steps: int) -> Any:
    """The compiled month of all members: (draws, start) to (bundles, converged)."""

    def member(draw: Any, start: Any) -> Any:
        bundle, report = solve_network(PATRONS, terms(draw), tuple(start), rounds=rounds, steps=steps)
        return jnp.stack(bundle), report.converged

    # members last, so that every scalar of a member is one contiguous vector
    return jax.jit(jax.vmap(member, in_axes=1, out_axes=-1))


def against_scipy(count: int = 40) -> None:
    """One link's bargain beside SciPy's SLSQP: time each, and how far either falls short of the better."""
    barter = Network(("A", "B"), ("shells", "food"), (Link("A", "B", (("shells", "B"), ("food", "A"))),))
    rng = np.random.default_rng(2)
    value = rng.uniform(0.5, 2.0, size=(count, 2, 2)) + 2.0 * np.eye(2)
    curvature = rng.uniform(0.1, 1.0, size=(count, 2, 2))
    power = rng.uniform(0.2, 0.8, size=count)

    def member(v: Any, c: Any, b: Any) -> Any:
        amounts, deal = solve_link(barter, Terms(v, c, (6.0, 6.0), (b,)), 0, (0.0, 0.0))
        return jnp.stack(amounts), jnp.stack((deal.gain_first, deal.gain_second))

    run = jax.jit(jax.vmap(member))
    many = [np.repeat(a, 256, axis=0).astype(np.float32) for a in (value, curvature, power)]
    amounts, _ = jax.block_until_ready(run(*many))
    begun = time.perf_counter()
    jax.block_until_ready(run(*many))
    ours = (time.perf_counter() - begun) / len(many[2])
    shortfalls, spent = [], 0.0
    for n in range(count):

        def gains(x: np.ndarray, n: int = n) -> np.ndarray:
            held = np.array([[x[0], -x[1]], [-x[0], x[1]]])
            return np.sum(value[n] * held - 0.5 * curvature[n] * held**2, axis=1)

        def loss(x: np.ndarray, n: int = n) -> float:
            g = np.maximum(gains(x), 1e-12)
            return -float(power[n] * np.log(g[0]) + (1 - power[n]) * np.log(g[1]))

        start = np.array([0.5, 0.5])
        begun = time.perf_counter()
        found = minimize(
            loss,
            start,
            bounds=[(0, 6), (0, 6)],
            method="SLSQP",
            constraints={"type": "ineq", "fun": lambda x: gains(x) - 1e-9},
            options={"ftol": 1e-12},
        )
        spent += time.perf_counter() - begun
        shortfalls.append(loss(np.asarray(amounts[n * 256], dtype=float)) - found.fun)
    print(
        f"one link, two goods: {ours * 1e6:.2f} µs a bargain (float32, batch of {len(many[2])}), SciPy SLSQP "
        f"{spent / count * 1e6:.0f} µs;\nlog Nash product below SciPy's by at most {max(shortfalls):.1e}, "
        f"above it by at most {-min(shortfalls):.1e}, {count} instances"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10240)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    draws = np.random.default_rng(args.seed).uniform(size=(40, args.members)).astype(np.float32)
    flows = len(PATRONS.flows)
    with jax.enable_x64(True):
        some = draws[:, :256].astype(np.float64)
        exact = np.asarray(solver(100, 50)(some, np.zeros((flows, 256)))[0])
    print(f"{args.members} members, {flows} flows on {len(PATRONS.links)} links; jax {jax.__version__}")
    print("start  rounds  steps  compile s  month s  settled  error: median   99 %")
    drift = np.clip(draws + np.random.default_rng(1).normal(0, 0.01, draws.shape), 0, 1).astype(np.float32)
    last_month = np.asarray(solver(40, 16)(drift, np.zeros_like(draws[:flows]))[0])
    for name, start in (("cold", np.zeros_like(last_month)), ("warm", last_month)):
        for rounds, steps in ((1, 12), (2, 12), (4, 12), (8, 6), (8, 12), (16, 12)):
            run = solver(rounds, steps)
            begun = time.perf_counter()
            bundle, settled = jax.block_until_ready(run(draws, start))
            first = time.perf_counter() - begun
            begun = time.perf_counter()
            for _ in range(5):
                jax.block_until_ready(run(draws, start))
            each = (time.perf_counter() - begun) / 5
            error = np.abs(np.asarray(bundle)[:, :256] - exact).max(axis=0)
            median, tail = np.quantile(error, [0.5, 0.99])
            print(
                f"{name}   {rounds:6d}  {steps:5d}  {first - each:9.2f}  {each:7.4f}  {np.mean(settled):7.3f}"
                f"  {median:13.1e}  {tail:7.1e}"
            )
    against_scipy()


if __name__ == "__main__":
    main()
