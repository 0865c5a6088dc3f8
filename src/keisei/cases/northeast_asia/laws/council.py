"""The Security Council (S5).

Law:
    trigger       nuclear test 1, long-range missile or satellite launch w_l, other launches w_o; fades over months.
    draft         the sponsor tables the severity s that maximises p_pass(s) · s + b (1 − p_pass(s)) − cost, or nothing:
                  a logit hazard in the best value, when there is a trigger.
    vote of j     yes where s ≤ τ_j, abstention in a band above, else no, with logistic errors;
                  τ_j = τ0_j + nuclear class − protection_j (from the switched date) − rivalry − cooperation effects.
    adopted       nine yes and no permanent no (the ten elected members' share in favour is drawn); measures then rise by s. Lifting is a vote of its own.
Source: votes recorded in UN documents. Nearly all drafts put to the vote passed 15–0 since they are negotiated first:
months with a trigger and no draft are data too. Effects of rivalry and cooperation are symmetric about zero.
Unproven: the band of abstention.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.model import Normal, Real, Site

VOTES = ("yes", "abstain", "no")
_GRID = (0.05, 0.1, 0.15, 0.2, 0.3)


class Council(NamedTuple):
    """Stocks of the Council."""

    ladder: Annotated[Real, "measures in force, 0 to 1"]
    trigger: Annotated[Real, "recent provocation, fading"]
    nuclear: Annotated[Real, "recent nuclear test, fading"]


def initial(p: Any, site: Site) -> Council:
    """1990: no measures."""
    return Council(0.0, 0.0, 0.0)


def thresholds(s: Council, d: Drivers, p: Any, t: Any, coop: tuple[Any, Any]) -> tuple[Any, Any]:
    """τ of China and Russia, in severity."""
    common = p.tau_base + p.tau_nuclear * s.nuclear
    late_c = jnp.where(t >= p.protection_china, 1.0, 0.0)
    late_r = jnp.where(t >= p.protection_russia, 1.0, 0.0)
    china = common - p.tau_protection * late_c - p.tau_rivalry * (d.rivalry - p.rivalry_mean)
    russia = common - p.tau_protection * late_r - p.tau_isolation * d.isolation
    return china - p.tau_cooperation * coop[0], russia - p.tau_cooperation * coop[1]


def _utilities(tau: Any, severity: Any, p: Any) -> tuple[Any, Any, Any]:
    return (tau - severity) / p.vote_scale, jnp.float32(0.0), (severity - tau - p.vote_band) / p.vote_scale


def _not_no(tau: Any, severity: Any, p: Any) -> Any:
    yes, abstain, no = _utilities(tau, severity, p)
    return 1.0 - jnp.exp(no - jnp.logaddexp(jnp.logaddexp(yes, abstain), no))


def month(
    s: Council, d: Drivers, p: Any, site: Site, t: Any, *, nuclear: Any, long_range: Any, other: Any,
    coop: tuple[Any, Any], lifting: Any,
) -> Council:  # fmt: skip
    """One month of the Council; ``lifting`` is the wish to lift from a deal in force, as a share of the measures."""
    trigger = jnp.maximum(s.trigger * p.trigger_memory, 1.0 * nuclear)
    trigger = jnp.maximum(trigger, p.trigger_long_range * (long_range > 0))
    trigger = jnp.maximum(trigger, p.trigger_other * (other > 0))
    fresh = s._replace(trigger=trigger, nuclear=jnp.maximum(s.nuclear * p.trigger_memory, 1.0 * nuclear))
    tau_china, tau_russia = thresholds(fresh, d, p, t, coop)
    best, chosen = jnp.float32(-9.0), jnp.float32(_GRID[0])
    for step in _GRID:
        passes = _not_no(tau_china, step, p) * _not_no(tau_russia, step, p)
        worth = passes * step + p.blame * (1.0 - passes) * trigger
        chosen = jnp.where(worth > best, step, chosen)
        best = jnp.maximum(best, worth)
    hazard = jax.nn.sigmoid((best * trigger - p.draft_cost) / p.draft_scale)
    draft = site.event("UNSC.draft", hazard, when=trigger > 0.02)
    severity = jnp.clip(site.draw("UNSC.draft.severity", Normal(chosen, p.severity_error)), 0.01, 0.5)
    china = site.choice(
        "UNSC.vote", index="CHN", options=VOTES, utilities=_utilities(tau_china, severity, p), when=draft
    )
    russia = site.choice(
        "UNSC.vote", index="RUS", options=VOTES, utilities=_utilities(tau_russia, severity, p), when=draft
    )
    share = jax.nn.sigmoid(site.draw("UNSC.elected", Normal(p.elected_yes, 1.0), unit="logit of the share in favour"))
    yes = 3.0 + (china == 0) + (russia == 0) + jnp.round(10.0 * share)  # the sponsor, Britain and France vote yes
    vetoed = draft & ((china == 2) | (russia == 2))
    adopted = draft & ~vetoed & (yes >= 9.0)
    failed = draft & ~vetoed & ~adopted
    lift_passes = jax.nn.sigmoid(4.0 * lifting - p.lift_cost)
    lifts = site.event("UNSC.lift", lift_passes, when=lifting > 0.05)
    ladder = jnp.clip(s.ladder + severity * adopted - lifts * lifting * s.ladder, 0.0, 1.0)
    ladder = site.value("UNSC.ladder", ladder, unit="0 to 1")
    statement = site.event(
        "UNSC.statement", p.statement_rate * trigger * jnp.where(tau_china > 0.0, 1.0, p.statement_late)
    )

    site.record("UNSC.draft", adopted, kind="event", result="adopted", topic="PRK.sanctions")
    site.record("UNSC.draft", vetoed, kind="event", result="vetoed", topic="PRK.sanctions")
    site.record("UNSC.draft", failed, kind="event", result="failed", topic="PRK.sanctions")
    site.record("UNSC.lift", lifts, kind="event")
    site.record("UNSC.statement", statement, kind="event")
    site.record("UNSC.ladder", ladder, unit="0 to 1")
    return Council(ladder, trigger, fresh.nuclear)
