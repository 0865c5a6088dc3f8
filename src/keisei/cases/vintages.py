"""Calibrated draws by vintage, shipped with a case in ``draws/YYYY-MM.npz``.

A forecast with an origin uses the latest vintage not after it, else the prior. Draws name their parameters, so that one
added later falls back to its prior instead of shifting the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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


def blocks_of(case: Case) -> tuple[Block, ...]:
    """The calibration blocks that ``case.yaml`` declares; one of coded episodes has no sites."""
    return tuple(
        Block(name, tuple(entry["parameters"]), tuple(entry.get("sites", ())))
        for name, entry in case.about.get("blocks", {}).items()
    )


def coded_blocks(case: Case) -> frozenset[str]:
    """Names of the blocks that coded episodes weigh instead of rows (``episodes: true``)."""
    return frozenset(name for name, entry in case.about.get("blocks", {}).items() if entry.get("episodes"))


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

    Parameters of coded episodes come first (`_with_episodes`); they and those of no block vary along while the filter
    weighs the others block by block.

    Args:
        only: names of blocks to estimate; the other parameters vary along as the vintage of that month in ``folder``
            (default the case's own) has them. By default all blocks, from the prior.

    Raises:
        InputError: there is no such block, or no vintage to keep.

    Filters do not bridge: a bridge costs as much again, and many draws in many tempered rounds matter more here than
    the spread of one draw's likelihood.
    """
    from keisei.ensemble import Analysis, assimilate

    score, chosen = case.score(until), blocks_of(case)
    if only:
        base, chosen = _kept(case, until, seed, folder), tuple(b for b in chosen if b.name in only)
        lost = sorted(set(only) - {b.name for b in chosen})
        if lost:
            every = ", ".join(b.name for b in blocks_of(case))
            raise InputError(f"there is no block '{lost[0]}'", mend=f"take of {every}")
    else:
        base = case.parameters.draw(max(issued, draws), seed)
    coded = [b for b in chosen if b.name in coded_blocks(case)]
    if coded:
        base = _with_episodes(case, base, [n for b in coded for n in b.parameters], until, seed)
    weighed = tuple(b for b in chosen if b not in coded)
    if not weighed:
        return Calibration(base[:issued], (), {}, np.zeros(len(base[:issued])))

    def run_filter(values: np.ndarray, number: int) -> Analysis:
        return assimilate(
            case.model, score, draws=values, until=until, particles=particles, seed=seed + 1000 * (number + 1),
            levels=case.levels, floor=0.0, progress=progress, checkpoint=checkpoint,
        )  # fmt: skip

    return calibrate(
        case.parameters, weighed, run_filter, base=base, draws=draws, rounds=rounds, issued=issued, seed=seed,
        report=report,
    )  # fmt: skip


def _kept(case: Case, until: int, seed: int, folder: Path | None) -> np.ndarray:
    """All draws of a vintage, in the order of the case's parameters.

    Raises:
        InputError: there is no such vintage.
    """
    found = vintages(case, folder)
    if until not in found:
        shown = ", ".join(map(months.show, found)) or "none"
        raise InputError(f"there is no vintage {months.show(until)} to keep", mend=f"take one of {shown}")
    with np.load(found[until]) as file:
        stored = len(file["draws"])
    return draws_for(case, until, stored, seed, folder).values


def _with_episodes(case: Case, draws: np.ndarray, coded: Sequence[str], until: int, seed: int) -> np.ndarray:
    """Draws whose parameters of the blocks of coded episodes are of the posterior by the episodes known by then.

    Prior draws weighed by the likelihood, which needs no filter: exact, and with so few decisions some percent of them
    count. NUTS gives the same (`cases.episodes_nuts`; a test). Where no episode is known, nothing changes.
    """
    known = [e for e in load_episodes(case) if e.month <= until]
    if not known:
        return draws
    weigh, at = likelihood(case, known), [case.parameters.names.index(n) for n in coded]
    pool, weights = [], []
    for part in range(_PARTS):
        prior = case.parameters.draw(_PART, seed + 7919 * (part + 1))
        pool.append(prior[:, at])
        weights.append(weigh(prior).sum(axis=1))
    rows, loglik = np.concatenate(pool), np.concatenate(weights)
    share = np.exp(loglik - loglik.max())
    rng = np.random.default_rng([seed, until])
    # systematic, so that a row that counts for much comes about as often as it should
    at_cdf = (np.arange(len(draws)) + rng.random()) / len(draws)
    chosen = np.minimum(np.searchsorted(np.cumsum(share) / share.sum(), at_cdf), len(rows) - 1)
    out = draws.copy()
    out[:, at] = rows[rng.permutation(chosen)]
    return out


_PART, _PARTS = 20_000, 3


def write_vintage(case: Case, draws: np.ndarray, until: int, folder: Path | None = None, made: str = "") -> Path:
    """Store draws as a vintage, with what they were ``made`` from (`cases.revision`); returns the file."""
    path = (folder or case.folder / "draws") / f"{months.show(until)}.npz"
    write_arrays(
        path,
        {
            "names": np.array(case.parameters.names), "draws": draws.astype(np.float32), "made": np.array(made),
        },
    )  # fmt: skip
    return path
