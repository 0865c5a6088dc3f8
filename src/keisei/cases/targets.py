"""What ``keisei verify`` scores: the targets of a case, and what came true of each.

``targets.yaml`` of the case names them; see the comment at its head for the keys.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from keisei import months
from keisei.cases.load import Case
from keisei.errors import InputError
from keisei.evidence.tables import Item, complaint, load_yaml, read_yaml
from keisei.forecast.baselines import LEADS
from keisei.forecast.levels import Bins

if TYPE_CHECKING:
    import xarray as xr

Kind = Literal["event", "count", "level"]
_KEYS = (
    "id", "title", "kind", "records", "top", "leads", "from", "rivals", "given", "given_months", "series", "index",
    "at", "sum", "log", "scale", "bins", "error", "bias",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One target.

    Attributes:
        id, title: name, and what it is in words.
        kind: ``event`` (at least one in the month), ``count`` (0…top) or ``level``.
        records: record variables of the model, added up.
        top: the count that stands for itself and more; 1 for an event; the last bin of a level.
        leads: months ahead. begin: first month of the history, where coverage starts later than the model.
        rivals: baselines against which non-inferiority is asked.
        given, given_months: only origins with such an event in the last months, the origin included.
        series, index: figures of a level. published: whether they stand in the month of publication.
        year_sum: whether the record is summed over the calendar year. log: ``""``, ``log`` or ``plus1``.
        scale, bins: of a level, after the logarithm. error, bias: parameters of the law of measurement.
    """

    id: str
    title: str
    kind: Kind
    records: tuple[str, ...]
    top: int = 1
    leads: tuple[int, ...] = LEADS
    begin: int | None = None
    rivals: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    given_months: int = 1
    series: str = ""
    index: str = ""
    published: bool = False
    year_sum: bool = False
    log: str = ""
    scale: float = 1.0
    bins: Bins | None = None
    error: str = ""
    bias: str = ""

    def figure(self, value: float) -> float:
        """A measured figure on the target's scale; NaN where it has none."""
        if self.log and value <= 0:
            return math.nan
        return math.log(value) if self.log == "log" else math.log1p(value) if self.log else value

    def level(self, values: np.ndarray) -> np.ndarray:
        """Members' levels on the target's scale."""
        if not self.log:
            return values
        return np.log1p(np.maximum(values, 0.0)) if self.log == "plus1" else np.log(np.maximum(values, 1e-3))

    @cached_property
    def metrics(self) -> tuple[Literal["log_score", "brier", "crps"], ...]:
        """The scores that fit its kind, the first of which counts."""
        if self.kind == "event":
            return ("log_score", "brier")
        return ("log_score", "crps") if self.kind == "count" else ("crps",)

    @property
    def unit_of_crps(self) -> float:
        """What one count is worth: the width of a bin, 1 for counts."""
        return self.bins.width if self.bins else 1.0


def load_targets(case: Case) -> tuple[Target, ...]:
    """The targets of a case.

    Raises:
        InputError: the file is absent or wrong, with its line.
    """
    path = case.folder / "targets.yaml"
    if not path.is_file():
        raise InputError("the file is absent", file=path, mend="a case that is verified needs a targets.yaml")
    known = {r.variable for r in case.model.table.records}
    found: dict[str, Target] = {}
    for item in read_yaml(path, _KEYS):
        target = _target(item, path)
        for name in (*target.records, *target.given):
            if name not in known:
                raise _wrong(item, path, "records", f"'{name}' is not a record of the model", "see keisei case sites")
        for name in (target.error, target.bias):
            if name and name not in case.parameters.names:
                raise _wrong(item, path, "error", f"'{name}' is not a parameter", "use one of parameters.yaml")
        if target.id in found:
            raise _wrong(item, path, "id", f"the id '{target.id}' stands twice", "rename one")
        found[target.id] = target
    return tuple(found.values())


@dataclass(frozen=True)
class Apart:
    """Which origins are reported apart.

    Attributes:
        frozen: choices rest on origins up to this month.
        learned: from the vintage of this month on the parameters have seen what the priors' authors knew; None where
            nothing is said. hindsight: what they knew, in words. looked: which origins after ``frozen`` a choice has
            looked at, in words.
    """

    frozen: int
    learned: int | None
    hindsight: str
    looked: str


