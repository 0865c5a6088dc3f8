"""One link: the bargain agrees with closed forms, with a generic optimiser, and with Nash's axioms."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jax.flatten_util import ravel_pytree
from scipy.optimize import brentq, minimize

from keisei.errors import InputError
from keisei.exchange import Link, Network, Terms, solve_link, utilities

# shells from B to A, cash from A to B; barter of two curved goods; and everything at once
SALE = Network(("A", "B"), ("shells", "cash"), (Link("A", "B", (("shells", "B"), ("cash", "A"))),))
BARTER = Network(("A", "B"), ("shells", "food"), (Link("A", "B", (("shells", "B"), ("food", "A"))),))
MIXED = Network(
    ("A", "B"),
    ("shells", "food", "cash"),
    (Link("A", "B", (("shells", "B"), ("food", "A"), ("cash", "A"), ("cash", "B"))),),
)


@partial(jax.jit, static_argnums=0)
def _compiled(network: Network, terms: Terms, bundle: Any) -> Any:
    return solve_link(network, terms, 0, bundle, steps=40)


def solve(network: Network, terms: Terms) -> tuple[np.ndarray, Any]:
    """The first link's bargain in float64."""
    with jax.enable_x64(True):
        held = jax.tree.map(lambda leaf: jnp.asarray(leaf, dtype=float), terms)
        amounts, deal = _compiled(network, held, (0.0,) * len(network.flows))
        return np.asarray(amounts), jax.tree.map(float, deal)


def sale(worth: float, cost: float, power: float, *, cap_cash: float = 1e6, outside: Any = ()) -> Terms:
    """One indivisible lot (cap 1) worth ``worth`` to A and ``cost`` to B, against cash."""
    return Terms(((worth, 1.0), (cost, 1.0)), ((0.0, 0.0), (0.0, 0.0)), (1.0, cap_cash), (power,), outside)


LOT = Network(("A", "B"), ("lot", "cash"), (Link("A", "B", (("lot", "B"), ("cash", "A"))),), linear=("lot", "cash"))

amounts = st.floats(0.05, 20.0)
powers = st.floats(0.05, 0.95)


@given(cost=amounts, surplus=amounts, power=st.floats(0.0, 1.0))
def test_a_surplus_is_split_by_power(cost: float, surplus: float, power: float) -> None:
    (lot, cash), deal = solve(LOT, sale(cost + surplus, cost, power))
    assert lot == pytest.approx(1.0)
    assert cash == pytest.approx(cost + (1 - power) * surplus, rel=1e-9)
    assert deal.gain_first == pytest.approx(power * surplus, rel=1e-7, abs=1e-7)


@given(cost=amounts, loss=amounts, power=powers)
def test_no_gain_means_no_deal(cost: float, loss: float, power: float) -> None:
    x, deal = solve(LOT, sale(cost, cost + loss, power))
    assert not deal.agreed
    assert np.all(x == 0.0)


def test_an_outside_option_better_than_any_deal_ends_it() -> None:
    x, deal = solve(LOT, sale(5.0, 2.0, 0.5, outside=((2.0, 1.5),)))
    assert not deal.agreed
    assert np.all(x == 0.0)
    (_, cash), deal = solve(LOT, sale(5.0, 2.0, 0.5, outside=((2.0, 0.5),)))
    assert deal.agreed
    assert cash == pytest.approx(2.75)  # 0.5 of surplus is left: each gets a quarter beyond its outside option


def test_a_buyer_short_of_cash_gets_less_and_all_its_cash_goes() -> None:
    terms = Terms(((4.0, 1.0), (1.0, 1.0)), ((0.0, 0.0), (1.0, 0.0)), (10.0, 2.0), (0.5,))
    (shells, cash), deal = solve(SALE, terms)
    assert cash == pytest.approx(2.0)
    assert deal.weight < 0.5
    # Nash's own first-order condition, written down for this case
    gain_a, gain_b = 4 * shells - 2, 2 - shells - 0.5 * shells**2
    assert 4 / gain_a == pytest.approx((1 + shells) / gain_b, rel=1e-6)


def alternating_offers(first: float, second: float, rounds: int) -> float:
    """Share of the first proposer in finite alternating offers over one unit, by backward induction (Ståhl 1972)."""
    share_a, proposer_is_a = 0.0, rounds % 2 == 1
    offer_taken_by_responder = 0.0
    for _ in range(rounds):
        # the proposer leaves the responder what it would get by waiting
        offer_taken_by_responder *= second if proposer_is_a else first
        share_a = 1 - offer_taken_by_responder if proposer_is_a else offer_taken_by_responder
        offer_taken_by_responder = share_a if proposer_is_a else 1 - share_a
        proposer_is_a = not proposer_is_a
    return share_a


