"""Calibrated draws by vintage, shipped with a case in ``draws/YYYY-MM.npz``.

A forecast with an origin uses the latest vintage not after it, else the prior. Draws name their parameters, so that one
added later falls back to its prior instead of shifting the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from keisei import months
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
    """The calibration blocks that ``case.yaml`` declares."""
    return tuple(
        Block(name, tuple(entry["parameters"]), tuple(entry["sites"]))
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
    report: Callable[[Step], None] | None = None,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> Calibration:
    """Calibrate a case on its evidence up to a month, that month included."""
    from keisei.ensemble import Analysis, assimilate

    score = case.score(until)

    def run_filter(values: np.ndarray, number: int) -> Analysis:
        return assimilate(
            case.model, score, draws=values, until=until, particles=particles, seed=seed + 1000 * (number + 1),
            levels=case.levels, progress=progress, checkpoint=checkpoint,
        )  # fmt: skip

    return calibrate(
        case.parameters,
        blocks_of(case),
        run_filter,
        draws=draws,
        rounds=rounds,
        issued=issued,
        seed=seed,
        report=report,
    )


def write_vintage(case: Case, calibration: Calibration, until: int, folder: Path | None = None) -> Path:
    """Store draws as a vintage; returns the file."""
    path = (folder or case.folder / "draws") / f"{months.show(until)}.npz"
    write_arrays(path, {"names": np.array(case.parameters.names), "draws": calibration.draws.astype(np.float32)})
    return path
