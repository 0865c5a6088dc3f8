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
