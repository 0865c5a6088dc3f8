"""What a case knows and does not know, for a reader: facts, sources, laws that are unproven, estimates, gaps."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from keisei import months
from keisei.cases.load import Case
from keisei.cases.systems import read_ablations
from keisei.evidence import Evidence, Fact
from keisei.model import Parameter
from keisei.report.labels import Labels, named
from keisei.report.view import (
    EarnedView,
    FactView,
    FigureView,
    LawView,
    ParameterView,
    SourceView,
    Text,
    Unknowns,
)

if TYPE_CHECKING:
    import xarray as xr

RESIDUAL = "exchange.residual"
SETTLED = 1e-3


def fact_view(fact: Fact, unused: str = "") -> FactView:
    """A fact as it is shown."""
    value = fact.value if isinstance(fact.value, str) else f"{fact.value:g}"
    return FactView(
        fact.id, fact.date, fact.span.first_month, fact.target, value, Text(fact.title_en or fact.id, fact.title_ja),
        fact.certainty, fact.checked, fact.sources, fact.reported, fact.note, unused,
    )  # fmt: skip


def fact_views(case: Case, origin: int) -> tuple[FactView, ...]:
    """Facts known at the origin, the latest first, each with the reason for which it weighs nothing, if so."""
    reasons = dict(case.rows(origin).unused)
    facts = case.evidence.until(origin).facts
    views = [fact_view(f, reasons.get(f.id, "" if placed(case, f) else "no place in the model")) for f in facts]
    return tuple(sorted(views, key=lambda v: (v.month, v.date, v.id), reverse=True))


def placed(case: Case, fact: Fact) -> bool:
    """Whether the model has a site for a fact."""
    known = case.model.table.by_target
    begun = case.translation.state(fact)
    if begun is not None:
        return begun[0] in known
    return any(target in known for target, _, _ in case.translation.places(fact))


def arrived(case: Case, before: int, origin: int) -> tuple[tuple[FactView, ...], tuple[FigureView, ...]]:
    """Facts and figures that became known after ``before`` and by ``origin``."""
    facts = tuple(v for v in fact_views(case, origin) if _known(case.evidence, v.id) > before)
    figures = tuple(
        FigureView(m.target, m.date, m.value, m.unit, m.maker, m.sources)
        for m in case.evidence.until(origin).measurements
        if m.known > before
    )
    return facts, figures


def _known(evidence: Evidence, name: str) -> int:
    return next(fact.known for fact in evidence.facts if fact.id == name)


def source_views(case: Case) -> tuple[SourceView, ...]:
    """Every source, with the number of facts, figures and parameters that cite it."""
    evidence = case.evidence
    told = (
        [f.sources for f in evidence.facts],
        [m.sources for m in evidence.measurements],
        [c.sources for c in evidence.coverage],
        [p.sources for p in case.parameters.items],
    )
    cited = Counter(name for lists in told for sources in lists for name in sources)
    return tuple(
        SourceView(
            s.id, s.title, "; ".join(s.author), s.publisher, s.date, s.url, s.trust, s.language, s.derives_from,
            cited[s.id],
        )
        for s in sorted(case.evidence.sources.values(), key=lambda s: s.id)
    )  # fmt: skip


def laws(folder: Path) -> tuple[LawView, ...]:
    """The laws of a case whose module docstring has a line ``Unproven:``, by file name."""
    found = []
    for path in sorted((folder / "laws").glob("*.py")):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        _, marked, rest = text.partition("\nUnproven:")
        if marked:
            paragraph = " ".join(rest.partition("\n\n")[0].split())
            found.append(LawView(path.stem, text.partition("\n")[0].rstrip("."), paragraph.rstrip(".")))
    return tuple(found)


def earned(case: Case, labels: Labels) -> tuple[tuple[EarnedView, ...], str]:
    """What the mechanisms of a case's laws earn (``ablations.csv``), unproven ones first, and how that was found."""

    def value(text: str) -> float | None:
        return float(text) if text else None

    tried = read_ablations(case.folder / "ablations.csv")
    found = [
        EarnedView(
            a.law, labels.mechanisms.get(f"{a.law}/{a.mechanism}", Text(a.mechanism)), value(a.score_change),
            value(a.score_error), a.record, value(a.shift), value(a.shift_error), a.unproven,
        )
        for a in tried
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda e: not e.unproven)), "; ".join(dict.fromkeys(a.settings for a in tried))


