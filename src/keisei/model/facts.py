"""Evidence becomes score rows: facts, coverage and measurements at the sites of a model.

Rules, the same for every case:
    - A fact at a covered site is ``observed``. One outside coverage is ``set``: it happened, but since nobody would
      have noted its absence, its probability must not weigh.
    - A covered month without a fact is an observed none or zero, unless something dated to a longer span may have
      happened in it.
    - A fact of a covered month that may not be true is a mixture (`model.doubt`); one that happened in an unknown
      month of a covered span is weighed by the sum over its months (`model.undated`).
    - State history (who governs, which phase) is ``set`` in every month from its date until the next.
    - A measurement is ``observed`` in the month by whose end it was published, so that one filter pass knows at each
      month only what was known then; laws measure the last full year.
    - Facts from memory weigh nothing, nor do contested or undated ones where nobody would have noted an absence; they
      are counted and listed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from typing import TypeGuard

from keisei.evidence import Evidence, Fact, Measurement
from keisei.model.doubt import DOUBTED, Credibility, Doubt, mixtures, truth
from keisei.model.table import SiteInfo, Table
from keisei.model.undated import Undated, once_rows, usable
from keisei.score import How, Row, split_target


@dataclass(frozen=True)
class Translation:
    """How a case's facts and series stand at its model's sites.

    Attributes:
        history: sites whose facts are states of the world.
        places: for a fact, the (target, value, conditional) triples it means; a conditional one is observed whether or
            not its site is covered (a vote once there is a draft).
        series: (series, index) → (target, transform); a transform that gives None leaves the figure out.
        states: the state of the world that begins with a fact, (site, value) or None; by default a fact at a site of
            ``history`` is one.
        credibility: how probably facts of a certainty and grade are true (`model.doubt`).
    """

    history: frozenset[str]
    places: Callable[[Fact], Iterable[tuple[str, float | str, bool]]]
    series: Callable[[Measurement], tuple[str, float | None] | None]
    credibility: Credibility = field(default_factory=dict)
    states: Callable[[Fact], tuple[str, float | str] | None] | None = None

    def state(self, fact: Fact) -> tuple[str, float | str] | None:
        """The state of the world that begins with a fact."""
        if fact.site in self.history:
            return fact.site, fact.value
        return None if self.states is None else self.states(fact)


@dataclass(frozen=True)
class Rows:
    """Score rows of some evidence, and what was left out.

    Attributes:
        score: the rows.
        unused: (fact id, reason) of facts that have a site in the model but make no row.
    """

    score: tuple[Row, ...]
    unused: tuple[tuple[str, str], ...]


def weighs(fact: Fact) -> str:
    """Why a fact weighs nothing by itself, or an empty text where it does."""
    if fact.checked == "memory":
        return "from memory"
    if fact.certainty in DOUBTED:
        return fact.certainty
    if fact.month is None:
        return f"dated to the {fact.precision} only"
    return ""


def rows_of(evidence: Evidence, table: Table, translation: Translation, first: int, last: int) -> Rows:
    """All rows of first…last that the evidence makes.

    Args:
        evidence: already cut at the origin (`Evidence.until`); nothing later is read.
        first, last: months; state history is carried on to ``last``.
    """
    covered = _coverage(evidence, table, first, last)
    found = {f.id: _doubts(f, evidence, table, translation, covered) for f in evidence.facts}
    undated = {f.id: _undated(f, evidence, table, translation) for f in evidence.facts}
    # a month in which something may have happened that cannot be weighed is not known to be quiet
    for fact in evidence.facts:
        if not found[fact.id] and fact.certainty != "denied" and weighs(fact):
            apart = {one.target for one in undated[fact.id]}
            for target, _, _ in translation.places(fact):
                if target not in apart:
                    for month in range(fact.span.first_month, fact.span.last_month + 1):
                        covered.pop((month, target), None)
    every = [one for ones in undated.values() for one in ones]
    spans = usable(every, covered, {place for doubts in found.values() for place in map(_place, doubts)})
    for one in every:
        if one not in spans:
            for place in one.places:
                covered.pop(place, None)
    doubts = {name: [doubt for doubt in ones if _place(doubt) in covered] for name, ones in found.items()}
    placed: dict[tuple[int, str], tuple[float | str, How, str]] = {}
    unused: list[tuple[str, str]] = []
    history: dict[str, list[tuple[int, float | str, str]]] = {}
    for fact in evidence.facts:
        begun = translation.state(fact)
        if begun is not None:
            if begun[0] in table.by_target and (fact.site in translation.history or not weighs(fact)):
                history.setdefault(begun[0], []).append((fact.span.first_month, begun[1], _where(fact)))
            continue
        mixed = {doubt.target for doubt in doubts[fact.id]}
        meant = [m for m in translation.places(fact) if m[0] in table.by_target and m[0] not in mixed]
        reason = weighs(fact)
        if reason:
            if meant and not mixed and not any(one in spans for one in undated[fact.id]):
                unused.append((fact.id, reason))
            continue
        month = fact.span.first_month
        if not first <= month <= last:
            continue
        for target, value, conditional in meant:
            info = table.by_target[target]
            how: How = "observed" if conditional or (month, target) in covered else "set"
            before = placed.get((month, target))
            if before is not None:
                value = _together(info, before[0], value)
            placed[month, target] = (value, how, _where(fact))
    for month, target in covered:
        if (month, target) not in placed and table.by_target[target].kind in ("event", "count"):
            placed[month, target] = (0.0, "observed", "coverage")
    rows = [_row(m, t, v, how, where) for (m, t), (v, how, where) in placed.items()]
    more = mixtures([doubt for ones in doubts.values() for doubt in ones], placed, table)
    for one in spans:
        more += once_rows(one, placed, table)
    for site, states in history.items():
        rows += _carried(site, sorted(states, key=lambda s: s[0]), first, last)
    rows += _measured(evidence.measurements, table, translation, first, last)
    # a row of two values takes the place of the one it stands in for
    instead = {(row.month, row.target) for row in more}
    rows = [row for row in rows if (row.month, row.target) not in instead] + more
    return Rows(tuple(sorted(rows, key=lambda r: (r.month, r.target))), tuple(unused))


def _place(doubt: Doubt) -> tuple[int, str]:
    return doubt.month, doubt.target


def _row(month: int, target: str, value: float | str, how: How, where: str) -> Row:
    site, index = split_target(target)
    return Row(month, site, value, how, index, where)


def _where(fact: Fact) -> str:
    return f"{fact.file}:{fact.line}" if fact.file else fact.id


def _doubts(
    fact: Fact, evidence: Evidence, table: Table, translation: Translation, covered: Container[tuple[int, str]]
) -> list[Doubt]:
    """What a fact of a known month may have made of covered events and counts; none where it is sure."""
    trust = truth(fact, evidence.sources, translation.credibility)
    if trust is None or trust == 1.0 or fact.month is None or fact.checked == "memory":
        return []
    if translation.state(fact) is not None:
        return []
    meant = list(translation.places(fact))
    if fact.certainty not in DOUBTED and any(conditional for _, _, conditional in meant):
        return []
    return [
        Doubt(fact.month, target, float(value), trust, _where(fact))
        for target, value, _ in meant
        if (fact.month, target) in covered and _counts(table, target, value)
    ]


def _undated(fact: Fact, evidence: Evidence, table: Table, translation: Translation) -> list[Undated]:
    """What a sure fact of an unknown month made of events and counts."""
    if fact.month is not None or fact.checked == "memory" or translation.state(fact) is not None:
        return []
    if truth(fact, evidence.sources, translation.credibility) != 1.0:
        return []
    return [
        Undated(fact.span.first_month, fact.span.last_month, target, float(value), _where(fact))
        for target, value, conditional in translation.places(fact)
        if not conditional and _counts(table, target, value)
    ]


def _counts(table: Table, target: str, value: float | str) -> TypeGuard[float]:
    """Whether a value is something that happened, at a site of events or counts."""
    return target in table.by_target and table.by_target[target].kind in ("event", "count") and not isinstance(
        value, str
    ) and value > 0  # fmt: skip


def _together(info: SiteInfo, a: float | str, b: float | str) -> float | str:
    """Two facts of one month at one site."""
    if info.kind == "count" and not isinstance(a, str) and not isinstance(b, str):
        return min(a + b, float(info.cap))
    if info.kind == "event" and not isinstance(a, str) and not isinstance(b, str):
        return max(a, b)  # it happened if any of them says so
    if info.kind in ("draw", "measure") and not isinstance(a, str) and not isinstance(b, str):
        # several makers' figures for one month: their geometric mean stands as one observation
        return math.sqrt(a * b) if a > 0 and b > 0 else 0.5 * (a + b)
    return b


def _coverage(evidence: Evidence, table: Table, first: int, last: int) -> dict[tuple[int, str], bool]:
    out = {}
    for span in evidence.coverage:
        target = f"{span.site}[{span.index}]" if span.index else span.site
        if target in table.by_target:
            for month in range(max(first, span.first), min(last, span.last) + 1):
                out[month, target] = True
    return out


def _carried(site: str, states: list[tuple[int, float | str, str]], first: int, last: int) -> list[Row]:
    rows = []
    for number, (month, value, where) in enumerate(states):
        until = states[number + 1][0] - 1 if number + 1 < len(states) else last
        rows += [Row(m, site, value, "set", "", where) for m in range(max(first, month), min(last, until) + 1)]
    return rows


def _measured(
    measurements: Iterable[Measurement], table: Table, translation: Translation, first: int, last: int
) -> list[Row]:
    groups: dict[tuple[int, str], list[tuple[float, str]]] = {}
    for figure in measurements:
        if figure.checked == "memory":
            continue
        meant = translation.series(figure)
        if meant is None or meant[1] is None or meant[0] not in table.by_target:
            continue
        month = max(figure.known, figure.span.last_month)
        if first <= month <= last:
            groups.setdefault((month, meant[0]), []).append((meant[1], f"{figure.file}:{figure.line}"))
    rows = []
    for (month, target), values in groups.items():
        rows.append(_row(month, target, sum(v for v, _ in values) / len(values), "observed", values[0][1]))
    return rows
