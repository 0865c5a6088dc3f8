"""Maximum likelihood of row laws: Newton's method on exact second derivatives, and what the optimum tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from keisei.errors import InputError, KeiseiError
from keisei.games.formula import Design
from keisei.games.likelihood import RowLaw


@lru_cache(maxsize=64)
def compiled(law: RowLaw) -> Any:
    """(η [row, equation], data) → log-likelihood [row], gradient [row, equation], Hessian [row, eq, eq]."""
    import jax

    if getattr(law, "differences", False):
        first = jax.jit(jax.vmap(jax.value_and_grad(law.log_likelihood)))

        def by_differences(eta: np.ndarray, rows: Mapping[str, Any]) -> tuple[Any, Any, Any]:
            value, gradient = first(eta, rows)
            curve = []
            for k in range(law.equations):
                step = np.zeros(law.equations)
                step[k] = 1e-5
                curve.append((np.asarray(first(eta + step, rows)[1]) - np.asarray(first(eta - step, rows)[1])) / 2e-5)
            stacked = np.stack(curve, axis=1)
            return value, gradient, (stacked + stacked.transpose(0, 2, 1)) / 2

        return by_differences

    def one(eta: Any, row: Mapping[str, Any]) -> tuple[Any, Any, Any]:
        value, gradient = jax.value_and_grad(law.log_likelihood)(eta, row)
        return value, gradient, jax.hessian(law.log_likelihood)(eta, row)

    return jax.jit(jax.vmap(one))


@lru_cache(maxsize=64)
def compiled_value(law: RowLaw) -> Any:
    """(η, data) → log-likelihood [row]."""
    import jax

    return jax.jit(jax.vmap(law.log_likelihood))


@lru_cache(maxsize=64)
def compiled_probabilities(law: RowLaw) -> Any:
    """(η, data) → predictions [row, quantity] and their derivatives [row, quantity, equation]."""
    import jax

    def one(eta: Any, row: Mapping[str, Any]) -> tuple[Any, Any]:
        return law.probabilities(eta, row), jax.jacfwd(law.probabilities)(eta, row)

    return jax.jit(jax.vmap(one))


@dataclass(frozen=True)
class Equation:
    """A linear predictor.

    Args:
        name: e.g. u1(war).
        design: its columns; none when it is fixed.
        offset: what is added to it, a number or [row].
    """

    name: str
    design: Design
    offset: Any = 0.0

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of its coefficients."""
        if self.name.startswith("log(") and self.design.names == ("(Intercept)",):
            return (self.name,)
        return tuple(f"{self.name}:{n}" for n in self.design.names)


