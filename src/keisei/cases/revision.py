"""All draws that a case ships, made by one command: ``keisei calibrate --vintages``.

``case.yaml`` says which vintages there are, how many draws each issues, and with what they are calibrated. The
vintages are worked on in order. A killed run goes on where it stopped: a vintage that was made from the same laws,
priors, evidence and settings is left as it is, and finished blocks of a filter are kept in the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from keisei import months
from keisei.cases.load import Case
from keisei.cases.vintages import calibrate_case, vintages, write_vintage
from keisei.ensemble.blocks import Progress, code_version, content_key
from keisei.ensemble.calibration import Step
from keisei.errors import InputError


@dataclass(frozen=True)
class Settings:
    """With what draws are calibrated.

    Attributes:
        draws, particles, rounds, seed: as in `calibrate_case`.
        issued: vintage month → how many draws it issues.
    """

    draws: int = 192
    particles: int = 64
    rounds: int = 30
    seed: int = 1
    issued: tuple[tuple[int, int], ...] = ()


def settings_of(case: Case) -> Settings:
    """What ``case.yaml`` says under ``calibration``; defaults where it says nothing."""
    given = dict(case.about.get("calibration", {}))
    issued = {months.parse(month): int(n) for month, n in given.pop("vintages", {}).items()}
    return replace(Settings(), **given, issued=tuple(sorted(issued.items())))


def made_from(case: Case, until: int, settings: Settings, issued: int) -> str:
    """A hash of all that a vintage's draws depend on."""
    from keisei.ensemble import segment

    here = Path(__file__).parent
    code = [(here / f"{name}.py").read_bytes() for name in ("episodes", "episodes_nuts", "vintages")]
    episodes = case.folder / "episodes.yaml"
    return content_key(
        code_version(), *code, segment.fingerprint(case.model, case.levels), case.parameters.items,
        case.about.get("blocks", {}), episodes.read_bytes() if episodes.is_file() else b"", case.score(until), until,
        replace(settings, issued=()), issued,
    )  # fmt: skip


def revise(
    case: Case,
    settings: Settings,
    *,
    folder: Path | None = None,
    report: Callable[[Step], None] | None = None,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> Iterator[tuple[Path, bool]]:
    """Make all vintages in order; yields each one's file and whether it was made now.

    Raises:
        InputError: the case names no vintages.
    """
    if not settings.issued:
        raise InputError(
            "the case names no vintages", file=case.folder / "case.yaml",
            mend="write calibration: {vintages: {YYYY-MM: draws}}",
        )  # fmt: skip
    for until, issued in settings.issued:
        made, found = made_from(case, until, settings, issued), vintages(case, folder).get(until)
        if found is not None and _made(found) == made:
            yield found, False
            continue
        result = calibrate_case(
            case, until, draws=settings.draws, particles=settings.particles, rounds=settings.rounds, issued=issued,
            seed=settings.seed, folder=folder, report=report, progress=progress, checkpoint=checkpoint,
        )  # fmt: skip
        yield write_vintage(case, result.draws, until, folder, made), True


def _made(path: Path) -> str:
    with np.load(path) as file:
        return str(file["made"]) if "made" in file.files else ""
