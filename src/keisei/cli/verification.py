"""``keisei ledger score``: freeze forecasts in the ledger, and see what became of those that were frozen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from keisei.cases.load import Case
    from keisei.cases.outlook import Answer, Outlook
    from keisei.evidence import Evidence
    from keisei.forecast.ledger import FrozenQuestion

ledger_app = typer.Typer(name="ledger", help="Frozen forecasts and their scores.", no_args_is_help=True)


@ledger_app.callback()
def ledger() -> None:
    """Frozen forecasts and their scores."""


@ledger_app.command("score")
def ledger_score(
    outcomes: Annotated[
        Path, typer.Option(help="CSV with columns question, closes, outcome (yes|no|void), resolved, source.")
    ] = Path("keisei-outcomes.csv"),
    ledger: Annotated[Path, typer.Option(help="The ledger.")] = Path("keisei-ledger.jsonl"),
    head: Annotated[str | None, typer.Option(help="The published head that the ledger must contain.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Check the ledger's chain and score every frozen probability whose question is decided."""
    import json
    from dataclasses import asdict

    from keisei.forecast.ledger import heads, read_ledger
    from keisei.forecast.settlement import by_outcomes, read_outcomes, settle, summarise

    entries = read_ledger(ledger, head=head)
    settled, still_open = settle(entries, by_outcomes(read_outcomes(outcomes)))
    summaries = summarise(settled)
    if json_:
        document = {
            "head": heads(entries),
            "entries": len(entries),
            "open": still_open,
            "summaries": [asdict(summary) for summary in summaries],
            "settled": [asdict(one) for one in settled],
        }
        print(json.dumps(document, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table("question", "closes", "issued", "status", "probability", "outcome", "Brier", "nats", "base rate")
    for one in settled:
        table.add_row(
            one.question,
            one.closes,
            one.issued[:10],
            one.status,
            f"{one.probability:.3f}",
            "yes" if one.outcome else "no",
            f"{one.brier:.3f}",
            f"{one.log_score:.2f}",
            "–" if one.baseline is None else f"{one.baseline:.3f}",
        )
    console.print(table)
    for summary in summaries:
        line = f"{summary.status}: {summary.n} of {summary.questions} questions, Brier {summary.brier:.3f}"
        line += f", log score {summary.log_score:.3f} nats"
        if summary.baseline_brier is not None:
            line += f"; where a base rate stands ({summary.with_baseline}): {summary.brier_there:.3f}"
            line += f" against {summary.baseline_brier:.3f}"
        console.print(line)
    console.print(
        f"{len(entries)} entries, {still_open} questions open or void; the chain holds, head {heads(entries)}"
    )


def ledger_path() -> Path:
    """Where forecasts are frozen: ``KEISEI_LEDGER``, or keisei-ledger.jsonl in the current folder."""
    import os

    return Path(os.environ.get("KEISEI_LEDGER") or "keisei-ledger.jsonl")


def freeze_forecast(case: Case, outlook: Outlook, answers: Sequence[Answer]) -> dict[str, Any]:
    """Enter an outlook's answers into the ledger; what to print about it: file, place, content and head.

    Raises:
        InputError: nothing was asked, something twice, a question is closed, or the ledger's chain is broken.
    """
    from keisei import months
    from keisei.forecast.ledger import Forecast, code_version, freeze

    known = case.evidence.until(outlook.origin)
    code = code_version()
    if not case.folder.resolve().is_relative_to(Path(__file__).resolve().parents[1]):
        code += f"+{_folder_digest(case.folder)}"  # a user's own case is not part of the package
    forecast = Forecast(
        case=str(case.about["id"]),
        origin=months.show(outlook.origin),
        evidence_cut=max((fact.date for fact in known.facts), default=months.show(outlook.origin)),
        evidence=evidence_digest(known),
        code=code,
        seed=outlook.analysis.seed,
        members=len(outlook.lines.draw),
        questions=tuple(_frozen(answer, outlook.origin) for answer in answers),
    )
    path = ledger_path()
    entry = freeze(path, forecast)
    return {
        "file": str(path),
        "index": entry.index,
        "issued": entry.issued,
        "content": forecast.content_hash,
        "head": entry.hash,
        "questions": len(forecast.questions),
    }


def evidence_digest(evidence: Evidence) -> str:
    """SHA-256 of facts, coverage and measurements, whatever their order and wherever they stand in files."""
    import hashlib
    import json
    from dataclasses import asdict

    def plain(record: Any) -> str:
        cells = {key: value for key, value in asdict(record).items() if key not in ("file", "line")}
        return json.dumps(cells, sort_keys=True, ensure_ascii=False)

    lines = sorted(plain(record) for record in (*evidence.facts, *evidence.coverage, *evidence.measurements))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _folder_digest(folder: Path) -> str:
    """12 digits of the SHA-256 of a case's files."""
    import hashlib

    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:12]


def _frozen(answer: Answer, origin: int) -> FrozenQuestion:
    """An answer as the ledger keeps it; an expression that was asked gets an id from its text.

    Raises:
        InputError: the question or expression is decided already.
    """
    import hashlib

    from keisei import months
    from keisei.errors import InputError
    from keisei.forecast import expressions as ex
    from keisei.forecast.ledger import FrozenQuestion, freeze_question

    estimate = answer.probability
    baseline = None if answer.baseline is None else answer.baseline.rate
    if answer.question is not None:
        return freeze_question(answer.question, origin, estimate, baseline)
    tree = ex.at_origin(ex.parse(answer.expression), origin)
    closes = ex.span(tree)[1]
    if closes <= origin:
        raise InputError(f"'{answer.expression}' ends with {months.show(closes)}, which is known", mend="ask ahead")
    shown = ex.show(tree)
    return FrozenQuestion(
        id=f"asked-{hashlib.sha256(shown.encode()).hexdigest()[:12]}",
        text=answer.expression,
        expression=shown,
        asked=answer.expression,
        closes=months.show(closes),
        resolution="the expression, read on the case's own evidence once it covers these months",
        probability=float(estimate.value),
        mc_error=float(estimate.mc_error),
        low=float(estimate.low),
        high=float(estimate.high),
        baseline=baseline,
    )


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(ledger_app)
