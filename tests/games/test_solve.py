"""Equilibria: against an established solver, and the laws that any solution obeys."""

from __future__ import annotations

import json
from functools import partial
from itertools import pairwise

import jax
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keisei.errors import InputError
from keisei.games import (
    CHANCE,
    Game,
    NotConverged,
    crisis_signalling,
    decision,
    draw_plays,
    end,
    game,
    negotiation,
    on_path,
    play_sets,
    quantal_response,
    read_efg,
    solve,
    solve_batch,
    terminal_probabilities,
    terminal_reached,
    two_vetoes,
)
from tests.shared import shared

GAMES = [crisis_signalling(), negotiation(), two_vetoes()]


def test_the_established_solver_agrees_on_all_reference_games() -> None:
    reference = json.loads(shared("reference/games/qre_reference.json").read_text())
    assert len(reference["games"]) == 8
    for name, entry in reference["games"].items():
        tree = read_efg(shared(f"reference/games/efg/{name}.efg"))
        answers = solve(tree, [float(x) for x in entry["qre"]])
        for wanted, answer in zip(entry["qre"].values(), answers, strict=True):
            found = answer.as_dict(tree)
            for place in found["infosets"]:
                shares = wanted["probs"][f"{place['player']}:{place['infoset']}"]
                assert place["probabilities"] == pytest.approx(shares, abs=1e-7), name
            assert found["payoffs"] == pytest.approx(wanted["payoffs"], abs=1e-7)


@pytest.mark.parametrize("tree", GAMES, ids=lambda g: g.title)
def test_pygambit_agrees_on_our_own_games(tree: Game) -> None:
    pygambit = pytest.importorskip("pygambit")
    import io

    from keisei.games import format_efg

    peer = pygambit.read_efg(io.StringIO(format_efg(tree)))
    for precision in (0.5, 3.0):
        profile = pygambit.qre.logit_solve_lambda(peer, [precision])[0]
        ours = [
            p for i, row in enumerate(solve(tree, precision).probabilities) if tree.infosets[i].player >= 0 for p in row
        ]
        places = [(s.player.label, s.label) for s in peer.infosets for _ in s.actions]
        theirs: dict[tuple[str, str], list[float]] = {}
        for k, place in enumerate(places):
            theirs.setdefault(place, []).append(profile[k])
        wanted = [
            p
            for i, s in enumerate(tree.infosets)
            if s.player != CHANCE
            for p in theirs[tree.players[s.player], tree.names[i]]
        ]
        np.testing.assert_allclose(ours, wanted, atol=1e-7)


@pytest.mark.parametrize("tree", GAMES, ids=lambda g: g.title)
def test_without_precision_play_is_uniform(tree: Game) -> None:
    for infoset, shares in zip(tree.infosets, solve(tree, 0.0).probabilities, strict=True):
        if infoset.player != CHANCE:
            assert shares == pytest.approx([1 / len(shares)] * len(shares))


@pytest.mark.parametrize("tree", GAMES, ids=lambda g: g.title)
@pytest.mark.parametrize("wide", [False, True])
def test_the_compiled_answer_is_the_traced_one(tree: Game, wide: bool) -> None:
    with jax.enable_x64(wide):
        shares, residual = jax.jit(partial(quantal_response, tree))(
            tree.payoffs().astype(np.float64 if wide else np.float32), 2.0
        )
    assert float(residual) < (1e-12 if wide else 1e-5)
    for p, q in zip(shares, solve(tree, 2.0).probabilities, strict=True):
        np.testing.assert_allclose(p, q, atol=1e-12 if wide else 3e-6)


payoff = st.floats(-3, 3, allow_nan=False).map(lambda x: round(x, 3))


def signalling_with(paid: list[float]) -> np.ndarray:
    return np.array(paid).reshape(8, 2)


# the branch turns back at λ = 1.13 and another begins near it at 1.29
_FOLDED = [1.797, 0.0, 2.562, 2.156, 0.0, -1.375, -2.0, 2.0, -1.0, 0.0, -2.75, 0.0, 3.0, 0.875, 0.0, 0.0]


def test_the_branch_is_followed_round_its_turning_points() -> None:
    found = solve(crisis_signalling(), 1.25, payoffs=signalling_with(_FOLDED))
    assert found.residual < 1e-12
    assert found.probabilities[2][0] == pytest.approx(0.9467, abs=1e-4), "the lower of the two, by a fine grid of R"


@settings(max_examples=25, deadline=None)
@given(st.lists(payoff, min_size=16, max_size=16), st.floats(-5, 5), st.floats(0.1, 4))
def test_a_constant_added_to_a_players_payoffs_changes_nothing(
    paid: list[float], shift: float, precision: float
) -> None:
    tree = crisis_signalling()
    table = signalling_with(paid)
    one = solve(tree, precision, payoffs=table)
    two = solve(tree, precision, payoffs=table + np.array([shift, -2 * shift]))
    for p, q in zip(one.probabilities, two.probabilities, strict=True):
        assert p == pytest.approx(q, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.lists(payoff, min_size=8, max_size=8), st.floats(0.1, 4))
