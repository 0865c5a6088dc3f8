"""The principal branch of the agent logit quantal-response equilibria, in 64 bits, by pseudo-arclength.

McKelvey & Palfrey (1998), "Quantal response equilibria for extensive form games", Experimental Economics 1;
tracing as in Turocy (2005), "A dynamic homotopy interpretation of the logistic quantal response equilibrium
correspondence", and Turocy (2010), "Computing sequential equilibria using agent quantal response equilibria".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from keisei.errors import InputError, KeiseiError
from keisei.games.game import CHANCE, Game
from keisei.games.plan import plan
from keisei.games.values import Probabilities, Values, chance_probabilities, residuals


class NotConverged(KeiseiError):
    """No answer of the promised accuracy was found."""


@dataclass(frozen=True)
class Equilibrium:
    """An equilibrium of one game.

    Args:
        precision: λ.
        probabilities: for each information set, chance included, the probabilities of its actions.
        payoffs: expected payoff of each player.
        residual: max |p − softmax(λ · action value)| over all players' actions.
    """

    precision: float
    probabilities: tuple[tuple[float, ...], ...]
    payoffs: tuple[float, ...]
    residual: float

    def as_dict(self, game: Game) -> dict[str, Any]:
        """The JSON shape of `keisei game solve`."""
        return {
            "precision": self.precision,
            "residual": self.residual,
            "infosets": [
                {
                    "player": game.players[s.player],
                    "infoset": game.names[i],
                    "probabilities": dict(zip(s.actions, self.probabilities[i], strict=True)),
                }
                for i, s in enumerate(game.infosets)
                if s.player != CHANCE
            ],
            "payoffs": dict(zip(game.players, self.payoffs, strict=True)),
        }


def _softmax(odds: Sequence[Any]) -> tuple[Any, ...]:
    stacked = np.stack(np.broadcast_arrays(0.0, *odds))
    powers = np.exp(stacked - np.real(stacked).max(axis=0))
    return tuple(powers / powers.sum(axis=0))


class _System:
    """Residuals R(z, λ) of the cut's log-odds, with exact derivatives by complex steps."""

    def __init__(self, game: Game, payoffs: np.ndarray, chance: Mapping[int, Sequence[float]] | None) -> None:
        self.game, self.layout = game, plan(game)
        # a constant added to a player's payoffs changes nothing, but costs digits
        self.payoffs = payoffs - payoffs.mean(axis=0)
        self.chance = chance_probabilities(game, chance)
        self.cuts = [i for b in self.layout.blocks for i in b.cut]
        self.places: dict[int, slice] = {}
        start = 0
        for i in self.cuts:
            size = len(game.infosets[i].actions) - 1
            self.places[i] = slice(start, start + size)
            start += size
        self.size = start

    def evaluate(self, z: np.ndarray, precision: Any) -> tuple[np.ndarray, Probabilities]:
        """R [unknown, batch] and the probabilities, at z [unknown, batch]."""
        known = dict(self.chance)
        scaled = [[u * precision for u in row] for row in self.payoffs]
        found = residuals(self.game, self.layout, scaled, _softmax, lambda i: list(z[self.places[i]]), known)
        return np.array(found), known

    def derivatives(self, z: np.ndarray, precision: float) -> tuple[np.ndarray, np.ndarray]:
        """R [unknown] and its derivatives [unknown, unknown + 1] by z and λ."""
        step = 1e-30
        grid = np.repeat(z[:, None].astype(complex), self.size + 1, axis=1)
        grid[np.arange(self.size), np.arange(self.size)] += 1j * step
        λ = np.full(self.size + 1, precision, dtype=complex)
        λ[-1] += 1j * step
        found, _ = self.evaluate(grid, λ)
        found = np.broadcast_to(found, (self.size, self.size + 1))
        return found[:, 0].real, found.imag / step

    def newton(self, z: np.ndarray, precision: float, steps: int = 30) -> tuple[np.ndarray, float]:
        """Solve R(z, λ) = 0 at a fixed λ from a near start; the point and the last max |R|."""
        best, size = z, np.inf
        for _ in range(steps):
            value, slopes = self.derivatives(z, precision)
            now = float(np.max(np.abs(value)))
            if not np.isfinite(now) or now >= size:
                break
            best, size = z, now
            try:
                z = z - np.linalg.solve(slopes[:, :-1], value)
            except np.linalg.LinAlgError:
                break
        return best, size

    def equilibrium(self, z: np.ndarray, precision: float) -> Equilibrium:
        _, known = self.evaluate(z[:, None], precision)
        shares = {i: tuple(float(np.ravel(p)[0]) for p in row) for i, row in known.items()}
        values = Values(self.game, self.layout, self.payoffs.tolist(), dict(shares))
        residual = 0.0
        for i, infoset in enumerate(self.game.infosets):
            if infoset.player == CHANCE:
                continue
            worth = values.actions(i)
            answer = _softmax([np.asarray(precision * (w - worth[0])) for w in worth[1:]])
            residual = max(residual, *(abs(p - float(q)) for p, q in zip(shares[i], answer, strict=True)))
        return Equilibrium(precision, tuple(shares[i] for i in range(len(self.game.infosets))), (), residual)


