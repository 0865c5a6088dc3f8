"""The Security Council (S5).

Law:
    trigger       nuclear test 1, long-range missile or satellite launch w_l, other launches w_o; fades over months.
    pending       the trigger that no draft has answered yet: a vote, however it ends, answers it.
    draft         the sponsor tables the severity s that maximises p_pass(s) · s + b (1 − p_pass(s)) − cost, or nothing:
                  a logit hazard in the best value, while a trigger is pending.
    vote of j     yes where s ≤ τ_j, abstention in a band above, else no, with logistic errors;
                  τ_j = τ0_j + nuclear class − protection_j (from the switched date) − rivalry − cooperation effects.
    adopted       nine yes and no permanent no (the ten elected members' share in favour is drawn); measures then
                  rise by s.
    lifting       one event, a logit in the relief that a deal promises and that was not yet given, where measures
                  stand; who votes how is not told apart. What was lifted comes back by a new draft only, or at once
                  when the deal had snapback and ends.
Source: votes recorded in UN documents. Nearly all drafts put to the vote passed 15–0 since they are negotiated first:
months with a trigger and no draft are data too. Effects of rivalry and cooperation are symmetric about zero.
Panel of Experts: its mandate of a year comes up for a vote in the months in which it is due; each permanent member says
yes by a logit in its isolation (Russia) or rivalry (China), both symmetric; one no ends the panel.
Unproven: the band of abstention; the panel's law rests on one veto.
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

    ladder: Annotated[Real, "measures adopted, 0 to 1"]
    eased: Annotated[Real, "share of them lifted"]
    snapback: Annotated[Real, "relief ends with the deal, 0 or 1"]
    trigger: Annotated[Real, "recent provocation, fading"]
    nuclear: Annotated[Real, "recent nuclear test, fading"]
    pending: Annotated[Real, "recent provocation without an answer, fading"]
    panel: Annotated[Real, "Panel of Experts at work, 0 or 1"]
    mandate: Annotated[Real, "months since its last renewal"]


def initial(p: Any, site: Site) -> Council:
    """1990: no measures."""
    return Council(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


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
    coop: tuple[Any, Any], relief: Any, snapback: Any,
) -> Council:  # fmt: skip
    """One month of the Council.

    Args:
        relief: share of the measures that a deal in force promises to lift, 0 without one. snapback: of that deal.
    """
    act = jnp.maximum(1.0 * nuclear, p.trigger_long_range * (long_range > 0))
    act = jnp.maximum(act, p.trigger_other * (other > 0))
    trigger = jnp.maximum(s.trigger * p.trigger_memory, act)
    pending = jnp.maximum(s.pending * p.trigger_memory, act)
    fresh = s._replace(trigger=trigger, nuclear=jnp.maximum(s.nuclear * p.trigger_memory, 1.0 * nuclear))
    tau_china, tau_russia = thresholds(fresh, d, p, t, coop)
    best, chosen = jnp.float32(-9.0), jnp.float32(_GRID[0])
    for step in _GRID:
        passes = _not_no(tau_china, step, p) * _not_no(tau_russia, step, p)
        worth = passes * step + p.blame * (1.0 - passes) * pending
        chosen = jnp.where(worth > best, step, chosen)
        best = jnp.maximum(best, worth)
    hazard = jax.nn.sigmoid((best * pending - p.draft_cost) / p.draft_scale)
    draft = site.event("UNSC.draft", hazard, when=pending > 0.02)
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
    # once lifted, only a new draft brings a measure back, unless the deal had snapback; nothing stands, nothing to lift
    wish = relief - s.eased
    lifts = site.event("UNSC.lift", jax.nn.sigmoid(4.0 * wish - p.lift_cost), when=(wish > 0.05) & (s.ladder > 0.0))
    returns = (relief <= 0.0) & (s.eased > 0.0) & (s.snapback > 0.5)
    eased = jnp.where(lifts, relief, jnp.where(returns, 0.0, s.eased))
    soft = jnp.where(lifts, 1.0 * snapback, s.snapback)
    # a new draft while measures are eased brings back as much as it is severe
    eased = jnp.clip(eased - severity * adopted, 0.0, 1.0)
    ladder = jnp.clip(s.ladder + severity * adopted, 0.0, 1.0)
    force = site.value("UNSC.ladder", ladder * (1.0 - eased), unit="0 to 1")
    statement = site.event(
        "UNSC.statement", p.statement_rate * trigger * jnp.where(tau_china > 0.0, 1.0, p.statement_late)
    )

    panel, mandate = _panel(s, d, p, site, t)
    site.record("UNSC.draft", adopted, kind="event", result="adopted", topic="PRK.sanctions")
    site.record("UNSC.draft", vetoed, kind="event", result="vetoed", topic="PRK.sanctions")
    site.record("UNSC.draft", failed, kind="event", result="failed", topic="PRK.sanctions")
    site.record("UNSC.lift", lifts, kind="event")
    site.record("UNSC.statement", statement, kind="event")
    site.record("UNSC.ladder", force, unit="0 to 1")
    site.record("UNSC.snapback", returns, kind="event")
    # a set ladder is what is in force from then on
    ladder = jnp.where(eased > 0.0, ladder, force)
    return Council(ladder, eased, soft, trigger, fresh.nuclear, pending * (1.0 - draft), panel, mandate)


def _panel(s: Council, d: Drivers, p: Any, site: Site, t: Any) -> tuple[Any, Any]:
    """The Panel of Experts' mandate: (at work, months since its renewal).

    Resolution 1874 (2009-06) made it; it is due from three months before to a month after the year is over.
    """
    made = t == 2009 * 12 + 5
    alive = (s.panel > 0.5) & ~made
    months = s.mandate + 1.0
    phase = months - 12.0 * jnp.floor(months / 12.0)
    due = (phase >= 9.0) | ((phase <= 1.0) & (months >= 12.0))
    vote = site.event("UNSC.panel", jnp.where(due, p.panel_due, p.panel_else), when=alive)
    china, russia = (
        site.choice("UNSC.panel.vote", index=state, options=VOTES, utilities=(ease, 0.0, -1.0 - ease), when=vote)
        for state, ease in (
            ("CHN", p.panel_ease - p.panel_rivalry * (d.rivalry - p.rivalry_mean)),
            ("RUS", p.panel_ease - p.panel_isolation * (d.isolation - p.isolation_peace)),
        )
    )
    vetoed = vote & ((china == 2) | (russia == 2))
    renewed = vote & ~vetoed
    site.record("UNSC.draft", renewed, kind="event", result="adopted", topic="PRK.panel")
    site.record("UNSC.draft", vetoed, kind="event", result="vetoed", topic="PRK.panel")
    site.record("UNSC.panel", jnp.where(vetoed, 0.0, 1.0 * alive), unit="at work, 0 or 1")
    panel = jnp.where(made, 1.0, jnp.where(vetoed, 0.0, s.panel))
    return panel, jnp.where(made | renewed, 0.0, months)


def in_force(s: Council) -> Any:
    """Measures in force, 0 to 1."""
    return s.ladder * (1.0 - s.eased)
