"""Parameters: priors with unit, meaning and sources; drawn into arrays by quantile.

Every number of a model is one of these. A draw is a pure function of (seed, parameter, draw number), so adding a
parameter changes no draw of another.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from scipy import stats

from keisei.errors import InputError
from keisei.model import noise

Family = Literal["normal", "lognormal", "uniform", "beta", "gamma", "halfnormal", "fixed"]


@dataclass(frozen=True)
class Parameter:
    """One number of a model with its prior.

    ``a``, ``b`` by family: normal (mean, sd) · lognormal (median, sigma of the log) · uniform (low, high) ·
    beta (alpha, beta) · gamma (mean, shape) · halfnormal (sd, unused) · fixed (value, unused).
    """

    id: str
    family: Family
    a: float
    b: float = 0.0
    unit: str = "1"
    meaning: str = ""
    sources: tuple[str, ...] = ()

    @property
    def frozen(self) -> Any:
        """The SciPy distribution, or None for a fixed value."""
        match self.family:
            case "normal":
                return stats.norm(self.a, self.b)
            case "lognormal":
                return stats.lognorm(self.b, scale=self.a)
            case "uniform":
                return stats.uniform(self.a, self.b - self.a)
            case "beta":
                return stats.beta(self.a, self.b)
            case "gamma":
                return stats.gamma(self.b, scale=self.a / self.b)
            case "halfnormal":
                return stats.halfnorm(scale=self.a)
            case "fixed":
                return None
            case _:
                raise InputError(
                    f"parameter {self.id}: '{self.family}' is not a prior family",
                    mend="use normal, lognormal, …",
                )

    @property
    def mean(self) -> float:
        """The prior mean (for a fixed one its value)."""
        return self.a if self.family == "fixed" else float(self.frozen.mean())

    def quantile(self, u: np.ndarray) -> np.ndarray:
        """Prior quantiles of uniforms, same shape, float64."""
        return np.full_like(u, self.a, dtype=float) if self.family == "fixed" else self.frozen.ppf(u)

    def logpdf(self, x: np.ndarray) -> np.ndarray:
        """Prior log density (0 for a fixed one)."""
        return np.zeros_like(x, dtype=float) if self.family == "fixed" else self.frozen.logpdf(x)


def _mix(x: np.ndarray) -> np.ndarray:
    """lowbias32 on the host; the same bits as `noise.lowbias32`."""
    x = x.astype(np.uint32)
    with np.errstate(over="ignore"):
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x7FEB352D)
        x ^= x >> np.uint32(15)
        x *= np.uint32(0x846CA68B)
        x ^= x >> np.uint32(16)
    return x


def _uniforms(seed: int, name: str, n: int) -> np.ndarray:
    """n uniforms with 52 bits, a pure function of (seed, name, draw)."""
    draws = np.arange(n, dtype=np.uint32)
    with np.errstate(over="ignore"):
        spread = draws * np.uint32(0x9E3779B9)
    high = _mix(spread ^ _mix(np.array([noise.key(seed, name, "parameter", 0)])))
    low = _mix(spread ^ _mix(np.array([noise.key(seed, name, "parameter", 1)])))
    return (high.astype(np.float64) * 2.0**20 + (low >> np.uint32(12)) + 0.5) * 2.0**-52


@dataclass(frozen=True)
class Parameters:
    """The parameters of a model, in order."""

    items: tuple[Parameter, ...]

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for p in self.items:
            if p.id in seen:
                raise InputError(f"parameter {p.id} stands twice", mend="delete one")
            if not p.id.isidentifier():
                raise InputError(f"parameter '{p.id}' is not a plain name", mend="use letters, digits and _")
            seen.add(p.id)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(p.id for p in self.items)

    @cached_property
    def bundle(self) -> Any:
        """The named tuple type that ``month`` receives as ``params``."""
        return namedtuple("Params", self.names)

    def __getitem__(self, name: str) -> Parameter:
        return self.items[self.names.index(name)]

    def means(self) -> np.ndarray:
        """Prior means, [1, parameters] float64."""
        return np.array([[p.mean for p in self.items]])

    def draw(self, n: int, seed: int, given: Mapping[str, Sequence[float]] | None = None) -> np.ndarray:
        """n prior draws, [n, parameters] float64; columns named in ``given`` are taken from there."""
        columns = []
        for p in self.items:
            if given is not None and p.id in given:
                columns.append(np.asarray(given[p.id], float))
            else:
                columns.append(p.quantile(_uniforms(seed, p.id, n)))
        return np.stack(columns, axis=1) if columns else np.zeros((n, 0))

    def logpdf(self, draws: np.ndarray) -> np.ndarray:
        """Joint prior log density of draws [n, parameters] → [n]."""
        return sum((p.logpdf(draws[:, i]) for i, p in enumerate(self.items)), np.zeros(len(draws)))
