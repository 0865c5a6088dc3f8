"""The language of questions: what it accepts, what it refuses, and what its answers mean."""

from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from keisei import months
from keisei.errors import InputError
from keisei.forecast.expressions import (
    MAX_DEPTH,
    MAX_LENGTH,
    And,
    Change,
    Expression,
    Level,
    Month,
    Not,
    Occurs,
    Or,
    Record,
    Tally,
    Window,
    at_origin,
    evaluate,
    names,
    offsets,
    parse,
    resolve,
    shifted,
    show,
    span,
    truth,
    truth_over_shifts,
    variable_name,
)

START = months.parse("2026-01")


def world(
    variables: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[str, np.ndarray]], first: int = START
) -> xr.Dataset:
    """A run in the form that the ensemble gives: {(record, attributes): (kind, values [member, month])}."""
    data = {}
    for (record, attributes), (kind, values) in variables.items():
        attrs = {"record": record, "kind": kind, "unit": "1", "attributes": json.dumps(dict(attributes))}
        dims = ("member", "month") if values.ndim == 2 else ("month",)
        data[variable_name(record, dict(attributes))] = (dims, values, attrs)
    length = next(iter(variables.values()))[1].shape[-1]
    return xr.Dataset(data, coords={"month": np.arange(first, first + length)})


@pytest.fixture
def two_worlds() -> xr.Dataset:
    """Twelve months of 2026, two members: an ICBM in March of the first; summits; rising warheads."""
    icbm, srbm, russia, china = (np.zeros((2, 12)) for _ in range(4))
    icbm[0, 2] = 1
    srbm[:, 5] = 2
    russia[0, 0] = 1
    china[1, 11] = 1
    return world(
        {
            ("PRK.launch.ballistic", (("class", "ICBM"),)): ("event", icbm),
            ("PRK.launch.ballistic", (("class", "SRBM"),)): ("event", srbm),
            ("summit", (("level", "leaders"), ("pair", "PRK-RUS"))): ("event", russia),
            ("summit", (("level", "leaders"), ("pair", "PRK-CHN"))): ("event", china),
            ("PRK.warheads", ()): ("level", np.stack([np.linspace(50, 61, 12), np.full(12, 50.0)])),
        }
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count(PRK.launch.ballistic, class=ICBM) >= 1 within 2026-01..2026-12", [True, False]),
        ("count(PRK.launch.ballistic, class=ICBM) >= 1 within 2026-04..2026-12", [False, False]),
        ("count(PRK.launch.ballistic) == 3 within 2026-01..2026-12", [True, False]),
        ("count(PRK.launch.ballistic) != 3 within 2026-01..2026-12", [False, True]),
        ("any(summit, pair=PRK-RUS) within 2026-01", [True, False]),
        ("any(summit) within 2026-02..2026-12", [False, True]),
        ("sum(PRK.launch.ballistic, class=SRBM) <= 2 within 2026-01..2026-12", [True, True]),
        ("value(PRK.warheads, at=2026-12) > 60.5", [True, False]),
        ("change(PRK.warheads, from=2026-01, to=2026-12) < 1", [False, True]),
        ("not any(summit, pair=PRK-CHN) within 2026-01..2026-12", [True, False]),
        (
            "any(summit, pair=PRK-RUS) within 2026-01 or any(summit, pair=PRK-CHN) within 2026-12 "
            "and value(PRK.warheads, at=2026-01) < 0",
            [True, False],  # "and" binds more tightly than "or"
        ),
        (
            "(any(summit, pair=PRK-RUS) within 2026-01 or any(summit, pair=PRK-CHN) within 2026-12) "
            "and value(PRK.warheads, at=2026-01) < 0",
            [False, False],
        ),
    ],
)
def test_an_expression_means_what_it_says(two_worlds: xr.Dataset, text: str, expected: list[bool]) -> None:
    assert evaluate(parse(text), two_worlds).tolist() == expected