@given(r_a=st.floats(0.1, 3.0), r_b=st.floats(0.1, 3.0), surplus=amounts)
def test_the_split_is_the_limit_of_alternating_offers(r_a: float, r_b: float, surplus: float) -> None:
    def infinite(dt: float) -> float:  # Rubinstein 1982
        d_a, d_b = math.exp(-r_a * dt), math.exp(-r_b * dt)
        return (1 - d_b) / (1 - d_a * d_b)

    d_a, d_b = math.exp(-r_a), math.exp(-r_b)
    assert alternating_offers(d_a, d_b, 401) == pytest.approx(infinite(1.0), abs=1e-9)
    power = r_b / (r_a + r_b)  # Binmore, Rubinstein & Wolinsky 1986
    _, deal = solve(LOT, sale(1.0 + surplus, 1.0, power))
    for dt in (1e-2, 1e-3, 1e-4):
        assert abs(deal.gain_first / surplus - infinite(dt)) <= 3 * dt


def test_curved_utilities_too_are_the_limit_of_alternating_offers() -> None:
    terms = Terms(((3.0, 1.0), (1.0, 2.5)), ((0.5, 0.2), (0.3, 0.4)), (9.0, 9.0), (0.4,))
    _, deal = solve(BARTER, terms)

    def gains(w: float) -> tuple[float, float]:
        """A point of the frontier, from x(w) written out for this instance."""
        x = np.clip((w * 3 - (1 - w)) / (w * 0.5 + (1 - w) * 0.3), 0, 9)
        y = np.clip((-w + (1 - w) * 2.5) / (w * 0.2 + (1 - w) * 0.4), 0, 9)
        return 3 * x - 0.25 * x * x - y - 0.1 * y * y, -x - 0.15 * x * x + 2.5 * y - 0.2 * y * y

    low = brentq(lambda w: gains(w)[0], 0.05, 0.6)
    high = brentq(lambda w: gains(w)[1], 0.4, 0.95)
    errors = []
    for dt in (1e-2, 1e-3):
        d_a, d_b = math.exp(-0.6 * dt), math.exp(-0.4 * dt)  # impatience in the ratio of the powers

        def indifferent(w: float, d_a: float = d_a, d_b: float = d_b) -> float:
            # A offers the point of w; B's counter-offer is the v at which A is indifferent to waiting
            v = brentq(lambda v: gains(v)[0] - d_a * gains(w)[0], low, w)
            return gains(w)[1] - d_b * gains(v)[1]

        w = brentq(indifferent, low + 1e-6, high - 1e-6)
        errors.append(abs(gains(w)[0] - deal.gain_first))
    assert errors[1] < 0.2 * errors[0]
    assert errors[1] < 1e-3


def instance(rng: np.random.Generator, network: Network) -> Terms:
    """Random terms in which trade pays more often than not."""
    goods, flows = len(network.goods), len(network.flows)
    value = rng.uniform(0.5, 3.0, size=(2, goods))
    curvature = rng.uniform(0.1, 1.0, size=(2, goods))
    for f in network.flows:
        value[f.receiver, f.good] += rng.uniform(0.0, 3.0)
    if "cash" in network.goods:
        value[:, network.goods.index("cash")] = 1.0
    cap = np.where(rng.uniform(size=flows) < 0.3, rng.uniform(0.2, 1.0, size=flows), rng.uniform(2.0, 8.0, size=flows))
    outside = rng.uniform(0.0, 0.3, size=(1, 2)) * (rng.uniform() < 0.5)
    return Terms(value, curvature, cap, rng.uniform(0.1, 0.9, size=1), outside)


@pytest.mark.parametrize("network", [SALE, BARTER, MIXED], ids=["sale", "barter", "mixed"])
def test_a_generic_optimiser_finds_nothing_better(network: Network) -> None:
    rng = np.random.default_rng(7)
    dealt = 0
    for _ in range(25):
        terms = instance(rng, network)
        beta = float(terms.power[0])

        def gains(x: np.ndarray, terms: Terms = terms) -> np.ndarray:
            return np.array([float(u) for u in utilities(network, terms, x)]) - np.asarray(terms.outside[0])

        def loss(x: np.ndarray, beta: float = beta) -> float:
            g = gains(x)
            return -float(beta * np.log(max(g[0], 1e-12)) + (1 - beta) * np.log(max(g[1], 1e-12)))

        bounds = [(0.0, c) for c in terms.cap]
        # a start with positive gains, from the worst-off party's best
        starts = [rng.uniform(size=len(bounds)) * np.asarray(terms.cap) for _ in range(60)]
        starts = sorted(starts, key=lambda x: -gains(x).min())[:4]
        best: Any = None
        for start in starts:
            if gains(start).min() <= 0:
                continue
            found = minimize(
                loss,
                start,
                bounds=bounds,
                method="SLSQP",
                constraints={"type": "ineq", "fun": lambda x: gains(x) - 1e-9},
                options={"ftol": 1e-13, "maxiter": 300},
            )
            if gains(found.x).min() > 0:
                best = found if best is None or found.fun < best.fun else best
        x, deal = solve(network, terms)
        if best is None:
            continue
        dealt += 1
        assert deal.agreed
        assert loss(x) <= best.fun + 1e-7
        assert np.allclose(gains(x), gains(best.x), atol=2e-3)
    assert dealt >= 10


