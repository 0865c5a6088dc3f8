"""Drivers (S1, S14): war, governments, borders, rivalry, isolation, harvest.

Law:
    war           full → ceasefire with hazard h_end, ceasefire → full with hazard h_resume; history is ``set``.
    governments   US president at each January after an election, South Korea's government every five years, drawn.
    rivalry_t     = m + ρ (rivalry_{t−1} − m) + σ ε, in units of UN ideal-point distance (USA − China).
    isolation_t   = isolation_{t−1} + k (target(war) − isolation_{t−1}), 0 = as before 2014, 1 = as after 2022.
    harvest       a standard normal each October, felt for twelve months.
Source: ideal points of Bailey, Strezhnev & Voeten 2017; the rest is the simplest law that moves. The war is exogenous:
nothing in the model hastens or delays its end, so C17 cannot be answered.
Unproven: the speed of isolation.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax.numpy as jnp

from keisei.model import Normal, Real, Site

WAR = ("none", "full", "ceasefire")
PRESIDENTS = ("GHWBush", "Clinton", "GWBush", "Obama", "Trump", "Biden", "insider", "outsider")
GOVERNMENTS = ("conservative", "progressive")
LEADERS = ("KimIlSung", "KimJongIl", "KimJongUn", "successor")


class Drivers(NamedTuple):
    """Stocks of the world outside Pyongyang."""

    war: Annotated[Real, "phase"]
    president: Annotated[Real, "option"]
    korea: Annotated[Real, "option"]
    leader: Annotated[Real, "option"]
    border: Annotated[Real, "0 open, 1 closed"]
    rivalry: Annotated[Real, "ideal-point distance"]
    isolation: Annotated[Real, "0 to 1"]
    harvest: Annotated[Real, "standard deviations"]


def initial(p: Any, site: Site) -> Drivers:
    """1990: Bush, conservative Seoul, Kim Il-sung, open border."""
    return Drivers(
        war=0.0, president=0.0, korea=0.0, leader=0.0, border=0.0,
        rivalry=site.draw("start.rivalry", Normal(p.rivalry_mean, 0.4)), isolation=p.isolation_peace, harvest=0.0,
    )  # fmt: skip


def month(s: Drivers, p: Any, site: Site, t: Any) -> Drivers:
    """One month of the drivers."""
    of_year, year = t % 12 + 1, t // 12
    ends = site.event("war.ends", p.war_end_hazard, when=s.war == 1)
    resumes = site.event("war.resumes", p.war_resume_hazard, when=s.war == 2)
    war = site.value("war.phase", jnp.where(ends, 2.0, jnp.where(resumes, 1.0, s.war)), options=WAR)
    ceasefire = (war == 2) & (s.war == 1)

    outsider = site.event("us.election.outsider", p.us_outsider, when=(of_year == 1) & (year % 4 == 1))
    turn = (of_year == 1) & (year % 4 == 1)
    president = site.value(
        "us.president", jnp.where(turn, jnp.where(outsider, 7.0, 6.0), s.president), options=PRESIDENTS
    )
    korean_turn = (of_year == 6) & (year % 5 == 0)
    progressive = site.event("kor.election.progressive", p.kor_progressive, when=korean_turn)
    korea = site.value("kor.government", jnp.where(korean_turn, 1.0 * progressive, s.korea), options=GOVERNMENTS)
    succession = site.event("prk.succession", p.succession_hazard, when=s.leader < 3)
    leader = site.value("prk.leader", jnp.where(succession, 3.0, s.leader), options=LEADERS)
    closes = site.event("border.closes", p.border_hazard, when=s.border < 0.5)
    opens = site.event("border.opens", 1.0 / p.border_months, when=s.border > 0.5)
    border = site.value("border.closed", jnp.where(closes, 1.0, jnp.where(opens, 0.0, s.border)))

    shock = site.draw("rivalry.shock", Normal(0.0, p.rivalry_sd), unit="ideal-point distance")
    rivalry = p.rivalry_mean + p.rivalry_memory * (s.rivalry - p.rivalry_mean) + shock
    rivalry = site.value("rivalry", jnp.clip(rivalry, 0.0, 6.0), unit="ideal-point distance")
    site.measure("ideal_distance", Normal(rivalry, p.rivalry_error), index="USA-CHN", unit="ideal-point distance")

    target = jnp.where(war == 1, p.isolation_war, jnp.where(war == 2, p.isolation_ceasefire, p.isolation_peace))
    isolation = site.value("russia.isolation", s.isolation + p.isolation_speed * (target - s.isolation), unit="0 to 1")
    site.measure(
        "unga.ideal_point", Normal(p.russia_ideal - p.russia_ideal_slope * isolation, p.ideal_error), index="RUS"
    )
    fresh = site.draw("harvest.shock", Normal(0.0, 1.0), unit="standard deviations")
    harvest = jnp.where(of_year == 10, fresh, s.harvest)

    site.record("war.ceasefire", ceasefire, kind="event")
    site.record("war.phase", war, unit="phase")
    site.record("rivalry", rivalry, unit="ideal-point distance")
    site.record("russia.isolation", isolation, unit="0 to 1")
    return Drivers(war, president, korea, leader, border, rivalry, isolation, harvest)


def outsider(s: Drivers) -> Any:
    """Whether the president in Washington is an outsider to politics: Trump, or a later one."""
    return (s.president == 4) | (s.president == 7)
