"""The nuclear and satellite programme (S6).

Law:
    W_t           = W_{t−1} + output_t/12 · (1 − frozen · declared); output grows at rate g from a level of 2006.
    log estimate  = log(W + 1) + bias of maker + error: estimates of one maker share its bias.
    test          Bernoulli, logit = base + posture + readiness − fatigue of recent tests; never under a freeze.
    satellite     Bernoulli, logit = base + share of the launch tempo's rise + posture + readiness + season + retry
                  after a failure − rest after a success (both fading). The share pools a rare event with a frequent
                  one. Success is logistic in readiness R of the vehicle, which own work, each launch and space
                  technology from outside raise and which ages (`readiness`).
    vehicle       a launch may be the first of a new vehicle, which starts at a readiness of its own and keeps a share
                  of what the last one had beyond that.
Source: warhead estimates of FAS and SIPRI; vehicles (Taepodong, Unha, Chollima, that of 2024) as in the chronicle.
Unproven: effect of transfers on R rests on one success.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.cases.northeast_asia.laws.readiness import grown, next_vehicle
from keisei.model import Normal, Real, Site

OUTCOMES = ("failure", "success")
MAKERS = ("FAS", "SIPRI")


class Programme(NamedTuple):
    """Stocks of the nuclear and satellite programme."""

    warheads: Annotated[Real, "warheads"]
    hidden: Annotated[Real, "share of capacity"]
    satellite: Annotated[Real, "logit readiness of the vehicle flown last"]
    tested: Annotated[Real, "recent nuclear tests, fading"]
    orbited: Annotated[Real, "recent satellite success, fading"]
    missed: Annotated[Real, "recent satellite failure, fading"]


class Tests(NamedTuple):
    """What was tested this month."""

    nuclear: Any
    satellite: Any
    success: Any


def initial(p: Any, site: Site) -> Programme:
    """1990: none."""
    return Programme(0.0, p.hidden_share, p.satellite_start, 0.0, 0.0, 0.0)


def month(
    s: Programme, d: Drivers, p: Any, site: Site, t: Any, *, posture: Any, tempo: Any, transfer: Any, frozen: Any
) -> tuple[Programme, Tests]:
    """One month of warheads, tests and satellites.

    Args:
        tempo: log intensity of missile launches. transfer: space technology given last month (share of the most a
            month). frozen: 1 under a deal in force.
    """
    years = (t - 2006 * 12) / 12.0
    started = jax.nn.sigmoid(2.0 * years)
    output = p.warhead_output * jnp.exp(p.warhead_growth * jnp.maximum(years, 0.0)) * started
    warheads = s.warheads + output / 12.0 * (1.0 - frozen * (1.0 - s.hidden))
    warheads = site.value("PRK.warheads.stock", warheads, unit="warheads")
    for maker, bias in zip(MAKERS, (p.bias_fas, p.bias_sipri), strict=True):
        mean = jnp.log(warheads + 1.0) + bias
        site.measure("PRK.warheads.log", Normal(mean, p.warhead_error), index=maker, unit="log(warheads + 1)")

    campaign, talks = posture == 2, posture == 0
    hazard = jax.nn.sigmoid(
        p.nuclear_base + p.nuclear_campaign * campaign - 4.0 * talks - p.nuclear_fatigue * s.tested
    ) * (1.0 - frozen)  # fmt: skip
    test = site.event("PRK.test.nuclear", hazard * started)
    angle = (t % 12) * (2.0 * jnp.pi / 12.0)
    wish = p.launch_satellite + p.satellite_campaign * campaign - 3.0 * talks - p.satellite_rest * s.orbited
    wish = wish + p.satellite_tempo * (tempo - p.tempo_early) + p.satellite_retry * s.missed
    wish = wish + p.satellite_cos * jnp.cos(angle) + p.satellite_ready * jax.nn.sigmoid(s.satellite)
    launch = site.event("PRK.launch.satellite", jax.nn.sigmoid(wish) * (1.0 - frozen))
    vehicle = site.event("PRK.vehicle.new", p.vehicle_first, when=launch)
    before = jnp.where(vehicle, next_vehicle(s.satellite, p.satellite_start, p.vehicle_carry), s.satellite)
    outcome = site.choice("PRK.launch.satellite.outcome", options=OUTCOMES, utilities=(0.0, before), when=launch)
    success = launch & (outcome == 1)
    gain = p.satellite_learn * launch + p.satellite_work / 12.0 + p.satellite_transfer * transfer
    ready = grown(before, gain, p.ready_ageing / 12.0)

    site.record("PRK.warheads", warheads, unit="warheads")
    site.record("PRK.test.nuclear", test, kind="event")
    site.record("PRK.launch.satellite", success, kind="event", outcome="success")
    site.record("PRK.launch.satellite", launch & ~success, kind="event", outcome="failure")
    site.record("PRK.hidden", s.hidden, unit="share of capacity")
    site.record("PRK.readiness.satellite", jax.nn.sigmoid(ready), unit="chance of success")
    new = Programme(
        warheads,
        s.hidden,
        ready,
        s.tested * p.test_memory + test,
        jnp.where(success, 1.0, s.orbited * p.test_memory),
        jnp.where(launch, 1.0 * ~success, s.missed * p.test_memory),
    )
    return new, Tests(test, launch, success)


def missing(s: Programme) -> Any:
    """What the launch vehicle lacks: its chance of failure."""
    return jax.nn.sigmoid(-s.satellite)
