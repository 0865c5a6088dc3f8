"""A model: one month for one member, how it starts, and its parameters. And what tracing finds out about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import jax
import jax.numpy as jnp

from keisei.model.parameters import Parameters
from keisei.model.sites import Site
from keisei.model.table import RecordInfo, SiteInfo, Table

Month = Callable[[Any, Any, Site, jax.Array], Any]
Initial = Callable[[Any, Site], Any]


@dataclass(frozen=True)
class Model:
    """A model that the engine can run.

    Args:
        name: for messages and file names.
        month: ``month(state, params, site, t) -> state`` for one member; ``t`` is the integer month.
        initial: ``initial(params, site) -> state``; its sites stand in the month before ``start``.
        parameters: priors; ``params`` is a named tuple of scalars.
        start, end: first and last month that can be run.

    The state is a named tuple of scalars; annotate fields ``Annotated[Real, "unit"]`` to show units in the table.
    """

    name: str
    month: Month
    initial: Initial
    parameters: Parameters
    start: int
    end: int

    def __getstate__(self) -> dict[str, Any]:
        # what was traced is found again where the model arrives
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @cached_property
    def table(self) -> Table:
        """All sites and records (rule 8)."""
        return _survey(self)

    @cached_property
    def reads(self) -> dict[str, tuple[str, ...]]:
        """What each site, and ``state:NAME`` for each stock, depends on directly within the month (rule 8).

        Stocks (``state:NAME``), parameters (``param:NAME``) and earlier sites (their targets).
        """
        return _reads(self)

    @cached_property
    def stocks(self) -> tuple[tuple[str, str], ...]:
        """(name, unit) of the state's leaves; stocks of a nested tuple are named ``group.name``."""
        params = self.parameters.bundle(*([jnp.float32(1.0)] * len(self.parameters.names)))
        state = jax.eval_shape(lambda p: self.initial(p, Site(None)), params)
        return tuple(_units(state, ""))


def _units(node: Any, prefix: str) -> Iterator[tuple[str, str]]:
    """Names and units of the leaves, in the order of flattening."""
    hints = getattr(type(node), "__annotations__", {})
    for name in node._fields:
        child, hint = getattr(node, name), hints.get(name)
        if hasattr(child, "_fields"):
            yield from _units(child, f"{prefix}{name}.")
            continue
        hint = getattr(hint, "__forward_arg__", hint)  # annotations of a named tuple may be kept as text
        meta = getattr(hint, "__metadata__", None)
        if meta is None and isinstance(hint, str) and hint.startswith("Annotated["):
            meta = (hint.removesuffix("]").partition(",")[2].strip().strip("\"'"),)
        yield f"{prefix}{name}", str(meta[0]) if meta else "1"


def _survey(model: Model) -> Table:
    params = model.parameters.bundle(*([jnp.float32(1.0)] * len(model.parameters.names)))
    found: dict[str, tuple[SiteInfo, ...]] = {}
    records: list[RecordInfo] = []

    def first(p: Any) -> Any:
        site = Site(None)
        state = model.initial(p, site)
        found["initial"] = tuple(replace(s, initial=True) for s in site.surveyed)
        return jax.tree.map(jnp.asarray, state)

    state = jax.eval_shape(first, params)
    offset = len(found["initial"])
    lanes = sum(s.lanes for s in found["initial"])

    def one(s: Any, p: Any, t: Any) -> Any:
        site = Site(None)
        site.surveyed = list(found["initial"])
        site._lane = lanes
        new = model.month(s, p, site, t)
        found["month"] = tuple(site.surveyed[offset:])
        records[:] = site.surveyed_records
        return new

    month = jax.ShapeDtypeStruct((), jnp.int32)
    jax.eval_shape(one, state, params, month)
    sites = (*found["initial"], *found["month"])
    return Table(sites, tuple(records), sum(s.lanes for s in sites), model.start)


def _reads(model: Model) -> dict[str, tuple[str, ...]]:
    """Direct dependencies within a month: each site's output is replaced by a free input, then the jaxpr is walked."""
    sites = [s for s in model.table.sites if not s.initial]
    params = model.parameters.bundle(*([jnp.float32(1.0)] * len(model.parameters.names)))
    state = jax.eval_shape(lambda p: jax.tree.map(jnp.asarray, model.initial(p, Site(None))), params)
    typical = {
        s.target: jnp.zeros((), {"choice": jnp.int32, "count": jnp.int32, "event": jnp.bool_}.get(s.kind, jnp.float32))
        for s in sites
    }
    labels: list[str] = []
    stocks = [name for name, _ in model.stocks]

    def traced(s: Any, p: Any, feeds: dict[str, jax.Array], t: Any) -> list[Any]:
        site = Site(None, feed=lambda target, _typical: feeds[target])
        new = model.month(s, p, site, t)
        outputs: list[Any] = []
        labels.clear()
        for target, inputs in site.inputs.items():
            for x in inputs:
                labels.append(target)
                outputs.append(jnp.asarray(x))
        for name, x in zip(stocks, jax.tree.leaves(new), strict=True):
            labels.append(f"state:{name}")
            outputs.append(jnp.asarray(x))
        return outputs

    closed = jax.make_jaxpr(traced)(state, params, typical, jax.ShapeDtypeStruct((), jnp.int32))
    names = (
        [f"state:{n}" for n in stocks] + [f"param:{n}" for n in model.parameters.names] + sorted(typical) + ["month"]
    )
    origin: dict[Any, frozenset[str]] = {
        var: frozenset([name]) for var, name in zip(closed.jaxpr.invars, names, strict=True)
    }

    def of(var: Any) -> frozenset[str]:
        return frozenset() if type(var).__name__ == "Literal" else origin.get(var, frozenset())

    for eqn in closed.jaxpr.eqns:
        union: frozenset[str] = frozenset().union(*(of(v) for v in eqn.invars))
        for var in eqn.outvars:
            origin[var] = union
    reads: dict[str, set[str]] = {}
    for label, var in zip(labels, closed.jaxpr.outvars, strict=True):
        reads.setdefault(label, set()).update(of(var))
    return {label: tuple(sorted(deps)) for label, deps in reads.items()}
