"""Score rows as dense arrays: ``kind[t, column]`` and ``value[t, column]``. Data, never code."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from keisei import months
from keisei.errors import InputError
from keisei.model.sites import (
    ABDUCTED,
    CONTESTED,
    MOST_MONTHS,
    NONE,
    OBSERVED,
    ONCE,
    SET,
    Levels,
    contested_code,
    once_code,
)
from keisei.model.table import SiteInfo, Table
from keisei.score import Row

_HOW = {"observed": OBSERVED, "set": SET, "abducted": ABDUCTED, "contested": CONTESTED, "once": ONCE}


class Layout(NamedTuple):
    """Rows of some months, dense.

    Attributes:
        first: the month of row 0.
        kinds: int8 [months, columns].
        values: float32 [months, columns].
    """

    first: int
    kinds: np.ndarray
    values: np.ndarray

    @property
    def levels(self) -> Levels:
        """Which clamps these rows need."""
        settable = {int(c) for c in np.flatnonzero((self.kinds == SET).any(axis=0))}
        observable = {int(c) for c in np.flatnonzero((self.kinds == OBSERVED).any(axis=0))}
        contestable = {int(c) for c in np.flatnonzero((self.kinds == CONTESTED).any(axis=0))}
        spanned = {int(c) for c in np.flatnonzero((self.kinds == ONCE).any(axis=0))}
        return Levels(
            frozenset(settable), frozenset(observable | contestable | spanned), frozenset(contestable),
            frozenset(spanned),
        )  # fmt: skip


def layout(table: Table, score: Iterable[Row], first: int, last: int) -> Layout:
    """Dense rows for months ``first − 1`` (the sites of ``initial``) to ``last``.

    Rows of other months are left out; a later row replaces an earlier one at the same place.

    Raises:
        InputError: an unknown site, an option or value the site cannot hold, a NaN, an observed deterministic value, or
            a site of ``initial`` in another month.
    """
    kinds = np.zeros((last - first + 2, len(table.sites)), np.int8)
    values = np.zeros(kinds.shape, np.float32)
    for row in score:
        if row.how not in _HOW:
            raise InputError(f"'{row.how}' is no way for a row to stand", mend=f"use one of {', '.join(_HOW)}")
        try:
            info = table.site(row.target)
            if not isinstance(row.value, str) and not math.isfinite(row.value):
                raise InputError(f"{row.value} at site {row.target} is not finite", mend="give a number")
            if info.kind == "value" and row.how == "observed":
                raise InputError(f"site {row.target} is deterministic and cannot be observed", mend="set it instead")
            if info.initial and row.month != table.start - 1:
                raise InputError(
                    f"site {row.target} stands only in {months.show(table.start - 1)}, before the model's first month",
                    mend="move the row there",
                )
            code = info.code(row.value)
            if row.how in ("contested", "once"):
                code = _two_values(info, row, code)
        except InputError as error:
            where = f"{row.source}, " if row.source else ""
            raise InputError(f"{where}{months.show(row.month)}: {error.message}", mend=error.mend) from None
        t = row.month - (first - 1)
        if 0 <= t < len(kinds):
            kinds[t, info.column] = _HOW[row.how]
            values[t, info.column] = code
    return Layout(first - 1, kinds, values)


def _two_values(info: SiteInfo, row: Row, code: float) -> float:
    """The number of a row that holds two values: one that is contested, or one of a span.

    Raises:
        InputError: the site holds no event or count, the trust is no probability, or a span has too few or many months.
    """
    if info.kind not in ("event", "count"):
        raise InputError(f"site {row.target} cannot be {row.how}", mend="only events and counts can")
    if code >= 64.0:
        raise InputError(f"{code:g} at site {row.target} is too many to be {row.how}", mend="only counts under 64 can")
    if row.how == "once":
        if not 1 <= row.left <= MOST_MONTHS:
            raise InputError(
                f"a span with {row.left} months left at site {row.target}", mend=f"give 1 to {MOST_MONTHS}"
            )
        return once_code(code, info.code(row.otherwise), row.left)
    if not 0.0 < row.trust < 1.0:
        raise InputError(f"a trust of {row.trust} at site {row.target} is no probability", mend="give one under 1")
    return contested_code(code, info.code(row.otherwise), row.trust)


def agreement(one: Layout, other: Layout) -> int:
    """How many months from the first on two layouts that begin in the same month say the same."""
    n = min(len(one.kinds), len(other.kinds))
    same = (one.kinds[:n] == other.kinds[:n]).all(axis=1) & (one.values[:n] == other.values[:n]).all(axis=1)
    return n if same.all() else int(np.argmin(same))


def abduct_after(base: Layout, changed: Layout) -> Layout:
    """The rows of a changed world: the base's ``set`` rows and the changed ones; what the base observed is abducted.

    Before the first change the two worlds are the same; from it on an observed row of the base says what the noise
    was, not what the value must be.
    """
    kinds, values = base.kinds.copy(), base.values.copy()
    altered = changed.kinds == SET
    if altered.any():
        start = int(np.flatnonzero(altered.any(axis=1))[0])
        tail = kinds[start:]
        tail[(tail == OBSERVED) | (tail == CONTESTED) | (tail == ONCE)] = ABDUCTED
    kinds[altered] = SET
    values[altered] = changed.values[altered]
    return Layout(base.first, kinds, values)


def near(names: Iterable[str], wanted: str) -> str:
    """A mend that lists names like the wanted one."""
    found = difflib.get_close_matches(wanted, list(names), n=3, cutoff=0.5)
    return f"did you mean {', '.join(found)}?" if found else "see the list of names"


__all__ = ["NONE", "Layout", "abduct_after", "agreement", "layout", "near"]
