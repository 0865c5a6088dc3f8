"""Quantile fans of records over the members, past and future, with the observed figures beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from keisei.evidence import Evidence
from keisei.model.facts import weighs
from keisei.report.stocks import SPAN, Stock
from keisei.report.view import Dot, Plume

if TYPE_CHECKING:
    import xarray as xr

    from keisei.cases.outlook import Outlook

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def variables_of(data: xr.Dataset, record: str) -> list[str]:
    """The variables of a record in a run: one, or one for each combination of attributes of an event."""
    return [str(name) for name, v in data.data_vars.items() if v.attrs.get("record", name) == record]


def trajectory(past: xr.Dataset, future: xr.Dataset, stock: Stock) -> tuple[np.ndarray, np.ndarray]:
    """Months [months] and values [member, months] of a stock, past and future joined.

    Months in which a sum of twelve is not yet complete are left out.
    """
    pieces = []
    for data in (past, future):
        names = variables_of(data, stock.record)
        pieces.append(sum((data[n].transpose("member", "month").values.astype(np.float64) for n in names), 0.0))
    months = np.concatenate([past["month"].values, future["month"].values])
    values = np.concatenate(pieces, axis=1) * stock.scale
    if stock.shape == "total":
        values = np.cumsum(values, axis=1)
    elif stock.shape == "year":
        sums = np.cumsum(values, axis=1)
        sums[:, SPAN:] = sums[:, SPAN:] - sums[:, :-SPAN]
        values, months = sums[:, SPAN - 1 :], months[SPAN - 1 :]
    return months, values


def drawable(outlook: Outlook, stock: Stock) -> bool:
    """Whether a run holds the past and the future of a stock."""
    return bool(variables_of(outlook.past, stock.record)) and bool(variables_of(outlook.future, stock.record))


def plume(now: Outlook, before: Outlook | None, stock: Stock, first: int, marks: Iterable[int] = ()) -> Plume:
    """A stock from month ``first`` to the end of the outlook."""
    months, values = trajectory(now.past, now.future, stock)
    here = months >= first
    q05, q25, q50, q75, q95 = (tuple(q.tolist()) for q in np.quantile(values[:, here], LEVELS, axis=0))
    old_months: tuple[int, ...] = ()
    old_median: tuple[float, ...] = ()
    if before is not None and drawable(before, stock):
        m, v = trajectory(before.past, before.future, stock)
        after = m >= before.origin
        old_months, old_median = tuple(m[after].tolist()), tuple(np.median(v[:, after], axis=0).tolist())
    return Plume(
        stock.record, stock.title, stock.unit, now.origin, tuple(months[here].tolist()), q05, q25, q50, q75, q95,
        dots=tuple(d for d in dots(now, stock) if (d.first + d.last) // 2 >= first), before_months=old_months,
        before_median=old_median, marks=tuple(sorted(m for m in set(marks) if m >= first)), note=stock.note,
    )  # fmt: skip


def dots(outlook: Outlook, stock: Stock) -> list[Dot]:
    """What was observed of a stock, what came after the origin included and marked."""
    return [*_figures(outlook, stock), *_reports(outlook.case.evidence, stock, outlook.origin)]


def _figures(outlook: Outlook, stock: Stock) -> list[Dot]:
    case, found = outlook.case, []
    for figure in case.evidence.measurements:
        factor = stock.series.get(figure.target, stock.series.get(figure.series))
        if factor is None:
            continue
        meant = case.translation.series(figure)
        used = meant is not None and meant[1] is not None and meant[0] in case.model.table.by_target
        low, high = figure.low, figure.high
        if low is None and high is None and figure.sd:
            low, high = figure.value - 1.96 * figure.sd, figure.value + 1.96 * figure.sd
        found.append(
            Dot(
                figure.span.first_month, figure.span.last_month, figure.value * factor,
                None if low is None else low * factor, None if high is None else high * factor, figure.maker,
                weighs=used and figure.checked != "memory", later=figure.known > outlook.origin,
            )
        )  # fmt: skip
    return found


def _reports(evidence: Evidence, stock: Stock, origin: int) -> list[Dot]:
    if stock.facts is None:
        return []
    site, attributes, factor = stock.facts
    found = []
    for fact in evidence.facts:
        matches = fact.site == site and all(fact.attributes.get(k) == v for k, v in attributes.items())
        if not matches or isinstance(fact.value, str):
            continue
        found.append(
            Dot(
                fact.span.first_month, fact.span.last_month, fact.value * factor,
                None if fact.low is None else fact.low * factor, None if fact.high is None else fact.high * factor,
                ", ".join(fact.sources), weighs=not weighs(fact), later=fact.known > origin,
            )
        )  # fmt: skip
    return found
