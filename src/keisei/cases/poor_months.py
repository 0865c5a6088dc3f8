"""Months that few particles of the filter fitted, with the row that cost most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keisei import months

if TYPE_CHECKING:
    from keisei.ensemble.hindcast import Hindcast

POOR = 0.1  # effective share of the particles under which a month is named


def month_share(h: Hindcast) -> np.ndarray:
    """Effective sample by month from the model's start as a share of the particles; draws by their last weight."""
    return np.asarray(h.draw_weights[-1] @ h.ess / h.particles)


def poor_months(h: Hindcast) -> list[dict[str, Any]]:
    """The months of a vintage's origins under `POOR`, the worst first, each with the row that cost it most."""
    share, weights = month_share(h), h.draw_weights[-1]
    out = []
    for t in range(int(h.origins[0]) - h.start, len(share)):
        if share[t] < POOR:
            nats = h.loglik[:, t]
            row, logp = h.costliest(t)
            out.append(
                {
                    "month": months.show(h.start + t), "share": float(share[t]),
                    "nats": float(nats.max() + np.log(weights @ np.exp(nats - nats.max()))),
                    "row": row, "row_nats": logp,
                }
            )  # fmt: skip
    return sorted(out, key=lambda one: one["share"])