seeds = st.integers(0, 10_000)


def barter(seed: int) -> Terms:
    """Random barter terms with a deal, outside options included."""
    terms = instance(np.random.default_rng(seed), BARTER)
    assume(solve(BARTER, terms)[1].agreed)
    return terms


def gains_of(terms: Terms, x: np.ndarray) -> np.ndarray:
    return np.array([float(u) for u in utilities(BARTER, terms, x)]) - np.asarray(terms.outside[0])


@given(seed=seeds)
@settings(max_examples=40)
def test_pareto(seed: int) -> None:
    terms = barter(seed)
    x, deal = solve(BARTER, terms)
    rng = np.random.default_rng(seed)
    others = np.vstack(
        [rng.uniform(size=(200, 2)) * terms.cap, np.clip(x + rng.normal(0, 0.02, (200, 2)), 0, terms.cap)]
    )
    for other in others:
        assert not np.all(gains_of(terms, other) > np.array([deal.gain_first, deal.gain_second]) + 1e-7)


@given(seed=seeds)
@settings(max_examples=40)
def test_symmetry(seed: int) -> None:
    """Names do not matter: parties exchanged, the same deal; equal parties of equal power gain equally."""
    terms = barter(seed)
    x, deal = solve(BARTER, terms)
    mirror = Terms(
        np.asarray(terms.value)[::-1, ::-1],
        np.asarray(terms.curvature)[::-1, ::-1],
        np.asarray(terms.cap)[::-1],
        1 - np.asarray(terms.power),
        np.asarray(terms.outside)[:, ::-1],
    )
    y, mirrored = solve(BARTER, mirror)
    assert np.allclose(x, y[::-1], atol=1e-6)
    assert deal.gain_first == pytest.approx(mirrored.gain_second, abs=1e-6)
    value = [[2.0, 1.0], [1.0, 2.0]]
    equal = Terms(value, [[0.3, 0.7], [0.7, 0.3]], (5.0, 5.0), (0.5,))
    _, fair = solve(BARTER, equal)
    assert fair.gain_first == pytest.approx(fair.gain_second, rel=1e-9)


@given(seed=seeds, scale_a=st.floats(0.02, 50.0), scale_b=st.floats(0.02, 50.0))
@settings(max_examples=40)
def test_invariance_to_affine_rescaling(seed: int, scale_a: float, scale_b: float) -> None:
    terms = barter(seed)
    scale = np.array([[scale_a], [scale_b]])
    rescaled = terms._replace(
        value=np.asarray(terms.value) * scale,
        curvature=np.asarray(terms.curvature) * scale,
        outside=np.asarray(terms.outside) * scale.T,
    )
    assert np.allclose(solve(BARTER, terms)[0], solve(BARTER, rescaled)[0], rtol=1e-5, atol=1e-6)


@given(seed=seeds, slack=st.floats(1.0, 3.0))
@settings(max_examples=40)
def test_independence_of_irrelevant_alternatives(seed: int, slack: float) -> None:
    """Caps lowered, but not below what was agreed: the same deal."""
    terms = barter(seed)
    x, _ = solve(BARTER, terms)
    tighter = terms._replace(cap=np.minimum(np.asarray(terms.cap), x * slack + 1e-9))
    assert np.allclose(solve(BARTER, tighter)[0], x, atol=1e-5)


@given(seed=seeds, rise=st.floats(0.01, 0.5))
@settings(max_examples=40)
def test_monotone_in_the_disagreement_point(seed: int, rise: float) -> None:
    """Who can do better without a deal gets no less from one."""
    terms = barter(seed)
    before = gains_of(terms._replace(outside=((0.0, 0.0),)), solve(BARTER, terms)[0])
    better = terms._replace(outside=np.asarray(terms.outside) + np.array([[rise, 0.0]]))
    x, deal = solve(BARTER, better)
    assume(deal.agreed)
    after = gains_of(terms._replace(outside=((0.0, 0.0),)), x)
    assert after[0] >= before[0] - 1e-7
    assert after[1] <= before[1] + 1e-7


