"""The statistical ultimatum game: a continuous offer, then acceptance (Ramsay & Signorino 2009).

Player 1 offers y in [low, high] of a prize worth `high`; if player 2 refuses, they get their reservation values
R1 + ε1 and R2 + ε2, with private logistic shocks of scales s1 and s2. Player 2 accepts with probability
P(y) = logistic((y − R2)/s2). The best interior offer solves high − y − R1 − ε1 = s2 (1 + exp((y − R2)/s2)), so that the
offer has the distribution function F(y) = logistic(−(high − y − R1 − s2 (1 + exp((y − R2)/s2)))/s1) between the bounds
and mass at them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from keisei.errors import InputError
from keisei.games.estimate import Recipe, fit_law, used_rows
from keisei.games.expression import evaluate
from keisei.games.fit import Fit
from keisei.games.formula import parse_formula, used_values
from keisei.games.likelihood import Row
from keisei.games.maximum import Likelihood
from keisei.games.table import Table

TINY = float(np.finfo(float).eps)


@dataclass(frozen=True)
class UltimatumLaw:
    """η: R1, R2, log s1, log s2. Rows: `offer`, `accept`, `at` (−1 at the lower bound, 1 at the upper, else 0).

    Args:
        low: smallest feasible offer.
        high: largest feasible offer.
        acceptance: whether acceptance counts beside the offer.
    """

    low: float
    high: float
    acceptance: bool
    equations: int = 4

    def _index(self, offer: Any, eta: Any) -> Any:
        import jax.numpy as jnp

        r1, r2, log1, log2 = eta
        s2 = jnp.exp(log2)
        return -(self.high - offer - r1 - s2 * (1 + jnp.exp((offer - r2) / s2))) / jnp.exp(log1)

    def log_likelihood(self, eta: Any, row: Row) -> Any:
        import jax
        import jax.numpy as jnp

        offer = row["offer"]
        _, r2, log1, log2 = eta
        s2 = jnp.exp(log2)
        z = self._index(offer, eta)
        inside = jax.nn.log_sigmoid(z) + jax.nn.log_sigmoid(-z) - log1 + jax.nn.softplus((offer - r2) / s2)
        below = jax.nn.log_sigmoid(self._index(self.low, eta))
        above = jax.nn.log_sigmoid(-self._index(self.high, eta))
        total = jnp.where(row["at"] < 0, below, jnp.where(row["at"] > 0, above, inside))
        total = jnp.maximum(total, np.log(TINY))
        if self.acceptance:
            gain = (offer - r2) / s2
            total = total + jnp.maximum(
                jnp.where(row["accept"] > 0, jax.nn.log_sigmoid(gain), jax.nn.log_sigmoid(-gain)), np.log(TINY)
            )
        return total

    def probabilities(self, eta: Any, row: Row) -> Any:
        """Expected offer and probability of acceptance, by 200 quantiles of player 1's shock."""
        import jax
        import jax.numpy as jnp

        _, r2, _, log2 = eta
        s2 = jnp.exp(log2)
        levels = (jnp.arange(200) + 0.5) / 200
        wanted = jnp.log(levels) - jnp.log1p(-levels)
        low = jnp.full(200, self.low)
        high = jnp.full(200, self.high)

        def halve(_: int, bounds: tuple[Any, Any]) -> tuple[Any, Any]:
            middle = (bounds[0] + bounds[1]) / 2
            up = self._index(middle, jax.lax.stop_gradient(eta)) < wanted
            return jnp.where(up, middle, bounds[0]), jnp.where(up, bounds[1], middle)

        start, _ = jax.lax.fori_loop(0, 50, halve, (low, high))
        start = jax.lax.stop_gradient(start)
        # one Newton step carries the derivative of the quantile
        slope = jax.vmap(jax.grad(lambda y: self._index(y, jax.lax.stop_gradient(eta))))(start)
        inside = start - (self._index(start, eta) - jax.lax.stop_gradient(self._index(start, eta))) / slope
        offers = jnp.clip(inside, self.low, self.high)
        return jnp.stack([offers.mean(), jax.nn.sigmoid((offers - r2) / s2).mean()])