def load_apart(case: Case) -> Apart:
    """What ``verification.yaml`` of the case says; without it choices are taken as frozen on 2021-12.

    Raises:
        InputError: the file is no mapping, a key is unknown, or a month is none.
    """
    path = case.folder / "verification.yaml"
    found = load_yaml(path) if path.is_file() else {}
    if not isinstance(found, dict) or set(found) - {"frozen", "learned", "hindsight", "looked"}:
        raise InputError("it is not as it should be", file=path, mend="write frozen, learned, hindsight and looked")
    try:
        learned = months.parse(found["learned"]) if "learned" in found else None
        words = [str(found.get(key, "")).strip() for key in ("hindsight", "looked")]
        return Apart(months.parse(found.get("frozen", "2021-12")), learned, *words)
    except InputError as error:
        raise InputError(error.message, file=path, mend=error.mend) from None


def _wrong(item: Item, path: Path, key: str, message: str, mend: str) -> InputError:
    name = f"target '{item.cells.get('id') or '?'}': "
    return complaint(name + message, file=path, line=item.lines.get(key, item.line), mend=mend)


def _target(item: Item, path: Path) -> Target:
    cells = {key: value for key, value in item.cells.items() if value is not None}
    for key in ("id", "title", "kind", "records"):
        if not cells.get(key):
            raise _wrong(item, path, key, f"it has no {key}", "add it")
    if cells["kind"] not in ("event", "count", "level"):
        raise _wrong(item, path, "kind", f"'{cells['kind']}' is no kind", "use event, count or level")
    given: dict[str, Any] = {}
    key = ""
    try:
        for key, kind in (("top", int), ("given_months", int), ("scale", float)):
            if key in cells:
                given[key] = kind(cells[key])
        for key in ("records", "rivals", "given"):
            given[key] = tuple(cells.get(key, ()))
        key = "leads"
        if key in cells:
            given[key] = tuple(int(x) for x in cells[key])
        key = "bins"
        if key in cells:
            low, high, width = (float(x) for x in cells[key])
            given[key] = Bins(low, high, width)
            given["top"] = given[key].count - 1
        key = "from"
        if key in cells:
            given["begin"] = months.parse(cells[key])
    except (ValueError, TypeError, InputError):
        raise _wrong(item, path, key, f"'{cells.get(key)}' does not fit {key}", "see the head of the file") from None
    level = cells["kind"] == "level"
    if level and not ("bins" in given and cells.get("series") and cells.get("error")):
        raise _wrong(item, path, "kind", "a level needs series, bins and error", "add them")
    if given.get("top", 1) < 1 or (cells["kind"] == "count" and "top" not in given):
        raise _wrong(item, path, "top", "a count needs a top of 1 or more", "add it")
    return Target(
        id=cells["id"], title=cells["title"], kind=cells["kind"], series=cells.get("series", ""),
        index=cells.get("index", ""), published=cells.get("at") == "published", year_sum=cells.get("sum") == "year",
        log={"yes": "log", "plus1": "plus1"}.get(cells.get("log", ""), ""), error=cells.get("error", ""),
        bias=cells.get("bias", ""), **given,
    )  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """The figures of a level: the month each stands in, when it was known, its value on the target's scale."""

    month: np.ndarray
    known: np.ndarray
    value: np.ndarray


def figures(case: Case, target: Target, last: int) -> Figures:
    """The figures of a level target that were known by ``last``, in the order of their months."""
    rows = []
    for figure in case.evidence.until(last).measurements:
        if figure.series == target.series and figure.index == target.index and figure.checked != "memory":
            value = target.figure(figure.value)
            if not math.isnan(value):
                rows.append((figure.known if target.published else figure.span.last_month, figure.known, value))
    rows.sort()
    table = np.array(rows, float).reshape(-1, 3)
    return Figures(table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2])


def history(observed: xr.Dataset, target: Target) -> tuple[xr.DataArray, xr.DataArray]:
    """(monthly counts without a gap, the same with NaN where the evidence does not cover the month).

    A month that is not covered counts what is known of it, for the baselines' history only: nothing is scored there.
    """
    known = [observed[name] for name in target.records]
    with_gaps = sum(known[1:], known[0])
    whole = sum((one.fillna(0.0) for one in known[1:]), known[0].fillna(0.0))
    if target.begin is not None:
        keep = observed["month"] >= target.begin
        with_gaps, whole = with_gaps[keep], whole[keep]
    if target.kind == "event":
        with_gaps, whole = with_gaps.clip(max=1.0), whole.clip(max=1.0)
    return whole, with_gaps


def asked(observed: xr.Dataset, target: Target, origins: np.ndarray) -> np.ndarray:
    """[origins] whether the target is asked there: always, or only after what it is ``given``."""
    if not target.given:
        return np.ones(len(origins), bool)
    happened: np.ndarray = np.stack([observed[name].fillna(0.0).values > 0 for name in target.given]).max(axis=0)
    first = int(observed["month"][0])
    return np.array(
        [bool(happened[max(0, o - first - target.given_months + 1) : o - first + 1].any()) for o in origins]
    )
