"""A quantity as the pattern readers hand it over, before its date and conversion are known."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """A quantity before its date and conversion are known."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    unit: str
    approximate: bool
    of: str | None
    rule: str


def tidy(value: float | None) -> float | None:
    """Whole numbers as int; rounding noise of the scales removed."""
    if value is None or isinstance(value, int):
        return value
    value = round(value, 10)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


__all__ = ["Found", "tidy"]
