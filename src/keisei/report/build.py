"""From two outlooks to what a report shows."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import numpy as np

from keisei import months
from keisei.cases.outlook import change_of
from keisei.forecast import expressions as ex
from keisei.forecast.verification import MODEL
from keisei.report import known, plumes, why
from keisei.report.labels import Labels, load_labels
from keisei.report.stocks import PAIRS, STOCKS
from keisei.report.view import (
    BlendView,
    HealthMonth,
    QuestionView,
    ReportView,
    RunInfo,
    Text,
    movers,
)

if TYPE_CHECKING:
    from keisei.cases.load import Case
    from keisei.cases.outlook import Answer, Outlook
    from keisei.report.claims import ClaimsView
    from keisei.report.verified import Verification
    from keisei.report.voices import VoicesView

YEARS_SHOWN = 12


def records_needed(case: Case) -> tuple[str, ...]:
    """Records whose past a report draws, or tells of."""
    known_records = {r.name for r in case.model.table.records}
    return tuple(sorted({known.RESIDUAL, *(s.record for s in (*STOCKS, *PAIRS))} & known_records))


def horizon(case: Case, origin: int) -> int:
    """The month by which every question open at the origin is decided, or the model's end."""
    closing = [q.closing(origin) for q in case.questions if q.is_open(origin)]
    return min(max([origin + 12, *closing]), case.model.end)


def report_view(
    now: Outlook,
    before: Outlook,
    answers: Sequence[Answer],
    answers_before: Sequence[Answer],
    *,
    made: str,
    verification: Verification | None = None,
    labels: Labels | None = None,
    claims: ClaimsView | None = None,
    voices: VoicesView | None = None,
) -> ReportView:
    """What a report shows of an outlook and of the one made at the origin before.

    Args:
        answers, answers_before: to the questions that were open at each origin.
        made: the day on which the report is made, YYYY-MM-DD.
        labels: names for readers; default those of the case.
        verification, claims, voices: results that took long to make, where they are at hand.
    """
    case, origin = now.case, now.origin
    earlier = {a.question.id: a for a in answers_before if a.question is not None}
    paired = np.array_equal(now.analysis.draws, before.analysis.draws)
    facts = known.fact_views(case, origin)
    new_facts, new_figures = known.arrived(case, before.origin, origin)
    first = origin - 12 * YEARS_SHOWN
    questions = tuple(_question(a, origin, earlier, paired) for a in answers if a.question is not None)
    words = labels or load_labels(case.folder)
    unknowns = known.unknowns(case, origin, facts, words)
    unsettled = known.unsettled(now.past, now.future)
    return ReportView(
        case=str(case.about["id"]),
        name=Text(str(case.about.get("name_en", case.about["id"])), str(case.about.get("name_ja", ""))),
        origin=origin,
        before=before.origin,
        until=now.until,
        questions=questions,
        plumes=tuple(plumes.plume(now, before, s, first) for s in STOCKS if plumes.drawable(now, s)),
        pairs=tuple(
            plumes.plume(now, before, s, first, marks=_meetings(now, s.record))
            for s in PAIRS
            if plumes.drawable(now, s)
        ),
        arrived=new_facts,
        arrived_figures=new_figures,
        facts=facts,
        health=_health(now),
        unknowns=replace(unknowns, statements=(*unknowns.statements, *unsettled)),
        run=_run(now, made),
        sources=known.source_views(case),
        verification=verification and replace(verification, names={**verification.names, **words.targets}),
        why=why.reasons(now, before.origin, movers(questions), words),
        claims=claims,
        voices=voices,
    )


def _question(a: Answer, origin: int, earlier: Mapping[str, Answer], paired: bool) -> QuestionView:
    q, p, b = a.question, a.issued, a.baseline
    assert q is not None
    old = earlier.get(q.id)
    return QuestionView(
        id=q.id,
        system=q.systems[0],
        text=Text(q.text_en, q.text_ja),
        resolution=q.resolution,
        expression=a.expression,
        window=ex.span(q.at(origin)),
        moving=q.is_relative,
        now=p.value,
        low=p.low,
        high=p.high,
        bound=bool(p.note),
        draw_spread=p.draw_spread,
        before=None if old is None else old.issued.value,
        change_error=None if old is None else change_of(a, old, paired)[1],
        base=None if b is None else b.rate,
        base_low=None if b is None else b.low,
        base_high=None if b is None else b.high,
        base_windows=0.0 if b is None else b.effective,
        smallest=q.smallest,
        blend=_blend(a),
    )


def _blend(a: Answer) -> BlendView | None:
    if a.blend is None:
        return None
    w, rival = a.blend.weights, a.blend.best
    return BlendView(a.probability.value, w.weights[MODEL], rival, a.blend.parts[rival], w.gain, w.low, w.high)


def _meetings(outlook: Outlook, record: str) -> list[int]:
    """Months in which the leaders of a pair met, by the evidence known at the origin."""
    pair = record.removeprefix("cooperation.")
    return [
        fact.span.first_month
        for fact in outlook.case.evidence.until(outlook.origin).facts
        if fact.site == "summit" and fact.index == pair and fact.attributes.get("level", "leaders") == "leaders"
    ]


def _health(outlook: Outlook) -> tuple[HealthMonth, ...]:
    from keisei.ensemble import distinct_ancestors, summary

    case = outlook.case
    at: dict[tuple[int, str], list[Text]] = {}
    for fact in case.evidence.until(outlook.origin).facts:
        for target, _, _ in case.translation.places(fact):
            at.setdefault((fact.span.first_month, target), []).append(Text(fact.title_en or fact.id, fact.title_ja))
    for figure in case.evidence.until(outlook.origin).measurements:
        meant = case.translation.series(figure)
        if meant is not None:
            text = f"{figure.maker}: {figure.value:g} {figure.unit} ({figure.date})"
            at.setdefault((max(figure.known, figure.span.last_month), meant[0]), []).append(Text(text, text))
    out = []
    for row, particles in zip(summary(outlook.analysis), distinct_ancestors(outlook.lines), strict=True):
        month = months.parse(row["month"])
        told = tuple(at.get((month, row["row"]), ()))
        site = case.model.table.by_target.get(row["row"])
        quiet = not told and site is not None and site.kind in ("event", "count")
        numbers = (row["ess"], row["loglik"], row["row"], row["row_logp"], int(particles))
        out.append(HealthMonth(month, *numbers, told, quiet))
    return tuple(out)


def _run(outlook: Outlook, made: str) -> RunInfo:
    from keisei.ensemble import backend

    analysis, case = outlook.analysis, outlook.case
    evidence = case.evidence.until(outlook.origin)
    machine = backend.describe()
    names = ("jax", "numpy", "xarray", "altair", "vl-convert-python")
    return RunInfo(
        made=made,
        version=_version("keisei"),
        versions={"Python": platform.python_version(), **{name: _version(name) for name in names}},
        backend=f"{machine['backend']}, {machine['machine']}",
        seed=analysis.seed,
        members=len(outlook.lines.draw),
        draws=len(analysis.draws),
        particles=analysis.particles,
        effective_draws=analysis.effective_draws,
        log_evidence=analysis.log_evidence,
        vintage=_vintage(outlook),
        first=analysis.first,
        facts=len(evidence.facts),
        measurements=len(evidence.measurements),
        rows=int((analysis.rows.kinds == 1).sum()),
    )


def _vintage(outlook: Outlook) -> str:
    return "" if outlook.analysis.vintage is None else months.show(outlook.analysis.vintage)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
