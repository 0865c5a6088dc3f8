"""A blend of forecasts that stays near its best member, with weights from past origins only.

The linear pool with exponential weights: each forecaster weighs by its prior times exp(score so far). For log scores
at lead 1, but for the share below, that is the Bayesian mixture, which loses at most log(1/prior) nats against a member
*in total*, whatever comes (Vovk 1990; Kakade & Ng 2005). What it rests on:

- *Prior.* Half of the mass for forecasts that know the laws, half shared by those that know the history alone
  (`by_class`). Variants of one idea are one hypothesis: another simple forecast more must not make the model lighter.
  That the model scores well was known when this was chosen; an even split between the two kinds is all it says.
- *Rate.* 1/lead. At lead h an outcome is known h − 1 origins late, for which the least possible price is that of h
  mixtures taking turns, h · log(1/prior) (Weinberger & Ordentlich 2002). The weights here are the geometric mean of
  those h mixtures, so that every origin uses every settled pair. With the rate 1 at all leads a blend follows late
  what has passed already.
- *Share.* With each pair 1 %/lead of the mass goes back to the prior (fixed share; Herbster & Warmuth 1998), so that a
  forecaster that was wrong under one leader can come back under the next. It costs each of the h mixtures at most
  −log(1 − 0.01) = 0.01 nats a pair against a single member: the margin of non-inferiority (`verification.MARGIN`).

These come from theory, and were compared on origins up to 2021-12 alone, with the free-running model in the model's
place. There, over 92 cells of events and counts, the blend's mean loss against the best member of the cell is 0.002
nats a month and the largest 0.08; with equal priors 0.011 and 0.09; with the rate 1 at all leads 0.017 and 0.13, as
the plain Bayesian mixture 0.028 and 0.16; with the stacked weights that stood here before (best log score on past
pairs, drawn to equal weights; Hall & Mitchell 2007) 0.009 and 0.16. Choices looked at no later origin. On those,
regimes having turned, the loss is larger (0.04 and 0.17, the stacked weights' 0.05 and 0.20). Beyond lead 1 no bound
holds for every sequence: a forecaster that turns bad each time its delay runs out can still mislead the weights.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keisei.errors import InputError
from keisei.forecast.scoring import CLIP, count_crps, count_log_score

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
SHARE = 0.01  # of the mass, back to the prior in as many pairs as the lead has months


def by_class(names: Sequence[str], models: Collection[str]) -> dict[str, float]:
    """Prior weights: half for the models and half for the others, each half in equal parts.

    >>> by_class(["climatology", "persistence", "model"], {"model"})
    {'climatology': 0.25, 'persistence': 0.25, 'model': 0.5}
    """
    inside = sum(name in models for name in names)
    if inside in (0, len(names)):
        return {name: 1.0 / len(names) for name in names}
    return {name: 0.5 / (inside if name in models else len(names) - inside) for name in names}


def exponential_weights(
    losses: ArrayLike, origins: ArrayLike, lead: int, prior: ArrayLike, *, share: float = SHARE
) -> Array:
    """Weights [origin, forecaster] that stand at each origin, from pairs whose outcome was known by then.

    Args:
        losses: [origin, forecaster] in nats, or in a unit in which 1 is a usual loss; NaN where no outcome is known.
        origins: months, rising. lead: months ahead; a pair is known at its origin + lead, and its rate is 1/lead.
        prior: [forecaster], summing to one.
        share: of the mass that goes back to the prior, over as many pairs as the lead has months.
    """
    loss, at, start = np.asarray(losses, float), np.asarray(origins), np.asarray(prior, float)
    out = np.empty_like(loss)
    weights, settled, back = start, 0, share / lead
    for j, origin in enumerate(at):
        while settled < j and at[settled] + lead <= origin:
            here = loss[settled]
            settled += 1
            if np.isnan(here).any():
                continue
            better = weights * np.exp(-(here - here.min()) / lead)
            weights = (1 - back) * better / better.sum() + back * start
        out[j] = weights
    return out


def _in_usual_losses(losses: Array) -> Array:
    """Losses [origin, forecaster] over the mean loss of all forecasters up to and including the pair."""
    mean = losses.mean(axis=1)
    known = ~np.isnan(mean)
    count = np.maximum(np.cumsum(known), 1)
    usual = np.cumsum(np.where(known, mean, 0.0)) / count
    return np.asarray(losses / np.maximum(usual, 1e-12)[:, None])


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
    prior: Mapping[str, float],
    loss: Literal["log_score", "crps"] = "log_score",
    share: float = SHARE,
) -> Blend:
    """Blend forecasts origin by origin: the weights at an origin rest on pairs whose outcome was known by then.

    Args:
        forecasts: predictive probabilities (forecaster, init, lead, count), complete, origins rising.
        outcome: counts or 0/1 (init, lead), NaN where not known.
        prior: weights before any pair, by forecaster, summing to one.
        loss: the log score for events and counts; CRPS for levels, where it is divided by the mean CRPS of all
            forecasters so far: for a distribution of scale s the two agree up to constants at CRPS/s.
        share: as in `exponential_weights`.

    Raises:
        InputError: forecasts with NaN, dims or origins that do not fit, or priors for others.
    """
    import xarray as xr

    if set(forecasts.dims) != {"forecaster", "init", "lead", "count"}:
        raise InputError(f"forecasts have dims {forecasts.dims}", mend="give (forecaster, init, lead, count)")
    data = forecasts.transpose("forecaster", "init", "lead", "count")
    if bool(data.isnull().any()):
        raise InputError("a forecast is missing", mend="leave out origins that not every forecaster has")
    names, init = [str(name) for name in data["forecaster"].values], data["init"].values
    if set(names) != set(prior) or len(names) != len(prior):
        raise InputError(f"priors for {', '.join(prior)}", mend=f"give them for {', '.join(names)}")
    if (np.diff(init) <= 0).any():
        raise InputError("the origins do not rise", mend="sort them")
    start = np.array([prior[name] for name in names], float)
    seen = outcome.sel(init=data["init"], lead=data["lead"])
    found = -count_log_score(data, seen, clip=CLIP) if loss == "log_score" else count_crps(data, seen)
    losses = found.transpose("init", "lead", "forecaster").values
    weights = np.empty((len(names), len(init), data.sizes["lead"]))
    for k, ahead in enumerate(data["lead"].values):
        here = losses[:, k] if loss == "log_score" else _in_usual_losses(losses[:, k])
        weights[:, :, k] = exponential_weights(here, init, int(ahead), start, share=share).T
    over = xr.DataArray(
        weights,
        dims=("forecaster", "init", "lead"),
        coords={name: data[name] for name in ("forecaster", "init", "lead")},
    )
    mixed = (data * over).sum("forecaster")
    return Blend(mixed / mixed.sum("count"), over)
