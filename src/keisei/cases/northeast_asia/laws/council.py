"""The Security Council (S5).

Law:
    trigger       nuclear test 1, long-range missile or satellite launch w_l, other launches w_o; fades over months.
    pending       the trigger that no draft has answered yet: a vote, however it ends, answers it.
    draft         the sponsor tables the severity s that maximises p_pass(s) · s + b (1 − p_pass(s)) − cost, or nothing:
                  a logit hazard in the best value, while a trigger is pending.
    vote of j     yes where s ≤ τ_j, abstention in a band above, else no, with logistic errors;
                  τ_j = τ0_j + nuclear class − protection_j (from the switched date) − rivalry − cooperation effects.
    adopted       by the rule of the room (`keisei.council.tally`): sanctions, the panel and relief alike. The ten
                  elected members' share in favour is drawn; Britain, France and the sponsor stand behind sanctions.
    sectors       what a draft bars of minerals, seafood, textiles, other goods and labour {none, cap, ban}: a logit
                  in s − reach_k, of a ban twice. Adopted measures stay; a sector bears its hardest.
    relief        a draft to lift is a logit hazard in the relief that a deal promises and that was not yet given.
                  China and Russia vote on it as on a draft of that severity below nothing; the United States by the
                  deal, its president and provocation; Britain and France, one voice, by provocation.
    kinds         (`keisei.council.easing`) lifted: only a new draft brings measures back, and as much as it is severe.
                  Expires: a vote on going on when the term is over, when the deal ends or the North tests a bomb or
                  flies far (a complaint); one permanent no ends it. Lasts: the sponsor may table its end instead of new
                  measures, where that serves it better. A deal with snapback has the kind of ``snapback_kind``, a
                  switch; one without is lifted.
Source: votes recorded in UN documents, and what each resolution bars. Nearly all drafts put to the vote passed 15–0
since they are negotiated first: months with a trigger and no draft are data too. Expiry after a complaint is the
mechanism of resolution 2231 (2015), para. 11–12. Effects of rivalry, cooperation and of provocation on relief are
symmetric about zero.
Panel of Experts: its mandate of a year comes up for a vote in the months in which it is due; each permanent member says
yes by a logit in its isolation (Russia) or rivalry (China), both symmetric; one no ends the panel.
Unproven: the band of abstention; the panel's law rests on one veto; how anybody votes on relief, since no draft on it
was ever put to the vote. Relief is a share of all measures, not of chosen sectors.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.council import KINDS, Ballot, Easing, Vote, after_vote, can_be_ended, load_body, renewal_due, tally
from keisei.model import Normal, Real, Site

VOTES = ("yes", "abstain", "no")
BARS = ("none", "cap", "ban")
SECTORS = ("minerals", "seafood", "textiles", "other", "labour")
_GRID = (0.05, 0.1, 0.15, 0.2, 0.3)
_BODY = load_body("unsc")
_RULE = _BODY.rule("substantive")
_ELECTED = len(_BODY.terms[-1].elected)


class Council(NamedTuple):
    """Stocks of the Council."""

    ladder: Annotated[Real, "measures adopted, 0 to 1"]
    eased: Annotated[Real, "share of them lifted"]
    kind: Annotated[Real, "of that relief: 0 lifted, 1 expires, 2 lasts"]
    age: Annotated[Real, "months since it was granted or renewed"]
    promised: Annotated[Real, "relief promised by the deal of last month, 0 to 1"]
    trigger: Annotated[Real, "recent provocation, fading"]
    nuclear: Annotated[Real, "recent nuclear test, fading"]
    pending: Annotated[Real, "recent provocation without an answer, fading"]
    panel: Annotated[Real, "Panel of Experts at work, 0 or 1"]
    mandate: Annotated[Real, "months since its last renewal"]
    minerals: Annotated[Real, "barred: 0 not, 1 capped, 2 banned"]
    seafood: Annotated[Real, "barred: 0 not, 1 capped, 2 banned"]
    textiles: Annotated[Real, "barred: 0 not, 1 capped, 2 banned"]
    other: Annotated[Real, "barred: 0 not, 1 capped, 2 banned"]
    labour: Annotated[Real, "barred: 0 not, 1 capped, 2 banned"]


def initial(p: Any, site: Site) -> Council:
    """1990: no measures."""
    return Council(*(0.0 for _ in Council._fields))


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


def count(ballots: dict[str, Any], share: Any) -> Vote:
    """The result of a vote under the Council's rule.

    Args:
        ballots: option numbers of `VOTES` by member or by members that vote as one ("FRA-GBR").
        share: of the elected members in favour, 0 to 1.
    """
    cast = [Ballot(v == 0, v == VOTES.index("no")) for name, v in ballots.items() for _ in name.split("-")]
    return tally(_RULE, cast, jnp.round(_ELECTED * share))


def _bars(s: Council, p: Any, site: Site, severity: Any, draft: Any) -> dict[str, Any]:
    """What a draft bars, as option numbers of `BARS` by sector; a sector that is banned already is left alone."""
    reach = {
        "minerals": p.reach_minerals, "seafood": p.reach_seafood, "textiles": p.reach_textiles, "other": p.reach_other,
        "labour": p.reach_labour,
    }  # fmt: skip
    out = {}
    for sector in SECTORS:
        pull = p.reach_slope * (severity - reach[sector])
        out[sector] = site.choice(
            "UNSC.draft.bars", index=sector, options=BARS, utilities=(0.0, pull, 2.0 * pull - p.reach_step),
            when=draft & (getattr(s, sector) < BARS.index("ban")),
        )  # fmt: skip
    return out


def month(
    s: Council, d: Drivers, p: Any, site: Site, t: Any, *, nuclear: Any, long_range: Any, other: Any,
    coop: tuple[Any, Any], relief: Any, snapback: Any, appetite: Any,
) -> Council:  # fmt: skip
    """One month of the Council.

    Args:
        relief: share of the measures that a deal in force promises to lift, 0 without one. snapback: of that deal.
        appetite: the president's in Washington for a deal.
    """
    act = jnp.maximum(1.0 * nuclear, p.trigger_long_range * (long_range > 0))
    grave = act > 0.0
    act = jnp.maximum(act, p.trigger_other * (other > 0))
    trigger = jnp.maximum(s.trigger * p.trigger_memory, act)
    pending = jnp.maximum(s.pending * p.trigger_memory, act)
    fresh = s._replace(trigger=trigger, nuclear=jnp.maximum(s.nuclear * p.trigger_memory, 1.0 * nuclear))
    tau_china, tau_russia = thresholds(fresh, d, p, t, coop)
    easing = Easing(s.eased, s.kind, s.age)
    renew = renewal_due(easing, p.relief_term, grave | ((s.promised > 0.0) & (relief <= 0.0)))
    endable = can_be_ended(easing)
    back = s.ladder * s.eased  # what ending relief would bring back

    def worth(step: Any) -> Any:
        passes = _not_no(tau_china, step, p) * _not_no(tau_russia, step, p)
        return passes * step + p.blame * (1.0 - passes) * pending

    best, chosen = jnp.float32(-9.0), jnp.float32(_GRID[0])
    for step in _GRID:
        value = worth(step)
        chosen = jnp.where(value > best, step, chosen)
        best = jnp.maximum(best, value)
    ending = endable & (worth(back) > best)
    best = jnp.where(ending, worth(back), best)
    hazard = jax.nn.sigmoid((best * pending - p.draft_cost) / p.draft_scale)
    draft = site.event("UNSC.draft", hazard, when=(pending > 0.02) & ~renew)
    severity = jnp.clip(site.draw("UNSC.draft.severity", Normal(chosen, p.severity_error)), 0.01, 0.5)
    severity = jnp.where(ending, back, severity)
    end, impose = draft & ending, draft & ~ending
    bars = _bars(s, p, site, severity, impose)
    # nothing stands, nothing to lift
    wish = relief - s.eased
    lift = site.event(
        "UNSC.lift", jax.nn.sigmoid(p.lift_wish * wish - p.lift_cost),
        when=(wish > 0.05) & (s.ladder > 0.0) & ~renew & ~draft,
    )  # fmt: skip

    eases = lift | renew
    asked = jnp.where(draft, severity, -jnp.where(renew, s.eased, jnp.maximum(wish, 0.0)))
    sooth = p.relief_provocation * trigger
    europe = p.relief_europe - sooth
    usa = p.relief_usa + p.relief_deal * (relief > 0.0) + appetite - sooth
    stances = {
        "CHN": (_utilities(tau_china, asked, p), draft | eases),
        "RUS": (_utilities(tau_russia, asked, p), draft | eases),
        # on sanctions these are the sponsor and its allies: yes, which is what `when` False gives
        "USA": ((usa, 0.0, -usa), eases),
        "FRA-GBR": ((europe, 0.0, -europe), eases),
    }
    ballots = {
        who: site.choice("UNSC.vote", index=who, options=VOTES, utilities=utilities, when=when)
        for who, (utilities, when) in stances.items()
    }
    share = jax.nn.sigmoid(site.draw("UNSC.elected", Normal(p.elected_yes, 1.0), unit="logit of the share in favour"))
    result = count(ballots, share)
    adopted, vetoed = draft & result.adopted, draft & result.vetoed
    failed = draft & ~result.adopted & ~result.vetoed
    lifts = lift & result.adopted
    kind = site.value(
        "UNSC.relief.kind", jnp.where(lifts, jnp.where(snapback > 0.5, p.snapback_kind, 0.0), s.kind), options=KINDS
    )
    eased = after_vote(
        easing._replace(kind=kind), lift=lift, renew=renew, end=end, adopted=result.adopted, share=relief, kind=kind
    )
    returns = ((renew & ~result.adopted) | (end & result.adopted)) & (s.eased > 0.0)
    # a new draft while measures are eased brings back as much as it is severe
    imposed = severity * (impose & adopted)
    share_eased = jnp.clip(eased.share - imposed, 0.0, 1.0)
    ladder = jnp.clip(s.ladder + imposed, 0.0, 1.0)
    played = ladder * (1.0 - share_eased)
    force = site.value("UNSC.ladder", played, unit="0 to 1")
    # a set ladder is what is in force from then on: the measures adopted stand, eased to that level
    was_set = force != played
    ladder = jnp.where(was_set, jnp.maximum(ladder, force), ladder)
    share_eased = jnp.where(was_set, 1.0 - force / jnp.maximum(ladder, 1e-6), share_eased)
    statement = site.event(
        "UNSC.statement", p.statement_rate * trigger * jnp.where(tau_china > 0.0, 1.0, p.statement_late)
    )

    panel, mandate = _panel(s, d, p, site, t, share)
    site.record("UNSC.draft", adopted, kind="event", result="adopted", topic="PRK.sanctions")
    site.record("UNSC.draft", vetoed, kind="event", result="vetoed", topic="PRK.sanctions")
    site.record("UNSC.draft", failed, kind="event", result="failed", topic="PRK.sanctions")
    site.record("UNSC.lift", lifts, kind="event")
    site.record("UNSC.lift.refused", lift & ~result.adopted, kind="event")
    site.record("UNSC.statement", statement, kind="event")
    site.record("UNSC.ladder", force, unit="0 to 1")
    site.record("UNSC.snapback", returns, kind="event")
    held = [jnp.where(adopted, jnp.maximum(getattr(s, k), 1.0 * bars[k]), getattr(s, k)) for k in SECTORS]
    return Council(
        ladder, share_eased, eased.kind, eased.age, jnp.where(relief > 0.0, relief, 0.0), trigger, fresh.nuclear,
        pending * (1.0 - draft), panel, mandate, *held,
    )  # fmt: skip


def _panel(s: Council, d: Drivers, p: Any, site: Site, t: Any, share: Any) -> tuple[Any, Any]:
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
    result = count({"CHN": china, "RUS": russia, "USA": jnp.int32(0), "FRA-GBR": jnp.int32(0)}, share)
    renewed, vetoed = vote & result.adopted, vote & result.vetoed
    ended = vote & ~renewed
    site.record("UNSC.draft", renewed, kind="event", result="adopted", topic="PRK.panel")
    site.record("UNSC.draft", vetoed, kind="event", result="vetoed", topic="PRK.panel")
    site.record("UNSC.draft", ended & ~vetoed, kind="event", result="failed", topic="PRK.panel")
    site.record("UNSC.panel", jnp.where(ended, 0.0, 1.0 * alive), unit="at work, 0 or 1")
    panel = jnp.where(made, 1.0, jnp.where(ended, 0.0, s.panel))
    return panel, jnp.where(made | renewed, 0.0, months)


def in_force(s: Council) -> Any:
    """Measures in force, 0 to 1."""
    return s.ladder * (1.0 - s.eased)


def severities(s: Council, p: Any) -> dict[str, Any]:
    """Severity in force by sector, 0 to 1: a ban is 1, a cap ``cap_severity``, less the share eased."""
    capped = {k: jnp.where(getattr(s, k) > 0.5, p.cap_severity, 0.0) for k in SECTORS}
    return {k: (1.0 - s.eased) * jnp.where(getattr(s, k) > 1.5, 1.0, capped[k]) for k in SECTORS}
