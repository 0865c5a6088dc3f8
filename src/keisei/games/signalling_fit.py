"""Estimate the crisis-signalling game: pseudo-likelihood, nested pseudo-likelihood, full likelihood."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from keisei.errors import InputError
from keisei.games.estimate import Prediction, Recipe, used_rows
from keisei.games.expression import evaluate
from keisei.games.fit import Fit, covariance_of
from keisei.games.formula import Formula, parse_formula, used_values
from keisei.games.maximum import Likelihood, Optimum, check_columns, climb, diagnose, search
from keisei.games.signalling import (
    EQUATIONS,
    OUTCOMES,
    EquilibriumLaw,
    PseudoLaw,
    best_responses,
    compiled_gap,
    equilibrium_gap,
    outcome_logs,
)
from keisei.games.table import Table

# expectations are kept this far from 0 and 1 between rounds, so that no early guess can stop the search
EDGE = 1e-4
# rounds change nothing any more when expectations and coefficients move less than this
SETTLED = 1e-10


@lru_cache(maxsize=1)
def _compiled_responses() -> Any:
    """(η [row, 7], R, F) → Ψ_R, Ψ_F, and R − Ψ_R(Ψ_F(R))."""
    import jax

    def one(eta: Any, resist: Any, firm: Any) -> tuple[Any, Any, Any]:
        return (*best_responses(eta, resist, firm), equilibrium_gap(eta, resist))

    return jax.jit(jax.vmap(one))


@lru_cache(maxsize=1)
def _compiled_parts() -> Any:
    """Pieces of the covariance: per row score by η [7] and by (R, F) [2]; ∂Ψ/∂(R, F) [2, 2], ∂Ψ/∂η [2, 7]."""
    import jax
    import jax.numpy as jnp

    def value(eta: Any, both: Any, counts: Any) -> Any:
        return (counts * outcome_logs(eta, both[0], both[1])).sum()

    def response(eta: Any, both: Any) -> Any:
        return jnp.stack(best_responses(eta, both[0], both[1]))

    def one(eta: Any, both: Any, counts: Any) -> tuple[Any, Any, Any, Any]:
        by_eta, by_both = jax.grad(value, argnums=(0, 1))(eta, both, counts)
        from_eta, from_both = jax.jacfwd(response, argnums=(0, 1))(eta, both)
        return by_eta, by_both, from_both, from_eta

    return jax.jit(jax.vmap(one))


def _respond(eta: np.ndarray, resist: np.ndarray, firm: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    import jax

    with jax.enable_x64(True):
        found = _compiled_responses()(eta, resist, firm)
        return np.asarray(found[0]), np.asarray(found[1]), np.asarray(found[2])


def _first_stage(matrix: np.ndarray, success: np.ndarray, trials: np.ndarray, penalty: float) -> np.ndarray:
    """Shares by ridge logit on standardised covariates: the first guess at what players expect."""
    x = matrix - matrix.mean(axis=0)
    size = x.std(axis=0)
    x = np.hstack([np.ones((len(x), 1)), x[:, size > 0] / size[size > 0]])
    held = penalty * np.eye(x.shape[1])
    held[0, 0] = 1e-6
    theta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ theta, -30, 30)))
        curve = x.T @ ((trials * p * (1 - p) + 1e-9)[:, None] * x) + held
        move = np.linalg.solve(curve, x.T @ (success - trials * p) - held @ theta)
        theta = theta + np.clip(move, -2, 2)
        if np.abs(move).max() < 1e-10:
            break
    return np.clip(1 / (1 + np.exp(-x @ theta)), 0.02, 0.98)


def estimate_signalling(
    formula: str,
    data: Table,
    *,
    method: str = "npl",
    fixed: dict[str, float] | None = None,
    subset: str | None = None,
    cluster: str | None = None,
    starts: int = 0,
    seed: int = 0,
    rounds: int = 2000,
) -> Fit:
    """Fit the Lewis–Schultz game to counts of its outcomes.

    Args:
        formula: sq + cd + sf + bd ~ S_A | V_A | C_B | W̄_A | W̄_B | ā | V_B.
        data: one row a game, with the counts.
        method: "pl" (expectations from a first-stage ridge logit), "npl" (expectations renewed by best responses
            until they no longer change), "ml" (equilibrium solved for every row at every coefficient, following
            the equilibria that npl selects).
        fixed: payoffs fixed at other numbers than 0, by name; their formula part must be 0.
        subset: an expression that chooses rows.
        cluster: column whose groups make sandwich standard errors (pl and ml).
        starts: further random starts of the first pseudo-likelihood; with any, also a second, coarser first stage.
        seed: of the random starts.
        rounds: largest number of npl rounds.

    Raises:
        InputError: a formula, column or option that does not fit; lack of identification; separation.
    """
    if method not in ("pl", "npl", "ml"):
        raise InputError(f"the method '{method}' is not known", mend="use pl, npl or ml")
    parsed = parse_formula(formula)
    if len(parsed.sides) != 7 or len(parsed.responses) != 4:
        raise InputError(
            f"signalling needs 4 counts and 7 formula parts ({', '.join(EQUATIONS)}), the formula has "
            f"{len(parsed.responses)} and {len(parsed.sides)}"
        )
    fixed = fixed or {}
    for name in fixed:
        if name not in EQUATIONS:
            raise InputError(f"there is no payoff '{name}'", mend=f"use {', '.join(EQUATIONS)}")
        side = parsed.sides[EQUATIONS.index(name)]
        if side.intercept or side.terms:
            raise InputError(f"the payoff '{name}' is fixed but has a formula", mend="write 0 for its part")
    used, notices = used_rows(
        data,
        lambda t: [*used_values(Formula("", parsed.responses, parsed.sides), t), *([t[cluster]] if cluster else [])],
        subset,
    )
    counts = np.stack([np.broadcast_to(np.asarray(evaluate(r, used)), (used.rows,)) for r in parsed.responses], axis=1)
    if counts.dtype == object or (counts < 0).any() or not (counts.sum(axis=1) > 0).any():
        raise InputError("the counts of outcomes must be numbers that are not negative")
    counts = counts.astype(float)
    recipe = Recipe(EQUATIONS, parsed.sides, tuple(fixed.get(n, 0.0) for n in EQUATIONS))
    equations = recipe.equations(used)
    check_columns(equations)
    for player, group in (("A", (0, 1, 3, 5)), ("B", (2, 4, 6))):
        shared = set.intersection(*(set(equations[i].design.names) for i in group))
        if shared:
            raise InputError(
                f"the model is not identified: {', '.join(sorted(shared))} is in all of {player}'s payoffs",
                mend="leave it out of one of them",
            )
    columns = {
        n: c for e in equations for n, c in zip(e.design.names, e.design.matrix.T, strict=True) if n != "(Intercept)"
    }
    matrix = np.stack(list(columns.values()), axis=1) if columns else np.zeros((used.rows, 0))

    def likelihood_at(resist: np.ndarray, firm: np.ndarray) -> Likelihood:
        return Likelihood(PseudoLaw(), equations, {"counts": counts, "resist": resist, "firm": firm})

    half = np.full(used.rows, 0.5)
    warm = likelihood_at(half, half)
    warm.derivatives(np.zeros(warm.size))
    warm.value(np.zeros(warm.size))
    _respond(warm.eta(np.zeros(warm.size)), half, half)
    began = time.perf_counter()
    best: tuple[Any, ...] | None = None
    others = []
    tries = (3.0, 300.0) if starts and method != "pl" else (3.0,)
    for penalty in tries:
        resist = _first_stage(matrix, counts[:, 2] + counts[:, 3], counts[:, 1:].sum(axis=1), penalty)
        firm = _first_stage(matrix, counts[:, 2], counts[:, 2] + counts[:, 3], penalty)
        rng = np.random.default_rng(seed)
        begin = [("zero", np.zeros(warm.size))]
        begin += [(f"random {i + 1}", rng.normal(scale=0.05, size=warm.size)) for i in range(starts)]
        optimum = search(likelihood_at(resist, firm), begin)[0]
        change, count = np.inf, 0
        if method != "pl":
            optimum, resist, firm, change, count = _nested(optimum, likelihood_at, resist, firm, rounds)
        candidate = (optimum, resist, firm, change, count)
        if best is None or optimum.loglik > best[0].loglik + 1e-4:
            if best is not None:
                others.append(best[0].loglik)
            best = candidate
        elif optimum.loglik < best[0].loglik - 1e-4:
            others.append(optimum.loglik)
    assert best is not None
    optimum, resist, firm, change, count = best
    likelihood = likelihood_at(resist, firm)
    converged = optimum.converged and (method == "pl" or change < 1e-8)
    name = {"pl": "pseudo-likelihood", "npl": "nested pseudo-likelihood", "ml": "maximum likelihood"}[method]
    extra: dict[str, Any] = {"method": method}
    if method == "ml":
        likelihood = Likelihood(EquilibriumLaw(), equations, {"counts": counts, "resist": resist})
        likelihood.derivatives(optimum.theta)
        likelihood.value(optimum.theta)
        began = time.perf_counter()
        optimum = climb(likelihood, optimum.theta, "nested pseudo-likelihood")
        converged = optimum.converged
        resist = _follow(likelihood.eta(optimum.theta), resist)
    trouble = diagnose(likelihood, optimum)
    if trouble:
        raise InputError(trouble)
    clusters = used[cluster] if cluster else None
    if method == "npl":
        errors = "nested pseudo-likelihood"
        covariance = _npl_covariance(likelihood, optimum.theta, resist, firm, counts, False)
        other = _npl_covariance(likelihood, optimum.theta, resist, firm, counts, True)
        extra["se_transposed_jacobian"] = np.sqrt(np.diag(other)).tolist()
        notices += ["the sandwich by cluster is not defined for npl"] if cluster else []
    else:
        covariance, errors = covariance_of(optimum, likelihood, clusters)
        if method == "pl":
            errors += " with expectations taken as known"
    seconds = time.perf_counter() - began
    eta = likelihood.eta(optimum.theta)
    gap = float(np.abs(_respond(eta, resist, firm)[2]).max())
    extra["equilibrium_constraint"] = gap
    if method != "pl":
        extra["rounds"] = count
        converged = converged and gap < 1e-8
    floored = int((likelihood.probabilities(optimum.theta) < 1.5e-8).any(axis=1).sum())
    if floored:
        notices.append(f"{floored} rows have an outcome of probability below 1.5e-8")
    if not converged:
        notices.append(f"not converged: last change {change:.1e}, equilibrium constraint {gap:.1e}")
    if others:
        notices.append(f"other fixed points: pseudo-log-likelihood {', '.join(f'{x:.6f}' for x in others)}")
    return Fit(
        f"signalling ({name})",
        likelihood.terms,
        optimum.theta,
        covariance,
        optimum.loglik,
        used.rows,
        converged,
        seconds,
        errors,
        tuple(notices),
        tuple(others),
        fixed,
        likelihood,
        Prediction(likelihood.law, recipe, used, dict(likelihood.data), OUTCOMES),
        extra,
    )


def _nested(
    optimum: Optimum, likelihood_at: Any, resist: np.ndarray, firm: np.ndarray, rounds: int
) -> tuple[Optimum, np.ndarray, np.ndarray, float, int]:
    """Renew expectations by one best response and coefficients by one maximisation until nothing moves."""
    change, taken = np.inf, 0
    for _ in range(rounds):
        taken += 1
        likelihood = likelihood_at(resist, firm)
        new_resist, new_firm, _ = _respond(likelihood.eta(optimum.theta), resist, firm)
        new_resist, new_firm = np.clip(new_resist, EDGE, 1 - EDGE), np.clip(new_firm, EDGE, 1 - EDGE)
        step = climb(likelihood_at(new_resist, new_firm), optimum.theta, "round")
        change = max(
            float(np.abs(new_resist - resist).max()),
            float(np.abs(new_firm - firm).max()),
            float(np.abs(step.theta - optimum.theta).max()),
        )
        optimum, resist, firm = step, new_resist, new_firm
        if change < SETTLED:
            break
    return replace(optimum, start="first stage"), resist, firm, change, taken


def _follow(eta: np.ndarray, resist: np.ndarray, steps: int = 20) -> np.ndarray:
    """The equilibrium R of each row near a given one, by Newton steps."""
    import jax

    with jax.enable_x64(True):
        for _ in range(steps):
            gap, slope = (np.asarray(x) for x in compiled_gap()(eta, resist))
            resist = np.clip(resist - np.clip(gap / slope, -0.2, 0.2), 1e-9, 1 - 1e-12)
            if np.abs(gap).max() < 1e-14:
                break
    return resist


def _npl_covariance(
    likelihood: Likelihood,
    theta: np.ndarray,
    resist: np.ndarray,
    firm: np.ndarray,
    counts: np.ndarray,
    published: bool,
) -> np.ndarray:
    """Aguirregabiria & Mira (2007), proposition 2, with outer products of scores, as Crisman-Cox & Gibilisco do.

    The total derivative of the fixed point is (I − J)⁻¹ ∂Ψ/∂θ with the Jacobian J of the best responses. Their program
    transposes J (`published`); in our replications intervals made of that do not cover as they should.
    """
    import jax

    eta = likelihood.eta(theta)
    both = np.stack([resist, firm], axis=1)
    with jax.enable_x64(True):
        by_eta, by_both, from_both, from_eta = (np.asarray(x) for x in _compiled_parts()(eta, both, counts))

    def spread(part: np.ndarray) -> np.ndarray:
        """[row, …, 7] → [row, …, coefficient]."""
        return np.concatenate(
            [
                part[..., [k]] * (e.design.matrix if part.ndim == 2 else e.design.matrix[:, None, :])
                for k, e in enumerate(likelihood.equations)
            ],
            axis=-1,
        )

    scores, responses = spread(by_eta), spread(from_eta)
    outer = scores.T @ scores
    # a row's expectations touch that row alone, so the large inverse is one of 2 × 2 blocks
    jacobian = from_both.transpose(0, 2, 1) if published else from_both
    inverse = np.linalg.inv(np.eye(2) - jacobian)
    cross = scores[:, :, None] * by_both[:, None, :]
    top = np.linalg.pinv(outer + np.einsum("rkp,rpq,rql->kl", cross, inverse, responses))
    covariance: np.ndarray = top @ outer @ top.T
    return covariance
