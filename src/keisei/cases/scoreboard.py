"""From hindcasts to verdicts: scores beside baselines and the blend's gain; `cases.checks` has the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from keisei import months
from keisei.cases.checks import FEW, coverage, curves, failures, ranks, rare
from keisei.cases.load import Case
from keisei.cases.targets import load_apart
from keisei.forecast.blend import Blend, blend, by_class
from keisei.forecast.bootstrap import MIN_BLOCK, block_bootstrap, diebold_mariano
from keisei.forecast.scoring import Metric, benefit
from keisei.forecast.verification import MARGIN, MODEL, against_best, beside

if TYPE_CHECKING:
    import xarray as xr

    from keisei.cases.verify import Scored, Settings, Window

STATUS = "pseudo-out-of-sample"
SHORTEST = 2 * MIN_BLOCK  # origins that an interval by blocks needs at the least
_SIGN = {"log_score": 1.0, "brier": -1.0, "crps": -1.0}


def document(
    case: Case, scored: Sequence[Scored], made: Sequence[Window], first: int, last: int, settings: Settings
) -> dict[str, Any]:
    """The verification of a case as one JSON document.

    ``targets`` has one entry a target, metric and lead over all origins; ``periods`` the same for the origins on which
    choices were made, for those after, and for those whose parameters have seen what the priors' authors knew. Scores
    are log scores in nats (more is better), Brier scores of "at least one", or CRPS in the target's unit (less is
    better). ``gain`` is positive where the model adds, whatever the metric.
    """
    from keisei.cases.verify import vintages

    apart = load_apart(case)
    spans = {
        "all": (first, last), "until_frozen": (first, min(apart.frozen, last)),
        "after": (max(apart.frozen + 1, first), last),
    }  # fmt: skip
    if apart.learned is not None:
        spans["learned"] = (max(apart.learned + 1, first), last)
    entries: dict[str, list[dict[str, Any]]] = {name: [] for name in spans}
    compared = []
    for one in scored:
        for name, found in _entries(one, spans).items():
            entries[name] += found
        compared += _compared(one, spans)
    return {
        "status": STATUS,
        "case": str(case.about["id"]),
        "from": months.show(first),
        "until": months.show(last),
        "frozen": months.show(apart.frozen),
        "learned": None if apart.learned is None else months.show(apart.learned),
        "hindsight": apart.hindsight,
        "looked": apart.looked,
        "settings": {**asdict(settings), "per_draw": settings.per_draw},
        "vintages": [_window(w) for w in made],
        "shipped": [months.show(v) for v in sorted(vintages(case))],
        "titles": {one.target.id: one.target.title for one in scored},
        "targets": entries["all"],
        "periods": {name: found for name, found in entries.items() if name != "all"},
        "blends": [row for one in scored for row in _blends(one, entries["all"])],
        "comparisons": compared,
        "coverage": [row for one in scored for row in coverage(one)],
        "ranks": [row for one in scored for row in ranks(one)],
        "rare": [row for one in scored for row in rare(one)],
        "reliability": [row for one in scored for row in curves(one)],
        "failures": [row for one in scored for row in failures(one)],
        "years": [row for one in scored for row in _years(one)],
    }


def _window(window: Window) -> dict[str, Any]:
    """How one vintage fared: effective draws at its origins, effective sample by month as a share of the particles."""
    h = window.hindcast
    weights = h.draw_weights[-1]
    first = int(h.origins[0]) - h.start
    ess = (weights @ h.ess) / h.particles
    worst = int(ess[first:].argmin()) + first
    effective = h.effective_draws
    fresh = 0 if h.vintage is None else max(0, h.vintage - h.start + 1)
    total = h.loglik[:, fresh:].sum(axis=1)
    raw = np.exp(total - total.max()) if total.size else np.ones(len(h.draws))
    return {
        "vintage": None if h.vintage is None else months.show(h.vintage),
        "from": months.show(int(h.origins[0])),
        "until": months.show(int(h.origins[-1])),
        "effective_draws_least": float(effective.min()),
        "effective_draws_least_at": months.show(int(h.origins[int(effective.argmin())])),
        "effective_draws_median": float(np.median(effective)),
        "effective_draws_untempered": float(raw.sum() ** 2 / (raw**2).sum()),
        "ess_least": float(ess[worst]),
        "ess_least_at": months.show(h.start + worst),
    }


def _entries(one: Scored, spans: dict[str, tuple[int, int]]) -> dict[str, list[dict[str, Any]]]:
    """By period: an entry for every metric and lead. The blends are made once, over all origins."""
    together = beside(one.model, one.baselines)
    outcome = one.outcome.sel(init=together["init"], lead=together["lead"])
    rivals = together.sel(forecaster=[n for n in together["forecaster"].values if n != MODEL])
    full, bare = _blend(one, together, outcome), _blend(one, rivals, outcome)
    free = one.uninitialized.expand_dims(forecaster=["uninitialized"])
    everyone = _joined(together, free)
    out: dict[str, list[dict[str, Any]]] = {name: [] for name in spans}
    for metric in one.target.metrics:
        raw = benefit(everyone, outcome, metric)
        gain = benefit(full.forecast, outcome, metric) - benefit(bare.forecast, outcome, metric)
        blended, plain = benefit(full.forecast, outcome, metric), benefit(bare.forecast, outcome, metric)
        for name, (begin, end) in spans.items():
            for lead in together["lead"].values:
                here = {"init": slice(begin, end), "lead": lead}
                n = int(outcome.sel(here).notnull().sum())
                if n:
                    scale = _SIGN[metric] * (one.target.unit_of_crps if metric == "crps" else 1.0)
                    means = {
                        str(f): scale * float(raw.sel(here).sel(forecaster=f).mean()) for f in raw["forecaster"].values
                    }
                    weight = float(full.weights.sel(here).sel(forecaster=MODEL).mean())
                    entry = _entry(one, metric, int(lead), means, gain.sel(here).values * abs(scale), n)
                    entry |= {"weight": weight, "blend": scale * float(blended.sel(here).mean())}
                    entry |= {"blend_without": scale * float(plain.sel(here).mean())}
                    entry["events"] = int((outcome.sel(here) > 0).sum()) if one.target.kind != "level" else n
                    entry["verdict"] = _verdict(entry)
                    out[name].append(entry)
    return out


def _blends(one: Scored, entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """By lead: the weights of the blend at the last origin, beside the gain by the target's first metric."""
    if one.target.kind == "level":
        return []
    together = beside(one.model, one.baselines)
    outcome = one.outcome.sel(init=together["init"], lead=together["lead"])
    weights = _blend(one, together, outcome).weights.isel(init=-1)
    return [
        {
            **{key: e[key] for key in ("id", "lead", "gain", "gain_q05", "gain_q95", "n", "verdict")},
            "weights": {str(f): float(weights.sel(forecaster=f, lead=e["lead"])) for f in weights["forecaster"].values},
        }
        for e in entries
        if e["id"] == one.target.id and e["metric"] == one.target.metrics[0]
    ]


