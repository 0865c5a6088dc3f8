"""Lines replayed: what each observed row says about each line, for leave-one-out.

The filter keeps the mean probability of a row over the particles of a draw, not that of each particle. A stored line
can be run again exactly (same slots, same rows), and then says how probable it found every row.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from keisei.ensemble import blocks
from keisei.ensemble.analysis import Analysis
from keisei.ensemble.lines import Lines
from keisei.ensemble.run import Members, site_keys
from keisei.model.definition import Model
from keisei.model.sites import OBSERVED, Levels
from keisei.score import Row


def observed_rows(analysis: Analysis, first: int) -> tuple[Row, ...]:
    """The observed rows of an analysis from month ``first`` to its last, by month and place in the model's month."""
    table, rows, out = analysis.model.table, analysis.rows, []
    for month in range(max(first, analysis.first), analysis.last + 1):
        at = month - rows.first
        for column in np.flatnonzero(rows.kinds[at] == OBSERVED):
            site, value = table.sites[column], float(rows.values[at, column])
            said: float | str = site.options[int(value)] if site.options else value
            out.append(Row(month, site.name, said, "observed", site.index))
    return tuple(out)


def _places(analysis: Analysis, first: int) -> tuple[np.ndarray, np.ndarray]:
    """(month index from the analysis's first, position among the observable columns) of `observed_rows`."""
    columns = np.array(sorted(analysis.levels.observable), int)
    start = max(first, analysis.first)
    at = start - analysis.rows.first
    months, positions = np.nonzero(analysis.rows.kinds[at:, columns] == OBSERVED)
    return months + start - analysis.first, positions


def logp_by_draw(analysis: Analysis, first: int) -> np.ndarray:
    """[rows, draws] log predictive probability of each of `observed_rows` within each draw, as the filter saw it."""
    months, positions = _places(analysis, first)
    return np.asarray(analysis.row_by_draw[months, :, positions], np.float64)


def logp_by_line(
    analysis: Analysis, lines: Lines, first: int, *, progress: blocks.Progress | None = None
) -> np.ndarray:
    """[rows, lines] log probability of each of `observed_rows` given each line's own states and parameters.

    The lines run again from the model's start. Compiles once for each model and length.
    """
    import jax

    from keisei.ensemble import backend, segment

    backend.prepare()
    model, rows = analysis.model, analysis.rows
    people = Members(analysis.draws, lines.draw, lines.slots[0])
    size = backend.block(segment.BLOCK, len(people))
    count = -(-len(people) // size)
    spans = list(blocks.spans(analysis.first, analysis.last, segment.MONTHS))
    steps = blocks.Steps(count * len(spans), progress)
    keys = site_keys(model, analysis.seed)
    begin = segment.start(model, analysis.levels, False)
    go = _weigh(model, analysis.levels, segment.MONTHS)
    months, positions = _places(analysis, first)

    def work(b: int, steps: blocks.Steps) -> np.ndarray:
        params, slots = people.block(b, size)
        here = slice(b * size, min((b + 1) * size, len(people)))
        state, _ = begin(slots, params, keys, rows.kinds[0], rows.values[0])
        pieces = []
        for month, live in spans:
            at = month - rows.first
            table = np.tile(slots, (segment.MONTHS, 1))
            table[:live, : here.stop - here.start] = lines.slots[at : at + live, here]
            state, weights = go(
                state, params, table, np.int32(month), np.int32(live), keys,
                blocks.padded(rows.kinds[at : at + live], segment.MONTHS),
                blocks.padded(rows.values[at : at + live], segment.MONTHS),
            )  # fmt: skip
            pieces.append(np.asarray(weights)[:live] if month + live > first else np.empty((live, *weights.shape[1:])))
            steps.step()
        return np.concatenate(pieces)[months, positions]

    parts = blocks.over_blocks(work, count, steps)
    jax.block_until_ready(parts)
    return np.concatenate(parts, axis=1)[:, : len(people)].astype(np.float64)


@lru_cache(maxsize=16)
def _weigh(model: Model, levels: Levels, length: int) -> Any:
    """``(state, params [P, B], slots [length, B], first, live, keys, kinds, values) → (state, log probabilities
    [length, observed columns, B])``."""
    import jax
    import jax.numpy as jnp

    from keisei.ensemble import segment

    members = jax.vmap(segment.step(model, levels, False), in_axes=(0, 1, 1, None, None, None, None))

    def run(state: Any, params: Any, slots: Any, first: Any, live: Any, keys: Any, kinds: Any, values: Any) -> Any:
        def body(state: Any, x: Any) -> Any:
            i, kind, value, slot = x
            t = first + i
            new, _, weights = segment.lived(
                lambda u: members(state, u, params, t, kind, value, None), model, slot, keys, t
            )
            return new, jnp.stack([jnp.broadcast_to(w, slot.shape) for w in weights])

        xs = (jnp.arange(length, dtype=jnp.int32), kinds, values, slots)
        return segment._months(body, state, xs, live, length)

    return jax.jit(run)
