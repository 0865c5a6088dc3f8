"""Formulas in R's syntax with several right-hand sides, and the design matrices they mean.

`a + b ~ x + f | 0 | z - 1`: responses, then one part for each equation. Within a part `+`, `-`, `:`, `*`, `^`, `0`,
`1`, functions and factors mean what they mean in R: text is a factor with its levels in alphabetical order, coded
by treatment contrasts, or by one column a level where the term's margin is absent (Chambers & Hastie 1992, ch. 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from keisei.errors import InputError
from keisei.games.expression import Part, evaluate, parse_expression
from keisei.games.table import Table

Term = tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One right-hand side.

    Args:
        terms: each a sorted-by-appearance product of variables; main effects before interactions.
        intercept: whether it has one.
        variables: the expressions behind the names in the terms.
    """

    terms: tuple[Term, ...]
    intercept: bool
    variables: dict[str, Part] = field(hash=False, compare=False, default_factory=dict)


@dataclass(frozen=True)
class Formula:
    """Responses and right-hand sides."""

    text: str
    responses: tuple[Part, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Design:
    """The matrix of one right-hand side.

    Args:
        names: of the columns, as R writes them.
        matrix: [row, column].
    """

    names: tuple[str, ...]
    matrix: np.ndarray


def parse_formula(text: str) -> Formula:
    """Read a formula.

    Raises:
        InputError: when it is not one.
    """
    left, mark, right = text.replace("∼", "~").partition("~")
    if not mark:
        raise InputError(f"the formula '{text.strip()}' has no ~", mend="write responses ~ equation | equation")
    if "~" in right:
        raise InputError(f"the formula '{text.strip()}' has more than one ~")
    responses = tuple(_sum(parse_expression(left))) if left.strip() else ()
    return Formula(text.strip(), responses, tuple(_side(part) for part in _split(right)))


def _split(text: str) -> list[str]:
    """Parts between bars that stand outside parentheses."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    if any(not p.strip() for p in parts):
        raise InputError(f"a part of '{text.strip()}' is empty", mend="write 0 for a payoff that is fixed at 0")
    return parts


def _sum(part: Part) -> list[Part]:
    if part.kind == "operator" and part.value == "+":
        return [*_sum(part.parts[0]), *_sum(part.parts[1])]
    return [part]


def _side(text: str) -> Side:
    variables: dict[str, Part] = {}

    def expand(part: Part) -> tuple[list[Term], bool | None]:
        """Terms, and True or False when the intercept is asked for or taken away."""
        if part.kind == "group":
            return expand(part.parts[0])
        if part.kind == "number":
            if part.value not in (0, 1):
                raise InputError(f"{part} in '{text.strip()}' is not a term", mend="only 0 and 1 may stand alone")
            return [], bool(part.value)
        if part.kind == "unary" and part.value in "+-":
            terms, mark = expand(part.parts[0])
            if part.value == "+":
                return terms, mark
            if terms or mark is None:
                raise InputError(f"'{part}' takes away a term that is not there")
            return [], not mark
        if part.kind == "operator" and part.value in ("+", "-", ":", "*", "^"):
            left, first = expand(part.parts[0])
            if part.value == "^":
                times = part.parts[1].value if part.parts[1].kind == "number" else 0
                if times not in (2, 3, 4):
                    raise InputError(f"'{part}' needs a power of 2, 3 or 4", mend="write I(x^2) for arithmetic")
                result = left
                for _ in range(int(times) - 1):
                    result = _unique([*result, *(_join(a, b) for a in result for b in left)])
                return result, first
            right, second = expand(part.parts[1])
            if part.value == "+":
                return _unique([*left, *right]), first if second is None else second
            if part.value == "-":
                gone = {frozenset(t) for t in right}
                mark = first if second is None else not second
                return [t for t in left if frozenset(t) not in gone], mark
            crossed = [_join(a, b) for a in left for b in right]
            return (_unique([*left, *right, *crossed]) if part.value == "*" else crossed), first
        name = str(part)
        variables[name] = part
        return [(name,)], None

    terms, mark = expand(parse_expression(text))
    return Side(tuple(sorted(terms, key=len)), mark is not False, variables)


def _join(a: Term, b: Term) -> Term:
    return tuple(dict.fromkeys((*a, *b)))


def _unique(terms: Sequence[Term]) -> list[Term]:
    return list({frozenset(t): t for t in reversed(terms)}.values())[::-1]


def levels_of(values: np.ndarray) -> tuple[str, ...]:
    """The levels of a factor in R's order: alphabetical without regard to case, small letters first."""
    found = {str(v) for v in values if v is not None}
    try:
        return tuple(sorted(found, key=float))
    except ValueError:
        return tuple(sorted(found, key=lambda v: (v.lower(), v.swapcase())))


def design(side: Side, table: Table, levels: dict[str, tuple[str, ...]] | None = None) -> Design:
    """The design matrix of one right-hand side.

    Args:
        side: the right-hand side.
        table: data without missing values in the used columns.
        levels: for each factor its levels; taken from the data and added here when absent.

    Raises:
        InputError: an unknown column; a level that was not there when the model was fitted.
    """
    levels = {} if levels is None else levels
    columns: dict[str, np.ndarray] = {}
    for name, part in side.variables.items():
        column = np.asarray(evaluate(part, table))
        if column.dtype == object:
            if name not in levels:
                levels[name] = levels_of(column)
            new = {v for v in column if v is not None} - set(levels[name])
            if new:
                raise InputError(f"'{name}' has the level '{sorted(new)[0]}', which the fitted data do not have")
        columns[name] = np.broadcast_to(column, (table.rows,))
    present: set[frozenset[str]] = {frozenset(t) for t in side.terms} | ({frozenset()} if side.intercept else set())
    names: list[str] = ["(Intercept)"] if side.intercept else []
    parts: list[np.ndarray] = [np.ones(table.rows)] if side.intercept else []
    # without intercept the first factor among the main effects takes its place and gets a column a level
    for term in side.terms:
        coded: list[list[tuple[str, np.ndarray]]] = []
        for name in term:
            column = columns[name]
            if column.dtype != object:
                coded.append([(name, column.astype(float))])
                continue
            margin = frozenset(term) - {name}
            whole = margin not in present
            if whole and not margin:
                present.add(frozenset())
            kept = levels[name] if whole else levels[name][1:]
            coded.append([(f"{name}{v}", (column == v).astype(float)) for v in kept])
        # R lets the first variable of a term run fastest
        for choice in product(*reversed(coded)):
            chosen = choice[::-1]
            names.append(":".join(n for n, _ in chosen))
            parts.append(np.prod([c for _, c in chosen], axis=0))
    matrix = np.stack(parts, axis=1) if parts else np.zeros((table.rows, 0))
    return Design(tuple(names), matrix)


def used_values(formula: Formula, table: Table) -> list[np.ndarray]:
    """Every variable of a formula, evaluated: for finding missing values."""
    parts = list(formula.responses) + [p for s in formula.sides for p in s.variables.values()]
    return [np.broadcast_to(np.asarray(evaluate(p, table)), (table.rows,)) for p in parts]


def complete_rows(values: Sequence[np.ndarray], rows: int) -> np.ndarray:
    """Mask of the rows where nothing is missing."""
    keep = np.ones(rows, dtype=bool)
    for column in values:
        if column.dtype == object:
            keep &= np.array([v is not None for v in column], dtype=bool)
        else:
            keep &= ~np.isnan(column.astype(float))
    return keep
