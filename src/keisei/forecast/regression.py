"""Two small penalised regressions, fast enough to be refitted at every origin and lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit, gammaln

Array = NDArray[np.float64]
_FLAT = 1e-9


@dataclass(frozen=True)
class Scaling:
    """Means and standard deviations of the columns of a training set; a column without spread is left out."""

    mean: Array
    sd: Array

    @classmethod
    def of(cls, x: Array) -> Scaling:
        """The scaling that gives each column of x [row, column] mean 0 and standard deviation 1."""
        sd = x.std(axis=0)
        return cls(x.mean(axis=0), np.where(sd > _FLAT, sd, np.inf))

    def design(self, x: Array) -> Array:
        """Scaled columns behind a column of ones."""
        scaled = (x - self.mean) / self.sd
        return np.concatenate([np.ones((*x.shape[:-1], 1)), scaled], axis=-1)


def fit_logit(design: Array, y: Array, offset: Array, ridge: float = 1.0, start: Array | None = None) -> Array:
    """Coefficients of a logit with a ridge, by Newton's method with halved steps (le Cessie & van
    Houwelingen 1992).

    Args:
        design: [row, column], first column ones, the others standardised; so the ridge is a Normal(0,
        1/ridge) prior. y: 0 or 1 [row].
        start: coefficients to start from.
    """
    penalty = np.full(design.shape[1], ridge)
    beta = np.zeros(design.shape[1]) if start is None else start.copy()

    def loss(b: Array) -> float:
        eta = design @ b + offset
        return float(np.sum(np.logaddexp(0.0, eta) - y * eta) + 0.5 * np.sum(penalty * b * b))

    now = loss(beta)
    for _ in range(50):
        p = expit(design @ beta + offset)
        gradient = design.T @ (p - y) + penalty * beta
        hessian = (design * (p * (1 - p))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        size = 1.0
        while (after := loss(beta - size * step)) > now and size > 1e-6:
            size /= 2
        beta, gained, now = beta - size * step, now - after, after
        if gained < 1e-9:
            break
    return beta


@dataclass(frozen=True)
class NegativeBinomial:
    """Coefficients of a log-linear mean and the size k: variance = μ + μ²/k."""

    beta: Array
    size: float


_LOG_SIZE = (np.log(0.05), np.log(50.0))


def negative_binomial_log_pmf(y: Array, mean: Array, size: float) -> Array:
    """Log probability of counts under a negative binomial of that mean and size (NB2; Cameron & Trivedi
    2013, §3.3)."""
    total = mean + size
    return (
        gammaln(y + size)
        - gammaln(size)
        - gammaln(y + 1.0)
        + size * (np.log(size) - np.log(total))
        + y * (np.log(mean) - np.log(total))
    )


def fit_negative_binomial(
    design: Array, y: Array, offset: Array, ridge: float = 1.0, start: NegativeBinomial | None = None
) -> NegativeBinomial:
    """Negative-binomial regression with a ridge: Fisher scoring for the mean, a line search for the size, in
    turns.

    Args:
        design: as for ``fit_logit``.
        y: counts [row].
        offset: as for ``fit_logit``, on the log of the mean.
    """
    penalty = np.full(design.shape[1], ridge)
    beta = np.zeros(design.shape[1])
    size = 1.0
    if start is not None:
        beta, size = start.beta.copy(), start.size

    def mean_of(b: Array) -> Array:
        return np.exp(np.clip(design @ b + offset, -12.0, 6.0))

    for _ in range(4):
        before, k = beta.copy(), size

        def loss(b: Array, k: float = k) -> float:
            mean = mean_of(b)
            fit = np.sum((y + k) * np.log(mean + k) - y * np.log(mean))
            return float(fit + 0.5 * np.sum(penalty * b * b))

        now = loss(beta)
        for _ in range(25):
            mean = mean_of(beta)
            gradient = design.T @ ((mean - y) / (1 + mean / k)) + penalty * beta
            hessian = (design * (mean / (1 + mean / k))[:, None]).T @ design + np.diag(penalty)
            step = np.linalg.solve(hessian, gradient)
            length = 1.0
            while (after := loss(beta - length * step)) > now and length > 1e-6:
                length /= 2
            beta, gained, now = beta - length * step, now - after, after
            if gained < 1e-8:
                break
        mean = mean_of(beta)
        # a weak prior, log k ~ Normal(0, 1.5), keeps the size finite where counts are not overdispersed
        found = minimize_scalar(
            lambda a, m=mean: -np.sum(negative_binomial_log_pmf(y, m, float(np.exp(a)))) + 0.5 * (a / 1.5) ** 2,
            bounds=_LOG_SIZE,
            method="bounded",
            options={"xatol": 1e-3},
        )
        size = float(np.exp(found.x))
        if np.max(np.abs(beta - before)) < 1e-3 and abs(np.log(size / k)) < 1e-2:
            break
    return NegativeBinomial(beta, size)


def negative_binomial_pmf(mean: float, size: float, top: int) -> Array:
    """Probabilities of 0…top, the last for ``top`` or more."""
    counts = np.arange(top + 1, dtype=float)
    mass = np.exp(negative_binomial_log_pmf(counts, np.full(top + 1, mean), size))
    mass[-1] = max(0.0, 1.0 - mass[:-1].sum())
    return mass / mass.sum()