def test_months_count_from_the_origin_the_same_as_from_the_calendar(two_worlds: xr.Dataset) -> None:
    relative = parse("count(PRK.launch.ballistic) >= 2 within origin+1..origin+6")
    absolute = parse("count(PRK.launch.ballistic) >= 2 within 2026-01..2026-06")
    origin = months.parse("2025-12")
    assert at_origin(relative, origin) == absolute
    assert (evaluate(relative, two_worlds, origin) == evaluate(absolute, two_worlds)).all()
    assert offsets(relative) == (1, 6)
    with pytest.raises(InputError, match="counts months from an origin"):
        span(relative)


def test_names_and_span_say_what_is_needed() -> None:
    summits = "any(summit, pair=PRK-RUS, level=leaders) within 2026-01..2026-06"
    expression = parse(f"{summits} and value(PRK.warheads, at=2025-12) > 50")
    assert names(expression) == (
        Record("summit", (("level", "leaders"), ("pair", "PRK-RUS"))),
        Record("PRK.warheads"),
    )
    assert span(expression) == (months.parse("2025-12"), months.parse("2026-06"))
    assert span(shifted(expression, 12)) == (months.parse("2026-12"), months.parse("2027-06"))


def test_a_variable_with_exactly_the_attributes_asked_for_is_the_total_and_is_read_alone() -> None:
    total = np.array([[1.0, 0.0]])
    by_class = np.array([[1.0, 0.0]])
    run = world(
        {
            ("PRK.launch.ballistic", ()): ("event", total),
            ("PRK.launch.ballistic", (("class", "ICBM"),)): ("event", by_class),
            ("PRK.launch.ballistic", (("class", "SRBM"),)): ("event", by_class),
        }
    )
    assert evaluate(parse("count(PRK.launch.ballistic) == 1 within 2026-01..2026-02"), run).all()


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", None, "empty"),
        ("count(PRK.test.nuclear) within 2026-01..2026-12", 25, "expected a comparison"),
        ("count(PRK.test.nuclear) >= 1", 29, "expected 'within'"),
        ("any(PRK.test.nuclear) within 2026-13", 30, "not between 01 and 12"),
        ("any(PRK.test.nuclear) within 2026-12..2026-01", 23, "ends before it starts"),
        ("any(PRK.test.nuclear) within 2026-01..origin+3", 23, "mixes"),
        ("value(PRK.warheads) > 3", 1, "lacks at"),
        ("change(PRK.warheads, from=2026-01) > 3", 1, "lacks to"),
        ("any(summit, pair=PRK-RUS, pair=PRK-CHN) within 2026-01", 27, "given twice"),
        ("any(summit, at=2026-01) within 2026-01", 13, "takes no 'at'"),
        ("value(PRK.warheads, at=2026-01) > 1e999", 35, "expected a number"),
        ("any(summit) within 2026-01 any(summit) within 2026-02", 28, "not expected here"),
        ("(any(summit) within 2026-01", 28, "to close the parenthesis"),
        ("max(PRK.warheads) > 3", 1, "not a function"),
        ("any(summit) within ２０２６-01", 20, "not part of an expression"),
        ("any(summit) within origin+99999", 20, "too far from the origin"),
        ("any(summit) within 1900-01..2036-12", 13, "longer than"),
    ],
)
def test_what_does_not_parse_is_refused_with_its_column_and_a_mend(text: str, column: int | None, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        parse(text)
    assert caught.value.column == column
    assert caught.value.mend
    assert column is None or f"at column {column}" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "__import__('os').system('true')",
        "any(__import__('os')) within 2026-01",
        "value(PRK.warheads, at=2026-01) > len('abc')",
        "exec(open)",
        "lambda: 1",
        "[x for x in ()]",
        "value(PRK.warheads.__class__.__mro__[1], at=2026-01) > 0",
        "any(summit) within 2026-01; import os",
        "open(secret) > 1 within 2026-01",
    ],
)
def test_calls_to_python_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse(text)


