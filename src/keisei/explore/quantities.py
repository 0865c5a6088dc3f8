"""What an experiment measures: a small language, read once and evaluated on the members of a run.

    mean(RECORD[, attribute=value…]) within MONTH..MONTH       also sum, value (one month)
    probability(EXPRESSION)                                    an expression of `keisei.forecast.expressions`
    parameter(NAME)            parameter(NAME == OPTION)       a number of the model; whether a switch stands so

Months are ``YYYY-MM`` or ``origin+N``. Records that match in name and the attributes given are added up, so
``sum(PRK.launch.ballistic)`` counts all classes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from keisei import months
from keisei.errors import InputError
from keisei.forecast import expressions as ex
from keisei.model.parameters import Parameters
from keisei.model.table import Table

if TYPE_CHECKING:
    import xarray as xr

Kind = Literal["mean", "sum", "value", "probability", "parameter"]
_LEVEL = re.compile(r"(?P<kind>mean|sum|value)\((?P<inside>[^()]+)\)\s+within\s+(?P<span>\S+)")
_ODDS = re.compile(r"probability\((?P<inside>.+)\)", re.DOTALL)
_PARAMETER = re.compile(r"parameter\(\s*(?P<name>\w+)\s*(?:==\s*(?P<option>[-+.\w]+)\s*)?\)")
_ORIGIN = re.compile(r"origin(?:([+-]\d{1,4}))?(?!\w)")
_SHAPE = "write mean(RECORD) within A..B, sum(…), value(…), probability(EXPRESSION) or parameter(NAME == OPTION)"


def with_origin(text: str, origin: int) -> str:
    """A text whose months counted from an origin have become calendar months.

    >>> with_origin("war.phase=full@origin+1..origin+24", months.parse("2025-09"))
    'war.phase=full@2025-10..2027-09'
    """
    return _ORIGIN.sub(lambda m: months.show(origin + int(m[1] or 0)), text)


@dataclass(frozen=True)
class Quantity:
    """One quantity, with calendar months.

    Attributes:
        kind: how it is taken. record, attributes, first, last: of mean, sum and value.
        expression: of a probability. parameter, option: of a parameter; option None for its value.
    """

    kind: Kind
    record: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    first: int = 0
    last: int = 0
    expression: ex.Expression | None = None
    parameter: str = ""
    option: float | None = None

    @property
    def span(self) -> tuple[int, int]:
        """First and last month it reads; (0, 0) for a parameter."""
        return (self.first, self.last) if self.expression is None else ex.span(self.expression)

    @property
    def records(self) -> frozenset[str]:
        """Names of the records it reads."""
        if self.expression is not None:
            return frozenset(record.name for record in ex.names(self.expression))
        return frozenset({self.record}) if self.record else frozenset()

    def of_members(self, data: xr.Dataset) -> np.ndarray:
        """Its value for each member of a run, [member] float64; a probability gives 0 or 1.

        Raises:
            InputError: the run does not hold what it reads.
        """
        if self.expression is not None:
            return ex.evaluate(self.expression, data).astype(np.float64)
        month = data["month"].values
        if len(month) == 0 or self.first < month[0] or self.last > month[-1]:
            raise InputError(
                f"'{self.record}' is read in {months.show(self.first)}..{months.show(self.last)}, outside the run",
                mend="move the window",
            )
        here = slice(self.first - int(month[0]), self.last - int(month[0]) + 1)
        found = [v for v in data.data_vars if self._is(data[v].attrs)]
        if not found:
            raise InputError(f"the run holds no record '{self.record}' with these attributes", mend="check the name")
        total = np.sum([data[v].transpose("member", "month").values[:, here].astype(np.float64) for v in found], axis=0)
        return np.asarray(total.sum(axis=1) if self.kind == "sum" else total.mean(axis=1))

    def of_draws(self, parameters: Parameters, draws: np.ndarray) -> np.ndarray:
        """A parameter's value in each draw, [draws]; 1 or 0 where an option is asked for."""
        column = draws[:, parameters.names.index(self.parameter)].astype(np.float64)
        return column if self.option is None else (np.abs(column - self.option) < 0.5e-6).astype(np.float64)

    def check(self, table: Table, parameters: Parameters) -> None:
        """Refuse a record, attribute, parameter or option that the model does not have.

        Raises:
            InputError: naming what is near.
        """
        from keisei.model.rows import near

        if self.kind == "parameter":
            if self.parameter not in parameters.names:
                raise InputError(f"'{self.parameter}' is not a parameter", mend=near(parameters.names, self.parameter))
            options = parameters[self.parameter].options
            if self.option is not None and self.option not in options:
                shown = ", ".join(f"{o:g}" for o in options) or "none: it is no switch"
                raise InputError(f"{self.parameter} has no option {self.option:g}", mend=f"its options are {shown}")
            return
        names = {r.name for r in table.records}
        for name in sorted(self.records - names):
            raise InputError(f"'{name}' is not a record of the model", mend=near(names, name))
        if self.expression is None and not any(
            r.name == self.record and set(self.attributes) <= set(r.attributes) for r in table.records
        ):
            shown = ", ".join(f"{k}={v}" for k, v in self.attributes)
            raise InputError(f"no record '{self.record}' has {shown}", mend="see keisei simulate for the records")

    def _is(self, attrs: dict[str, str]) -> bool:
        return attrs["record"] == self.record and set(self.attributes) <= set(json.loads(attrs["attributes"]).items())


def parse_quantity(text: str, origin: int) -> Quantity:
    """Read a quantity; months counted from the origin become calendar months.

    Raises:
        InputError: it is none of the forms, or a part of it does not parse.
    """
    text = text.strip()
    if match := _ODDS.fullmatch(text):
        return Quantity("probability", expression=ex.parse(with_origin(match["inside"], origin)))
    if match := _PARAMETER.fullmatch(text):
        try:
            option = None if match["option"] is None else float(match["option"])
        except ValueError:
            raise InputError(f"'{match['option']}' is no number", mend="write the option's number") from None
        return Quantity("parameter", parameter=match["name"], option=option)
    match = _LEVEL.fullmatch(text)
    if not match:
        raise InputError(f"'{text}' is not a quantity", mend=_SHAPE)
    name, *rest = [part.strip() for part in match["inside"].split(",")]
    pairs = []
    for part in rest:
        key, equals, value = part.partition("=")
        if not (equals and key.strip() and value.strip()):
            raise InputError(f"'{part}' is not attribute=value", mend="write for example class=ICBM")
        pairs.append((key.strip(), value.strip()))
    first, last = months.parse_span(with_origin(match["span"], origin))
    if match["kind"] == "value" and first != last:
        raise InputError(f"'{text}' takes one month", mend="write within YYYY-MM, or use mean or sum")
    return Quantity(match["kind"], name, tuple(sorted(pairs)), first, last)  # type: ignore[arg-type]
