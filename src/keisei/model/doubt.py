"""How sure it is that a fact happened, and the mixture rows of facts that may not have.

A fact is true with a probability that the case gives for its certainty and the grade of its best source: one table,
`Credibility`. A certainty that the table does not name is taken at its word, but for contested and denied facts,
which then weigh nothing. What a fact says of a month that is watched is a mixture: it stands with that probability,
else what is known otherwise.

What a mixture cannot say. A fact with details at other sites (an outcome, votes) is taken as true if it is only
reported, since its details stand and fall with it. Of several doubts about one site and month the one nearest to even
odds is the mixture; the others stand as they more probably are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from keisei.evidence import Fact, Source
from keisei.model.table import SiteInfo, Table
from keisei.score import How, Row, split_target

GRADES = ("high", "medium", "low")
DOUBTED = ("contested", "denied")  # certainties that weigh nothing where the case gives them no credibility

Credibility = Mapping[tuple[str, str], float]
"""(certainty, grade of the best source) → probability that such a fact is true."""

Placed = Mapping[tuple[int, str], tuple[float | str, How, str]]
"""(month, target) → (value, how, where it is written)."""


class Doubt(NamedTuple):
    """What a doubtful fact says of one site and month.

    Attributes:
        value: what stands there more, where the fact is true. trust: the probability of that.
    """

    month: int
    target: str
    value: float
    trust: float
    where: str


def truth(fact: Fact, sources: Mapping[str, Source], credibility: Credibility) -> float | None:
    """Probability that a fact is true; None where it weighs nothing, since its case does not say how credible it is."""
    trusts = [sources[name].trust for name in fact.sources if name in sources]
    best = next((grade for grade in GRADES if grade in trusts), GRADES[-1])
    return credibility.get((fact.certainty, best), None if fact.certainty in DOUBTED else 1.0)


def mixtures(doubts: Iterable[Doubt], placed: Placed, table: Table) -> list[Row]:
    """Contested rows, to stand after the rows they stand in for."""
    groups: dict[tuple[int, str], list[Doubt]] = {}
    for doubt in doubts:
        groups.setdefault((doubt.month, doubt.target), []).append(doubt)
    rows = []
    for (month, target), here in groups.items():
        info, known = table.by_target[target], placed[month, target][0]
        if isinstance(known, str):
            continue
        *others, open_ = sorted(here, key=lambda doubt: -abs(doubt.trust - 0.5))
        known = _more(info, known, sum(doubt.value for doubt in others if doubt.trust > 0.5))
        value = _more(info, known, open_.value)
        site, index = split_target(target)
        if value > known:
            rows.append(Row(month, site, value, "contested", index, open_.where, open_.trust, known))
        elif others:
            rows.append(Row(month, site, known, "observed", index, others[-1].where))
    return rows


def _more(info: SiteInfo, known: float, value: float) -> float:
    return min(known + value, 1.0 if info.kind == "event" else float(info.cap))
