"""Whether a target's probabilities mean what they say: coverage, reliability, rare events, failures by name."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from keisei import months
from keisei.errors import InputError
from keisei.forecast.reliability import count_coverage, rank_counts, rare_events, reliability
from keisei.forecast.scoring import benefit, brier_decomposition

if TYPE_CHECKING:
    from keisei.cases.verify import Scored

FEW = 20  # outcomes, or events, under which no skill is claimed
SHOWN_FAILURES = 8


def coverage(one: Scored) -> list[dict[str, Any]]:
    """Coverage of central 50 % and 90 % intervals by lead, with the exact binomial 95 % band."""
    out = []
    for lead in one.target.leads:
        for nominal in (0.5, 0.9):
            try:
                c = count_coverage(one.model.sel(lead=lead).values, one.outcome.sel(lead=lead).values, nominal)
            except InputError:
                continue  # nothing came true at this lead
            out.append(
                {
                    "id": one.target.id, "lead": int(lead), "nominal": nominal, "observed": c.observed, "n": c.n,
                    "band_low": c.band_low, "band_high": c.band_high, "passes": bool(c.passes),
                }
            )  # fmt: skip
    return out


def ranks(one: Scored) -> list[dict[str, Any]]:
    """The rank histogram of counts and levels by lead, where there are enough outcomes to see one."""
    if one.target.kind == "event":
        return []
    out = []
    for lead in one.target.leads:
        if int(one.outcome.sel(lead=lead).notnull().sum()) >= FEW:
            found = rank_counts(one.model.sel(lead=lead).values, one.outcome.sel(lead=lead).values)
            out.append({"id": one.target.id, "lead": int(lead), **asdict(found)})
    return out


def rare(one: Scored) -> list[dict[str, Any]]:
    """The Poisson rule and the dearest months at the shortest lead, for events that are few."""
    if one.target.kind != "event":
        return []
    lead = one.target.leads[0]
    y = one.outcome.sel(lead=lead).values
    if not 0 <= np.nansum(y) < FEW or np.isnan(y).all():
        return []
    known = ~np.isnan(y)
    simple = one.baselines.sel(lead=lead, count=1).transpose("forecaster", "init").values
    found = rare_events(one.model.sel(lead=lead, count=1).values, y, simple)
    month = one.outcome["init"].values[known] + lead
    far = int(found.relative.argmin())
    return [
        {
            "id": one.target.id, "lead": int(lead), "observed": found.observed, "expected": found.expected,
            "low": found.low, "high": found.high, "worst": found.worst,
            "worst_month": months.show(int(month[found.where])), "worst_relative": float(found.relative[far]),
            "worst_relative_month": months.show(int(month[far])), "sum_in_interval": bool(found.passes),
            "no_month_under_minus_two": not len(found.failing),
            "months_under_minus_two": [months.show(int(m)) for m in month[found.failing]],
            "no_month_under_minus_two_relative": not len(found.failing_relative),
            "months_under_minus_two_relative": [months.show(int(m)) for m in month[found.failing_relative]],
            "words": found.words,
        }
    ]  # fmt: skip


def curves(one: Scored) -> list[dict[str, Any]]:
    """Reliability of "at least one" at leads with enough events, with counts and consistency bars."""
    out: list[dict[str, Any]] = []
    if one.target.kind != "event" or float(one.outcome.sel(lead=one.target.leads[0]).sum()) < FEW:
        return out
    for lead in one.target.leads:
        bins = reliability(one.model.sel(lead=lead, count=1).values, one.outcome.sel(lead=lead).values)
        parts = brier_decomposition(one.model.sel(lead=lead, count=1).values, one.outcome.sel(lead=lead).values)
        out.append({"id": one.target.id, "lead": int(lead), "brier": asdict(parts), "bins": [asdict(b) for b in bins]})
    return out


def failures(one: Scored) -> list[dict[str, Any]]:
    """The months that the model liked least at its shortest lead, by log score, with what came and what it said."""
    lead = one.target.leads[0]
    score = benefit(one.model, one.outcome, "log_score").sel(lead=lead).values
    origins = one.outcome["init"].values
    out = []
    for i in np.argsort(np.where(np.isnan(score), np.inf, score))[:SHOWN_FAILURES]:
        if np.isnan(score[i]) or score[i] > -2.0 or one.target.kind == "level":
            break
        mass = one.model.isel(init=i).sel(lead=lead).values
        out.append(
            {
                "id": one.target.id, "month": months.show(int(origins[i]) + lead), "lead": int(lead),
                "outcome": float(one.outcome.isel(init=i).sel(lead=lead)), "log_score": float(score[i]),
                "said": float(1.0 - mass[0]) if one.target.kind == "event" else float(mass @ np.arange(len(mass))),
            }
        )  # fmt: skip
    return out
