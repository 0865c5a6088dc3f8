"""An outlook: assimilate what was known at an origin, go on from there, and answer questions.

Nothing dated after the origin is used, parameters included: evidence is cut by `Evidence.until`, draws by vintage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from keisei import months
from keisei.cases.blended import Blended, Verified, blended, read_verified
from keisei.cases.load import Case
from keisei.cases.observed import observations
from keisei.cases.vintages import Draws, draws_for
from keisei.ensemble import Analysis, Lines, Worlds, assimilate, branch, forecast, select_lines, twin
from keisei.ensemble.blocks import Progress
from keisei.errors import InputError
from keisei.explore.paired import FEW_DRAWS, by_draw
from keisei.forecast import expressions as ex
from keisei.forecast.probabilities import (
    BaseRate,
    Probability,
    base_rate,
    change_error,
    nested_probability,
    probability,
)
from keisei.forecast.questions import Question
from keisei.model.rows import agreement, layout
from keisei.score import Row

if TYPE_CHECKING:
    import xarray as xr

DRAWS, PARTICLES, MEMBERS = 128, 64, 2048


@dataclass(frozen=True)
class Answer:
    """A question with its probability and the base rate beside it; ``question`` is None for an expression asked.

    ``probability`` is the model's own, ``by_draw`` [2, draws] each draw's share of the members and the share of those
    that hold. ``blend`` is there where hindcasts have shown that the model adds to simple forecasts of just this
    (`keisei.cases.blended`).
    """

    question: Question | None
    expression: str
    probability: Probability
    baseline: BaseRate | None
    blend: Blended | None = None
    by_draw: np.ndarray | None = None

    @property
    def issued(self) -> Probability:
        """What a forecast returns: the blend where there is one, else the model's own probability."""
        return self.probability if self.blend is None else self.blend.probability

    @property
    def weight(self) -> float:
        """Of the model's own probability in what is issued."""
        return 1.0 if self.blend is None else self.blend.weight


@dataclass(frozen=True)
class Outlook:
    """An analysis at an origin and what follows.

    Attributes:
        case, origin, until: of what, from when, to when.
        analysis, lines: the filter and its equally weighted lines.
        past: records of the lines up to the origin, Dataset (member, month); only those that were kept.
        future: records after the origin, Dataset (member, month).
        observed: what happened, Dataset (month), up to the origin. covered: the part of it that a base rate may
        rest on.
    """

    case: Case
    origin: int
    until: int
    analysis: Analysis
    lines: Lines
    past: xr.Dataset
    future: xr.Dataset
    observed: xr.Dataset
    covered: xr.Dataset


def default_until(case: Case, origin: int) -> int:
    """Five years on, or the model's end."""
    return min(origin + 60, case.model.end)


def open_questions(case: Case, origin: int, until: int) -> tuple[Question, ...]:
    """Questions that can be asked at the origin and are decided by ``until``."""
    return tuple(q for q in case.questions if q.is_open(origin) and q.closing(origin) <= until)


def _past_names(trees: Iterable[ex.Expression], origin: int) -> set[str]:
    """Records that some expression reads at or before the origin."""
    out: set[str] = set()
    for tree in trees:
        if ex.span(tree)[0] <= origin:
            out |= {record.name for record in ex.names(tree)}
    return out


