"""One month of the filter: propagation, and the bridge to rows that few particles foresaw.

A group whose effective sample would fall under `FLOOR` of its particles does not take the month's likelihood at once,
but in powers φ₁ < φ₂ < … ≤ 1 (annealed importance sampling within the month: Neal 2001; Del Moral, Doucet & Jasra
2006; for state-space models Johansen 2015). After each power the particles are resampled, each copy with the noise it
lived the month with, and moved: the month is run again from the copy's own past with fresh noise, and the new month is
taken with probability min(1, likelihood ratio^φ), a Metropolis–Hastings step whose proposal is the prior of the month's
noise. Where the rows depend only on the past, every move is taken: that is the fully adapted filter of Pitt & Shephard
(1999). The month's likelihood is the product of the mean incremental weights. The powers are chosen from the particles
themselves, which biases it by order 1/N (Beskos, Jasra, Kantas & Thiery 2016).

The month is traced once: propagation and moves are the passes of one loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from keisei.ensemble.resampling import Lanes, effective, rise, systematic
from keisei.errors import InputError
from keisei.model import noise

RESAMPLED = 0.5  # of the particles: a month that leaves fewer effective ones is resampled
FLOOR = 0.3  # of the particles: a month that leaves fewer effective ones is bridged
KEPT = 0.5  # of the particles: what each power leaves effective
STAGES = 4  # powers at most; the last takes all that remains
_SHIFT = 27  # slots of pass k are slot | k << 27, which stays under 2**30, where slots of free runs begin


class Worked(NamedTuple):
    """A month as the particles lived it.

    Attributes:
        state: after the month, lanes [leaves, members] (`Lanes`).
        records: [records, members], a matrix as the state is one, so that a copy of members is one gather.
        gain: [groups, particles] log probability of the month's rows.
        slot: [members] uint32, the noise slot it was lived with.
        parent: [members] int32, position within the block of the state it started from.
    """

    state: jax.Array
    records: jax.Array
    gain: jax.Array
    slot: jax.Array
    parent: jax.Array


class Month(NamedTuple):
    """What a month leaves.

    Attributes:
        worked: the month as lived.
        logw: [groups, particles] log weights after it; zeros in a group that was bridged.
        loglik: [groups] log of the mean weight.
        ess: [groups] effective sample that the month's rows leave without a bridge.
        rows: [groups, observed columns] log of the mean probability of each row, as propagation saw it.
        bridged: [groups] bool.
    """

    worked: Worked
    logw: jax.Array
    loglik: jax.Array
    ess: jax.Array
    rows: jax.Array
    bridged: jax.Array


class _Loop(NamedTuple):
    """Between two passes: the states before the month, the month so far, the power reached, who still moves."""

    stage: jax.Array
    before: jax.Array
    month: Month
    phi: jax.Array
    moving: jax.Array


def keys_of(seed: int) -> np.ndarray:
    """Noise keys of resampling after the month, of resampling within a bridge, and of moves: [3] uint32."""
    return np.array([noise.key(seed, "", name, 0) for name in ("resample", "bridge", "move")], np.uint32)


def check_slots(members: int) -> None:
    """Refuse more members than slots of passes can tell apart.

    Raises:
        InputError: there are more than 2**27.
    """
    if members > 1 << _SHIFT:
        raise InputError(
            f"{members} particles in all are more than {1 << _SHIFT}, the slots of noise that a filter has",
            mend="take fewer draws or particles",
        )


def stage_of(slots: np.ndarray) -> np.ndarray:
    """The pass in which a filter's noise slots were taken: 0 for propagation, from 1 on for moves."""
    return np.asarray(slots, np.uint32) >> np.uint32(_SHIFT)


