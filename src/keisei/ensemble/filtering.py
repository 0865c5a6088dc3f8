"""Assimilation: the nested particle filter.

Parameter draws × state particles. States are resampled within a draw; across draws only the accumulated marginal
likelihoods weigh (a filter with static parameters in the particles collapses). Within a draw it is the bootstrap filter
of Gordon, Salmond & Smith (1993) with systematic resampling, and a bridge over months that few particles foresaw
(`bridging`); the product of the monthly mean weights estimates the draw's likelihood, without bias but for the choice
of the bridge's powers (Del Moral 2004).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from keisei import months
from keisei.ensemble import backend, blocks
from keisei.ensemble.analysis import Analysis, Fork, first_fresh, over_draws
from keisei.ensemble.bridging import FLOOR, RESAMPLED, check_slots, keys_of
from keisei.ensemble.lines import Bridges, bridges_of
from keisei.ensemble.run import Members, check_span, chosen_records, merged, site_keys
from keisei.errors import InputError
from keisei.model.definition import Model
from keisei.model.rows import Layout, agreement, layout
from keisei.model.sites import Levels
from keisei.score import Row


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
    fork: int | None = None,
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
        fork: a month from which another score may differ; the particles before its segment are kept for `branch`.
        checkpoint: a folder in which the finished blocks are kept; a killed run resumes from it, bit for bit.

    Raises:
        InputError: particles do not fit blocks or the slots of noise, or a row does not fit the model.
    """
    backend.prepare()
    from keisei.ensemble import segment

    check_span(model, model.start, until)
    rows = layout(model.table, score, model.start, until)
    levels = merged(levels or Levels(), rows.levels)
    keep = chosen_records(model, records)
    compiled = tuple(sorted({*keep, *chosen_records(model, later)}))
    spans = tuple(blocks.spans(model.start, until, segment.MONTHS))
    if fork is not None:
        check_span(model, model.start, fork)
        fork = max(month for month, _ in spans if month <= fork)
    people, block = _particles(draws, particles)
    work = _Work(model, people, rows, levels, keep, compiled, seed, particles, floor, block, spans, fork, None, None)
    return _analysed(work, np.asarray(draws, float), vintage, progress, checkpoint, executor)


def branch(
    analysis: Analysis,
    score: Iterable[Row],
    *,
    until: int,
    progress: blocks.Progress | None = None,
    checkpoint: Path | None = None,
    executor: blocks.Submitter | None = None,
) -> Analysis:
    """Filter another score that is the analysis's own up to its fork: the same as `assimilate` would give, to the bit.

    Draws, particles, seed, clamps, records and the vintage are the analysis's; only months from its fork on are worked
    on.

    Raises:
        InputError: the analysis keeps no particles on the way, the scores differ before them, ``until`` lies before
            them, or the score needs clamps that were not compiled.
    """
    from keisei.ensemble import segment

    fork, model = analysis.fork, analysis.model
    if fork is None:
        raise InputError("the analysis kept no particles on the way", mend="assimilate with fork=month")
    check_span(model, fork.month, until)
    rows = layout(model.table, score, model.start, until)
    same = analysis.rows.first + agreement(analysis.rows, rows)
    if same < fork.month:
        raise InputError(
            f"the scores differ in {months.show(same)}, but particles were kept only before {months.show(fork.month)}",
            mend=f"assimilate with a fork in {months.show(same)} or earlier",
        )
    if merged(analysis.levels, rows.levels) != analysis.levels:
        raise InputError("the score needs clamps that were not compiled", mend="assimilate with their levels")
    people, block = _particles(analysis.draws, analysis.particles)
    spans = tuple(span for span in blocks.spans(model.start, until, segment.MONTHS) if span[0] >= fork.month)
    work = _Work(
        model, people, rows, analysis.levels, analysis.kept, analysis.compiled, analysis.seed, analysis.particles,
        analysis.floor, block, spans, None, fork, analysis,
    )  # fmt: skip
    return _analysed(work, analysis.draws, analysis.vintage, progress, checkpoint, executor)


