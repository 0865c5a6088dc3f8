"""Score rows: what stands at a site in a month (as notes stand in music).

A row is ``(month, site, index, value, how)``. ``observed``: the site takes the value and the member is weighed by its
probability or density. ``set``: it takes the value, no weight. ``abducted``: the noise is what the evidence implies,
the value is free. ``contested``: the site takes the value or what stands otherwise, and the member is weighed by the
mixture of the two. ``once``: the site takes the value in one of the months of a span and what stands otherwise in the
rest, and the member is weighed by the sum over the months it may have been.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from keisei import months
from keisei.errors import InputError

How = Literal["observed", "set", "abducted", "contested", "once"]

_TARGET = re.compile(r"(?P<site>[^\[\]=@]+)(?:\[(?P<index>[^\[\]]+)\])?")


@dataclass(frozen=True)
class Row:
    """One row of a score. ``value`` is a number, or the name of an option of a choice.

    A contested row is true with probability ``trust``; else the value is ``otherwise``. A row of how = once stands in
    each month of a span; ``left`` counts the months of the span from this one to its last.
    """

    month: int
    site: str
    value: float | str
    how: How = "observed"
    index: str = ""
    source: str = ""
    trust: float = 1.0
    otherwise: float = 0.0
    left: int = 1

    @property
    def target(self) -> str:
        """Site and index as one name, ``SITE`` or ``SITE[INDEX]``."""
        return f"{self.site}[{self.index}]" if self.index else self.site


Score = tuple[Row, ...]


def split_target(target: str) -> tuple[str, str]:
    """``SITE[INDEX]`` as (site, index); index is empty where there is none."""
    match = _TARGET.fullmatch(target.strip())
    if not match:
        raise InputError(f"'{target}' does not name a site", mend="write SITE or SITE[INDEX]")
    return match["site"].strip(), match["index"] or ""


@dataclass(frozen=True)
class Setting:
    """What a what-if sets: one site to one value from a month until a month, both included."""

    site: str
    index: str
    value: float | str
    first: int
    last: int | None

    def rows(self, until: int) -> Score:
        """Its rows; an open setting (``@FROM..``) runs to ``until``."""
        last = until if self.last is None else min(self.last, until)
        return tuple(Row(m, self.site, self.value, "set", self.index, "what-if") for m in range(self.first, last + 1))


def parse_setting(text: str) -> Setting:
    """Read ``SITE=VALUE@FROM``, ``SITE=VALUE@FROM..`` (until the end) or ``SITE=VALUE@FROM..UNTIL``.

    >>> parse_setting("war.ends=1@2026-01").value
    1.0

    Raises:
        InputError: a part is missing, a month is none, or the value is not finite.
    """
    target, equals, rest = text.partition("=")
    value_text, at, span = rest.rpartition("@")
    if not equals or not at or not value_text.strip():
        raise InputError(f"'{text}' is not a setting", mend="write SITE=VALUE@FROM or SITE=VALUE@FROM..UNTIL")
    site, index = split_target(target)
    value: float | str
    try:
        value = float(value_text)
    except ValueError:
        value = value_text.strip()
    if isinstance(value, float) and not value_text.isascii():
        raise InputError(f"'{text}' has digits that are not plain", mend=f"write {value:g}")
    if isinstance(value, float) and not math.isfinite(value):
        raise InputError(f"'{text}' sets a value that is not finite", mend="give a number or an option's name")
    first, dots, last = span.partition("..")
    if dots and not last.strip():
        return Setting(site, index, value, months.parse(first), None)
    start, end = months.parse_span(span)
    return Setting(site, index, value, start, end)


def settings_rows(settings: Iterable[Setting], until: int) -> Score:
    """All rows of some settings, in the order given; a later one replaces an earlier one at the same place."""
    rows: dict[tuple[int, str], Row] = {}
    for setting in settings:
        for row in setting.rows(until):
            rows[row.month, row.target] = row
    return tuple(rows.values())
