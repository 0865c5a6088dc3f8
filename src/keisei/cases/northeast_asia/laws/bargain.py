"""The US–North Korea bargain as games (S12).

Law: two agent quantal-response games with λ = 1 as scale, solved for every member.
    (a) offer     nature draws Pyongyang's hidden share (low, high), which Washington does not see; Washington offers
                  nothing, small, small with snapback, big, big with snapback; Pyongyang accepts or refuses.
    (b) keeping   under a deal each quarter Pyongyang complies or breaches; nature detects; Washington keeps, snaps back
                  or abandons.
Payoffs are linear in features: relief net of outside options, capacity forgone, domestic credit, status. The value of
relief is Σ_k δ^k (1 − q)^k R, q the hazard that it is taken back; snapback moves q (symmetric) and is worth something
to Washington. The president in office weighs a deal that he inherits by his own appetite. Relief from Council measures
must pass the Council (``council.month``). Which deals were in force in the past is known and set
(``deal.in_force``); how they came about weighs through the coded episodes, not through the filter.
Source: McKelvey & Palfrey 1998. Payoff weights are estimated on the coded decisions of episodes.yaml (docs/bargain.md).
Unproven: every weight that those few decisions leave at its prior, above all that of outside options: none of them was
taken while Russia paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers, outsider_appetite
from keisei.games.build import chance, decision, end, game
from keisei.games.plays import terminal_probabilities
from keisei.games.response import quantal_response
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
    burnt: Annotated[Real, "recent failure, fading"]


class Outcome(NamedTuple):
    """What the bargain did this month."""

    failed: Any
    relief: Any
    frozen: Any


def initial(p: Any, site: Site) -> Bargain:
    """1990: none."""
    return Bargain(0.0, 0.0, 0.0)


def relief_value(p: Any, snapback: Any, ladder: Any, revenue: Any) -> Any:
    """Worth of full relief to Pyongyang, in log-odds, net of outside options.

    V = w · R · Σ_k δ^k (1 − q)^k / Σ_k δ^k − outside, with R = other + (1 − other) · ladder: a part of what Washington
    can give (oil, food, its own sanctions) does not hang on the Council. The sum is over all quarters, so
    Σ_k δ^k (1 − q)^k = 1 / (1 − δ (1 − q)); it is divided by its value without reversal, so that w is on the scale of
    log-odds whatever δ is.
    """
    q = jnp.clip(p.relief_reversal + p.snapback_reversal * snapback, 0.001, 0.9)
    stream = (1.0 - p.relief_discount) / (1.0 - p.relief_discount * (1.0 - q))
    given = p.relief_other + (1.0 - p.relief_other) * ladder
    return p.weight_relief * given * stream - p.weight_outside * revenue


def _terms(p: Any, big: Any) -> tuple[Any, Any]:
    """Relief in a deal and capacity it freezes, as shares of all; big is 0 or 1."""
    return p.relief_small + (1.0 - p.relief_small) * big, p.freeze_small + (1.0 - p.freeze_small) * big


def offer_payoffs(p: Any, *, appetite: Any, ladder: Any, warheads: Any, revenue: Any, status: Any) -> list[list[Any]]:
    """[terminal][USA, PRK] of the offer game, in the order of its terminals.

    Features: size and freeze of the deal, snapback, log(1 + warheads) / 4 (1 at 54 warheads), status (1 under the
    status line; a small deal costs half of it), appetite of the president in office.
    """
    table = {}
    for kind in _TYPES:
        hidden = jnp.minimum(p.hidden_share * (0.5 if kind == "low" else 1.5), 1.0)
        table[f"{kind} none"] = [0.0, 0.0]
        for offer in OFFERS[1:]:
            big, snap = 1.0 * ("big" in offer), 1.0 * ("snapback" in offer)
            size, freeze = _terms(p, big)
            forgone = freeze * (1.0 - hidden)
            gain_usa = p.weight_forgone_usa * forgone + p.weight_snap_usa * snap + appetite - p.cost_relief_usa * size
            gain_prk = (
                relief_value(p, snap, ladder, revenue) * size
                - p.weight_forgone_prk * forgone * jnp.log1p(warheads) / 4.0
                - p.weight_status * status * (0.5 + 0.5 * big)
            )
            table[f"{kind} {offer} refused"] = [-p.cost_refused, p.credit_refusal]
            table[f"{kind} {offer} accepted"] = [gain_usa, gain_prk]
    return [table[name] for name in names(OFFER)]


def keeping_payoffs(
    p: Any, *, appetite: Any, big: Any, snapback: Any, adopted: Any, revenue: Any
) -> list[list[Any]]:  # fmt: skip
    """[terminal][PRK, USA] of the keeping game, in the order of its terminals; against keeping the deal for PRK.

    A breach puts the relief of the deal at stake: all of it if Washington abandons; if it snaps back, all of it with
    snapback and a share (what one side takes back alone) without. Washington weighs what outlives the breach by the
    appetite of the president in office: a new president inherits the deal, not the wish for it.

    Args:
        big: 1 for a big deal, 0 for a small one. adopted: measures adopted, also those that the deal has eased.
    """
    size, freeze = _terms(p, big)
    loss = relief_value(p, snapback, adopted, revenue) * size
    left = p.weight_forgone_usa * freeze * p.breach_left + appetite - p.cost_relief_usa * size
    taken = snapback + (1.0 - snapback) * p.reversal_share
    table = {
        "kept": [0.0, 0.0],
        "unseen": [p.gain_breach, 0.0],
        "forgiven": [p.gain_breach, left - p.cost_refused],
        "snapped": [p.gain_breach - loss * taken, p.weight_snap_usa * snapback - p.cost_end_usa * (1.0 - snapback)],
        "abandoned": [p.gain_breach - loss, -p.cost_end_usa],
    }
    return [table[name] for name in names(KEEPING)]


def names(tree: Any) -> list[str]:
    """What the terminals of a game are called, in their order."""
    return [tree.outcomes[tree.nodes[n].outcome].name for n in tree.terminals]


def chance_set(tree: Any) -> int:
    """The one chance set of a game of this law."""
    return next(i for i, s in enumerate(tree.infosets) if s.probabilities is not None)


def endings(game_name: str, p: Any, features: Mapping[str, Any]) -> tuple[list[str], Any]:
    """What an episode of ``episodes.yaml`` could end in, by its features: names of terminals, probabilities [terminal].

    Args:
        game_name: "offer" or "keeping".
        features: ladder, warheads, status, revenue, outsider; for keeping also big and snapback.

    Raises:
        KeyError: another game, or a feature is absent.
    """
    appetite = jnp.where(features["outsider"] > 0.5, p.appetite_outsider, p.appetite_insider)
    if game_name not in ("offer", "keeping"):
        raise KeyError(game_name)
    if game_name == "offer":
        tree, nature = OFFER, (0.5, 0.5)
        payoffs = offer_payoffs(
            p, appetite=appetite, ladder=features["ladder"], warheads=features["warheads"],
            revenue=features["revenue"], status=features["status"],
        )  # fmt: skip
    else:
        tree, nature = KEEPING, (1.0 - p.detection, p.detection)
        payoffs = keeping_payoffs(
            p, appetite=appetite, big=features["big"], snapback=features["snapback"], adopted=features["ladder"],
            revenue=features["revenue"],
        )  # fmt: skip
    table = jnp.stack([jnp.stack([jnp.asarray(u, jnp.float32) for u in row]) for row in payoffs])
    shares, _ = quantal_response(tree, table, 1.0, chance={chance_set(tree): jnp.stack([*map(jnp.float32, nature)])})
    return names(tree), terminal_probabilities(tree, shares)


def month(
    s: Bargain, d: Drivers, p: Any, site: Site, t: Any, *, posture: Any, met: Any, ladder: Any, adopted: Any,
    warheads: Any, revenue: Any, line: Any,
) -> tuple[Bargain, Outcome]:  # fmt: skip
    """One month of the bargain.

    Args:
        posture: 0 when in talks. met: leaders met this month. ladder: measures in force. adopted: those and the eased.
        revenue: arms revenue against exports of 2016, a share.
    """
    free = s.deal < 0.5
    appetite = outsider_appetite(d, p)
    contact = site.event("talks", jnp.where(posture == 0, p.contact_talks, p.contact_else), index="PRK-USA", when=free)
    table = contact | met
    offers = play(
        site, "deal", OFFER,
        offer_payoffs(p, appetite=appetite, ladder=ladder, warheads=warheads, revenue=revenue, status=line),
        precision=1.0, chance={chance_set(OFFER): (0.5, 0.5)}, when=table & free & (posture == 0),
    )  # fmt: skip
    endings = names(OFFER)
    accepted = {o: _any(offers.reached, endings, f"{o} accepted") for o in OFFERS[1:]}
    small = accepted["small"] | accepted["small with snapback"]
    big = accepted["big"] | accepted["big with snapback"]
    snap = accepted["small with snapback"] | accepted["big with snapback"]
    refused = _any(offers.reached, endings, "refused")

    quarter = (t % 3) == 0
    kept = play(
        site, "keep", KEEPING,
        keeping_payoffs(p, appetite=appetite, big=1.0 * (s.deal > 1.5), snapback=s.snapback, adopted=adopted,
                        revenue=revenue),
        chance={chance_set(KEEPING): (1.0 - p.detection, p.detection)}, when=quarter & ~free,
    )  # fmt: skip
    snapped, abandoned = (_any(kept.reached, names(KEEPING), n) for n in ("snapped", "abandoned"))
    played = jnp.where(snapped | abandoned, 0.0, jnp.where(big, 2.0, jnp.where(small, 1.0, s.deal)))
    # history is set here: which deals were in force is known, how they came about is not
    deal = site.value("deal.in_force", played, options=("none", "small", "big"))
    ended = ~free & (deal < 0.5)
    signed = (deal > 0.5) & (deal != s.deal)
    snapback = jnp.where(deal < 0.5, 0.0, jnp.where(signed, 1.0 * (snap & (deal == played)), s.snapback))
    snap = snapback > 0.5
    for size, hit in (("small", signed & (deal < 1.5)), ("big", signed & (deal > 1.5))):
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
    return Bargain(deal, snapback, jnp.maximum(0.95 * s.burnt, 1.0 * failed)), Outcome(failed, relief, frozen)


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
