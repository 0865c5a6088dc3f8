"""Channels of trade and their enforcement (S2, S4, S5, S7).

Law:
    wanted_k      = base · share_k · demand · open, million USD a month, of minerals, seafood, textiles and other goods.
    flow_k        = wanted_k · (1 − bite · severity_k · min(1, enforcement)), what crosses in all.
    recorded_k    = wanted_k · (1 − stop_k), stop_k = severity_k (e + (1 − e) severity_k) with e = min(1, enforcement):
                  what customs show. Of a full ban they show nothing, however it is enforced; a cap or an exemption
                  is at the enforcer's discretion.
    evasion       = Σ (flow_k − recorded_k), latent: it earns, and no customs figure sees it.
    severity_k    of Council measures by sector (``council.severities``); a new one comes to bite over some months,
                  relief at once. Of other goods only a share is barred.
    enforcement   of China and of Russia moves by a quarterly logit choice {tighten, hold, relax}; China's is 1 in
                  2018 by definition, since base, severity and enforcement appear only as a product.
    demand_t      China's demand, log AR(1). Imports follow it, and the bans of the last rung (other goods, the same
                  resolution bars machinery both ways) cut a share of them.
    closed border cuts trade at once; after some months goods come back before people.
Source: customs by sector (UN Comtrade); sectors of resolutions 2270–2397. Sector figures are measured instead of
their total, since they sum to it: one origin, one observation. Coal, iron ore, seafood and apparel are nothing in the
customs of every year from 2018 on, so those figures say nothing of enforcement: caps (2016–17) and growth tell of it.
Effects of rivalry, cooperation and stance on enforcement have priors symmetric about zero (C8, C9, C15).
Unproven: Russia's enforcement (no customs data since 2022); the size of evasion. Market prices would tell of it if they
moved with earnings, but by year a dollar cost between 7,800 and 8,250 won from 2014 to 2020, while recorded exports
fell by nine tenths, and less in 2021, with the border closed: they stay beside the model.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.model import LogNormal, Normal, Real, Site

MOVES = ("tighten", "hold", "relax")
GOODS = ("minerals", "seafood", "textiles", "other")


class Channels(NamedTuple):
    """Stocks of trade."""

    china: Annotated[Real, "enforcement, 1 = China in 2018"]
    russia: Annotated[Real, "enforcement, 1 = China in 2018"]
    demand: Annotated[Real, "log"]
    trade_year: Annotated[Real, "recorded, million USD, this year so far"]
    trade_last: Annotated[Real, "recorded, million USD, last full year"]
    closed: Annotated[Real, "months the border has been closed"]
    minerals: Annotated[Real, "severity that bites, 0 to 1"]
    seafood: Annotated[Real, "severity that bites, 0 to 1"]
    textiles: Annotated[Real, "severity that bites, 0 to 1"]
    other: Annotated[Real, "severity that bites, 0 to 1"]
    labour: Annotated[Real, "severity that bites, 0 to 1"]
    minerals_year: Annotated[Real, "recorded, million USD, this year so far"]
    seafood_year: Annotated[Real, "recorded, million USD, this year so far"]
    textiles_year: Annotated[Real, "recorded, million USD, this year so far"]
    other_year: Annotated[Real, "recorded, million USD, this year so far"]
    minerals_last: Annotated[Real, "recorded, million USD, last full year"]
    seafood_last: Annotated[Real, "recorded, million USD, last full year"]
    textiles_last: Annotated[Real, "recorded, million USD, last full year"]
    other_last: Annotated[Real, "recorded, million USD, last full year"]


class Flows(NamedTuple):
    """What flowed this month, million USD; exports with what customs do not see."""

    exports: Any
    labour: Any
    other: Any


def initial(p: Any, site: Site) -> Channels:
    """1990: nothing to enforce; a year's trade at the demand of then is behind it."""
    start = dict.fromkeys(Channels._fields, 0.0)
    start |= {
        "china": p.enforcement_start,
        "russia": p.enforcement_start,
        "demand": p.demand_early,
        "trade_last": 600.0,
    }
    for k, share in _shares(p).items():
        start[f"{k}_last"] = 12.0 * p.export_base * share * jnp.exp(p.demand_early)
    return Channels(**start)


def _shares(p: Any) -> dict[str, Any]:
    weights = {
        "minerals": p.goods_minerals, "seafood": p.goods_seafood, "textiles": p.goods_textiles, "other": p.goods_other,
    }  # fmt: skip
    whole = sum(weights.values())
    return {k: w / whole for k, w in weights.items()}


def stop(severity: Any, enforced: Any) -> Any:
    """Share of a barred flow that customs no longer show; all of a full ban, a cap as far as it is enforced."""
    return severity * (enforced + (1.0 - enforced) * severity)


