"""What became of frozen forecasts: outcomes, and the scores of the probabilities that were issued."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keisei import months
from keisei.errors import InputError
from keisei.evidence.tables import complaint, read_csv
from keisei.forecast import expressions as ex
from keisei.forecast.ledger import STATUSES, Entry, FrozenQuestion
from keisei.forecast.scoring import CLIP

if TYPE_CHECKING:
    import xarray as xr

COLUMNS = ("question", "closes", "outcome", "resolved", "source")
_OUTCOMES = {"yes": True, "no": False, "void": None}
Resolver = Callable[[FrozenQuestion], bool | None]


@dataclass(frozen=True)
class Outcome:
    """What happened: True, False, or None where the question was void; when it was decided, and by which
    source."""

    happened: bool | None
    resolved: str
    source: str


def read_outcomes(path: Path) -> dict[tuple[str, str], Outcome]:
    """Outcomes by (question, closing month) from a CSV file with columns question, closes, outcome,
    resolved, source.

    ``outcome`` is yes, no or void (its condition failed; it is not scored). ``source`` says where that can
    be checked.

    Raises:
        InputError: a column is missing, a month is none, an outcome is not allowed or stands twice; with
        file and line.
    """
    found: dict[tuple[str, str], Outcome] = {}
    for item in read_csv(path, COLUMNS):
        cells = {key: value.strip() for key, value in item.cells.items()}
        if cells["outcome"] not in _OUTCOMES:
            message = f"the outcome '{cells['outcome']}' is not allowed"
            raise complaint(message, file=path, line=item.line, mend="write yes, no or void")
        try:
            closes = months.show(months.parse(cells["closes"]))
        except InputError as error:
            raise complaint(error.message, file=path, line=item.line, mend=error.mend) from None
        if not cells["source"] or not cells["question"]:
            raise complaint("question or source is empty", file=path, line=item.line, mend="fill it in")
        key = (cells["question"], closes)
        if key in found:
            raise complaint(f"'{key[0]}' closing {closes} stands twice", file=path, line=item.line, mend="keep one")
        found[key] = Outcome(_OUTCOMES[cells["outcome"]], cells["resolved"], cells["source"])
    return found


def by_outcomes(outcomes: Mapping[tuple[str, str], Outcome]) -> Resolver:
    """Resolve by a person's rulings."""

    def resolve(question: FrozenQuestion) -> bool | None:
        ruling = outcomes.get((question.id, question.closes))
        return ruling.happened if ruling else None

    return resolve


def by_observations(observations: xr.Dataset) -> Resolver:
    """Resolve by evaluating each frozen expression on observed records."""
    return lambda question: ex.resolve(ex.parse(question.expression), observations)


@dataclass(frozen=True)
class Settled:
    """One frozen probability against what happened; log scores in nats, clipped to [0.001, 0.999]."""

    entry: int
    issued: str
    origin: str
    question: str
    closes: str
    status: str
    probability: float
    outcome: bool
    brier: float
    log_score: float
    baseline: float | None
    baseline_brier: float | None
    baseline_log_score: float | None


@dataclass(frozen=True)
class Summary:
    """Means over the settled probabilities of one status; the baseline's over those that have one.

    ``questions`` counts different (question, closing month) pairs: repeated issues of one question are not
    independent, so the number that carries evidence is this one, not ``n``.
    """

    status: str
    n: int
    questions: int
    brier: float
    log_score: float
    with_baseline: int
    brier_there: float | None
    baseline_brier: float | None
    log_score_there: float | None
    baseline_log_score: float | None


def _scores(probability: float, outcome: bool) -> tuple[float, float]:
    clipped = min(max(probability, CLIP), 1 - CLIP)
    return (probability - outcome) ** 2, math.log(clipped if outcome else 1 - clipped)


def settle(entries: Sequence[Entry], resolve: Resolver) -> tuple[tuple[Settled, ...], int]:
    """Every frozen probability whose question is decided, scored; and how many are still open or void."""
    settled: list[Settled] = []
    still_open = 0
    for entry in entries:
        for question in entry.forecast.questions:
            outcome = resolve(question)
            if outcome is None:
                still_open += 1
                continue
            own = _scores(question.probability, outcome)
            base = (None, None) if question.baseline is None else _scores(question.baseline, outcome)
            settled.append(
                Settled(
                    entry=entry.index,
                    issued=entry.issued,
                    origin=entry.forecast.origin,
                    question=question.id,
                    closes=question.closes,
                    status=entry.status(question),
                    probability=question.probability,
                    outcome=outcome,
                    brier=own[0],
                    log_score=own[1],
                    baseline=question.baseline,
                    baseline_brier=base[0],
                    baseline_log_score=base[1],
                )
            )
    return tuple(settled), still_open


def summarise(settled: Sequence[Settled]) -> tuple[Summary, ...]:
    """Mean scores by status, forecasts first; a status without settled questions is left out."""

    def mean(values: Sequence[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return sum(known) / len(known) if known else None

    found = []
    for status in STATUSES:
        here = [s for s in settled if s.status == status]
        if not here:
            continue
        paired = [s for s in here if s.baseline is not None]
        found.append(
            Summary(
                status=status,
                n=len(here),
                questions=len({(s.question, s.closes) for s in here}),
                brier=sum(s.brier for s in here) / len(here),
                log_score=sum(s.log_score for s in here) / len(here),
                with_baseline=len(paired),
                brier_there=mean([s.brier for s in paired]),
                baseline_brier=mean([s.baseline_brier for s in paired]),
                log_score_there=mean([s.log_score for s in paired]),
                baseline_log_score=mean([s.baseline_log_score for s in paired]),
            )
        )
    return tuple(found)