def solve(
    game: Game,
    precision: float | Sequence[float] = 1.0,
    *,
    payoffs: np.ndarray | None = None,
    chance: Mapping[int, Sequence[float]] | None = None,
    tolerance: float = 1e-10,
    steps: int = 20_000,
) -> Any:
    """The agent logit equilibrium on the branch that begins with uniform play at λ = 0.

    A game of perfect information is solved in one backward pass. Otherwise the branch is followed by a
    predictor–corrector method in (log-odds of the cut, λ), which also rounds turning points; as in other
    programs the first crossing of λ is the answer.

    Args:
        game: the game.
        precision: λ ≥ 0, or several, which are found along one tracing.
        payoffs: [terminal, player]; by default the game's own.
        chance: information set → probabilities that replace the game's own.
        tolerance: largest residual max |p − softmax(λ · action value)| of an answer.
        steps: how many steps the tracing may take.

    Returns:
        An `Equilibrium`, or a list of them when `precision` is a sequence.

    Raises:
        InputError: a negative or infinite precision; payoffs that are not finite or wait for a value.
        NotConverged: when no answer within the tolerance was found.
    """
    several = not np.isscalar(precision)
    wanted: list[float] = [float(x) for x in np.atleast_1d(np.asarray(precision, dtype=float))]
    if any(not np.isfinite(x) or x < 0 for x in wanted):
        raise InputError(f"the precision must be finite and not negative, not {wanted}")
    table = np.asarray(game.payoffs() if payoffs is None else payoffs, dtype=float)
    if table.shape != (len(game.terminals), len(game.players)) or not np.all(np.isfinite(table)):
        raise InputError(
            f"payoffs must be {len(game.terminals)} terminal nodes × {len(game.players)} players of finite "
            f"numbers, not of shape {table.shape}"
        )
    system = _System(game, table, chance)
    found: dict[float, Equilibrium] = {}
    if system.size == 0:
        for x in set(wanted):
            found[x] = system.equilibrium(np.zeros(0), x)
    else:
        _trace(system, sorted(set(wanted)), found, steps)
    answers = []
    for x in wanted:
        answer = found.get(x)
        if answer is None or not answer.residual <= tolerance:
            size = "none was reached" if answer is None else f"the residual is {answer.residual:.1e}"
            raise NotConverged(
                f"no equilibrium of '{game.title}' at precision {x:g} was found within {tolerance:.0e}: {size}; "
                "try a lower precision"
            )
        shares = dict(enumerate(answer.probabilities))
        values = Values(game, system.layout, table.tolist(), shares)
        paid = tuple(float(values.node(0, p)) for p in range(len(game.players)))
        answers.append(Equilibrium(x, answer.probabilities, paid, answer.residual))
    return answers if several else answers[0]