def test_depth_and_length_are_bounded() -> None:
    atom = "any(summit) within 2026-01"
    parse("(" * (MAX_DEPTH - 1) + atom + ")" * (MAX_DEPTH - 1))
    for text in ("(" * 900 + atom + ")" * 900, "not " * 900 + atom):
        with pytest.raises(InputError, match="nested too deeply"):
            parse(text)
    with pytest.raises(InputError, match="characters"):
        parse(" or ".join([atom] * (MAX_LENGTH // 20)))


def test_unknown_records_attributes_and_values_list_near_names(two_worlds: xr.Dataset) -> None:
    for text, near in [
        ("any(PRK.launch.balistic) within 2026-01", "PRK.launch.ballistic"),
        ("any(summit, pairs=PRK-RUS) within 2026-01", "pair"),
        ("any(summit, pair=RUS-PRK) within 2026-01", "PRK-RUS"),
    ]:
        with pytest.raises(InputError) as caught:
            evaluate(parse(text), two_worlds)
        assert near in (caught.value.mend or "")


def test_a_function_that_does_not_fit_the_kind_of_record_is_refused(two_worlds: xr.Dataset) -> None:
    for text in ("any(PRK.warheads) within 2026-01", "value(summit, at=2026-01) > 0"):
        with pytest.raises(InputError, match="cannot read"):
            evaluate(parse(text), two_worlds)


def test_missing_months_leave_open_only_what_hangs_on_them() -> None:
    observed = np.array([1.0, 0.0, np.nan, np.nan])
    level = np.array([5.0, np.nan, np.nan, np.nan])
    seen = world({("summit", ()): ("event", observed), ("PRK.warheads", ()): ("level", level)})
    answers = {
        "any(summit) within 2026-01..2026-04": True,  # already happened
        "any(summit) within 2026-02": False,  # the window is over
        "any(summit) within 2026-02..2026-04": None,
        "count(summit) <= 1 within 2026-01..2026-03": None,
        "count(summit) < 1 within 2026-01..2026-03": False,  # can no longer hold
        "count(summit) >= 2 within 2026-01..2026-08": None,
        "value(PRK.warheads, at=2026-01) == 5": True,
        "value(PRK.warheads, at=2026-02) == 5": None,
        "sum(PRK.warheads) > 1 within 2026-01..2026-02": None,
        "any(summit) within 2026-02 and any(summit) within 2026-04": False,
        "any(summit) within 2026-01 or any(summit) within 2026-04": True,
        "not any(summit) within 2026-03": None,
    }
    assert {text: resolve(parse(text), seen) for text in answers} == answers


def test_a_run_that_ends_too_early_is_refused_not_guessed(two_worlds: xr.Dataset) -> None:
    with pytest.raises(InputError, match=r"run has 2026-01\.\.2026-12"):
        evaluate(parse("any(summit, pair=PRK-RUS) within 2026-06..2027-06"), two_worlds)


def test_observations_must_be_one_world(two_worlds: xr.Dataset) -> None:
    with pytest.raises(InputError, match="several members"):
        resolve(parse("any(summit) within 2026-01"), two_worlds)


# laws

_word = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,5}([.-][A-Za-z0-9_]{1,4}){0,2}", fullmatch=True)
_name = _word.filter(lambda w: w not in ("and", "or", "not", "within") and not w.startswith("origin"))
_key = _name.filter(lambda k: k not in ("at", "from", "to"))
_records = st.builds(
    lambda name, attributes: Record(name, tuple(sorted(attributes.items()))),
    _name,
    st.dictionaries(_key, _name, max_size=2),
)
_numbers = st.floats(-1e12, 1e12).map(lambda x: x + 0.0)
_ops = st.sampled_from([">=", ">", "<=", "<", "==", "!="])


@st.composite
def _pair(draw: st.DrawFn) -> tuple[Month, Month]:
    relative = draw(st.booleans())
    first = draw(st.integers(-60, 60)) if relative else draw(st.integers(START - 300, START + 100))
    return Month(first, relative), Month(first + draw(st.integers(0, 60)), relative)


_atoms = st.one_of(
    st.builds(
        lambda f, r, o, x, p: Tally(f, r, o, x, Window(*p)),
        st.sampled_from(["count", "sum"]), _records, _ops, _numbers, _pair()),
    st.builds(lambda r, p: Occurs(r, Window(*p)), _records, _pair()),
    st.builds(lambda r, p, o, x: Level(r, p[0], o, x), _records, _pair(), _ops, _numbers),
    st.builds(lambda r, p, o, x: Change(r, p[0], p[1], o, x), _records, _pair(), _ops, _numbers),
)  # fmt: skip
_trees: st.SearchStrategy[Expression] = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda terms: And(tuple(terms)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda terms: Or(tuple(terms)), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(_trees)
def test_printing_and_reparsing_keeps_the_tree(tree: Expression) -> None:
    text = show(tree)
    if len(text) <= MAX_LENGTH:
        assert parse(text) == tree


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_an_expression_or_an_input_error(text: str) -> None:
    try:
        tree = parse(text)
    except InputError:
        return
    assert parse(show(tree)) == tree


_pieces = ["any(", "count(", "value(", ")", "summit", ",", "pair", "=", "PRK-RUS", ">=", "1", "within",
           "2026-01", "..", "origin+1", "and", "or", "not", "(", "at", "-3.5e2", "__import__"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_pieces), max_size=14).map(" ".join))
def test_any_heap_of_tokens_is_an_expression_or_an_input_error(text: str) -> None:
    try:
        tree = parse(text)
    except InputError:
        return
    assert parse(show(tree)) == tree


_simple = st.sampled_from(
    [parse(f"any({r}) within {a}") for r in ("a", "b") for a in ("2026-01", "2026-01..2026-03", "2026-02..2026-06")]
    + [parse(f"value(x, at={a}) > 0") for a in ("2026-01", "2026-04")]
)
_logic = st.recursive(
    _simple,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda a, b: And((a, b)), inner, inner),
        st.builds(lambda a, b: Or((a, b)), inner, inner),
    ),
    max_leaves=5,
)


