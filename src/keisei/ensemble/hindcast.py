"""Hindcasts: one filter pass through many origins, and a free run from each of them.

For every block of parameter draws the filter goes from the model's start to the last origin. At each origin the states
are taken as they stand, some particles of each draw are chosen by their weights (systematic resampling), and run on
freely, without a row. Draws weigh by their marginal likelihood after their vintage (`Analysis.draw_weights`); every
draw keeps the same number of members, so the weights stay outside the run and a block is a task of its own: pure,
named by the hash of its content, stored before it is acknowledged.

What an origin knows: rows up to it. That the rows of a later date, cut at the origin, are those known then is a
property of the evidence (facts reported late break it); `late_rows` lists what breaks it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from keisei.ensemble import backend, blocks
from keisei.ensemble.analysis import first_fresh, over_draws, weigh_draws
from keisei.ensemble.run import check_span, chosen_records, merged, site_keys
from keisei.errors import InputError
from keisei.model.definition import Model
from keisei.model.rows import Layout, layout
from keisei.model.sites import WEIGHED, Levels
from keisei.score import Row

_FUTURE = 2**30  # slots of free runs, apart from those of the filter
_ORIGIN = 2**20  # and of each origin, so that two origins do not share noise


@dataclass(frozen=True)
class Hindcast:
    """Free runs from every origin of one vintage.

    Attributes:
        origins: months [origins]; all up to them was known. leads: months ahead.
        draws: [draws, parameters]. vintage: last month of the evidence behind them; None for the prior.
        draw: [members] the draw of each member, the same at every origin.
        values: variable → [origins, leads, members] the record at origin + lead.
        sums: variable → the same, the sum of the record over the calendar year of origin + lead so far (months before
            the origin as the member lived them).
        loglik: [draws, months] of the filter from the model's start to the last origin.
        ess: [draws, months] effective sample within each draw before resampling and bridging, in particles.
        row_logp: target → [months] log predictive probability of its row, over draws by their weight so far; NaN where
            the month has no row of it.
        start: the model's first month. particles: of the filter.
    """

    origins: np.ndarray
    leads: tuple[int, ...]
    draws: np.ndarray
    vintage: int | None
    draw: np.ndarray
    values: dict[str, np.ndarray]
    sums: dict[str, np.ndarray]
    loglik: np.ndarray
    ess: np.ndarray
    row_logp: dict[str, np.ndarray]
    start: int
    particles: int

    @property
    def draw_weights(self) -> np.ndarray:
        """[origins, draws] normalised weights of the draws at each origin; only months after the vintage weigh."""
        fresh = 0 if self.vintage is None else max(0, self.vintage - self.start + 1)
        total = np.cumsum(self.loglik[:, fresh:], axis=1)
        at = self.origins - self.start - fresh  # index of the origin among the fresh months; −1 where none is fresh
        logw = np.zeros((len(at), len(self.draws)))
        logw[at >= 0] = total[:, at[at >= 0]].T
        return np.stack([weigh_draws(row, self.vintage is not None) for row in logw])

    @property
    def weights(self) -> np.ndarray:
        """[origins, members] normalised weights of the members."""
        per = len(self.draw) // len(self.draws)
        return np.repeat(self.draw_weights / per, per, axis=1)

    def costliest(self, t: int) -> tuple[str, float]:
        """The row of month index ``t`` with the lowest log predictive probability: (target, log probability)."""
        here = [(float(logp[t]), target) for target, logp in self.row_logp.items() if not np.isnan(logp[t])]
        if not here:
            return "", 0.0
        logp, target = min(here)
        return target, logp

    @property
    def effective_draws(self) -> np.ndarray:
        """[origins] 1 / Σ w² over draws."""
        return np.asarray(1.0 / (self.draw_weights**2).sum(axis=1))


def hindcast(
    model: Model,
    score: Iterable[Row],
    *,
    draws: np.ndarray,
    vintage: int | None,
    first: int,
    last: int,
    leads: Sequence[int],
    records: Iterable[str],
    sums: Iterable[str] = (),
    particles: int = 128,
    per_draw: int = 16,
    seed: int = 1,
    levels: Levels | None = None,
    progress: blocks.Progress | None = None,
    checkpoint: Path | None = None,
    executor: blocks.Submitter | None = None,
) -> Hindcast:
    """Free runs from every month first…last.

    Args:
        score: rows; only those up to an origin are used at it.
        draws, vintage: parameter draws and the last month of the evidence behind them.
        leads: months ahead at which records are kept.
        records: names to keep. sums: names of records to sum over the calendar year.
        particles: states of each draw in the filter. per_draw: members of each draw in the free runs.
        levels: clamps to compile beyond those the score needs.
        checkpoint: a folder in which finished blocks are kept; a killed run skips what is there.

    Raises:
        InputError: months outside the model, particles that do not fit blocks, or an unknown record.
    """
    backend.prepare()
    from keisei.ensemble import bridging, segment

    check_span(model, first, last)
    check_span(model, last, last + max(leads))
    block = max(backend.block(segment.BLOCK, len(draws) * particles), particles)
    if particles < 2 or block % particles:
        raise InputError(f"{particles} particles do not fill blocks of {block}", mend="take a power of two")
    if min(leads) < 1 or per_draw < 1:
        raise InputError("leads and members must be at least 1", mend="give whole numbers from 1 on")
    rows = layout(model.table, score, model.start, last)
    levels = merged(levels or Levels(), rows.levels)
    keep, added = tuple(records), tuple(sums)
    plan = _Plan(
        model, rows, levels, chosen_records(model, keep), chosen_records(model, {*keep, *added}),
        chosen_records(model, added), seed, particles, per_draw, first, last, tuple(leads),
    )  # fmt: skip
    groups = block // particles
    count = -(-len(draws) // groups)
    if len(draws) * per_draw > _ORIGIN:
        raise InputError(f"{len(draws) * per_draw} members are too many", mend=f"take at most {_ORIGIN}")
    bridging.check_slots(count * block)
    padded = np.concatenate([draws, np.repeat(draws[-1:], count * groups - len(draws), axis=0)])
    steps = blocks.Steps(count * (last - model.start + 1), progress)
    name = blocks.content_key(
        engine_version(), backend.describe(), segment.fingerprint(model, levels), plan.kept, particles, per_draw,
        rows.kinds, rows.values, sorted(levels.settable), sorted(levels.observable), plan.taken, plan.summed, seed,
        first, last, plan.leads,
    )  # fmt: skip

    def work(b: int, steps: blocks.Steps) -> blocks.Arrays:
        mine = padded[b * groups : (b + 1) * groups]
        stored = None
        if checkpoint is not None:
            stored = checkpoint / name / f"hindcast-{b:05d}-{blocks.content_key(mine)}.npz"
            found = blocks.read_arrays(stored)
            if found is not None:
                steps.step(last - model.start + 1)
                return found
        result = _block(plan, mine, b * groups, steps)
        if stored is not None:
            blocks.write_arrays(stored, result)
        return result

    parts = blocks.over_blocks(work, count, steps, executor)
    loglik = np.concatenate([p["loglik"] for p in parts], axis=1)[:, : len(draws)].T.astype(np.float64)
    n, members = len(draws), len(draws) * per_draw
    variables = [r.variable for r in model.table.records]

    def joined(key: str, chosen: tuple[int, ...]) -> dict[str, np.ndarray]:
        whole = np.concatenate([p[key] for p in parts], axis=3)[:, :, :, :members]
        return {variables[r]: whole[i] for i, r in enumerate(chosen)}

    return Hindcast(
        origins=np.arange(first, last + 1),
        leads=plan.leads,
        draws=np.asarray(draws, float),
        vintage=vintage,
        draw=np.repeat(np.arange(n), per_draw),
        values=joined("values", plan.taken),
        sums=joined("sums", plan.summed),
        loglik=loglik,
        ess=np.concatenate([p["ess"] for p in parts], axis=1)[:, :n].T.astype(np.float64),
        row_logp=_row_logp(np.concatenate([p["rows"] for p in parts], axis=1)[:, :n], loglik, plan, vintage),
        start=model.start,
        particles=particles,
    )


def _row_logp(by_draw: np.ndarray, loglik: np.ndarray, plan: _Plan, vintage: int | None) -> dict[str, np.ndarray]:
    """What each row cost, from the log probabilities [months, draws, columns] within each draw."""
    columns = sorted(plan.levels.observable)
    if not columns:
        return {}
    over = over_draws(by_draw.astype(np.float64), loglik, first_fresh(plan.model.start, vintage))
    shown = np.where(np.isin(plan.rows.kinds[1:, columns], WEIGHED), over, np.nan)
    return {plan.model.table.sites[c].target: shown[:, i] for i, c in enumerate(columns)}


@dataclass(frozen=True)
class _Plan:
    """What all blocks share."""

    model: Model
    rows: Layout
    levels: Levels
    taken: tuple[int, ...]
    kept: tuple[int, ...]
    summed: tuple[int, ...]
    seed: int
    particles: int
    per_draw: int
    first: int
    last: int
    leads: tuple[int, ...]


def _block(plan: _Plan, draws: np.ndarray, number: int, steps: blocks.Steps) -> blocks.Arrays:
    """The filter and all free runs of one block of draws, the first of which is draw ``number``."""
    from keisei.ensemble import bridging, segment
    from keisei.ensemble.filtering import _opening

    model, rows, p = plan.model, plan.rows, plan.particles
    groups = len(draws)
    ids = np.arange(number, number + groups)
    slots = (np.arange(number * p, (number + groups) * p)).astype(np.uint32)
    params = np.ascontiguousarray(np.repeat(draws, p, axis=0).T.astype(np.float32))
    keys, filter_keys = site_keys(model, plan.seed), bridging.keys_of(plan.seed)
    go = segment.assimilate(model, plan.levels, plan.kept, segment.MONTHS, p)
    floors = np.array([bridging.RESAMPLED, bridging.FLOOR], np.float32)
    state, logw = segment.start(model, plan.levels, False)(slots, params, keys, rows.kinds[0], rows.values[0])
    logw, opening = _opening(np.asarray(logw).reshape(groups, p))
    where = [plan.kept.index(r) for r in plan.summed]
    so_far = np.zeros((len(where), len(slots)), np.float32)
    loglik, ess, told_rows, values, sums = [], [], [], [], []
    spans = [*blocks.spans(model.start, plan.first, segment.MONTHS)]
    spans += [(month, 1) for month in range(plan.first + 1, plan.last + 1)]
    for month, live in spans:
        at = month - rows.first
        state, logw, out, info = go(
            state, logw, params, slots, ids.astype(np.int32), np.int32(month), np.int32(live), keys, filter_keys,
            floors, blocks.padded(rows.kinds[at : at + live], segment.MONTHS),
            blocks.padded(rows.values[at : at + live], segment.MONTHS),
        )  # fmt: skip
        ancestors, parent, told = np.asarray(info.ancestors), np.asarray(info.parent), np.asarray(out)
        for i in range(live):
            so_far = so_far[:, parent[i]]  # a bridged month starts from copies
            if (month + i) % 12 == 0:
                so_far[:] = 0.0
            so_far += told[i, where]
            so_far = so_far[:, ancestors[i]]
        loglik.append(np.asarray(info.loglik)[:live])
        ess.append(np.asarray(info.ess)[:live])
        told_rows.append(np.asarray(info.rows)[:live])
        steps.step(live)
        if month + live - 1 >= plan.first:
            took, added = _free(plan, params, ids, month + live - 1, state, np.asarray(logw), so_far, where)
            values.append(took)
            sums.append(added)
    result = {
        "loglik": np.concatenate(loglik),
        "ess": np.concatenate(ess),
        "rows": np.concatenate(told_rows),
        "values": np.stack(values, axis=1),
        "sums": np.stack(sums, axis=1),
    }
    result["loglik"][0] += opening
    return result


def _free(
    plan: _Plan, params: np.ndarray, ids: np.ndarray, origin: int, state: Any, logw: np.ndarray, so_far: np.ndarray,
    where: list[int],
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """The chosen members of a block from an origin on: (values, year sums), each [records, leads, members]."""
    import jax

    from keisei.ensemble import segment

    p, per = plan.particles, plan.per_draw
    within = logw.reshape(-1, p)
    chosen = np.concatenate(
        [
            g * p
            + systematic_positions(within[g], per, np.random.default_rng([plan.seed, 13, origin, int(ids[g])]).random())
            for g in range(len(within))
        ]
    )
    members = (ids[:, None] * per + np.arange(per)).reshape(-1)
    slots = (_FUTURE + (origin - plan.model.start) * _ORIGIN + members).astype(np.uint32)
    # nothing is known after the origin, so no span is under way
    here = (jax.tree.map(lambda x: np.asarray(x)[chosen], state[0]), ())
    mine = np.ascontiguousarray(params[:, chosen])
    go = segment.simulate(plan.model, Levels(), plan.kept, segment.MONTHS)
    keys = site_keys(plan.model, plan.seed)
    columns = len(plan.model.table.sites)
    kinds, blank = np.zeros((segment.MONTHS, columns), np.int8), np.zeros((segment.MONTHS, columns), np.float32)
    pieces = []
    for month, live in blocks.spans(origin + 1, origin + max(plan.leads), segment.MONTHS):
        here, out, _ = go(here, mine, slots, np.int32(month), np.int32(live), keys, kinds, blank)
        pieces.append(np.stack([np.asarray(x)[:live] for x in out]))
    run = np.concatenate(pieces, axis=1)
    index = [lead - 1 for lead in plan.leads]
    taken = [plan.kept.index(r) for r in plan.taken]
    total, sums = so_far[:, chosen].copy(), np.empty((len(where), run.shape[1], len(chosen)), np.float32)
    for i in range(run.shape[1]):
        if (origin + 1 + i) % 12 == 0:
            total[:] = 0.0
        total = total + run[where, i]
        sums[:, i] = total
    return run[taken][:, index], sums[:, index]


def systematic_positions(log_weights: np.ndarray, n: int, u: float) -> np.ndarray:
    """n of the particles by systematic resampling (Kitagawa 1996): [n] positions in order.

    Args:
        log_weights: [particles], of any sum. u: one uniform.
    """
    w = np.exp(log_weights - log_weights.max())
    edges = np.cumsum(w)
    return np.minimum(np.searchsorted(edges / edges[-1], (np.arange(n) + u) / n), len(w) - 1)


def late_rows(known: Iterable[Row], later: Iterable[Row], origin: int) -> tuple[Row, ...]:
    """Rows up to an origin that stand otherwise in a later score: what one pass would know too early.

    Args:
        known: the score of the origin. later: that of a later month.

    Returns:
        Rows of the later score that the origin did not have, or had with another value; and its own that went.
    """

    def table(rows: Iterable[Row]) -> dict[tuple[int, str], Row]:
        return {(row.month, row.target): row for row in rows if row.month <= origin}

    before, after = table(known), table(later)
    changed = [r for k, r in after.items() if k not in before or (before[k].value, before[k].how) != (r.value, r.how)]
    return tuple(changed + [row for key, row in before.items() if key not in after])


@cache
def engine_version() -> str:
    """A hash of the sources of sites and ensemble; the laws are in the fingerprint of what was traced."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.blake2b(digest_size=8)
    for file in [root / "months.py", root / "score.py", *sorted((root / "model").rglob("*.py"))]:
        digest.update(file.read_bytes())
    for name in ("segment", "bridging", "resampling", "run", "blocks", "analysis", "filtering", "hindcast"):
        digest.update((root / "ensemble" / f"{name}.py").read_bytes())
    return digest.hexdigest()
