"""Technology by class: who pays for it, what it makes ready, and what reports of it weigh."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keisei import months
from keisei.cases import Case, load_case
from keisei.cases.northeast_asia.laws import exchange, posture, programme
from keisei.cases.northeast_asia.laws.readiness import grown, next_vehicle
from keisei.exchange import solve_network
from keisei.model import Site

WAR = months.parse("2024-01")
logits = st.floats(-6.0, 6.0)
rates = st.floats(0.01, 1.0)


@lru_cache
def case() -> Case:
    return load_case("northeast_asia")


def params(**changed: float) -> Any:
    """Prior means, some changed."""
    values = dict(zip(case().parameters.names, case().parameters.means()[0], strict=True)) | changed
    return case().parameters.bundle(**values)


@lru_cache
def board() -> Any:
    """A state of the board at war, with the arms link open and a gap of shells."""
    start = case().model.initial(params(), Site(None))
    drivers = start.drivers._replace(war=1)
    return start._replace(drivers=drivers, exchange=start.exchange._replace(shells=100.0, gap=3000.0))


@lru_cache
def settle() -> Callable[..., Any]:
    """The bundle of a quarter, compiled once."""
    start, drivers = board().exchange, board().drivers

    @jax.jit
    def bundle(p: Any, lacking: Any, defence: Any, live: Any) -> Any:
        s = start._replace(defence=defence)
        technology = exchange.wants(s, drivers, p, lacking=lacking, china_russia=0.0)
        wanted = exchange.terms(s, drivers, p, hardship=0.0, technology=technology, coop=(0.0, 0.0), live=live)
        return solve_network(exchange.NETWORK, wanted, rounds=24)[0]

    return bundle


def bargained(p: Any, *, lacking: tuple[float, float], defence: float = 0.0, live: float = 1.0) -> dict[str, float]:
    """Technology in the bundle of a quarter."""
    bundle, flow = settle()(p, lacking, defence, live), exchange.NETWORK.flow
    return {good: float(bundle[flow(good, "RUS", "PRK")]) for good in exchange.TECHNOLOGY}


def month(p: Any, state: Any = None, **seen: Any) -> tuple[Any, Site]:
    """The board a month later with what is seen at some sites; every other takes its typical value."""
    site = Site(None, feed=lambda target, typical: jnp.asarray(seen.get(target, typical), typical.dtype))
    return case().model.month(state or board(), p, site, jnp.int32(WAR)), site


def after(p: Any, state: Any = None, **seen: Any) -> tuple[Any, Any]:
    """Posture and programme a month later; compiled, so that what they do not hang on is not run."""

    def step(given_: Any, held: Any) -> Any:
        new, _ = month(given_, held, **seen)
        return new.posture, new.programme

    found: tuple[Any, Any] = jax.jit(step)(p, state or board())
    return found


# ---- readiness ------------------------------------------------------------------------------------------------------


@given(logits, rates, rates)
def test_steady_work_drives_readiness_to_where_gain_and_ageing_are_equal(at: float, gain: float, ageing: float) -> None:
    rest = math.log(gain / ageing)  # where σ(R) = gain/(gain + ageing)
    moved = float(grown(jnp.float32(at), 0.1 * gain, 0.1 * ageing)) - at
    assert moved * (rest - at) >= -1e-5
    assert float(grown(jnp.float32(rest), gain, ageing)) == pytest.approx(rest, abs=1e-4)


@given(logits, logits, rates)
def test_the_readier_a_class_is_the_less_a_gain_adds(one: float, other: float, gain: float) -> None:
    low, high = sorted((one, other))
    first, second = (float(grown(jnp.float32(x), gain, 0.0)) - x for x in (low, high))
    assert first >= second - 1e-5
    assert second >= -1e-5


@given(logits, rates)
def test_harm_takes_away_only_what_is_there(at: float, harm: float) -> None:
    share = 1.0 / (1.0 + math.exp(-at))
    assert at - float(grown(jnp.float32(at), -harm, 0.0)) == pytest.approx(harm * share, abs=1e-4)


@given(logits, logits, st.floats(0.0, 1.0))
def test_a_new_vehicle_starts_between_a_blank_sheet_and_the_last_one(last: float, start: float, carry: float) -> None:
    new = float(next_vehicle(jnp.float32(last), start, carry))
    assert min(last, start) - 1e-4 <= new <= max(last, start) + 1e-4
    assert float(next_vehicle(jnp.float32(last), start, 0.0)) == pytest.approx(start, abs=1e-5)


def test_the_first_flight_of_a_vehicle_throws_readiness_back() -> None:
    p = params(satellite_start=-1.0, vehicle_carry=0.25, satellite_learn=0.0, satellite_work=0.0)
    state = board()._replace(programme=board().programme._replace(satellite=2.0))
    launch = {"PRK.launch.satellite": 1.0}
    _, same = after(p, state, **launch)
    _, new = after(p, state, **launch, **{"PRK.vehicle.new": 1.0})
    assert float(same.satellite) == pytest.approx(2.0, abs=0.02)
    assert float(new.satellite) == pytest.approx(-0.25, abs=0.02)


def test_missile_technology_readies_long_range_and_submarine_missiles_and_nothing_else() -> None:
    p = params(ready_transfer=0.5, satellite_transfer=0.5)
    swap = board().exchange
    none = after(p)
    missile, space, defence = (
        after(p, board()._replace(exchange=swap._replace(**{good: 1.0})))
        for good in ("missile", "satellite", "air_defence")
    )
    for name in ("crbm", "mrbm", "irbm", "icbm", "slbm"):
        was, now = (float(getattr(x[0], f"readiness_{name}")) for x in (none, missile))
        assert (now > was + 0.1) if name in ("icbm", "slbm") else now == was
    assert float(space[1].satellite) > float(none[1].satellite) + 0.1
    assert float(missile[1].satellite) == float(none[1].satellite)
    for other in (space, defence):
        assert [float(x) for x in other[0]] == [float(x) for x in none[0]]
    assert float(defence[1].satellite) == float(none[1].satellite)


@settings(max_examples=20)
@given(logits, logits)
def test_a_flight_that_fails_speaks_against_readiness(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert float(succeeds()(low)) <= float(succeeds()(high))
    assert 1e-6 < float(succeeds()(low)) < 1.0


@lru_cache
def succeeds() -> Callable[..., Any]:
    """The chance that one of two flights of an ICBM succeeds, by its readiness; compiled once."""

    @jax.jit
    def chance(readiness: Any) -> Any:
        state = board()._replace(posture=board().posture._replace(readiness_icbm=readiness))
        _, site = month(params(), state, **{"PRK.launch.ballistic[ICBM]": 2.0})
        return site.inputs["PRK.launch.success[ICBM]"][0]

    return chance


# ---- the bargain ----------------------------------------------------------------------------------------------------


@settings(max_examples=20)
@given(st.floats(10.0, 500.0), st.floats(10.0, 500.0))
def test_where_nothing_is_lacking_nobody_pays_for_technology(value: float, cost: float) -> None:
    p = params(missile_value=value, satellite_value=value, air_defence_value=value, missile_cost=cost)
    assert bargained(p, lacking=(0.0, 0.0), defence=1.0) == dict.fromkeys(exchange.TECHNOLOGY, 0.0)


@pytest.mark.parametrize("good", exchange.TECHNOLOGY)
def test_a_class_is_given_where_it_is_worth_more_than_it_costs_and_that_alone(good: str) -> None:
    cheap = {f"{g}_{side}": 100.0 for g in exchange.TECHNOLOGY for side in ("value", "cost")}
    calm = {"technology_isolation": 0.0, "power_russia": 0.5}
    one = bargained(params(**(cheap | calm | {f"{good}_value": 300.0})), lacking=(1.0, 1.0))
    assert one[good] == pytest.approx(0.5, abs=0.02)  # (300 − 100)/(300 + 100)
    assert all(amount == 0.0 for g, amount in one.items() if g != good)


def test_nothing_is_given_while_the_arms_link_is_closed() -> None:
    p = params(missile_value=900.0, missile_cost=10.0)
    assert bargained(p, lacking=(1.0, 1.0), live=0.0) == dict.fromkeys(exchange.TECHNOLOGY, 0.0)
    assert bargained(p, lacking=(1.0, 1.0))["missile"] > 0.5


@pytest.mark.parametrize("good", exchange.TECHNOLOGY)
def test_no_prior_decides_whether_a_class_is_given(good: str) -> None:
    """Rule 1 of MODEL.md: worth against cost is open for whatever is lacking, and even where the typical is."""
    value, cost = (case().parameters[f"{good}_{side}"] for side in ("value", "cost"))
    assert (value.family, cost.family, value.b) == ("lognormal", "lognormal", cost.b)
    typical = cost.a / value.a
    draws = case().parameters.draw(4000, 7)
    v, c = (draws[:, case().parameters.names.index(x.id)] for x in (value, cost))
    assert np.mean(v * typical > c) == pytest.approx(0.5, abs=0.03)
    for lacking in (0.5 * typical, min(1.0, 2.0 * typical)):
        assert 0.2 < np.mean(v * lacking > c) < 0.8


def test_china_reacts_to_missile_technology_only_as_far_as_a_symmetric_coefficient_says() -> None:
    d, s = board().drivers, board().exchange

    def favour(coefficient: float, given_: float) -> float:
        p = params(deference_technology=coefficient)
        held = s._replace(given=given_)
        technology = exchange.wants(held, d, p, lacking=(0.5, 0.5), china_russia=0.0)
        terms = exchange.terms(held, d, p, hardship=0.0, technology=technology, coop=(0.0, 0.0), live=1.0)
        return float(terms.value[1][exchange.GOODS.index("deference")])

    calm = favour(0.0, 0.0)
    assert favour(0.0, 1.0) == calm
    assert favour(0.7, 0.0) == calm
    assert favour(-0.7, 1.0) * favour(0.7, 1.0) == pytest.approx(calm * calm, rel=1e-5)
    assert favour(0.7, 1.0) > calm


# ---- what is told of it ---------------------------------------------------------------------------------------------


@settings(max_examples=20)
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_more_given_is_more_often_told_of_and_what_is_not_given_may_be_told_of(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert float(told()(low)) <= float(told()(high))
    assert float(told()(0.0)) == pytest.approx(1.0 - math.exp(-0.01), rel=1e-3)


@lru_cache
def told() -> Callable[..., Any]:
    """The chance that space technology is told of, by the amount given; compiled once."""

    @jax.jit
    def chance(amount: Any) -> Any:
        _, site = month(params(transfer_seen=0.3, transfer_false=0.01), **{"exchange[satellite]": amount})
        return site.inputs["transfer[satellite]"][0]

    return chance


def test_reports_of_transfers_stand_at_their_class_and_those_of_money_and_oil_at_none() -> None:
    rows = [r for r in case().score(case().origin) if r.site == "transfer"]
    told = {(r.index, months.show(r.month), r.how) for r in rows if r.value}
    assert told == {
        ("air_defence", "2024-11", "observed"), ("satellite", "2024-11", "contested"),
        ("satellite", "2023-11", "contested"),
    }  # fmt: skip
    assert {r.index for r in rows} == set(exchange.SEEN)


def test_outcomes_of_flights_and_first_flights_are_evidence() -> None:
    rows = case().score(case().origin)
    flown = {(r.index, months.show(r.month)): r.value for r in rows if r.site == "PRK.launch.success"}
    assert {index for index, _ in flown} == set(posture.FLOWN)
    assert flown["ICBM", "2017-07"] == 1.0
    assert flown["ICBM", "2022-03"] == 1.0, "one of two failed"
    assert flown["IRBM", "2016-04"] == 0.0
    new = {months.show(r.month) for r in rows if r.site == "PRK.vehicle.new" and r.value}
    assert new == {"1998-08", "2006-07", "2023-05", "2024-05"}


def test_what_lacks_is_between_nothing_and_all() -> None:
    missiles, space = after(params())
    assert 0.0 < float(posture.missing(missiles)) < 1.0
    assert 0.0 < float(programme.missing(space)) < 1.0
