"""Crisis signalling with private payoffs: Lewis & Schultz (2003), estimated as in Crisman-Cox & Gibilisco (2021).

A stays (S_A, 0) or challenges; B concedes (V_A, C_B) or resists; A then stands firm (W̄_A + ε_A, W̄_B + ε_B) or backs
down (ā + ε_a, V_B). The shocks are standard normal and private; A knows both of its own before it challenges.
With R = P(B resists) and F = P(A stands firm | challenge, resistance) an equilibrium is R = Ψ_R(F), F = Ψ_F(R):

    c = (S_A − (1 − R) V_A) / R                 A challenges when its better final payoff exceeds c
    P(sq) = Φ(c − W̄_A) Φ(c − ā)
    P(challenge and firm) = Φ₂((W̄_A − ā)/√2, W̄_A − c; 1/√2)        likewise with the names exchanged for backing down
    Ψ_R(F) = Φ((F W̄_B + (1 − F) V_B − C_B) / F)

References: Lewis & Schultz (2003), "Revealing preferences", Political Analysis 11; Crisman-Cox & Gibilisco (2021),
"Estimating signaling games in international relations: problems and solutions", Political Science Research and
Methods 9; Aguirregabiria & Mira (2007), "Sequential estimation of dynamic discrete games", Econometrica 75.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from keisei.games.likelihood import Row

EQUATIONS = ("SA", "VA", "CB", "barWA", "barWB", "bara", "VB")
OUTCOMES = ("sq", "cd", "sf", "bd")
# an outcome's probability is not taken below this in pseudo-likelihoods, so that no single row decides
FLOOR = float(np.sqrt(np.finfo(float).eps))
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_ANGLES = (_NODES + 1) * np.pi / 8
_SHARES = _WEIGHTS * np.pi / 8 / (2 * np.pi)


def binormal(x: Any, y: Any) -> Any:
    """P(X < x, Y < y) for standard normals with correlation 1/√2 (Drezner & Wesolowsky 1990, 24 nodes: 1e-14)."""
    import jax.numpy as jnp
    from jax.scipy.special import ndtr

    sine, cosine2 = np.sin(_ANGLES), np.cos(_ANGLES) ** 2
    power = -(x**2 + y**2 - 2 * x * y * sine) / (2 * cosine2)
    return ndtr(x) * ndtr(y) + (_SHARES * jnp.exp(power)).sum()


def challenge(eta: Any, resist: Any) -> tuple[Any, Any, Any]:
    """log P(sq), P(challenge, firm), P(challenge, back down) given what A expects of B."""
    from jax.scipy.special import log_ndtr

    sa, va, _, wa, _, a, _ = eta
    c = (sa - (1 - resist) * va) / resist
    stay = log_ndtr(c - wa) + log_ndtr(c - a)
    gap = (wa - a) / 2**0.5
    return stay, binormal(gap, wa - c), binormal(-gap, a - c)


def resist_gain(eta: Any, firm: Any) -> Any:
    """B's gain from resisting in units of its shock, given what B expects of A; Ψ_R is Φ of it."""
    _, _, cb, _, wb, _, vb = eta
    return (firm * wb + (1 - firm) * vb - cb) / firm


def best_responses(eta: Any, resist: Any, firm: Any) -> tuple[Any, Any]:
    """Ψ_R(F) and Ψ_F(R)."""
    import jax.numpy as jnp
    from jax.scipy.special import ndtr

    _, stand, back = challenge(eta, resist)
    return ndtr(resist_gain(eta, firm)), stand / jnp.maximum(stand + back, 1e-300)


def outcome_logs(eta: Any, resist: Any, firm: Any) -> Any:
    """Log-probabilities of sq, cd, sf, bd when A expects `resist` and B expects `firm`."""
    import jax.numpy as jnp
    from jax.scipy.special import log_ndtr

    stay, stand, back = challenge(eta, resist)
    gain = resist_gain(eta, firm)
    stand, back = jnp.maximum(stand, 1e-300), jnp.maximum(back, 1e-300)
    return jnp.stack(
        [
            stay,
            jnp.log(stand + back) + log_ndtr(-gain),
            jnp.log(stand) + log_ndtr(gain),
            jnp.log(back) + log_ndtr(gain),
        ]
    )


