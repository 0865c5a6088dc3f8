"""``keisei report``: assimilate the evidence, forecast, write an HTML report, print the summary."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from keisei.cases.load import Case
    from keisei.cases.outlook import Answer
    from keisei.report.claims import ClaimsView
    from keisei.report.labels import Labels
    from keisei.report.view import ReportView, Verification
    from keisei.report.voices import VoicesView
    from keisei.report.why import Reason

VERIFICATION = "keisei-verify.json"
MONTHS_BEFORE = 3


@dataclass(frozen=True)
class Results:
    """What a report shows of earlier runs: None where it is not at hand. ``labels``: the case's names for readers."""

    labels: Labels
    verification: Verification | None
    claims: ClaimsView | None
    voices: VoicesView | None


def report(
    case: Annotated[str, typer.Option("--case", help="a bundled case, or a folder")] = "northeast_asia",
    out: Annotated[Path, typer.Option(help="folder of the report")] = Path("keisei-report"),
    origin: Annotated[str | None, typer.Option(help="last month known, YYYY-MM")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="compare with the outlook without what became known after YYYY-MM; default three months earlier"
        ),
    ] = None,
    members: Annotated[int, typer.Option(min=1, help="members of the ensemble")] = 2048,
    draws: Annotated[int, typer.Option(min=1, help="parameter draws")] = 128,
    particles: Annotated[int, typer.Option(min=2, help="state particles a draw, a power of two")] = 64,
    seed: Annotated[int, typer.Option(help="seed of all noise")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> None:
    """Assimilate the evidence, forecast, write an HTML report and print its summary."""
    import threading

    from keisei import months
    from keisei.cases import load_case
    from keisei.cli.bounds import origin_within, within
    from keisei.errors import InputError

    if out.exists() and not out.is_dir():
        raise InputError("it is a file, not a folder", file=out, mend="give --out a folder")
    loaded = load_case(case)
    first = loaded.model.start
    last = origin_within(loaded, origin) or loaded.origin
    if last == first:
        raise InputError(f"nothing is known before {months.show(first)} to compare with", mend="give a later --origin")
    before = within("--since", since, first, last - 1, f"with the origin {months.show(last)}")
    before = max(first, last - MONTHS_BEFORE) if before is None else before
    results = find_results(loaded)

    from keisei.report import charts

    starting = threading.Thread(target=charts.warm, daemon=True)
    starting.start()  # the chart converter starts while the model runs
    view, answered = _view(loaded, last, before, (members, draws, particles, seed), results)
    starting.join()
    from keisei.report import render

    file = out / "index.html"
    try:
        out.mkdir(parents=True, exist_ok=True)
        file.write_text(render(view), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"it cannot be written ({error.strerror})", file=file, mend="give --out another folder"
        ) from None
    if as_json:
        print(json.dumps(document(view, answered, file), ensure_ascii=False))
        return
    from rich.console import Console

    from keisei.report.terminal import print_summary

    print_summary(view, Console())
    print(file)


def _view(
    case: Case, last: int, before: int, size: tuple[int, int, int, int], results: Results
) -> tuple[ReportView, list[Answer]]:
    from datetime import date

    from keisei.cases.outlook import answers, make_outlook, open_questions, outlook_before
    from keisei.cli.progress import Bar
    from keisei.ensemble.backend import cache_dir
    from keisei.forecast import expressions as ex
    from keisei.report import build

    until = build.horizon(case, last)
    trees = [q.at(at) for at in (last, before) for q in open_questions(case, at, until)]
    drawn = build.records_needed(case)
    asked = {record.name for tree in trees for record in ex.names(tree)} | set(drawn)
    records = asked & {r.name for r in case.model.table.records}
    members, draws, particles, seed = size
    bar, store = Bar("to now"), cache_dir() / "runs"
    now = make_outlook(
        case, last, until=until, members=members, draws=draws, particles=particles, seed=seed, keep=drawn,
        trees=trees, records=records, before=before, progress=bar, checkpoint=store,
    )  # fmt: skip
    bar.close()
    bar = Bar("without what came since")
    then = outlook_before(now, before, records=records, progress=bar, checkpoint=store)
    bar.close()
    found = answers(now)
    view = build.report_view(
        now, then, found, answers(then), made=date.today().isoformat(), labels=results.labels,
        verification=results.verification, claims=results.claims, voices=results.voices,
    )  # fmt: skip
    return view, found


def find_results(case: Case) -> Results:
    """Results that took long to make, where they are at hand; what is wrong with them is said before the long work."""
    from keisei import months
    from keisei.cases.vintages import draw_hashes, vintages
    from keisei.report import claims, voices
    from keisei.report.labels import load_labels

    labels = load_labels(case.folder)
    meanings = {p.id: p.meaning for p in case.parameters.items}
    tried, said = case.folder / claims.FILE, case.folder / voices.FILE
    draws = draw_hashes(case, map(months.show, vintages(case)))
    return Results(
        labels,
        find_verification(case, draws),
        claims.read_claims(tried, labels, meanings, draws) if tried.is_file() else None,
        voices.read_voices(said, labels, draws) if said.is_file() else None,
    )


def find_verification(case: Case, draws: Mapping[str, str]) -> Verification | None:
    """Results of ``keisei verify --json`` where the report is made, or beside the case's files."""
    from keisei.report.verified import read_verification

    for path in (Path(VERIFICATION), case.folder / VERIFICATION):
        if path.is_file():
            print(f"verification: {path}", file=sys.stderr)
            return read_verification(path, draws)
    return None


def document(view: ReportView, answered: list[Answer], file: Path) -> dict[str, object]:
    """The report for programs: the questions of ``keisei forecast --json`` with what was thought before."""
    from keisei import months
    from keisei.cli.simulation import answer_json

    shown = {q.id: q for q in view.questions}
    scored = None if view.voices is None else view.voices.scores
    questions = []
    for a in answered:
        entry = answer_json(a)
        q = shown.get(entry["id"])
        if q is not None:
            entry |= {
                "before": q.before, "change": q.change, "change_error": q.change_error, "moved": q.moved,
                "against_base_rate": q.against_base,
            }  # fmt: skip
            if view.why is not None and q.id in view.why.reasons:
                entry["why"] = _reason_json(view.why.reasons[q.id])
        questions.append(entry)
    return {
        "file": str(file),
        "case": view.case,
        "origin": months.show(view.origin),
        "before": months.show(view.before),
        "until": months.show(view.until),
        "members": view.run.members,
        "draws": view.run.draws,
        "effective_draws": view.run.effective_draws,
        "seed": view.run.seed,
        "vintage": view.run.vintage or None,
        "verified": view.verification is not None,
        "filter": [
            {
                "month": months.show(h.month),
                "ess": h.ess,
                "particles_of_lines": h.particles,
                "row": h.row,
                "row_logp": h.row_logp,
            }
            for h in view.health
        ],
        "arrived": [f.id for f in view.arrived],
        "claims": None if view.claims is None else {verdict: len(found) for verdict, found in view.claims.groups},
        "voices": None if scored is None else {"decided": scored[2], "brier": scored[0], "brier_model": scored[1]},
        "questions": questions,
    }


def _reason_json(reason: Reason) -> dict[str, object]:
    """What moved a question and what to watch, with months as YYYY-MM."""
    from keisei import months

    cause = None if reason.cause is None else asdict(reason.cause) | {"month": months.show(reason.cause.month)}
    return {"moved_by": cause, "watch": [asdict(s) | {"month": months.show(s.month)} for s in reason.signs]}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(report)
