"""The site table: every named site and record of a model, found by tracing one month (rule 8)."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from keisei.errors import InputError

Kind = Literal["choice", "count", "event", "draw", "value", "measure"]


@dataclass(frozen=True)
class SiteInfo:
    """One site: where its noise lanes and its column of the score stand, and what it may hold.

    ``initial``: it stands in the month before the model's first, and only there.
    """

    name: str
    index: str
    kind: Kind
    column: int
    lane: int
    lanes: int
    options: tuple[str, ...] = ()
    cap: int = 0
    unit: str = ""
    initial: bool = False

    @property
    def target(self) -> str:
        """``SITE`` or ``SITE[INDEX]``."""
        return f"{self.name}[{self.index}]" if self.index else self.name

    def code(self, value: float | str) -> float:
        """The number that stands for a value at this site.

        Raises:
            InputError: an unknown option, a negative or fractional count, or an event that is neither 0 nor 1.
        """
        if self.options:
            if isinstance(value, str) and value in self.options:
                return float(self.options.index(value))
            if not isinstance(value, str) and float(value).is_integer() and 0 <= value < len(self.options):
                return float(value)
            raise InputError(
                f"'{value}' is no option of site {self.target}", mend=f"use one of {', '.join(self.options)}"
            )
        if isinstance(value, str):
            words = {"true": 1.0, "yes": 1.0, "false": 0.0, "no": 0.0}
            if self.kind == "event" and value.lower() in words:
                return words[value.lower()]
            raise InputError(f"'{value}' is not a number, which site {self.target} needs", mend="give a number")
        if self.kind == "event" and value not in (0, 1):
            raise InputError(f"{value} is out of range at event {self.target}", mend="give 0 or 1")
        if self.kind == "count" and not (float(value).is_integer() and 0 <= value <= self.cap):
            raise InputError(
                f"{value} is out of range at count {self.target}",
                mend=f"give a whole number from 0 to {self.cap}",
            )
        return float(value)


@dataclass(frozen=True)
class RecordInfo:
    """One record: its name, attributes and unit."""

    name: str
    unit: str
    kind: Literal["event", "level"]
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def variable(self) -> str:
        """``NAME`` or ``NAME{k=v,…}`` with the keys sorted."""
        if not self.attributes:
            return self.name
        return f"{self.name}{{{','.join(f'{k}={v}' for k, v in self.attributes)}}}"


@dataclass(frozen=True)
class Table:
    """All sites and records of a model, in the order of the month.

    ``lanes`` is how many uniforms a member uses in a month, ``start`` the model's first month.
    """

    sites: tuple[SiteInfo, ...]
    records: tuple[RecordInfo, ...]
    lanes: int
    start: int

    @cached_property
    def by_target(self) -> dict[str, SiteInfo]:
        return {site.target: site for site in self.sites}

    @cached_property
    def record_index(self) -> dict[str, int]:
        return {record.variable: i for i, record in enumerate(self.records)}

    def site(self, target: str) -> SiteInfo:
        """The site of that name.

        Raises:
            InputError: there is none; the sentence lists near names.
        """
        found = self.by_target.get(target)
        if found is None:
            near = difflib.get_close_matches(target, self.by_target, n=3, cutoff=0.5)
            raise InputError(
                f"'{target}' is not a site of the model",
                mend=f"did you mean {', '.join(near)}?" if near else "run 'keisei case sites' for the list",
            )
        return found
