"""North Korea's economy (S3).

Law:
    g_t (month)   = trend/12 + k_e · Δ(earnings/output) + k_h · harvest/12 − k_b · Δborder + σ ε
    growth (year) = 100 · (Σ output this year / Σ output last year − 1), measured with the maker's error.
    reserve       F: earnings − imports, imports = m · earnings + φ (F − F*); F is not identified.
Source: Bank of Korea's estimates; the ratio of annual sums is what the maker reports. k_e has a prior symmetric about
zero (C3). Output is scaled by the 2018 estimate of income and appears only in the ratio earnings/output.
Unproven: the harvest.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.model import Normal, Real, Site


class Economy(NamedTuple):
    """Stocks of the economy."""

    output: Annotated[Real, "million USD/month"]
    trend: Annotated[Real, "log of output the trend would give"]
    this_year: Annotated[Real, "million USD"]
    last_year: Annotated[Real, "million USD"]
    earnings: Annotated[Real, "million USD/month, last month"]
    border: Annotated[Real, "last month"]
    reserve: Annotated[Real, "million USD"]
    growth: Annotated[Real, "percent a year, last full year"]


def initial(p: Any, site: Site) -> Economy:
    """1990, in the middle of the fall."""
    return Economy(
        output=p.output_start, trend=jnp.log(p.output_start), this_year=0.0, last_year=12.0 * p.output_start,
        earnings=p.earnings_start, border=0.0, reserve=p.reserve_target, growth=0.0,
    )  # fmt: skip


def month(s: Economy, d: Drivers, p: Any, site: Site, t: Any, *, earnings: Any) -> Economy:
    """One month of output; ``earnings`` is foreign currency earned, million USD."""
    of_year, year = t % 12 + 1, t // 12
    crisis = year < 1999
    drift = jnp.where(crisis, p.growth_crisis, p.growth_trend) / 1200.0
    squeeze = (earnings - s.earnings) / s.output
    shock = site.draw("PRK.growth.shock", Normal(0.0, p.growth_sd / 100.0), unit="log/month")
    rate = drift + p.growth_earnings * squeeze + p.growth_harvest / 1200.0 * d.harvest + shock
    rate = rate - p.growth_border / 100.0 * (d.border - s.border)
    output = s.output * jnp.exp(jnp.clip(rate, -0.2, 0.2))
    january = of_year == 1
    last_year = jnp.where(january & (s.this_year > 0.0), s.this_year, s.last_year)
    this_year = jnp.where(january, 0.0, s.this_year) + output
    december = of_year == 12
    growth = jnp.where(december, 100.0 * (this_year / last_year - 1.0), s.growth)
    site.measure("PRK.gdp_growth", Normal(s.growth, p.growth_error), unit="percent a year")
    imports = p.import_propensity * earnings + p.reserve_speed * (s.reserve - p.reserve_target)
    reserve = jnp.maximum(s.reserve + earnings - imports, 0.0)
    site.record("PRK.gdp_growth", growth, unit="percent a year")
    site.record("PRK.output", output, unit="million USD/month")
    site.record("PRK.foreign_currency", reserve, unit="million USD")
    return Economy(output, s.trend + drift, this_year, last_year, earnings, d.border, reserve, growth)


def hardship(s: Economy) -> Any:
    """How far output lies under its trend, as a share (negative above it)."""
    return s.trend - jnp.log(s.output)
