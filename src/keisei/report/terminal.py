"""The report's summary on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keisei import months
from keisei.report import words
from keisei.report.verified import ADDS, FEW, NOT_SHOWN, TAKES
from keisei.report.view import ReportView, movers

if TYPE_CHECKING:
    from rich.console import Console

    from keisei.report.verified import Verification


def print_summary(view: ReportView, console: Console) -> None:
    """What changed, what it rests on, and what is not known, in a table and a few lines."""
    from rich.table import Table

    origin, before = months.show(view.origin), months.show(view.before)
    table = Table(title=f"{view.name.en}: outlook from {origin} against {before}", title_justify="left")
    heads = ("question", "now", "95 % of the run", before, "change", "base rate")
    for head in heads:
        table.add_column(head, justify="left" if head == "question" else "right")
    for q in movers(view.questions):
        style = "bold" if q.moved else ""
        base = "–" if q.base is None else f"{words.percent(q.base)} ({_range(q.base_low, q.base_high)})"
        table.add_row(
            q.text.en,
            words.probability(q),
            _range(q.low, q.high),
            "–" if q.before is None else words.percent(q.before),
            "new" if q.change is None else words.points(q.change),
            base,
            style=style,
        )
    console.print(table)
    for line in summary_lines(view):
        console.print(line, highlight=False)


def summary_lines(view: ReportView) -> list[str]:
    """The sentences under the table."""
    compared = [q for q in view.questions if q.change is not None]
    moved = sum(q.moved for q in compared)
    with_base = [q for q in view.questions if q.base is not None]
    alike = sum(q.against_base == "alike" for q in with_base)
    lines = [
        f"{moved} of {len(compared)} probabilities moved beyond their error and the size of interest (bold).",
        f"{alike} of {len(with_base)} with a base rate are not told apart from it.",
        f"Known since {months.show(view.before)}: {len(view.arrived)} facts, {len(view.arrived_figures)} figures.",
        f"{view.run.effective_draws:.1f} of {view.run.draws} parameter draws are effective"
        + ("; intervals are too narrow." if view.run.effective_draws < 10 else "."),
    ]
    if view.verification is None:
        lines.append("No verification at hand: no skill is claimed (keisei verify --json > keisei-verify.json).")
    else:
        lines += _standings(view.verification)
    if view.claims is not None:
        lines.append("Claims of the documents: " + ", ".join(f"{v} {len(of)}" for v, of in view.claims.groups) + ".")
    if view.voices is not None and view.voices.scores is not None:
        voices, model, n = view.voices.scores
        lines.append(f"Voices: {n} forecasts of documents are decided; Brier {voices:.2f}, the model's {model:.2f}.")
    return lines


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return f"{words.percent(low)}–{words.percent(high)}"


def _standings(found: Verification) -> list[str]:
    """What the model adds to and what not, by one metric a target."""

    def listed(verdict: str) -> str:
        here = found.standing(verdict).targets
        return "; ".join(f"{name} at {', '.join(map(str, leads))}" for name, leads in here) or "nothing"

    lines = [
        f"Hindcasts, pseudo-out-of-sample: the model adds to {listed(ADDS)} (months ahead).",
        f"Not shown that it adds: {listed(NOT_SHOWN)}.",
    ]
    if found.standing(TAKES).targets:
        lines.append(f"It takes away: {listed(TAKES)}.")
    few = [name for name, _ in found.standing(FEW).targets]
    return [*lines, f"Too few events to tell: {', '.join(few)}."] if few else lines
