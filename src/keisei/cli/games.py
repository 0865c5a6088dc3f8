"""keisei game: solve and estimate extensive-form games."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

game = typer.Typer(help="Solve and estimate extensive-form games.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add `keisei game` to the program."""
    app.add_typer(game, name="game")


def _print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


def _mix(shares: dict[str, float]) -> str:
    if any(p != p for p in shares.values()):
        return "not reached"
    return ", ".join(f"{a} {p:.3f}" for a, p in shares.items())


def _without_nan(value: Any) -> Any:
    """JSON knows no NaN: what is undefined becomes null."""
    if isinstance(value, dict):
        return {k: _without_nan(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_without_nan(v) for v in value]
    return None if isinstance(value, float) and value != value else value


@game.command("solve")
def solve_command(
    file: Annotated[Path, typer.Argument(help="a game in Gambit's .efg format")],
    precision: Annotated[float, typer.Option(help="λ of the quantal response; 0 is uniform play")] = 1.0,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
    nash: Annotated[bool, typer.Option("--nash", help="exact Nash equilibria too (needs pygambit)")] = False,
    svg: Annotated[Path | None, typer.Option(help="draw the tree with the solution into this file")] = None,
) -> None:
    """Find the agent quantal-response equilibrium of a game."""
    from keisei.games import draw_svg, format_tree, nash_equilibria, read_efg, solve

    tree = read_efg(file)
    answer = solve(tree, precision)
    document = answer.as_dict(tree)
    if nash:
        document["nash"] = [
            [
                {
                    "player": s["player"],
                    "infoset": s["infoset"],
                    "probabilities": dict(zip(s["probabilities"], p, strict=True)),
                }
                for s, p in zip(
                    document["infosets"],
                    (p for i, p in enumerate(profile) if tree.infosets[i].player >= 0),
                    strict=True,
                )
            ]
            for profile in nash_equilibria(tree)
        ]
    if svg is not None:
        svg.write_text(draw_svg(tree, answer.probabilities), encoding="utf-8")
        print(f"drawn into {svg}", file=sys.stderr)
    if as_json:
        _print_json(_without_nan(document))
        return
    print(format_tree(tree, answer.probabilities), end="")
    paid = ", ".join(f"{p} {u:.4f}" for p, u in zip(tree.players, answer.payoffs, strict=True))
    print(f"precision {precision:g}, expected payoffs {paid}, residual {answer.residual:.1e}")
    for number, profile in enumerate(document.get("nash", []), 1):
        moves = "; ".join(f"{s['player']} at {s['infoset']}: {_mix(s['probabilities'])}" for s in profile)
        print(f"Nash equilibrium {number}: {moves}")


def _fixed(text: str | None) -> list[float | None] | dict[str, float] | None:
    """`-1,0,NA,0.1` for payoffs in order, or `VA=1,VB=1` by name."""
    from keisei.errors import InputError

    if text is None:
        return None
    parts = [p.strip().replace("−", "-") for p in text.split(",")]
    try:
        if all("=" in p for p in parts):
            return {p.partition("=")[0].strip(): float(p.partition("=")[2]) for p in parts}
        return [None if p in ("", "NA", "_") else float(p) for p in parts]
    except ValueError:
        raise InputError(
            f"--fixed '{text}' is not understood",
            mend="write numbers separated by commas (NA: estimated), or NAME=NUMBER",
        ) from None


@game.command("estimate")
def estimate_command(
    data: Annotated[Path, typer.Option(help="CSV file with a header")],
    spec: Annotated[Path | None, typer.Option(help="YAML description of any game")] = None,
    model: Annotated[str | None, typer.Option(help="egame12, egame122, egame123, ultimatum or signalling")] = None,
    formula: Annotated[str | None, typer.Option(help="responses ~ payoff | payoff | …, in R's syntax")] = None,
    link: Annotated[str, typer.Option(help="probit or logit")] = "probit",
    errors: Annotated[str, typer.Option(help="agent or private")] = "agent",
    scale: Annotated[str | None, typer.Option(help="formula of the log scale of shocks; parts: by player")] = None,
    fixed: Annotated[str | None, typer.Option(help="fixed payoffs: -1,0,NA,0.1 in order, or VA=1,VB=1")] = None,
    subset: Annotated[str | None, typer.Option(help="which rows, e.g. 'year >= 1850'")] = None,
    weights: Annotated[str | None, typer.Option(help="column of row weights")] = None,
    cluster: Annotated[str | None, typer.Option(help="column of clusters for sandwich standard errors")] = None,
    outcomes: Annotated[str | None, typer.Option(help="order of a text response's values, left to right")] = None,
    method: Annotated[str, typer.Option(help="signalling: pl, npl or ml")] = "npl",
    max_offer: Annotated[float | None, typer.Option(help="ultimatum: largest feasible offer")] = None,
    min_offer: Annotated[float, typer.Option(help="ultimatum: smallest feasible offer")] = 0.0,
    s1: Annotated[float | None, typer.Option(help="ultimatum: fix player 1's scale")] = None,
    s2: Annotated[float | None, typer.Option(help="ultimatum: fix player 2's scale")] = None,
    outcome: Annotated[str, typer.Option(help="ultimatum: both or offer")] = "both",
    starts: Annotated[int, typer.Option(help="random starts beside backward induction and zero")] = 1,
    effects: Annotated[str | None, typer.Option(help="covariates whose average marginal effects to report")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> None:
    """Estimate a game from data by maximum (pseudo-)likelihood."""
    from keisei.errors import InputError
    from keisei.games import (
        estimate,
        estimate_signalling,
        estimate_spec,
        estimate_ultimatum,
        marginal_effects,
        read_table,
    )

    given = _fixed(fixed)
    if (spec is None) == (model is None):
        raise InputError("say what to estimate", mend="give either --spec FILE, or --model NAME and --formula F")
    if model is not None and formula is None:
        raise InputError(f"the model {model} needs a formula", mend="give --formula 'y ~ payoff | payoff | …'")
    table = read_table(data)
    if spec is not None:
        fit = estimate_spec(spec, table, starts=starts)
    elif model == "signalling":
        if isinstance(given, list):
            raise InputError("--fixed of signalling goes by name", mend="write e.g. VA=1,VB=1")
        fit = estimate_signalling(
            str(formula), table, method=method, fixed=given, subset=subset, cluster=cluster, starts=max(starts - 1, 0)
        )
    elif model == "ultimatum":
        if max_offer is None:
            raise InputError("ultimatum needs the largest feasible offer", mend="give --max-offer NUMBER")
        fit = estimate_ultimatum(
            str(formula),
            table,
            high=max_offer,
            low=min_offer,
            outcome=outcome,
            s1=s1,
            s2=s2,
            subset=subset,
            weights=weights,
            cluster=cluster,
            starts=starts,
        )
    else:
        if isinstance(given, dict):
            raise InputError("--fixed of this model goes by order", mend="write e.g. -1,0,NA,0.1")
        fit = estimate(
            str(model),
            str(formula),
            table,
            link=link,
            errors=errors,
            scale=scale,
            fixed=given,
            subset=subset,
            weights=weights,
            cluster=cluster,
            outcomes=[o.strip() for o in outcomes.split(",")] if outcomes else None,
            starts=starts,
        )
    for notice in fit.notices:
        print(f"note: {notice}", file=sys.stderr)
    document = fit.as_dict()
    found = [marginal_effects(fit, name.strip()) for name in effects.split(",")] if effects else []
    document["marginal_effects"] = [e.as_dict() for e in found]
    # the model's short name is what programs know it by
    document["model"] = model or fit.model
    document["description"] = fit.model
    if as_json:
        _print_json(_without_nan(document))
        return
    print(fit.summary(), end="")
    for effect in found:
        print(effect.summary(), end="")
