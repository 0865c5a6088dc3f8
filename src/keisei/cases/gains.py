"""What the assimilated model adds to a target: three blends, and differences of scores with their intervals.

Forecasters are the model, the simple forecasts and the free-running model (*uninitialized*: the same laws and draws, no
evidence). Three blends of them are made, with the same rule and prior (`keisei.forecast.blend`):

- *all*: of everyone. *without*: of all but the model. The **gain** is the score of the first less that of the second.
  The model adds where its interval lies above zero: what it knows is in nobody else, the free-running model included.
- *issued*: of the model and the simple forecasts, which is what `keisei forecast` returns: at forecast time the
  free-running model's probability is not at hand. ``blend_less_without`` is its own gain over the same rival.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from keisei.cases.checks import FEW
from keisei.forecast.blend import Blend, blend, by_class
from keisei.forecast.bootstrap import MIN_BLOCK, block_means, diebold_mariano
from keisei.forecast.scoring import benefit
from keisei.forecast.verification import MODEL, beside

if TYPE_CHECKING:
    import xarray as xr

    from keisei.cases.verify import Scored

UNINITIALIZED = "uninitialized"
SHORTEST = 2 * MIN_BLOCK  # origins that an interval by blocks needs at the least
_SIGN = {"log_score": 1.0, "brier": -1.0, "crps": -1.0}


@dataclass(frozen=True)
class Blends:
    """A target's forecasters (forecaster, init, lead, count), what came, and the blends of them."""

    everyone: xr.DataArray
    outcome: xr.DataArray
    all: Blend
    issued: Blend
    without: Blend


def blends_of(one: Scored) -> Blends:
    """The three blends of a target, over all its origins."""
    import xarray as xr

    together = beside(one.model, one.baselines)
    free = one.uninitialized.expand_dims(forecaster=[UNINITIALIZED])
    free = free.sel(init=together["init"], lead=together["lead"]).transpose(*together.dims)
    everyone = xr.concat([together, free], dim="forecaster", coords="minimal", compat="override")
    outcome = one.outcome.sel(init=together["init"], lead=together["lead"])

    def of(left_out: str | None) -> Blend:
        names = [str(name) for name in everyone["forecaster"].values if name != left_out]
        return blend(
            everyone.sel(forecaster=names), outcome, prior=by_class(names, {MODEL, UNINITIALIZED}),
            loss="crps" if one.target.kind == "level" else "log_score",
        )  # fmt: skip

    return Blends(everyone, outcome, of(None), of(UNINITIALIZED), of(MODEL))


def entries(one: Scored, blends: Blends, spans: dict[str, tuple[int, int]]) -> dict[str, list[dict[str, Any]]]:
    """By period: what the document says of every metric and lead (see `cases.scoreboard.document`)."""
    out: dict[str, list[dict[str, Any]]] = {name: [] for name in spans}
    for metric in one.target.metrics:
        unit = one.target.unit_of_crps if metric == "crps" else 1.0
        raw = unit * benefit(blends.everyone, blends.outcome, metric)
        mixed = {
            name: unit * benefit(chosen.forecast, blends.outcome, metric)
            for name, chosen in (("all", blends.all), ("issued", blends.issued), ("without", blends.without))
        }
        for name, (begin, end) in spans.items():
            for lead in raw["lead"].values:
                here = {"init": slice(begin, end), "lead": lead}
                came = blends.outcome.sel(here)
                n = int(came.notnull().sum())
                if not n:
                    continue
                by_name = {str(f): raw.sel(here).sel(forecaster=f).values for f in raw["forecaster"].values}
                scores = {kind: score.sel(here).values for kind, score in mixed.items()}
                means = {f: float(np.nanmean(x)) for f, x in by_name.items()}
                best = max((f for f in means if f != MODEL), key=means.__getitem__)
                found = differences(
                    {
                        "gain": scores["all"] - scores["without"],
                        "blend_less_without": scores["issued"] - scores["without"],
                        "blend_less_model": scores["issued"] - by_name[MODEL],
                        "blend_less_best": scores["issued"] - by_name[best],
                        "model_less_uninitialized": by_name[MODEL] - by_name[UNINITIALIZED],
                    },
                    int(lead), n,
                )  # fmt: skip
                events = n if one.target.kind == "level" else int((came > 0).sum())
                gain, sign = found.pop("gain"), _SIGN[metric]
                out[name].append(
                    {
                        "id": one.target.id, "metric": metric, "lead": int(lead), "score": sign * means.pop(MODEL),
                        "baselines": {f: sign * x for f, x in means.items()}, "best": best,
                        "gain": gain["mean"], **{f"gain_{end}": gain[end] for end in ("q05", "q95")},
                        "p_value": gain["p_value"], "n": n, "events": events, "differences": found,
                        "weight": float(blends.issued.weights.sel(here).sel(forecaster=MODEL).mean()),
                        "blend": sign * float(np.nanmean(scores["issued"])),
                        "blend_all": sign * float(np.nanmean(scores["all"])),
                        "blend_without": sign * float(np.nanmean(scores["without"])),
                        "verdict": verdict(gain["q05"], gain["q95"], events),
                    }
                )  # fmt: skip
    return out


def differences(series: dict[str, np.ndarray], lead: int, n: int) -> dict[str, dict[str, float | None]]:
    """Means of series [origin] of score differences with 90 % intervals of one block bootstrap, and Diebold–Mariano p.

    The interval is missing (None) where the origins fill no two blocks, the p-value where fewer than ten pairs are
    known.
    """
    columns = np.stack(list(series.values()), axis=1)
    ends: np.ndarray | None = None
    if len(columns) >= SHORTEST:
        ends = np.nanquantile(block_means(columns), [0.05, 0.95], axis=0)
    return {
        name: {
            "mean": float(np.nanmean(x)),
            "q05": None if ends is None else float(ends[0, i]),
            "q95": None if ends is None else float(ends[1, i]),
            "p_value": diebold_mariano(x, lead).p_value if n >= 10 else None,
        }
        for i, (name, x) in enumerate(series.items())
    }


def verdict(low: float | None, high: float | None, events: int) -> str:
    """In words. Where events or figures are few nothing is claimed."""
    if events < FEW:
        return f"not demonstrable (n = {events})"
    if low is None or high is None:
        return "too few origins for an interval"
    if low > 0:
        return "the model adds"
    return "the model takes away" if high < 0 else "not shown that the model adds"


def issued_blends(one: Scored, blends: Blends, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By lead: what `cases.blended` may return. Weights of the issued blend at the last origin, beside its gain.

    The gain is that of the issued blend over the blend of all others (``blend_less_without``) by the target's first
    metric: what a reader gets, against what could be had without assimilation.
    """
    if one.target.kind == "level":
        return []
    weights = blends.issued.weights.isel(init=-1)
    out = []
    for e in found:
        if e["metric"] != one.target.metrics[0]:
            continue
        gain = e["differences"]["blend_less_without"]
        out.append(
            {
                "id": e["id"], "lead": e["lead"], "gain": gain["mean"], "gain_q05": gain["q05"],
                "gain_q95": gain["q95"], "n": e["n"], "verdict": verdict(gain["q05"], gain["q95"], e["events"]),
                "weights": {
                    str(f): float(weights.sel(forecaster=f, lead=e["lead"])) for f in weights["forecaster"].values
                },
            }
        )  # fmt: skip
    return out
