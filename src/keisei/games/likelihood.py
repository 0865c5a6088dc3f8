"""The probability of what was observed, as a function of a few linear predictors a row.

Every model of this room is a *row law*: a function of the linear predictors η [equation] and of the row's data that
returns a log-likelihood. Derivatives by η come from JAX; derivatives by coefficients follow from the design
matrices, so that the compiled code does not grow with the number of covariates.

Errors (Signorino 2003, "Structure and uncertainty in discrete choice models", Political Analysis 11):
*agent* errors are shocks of scale σ on each action, so a difference of two actions has scale √2·σ; *private* errors are
shocks of scale σ on a player's own payoffs at the ends, so the difference of two actions that lead to ends t with
probabilities q_t and r_t has scale σ·√(Σ q_t² + Σ r_t²). Logit takes that scale as the logistic's scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from keisei.errors import InputError
from keisei.games.game import CHANCE, Game
from keisei.games.plan import plan
from keisei.games.values import Values, chance_probabilities

Row = Mapping[str, Any]


class RowLaw(Protocol):
    """What the estimator needs; hashable, so that compiled code is kept by it."""

    def __hash__(self) -> int: ...

    @property
    def equations(self) -> int:
        """How many linear predictors a row has."""
        ...

    def log_likelihood(self, eta: Any, row: Row) -> Any:
        """Log-likelihood (scalar) of one row, given η [equation] and the row's data."""
        ...

    def probabilities(self, eta: Any, row: Row) -> Any:
        """What is predicted for one row: [quantity]."""
        ...


@dataclass(frozen=True)
class Cell:
    """A payoff's part: `weight` times linear predictor `equation`, for `player` at terminal `terminal`."""

    terminal: int
    player: int
    equation: int
    weight: float = 1.0


