"""The exchange with the patrons (S2, S7, S8): Nash-in-Nash over two links.

Law: `keisei.exchange` on the network

    RUS–PRK   shells, labour from PRK; cash, food and oil, technology from RUS
    CHN–PRK   deference from PRK; food and oil, cash (aid) from CHN

Utilities are over totals (U = Σ v X − ½ c X²), so that one patron's food lowers what the other's is worth and
hedging can
pay. Russia's worth of shells is its gap: front need while the war lasts, restocking towards a target after it
(D3), less its own output. Pyongyang's worth of food and cash rises with hardship. China loses by technology in
Pyongyang (a watch), but no link of its own carries any, so that the loss is the same with and without a bargain and
moves nothing.
|v_cash| = 1: everything is in million USD a month.
Source: Nash 1950; Horn & Wolinsky 1988. Amounts reported for shells: US NSC, South Korea, D2, D4 (measured with error).
Unproven: worth of technology and its cost to Russia (priors flat enough to let it be given); worth of deference;
China's loss from technology in Pyongyang, which changes nothing here.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.exchange import Link, Network, Terms, solve_network
from keisei.model import LogNormal, Real, Site

GOODS = ("shells", "labour", "technology", "food", "deference", "cash")
NETWORK = Network(
    parties=("RUS", "CHN", "PRK"),
    goods=GOODS,
    links=(
        Link(
            "RUS",
            "PRK",
            (("shells", "PRK"), ("labour", "PRK"), ("technology", "RUS"), ("food", "RUS"), ("cash", "RUS")),
        ),
        Link("CHN", "PRK", (("deference", "PRK"), ("food", "CHN"), ("cash", "CHN"))),
    ),
    linear=("cash",),
    watches=(("CHN", "PRK", "technology"),),
)
_FLOWS = ("shells", "labour", "technology", "food_rus", "cash_rus", "deference", "food_chn", "cash_chn")


class Exchange(NamedTuple):
    """Last month's bundles, Russia's stock and Pyongyang's."""

    shells: Annotated[Real, "thousand rounds/month"]
    labour: Annotated[Real, "thousand man-months/month"]
    technology: Annotated[Real, "index/month"]
    food_rus: Annotated[Real, "million USD/month"]
    cash_rus: Annotated[Real, "million USD/month"]
    deference: Annotated[Real, "index"]
    food_chn: Annotated[Real, "million USD/month"]
    cash_chn: Annotated[Real, "million USD/month"]
    gap: Annotated[Real, "thousand rounds below Russia's target"]
    stock: Annotated[Real, "thousand rounds in Pyongyang"]
    rounds: Annotated[Real, "thousand rounds shipped so far"]
    revenue: Annotated[Real, "million USD earned from arms so far"]


def initial(p: Any, site: Site) -> Exchange:
    """1990: no arms exchange; a stock of shells."""
    none = 0.0
    return Exchange(none, none, none, none, none, none, none, none, none, p.shell_stock, none, none)


def terms(s: Exchange, d: Drivers, p: Any, *, hardship: Any, missile_gap: Any, coop: tuple[Any, Any]) -> Terms:
    """What the parties want this month."""
    war = d.war == 1
    want = p.shell_value * jnp.where(war, 1.0, p.restock_share) * jnp.clip(s.gap / p.shell_target, 0.0, 1.5)
    need = 1.0 + p.food_hardship * jnp.maximum(hardship, 0.0)
    zero = jnp.float32(0.0)
    have = jnp.clip(s.stock / p.shell_stock, 0.0, 2.0)
    shell_cost = p.shell_cost / jnp.maximum(have, 0.05)
    tech_cost = p.technology_cost * jnp.exp(-p.technology_isolation * d.isolation)
    value = (
        (want, p.labour_value * (1.0 + p.labour_war * war), tech_cost, jnp.float32(1.0), zero, jnp.float32(1.0)),
        (zero, zero, zero, jnp.float32(1.0), p.deference_value * jnp.exp(-p.deference_rivalry * (d.rivalry -
        p.rivalry_mean)),
         jnp.float32(1.0)),
        (shell_cost, p.labour_cost, p.technology_value * jnp.maximum(missile_gap, 0.05), p.food_value * need,
         p.deference_cost * jnp.exp(0.2 * coop[1]), jnp.float32(1.0)),
    )  # fmt: skip
    curvature = (
        (want / p.shell_cap, p.labour_value / p.labour_cap, tech_cost, zero + 0.002, zero + 1e-3, zero),
        (zero + 1e-3, zero + 1e-3, zero + 1e-3, zero + 0.002, zero + p.deference_value, zero),
        (zero + p.shell_cost / p.shell_cap, zero + p.labour_cost / p.labour_cap,
         p.technology_value, p.food_value * need / p.food_cap, zero + p.deference_cost, zero),
    )  # fmt: skip
    closed = 1.0 - 0.8 * d.border
    cap = (
        jnp.minimum(p.shell_cap, 0.1 * s.stock), p.labour_cap * closed, 1.0, p.food_cap * closed, p.cash_cap,
        1.0, p.food_cap * closed, p.cash_cap,
    )  # fmt: skip
    power = (p.power_russia, p.power_china)
    return Terms(
        value, curvature, cap, power, watch_value=(-p.china_fear,), watch_curvature=(zero + 1e-3,)
    )  # fmt: skip


