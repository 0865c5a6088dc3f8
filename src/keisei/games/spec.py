"""A game to estimate, written as a YAML file: any tree, any payoffs linear in covariates.

    title: Deterrence with a hidden type
    players: [A, B]
    outcome: result                # column that names the end each row shows
    link: logit                    # or probit (two actions a set)
    errors: agent                  # or private (perfect information, two actions, one move a player and path)
    scale: ~ 1 | 0                 # optional: log σ, one formula for all or one for each player
    subset: year >= 1950           # optional, as are weights and cluster (columns)
    equations:                     # named linear predictors; a payoff may use several, several payoffs may share one
      cost: "~ distance + regime"
      stakes: "~ tie"
    tree:
      player: A
      infoset: challenge?
      actions:
        stay: {end: sq}
        challenge:
          player: B
          actions:
            concede: {end: cd, payoffs: {A: stakes, B: "-1"}}
            resist:  {end: war, payoffs: {A: stakes - 2*cost, B: "0.5"}}

`end` names the outcome; ends of one name are not told apart in the data. `efg: FILE` may stand in place of `tree`;
then `payoffs` maps outcome names to payoffs that are added to the file's. Chance: `chance: {ACTION: [1/3, TREE]}`.
Scale of estimates as in Signorino (2003): the difference of two actions has scale √2·σ, σ = 1 unless estimated.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from keisei.errors import InputError
from keisei.games.build import Tree, chance, decision, end, game
from keisei.games.efg import read_efg
from keisei.games.estimate import Recipe, fit_law, used_rows
from keisei.games.expression import Part, parse_expression
from keisei.games.fit import Fit
from keisei.games.formula import parse_formula, used_values
from keisei.games.game import Game
from keisei.games.likelihood import Cell, GameLaw
from keisei.games.linear import exact
from keisei.games.starts import backward_induction
from keisei.games.table import Table


class Spec(BaseModel):
    """The file's contents; see the module's text."""

    model_config = ConfigDict(extra="forbid")

    title: str = "game"
    players: list[str] = Field(default_factory=list)
    outcome: str
    link: str = "logit"
    errors: str = "agent"
    scale: str | None = None
    subset: str | None = None
    weights: str | None = None
    cluster: str | None = None
    equations: dict[str, str]
    tree: dict[str, Any] | None = None
    efg: str | None = None
    payoffs: dict[str, dict[str, Any]] = Field(default_factory=dict)


def read_spec(path: str | Path) -> tuple[Spec, Path]:
    """Read a spec file; also its folder, from which `efg` is found.

    Raises:
        InputError: what is wrong, with the line where YAML knows it.
    """
    try:
        document = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"the spec cannot be read ({error.strerror})", file=path) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            f"this is not YAML: {getattr(error, 'problem', error)}",
            file=path,
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
        ) from None
    if not isinstance(document, dict):
        raise InputError("a spec is a mapping of keys to values", file=path)
    try:
        return Spec.model_validate(document), Path(path).parent
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(p) for p in first["loc"])
        raise InputError(f"'{place}': {first['msg']}", file=path, mend="see docs/games.md for the keys") from None


def _linear(value: Any, equations: Mapping[str, int]) -> tuple[float, dict[int, float]]:
    """Constant and weights of equations in a payoff such as `stakes - 2*cost + 1`."""

    def walk(part: Part) -> tuple[float, dict[int, float]]:
        if part.kind == "group":
            return walk(part.parts[0])
        if part.kind == "number":
            return float(part.value), {}
        if part.kind == "name":
            if part.value not in equations:
                raise InputError(f"the payoff '{value}' uses '{part.value}', which is no equation")
            return 0.0, {equations[part.value]: 1.0}
        if part.kind == "unary" and part.value in "+-":
            sign = -1.0 if part.value == "-" else 1.0
            constant, weights = walk(part.parts[0])
            return sign * constant, {k: sign * w for k, w in weights.items()}
        if part.kind == "operator" and part.value in "+-*/":
            (a, u), (b, v) = (walk(p) for p in part.parts)
            if part.value in "+-":
                sign = 1.0 if part.value == "+" else -1.0
                return a + sign * b, {k: u.get(k, 0.0) + sign * v.get(k, 0.0) for k in {**u, **v}}
            if part.value == "*" and not (u and v):
                c, w = (b, u) if not v else (a, v)
                return a * b, {k: c * x for k, x in w.items()}
            if part.value == "/" and not v and b:
                return a / b, {k: x / b for k, x in u.items()}
        raise InputError(f"the payoff '{value}' is not linear in the equations")

    return walk(parse_expression(str(value)))


def _tree(node: Any, players: list[str], where: str) -> Tree:
    """The tree with each end's payoffs left out; they become cells."""
    if not isinstance(node, dict):
        raise InputError(f"at '{where}' a mapping with player, chance or end is expected")
    if "end" in node:
        unknown = set(node) - {"end", "payoffs"}
        if unknown:
            raise InputError(f"at '{where}' the key '{sorted(unknown)[0]}' is not known")
        return end({}, str(node["end"]))
    if "chance" in node:
        moves = {}
        for action, both in node["chance"].items():
            if not isinstance(both, list) or len(both) != 2:
                raise InputError(f"at '{where}' the chance move '{action}' needs [probability, tree]")
            moves[str(action)] = (exact(str(both[0])), _tree(both[1], players, f"{where}/{action}"))
        return chance(moves, str(node.get("infoset", "")))
    if "player" not in node or not isinstance(node.get("actions"), dict):
        raise InputError(f"at '{where}' a player with actions, a chance or an end is expected")
    branches = {str(a): _tree(t, players, f"{where}/{a}") for a, t in node["actions"].items()}
    return decision(str(node["player"]), str(node.get("infoset", where)), branches)


