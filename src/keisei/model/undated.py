"""Facts whose month is not known: something happened once in a span of months.

Where all months of the span are watched, the fact makes a row of how = once in each month in which it can have been
(`model.spans` has the likelihood). Another fact of the span's months stays where it is; a month that holds as much as
its site can hold is none in which this one can have been. Where part of the span is not watched, or another span or a
doubt about the same site falls into it, the fact weighs nothing, and the months are not known to be quiet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from keisei.model.doubt import Placed
from keisei.model.sites import MOST_MONTHS
from keisei.model.table import Table
from keisei.score import Row, split_target


class Undated(NamedTuple):
    """What a fact says of one site in a span of months, first and last included."""

    first: int
    last: int
    target: str
    value: float
    where: str

    @property
    def months(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def places(self) -> set[tuple[int, str]]:
        return {(month, self.target) for month in self.months}


def usable(
    given: Iterable[Undated], covered: Collection[tuple[int, str]], doubted: Collection[tuple[int, str]]
) -> list[Undated]:
    """Those whose months are all watched and which no other and no doubt meets."""
    every = list(given)
    return [
        one
        for one in every
        if len(one.months) <= MOST_MONTHS
        and all(place in covered and place not in doubted for place in one.places)
        and not any(one is not other and one.places & other.places for other in every)
    ]


def once_rows(one: Undated, placed: Placed, table: Table) -> list[Row]:
    """A row for each month in which it can have been; none where there is no such month."""
    info, (site, index) = table.by_target[one.target], split_target(one.target)
    most = 1.0 if info.kind == "event" else float(info.cap)
    known = {month: placed[month, one.target][0] for month in one.months}
    free = [(month, x) for month, x in known.items() if not isinstance(x, str) and x + one.value <= most]
    return [
        Row(month, site, x + one.value, "once", index, one.where, otherwise=x, left=len(free) - n)
        for n, (month, x) in enumerate(free)
    ]
