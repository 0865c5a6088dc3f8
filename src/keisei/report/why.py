"""Why the main probabilities are what they are: the evidence that moved each most, and what next month would.

The weights are those of parameter draws, which costs no further run; `keisei.cases.why` says what that leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keisei.report.known import month_name
from keisei.report.labels import Labels, named
from keisei.report.view import QuestionView, Text

if TYPE_CHECKING:
    from keisei.cases.load import Case
    from keisei.cases.outlook import Outlook
    from keisei.forecast.reasons import Moved, Watch


@dataclass(frozen=True)
class Piece:
    """Something the evidence tells: its title, and the anchor of its entry on the page, empty where it has none."""

    title: Text
    anchor: str = ""


@dataclass(frozen=True)
class Cause:
    """The evidence that moved a probability most.

    Attributes:
        pieces: what it tells. change: how far it raised the probability. without: the probability without it.
        effective: share of members that keep weight without it. reliable: whether these are enough.
        clear: whether the change is beyond twice its error.
    """

    month: int
    pieces: tuple[Piece, ...]
    change: float
    without: float
    effective: float
    reliable: bool
    clear: bool

    @property
    def trust(self) -> Text:
        """How far to rely on it, in words."""
        if not self.reliable:
            share = f"{100 * self.effective:.0f}%"
            return Text(
                f"not reliable: {share} of the members carry the answer", f"信頼できない(担う標本は{share}のみ)"
            )
        if not self.clear:
            return Text("within the error", "誤差の範囲内")
        return Text("beyond the error", "誤差を超える")


@dataclass(frozen=True)
class Sign:
    """The observable of the next month that would move a probability most.

    Attributes:
        label: what happens. change: expected absolute change of the probability. chance: that it happens.
        if_so, if_not: the probability then. decides: whether some outcome settles the question.
    """

    label: Text
    month: int
    change: float
    chance: float
    if_so: float
    if_not: float
    decides: bool


@dataclass(frozen=True)
class Reason:
    """Why a question stands where it does: None or nothing where nothing can be said.

    ``signs``: what would move it most; where that is what it asks for itself, also what would most besides.
    """

    cause: Cause | None
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class WhyView:
    """Reasons by question. ``since``: evidence after this month was left out in turn. ``next``: the month watched."""

    reasons: Mapping[str, Reason]
    since: int
    next: int


def reasons(outlook: Outlook, before: int, questions: Sequence[QuestionView], labels: Labels) -> WhyView:
    """The reasons of some questions of an outlook, by evidence known after the origin before."""
    from keisei.cases.why import moved, recent_evidence, watch
    from keisei.forecast import expressions as ex

    evidence = recent_evidence(outlook, since=before)
    by_id = {q.id: q for q in outlook.case.questions}
    told = _told(outlook.case, before, outlook.origin)
    found = {}
    for shown in questions:
        tree = by_id[shown.id].at(outlook.origin)
        causes = moved(outlook, tree, evidence, limit=1) if evidence.rows else ()
        asked = {record.name for record in ex.names(tree)}
        found[shown.id] = Reason(
            _cause(causes[0], told, labels) if causes else None, _signs(watch(outlook, tree, limit=12), asked, labels)
        )
    return WhyView(found, before, outlook.origin + 1)


def _told(case: Case, before: int, origin: int) -> dict[tuple[int, str], list[Piece]]:
    """What the evidence tells by month and site: facts with their anchors, figures together."""
    out: dict[tuple[int, str], list[Piece]] = {}
    evidence = case.evidence.until(origin)
    for fact in evidence.facts:
        if fact.span.last_month <= before:
            continue
        piece = Piece(Text(fact.title_en or fact.id, fact.title_ja), f"fact-{fact.id}")
        for target, _, _ in case.translation.places(fact):
            here = out.setdefault((fact.span.first_month, target.partition("[")[0]), [])
            if piece not in here:
                here.append(piece)
    return out


def _cause(m: Moved, told: Mapping[tuple[int, str], list[Piece]], labels: Labels) -> Cause:
    pieces = tuple(told.get((m.month, m.site), ())) or (_unnamed(m, labels),)
    clear = abs(m.change) > 2.0 * m.error
    return Cause(m.month, pieces, m.change, m.without, m.effective, m.reliable, clear)


def _unnamed(m: Moved, labels: Labels) -> Piece:
    """Evidence without a titled fact: a quiet month that is covered, or figures."""
    name, month = named(labels.sites, m.site), month_name(m.month)
    quiet = all(row.value in (0, 0.0) for row in m.rows)
    if quiet:
        return Piece(Text(f"{name.en} in {month.en}: none", f"{month.ja}の{name.ja or name.en}:なし"))
    return Piece(Text(f"{name.en}, {month.en}", f"{name.ja or name.en}({month.ja})"), "evidence")


def _signs(found: Sequence[Watch], asked: set[str], labels: Labels) -> tuple[Sign, ...]:
    """The first that stands out; if it is what the question asks for, also the first other that leaves it open."""
    clear = [w for w in found if w.shown]
    if not clear:
        return ()
    chosen = clear[:1]
    if _name(clear[0]) in asked:
        chosen += [w for w in clear if _name(w) not in asked and not w.decides][:1]
    return tuple(sign for w in chosen if (sign := _sign(w, labels)) is not None)


def _name(w: Watch) -> str:
    return w.record.partition("{")[0]


def _sign(w: Watch, labels: Labels) -> Sign | None:
    then = {o.label: o for o in w.outcomes}
    if set(then) != {"happens", "does not happen"}:
        return None
    yes, no = then["happens"], then["does not happen"]
    label = named(labels.events, w.record)
    return Sign(label, w.month, w.change, yes.probability, yes.then, no.then, w.decides)
