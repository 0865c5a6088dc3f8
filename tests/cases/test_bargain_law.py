"""The bargain with Washington: a type that lasts, one counter-offer, and a belief that moves by Bayes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from keisei.cases import load_case
from keisei.cases.northeast_asia.laws import bargain
from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.ensemble import run
from keisei.games.response import quantal_response
from keisei.model import Model, Parameters, Site
from keisei.model.play import play
from keisei.model.sites import ModelError
from keisei.score import Row

AT = {"ladder": 0.9, "warheads": 25.0, "revenue": 0.5, "status": 1.0}
START = 2030 * 12


@lru_cache
def parameters() -> Parameters:
    return load_case("northeast_asia").parameters


def means(**changed: float) -> Any:
    return parameters().bundle(*map(float, parameters().means()[0]))._replace(**changed)


@lru_cache
def solver(tree: Any) -> Any:
    return jax.jit(lambda table, chances: quantal_response(tree, table, 1.0, chance=chances))


def solved(tree: Any, payoffs: Any, chances: Any) -> list[np.ndarray]:
    table = np.array([[float(u) for u in row] for row in payoffs], np.float32)
    nature = {i: np.array([float(q) for q in row], np.float32) for i, row in chances.items()}
    found, residual = solver(tree)(table, nature)
    assert float(residual) < 1e-3
    return [np.asarray(q, float) for q in found]


def test_the_steps_that_the_law_takes_solve_both_games() -> None:
    """Over prior draws and what the world may be like, the equilibrium is a fixed point to six digits."""
    draws = np.asarray(parameters().draw(500, 5), np.float32)
    rng = np.random.default_rng(1)
    worlds = rng.uniform([0.0, 0.0, 0.0, 0.0, -3.0], [1.0, 150.0, 1.5, 1.0, 3.0], (500, 5)).astype(np.float32)

    def residual(values: Any, x: Any) -> Any:
        p = parameters().bundle(*values)
        wish = p.appetite_outsider
        at = {"ladder": x[0], "warheads": x[1], "revenue": x[2], "status": x[3]}
        games = (
            (bargain.OFFER, bargain.offer_payoffs(p, appetite=wish, **at), bargain.offer_chances(p, x[4])),
            (
                bargain.KEEPING,
                bargain.keeping_payoffs(
                    p, appetite=wish, big=x[3], relief=0.5, snapback=0.0, adopted=x[0], revenue=x[2]
                ),
                bargain.keeping_chances(p, x[4]),
            ),
        )
        found = []
        for tree, payoffs, chances in games:
            table = jnp.stack([jnp.stack([jnp.asarray(u, jnp.float32) for u in row]) for row in payoffs])
            nature = {i: jnp.stack([jnp.asarray(q, jnp.float32) for q in row]) for i, row in chances.items()}
            found.append(quantal_response(tree, table, 1.0, chance=nature, iterations=bargain.STEPS, polish=0)[1])
        return jnp.stack(found)

    assert float(jax.jit(jax.vmap(residual))(draws, worlds).max()) < 1e-5


def by_label(tree: Any, shares: list[np.ndarray]) -> dict[str, np.ndarray]:
    return {s.label: q for s, q in zip(tree.infosets, shares, strict=True)}


@lru_cache
def small() -> Model:
    """The bargain alone: talks every month, nothing else in the world moves; warheads tell what a freeze leaves."""

    class State(bargain.NamedTuple):
        deal: bargain.Bargain

    def month(s: Any, p: Any, site: Site, t: Any) -> Any:
        world = Drivers(0.0, 7.0, 0.0, 2.0, 0.0, 3.3, 0.1, 0.0)
        new = bargain.month(
            s.deal, world, p, site, t, posture=jnp.int32(0), met=jnp.bool_(True), ladder=0.9, adopted=0.9,
            warheads=25.0, revenue=0.0, line=0.0,
        )  # fmt: skip
        for name in ("hidden", "heard", "relief", "deal", "snapback"):
            site.record(f"state.{name}", getattr(new, name))
        return State(new)

    State.__annotations__ = {"deal": bargain.Bargain}
    return Model("bargain", month, lambda p, site: State(bargain.initial(p, site)), parameters(), START, START + 119)


@lru_cache
def lived() -> xr.Dataset:
    return run(small(), members=512, seed=3)


def test_a_type_that_was_drawn_never_changes_until_a_deal_has_ended() -> None:
    hidden = lived()["state.hidden"].transpose("member", "month").values
    ended = lived()["deal.end"].transpose("member", "month").values > 0
    assert set(np.unique(hidden)) == {-1.0, 0.0, 1.0}
    assert ended.sum() > 50
    np.testing.assert_array_equal(hidden < 0, ended)
    kept = ~ended[:, :-1] & ~ended[:, 1:]
    assert (hidden[:, 1:] == hidden[:, :-1])[kept].all()
    signs = (lived()["state.deal"].transpose("member", "month").values > 0).mean()
    assert 0.05 < signs < 0.95, "or nothing was tried"


def test_either_type_is_drawn_as_often_as_its_chance_says() -> None:
    p = parameters().draw(200, 3)[:, parameters().names.index("hidden_high")]
    first = lived()["state.hidden"].transpose("member", "month").values[:, 0]
    assert first.mean() == pytest.approx(p.mean(), abs=0.08)


def test_what_is_believed_is_forgotten_with_the_deal_and_moves_before() -> None:
    heard = lived()["state.heard"].transpose("member", "month").values
    ended = lived()["deal.end"].transpose("member", "month").values > 0
    assert (heard[ended] == 0.0).all()
    assert (heard != 0.0).mean() > 0.3


def test_a_deal_by_counter_offer_gives_more_relief_than_one_as_offered() -> None:
    """Setting the moves: the counter-offer's relief is between the small deal's and all of it."""
    here = START + 5
    never = (Row(here - k, "deal/USA:1", "none", "set") for k in range(1, 6))
    asked = [*never, Row(here, "deal/USA:1", "small", "set")]
    ends = {
        "as offered": [Row(here, "deal/PRK:1", "accept", "set")],
        "countered": [Row(here, "deal/PRK:1", "counter", "set"), Row(here, "deal/USA:2", "accept", "set")],
        "refused": [Row(here, "deal/PRK:1", "counter", "set"), Row(here, "deal/USA:2", "refuse", "set")],
    }
    found = {k: run(small(), [*asked, *rows], members=64, until=here, seed=1) for k, rows in ends.items()}
    relief = {k: d["state.relief"].values[..., -1].ravel() for k, d in found.items()}
    assert (relief["refused"] == 0.0).all()
    assert (relief["countered"] > relief["as offered"]).all()
    assert (relief["countered"] < 1.0).all()
    assert all((found[k]["state.deal"].values[..., -1] == 1.0).all() for k in ("as offered", "countered"))


@settings(max_examples=15, deadline=None)
@given(draw=st.integers(0, 10_000))
def test_without_counter_offers_the_game_is_offer_and_answer(draw: int) -> None:
    """A counter-offer that costs far too much is never made; what is left has a closed form."""
    p = parameters().bundle(*map(float, parameters().draw(1, draw)[0]))._replace(counter_cost=15.0)
    payoffs = bargain.offer_payoffs(p, appetite=p.appetite_insider, **AT)
    worth = dict(zip(bargain.names(bargain.OFFER), payoffs, strict=True))
    found = by_label(bargain.OFFER, solved(bargain.OFFER, payoffs, bargain.offer_chances(p, 0.0)))
    chance = dict(zip(bargain.TYPES, map(float, bargain.belief(p, 0.0)), strict=True))
    value = {"none": 0.0}
    for offer in bargain.OFFERS[1:]:
        value[offer] = 0.0
        for kind in bargain.TYPES:
            yes, no = worth[f"{kind} {offer} accepted"], worth[f"{kind} {offer} refused"]
            accept = 1.0 / (1.0 + np.exp(float(no[1]) - float(yes[1])))
            answer = found[f"{kind}, {offer}"]
            np.testing.assert_allclose(answer, [1.0 - accept, accept, 0.0], atol=2e-5)
            value[offer] += chance[kind] * (accept * float(yes[0]) + (1.0 - accept) * float(no[0]))
    odds = np.exp([value[o] - max(value.values()) for o in bargain.OFFERS])
    np.testing.assert_allclose(found["offer"], odds / odds.sum(), atol=2e-5)


@settings(max_examples=15, deadline=None)
@given(draw=st.integers(0, 10_000))
def test_types_that_hide_alike_make_no_difference(draw: int) -> None:
    p = parameters().bundle(*map(float, parameters().draw(1, draw)[0]))._replace(hidden_spread=0.0)
    offers = by_label(
        bargain.OFFER,
        solved(
            bargain.OFFER,
            bargain.offer_payoffs(p, appetite=0.3, **AT),
            bargain.offer_chances(p, 1.5),
        ),
    )
    for offer in bargain.OFFERS[1:]:
        np.testing.assert_allclose(offers[f"low, {offer}"], offers[f"high, {offer}"], atol=1e-4)


def test_hiding_more_makes_a_freeze_cheaper_for_pyongyang_and_worth_less_to_washington() -> None:
    worth = dict(
        zip(bargain.names(bargain.OFFER), bargain.offer_payoffs(means(), appetite=0.0, **AT), strict=True)
    )  # fmt: skip
    for offer in bargain.OFFERS[1:]:
        (usa_low, prk_low), (usa_high, prk_high) = (worth[f"{k} {offer} accepted"] for k in bargain.TYPES)
        assert usa_high < usa_low
        assert prk_high > prk_low


@settings(max_examples=10, deadline=None)
@given(draw=st.integers(0, 10_000), heard=st.floats(-2.0, 2.0))
def test_belief_after_a_quarter_is_bayes_by_hand(draw: int, heard: float) -> None:
    """A breach that is seen: prior odds by the ratio of what either type does and of what is detected."""
    p = parameters().bundle(*map(float, parameters().draw(1, draw)[0]))
    payoffs = bargain.keeping_payoffs(p, appetite=0.0, big=0.0, relief=0.4, snapback=0.0, adopted=0.9, revenue=0.0)
    chances = bargain.keeping_chances(p, heard)
    shares = solved(bargain.KEEPING, payoffs, chances)
    label = by_label(bargain.KEEPING, shares)
    ends = bargain.names(bargain.KEEPING)
    seen = [float(label[f"{k}, keep?"][1] * label[f"{k}, detection"][1]) for k in bargain.TYPES]
    expected = {
        "snapped": heard + np.log(seen[1] / seen[0]),
        "kept": heard + np.log((1.0 - seen[1]) / (1.0 - seen[0])),
        "unseen": heard + np.log((1.0 - seen[1]) / (1.0 - seen[0])),
    }
    for end, odds in expected.items():
        played = bargain.Play(
            (), tuple(jnp.bool_(n == f"low {end}") for n in ends),
            tuple(tuple(jnp.float32(x) for x in q) for q in shares), jnp.float32(0.0),
        )  # fmt: skip
        assert float(bargain.heard_in_a_quarter(played, p, heard)) == pytest.approx(odds, abs=5e-3)
    nothing = played._replace(reached=tuple(jnp.bool_(False) for _ in ends))
    assert float(bargain.heard_in_a_quarter(nothing, p, heard)) == pytest.approx(heard)


@settings(max_examples=10, deadline=None)
@given(draw=st.integers(0, 10_000), heard=st.floats(-2.0, 2.0), offer=st.integers(1, 4), answer=st.integers(0, 2))
def test_belief_after_an_answer_is_bayes_by_hand(draw: int, heard: float, offer: int, answer: int) -> None:
    """An answer: prior odds by the ratio of what either type says to that offer; no offer says nothing."""
    p = parameters().bundle(*map(float, parameters().draw(1, draw)[0]))
    payoffs = bargain.offer_payoffs(p, appetite=0.2, **AT)
    shares = solved(bargain.OFFER, payoffs, bargain.offer_chances(p, heard))
    label = by_label(bargain.OFFER, shares)
    moves = [jnp.int32(0)] * len(bargain.OFFER.infosets)
    moves[bargain.sets(bargain.OFFER, "offer")[0]] = jnp.int32(offer)
    for i in bargain.SITES[0]:
        moves[i] = jnp.int32(answer)
    chances = tuple(tuple(jnp.float32(x) for x in q) for q in shares)
    some = tuple(jnp.bool_(k == 0) for k in range(len(bargain.OFFER.terminals)))
    played = bargain.Play(tuple(moves), some, chances, jnp.float32(0.0))
    low, high = (float(label[f"{kind}, {bargain.OFFERS[offer]}"][answer]) for kind in bargain.TYPES)
    expected = np.clip(heard + np.log(max(high, 1e-12)) - np.log(max(low, 1e-12)), -10.0, 10.0)
    assert float(bargain.heard_at_the_table(played, heard)) == pytest.approx(expected, abs=5e-3)
    moves[bargain.sets(bargain.OFFER, "offer")[0]] = jnp.int32(0)
    assert float(bargain.heard_at_the_table(played._replace(moves=tuple(moves)), heard)) == pytest.approx(heard)


@settings(max_examples=20, deadline=None)
@given(draw=st.integers(0, 10_000), high=st.sampled_from([0.0, 1.0]))
def test_at_the_least_relief_pyongyang_is_as_ready_to_accept_as_to_refuse(draw: int, high: float) -> None:
    p = parameters().bundle(*map(float, parameters().draw(1, draw)[0]))
    price = float(bargain.least_relief(p, high=high, **AT))
    assert 0.0 <= price <= bargain.DEAREST
    if not 0.0 < price < min(1.0, bargain.DEAREST):
        return
    at = p._replace(relief_small=price)
    worth = dict(zip(bargain.names(bargain.OFFER), bargain.offer_payoffs(at, appetite=0.0, **AT), strict=True))
    kind = bargain.TYPES[int(high)]
    assert float(worth[f"{kind} small accepted"][1]) == pytest.approx(
        float(worth[f"{kind} small refused"][1]), abs=1e-3
    )


def test_russian_money_moves_the_price_by_the_sign_of_its_weight() -> None:
    for weight, dearer in ((1.0, True), (-1.0, False)):
        p = means(weight_outside=weight, weight_relief=4.0)
        poor, rich = (
            float(bargain.least_relief(p, high=0.0, **{**AT, "revenue": r, "status": 0.0})) for r in (0.0, 0.5)
        )
        assert (rich > poor) is dearer


def test_sets_that_share_a_site_must_be_alike() -> None:
    with pytest.raises(ModelError, match="cannot share a site"):
        jax.eval_shape(
            lambda: play(
                None,  # type: ignore[arg-type]
                "deal", bargain.OFFER, bargain.offer_payoffs(means(), appetite=0.0, **AT), together=((1, 2),),
            )
        )  # fmt: skip
