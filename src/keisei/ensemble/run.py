"""A run: members through months, without resampling. The weather service's ensemble."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from keisei import months
from keisei.ensemble import backend, blocks
from keisei.errors import InputError
from keisei.model.definition import Model
from keisei.model.rows import Layout, layout
from keisei.model.sites import Levels
from keisei.score import Row

if TYPE_CHECKING:
    import xarray as xr


@lru_cache(maxsize=256)
def site_keys(model: Model, seed: int) -> np.ndarray:
    """The noise keys of all lanes, [lanes] uint32.

    Raises:
        KeiseiError: two keys are the same (choose another seed; chance about n²/2³³).
    """
    from keisei.errors import KeiseiError
    from keisei.model import noise

    keys = np.array(
        [noise.key(seed, s.name, s.index, lane) for s in model.table.sites for lane in range(s.lanes)],
        np.uint32,
    )
    if len(np.unique(keys)) != len(keys):
        raise KeiseiError(f"two noise keys of model {model.name} are the same with seed {seed}; take another seed")
    return keys


def chosen_records(model: Model, records: Iterable[str] | None) -> tuple[int, ...]:
    """Positions of the records to keep; a plain name keeps all its variants; None keeps all."""
    table = model.table
    if records is None:
        return tuple(range(len(table.records)))
    wanted = set(records)
    known = {r.name for r in table.records} | set(table.record_index)
    for name in sorted(wanted - known):
        from keisei.model.rows import near

        raise InputError(f"'{name}' is not a record of model {model.name}", mend=near(known, name))
    return tuple(i for i, r in enumerate(table.records) if r.name in wanted or r.variable in wanted)


@dataclass(frozen=True)
class Members:
    """Who runs: a parameter row and a noise slot for each member.

    Attributes:
        draws: [draws, parameters] float64.
        draw: [members] int, the row of ``draws`` each member lives under.
        slots: [members] uint32.
    """

    draws: np.ndarray
    draw: np.ndarray
    slots: np.ndarray

    def __len__(self) -> int:
        return len(self.draw)

    def block(self, b: int, size: int) -> tuple[np.ndarray, np.ndarray]:
        """(parameters [P, size] float32, slots [size]) of block b; the last block is filled with further members."""
        ids = np.arange(b * size, (b + 1) * size)
        inside = ids < len(self.draw)
        safe = np.where(inside, ids, 0)
        params = self.draws[self.draw[safe]].T.astype(np.float32)
        slots = np.where(inside, self.slots[safe], np.uint32(2**31) + ids.astype(np.uint32)).astype(np.uint32)
        return np.ascontiguousarray(params), slots


def members_of(draws: np.ndarray, n: int) -> Members:
    """n members under the draws in turn (member i lives under draw i mod draws), each in its own slot."""
    if n < 1:
        raise InputError(f"{n} members cannot run", mend="ask for at least 1")
    ids = np.arange(n)
    return Members(np.asarray(draws, float), ids % len(draws), ids.astype(np.uint32))


def check_span(model: Model, first: int, last: int) -> None:
    """Refuse months outside the model's horizon."""
    if last < first:
        raise InputError(f"{months.show(last)} is before {months.show(first)}", mend="end after the start")
    if first < model.start or last > model.end:
        raise InputError(
            f"{months.show(first)}..{months.show(last)} is outside the model's months",
            mend=f"stay within {months.show(model.start)}..{months.show(model.end)}",
        )


def merged(*levels: Levels) -> Levels:
    """All clamps that any of them needs."""
    return Levels(
        frozenset().union(*(x.settable for x in levels)),
        frozenset().union(*(x.observable for x in levels)),
        frozenset().union(*(x.contestable for x in levels)),
        frozenset().union(*(x.spanned for x in levels)),
    )


def run(
    model: Model,
    score: Iterable[Row] = (),
    *,
    members: int = 1024,
    until: int | None = None,
    seed: int = 1,
    draws: np.ndarray | None = None,
    records: Iterable[str] | None = None,
    levels: Levels | None = None,
    progress: blocks.Progress | None = None,
    checkpoint: Path | None = None,
    executor: blocks.Submitter | None = None,
) -> xr.Dataset:
    """Run members from the model's start until a month; rows of the score stand, observed ones weigh.

    Args:
        model: what to run.
        score: rows; ``observed`` ones give each member a log weight, ``set`` ones none.
        members: how many; results are the same whatever the blocks and threads.
        until: last month (default: the model's end).
        seed: of all noise.
        draws: [draws, parameters]; default 200 prior draws (fewer if there are fewer members).
        records: names to keep; default all.
        levels: clamps to compile; default those that the score needs.
        progress: called with (steps done, steps in all).
        checkpoint: a folder in which finished segments are kept, for a run that may be killed.
        executor: where blocks are worked on; default threads.

    Returns:
        Dataset with dims (member, month), a variable a record, coordinates ``month``, ``draw`` (of each member) and
        ``log_weight`` (member), and attrs with seed, code version and backend.

    Raises:
        InputError: a row or month does not fit the model.
    """
    backend.prepare()
    last = model.end if until is None else until
    check_span(model, model.start, last)
    if draws is None:
        draws = model.parameters.draw(min(members, 200), seed)
    people = members_of(draws, members)
    rows = layout(model.table, score, model.start, last)
    levels = merged(levels or Levels(), rows.levels)
    keep = chosen_records(model, records)
    parts = _advance(model, people, rows, levels, keep, seed, model.start, last, progress, checkpoint, executor)
    return dataset(model, keep, model.start, people, parts, seed)


