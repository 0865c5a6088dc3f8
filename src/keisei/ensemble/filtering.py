"""Assimilation: the nested particle filter.

Parameter draws × state particles. States are resampled within a draw; across draws only the accumulated marginal
likelihoods weigh (a filter with static parameters in the particles collapses). Within a draw it is the bootstrap filter
of Gordon, Salmond & Smith (1993) with systematic resampling, and a bridge over months that few particles foresaw
(`bridging`); the product of the monthly mean weights estimates the draw's likelihood, without bias but for the choice
of the bridge's powers (Del Moral 2004).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from keisei import months
from keisei.ensemble import backend, blocks
from keisei.ensemble.bridging import FLOOR, RESAMPLED, check_slots, keys_of
from keisei.ensemble.lines import Bridges, bridges_of
from keisei.ensemble.run import Members, check_span, chosen_records, merged, site_keys
from keisei.errors import InputError
from keisei.model.definition import Model
from keisei.model.rows import Layout, layout
from keisei.model.sites import Levels
from keisei.score import Row


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
        states: leaves of the final state, each [members].
        records: [records, months, members] float32 of the records kept (before resampling of that month).
        kept: positions of the kept records in the table.
        compiled: positions of the records that its executable gives.
        vintage: last month of the evidence that the draws were calibrated on; None for prior draws.
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

    @property
    def draw_weights(self) -> np.ndarray:
        """Normalised weights of the draws from their marginal likelihoods, [draws].

        Calibrated draws have taken in everything up to their ``vintage`` already: only later months weigh
        (see `weigh_draws`).
        """
        fresh = 0 if self.vintage is None else max(0, self.vintage - self.first + 1)
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
            if self.rows.kinds[self.first + t - self.rows.first, c] == 1
        ]
        if not here:
            return "", 0.0
        logp, target = min(here)
        return target, logp


def assimilate(
    model: Model,
    score: Iterable[Row],
    *,
    draws: np.ndarray,
    until: int,
    particles: int = 256,
    seed: int = 1,
    records: Iterable[str] | None = (),
    later: Iterable[str] | None = (),
    levels: Levels | None = None,
    vintage: int | None = None,
    floor: float = FLOOR,
    progress: blocks.Progress | None = None,
    checkpoint: Path | None = None,
    executor: blocks.Submitter | None = None,
) -> Analysis:
    """Filter the score from the model's start to ``until``.

    Args:
        draws: [draws, parameters] parameter draws; each gets its own particles.
        particles: states per draw; must divide 256 or be at least that.
        records: names of records to keep for charts of the past (default none, None for all).
        later: names of records that a `forecast` from here will keep (one executable for past and future).
        levels: clamps to compile beyond those the score needs (one executable for several origins).
        vintage: last month of the evidence that the draws were calibrated on, if they were.
        floor: share of the particles under which a month is bridged (0 never bridges).
        checkpoint: a folder in which the finished blocks are kept; a killed run resumes from it, bit for bit.

    Raises:
        InputError: particles do not fit blocks or the slots of noise, or a row does not fit the model.
    """
    backend.prepare()
    from keisei.ensemble import segment

    check_span(model, model.start, until)
    block = max(backend.block(segment.FILTERED, len(draws) * particles), particles)
    if particles < 2 or block % particles:
        raise InputError(f"{particles} particles do not fill blocks of {block}", mend="take a power of two")
    rows = layout(model.table, score, model.start, until)
    levels = merged(levels or Levels(), rows.levels)
    observed = len(levels.observable)
    keep = chosen_records(model, records)
    compiled = tuple(sorted({*keep, *chosen_records(model, later)}))
    groups = block // particles
    count = -(-len(draws) // groups)
    check_slots(count * block)
    padded = np.concatenate([draws, np.repeat(draws[-1:], count * groups - len(draws), axis=0)])
    everyone = Members(padded, np.repeat(np.arange(len(padded)), particles), np.arange(len(padded) * particles))
    spans = tuple(blocks.spans(model.start, until, segment.MONTHS))
    folder = None
    if checkpoint is not None:
        folder = checkpoint / blocks.content_key(
            blocks.code_version(), backend.describe(), segment.fingerprint(model, levels), draws, particles,
            rows.kinds, rows.values, sorted(levels.settable), sorted(levels.observable), keep, seed, until,
            floor,
        )  # fmt: skip
    work = _Work(model, everyone, rows, levels, keep, compiled, seed, particles, floor, block, spans, folder)
    parts = blocks.over_blocks(work, count, blocks.Steps(count * len(spans), progress), executor)
    if checkpoint is not None:
        blocks.trim(checkpoint)
    n = len(draws)
    size = n * particles
    loglik = np.concatenate([p["loglik"] for p in parts], axis=1)[:, :n].T.astype(np.float64)
    row_logp = np.concatenate([p["rows"] for p in parts], axis=1)[:, :n].astype(np.float64)
    return Analysis(
        model=model,
        seed=seed,
        particles=particles,
        rows=rows,
        levels=levels,
        draws=np.asarray(draws, float),
        first=model.start,
        last=until,
        loglik=loglik,
        ess=np.concatenate([p["ess"] for p in parts], axis=1)[:, :n].T.astype(np.float64),
        row_logp=_over_draws(row_logp, loglik, _first_fresh(model.start, vintage))
        if observed
        else row_logp.mean(axis=1),
        row_by_draw=row_logp.astype(np.float32),
        ancestors=np.concatenate([p["ancestors"] + b * block for b, p in enumerate(parts)], axis=1)[:, :size],
        bridges=_bridges(parts, n, particles),
        log_weight=np.concatenate([p["logw"] for p in parts])[:size].astype(np.float64),
        states=[np.concatenate([p[k] for p in parts])[:size] for k in sorted(parts[0]) if k.startswith("state")],
        records=np.concatenate([p["records"] for p in parts], axis=2)[:, :, :size],
        kept=keep,
        compiled=compiled,
        vintage=vintage,
    )


@dataclass(frozen=True)
class _Work:
    """What is done with a block of whole groups. All of it is data, so that it can be done in another process."""

    model: Model
    everyone: Members
    rows: Layout
    levels: Levels
    keep: tuple[int, ...]
    compiled: tuple[int, ...]
    seed: int
    particles: int
    floor: float
    size: int
    spans: tuple[tuple[int, int], ...]
    folder: Path | None

    def __call__(self, b: int, steps: blocks.Steps) -> blocks.Arrays:
        """What the filter leaves of block b, stored before it is returned."""
        stored = self.folder / f"filter-{b:05d}.npz" if self.folder is not None else None
        found = blocks.read_arrays(stored) if stored is not None else None
        if found is not None:
            steps.step(len(self.spans))
            return found
        backend.prepare()
        import jax

        from keisei.ensemble import segment

        rows, groups = self.rows, self.size // self.particles
        begin = segment.start(self.model, self.levels, False)
        go = segment.assimilate(self.model, self.levels, self.compiled, segment.MONTHS, self.particles)
        keys, filter_keys = site_keys(self.model, self.seed), keys_of(self.seed)
        floors = np.array([RESAMPLED, self.floor], np.float32)
        kept = [self.compiled.index(r) for r in self.keep]
        params, slots = self.everyone.block(b, self.size)
        ids = np.arange(b * groups, (b + 1) * groups, dtype=np.int32)
        state, logw = begin(slots, params, keys, rows.kinds[0], rows.values[0])
        logw, opening = _opening(np.asarray(logw).reshape(groups, self.particles))
        names = ("ancestors", "loglik", "ess", "rows", "bridged")
        pieces: dict[str, list[np.ndarray]] = {k: [] for k in ("records", *names, "parent", "slot")}
        for month, live in self.spans:
            at = month - rows.first
            state, logw, out, info = go(
                state, logw, params, slots, ids, np.int32(month), np.int32(live), keys, filter_keys, floors,
                blocks.padded(rows.kinds[at : at + live], segment.MONTHS),
                blocks.padded(rows.values[at : at + live], segment.MONTHS),
            )  # fmt: skip
            pieces["records"].append(np.asarray(out)[:live, kept].swapaxes(0, 1))
            for name in names:
                pieces[name].append(np.asarray(getattr(info, name))[:live])
            # the ways of bridged groups alone: other particles start where they stand, in their own slot
            for name in ("parent", "slot"):
                ways = np.asarray(getattr(info, name)).reshape(segment.MONTHS, groups, self.particles)[:live]
                pieces[name].append(ways[pieces["bridged"][-1]])
            steps.step()
        result = {k: np.concatenate(v, axis=1 if k == "records" else 0) for k, v in pieces.items()}
        result["loglik"][0] += opening
        result["logw"] = np.asarray(logw)
        result |= {f"state{i:03d}": np.asarray(x) for i, x in enumerate(jax.tree.leaves(state))}
        if stored is not None:
            blocks.write_arrays(stored, result)
        return result


def _bridges(parts: list[blocks.Arrays], draws: int, particles: int) -> Bridges:
    """Bridged months of all blocks, by month and draw; ``parent`` of a block counts its members."""
    bridged = np.concatenate([p["bridged"] for p in parts], axis=1)
    draw = np.nonzero(bridged)[1]
    block = draw // parts[0]["bridged"].shape[1]
    # a stable sort by block gives the order in which the blocks' rows follow one another
    order = np.argsort(np.argsort(block, kind="stable"), kind="stable")
    here = order[draw < draws]
    parent = np.concatenate([p["parent"] for p in parts])[here] % particles
    return bridges_of(bridged[:, :draws], parent, np.concatenate([p["slot"] for p in parts])[here])


def _opening(logw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What rows of the month before the first weigh: log weights [members] of mean one, and their log mean [groups]."""
    top = logw.max(axis=1)
    mean = top + np.log(np.exp(logw - top[:, None]).mean(axis=1))
    return (logw - mean[:, None]).reshape(-1).astype(np.float32), mean.astype(np.float32)


def _first_fresh(first: int, vintage: int | None) -> int:
    """The first month index whose evidence the draws have not taken in already."""
    return 0 if vintage is None else max(0, vintage - first + 1)


def _over_draws(row_logp: np.ndarray, loglik: np.ndarray, fresh: int) -> np.ndarray:
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
