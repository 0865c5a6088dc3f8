"""Networks: separate links stay separate, shared totals make partners rivals, and trouble is reported."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keisei.exchange import Link, Network, Terms, fixed_points, solve_link, solve_network, totals, utilities

# PRK sells shells to RUS and favour to both patrons; each patron pays in cash and food
PATRONS = Network(
    ("PRK", "RUS", "CHN"),
    ("shells", "favour", "food", "cash"),
    (
        Link("RUS", "PRK", (("shells", "PRK"), ("favour", "PRK"), ("food", "RUS"), ("cash", "RUS"))),
        Link("CHN", "PRK", (("favour", "PRK"), ("food", "CHN"), ("cash", "CHN"))),
    ),
)
FAVOUR_RUS, FAVOUR_CHN, CASH_CHN = 1, 4, 6


def patrons(**changes: Any) -> Terms:
    base: dict[str, Any] = {
        "value": ((1.0, 1.0, 3.0, 1.0), (4.0, 2.4, 1.0, 1.0), (0.0, 2.5, 0.6, 1.0)),
        "curvature": ((0.5, 0.4, 0.6, 0.0), (0.4, 0.3, 0.3, 0.0), (0.1, 0.3, 0.2, 0.0)),
        "cap": (8.0, 5.0, 6.0, 50.0, 5.0, 6.0, 50.0),
        "power": (0.5, 0.6),
    }
    return Terms(**(base | changes))


DUEL = Network(
    ("P", "A", "B"),
    ("favour", "cash"),
    (Link("A", "P", (("favour", "P"), ("cash", "A"))), Link("B", "P", (("favour", "P"), ("cash", "B")))),
)


def duel(taste: Any) -> Terms:
    """Two patrons of one client; the first's taste for its favour given."""
    value = ((1.0, 1.0), (taste, 1.0), (2.5, 1.0))
    return Terms(value, ((0.4, 0.0), (0.3, 0.0), (0.3, 0.0)), (9.0, 9.0, 9.0, 9.0), (0.5, 0.6))


@partial(jax.jit, static_argnums=0)
def _network(network: Network, terms: Terms) -> Any:
    return solve_network(network, terms, rounds=60, steps=40, tolerance=1e-9)


@partial(jax.jit, static_argnums=(0, 2))
def _link(network: Network, terms: Terms, link: int, bundle: Any) -> Any:
    return solve_link(network, terms, link, bundle, steps=40)


def exact(terms: Terms) -> Terms:
    return jax.tree.map(lambda leaf: jnp.asarray(leaf, dtype=float), terms)


def solve(network: Network, terms: Terms) -> tuple[np.ndarray, Any]:
    with jax.enable_x64(True):
        bundle, report = _network(network, exact(terms))
        return np.asarray(bundle), report


def alone(network: Network, terms: Terms, link: int, bundle: Any) -> tuple[np.ndarray, Any]:
    with jax.enable_x64(True):
        amounts, deal = _link(network, exact(terms), link, tuple(jnp.asarray(x, dtype=float) for x in bundle))
        return np.asarray(amounts), jax.tree.map(float, deal)


factors = st.floats(0.5, 1.5)


@given(v=factors, c=factors)
@settings(max_examples=30)
def test_links_without_shared_curvature_are_independent_bargains(v: float, c: float) -> None:
    """PRK's worth linear in what both links carry: each link is solved as if it were the only one."""
    flat = ((c, 0.0, 0.0, 0.0), (0.4, 0.3, 0.3, 0.0), (0.1, 0.3, 0.2, 0.0))
    terms = patrons(curvature=flat, value=((v, v, 3.0, 1.0), (4.0, 2.0, 1.0, 1.0), (0.0, 2.5, 0.6, 1.0)))
    bundle, report = solve(PATRONS, terms)
    assert report.converged
    parts = [alone(PATRONS, terms, link, (0.0,) * 7)[0] for link in (0, 1)]
    assert np.allclose(bundle, np.concatenate(parts), atol=1e-9)


