"""Futures and twins: what goes on from an analysis, and two worlds that share their noise and differ in one thing.

A twin of the future continues stored states. A twin of the past replays stored lines from the start, both worlds in
lockstep: the posterior noise of the changed world depends on the base's utilities. Nothing is reweighed or resampled.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from keisei.ensemble import backend, blocks
from keisei.ensemble.analysis import Analysis
from keisei.ensemble.bridging import keys_of
from keisei.ensemble.lines import Lines
from keisei.ensemble.run import Members, check_span, chosen_records, dataset, merged, site_keys
from keisei.errors import InputError
from keisei.model.definition import Model
from keisei.model.rows import Layout, abduct_after, layout
from keisei.model.sites import Levels
from keisei.score import Row

if TYPE_CHECKING:
    import xarray as xr

_FUTURE = 2**30  # slots of the future are apart from those of the filter


@dataclass(frozen=True)
class Worlds:
    """Two worlds with the same members and the same noise."""

    base: xr.Dataset
    changed: xr.Dataset


def _people(draws: np.ndarray, draw: np.ndarray) -> Members:
    return Members(draws, draw, np.arange(len(draw), dtype=np.uint32) + np.uint32(_FUTURE))


def _state_block(analysis: Analysis, levels: Levels, position: np.ndarray, b: int, size: int) -> Any:
    import jax

    from keisei.ensemble import segment

    take = np.zeros(size, np.int64)
    here = position[b * size : (b + 1) * size]
    take[: len(here)] = here
    tree = segment.structure(analysis.model, levels)
    return jax.tree.unflatten(tree, [leaf[take] for leaf in analysis.carried(levels)])


def forecast(
    analysis: Analysis,
    lines: Lines,
    *,
    until: int,
    score: Iterable[Row] = (),
    records: Iterable[str] | None = None,
    levels: Levels | None = None,
    progress: blocks.Progress | None = None,
) -> xr.Dataset:
    """Continue the lines of an analysis from the month after its last, freely but for the rows given.

    Returns:
        Dataset (member, month) over the future months only; members weigh the same, but for rows observed there. The
        executable is the filter's, if that gives the ``records`` (`assimilate`, ``later``).
    """
    backend.prepare()
    from keisei.ensemble import segment

    model, particles = analysis.model, analysis.particles
    first = analysis.last + 1
    check_span(model, first, until)
    rows = layout(model.table, score, first, until)
    keep = chosen_records(model, records)
    compiled = analysis.compiled if set(keep) <= set(analysis.compiled) else keep
    kept = [compiled.index(r) for r in keep]
    people = _people(analysis.draws, lines.draw)
    size = max(backend.block(segment.FILTERED, len(people)), particles)
    spans, count = list(blocks.spans(first, until, segment.MONTHS)), -(-len(people) // size)
    keys, levels = site_keys(model, analysis.seed), merged(analysis.levels, levels or Levels(), rows.levels)
    go = segment.assimilate(model, levels, compiled, segment.MONTHS, particles)
    # nobody is resampled or bridged: the filter's executable carries the members on
    groups, floors, unused = size // particles, np.zeros(2, np.float32), keys_of(analysis.seed)

    def work(b: int, steps: blocks.Steps) -> blocks.Arrays:
        params, slots = people.block(b, size)
        state, logw = _state_block(analysis, levels, lines.position, b, size), np.zeros(size, np.float32)
        pieces, mean = [], np.zeros(groups)
        for month, live in spans:
            at = month - rows.first
            state, logw, out, info = go(
                state, logw, params, slots, np.arange(groups, dtype=np.int32), np.int32(month), np.int32(live), keys,
                unused, floors, blocks.padded(rows.kinds[at : at + live], segment.MONTHS),
                blocks.padded(rows.values[at : at + live], segment.MONTHS),
            )  # fmt: skip
            pieces.append(np.asarray(out)[:live, kept].swapaxes(0, 1))
            mean += np.asarray(info.loglik, np.float64)[:live].sum(axis=0)
            steps.step()
        return {"records": np.concatenate(pieces, axis=1), "weight": np.asarray(logw) + np.repeat(mean, particles)}

    parts = blocks.over_blocks(work, count, blocks.Steps(count * len(spans), progress))
    return dataset(model, keep, first, people, parts, analysis.seed)


def twin(
    analysis: Analysis,
    lines: Lines,
    changes: Iterable[Row],
    *,
    until: int,
    score: Iterable[Row] = (),
    records: Iterable[str] | None = None,
    levels: Levels | None = None,
    progress: blocks.Progress | None = None,
) -> Worlds:
    """Base and changed world from an analysis.

    Args:
        changes: ``set`` rows of the changed world; in the past (up to the analysis's last month) or after it.
        score: rows of both worlds after the analysis (a scenario).
        until: last month of both.

    Returns:
        Both worlds from the first month that is run: the analysis's start if a change lies in the past, else the month
        after its last.

    Raises:
        InputError: a change is not a ``set`` row, or does not fit the model.
    """
    changes = tuple(changes)
    if any(row.how != "set" for row in changes):
        raise InputError("a change of a what-if must set its site", mend="give rows with how = set")
    backend.prepare()
    model = analysis.model
    past = any(row.month <= analysis.last for row in changes)
    first = analysis.first if past else analysis.last + 1
    check_span(model, first, until)
    future = layout(model.table, score, first, until)
    if past:
        known = analysis.rows
        kinds, values = future.kinds, future.values
        n = min(len(kinds), len(known.kinds))  # a what-if may end before the evidence does
        kinds[:n], values[:n] = known.kinds[:n], known.values[:n]
        base = Layout(known.first, kinds, values)
    else:
        base = future
    changed = abduct_after(base, layout(model.table, changes, first, until))
    levels = merged(levels or Levels(), base.levels, changed.levels)
    return _pair(model, analysis, lines, past, base, changed, levels, first, until, records, progress)


def _pair(
    model: Model,
    analysis: Analysis,
    lines: Lines,
    past: bool,
    base: Layout,
    changed: Layout,
    levels: Levels,
    first: int,
    until: int,
    records: Iterable[str] | None,
    progress: blocks.Progress | None,
) -> Worlds:
    import jax

    from keisei.ensemble import segment

    keep = chosen_records(model, records)
    people = _people(analysis.draws, lines.draw)
    size = backend.block(segment.BLOCK, len(people))
    count = -(-len(people) // size)
    # segments end where the analysis ends, since slots change there
    spans = list(blocks.spans(first, analysis.last, segment.MONTHS)) if past else []
    spans += list(blocks.spans(analysis.last + 1, until, segment.MONTHS))
    spans = [(m, min(live, until + 1 - m)) for m, live in spans if m <= until]
    steps = blocks.Steps(count * len(spans), progress)
    keys = site_keys(model, analysis.seed)
    begin = segment.start(model, levels, True)
    go = segment.simulate(model, levels, keep, segment.MONTHS, True, True)
    kinds = np.stack([base.kinds, changed.kinds], axis=1)
    values = np.stack([base.values, changed.values], axis=1)

    def work(b: int, steps: blocks.Steps) -> blocks.Arrays:
        params, slots = people.block(b, size)
        here = slice(b * size, min((b + 1) * size, len(people)))
        live_members = here.stop - here.start

        def slots_of(month: int) -> np.ndarray:
            if month > analysis.last:
                return slots
            row = slots.copy()
            row[:live_members] = lines.slots[month - analysis.first + 1, here]
            return row

        if past:
            state, _ = begin(slots_of(first - 1), params, keys, kinds[0], values[0])
        else:
            one = _state_block(analysis, levels, lines.position, b, size)
            state = jax.tree.map(lambda x: np.stack([x, x]), one)
        pieces = []
        for month, live in spans:
            at = month - base.first
            table = blocks.padded(np.stack([slots_of(month + i) for i in range(live)]), segment.MONTHS)
            state, out, _ = go(
                state, params, table, np.int32(month), np.int32(live), keys,
                blocks.padded(kinds[at : at + live], segment.MONTHS),
                blocks.padded(values[at : at + live], segment.MONTHS),
            )  # fmt: skip
            pieces.append(
                np.stack([np.asarray(x)[:live] for x in out]) if out else np.zeros((0, live, 2, size), np.float32)
            )
            steps.step()
        return {"records": np.concatenate(pieces, axis=1)}

    parts = blocks.over_blocks(work, count, steps)
    worlds = [
        dataset(model, keep, first, people, [{"records": p["records"][:, :, w]} for p in parts], analysis.seed)
        for w in (0, 1)
    ]
    return Worlds(*worlds)
