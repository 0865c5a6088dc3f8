"""``keisei verify`` and ``keisei ledger score``: hindcasts and their scores; forecasts frozen, and how they fared."""

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


def verify(
    case: Annotated[str, typer.Option("--case", help="a bundled case, or a folder")] = "northeast_asia",
    first: Annotated[str, typer.Option("--from", help="first origin, YYYY-MM")] = "2006-01",
    until: Annotated[str, typer.Option(help="last origin, YYYY-MM; nothing after it is read")] = "2024-12",
    draws: Annotated[int, typer.Option(min=1, help="parameter draws of each vintage")] = 128,
    particles: Annotated[int, typer.Option(min=2, help="state particles a draw, a power of two")] = 64,
    members: Annotated[int, typer.Option(min=1, help="members of each free run, shared by the draws")] = 1024,
    seed: Annotated[int, typer.Option(help="seed of all noise")] = 1,
    docs: Annotated[
        Path | None, typer.Option(help="write the page, and its figures beside it, to this .md file")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> None:
    """Hindcast every month and score the model beside simple forecasts (pseudo-out-of-sample).

    Finished parts are kept: a second call is quick, an interrupted one goes on where it was.
    """
    import json

    from keisei import months
    from keisei.cases import load_case
    from keisei.cases.verify import Settings, origins, verify_case
    from keisei.cases.vintages import draw_hashes
    from keisei.cli.bounds import in_order, within
    from keisei.cli.progress import Bar
    from keisei.ensemble.backend import cache_dir
    from keisei.errors import InputError
    from keisei.forecast.ledger import code_version

    if docs is not None and (docs.suffix != ".md" or not docs.parent.is_dir()):
        raise InputError(f"{docs} is not a .md file in a folder that exists", mend="give a path such as docs/page.md")
    in_order(first, until)
    loaded = load_case(case)
    low, high = origins(loaded)
    why = f"a year after the model's start at the earliest, with evidence up to {months.show(loaded.origin)}"
    within("--from", first, low, high, why)
    within("--until", until, low, high, why)
    bar = Bar("verify")
    found = verify_case(
        loaded, first=months.parse(first), last=months.parse(until),
        settings=Settings(draws, particles, members, seed), progress=bar, checkpoint=cache_dir() / "runs",
    )  # fmt: skip
    bar.close()
    used = draw_hashes(loaded, [window["vintage"] for window in found["vintages"]])
    found |= {"version": code_version(), "draw_hashes": used}
    if docs is not None:
        from keisei.cases.verification_page import write_page

        write_page(found, docs)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    _print_verification(found)


def _print_verification(found: dict[str, Any]) -> None:
    """What the model adds, by target and lead, on the terminal."""
    from rich.console import Console
    from rich.table import Table

    from keisei.cases.verification_page import best_rival

    table = Table(title=f"{found['status']}: origins {found['from']}..{found['until']}")
    left = ("target", "metric", "", "verdict")
    heads = ("model", "blend", "best rival", "", "gain (90 %)", "blend − model", "blend − best", "n", "verdict")
    for head in ("target", "lead", "metric", *heads):
        table.add_column(head, justify="left" if head in left else "right")
    for entry in found["targets"]:
        if entry["metric"] == "brier":
            continue
        best, score = best_rival(entry)
        apart = [entry["differences"][key]["mean"] for key in ("blend_less_model", "blend_less_best")]
        interval = "" if entry["gain_q05"] is None else f" ({entry['gain_q05']:+.3f}…{entry['gain_q95']:+.3f})"
        table.add_row(
            entry["id"], str(entry["lead"]), entry["metric"], f"{entry['score']:.3f}", f"{entry['blend']:.3f}",
            f"{score:.3f}", best, f"{entry['gain']:+.3f}{interval}", *(f"{x:+.3f}" for x in apart), str(entry["n"]),
            entry["verdict"],
        )  # fmt: skip
    console = Console()
    console.print(table)
    for c in sorted(found["comparisons"], key=lambda c: c["period"] != "until_frozen"):
        interval = "" if c["q05"] is None else f" ({c['q05']:+.4f}…{c['q95']:+.4f})"
        p = "" if c["p_value"] is None else f", p {c['p_value']:.3f}"
        console.print(
            f"{c['id']} ({c['period']}), lead {c['lead']}: {c['difference']:+.4f} nats a month against {c['rival']}"
            f"{interval}{p}: {c['verdict']}"
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

    estimate = answer.issued
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
    app.command()(verify)
