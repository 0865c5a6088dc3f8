"""Building, reading and writing games."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keisei.errors import InputError
from keisei.games import (
    chance,
    crisis_signalling,
    decision,
    draw_svg,
    end,
    feature,
    format_efg,
    format_tree,
    game,
    negotiation,
    parameter,
    parse_efg,
    read_efg,
    two_vetoes,
)
from tests.shared import shared

HEAD = 'EFG 2 R "t" { "A" "B" }\n""\n'
NAMES = ["g01_amp_2x2", "g04_crisis_signalling", "g05_verification", "g07_centipede6", "g08_one_card_poker"]


@pytest.mark.parametrize("name", NAMES)
def test_a_game_survives_writing_and_reading(name: str) -> None:
    tree = read_efg(shared(f"reference/games/efg/{name}.efg"))
    assert parse_efg(format_efg(tree)) == tree


@pytest.mark.parametrize("tree", [crisis_signalling(), negotiation(), two_vetoes()], ids=lambda g: g.title)
def test_built_games_survive_writing_and_reading(tree: object) -> None:
    assert parse_efg(format_efg(tree)) == tree


quoted = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)
numbers = st.fractions(min_value=-50, max_value=50, max_denominator=60)


@settings(max_examples=50, deadline=None)
@given(st.lists(quoted, min_size=2, max_size=4, unique=True), st.lists(numbers, min_size=8, max_size=8), quoted)
def test_any_name_and_any_rational_survive(actions: list[str], paid: list, title: str) -> None:
    ends = {a: end({"A": paid[2 * k], "B": paid[2 * k + 1]}, a) for k, a in enumerate(actions)}
    tree = game(title, ["A", "B"], decision("A", title, ends), comment=title)
    assert parse_efg(format_efg(tree)) == tree


def test_shared_outcomes_decimals_comments_and_missing_outcomes_are_read() -> None:
    text = (
        'EFG 2 D "say \\"no\\" \\\\ yes" { "A" "B" } "a comment"\n// a line that explains\n'
        'c "" 1 "" { "x" .5 "y" 1/2 } 0\np "n" 1 1 "I" { "l" "r" } 7 "toll" { -.5, 1e1 }\n'
        't "" 1 "end" { 1.25 -3/4 }\nt "" 0\np "" 1 1 7\nt "" 1\nt "" 1\n'
    )
    tree = parse_efg(text)
    assert tree.title == 'say "no" \\ yes'
    assert tree.comment == "a comment"
    np.testing.assert_array_equal(tree.payoffs(), [[0.75, 9.25], [-0.5, 10], [0.75, 9.25], [0.75, 9.25]])
    assert parse_efg(format_efg(tree)) == tree


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        (HEAD + 'p "" 1 1 "I" { "l" "r" } 0\nt "" 1 "" { 1, 2 }\nt "" 2 "" { 1 }\n', (5, 6), "1 payoffs for 2"),
        (HEAD + 'p "" 3 1 "I" { "l" } 0\nt "" 0\n', (3, 6), "player 3"),
        (HEAD + 'p "" 1 1 "I" { "l" "r" } 0\nt "" 0\n', (5, 1), "expected a node"),
        (HEAD + 't "" 0\nt "" 0\n', (4, 1), "complete"),
        (HEAD + 't "never closed 0\n', (3, 3), "never closed"),
        (HEAD + 'c "" 1 "" { "x" 0.6 "y" 0.6 } 0\nt "" 0\nt "" 0\n', (3, 1), "add up to 1.2"),
        (
            HEAD + 'c "" 1 "" { "x" 1/2 "y" 1/2 } 0\nc "" 1 "" { "x" 1/3 "y" 2/3 } 0\n',
            (4, 6),
            "other probabilities before",
        ),
        ("EFG 3 R", (1, 5), "expected 2"),
        (HEAD + 'p "" 1 1 0\n', (3, 8), "not been described"),
        (HEAD + 't "" 4\n', (3, 6), "outcome 4"),
        (HEAD + 't "" 1 "" { 1/0, 2 }\n', (3, 13), "zero"),
        (
            HEAD + 'p "" 1 1 "I" { "l" "r" } 0\np "" 1 2 "J" { "x" } 0\nt "" 0\np "" 1 2 0\nt "" 0\n',
            (6, 1),
            "perfect recall",
        ),
    ],
)
def test_a_broken_file_names_line_and_column(text: str, place: tuple[int, int], says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        parse_efg(text, "broken.efg")
    assert str(caught.value).startswith(f"broken.efg:{place[0]}:{place[1]}:")


def test_payoffs_are_features_times_parameters_with_batches() -> None:
    tree = game(
        "features",
        ["A"],
        decision("A", "", {"x": end({"A": 2 * parameter("b") * feature("r") - 1}), "y": end({"A": parameter("c")})}),
    )
    assert (tree.parameters, tree.features) == (("b", "c"), ("r",))
    paid = tree.payoffs({"b": np.array([1.0, 2.0]), "c": 5.0}, {"r": 3.0})
    np.testing.assert_array_equal(paid[..., 0], [[5, 5], [11, 5]])
    with pytest.raises(InputError, match="parameter 'b'"):
        tree.payoffs({"c": 1}, {"r": 1})
    with pytest.raises(InputError, match="wait for"):
        format_efg(tree)


def test_payoffs_that_are_not_linear_are_refused() -> None:
    with pytest.raises(InputError, match="linear"):
        parameter("a") * parameter("b")


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        (decision("C", "", {"x": end()}), "not a player"),
        (chance({"x": (0.5, end()), "y": (0.4, end())}), "add up to 0.9"),
        (
            decision("A", "I", {"x": decision("B", "J", {"l": end()}), "y": decision("B", "J", {"r": end()})}),
            "same actions",
        ),
        (
            decision("A", "I", {"x": decision("A", "J", {"l": end()}), "y": decision("A", "J", {"l": end()})}),
            "perfect recall",
        ),
    ],
)
def test_trees_that_are_no_games_are_refused(tree: object, says: str) -> None:
    with pytest.raises(InputError, match=says):
        game("bad", ["A", "B"], tree)


def test_drawings_show_every_end_and_every_player() -> None:
    tree = two_vetoes()
    text, svg = format_tree(tree), draw_svg(tree)
    assert text.count("\n") == 1 + len(tree.nodes)
    for name in tree.terminal_names:
        assert name in text
        assert name in svg
    assert svg.count("<circle") == len(tree.nodes) - len(tree.terminals)
