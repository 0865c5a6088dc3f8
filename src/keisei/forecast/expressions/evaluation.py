"""Expression × records → truth, in three values, for every member at once.

A quantity whose months are partly missing is known only to lie in an interval: a count lies between what was
counted and infinity, a level between −∞ and ∞. A comparison is then true, false or unknown, and unknowns
combine by Kleene's strong logic (Kleene 1952, §64): ``unknown and false`` is false, ``unknown or true`` is
true.

The Dataset is what a run gives: dimensions (member, month), integer ``month`` coordinate, one variable a
record or a record's variant, attrs ``record``, ``unit``, ``kind`` ("event" or "level") and ``attributes``
(JSON). Observations have the same form without ``member``; NaN is a month that was not observed.
"""

from __future__ import annotations

import difflib
import json
import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keisei import months
from keisei.errors import InputError
from keisei.forecast.expressions.tree import (
    And,
    Atom,
    Change,
    Expression,
    Level,
    Not,
    Occurs,
    Or,
    Record,
    Tally,
    at_origin,
    atoms,
    show,
)

if TYPE_CHECKING:
    import xarray as xr

TRUE, FALSE, UNKNOWN = (
    np.int8(1),
    np.int8(-1),
    np.int8(0),
)  # in this order Kleene's and is min, or is max, not is −

_VARIANT = re.compile(r"(?P<name>[^{}]+)(?:\{(?P<attributes>[^{}]*)\})?")
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}


@dataclass(frozen=True)
class Variable:
    """A variable of a Dataset, read from its attrs (or, where these are missing, from its name)."""

    key: str
    record: str
    attributes: dict[str, str]
    kind: str


def variable_name(record: str, attributes: dict[str, str] | None = None) -> str:
    """The variable's name of a record: ``NAME``, or ``NAME{k=v,k2=v2}`` with keys sorted.

    >>> variable_name("summit", {"pair": "PRK-RUS", "level": "leaders"})
    'summit{level=leaders,pair=PRK-RUS}'
    """
    inside = ",".join(f"{key}={value}" for key, value in sorted((attributes or {}).items()))
    return f"{record}{{{inside}}}" if inside else record


def variables(dataset: xr.Dataset) -> tuple[Variable, ...]:
    """Every variable of a Dataset with its record, attributes and kind.

    Raises:
        InputError: a variable's kind is not stated, or its attributes are not a JSON object.
    """
    found = []
    for key in dataset.data_vars:
        data = dataset.variables[key]  # without its coordinates, which cost more than all the rest
        match = _VARIANT.fullmatch(str(key))
        written = match["attributes"] if match else None
        pairs = dict(part.split("=", 1) for part in written.split(",") if "=" in part) if written else {}
        if "attributes" in data.attrs:
            try:
                read = json.loads(data.attrs["attributes"])
                pairs = {str(k): _text(v) for k, v in read.items()}
            except (TypeError, ValueError, AttributeError):
                raise InputError(f"the attributes of '{key}' are not a JSON object") from None
        kind = data.attrs.get("kind")
        if kind not in ("event", "level"):
            raise InputError(f"the kind of '{key}' is {kind!r}", mend="set attrs['kind'] to 'event' or 'level'")
        name = str(data.attrs.get("record") or (match["name"] if match else key))
        found.append(Variable(str(key), name, pairs, kind))
    return tuple(found)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _near(wanted: str, known: Iterable[str]) -> str:
    options = sorted(set(known))
    near = difflib.get_close_matches(wanted, options, n=5, cutoff=0.4) or options[:12]
    return "use one of " + ", ".join(near) if near else "none is known"