@given(worth=st.floats(2.3, 2.7), more=st.floats(0.1, 0.6))
@settings(max_examples=30)
def test_a_rival_who_wants_more_moves_the_price(worth: float, more: float) -> None:
    """Russia's taste for favour rises; China then gets less favour and pays more for each unit of it."""

    def price(taste: float) -> tuple[float, float]:
        terms = patrons(
            value=((1.0, 1.0, 3.0, 1.0), (4.0, taste, 1.0, 1.0), (0.0, 2.5, 0.6, 1.0)),
            cap=(8.0, 5.0, 0.0, 50.0, 5.0, 0.0, 50.0),  # no food: the price is all cash
        )
        bundle, report = solve(PATRONS, terms)
        assert report.converged
        return bundle[FAVOUR_CHN], bundle[CASH_CHN] / bundle[FAVOUR_CHN]

    favour, each = price(worth)
    less_favour, dearer = price(worth + more)
    assert less_favour < favour - 1e-3
    assert dearer > each + 1e-3


def test_at_the_fixed_point_every_link_is_its_own_bargain() -> None:
    terms = patrons()
    bundle, report = solve(PATRONS, terms)
    assert report.converged
    assert int(report.iterations) < 60
    again = np.concatenate([alone(PATRONS, terms, link, bundle)[0] for link in (0, 1)])
    assert np.allclose(bundle, again, rtol=1e-7, atol=1e-8)


def test_gains_are_utilities_against_the_link_broken_off() -> None:
    terms = patrons()
    bundle, _ = solve(PATRONS, terms)
    _, deal = alone(PATRONS, terms, 1, bundle)
    broken = np.concatenate([bundle[:4], np.zeros(3)])
    with_link, without = utilities(PATRONS, terms, bundle), utilities(PATRONS, terms, broken)
    assert deal.gain_first == pytest.approx(with_link[2] - without[2], abs=1e-6)
    assert deal.gain_second == pytest.approx(with_link[0] - without[0], abs=1e-6)


def test_nothing_is_lost_on_the_way() -> None:
    bundle, _ = solve(PATRONS, patrons())
    assert np.allclose(np.sum(totals(PATRONS, bundle), axis=0), 0.0, atol=1e-9)


TECHNOLOGY = Network(
    ("PRK", "RUS", "CHN"),
    ("tech", "food", "cash"),
    (
        Link("RUS", "PRK", (("tech", "RUS"), ("cash", "PRK"))),
        Link("CHN", "PRK", (("food", "CHN"), ("tech", "CHN"), ("cash", "PRK"))),
    ),
    watches=(("CHN", "PRK", "tech"),),
)


def technology(worry: float) -> Terms:
    return Terms(
        ((3.0, 2.0, 1.0), (1.0, 0.0, 1.0), (1.0, 0.5, 1.0)),
        ((0.5, 0.5, 0.0), (0.5, 0.0, 0.0), (0.5, 0.2, 0.0)),
        (5.0, 50.0, 5.0, 5.0, 50.0),
        (0.5, 0.5),
        watch_value=(-worry,),
        watch_curvature=(0.0,),
    )


def test_a_third_party_bears_what_others_agree_but_cannot_stop_it() -> None:
    calm, _ = solve(TECHNOLOGY, technology(0.0))
    worried, _ = solve(TECHNOLOGY, technology(3.0))
    assert worried[3] == pytest.approx(0.0, abs=1e-9)  # China itself gives no technology once it worries
    assert worried[0] > calm[0] > 0.5  # and Russia sells more of it, the rival being gone
    same = [float(utilities(TECHNOLOGY, technology(w), worried)[2]) for w in (0.0, 3.0)]
    assert same[0] - same[1] == pytest.approx(3.0 * worried[0], rel=1e-9)


