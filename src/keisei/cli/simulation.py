"""``keisei simulate``, ``forecast``, ``whatif``, ``calibrate``: run the model of a case."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from keisei.cases import Case as LoadedCase
    from keisei.cases.outlook import Answer
    from keisei.ensemble.calibration import Step

Case = Annotated[str, typer.Option("--case", help="a bundled case, or a folder")]
Seed = Annotated[int, typer.Option(help="seed of all noise")]
Json = Annotated[bool, typer.Option("--json", help="one JSON document on standard output")]
Members = Annotated[int, typer.Option(min=1, help="members of the ensemble")]
Draws = Annotated[int, typer.Option(min=1, help="parameter draws")]
Particles = Annotated[int, typer.Option(min=2, help="state particles a draw, a power of two")]


def _span(loaded: LoadedCase, origin: str | None, until: str | None) -> tuple[int, int | None]:
    """The origin, within the evidence, and the last month of a run, within the model."""
    from keisei import months
    from keisei.cli.bounds import origin_within, within

    last = origin_within(loaded, origin) or loaded.origin
    return last, within("--until", until, last + 1, loaded.model.end, f"with the origin {months.show(last)}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def simulate(
    case: Case = "northeast_asia",
    members: Members = 1000,
    seed: Seed = 1,
    until: Annotated[str | None, typer.Option(help="last month, YYYY-MM")] = None,
    first: Annotated[str | None, typer.Option("--from", help="first month to keep, YYYY-MM")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="SITE=VALUE@FROM..UNTIL")] = None,
    out: Annotated[Path | None, typer.Option(help="write all records to a netCDF file")] = None,
    as_json: Json = False,
) -> None:
    """Run the model freely from its start, with what is set, and summarise every record."""
    from keisei import months
    from keisei.cases import load_case
    from keisei.cli.bounds import checked_rows, in_order, within
    from keisei.cli.progress import Bar
    from keisei.ensemble import run
    from keisei.ensemble.backend import cache_dir
    from keisei.errors import InputError
    from keisei.score import parse_setting

    if out is not None and not out.parent.is_dir():
        raise InputError(f"the folder {out.parent} does not exist", mend="create it, or choose another --out")
    parsed = [parse_setting(s) for s in settings or []]
    in_order(first, until)
    loaded = load_case(case)
    last = within("--until", until, loaded.model.start, loaded.model.end) or loaded.model.end
    start = within("--from", first, loaded.model.start, last)
    rows = checked_rows(parsed, loaded.model, last)
    bar = Bar("simulate")
    data = run(
        loaded.model, rows, members=members, until=last, seed=seed, progress=bar, checkpoint=cache_dir() / "runs",
        levels=loaded.levels,
    )  # fmt: skip
    bar.close()
    if start is not None:
        data = data.sel(month=slice(start, last))
    if out is not None:
        data.to_netcdf(out, engine="h5netcdf")
        _say(f"wrote {out}")
    at = [m for m in range(int(data["month"][0]), last + 1) if m % 12 == 11] or [last]
    summary = {
        str(name): {
            "unit": v.attrs["unit"],
            "months": [months.show(m) for m in at],
            **_quantiles(v.sel(month=at).values),
        }
        for name, v in data.data_vars.items()
    }
    if as_json:
        print(
            json.dumps({"case": case, "members": members, "seed": seed, "until": months.show(last), "records": summary})
        )
        return
    _print_summary(summary)


def _quantiles(values: Any) -> dict[str, list[float]]:
    import numpy as np

    q05, q50, q95 = np.quantile(values, [0.05, 0.5, 0.95], axis=0)
    return {"mean": values.mean(axis=0).tolist(), "q05": q05.tolist(), "q50": q50.tolist(), "q95": q95.tolist()}


def _print_summary(summary: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="last December of the run" if summary else "no record")
    for head in ("record", "unit", "5 %", "median", "mean", "95 %"):
        table.add_column(head, justify="left" if head in ("record", "unit") else "right")
    for name, row in summary.items():
        cells = [f"{row[k][-1]:.4g}" for k in ("q05", "q50", "mean", "q95")]
        table.add_row(name, row["unit"], *cells)
    Console().print(table)


def forecast(
    case: Case = "northeast_asia",
    origin: Annotated[str | None, typer.Option(help="last month known, YYYY-MM")] = None,
    until: Annotated[str | None, typer.Option(help="last month of the forecast, YYYY-MM")] = None,
    question: Annotated[list[str] | None, typer.Option(help="id of a question")] = None,
    ask: Annotated[list[str] | None, typer.Option(help="any expression, see docs/questions.md")] = None,
    members: Members = 2048,
    draws: Draws = 128,
    particles: Particles = 64,
    seed: Seed = 1,
    freeze: Annotated[bool, typer.Option("--freeze", help="enter the forecast into the ledger")] = False,
    as_json: Json = False,
) -> None:
    """Probabilities of questions, using nothing dated after the origin."""
    from keisei import months
    from keisei.cases import load_case
    from keisei.cases.outlook import answers, make_outlook
    from keisei.cli.progress import Bar
    from keisei.ensemble.backend import cache_dir
    from keisei.errors import InputError
    from keisei.forecast import expressions as ex

    loaded = load_case(case)
    last, end = _span(loaded, origin, until)
    asked = [ex.at_origin(ex.parse(text), last) for text in ask or []]
    by_id = {q.id: q for q in loaded.questions}
    if question:
        for name in question:
            if name not in by_id:
                from keisei.model.rows import near

                raise InputError(f"there is no question '{name}'", mend=near(by_id, name))
    if end is None:
        closing = [by_id[name].closing(last) for name in question or []] + [ex.span(tree)[1] for tree in asked]
        if not closing:
            closing = [q.closing(last) for q in loaded.questions if q.is_open(last)]
        end = min(max([last + 1, *closing]), loaded.model.end)
    trees = asked + [q.at(last) for q in loaded.questions if not question or q.id in question]
    names = {record.name for tree in trees for record in ex.names(tree)}
    bar = Bar("forecast")
    outlook = make_outlook(
        loaded, last, until=end, members=members, draws=draws, particles=particles, seed=seed, trees=trees,
        records=names & {r.name for r in loaded.model.table.records}, progress=bar, checkpoint=cache_dir() / "runs",
    )  # fmt: skip
    bar.close()
    found = answers(outlook, ask or [], question or [])
    document = {
        "origin": months.show(last),
        "until": months.show(end),
        "members": members,
        "seed": seed,
        "vintage": None if outlook.analysis.vintage is None else months.show(outlook.analysis.vintage),
        "effective_draws": outlook.analysis.effective_draws,
        "questions": [answer_json(a) for a in found],
    }
    if freeze:
        from keisei.cli.verification import freeze_forecast

        document["ledger"] = freeze_forecast(loaded, outlook, found)
    if as_json:
        print(json.dumps(document, ensure_ascii=False))
        return
    print_answers(found, months.show(last))


def answer_json(a: Answer) -> dict[str, Any]:
    """One answer in the shape of ARCHITECTURE.md; more keys than it promises."""
    q, p, b = a.question, a.issued, a.baseline
    return {
        "id": q.id if q else None,
        "text": q.text_en if q else a.expression,
        "text_ja": q.text_ja if q else a.expression,
        "expression": a.expression,
        "probability": p.value,
        "mc_error": p.mc_error,
        "low": p.low,
        "high": p.high,
        "draw_spread": p.draw_spread,
        "note": p.note,
        "raw": a.probability.value,
        "blend": blend_json(a),
        "baseline": None if b is None else b.rate,
        "baseline_low": None if b is None else b.low,
        "baseline_high": None if b is None else b.high,
    }


def blend_json(a: Answer) -> dict[str, Any] | None:
    """What a blended probability is made of, None where the model's own is returned."""
    if a.blend is None:
        return None
    w = a.blend.weights
    return {
        "target": w.target, "lead": w.lead, "parts": dict(a.blend.parts), "weights": dict(w.weights),
        "best_baseline": a.blend.best, "gain": w.gain, "gain_q05": w.low, "gain_q95": w.high, "origins": w.origins,
    }  # fmt: skip


