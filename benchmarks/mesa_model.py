"""The benchmark model as an idiomatic Mesa model: one agent a member, one step a month."""

from __future__ import annotations

import math

import mesa
import numpy as np

from benchmarks.benchmark_model import CAP, CHOICES, COUNTS, NORMALS, STOCKS


class Member(mesa.Agent):
    """One member of the ensemble."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.x = [0.01 * i for i in range(STOCKS)]

    def step(self) -> None:
        x, rng = self.x, self.model.rng
        acts = []
        for c in range(CHOICES):
            a, b, d, e = x[5 * c : 5 * c + 4]
            utilities = (0.5 * a, b - 0.2, 0.3 * d + a, e * b)
            weights = [math.exp(u) for u in utilities]
            pick, total = rng.random() * sum(weights), 0.0
            act = 3
            for k, weight in enumerate(weights):
                total += weight
                if pick < total:
                    act = k
                    break
            acts.append(act)
        counts = [min(CAP, int(rng.poisson(min(0.8 * (1.0 + 0.1 * abs(x[7 * c])), 2.0)))) for c in range(COUNTS)]
        shocks = [rng.normal(0.0, 0.2) for _ in range(NORMALS)]
        self.x = [
            min(
                4.0,
                max(
                    -4.0,
                    0.95 * x[i]
                    + 0.02 * x[(i + 7) % STOCKS]
                    + (0.1 if acts[i % CHOICES] == i % 4 else 0.0)
                    + 0.01 * counts[i % COUNTS]
                    + shocks[i % NORMALS],
                ),
            )
            for i in range(STOCKS)
        ]


class Ensemble(mesa.Model):
    """All members; ``step`` is one month."""

    def __init__(self, members: int, seed: int = 1) -> None:
        super().__init__(seed=seed)
        self.rng = np.random.default_rng(seed)
        Member.create_agents(self, members)

    def step(self) -> None:
        self.agents.do("step")
