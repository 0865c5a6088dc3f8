"""What assimilation leaves behind: particles, likelihoods, ways, and how the parameter draws weigh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from keisei import months
from keisei.ensemble.bridging import FLOOR
from keisei.ensemble.lines import Bridges
from keisei.model.definition import Model
from keisei.model.rows import Layout
from keisei.model.sites import WEIGHED, Levels


def tempering(loglik: np.ndarray, most: float, wanted: float) -> float:
    """The largest power in [0, most] at which weights likelihood^power keep the wanted effective sample (bisection)."""

    def ess(power: float) -> float:
        w = np.exp(power * (loglik - np.max(loglik)))
        return float(w.sum() ** 2 / (w**2).sum())

    if ess(most) >= wanted:
        return most
    low, high = 0.0, most
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if ess(middle) >= wanted else (low, middle)
    return low


def weigh_draws(loglik: np.ndarray, calibrated: bool) -> np.ndarray:
    """Normalised weights of draws from their log-likelihoods [draws].

    Calibrated draws weigh tempered, so that half of them stay effective until the next vintage re-estimates them; draws
    from the prior weigh with all of their likelihood.
    """
    power = tempering(loglik, 1.0, 0.5 * len(loglik)) if calibrated else 1.0
    w = np.exp(power * (loglik - loglik.max()))
    return w / w.sum()


@dataclass(frozen=True)
class Fork:
    """The particles on the way, from which the filter can go on with another score (`ensemble.branch`).

    Attributes:
        month: the first month that was not yet worked on.
        log_weight, states: of all particles and of those that fill the last block, each [members].
    """

    month: int
    log_weight: np.ndarray
    states: list[np.ndarray]


@dataclass(frozen=True)
class Analysis:
    """What assimilation leaves behind.

    Attributes:
        model, seed, particles: how it was made.
        rows: the score, dense, from the month before ``first`` on.
        levels: clamps that were compiled.
        draws: [draws, parameters].
        first, last: months assimilated.
        loglik: [draws, months] log-likelihood of each month.
        ess: [draws, months] effective sample before resampling and before bridging, in particles.
        row_logp: [months, observed columns] log predictive probability of each row, over draws by their weight so far.
        row_by_draw: [months, draws, observed columns] the same within each draw.
        ancestors: [months, members] int32 position (in all members) that each descends from: the one that was worked
            on in the month. That one had been at the same position before the month, but where the month was bridged.
        bridges: where particles of bridged months came from, and the noise they lived the month with.
        log_weight: [members] within-draw log weights after the last month.
        states: leaves of what members carry after the last month (`segment.structure`), each [members].
        records: [records, months, members] float32 of the records kept (before resampling of that month).
        kept: positions of the kept records in the table.
        compiled: positions of the records that its executable gives.
        vintage: last month of the evidence that the draws were calibrated on; None for prior draws.
        floor: share of the particles under which months were bridged.
        fork: the particles before a segment on the way, where they were kept.
    """

    model: Model
    seed: int
    particles: int
    rows: Layout
    levels: Levels
    draws: np.ndarray
    first: int
    last: int
    loglik: np.ndarray
    ess: np.ndarray
    row_logp: np.ndarray
    row_by_draw: np.ndarray
    ancestors: np.ndarray
    bridges: Bridges
    log_weight: np.ndarray
    states: list[np.ndarray]
    records: np.ndarray
    kept: tuple[int, ...]
    compiled: tuple[int, ...]
    vintage: int | None = None
    floor: float = FLOOR
    fork: Fork | None = None

    def carried(self, levels: Levels) -> list[np.ndarray]:
        """``states`` for programs with other clamps: spans that are not compiled here are not under way."""
        own, wanted = sorted(self.levels.spanned), sorted(levels.spanned)
        bare = len(self.states) - len(own)
        held = dict(zip(own, self.states[bare:], strict=True))
        none = np.zeros(len(self.log_weight), np.float32)
        return [*self.states[:bare], *(held.get(c, none) for c in wanted)]

    @property
    def draw_weights(self) -> np.ndarray:
        """Normalised weights of the draws from their marginal likelihoods, [draws].

        Calibrated draws have taken in everything up to their ``vintage`` already: only later months weigh
        (see `weigh_draws`).
        """
        fresh = first_fresh(self.first, self.vintage)
        return weigh_draws(self.loglik[:, fresh:].sum(axis=1), self.vintage is not None)

    @property
    def effective_draws(self) -> float:
        """1 / Σ w² over draws."""
        return float(1.0 / (self.draw_weights**2).sum())

    @property
    def log_evidence(self) -> float:
        """Log of the mean likelihood over draws: the model's marginal likelihood if the draws come from the prior."""
        total = self.loglik.sum(axis=1)
        return float(total.max() + np.log(np.mean(np.exp(total - total.max()))))

    @property
    def month_ess(self) -> np.ndarray:
        """Effective sample by month as a share of the particles, averaged over draws by their weight: [months]."""
        return (self.draw_weights[:, None] * self.ess).sum(axis=0) / self.particles

    @property
    def month_bridged(self) -> np.ndarray:
        """Share of the draws, by their weight, in which the month was bridged: [months]."""
        return (self.draw_weights * (self.bridges.row >= 0)).sum(axis=1)

    def costliest(self, t: int) -> tuple[str, float]:
        """The row of month index ``t`` with the lowest log predictive probability: (target, log probability)."""
        columns = sorted(self.levels.observable)
        here = [
            (float(self.row_logp[t, i]), self.model.table.sites[c].target)
            for i, c in enumerate(columns)
            if self.rows.kinds[self.first + t - self.rows.first, c] in WEIGHED
        ]
        if not here:
            return "", 0.0
        logp, target = min(here)
        return target, logp


def first_fresh(first: int, vintage: int | None) -> int:
    """The first month index whose evidence the draws have not taken in already."""
    return 0 if vintage is None else max(0, vintage - first + 1)


def over_draws(row_logp: np.ndarray, loglik: np.ndarray, fresh: int) -> np.ndarray:
    """[months, draws, columns] → [months, columns], weighing draws by their likelihood from ``fresh`` to each month."""
    loglik = np.where(np.arange(loglik.shape[1]) < fresh, 0.0, loglik)
    before = np.cumsum(loglik, axis=1) - loglik
    w = np.exp(before - before.max(axis=0, keepdims=True)).T
    w /= w.sum(axis=1, keepdims=True)
    top = row_logp.max(axis=1, keepdims=True)
    return (top + np.log((w[:, :, None] * np.exp(row_logp - top)).sum(axis=1, keepdims=True)))[:, 0, :]


def summary(analysis: Analysis) -> list[dict[str, Any]]:
    """A row a month: effective sample, log-likelihood, the row that cost most and the model's surprise at it.

    ``ess`` is the share of the particles that the month's rows leave effective without a bridge, ``bridged`` the share
    of the draws in which the month was bridged; both weigh draws by their likelihood.
    """
    weights, ess, bridged = analysis.draw_weights, analysis.month_ess, analysis.month_bridged
    out = []
    for t in range(analysis.last - analysis.first + 1):
        target, logp = analysis.costliest(t)
        out.append(
            {
                "month": months.show(analysis.first + t),
                "ess": float(ess[t]),
                "bridged": float(bridged[t]),
                "loglik": float((weights * analysis.loglik[:, t]).sum()),
                "row": target,
                "row_logp": logp,
            }
        )
    return out
