"""Compiled segments: a block of members through at most twelve months.

One executable serves base, twin and no-op, since score rows are data. Blocks hold whole groups (a group is the
particles of one parameter draw), so resampling stays inside a block and the bits do not depend on chunking or threads.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import jax
import jax.numpy as jnp
import numpy as np

from keisei.ensemble.bridging import bridged_month
from keisei.ensemble.resampling import lanes_of, systematic
from keisei.model import noise
from keisei.model.definition import Model
from keisei.model.sites import Levels, Site

P = ParamSpec("P")
R = TypeVar("R")

BLOCK = 1024
FILTERED = 512  # members of a block of the filter: a bridge costs the whole block it happens in
MONTHS = 12
_LOG_FLOOR = -80.0


class Filtering(NamedTuple):
    """What a filtered month leaves behind.

    Attributes:
        ancestors: [members] int32, position within the block of the member that each one descends from.
        loglik: [groups] log of the mean weight of the month.
        ess: [groups] effective sample size before resampling.
        rows: [groups, observed columns] log of the mean probability of each observed row.
        bridged: [groups] bool, whether the month was bridged (`bridging`).
        parent: [members] int32, position within the block of the state before the month; its own but after a bridge.
        slot: [members] uint32, noise slot the month was lived with; its own but after a bridge.
    """

    ancestors: jax.Array
    loglik: jax.Array
    ess: jax.Array
    rows: jax.Array
    bridged: jax.Array
    parent: jax.Array
    slot: jax.Array


def _months(body: Callable[[Any, Any], tuple[Any, Any]], carry: Any, xs: Any, live: jax.Array, length: int) -> Any:
    """``lax.scan`` over the first ``live`` of ``length`` months, so that one executable serves every span."""
    shapes = jax.eval_shape(lambda c, x: body(c, jax.tree.map(lambda a: a[0], x))[1], carry, xs)
    buffers = jax.tree.map(lambda s: jnp.zeros((length, *s.shape), s.dtype), shapes)

    def month(i: Any, loop: Any) -> Any:
        carry, ys = loop
        carry, y = body(carry, jax.tree.map(lambda a: jax.lax.dynamic_index_in_dim(a, i, 0, keepdims=False), xs))
        ys = jax.tree.map(lambda buffer, row: jax.lax.dynamic_update_index_in_dim(buffer, row, i, 0), ys, y)
        return carry, ys

    return jax.lax.fori_loop(0, live, month, (carry, buffers))


def once(make: Callable[P, R]) -> Callable[P, R]:
    """A factory of programs that makes each one once, also where two threads ask for it at the same time.

    `lru_cache` alone calls the factory in both, and then each compiles a program of its own.
    """
    cached, lock = lru_cache(maxsize=64)(make), threading.Lock()

    @wraps(make)
    def locked(*args: P.args, **kwargs: P.kwargs) -> R:
        with lock:
            return cached(*args, **kwargs)  # type: ignore[arg-type]  # they are hashable

    return locked


@once
def structure(model: Model, levels: Levels) -> Any:
    """The structure of what a member carries from month to month, as `jax.tree` has it.

    That is the model's state, and how spans under way stand: a number for each of the ``spanned`` columns, in order.
    """
    params = model.parameters.bundle(*([jnp.float32(1.0)] * len(model.parameters.names)))
    state = jax.eval_shape(lambda p: model.initial(p, Site(None)), params)
    return jax.tree.structure((state, (0.0,) * len(levels.spanned)))


@once
def start(model: Model, levels: Levels, paired: bool) -> Callable[..., Any]:
    """The month before the first.

    ``(slots [B], params [P, B], keys, kinds [(2,) C], values [(2,) C]) → (state, log weight [B])``; a pair of worlds
    weighs nothing.
    """
    table = model.table
    observed = tuple(sorted(levels.observable))

    def one(slot: Any, uniforms: Any, params: Any, kinds: Any, values: Any, base: Any) -> Any:
        site = Site(
            table, uniforms=uniforms, kinds=kinds, values=values, levels=levels,
            base=base, axis="world" if paired else None,
        )  # fmt: skip
        state = model.initial(model.parameters.bundle(*params), site)
        spread = jax.tree.map(lambda x: jnp.asarray(x) + jnp.zeros_like(slot, jnp.asarray(x).dtype), state)
        none = tuple(jnp.zeros_like(slot, jnp.float32) for _ in levels.spanned)
        return (spread, none), sum(_weights(site, observed), jnp.zeros_like(slot, jnp.float32))

    def run(slots: Any, params: Any, keys: Any, kinds: Any, values: Any) -> Any:
        month_keys = noise.month_keys(keys, jnp.int32(model.start - 1))
        uniforms = noise.uniform(slots[None, :], month_keys[:, None])
        members = jax.vmap(one, in_axes=(0, 1, 1, None, None, None))
        if not paired:
            return members(slots, uniforms, params, kinds, values, None)
        base = (kinds[0], values[0])
        worlds = jax.vmap(members, in_axes=(None, None, None, 0, 0, None), axis_name="world", axis_size=2)
        return worlds(slots, uniforms, params, kinds, values, base)

    return jax.jit(run)


def _weights(site: Site, observed: tuple[int, ...]) -> tuple[jax.Array, ...]:
    """Log probability of each observed column this month; 0 where the site has none."""
    return tuple(jnp.maximum(site.logps[c], _LOG_FLOOR) if c in site.logps else jnp.float32(0.0) for c in observed)


def lived(month: Callable[[jax.Array], R], model: Model, slots: jax.Array, keys: jax.Array, t: jax.Array) -> R:
    """What ``month`` makes of the month's uniforms [lanes, members].

    The condition, true in every month, is a wall: XLA would otherwise put the hash of a uniform into each loop that
    uses it, and much of the month into whatever gathers its results, and compile and work all those copies.
    """
    uniforms = noise.uniform(slots[None, :], noise.month_keys(keys, t)[:, None])
    shapes = jax.eval_shape(month, uniforms)

    def never(_: jax.Array) -> R:
        return jax.tree.map(lambda s: jnp.zeros(s.shape, s.dtype), shapes)

    return jax.lax.cond(t >= model.start, month, never, uniforms)


@once
def step(model: Model, levels: Levels, paired: bool) -> Callable[..., Any]:
    """One member, one month: (what it carries, all records, log weights of the observed columns).

    It carries what `structure` says. Under jit of its own, so that a model is traced once for all the programs made
    of it.
    """
    table = model.table
    observed, spanned = tuple(sorted(levels.observable)), tuple(sorted(levels.spanned))

    def one(carried: Any, uniforms: Any, params: Any, t: Any, kinds: Any, values: Any, base: Any) -> Any:
        state, held = carried
        site = Site(
            table, uniforms=uniforms, kinds=kinds, values=values, levels=levels,
            base=base, axis="world" if paired else None, held=dict(zip(spanned, held, strict=True)),
        )  # fmt: skip
        new = model.month(state, model.parameters.bundle(*params), site, t)
        new = jax.tree.map(lambda x, old: jnp.asarray(x).astype(jnp.asarray(old).dtype), new, state)
        # a tuple, not a stack: each record stays a loop of its own that XLA fuses with what makes it
        out = tuple(site.recorded)
        return (new, tuple(site.held[c] for c in spanned)), out, () if paired else _weights(site, observed)

    return jax.jit(one)


@once
def fingerprint(model: Model, levels: Levels) -> str:
    """A hash of the laws as traced: what is stored under it was made by the same model, not one of the same name."""
    params = model.parameters.bundle(*([jnp.float32(1.0)] * len(model.parameters.names)))
    state = jax.eval_shape(lambda p: model.initial(p, Site(None)), params)
    state = jax.tree.map(lambda x: jnp.zeros(x.shape, x.dtype), state)
    carried = (state, tuple(jnp.float32(0.0) for _ in levels.spanned))
    table = model.table
    uniforms, slot = jnp.zeros(table.lanes, jnp.float32), jnp.uint32(0)
    kinds, values = jnp.zeros(len(table.sites), jnp.int8), jnp.zeros(len(table.sites), jnp.float32)

    def opening(slot: Any, params: Any) -> Any:
        site = Site(table, uniforms=uniforms, kinds=kinds, values=values, levels=levels)
        return model.initial(params, site), tuple(site.logps.values())

    digest = hashlib.blake2b(repr((table.sites, table.records, model.start)).encode(), digest_size=16)
    month = step(model, levels, False).trace(  # type: ignore[attr-defined]
        carried, uniforms, jnp.ones(len(params), jnp.float32), jnp.int32(0), kinds, values, None
    )
    for closed in (jax.make_jaxpr(opening)(slot, params), month.jaxpr):
        # functions print with their address, which says nothing
        digest.update(re.sub(r" at 0x[0-9a-f]+", "", str(closed)).encode())
        for const in closed.consts:
            digest.update(np.asarray(const).tobytes())
    return digest.hexdigest()


@once
def simulate(
    model: Model,
    levels: Levels,
    records: tuple[int, ...],
    length: int,
    paired: bool = False,
    moving: bool = False,
) -> Callable[..., Any]:
    """A free or conditioned run without resampling.

    ``(state, params [P, B], slots [B] or [length, B], first, live, keys, kinds [length, (2,) C], values) →
    (state, records tuple of [length, (2,) B], log weight [length, B])``; months from ``live`` on are not worked on.
    """
    members = jax.vmap(step(model, levels, paired), in_axes=(0, 1, 1, None, None, None, None))

    def kept(out: Any) -> Any:
        return tuple(out[r] for r in records)

    def run(state: Any, params: Any, slots: Any, first: Any, live: Any, keys: Any, kinds: Any, values: Any) -> Any:
        def body(carry: Any, x: Any) -> Any:
            i, kind, value, slot_t = x
            t = first + i
            slot = slot_t if moving else slots
            if paired:
                base = (kind[0], value[0])
                worlds = jax.vmap(members, in_axes=(0, None, None, None, 0, 0, None), axis_name="world", axis_size=2)
                new, out, _ = lived(lambda u: worlds(carry, u, params, t, kind, value, base), model, slot, keys, t)
                return new, (kept(out), jnp.zeros((), jnp.float32))
            new, out, weights = lived(lambda u: members(carry, u, params, t, kind, value, None), model, slot, keys, t)
            return new, (kept(out), sum(weights, jnp.zeros(slot.shape, jnp.float32)))

        xs = (
            jnp.arange(length, dtype=jnp.int32),
            kinds,
            values,
            slots if moving else jnp.zeros(length, jnp.uint32),
        )
        state, (out, weight) = _months(body, state, xs, live, length)
        return state, out, weight

    return jax.jit(run)


@once
def assimilate(
    model: Model,
    levels: Levels,
    records: tuple[int, ...],
    length: int,
    particles: int,
) -> Callable[..., Any]:
    """A particle filter within each group of ``particles`` members (Gordon, Salmond & Smith 1993; `bridging`).

    ``(state, log weights [B], params [P, B], slots [B], draws [G], first, live, keys, filter keys, floors [2], kinds,
    values) → (state, log weights, records [length, records, B], Filtering)`` with leading month axes; ``filter keys``
    are those of `bridging.keys_of`. Resampled where the effective sample falls under ``floors[0]`` of the particles,
    after the month's rows have been weighed; bridged where it falls under ``floors[1]``. With floors of 0 the members
    go on freely, so that one executable serves the past and the future.
    """
    members = jax.vmap(step(model, levels, False), in_axes=(0, 1, 1, None, None, None, None))

    def run(
        state: Any, logw: Any, params: Any, slots: Any, draws: Any, first: Any, live: Any, keys: Any, filter_keys: Any,
        floors: Any, kinds: Any, values: Any,
    ) -> Any:  # fmt: skip
        groups = slots.shape[0] // particles
        offset = (jnp.arange(groups, dtype=jnp.int32) * particles)[:, None]
        stay = jnp.arange(particles, dtype=jnp.int32)[None, :]
        lanes = lanes_of(state)

        def body(carry: Any, x: Any) -> Any:
            state, logw = carry
            i, kind, value = x
            t = first + i
            own_keys = noise.month_keys(filter_keys, t)

            def live(state: Any, slots: Any) -> Any:
                new, out, weights = lived(
                    lambda u: members(state, u, params, t, kind, value, None), model, slots, keys, t
                )
                kept = [out[r] for r in records]
                return new, jnp.stack(kept) if kept else jnp.zeros((0, slots.shape[0]), jnp.float32), weights

            month = bridged_month(
                live, lanes, state, logw.reshape(groups, particles), slots, draws, own_keys, len(records),
                len(levels.observable), floors[1],
            )  # fmt: skip
            after, worked = month.logw, month.worked
            u = noise.uniform(draws.astype(jnp.uint32), own_keys[0])
            poor = ~month.bridged & (month.ess < floors[0] * particles)

            def resampled(_: Any) -> Any:
                picked = jnp.where(poor[:, None], systematic(after, u), stay)
                ancestors = (picked + offset).reshape(-1)
                return worked.state[:, ancestors], ancestors

            def kept(_: Any) -> Any:
                return worked.state, (stay + offset).reshape(-1)

            new, ancestors = jax.lax.cond(poor.any(), resampled, kept, None)
            mean = jax.nn.logsumexp(after, axis=1) - jnp.log(jnp.float32(particles))
            after = jnp.where(poor[:, None], 0.0, after - mean[:, None]).reshape(-1)
            info = Filtering(
                ancestors, month.loglik, month.ess, month.rows, month.bridged, worked.parent, worked.slot
            )  # fmt: skip
            return (new, after), (worked.records, info)

        xs = (jnp.arange(length, dtype=jnp.int32), kinds, values)
        (state, logw), (out, info) = _months(body, (lanes.stack(state), logw), xs, live, length)
        return lanes.tree(state), logw, out, info

    return jax.jit(run)
