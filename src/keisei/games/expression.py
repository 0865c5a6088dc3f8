"""Expressions in R's syntax over the columns of a table: for subsets, functions of covariates and formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from keisei.errors import InputError
from keisei.games.table import Table


@dataclass(frozen=True)
class Part:
    """A node of an expression: a call or operator with arguments, or a leaf (name, number, text)."""

    kind: str
    value: Any
    parts: tuple[Part, ...] = ()

    def __str__(self) -> str:
        if self.kind == "number":
            return f"{self.value:g}"
        if self.kind == "text":
            return f'"{self.value}"'
        if self.kind == "call":
            return f"{self.value}({', '.join(map(str, self.parts))})"
        if self.kind == "group":
            return f"({self.parts[0]})"
        if self.kind == "unary":
            return f"{self.value}{self.parts[0]}"
        if self.kind == "operator":
            gap = "" if self.value in "^:" else " "
            return f"{self.parts[0]}{gap}{self.value}{gap}{self.parts[1]}"
        return str(self.value)


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?L?)
      | (?P<name>[^\W\d][\w.]*|`[^`]+`|\.[A-Za-z_]\w*)
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<operator>%in%|\*\*|==|!=|<=|>=|&&|\|\||[-+*/^:<>!&|~(),]))""",
    re.VERBOSE,
)
# unicode minus, en dash and multiplication signs, as text copied from an article has them
_SIGNS = str.maketrans({"−": "-", "–": "-", "∼": "~", "×": "*", "“": '"', "”": '"', "\u00a0": " "})
_LEVEL = {"~": 1, "|": 2, "||": 2, "&": 3, "&&": 3, "==": 5, "!=": 5, "<": 5, ">": 5, "<=": 5, ">=": 5}
_LEVEL |= {"+": 6, "-": 6, "*": 7, "/": 7, "%in%": 8, ":": 9, "^": 11}


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    text = text.translate(_SIGNS)
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise InputError(f"'{text[at:].strip()[:15]}' in '{text.strip()}' is not understood")
        kind = str(found.lastgroup)
        value = found.group(kind)
        yield kind, "^" if value == "**" else value, found.start(kind)
        at = found.end()
    yield "end", "the end", len(text)


def parse_expression(text: str) -> Part:
    """The tree of an expression; `+`, `:`, `|` and `~` keep their place, so that formulas can be made of it.

    Raises:
        InputError: when it is not an expression.
    """
    tokens = list(_tokens(text))
    at = 0

    def fail() -> InputError:
        return InputError(f"'{tokens[at][1]}' at position {tokens[at][2] + 1} of '{text.strip()}' is not expected")

    def take(value: str) -> None:
        nonlocal at
        if tokens[at][1] != value:
            raise fail()
        at += 1

    def leaf() -> Part:
        nonlocal at
        kind, value, _ = tokens[at]
        at += 1
        if kind == "number":
            return Part("number", float(value.rstrip("L")))
        if kind == "text":
            return Part("text", value[1:-1])
        if kind == "name":
            name = value.strip("`")
            if tokens[at][1] != "(":
                return Part("name", name)
            at += 1
            arguments = []
            while tokens[at][1] != ")":
                arguments.append(climb(0))
                if tokens[at][1] == ",":
                    at += 1
                elif tokens[at][1] != ")":
                    raise fail()
            at += 1
            return Part("call", name, tuple(arguments))
        if value == "(":
            inner = climb(0)
            take(")")
            return Part("group", "(", (inner,))
        if value in "+-":
            return Part("unary", value, (climb(8),))
        if value == "!":
            return Part("unary", value, (climb(4),))
        if value == "~":
            return Part("unary", value, (climb(1),))
        at -= 1
        raise fail()

    def climb(level: int) -> Part:
        nonlocal at
        left = leaf()
        while tokens[at][0] == "operator" and _LEVEL.get(tokens[at][1], -1) >= max(level, 1):
            sign = tokens[at][1]
            at += 1
            left = Part("operator", sign, (left, climb(_LEVEL[sign] + (sign != "^"))))
        return left

    found = climb(0)
    if tokens[at][0] != "end":
        raise fail()
    return found


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sqrt": np.sqrt,
    "log": np.log,
    "log10": np.log10,
    "log2": np.log2,
    "log1p": np.log1p,
    "exp": np.exp,
    "expm1": np.expm1,
    "abs": np.abs,
    "I": lambda x: x,
    "as.numeric": lambda x: x,
    "is.na": lambda x: np.array([v is None or v != v for v in x]).astype(float),
}
_FACTORS = ("factor", "as.factor")