@settings(max_examples=30, deadline=None)
@given(_logic, st.integers(0, 2**32 - 1))
def test_many_shifts_at_once_are_the_same_as_one_by_one(expression: Expression, seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = {name: np.where(rng.random(20) < 0.2, np.nan, rng.integers(0, 2, 20)) for name in "abx"}
    kinds = {"a": "event", "b": "event", "x": "level"}
    seen = world({(k, ()): (kinds[k], v) for k, v in values.items()})
    shifts = np.arange(-8, 24)
    together = truth_over_shifts(expression, seen, shifts)
    assert together.tolist() == [int(truth(shifted(expression, int(s)), seen)[0]) for s in shifts]


@settings(max_examples=100, deadline=None)
@given(_logic, _logic, st.integers(0, 2**32 - 1))
def test_the_logic_is_kleenes(a: Expression, b: Expression, seed: int) -> None:
    """De Morgan and double negation hold in three values; a month that comes in never turns an answer."""
    rng = np.random.default_rng(seed)
    full = {name: rng.integers(0, 2, (4, 6)).astype(float) for name in "ab"} | {"x": rng.normal(size=(4, 6))}
    holes = {name: np.where(rng.random((4, 6)) < 0.3, np.nan, values) for name, values in full.items()}
    kinds = {"a": "event", "b": "event", "x": "level"}
    known = world({(k, ()): (kinds[k], v) for k, v in full.items()})
    partly = world({(k, ()): (kinds[k], v) for k, v in holes.items()})
    assert (truth(Not(And((a, b))), partly) == truth(Or((Not(a), Not(b))), partly)).all()
    assert (truth(Not(Not(a)), partly) == truth(a, partly)).all()
    early, final = truth(a, partly), truth(a, known)
    assert set(np.unique(final)) <= {-1, 1}
    assert ((early == 0) | (early == final)).all()
    assert (evaluate(a, known) ^ evaluate(Not(a), known)).all()
