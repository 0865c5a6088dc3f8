"""Parameters: priors with unit, meaning and sources; drawn into arrays by quantile.

Every number of a model is one of these. A draw is a pure function of (seed, parameter, draw number), so adding a
parameter changes no draw of another.
"""

from __future__ import annotations

import math
from collections import namedtuple
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from scipy.special import betaincinv, gammaincinv, ndtri

from keisei.errors import InputError
from keisei.model import noise

Family = Literal["normal", "lognormal", "uniform", "beta", "gamma", "halfnormal", "fixed", "among"]
# which of a, b must be above 0
_POSITIVE: dict[str, str] = {
    "normal": "b", "lognormal": "ab", "uniform": "", "beta": "ab", "gamma": "ab", "halfnormal": "a", "fixed": "",
    "among": "",
}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """One number of a model with its prior.

    ``a``, ``b`` by family: normal (mean, sd) · lognormal (median, sigma of the log) · uniform (low, high) ·
    beta (alpha, beta) · gamma (mean, shape) · halfnormal (sd, unused) · fixed (value, unused) ·
    among (equally likely ``options``: a switch between rival structures).
    """

    id: str
    family: Family
    a: float
    b: float = 0.0
    unit: str = "1"
    meaning: str = ""
    sources: tuple[str, ...] = ()
    options: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no prior.

        Raises:
            InputError: an unknown family, a number that is not finite, or a scale or shape that is not above 0.
        """
        if self.family not in _POSITIVE:
            raise InputError(
                f"parameter {self.id}: '{self.family}' is not a prior family", mend=f"use one of {', '.join(_POSITIVE)}"
            )
        if not (math.isfinite(self.a) and math.isfinite(self.b)):
            raise InputError(f"parameter {self.id}: ({self.a}, {self.b}) is not finite", mend="give numbers")
        for which in _POSITIVE[self.family]:
            if not getattr(self, which) > 0:
                place = {"a": "first", "b": "second"}[which]
                raise InputError(
                    f"parameter {self.id}: the {place} number of a {self.family} prior must be above 0",
                    mend=f"it is {getattr(self, which)}",
                )
        if self.family == "among" and len(self.options) < 2:
            raise InputError(f"parameter {self.id}: a switch needs at least two options", mend="list them in options")
        if self.family == "uniform" and not self.b > self.a:
            raise InputError(
                f"parameter {self.id}: a uniform prior must end above its start", mend=f"it is {self.a} to {self.b}"
            )

    @property
    def frozen(self) -> Any:
        """The SciPy distribution, or None for a fixed value."""
        from scipy import stats  # takes seconds to import

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
            case _:
                return None

    @property
    def mean(self) -> float:
        """The prior mean (for a fixed one its value, for a switch its first option)."""
        match self.family:
            case "among":
                return self.options[0]
            case "lognormal":
                return self.a * math.exp(0.5 * self.b**2)
            case "uniform":
                return 0.5 * (self.a + self.b)
            case "beta":
                return self.a / (self.a + self.b)
            case "halfnormal":
                return self.a * math.sqrt(2.0 / math.pi)
            case _:
                return self.a

    def quantile(self, u: np.ndarray) -> np.ndarray:
        """Prior quantiles of uniforms, same shape, float64."""
        match self.family:
            case "among":
                return np.asarray(self.options)[np.minimum((u * len(self.options)).astype(int), len(self.options) - 1)]
            case "fixed":
                return np.full_like(u, self.a, dtype=float)
            case "normal":
                return np.asarray(self.a + self.b * ndtri(u))
            case "lognormal":
                return np.asarray(self.a * np.exp(self.b * ndtri(u)))
            case "uniform":
                return np.asarray(self.a + (self.b - self.a) * np.asarray(u, float))
            case "beta":
                return np.asarray(betaincinv(self.a, self.b, u))
            case "gamma":
                return np.asarray(gammaincinv(self.b, u) * (self.a / self.b))
            case "halfnormal":
                return np.asarray(self.a * ndtri(0.5 + 0.5 * np.asarray(u, float)))

    def logpdf(self, x: np.ndarray) -> np.ndarray:
        """Prior log density (0 for a fixed one; log probability for a switch)."""
        if self.family == "among":
            return np.where(np.isin(x, self.options), -np.log(len(self.options)), -np.inf)
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

    def __getstate__(self) -> dict[str, Any]:
        # the bundle's type is made here and cannot be sent to another process
        return {"items": self.items}

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