def unsettled(past: xr.Dataset, future: xr.Dataset) -> tuple[Text, ...]:
    """How often the bargains of a run did not settle, as a sentence; none where the run does not tell.

    A bargain counts where its residual, the largest relative change that one more round would make, is above
    `SETTLED`; months in which no member bargains have none.
    """
    pieces = [data[RESIDUAL].transpose("member", "month").values for data in (past, future) if RESIDUAL in data]
    residual = np.concatenate(pieces, axis=1) if pieces else np.zeros((0, 0))
    bargained = residual[:, (residual > 0.0).any(axis=0)] if residual.size else residual
    if not bargained.size:
        return ()
    share = float((bargained > SETTLED).mean())
    return (
        Text(
            f"In {share:.1%} of the quarterly bargains of this run the exchange did not settle to one part in a "
            "thousand; the last round stands for them.",
            f"この計算の四半期ごとの取引のうち{share:.1%}は千分の一まで収束せず、最後の反復の値で代えた。",
        ),
    )


def _prior(p: Parameter) -> str:
    if p.family == "among":
        return "among(" + ", ".join(f"{x:g}" for x in p.options) + ")"
    return f"{p.family}({p.a:g})" if p.family in ("halfnormal", "fixed") else f"{p.family}({p.a:g}, {p.b:g})"


def unknowns(case: Case, origin: int, facts: tuple[FactView, ...], labels: Labels) -> Unknowns:
    """What the model does not know at an origin; ``labels`` name the parameters in Japanese."""
    table = case.model.table
    covered = {span.target for span in case.evidence.until(origin).coverage}
    homeless = Counter(f.target.partition("[")[0] for f in facts if f.unused == "no place in the model")
    estimated = tuple(
        ParameterView(p.id, _prior(p), p.unit, Text(p.meaning, named(labels.parameters, p.id).ja))
        for p in case.parameters.items
        if p.family != "fixed" and all(s == "estimate" for s in p.sources)
    )
    mechanisms, tried = earned(case, labels)
    return Unknowns(
        statements=statements(case),
        laws=laws(case.folder),
        estimated=estimated,
        parameters=len(case.parameters.items),
        unused=tuple(f for f in facts if f.unused and f.unused != "no place in the model"),
        without_site=tuple(sorted(homeless.items(), key=lambda pair: (-pair[1], pair[0]))),
        uncovered=tuple(s.target for s in table.sites if s.kind in ("event", "count") and s.target not in covered),
        earned=mechanisms,
        tried=tried,
    )


def statements(case: Case) -> tuple[Text, ...]:
    """What no evidence of this kind can settle in the model: only what bears on records and sites that it has."""
    records = {r.name for r in case.model.table.records}
    out = []
    if "PRK.foreign_currency" in records:
        out.append(
            Text(
                "North Korea's foreign-currency reserve is not identified: no figure bears on its level, and no scored "
                "question asks for it.",
                "北朝鮮の外貨準備は識別できない。水準を示すデータがなく、採点する質問にも用いない。",
            )
        )
    if "war.ends" in case.model.table.by_target:
        out.append(
            Text(
                "The course of the war in Ukraine is exogenous: nothing in the model hastens or delays its end. "
                "Whether the shells change the battlefield, or Pyongyang holds the war's course (claim C17), cannot be "
                "answered; it would need a model of the front.",
                "ウクライナ戦争の推移は外生で、モデル内の何ものもその終結を早めたり遅らせたりしない。砲弾が戦況を変えるか、"
                "戦争の帰趨を平壌が握るか(主張C17)には答えられない。答えるには前線のモデルが要る。",
            )
        )
    return tuple(out)


def month_name(month: int) -> Text:
    """A month as it is read.

    >>> month_name(2025 * 12 + 8)
    Text(en='September 2025', ja='2025年9月')
    """
    year, number = months.year(month), months.of_year(month)
    return Text(f"{_MONTHS[number - 1]} {year}", f"{year}年{number}月")


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
