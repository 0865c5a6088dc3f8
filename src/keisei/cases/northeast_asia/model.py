"""The Northeast Asia model: one month, law by law (see `laws`)."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp

from keisei import months
from keisei.cases.northeast_asia.laws import (
    allies,
    bargain,
    channels,
    council,
    diplomacy,
    drivers,
    economy,
    exchange,
    posture,
    programme,
    words,
)
from keisei.model import Model, Parameters, Site

START, END = months.parse("1990-01"), months.parse("2035-12")


class State(NamedTuple):
    """The state of the board."""

    drivers: drivers.Drivers
    posture: posture.Posture
    programme: programme.Programme
    channels: channels.Channels
    economy: economy.Economy
    exchange: exchange.Exchange
    council: council.Council
    diplomacy: diplomacy.Diplomacy
    words: words.Words
    bargain: bargain.Bargain
    allies: allies.Allies


def initial(p: Any, site: Site) -> State:
    """The board before 1990-01."""
    return State(*(law.initial(p, site) for law in _LAWS))


def month(s: State, p: Any, site: Site, t: Any) -> State:
    """One month: drivers, intent and tests, the Council, the exchange, trade and economy, diplomacy, words, bargain."""
    world = drivers.month(s.drivers, p, site, t)
    coop = (s.diplomacy.prk_chn, s.diplomacy.prk_rus)
    frozen = bargain.frozen(s.bargain, p)
    hard = economy.hardship(s.economy)
    intent, launched = posture.month(
        s.posture._replace(failed=jnp.maximum(s.posture.failed, s.bargain.burnt)), world, p, site, t,
        patrons=0.5 * (coop[0] + coop[1]), hardship=hard, transfer=s.exchange.missile, frozen=frozen,
    )  # fmt: skip
    # what a freeze does not reach is the type that the bargain has drawn; none is in force before it is
    hidden = bargain.hidden_share(p, jnp.maximum(s.bargain.hidden, 0.0))
    bombs, tested = programme.month(
        s.programme._replace(hidden=hidden), world, p, site, t, posture=intent.posture, tempo=intent.tempo,
        transfer=s.exchange.satellite, frozen=frozen,
    )  # fmt: skip
    body = council.month(
        s.council, world, p, site, t, nuclear=tested.nuclear, long_range=launched.icbm + tested.satellite,
        other=launched.days, coop=coop, relief=s.bargain.relief, snapback=s.bargain.snapback,
        appetite=bargain.appetite(world, p),
    )  # fmt: skip
    swap = exchange.month(
        s.exchange, world, p, site, t, hardship=hard, lacking=(programme.missing(bombs), posture.missing(intent)),
        coop=(*coop, s.diplomacy.chn_rus),
    )  # fmt: skip
    trade, flows = channels.month(
        s.channels, world, p, site, t, severity=council.severities(body, p), provocation=body.trigger, coop=coop,
        stance=(s.words.china, s.words.russia),
    )  # fmt: skip
    earned = flows.exports + flows.labour + flows.other + swap.cash_rus + swap.food_rus + swap.food_chn + swap.cash_chn
    output = economy.month(s.economy, world, p, site, t, earnings=earned)
    ties, met = diplomacy.month(
        s.diplomacy,
        world,
        p,
        site,
        t,
        posture=intent.posture,
        arms=exchange.arms_share(swap, p),
        provocation=body.trigger,
        stance=s.words.china - p.stance_start,
    )
    said = words.month(
        s.words, world, p, site, t, met={"PRK-CHN": met.prk_chn, "PRK-RUS": met.prk_rus}, three=met.three
    )
    deal = bargain.month(
        s.bargain, world, p, site, t, posture=intent.posture, met=met.prk_usa, ladder=council.in_force(body),
        adopted=body.ladder, warheads=bombs.warheads, revenue=(swap.cash_rus + swap.food_rus) / p.export_base,
        line=intent.line,
    )  # fmt: skip
    seoul = allies.month(s.allies, world, p, site, t, provocation=body.trigger)
    return State(world, intent, bombs, trade, output, swap, body, ties, said, deal, seoul)


_LAWS = (
    drivers, posture, programme, channels, economy, exchange, council, diplomacy, words, bargain, allies,
)  # fmt: skip


episode = bargain.endings


def build(parameters: Parameters) -> Model:
    """The model under some parameters."""
    return Model("northeast_asia", month, initial, parameters, START, END)
