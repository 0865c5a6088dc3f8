"""Simple forecasts that a model has to beat, each from monthly history up to the origin and nothing after it.

Every baseline is a function ``(history, months, leads, top) → pmf [lead, count]``: it is given the history
cut at the origin, so it cannot read what came later. ``top`` = 1 makes it a forecast of an event (0 or 1), a
larger one of counts 0…top where the last stands for ``top`` or more. None ever gives an outcome exactly zero
probability.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from keisei.errors import InputError
from keisei.forecast.probabilities import vague_pmf
from keisei.forecast.regression import (
    NegativeBinomial,
    Scaling,
    fit_logit,
    fit_negative_binomial,
    negative_binomial_pmf,
)

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Months = NDArray[np.int64]
Baseline = Callable[[Array, Months, Sequence[int], int], Array]

LEADS = (1, 3, 6, 12, 24)
HALF_LIFE = 12.0
# the best of 1, 3, 10 and 30 on launches at origins 2006–2024: hindsight that favours the baseline
RIDGE = 30.0
MEMORY = 12  # months before a regression may start
FEWEST = 24  # pairs under which a regression falls back on climatology


def _shares(y: Array, weights: Array, top: int) -> Array:
    return np.bincount(np.minimum(y, top).astype(int), weights=weights, minlength=top + 1).astype(float)


def _vague(y: Array, top: int) -> Array:
    return vague_pmf((y.sum() + 0.5) / (len(y) + 1), top)


def _climate(y: Array, top: int) -> Array:
    return (_shares(y, np.ones(len(y)), top) + _vague(y, top)) / (len(y) + 1)


def climatology(history: Array, months: Months, leads: Sequence[int], top: int) -> Array:
    """Expanding climatology: past shares with one vague observation, the same at every lead."""
    return np.tile(_climate(history, top), (len(leads), 1))


def exponential_rate(history: Array, months: Months, leads: Sequence[int], top: int) -> Array:
    """Shares weighted by age with a half-life of 12 months, and one observation of climatology; the same at
    each lead."""
    weights = 0.5 ** (np.arange(len(history))[::-1] / HALF_LIFE)
    mass = (_shares(history, weights, top) + _climate(history, top)) / (weights.sum() + 1)
    return np.tile(mass, (len(leads), 1))


def persistence(history: Array, months: Months, leads: Sequence[int], top: int) -> Array:
    """What followed, at each lead, past months in the state of the last one (none, one, two or more).

    A bare "as last month" has infinite log score at its first error; this is its probabilistic form: a
    first-order Markov chain estimated for each lead, with one observation of climatology.
    """
    state = np.minimum(history, 2)
    climate = _climate(history, top)
    out = np.empty((len(leads), top + 1))
    for i, lead in enumerate(leads):
        same = state[:-lead] == state[-1]
        after = history[lead:][same]
        out[i] = (_shares(after, np.ones(len(after)), top) + climate) / (len(after) + 1)
    return out


def _exponential_mean(y: Array) -> Array:
    """The mean of the exponentially weighted rate as it stood at every month of a history: [month], never
    0."""
    steps = np.arange(1, len(y) + 1)
    climate = (np.cumsum(y) + 0.5) / (steps + 1)
    fade = 0.5 ** (1 / HALF_LIFE)
    weighted, out = 0.0, np.empty(len(y))
    for i, value in enumerate(y):
        weighted = weighted * fade + value
        out[i] = weighted
    weight = (1 - fade**steps) / (1 - fade)
    return (out + climate) / (weight + 1)


def _features(history: Array, months: Months, lead: int, offset: Array) -> Array:
    """[month, feature] from the 12th month on: last month, mean of 3, the rate itself, season of the month
    aimed at."""
    level = np.log1p(history)
    total = np.concatenate([[0.0], np.cumsum(level)])
    ends = np.arange(MEMORY, len(history) + 1)
    angle = 2 * np.pi * ((months[ends - 1] + lead) % 12) / 12
    return np.stack(
        [level[ends - 1], (total[ends] - total[ends - 3]) / 3, offset, np.cos(angle), np.sin(angle)], axis=1
    )


class LagRegression:
    """Regression on the last month, the last three, the exponentially weighted rate and season, one for each
    lead.

    A logit for an event, a negative binomial for counts. The rate is the offset, so the ridge draws the
    forecast towards it and not towards a constant: plain lags, fitted on the quiet years before 2014,
    forecast worse than the rate alone at every lead beyond one. It keeps the last coefficients of each lead
    only to start the next fit from: both problems are solved to convergence from any start.
    """

    def __init__(self, ridge: float = RIDGE) -> None:
        self.ridge = ridge
        self._last: dict[int, Array | NegativeBinomial] = {}

    def __call__(self, history: Array, months: Months, leads: Sequence[int], top: int) -> Array:
        """Predictive pmf [lead, count]."""
        out = climatology(history, months, leads, top)
        mean = _exponential_mean(history)[MEMORY - 1 :]
        offset = np.log(mean / (1 - mean)) if top == 1 else np.log(mean)
        for i, lead in enumerate(leads):
            if len(history) < MEMORY + lead + FEWEST:
                continue
            x = _features(history, months, lead, offset)
            past, now = x[:-lead], x[-1]
            y = history[MEMORY - 1 + lead :]
            scaling = Scaling.of(past)
            design, here = scaling.design(past), scaling.design(now)
            last = self._last.get(lead)
            if top == 1:
                start = last if isinstance(last, np.ndarray) else None
                beta = fit_logit(design, y, offset[:-lead], self.ridge, start)
                self._last[lead] = beta
                p = 1 / (1 + np.exp(-float(here @ beta + offset[-1])))
                out[i] = (1 - p, p)
            else:
                earlier = last if isinstance(last, NegativeBinomial) else None
                fit = fit_negative_binomial(design, y, offset[:-lead], self.ridge, earlier)
                self._last[lead] = fit
                highest = np.log(3.0 * max(y.max(), 1.0))
                ahead = float(np.exp(np.clip(here @ fit.beta + offset[-1], -12.0, highest)))
                out[i] = negative_binomial_pmf(ahead, fit.size, top)
        return out


def all_baselines(top: int) -> dict[str, Baseline]:
    """The baselines by name: the regression is a logit for events (top 1), a negative binomial for counts."""
    return {
        "climatology": climatology,
        "exponential": exponential_rate,
        "persistence": persistence,
        "lag_logit" if top == 1 else "lag_negative_binomial": LagRegression(),
    }


def hindcast(
    series: xr.DataArray,
    inits: Iterable[int],
    leads: Sequence[int] = LEADS,
    *,
    top: int = 1,
    baselines: Mapping[str, Baseline] | None = None,
) -> xr.DataArray:
    """Predictive distributions of every baseline at every origin, each from the history up to that origin.

    Args:
        series: monthly counts (0 or 1 for an event), dim ``month`` with consecutive integer months, no NaN
        up to the
            last origin; its first month is where climatology starts.
        inits: origins, integer months; the origin itself is known.
        leads: months ahead.
        top: 1 for an event, else the count that stands for itself and more.

    Returns:
        Probabilities with dims (forecaster, init, lead, count) and the coordinate ``valid_time``; the
        probability of at least one is ``1 − sel(count=0)``.

    Raises:
        InputError: months are missing, values are no counts, or an origin lies outside the series.
    """
    import xarray as xr

    from keisei.forecast.scoring import with_valid_time

    month = np.asarray(series["month"].values, dtype=np.int64)
    values = np.asarray(series.values, dtype=float)
    if not len(month) or (np.diff(month) != 1).any():
        raise InputError("the series' months are not consecutive", mend="give every month, zeros included")
    chosen = dict(all_baselines(top) if baselines is None else baselines)
    origins = [int(init) for init in inits]
    out = np.empty((len(chosen), len(origins), len(leads), top + 1))
    for j, init in enumerate(origins):
        stop = init - int(month[0]) + 1
        if not MEMORY <= stop <= len(month):
            raise InputError(f"the origin {init} has no history of {MEMORY} months in the series", mend="drop it")
        history = values[:stop].copy()
        if not (np.isfinite(history).all() and (history >= 0).all() and (history == np.floor(history)).all()):
            raise InputError("the series holds values that are no counts", mend="give whole numbers from 0 on")
        history = np.minimum(history, 1) if top == 1 else history
        for i, baseline in enumerate(chosen.values()):
            out[i, j] = baseline(history, month[:stop].copy(), leads, top)
    forecast = xr.DataArray(
        out,
        dims=("forecaster", "init", "lead", "count"),
        coords={
            "forecaster": list(chosen),
            "init": origins,
            "lead": list(leads),
            "count": np.arange(top + 1),
        },
        attrs={"long_name": "probability", "units": "1"},
    )
    return with_valid_time(forecast)
