"""How ready a class of missile or a launch vehicle is: growth with diminishing returns, and ageing (S6).

Readiness is kept as a logit R, so that σ(R) between 0 and 1 is the share of what is wanted of the class:

    R' = R + max(gain, 0)·(1 − σ(R)) + min(gain, 0)·σ(R) − ageing·σ(R)

A gain acts on what is still missing, a loss and ageing on what is there. Under steady work σ(R) comes to rest where
both are equal, at gain/(gain + ageing), below 1: there is always something left to want.
Source: the logistic curve of a technology's growth (Griliches 1957, Econometrica 25, 501–522), with ageing added.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp


def grown(readiness: Any, gain: Any, ageing: Any) -> Any:
    """Readiness a month later (logit, scalar).

    Args:
        readiness: logit. gain: logit this month while all is missing; negative for harm. ageing: logit this month while
            all is there; not negative.
    """
    share = jax.nn.sigmoid(readiness)
    return readiness + jnp.maximum(gain, 0.0) * (1.0 - share) + (jnp.minimum(gain, 0.0) - ageing) * share


def next_vehicle(readiness: Any, start: Any, carry: Any) -> Any:
    """Readiness of a new vehicle (logit): its own start, and the share ``carry`` of what the last one had beyond it."""
    return start + carry * (readiness - start)
