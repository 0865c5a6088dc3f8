"""``keisei case``: check a case, list its sites, describe its model, and say where each system lives."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

group = typer.Typer(help="Check a case, list its sites, describe its model.", no_args_is_help=True)


@group.command()
def check(
    place: Annotated[str, typer.Argument(help="a bundled case, or a folder")] = "northeast_asia",
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> None:
    """Load a case, check every file, and count its facts by how they were checked."""
    from collections import Counter

    from keisei import months
    from keisei.cases import load_case
    from keisei.errors import InputError
    from keisei.evidence import check_evidence
    from keisei.forecast import expressions as ex
    from keisei.model import layout

    case = load_case(place)
    problems = [str(e) for e in check_evidence(case.folder)]
    rows = case.rows(case.origin)
    layout(case.model.table, (*case.definitions, *rows.score), case.model.start, case.origin)
    known = tuple(ex.Variable(r.variable, r.name, dict(r.attributes), r.kind) for r in case.model.table.records)
    for question in case.questions:
        try:
            ex.check(question.tree, known)
        except InputError as error:
            problems.append(f"question {question.id}: {error}")
    checked = Counter(f.checked for f in case.evidence.facts) + Counter(m.checked for m in case.evidence.measurements)
    document = {
        "case": case.about["id"],
        "origin": months.show(case.origin),
        "facts": len(case.evidence.facts),
        "measurements": len(case.evidence.measurements),
        "sources": len(case.evidence.sources),
        "entities": len(case.evidence.entities),
        "questions": len(case.questions),
        "parameters": len(case.parameters.items),
        "sites": len(case.model.table.sites),
        "records": len(case.model.table.records),
        "rows": len(rows.score),
        "checked": {k: checked.get(k, 0) for k in ("opened", "document", "memory")},
        "unused": [{"fact": i, "why": why} for i, why in rows.unused],
        "problems": problems,
    }
    if as_json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        for key, value in document.items():
            if key not in ("unused", "problems"):
                print(f"{key:>13}  {value}")
        print(f"{'unused':>13}  {len(rows.unused)} facts make no row (memory; contested or undated where none watched)")
        for problem in problems:
            print(f"problem: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(2)


@group.command()
def sites(
    place: Annotated[str, typer.Argument(help="a bundled case, or a folder")] = "northeast_asia",
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> None:
    """List the sites of a case's model: kind, options, unit, and what each reads."""
    from keisei.cases import load_case

    model = load_case(place).model
    table, reads = model.table, model.reads
    rows = [
        {
            "site": s.target, "kind": s.kind, "options": list(s.options), "unit": s.unit,
            "reads": list(reads.get(s.target, ())),
        }
        for s in table.sites
    ]  # fmt: skip
    if as_json:
        print(json.dumps({"sites": rows}))
        return
    for row in rows:
        options = "|".join(row["options"])
        print(f"{row['site']:<34} {row['kind']:<8} {options or row['unit']}")


@group.command()
def describe(
    place: Annotated[str, typer.Argument(help="a bundled case, or a folder")] = "northeast_asia",
    out: Annotated[Path, typer.Option(help="where the page goes; its picture goes to figures/ beside it")] = Path(
        "docs/model.md"
    ),
) -> None:
    """Describe the model in ODD form, from its code and files."""
    from keisei.cases import load_case
    from keisei.cases.description import PICTURE, describe

    found = describe(load_case(place))
    picture = out.parent / "figures" / PICTURE
    picture.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(found.page, encoding="utf-8")
    picture.write_text(found.picture, encoding="utf-8")
    print(f"{out} and {picture} are written")


@group.command()
def systems(
    place: Annotated[str, typer.Argument(help="a bundled case, or a folder")] = "northeast_asia",
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> None:
    """Show where each system lives: laws, facts, records, questions, report sections, and what its laws have earned."""
    from keisei.cases import load_case
    from keisei.cases.systems import document, earned, systems_of

    found = systems_of(load_case(place))
    if as_json:
        print(json.dumps(document(found), ensure_ascii=False))
        return
    for s in found:
        print(f"{s.id:<5}{s.title}")
        print(f"     laws       {', '.join(s.laws) or '—'}")
        counts = f"{s.facts} ({s.sourced} with a source), {s.measurements} measurements, {s.sources} sources"
        print(f"     facts      {s.no_facts or counts}")
        print(f"     records    {', '.join(s.records) or '—'}")
        print(f"     questions  {', '.join(s.questions) or '—'}")
        print(f"     report     {', '.join(s.shown)}")
        print(f"     ablation   {earned(s)}")


@group.command()
def episodes(
    place: Annotated[str, typer.Argument(help="a bundled case, or a folder")] = "northeast_asia",
    docs: Annotated[Path | None, typer.Option(help="write the page to this .md file")] = None,
    nuts: Annotated[bool, typer.Option("--nuts", help="sample anew, and set the shipped draws beside it")] = False,
    seed: Annotated[int, typer.Option(help="seed of the sampler")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> None:
    """Show what coded decisions have taught the payoffs of the case's games: prior and posterior."""
    from keisei.cases import load_case
    from keisei.cases.episodes_page import learned, page

    if nuts:
        from keisei.cases.episodes_nuts import beside

        told = beside(load_case(place), seed)
        print(json.dumps(told, ensure_ascii=False) if as_json else _as_lines(told))
        return
    found = learned(load_case(place))
    if docs is not None:
        docs.write_text(page(found), encoding="utf-8")
    print(json.dumps(found, ensure_ascii=False) if as_json else page(found))


def _as_lines(told: dict[str, Any]) -> str:
    """A line a parameter: mean ± s.d. by NUTS and by the draws, apart in prior s.d., R-hat, effective draws."""
    lines = [f"draws of {told['vintage']}; {told['samples']} samples, {told['divergences']} divergences"]
    lines += [
        f"{p['id']:20} NUTS {p['nuts_mean']:6.2f} ± {p['nuts_sd']:.2f}   draws {p['draws_mean']:6.2f} ± "
        f"{p['draws_sd']:.2f}   apart {p['apart']:+.2f}   R-hat {p['rhat']:.2f}   effective {p['effective']:.0f}"
        for p in told["parameters"]
    ]
    return "\n".join(lines)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(group, name="case")
