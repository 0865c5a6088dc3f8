"""South Korea's own deterrent (S13).

Law:
    support       share for own nuclear arms, AR(1) on the logit, raised by tests; measured by pollster with a bias
                  each.
    hedge, go     events with logit hazards in support, government and the umbrella (C13: both effects symmetric).
Source: polls by KINU, Asan and others. Neither step has been taken; the priors carry the hazards.
Unproven: both hazards (n = 0).
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers, outsider
from keisei.model import Normal, Real, Site

POLLSTERS = ("KINU", "Asan")


class Allies(NamedTuple):
    """Stocks of Seoul's debate."""

    support: Annotated[Real, "logit"]
    hedged: Annotated[Real, "0 or 1"]
    armed: Annotated[Real, "0 or 1"]


def initial(p: Any, site: Site) -> Allies:
    """1990."""
    return Allies(p.support_mean, 0.0, 0.0)


def month(s: Allies, d: Drivers, p: Any, site: Site, t: Any, *, provocation: Any) -> Allies:
    """One month of the debate."""
    noise = site.draw("KOR.support.shock", Normal(0.0, p.support_sd), unit="logit")
    support = p.support_mean + p.support_memory * (s.support - p.support_mean) + p.support_test * provocation + noise
    share = 100.0 * jax.nn.sigmoid(support)
    for pollster, bias in zip(POLLSTERS, (p.bias_kinu, p.bias_asan), strict=True):
        site.measure("KOR.support_nuclear", Normal(share + bias, p.poll_error), index=pollster, unit="percent")
    push = p.nuclear_government * (1.0 - 2.0 * d.korea) + p.nuclear_support * (support - p.support_mean)
    push = push + p.nuclear_umbrella * outsider(d)
    hedge = site.event("KOR.nuclear.hedge", jax.nn.sigmoid(p.hedge_base + push), when=s.hedged < 0.5)
    hedged = jnp.maximum(s.hedged, 1.0 * hedge)
    go = site.event("KOR.nuclear.go", jax.nn.sigmoid(p.go_base + push), when=(hedged > 0.5) & (s.armed < 0.5))
    site.record("KOR.nuclear", hedge, kind="event", step="hedge")
    site.record("KOR.nuclear", go, kind="event", step="go")
    site.record("KOR.support_nuclear", share, unit="percent")
    return Allies(support, hedged, jnp.maximum(s.armed, 1.0 * go))