def print_answers(found: list[Answer], origin: str) -> None:
    """Probabilities as a table on the terminal."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"forecast from {origin}")
    for head, justify in (("question", "left"), ("probability", "right"), ("± MC", "right"), ("base rate", "right")):
        table.add_column(head, justify=justify)  # type: ignore[arg-type]
    for a in found:
        base = "–" if a.baseline is None else f"{a.baseline.rate:.0%} ({a.baseline.low:.0%}–{a.baseline.high:.0%})"
        p = a.issued
        shown = f"{p.value:.1%}" if not p.note else f"> {p.low:.1%}" if p.value > 0.5 else f"< {p.high:.1%}"
        if a.blend is not None:
            shown += "*"
        table.add_row(a.question.text_en if a.question else a.expression, shown, f"{p.mc_error:.1%}", base)
    console = Console()
    console.print(table)
    for a in found:
        if a.blend is not None:
            w, parts = a.blend.weights, a.blend.parts
            console.print(
                f"* {a.question.id if a.question else a.expression}: blend; the model says {a.probability.value:.1%} "
                f"(weight {w.weights['model']:.2f}), {a.blend.best} {parts[a.blend.best]:.1%}; in hindcasts the model "
                f"added {w.gain:+.3f} nats a month ({w.low:+.3f} … {w.high:+.3f}, {w.origins} origins)",
                highlight=False,
            )


def whatif(
    settings: Annotated[list[str], typer.Argument(metavar="SITE=VALUE@FROM[..UNTIL]...")],
    case: Case = "northeast_asia",
    origin: Annotated[str | None, typer.Option(help="last month known, YYYY-MM")] = None,
    until: Annotated[str | None, typer.Option(help="last month, YYYY-MM")] = None,
    members: Members = 2048,
    draws: Draws = 128,
    particles: Particles = 64,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Twin worlds: the same noise, some sites set in one of them. Differences with intervals."""
    from keisei.cases import load_case
    from keisei.cases.outlook import default_until, what_if
    from keisei.cli.bounds import checked_rows
    from keisei.cli.progress import Bar
    from keisei.explore.differences import effects, options_of, question_differences
    from keisei.score import parse_setting

    parsed = [parse_setting(s) for s in settings]
    loaded = load_case(case)
    last, given = _span(loaded, origin, until)
    end = given or default_until(loaded, last)
    rows = checked_rows(parsed, loaded.model, end)  # refuse before the long work
    bar = Bar("what if")
    worlds, _, lines = what_if(
        loaded, rows, origin=last, until=end, members=members, draws=draws, particles=particles, seed=seed, progress=bar
    )
    bar.close()
    from keisei import months

    document = {
        "set": [
            {
                "site": f"{s.site}[{s.index}]" if s.index else s.site, "value": s.value, "from": months.show(s.first),
                "until": months.show(end if s.last is None else s.last),
            }
            for s in parsed
        ],
        "origin": months.show(last),
        "until": months.show(end),
        "members": members,
        "seed": seed,
        "effects": effects(worlds, lines.draw, options_of(loaded.model.table)),
        "questions": question_differences(worlds, loaded.questions, last, end, lines.draw),
    }  # fmt: skip
    if as_json:
        print(json.dumps(document, ensure_ascii=False))
        return
    _print_effects(document)


