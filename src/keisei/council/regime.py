"""What is in force: measures by sector, relief from them, and how drafts change both.

A measure bears on one sector with a severity in [0, 1] from the month of its adoption until its sunset, if it has one.
A relief suspends measures; how it ends is what makes it worth something to the other side:

- ``lifting`` strikes the measures out: to bring them back takes a new vote that one permanent no blocks;
- relief that **expires** ends at ``until`` unless a vote renews it: one permanent no on the renewal brings the measures
  back (Security Council resolution 2231 (2015), para. 11–12, after a complaint);
- relief that **lasts** goes on unless a vote ends it: one permanent no on ending it keeps the relief.

Regimes are values; `enact` returns the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from keisei import months
from keisei.council.body import Outcome
from keisei.errors import InputError

_Named = TypeVar("_Named", "Measure", "Relief", "Measure | Relief")
Action = Literal["impose", "lift", "relieve", "renew", "end relief", "statement"]


@dataclass(frozen=True)
class Measure:
    """One measure: a sector (coal, oil, arms, …), a severity in [0, 1], its first month, and its last if it has one."""

    name: str
    sector: str
    severity: float
    since: int = 0
    sunset: int | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.severity <= 1.0:
            raise InputError(f"severity {self.severity} of '{self.name}' is outside 0–1", mend="give a share")
        if self.sunset is not None and self.sunset < self.since:
            raise InputError(f"'{self.name}' ends before it starts", mend="set the sunset after the first month")


@dataclass(frozen=True)
class Relief:
    """Suspension of measures from ``since``; if it expires ``until`` is its last month, if it lasts there is none."""

    name: str
    measures: tuple[str, ...]
    since: int = 0
    until: int | None = None

    def holds(self, month: int) -> bool:
        """Whether it suspends its measures in that month."""
        return self.since <= month and (self.until is None or month <= self.until)


@dataclass(frozen=True)
class Draft:
    """What is put to the vote.

    ``impose`` brings ``measures``; ``lift`` strikes out those ``named``; ``relieve`` brings ``relief``; ``renew``
    extends the relief or the measure ``named`` to ``until``; ``end relief`` ends the one ``named``; a ``statement``
    changes nothing in force.
    """

    action: Action
    measures: tuple[Measure, ...] = ()
    named: tuple[str, ...] = ()
    relief: Relief | None = None
    until: int | None = None


@dataclass(frozen=True)
class Regime:
    """All measures and reliefs that votes have brought."""

    measures: tuple[Measure, ...] = ()
    reliefs: tuple[Relief, ...] = ()

    def in_force(self, month: int) -> tuple[Measure, ...]:
        """The measures that bite in a month: begun, not past their sunset, not suspended."""
        suspended = {name for relief in self.reliefs if relief.holds(month) for name in relief.measures}
        return tuple(
            m
            for m in self.measures
            if m.since <= month and (m.sunset is None or month <= m.sunset) and m.name not in suspended
        )

    def severity(self, sector: str, month: int) -> float:
        """The severity that bears on a sector in a month: the greatest of its measures, 0 without any.

        >>> from keisei.months import parse
        >>> ban = Measure("coal ban", "coal", 1.0, since=parse("2017-08"))
        >>> Regime((ban,)).severity("coal", parse("2017-07")), Regime((ban,)).severity("coal", parse("2018-01"))
        (0.0, 1.0)
        """
        return max((m.severity for m in self.in_force(month) if m.sector == sector), default=0.0)

    def complain(self, relief: str, month: int, grace: int = 1) -> Regime:
        """A party to the deal complains: the relief now ends after ``grace`` months unless a vote renews it.

        No vote is needed for this (resolution 2231, para. 11: thirty days), so nobody can block it.
        """
        found = _find(relief, self.reliefs)
        until = month + grace if found.until is None else min(found.until, month + grace)
        return replace(self, reliefs=tuple(replace(r, until=until) if r is found else r for r in self.reliefs))


def enact(regime: Regime, draft: Draft, outcome: Outcome, month: int) -> Regime:
    """The regime after a vote in ``month``; what was not adopted changes nothing.

    Raises:
        InputError: the draft names a measure or relief that is not there, or lacks what its action needs.
    """
    if draft.action == "impose" and not draft.measures:
        raise InputError("a draft that imposes has no measures", mend="give them")
    if draft.action == "relieve" and draft.relief is None:
        raise InputError("a draft that relieves has no relief", mend="give it")
    if draft.action in ("lift", "renew", "end relief") and not draft.named:
        raise InputError(f"a draft to {draft.action} names nothing", mend="name the measures or the relief")
    known: tuple[Measure | Relief, ...] = (*regime.measures, *regime.reliefs)
    for name in draft.named:
        _find(name, known)
    if draft.relief is not None:
        for name in draft.relief.measures:
            _find(name, regime.measures)
    if not outcome.adopted:
        return regime
    if draft.action == "impose":
        # the same name adopted again replaces the old measure (a cap tightened, a ban restored)
        new = tuple(replace(m, since=month) for m in draft.measures)
        kept = tuple(m for m in regime.measures if m.name not in {n.name for n in new})
        reliefs = tuple(
            replace(r, measures=tuple(n for n in r.measures if n not in {m.name for m in new})) for r in regime.reliefs
        )
        return Regime(kept + new, reliefs)
    if draft.action == "lift":
        return replace(regime, measures=tuple(m for m in regime.measures if m.name not in draft.named))
    if draft.action == "relieve" and draft.relief is not None:
        return replace(regime, reliefs=(*regime.reliefs, replace(draft.relief, since=month)))
    if draft.action == "renew":
        if draft.until is None or draft.until < month:
            raise InputError("a renewal needs a last month that is not past", mend="set until")
        return Regime(
            tuple(replace(m, sunset=draft.until) if m.name in draft.named else m for m in regime.measures),
            tuple(replace(r, until=draft.until) if r.name in draft.named else r for r in regime.reliefs),
        )
    if draft.action == "end relief":
        return replace(
            regime,
            reliefs=tuple(replace(r, until=month - 1) if r.name in draft.named else r for r in regime.reliefs),
        )
    return regime


def describe(regime: Regime, month: int) -> str:
    """One line a sector, for people.

    >>> describe(Regime((Measure("oil cap", "oil", 0.8, since=months.parse("2017-12")),)), months.parse("2018-01"))
    '2018-01: oil 0.80 (oil cap)'
    """
    lines = [f"{m.sector} {m.severity:.2f} ({m.name})" for m in regime.in_force(month)]
    return f"{months.show(month)}: " + ("; ".join(lines) if lines else "nothing in force")


def _find(name: str, among: tuple[_Named, ...]) -> _Named:
    for one in among:
        if one.name == name:
            return one
    raise InputError(f"there is no '{name}' in the regime", mend="name a measure or relief that was adopted")
