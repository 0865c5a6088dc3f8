"""What changed, and why; what to watch: `forecast.reasons` for the questions of an outlook.

Rows of evidence are left out by weights of draws (quick, states within a draw keep their weights) or, ``exact``, by
weights of lines, which run again from the model's start once for all questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from keisei.cases.outlook import Outlook, _joined
from keisei.ensemble.blocks import Progress
from keisei.ensemble.replay import logp_by_draw, logp_by_line, observed_rows
from keisei.forecast import expressions as ex
from keisei.forecast.reasons import Moved, Watch, by_draw, what_moved, what_to_watch
from keisei.score import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RECENT = 3  # months that count as since the last origin unless told


@dataclass(frozen=True)
class Recent:
    """The evidence since an origin, and what each of its rows says of each line of an outlook.

    Attributes:
        rows: observed rows. logp: [rows, lines] log probabilities. exact: by line, not by draw.
    """

    rows: tuple[Row, ...]
    logp: np.ndarray
    exact: bool


def recent_evidence(
    outlook: Outlook, *, since: int | None = None, exact: bool = False, progress: Progress | None = None
) -> Recent:
    """Evidence after month ``since`` (default three months before the origin), made once for all questions."""
    first = (outlook.origin - RECENT if since is None else since) + 1
    rows = observed_rows(outlook.analysis, first)
    if exact:
        return Recent(rows, logp_by_line(outlook.analysis, outlook.lines, first, progress=progress), True)
    return Recent(rows, by_draw(logp_by_draw(outlook.analysis, first), outlook.lines.draw), False)


def moved(outlook: Outlook, tree: ex.Expression, evidence: Recent, limit: int = 5) -> tuple[Moved, ...]:
    """The evidence that moved an expression with calendar months most."""
    holds = ex.evaluate(tree, _joined(outlook, tree))
    return what_moved(evidence.rows, evidence.logp, holds, draw=outlook.lines.draw, limit=limit)


def watch(
    outlook: Outlook, tree: ex.Expression, observable: Iterable[str] | None = None, limit: int = 5
) -> tuple[Watch, ...]:
    """The observables of the month after the origin that would move an expression most.

    Args:
        observable: record variables; default the events that the evidence covers, as far as the outlook holds them.
    """
    names: Sequence[str] = list(covered_events(outlook) if observable is None else observable)
    holds = ex.evaluate(tree, _joined(outlook, tree))
    return what_to_watch(outlook.future, holds, observable=names, limit=limit)


def covered_events(outlook: Outlook) -> tuple[str, ...]:
    """Event variables of the outlook's future that somebody watches: covered by the evidence in its last months."""
    seen = outlook.observed.isel(month=slice(-12, None))
    return tuple(
        str(name)
        for name, record in outlook.future.data_vars.items()
        if record.attrs["kind"] == "event" and name in seen and bool(seen[name].notnull().any())
    )
