"""Calibrated draws by vintage, shipped with a case in ``draws/YYYY-MM.npz``.

A forecast with an origin uses the latest vintage not after it, else the prior. Draws name their parameters, so that one
added later falls back to its prior instead of shifting the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from keisei import months
from keisei.cases.episodes import likelihood, load_episodes
from keisei.cases.load import Case
from keisei.ensemble.blocks import Progress, write_arrays
from keisei.ensemble.calibration import Block, Calibration, Step, calibrate
from keisei.errors import InputError


@dataclass(frozen=True)
class Draws:
    """Parameter draws and what they have taken in.

    Attributes:
        values: [draws, parameters] in the order of the case's parameters.
        vintage: last month of the evidence behind them; None for the prior.
    """

    values: np.ndarray
    vintage: int | None


def vintages(case: Case, folder: Path | None = None) -> dict[int, Path]:
    """Vintage month → file, of the draws a case ships (or of a folder)."""
    place = folder or case.folder / "draws"
    return {months.parse(p.stem): p for p in sorted(place.glob("????-??.npz"))}


def draw_hashes(case: Case, chosen: Iterable[str | None]) -> dict[str, str]:
    """Vintage as YYYY-MM → 12 digits of the SHA-256 of its draws as the case ships them.

    Args:
        chosen: vintages; those that the case does not ship, and None for the prior, are left out.
    """
    found = {months.show(month): path for month, path in vintages(case).items()}
    wanted = sorted({name for name in chosen if name in found})
    return {name: hashlib.sha256(found[name].read_bytes()).hexdigest()[:12] for name in wanted}


def draws_for(case: Case, origin: int, n: int, seed: int = 1, folder: Path | None = None) -> Draws:
    """n draws of the latest vintage not after the origin, else prior draws.

    More draws than the vintage has are refused rather than repeated.
    """
    usable = [month for month in vintages(case, folder) if month <= origin]
    if not usable:
        return Draws(case.parameters.draw(n, seed), None)
    vintage = max(usable)
    with np.load(vintages(case, folder)[vintage]) as file:
        names, stored = [str(x) for x in file["names"]], file["draws"]
    if n > len(stored):
        raise InputError(f"vintage {months.show(vintage)} has {len(stored)} draws, not {n}", mend="ask for fewer")
    given = {name: stored[:n, i] for i, name in enumerate(names) if name in case.parameters.names}
    return Draws(case.parameters.draw(n, seed, given), vintage)


def blocks_of(case: Case, until: int | None = None) -> tuple[Block, ...]:
    """The calibration blocks that ``case.yaml`` declares.

    ``episodes: true`` weighs a block by the coded episodes up to a month (default all) instead of by rows.
    """

    @cache
    def episodes() -> Callable[[np.ndarray], np.ndarray]:
        return likelihood(case, [e for e in load_episodes(case) if until is None or e.month <= until])

    def weighed(draws: np.ndarray) -> np.ndarray:
        return episodes()(draws).sum(axis=1)

    return tuple(
        Block(
            name, tuple(entry["parameters"]), tuple(entry.get("sites", ())), weighed if entry.get("episodes") else None
        )
        for name, entry in case.about.get("blocks", {}).items()
    )


def calibrate_case(
    case: Case,
    until: int,
    *,
    draws: int = 256,
    particles: int = 128,
    rounds: int = 30,
    issued: int = 400,
    seed: int = 1,
    only: Sequence[str] = (),
    folder: Path | None = None,
    report: Callable[[Step], None] | None = None,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> Calibration:
    """Calibrate a case on its evidence up to a month, that month included.

    Args:
        only: names of blocks to estimate; the other parameters vary along as the vintage of that month in ``folder``
            (default the case's own) has them. By default all blocks, from the prior.

    Raises:
        InputError: there is no such block, or no vintage to keep.

    Filters do not bridge: a bridge costs as much again, and many draws in many tempered rounds matter more here than
    the spread of one draw's likelihood.
    """
    from keisei.ensemble import Analysis, assimilate

    score, blocks = case.score(until), blocks_of(case, until)
    base = None
    if only:
        lost = sorted(set(only) - {b.name for b in blocks})
        if lost:
            raise InputError(f"there is no block '{lost[0]}'", mend=f"take of {', '.join(b.name for b in blocks)}")
        found = vintages(case, folder)
        if until not in found:
            shown = ", ".join(map(months.show, found)) or "none"
            raise InputError(f"there is no vintage {months.show(until)} to keep", mend=f"take one of {shown}")
        blocks = tuple(b for b in blocks if b.name in only)
        with np.load(found[until]) as file:
            stored = len(file["draws"])
        base = draws_for(case, until, stored, seed, folder).values

    def run_filter(values: np.ndarray, number: int) -> Analysis:
        return assimilate(
            case.model, score, draws=values, until=until, particles=particles, seed=seed + 1000 * (number + 1),
            levels=case.levels, floor=0.0, progress=progress, checkpoint=checkpoint,
        )  # fmt: skip

    coded = [n for b in blocks if b.likelihood is not None for n in b.parameters]
    if base is not None and all(b.likelihood is not None for b in blocks):
        chosen = _with_episodes(case, base[:issued], coded, until, seed)
        return Calibration(chosen, (), {}, np.zeros(len(chosen)))
    estimated = calibrate(
        case.parameters,
        blocks,
        run_filter,
        base=base,
        draws=draws,
        rounds=rounds,
        issued=issued,
        seed=seed,
        report=report,
    )
    if not coded:
        return estimated
    return replace(estimated, draws=_with_episodes(case, estimated.draws, coded, until, seed))


def _with_episodes(case: Case, draws: np.ndarray, coded: Sequence[str], until: int, seed: int) -> np.ndarray:
    """Draws whose parameters of the blocks of coded episodes are those of NUTS (`cases.episodes_nuts`).

    Where no episode is known by then, they are left as they are.
    """
    if not any(e.month <= until for e in load_episodes(case)):
        return draws
    from keisei.cases.episodes_nuts import sample

    sampled = sample(case, until=until, samples=max(300, -(-len(draws) // 2)), seed=seed)
    rows = sampled.draws.reshape(-1, len(sampled.names))
    rows = rows[np.random.default_rng([seed, until]).permutation(len(rows))[: len(draws)]]
    out = draws.copy()
    for name in coded:
        if name in sampled.names:
            out[:, case.parameters.names.index(name)] = rows[:, sampled.names.index(name)]
    return out


def write_vintage(case: Case, draws: np.ndarray, until: int, folder: Path | None = None) -> Path:
    """Store draws as a vintage; returns the file."""
    path = (folder or case.folder / "draws") / f"{months.show(until)}.npz"
    write_arrays(path, {"names": np.array(case.parameters.names), "draws": draws.astype(np.float32)})
    return path
