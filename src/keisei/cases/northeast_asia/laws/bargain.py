"""The US–North Korea bargain as games (S12).

Law: two agent quantal-response games with λ = 1 as scale, solved for every member. Pyongyang's type, whether the share
of its capacity at hidden sites is low or high, is drawn once and lasts until a deal has ended; Washington does not see
it.
    (a) offer     Washington offers nothing, small, small with snapback, big, big with snapback; Pyongyang accepts,
                  refuses, or answers with one counter-offer, the small deal for more relief and without snapback, which
                  Washington accepts or refuses. That is the end: counter-offers are finite.
    (b) keeping   under a deal each quarter Pyongyang complies or breaches; nature detects, less at hidden sites;
                  Washington, which sees the breach and not the type, keeps, snaps back or abandons.
Payoffs are linear in features: relief net of outside options, capacity forgone (what is hidden is not), domestic
credit, status. The value of relief is Σ_k δ^k (1 − q)^k R, q the hazard that it is taken back; snapback moves q
(symmetric) and is worth something to Washington. The president in office weighs a deal that he inherits by his own
appetite. Relief from Council measures must pass the Council (``council.month``). Which deals were in force in the past
is known and set (``deal.in_force``); how they came about weighs through the coded episodes, not through the filter.
Belief: Washington's chance that the share is high starts at ``hidden_high`` and moves by Bayes with each answer at the
table and each quarter under a deal, by the equilibrium's own probabilities; nobody plays for reputation.
Source: McKelvey & Palfrey 1998. Payoff weights are estimated on the coded decisions of episodes.yaml (docs/bargain.md),
each of them at the belief of the start.
Unproven: every weight that those few decisions leave at its prior, above all that of outside options: none of them was
taken while Russia paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers, outsider
from keisei.games.build import chance, decision, end, game
from keisei.games.plays import terminal_probabilities
from keisei.games.response import quantal_response
from keisei.model import Real, Site
from keisei.model.play import Play, play

OFFERS = ("none", "small", "small with snapback", "big", "big with snapback")
TYPES = ("low", "high")
STEPS = 4
"""Newton steps of the equilibria: beliefs bear little on answers here, and more steps change no digit (a test)."""
DEAREST = 2.0
"""Where the record of the least relief stops: twice all the relief there is, so that none would do."""


def _answer(kind: str, offer: str) -> Any:
    ends = {f"counter {a}d": end(name=f"{kind} {offer} counter {a}d") for a in ("refuse", "accepte")}
    counter = decision(
        "USA", f"counter to {offer}", {"refuse": ends["counter refused"], "accept": ends["counter accepted"]}
    )
    return decision(
        "PRK",
        f"{kind}, {offer}",
        {
            "refuse": end(name=f"{kind} {offer} refused"),
            "accept": end(name=f"{kind} {offer} accepted"),
            "counter": counter,
        },
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
            for kind in TYPES
        },
        "hidden share",
    ),
)


def _quarter(kind: str) -> Any:
    answers = {"keep": "forgiven", "snap back": "snapped", "abandon": "abandoned"}
    answer = decision("USA", "answer", {a: end(name=f"{kind} {name}") for a, name in answers.items()})
    detection = chance({"unseen": ("1/2", end(name=f"{kind} unseen")), "seen": ("1/2", answer)}, f"{kind}, detection")
    return decision("PRK", f"{kind}, keep?", {"comply": end(name=f"{kind} kept"), "breach": detection})


KEEPING = game("Keeping", ["PRK", "USA"], chance({kind: ("1/2", _quarter(kind)) for kind in TYPES}, "hidden share"))


def names(tree: Any) -> list[str]:
    """What the terminals of a game are called, in their order."""
    return [tree.outcomes[tree.nodes[n].outcome].name for n in tree.terminals]


def sets(tree: Any, *labels: str) -> tuple[int, ...]:
    """The information sets whose label ends so, in their order."""
    return tuple(i for i, s in enumerate(tree.infosets) if s.label.endswith(labels))


TYPE, TYPE_KEEPING = sets(OFFER, "hidden share")[0], sets(KEEPING, "hidden share")[0]
# one site for an answer, whichever offer and type it comes to
SITES = (
    tuple(i for i, s in enumerate(OFFER.infosets) if s.label.startswith(TYPES)),
    tuple(i for i, s in enumerate(OFFER.infosets) if s.label.startswith("counter to")),
)
SITES_KEEPING = (sets(KEEPING, "keep?"), sets(KEEPING, "detection"))


class Bargain(NamedTuple):
    """The deal in force, if any, and what is hidden and believed."""

    deal: Annotated[Real, "0 none, 1 small, 2 big"]
    snapback: Annotated[Real, "0 or 1"]
    relief: Annotated[Real, "share of all relief that the deal gives"]
    burnt: Annotated[Real, "recent failure, fading"]
    hidden: Annotated[Real, "hidden share: -1 not drawn yet, 0 low, 1 high"]
    heard: Annotated[Real, "log-odds by which Washington's belief has moved"]


def initial(p: Any, site: Site) -> Bargain:
    """1990: none; the type is drawn in the first month."""
    return Bargain(0.0, 0.0, 0.0, 0.0, -1.0, 0.0)


def hidden_share(p: Any, high: Any) -> Any:
    """Share of capacity at hidden sites of a type (0 low, 1 high): ``hidden_spread`` off the mean, 1 at most."""
    return jnp.minimum(p.hidden_share * (1.0 + p.hidden_spread * (2.0 * high - 1.0)), 1.0)


def frozen(s: Bargain, p: Any) -> Any:
    """Share of declared capacity that the deal in force freezes."""
    return jnp.where(s.deal > 1.5, 1.0, jnp.where(s.deal > 0.5, p.freeze_small, 0.0))


def appetite(d: Drivers, p: Any) -> Any:
    """Washington's appetite for a deal: that of outsiders (Trump, a later outsider), or of the rest."""
    return jnp.where(outsider(d), p.appetite_outsider, p.appetite_insider)


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