def _particles(draws: np.ndarray, particles: int) -> tuple[Members, int]:
    """Everyone, with copies of the last draw that fill the last block; and the size of a block.

    Raises:
        InputError: particles do not fit blocks or the slots of noise.
    """
    from keisei.ensemble import segment

    block = max(backend.block(segment.FILTERED, len(draws) * particles), particles)
    if particles < 2 or block % particles:
        raise InputError(f"{particles} particles do not fill blocks of {block}", mend="take a power of two")
    groups = block // particles
    count = -(-len(draws) // groups)
    check_slots(count * block)
    padded = np.concatenate([draws, np.repeat(draws[-1:], count * groups - len(draws), axis=0)])
    return Members(padded, np.repeat(np.arange(len(padded)), particles), np.arange(len(padded) * particles)), block


def _analysed(
    work: _Work,
    draws: np.ndarray,
    vintage: int | None,
    progress: blocks.Progress | None,
    checkpoint: Path | None,
    executor: blocks.Submitter | None,
) -> Analysis:
    """Do the work, with what is stored of it, and put the blocks together."""
    if checkpoint is not None:
        work = replace(work, folder=checkpoint / work.key(draws))
    count = len(work.everyone) // work.size
    parts = blocks.over_blocks(work, count, blocks.Steps(count * len(work.spans), progress), executor)
    if checkpoint is not None:
        blocks.trim(checkpoint)
    n, rows = len(draws), work.rows
    size = n * work.particles

    def joined(name: str, axis: int = 0) -> np.ndarray:
        return np.concatenate([p[name] for p in parts], axis=axis)

    loglik, ess = joined("loglik", 1)[:, :n].T.astype(np.float64), joined("ess", 1)[:, :n].T.astype(np.float64)
    by_draw = joined("rows", 1)[:, :n].astype(np.float32)
    ancestors = np.concatenate([p["ancestors"] + b * work.size for b, p in enumerate(parts)], axis=1)[:, :size]
    bridges, records = _bridges(parts, n, work.particles), joined("records", 2)[:, :, :size]
    if work.before is not None:
        past, span = work.before, work.spans[0][0] - work.model.start
        loglik = np.concatenate([past.loglik[:, :span], loglik], axis=1)
        ess = np.concatenate([past.ess[:, :span], ess], axis=1)
        by_draw = np.concatenate([past.row_by_draw[:span], by_draw])
        ancestors = np.concatenate([past.ancestors[:span], ancestors])
        bridges = past.bridges.until(span).then(bridges)
        records = np.concatenate([past.records[:, :span], records], axis=1)
    fork = None
    if work.fork is not None:
        kept = [joined(k) for k in sorted(parts[0]) if k.startswith("fork")]
        fork = Fork(work.fork, kept[-1], kept[:-1])  # "forklogw" sorts behind the numbers
    row_logp = by_draw.astype(np.float64)
    return Analysis(
        model=work.model,
        seed=work.seed,
        particles=work.particles,
        rows=rows,
        levels=work.levels,
        draws=draws,
        first=work.model.start,
        last=rows.first + len(rows.kinds) - 1,
        loglik=loglik,
        ess=ess,
        row_logp=over_draws(row_logp, loglik, first_fresh(work.model.start, vintage))
        if work.levels.observable
        else row_logp.mean(axis=1),
        row_by_draw=by_draw,
        ancestors=ancestors,
        bridges=bridges,
        log_weight=joined("logw")[:size].astype(np.float64),
        states=[joined(k)[:size] for k in sorted(parts[0]) if k.startswith("state")],
        records=records,
        kept=work.keep,
        compiled=work.compiled,
        vintage=vintage,
        floor=work.floor,
        fork=fork,
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
    fork: int | None  # the beginning of a span: particles before it are kept
    start: Fork | None  # where to go on from
    before: Analysis | None  # what came before that
    folder: Path | None = None

    def __reduce__(self) -> Any:
        # the analysis before is put in front at home; a worker elsewhere needs none of it
        return _Work, tuple(None if f.name == "before" else getattr(self, f.name) for f in fields(self))

    def key(self, draws: np.ndarray) -> str:
        """The name under which results are stored."""
        from keisei.ensemble import segment

        begun = () if self.start is None else (self.start.month, self.start.log_weight, *self.start.states)
        return blocks.content_key(
            blocks.code_version(), backend.describe(), segment.fingerprint(self.model, self.levels), draws,
            self.particles, self.rows.kinds, self.rows.values, sorted(self.levels.settable),
            sorted(self.levels.observable), self.keep, self.seed, self.spans, self.floor, self.fork, *begun,
        )  # fmt: skip

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
        go = segment.assimilate(self.model, self.levels, self.compiled, segment.MONTHS, self.particles)
        keys, filter_keys = site_keys(self.model, self.seed), keys_of(self.seed)
        floors = np.array([RESAMPLED, self.floor], np.float32)
        kept = [self.compiled.index(r) for r in self.keep]
        params, slots = self.everyone.block(b, self.size)
        ids = np.arange(b * groups, (b + 1) * groups, dtype=np.int32)
        here = slice(b * self.size, (b + 1) * self.size)
        opening: np.ndarray | float = 0.0
        if self.start is None:
            begin = segment.start(self.model, self.levels, False)
            state, logw = begin(slots, params, keys, rows.kinds[0], rows.values[0])
            logw, opening = _opening(np.asarray(logw).reshape(groups, self.particles))
        else:
            tree = segment.structure(self.model, self.levels)
            state = jax.tree.unflatten(tree, [leaf[here] for leaf in self.start.states])
            logw = self.start.log_weight[here]
        on_the_way: blocks.Arrays = {}
        names = ("ancestors", "loglik", "ess", "rows", "bridged")
        pieces: dict[str, list[np.ndarray]] = {k: [] for k in ("records", *names, "parent", "slot")}
        for month, live in self.spans:
            if month == self.fork:
                on_the_way = _leaves("fork", state) | {"forklogw": np.asarray(logw)}
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
        result |= _leaves("state", state) | on_the_way
        if stored is not None:
            blocks.write_arrays(stored, result)
        return result


def _leaves(name: str, state: Any) -> blocks.Arrays:
    """The arrays of a state, named so that they sort in its order."""
    import jax

    return {f"{name}{i:03d}": np.asarray(x) for i, x in enumerate(jax.tree.leaves(state))}


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
