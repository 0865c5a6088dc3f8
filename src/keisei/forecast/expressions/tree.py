"""What an expression is: a tree of frozen dataclasses, and what can be asked of it without data.

Months are absolute (``2026-03``) or relative to a forecast's origin (``origin+3``); ``at_origin`` turns the
second kind into the first. The origin is the last month that the forecast may know, so the first month ahead
is ``origin+1``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from keisei import months
from keisei.errors import InputError

Comparison = Literal[">=", ">", "<=", "<", "==", "!="]


@dataclass(frozen=True)
class Month:
    """A month: an absolute one, or an offset from the origin where ``relative``."""

    value: int
    relative: bool = False

    def __str__(self) -> str:
        if not self.relative:
            return months.show(self.value)
        return f"origin{self.value:+d}" if self.value else "origin"


@dataclass(frozen=True)
class Window:
    """From a month to a month, both included; both absolute or both relative."""

    first: Month
    last: Month

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


@dataclass(frozen=True)
class Record:
    """A record's name and the attributes it must have, sorted by name."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return ", ".join([self.name, *(f"{key}={value}" for key, value in self.attributes)])


@dataclass(frozen=True)
class Tally:
    """``count(RECORD) >= n within A..B`` (events) or ``sum(RECORD) >= x within A..B`` (any record)."""

    function: Literal["count", "sum"]
    record: Record
    comparison: Comparison
    number: float
    window: Window


@dataclass(frozen=True)
class Occurs:
    """``any(RECORD) within A..B``: at least one event."""

    record: Record
    window: Window


@dataclass(frozen=True)
class Level:
    """``value(RECORD, at=A) < x``: a level in one month."""

    record: Record
    at: Month
    comparison: Comparison
    number: float


@dataclass(frozen=True)
class Change:
    """``change(RECORD, from=A, to=B) < x``: the level at B less the level at A."""

    record: Record
    first: Month
    last: Month
    comparison: Comparison
    number: float


@dataclass(frozen=True)
class Not:
    """The term does not hold."""

    term: Expression


@dataclass(frozen=True)
class And:
    """Every term holds; at least two terms."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True)
class Or:
    """At least one term holds; at least two terms."""

    terms: tuple[Expression, ...]


Atom = Tally | Occurs | Level | Change
Expression = Atom | Not | And | Or


def _number(x: float) -> str:
    return str(int(x)) if x.is_integer() and abs(x) < 1e15 else repr(x)


def show(expression: Expression) -> str:
    """The expression as text that parses back to the same tree.

    >>> show(Not(Occurs(Record("PRK.test.nuclear"), Window(Month(1, True), Month(12, True)))))
    'not any(PRK.test.nuclear) within origin+1..origin+12'
    """
    match expression:
        case Tally(function, record, comparison, number, window):
            return f"{function}({record}) {comparison} {_number(number)} within {window}"
        case Occurs(record, window):
            return f"any({record}) within {window}"
        case Level(record, at, comparison, number):
            return f"value({record}, at={at}) {comparison} {_number(number)}"
        case Change(record, first, last, comparison, number):
            return f"change({record}, from={first}, to={last}) {comparison} {_number(number)}"
        case Not(term):
            return f"not {_bracketed(term, (And, Or))}"
        case And(terms):
            return " and ".join(_bracketed(term, (And, Or)) for term in terms)
        case Or(terms):
            return " or ".join(_bracketed(term, (Or,)) for term in terms)


def _bracketed(term: Expression, looser: tuple[type, ...]) -> str:
    return f"({show(term)})" if isinstance(term, looser) else show(term)


def atoms(expression: Expression) -> Iterator[Atom]:
    """The comparisons an expression is made of, from left to right."""
    match expression:
        case Not(term):
            yield from atoms(term)
        case And(terms) | Or(terms):
            for term in terms:
                yield from atoms(term)
        case _:
            yield expression


def names(expression: Expression) -> tuple[Record, ...]:
    """The records needed, with their attribute filters, each once, in the order of first mention."""
    return tuple(dict.fromkeys(atom.record for atom in atoms(expression)))


def months_of(atom: Atom) -> tuple[Month, Month]:
    """First and last month that one comparison reads (a change may run backwards)."""
    match atom:
        case Tally(window=window) | Occurs(window=window):
            return window.first, window.last
        case Level(at=at):
            return at, at
        case Change(first=first, last=last):
            return (first, last) if first.value <= last.value else (last, first)


def is_relative(expression: Expression) -> bool:
    """Whether any month is counted from the origin."""
    return any(month.relative for atom in atoms(expression) for month in months_of(atom))


def is_absolute(expression: Expression) -> bool:
    """Whether any month is a calendar month."""
    return any(not month.relative for atom in atoms(expression) for month in months_of(atom))


def offsets(expression: Expression) -> tuple[int, int] | None:
    """First and last offset from the origin that is read, or None where no month is relative."""
    found = [month.value for atom in atoms(expression) for month in months_of(atom) if month.relative]
    return (min(found), max(found)) if found else None


def span(expression: Expression, origin: int | None = None) -> tuple[int, int]:
    """First and last month the expression needs, as integer months.

    Raises:
        InputError: it counts months from an origin and none is given.
    """
    ends = [month.value for atom in atoms(at_origin(expression, origin)) for month in months_of(atom)]
    return min(ends), max(ends)


def at_origin(expression: Expression, origin: int | None) -> Expression:
    """The same expression with every month absolute.

    Raises:
        InputError: it counts months from an origin and ``origin`` is None.
    """

    def absolute(month: Month) -> Month:
        if not month.relative:
            return month
        if origin is None:
            raise InputError(f"'{show(expression)}' counts months from an origin", mend="give an origin")
        return Month(origin + month.value)

    return _with_months(expression, absolute)


def shifted(expression: Expression, by: int) -> Expression:
    """The same expression with every absolute month moved by ``by`` months; relative months stay."""
    return _with_months(expression, lambda m: m if m.relative else Month(m.value + by))


def _with_months(expression: Expression, move: Callable[[Month], Month]) -> Expression:
    match expression:
        case Tally(function, record, comparison, number, window):
            return Tally(function, record, comparison, number, Window(move(window.first), move(window.last)))
        case Occurs(record, window):
            return Occurs(record, Window(move(window.first), move(window.last)))
        case Level(record, at, comparison, number):
            return Level(record, move(at), comparison, number)
        case Change(record, first, last, comparison, number):
            return Change(record, move(first), move(last), comparison, number)
        case Not(term):
            return Not(_with_months(term, move))
        case And(terms):
            return And(tuple(_with_months(term, move) for term in terms))
        case Or(terms):
            return Or(tuple(_with_months(term, move) for term in terms))