def _trace(system: _System, wanted: list[float], found: dict[float, Equilibrium], steps: int) -> None:
    """Follow the branch and leave the equilibria at the wanted precisions in `found`."""
    # λ is measured in units that make payoffs of order one, so that steps suit games of any scale
    spread = max(float(np.ptp(system.payoffs, axis=0).max()), 1e-300)
    point = np.zeros(system.size + 1)
    tangent = np.zeros(system.size + 1)
    tangent[-1] = 1.0
    step, done = 0.1, 0

    def slopes(at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        value, jacobian = system.derivatives(at[:-1], at[-1] / spread)
        jacobian = jacobian.copy()
        jacobian[:, -1] /= spread
        return value, jacobian

    def direction(jacobian: np.ndarray, old: np.ndarray) -> np.ndarray:
        full = np.vstack([jacobian, old])
        right = np.zeros(len(old))
        right[-1] = 1.0
        new = np.linalg.solve(full, right)
        return new / np.linalg.norm(new)

    def correct(guess: np.ndarray, along: np.ndarray) -> tuple[np.ndarray | None, list[float]]:
        """The point of the curve in the plane through the guess, None where it is not reached; sizes of the moves."""
        at, sizes = guess, list[float]()
        for _ in range(8):
            value, jacobian = slopes(at)
            full = np.vstack([jacobian, along])
            if not np.all(np.isfinite(full)):
                break
            try:
                move = np.linalg.solve(full, np.append(value, along @ (at - guess)))
            except np.linalg.LinAlgError:
                break
            at = at - move
            sizes.append(float(np.linalg.norm(move)))
            if len(sizes) > 1 and sizes[-1] > 0.5 * sizes[-2] and sizes[-1] > 1e-9:
                break
            if sizes[-1] < 1e-9 * (1 + np.linalg.norm(at)):
                return at, sizes
        return None, sizes

    def crossing(start: np.ndarray, along: np.ndarray, length: float, goal: float) -> np.ndarray:
        """Where the curve has λ = goal within a step: bisection along the arc, which a turning point does not upset."""
        low, high, best = 0.0, length, start
        for _ in range(60):
            middle = 0.5 * (low + high)
            on_curve, _ = correct(start + middle * along, along)
            if on_curve is None:
                break
            if on_curve[-1] < goal:
                low, best = middle, on_curve
            else:
                high, best = middle, on_curve
            if abs(best[-1] - goal) < 1e-13 * (1 + goal):
                break
        return best

    def side(jacobian: np.ndarray, along: np.ndarray) -> float:
        """The sign of det [J; tangent], the same all along one curve (Allgower & Georg 2003, §2.1)."""
        return float(np.linalg.slogdet(np.vstack([jacobian, along]))[0])

    _, jacobian = slopes(point)
    tangent = direction(jacobian, tangent)
    oriented = side(jacobian, tangent)
    for _ in range(steps):
        while done < len(wanted) and wanted[done] * spread <= point[-1] and wanted[done] == 0:
            found[wanted[done]] = system.equilibrium(np.zeros(system.size), 0.0)
            done += 1
        if done == len(wanted):
            return
        accepted, sizes = correct(point + step * tangent, tangent)
        # a long way from guess to curve means that another branch may have been met
        if accepted is None or not sizes or sizes[0] > 0.3 * step + 0.02:
            step *= 0.5
            if step < 1e-9:
                return
            continue
        _, jacobian = slopes(accepted)
        new = direction(jacobian, tangent)
        if new @ tangent < 0.9 or side(jacobian, new) != oriented:
            step *= 0.5
            if step < 1e-9:
                return
            continue
        last, point = point, accepted
        while done < len(wanted) and wanted[done] * spread <= point[-1]:
            goal = wanted[done] * spread
            share = (goal - last[-1]) / (point[-1] - last[-1])
            start = last + share * (point - last)
            z, size = system.newton(start[:-1], wanted[done])
            if size > 1e-10:  # near a turning point a start off the curve leads nowhere
                z, _ = system.newton(crossing(last, tangent, step, goal)[:-1], wanted[done])
            found[wanted[done]] = system.equilibrium(z, wanted[done])
            done += 1
        tangent = new
        if sizes[0] < 0.05 * step + 0.005:
            step = min(step * 1.6, 0.25 * (1 + float(np.abs(point).max())))
