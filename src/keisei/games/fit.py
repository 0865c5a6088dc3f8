"""What an estimation returns: coefficients with standard errors, and the summary table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.special import ndtr

from keisei.games.maximum import Likelihood, Optimum


@dataclass(frozen=True)
class Fit:
    """An estimated model.

    Args:
        model: its name.
        terms: coefficient names in the order of the formula.
        estimate: coefficients.
        covariance: of the coefficients.
        loglik: log-likelihood at the optimum (for pseudo-likelihoods, the pseudo-log-likelihood).
        n: rows used.
        converged: gradient vanishes, Hessian negative definite.
        seconds: time the estimation took after compilation.
        errors: how the standard errors were made.
        notices: what the user should know: dropped rows, outcome order, other optima.
        others: log-likelihoods of other optima found from other starts.
        fixed: payoffs that were fixed.
        likelihood: the log-likelihood function, for predictions.
        design: what rebuilds the linear predictors on other data.
        extra: further numbers of a model, e.g. the equilibrium constraint.
    """

    model: str
    terms: tuple[str, ...]
    estimate: np.ndarray
    covariance: np.ndarray
    loglik: float
    n: int
    converged: bool
    seconds: float
    errors: str = "observed information"
    notices: tuple[str, ...] = ()
    others: tuple[float, ...] = ()
    fixed: dict[str, float] = field(default_factory=dict)
    likelihood: Likelihood | None = None
    design: Any = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def k(self) -> int:
        """Number of estimated coefficients."""
        return len(self.terms)

    @property
    def se(self) -> np.ndarray:
        """Standard errors."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0.0))

    @property
    def aic(self) -> float:
        """Akaike's criterion, 2k − 2 log L."""
        return 2 * self.k - 2 * self.loglik

    @property
    def bic(self) -> float:
        """Schwarz's criterion, k log n − 2 log L."""
        return self.k * float(np.log(self.n)) - 2 * self.loglik

    def as_dict(self) -> dict[str, Any]:
        """The JSON shape of `keisei game estimate`."""
        return {
            "model": self.model,
            "n": self.n,
            "k": self.k,
            "loglik": self.loglik,
            "aic": self.aic,
            "bic": self.bic,
            "converged": self.converged,
            "seconds": self.seconds,
            "errors": self.errors,
            "coefficients": [
                {"term": t, "estimate": float(b), "se": float(s)}
                for t, b, s in zip(self.terms, self.estimate, self.se, strict=True)
            ],
            "fixed": self.fixed,
            "other_optima": list(self.others),
            "notices": list(self.notices),
            **self.extra,
        }

    def summary(self) -> str:
        """The table that papers print."""
        width = max([4, *(len(t) for t in self.terms)])
        lines = [
            f"{self.model}: {self.n} observations, {self.k} coefficients",
            f"{'term':<{width}}  {'estimate':>10} {'std. error':>10} {'z':>8} {'p':>7}",
        ]
        for t, b, s in zip(self.terms, self.estimate, self.se, strict=True):
            z = b / s if s > 0 else np.nan
            lines.append(f"{t:<{width}}  {b:>10.4f} {s:>10.4f} {z:>8.2f} {2 * ndtr(-abs(z)):>7.4f}")
        lines += [f"{name:<{width}}  {value:>10.4f}  (fixed)" for name, value in self.fixed.items()]
        lines.append(f"log-likelihood {self.loglik:.6f}, AIC {self.aic:.2f}, BIC {self.bic:.2f}")
        lines.append(f"standard errors from the {self.errors}" + ("" if self.converged else "; NOT CONVERGED"))
        return "\n".join(lines) + "\n"


def covariance_of(
    optimum: Optimum, likelihood: Likelihood, clusters: np.ndarray | None = None
) -> tuple[np.ndarray, str]:
    """Inverse observed information, or the sandwich with scores summed by cluster (factor G/(G−1))."""
    bread = np.linalg.pinv(-optimum.hessian, hermitian=True) if likelihood.size else np.zeros((0, 0))
    if clusters is None:
        return bread, "observed information"
    _, group = np.unique(clusters.astype(str), return_inverse=True)
    count = int(group.max()) + 1
    sums = np.zeros((count, likelihood.size))
    np.add.at(sums, group, likelihood.weights[:, None] * optimum.scores)
    return bread @ (sums.T @ sums) @ bread * count / (count - 1), f"sandwich over {count} clusters"
