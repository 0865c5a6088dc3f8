"""Evidence becomes score rows: facts, coverage and measurements at the sites of a model.

Rules, the same for every case:
    - A fact at a covered site is ``observed``. One outside coverage is ``set``: it happened, but since nobody
      would have
      noted its absence, its probability must not weigh.
    - A covered month without a fact is an observed none or zero, unless something dated to a longer span may have
      happened in it.
    - A contested or denied fact of a covered month is a mixture: true with the credibility that the case gives to its
      certainty, else what stands otherwise in that month.
    - State history (who governs, which phase) is ``set`` in every month from its date until the next.
    - A measurement is ``observed`` in the month by whose end it was published, so that one filter pass knows at
      each month
      only what was known then; laws measure the last full year.
    - Facts from memory, and those whose date is not known to the month, weigh nothing, nor do contested ones where
      nobody would have noted an absence; they are counted and listed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

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
        states: the state of the world that begins with a fact, (site, value) or None; by default a fact at a site of
            ``history`` is one.
        credibility: certainty ("contested", "denied") → chance that such a fact is true; without it none weighs.
    """

    history: frozenset[str]
    places: Callable[[Fact], Iterable[tuple[str, float | str, bool]]]
    series: Callable[[Measurement], tuple[str, float | None] | None]
    credibility: Mapping[str, float] = field(default_factory=dict)
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
    doubtful: list[tuple[int, str, Fact, float]] = []
    # a month in which something vaguely dated may have happened is not known to be quiet
    for fact in evidence.facts:
        if _is_doubtful(fact, translation):
            for target, value, _ in translation.places(fact):
                if (fact.span.first_month, target) in covered and not isinstance(value, str):
                    doubtful.append((fact.span.first_month, target, fact, float(value)))
        elif fact.certainty != "denied" and weighs(fact):
            for target, _, _ in translation.places(fact):
                for month in range(fact.span.first_month, fact.span.last_month + 1):
                    covered.pop((month, target), None)
    placed: dict[tuple[int, str], tuple[float | str, How, str]] = {}
    unused: list[tuple[str, str]] = []
    history: dict[str, list[tuple[int, float | str, str]]] = {}
    for fact in evidence.facts:
        where = f"{fact.file}:{fact.line}" if fact.file else fact.id
        begun = translation.state(fact)
        if begun is not None:
            if begun[0] in table.by_target and (fact.site in translation.history or not weighs(fact)):
                history.setdefault(begun[0], []).append((fact.span.first_month, begun[1], where))
            continue
        meant = [m for m in translation.places(fact) if m[0] in table.by_target]
        reason = weighs(fact)
        if reason:
            if meant and not any(fact is f for _, _, f, _ in doubtful):
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
    rows += _mixtures(doubtful, placed, table, translation)
    for site, states in history.items():
        rows += _carried(site, sorted(states, key=lambda s: s[0]), first, last)
    rows += _measured(evidence.measurements, table, translation, first, last)
    # a contested row comes after the one it stands in for
    return Rows(tuple(sorted(rows, key=lambda r: (r.month, r.target, r.how == "contested"))), tuple(unused))


def _is_doubtful(fact: Fact, translation: Translation) -> bool:
    """Whether a fact is dated well enough to be a mixture, and the case says how credible its like are."""
    return (
        fact.certainty in translation.credibility
        and fact.checked != "memory"
        and fact.precision in ("day", "month")
        and fact.site not in translation.history
    )


def _mixtures(
    doubtful: Iterable[tuple[int, str, Fact, float]],
    placed: Mapping[tuple[int, str], tuple[float | str, How, str]],
    table: Table,
    translation: Translation,
) -> list[Row]:
    """Contested rows, after those they stand in for; several doubts of one month and site are one."""
    sums: dict[tuple[int, str], tuple[float, float, str]] = {}
    for month, target, fact, value in doubtful:
        more, _, _ = sums.get((month, target), (0.0, 0.0, ""))
        where = f"{fact.file}:{fact.line}" if fact.file else fact.id
        sums[month, target] = (more + value, translation.credibility[fact.certainty], where)
    rows = []
    for (month, target), (more, trust, where) in sums.items():
        info = table.by_target[target]
        known, _, _ = placed[month, target]
        if isinstance(known, str) or info.kind not in ("event", "count"):
            continue
        value = min(known + more, 1.0 if info.kind == "event" else float(info.cap))
        if value > known:
            site, index = _parts(target)
            rows.append(Row(month, site, value, "contested", index, where, trust, known))
    return rows


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
        site, index = _parts(target)
        mean = sum(v for v, _ in values) / len(values)
        rows.append(Row(month, site, mean, "observed", index, values[0][1]))
    return rows


def _parts(target: str) -> tuple[str, str]:
    site, _, rest = target.partition("[")
    return site, rest.removesuffix("]")
