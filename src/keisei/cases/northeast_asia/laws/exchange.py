"""The exchange with the patrons (S2, S7, S8): Nash-in-Nash over two links.

Law: `keisei.exchange` on the network

    RUS–PRK   shells, labour from PRK; cash, food and oil, technology of three classes from RUS
    CHN–PRK   deference from PRK; food and oil, cash (aid) from CHN

Utilities are over totals (U = Σ v X − ½ c X²), so that one patron's food lowers what the other's is worth and
hedging can
pay. Russia's worth of shells is its gap: front need while the war lasts, restocking towards a target after it
(D3), less its own output. Pyongyang's worth of food and cash rises with hardship.

    technology    air defence, space (satellite) and missile (decisive: re-entry, ICBM, submarine), each an amount
                  between 0 and 1, the most that could be given in a month. A first unit is worth
                  want = value · what Pyongyang lacks in that class to Pyongyang, and costs Russia
                  cost · e^(China effect · cooperation CHN–RUS − isolation effect · isolation). As cash changes hands,
                  about (want − cost)/(want + cost) is given where want > cost, else nothing. No prior decides which
                  is larger: value and cost have the same spread, and the median of the value is that of the cost
                  over what that class typically lacks.
    lacking       missiles: mean over ICBM and SLBM of 1 − σ(R) (`posture`); space: the vehicle's chance to fail
                  (`programme`); air defence: what earlier deliveries, which age, have not filled.
    China         minds missile technology in Pyongyang: what was given of late (a fading mean) raises or lowers its
                  worth of Pyongyang's deference, to bid for it or to turn away; Russia may heed it, by its cost above.
    transfer      a delivery comes to light with chance 1 − e^(−(rate · amount given + rate of false reports)): what
                  governments report of a class weighs how much of it is given.
|v_cash| = 1: everything is in million USD a month. Until the arms link opens nothing flows on it, and Pyongyang
bargains with China alone.
Source: Nash 1950; Horn & Wolinsky 1988. Amounts reported for shells: US NSC, South Korea, D2, D4 (measured with error);
transfers: Seoul, the sanctions monitoring team, D4.
Unproven: worth of technology and its cost to Russia (priors flat enough to let it be given); worth of deference;
how China takes missile technology in Pyongyang, and whether Russia heeds it.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.exchange import Link, Network, Terms, solve_network
from keisei.model import LogNormal, Real, Site

TECHNOLOGY = ("air_defence", "satellite", "missile")
GOODS = ("shells", "labour", *TECHNOLOGY, "food", "deference", "cash")
SEEN = ("air_defence", "satellite")  # classes of which governments have reported transfers
NETWORK = Network(
    parties=("RUS", "CHN", "PRK"),
    goods=GOODS,
    links=(
        Link(
            "RUS",
            "PRK",
            (("shells", "PRK"), ("labour", "PRK"), *((t, "RUS") for t in TECHNOLOGY), ("food", "RUS"), ("cash", "RUS")),
        ),
        Link("CHN", "PRK", (("deference", "PRK"), ("food", "CHN"), ("cash", "CHN"))),
    ),
    linear=("cash",),
)
_FLOWS = ("shells", "labour", *TECHNOLOGY, "food_rus", "cash_rus", "deference", "food_chn", "cash_chn")
_ARMS = _FLOWS[:7]  # what flows on the link with Russia


_ROUNDS = 12  # of bargains a quarter, on last quarter's bundles


class Exchange(NamedTuple):
    """Last month's bundles, Russia's stock and Pyongyang's."""

    shells: Annotated[Real, "thousand rounds/month"]
    labour: Annotated[Real, "thousand man-months/month"]
    air_defence: Annotated[Real, "share of the most a month"]
    satellite: Annotated[Real, "share of the most a month"]
    missile: Annotated[Real, "share of the most a month"]
    food_rus: Annotated[Real, "million USD/month"]
    cash_rus: Annotated[Real, "million USD/month"]
    deference: Annotated[Real, "index"]
    food_chn: Annotated[Real, "million USD/month"]
    cash_chn: Annotated[Real, "million USD/month"]
    gap: Annotated[Real, "thousand rounds below Russia's target"]
    stock: Annotated[Real, "thousand rounds in Pyongyang"]
    rounds: Annotated[Real, "thousand rounds shipped so far"]
    revenue: Annotated[Real, "million USD earned from arms so far"]
    defence: Annotated[Real, "share of the air defence wanted that Russia's deliveries fill"]
    given: Annotated[Real, "missile technology given of late, fading (share of the most a month)"]


