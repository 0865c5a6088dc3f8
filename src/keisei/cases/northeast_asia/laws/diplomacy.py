"""Three pairs, their meetings and treaties, and the triangle (S7–S9, S11).

Law:
    r_ij,t        = m_ij + ρ (r_ij,t−1 − m_ij) + impulses (summit, visit, treaty, provocation) + σ ε;
                  m_ij = m0_ij + effects of isolation, war, rivalry and the arms trade (symmetric about zero: C12, C14).
    measured      by monthly event scores (GDELT) and by yearly agreement in UN votes.
    leaders meet  logit of the joint surplus of a pair, pooled over pairs: base + s r_ij + openings − closed border.
    triangle      three-way meeting, statement, treaty and dissolution are events of their own, base + push in logits.
                  Two rival laws of the push, a switch (``triangle_law``), all effects symmetric about zero (C7):
                  0, stand       each of the three wants something else, and what they share is their stand against
                                 Washington (D1): push = effects of US–China rivalry, of the war and of talks between
                                 Pyongyang and Washington.
                  1, ties        three-way work rests on the ties of the three (D0): push = effect of the weakest pair's
                                 r, and the goal of denuclearisation, while China holds to it, bears on CHN–PRK (m_ij)
                                 and on the push. Its effect on m_ij is what event scores tell the two laws apart by.
                  A tie breaks at ``triangle_end`` · exp(−``triangle_hold`` · push): whether what leads to a step also
                  holds the tie together is open.
Source: AR(1) with event impulses as in event-data work (Goldstein 1992 scores); joint logit as only joint outcomes
are seen.
Unproven: every three-way step and dissolution (none was ever seen).
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers, outsider
from keisei.model import Normal, Real, Site

PAIRS = ("PRK-RUS", "PRK-CHN", "CHN-RUS")
MEETING = ("PRK-RUS", "PRK-CHN", "CHN-RUS", "PRK-USA", "PRK-KOR", "PRK-JPN")


class Diplomacy(NamedTuple):
    """Cooperation of the three pairs, in standard deviations of their own past, and recent meetings."""

    prk_rus: Annotated[Real, "standard deviations"]
    prk_chn: Annotated[Real, "standard deviations"]
    chn_rus: Annotated[Real, "standard deviations"]
    met: Annotated[Real, "recent Kim summits, fading"]
    aligned: Annotated[Real, "three-way step in force, 0 or 1"]
    treaty: Annotated[Real, "PRK–RUS treaty in force, 0 or 1"]


class Meetings(NamedTuple):
    """Who met this month, and whether the three made a statement."""

    prk_rus: Any
    prk_chn: Any
    prk_usa: Any
    three: Any


def initial(p: Any, site: Site) -> Diplomacy:
    """1990: the old treaties; Moscow turns to Seoul."""
    return Diplomacy(
        site.draw("start.r.PRK-RUS", Normal(-0.5, 0.5)), site.draw("start.r.PRK-CHN", Normal(0.0, 0.5)),
        site.draw("start.r.CHN-RUS", Normal(-0.5, 0.5)), 0.0, 0.0, 1.0,
    )  # fmt: skip


def month(
    s: Diplomacy, d: Drivers, p: Any, site: Site, t: Any, *, posture: Any, arms: Any, provocation: Any, stance: Any
) -> tuple[Diplomacy, Meetings]:
    """One month of diplomacy.

    Args:
        arms: the arms trade with Russia as a share of its capacity. stance: China's on denuclearisation last month,
            against its start; below 0 the goal is being dropped.
    """
    r = {"PRK-RUS": s.prk_rus, "PRK-CHN": s.prk_chn, "CHN-RUS": s.chn_rus}
    talks = posture == 0
    open_border = 1.0 - d.border
    bases = {
        "PRK-RUS": p.summit_prk_rus, "PRK-CHN": p.summit_prk_chn, "CHN-RUS": p.summit_chn_rus,
        "PRK-USA": p.summit_prk_usa, "PRK-KOR": p.summit_prk_kor, "PRK-JPN": p.summit_prk_jpn,
    }  # fmt: skip
    kim = jnp.where(d.leader >= 1, 1.0, p.summit_elder)
    met = {}
    for pair in MEETING:
        logit = p.summit_base + bases[pair]
        if pair in r:
            logit = logit + p.summit_cooperation * r[pair]
        if pair.startswith("PRK"):
            logit = logit + p.summit_talks * talks + p.summit_momentum * s.met - p.summit_border * d.border
        if pair == "PRK-USA":
            logit = logit + p.summit_usa_outsider * outsider(d) - p.summit_no_talks * ~talks
        if pair == "PRK-KOR":
            logit = logit + p.summit_progressive * d.korea - p.summit_no_talks * ~talks
        rate = jax.nn.sigmoid(logit) * (kim if pair.startswith("PRK") else 1.0)
        met[pair] = site.event("summit", rate, index=pair)
        site.record("summit", met[pair], kind="event", pair=pair, level="leaders")
    visits = {}
    for pair in ("PRK-RUS", "PRK-CHN"):
        rate = jax.nn.sigmoid(p.visit_base + p.visit_cooperation * r[pair] - p.summit_border * d.border)
        visits[pair] = site.event("visit", rate, index=pair)
        site.record("summit", visits[pair], kind="event", pair=pair, level="ministers")

    means = {
        "PRK-RUS": p.mean_prk_rus + p.r_isolation * d.isolation + p.r_war * (d.war == 1) + p.r_arms * arms,
        "PRK-CHN": p.mean_prk_chn
        + p.r_rivalry * (d.rivalry - p.rivalry_mean)
        + p.r_rival * arms
        + p.triangle_law * p.r_goal * stance,
        "CHN-RUS": p.mean_chn_rus + p.r_rivalry * (d.rivalry - p.rivalry_mean) + p.r_isolation * d.isolation,
    }
    levels = {
        "PRK-RUS": p.gdelt_level_prk_rus, "PRK-CHN": p.gdelt_level_prk_chn, "CHN-RUS": p.gdelt_level_chn_rus,
    }  # fmt: skip
    treaties, new = {}, {}
    for pair in PAIRS:
        hazard = jax.nn.sigmoid(p.treaty_base + p.treaty_cooperation * r[pair] + p.treaty_summit * met[pair])
        treaties[pair] = site.event("treaty", hazard, index=pair)
        site.record("treaty", treaties[pair], kind="event", pair=pair)
        impulse = p.impulse_summit * met[pair] + p.impulse_treaty * treaties[pair]
        if pair in visits:
            impulse = impulse + p.impulse_visit * visits[pair]
        if pair == "PRK-CHN":
            impulse = impulse + p.impulse_provocation * provocation
        noise = site.draw("cooperation.shock", Normal(0.0, p.r_sd), index=pair)
        level = means[pair] + p.r_memory * (r[pair] - means[pair]) + impulse + noise
        new[pair] = site.value(f"cooperation.{pair}", jnp.clip(level, -4.0, 6.0), unit="standard deviations")
        news = levels[pair] + p.gdelt_slope * new[pair] + p.gdelt_summit * met[pair]
        site.measure("gdelt.score", Normal(news, p.gdelt_error), index=pair, unit="asinh(score/1500)")
        site.measure("unga.agreement", Normal(p.unga_level + p.unga_slope * new[pair], p.unga_error), index=pair)
        site.record(f"cooperation.{pair}", new[pair], unit="standard deviations")

    weakest = jnp.minimum(jnp.minimum(new["PRK-RUS"], new["PRK-CHN"]), new["CHN-RUS"])
    stand = p.triangle_rivalry * (d.rivalry - p.rivalry_mean) + p.triangle_war * (d.war == 1) + p.triangle_talks * talks
    ties = p.triangle_cooperation * weakest + p.triangle_goal * stance
    push = jnp.where(p.triangle_law > 0.5, ties, stand)
    three = jax.nn.sigmoid(p.triangle_base + push) * open_border
    summit = site.event("summit.trilateral", three, index="CHN-PRK-RUS")
    said = site.event("statement.trilateral", jax.nn.sigmoid(p.triangle_statement + push), index="CHN-PRK-RUS")
    step = site.event("treaty", jax.nn.sigmoid(p.triangle_treaty + push), index="CHN-PRK-RUS")
    ends = site.event("trilateral.dissolution", p.triangle_end * jnp.exp(-p.triangle_hold * push), when=s.aligned > 0.5)
    aligned = jnp.where(ends, 0.0, jnp.maximum(s.aligned, 1.0 * step))
    site.record("summit.trilateral", summit, kind="event", pair="CHN-PRK-RUS")
    site.record("treaty", step, kind="event", pair="CHN-PRK-RUS")
    site.record("trilateral.dissolution", ends, kind="event")
    fading = jnp.maximum(
        p.summit_fade * s.met, 1.0 * (met["PRK-RUS"] | met["PRK-CHN"] | met["PRK-USA"] | met["PRK-KOR"])
    )
    old = jnp.where(t == 1996 * 12 + 8, 0.0, s.treaty)
    stocks = Diplomacy(
        new["PRK-RUS"], new["PRK-CHN"], new["CHN-RUS"], fading, aligned, jnp.maximum(old, 1.0 * treaties["PRK-RUS"])
    )
    return stocks, Meetings(met["PRK-RUS"], met["PRK-CHN"], met["PRK-USA"], said)
