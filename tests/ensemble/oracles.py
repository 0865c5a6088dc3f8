"""Models with known answers: linear-Gaussian (Kalman), a small discrete one (enumeration), a nonlinear one."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from model.small import END, START
from scipy import special, stats

from keisei.model import Model, Normal, Parameters, Poisson, Real, Site
from keisei.score import Row, Score

A, Q, R = 0.9, 0.5, 0.7
NONE = Parameters(())


class X(NamedTuple):
    """One hidden quantity."""

    x: Real


def _linear(state: X, params: Any, site: Site, t: Any) -> X:
    site.measure("y", Normal(state.x, R))
    site.record("x", state.x)
    return X(A * state.x + site.draw("shock", Normal(0.0, Q)))


LINEAR = Model("linear", _linear, lambda params, site: X(site.draw("x.start", Normal(0.0, 1.0))), NONE, START, END)


def observed(site: str, values: np.ndarray) -> Score:
    return tuple(Row(START + t, site, float(v)) for t, v in enumerate(values))


def kalman(y: np.ndarray) -> tuple[np.ndarray, float, float]:
    """(log-likelihood by month, mean and variance of x after the last month) of `LINEAR`."""
    mean, variance, loglik = 0.0, 1.0, []
    for value in y:
        spread = variance + R**2
        loglik.append(stats.norm(mean, np.sqrt(spread)).logpdf(value))
        gain = variance / spread
        mean, variance = mean + gain * (value - mean), (1.0 - gain) * variance
        mean, variance = A * mean, A * A * variance + Q * Q
    return np.array(loglik), mean, variance


REGIMES = ("calm", "tense", "war")
MEANS = np.array([0.3, 1.2, 4.0])
HAZARDS = np.array([0.05, 0.3, 0.8])
UTILITIES = np.array([[2.0, 0.0, -2.0], [0.0, 1.5, 0.0], [-1.0, 0.0, 2.0]])
OPENING = np.array([1.0, 0.0, -1.0])


def _by_regime(regime: Any, values: np.ndarray) -> Any:
    return jnp.where(regime == 0, values[0], jnp.where(regime == 1, values[1], values[2]))


def _hidden(state: X, params: Any, site: Site, t: Any) -> X:
    rows = [_by_regime(state.x, UTILITIES[:, k]) for k in range(3)]
    regime = site.choice("regime", options=REGIMES, utilities=rows)
    site.count("shots", Poisson(_by_regime(regime, MEANS), cap=15))
    site.record("alarm", site.event("alarm", _by_regime(regime, HAZARDS)))
    site.record("regime", regime)
    return X(regime.astype(jnp.float32))


def _hidden_start(params: Any, site: Site) -> X:
    first = site.choice("regime.start", options=REGIMES, utilities=tuple(float(u) for u in OPENING))
    return X(first.astype(jnp.float32))


HIDDEN = Model("hidden", _hidden, _hidden_start, NONE, START, END)


def enumerate_hidden(shots: np.ndarray, alarm: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(log-likelihood by month, P(regime) after the last month) of `HIDDEN`, by summing over all regimes."""
    p, move, loglik = special.softmax(OPENING), special.softmax(UTILITIES, axis=1), []
    for n, rang in zip(shots, alarm, strict=True):
        joint = (p @ move) * stats.poisson(MEANS).pmf(n) * np.where(rang, HAZARDS, 1.0 - HAZARDS)
        loglik.append(np.log(joint.sum()))
        p = joint / joint.sum()
    return np.array(loglik), p


def _growth(state: X, params: Any, site: Site, t: Any) -> X:
    x = state.x
    lifted = 0.5 * x + 25.0 * x / (1.0 + x * x) + 8.0 * jnp.cos(1.2 * (t - START).astype(jnp.float32))
    new = lifted + site.draw("shock", Normal(0.0, np.sqrt(10.0)))
    site.measure("y", Normal(new * new / 20.0, 1.0))
    return X(new)


GROWTH = Model("growth", _growth, lambda params, site: X(site.draw("x.start", Normal(0.0, 2.0))), NONE, START, END)
"""The growth model of Netto, Gimeno & Mendes (1978), as in Gordon, Salmond & Smith (1993)."""

LEVEL, PERSISTENCE, VOLATILITY = -1.0, 0.95, 0.4


def _volatile(state: X, params: Any, site: Site, t: Any) -> X:
    site.measure("y", Normal(0.0, jnp.exp(0.5 * state.x)))
    return X(LEVEL + PERSISTENCE * (state.x - LEVEL) + site.draw("shock", Normal(0.0, VOLATILITY)))


VOLATILE = Model(
    "volatile",
    _volatile,
    lambda params, site: X(site.draw("x.start", Normal(LEVEL, VOLATILITY / np.sqrt(1.0 - PERSISTENCE**2)))),
    NONE,
    START,
    END,
)
"""Stochastic volatility (Taylor 1982): the log variance of what is seen is an autoregression."""
