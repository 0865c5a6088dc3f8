"""``keisei ledger score``: what became of the forecasts that were frozen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(ledger_app)
