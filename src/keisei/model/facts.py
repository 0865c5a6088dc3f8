"""Evidence becomes score rows: facts, coverage and measurements at the sites of a model.

Rules, the same for every case:
    - A fact at a covered site is ``observed``. One outside coverage is ``set``: it happened, but since nobody
      would have
      noted its absence, its probability must not weigh.
    - A covered month without a fact is an observed none or zero, unless something contested or dated to a longer span
      may have happened in it.
    - State history (who governs, which phase) is ``set`` in every month from its date until the next.
    - A measurement is ``observed`` in the month by whose end it was published, so that one filter pass knows at
      each month
      only what was known then; laws measure the last full year.
    - Facts from memory, denied or contested ones, and those whose date is not known to the month weigh nothing; they
      are counted and listed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from keisei.evidence import Evidence, Fact, Measurement
from keisei.model.table import SiteInfo, Table
from keisei.score import How, Row


@dataclass(frozen=True)
class Translation:
    """How a case's facts and series stand at its model's sites.

    Attributes:
        history: sites whose facts are states of the world.
        places: for a fact, the (target, value, conditional) triples it means; a conditional one is observed whether or
            not its site is covered (a vote once there is a draft).
        series: (series, index) → (target, transform); a transform that gives None leaves the figure out.
    """

    history: frozenset[str]
    places: Callable[[Fact], Iterable[tuple[str, float | str, bool]]]
    series: Callable[[Measurement], tuple[str, float | None] | None]


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
    """Why a fact weighs nothing, or an empty text where it does."""
    if fact.checked == "memory":
        return "from memory"
    if fact.certainty in ("denied", "contested"):
        return fact.certainty
    if fact.precision not in ("day", "month"):
        return f"dated to the {fact.precision} only"
    return ""


def rows_of(evidence: Evidence, table: Table, translation: Translation, first: int, last: int) -> Rows:
    """All rows of first…last that the evidence makes.

    Args:
        evidence: already cut at the origin (`Evidence.until`); nothing later is read.
        first, last: months; state history is carried on to ``last``.
    """
    covered = _coverage(evidence, table, first, last)
    # a month in which something contested or vaguely dated may have happened is not known to be quiet
    for fact in evidence.facts:
        if fact.certainty != "denied" and weighs(fact):
            for target, _, _ in translation.places(fact):
                for month in range(fact.span.first_month, fact.span.last_month + 1):
                    covered.pop((month, target), None)
    placed: dict[tuple[int, str], tuple[float | str, How, str]] = {}
    unused: list[tuple[str, str]] = []
    history: dict[str, list[tuple[int, float | str, str]]] = {}
    for fact in evidence.facts:
        where = f"{fact.file}:{fact.line}" if fact.file else fact.id
        if fact.site in translation.history:
            if fact.site in table.by_target:
                history.setdefault(fact.site, []).append((fact.span.first_month, fact.value, where))
            continue
        meant = [m for m in translation.places(fact) if m[0] in table.by_target]
        reason = weighs(fact)
        if reason and meant:
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
            placed[month, target] = (value, how, where)
    for month, target in covered:
        if (month, target) not in placed and table.by_target[target].kind in ("event", "count"):
            placed[month, target] = (0.0, "observed", "coverage")
    rows = [Row(m, _parts(t)[0], v, how, _parts(t)[1], where) for (m, t), (v, how, where) in placed.items()]
    for site, states in history.items():
        rows += _carried(site, sorted(states, key=lambda s: s[0]), first, last)
    rows += _measured(evidence.measurements, table, translation, first, last)
    return Rows(tuple(sorted(rows, key=lambda r: (r.month, r.target))), tuple(unused))


def _together(info: SiteInfo, a: float | str, b: float | str) -> float | str:
    """Two facts of one month at one site."""
    if info.kind == "count" and not isinstance(a, str) and not isinstance(b, str):
        return min(a + b, float(info.cap))
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
        site, index = _parts(target)
        mean = sum(v for v, _ in values) / len(values)
        rows.append(Row(month, site, mean, "observed", index, values[0][1]))
    return rows


def _parts(target: str) -> tuple[str, str]:
    site, _, rest = target.partition("[")
    return site, rest.removesuffix("]")
