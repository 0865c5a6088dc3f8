"""Scores of probabilities: Brier with its decomposition, log score, CRPS of counts.

Brier comes from the package ``scores``. Dimensions are climpred's: ``init`` (integer month of the origin),
``lead`` (months); ``valid_time`` = init + lead. NaN in a forecast or an outcome takes
the pair out.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike

from keisei.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

Metric = Literal["log_score", "brier", "crps"]
CLIP = 1e-3  # a forecast of 0 or 1 that fails costs −log 0.001 = 6.9 nats, not infinity


def with_valid_time(forecast: xr.DataArray) -> xr.DataArray:
    """The forecast with the derived coordinate ``valid_time`` (init, lead) = init + lead, in integer
    months."""
    return forecast.assign_coords(valid_time=forecast["init"] + forecast["lead"])


def outcomes(series: xr.DataArray, init: ArrayLike, lead: ArrayLike) -> xr.DataArray:
    """What came true: series(month) at init + lead, as (init, lead); NaN where the series has no such
    month."""
    import xarray as xr

    inits = xr.DataArray(np.asarray(init), dims="init", coords={"init": np.asarray(init)})
    leads = xr.DataArray(np.asarray(lead), dims="lead", coords={"lead": np.asarray(lead)})
    valid = inits + leads
    padded = series.astype(float).reindex(month=np.unique(np.append(valid.values, series["month"].values)))
    return padded.sel(month=valid).drop_vars("month").assign_coords(valid_time=valid)


def brier(forecast: xr.DataArray, outcome: xr.DataArray, over: Sequence[Hashable] | None = None) -> xr.DataArray:
    """Brier score, mean of (p − y)² (Brier 1950), by the package ``scores``.

    Args:
        forecast: probabilities.
        outcome: 0 or 1, NaN where not known.
        over: dimensions to average over; None for all, () for none.
    """
    from scores.probability import brier_score

    if over is not None and not len(over):
        return brier_score(forecast, outcome, preserve_dims="all")
    return brier_score(forecast, outcome, reduce_dims=None if over is None else list(over))


def brier_skill(forecast: xr.DataArray, reference: xr.DataArray, outcome: xr.DataArray) -> float:
    """1 − BS/BS_reference over the pairs that both forecast (Wilks 2019, §9.2)."""
    both = forecast.notnull() & reference.notnull() & outcome.notnull()
    return float(1.0 - brier(forecast.where(both), outcome) / brier(reference.where(both), outcome))


@dataclass(frozen=True)
class BrierParts:
    """Brier score = reliability − resolution + uncertainty + within, exactly.

    ``within`` is what binning hides: variance of the forecasts within their bins less twice their covariance
    with the outcomes (Stephenson, Coelho & Jolliffe 2008); zero when every bin holds one forecast value.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    n: int


def brier_decomposition(forecast: ArrayLike, outcome: ArrayLike, bins: int = 10) -> BrierParts:
    """Murphy's decomposition of the Brier score on equal-width bins (Murphy 1973; Stephenson et al. 2008).

    Raises:
        InputError: no pair is complete, or a forecast is not a probability.
    """
    p, y = complete_pairs(forecast, outcome)
    index = np.minimum((p * bins).astype(int), bins - 1)
    n = len(p)
    base = y.mean()
    reliability = resolution = within = 0.0
    for k in np.unique(index):
        here = index == k
        pk, yk = p[here], y[here]
        reliability += len(pk) * (pk.mean() - yk.mean()) ** 2
        resolution += len(pk) * (yk.mean() - base) ** 2
        within += np.sum((pk - pk.mean()) ** 2) - 2.0 * np.sum((pk - pk.mean()) * (yk - yk.mean()))
    score = float(np.mean((p - y) ** 2))
    return BrierParts(
        score, float(reliability / n), float(resolution / n), float(base * (1 - base)), float(within / n), n
    )


def log_score(forecast: xr.DataArray, outcome: xr.DataArray, clip: float = CLIP) -> xr.DataArray:
    """Log score of each pair in nats, log p(what happened) (Good 1952): higher is better, 0 is perfect.

    Clipping rule: probabilities are moved into [clip, 1 − clip], 0.001 and 0.999 unless told, for every
    forecaster alike, so that one certain error costs at most −log(clip).
    """
    import xarray as xr

    p = forecast.clip(clip, 1.0 - clip)
    known = forecast.notnull() & outcome.notnull()
    return xr.where(outcome == 1, np.log(p), np.log1p(-p)).where(known)


def count_log_score(pmf: xr.DataArray, outcome: xr.DataArray, clip: float = CLIP) -> xr.DataArray:
    """Log score of counts in nats: log of the probability mass on the count that came, not below log(clip).

    ``pmf`` has a dimension ``count`` with coordinate 0…K, the last of which stands for K or more.
    """
    import xarray as xr

    top = int(pmf["count"].values[-1])
    seen = outcome.fillna(0).clip(0, top).astype(int)
    mass = pmf.sel(count=seen).drop_vars("count")
    return xr.where(outcome.notnull() & mass.notnull(), np.log(mass.clip(clip, 1.0)), np.nan)


def count_crps(pmf: xr.DataArray, outcome: xr.DataArray) -> xr.DataArray:
    """CRPS of each forecast of counts, Σ_k (F(k) − 1[y ≤ k])² over 0…K, in counts (Epstein 1969; Czado et
    al. 2009).

    Exact: for a distribution on whole numbers this sum is the CRPS integral; counts beyond K stand as K. The
    fair CRPS of an ensemble (Ferro 2014) estimates what a larger one would score; here the probabilities that
    are issued are scored themselves, made of members of unequal weight, to which that correction does not apply.
    """
    top = int(pmf["count"].values[-1])
    below = outcome.clip(0, top) <= pmf["count"]
    return ((pmf.cumsum("count") - below) ** 2).sum("count").where(outcome.notnull() & pmf.notnull().all("count"))


def benefit(pmf: xr.DataArray, outcome: xr.DataArray, metric: Metric) -> xr.DataArray:
    """The score of each pair turned so that more is better: log score, −(Brier of "at least one"), −CRPS."""
    if metric == "log_score":
        return count_log_score(pmf, outcome)
    if metric == "brier":
        came = (outcome > 0).where(outcome.notnull())
        return -brier(1.0 - pmf.sel(count=0, drop=True), came, over=())
    return -count_crps(pmf, outcome)


def complete_pairs(forecast: ArrayLike, outcome: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """The pairs without NaN as flat arrays (forecast, outcome).

    Raises:
        InputError: none is complete, a forecast lies outside [0, 1], or an outcome is neither 0 nor 1.
    """
    p, y = np.broadcast_arrays(np.asarray(forecast, float), np.asarray(outcome, float))
    known = ~(np.isnan(p) | np.isnan(y))
    p, y = p[known], y[known]
    if not len(p):
        raise InputError("no forecast has an outcome", mend="give at least one pair without NaN")
    if ((p < 0) | (p > 1)).any() or not np.isin(y, (0.0, 1.0)).all():
        raise InputError("forecasts must lie in [0, 1] and outcomes be 0 or 1", mend="check their order")
    return p, y