def month(
    s: Channels, d: Drivers, p: Any, site: Site, t: Any, *, severity: dict[str, Any], provocation: Any,
    coop: tuple[Any, Any], stance: tuple[Any, Any],
) -> tuple[Channels, Flows]:  # fmt: skip
    """One month of the channels.

    Args:
        severity: of Council measures by sector, 0 to 1. provocation: recent nuclear or long-range tests, fading.
        coop: (PRK–CHN, PRK–RUS). stance: (China's, Russia's) stance on denuclearisation, above 0 = firm.
    """
    of_year = t % 12 + 1
    quarter = (of_year % 3) == 1
    moved = {}
    for state, level, r, firm in (("CHN", s.china, coop[0], stance[0]), ("RUS", s.russia, coop[1], stance[1])):
        rival = p.enforcement_rivalry * (d.rivalry - p.rivalry_mean)
        strict = p.enforcement_provocation * provocation + rival - p.enforcement_cooperation * r
        strict = strict + p.enforcement_stance * p.omission_signal * firm
        war = p.enforcement_war * (d.war == 1) if state == "RUS" else 0.0
        move = site.choice(
            "enforcement.move", index=state, options=MOVES,
            utilities=(p.enforcement_move + strict - war, 0.0, p.enforcement_move - strict + war), when=quarter,
        )  # fmt: skip
        # `when` False gives option 0, which must not tighten
        step = jnp.where(quarter, jnp.where(move == 0, 1.0, jnp.where(move == 2, -1.0, 0.0)), 0.0)
        moved[state] = site.value(f"enforcement.{state}", jnp.clip(level + p.enforcement_step * step, 0.0, 1.25))
    # a what-if can keep enforcement where it stood, each member at its own level, whatever else is set
    kept = site.value("enforcement.kept", 0.0, unit="0 or 1") > 0.5
    china = jnp.where(kept, s.china, moved["CHN"])
    russia = jnp.where(kept, s.russia, moved["RUS"])
    site.record("enforcement.CHN", china, unit="1 = China in 2018")
    site.record("enforcement.RUS", russia, unit="1 = China in 2018")

    shock = site.draw("trade.demand.shock", Normal(0.0, p.demand_sd), unit="log")
    target = jnp.where(t >= 2010 * 12, p.demand_late, p.demand_early)
    demand = target + p.demand_memory * (s.demand - target) + shock
    closed = jnp.where(d.border > 0.5, s.closed + 1.0, 0.0)
    # goods come back before people: the cut fades after some months
    opened = 1.0 - p.border_cut * d.border * jnp.exp(-jnp.maximum(closed - p.border_hold, 0.0) / p.border_fade)
    held, held_russia = jnp.minimum(1.0, china), jnp.minimum(1.0, russia)
    felt = {}
    for sector, asked in severity.items():
        force = site.value("measure.severity", asked, index=sector)
        felt[sector] = jnp.minimum(force, getattr(s, sector) + 1.0 / p.ban_months)
    january = of_year == 1
    customs, crossed = {}, jnp.float32(0.0)
    for good, part in _shares(p).items():
        wanted = p.export_base * jnp.exp(demand) * part * opened
        barred = p.other_barred if good == "other" else 1.0
        customs[good] = wanted * (1.0 - barred * stop(felt[good], held))
        crossed = crossed + wanted * (1.0 - barred * p.measure_bite * felt[good] * held)
    exports = sum(customs.values())
    evasion = site.value("PRK.evasion.CHN", crossed - exports, unit="million USD/month")
    cut = p.import_bite * stop(felt["other"], held)
    imports = p.import_base * jnp.exp(demand - p.demand_late) * opened * (1.0 - cut)
    imports = imports + p.import_share * exports
    bite = p.measure_bite * felt["labour"]
    labour = p.labour_base * opened * (
        (1.0 - p.labour_russia) * (1.0 - bite * held) + p.labour_russia * (1.0 - bite * held_russia)
    )  # fmt: skip
    other = p.cyber_base * jnp.where(t >= 2016 * 12, 1.0, 0.0)

    years = {f"{k}_year": jnp.where(january, 0.0, getattr(s, f"{k}_year")) + customs[k] for k in GOODS}
    ended = january & (s.trade_year > 0.0)
    lasts = {f"{k}_last": jnp.where(ended, getattr(s, f"{k}_year"), getattr(s, f"{k}_last")) for k in GOODS}
    trade_last = jnp.where(ended, s.trade_year, s.trade_last)
    trade_year = jnp.where(january, 0.0, s.trade_year) + exports + imports
    for good in GOODS:
        # the logarithm of one million more, since a ban leaves nothing
        site.measure(
            "PRK.exports.CHN.log", Normal(jnp.log1p(lasts[f"{good}_last"]), p.sector_error), index=good,
            unit="log(1 + million USD/year)",
        )  # fmt: skip
    site.measure("PRK.trade.CHN", LogNormal(trade_last, p.customs_error), unit="million USD/year")
    site.record("PRK.exports.CHN", exports, unit="million USD/month")
    for good in GOODS:
        site.record("PRK.exports.CHN.sector", customs[good], unit="million USD/month", sector=good)
    site.record("PRK.evasion.CHN", evasion, unit="million USD/month")
    site.record("PRK.trade.CHN", exports + imports, unit="million USD/month")
    site.record("PRK.labour", labour, unit="million USD/month")
    new = Channels(china, russia, demand, trade_year, trade_last, closed, **felt, **years, **lasts)
    return new, Flows(exports + evasion, labour, other)
