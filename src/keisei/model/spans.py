"""Something that happened once, in a month of a span that is not known: its likelihood, month by month.

Of the months 1…n of the span the value v stands in one, m, and b_t, what is known otherwise, in the others. Whatever
m was, the evidence is the same, so its likelihood is Σ_m p_m(v) Π_{t≠m} p_t(b_t), with every p given the member's own
past. No month is picked by us: each member takes one by the model's own odds, and the weights make up for it.

A member in which it has not happened yet, with k months left after this one, has odds o_t = p_t(v) / p_t(b_t) of its
happening now. That it will still happen is guessed at ψ_t = k·o_t, as if the odds stayed as they are. It happens now
with probability o_t / (o_t + ψ_t), and the weight, whichever comes, is p_t(b_t) (o_t + ψ_t) / ψ_{t−1}, with ψ_0 = 1.
The guesses cancel over the span: weights and draws multiply to p_m(v) Π p_t(b_t) for the m that came, so the product
of the filter's mean weights is unbiased whatever ψ (a twisted target: Whiteley & Lee 2014). ψ decides only how much
the weights vary. They do not where the odds are the same in all months, however rare the thing is. What it costs
falls on the first month of the span.

How a span stands is carried with the member's state, one number a column: 0 none under way, −1 it has happened, above 0
the guess ψ of a member that waits.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

_IMPOSSIBLE = 1e-7  # odds below which it cannot happen this month, which says little about the next
_HOPE = 1e-3  # odds that ψ takes for later months then
_MOST = 75.0  # log odds that float32 holds, times the months of a span


class Step(NamedTuple):
    """One month of a span: how it stands after it, whether it happened in it, the month's log weight."""

    held: jax.Array
    takes: jax.Array
    weight: jax.Array


def step(held: jax.Array, left: jax.Array, with_it: jax.Array, without: jax.Array, u: jax.Array) -> Step:
    """A member's month of a span.

    Args:
        held: how the span stands before the month. left: months from this one to its last.
        with_it, without: log probability of the value and of what stands otherwise. u: a uniform.
    """
    rest = left - 1.0
    odds = jnp.exp(jnp.clip(with_it - without, -_MOST, _MOST))
    guess = rest * jnp.where(odds < _IMPOSSIBLE, _HOPE, odds)
    happened = held < 0.0
    before = jnp.where(held > 0.0, jnp.log(jnp.where(held > 0.0, held, 1.0)), 0.0)
    waits = jnp.where(rest == 0.0, with_it, without + jnp.log(odds + guess)) - before
    takes = ~happened & ((rest == 0.0) | (u * (odds + guess) < odds))
    after = jnp.where(rest == 0.0, 0.0, jnp.where(happened | takes, -1.0, guess))
    return Step(after, takes, jnp.where(happened, without, waits))