def _terms(p: Any, big: Any) -> tuple[Any, Any, Any]:
    """Relief in a deal, capacity it freezes and status it costs, as shares of all; big is 0 or 1."""
    return tuple(small + (1.0 - small) * big for small in (p.relief_small, p.freeze_small, p.status_small))


def counter_relief(p: Any) -> Any:
    """Share of all relief that Pyongyang's counter-offer asks for a small freeze."""
    return p.relief_small + (1.0 - p.relief_small) * p.counter_relief


def _price(p: Any, share: Any, hidden: Any, *, status: Any, warheads: Any, status_share: Any) -> Any:
    """What a freeze of some share costs Pyongyang, in log-odds; log(1 + warheads) / 4 is 1 at 54 warheads."""
    forgone = share * (1.0 - hidden)
    return p.weight_forgone_prk * forgone * jnp.log1p(warheads) / 4.0 + p.weight_status * status * status_share


def offer_payoffs(p: Any, *, appetite: Any, ladder: Any, warheads: Any, revenue: Any, status: Any) -> list[list[Any]]:
    """[terminal][USA, PRK] of the offer game, in the order of its terminals.

    Features: size and freeze of the deal, snapback, log(1 + warheads) / 4 (1 at 54 warheads), status (1 under the
    status line; a small deal costs a part of it), appetite of the president in office. A counter-offer costs Pyongyang
    ``counter_cost`` however it ends, and Washington as much as a plain refusal where it is refused.
    """
    table = {}

    def signed(relief: Any, freeze: Any, status_share: Any, hidden: Any, snap: float) -> list[Any]:
        worth = p.weight_forgone_usa * freeze * (1.0 - hidden) + p.weight_snap_usa * snap
        cost = _price(p, freeze, hidden, status=status, warheads=warheads, status_share=status_share)
        return [
            worth + appetite - p.cost_relief_usa * relief,
            relief_value(p, snap, ladder, revenue) * relief - cost,
        ]  # fmt: skip

    for high, kind in enumerate(TYPES):
        hidden = hidden_share(p, 1.0 * high)
        asked = signed(counter_relief(p), p.freeze_small, p.status_small, hidden, 0.0)
        table[f"{kind} none"] = [0.0, 0.0]
        for offer in OFFERS[1:]:
            deal = signed(*_terms(p, 1.0 * ("big" in offer)), hidden, 1.0 * ("snapback" in offer))
            table[f"{kind} {offer} refused"] = [-p.cost_refused, p.credit_refusal]
            table[f"{kind} {offer} accepted"] = deal
            table[f"{kind} {offer} counter refused"] = [-p.cost_refused, p.credit_refusal - p.counter_cost]
            table[f"{kind} {offer} counter accepted"] = [asked[0], asked[1] - p.counter_cost]
    return [table[name] for name in names(OFFER)]


