"""Months and settings of a run, refused before the long work where the model or the evidence has nothing for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keisei import months
from keisei.errors import InputError
from keisei.score import Row, Setting, settings_rows

if TYPE_CHECKING:
    from keisei.cases.load import Case
    from keisei.model import Model


def month(text: str | None) -> int | None:
    """A month that an option gives, or None."""
    return None if text is None else months.parse(text)


def within(option: str, text: str | None, first: int, last: int, why: str = "") -> int | None:
    """The month of an option, which must lie in ``first..last``.

    Raises:
        InputError: it does not; the sentence names the option and the range.
    """
    found = month(text)
    if found is not None and not first <= found <= last:
        raise InputError(
            f"{option} {text} is out of range{f', {why}' if why else ''}",
            mend=f"choose a month in {months.show(first)}..{months.show(last)}",
        )
    return found


def origin_within(case: Case, text: str | None) -> int | None:
    """The month of ``--origin``, which must lie within the evidence of a case; None where none is given.

    Raises:
        InputError: it does not.
    """
    return within("--origin", text, case.model.start, case.origin, _evidence_ends(case))


def _evidence_ends(case: Case) -> str:
    return f"since the evidence ends with {months.show(case.origin)}"


def in_order(first: str | None, last: str | None) -> None:
    """Refuse ``--from`` after ``--until``.

    Raises:
        InputError: they are exchanged.
    """
    one, other = month(first), month(last)
    if one is not None and other is not None and other < one:
        raise InputError(f"--from {first} is after --until {last}", mend="exchange them")


def checked_rows(settings: Sequence[Setting], model: Model, until: int) -> tuple[Row, ...]:
    """The rows of some settings, each at a site, month and value that the model has up to ``until``.

    Raises:
        InputError: a site is unknown or cannot hold the value, a month is outside the run, or two contradict.
    """
    from keisei.model import layout  # the lists of evidence need no JAX

    for s in settings:
        info = model.table.site(f"{s.site}[{s.index}]" if s.index else s.site)
        start = model.start - 1 if info.initial else model.start
        for at in (s.first, s.first if s.last is None else s.last):
            if not start <= at <= until:
                raise InputError(
                    f"{info.target} is set in {months.show(at)}, which the run does not reach",
                    mend=f"choose months in {months.show(start)}..{months.show(until)}",
                )
    for i, one in enumerate(settings):
        for other in settings[i + 1 :]:
            _agree(one, other, until)
    rows = settings_rows(settings, until)
    layout(model.table, rows, model.start, until)
    return rows


def _agree(one: Setting, other: Setting, until: int) -> None:
    if (one.site, one.index) != (other.site, other.index) or one.value == other.value:
        return
    first = max(one.first, other.first)
    if first <= min(until if s.last is None else s.last for s in (one, other)):
        target = f"{one.site}[{one.index}]" if one.index else one.site
        raise InputError(
            f"{target} is set to {_shown(one.value)} and to {_shown(other.value)} in {months.show(first)}",
            mend="let one end before the other begins, as in SITE=VALUE@FROM..UNTIL",
        )


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"