@dataclass(frozen=True)
class PseudoLaw:
    """Rows: `counts` [4], and the expectations `resist` and `firm` held fixed."""

    equations: int = 7

    def log_likelihood(self, eta: Any, row: Row) -> Any:
        import jax.numpy as jnp

        logs = outcome_logs(eta, row["resist"], row["firm"])
        return (row["counts"] * jnp.maximum(logs, np.log(FLOOR))).sum()

    def probabilities(self, eta: Any, row: Row) -> Any:
        import jax.numpy as jnp

        return jnp.exp(outcome_logs(eta, row["resist"], row["firm"]))


def equilibrium_gap(eta: Any, resist: Any) -> Any:
    """R − Ψ_R(Ψ_F(R)): zero at an equilibrium."""
    from jax.scipy.special import ndtr

    _, stand, back = challenge(eta, resist)
    return resist - ndtr(resist_gain(eta, stand / (stand + back)))


@lru_cache(maxsize=1)
def compiled_gap() -> Any:
    """(η [row, 7], R [row]) → R − Ψ_R(Ψ_F(R)) and its derivative by R."""
    import jax

    return jax.jit(jax.vmap(jax.value_and_grad(equilibrium_gap, argnums=1)))


@dataclass(frozen=True)
class EquilibriumLaw:
    """Rows: `counts` [4] and `resist`, an equilibrium near by, from which Newton steps follow it.

    Second derivatives are differences of exact gradients: compiled code for them would take minutes to make.
    """

    equations: int = 7
    differences: bool = True

    def settle(self, eta: Any, start: Any) -> Any:
        """The equilibrium R near `start`; the last step carries derivatives, which makes gradients exact."""
        import jax
        import jax.numpy as jnp

        both = jax.value_and_grad(equilibrium_gap, argnums=1)

        def newton(_: Any, at: Any) -> Any:
            gap, slope = both(jax.lax.stop_gradient(eta), at)
            return jnp.clip(at - jnp.clip(gap / slope, -0.2, 0.2), 1e-9, 1 - 1e-12)

        near = jax.lax.stop_gradient(jax.lax.fori_loop(0, 12, newton, start))
        slope = jax.lax.stop_gradient(both(eta, near)[1])
        return near - equilibrium_gap(eta, near) / slope

    def log_likelihood(self, eta: Any, row: Row) -> Any:
        import jax.numpy as jnp

        return (row["counts"] * jnp.maximum(self._logs(eta, row), np.log(FLOOR))).sum()

    def probabilities(self, eta: Any, row: Row) -> Any:
        import jax.numpy as jnp

        return jnp.exp(self._logs(eta, row))

    def _logs(self, eta: Any, row: Row) -> Any:
        resist = self.settle(eta, row["resist"])
        _, firm = best_responses(eta, resist, 0.5)
        return outcome_logs(eta, resist, firm)


@lru_cache(maxsize=1)
def _gap_by_odds() -> Any:
    """(η [7], log-odds of R [n]) → R − Ψ_R(Ψ_F(R)) [n]."""
    import jax

    def one(eta: Any, odds: Any) -> Any:
        return equilibrium_gap(eta, jax.nn.sigmoid(odds))

    return jax.jit(jax.vmap(one, in_axes=(None, 0)))


def signalling_equilibria(payoffs: np.ndarray, grid: int = 4000) -> list[dict[str, float]]:
    """All equilibria of one game, found between sign changes on a grid of log-odds and then by bisection.

    Args:
        payoffs: S_A, V_A, C_B, W̄_A, W̄_B, ā, V_B.
        grid: how many points on the log-odds of R between ±18.

    Returns:
        For each equilibrium `resist`, `firm`, and the probabilities of sq, cd, sf, bd.
    """
    import jax

    with jax.enable_x64(True):
        eta = tuple(float(x) for x in payoffs)
        gap = partial(_gap_by_odds(), np.array(eta))
        points = np.linspace(-18, 18, grid)
        signs = np.sign(np.asarray(gap(points)))
        low = points[:-1][signs[:-1] * signs[1:] < 0]
        high = points[1:][signs[:-1] * signs[1:] < 0]
        if len(low) == 0:
            return []
        for _ in range(60):
            middle = (low + high) / 2
            same = np.sign(np.asarray(gap(middle))) == np.sign(np.asarray(gap(low)))
            low, high = np.where(same, middle, low), np.where(same, high, middle)
        found = []
        for z in (low + high) / 2:
            resist = 1 / (1 + np.exp(-z))
            _, firm = best_responses(eta, resist, 0.5)
            logs = np.exp(np.asarray(outcome_logs(eta, resist, firm)))
            shares = {n: float(p) for n, p in zip(OUTCOMES, logs, strict=True)}
            found.append({"resist": float(resist), "firm": float(firm), **shares})
    return found