# two patrons who match each other: what the client gets from one makes the other's giving worth more to it
RIVALS = Network(
    ("P", "A", "B"),
    ("aid", "cash"),
    (
        Link("A", "P", (("aid", "A"), ("cash", "P"), ("cash", "A"))),
        Link("B", "P", (("aid", "B"), ("cash", "P"), ("cash", "B"))),
    ),
    watches=(("A", "P", "aid"), ("B", "P", "aid")),
)


def rivals(first: float, second: float) -> Terms:
    return Terms(
        ((1.0, 1.0), (2.0, 1.0), (2.0, 1.0)),
        ((0.5, 0.0), (3.0, 0.0), (3.0, 0.0)),
        (4.0, 100.0, 100.0, 4.0, 100.0, 100.0),
        (0.5, 0.5),
        watch_value=(0.0, 0.0),
        watch_curvature=(first, second),
    )


def test_matching_patrons_have_several_outcomes_and_all_are_found() -> None:
    """Best reply of each is x = −1 + 2·(the other's): none, one each (which repels), or both at the cap."""
    points = fixed_points(RIVALS, rivals(-2.5, -2.5), starts=24)
    aid = sorted((round(p.bundle[0], 3), round(p.bundle[3], 3)) for p in points)
    assert aid == [(0.0, 0.0), (1.0, 1.0), (4.0, 4.0)]
    reached = {round(p.bundle[0]): p.reached for p in points}
    assert reached[0] > 0
    assert reached[4] > 0
    assert reached[1] == 0
    assert sum(p.reached for p in points) == pytest.approx(1.0)


def test_plain_rivals_have_one_outcome() -> None:
    (point,) = fixed_points(DUEL, duel(2.4), starts=8)
    assert point.reached == 1.0
    assert np.allclose(point.bundle, solve(DUEL, duel(2.4))[0], atol=1e-4)


def test_rounds_that_cycle_are_reported_and_damping_settles_them() -> None:
    """A gives more when B does, B gives less when A does, steeply: plain rounds run in a circle."""
    terms = rivals(-3.2, 8.0)._replace(
        value=((1.0, 1.0), (0.5, 1.0), (-19.0, 1.0)), curvature=((0.5, 0.0), (3.0, 0.0), (0.5, 0.0))
    )
    _, report = solve_network(RIVALS, terms, rounds=60)
    assert not report.converged
    assert report.iterations == 60
    assert report.residual > 0.05
    bundle, settled = solve_network(RIVALS, terms, rounds=120, damping=0.3)
    assert settled.converged
    assert 0.1 < float(bundle[0]) < 3.9


def test_derivatives_through_the_network_are_those_of_finite_differences() -> None:
    with jax.enable_x64(True):

        @jax.jit
        def sold(taste: Any) -> Any:
            return jnp.stack(solve_network(DUEL, duel(taste), rounds=40, steps=20)[0])

        at, step = jnp.asarray(2.4), 1e-5
        numeric = (sold(at + step) - sold(at - step)) / (2 * step)
        assert np.allclose(jax.jit(jax.jacrev(sold))(at), numeric, atol=1e-6)
        assert float(numeric[2]) < -0.05  # A's taste takes favour away from B


def test_members_in_float32_from_a_warm_start_agree_with_float64() -> None:
    base, _ = solve(DUEL, duel(2.4))
    tastes = np.linspace(2.2, 2.6, 8)

    def member(taste: Any) -> Any:
        bundle, report = solve_network(DUEL, duel(taste), tuple(base), rounds=12)
        return jnp.stack(bundle), report

    found, report = jax.jit(jax.vmap(member))(jnp.asarray(tastes, dtype=jnp.float32))
    assert found.dtype == jnp.float32
    assert bool(np.all(report.converged))
    for taste, bundle in zip(tastes, np.asarray(found), strict=True):
        assert np.allclose(bundle, solve(DUEL, duel(float(taste)))[0], rtol=1e-3, atol=1e-3)