def month(
    s: Exchange, d: Drivers, p: Any, site: Site, t: Any, *, hardship: Any, missile_gap: Any, coop: tuple[Any, Any]
) -> Exchange:
    """One month of the exchange; each quarter the bundles are bargained anew, warm-started from the last ones."""
    wants = terms(s, d, p, hardship=hardship, missile_gap=missile_gap, coop=coop)
    held = tuple(jnp.asarray(x, jnp.float32) for x in s[:8])

    def bargain() -> tuple[Any, Any]:
        bundle, report = solve_network(NETWORK, wants, held, rounds=4, steps=12)
        return tuple(jnp.asarray(x, jnp.float32) for x in bundle), jnp.asarray(report.residual, jnp.float32)

    # contracts are for a quarter; what was agreed holds in between
    bundle, residual = jax.lax.cond(t % 3 == 0, bargain, lambda: (held, jnp.float32(0.0)))
    # trust opens the arms link: without it nothing illegal is traded
    opened = site.event("arms.link", p.link_hazard * jnp.where(d.war == 1, 1.0, p.link_peace), when=s.shells <= 0.0)
    live = jnp.where((s.shells > 0.0) | opened, 1.0, 0.0)
    flows = {}
    for name, amount in zip(_FLOWS, bundle, strict=True):
        arms = name in ("shells", "technology", "cash_rus", "food_rus", "labour")
        value = jnp.nan_to_num(amount) * (live if arms else 1.0)
        flows[name] = site.value("exchange", value, index=name)
    shells = jnp.where(live > 0.5, jnp.maximum(flows["shells"], 1e-3), 0.0)
    need = jnp.where(d.war == 1, p.front_use, 0.0)
    own = p.shell_output * jnp.where(d.war == 0, 0.0, 1.0)
    gap = jnp.clip(s.gap + need - own - shells, 0.0, 2.0 * p.shell_target)
    stock = jnp.maximum(s.stock + p.shell_make - shells, 0.0)
    rounds = s.rounds + shells
    revenue_month = jnp.where(
        live > 0.5, flows["cash_rus"] + flows["food_rus"] + p.technology_price * flows["technology"], 0.0
    )
    revenue = s.revenue + revenue_month
    site.measure("arms.rounds.total", LogNormal(jnp.maximum(rounds, 1.0), p.rounds_error), unit="thousand rounds")
    site.measure("arms.revenue.total", LogNormal(jnp.maximum(revenue, 1.0), p.revenue_error), unit="million USD")
    site.record("arms.rounds", shells * 1000.0, unit="rounds/month")
    site.record("arms.revenue", revenue_month * 1e6, unit="USD/month")
    site.record("arms.technology", flows["technology"], unit="index/month")
    site.record("exchange.food.RUS", flows["food_rus"], unit="million USD/month")
    site.record("exchange.food.CHN", flows["food_chn"], unit="million USD/month")
    site.record("exchange.deference", flows["deference"], unit="index")
    site.record("exchange.residual", residual, unit="relative")
    return Exchange(
        shells, flows["labour"], flows["technology"], flows["food_rus"], flows["cash_rus"], flows["deference"],
        flows["food_chn"], flows["cash_chn"], gap, stock, rounds, revenue,
    )  # fmt: skip


def arms_share(s: Exchange, p: Any) -> Any:
    """The arms trade as a share of what could be shipped."""
    return jnp.clip(s.shells / p.shell_cap, 0.0, 1.0)


__all__ = ["NETWORK", "Exchange", "arms_share", "initial", "month", "terms"]