def _print_effects(document: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"difference at {document['until']} (changed − base)")
    for head in ("record", "unit", "5 %", "mean", "95 %"):
        table.add_column(head, justify="left" if head in ("record", "unit") else "right")
    for row in document["effects"]:
        if any(abs(x) > 0 for x in row["mean"]):
            record = f"{row['record']} = {row['option']}" if "option" in row else row["record"]
            table.add_row(record, row["unit"], *(f"{row[k][-1]:.4g}" for k in ("q05", "mean", "q95")))
    Console().print(table)
    for q in document["questions"]:
        if q["difference"]:
            print(
                f"{q['id']}: {q['probability']:.1%} → {q['probability_set']:.1%}  ({q['q05']:+.1%} … {q['q95']:+.1%})"
            )


def calibrate(
    case: Case = "northeast_asia",
    until: Annotated[str, typer.Option(help="vintage: last month of the evidence, YYYY-MM")] = "2024-12",
    every: Annotated[
        bool, typer.Option("--vintages", help="make all vintages that case.yaml names; goes on where it stopped")
    ] = False,
    draws: Annotated[int | None, typer.Option(min=1, help="parameter draws; default as case.yaml says")] = None,
    particles: Annotated[int | None, typer.Option(min=2, help="state particles a draw; default likewise")] = None,
    rounds: Annotated[int | None, typer.Option(min=1, help="filters to run at most; default likewise")] = None,
    issued: Annotated[int | None, typer.Option(min=1, help="draws to write; default as case.yaml says, or 400")] = None,
    seed: Annotated[int | None, typer.Option(help="seed of all noise; default as case.yaml says")] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="a block to estimate anew; the vintage's other parameters are kept")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="folder of the vintages; default the case's own")] = None,
) -> None:
    """Calibrate the parameters on the evidence up to a month and write the draws of that vintage."""
    from dataclasses import replace

    from keisei import months
    from keisei.cases import load_case
    from keisei.cases.revision import made_from, revise, settings_of
    from keisei.cases.vintages import calibrate_case, write_vintage
    from keisei.cli.progress import Bar
    from keisei.ensemble.backend import cache_dir
    from keisei.errors import InputError

    if every and only:
        raise InputError("--vintages makes whole vintages, not single blocks", mend="leave out --only")
    loaded = load_case(case)
    said = settings_of(loaded)
    settings = replace(
        said, draws=draws or said.draws, particles=particles or said.particles, rounds=rounds or said.rounds,
        seed=said.seed if seed is None else seed, issued=tuple((m, issued or n) for m, n in said.issued),
    )  # fmt: skip
    bar, store = Bar("calibrate"), cache_dir() / "runs"

    def say(step: Step) -> None:
        _say(
            f"\rround {step.round + 1}  {step.block:<12} likelihood let in {step.phi:4.0%}  effective draws "
            f"{step.ess:5.0f}  log-likelihood {step.loglik:9.1f}"
        )

    if every:
        for path, new in revise(loaded, settings, folder=out, report=say, progress=bar, checkpoint=store):
            bar.close()
            print(path if new else f"{path} (as it was: made from the same)", flush=True)
        return
    month = months.parse(until)
    wanted = issued or dict(settings.issued).get(month, 400)
    result = calibrate_case(
        loaded, month, draws=settings.draws, particles=settings.particles, rounds=settings.rounds, issued=wanted,
        seed=settings.seed, only=only or (), folder=out, report=say, progress=bar, checkpoint=store,
    )  # fmt: skip
    bar.close()
    made = "" if only else made_from(loaded, month, settings, wanted)
    print(write_vintage(loaded, result.draws, month, out, made))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (simulate, forecast, whatif, calibrate):
        app.command()(command)