def least_relief(p: Any, *, high: Any, ladder: Any, warheads: Any, revenue: Any, status: Any) -> Any:
    """Least share of all relief for which Pyongyang would sooner accept a small deal without snapback than refuse it.

    Where its worth is not above zero, or it asks for more, it is ``DEAREST``.
    """
    worth = relief_value(p, 0.0, ladder, revenue)
    cost = _price(
        p, p.freeze_small, hidden_share(p, high), status=status, warheads=warheads, status_share=p.status_small
    )
    asked = (cost + p.credit_refusal) / jnp.maximum(worth, 1e-6)
    return jnp.where(worth > 0.0, jnp.clip(asked, 0.0, DEAREST), jnp.where(cost + p.credit_refusal > 0.0, DEAREST, 0.0))


def keeping_payoffs(
    p: Any, *, appetite: Any, big: Any, relief: Any, snapback: Any, adopted: Any, revenue: Any
) -> list[list[Any]]:  # fmt: skip
    """[terminal][PRK, USA] of the keeping game, in the order of its terminals; against keeping the deal for PRK.

    A breach puts the relief of the deal at stake: all of it if Washington abandons; if it snaps back, all of it with
    snapback and a share (what one side takes back alone) without. Washington weighs what outlives the breach, less
    where more is hidden, by the appetite of the president in office: a new president inherits the deal, not the wish
    for it.

    Args:
        big: 1 for a big deal, 0 for a small one. relief: share of all relief that it gives.
        adopted: measures adopted, also those that the deal has eased.
    """
    _, freeze, _ = _terms(p, big)
    loss = relief_value(p, snapback, adopted, revenue) * relief
    taken = snapback + (1.0 - snapback) * p.reversal_share
    table = {}
    for high, kind in enumerate(TYPES):
        kept = p.weight_forgone_usa * freeze * (1.0 - hidden_share(p, 1.0 * high)) * p.breach_left
        left = kept + appetite - p.cost_relief_usa * relief
        table[f"{kind} kept"] = [0.0, 0.0]
        table[f"{kind} unseen"] = [p.gain_breach, 0.0]
        table[f"{kind} forgiven"] = [p.gain_breach, left - p.cost_refused]
        ends = -p.cost_end_usa * (1.0 - snapback)
        table[f"{kind} snapped"] = [p.gain_breach - loss * taken, p.weight_snap_usa * snapback + ends]
        table[f"{kind} abandoned"] = [p.gain_breach - loss, -p.cost_end_usa]
    return [table[name] for name in names(KEEPING)]


def belief(p: Any, heard: Any) -> tuple[Any, Any]:
    """Washington's chances (low, high) of the type, after what it has heard (log-odds)."""
    odds = jnp.log(p.hidden_high) - jnp.log1p(-p.hidden_high) + heard
    return jax.nn.sigmoid(-odds), jax.nn.sigmoid(odds)


def offer_chances(p: Any, heard: Any) -> dict[int, tuple[Any, Any]]:
    """Chance sets of the offer game: what Washington believes of the type."""
    return {TYPE: belief(p, heard)}


def keeping_chances(p: Any, heard: Any) -> dict[int, tuple[Any, Any]]:
    """Chance sets of the keeping game: the belief, and detection, which fails at a part of the hidden sites."""
    found = {i: (1.0 - q, q) for i, q in zip(sets(KEEPING, "detection"), _detected(p), strict=True)}
    return {TYPE_KEEPING: belief(p, heard), **found}


def _detected(p: Any) -> list[Any]:
    """Chance that a breach is detected, by type."""
    return [p.detection * (1.0 - p.detection_hidden * hidden_share(p, 1.0 * high)) for high in range(len(TYPES))]


