"""A small report on invented states: no model is compiled for it."""

from __future__ import annotations

from dataclasses import replace

from keisei import months
from keisei.report.view import (
    Dot,
    FactView,
    FigureView,
    HealthMonth,
    LawView,
    ParameterView,
    Plume,
    QuestionView,
    ReportView,
    RunInfo,
    SourceView,
    Text,
    Unknowns,
)
from keisei.report.why import Cause, Piece, Reason, Sign, WhyView

ORIGIN = months.parse("2025-09")


def question(name: str = "talks", **changes: object) -> QuestionView:
    base = QuestionView(
        id=name,
        system="S9",
        text=Text("Will Arcadia and Borduria talk?", "アルカディアとボルドリアは対話するか。"),
        resolution="Yes if both say so.",
        expression="any(talks) within origin+1..origin+12",
        window=(ORIGIN + 1, ORIGIN + 12),
        moving=True,
        now=0.4,
        low=0.38,
        high=0.42,
        before=0.3,
        change_error=0.014,
        base=0.2,
        base_low=0.1,
        base_high=0.3,
        smallest=0.05,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def plume(name: str = "stock") -> Plume:
    span = tuple(range(ORIGIN - 24, ORIGIN + 25))
    middle = tuple(100.0 + i for i in range(len(span)))
    wide = [max(0, i - 24) for i in range(len(span))]
    return Plume(
        name,
        Text("Grain", "穀物"),
        Text("tonnes", "トン"),
        ORIGIN,
        span,
        tuple(c - 2 * w for c, w in zip(middle, wide, strict=True)),
        tuple(c - w for c, w in zip(middle, wide, strict=True)),
        middle,
        tuple(c + w for c, w in zip(middle, wide, strict=True)),
        tuple(c + 2 * w for c, w in zip(middle, wide, strict=True)),
        dots=(
            Dot(ORIGIN - 12, ORIGIN - 12, 112.0, 105.0, 119.0, "Office"),
            Dot(ORIGIN - 6, ORIGIN - 6, 140.0, None, None, "Other", weighs=False),
            Dot(ORIGIN + 3, ORIGIN + 3, 120.0, None, None, "Office", later=True),
        ),
        before_months=(ORIGIN - 3, ORIGIN, ORIGIN + 24),
        before_median=(121.0, 124.0, 150.0),
        marks=(ORIGIN - 5,),
    )


def fact(name: str = "f1", **changes: object) -> FactView:
    base = FactView(
        name,
        "2025-08-02",
        months.parse("2025-08"),
        "talks",
        "1",
        Text("Envoys met <twice>", "特使が会談"),
        "reported",
        "opened",
        ("gazette",),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def cause(**changes: object) -> Cause:
    base = Cause(ORIGIN, (Piece(Text("Envoys met <twice>", "特使が会談"), "fact-f1"),), 0.06, 0.34, 0.6, True, True)
    return replace(base, **changes)  # type: ignore[arg-type]


def why() -> WhyView:
    sign = Sign(Text("envoys meet", "特使が会談する"), ORIGIN + 1, 0.02, 0.25, 0.46, 0.38, False)
    return WhyView({"talks": Reason(cause(), (sign,)), "still": Reason(None, ())}, ORIGIN - 3, ORIGIN + 1)


def view(**changes: object) -> ReportView:
    base = ReportView(
        case="toy",
        name=Text("Two states", "二つの国"),
        origin=ORIGIN,
        before=ORIGIN - 3,
        until=ORIGIN + 24,
        questions=(
            question(),
            question("still", now=0.31, low=0.29, high=0.33),
            question("rare", now=0.0, low=0.0, high=0.02, bound=True, before=None, change_error=None, base=None),
        ),
        plumes=(plume(),),
        pairs=(plume("cooperation.A-B"),),
        arrived=(fact(),),
        arrived_figures=(FigureView("grain", "2024", 95.0, "tonnes", "Office", ("gazette",)),),
        facts=(
            fact(),
            fact("f0", date="2020-01", month=months.parse("2020-01"), unused="contested", certainty="contested"),
        ),
        health=tuple(
            HealthMonth(ORIGIN - i, 0.5 + 0.01 * i, -1.0, "talks", -float(i), 900 - 7 * i) for i in range(12, -1, -1)
        ),
        unknowns=Unknowns(
            (Text("The reserve is not identified.", "準備は識別できない。"),),
            (LawView("trade", "Trade", "the harvest"),),
            (ParameterView("slope", "normal(0, 1)", "1", Text("a slope", "傾き")),),
            3,
            (fact("f0", unused="contested"),),
            (("troops", 2),),
            ("PRK.vehicle.new",),
        ),
        run=RunInfo(
            "2026-01-01",
            "0.1.0",
            {"Python": "3.11"},
            "cpu, x86_64",
            1,
            128,
            16,
            32,
            12.5,
            -100.0,
            "",
            ORIGIN - 240,
            2,
            1,
            30,
        ),
        sources=(
            SourceView(
                "gazette", "The <Gazette>", "", "Gazette", "2025", "https://example.org/a?b=1&c=2", "high", "en", (), 2
            ),
            SourceView("blog", "A blog", "", "", "", "javascript:alert(1)", "low", "ja", ("gazette",), 0),
        ),
        why=why(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def bare(**changes: object) -> ReportView:
    """The same without its charts, which take most of the time."""
    return view(plumes=(), pairs=(), health=(), **changes)