def analyse(
    case: Case,
    origin: int,
    *,
    draws: Draws | None = None,
    particles: int = PARTICLES,
    seed: int = 1,
    records: Iterable[str] = (),
    later: Iterable[str] | None = (),
    before: int | None = None,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> Analysis:
    """Filter what was known at the end of ``origin``.

    Args:
        before: an earlier origin; particles are kept from which `outlook_before` goes on with what was known then.

    Raises:
        InputError: the origin is outside the case's months.
    """
    if not case.model.start <= origin <= case.model.end:
        raise InputError(
            f"{months.show(origin)} is outside the case",
            mend=f"choose an origin in {months.show(case.model.start)}..{months.show(case.model.end)}",
        )
    chosen = draws or draws_for(case, origin, DRAWS, seed)
    return assimilate(
        case.model, case.score(origin), draws=chosen.values, until=origin, particles=particles, seed=seed,
        records=sorted(records), later=later, levels=case.levels, vintage=chosen.vintage,
        fork=None if before is None else _parting(case, origin, before), progress=progress, checkpoint=checkpoint,
    )  # fmt: skip


def _parting(case: Case, origin: int, before: int) -> int:
    """The first month in which what was known at two origins differs, or the last month of the earlier one."""
    table, start = case.model.table, case.model.start
    known = [layout(table, case.score(at), start, at) for at in (before, origin)]
    return max(start, min(before, start - 1 + agreement(*known)))


def past_of(analysis: Analysis, lines: Lines) -> xr.Dataset:
    """Records of the lines in the months assimilated, traced back through their ancestors."""
    from keisei.ensemble.run import Members, dataset

    n, span = len(lines.draw), analysis.last - analysis.first + 1
    records = np.empty((len(analysis.kept), span, n), np.float32)
    for t in range(span):
        records[:, t] = analysis.records[:, t, lines.worked[t]]
    people = Members(analysis.draws, lines.draw, lines.slots[0])
    return dataset(analysis.model, analysis.kept, analysis.first, people, [{"records": records}], analysis.seed)


def make_outlook(
    case: Case,
    origin: int | None = None,
    *,
    until: int | None = None,
    members: int = MEMBERS,
    draws: int = DRAWS,
    particles: int = PARTICLES,
    seed: int = 1,
    keep: Iterable[str] = (),
    trees: Iterable[ex.Expression] = (),
    score: Iterable[Row] = (),
    records: Iterable[str] | None = None,
    before: int | None = None,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> Outlook:
    """Assimilate up to the origin and run on.

    Args:
        origin: default the last month the evidence covers.
        until: default five years on.
        keep: records whose past is wanted (for plumes). trees: expressions that will be asked beside the open
        questions.
        score: rows of a scenario after the origin. records: of the future, default all.
        before: an earlier origin for which `outlook_before` will be asked.
        progress: called for the assimilation and then for the forecast.
    """
    last = case.origin if origin is None else origin
    end = default_until(case, last) if until is None else until
    if end <= last:
        raise InputError(f"{months.show(end)} is not after the origin {months.show(last)}", mend="give a later month")
    if before is not None and not case.model.start <= before < last:
        raise InputError(
            f"{months.show(before)} is not before the origin {months.show(last)}",
            mend=f"give a month in {months.show(case.model.start)}..{months.show(last - 1)}",
        )
    analysis = analyse(
        case, last, draws=draws_for(case, last, draws, seed), particles=particles, seed=seed,
        records=_kept(case, last, end, keep, trees), later=records, before=before, progress=progress,
        checkpoint=checkpoint,
    )  # fmt: skip
    return _gone_on(case, analysis, end, members, score, records, progress)


def outlook_before(
    outlook: Outlook,
    before: int,
    *,
    records: Iterable[str] | None = None,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> Outlook:
    """The outlook as it would stand without the evidence since an earlier origin.

    Parameter draws and noise are the same, so that nothing but evidence parts the two. It is not what was said
    then: draws calibrated since have seen evidence from after that origin.

    Args:
        outlook: made with ``before``, so that only the last months are filtered anew.
        records: of the future, default all.

    Raises:
        InputError: the outlook kept no particles from before the evidence parts.
    """
    case = outlook.case
    analysis = branch(outlook.analysis, case.score(before), until=before, progress=progress, checkpoint=checkpoint)
    return _gone_on(case, analysis, outlook.until, len(outlook.lines.draw), (), records, progress)


def _kept(case: Case, origin: int, until: int, keep: Iterable[str], trees: Iterable[ex.Expression]) -> set[str]:
    """Records whose past an outlook needs."""
    asked = [*trees, *(q.at(origin) for q in open_questions(case, origin, until))]
    return {*keep, *_past_names(asked, origin)} & {r.name for r in case.model.table.records}


def _gone_on(
    case: Case, analysis: Analysis, until: int, members: int, score: Iterable[Row], records: Iterable[str] | None,
    progress: Progress | None,
) -> Outlook:  # fmt: skip
    """What follows from an analysis."""
    last = analysis.last
    lines = select_lines(analysis, members, analysis.seed)
    future = forecast(analysis, lines, until=until, score=score, records=records, levels=case.levels, progress=progress)
    return Outlook(
        case, last, until, analysis, lines, past_of(analysis, lines), future, observations(case, last),
        observations(case, last, covered_only=True),
    )  # fmt: skip


def answer(
    outlook: Outlook, tree: ex.Expression, question: Question | None = None, asked: str = "",
    verified: Verified | None = None,
) -> Answer:  # fmt: skip
    """The probability of an expression with calendar months, and its base rate before the origin.

    Raises:
        InputError: the expression reads what the run does not hold.
    """
    data = _joined(outlook, tree)
    holds = ex.evaluate(tree, data)
    try:
        found = base_rate(tree, outlook.covered, outlook.origin)
        baseline = found if found.windows else None
    except InputError:
        baseline = None
    own = _pooled(holds, outlook)
    blend = blended(verified, tree, outlook.observed, outlook.covered, outlook.origin, own)
    shown = asked or (question.expression if question else ex.show(tree))
    return Answer(
        question, shown, own, baseline, blend, by_draw(holds, outlook.lines.draw, len(outlook.analysis.draws))
    )


def change_of(now: Answer, before: Answer, paired: bool) -> tuple[float, float]:
    """How far what is issued has moved, and its standard error.

    Args:
        paired: the two outlooks share their draws (`outlook_before`); else their errors are taken as independent.
    """
    one, other = now.issued, before.issued
    # where every member says the same the error of the run is a bound, which nothing cancels
    if paired and not one.note and not other.note and now.by_draw is not None and before.by_draw is not None:
        scale = np.array([[1.0], [now.weight]]), np.array([[1.0], [before.weight]])
        error = change_error(scale[0] * now.by_draw, scale[1] * before.by_draw)
    else:
        error = float(np.hypot(_error(one), _error(other)))
    return one.value - other.value, error


def _error(p: Probability) -> float:
    """The standard error; where every member says the same, the bound's half in its place."""
    return p.mc_error if not p.note else (p.high - p.low) / 1.96


def _pooled(holds: np.ndarray, outlook: Outlook) -> Probability:
    """Members of one draw share their past: the error is between draws where there are several of them."""
    draw = outlook.lines.draw
    ids, counts = np.unique(draw, return_counts=True)
    if len(ids) < FEW_DRAWS:
        return probability(holds)
    # unequal numbers of members per draw: draws weigh by their number
    per = int(counts.max())
    table = np.zeros((len(ids), per), bool)
    weight = np.zeros((len(ids), per))
    for i, d in enumerate(ids):
        here = holds[draw == d]
        table[i, : len(here)] = here
        weight[i, : len(here)] = 1.0
    return nested_probability(table, weight, counts.astype(float))


def _joined(outlook: Outlook, tree: ex.Expression) -> Any:
    """Past and future of the records an expression reads, as one run."""
    import xarray as xr

    if ex.span(tree)[0] > outlook.origin:
        return outlook.future
    both = [v for v in outlook.past.data_vars if v in outlook.future.data_vars]
    return xr.concat(
        [outlook.past[both], outlook.future[both]], dim="month", data_vars="minimal", coords="minimal",
        compat="override",
        join="override", combine_attrs="override",
    )  # fmt: skip


def answers(outlook: Outlook, asked: Sequence[str] = (), only: Sequence[str] = ()) -> list[Answer]:
    """Answers to the case's open questions (or those named) and to expressions asked.

    Raises:
        InputError: a question that is not there or not open, or an expression that does not parse.
    """
    case, origin = outlook.case, outlook.origin
    by_id = {q.id: q for q in case.questions}
    if only:
        chosen = []
        for name in only:
            if name not in by_id:
                from keisei.model.rows import near

                raise InputError(f"there is no question '{name}'", mend=near(by_id, name))
            chosen.append(by_id[name])
    else:
        chosen = [] if asked else list(open_questions(case, origin, outlook.until))
    known = read_verified(case)
    out = [answer(outlook, q.at(origin), q, "", known) for q in chosen]
    return out + [answer(outlook, ex.at_origin(ex.parse(text), origin), None, text, known) for text in asked]


def what_if(
    case: Case,
    changes: Sequence[Row],
    *,
    origin: int | None = None,
    until: int | None = None,
    members: int = MEMBERS,
    draws: int = DRAWS,
    particles: int = PARTICLES,
    seed: int = 1,
    progress: Progress | None = None,
) -> tuple[Worlds, Analysis, Lines]:
    """Two worlds from an origin: as it is, and with some sites set. Changes may lie before the origin."""
    last = case.origin if origin is None else origin
    end = default_until(case, last) if until is None else until
    analysis = analyse(
        case, last, draws=draws_for(case, last, draws, seed), particles=particles, seed=seed, progress=progress
    )
    lines = select_lines(analysis, members, seed)
    worlds = twin(analysis, lines, changes, until=end, levels=case.levels, progress=progress)
    return worlds, analysis, lines
