"""Levels that are measured now and then (a year's growth, a stock): forecasts of them as probabilities of bins.

In equal bins a level is a count of bins, so the same scores, blends and intervals serve it: the CRPS of the bins times
their width is the CRPS in the level's own unit, to within the width. The baselines are Student's t: with few figures
a normal would be too sure of its spread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keisei.errors import InputError

Array = NDArray[np.float64]
PRIOR = 4  # figures that the expected spread counts as
DOUBT = 1e-3  # share spread over all bins, so that none is impossible


@dataclass(frozen=True)
class Bins:
    """Equal bins from ``low`` to ``high``; the first and the last hold what lies beyond.

    Attributes:
        low, high: ends, in the level's unit (log for a level on a log scale).
        width: of a bin.
    """

    low: float
    high: float
    width: float

    def __post_init__(self) -> None:
        if not (self.width > 0 and self.high - self.low >= 2 * self.width):
            raise InputError(
                f"{self.low}…{self.high} by {self.width} are no bins", mend="give low < high, two bins or more"
            )

    @property
    def count(self) -> int:
        """How many bins."""
        return round((self.high - self.low) / self.width)

    @property
    def edges(self) -> Array:
        """Edges between the bins, [count − 1]."""
        return np.asarray(self.low + self.width * np.arange(1, self.count), float)

    def index(self, value: ArrayLike) -> Array:
        """The bin of each value; NaN where there is none."""
        x = np.asarray(value, float)
        return np.where(np.isnan(x), np.nan, np.searchsorted(self.edges, x, side="right"))

    def masses(self, below: Array) -> Array:
        """Distribution functions at the edges [..., count − 1] → probabilities of the bins [..., count]."""
        ends = np.concatenate([np.zeros((*below.shape[:-1], 1)), below, np.ones((*below.shape[:-1], 1))], axis=-1)
        return np.asarray((1 - DOUBT) * np.diff(ends, axis=-1) + DOUBT / self.count)


def of_members(values: ArrayLike, sd: ArrayLike, weights: ArrayLike, bins: Bins) -> Array:
    """A mixture of normals around members' values → probabilities of the bins.

    Args:
        values: [members] the level, as the measurement would show it. sd: [members] error of the measurement.
        weights: [members] of any sum.
    """
    from scipy.special import ndtr

    x, s, w = (np.asarray(a, float) for a in (values, sd, weights))
    below = ndtr((bins.edges[None] - x[:, None]) / np.maximum(s, 1e-9)[:, None])
    return bins.masses(w / w.sum() @ below)


def baselines(known: ArrayLike, years: ArrayLike, year: float, scale: float, bins: Bins) -> dict[str, Array]:
    """Simple forecasts of the figure of a year from those known at the origin.

    ``climatology``: Student's t around the mean. ``persistence``: a random walk from the last figure, √k wider after k
    years. ``drift``: the same with the mean yearly change. The spread to expect weighs like four figures beside those
    that are known (normal–inverse-gamma with ν₀ = 4; Gelman et al. 2013, §3.3). Before any figure all bins are alike.

    Args:
        known: figures known at the origin. years: the year of each, rising. year: which one is asked.
        scale: spread to expect before any figure is seen.

    Returns:
        Probabilities of the bins by name.
    """
    from scipy.stats import t

    y, at = np.asarray(known, float), np.asarray(years, float)

    def student(centre: float, squares: Sequence[float] | Array, wider: float) -> Array:
        n = len(squares)
        spread = np.sqrt((PRIOR * scale**2 + float(np.sum(squares))) / (PRIOR + n) * wider)
        return bins.masses(t.cdf((bins.edges - centre) / spread, PRIOR + n))

    if not len(y):
        same = np.full(bins.count, 1.0 / bins.count)
        return {"climatology": same, "persistence": same, "drift": same}
    ahead = max(1.0, year - at[-1])
    steps = np.diff(at)
    changes = np.diff(y) / np.sqrt(np.maximum(steps, 1.0))  # per root year: variance grows with time
    mean_change = float((y[-1] - y[0]) / max(1.0, at[-1] - at[0])) if len(y) > 1 else 0.0
    around = (y - y.mean()) ** 2 * (len(y) - 1) / len(y)
    return {
        "climatology": student(float(y.mean()), around, 1 + 1 / len(y)),
        "persistence": student(float(y[-1]), changes**2, ahead) if len(y) > 1 else student(float(y[-1]), (), ahead),
        "drift": student(
            float(y[-1]) + mean_change * ahead,
            (changes - mean_change * np.sqrt(np.maximum(steps, 1.0))) ** 2,
            ahead * (1 + ahead / max(1.0, at[-1] - at[0])),
        ),
    }
