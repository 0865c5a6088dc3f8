"""The rule by which an experiment speaks for or against a claim.

An experiment gives an effect for each parameter draw. The claim holds in a draw where ±(effect − reference) exceeds the
smallest interesting size. P(claim) is the share of draws in which it holds, once over the prior and once over the draws
that have taken in the evidence. ``supports`` and ``contradicts`` need odds that the evidence has moved by a factor of
three or more, by more than the finite number of draws explains (the 90 % interval of the factor excludes one), and a
mean effect beyond the smallest interesting size on that side; a claim that was above 0.9 before any evidence and has
not moved is ``assumed``: the model was built so. Where no draw, before or after the evidence, has an effect of
interesting size on either side, nothing in the model leads from the one to the other: it ``cannot answer``.

What the interval does not hold is the noise of the calibration itself, which shifts all of its draws alike: a verdict
that another vintage's draws do not repeat is no finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

Verdict = Literal["supports", "contradicts", "undecided", "assumed", "cannot answer"]
FACTOR = 3.0
ASSUMED = 0.9
ENOUGH = 8.0  # effective draws below which no verdict is made
# a switch's share among calibrated draws is worth so many draws, however many there are: the shares of one switch in
# the vintages 2023-12, 2024-12 and 2025-09, whose evidence is nearly the same, were 0.12, 0.49 and 0.19, and dates of
# protection that a vintage cannot know yet have had shares of 0.64 for 0.5 (sd 0.1 to 0.2): refits of the calibration
# drift. That is fewer than `ENOUGH`, so that no verdict rests on such shares
SWITCH_DRAWS = 5.0

IDLE = "in no draw, before or after the evidence, is the effect large enough to matter, either way"


@dataclass(frozen=True)
class Effects:
    """Effects of parameter draws.

    Attributes:
        mean: [draws] effect, the mean over the members of a draw; NaN where a draw says nothing.
        error: [draws] variance of that mean, from the spread of its members.
        weight: [draws], not negative.
    """

    mean: np.ndarray
    error: np.ndarray
    weight: np.ndarray

    def usable(self) -> Effects:
        """Those of draws that say something, with weights of sum 1."""
        use = np.isfinite(self.mean) & (self.weight > 0)
        w = self.weight[use]
        return Effects(self.mean[use], self.error[use], w / w.sum() if len(w) else w)

    @property
    def effective(self) -> float:
        """1 / Σ w², the effective number of draws."""
        return float(1.0 / np.sum(self.weight**2)) if len(self.weight) else 0.0


def settled(effects: Effects) -> Effects:
    """Effects whose spread is that of the parameters, without the noise of a draw's few members.

    Each is drawn towards the mean by √(1 − noise/total), so that the spread left is total − noise (law of total
    variance; a constrained empirical Bayes estimate, Louis 1984, J. Am. Stat. Assoc. 79:393). Effects that are exact
    within a draw stay as they are.
    """
    e = effects.usable()
    if len(e.mean) < 2 or not e.error.any():
        return e
    middle = float(e.weight @ e.mean)
    total = float(e.weight @ (e.mean - middle) ** 2) / max(1.0 - float(np.sum(e.weight**2)), 1e-9)
    noise = float(e.weight @ e.error)
    keep = np.sqrt(max(0.0, 1.0 - noise / total)) if total > 0 else 1.0
    return Effects(middle + keep * (e.mean - middle), e.error, e.weight)


def share(holds: np.ndarray, weight: np.ndarray, most: float = np.inf) -> float:
    """Share of draws in which something holds, never 0 or 1: (k + ½)/(n + 1) with n effective draws (Jeffreys).

    ``most``: what n is at most.
    """
    if not len(weight):
        return 0.5
    n = min(1.0 / float(np.sum(weight**2)), most)
    return (n * float(weight @ holds) + 0.5) / (n + 1.0)


def quantile(x: np.ndarray, weight: np.ndarray, q: float) -> float:
    """Weighted quantile: the least value at which the weights up to it reach q; NaN of nothing."""
    if not len(x):
        return float("nan")
    order = np.argsort(x, kind="stable")
    at = int(np.searchsorted(np.cumsum(weight[order]), q - 1e-12))
    return float(x[order][min(at, len(x) - 1)])


@dataclass(frozen=True)
class Judgement:
    """What an experiment says of a claim.

    Attributes:
        estimate, q05, q95: mean and 90 % interval of the effect over the posterior draws.
        prior_estimate, prior_q05, prior_q95: the same over the prior.
        p_prior, p_posterior: P(claim).
        factor, factor_q05, factor_q95: posterior odds over prior odds, with the 90 % interval that the finite number
            of draws leaves (normal in the log odds).
        n_prior, n_posterior: effective draws.
        verdict, why: by the rule, and which part of it decided.
    """

    estimate: float
    q05: float
    q95: float
    prior_estimate: float
    prior_q05: float
    prior_q95: float
    p_prior: float
    p_posterior: float
    factor: float
    factor_q05: float
    factor_q95: float
    n_prior: float
    n_posterior: float
    verdict: Verdict
    why: str


def judge(
    prior: Effects,
    posterior: Effects,
    *,
    sign: float,
    reference: float,
    smallest: float,
    enough: float = ENOUGH,
    most: float = np.inf,
) -> Judgement:
    """Apply the rule.

    Args:
        sign: +1 where the claim is that the effect lies above the reference, −1 below.
        smallest: the smallest effect of interest, in the effect's unit.
        most: how many draws the calibrated ones are worth at most.
    """
    before, after = settled(prior), settled(posterior)

    def p_of(e: Effects, most: float) -> float:
        return share(sign * (e.mean - reference) > smallest, e.weight, most)

    p0, p1 = p_of(before, np.inf), p_of(after, most)
    log_factor = np.log(p1 / (1 - p1)) - np.log(p0 / (1 - p0))
    n0, n1 = before.effective, min(after.effective, most)
    error = np.sqrt(1 / ((n0 + 1) * p0 * (1 - p0)) + 1 / ((n1 + 1) * p1 * (1 - p1)))
    mean = float(after.weight @ after.mean) if len(after.mean) else float("nan")
    beyond = sign * (mean - reference)
    factor = float(np.exp(log_factor))
    sure = abs(log_factor) > 1.645 * error
    idle = not any((np.abs(e.mean - reference) > smallest).any() for e in (before, after))
    verdict, why = _verdict(p0, factor, bool(sure), beyond, smallest, min(n0, n1), enough, idle)
    return Judgement(
        mean, quantile(after.mean, after.weight, 0.05), quantile(after.mean, after.weight, 0.95),
        float(before.weight @ before.mean) if len(before.mean) else float("nan"),
        quantile(before.mean, before.weight, 0.05), quantile(before.mean, before.weight, 0.95),
        p0, p1, factor, float(np.exp(log_factor - 1.645 * error)), float(np.exp(log_factor + 1.645 * error)),
        n0, n1, verdict, why,
    )  # fmt: skip


def _verdict(
    p0: float, factor: float, sure: bool, beyond: float, smallest: float, n: float, enough: float, idle: bool
) -> tuple[Verdict, str]:
    if n < enough:
        return "undecided", f"only {n:.1f} effective draws, too few to tell"
    if idle:
        return "cannot answer", IDLE
    if not sure and not 1.0 / FACTOR < factor < FACTOR:
        return "undecided", f"the odds moved by {factor:.2g}, which so few draws can do by chance"
    if factor >= FACTOR:
        if beyond > smallest:
            return "supports", f"the evidence moved the odds by {factor:.1f}, and the effect is of interesting size"
        return "undecided", f"the odds moved by {factor:.1f}, but the mean effect is smaller than is of interest"
    if factor <= 1.0 / FACTOR:
        if beyond < -smallest:
            return (
                "contradicts",
                f"the evidence moved the odds by 1/{1 / factor:.1f}, and the effect goes the other way",
            )
        return "undecided", f"the odds fell by 1/{1 / factor:.1f}, but the mean effect does not go the other way"
    if p0 > ASSUMED:
        return "assumed", "it was all but certain before any evidence, and the evidence has not moved it"
    if p0 < 1.0 - ASSUMED:
        return "undecided", "it was all but ruled out before any evidence, and the evidence has not moved it"
    return "undecided", "the evidence has not moved the odds by a factor of three"