def matching(record: Record, table: tuple[Variable, ...]) -> tuple[Variable, ...]:
    """The variables that a record's filter reads.

    A variable whose attributes are exactly those asked for is the total of what it covers and is read alone;
    else all variables that have at least those attributes are, and a count sums them.

    Raises:
        InputError: no such record, attribute or value; near names are listed.
    """
    same = [v for v in table if v.record == record.name]
    if not same:
        raise InputError(f"'{record.name}' is not a record", mend=_near(record.name, (v.record for v in table)))
    wanted = dict(record.attributes)
    for key, value in record.attributes:
        values = {v.attributes[key] for v in same if key in v.attributes}
        if not values:
            keys = {k for v in same for k in v.attributes}
            mend = _near(key, keys) if keys else "leave attributes out"
            raise InputError(f"'{record.name}' has no attribute '{key}'", mend=mend)
        if value not in values:
            raise InputError(f"'{record.name}' has no {key}={value}", mend=_near(value, values))
    exact = tuple(v for v in same if v.attributes == wanted)
    if exact:
        return exact
    fitting = tuple(v for v in same if wanted.items() <= v.attributes.items())
    if not fitting:
        raise InputError(f"no variant of '{record.name}' has all of {dict(wanted)}", mend="drop an attribute")
    return fitting


def _check_kind(atom: Atom, found: tuple[Variable, ...]) -> None:
    match atom:
        case Tally(function=name):
            function: str = name
        case Occurs():
            function = "any"
        case Level():
            function = "value"
        case Change():
            function = "change"
    wanted = {"any": "event", "count": "event", "value": "level", "change": "level"}.get(function)
    if wanted and any(v.kind != wanted for v in found):
        what = "counts events, it has no level" if wanted == "level" else "is a level, not a count of events"
        mend = "use count, any or sum" if wanted == "level" else "use value, change or sum"
        raise InputError(f"{function}() cannot read '{atom.record.name}': it {what}", mend=mend)
    if len(found) > 1 and found[0].kind == "level":
        names = ", ".join(v.key for v in found)
        raise InputError(f"'{atom.record}' names several levels ({names})", mend="name the attributes of one")


def check(expression: Expression, table: tuple[Variable, ...]) -> None:
    """Refuse an expression that reads what the table of variables does not hold.

    Raises:
        InputError: unknown record, attribute or value (near names listed), or a function that does not fit
        the kind.
    """
    for atom in atoms(expression):
        _check_kind(atom, matching(atom.record, table))


class _Reader:
    """Blocks [member, months] of a Dataset by record, NaN where a month is missing."""

    def __init__(self, dataset: xr.Dataset) -> None:
        self.dataset, self.table = dataset, variables(dataset)
        if "month" not in dataset.coords:
            raise InputError("the records have no month coordinate", mend="give integer months, year·12 + month − 1")
        self.first = int(dataset["month"].values[0]) if dataset.sizes["month"] else 0
        coordinate = dataset["month"].values
        if not np.array_equal(coordinate, np.arange(self.first, self.first + len(coordinate))):
            raise InputError("the month coordinate is not a run of consecutive months")
        self.members = dataset.sizes.get("member", 1)

    def block(self, variable: Variable, first: int, last: int) -> NDArray[np.float64]:
        data = self.dataset[variable.key]
        dims = ("member", "month") if "member" in data.dims else ("month",)
        out = np.full((self.members, last - first + 1), np.nan)
        start, stop = max(first, self.first), min(last + 1, self.first + self.dataset.sizes["month"])
        if stop > start:
            values = data.transpose(*dims).values[..., start - self.first : stop - self.first]
            out[:, start - first : stop - first] = values
        return out


class _SlidingReader(_Reader):
    """One world of observations seen from several shifts: what stands for a member is a shift in months."""

    def __init__(self, dataset: xr.Dataset, shifts: NDArray[np.int64]) -> None:
        super().__init__(dataset)
        if self.members != 1:
            raise InputError("observations have one world, these have several members", mend="use evaluate")
        self.shifts, self.members = shifts, len(shifts)

    def block(self, variable: Variable, first: int, last: int) -> NDArray[np.float64]:
        values = np.append(self.dataset[variable.key].values.reshape(-1).astype(float), np.nan)
        place = self.shifts[:, None] + np.arange(first, last + 1) - self.first
        outside = (place < 0) | (place >= len(values) - 1)
        found: NDArray[np.float64] = values[np.where(outside, len(values) - 1, place)]
        return found