def test_relabelling_actions_and_players_changes_nothing(paid: list[float], precision: float) -> None:
    def matrix(players: list[str], flip: bool) -> Game:
        def cell(r: int, c: int) -> object:
            k = 2 * (2 * r + c)
            return end({"R": paid[k], "C": paid[k + 1]})

        rows = [1, 0] if flip else [0, 1]
        inner = {r: decision("C", "C", {f"c{c}": cell(r, c) for c in rows}) for r in rows}
        return game("m", players, decision("R", "R", {f"r{r}": inner[r] for r in rows}))

    one = solve(matrix(["R", "C"], False), precision).as_dict(matrix(["R", "C"], False))
    two = solve(matrix(["C", "R"], True), precision).as_dict(matrix(["C", "R"], True))
    for name in ("R", "C"):
        p, q = (next(s["probabilities"] for s in d["infosets"] if s["player"] == name) for d in (one, two))
        assert p == pytest.approx(q, abs=1e-9)
    assert one["payoffs"] == pytest.approx(two["payoffs"], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.lists(payoff, min_size=6, max_size=6), st.floats(0.1, 2))
def test_a_dominated_action_gets_rarer_with_precision(paid: list[float], gap: float) -> None:
    def column(r: int) -> object:
        return decision("C", "C", {f"c{c}": end({"R": paid[c] - gap * r, "C": paid[2 + 2 * r + c]}) for c in (0, 1)})

    tree = game("dominance", ["R", "C"], decision("R", "R", {"good": column(0), "bad": column(1)}))
    shares = [a.probabilities[0][1] for a in solve(tree, [0.0, 0.5, 1.0, 2.0, 4.0])]
    assert all(b < a for a, b in pairwise(shares))


def test_a_batch_is_the_loop_over_it() -> None:
    tree = negotiation()
    rng = np.random.default_rng(1)
    table = (tree.payoffs() + 0.4 * rng.normal(size=(20, *tree.payoffs().shape))).astype(np.float32)
    shares, residual = solve_batch(tree, table, 1.5, block=16)
    assert residual.max() < 1e-5
    for k in range(20):
        answer = solve(tree, 1.5, payoffs=table[k].astype(float))
        for p, q in zip(shares, answer.probabilities, strict=True):
            np.testing.assert_allclose(p[k], q, atol=3e-6)


def test_gradients_are_finite_differences() -> None:
    def cell(r: int, c: int) -> object:
        return end({"R": 0.3 + r - 2 * c * r, "C": 1.1 * c - 0.7 * r})

    rows = {f"r{r}": decision("C", "C", {f"c{c}": cell(r, c) for c in (0, 1)}) for r in (0, 1)}
    tree = game("matrix", ["R", "C"], decision("R", "R", rows))

    def welfare(payoffs: jax.Array) -> jax.Array:
        shares, _ = quantal_response(tree, payoffs, 1.3)
        return terminal_probabilities(tree, shares)[2] + shares[1][1] ** 2

    with jax.enable_x64(True):
        base = jax.numpy.asarray(tree.payoffs())
        gradient = jax.jit(jax.grad(welfare))(base)
        hessian = jax.jit(jax.hessian(welfare))(base)
        slope, compiled = jax.jit(jax.grad(welfare)), jax.jit(welfare)
        for t, p in ((1, 1), (3, 0)):
            move = np.zeros(base.shape)
            move[t, p] = 1e-5
            both = (compiled(base + move) - compiled(base - move)) / 2e-5
            np.testing.assert_allclose(gradient[t, p], both, rtol=1e-6, atol=1e-10)
            second = (slope(base + move) - slope(base - move)) / 2e-5
            np.testing.assert_allclose(hessian[t, p], second, rtol=1e-5, atol=1e-9)


def test_what_is_not_solved_says_so() -> None:
    with pytest.raises(NotConverged, match="no equilibrium"):
        solve(crisis_signalling(), 5.0, steps=3)
    with pytest.raises(InputError, match="precision"):
        solve(crisis_signalling(), -1.0)
    _, residual = quantal_response(crisis_signalling(), crisis_signalling().payoffs() * 400, 5.0, iterations=2)
    assert residual > 1e-2


def test_plays_follow_the_probabilities_and_paths_are_consistent() -> None:
    tree = two_vetoes()
    answer = solve(tree, 1.0)
    ends = draw_plays(tree, answer.probabilities, 40_000, seed=3)
    shares = terminal_probabilities(tree, [np.array(p) for p in answer.probabilities])
    assert shares.sum() == pytest.approx(1)
    np.testing.assert_allclose(np.bincount(ends, minlength=len(shares)) / 40_000, shares, atol=0.012)


def test_only_sets_on_the_path_are_marked() -> None:
    tree = crisis_signalling()
    places = play_sets(tree)
    assert places[0].player is None
    order = [p.index for p in places]
    rng = np.random.default_rng(0)
    choices = np.stack([rng.integers(len(s.actions), size=64) for s in tree.infosets], axis=-1)
    passed, last = on_path(tree, choices), terminal_reached(tree, choices)
    for row in range(64):
        path = tree.paths[tree.terminals[last[row]]]
        assert {s for s, _ in path} == set(np.flatnonzero(passed[row]))
        assert [order.index(s) for s, _ in path] == sorted(order.index(s) for s, _ in path)
    np.testing.assert_array_equal(jax.jit(partial(on_path, tree))(choices), passed)


def test_beliefs_can_be_replaced_inside_compiled_code() -> None:
    tree = crisis_signalling()
    place = next(p.index for p in play_sets(tree) if p.player is None)
    shares, _ = quantal_response(tree, tree.payoffs(), 1.0, chance={place: np.array([[0.4, 0.6], [0.9, 0.1]])})
    other = solve(crisis_signalling("9/10"), 1.0)
    for p, q, r in zip(shares, solve(tree, 1.0).probabilities, other.probabilities, strict=True):
        np.testing.assert_allclose(p[0], q, atol=2e-6)
        np.testing.assert_allclose(p[1], r, atol=2e-6)