def _advance(
    model: Model,
    people: Members,
    rows: Layout,
    levels: Levels,
    keep: tuple[int, ...],
    seed: int,
    first: int,
    last: int,
    progress: blocks.Progress | None,
    checkpoint: Path | None,
    executor: blocks.Submitter | None,
) -> list[blocks.Arrays]:
    """All blocks from the start through first…last."""
    from keisei.ensemble import segment

    spans = tuple(blocks.spans(first, last, segment.MONTHS))
    folder = None
    if checkpoint is not None:
        name = blocks.content_key(
            blocks.code_version(), backend.describe(), segment.fingerprint(model, levels), people.draws,
            people.draw, people.slots, rows.kinds, rows.values, sorted(levels.settable), sorted(levels.observable),
            keep, seed, first, last,
        )  # fmt: skip
        folder = checkpoint / name
    size = backend.block(segment.BLOCK, len(people))
    count = -(-len(people) // size)
    work = _Work(model, people, rows, levels, keep, seed, size, spans, folder)
    parts = blocks.over_blocks(work, count, blocks.Steps(count * len(spans), progress), executor)
    if checkpoint is not None:
        blocks.trim(checkpoint)
    return parts


@dataclass(frozen=True)
class _Work:
    """What is done with a block. All of it is data, so that a block can be worked on in another process."""

    model: Model
    people: Members
    rows: Layout
    levels: Levels
    keep: tuple[int, ...]
    seed: int
    size: int
    spans: tuple[tuple[int, int], ...]
    folder: Path | None

    def __call__(self, b: int, steps: blocks.Steps) -> blocks.Arrays:
        """Records [records, months, members] and log weights of block b."""
        backend.prepare()
        import jax

        from keisei.ensemble import segment

        size, rows = self.size, self.rows
        go = segment.simulate(self.model, self.levels, self.keep, segment.MONTHS)
        keys = site_keys(self.model, self.seed)
        params, slots = self.people.block(b, size)
        begin = segment.start(self.model, self.levels, False)
        state, lw = begin(slots, params, keys, rows.kinds[0], rows.values[0])
        weight = np.asarray(lw, np.float64)
        leaves, tree = jax.tree.flatten(state)
        pieces: list[np.ndarray] = []
        for number, (month, live) in enumerate(self.spans):
            stored = self.folder / f"block-{b:05d}-{number:03d}.npz" if self.folder is not None else None
            found = blocks.read_arrays(stored) if stored is not None else None
            if found is None:
                at = month - rows.first
                kinds = blocks.padded(rows.kinds[at : at + live], segment.MONTHS)
                values = blocks.padded(rows.values[at : at + live], segment.MONTHS)
                state = jax.tree.unflatten(tree, leaves)
                state, out, lw = go(state, params, slots, np.int32(month), np.int32(live), keys, kinds, values)
                leaves = jax.tree.leaves(state)
                block = np.stack([np.asarray(x)[:live] for x in out]) if out else np.zeros((0, live, size), np.float32)
                found = {"records": block, "weight": np.asarray(lw, np.float64)[:live].sum(axis=0)}
                if stored is not None:
                    blocks.write_arrays(stored, found | {f"state{i:03d}": np.asarray(x) for i, x in enumerate(leaves)})
            else:
                leaves = [found[f"state{i:03d}"] for i in range(len(leaves))]
            pieces.append(found["records"])
            weight = weight + found["weight"]
            steps.step()
        return {"records": np.concatenate(pieces, axis=1), "weight": weight}


def dataset(
    model: Model, keep: Sequence[int], first: int, people: Members, parts: Sequence[blocks.Arrays], seed: int
) -> xr.Dataset:
    """Blocks of records [records, months, members] as one Dataset."""
    import xarray as xr

    n = len(people)
    records = np.concatenate([p["records"] for p in parts], axis=2)[:, :, :n]
    weight = np.concatenate([p["weight"] for p in parts])[:n] if "weight" in parts[0] else np.zeros(n)
    variables = {}
    for i, r in enumerate(keep):
        info = model.table.records[r]
        attrs = {
            "record": info.name, "unit": info.unit, "units": info.unit, "kind": info.kind,
            "attributes": json.dumps(dict(info.attributes)),
        }  # fmt: skip
        variables[info.variable] = (("month", "member"), records[i], attrs)
    out = xr.Dataset(
        variables,
        coords={
            "month": first + np.arange(records.shape[1]),
            "member": np.arange(n),
            "draw": ("member", people.draw),
            "log_weight": ("member", weight),
        },
        attrs={"model": model.name, "seed": seed, "code": blocks.code_version(), **backend.describe()},
    )
    return out.transpose("member", "month")
