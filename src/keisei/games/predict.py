"""Predicted probabilities and marginal effects, with intervals by the delta method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from keisei.errors import InputError
from keisei.games.estimate import Prediction
from keisei.games.fit import Fit
from keisei.games.maximum import Likelihood
from keisei.games.table import Table


@dataclass(frozen=True)
class Predicted:
    """Average predictions, or their change.

    Args:
        label: what they are of.
        names: the outcomes.
        estimate: one number an outcome.
        se: standard errors by the delta method.
        level: of the intervals.
    """

    label: str
    names: tuple[str, ...]
    estimate: np.ndarray
    se: np.ndarray
    level: float = 0.9

    @property
    def low(self) -> np.ndarray:
        """Lower ends of the intervals."""
        found: np.ndarray = self.estimate + ndtri((1 - self.level) / 2) * self.se
        return found

    @property
    def high(self) -> np.ndarray:
        """Upper ends of the intervals."""
        found: np.ndarray = self.estimate - ndtri((1 - self.level) / 2) * self.se
        return found

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "of": self.label,
            "level": self.level,
            "outcomes": [
                {"outcome": n, "estimate": float(e), "se": float(s), "low": float(a), "high": float(b)}
                for n, e, s, a, b in zip(self.names, self.estimate, self.se, self.low, self.high, strict=True)
            ],
        }

    def summary(self) -> str:
        """As lines of text."""
        rows = [
            f"  {n}: {e:+.4f}  [{a:+.4f}, {b:+.4f}]"
            for n, e, a, b in zip(self.names, self.estimate, self.low, self.high, strict=True)
        ]
        return "\n".join([f"{self.label} ({self.level:.0%} intervals)", *rows]) + "\n"


def _means(fit: Fit, table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Average predictions [outcome] on the rows of a table, and their derivatives [outcome, coefficient]."""
    import jax

    from keisei.games.maximum import compiled_probabilities

    plan = _plan(fit)
    rows = plan.rows
    if table.rows != plan.table.rows:
        # only η and what equilibrium selection needs count for predictions; the first row's data fill the rest
        rows = {k: np.broadcast_to(v[:1], (table.rows, *v.shape[1:])) for k, v in rows.items()}
    likelihood = Likelihood(plan.law, plan.recipe.equations(table), rows)
    with jax.enable_x64(True):
        shares, slopes = (
            np.asarray(x) for x in compiled_probabilities(plan.law)(likelihood.eta(fit.estimate), likelihood.data)
        )
    parts = [
        np.einsum("rq,rk->qk", slopes[:, :, k], e.design.matrix) / table.rows
        for k, e in enumerate(likelihood.equations)
    ]
    return shares.mean(axis=0), np.concatenate(parts, axis=1)


def _plan(fit: Fit) -> Prediction:
    if not isinstance(fit.design, Prediction):
        raise InputError("this fit cannot predict")
    if fit.extra.get("method") == "npl":
        raise InputError(
            "predictions of a nested pseudo-likelihood fit would hold expectations fixed", mend="fit by method ml"
        )
    return fit.design


def predicted_probabilities(
    fit: Fit, change: dict[str, Any] | None = None, table: Table | None = None, level: float = 0.9
) -> Predicted:
    """Average predicted probability of each outcome.

    Args:
        fit: the fit.
        change: covariates set to one value (or a column) in every row.
        table: rows to predict; by default those of the fit.
        level: of the intervals.

    Raises:
        InputError: an unknown column or level.
    """
    plan = _plan(fit)
    at = table or plan.table
    for name in change or {}:
        at[name]
    mean, slope = _means(fit, at.with_columns(change or {}))
    label = ", ".join(f"{k} = {v}" for k, v in (change or {}).items()) or "predicted"
    return Predicted(label, plan.names, mean, _delta(fit, slope), level)


def _delta(fit: Fit, slope: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.sqrt(np.maximum(np.einsum("qi,ij,qj->q", slope, fit.covariance, slope), 0))
    return found


def marginal_effects(fit: Fit, covariate: str, level: float = 0.9) -> Predicted:
    """Average marginal effect of a covariate on each outcome's probability.

    Numbers: the average derivative, by central differences that move the covariate everywhere it enters (also inside
    functions and interactions); a 0–1 dummy: from 0 to 1; text: from its first level to its last.

    Raises:
        InputError: an unknown column.
    """
    plan = _plan(fit)
    column = plan.table[covariate]
    step = 1.0
    low: Any
    high: Any
    if column.dtype == object:
        levels = [v for n, v in plan.recipe.levels.items() if n == covariate]
        if not levels:
            raise InputError(f"no equation uses '{covariate}'")
        low, high = levels[0][0], levels[0][-1]
        label = f"change of {covariate} from {low} to {high}"
    elif np.isin(column, (0.0, 1.0)).all():
        low, high, label = 0.0, 1.0, f"change of {covariate} from 0 to 1"
    else:
        step = 1e-4 * float(column.std() or 1.0)
        high = column + step / 2
        label = f"marginal effect of {covariate}"
        # one-sided where a function such as a root ends at 0
        low = column - step / 2 if column.min() - step / 2 > 0 or column.min() < 0 else column
        step = float((high - low).mean())
    up, slope_up = _means(fit, plan.table.with_columns({covariate: high}))
    down, slope_down = _means(fit, plan.table.with_columns({covariate: low}))
    return Predicted(label, plan.names, (up - down) / step, _delta(fit, (slope_up - slope_down) / step), level)