class Wants(NamedTuple):
    """Technology: what a first unit is worth to Pyongyang and costs Russia, by class (million USD a unit a month)."""

    worth: tuple[Any, ...]
    cost: tuple[Any, ...]


def initial(p: Any, site: Site) -> Exchange:
    """1990: no arms exchange; a stock of shells."""
    none = 0.0
    return Exchange(
        none, none, none, none, none, none, none, none, none, none, none, p.shell_stock, none, none, none, none,
    )  # fmt: skip


def wants(s: Exchange, d: Drivers, p: Any, *, lacking: tuple[Any, Any], china_russia: Any) -> Wants:
    """Worth and cost of technology; ``lacking`` in space and missile technology (shares), ``china_russia`` (sd)."""
    defence, space, missiles = 1.0 - s.defence, *lacking
    ease = jnp.exp(p.technology_china * china_russia - p.technology_isolation * d.isolation)
    return Wants(
        (p.air_defence_value * defence, p.satellite_value * space, p.missile_value * missiles),
        (p.air_defence_cost * ease, p.satellite_cost * ease, p.missile_cost * ease),
    )


def terms(
    s: Exchange, d: Drivers, p: Any, *, hardship: Any, technology: Wants, coop: tuple[Any, Any], live: Any
) -> Terms:
    """What the parties want this month; ``live`` is 1 where the arms link is open, else 0."""
    war = d.war == 1
    want = p.shell_value * jnp.where(war, 1.0, p.restock_share) * jnp.clip(s.gap / p.shell_target, 0.0, 1.5)
    need = 1.0 + p.food_hardship * jnp.maximum(hardship, 0.0)
    zero, one = jnp.float32(0.0), jnp.float32(1.0)
    have = jnp.clip(s.stock / p.shell_stock, 0.0, 2.0)
    shell_cost = p.shell_cost / jnp.maximum(have, 0.05)
    favour = p.deference_value * jnp.exp(
        p.deference_technology * s.given - p.deference_rivalry * (d.rivalry - p.rivalry_mean)
    )
    none = (zero,) * len(TECHNOLOGY)
    value = (
        (want, p.labour_value * (1.0 + p.labour_war * war), *technology.cost, one, zero, one),
        (zero, zero, *none, one, favour, one),
        (shell_cost, p.labour_cost, *technology.worth, p.food_value * need,
         p.deference_cost * jnp.exp(0.2 * coop[1]), one),
    )  # fmt: skip
    curvature = (
        (want / p.shell_cap, p.labour_value / p.labour_cap, *technology.cost, zero + 0.002, zero + 1e-3, zero),
        (zero + 1e-3, zero + 1e-3, *none, zero + 0.002, zero + p.deference_value, zero),
        (zero + p.shell_cost / p.shell_cap, zero + p.labour_cost / p.labour_cap,
         *technology.worth, p.food_value * need / p.food_cap, zero + p.deference_cost, zero),
    )  # fmt: skip
    closed = 1.0 - 0.8 * d.border
    cap = (
        live * jnp.minimum(p.shell_cap, 0.1 * s.stock), live * p.labour_cap * closed, *(live for _ in TECHNOLOGY),
        live * p.food_cap * closed, live * p.cash_cap, 1.0, p.food_cap * closed, p.cash_cap,
    )  # fmt: skip
    return Terms(value, curvature, cap, (p.power_russia, p.power_china))


