"""A stacked blend of forecasts, with weights from past origins only, and what the model adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keisei.errors import InputError
from keisei.forecast.bootstrap import MIN_BLOCK, DieboldMariano, Difference, block_bootstrap, diebold_mariano
from keisei.forecast.scoring import CLIP, Metric, benefit, count_log_score

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
STRENGTH = 12.0  # the prior weights count as many months as this
BEST_AFTER = 24  # past pairs before a best forecaster is named


def stack_weights(
    likelihood: ArrayLike, prior: ArrayLike, strength: float = STRENGTH, start: ArrayLike | None = None
) -> Array:
    """Convex weights with the best log score on past pairs, drawn towards prior weights.

    Maximises Σ_i log Σ_m w_m p_im + strength · Σ_m prior_m log w_m over the simplex (the linear opinion pool
    of Hall & Mitchell 2007, under a Dirichlet prior). It is concave; EM for mixture weights climbs it
    monotonically (Dempster, Laird & Rubin 1977).

    Args:
        likelihood: probability that each forecaster gave to what happened [pair, forecaster].
        prior: weights without evidence [forecaster], summing to one.
        strength: how many pairs the prior counts.
        start: weights to start from.

    Returns:
        Weights [forecaster], non-negative, summing to one.
    """
    p = np.maximum(np.asarray(likelihood, float), CLIP)
    toward = np.asarray(prior, float)
    w = toward.copy() if start is None else np.asarray(start, float)
    if not len(p):
        return toward
    w = np.maximum(w, 1e-6)
    w /= w.sum()
    for _ in range(2000):
        joint = p * w
        share = (joint / joint.sum(axis=1, keepdims=True)).sum(axis=0)
        new = (share + strength * toward) / (len(p) + strength)
        moved = float(np.abs(new - w).max())
        w = new
        if moved < 1e-6:
            break
    return w / w.sum()


@dataclass(frozen=True)
class Blend:
    """A blend and the weights it used.

    ``forecast`` has the dims of the inputs without ``forecaster``; ``weights`` (forecaster, init, lead).
    """

    forecast: xr.DataArray
    weights: xr.DataArray


def blend(
    forecasts: xr.DataArray,
    outcome: xr.DataArray,
    *,
    strength: float = STRENGTH,
    towards: Literal["equal", "best"] = "equal",
) -> Blend:
    """Stack forecasts origin by origin: the weights at an origin rest on pairs whose outcome was known by
    then.

    Args:
        forecasts: predictive probabilities (forecaster, init, lead, count), complete.
        outcome: counts or 0/1 (init, lead), NaN where not known.
        strength: months that the prior weights count.
        towards: prior weights: equal, or on the forecaster with the best log score so far (equal until 24
        pairs).

    Raises:
        InputError: forecasts with NaN, or dims that do not fit.
    """
    import xarray as xr

    if set(forecasts.dims) != {"forecaster", "init", "lead", "count"}:
        raise InputError(f"forecasts have dims {forecasts.dims}", mend="give (forecaster, init, lead, count)")
    data = forecasts.transpose("forecaster", "init", "lead", "count")
    if bool(data.isnull().any()):
        raise InputError("a forecast is missing", mend="leave out origins that not every forecaster has")
    scores = count_log_score(data, outcome.sel(init=data["init"], lead=data["lead"]), clip=CLIP)
    likelihood = np.exp(scores.transpose("init", "lead", "forecaster").values)
    init, lead = data["init"].values, data["lead"].values
    m = data.sizes["forecaster"]
    equal = np.full(m, 1.0 / m)
    weights = np.empty((m, len(init), len(lead)))
    for k, ahead in enumerate(lead):
        known = ~np.isnan(likelihood[:, k]).any(axis=1)
        last = equal
        for j, origin in enumerate(init):
            past = likelihood[known & (init + ahead <= origin), k]
            prior = equal
            if towards == "best" and len(past) >= BEST_AFTER:
                prior = np.eye(m)[int(np.log(past).sum(axis=0).argmax())]
            last = stack_weights(past, prior, strength, last)
            weights[:, j, k] = last
    over = xr.DataArray(
        weights,
        dims=("forecaster", "init", "lead"),
        coords={name: data[name] for name in ("forecaster", "init", "lead")},
    )
    mixed = (data * over).sum("forecaster")
    return Blend(mixed / mixed.sum("count"), over)


@dataclass(frozen=True)
class Gain:
    """What the model adds by one metric at one lead: benefit of the blend with it less that of the blend without.

    The difference is the mean over pairs, positive where the model adds. ``weight`` is the model's mean weight over
    origins. ``adds`` only where the whole interval is above zero.
    """

    metric: Metric
    lead: int
    difference: Difference
    test: DieboldMariano
    weight: float

    @property
    def adds(self) -> bool:
        """Whether the gain is shown: the interval lies above zero."""
        return self.difference.low > 0


def gains(
    forecasts: xr.DataArray,
    outcome: xr.DataArray,
    model: str,
    *,
    metrics: Sequence[Metric] = ("log_score",),
    strength: float = STRENGTH,
    towards: Literal["equal", "best"] = "equal",
    block: int = MIN_BLOCK,
    draws: int = 2000,
    level: float = 0.9,
    seed: int = 0,
) -> tuple[Gain, ...]:
    """The gain of the blend with the model over the same blend without it, by metric and lead, with its interval.

    The weights maximise the log score whatever the metric.

    Raises:
        InputError: the model is not among the forecasters, or is the only one.
    """
    names = [str(name) for name in forecasts["forecaster"].values]
    if model not in names or len(names) < 2:
        raise InputError(f"'{model}' stands beside no baseline among {names}", mend="give its forecasts and others'")
    others = forecasts.sel(forecaster=[name for name in names if name != model])
    full = blend(forecasts, outcome, strength=strength, towards=towards)
    bare = blend(others, outcome, strength=strength, towards=towards)
    aligned = outcome.sel(init=forecasts["init"], lead=forecasts["lead"])
    found = []
    for metric in metrics:
        difference = benefit(full.forecast, aligned, metric) - benefit(bare.forecast, aligned, metric)
        for lead in forecasts["lead"].values:
            x = difference.sel(lead=lead).values
            found.append(
                Gain(
                    metric,
                    int(lead),
                    block_bootstrap(x, block=block, draws=draws, level=level, seed=seed),
                    diebold_mariano(x, int(lead), level=level),
                    float(full.weights.sel(forecaster=model, lead=lead).mean()),
                )
            )
    return tuple(found)