def evaluate(part: Part, table: Table) -> Any:
    """The value of an expression for every row; text stays text (a factor). Truth is 1 and 0, NaN is missing.

    Raises:
        InputError: an unknown column or function, or arithmetic on text.
    """
    if part.kind == "number":
        return part.value
    if part.kind == "text":
        return part.value
    if part.kind == "name":
        if part.value in ("TRUE", "FALSE") and part.value not in table.columns:
            return float(part.value == "TRUE")
        return table[part.value]
    if part.kind == "group":
        return evaluate(part.parts[0], table)
    if part.kind == "call":
        if part.value in _FACTORS:
            values = np.broadcast_to(evaluate(part.parts[0], table), (table.rows,))
            return np.array([_level(v) for v in values], dtype=object)
        if part.value not in _FUNCTIONS:
            raise InputError(
                f"the function '{part.value}' is not known here", mend=f"use one of {', '.join(_FUNCTIONS)}, factor"
            )
        with np.errstate(all="ignore"):
            return _FUNCTIONS[part.value](*(evaluate(p, table) for p in part.parts))
    if part.kind == "unary":
        value = _number(evaluate(part.parts[0], table), part)
        return -value if part.value == "-" else _keep(np.equal(value, 0), value) if part.value == "!" else value
    if part.value == "%in%":
        left, right = evaluate(part.parts[0], table), part.parts[1]
        if right.kind != "call" or right.value != "c":
            raise InputError("%in% needs a list c(…) on its right")
        choices = [evaluate(p, table) for p in right.parts]
        return np.isin(np.asarray(left, dtype=object), choices).astype(float)
    a, b = (evaluate(p, table) for p in part.parts)
    if part.value in ("==", "!="):
        equal = np.asarray(a == b) if part.value == "==" else np.asarray(a != b)
        return _keep(equal, a, b)
    a, b = _number(a, part), _number(b, part)
    with np.errstate(all="ignore"):
        match part.value:
            case "+":
                return a + b
            case "-":
                return a - b
            case "*":
                return a * b
            case "/":
                return a / b
            case "^":
                return a**b
            case "<" | ">" | "<=" | ">=":
                compare = {"<": np.less, ">": np.greater, "<=": np.less_equal, ">=": np.greater_equal}
                return _keep(compare[part.value](a, b), a, b)
            case "&" | "&&":
                return _keep(np.logical_and(a, b), a, b)
            case "|" | "||":
                return _keep(np.logical_or(a, b), a, b)
    raise InputError(f"'{part.value}' has no meaning here", mend="use it inside a formula")


def _level(value: Any) -> str | None:
    if value is None or value != value:
        return None
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(value: Any, part: Part) -> Any:
    if np.asarray(value).dtype.kind not in "biuf":
        raise InputError(f"'{part}' asks for arithmetic on text")
    return value


def _keep(truth: Any, *values: Any) -> Any:
    """Truth as 1 and 0, NaN where a value is missing."""
    result = np.asarray(truth).astype(float)
    for v in values:
        array = np.asarray(v)
        missing = array != array if array.dtype.kind != "O" else np.array([x is None for x in np.atleast_1d(array)])
        result = np.where(missing, np.nan, result)
    return result