def bridged_month(
    live: Callable[[Any, jax.Array], tuple[Any, jax.Array, tuple[jax.Array, ...]]],
    lanes: Lanes,
    state: jax.Array,
    logw: jax.Array,
    slots: jax.Array,
    draws: jax.Array,
    keys: jax.Array,
    records: int,
    observed: int,
    floor: jax.Array,
) -> Month:
    """Propagate all groups of a block through a month, and bridge those that it leaves poor.

    Args:
        live: (states, slots [members]) → (states, records [records, members], log probabilities of the observed
            columns) of the month.
        lanes: of the states. state: before the month, in lanes. logw: [groups, particles] log weights before it.
        slots: [members] uint32. draws: [groups] their numbers. keys: `keys_of`, of this month.
        records, observed: how many ``live`` returns.
        floor: share of the particles under which a group is bridged; 0 never bridges.
    """
    groups, particles = logw.shape
    offset = (jnp.arange(groups, dtype=jnp.int32) * particles)[:, None]
    own = jnp.arange(groups * particles, dtype=jnp.int32)
    blank = jnp.zeros(groups * particles, jnp.float32)
    none = jnp.zeros(groups, jnp.float32)

    def first(month: Month, weights: tuple[jax.Array, ...]) -> Month:
        """What propagation alone says about the month's rows."""
        before = month.logw
        top = jax.nn.logsumexp(before, axis=1)
        after = before + month.worked.gain
        ess = effective(after)
        seen = jnp.stack([x.reshape(before.shape) for x in weights]) if weights else jnp.zeros((0, *before.shape))
        rows = (jax.nn.logsumexp(before + seen, axis=2) - top).T
        bridged = ess < floor * particles
        return month._replace(
            logw=jnp.where(bridged[:, None], before, after),
            loglik=jnp.where(bridged, 0.0, jax.nn.logsumexp(after, axis=1) - top),
            ess=ess,
            rows=rows,
            bridged=bridged,
        )

    def temper(loop: _Loop) -> _Loop:
        """Let in another power of the likelihood, and resample by it."""
        month, moving = loop.month, loop.moving
        rest = 1.0 - loop.phi
        last = loop.stage == STAGES - 1
        power = jnp.where(last, rest, rise(month.logw, month.worked.gain, rest, KEPT * particles))
        after = month.logw + power[:, None] * month.worked.gain
        gained = jax.nn.logsumexp(after, axis=1) - jax.nn.logsumexp(month.logw, axis=1)
        u = noise.uniform(_slots(draws, loop.stage), keys[1])
        stay = own.reshape(groups, particles)
        picked = jnp.where(moving[:, None], systematic(after, u) + offset, stay).reshape(-1)
        worked = month.worked
        copied = worked._replace(
            state=worked.state[:, picked],
            records=worked.records[:, picked],
            gain=worked.gain.reshape(-1)[picked].reshape(worked.gain.shape),
            slot=worked.slot[picked],
            parent=worked.parent[picked],
        )
        return loop._replace(
            before=loop.before[:, picked],
            month=month._replace(
                worked=copied,
                logw=jnp.where(moving[:, None], 0.0, month.logw),
                loglik=jnp.where(moving, month.loglik + gained, month.loglik),
            ),
            # a bisection that ends just under the rest must not leave a sliver of it
            phi=jnp.where(moving, jnp.where(power >= rest, 1.0, loop.phi + power), loop.phi),
        )

    def run(loop: _Loop) -> _Loop:
        """One pass: propagation in the first, a move of the groups under way in the others."""
        old = loop.month.worked
        slot = _slots(slots, loop.stage)
        after, out, weights = live(lanes.tree(loop.before), slot)
        gain = sum(weights, blank).reshape(groups, particles)
        u = noise.uniform(slot, keys[2]).reshape(groups, particles)
        better = jnp.log(u) < loop.phi[:, None] * (gain - old.gain)
        taken = ((loop.stage == 0) | (loop.moving[:, None] & better)).reshape(-1)
        worked = Worked(
            jnp.where(taken, lanes.stack(after), old.state),
            jnp.where(taken, out, old.records),
            jnp.where(taken.reshape(gain.shape), gain, old.gain),
            jnp.where(taken, slot, old.slot),
            old.parent,
        )
        month = loop.month._replace(worked=worked)
        month = jax.lax.cond(loop.stage == 0, first, lambda m, _: m, month, weights)
        loop = loop._replace(month=month, moving=month.bridged & (loop.phi < 1.0))
        loop = jax.lax.cond(loop.moving.any(), temper, lambda x: x, loop)
        return loop._replace(stage=loop.stage + 1)

    start = Month(
        Worked(jnp.zeros_like(state), jnp.zeros((records, len(own)), jnp.float32), jnp.zeros_like(logw), slots, own),
        logw, none, none, jnp.zeros((groups, observed), jnp.float32), jnp.zeros(groups, bool),
    )  # fmt: skip
    begin = _Loop(jnp.int32(0), state, start, none, jnp.zeros(groups, bool))
    return jax.lax.while_loop(lambda loop: (loop.stage == 0) | loop.moving.any(), run, begin).month


def _slots(slots: jax.Array, stage: jax.Array) -> jax.Array:
    return slots.astype(jnp.uint32) | (stage.astype(jnp.uint32) << _SHIFT)