def month(
    s: Exchange, d: Drivers, p: Any, site: Site, t: Any, *, hardship: Any, lacking: tuple[Any, Any],
    coop: tuple[Any, Any, Any],
) -> Exchange:  # fmt: skip
    """One month of the exchange; each quarter the bundles are bargained anew, warm-started from the last ones.

    Args:
        hardship: fall of output against its trend (share). lacking: what Pyongyang lacks in space and in missile
            technology (shares). coop: cooperation of PRK–CHN, PRK–RUS and CHN–RUS (sd).
    """
    # trust opens the arms link: without it nothing illegal is traded
    opened = site.event("arms.link", p.link_hazard * jnp.where(d.war == 1, 1.0, p.link_peace), when=s.shells <= 0.0)
    live = jnp.where((s.shells > 0.0) | opened, 1.0, 0.0)
    technology = wants(s, d, p, lacking=lacking, china_russia=coop[2])
    wanted = terms(s, d, p, hardship=hardship, technology=technology, coop=coop[:2], live=live)
    held = tuple(jnp.asarray(x, jnp.float32) for x in s[: len(_FLOWS)])

    def bargain() -> tuple[Any, Any]:
        bundle, report = solve_network(NETWORK, wanted, held, rounds=_ROUNDS, steps=12)
        return tuple(jnp.asarray(x, jnp.float32) for x in bundle), jnp.asarray(report.residual, jnp.float32)

    # contracts are for a quarter; what was agreed holds in between
    bundle, residual = jax.lax.cond(t % 3 == 0, bargain, lambda: (held, jnp.float32(0.0)))
    flows = {}
    for name, amount in zip(_FLOWS, bundle, strict=True):
        flows[name] = site.value("exchange", jnp.nan_to_num(amount) * (live if name in _ARMS else 1.0), index=name)
    for name in SEEN:
        light = p.transfer_seen * flows[name] + p.transfer_false
        site.event("transfer", 1.0 - jnp.exp(-light), index=name)
    shells = jnp.where(live > 0.5, jnp.maximum(flows["shells"], 1e-3), 0.0)
    need = jnp.where(d.war == 1, p.front_use, 0.0)
    own = p.shell_output * jnp.where(d.war == 0, 0.0, 1.0)
    gap = jnp.clip(s.gap + need - own - shells, 0.0, 2.0 * p.shell_target)
    stock = jnp.maximum(s.stock + p.shell_make - shells, 0.0)
    rounds = s.rounds + shells
    given = sum((flows[name] for name in TECHNOLOGY), jnp.float32(0.0))
    revenue_month = jnp.where(live > 0.5, flows["cash_rus"] + flows["food_rus"] + p.technology_price * given, 0.0)
    revenue = s.revenue + revenue_month
    site.measure("arms.rounds.total", LogNormal(jnp.maximum(rounds, 1.0), p.rounds_error), unit="thousand rounds")
    site.measure("arms.revenue.total", LogNormal(jnp.maximum(revenue, 1.0), p.revenue_error), unit="million USD")
    site.record("arms.rounds", shells * 1000.0, unit="rounds/month")
    site.record("arms.revenue", revenue_month * 1e6, unit="USD/month")
    missing = [cost - worth for worth, cost in zip(technology.worth, technology.cost, strict=True)]
    site.record("arms.technology.air_defence", flows["air_defence"], unit="share of the most a month")
    site.record("arms.technology.satellite", flows["satellite"], unit="share of the most a month")
    site.record("arms.technology.missile", flows["missile"], unit="share of the most a month")
    site.record("arms.technology.air_defence.shortfall", missing[0], unit="million USD/unit")
    site.record("arms.technology.satellite.shortfall", missing[1], unit="million USD/unit")
    site.record("arms.technology.missile.shortfall", missing[2], unit="million USD/unit")
    site.record("exchange.food.RUS", flows["food_rus"], unit="million USD/month")
    site.record("exchange.food.CHN", flows["food_chn"], unit="million USD/month")
    site.record("exchange.deference", flows["deference"], unit="index")
    site.record("exchange.residual", residual, unit="relative")
    defence = s.defence + p.defence_fill * flows["air_defence"] * (1.0 - s.defence) - p.ready_ageing / 12.0 * s.defence
    return Exchange(
        shells, flows["labour"], flows["air_defence"], flows["satellite"], flows["missile"], flows["food_rus"],
        flows["cash_rus"], flows["deference"], flows["food_chn"], flows["cash_chn"], gap, stock, rounds, revenue,
        jnp.clip(defence, 0.0, 1.0), s.given * p.given_memory + (1.0 - p.given_memory) * flows["missile"],
    )  # fmt: skip


def arms_share(s: Exchange, p: Any) -> Any:
    """The arms trade as a share of what could be shipped."""
    return jnp.clip(s.shells / p.shell_cap, 0.0, 1.0)


__all__ = ["NETWORK", "SEEN", "TECHNOLOGY", "Exchange", "Wants", "arms_share", "initial", "month", "terms", "wants"]