def _bounds(atom: Atom, reader: _Reader) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least and greatest value that the atom's quantity can have, by member."""
    found = matching(atom.record, reader.table)
    _check_kind(atom, found)
    match atom:
        case Tally(window=window) | Occurs(window=window):
            low = np.zeros(reader.members)
            high = np.zeros(reader.members)
            for variable in found:
                block = reader.block(variable, window.first.value, window.last.value)
                missing = np.isnan(block).any(axis=1)
                known = np.nansum(block, axis=1)
                low += known if variable.kind == "event" else np.where(missing, -np.inf, known)
                high += np.where(missing, np.inf, known)
            return low, high
        case Level(record=_, at=at):
            value = reader.block(found[0], at.value, at.value)[:, 0]
        case Change(first=first, last=last):
            before = reader.block(found[0], first.value, first.value)[:, 0]
            value = reader.block(found[0], last.value, last.value)[:, 0] - before
    missing = np.isnan(value)
    return np.where(missing, -np.inf, value), np.where(missing, np.inf, value)


def _compare(low: NDArray[Any], high: NDArray[Any], comparison: str, number: float) -> NDArray[np.int8]:
    if comparison in ("==", "!="):
        sure = (low == high) & (low == number)
        never = (high < number) | (low > number)
        truth = np.where(sure, TRUE, np.where(never, FALSE, UNKNOWN)).astype(np.int8)
        return truth if comparison == "==" else -truth
    holds = _COMPARE[comparison]
    at_low, at_high = holds(low, number), holds(high, number)
    return np.where(at_low & at_high, TRUE, np.where(at_low | at_high, UNKNOWN, FALSE)).astype(np.int8)


def satisfies(values: ArrayLike, comparison: str, number: float) -> NDArray[np.bool_]:
    """Whether known quantities compare so to a number: bool, in the shape of ``values``."""
    known = np.asarray(values, float)
    return _compare(known, known, comparison, number) == TRUE


def _truth(expression: Expression, reader: _Reader) -> NDArray[np.int8]:
    match expression:
        case Not(term):
            return (-_truth(term, reader)).astype(np.int8)
        case And(terms):
            return np.minimum.reduce([_truth(term, reader) for term in terms])
        case Or(terms):
            return np.maximum.reduce([_truth(term, reader) for term in terms])
        case Occurs():
            return _compare(*_bounds(expression, reader), ">=", 1.0)
        case _:
            return _compare(*_bounds(expression, reader), expression.comparison, expression.number)


def truth(expression: Expression, dataset: xr.Dataset, origin: int | None = None) -> NDArray[np.int8]:
    """Three-valued truth [member]: 1 true, −1 false, 0 unknown because months are missing.

    Raises:
        InputError: unknown record, attribute or value; wrong kind; months relative to an origin that is not
        given.
    """
    return _truth(at_origin(expression, origin), _Reader(dataset))


def evaluate(expression: Expression, dataset: xr.Dataset, origin: int | None = None) -> NDArray[np.bool_]:
    """Whether the expression holds, by member: bool [member].

    Raises:
        InputError: as for ``truth``; or a member's answer hangs on months that the run does not have.
    """
    found = truth(expression, dataset, origin)
    unknown = int((found == UNKNOWN).sum())
    if unknown:
        month = dataset["month"].values
        have = f"{months.show(int(month[0]))}..{months.show(int(month[-1]))}" if len(month) else "no month"
        raise InputError(
            f"'{show(expression)}' is undecided for {unknown} of {len(found)} members: the run has {have}",
            mend="run until the last month of the question",
        )
    return found == TRUE


def truth_over_shifts(expression: Expression, observations: xr.Dataset, shifts: NDArray[np.int64]) -> NDArray[np.int8]:
    """Three-valued truth [shift] of an expression moved by each number of months, on observations.

    The same as ``truth(shifted(expression, shift), observations)`` shift by shift, at once.

    Raises:
        InputError: as for ``truth``.
    """
    return _truth(at_origin(expression, None), _SlidingReader(observations, np.asarray(shifts)))


def resolve(expression: Expression, observations: xr.Dataset, origin: int | None = None) -> bool | None:
    """What happened: True, False, or None while the observations do not decide it.

    ``observations`` has the form of a run without ``member``; a month that is absent or NaN was not observed.
    """
    if observations.sizes.get("member", 1) != 1:
        raise InputError("observations have one world, these have several members", mend="use evaluate")
    answer = int(truth(expression, observations, origin)[0])
    return {1: True, -1: False}.get(answer)