def _ends(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The ends from left to right, as terminals are numbered."""
    if "end" in node:
        return [node]
    below = [both[1] for both in node["chance"].values()] if "chance" in node else list(node["actions"].values())
    return [e for child in below for e in _ends(child)]


def law_of(spec: Spec, folder: Path) -> tuple[GameLaw, list[str]]:
    """The law that a spec describes, and the names of its outcomes.

    Raises:
        InputError: a tree, payoff or option that does not fit.
    """
    places = {name: i for i, name in enumerate(spec.equations)}
    tree: Game
    if (spec.tree is None) == (spec.efg is None):
        raise InputError("a spec has either a tree or an efg")
    if spec.tree is not None:
        tree = game(spec.title, spec.players, _tree(spec.tree, spec.players, ""))
        paid = [e.get("payoffs") or {} for e in _ends(spec.tree)]
    else:
        tree = read_efg(folder / str(spec.efg))
        paid = [spec.payoffs.get(n, {}) for n in tree.terminal_names]
        unknown = set(spec.payoffs) - set(tree.terminal_names)
        if unknown:
            raise InputError(f"the game has no outcome '{sorted(unknown)[0]}'")
    cells, constants = [], np.zeros((len(tree.terminals), len(tree.players)))
    for t, table in enumerate(paid):
        for player, value in table.items():
            if player not in tree.players:
                raise InputError(f"'{player}' is not a player of this game", mend=f"name one of {list(tree.players)}")
            p = tree.players.index(player)
            constants[t, p], weights = _linear(value, places)
            cells += [Cell(t, p, k, w) for k, w in sorted(weights.items()) if w]
    if {c.equation for c in cells} != set(places.values()):
        idle = [n for n, k in places.items() if k not in {c.equation for c in cells}]
        raise InputError(f"no payoff uses the equation '{idle[0]}'", mend="remove it, or use it in a payoff")
    tree = _with_constants(tree, constants)
    names = list(dict.fromkeys(tree.terminal_names))
    groups = tuple(tuple(t for t, n in enumerate(tree.terminal_names) if n == name) for name in names)
    parts = len(parse_formula(_tilde(spec.scale)).sides) if spec.scale else 0
    if parts not in (0, 1, len(tree.players)):
        raise InputError(f"the scale has {parts} parts; give 1, or {len(tree.players)}, one for each player")
    scale = {0: "none", 1: "common"}.get(parts, "player")
    return GameLaw(tree, tuple(cells), groups, len(places), spec.link, spec.errors, scale), names


def _with_constants(tree: Game, constants: np.ndarray) -> Game:
    """The game with numbers added to what its ends pay."""
    from dataclasses import replace

    from keisei.games.game import Outcome
    from keisei.games.linear import Linear, linear

    if not constants.any():
        return tree
    outcomes, nodes = list(tree.outcomes), list(tree.nodes)
    for t, index in enumerate(tree.terminals):
        at = nodes[index].outcome
        old = outcomes[at].payoffs if at is not None else (Linear(),) * len(tree.players)
        name = outcomes[at].name if at is not None else tree.terminal_names[t]
        paid = tuple(u + linear(float(c)) for u, c in zip(old, constants[t], strict=True))
        outcomes.append(Outcome(max(o.number for o in outcomes) + 1 if outcomes else 1, name, paid))
        nodes[index] = replace(nodes[index], outcome=len(outcomes) - 1)
    return replace(tree, outcomes=tuple(outcomes), nodes=tuple(nodes))


def _tilde(text: str) -> str:
    return text if "~" in text else f"~ {text}"


def estimate_spec(path: str | Path, data: Table, *, starts: int = 2, seed: int = 0) -> Fit:
    """Fit the game that a spec file describes.

    Raises:
        InputError: what is wrong in the spec or the data.
    """
    spec, folder = read_spec(path)
    law, names = law_of(spec, folder)
    sides = []
    for name, text in spec.equations.items():
        parsed = parse_formula(_tilde(str(text)))
        if len(parsed.sides) != 1:
            raise InputError(f"the equation '{name}' has more than one part", file=path)
        sides.append(parsed.sides[0])
    scale = parse_formula(_tilde(spec.scale)).sides if spec.scale else ()
    formula = parse_formula(f"{spec.outcome} ~ 0")
    symbol = "lambda" if spec.link == "logit" else "sigma"
    scale_names = (
        [f"log({symbol})"] if len(scale) == 1 else [f"log({symbol}:{p})" for p in law.game.players[: len(scale)]]
    )
    recipe = Recipe((*spec.equations, *scale_names), (*sides, *scale), (0.0,) * (len(sides) + len(scale)))
    whole = [parse_formula(f"{spec.outcome} ~ 0"), *(parse_formula(_tilde(str(t))) for t in spec.equations.values())]
    whole += [parse_formula(_tilde(spec.scale))] if spec.scale else []
    used, notices = used_rows(
        data,
        lambda t: [v for f in whole for v in used_values(f, t)] + [t[c] for c in (spec.weights, spec.cluster) if c],
        spec.subset,
    )
    column = used[str(formula.responses[0])]
    shown = [str(v) if column.dtype == object else f"{v:g}" for v in column]
    unknown = sorted(set(shown) - set(names))
    if unknown:
        raise InputError(
            f"the outcome column '{spec.outcome}' has '{unknown[0]}', which is no end of the game",
            file=data.source,
            mend=f"the ends are {', '.join(names)}",
        )
    index = np.array([names.index(v) for v in shown])
    return fit_law(
        law,
        recipe,
        used,
        {"outcome": index},
        model=f"{spec.title} ({spec.link}, {spec.errors} errors)",
        outcome_names=names,
        weights=spec.weights,
        cluster=spec.cluster,
        starts=starts,
        seed=seed,
        notices=notices,
        first=lambda likelihood: backward_induction(law, likelihood),
    )