class Likelihood:
    """The log-likelihood of coefficients, with gradient and Hessian.

    Args:
        law: the row law.
        equations: its linear predictors in order.
        data: arrays whose first axis is the row.
        weights: [row] or None.
    """

    def __init__(
        self,
        law: RowLaw,
        equations: Sequence[Equation],
        data: Mapping[str, np.ndarray],
        weights: np.ndarray | None = None,
    ) -> None:
        if len(equations) != law.equations:
            raise InputError(f"the model has {law.equations} equations, {len(equations)} were given")
        self.law, self.equations, self.data = law, tuple(equations), dict(data)
        self.rows = len(next(iter(self.data.values())))
        self.weights = np.ones(self.rows) if weights is None else weights
        self.terms = tuple(t for e in equations for t in e.terms)
        sizes = [len(e.design.names) for e in equations]
        ends = np.cumsum(sizes)
        self.places = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        self.size = int(ends[-1]) if len(ends) else 0

    def eta(self, theta: np.ndarray) -> np.ndarray:
        """Linear predictors [row, equation]."""
        return np.stack(
            [
                e.design.matrix @ theta[p] + np.broadcast_to(e.offset, (self.rows,))
                for e, p in zip(self.equations, self.places, strict=True)
            ],
            axis=1,
        )

    def value(self, theta: np.ndarray) -> float:
        """The log-likelihood."""
        import jax

        with jax.enable_x64(True):
            rows = np.asarray(compiled_value(self.law)(self.eta(theta), self.data))
        total = float(self.weights @ rows)
        return total if np.isfinite(total) else -np.inf

    def probabilities(self, theta: np.ndarray) -> np.ndarray:
        """What is predicted [row, quantity]."""
        import jax

        with jax.enable_x64(True):
            return np.asarray(compiled_probabilities(self.law)(self.eta(theta), self.data)[0])

    def blind_direction(self) -> np.ndarray | None:
        """A direction of the coefficients that moves no probability at an arbitrary point, or None."""
        import jax

        theta = np.random.default_rng(0).normal(scale=0.1, size=self.size)
        with jax.enable_x64(True):
            shares, slopes = (np.asarray(x) for x in compiled_probabilities(self.law)(self.eta(theta), self.data))
        # Fisher's expected information
        parts = np.concatenate(
            [e.design.matrix[:, None, :] * slopes[:, :, [k]] for k, e in enumerate(self.equations)], axis=2
        )
        parts = parts / np.sqrt(np.maximum(shares, 1e-12))[:, :, None]
        information = np.einsum("roi,roj->ij", parts, parts)
        scale = np.sqrt(np.maximum(np.diag(information), 1e-300))
        roots, axes = np.linalg.eigh(information / np.outer(scale, scale))
        if roots[0] > 1e-10:
            return None
        direction: np.ndarray = axes[:, 0] / scale
        return direction / np.linalg.norm(direction)

    def derivatives(self, theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
        """Value, scores [row, coefficient] (unweighted), gradient and Hessian."""
        import jax

        with jax.enable_x64(True):
            value, slope, curve = (np.asarray(x) for x in compiled(self.law)(self.eta(theta), self.data))
        scores = np.concatenate([e.design.matrix * slope[:, [k]] for k, e in enumerate(self.equations)], axis=1)
        hessian = np.zeros((self.size, self.size))
        for i, (a, p) in enumerate(zip(self.equations, self.places, strict=True)):
            for j, (b, q) in enumerate(zip(self.equations, self.places, strict=True)):
                if j >= i and p.start < p.stop and q.start < q.stop:
                    block = a.design.matrix.T @ ((self.weights * curve[:, i, j])[:, None] * b.design.matrix)
                    hessian[p, q] = block
                    hessian[q, p] = block.T
        return float(self.weights @ value), scores, self.weights @ scores, hessian


@dataclass(frozen=True)
class Optimum:
    """Where a search ended.

    Args:
        start: name of the start.
        theta: coefficients.
        loglik: log-likelihood there.
        gradient: largest |gradient| relative to 1 + |log-likelihood|.
        hessian: second derivatives.
        scores: [row, coefficient], unweighted.
        converged: gradient vanishes and the Hessian is negative definite.
        iterations: Newton steps.
    """

    start: str
    theta: np.ndarray
    loglik: float
    gradient: float
    hessian: np.ndarray
    scores: np.ndarray
    converged: bool
    iterations: int


def _near(theta: np.ndarray, optimum: Optimum) -> bool:
    """Whether Newton's method will surely end at a proper optimum from here: within a tenth of a standard error."""
    gap = theta - optimum.theta
    return optimum.converged and float(gap @ -optimum.hessian @ gap) < 1e-2


def climb(
    likelihood: Likelihood, theta: np.ndarray, start: str, steps: int = 200, known: Sequence[Optimum] = ()
) -> Optimum:
    """Damped Newton ascent; where the Hessian is not negative definite it is shifted until it is."""
    value, scores, gradient, hessian = likelihood.derivatives(theta)
    if not np.isfinite(value) or not np.all(np.isfinite(hessian)):
        return Optimum(start, theta, -np.inf, np.inf, hessian, scores, False, 0)
    taken = 0
    for _ in range(steps):
        scale = np.sqrt(np.maximum(np.abs(np.diag(hessian)), 1e-12))
        matrix = -hessian / np.outer(scale, scale)
        roots, axes = np.linalg.eigh(matrix)
        bent = np.maximum(np.abs(roots), 1e-9)
        move = axes @ ((axes.T @ (gradient / scale)) / bent) / scale
        gain = float(gradient @ move)
        if gain < 1e-13 * (1 + abs(value)) and roots[0] > -1e-9:
            break
        if any(_near(theta + move, o) for o in known):
            # the rest of the way is known: another search has been there
            return min(known, key=lambda o: float(np.abs(theta + move - o.theta).max()))
        length = min(1.0, 10.0 / max(float(np.abs(move).max()), 1e-300))
        # a whole step mostly succeeds, and then its derivatives are needed anyhow
        ahead = likelihood.derivatives(theta + length * move)
        if not (np.isfinite(ahead[0]) and ahead[0] >= value + 1e-4 * length * gain - 1e-11):
            while length > 1e-10:
                length *= 0.5
                if likelihood.value(theta + length * move) >= value + 1e-4 * length * gain:
                    break
            if length <= 1e-10:
                break
            ahead = likelihood.derivatives(theta + length * move)
        if not ahead[0] > value and gain < 1e-7:
            break
        theta = theta + length * move
        taken += 1
        value, scores, gradient, hessian = ahead
    scale = np.sqrt(np.maximum(np.abs(np.diag(hessian)), 1e-300))
    roots = np.linalg.eigvalsh(-hessian / np.outer(scale, scale))
    size = float(np.abs(gradient).max() / (1 + abs(value))) if len(gradient) else 0.0
    # every information must be there: a coefficient whose curvature is gone relative to the data is at infinity
    return Optimum(start, theta, value, size, hessian, scores, bool(size < 1e-6 and roots[0] > 1e-9), taken)


def check_columns(equations: Sequence[Equation]) -> None:
    """Refuse an equation whose columns depend on each other.

    Raises:
        InputError: naming the columns.
    """
    for e in equations:
        matrix = e.design.matrix
        if matrix.shape[1] == 0:
            continue
        size = np.linalg.norm(matrix, axis=0)
        for name, s in zip(e.design.names, size, strict=True):
            if s == 0:
                raise InputError(f"in {e.name} the covariate '{name}' is 0 in every row", mend="leave it out")
        _, values, axes = np.linalg.svd(matrix / size, full_matrices=False)
        if values[-1] < 1e-9 * values[0] or matrix.shape[1] > matrix.shape[0]:
            names = [n for n, v in zip(e.design.names, axes[-1], strict=True) if abs(v) > 1e-6]
            raise InputError(
                f"in {e.name} the covariates {', '.join(names)} are collinear", mend="leave one of them out"
            )


def diagnose(likelihood: Likelihood, optimum: Optimum) -> str | None:
    """Why the coefficients cannot be told from the data, or None: lack of identification, or separation."""
    hessian = optimum.hessian
    scale = np.sqrt(np.maximum(np.abs(np.diag(hessian)), 1e-300))
    # information per unit of the covariate: none is left where every choice it bears on is certain
    size = np.concatenate(
        [(likelihood.weights[:, None] * e.design.matrix**2).sum(axis=0) for e in likelihood.equations]
    )
    vanished = np.diag(-hessian) < 1e-6 * size
    roots, axes = np.linalg.eigh(-hessian / np.outer(scale, scale))
    if roots[0] > 1e-8 and not vanished.any():
        return None
    direction = axes[:, 0] / scale if roots[0] <= 1e-8 else vanished.astype(float)
    direction = direction / np.linalg.norm(direction)
    names = [t for t, v in zip(likelihood.terms, direction, strict=True) if abs(v) > 0.05]
    blind = likelihood.blind_direction()
    if blind is not None:
        names = [t for t, v in zip(likelihood.terms, blind, strict=True) if abs(v) > 0.05]
        return (
            f"the model is not identified: {', '.join(names)} can move together without changing any probability; "
            "leave one of them out of one equation, or fix one"
        )
    return (
        f"perfect separation: {', '.join(names)} grow without bound because a covariate tells some choice exactly; "
        "leave it out or join categories"
    )


def search(likelihood: Likelihood, starts: Sequence[tuple[str, np.ndarray]]) -> list[Optimum]:
    """Climb from each start; the best proper optimum first, then the other distinct ones.

    Raises:
        KeiseiError: when no start has a finite log-likelihood.
    """
    found: list[Optimum] = []
    for name, theta in starts:
        one = climb(likelihood, theta, name, known=found)
        same = any(abs(one.loglik - o.loglik) < 1e-5 and one.converged == o.converged for o in found)
        if np.isfinite(one.loglik) and not same:
            found.append(one)
    if not found:
        raise KeiseiError("the log-likelihood is not finite at any start; check the covariates' scale")
    return sorted(found, key=lambda o: (not o.converged, -o.loglik))