@given(seed=seeds)
@settings(max_examples=40)
def test_cash_never_runs_in_a_circle(seed: int) -> None:
    x, _ = solve(MIXED, instance(np.random.default_rng(seed), MIXED))
    assert min(x[2], x[3]) == 0.0


def test_members_in_float32_agree_with_one_in_float64() -> None:
    rng = np.random.default_rng(3)
    many = [instance(rng, MIXED) for _ in range(200)]
    stacked = jax.tree.map(lambda *leaf: jnp.asarray(np.stack(leaf), dtype=jnp.float32), *many)
    solved = jax.jit(jax.vmap(lambda t: jnp.stack(solve_link(MIXED, t, 0, (0.0,) * 4)[0])))(stacked)
    assert solved.dtype == jnp.float32
    for terms, x in zip(many, np.asarray(solved), strict=True):
        exact, deal = solve(MIXED, terms)
        if deal.agreed and min(deal.gain_first, deal.gain_second) > 1e-3:
            assert np.allclose(x, exact, rtol=2e-3, atol=2e-3)


@pytest.mark.parametrize("network", [SALE, BARTER], ids=["cash splits", "goods split"])
def test_derivatives_are_those_of_finite_differences(network: Network) -> None:
    base = Terms(((3.0, 1.3), (1.0, 2.0)), ((0.4, 0.2), (0.3, 0.5)), (9.0, 9.0), (0.6,), ((0.1, 0.05),))
    if "cash" in network.goods:
        base = base._replace(value=((3.0, 1.0), (1.0, 1.0)))
    with jax.enable_x64(True):
        flat, unflatten = ravel_pytree(jax.tree.map(lambda v: jnp.asarray(v, dtype=float), base))

        @jax.jit
        def amounts_of(theta: Any) -> Any:
            return jnp.stack(solve_link(network, unflatten(theta), 0, (0.0, 0.0), steps=60)[0])

        backward = jax.jit(jax.jacrev(amounts_of))(flat)
        direction = jnp.ones_like(flat)
        _, forward = jax.jit(lambda at: jax.jvp(amounts_of, (at,), (direction,)))(flat)
        step = 1e-5
        numeric = np.stack(
            [
                np.asarray((amounts_of(flat.at[n].add(step)) - amounts_of(flat.at[n].add(-step))) / (2 * step))
                for n in range(flat.size)
            ],
            axis=1,
        )
    assert np.allclose(forward, np.asarray(backward).sum(axis=1), atol=1e-9)
    assert np.allclose(backward, numeric, atol=1e-5)
    assert np.abs(numeric).max() > 0.1


def test_derivatives_are_finite_where_nothing_is_traded() -> None:
    def paid(worth: Any) -> Any:
        return solve_link(
            SALE, Terms(((worth, 1.0), (1.0, 1.0)), ((0.0, 0.0), (1.0, 0.0)), (9.0, 9.0), (0.5,)), 0, (0.0, 0.0)
        )[0][1]

    slope = jax.jit(jax.grad(paid))
    for worth in (0.0, 0.5, 1.0, 1.5):
        assert math.isfinite(slope(worth))
    assert slope(0.5) == 0.0
    assert slope(1.5) > 0.0


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: Network(("A", "A"), ("g",), ()), "twice"),
        (lambda: Network(("A", "B"), ("g",), (Link("A", "C", (("g", "A"),)),)), "'C'"),
        (lambda: Network(("A", "B"), ("g",), (Link("A", "A", (("g", "A"),)),)), "itself"),
        (lambda: Network(("A", "B"), ("g",), (Link("A", "B", (("g", "A"), ("g", "B"))),)), "both ways"),
        (lambda: Network(("A", "B"), ("g",), (Link("A", "B", (("h", "A"),)),)), "'h'"),
        (lambda: Network(("A", "B"), ("g",), (Link("A", "B", ()),)), "no flow"),
        (
            lambda: Network(("A", "B"), ("g",), (Link("A", "B", (("g", "A"),)), Link("B", "A", (("g", "A"),)))),
            "stands twice",
        ),
        (lambda: Network(("A", "B"), ("g",), (Link("A", "B", (("g", "A"),)),), watches=(("A", "A", "g"),)), "itself"),
        (lambda: SALE.flow("shells", "A", "B"), "no link"),
        (lambda: solve_link(SALE, sale(1.0, 1.0, 0.5)._replace(cap=(1.0,)), 0, (0.0, 0.0)), "terms.cap"),
        (
            lambda: solve_link(SALE, sale(1.0, 1.0, 0.5)._replace(value=((1.0,), (1.0, 1.0))), 0, (0.0, 0.0)),
            "terms.value of A",
        ),
    ],
)
def test_a_network_that_makes_no_sense_is_refused(build: Any, says: str) -> None:
    with pytest.raises(InputError, match=says):
        build()
