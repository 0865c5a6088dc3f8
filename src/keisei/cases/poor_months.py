"""Months that few particles of the filter fitted, with what the evidence told in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from keisei import months
from keisei.score import Row

if TYPE_CHECKING:
    from keisei.ensemble.hindcast import Hindcast
    from keisei.model.definition import Model

POOR = 0.1  # effective share of the particles under which a month is named


def month_share(h: Hindcast) -> np.ndarray:
    """Effective sample by month from the model's start as a share of the particles; draws by their last weight."""
    return np.asarray(h.draw_weights[-1] @ h.ess / h.particles)


def poor_months(h: Hindcast, model: Model, score: Iterable[Row]) -> list[dict[str, Any]]:
    """The months of a vintage's origins under `POOR`, the worst first.

    A hindcast keeps the likelihood of a month, not of each row, so the costliest row is not known to it. ``told`` names
    the rows that can have cost it: events that came and figures, those first whose target had told least before. Quiet
    rows are left out.
    """
    share, weights = month_share(h), h.draw_weights[-1]
    rows = list(score)
    out = []
    for t in range(int(h.origins[0]) - h.start, len(share)):
        if share[t] < POOR:
            nats = h.loglik[:, t]
            out.append(
                {
                    "month": months.show(h.start + t), "share": float(share[t]),
                    "nats": float(nats.max() + np.log(weights @ np.exp(nats - nats.max()))),
                    "told": _told(rows, model, h.start + t),
                }
            )  # fmt: skip
    return sorted(out, key=lambda one: one["share"])


def _told(rows: list[Row], model: Model, month: int) -> list[str]:
    """Targets that say something in a month, those first that said least before."""

    def speaks(row: Row) -> bool:
        site = model.table.by_target.get(row.target)
        return row.how != "set" and row.source != "definition" and (
            isinstance(row.value, str) or row.value != 0 or site is None or site.kind not in ("event", "count")
        )  # fmt: skip

    before: dict[str, int] = {}
    for row in rows:
        if row.month < month and speaks(row):
            before[row.target] = before.get(row.target, 0) + 1
    here = dict.fromkeys(row.target for row in rows if row.month == month and speaks(row))
    return sorted(here, key=lambda target: before.get(target, 0))
