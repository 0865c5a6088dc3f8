"""The US–North Korea bargain as games (S12).

Law: two agent quantal-response games with λ = 1 as scale, solved for every member.
    (a) offer     nature draws Pyongyang's hidden share (low, high), which Washington does not see; Washington offers
                  nothing, small, small with snapback, big, big with snapback; Pyongyang accepts or refuses.
    (b) keeping   under a deal each quarter Pyongyang complies or breaches; nature detects; Washington keeps, snaps back
                  or abandons.
Payoffs are linear in features: relief R net of outside options, warheads forgone, domestic credit, status. The value of
relief is Σ_k δ^k (1 − q)^k R, q the hazard that it is taken back (a new president inherits); snapback raises q and
lowers
Washington's risk. Relief from Council measures must pass the Council (``council.month``).
Source: McKelvey & Palfrey 1998; payoff weights are estimated on few episodes: look at prior and posterior.
Unproven: every weight (n = 5 episodes).
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers, outsider_appetite
from keisei.games.build import chance, decision, end, game
from keisei.model import Real, Site
from keisei.model.play import play

OFFERS = ("none", "small", "small with snapback", "big", "big with snapback")
_TYPES = ("low", "high")


def _answer(kind: str, offer: str) -> Any:
    return decision(
        "PRK",
        f"{kind}, {offer}",
        {"refuse": end(name=f"{kind} {offer} refused"), "accept": end(name=f"{kind} {offer} accepted")},
    )


OFFER = game(
    "Offer",
    ["USA", "PRK"],
    chance(
        {
            kind: (
                "1/2",
                decision(
                    "USA", "offer", {o: end(name=f"{kind} none") if o == "none" else _answer(kind, o) for o in OFFERS}
                ),
            )
            for kind in _TYPES
        },
        "hidden share",
    ),
)
KEEPING = game(
    "Keeping",
    ["PRK", "USA"],
    decision(
        "PRK",
        "keep?",
        {
            "comply": end(name="kept"),
            "breach": chance(
                {
                    "unseen": ("1/2", end(name="unseen")),
                    "seen": (
                        "1/2",
                        decision(
                            "USA",
                            "answer",
                            {
                                "keep": end(name="forgiven"),
                                "snap back": end(name="snapped"),
                                "abandon": end(name="abandoned"),
                            },
                        ),
                    ),
                },
                "detection",
            ),
        },
    ),
)


class Bargain(NamedTuple):
    """The deal in force, if any."""

    deal: Annotated[Real, "0 none, 1 small, 2 big"]
    snapback: Annotated[Real, "0 or 1"]
    age: Annotated[Real, "months"]
    burnt: Annotated[Real, "recent failure, fading"]


class Outcome(NamedTuple):
    """What the bargain did this month."""

    failed: Any
    relief: Any
    frozen: Any


def initial(p: Any, site: Site) -> Bargain:
    """1990: none."""
    return Bargain(0.0, 0.0, 0.0, 0.0)


def relief_value(p: Any, snapback: Any, ladder: Any, revenue: Any) -> Any:
    """Worth of relief to Pyongyang, in log-odds: a discounted stream with reversal hazard, net of outside options."""
    q = jnp.clip(p.relief_reversal + p.snapback_reversal * snapback, 0.001, 0.9)
    stream = 1.0 / (1.0 - p.relief_discount * (1.0 - q))
    return p.weight_relief * ladder * stream / (1.0 / (1.0 - p.relief_discount)) - p.weight_outside * revenue


def offer_payoffs(d: Drivers, p: Any, *, ladder: Any, warheads: Any, revenue: Any, status: Any) -> list[list[Any]]:
    """[terminal][USA, PRK] of the offer game, in the order of its terminals."""
    table = {}
    appetite = outsider_appetite(d, p)
    for kind in _TYPES:
        hidden = p.hidden_share * (0.5 if kind == "low" else 1.5)
        table[f"{kind} none"] = [0.0, 0.0]
        for offer in OFFERS[1:]:
            big, snap = 1.0 * ("big" in offer), 1.0 * ("snapback" in offer)
            forgone = (p.freeze_small + (1.0 - p.freeze_small) * big) * (1.0 - jnp.minimum(hidden, 1.0))
            size = p.relief_small + (1.0 - p.relief_small) * big
            gain_usa = p.weight_forgone_usa * forgone + p.weight_snap_usa * snap + appetite - p.cost_relief_usa * size
            gain_prk = (
                relief_value(p, snap, ladder, revenue) * size
                - p.weight_forgone_prk * forgone * jnp.log1p(warheads) / 4.0
                - p.weight_status * status * (0.5 + 0.5 * big)
            )
            table[f"{kind} {offer} refused"] = [-p.cost_refused, p.credit_refusal]
            table[f"{kind} {offer} accepted"] = [gain_usa, gain_prk]
    return [table[name] for name in _names(OFFER)]


def _names(tree: Any) -> list[str]:
    return [tree.outcomes[tree.nodes[n].outcome].name for n in tree.terminals]


def month(
    s: Bargain, d: Drivers, p: Any, site: Site, t: Any, *, posture: Any, met: Any, ladder: Any, warheads: Any,
    revenue: Any, line: Any,
) -> tuple[Bargain, Outcome]:  # fmt: skip
    """One month of the bargain.

    Args:
        posture: 0 when in talks. met: leaders met this month. revenue: arms revenue against exports of 2016, a share.
    """
    free = s.deal < 0.5
    contact = site.event("talks", jnp.where(posture == 0, p.contact_talks, p.contact_else), index="PRK-USA", when=free)
    table = contact | met
    offers = play(
        site, "deal", OFFER,
        offer_payoffs(d, p, ladder=ladder, warheads=warheads, revenue=revenue, status=line),
        precision=1.0, chance={_chance(OFFER): (0.5, 0.5)}, when=table & free & (posture == 0),
    )  # fmt: skip
    names = _names(OFFER)
    signed = {o: _any(offers.reached, names, f"{o} accepted") for o in OFFERS[1:]}
    small = signed["small"] | signed["small with snapback"]
    big = signed["big"] | signed["big with snapback"]
    snap = signed["small with snapback"] | signed["big with snapback"]
    refused = _any(offers.reached, names, "refused")

    quarter = (t % 3) == 0
    stays = jnp.exp(-0.1 * s.age)
    kept = play(
        site, "keep", KEEPING,
        [
            [row.get(name, 0.0) for row in (_keeping_prk(p, s, ladder, stays), _keeping_usa(p, s))]
            for name in _names(KEEPING)
        ],
        chance={_chance(KEEPING): (1.0 - p.detection, p.detection)}, when=quarter & ~free,
    )  # fmt: skip
    ends_names = _names(KEEPING)
    snapped, abandoned = (_any(kept.reached, ends_names, n) for n in ("snapped", "abandoned"))
    ended = snapped | abandoned
    deal = jnp.where(ended, 0.0, jnp.where(big, 2.0, jnp.where(small, 1.0, s.deal)))
    snapback = jnp.where(ended, 0.0, jnp.where(small | big, 1.0 * snap, s.snapback))
    age = jnp.where(deal > 0.5, s.age + 1.0, 0.0)
    for size, hit in (("small", small), ("big", big)):
        for flag in ("yes", "no"):
            value = hit & (snap if flag == "yes" else ~snap)
            site.record("deal", value, kind="event", size=size, snapback=flag)
    site.record("deal.end", ended, kind="event")
    site.record("talks", contact, kind="event", pair="PRK-USA")
    accept = offers.probabilities
    site.record("deal.accept", _accept_small(accept), unit="probability")
    site.record("deal.accept.snapback", _accept_small(accept, "small with snapback"), unit="probability")
    failed = refused | ended
    relief = jnp.where(deal > 0.5, jnp.where(deal > 1.5, 1.0, p.relief_small), 0.0)
    frozen = jnp.where(deal > 0.5, jnp.where(deal > 1.5, 1.0, p.freeze_small), 0.0)
    new = Bargain(deal, snapback, age, jnp.maximum(0.95 * s.burnt, 1.0 * failed))
    return new, Outcome(failed, relief, frozen)


def _keeping_prk(p: Any, s: Bargain, ladder: Any, stays: Any) -> dict[str, Any]:
    loss = -p.weight_relief * (0.3 + ladder)
    return {
        "kept": 0.0, "unseen": p.gain_breach, "forgiven": p.gain_breach,
        "snapped": p.gain_breach + loss * (0.5 + 0.5 * s.snapback), "abandoned": p.gain_breach + loss,
    }  # fmt: skip


def _keeping_usa(p: Any, s: Bargain) -> dict[str, Any]:
    return {
        "kept": p.weight_forgone_usa, "unseen": 0.5 * p.weight_forgone_usa, "forgiven": -p.cost_refused,
        "snapped": p.weight_snap_usa * s.snapback - 0.5 * (1.0 - s.snapback), "abandoned": -0.5,
    }  # fmt: skip


def _chance(tree: Any) -> int:
    return next(i for i, s in enumerate(tree.infosets) if s.probabilities is not None)


def _any(reached: tuple[Any, ...], names: list[str], ending: str) -> Any:
    out: Any = jnp.bool_(False)
    for hit, name in zip(reached, names, strict=True):
        if name.endswith(ending):
            out = out | hit
    return out


def _accept_small(probabilities: Any, offer: str = "small") -> Any:
    """P(accept) of an offer, averaged over Pyongyang's type."""
    found = [
        probabilities[i][infoset.actions.index("accept")]
        for i, infoset in enumerate(OFFER.infosets)
        if infoset.label in (f"low, {offer}", f"high, {offer}")
    ]
    return sum(found, jnp.float32(0.0)) / len(found)
