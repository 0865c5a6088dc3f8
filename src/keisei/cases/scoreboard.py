"""From hindcasts to one document; `cases.gains` has what the model adds, `cases.checks` whether it can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from keisei import months
from keisei.cases.checks import coverage, curves, failures, ranks, rare
from keisei.cases.gains import SHORTEST, blends_of, issued_blends
from keisei.cases.gains import entries as entries_of
from keisei.cases.load import Case
from keisei.cases.poor_months import month_share, poor_months
from keisei.cases.targets import load_apart
from keisei.forecast.scoring import benefit
from keisei.forecast.verification import MARGIN, MODEL, against_best, beside

if TYPE_CHECKING:
    from keisei.cases.verify import Scored, Settings, Window

STATUS = "pseudo-out-of-sample"


def document(
    case: Case, scored: Sequence[Scored], made: Sequence[Window], first: int, last: int, settings: Settings
) -> dict[str, Any]:
    """The verification of a case as one JSON document.

    ``targets`` has one entry a target, metric and lead over all origins; ``periods`` the same for the origins on which
    choices were made, for those after, and for those whose parameters have seen what the priors' authors knew. Scores
    are log scores in nats (more is better), Brier scores of "at least one", or CRPS in the target's unit (less is
    better). ``blend`` is the score of the blend that a forecast returns, ``blend_all`` that of everyone,
    ``blend_without`` that of everyone but the model. ``gain`` (the second less the third) and all ``differences``, each
    with mean, q05, q95 and p_value, are positive where the first named is better, whatever the metric: ``blend_less_…``
    are of the blend returned. ``best`` is the best of ``baselines`` in that period, with hindsight.
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
    compared: list[dict[str, Any]] = []
    issued: list[dict[str, Any]] = []
    for one in scored:
        blends = blends_of(one)
        mine = entries_of(one, blends, spans)
        for name, found in mine.items():
            entries[name] += found
        issued += issued_blends(one, blends, mine["all"])
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
        "blends": issued,
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
    first = int(h.origins[0]) - h.start
    ess = month_share(h)
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
        "poor_months": poor_months(h),
    }


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


__all__ = ["STATUS", "document"]
