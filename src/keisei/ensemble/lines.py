"""Lines: equally weighted members of an analysis with the way each one came, and how few their ways become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from keisei.ensemble.analysis import Analysis


@dataclass(frozen=True)
class Bridges:
    """Where particles of bridged months came from (`ensemble.bridging`); kept for those months and draws alone.

    Attributes:
        row: [months, draws] int32, the row of the tables below; −1 where the month was not bridged.
        parent: [rows, particles] int32, the particle of the draw after the month before that each started from.
        slot: [rows, particles] uint32, the noise slot each lived the month with.
    """

    row: np.ndarray
    parent: np.ndarray
    slot: np.ndarray

    def __len__(self) -> int:
        return len(self.parent)

    def back(self, t: int, worked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where members of month index ``t`` came from.

        Args:
            worked: [any] positions (of all members) worked on in the month.

        Returns:
            (positions after the month before, noise slots of the month); both are ``worked`` where nothing was bridged.
        """
        if not len(self):
            return worked, worked.astype(np.uint32)
        particles = self.parent.shape[1]
        draw, within = worked // particles, worked % particles
        row = self.row[t, draw]
        there = row >= 0
        parent = np.where(there, draw * particles + self.parent[row, within], worked)
        return parent, np.where(there, self.slot[row, within], worked.astype(np.uint32))

    def until(self, span: int) -> Bridges:
        """Those of the first ``span`` months."""
        rows = int((self.row[:span] >= 0).sum())
        return Bridges(self.row[:span], self.parent[:rows], self.slot[:rows])

    def then(self, later: Bridges) -> Bridges:
        """These, and those of the months that follow."""
        row = np.where(later.row >= 0, later.row + len(self), later.row).astype(np.int32)
        return Bridges(
            np.concatenate([self.row, row]),
            np.concatenate([self.parent, later.parent]),
            np.concatenate([self.slot, later.slot]),
        )


def bridges_of(bridged: np.ndarray, parent: np.ndarray, slot: np.ndarray) -> Bridges:
    """The table of bridged months.

    Args:
        bridged: [months, draws] bool.
        parent, slot: [rows, particles] of the months and draws that were, month by month.
    """
    row = np.full(bridged.shape, -1, np.int32)
    row[bridged] = np.arange(int(bridged.sum()), dtype=np.int32)
    return Bridges(row, parent, slot)


@dataclass(frozen=True)
class Lines:
    """Equally weighted members drawn from an analysis, with the way each one came.

    Attributes:
        draw: [lines] parameter draw of each.
        position: [lines] member of the analysis it stands on after the last month.
        worked: [months, lines] member of the analysis that it was when each month was worked on (`Analysis.records`).
        slots: [months + 1, lines] uint32, its noise slot in the month before the first and in each month.
    """

    draw: np.ndarray
    position: np.ndarray
    worked: np.ndarray
    slots: np.ndarray


def select_lines(analysis: Analysis, n: int, seed: int = 1) -> Lines:
    """n lines by systematic resampling over draws (marginal likelihood) and particles (their weights), traced back.

    Lines are ordered by draw; the same draw may come more than once, with other particles as far as there are any.
    """
    p = analysis.particles
    within = analysis.log_weight.reshape(-1, p)
    within = np.exp(within - within.max(axis=1, keepdims=True))
    within /= within.sum(axis=1, keepdims=True)
    weights = (analysis.draw_weights[:, None] * within).reshape(-1)
    # one uniform for all lines: the strata do not depend on n's blocks
    u = np.random.default_rng([seed, 7]).random()
    edges = np.cumsum(weights)
    edges /= edges[-1]
    position = np.minimum(np.searchsorted(edges, (np.arange(n) + u) / n), len(weights) - 1)
    worked, slots = traced(analysis, position)
    return Lines(position // p, position, worked, slots)


def traced(analysis: Analysis, position: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ways back of members that stand at ``position`` [n] after the last month.

    Returns:
        (worked [months, n], slots [months + 1, n]) as in `Lines`.
    """
    span = len(analysis.ancestors)
    worked = np.empty((span, len(position)), np.int64)
    slots = np.empty((span + 1, len(position)), np.uint32)
    at = position
    for t in range(span - 1, -1, -1):
        worked[t] = analysis.ancestors[t, at]
        at, slots[t + 1] = analysis.bridges.back(t, worked[t])
    slots[0] = at
    return worked, slots


def distinct_ancestors(lines: Lines) -> np.ndarray:
    """How many different particles the lines were in each month: [months].

    The further back, the fewer: what the lines say of those months rests on these few (path degeneracy; Jacob, Murray
    & Rubenthaler 2015).
    """
    ordered = np.sort(lines.worked, axis=1)
    return 1 + (np.diff(ordered, axis=1) != 0).sum(axis=1)