def estimate_ultimatum(
    formula: str,
    data: Table,
    *,
    high: float,
    low: float = 0.0,
    outcome: str = "both",
    s1: float | None = None,
    s2: float | None = None,
    subset: str | None = None,
    weights: str | None = None,
    cluster: str | None = None,
    tolerance: float = float(np.sqrt(np.finfo(float).eps)),
    starts: int = 2,
    seed: int = 0,
) -> Fit:
    """Fit offers, or offers and acceptances.

    Args:
        formula: offer + accept ~ R1 | R2; the acceptance may be left out for outcome "offer".
        data: the table.
        high: largest feasible offer.
        low: smallest feasible offer.
        outcome: "both" or "offer".
        s1: scale of player 1's shock when it is not to be estimated.
        s2: likewise player 2's.
        subset: an expression that chooses rows.
        weights: column of row weights.
        cluster: column whose groups make sandwich standard errors.
        tolerance: offers this near to a bound are at it.
        starts: further random starts.
        seed: of the random starts.

    Raises:
        InputError: a formula, column or option that does not fit; an offer outside the bounds.
    """
    parsed = parse_formula(formula)
    if outcome not in ("both", "offer"):
        raise InputError(f"the outcome '{outcome}' is not known", mend="use both or offer")
    if len(parsed.sides) != 2 or len(parsed.responses) not in ((2,) if outcome == "both" else (1, 2)):
        raise InputError("ultimatum needs: offer + accept ~ R1 | R2", mend="leave accept out only with --outcome offer")
    used, notices = used_rows(
        data,
        lambda t: [*used_values(parsed, t), *([t[c] for c in (weights, cluster) if c])],
        subset,
    )
    responses = [np.broadcast_to(np.asarray(evaluate(r, used)), (used.rows,)) for r in parsed.responses]
    offer = responses[0]
    accept = responses[1] if len(responses) > 1 else np.ones(used.rows)
    if offer.dtype == object or accept.dtype == object or not np.isin(accept, (0.0, 1.0)).all():
        raise InputError("offers must be numbers and acceptances 0 or 1")
    if (offer > high + tolerance).any() or (offer < low - tolerance).any():
        raise InputError(f"an offer of {offer.max():g} or {offer.min():g} lies outside [{low:g}, {high:g}]")
    at = np.where(np.abs(offer - high) < tolerance, 1.0, np.where(np.abs(offer - low) < tolerance, -1.0, 0.0))
    constant = parse_formula("~ 1").sides[0]
    recipe = Recipe(
        ("R1", "R2", "log(s1)", "log(s2)"),
        (*parsed.sides, None if s1 else constant, None if s2 else constant),
        (0.0, 0.0, float(np.log(s1)) if s1 else 0.0, float(np.log(s2)) if s2 else 0.0),
    )

    def first(likelihood: Likelihood) -> np.ndarray:
        """Regressions of what the proposer keeps and of the offers, with wide shocks."""
        x, z = (e.design.matrix for e in likelihood.equations[:2])
        wide = float(np.log(max(offer.std(), 1e-3)))
        parts = [np.linalg.lstsq(x, high - offer, rcond=None)[0], np.linalg.lstsq(z, offer, rcond=None)[0]]
        return np.concatenate([*parts, [wide] * (not s1), [wide] * (not s2)])

    return fit_law(
        UltimatumLaw(float(low), float(high), outcome == "both"),
        recipe,
        used,
        {"offer": offer.astype(float), "accept": accept.astype(float), "at": at},
        model=f"ultimatum ({outcome})",
        outcome_names=("expected offer", "probability of acceptance"),
        weights=weights,
        cluster=cluster,
        starts=starts,
        seed=seed,
        notices=notices,
        fixed={n: float(v) for n, v in (("s1", s1), ("s2", s2)) if v},
        first=first,
    )
