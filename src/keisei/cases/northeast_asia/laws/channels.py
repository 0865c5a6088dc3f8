"""Channels of trade and their enforcement (S2, S4, S5, S7).

Law:
    flow_k        = base_k · demand · open · (1 − severity_k · min(1, enforcement)), million USD a month.
    severity_k    is a step that the ladder of Council measures reaches: clip((ladder − start_k)/width).
    enforcement   of China and of Russia moves by a quarterly logit choice {tighten, hold, relax}; China's is 1 in
                  2018 by
                  definition, since base, severity and enforcement appear only as a product.
    demand_t      China's demand, log AR(1). Imports follow it, and the last rung of the ladder cuts a share of them.
    closed border cuts trade at once; after some months goods come back before people.
Source: customs totals (UN Comtrade); sectors of resolutions 2270–2397. Effects of rivalry, cooperation and stance on
enforcement have priors symmetric about zero (C8, C9, C15).
Unproven: Russia's enforcement (no customs data since 2022).
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.model import LogNormal, Normal, Real, Site

MOVES = ("tighten", "hold", "relax")
SECTORS = ("minerals", "seafood", "textiles", "other")


class Channels(NamedTuple):
    """Stocks of trade."""

    china: Annotated[Real, "enforcement, 1 = China in 2018"]
    russia: Annotated[Real, "enforcement, 1 = China in 2018"]
    demand: Annotated[Real, "log"]
    exports_year: Annotated[Real, "million USD, this year so far"]
    trade_year: Annotated[Real, "million USD, this year so far"]
    exports_last: Annotated[Real, "million USD, last full year"]
    trade_last: Annotated[Real, "million USD, last full year"]
    closed: Annotated[Real, "months the border has been closed"]


class Flows(NamedTuple):
    """What flowed this month, million USD."""

    exports: Any
    labour: Any
    other: Any


def initial(p: Any, site: Site) -> Channels:
    """1990: nothing to enforce."""
    return Channels(p.enforcement_start, p.enforcement_start, p.demand_early, 0.0, 0.0, 300.0, 600.0, 0.0)


def month(
    s: Channels, d: Drivers, p: Any, site: Site, t: Any, *, ladder: Any, provocation: Any, coop: tuple[Any, Any],
    stance: tuple[Any, Any],
) -> tuple[Channels, Flows]:  # fmt: skip
    """One month of the channels.

    Args:
        ladder: level of Council measures, 0 to 1. provocation: recent nuclear or long-range tests, fading.
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
        site.record(f"enforcement.{state}", moved[state], unit="1 = China in 2018")

    shock = site.draw("trade.demand.shock", Normal(0.0, p.demand_sd), unit="log")
    target = jnp.where(t >= 2010 * 12, p.demand_late, p.demand_early)
    demand = target + p.demand_memory * (s.demand - target) + shock
    closed = jnp.where(d.border > 0.5, s.closed + 1.0, 0.0)
    # goods come back before people: the cut fades after some months
    opened = 1.0 - p.border_cut * d.border * jnp.exp(-jnp.maximum(closed - p.border_hold, 0.0) / p.border_fade)
    held = jnp.minimum(1.0, moved["CHN"])
    shares = {
        "minerals": p.share_minerals, "seafood": p.share_seafood, "textiles": p.share_textiles,
        "other": 1.0 - p.share_minerals - p.share_seafood - p.share_textiles,
    }  # fmt: skip
    starts = {
        "minerals": p.ladder_minerals, "seafood": p.ladder_seafood, "textiles": p.ladder_textiles,
        "other": p.ladder_other,
    }  # fmt: skip
    exports: Any = 0.0
    for sector in SECTORS:
        severity = site.value("measure.severity", jnp.clip((ladder - starts[sector]) / 0.1, 0.0, 1.0), index=sector)
        flow = p.export_base * jnp.exp(demand) * shares[sector] * opened * (1.0 - p.measure_bite * severity * held)
        exports = exports + flow
    exports = site.value("PRK.exports.CHN.month", exports, unit="million USD/month")
    barred = jnp.clip((ladder - p.ladder_other) / 0.1, 0.0, 1.0) * held
    imports = p.import_base * jnp.exp(demand - p.demand_late) * opened * (1.0 - p.import_bite * barred)
    imports = imports + p.import_share * exports
    banned = jnp.clip((ladder - p.ladder_labour) / 0.1, 0.0, 1.0)
    labour = p.labour_base * opened * (
        0.5 * (1.0 - p.measure_bite * banned * held)
        + 0.5 * (1.0 - p.measure_bite * banned * jnp.minimum(1.0, moved["RUS"]))
    )  # fmt: skip
    other = p.cyber_base * jnp.where(t >= 2016 * 12, 1.0, 0.0)

    january = of_year == 1
    exports_last = jnp.where(january & (s.exports_year > 0.0), s.exports_year, s.exports_last)
    trade_last = jnp.where(january & (s.trade_year > 0.0), s.trade_year, s.trade_last)
    exports_year = jnp.where(january, 0.0, s.exports_year) + exports
    trade_year = jnp.where(january, 0.0, s.trade_year) + exports + imports
    site.measure("PRK.exports.CHN", LogNormal(exports_last, p.customs_error), unit="million USD/year")
    site.measure("PRK.trade.CHN", LogNormal(trade_last, p.customs_error), unit="million USD/year")
    site.record("PRK.exports.CHN", exports, unit="million USD/month")
    site.record("PRK.trade.CHN", exports + imports, unit="million USD/month")
    site.record("PRK.labour", labour, unit="million USD/month")
    new = Channels(moved["CHN"], moved["RUS"], demand, exports_year, trade_year, exports_last, trade_last, closed)
    return new, Flows(exports, labour, other)
