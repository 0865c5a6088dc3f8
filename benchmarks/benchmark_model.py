"""The benchmark model of ARCHITECTURE.md: 60 floats, 12 four-way choices, 4 Poisson counts, 30 normals a month.

``benchmarks/engine.c`` and ``benchmarks/mesa_model.py`` are the same model in other hands.
"""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import jax.numpy as jnp

from keisei import months
from keisei.model import Model, Normal, Parameters, Poisson, Site
from keisei.model.parameters import Parameter

STOCKS, CHOICES, COUNTS, NORMALS, CAP = 60, 12, 4, 30, 7
State = namedtuple("State", [f"x{i}" for i in range(STOCKS)])  # type: ignore[misc]

PARAMETERS = Parameters(
    (
        Parameter("decay", "fixed", 0.95),
        Parameter("gain", "fixed", 0.1),
        Parameter("rate", "fixed", 0.8),
        Parameter("noise", "fixed", 0.2),
    )
)


def _initial(params: Any, site: Site) -> State:
    return State(*(jnp.float32(0.01 * i) for i in range(STOCKS)))


def _month(state: Any, params: Any, site: Site, t: Any) -> Any:
    x = list(state)
    acts = []
    for c in range(CHOICES):
        a, b, d, e = x[5 * c], x[5 * c + 1], x[5 * c + 2], x[5 * c + 3]
        acts.append(
            site.choice(f"choice{c}", options=("w", "x", "y", "z"), utilities=(0.5 * a, b - 0.2, 0.3 * d + a, e * b))
        )
    counts = [
        site.count(f"count{c}", Poisson(jnp.minimum(params.rate * (1.0 + 0.1 * jnp.abs(x[7 * c])), 2.0), cap=CAP))
        for c in range(COUNTS)
    ]
    shocks = [site.draw(f"shock{n}", Normal(0.0, params.noise)) for n in range(NORMALS)]
    new = []
    for i in range(STOCKS):
        push = jnp.where(acts[i % CHOICES] == i % 4, params.gain, 0.0) + 0.01 * counts[i % COUNTS]
        new.append(params.decay * x[i] + 0.02 * x[(i + 7) % STOCKS] + push + shocks[i % NORMALS])
    new = [jnp.clip(v, -4.0, 4.0) for v in new]
    for i in range(10):
        site.record(f"x{i}", new[i])
    return State(*new)


MODEL = Model("benchmark", _month, _initial, PARAMETERS, months.parse("1990-01"), months.parse("2035-12"))