def heard_at_the_table(played: Play, heard: Any) -> Any:
    """Log-odds heard after an offer: Bayes with the chances of Pyongyang's answer under either type (scalar)."""
    made = played.moves[sets(OFFER, "offer")[0]]
    odds: Any = jnp.float32(0.0)
    for number, offer in enumerate(OFFERS[1:], 1):
        low, high = (sets(OFFER, f"{kind}, {offer}")[0] for kind in TYPES)
        moved = _chosen(played, high) - _chosen(played, low)
        odds = jnp.where(made == number, moved, odds)
    return _moved(played, heard, odds)


def heard_in_a_quarter(played: Play, p: Any, heard: Any) -> Any:
    """Log-odds heard after a quarter under a deal: a breach that was seen, or none (scalar)."""
    low, high = (
        (played.probabilities[i][1] * q, played.probabilities[i][0] + played.probabilities[i][1] * (1.0 - q))
        for i, q in zip(sets(KEEPING, "keep?"), _detected(p), strict=True)
    )
    breach, quiet = (
        jnp.log(jnp.maximum(h, _FAINT)) - jnp.log(jnp.maximum(w, _FAINT)) for w, h in zip(low, high, strict=True)
    )
    seen = _any(played, names(KEEPING), " forgiven") | _any(played, names(KEEPING), " snapped")
    seen = seen | _any(played, names(KEEPING), " abandoned")
    return _moved(played, heard, jnp.where(seen, breach, quiet))


def _chosen(played: Play, infoset: int) -> Any:
    """Log chance of the answer that was given, had it been given at this set."""
    out = jnp.maximum(played.probabilities[infoset][0], _FAINT)
    for action, q in enumerate(played.probabilities[infoset][1:], 1):
        out = jnp.where(played.moves[infoset] == action, jnp.maximum(q, _FAINT), out)
    return jnp.log(out)


def _moved(played: Play, heard: Any, odds: Any) -> Any:
    """What was heard before and now, where anything was played; what hardly can be is not louder than ``_LOUDEST``."""
    anything = _reached(played, range(len(played.reached)))
    return jnp.where(anything, jnp.clip(heard + odds, -_LOUDEST, _LOUDEST), heard)


_FAINT = 1e-12
_LOUDEST = 10.0


def endings(game_name: str, p: Any, features: Mapping[str, Any]) -> tuple[list[str], Any]:
    """What an episode of ``episodes.yaml`` could end in, by its features: names of terminals, probabilities [terminal].

    Args:
        game_name: "offer" or "keeping".
        features: ladder, warheads, status, revenue, outsider; for keeping also big and snapback.

    Raises:
        KeyError: another game, or a feature is absent.
    """
    wish = jnp.where(features["outsider"] > 0.5, p.appetite_outsider, p.appetite_insider)
    if game_name not in ("offer", "keeping"):
        raise KeyError(game_name)
    if game_name == "offer":
        tree, nature = OFFER, offer_chances(p, 0.0)
        payoffs = offer_payoffs(
            p, appetite=wish, ladder=features["ladder"], warheads=features["warheads"],
            revenue=features["revenue"], status=features["status"],
        )  # fmt: skip
    else:
        tree, nature = KEEPING, keeping_chances(p, 0.0)
        relief, _, _ = _terms(p, features["big"])
        payoffs = keeping_payoffs(
            p, appetite=wish, big=features["big"], relief=relief, snapback=features["snapback"],
            adopted=features["ladder"], revenue=features["revenue"],
        )  # fmt: skip
    table = jnp.stack([jnp.stack([jnp.asarray(u, jnp.float32) for u in row]) for row in payoffs])
    given = {i: jnp.stack([jnp.asarray(q, jnp.float32) for q in row]) for i, row in nature.items()}
    shares, _ = quantal_response(tree, table, 1.0, chance=given)
    return names(tree), terminal_probabilities(tree, shares)


