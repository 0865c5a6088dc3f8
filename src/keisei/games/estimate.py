"""Estimate a game from data: formula and table in, `Fit` out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from keisei.errors import InputError
from keisei.games.classical import classical_models
from keisei.games.expression import evaluate, parse_expression
from keisei.games.fit import Fit, covariance_of
from keisei.games.formula import (
    Design,
    Formula,
    Side,
    complete_rows,
    design,
    parse_formula,
    used_values,
)
from keisei.games.likelihood import Cell, GameLaw, RowLaw
from keisei.games.maximum import Equation, Likelihood, check_columns, diagnose, search
from keisei.games.response_variable import outcome_rows
from keisei.games.starts import backward_induction
from keisei.games.table import Table


@dataclass(frozen=True)
class Recipe:
    """How linear predictors are made of a table, so that predictions can be made of another.

    Args:
        names: of the equations.
        sides: their right-hand sides, None for a fixed one.
        offsets: what is added to each.
        levels: of the factors, as in the fitted data.
    """

    names: tuple[str, ...]
    sides: tuple[Side | None, ...]
    offsets: tuple[float, ...]
    levels: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def equations(self, table: Table) -> tuple[Equation, ...]:
        """The equations on the rows of a table."""
        empty = Design((), np.zeros((table.rows, 0)))
        return tuple(
            Equation(n, empty if s is None else design(s, table, self.levels), o)
            for n, s, o in zip(self.names, self.sides, self.offsets, strict=True)
        )


def used_rows(table: Table, values: Callable[[Table], list[np.ndarray]], subset: str | None) -> tuple[Table, list[str]]:
    """The rows that the subset chooses and that miss nothing, with notices of what was dropped.

    Raises:
        InputError: when no row is left.
    """
    notices = []
    if subset:
        chosen = np.broadcast_to(np.asarray(evaluate(parse_expression(subset), table), dtype=float), (table.rows,))
        table = table.keep(np.nan_to_num(chosen) != 0)
        notices.append(f"the subset '{subset}' has {table.rows} rows")
    keep = complete_rows(values(table), table.rows)
    if not keep.all():
        notices.append(f"{int((~keep).sum())} rows with a missing value were dropped")
    if not keep.any():
        raise InputError("no row without missing values is left", file=table.source)
    return table.keep(keep), notices


def _column(table: Table, name: str | None) -> list[np.ndarray]:
    return [table[name]] if name else []


def estimate(
    model: str,
    formula: str,
    data: Table,
    *,
    link: str = "probit",
    errors: str = "agent",
    scale: str | None = None,
    fixed: Sequence[float | None] | None = None,
    subset: str | None = None,
    weights: str | None = None,
    cluster: str | None = None,
    outcomes: Sequence[str] | None = None,
    starts: int = 2,
    seed: int = 0,
) -> Fit:
    """Fit egame12, egame122 or egame123 by maximum likelihood.

    Args:
        model: one of `classical_models()`.
        formula: responses ~ one right-hand side for each payoff, 0 for a payoff normalised to 0.
        data: the table.
        link: probit or logit.
        errors: agent or private.
        scale: formula of log σ, e.g. "~ balanc - 1"; two parts and more: one for each player.
        fixed: for each payoff a number it is fixed at, or None; then the scale is estimated.
        subset: an expression that chooses rows.
        weights: column of row weights.
        cluster: column whose groups make the sandwich standard errors.
        outcomes: order of a text response's values, left to right in the tree.
        starts: further random starts beside backward induction and zero.
        seed: of the random starts.

    Raises:
        InputError: a formula, column or option that does not fit; collinear covariates; lack of identification;
            perfect separation.
        KeiseiError: no finite log-likelihood at any start.
    """
    if model not in classical_models():
        raise InputError(f"there is no model '{model}'", mend=f"use one of {', '.join(classical_models())}")
    kind = classical_models()[model]
    parsed = parse_formula(formula)
    count = len(kind.payoffs)
    values: list[float | None] = [None] * count if fixed is None else list(fixed)
    if len(values) != count:
        raise InputError(f"{model} has {count} payoffs, {len(values)} fixed values were given")
    sides: list[Side | None] = list(parsed.sides)
    if fixed is not None and all(v is not None for v in values):
        sides = [None] * count
        parsed = Formula(parsed.text, parsed.responses, ())
    if len(sides) != count:
        raise InputError(f"{model} needs {count} formula parts, '{formula}' has {len(sides)}")
    sides = [None if v is not None else s for s, v in zip(sides, values, strict=True)]
    scale_sides: tuple[Side, ...] = ()
    if scale is not None:
        scale_sides = parse_formula(scale if "~" in scale else f"~ {scale}").sides
    elif fixed is not None and any(v is not None for v in values):
        scale_sides = parse_formula("~ 1").sides
    players = len(kind.game.players)
    if len(scale_sides) not in (0, 1, players):
        raise InputError(f"the scale formula has {len(scale_sides)} parts; give 1, or {players} for one a player")
    whole = Formula(parsed.text, parsed.responses, (*parsed.sides, *scale_sides))
    used, notices = used_rows(
        data, lambda t: [*used_values(whole, t), *_column(t, weights), *_column(t, cluster)], subset
    )
    index, labels, notice = outcome_rows(parsed, used, kind.moves, outcomes)
    if notice:
        notices.append(notice)
    law = GameLaw(
        kind.game,
        tuple(Cell(t, p, e) for e, (p, t) in enumerate(kind.payoffs)),
        tuple((t,) for t in range(len(kind.game.terminals))),
        count,
        link,
        errors,
        {0: "none", 1: "common"}.get(len(scale_sides), "player"),
    )
    symbol = "lambda" if link == "logit" else "sigma"
    scale_names = (
        [f"log({symbol})"] if len(scale_sides) == 1 else [f"log({symbol}{p + 1})" for p in range(len(scale_sides))]
    )
    names = [f"u{p + 1}({labels[t]})" for p, t in kind.payoffs]
    recipe = Recipe(
        (*names, *scale_names),
        (*sides, *scale_sides),
        (*(float(v or 0.0) for v in values), *(0.0 for _ in scale_sides)),
    )
    return fit_law(
        law,
        recipe,
        used,
        {"outcome": index},
        model=f"{model} ({link}, {errors} errors)",
        outcome_names=labels,
        weights=weights,
        cluster=cluster,
        starts=starts,
        seed=seed,
        notices=notices,
        fixed={n: v for n, v in zip(names, values, strict=True) if v is not None},
        first=lambda likelihood: backward_induction(law, likelihood),
    )


def fit_law(
    law: RowLaw,
    recipe: Recipe,
    used: Table,
    rows: Mapping[str, np.ndarray],
    *,
    model: str,
    outcome_names: Sequence[str],
    weights: str | None = None,
    cluster: str | None = None,
    starts: int = 2,
    seed: int = 0,
    notices: Sequence[str] = (),
    fixed: Mapping[str, float] | None = None,
    first: Callable[[Likelihood], np.ndarray] | None = None,
) -> Fit:
    """Fit any row law: check, start, climb, diagnose, report. Arguments as in `estimate`."""
    equations = recipe.equations(used)
    check_columns(equations)
    weight = used[weights] if weights else None
    if weight is not None and (weight.dtype == object or not (weight >= 0).all()):
        raise InputError(f"the weights '{weights}' must be numbers that are not negative")
    likelihood = Likelihood(law, equations, rows, weight)
    if likelihood.size == 0:
        raise InputError("nothing is left to estimate: every payoff is fixed")
    # compile before the clock starts: the code depends on the model and the number of rows, not on the data
    zero = np.zeros(likelihood.size)
    likelihood.derivatives(zero)
    likelihood.value(zero)
    began = time.perf_counter()
    rng = np.random.default_rng(seed)
    tries: list[tuple[str, np.ndarray]] = [("backward induction", first(likelihood))] if first else []
    tries.append(("zero", zero))
    tries += [(f"random {i + 1}", rng.normal(scale=0.3, size=likelihood.size)) for i in range(starts)]
    found = search(likelihood, tries)
    best = found[0]
    trouble = diagnose(likelihood, best)
    if trouble:
        raise InputError(trouble)
    covariance, errors = covariance_of(best, likelihood, used[cluster] if cluster else None)
    seconds = time.perf_counter() - began
    others = tuple(o.loglik for o in found[1:] if o.converged)
    notes = list(notices)
    if others:
        notes.append(f"other optima: log-likelihood {', '.join(f'{x:.6f}' for x in others)}")
    if not best.converged:
        notes.append(f"not converged: relative gradient {best.gradient:.1e} after {best.iterations} steps")
    return Fit(
        model,
        likelihood.terms,
        best.theta,
        covariance,
        best.loglik,
        likelihood.rows,
        best.converged,
        seconds,
        errors,
        tuple(notes),
        others,
        dict(fixed or {}),
        likelihood,
        Prediction(law, recipe, used, dict(rows), tuple(outcome_names)),
    )


@dataclass(frozen=True)
class Prediction:
    """What predictions need beside the coefficients.

    Args:
        law: the row law.
        recipe: how linear predictors are made.
        table: the rows used.
        rows: the law's other data by row.
        names: of what is predicted.
    """

    law: Any
    recipe: Recipe
    table: Table
    rows: dict[str, np.ndarray]
    names: tuple[str, ...]
