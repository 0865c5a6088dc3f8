"""How sure a difference of scores is: moving-block bootstrap and the Diebold–Mariano test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keisei.errors import InputError

# launch campaigns last about two years: shorter blocks take their months for independent evidence
MIN_BLOCK = 24


@dataclass(frozen=True)
class Difference:
    """Mean of a series of score differences with its bootstrap interval."""

    mean: float
    low: float
    high: float
    n: int
    block: int


def block_means(
    differences: ArrayLike, *, block: int = MIN_BLOCK, draws: int = 2000, seed: int = 0
) -> NDArray[np.float64]:
    """Means of moving-block bootstrap samples (Künsch 1989): [draw].

    Blocks of ``block`` neighbouring origins, all starts equally likely, are laid end to end and cut to the
    series' length. Rows stay whole: with a second dimension (leads, forecasters) the result is [draw, …] and
    paired. NaN is left out of each mean.

    Raises:
        InputError: blocks under 24 months, or a series not longer than one block.
    """
    x = np.asarray(differences, float)
    n = len(x)
    if block < MIN_BLOCK:
        raise InputError(f"blocks of {block} months are too short", mend=f"use {MIN_BLOCK} or more")
    if n <= block:
        raise InputError(f"{n} origins do not fill more than one block of {block}", mend="use more origins")
    rng = np.random.default_rng(seed)
    pieces = -(-n // block)
    starts = rng.integers(0, n - block + 1, (draws, pieces))
    index = (starts[:, :, None] + np.arange(block)).reshape(draws, -1)[:, :n]
    flat = x.reshape(n, -1)
    known = ~np.isnan(flat)
    # one-hot counts of each row turn resampled sums into two matrix products
    times = np.zeros((draws, n))
    np.add.at(times, (np.arange(draws)[:, None], index), 1.0)
    total, weight = times @ np.where(known, flat, 0.0), times @ known.astype(float)
    means = np.divide(total, weight, out=np.full_like(total, np.nan), where=weight > 0)
    return means.reshape(draws, *x.shape[1:])


def block_bootstrap(
    differences: ArrayLike, *, block: int = MIN_BLOCK, draws: int = 2000, level: float = 0.9, seed: int = 0
) -> Difference:
    """Mean of a series [origin] of score differences with its percentile interval; the same seed, the same
    numbers."""
    x = np.asarray(differences, float)
    if x.ndim != 1:
        raise InputError("the score differences are not one series", mend="choose one lead, or average over leads")
    means = block_means(x, block=block, draws=draws, seed=seed)
    low, high = np.nanquantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Difference(float(np.nanmean(x)), float(low), float(high), int((~np.isnan(x)).sum()), block)


@dataclass(frozen=True)
class DieboldMariano:
    """Test that two forecasts score alike on average; positive where the first score series is the larger."""

    mean: float
    standard_error: float
    statistic: float
    p_value: float
    low: float
    high: float
    lags: int
    n: int


def newey_west_variance(x: ArrayLike, lags: int) -> float:
    """Long-run variance γ0 + 2 Σ (1 − k/(L + 1)) γk with Bartlett weights, never negative (Newey & West
    1987)."""
    e = np.asarray(x, float) - np.mean(np.asarray(x, float))
    n = len(e)
    total = float(e @ e) / n
    for k in range(1, min(lags, n - 1) + 1):
        total += 2.0 * (1.0 - k / (lags + 1)) * float(e[k:] @ e[:-k]) / n
    return max(total, 0.0)


def diebold_mariano(
    differences: ArrayLike, lead: int, *, level: float = 0.9, lags: int | None = None
) -> DieboldMariano:
    """Diebold–Mariano test on a series of score differences at one lead (Diebold & Mariano 1995).

    HAC variance by Newey & West (1987); a forecast at lead h has errors dependent over h − 1 months, so the
    lag is the greater of h − 1 and ⌊4(n/100)^(2/9)⌋ (Newey & West 1994), at most n/3. Student's t with n − 1
    degrees of freedom (Harvey, Leybourne & Newbold 1997). Equal series give a statistic of 0 and p = 1.

    Raises:
        InputError: fewer than ten differences.
    """
    from scipy.stats import t

    x = np.asarray(differences, float)
    x = x[~np.isnan(x)]
    n = len(x)
    if n < 10:
        raise InputError(f"{n} score differences are too few to test", mend="use at least 10 origins")
    rule = int(4.0 * (n / 100.0) ** (2.0 / 9.0))
    width = min(n // 3, max(lead - 1, rule)) if lags is None else lags
    mean = float(x.mean())
    error = float(np.sqrt(newey_west_variance(x, width) / n))
    statistic = mean / error if error > 0 else (0.0 if mean == 0 else float(np.copysign(np.inf, mean)))
    p = float(2.0 * t.sf(abs(statistic), n - 1))
    half = float(t.ppf((1 + level) / 2, n - 1)) * error
    return DieboldMariano(mean, error, statistic, p, mean - half, mean + half, width, n)