def _blend(one: Scored, forecasts: xr.DataArray, outcome: xr.DataArray) -> Blend:
    prior = by_class([str(name) for name in forecasts["forecaster"].values], {MODEL})
    return blend(forecasts, outcome, prior=prior, loss="crps" if one.target.kind == "level" else "log_score")


def _joined(together: xr.DataArray, free: xr.DataArray) -> xr.DataArray:
    import xarray as xr

    free = free.sel(init=together["init"], lead=together["lead"]).transpose(*together.dims)
    return xr.concat([together, free], dim="forecaster", coords="minimal", compat="override")


def _entry(
    one: Scored, metric: Metric, lead: int, means: dict[str, float], gain: np.ndarray, n: int
) -> dict[str, Any]:  # fmt: skip
    """Score, baselines and gain; the interval is missing (null) where there are too few origins for one."""
    score = means.pop(MODEL)
    low = high = p_value = None
    if len(gain) >= SHORTEST:
        difference = block_bootstrap(gain)
        low, high = difference.low, difference.high
    if n >= 10:
        p_value = diebold_mariano(gain, lead).p_value
    return {
        "id": one.target.id, "metric": metric, "lead": lead, "score": score, "baselines": means,
        "gain": float(np.nanmean(gain)), "gain_q05": low, "gain_q95": high, "p_value": p_value, "n": n,
    }  # fmt: skip