def month(
    s: Bargain, d: Drivers, p: Any, site: Site, t: Any, *, posture: Any, met: Any, ladder: Any, adopted: Any,
    warheads: Any, revenue: Any, line: Any,
) -> Bargain:  # fmt: skip
    """One month of the bargain.

    Args:
        posture: 0 when in talks. met: leaders met this month. ladder: measures in force. adopted: those and the eased.
        revenue: arms revenue against exports of 2016, a share. line: 1 under the status line.
    """
    free = s.deal < 0.5
    wish = appetite(d, p)
    drawn = site.event("deal.hidden", p.hidden_high, when=s.hidden < -0.5)
    high = site.value("deal.type", jnp.where(s.hidden < -0.5, 1.0 * drawn, s.hidden), options=TYPES)
    contact = site.event("talks", jnp.where(posture == 0, p.contact_talks, p.contact_else), index="PRK-USA", when=free)
    table = contact | met
    world = {"ladder": ladder, "warheads": warheads, "revenue": revenue, "status": line}
    offers = play(
        site, "deal", OFFER, offer_payoffs(p, appetite=wish, **world), precision=1.0,
        chance=offer_chances(p, s.heard), given={TYPE: high}, together=SITES, when=table & free & (posture == 0),
        iterations=STEPS,
    )  # fmt: skip
    endings = names(OFFER)
    accepted = {o: _any(offers, endings, f" {o} accepted") for o in OFFERS[1:]}
    countered = _any(offers, endings, " counter accepted")
    small = accepted["small"] | accepted["small with snapback"] | countered
    big = accepted["big"] | accepted["big with snapback"]
    snap = accepted["small with snapback"] | accepted["big with snapback"]
    refused = _any(offers, endings, " refused")

    quarter = (t % 3) == 0
    kept = play(
        site, "keep", KEEPING,
        keeping_payoffs(p, appetite=wish, big=1.0 * (s.deal > 1.5), relief=s.relief, snapback=s.snapback,
                        adopted=adopted, revenue=revenue),
        chance=keeping_chances(p, s.heard), given={TYPE_KEEPING: high}, together=SITES_KEEPING, when=quarter & ~free,
        iterations=STEPS,
    )  # fmt: skip
    snapped, abandoned = (_any(kept, names(KEEPING), f" {n}") for n in ("snapped", "abandoned"))
    played = jnp.where(snapped | abandoned, 0.0, jnp.where(big, 2.0, jnp.where(small, 1.0, s.deal)))
    # history is set here: which deals were in force is known, how they came about is not
    deal = site.value("deal.in_force", played, options=("none", "small", "big"))
    ended = ~free & (deal < 0.5)
    signed = (deal > 0.5) & (deal != s.deal)
    own = signed & (deal == played)
    snapback = jnp.where(deal < 0.5, 0.0, jnp.where(signed, 1.0 * (snap & own), s.snapback))
    usual = jnp.where(deal > 1.5, 1.0, p.relief_small)
    terms = jnp.where(countered & own, counter_relief(p), usual)
    relief = jnp.where(deal < 0.5, 0.0, jnp.where(signed, terms, s.relief))
    snap = snapback > 0.5
    for size, hit in (("small", signed & (deal < 1.5)), ("big", signed & (deal > 1.5))):
        for flag in ("yes", "no"):
            value = hit & (snap if flag == "yes" else ~snap)
            site.record("deal", value, kind="event", size=size, snapback=flag)
    site.record("deal.end", ended, kind="event")
    site.record("talks", contact, kind="event", pair="PRK-USA")
    site.record("deal.accept", _accept(offers, high, "small"), unit="probability")
    site.record("deal.accept.snapback", _accept(offers, high, "small with snapback"), unit="probability")
    site.record("deal.price", least_relief(p, high=high, **world), unit="share of all relief")
    heard = heard_in_a_quarter(kept, p, heard_at_the_table(offers, s.heard))
    failed = refused | ended
    return Bargain(
        deal, snapback, relief, jnp.maximum(p.failed_memory * s.burnt, 1.0 * failed), jnp.where(ended, -1.0, high),
        jnp.where(ended, 0.0, heard),
    )  # fmt: skip


def _reached(played: Play, terminals: Any) -> Any:
    out: Any = jnp.bool_(False)
    for k in terminals:
        out = out | played.reached[k]
    return out


def _any(played: Play, names: list[str], ending: str) -> Any:
    return _reached(played, [k for k, name in enumerate(names) if name.endswith(ending)])


def _accept(offers: Play, high: Any, offer: str) -> Any:
    """P(accept) of an offer by the type that Pyongyang has."""
    low, other = (
        offers.probabilities[i][OFFER.infosets[i].actions.index("accept")]
        for kind in TYPES
        for i in [next(k for k, s in enumerate(OFFER.infosets) if s.label == f"{kind}, {offer}")]
    )
    return jnp.where(high > 0.5, other, low)
