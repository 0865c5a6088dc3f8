"""Sites: the places of a month at which something can be uncertain, observed or changed.

A model is a function of one month, written for one member in plain ``jax.numpy``::

    def month(state, params, site, t):
        act = site.choice("approach", options=("none", "contact"), utilities=(0.0, params.appetite))
        shock = site.draw("growth.shock", Normal(0.0, params.growth_sd))
        return state._replace(growth=state.growth + shock)

What stands in the score at a site decides what it does: nothing (it draws), ``observed`` (it takes the value and the
member is weighed), ``set`` (it takes the value). In a pair of worlds that share their noise, an observed row of the
base gives the *posterior* noise to both, so that a changed world keeps what the evidence implies ("abducted").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax.extend.core import get_opaque_trace_state

from keisei.errors import KeiseiError
from keisei.model import abduction, spans
from keisei.model.distributions import Continuous, Count
from keisei.model.table import Kind, RecordInfo, SiteInfo, Table

NONE, OBSERVED, SET, ABDUCTED, CONTESTED, ONCE = 0, 1, 2, 3, 4, 5
WEIGHED = (OBSERVED, CONTESTED, ONCE)  # kinds of rows that weigh members
_CODE = 64  # contested values, and those of a span, are below it
MOST_MONTHS = 1023  # of a span
LOG_EPSILON = -23.0  # an observed row where the event cannot occur: e^−23 ≈ 1e−10, never silently 0

Real = jax.Array | float


class ModelError(KeiseiError):
    """A model breaks a rule of sites; the sentence names the site."""


@dataclass(frozen=True)
class Levels:
    """Which clamps are compiled for a column: nothing, ``set`` only, or also ``observed`` (static).

    ``contestable`` columns, which are observable too, may hold a mixture; ``spanned`` ones, observable too, something
    that happened once in a span of months.
    """

    settable: frozenset[int] = frozenset()
    observable: frozenset[int] = frozenset()
    contestable: frozenset[int] = frozenset()
    spanned: frozenset[int] = frozenset()


def once_code(value: float, otherwise: float, left: int) -> float:
    """One float32 for two counts below 64 and the months of a span that are left, this one included."""
    return _CODE * value + otherwise + left / (MOST_MONTHS + 1)


def contested_code(value: float, otherwise: float, trust: float) -> float:
    """One float32 for a mixture of two counts below 64: 64·value + otherwise + trust (to 1/4096)."""
    return _CODE * value + otherwise + min(max(trust, 0.001), 0.999)


def _softmax_parts(utilities: Sequence[Real]) -> tuple[list[jax.Array], jax.Array]:
    """Utilities less their maximum, as float32 scalars, and the log-sum-exp of those.

    Below −80 they are cut: e^80 is still finite in float32, and e^−80 is never drawn.
    """
    u = [jnp.asarray(x, jnp.float32) for x in utilities]
    top = u[0]
    for x in u[1:]:
        top = jnp.maximum(top, x)
    u = [jnp.maximum(x - top, -80.0) for x in u]
    total = jnp.exp(u[0])
    for x in u[1:]:
        total = total + jnp.exp(x)
    return u, jnp.log(total)


class _Evidence(NamedTuple):
    """What the base world observed at a site.

    Attributes:
        seen: it was observed where it could occur, so the noise is conditioned on it.
        value: what was observed.
        idle: what stands where ``when`` is False: 0, or what was observed against the model (at the cost of log ε).
    """

    seen: jax.Array
    value: jax.Array
    idle: jax.Array


class _Told(NamedTuple):
    """A row of two values: whether one stands here, the value the member takes, and the log weight of both."""

    here: jax.Array
    value: jax.Array
    weight: jax.Array


class Site:
    """The sites of one member in one month. Made by the engine, passed to ``month``.

    With ``table`` None it surveys: it returns typical values and notes every site and record.
    """

    def __init__(
        self,
        table: Table | None,
        *,
        uniforms: jax.Array | None = None,
        kinds: jax.Array | None = None,
        values: jax.Array | None = None,
        levels: Levels | None = None,
        base: tuple[jax.Array, jax.Array] | None = None,
        axis: str | None = None,
        feed: Callable[[str, Any], Any] | None = None,
        held: dict[int, jax.Array] | None = None,
    ) -> None:
        self._table, self._uniforms = table, uniforms
        self._kinds, self._values = kinds, values
        self._levels, self._base, self._axis, self._feed = levels or Levels(), base, axis, feed
        self._trace = get_opaque_trace_state()
        self._seen: set[str] = set()
        self.surveyed: list[SiteInfo] = []
        self.surveyed_records: list[RecordInfo] = []
        self.recorded: list[jax.Array] = []
        self.logps: dict[int, jax.Array] = {}
        self.held = dict(held or {})  # by spanned column how a span under way stands (`spans`)
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
        options, rows = tuple(options), list(utilities)
        if len(options) < 2:
            raise ModelError(f"site {name}: a choice needs at least two options")
        if len(rows) != len(options):
            raise ModelError(f"site {name}: {len(options)} options but {len(rows)} utilities; give one for each")
        info = self._enter(name, index, "choice", lanes=2 * len(options), options=options)
        if self._table is None:
            return self._survey(info, jnp.int32(0), [*rows, when])
        u, lse = _softmax_parts(rows)
        e = [-jnp.log(self._uniform(info, k)) for k in range(len(u))]
        evidence = self._evidence(info, when)
        if evidence is not None:
            k = evidence.value.astype(jnp.int32)
            fresh = [-jnp.log(self._uniform(info, len(u) + i)) for i in range(len(u))]
            posterior = abduction.race(e, fresh, k, [self._of_base(x) for x in u], self._of_base(lse))
            e = [jnp.where(evidence.seen, after, before) for after, before in zip(posterior, e, strict=True)]
        race = [ek * jnp.exp(-x) for ek, x in zip(e, u, strict=True)]
        drawn = abduction.argmin(race)
        if evidence is not None:
            # another option has to win clearly
            keep = abduction.pick(race, k) * (1.0 - abduction.MARGIN) <= abduction.pick(race, drawn)
            drawn = jnp.where(evidence.seen & keep, k, drawn)
        drawn = self._gated(drawn, when, evidence)
        return self._clamp(info, drawn, lambda k: abduction.pick([x - lse for x in u], k), when)

    def event(self, name: str, hazard: Real, *, when: Real | None = None, index: str = "") -> jax.Array:
        """Something that happens with probability ``hazard`` → bool. With ``when`` False it does not occur."""
        info = self._enter(name, index, "event", lanes=3)
        if self._table is None:
            return self._survey(info, jnp.bool_(False), [hazard, when])
        p = jnp.clip(jnp.asarray(hazard, jnp.float32), 1e-9, 1.0 - 1e-7)
        u = self._uniform(info, 0)
        logp = _log_chance(p)
        told = self._told(info, logp, when)
        evidence = self._evidence(info, when, told)
        if evidence is None:
            drawn = u < p
        else:
            happened, pb = evidence.value > 0.5, self._of_base(p)
            u = jnp.where(evidence.seen, abduction.chance(u, self._uniform(info, 1), happened, pb), u)
            same = jnp.abs(p - pb) <= abduction.MARGIN * jnp.minimum(pb, 1.0 - pb)
            drawn = jnp.where(evidence.seen & same, happened, u < p)
        drawn = self._gated(drawn, when, evidence)
        return self._clamp(info, drawn, logp, when, told)

    def count(
        self, name: str, distribution: Count, *, when: Real | None = None, index: str = "", unit: str = "1"
    ) -> jax.Array:
        """A count by inverse CDF up to a fixed cap → int32. With ``when`` False it is 0."""
        masses = distribution.masses()
        info = self._enter(name, index, "count", lanes=3, cap=len(masses) - 1, unit=unit)
        if self._table is None:
            return self._survey(info, jnp.int32(0), [*masses, when])
        u = self._uniform(info, 0)
        logp = _log_mass(masses)
        told = self._told(info, logp, when)
        evidence = self._evidence(info, when, told)
        if evidence is not None:
            k = evidence.value.astype(jnp.int32)
            posterior = abduction.count(u, self._uniform(info, 1), k, [self._of_base(m) for m in masses])
            u = jnp.where(evidence.seen, posterior, u)
        drawn, cdf = abduction.count_of(masses, u)
        if evidence is not None:
            low, high = abduction.interval(cdf, k)
            keep = (u >= low - 0.1 * abduction.MARGIN) & (u <= high + 0.1 * abduction.MARGIN)
            drawn = jnp.where(evidence.seen & keep, k, drawn)
        drawn = self._gated(drawn, when, evidence)
        return self._clamp(info, drawn, logp, when, told)

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
        """Keep a quantity of this month for questions and charts.

        ``kind``: "event" (a monthly count) or "level". An attribute whose name is taken is written with an underscore
        behind it (``kind_``).
        """
        if kind not in ("event", "level"):
            raise ModelError(f"record {name}: kind is 'event' or 'level', not '{kind}'")
        info = RecordInfo(name, unit, kind, tuple(sorted((k.removesuffix("_"), v) for k, v in attributes.items())))  # type: ignore[arg-type]
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
        drawn = distribution.quantile(self._uniform(info, 0))
        evidence = self._evidence(info, None)
        if evidence is not None:
            x = evidence.value
            of_base = type(distribution)(*(self._of_base(jnp.asarray(p, jnp.float32)) for p in distribution))  # type: ignore[attr-defined]
            u = jnp.clip(of_base.uniform_of(x), 2.0**-24, 1.0 - 2.0**-24)
            # exact where nothing changed: the observed value plus the difference of the two worlds
            moved = distribution.quantile(u) - of_base.quantile(u)
            inside = (moved == 0.0) | (distribution.logp(x + moved) > -jnp.inf)
            drawn = jnp.where(evidence.seen, jnp.where(inside, x + moved, distribution.quantile(u)), drawn)
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
        assert self._uniforms is not None
        return jax.lax.index_in_dim(self._uniforms, info.lane + lane, keepdims=False)

    def _of_base(self, x: jax.Array) -> jax.Array:
        """The base world's value of a quantity, in both worlds."""
        return x if self._axis is None else jax.lax.all_gather(x, self._axis)[0]

    def _told(self, info: SiteInfo, logp: Callable[[jax.Array], jax.Array], when: Real | None) -> _Told | None:
        """What a row of two values makes of this site; None where none ever stands.

        A contested row is true with probability π, so its likelihood is π p(value) + (1 − π) p(otherwise); the member
        takes one of the two by its share of that sum. For a span see `model.spans`.
        """
        column = info.column
        contested, spanned = column in self._levels.contestable, column in self._levels.spanned
        if not (contested or spanned):
            return None
        assert self._kinds is not None
        assert self._values is not None
        kind, code = self._kinds[column], self._values[column]
        value = jnp.floor(code / _CODE)
        otherwise = jnp.floor(code - _CODE * value)
        rest = code - _CODE * value - otherwise

        def chance(x: jax.Array) -> jax.Array:
            open_ = logp(x > 0.5 if info.kind == "event" else x.astype(jnp.int32))
            return open_ if when is None else jnp.where(when, open_, jnp.where(x == 0.0, 0.0, LOG_EPSILON))

        u, with_it, without = self._uniform(info, 2), chance(value), chance(otherwise)
        takes, weight = jnp.bool_(False), jnp.float32(0.0)
        if contested:
            trust = jnp.clip(rest, 1e-4, 1.0 - 1e-4)
            true = jnp.log(trust) + with_it
            weight = jnp.logaddexp(true, jnp.log1p(-trust) + without)
            takes = u < jnp.exp(true - weight)
        if spanned:
            left = jnp.round(rest * (MOST_MONTHS + 1))
            here, before = kind == ONCE, self.held.get(column, jnp.float32(0.0))
            step = spans.step(before, left, with_it, without, u)
            self.held[column] = jnp.where(here, step.held, before)
            takes, weight = jnp.where(here, step.takes, takes), jnp.where(here, step.weight, weight)
        return _Told((kind == CONTESTED) | (kind == ONCE), jnp.where(takes, value, otherwise), weight)

    def _evidence(self, info: SiteInfo, when: Real | None, told: _Told | None = None) -> _Evidence | None:
        """What the base world observed here; None where there is one world, or this site is never observed."""
        if self._base is None or info.column not in self._levels.observable:
            return None
        kind, value = self._base[0][info.column], self._base[1][info.column]
        seen = kind == OBSERVED
        if told is not None:
            # what the base took of the two is what it saw
            two = (kind == CONTESTED) | (kind == ONCE)
            value = jnp.where(two, self._of_base(told.value), value)
            seen = seen | two
        if when is None:
            return _Evidence(seen, value, jnp.float32(0.0))
        open_ = self._of_base(jnp.asarray(when)).astype(bool)
        # what did not happen because it could not says nothing about the noise
        return _Evidence(seen & open_, value, jnp.where(seen & ~open_, value, 0.0))

    @staticmethod
    def _gated(drawn: jax.Array, when: Real | None, evidence: _Evidence | None) -> jax.Array:
        """What was drawn, or nothing (0) where ``when`` is False."""
        if when is None:
            return drawn
        idle = jnp.zeros_like(drawn) if evidence is None else evidence.idle.astype(drawn.dtype)
        return jnp.where(when, drawn, idle)

    def _clamp(
        self,
        info: SiteInfo,
        drawn: jax.Array,
        logp: Callable[[jax.Array], jax.Array],
        when: Real | None,
        told: _Told | None = None,
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
            weight = jnp.where(kind == OBSERVED, weight, 0.0)
            self.logps[column] = weight if told is None else jnp.where(told.here, told.weight, weight)
        if told is not None:
            taken = told.value > 0.5 if info.kind == "event" else told.value.astype(drawn.dtype)
            out = jnp.where(told.here, taken, out)
        return out


def _log_chance(p: jax.Array) -> Callable[[jax.Array], jax.Array]:
    """Log probability of an event's happening or not."""
    return lambda happened: jnp.where(happened, jnp.log(p), jnp.log1p(-p))


def _log_mass(masses: Sequence[jax.Array]) -> Callable[[jax.Array], jax.Array]:
    """Log probability of a count."""
    return lambda k: jnp.log(jnp.maximum(abduction.pick(masses, k), 1e-30))
