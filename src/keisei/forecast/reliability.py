"""Whether probabilities and intervals mean what they say: reliability, coverage, rare events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keisei.errors import InputError
from keisei.forecast.scoring import CLIP, complete_pairs


@dataclass(frozen=True)
class ReliabilityBin:
    """One point of a reliability diagram; ``bar_low`` to ``bar_high`` holds it in 90 % of reliable worlds."""

    low: float
    high: float
    n: int
    forecast: float
    observed: float
    bar_low: float
    bar_high: float


def reliability(
    forecast: ArrayLike, outcome: ArrayLike, *, bins: int = 10, resamples: int = 1000, level: float = 0.9, seed: int = 0
) -> tuple[ReliabilityBin, ...]:
    """Reliability diagram with counts and consistency bars.

    Consistency resampling (Bröcker & Smith 2007, §3): forecasts are drawn with replacement, an outcome for
    each from the forecast itself, and the observed share of each bin is taken again; the bars are its
    quantiles. A point outside its bar speaks against reliability. Bins without forecasts are left out.
    """
    p, y = complete_pairs(forecast, outcome)
    edges = np.linspace(0, 1, bins + 1)
    index = np.minimum((p * bins).astype(int), bins - 1)
    rng = np.random.default_rng(seed)
    shares = np.full((resamples, bins), np.nan)
    for r in range(resamples):
        draw = rng.integers(0, len(p), len(p))
        came = rng.random(len(p)) < p[draw]
        count = np.bincount(index[draw], minlength=bins)
        hits = np.bincount(index[draw], weights=came, minlength=bins)
        shares[r] = np.divide(hits, count, out=np.full(bins, np.nan), where=count > 0)
    found = []
    for k in np.unique(index):
        here = index == k
        sample = shares[:, k][~np.isnan(shares[:, k])]
        low, high = np.quantile(sample, [(1 - level) / 2, (1 + level) / 2]) if len(sample) else (0.0, 1.0)
        found.append(
            ReliabilityBin(
                float(edges[k]),
                float(edges[k + 1]),
                int(here.sum()),
                float(p[here].mean()),
                float(y[here].mean()),
                float(low),
                float(high),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Coverage:
    """How many outcomes fell inside intervals of a nominal level, with the exact binomial band of that
    count."""

    nominal: float
    inside: float
    n: int
    band_low: float
    band_high: float

    @property
    def observed(self) -> float:
        """Share of outcomes inside."""
        return self.inside / self.n

    @property
    def passes(self) -> bool:
        """Whether the share lies in the band."""
        return self.band_low <= self.observed <= self.band_high


def _band(inside: float, n: int, nominal: float, level: float) -> Coverage:
    from scipy.stats import binom

    if not n:
        raise InputError("no interval has an outcome", mend="give at least one pair without NaN")
    low, high = (float(binom.ppf(q, n, nominal)) / n for q in ((1 - level) / 2, (1 + level) / 2))
    return Coverage(nominal, inside, n, low, high)


def interval_coverage(
    low: ArrayLike, high: ArrayLike, outcome: ArrayLike, nominal: float, *, level: float = 0.95
) -> Coverage:
    """Coverage of intervals of a continuous quantity, ends included.

    The band holds the central ``level`` of Binomial(n, nominal). It takes the pairs as independent: for
    leads beyond one, judge each lead by itself and read the band as the narrowest it can be.
    """
    a, b, y = np.broadcast_arrays(*(np.asarray(x, float) for x in (low, high, outcome)))
    known = ~(np.isnan(a) | np.isnan(b) | np.isnan(y))
    inside = float(np.sum((a <= y)[known] & (y <= b)[known]))
    return _band(inside, int(known.sum()), nominal, level)


def count_coverage(
    pmf: ArrayLike, outcome: ArrayLike, nominal: float, *, level: float = 0.95, seed: int = 0
) -> Coverage:
    """Coverage of the central interval of counts, by the randomised PIT.

    An interval of counts cannot have exactly the nominal probability. F(y − 1) + V·f(y) with V uniform is
    uniform when the forecast is right (Czado, Gneiting & Held 2009, §2), so the share of it within the
    central ``nominal`` is exactly binomial.

    Args:
        pmf: probabilities [..., count].
        outcome: counts [...], NaN where not known; a count beyond the last stands in the last.
    """
    pit = randomised_pit(pmf, outcome, seed=seed)
    inside = float(np.sum(np.abs(pit - 0.5) <= nominal / 2))
    return _band(inside, len(pit), nominal, level)


def randomised_pit(pmf: ArrayLike, outcome: ArrayLike, *, seed: int = 0) -> NDArray[np.float64]:
    """[pair] F(y − 1) + V·f(y) with V uniform, which is uniform when the forecast is right; complete pairs only.

    Args:
        pmf: probabilities [..., count].
        outcome: counts [...], NaN where not known; a count beyond the last stands in the last.
    """
    mass = np.asarray(pmf, float)
    seen = np.asarray(outcome, float).reshape(-1)
    mass = mass.reshape(-1, mass.shape[-1])
    known = ~(np.isnan(seen) | np.isnan(mass).any(axis=1))
    mass, index = mass[known], np.minimum(seen[known], mass.shape[-1] - 1).astype(int)
    rows = np.arange(len(index))
    at = mass[rows, index]
    found: NDArray[np.float64] = (
        np.cumsum(mass, axis=1)[rows, index] - at + np.random.default_rng(seed).random(len(index)) * at
    )
    return found


@dataclass(frozen=True)
class RankHistogram:
    """How often the outcome fell into each part of its predictive distribution, from the lowest to the highest.

    Flat when the forecast is right; heaped at both ends when it is too narrow, in the middle when too wide, at one end
    when it is biased (Hamill 2001). ``p_value`` is of the χ² test of flatness, which takes pairs as independent and so
    is too strict for leads beyond one.
    """

    counts: tuple[int, ...]
    n: int
    chi2: float
    p_value: float


def rank_counts(pmf: ArrayLike, outcome: ArrayLike, *, cells: int = 10, seed: int = 0) -> RankHistogram:
    """The rank histogram of weighted ensembles: outcomes by their randomised PIT (Czado, Gneiting & Held 2009, §2).

    Ranks among members would take them as equal; of probabilities the PIT is uniform exactly when they are right.

    Raises:
        InputError: no pair is complete.
    """
    from scipy.stats import chi2

    pit = randomised_pit(pmf, outcome, seed=seed)
    if not len(pit):
        raise InputError("no forecast has an outcome", mend="give at least one pair without NaN")
    counts = np.bincount(np.minimum((pit * cells).astype(int), cells - 1), minlength=cells)
    even = len(pit) / cells
    statistic = float(((counts - even) ** 2 / even).sum())
    return RankHistogram(tuple(map(int, counts)), len(pit), statistic, float(chi2.sf(statistic, cells - 1)))


def poisson_interval(count: int, level: float = 0.9) -> tuple[float, float]:
    """Exact central interval of a Poisson mean given one count (Garwood 1936).

    >>> tuple(round(x, 2) for x in poisson_interval(6))
    (2.61, 11.84)
    """
    from scipy.stats import chi2

    tail = (1 - level) / 2
    low = float(chi2.ppf(tail, 2 * count) / 2) if count else 0.0
    return low, float(chi2.ppf(1 - tail, 2 * count + 2) / 2)


WORST = -2.0  # nats that no single month should cost


@dataclass(frozen=True)
class RareEvents:
    """What can be said of forecasts of an event too rare for a score.

    An event at a base rate of 3 % costs an honest forecaster 3.5 nats, so a bound on a month's own log score asks for
    clairvoyance. What can be asked is that no month costs much more than the simple forecast that said it best; both
    are kept.

    Attributes:
        observed: events that came. expected: the sum of issued probabilities; low, high: the exact Poisson 90 %
            interval of the mean given the count.
        nats: [pair] log score of each month, clipped. where: index of the lowest.
        relative: [pair] the same less that of the best simple forecast of that month (chosen with hindsight, month by
            month, which favours it); empty where no simple forecast was given.
        words: what is claimed.
    """

    observed: int
    expected: float
    low: float
    high: float
    nats: NDArray[np.float64]
    relative: NDArray[np.float64]
    words: str

    @property
    def passes(self) -> bool:
        """Whether the sum of issued probabilities lies in the interval of the count."""
        return self.low <= self.expected <= self.high

    @property
    def where(self) -> int:
        """Index of the month that the forecast liked least."""
        return int(self.nats.argmin())

    @property
    def worst(self) -> float:
        """Its log score in nats."""
        return float(self.nats.min())

    @property
    def failing(self) -> NDArray[np.int64]:
        """Indices of the months under −2 nats."""
        return np.flatnonzero(self.nats < WORST)

    @property
    def failing_relative(self) -> NDArray[np.int64]:
        """Indices of the months that cost over 2 nats more than the best simple forecast of the month."""
        return np.flatnonzero(self.relative < WORST)


def _nats(p: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(p, CLIP, 1 - CLIP)
    return np.asarray(np.where(y == 1, np.log(clipped), np.log1p(-clipped)))


def rare_events(
    forecast: ArrayLike, outcome: ArrayLike, simple: ArrayLike | None = None, *, level: float = 0.9, few: int = 20
) -> RareEvents:
    """Expected against observed number of rare events, and what each month cost.

    With fewer than ``few`` events no skill is claimed: the words say "not demonstrable (n = …)".

    Args:
        forecast, outcome: probabilities and 0/1 [pair]; pairs with NaN are left out.
        simple: probabilities of simple forecasts [forecaster, pair], complete where the pairs are.
    """
    p, y = complete_pairs(forecast, outcome)
    observed = int(y.sum())
    low, high = poisson_interval(observed, level)
    nats = _nats(p, y)
    relative = np.zeros(0)
    if simple is not None:
        known = ~(np.isnan(np.asarray(forecast, float)) | np.isnan(np.asarray(outcome, float)))
        relative = nats - np.max([_nats(row[known], y) for row in np.asarray(simple, float)], axis=0)
    words = f"not demonstrable (n = {observed})" if observed < few else f"n = {observed}"
    return RareEvents(observed, float(p.sum()), low, high, nats, relative, words)
