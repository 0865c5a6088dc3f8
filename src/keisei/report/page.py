"""A report as one HTML file that needs nothing else: no network, no script to read it."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from keisei import months
from keisei.report import charts, known, marks, shipped, words
from keisei.report.view import Plume, QuestionView, ReportView, Text, movers

if TYPE_CHECKING:
    from jinja2 import Environment

SURPRISES, RECENT_YEARS = 12, 1


def render(view: ReportView) -> str:
    """The report as an HTML document, English and Japanese."""
    years = groupby(view.facts, key=lambda f: months.year(f.month))
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            view=view,
            style=Markup((Path(__file__).parent / "style.css").read_text(encoding="utf-8")),
            movers=movers(view.questions),
            moved=sum(q.moved for q in view.questions),
            compared=sum(q.change is not None for q in view.questions),
            alike=sum(q.against_base == "alike" for q in view.questions),
            with_base=sum(q.base is not None for q in view.questions),
            groups=by_system(view.questions),
            plume_svgs=[Markup(charts.svg(charts.fan(p), p.title.en)) for p in view.plumes],
            pair_svgs=_pair_svgs(view.pairs),
            health_svg=Markup(charts.svg(charts.health(view.health), "effective sample and surprise by month"))
            if view.health
            else "",
            surprises=sorted((h for h in view.health if h.row), key=lambda h: h.row_logp)[:SURPRISES],
            recent_surprises=[h for h in view.health if view.before < h.month <= view.origin and h.row],
            lowest=min(view.health, key=lambda h: h.ess) if view.health else None,
            fewest=min(view.health, key=lambda h: h.particles) if view.health else None,
            years=[(year, list(facts)) for year, facts in years],
            recent=months.year(view.origin) - RECENT_YEARS,
            cells=[plume_cells(p, view) for p in view.plumes],
            pair_months=list(range(view.origin - 11, view.origin + 1)) + [view.origin + n for n in (3, 6, 12, 24)],
            curves=[
                (name, Markup(charts.svg(charts.reliability(bins), name)))
                for name, bins in view.verification.reliability
            ]
            if view.verification
            else [],
            documents={s.id for s in view.sources},
        )
    )


def by_system(questions: tuple[QuestionView, ...]) -> list[tuple[Text, list[QuestionView]]]:
    """Questions under the system that they bear on first, in the order of the systems."""
    order = list(words.SYSTEMS)
    found: dict[str, list[QuestionView]] = {}
    for q in questions:
        found.setdefault(q.system, []).append(q)
    keys = sorted(found, key=lambda s: order.index(s) if s in order else len(order))
    return [(words.named(words.SYSTEMS, key), found[key]) for key in keys]


def plume_cells(plume: Plume, view: ReportView) -> list[tuple[int, tuple[float, float, float, float, float]]]:
    """Quantiles at the origin, a year on, and at the end."""
    wanted = dict.fromkeys((view.origin, view.origin + 12, plume.months[-1]))
    return [(month, found) for month in wanted if (found := plume.at(month)) is not None]


def _pair_svgs(pairs: tuple[Plume, ...]) -> list[Markup]:
    if not pairs:
        return []
    low = min(min(p.q05) for p in pairs)
    high = max(max(p.q95) for p in pairs)
    room = 0.1 * (high - low) or 1.0
    domain = (low - room, high + room)  # one scale, so that the three can be compared
    return [Markup(charts.svg(charts.fan(p, width=1040, height=150, domain=domain), p.title.en)) for p in pairs]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    env.globals.update(
        month_name=known.month_name, show=months.show, strip=marks.question, marks=marks,
        probability=words.probability, chance=words.chance, range=words.span, in_words=shipped.in_words, Text=Text,
        certainty=words.CERTAINTY, checked=words.CHECKED, unused=words.UNUSED, placing=words.PLACING,
        forecasters=words.FORECASTERS, metrics=words.METRICS, worth_words=words.worth,
        trust=words.TRUST, named=words.named, verdicts=words.VERDICTS, meanings=words.VERDICT_MEANINGS,
        strengths=words.STRENGTHS, terms=words.TERMS, apart=words.APART,
        law=lambda text: Text(text, words.LAWS.get(text, "")),
    )  # fmt: skip
    env.filters.update(
        percent=words.percent, points=words.points, number=words.number, signed=words.signed, score=words.score,
        web=_web, typeset=words.typeset,
    )  # fmt: skip
    return env


def _web(url: str) -> str:
    """The address if it is one of the web, else nothing: sources are typed by people."""
    return url if url.startswith(("https://", "http://")) else ""