@dataclass(frozen=True)
class GameLaw:
    """Play of a game whose payoffs are linear in covariates.

    Args:
        game: the tree; its own payoffs count as constants, to which the cells are added.
        cells: which linear predictors enter which payoffs.
        outcomes: for each observable outcome the terminal indices it may stand for.
        utilities: number of linear predictors that make payoffs.
        link: logit or probit.
        errors: agent or private.
        scale: "none" (σ = 1), "common" (one further predictor, log σ) or "player" (one for each player).
    """

    game: Game
    cells: tuple[Cell, ...]
    outcomes: tuple[tuple[int, ...], ...]
    utilities: int
    link: str = "logit"
    errors: str = "agent"
    scale: str = "none"

    def __post_init__(self) -> None:
        game = self.game
        sizes = [len(s.actions) for s in game.infosets if s.player != CHANCE]
        if self.link not in ("logit", "probit"):
            raise InputError(f"the link '{self.link}' is not known", mend="use logit or probit")
        if self.errors not in ("agent", "private"):
            raise InputError(f"the errors '{self.errors}' are not known", mend="use agent or private")
        if self.link == "probit" and max(sizes) > 2:
            raise InputError("probit needs two actions at every information set", mend="use link logit")
        if self.errors == "private":
            if not game.perfect_information or max(sizes) > 2:
                raise InputError(
                    "private errors need perfect information and two actions at every information set",
                    mend="use agent errors",
                )
            for path in game.paths:
                owners = [game.infosets[s].player for s, _ in path]
                if any(owners.count(p) > 1 for p in owners if p != CHANCE):
                    raise InputError(
                        "with private errors a player who moves twice on a path would reveal them by the first move",
                        mend="use agent errors",
                    )

    @property
    def equations(self) -> int:
        return self.utilities + {"none": 0, "common": 1, "player": len(self.game.players)}[self.scale]

    @property
    def differences(self) -> bool:
        """Second derivatives by differences of exact gradients, where compiling them would take long."""
        return not self.game.perfect_information

    def payoffs(self, eta: Any) -> list[list[Any]]:
        """[terminal][player] of one row."""
        table: list[list[Any]] = [[float(u) for u in row] for row in self.game.payoffs()]
        for c in self.cells:
            table[c.terminal][c.player] = table[c.terminal][c.player] + c.weight * eta[c.equation]
        return table

    def scales(self, eta: Any) -> list[Any]:
        """σ of each player."""
        import jax.numpy as jnp

        count = len(self.game.players)
        if self.scale == "none":
            return [1.0] * count
        if self.scale == "common":
            return [jnp.exp(eta[self.utilities])] * count
        return [jnp.exp(eta[self.utilities + p]) for p in range(count)]

    def log_probabilities(self, eta: Any) -> dict[int, list[Any]]:
        """Information set → log-probabilities of its actions, for one row."""
        import jax.numpy as jnp

        game, layout = self.game, plan(self.game)
        payoffs, sigma = self.payoffs(eta), self.scales(eta)
        root = 2.0**0.5
        if not game.perfect_information:
            from keisei.games.response import _response

            scaled = [[jnp.asarray(u / (root * s)) for u, s in zip(row, sigma, strict=True)] for row in payoffs]
            known, _ = _response(game, scaled, 1.0, 14, None, self.link, 1)
            return {i: [jnp.log(p) for p in row] for i, row in known.items()}
        logs = {i: [jnp.log(p) if p else -jnp.inf for p in row] for i, row in chance_probabilities(game).items()}
        shares = chance_probabilities(game)
        values = Values(game, layout, payoffs, shares)
        spread: dict[tuple[int, int], Any] = {}

        def variance(node: int, player: int) -> Any:
            """Of the player's own shocks as seen from a node: Σ q_t² σ²."""
            if (node, player) not in spread:
                infoset = game.nodes[node].infoset
                spread[node, player] = (
                    sigma[player] ** 2
                    if infoset is None
                    else sum(
                        p**2 * variance(c, player) for p, c in zip(shares[infoset], game.children[node], strict=True)
                    )
                )
            return spread[node, player]

        for block in layout.blocks:
            (infoset,) = block.sets
            player = game.infosets[infoset].player
            worth = values.actions(infoset)
            if len(worth) != 2:
                found = jnp.stack(jnp.broadcast_arrays(*(jnp.asarray(w) for w in worth))) / (root * sigma[player])
                found = found - jnp.log(jnp.exp(found - found.max()).sum()) - found.max()
                logs[infoset] = list(found)
            else:
                scale = root * sigma[player]
                if self.errors == "private":
                    left, right = game.children[game.members[infoset][0]]
                    scale = jnp.sqrt(variance(left, player) + variance(right, player))
                gain = jnp.asarray((worth[1] - worth[0]) / scale)
                logs[infoset] = _log_choice(gain, self.link)
            shares[infoset] = tuple(jnp.exp(x) for x in logs[infoset])
        return logs

    def log_outcomes(self, eta: Any) -> Any:
        """Log-probability of each outcome [outcome] of one row."""
        import jax
        import jax.numpy as jnp

        logs = self.log_probabilities(eta)
        ends = [
            sum((logs[s][a] for s, a in self.game.paths[node]), start=jnp.zeros(())) for node in self.game.terminals
        ]
        return jnp.stack(
            [
                ends[group[0]] if len(group) == 1 else jax.nn.logsumexp(jnp.stack([ends[t] for t in group]))
                for group in self.outcomes
            ]
        )

    def log_likelihood(self, eta: Any, row: Row) -> Any:
        return self.log_outcomes(eta)[row["outcome"]]

    def probabilities(self, eta: Any, row: Row) -> Any:
        import jax.numpy as jnp

        return jnp.exp(self.log_outcomes(eta))


def _log_choice(gain: Any, link: str) -> list[Any]:
    """Log-probabilities of not taking and taking what is worth `gain` more."""
    import jax

    tail = jax.nn.log_sigmoid if link == "logit" else jax.scipy.special.log_ndtr
    return [tail(-gain), tail(gain)]