def _verdict(entry: dict[str, Any]) -> str:
    """In words. Where events or figures are few nothing is claimed."""
    if entry["events"] < FEW:
        return f"not demonstrable (n = {entry['events']})"
    if entry["gain_q05"] is None:
        return "too few origins for an interval"
    if entry["gain_q05"] > 0:
        return "the model adds"
    return "the model takes away" if entry["gain_q95"] < 0 else "not shown that the model adds"


def _compared(one: Scored, spans: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    """The raw model against the better of its rivals in nats a month, by period and lead.

    Where the origins do not fill two blocks the difference stands without an interval and nothing is concluded.
    """
    out: list[dict[str, Any]] = []
    if not one.target.rivals:
        return out
    rivals = list(one.target.rivals)
    for name, (begin, end) in spans.items():
        if end < begin:
            continue
        here = {"init": slice(begin, end)}
        model, base, outcome = one.model.sel(here), one.baselines.sel(here), one.outcome.sel(here)
        shared = {"id": one.target.id, "period": name, "margin": MARGIN}
        if end - begin + 1 >= SHORTEST:
            out += [
                shared
                | {
                    "lead": c.lead, "rival": c.rival, "difference": c.difference.mean, "q05": c.difference.low,
                    "q95": c.difference.high, "p_value": c.test.p_value, "n": c.difference.n, "verdict": c.verdict,
                }
                for c in against_best(model, base, outcome, rivals)
            ]  # fmt: skip
            continue
        score = benefit(beside(model, base.sel(forecaster=rivals)), outcome, "log_score").mean("init")
        for lead in score["lead"].values:
            means = {str(f): float(score.sel(forecaster=f, lead=lead)) for f in score["forecaster"].values}
            own = means.pop(MODEL)
            best = max(means, key=means.__getitem__)
            n = int(outcome.sel(lead=lead).notnull().sum())
            if n:
                found = {"lead": int(lead), "rival": best, "difference": own - means[best], "n": n}
                out.append(shared | found | {"q05": None, "q95": None, "p_value": None, "verdict": "too few to tell"})
    return out


def _years(one: Scored) -> list[dict[str, Any]]:
    """By year of the outcome, at each lead: mean forecast, the best baseline's, and what came, a month (counts)."""
    out: list[dict[str, Any]] = []
    if one.target.kind == "level":
        return out
    score = benefit(one.baselines, one.outcome, "log_score").mean("init")
    counts = np.arange(one.target.top + 1)
    for lead in one.target.leads:
        best = str(one.baselines["forecaster"].values[int(score.sel(lead=lead).values.argmax())])
        y = one.outcome.sel(lead=lead).values
        model = one.model.sel(lead=lead).values @ counts
        simple = one.baselines.sel(lead=lead, forecaster=best).transpose("init", "count").values @ counts
        year = (one.outcome["init"].values + lead) // 12
        for which in np.unique(year[~np.isnan(y)]):
            here = (year == which) & ~np.isnan(y)
            out.append(
                {
                    "id": one.target.id, "lead": int(lead), "year": int(which), "n": int(here.sum()),
                    "model": float(model[here].mean()), "baseline": best, "simple": float(simple[here].mean()),
                    "came": float(y[here].mean()),
                }
            )  # fmt: skip
    return out


__all__ = ["FEW", "STATUS", "document"]
