"""Sites: the places of a month at which something can be uncertain, observed or changed.

A model is a function of one month, written for one member in plain ``jax.numpy``::

    def month(state, params, site, t):
        act = site.choice("approach", options=("none", "contact"), utilities=(0.0, params.appetite))
        shock = site.draw("growth.shock", Normal(0.0, params.growth_sd))
        return state._replace(growth=state.growth + shock)

What stands in the score at a site decides what it does: nothing (it draws), ``observed`` (it takes the value and the
member is weighed), ``set`` (it takes the value). In a pair of worlds that share their noise, an observed row of the base
gives the *posterior* noise to both, so that a changed world keeps what the evidence implies ("abducted").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
from jax.extend.core import get_opaque_trace_state

from keisei.errors import KeiseiError
from keisei.model import noise
from keisei.model.distributions import Continuous, Count
from keisei.model.table import Kind, RecordInfo, SiteInfo, Table

NONE, OBSERVED, SET, ABDUCTED = 0, 1, 2, 3
LOG_EPSILON = -23.0  # an observed row where the event cannot occur: e^−23 ≈ 1e−10, never silently 0
_MARGIN = 1e-5

Real = jax.Array | float


class ModelError(KeiseiError):
    """A model breaks a rule of sites; the sentence names the site."""


@dataclass(frozen=True)
class Levels:
    """Which clamps are compiled for a column: nothing, ``set`` only, or also ``observed`` (static)."""

    settable: frozenset[int] = frozenset()
    observable: frozenset[int] = frozenset()


def _softmax_parts(utilities: Sequence[Real]) -> tuple[list[jax.Array], jax.Array]:
    """Utilities as float32 scalars, and their log-sum-exp."""
    u = [jnp.asarray(x, jnp.float32) for x in utilities]
    top = u[0]
    for x in u[1:]:
        top = jnp.maximum(top, x)
    total = jnp.exp(u[0] - top)
    for x in u[1:]:
        total = total + jnp.exp(x - top)
    return u, top + jnp.log(total)


def _pick(values: Sequence[jax.Array], k: jax.Array) -> jax.Array:
    """``values[k]`` without a gather."""
    out = values[0]
    for i, value in enumerate(values[1:], start=1):
        out = jnp.where(k == i, value, out)
    return out


def _argmin(values: Sequence[jax.Array]) -> jax.Array:
    best, where = values[0], jnp.int32(0)
    for i, value in enumerate(values[1:], start=1):
        less = value < best
        best, where = jnp.where(less, value, best), jnp.where(less, jnp.int32(i), where)
    return where


def _count_of(masses: Sequence[jax.Array], u: jax.Array) -> tuple[jax.Array, list[jax.Array]]:
    """The count whose CDF interval holds u, and the CDF (without the last, which is 1)."""
    cdf, total = [], masses[0]
    for mass in masses[1:]:
        cdf.append(total)
        total = total + mass
    k = jnp.int32(0)
    for level in cdf:
        k = k + (u > level).astype(jnp.int32)
    return k, cdf


class Site:
    """The sites of one member in one month. Made by the engine, passed to ``month``.

    With ``table`` None it surveys: it returns typical values and notes every site and record.
    """

    def __init__(
        self,
        table: Table | None,
        *,
        slot: jax.Array | None = None,
        keys: jax.Array | None = None,
        kinds: jax.Array | None = None,
        values: jax.Array | None = None,
        levels: Levels | None = None,
        base: tuple[jax.Array, jax.Array] | None = None,
        axis: str | None = None,
        feed: Callable[[str, Any], Any] | None = None,
    ) -> None:
        self._table, self._slot, self._keys = table, slot, keys
        self._kinds, self._values = kinds, values
        self._levels, self._base, self._axis, self._feed = levels or Levels(), base, axis, feed
        self._trace = get_opaque_trace_state()
        self._seen: set[str] = set()
        self.surveyed: list[SiteInfo] = []
        self.surveyed_records: list[RecordInfo] = []
        self.recorded: list[jax.Array] = []
        self.logps: dict[int, jax.Array] = {}
        self.inputs: dict[str, list[Any]] = {}
        self._lane = 0

    # ---- what a model calls -------------------------------------------------------------------------------------

    def choice(
        self,
        name: str,
        *,
        options: Sequence[str],
        utilities: Sequence[Real] | jax.Array,
        index: str = "",
        when: Real | None = None,
    ) -> jax.Array:
        """A logit choice → the option's number (int32). P(k) = softmax(utilities)[k].

        Drawn as an exponential race, argmin e_k·exp(−u_k). With ``when`` False it is option 0 and weighs nothing.
        """
        options = tuple(options)
        rows = [utilities[i] for i in range(len(options))]
        if len(options) < 2:
            raise ModelError(f"site {name}: a choice needs at least two options")
        info = self._enter(name, index, "choice", lanes=2 * len(options), options=options)
        if self._table is None:
            return self._survey(info, jnp.int32(0), [*rows, when])
        u, lse = _softmax_parts(rows)
        e = [-jnp.log(self._uniform(info, k)) for k in range(len(u))]
        base_k = None
        if self._base_observed(info):
            assert self._base is not None
            seen = self._base[0][info.column] == OBSERVED
            base_k = jnp.where(seen, self._base[1][info.column].astype(jnp.int32), -1)
            ub = [self._of_base(x) for x in u]
            lse_b = self._of_base(lse)
            drawn = _argmin([ek * jnp.exp(-x) for ek, x in zip(e, ub, strict=True)])
            fresh = [-jnp.log(self._uniform(info, len(u) + k)) for k in range(len(u))]
            t = _pick(fresh, base_k)
            redraw = seen & (drawn != base_k)
            w = [jnp.exp(x - lse_b) for x in ub]
            e = [
                jnp.where(redraw, wk * t + jnp.where(base_k == k, 0.0, fk), ek)
                for k, (ek, wk, fk) in enumerate(zip(e, w, fresh, strict=True))
            ]
        race = [ek * jnp.exp(-x) for ek, x in zip(e, u, strict=True)]
        drawn = _argmin(race)
        if base_k is not None:
            # rounding must not overturn what was observed: another option has to win clearly
            keep = (base_k >= 0) & (_pick(race, base_k) * (1.0 - _MARGIN) <= _pick(race, drawn))
            drawn = jnp.where(keep, base_k, drawn)
        if when is not None:
            drawn = jnp.where(when, drawn, 0)
        return self._clamp(info, drawn, lambda k: _pick([x - lse for x in u], k), when)

    def event(self, name: str, hazard: Real, *, when: Real | None = None, index: str = "") -> jax.Array:
        """Something that happens with probability ``hazard`` → bool. With ``when`` False it does not occur."""
        info = self._enter(name, index, "event", lanes=2)
        if self._table is None:
            return self._survey(info, jnp.bool_(False), [hazard, when])
        p = jnp.clip(jnp.asarray(hazard, jnp.float32), 1e-9, 1.0 - 1e-7)
        u = self._uniform(info, 0)
        base_k = None
        if self._base_observed(info):
            assert self._base is not None
            seen = self._base[0][info.column] == OBSERVED
            base_k = self._base[1][info.column] > 0.5
            pb = self._of_base(p)
            fresh = self._uniform(info, 1)
            posterior = jnp.where(base_k, fresh * pb, pb + fresh * (1.0 - pb))
            u = jnp.where(seen & ((u < pb) != base_k), posterior, u)
            near = seen & (jnp.abs(u - p) < _MARGIN * 0.1)
            drawn = jnp.where(near, base_k, u < p)
        else:
            drawn = u < p
        if when is not None:
            drawn = jnp.logical_and(drawn, when)
        out = self._clamp(info, drawn, lambda k: jnp.where(k, jnp.log(p), jnp.log1p(-p)), when)
        return out

    def count(
        self, name: str, distribution: Count, *, when: Real | None = None, index: str = "", unit: str = "1"
    ) -> jax.Array:
        """A count by inverse CDF up to a fixed cap → int32. With ``when`` False it is 0."""
        masses = distribution.masses()
        info = self._enter(name, index, "count", lanes=2, cap=len(masses) - 1, unit=unit)
        if self._table is None:
            return self._survey(info, jnp.int32(0), [*masses, when])
        u = self._uniform(info, 0)
        base_k = None
        if self._base_observed(info):
            assert self._base is not None
            seen = self._base[0][info.column] == OBSERVED
            base_k = self._base[1][info.column].astype(jnp.int32)
            mb = [self._of_base(m) for m in masses]
            drawn_b, cdf_b = _count_of(mb, u)
            low = _pick([jnp.float32(0.0), *cdf_b], base_k)
            fresh = low + self._uniform(info, 1) * _pick(mb, base_k)
            u = jnp.where(seen & (drawn_b != base_k), fresh, u)
        drawn, cdf = _count_of(masses, u)
        if base_k is not None:
            low, high = _pick([jnp.float32(0.0), *cdf], base_k), _pick([*cdf, jnp.float32(1.0)], base_k)
            keep = seen & (u >= low - 0.1 * _MARGIN) & (u <= high + 0.1 * _MARGIN)
            drawn = jnp.where(keep, base_k, drawn)
        if when is not None:
            drawn = jnp.where(when, drawn, 0)
        return self._clamp(info, drawn, lambda k: jnp.log(jnp.maximum(_pick(masses, k), 1e-30)), when)

    def draw(self, name: str, distribution: Continuous, *, index: str = "", unit: str = "1") -> jax.Array:
        """A continuous quantity in physical units → float32."""
        return self._continuous("draw", name, distribution, index, unit)

    def measure(self, name: str, distribution: Continuous, *, index: str = "", unit: str = "1") -> jax.Array:
        """What a maker would report → float32: scored where data stand, predicted where none."""
        return self._continuous("measure", name, distribution, index, unit)

    def value(
        self, name: str, value: Real, *, index: str = "", unit: str = "1", options: Sequence[str] = ()
    ) -> jax.Array:
        """A deterministic quantity → float32: never drawn, can be set, cannot be observed.

        With ``options`` it holds an option's number, and rows may name the option (a phase, a government).
        """
        info = self._enter(name, index, "value", lanes=0, options=tuple(options), unit=unit)
        if self._table is None:
            return self._survey(info, jnp.float32(0), [value])
        out = jnp.asarray(value, jnp.float32)
        if info.column in self._levels.settable:
            assert self._kinds is not None
            assert self._values is not None
            out = jnp.where(self._kinds[info.column] == SET, self._values[info.column], out)
        return out

    def record(self, name: str, value: Real, *, unit: str = "1", kind: str = "level", **attributes: str) -> None:
        """Keep a quantity of this month for questions and charts. ``kind``: "event" (a monthly count) or "level"."""
        if kind not in ("event", "level"):
            raise ModelError(f"record {name}: kind is 'event' or 'level', not '{kind}'")
        info = RecordInfo(name, unit, kind, tuple(sorted(attributes.items())))  # type: ignore[arg-type]
        if f"record {info.variable}" in self._seen:
            raise ModelError(f"record {info.variable} occurs twice in a month; give it attributes")
        self._seen.add(f"record {info.variable}")
        if self._table is None:
            self.surveyed_records.append(info)
            self.inputs[f"record:{info.variable}"] = [value]
        self.recorded.append(jnp.asarray(value).astype(jnp.float32))

    # ---- inside -------------------------------------------------------------------------------------------------

    def _continuous(self, kind: Kind, name: str, distribution: Continuous, index: str, unit: str) -> jax.Array:
        info = self._enter(name, index, kind, lanes=1, unit=unit)
        if self._table is None:
            return self._survey(info, jnp.float32(0), list(distribution))  # type: ignore[call-overload]
        u = self._uniform(info, 0)
        if self._base_observed(info):
            assert self._base is not None
            seen = self._base[0][info.column] == OBSERVED
            x = self._base[1][info.column]
            of_base = type(distribution)(*(self._of_base(jnp.asarray(p, jnp.float32)) for p in distribution))  # type: ignore[attr-defined]
            u = jnp.where(seen, jnp.clip(of_base.uniform_of(x), 2.0**-24, 1.0 - 2.0**-24), u)
            # exact where nothing changed: the observed value plus the difference of the two worlds
            shifted = x + (distribution.quantile(u) - of_base.quantile(u))
            drawn = jnp.where(seen, shifted, distribution.quantile(u))
        else:
            drawn = distribution.quantile(u)
        return self._clamp(info, drawn, distribution.logp, None)

    def _enter(
        self,
        name: str,
        index: str,
        kind: Kind,
        *,
        lanes: int,
        options: tuple[str, ...] = (),
        cap: int = 0,
        unit: str = "1",
    ) -> SiteInfo:
        if get_opaque_trace_state() != self._trace:
            raise ModelError(
                f"site {name} stands inside an inner scan, vmap or cond, where it would reuse one noise value; "
                "write the loop in Python with an index"
            )
        target = f"{name}[{index}]" if index else name
        if target in self._seen:
            raise ModelError(f"site {target} occurs twice in a month; give it an index")
        self._seen.add(target)
        if self._table is None:
            info = SiteInfo(name, index, kind, len(self.surveyed), self._lane, lanes, options, cap, unit)
            self.surveyed.append(info)
            self._lane += lanes
            return info
        return self._table.by_target[target]

    def _survey(self, info: SiteInfo, typical: jax.Array, inputs: list[Any]) -> jax.Array:
        self.inputs[info.target] = [x for x in inputs if x is not None]
        return typical if self._feed is None else self._feed(info.target, typical)

    def _uniform(self, info: SiteInfo, lane: int) -> jax.Array:
        assert self._slot is not None
        assert self._keys is not None
        return noise.uniform(self._slot, self._keys[info.lane + lane])

    def _of_base(self, x: jax.Array) -> jax.Array:
        """The base world's value of a quantity, in both worlds."""
        return x if self._axis is None else jax.lax.all_gather(x, self._axis)[0]

    def _base_observed(self, info: SiteInfo) -> bool:
        return self._base is not None and info.column in self._levels.observable

    def _clamp(
        self, info: SiteInfo, drawn: jax.Array, logp: Callable[[jax.Array], jax.Array], when: Real | None
    ) -> jax.Array:
        """The row's value where one stands, else what was drawn; notes the log probability of an observed one."""
        column = info.column
        observable, settable = column in self._levels.observable, column in self._levels.settable
        if not (observable or settable):
            return drawn
        assert self._kinds is not None
        assert self._values is not None
        kind = self._kinds[column]
        row = self._values[column]
        row = row > 0.5 if info.kind == "event" else row.astype(drawn.dtype)
        out = jnp.where((kind == SET) | (kind == OBSERVED), row, drawn)
        if observable and self._base is None:
            weight = logp(row)
            if when is not None:
                none = jnp.where(row == jnp.zeros_like(row), 0.0, LOG_EPSILON)
                weight = jnp.where(when, weight, none)
            self.logps[column] = jnp.where(kind == OBSERVED, weight, 0.0)
        return out
