"""The blend that a forecast returns: the model with simple forecasts, where hindcasts have shown that the model adds.

A question that asks about one month ahead for the records of a verified target, at one of its leads, is answered by the
blend of `keisei.forecast.blend` with the weights that stood at the last origin verified. It consists of what is at hand
when a forecast is made: the model and the simple forecasts. The gain quoted is that of this blend over the blend of all
others, the free-running model included (``blend_less_without`` of `cases.gains`), whose probability is known in
hindcasts only. Where that gain is not shown to be above zero, and for every other question, the model's own probability
is returned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from keisei import months
from keisei.cases.load import Case
from keisei.cases.targets import Target, history, load_targets
from keisei.errors import InputError
from keisei.forecast import expressions as ex
from keisei.forecast.baselines import MEMORY
from keisei.forecast.baselines import hindcast as baseline_hindcast
from keisei.forecast.probabilities import Probability
from keisei.forecast.verification import MODEL

if TYPE_CHECKING:
    import xarray as xr

FILE = "keisei-verify.json"


@dataclass(frozen=True)
class Weights:
    """What hindcasts showed of a target at one lead.

    Attributes:
        weights: by forecaster at the last origin verified, summing to one.
        gain, low, high: of this blend over the blend of all others, the free-running model included, nats a month, with
            the 90 % interval. origins: how many origins that rests on.
    """

    target: str
    lead: int
    weights: Mapping[str, float]
    gain: float
    low: float
    high: float
    origins: int


@dataclass(frozen=True)
class Verified:
    """The blends of a case that may be used: those whose gain's interval lies above zero.

    ``until``: last origin verified; at an earlier one the weights would know what came after it.
    """

    until: int
    targets: tuple[Target, ...]
    blends: tuple[Weights, ...]


@dataclass(frozen=True)
class Blended:
    """A blended probability and its parts.

    Attributes:
        probability: of the blend; its error and interval are the model's, times the model's weight.
        weights: what it rests on. parts: the probability by forecaster, the model's own included.
        best: the simple forecast with the largest weight.
    """

    probability: Probability
    weights: Weights
    parts: Mapping[str, float]

    @property
    def weight(self) -> float:
        """Of the model."""
        return self.weights.weights[MODEL]

    @property
    def best(self) -> str:
        return max((name for name in self.parts if name != MODEL), key=lambda name: self.weights.weights[name])


def read_verified(case: Case) -> Verified | None:
    """What the verification shipped with a case allows to blend; None without one.

    Raises:
        InputError: the file is no verification.
    """
    path = case.folder / FILE
    if not path.is_file() or not (case.folder / "targets.yaml").is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        until = months.parse(found["until"])
        blends = tuple(_weights(row) for row in found["blends"] if row["verdict"] == "the model adds")
    except (OSError, ValueError, KeyError, TypeError, InputError) as error:
        said = f"it is no verification ({type(error).__name__} at {error})"
        raise InputError(said, file=path, mend="write it with keisei verify --json") from None
    return Verified(until, load_targets(case), blends)


def _weights(row: Mapping[str, Any]) -> Weights:
    weights = {str(k): float(v) for k, v in row["weights"].items()}
    return Weights(
        str(row["id"]), int(row["lead"]), weights, float(row["gain"]), float(row["gain_q05"]), float(row["gain_q95"]),
        int(row["n"]),
    )  # fmt: skip


def blended(
    verified: Verified | None, tree: ex.Expression, observed: xr.Dataset, covered: xr.Dataset, origin: int,
    own: Probability,
) -> Blended | None:  # fmt: skip
    """The blend for an expression with calendar months, or None where none has been shown to add.

    Args:
        observed, covered: what happened up to the origin, and the part of it that counts as looked at.
        own: the model's own probability.
    """
    if verified is None or origin < verified.until or not isinstance(tree, ex.Occurs | ex.Tally):
        return None
    if tree.window.first != tree.window.last:
        return None
    lead = tree.window.first.value - origin
    try:
        asked = {v.key for v in ex.matching(tree.record, ex.variables(covered))}
    except InputError:  # a record that nobody covers
        return None
    for target in verified.targets:
        chosen = next((b for b in verified.blends if (b.target, b.lead) == (target.id, lead)), None)
        if chosen is None or target.given or set(target.records) != asked or not _asks(tree, target):
            continue
        whole, _ = history(observed, target)
        if whole.sizes["month"] < MEMORY:
            return None
        simple = baseline_hindcast(whole, [origin], [lead], top=target.top).sel(init=origin, lead=lead)
        parts = {str(f): _probability(simple.sel(forecaster=f).values, tree) for f in simple["forecaster"].values}
        parts[MODEL] = own.value
        if set(parts) != set(chosen.weights):
            continue
        weight = chosen.weights[MODEL]
        rest = sum(chosen.weights[name] * p for name, p in parts.items() if name != MODEL)
        mixed = replace(
            own, value=rest + weight * own.value, mc_error=weight * own.mc_error, low=rest + weight * own.low,
            high=rest + weight * own.high, note="",
            draw_spread=None if own.draw_spread is None else weight * own.draw_spread,
        )  # fmt: skip
        return Blended(mixed, chosen, parts)
    return None


def _asks(tree: ex.Occurs | ex.Tally, target: Target) -> bool:
    """Whether a target's distribution of counts answers the expression."""
    if target.kind == "event":
        return isinstance(tree, ex.Occurs)
    return target.kind == "count" and isinstance(tree, ex.Tally) and 0 < tree.number <= target.top


def _probability(mass: np.ndarray, tree: ex.Occurs | ex.Tally) -> float:
    """Of an expression, under a distribution of counts whose last entry stands for itself and more."""
    if isinstance(tree, ex.Occurs):
        return float(1.0 - mass[0])
    return float(mass[ex.satisfies(np.arange(len(mass)), tree.comparison, tree.number)].sum())
