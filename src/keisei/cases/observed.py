"""What happened, in the shape of a run: one world, NaN where nobody looked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from keisei.cases.load import Case
from keisei.evidence import Evidence, Fact
from keisei.model.facts import weighs
from keisei.model.table import RecordInfo

if TYPE_CHECKING:
    import xarray as xr

_BY_INDEX = ("class", "pair")


def _matches(record: RecordInfo, fact: Fact) -> bool:
    """Whether a fact is one of what the record counts; a missing level means leaders."""
    if fact.site != record.name:
        return False
    if (
        fact.site.startswith("summit")
        and "level" not in dict(record.attributes)
        and fact.attributes.get("level", "leaders") != "leaders"
    ):
        return False
    for key, wanted in record.attributes:
        has = fact.index if key in _BY_INDEX else fact.attributes.get(key, "leaders" if key == "level" else None)
        if has != wanted:
            return False
    return True


def _covered(record: RecordInfo, evidence: Evidence, months: np.ndarray) -> np.ndarray:
    wanted = dict(record.attributes)
    index = next((wanted[k] for k in _BY_INDEX if k in wanted), "")
    if wanted.get("level", "leaders") != "leaders":
        return np.zeros(len(months), bool)
    out = np.zeros(len(months), bool)
    for span in evidence.coverage:
        if span.site == record.name and (not span.index or span.index == index):
            out |= (months >= span.first) & (months <= span.last)
    return out


def observations(case: Case, origin: int, covered_only: bool = False) -> xr.Dataset:
    """Observed counts and levels of every record, from the model's start to ``origin``.

    Events are counts in covered months (a fact outside coverage counts in its own month only); levels stand in the last
    month of the period they are for. Facts that weigh nothing (`model.facts`) are not counted.

    With ``covered_only`` facts outside coverage are not counted either, and variants that were never covered are
    left out:
    what a base rate may rest on, since an event that is known only because it happened has no rate.
    """
    import xarray as xr

    evidence = case.evidence.until(origin)
    months = np.arange(case.model.start, origin + 1)
    variables = {}
    for record in case.model.table.records:
        values = np.full(len(months), np.nan)
        if record.kind == "event":
            covered = _covered(record, evidence, months)
            if covered_only and not covered.any():
                continue
            values[covered] = 0.0
            for fact in evidence.facts:
                if not _matches(record, fact) or weighs(fact) or isinstance(fact.value, str):
                    continue
                at = fact.span.first_month - case.model.start
                if 0 <= at < len(values) and (covered[at] or not covered_only):
                    values[at] = (0.0 if np.isnan(values[at]) else values[at]) + fact.value
        else:
            for figure in evidence.measurements:
                at = figure.span.last_month - case.model.start
                if figure.series == record.name and not figure.index and 0 <= at < len(values):
                    values[at] = figure.value
        attrs = {
            "record": record.name, "unit": record.unit, "kind": record.kind,
            "attributes": json.dumps(dict(record.attributes)),
        }  # fmt: skip
        variables[record.variable] = (("month",), values, attrs)
    return xr.Dataset(variables, coords={"month": months})
