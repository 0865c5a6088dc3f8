"""The classical strategic models as short descriptions: a tree, and which formula part goes to which payoff.

Order of the parts as in Signorino (2003) and in the R package `games` (Kenkel & Signorino 2014, Journal of Statistical
Software 56). L is action 0 and R action 1 everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from keisei.games.build import Tree, decision, end, game
from keisei.games.game import Game


@dataclass(frozen=True)
class Classical:
    """A named model.

    Args:
        game: its tree, with all payoffs 0.
        payoffs: for each formula part (player, terminal index): what it adds to.
        moves: for responses given as dummies, how they make the outcome: for each terminal the value wanted of each
            dummy (None: any).
    """

    game: Game
    payoffs: tuple[tuple[int, int], ...]
    moves: tuple[tuple[int | None, ...], ...]


def _ends(player: str, infoset: str, left: Tree, right: Tree) -> Tree:
    return decision(player, infoset, {"L": left, "R": right})


@lru_cache(maxsize=1)
def classical_models() -> dict[str, Classical]:
    """egame12, egame122 and egame123."""
    two = _ends("2", "2", end(), end())
    chain = _ends("2", "2", end(), _ends("3", "3", end(), end()))
    both = _ends("1", "1", _ends("2", "2L", end(), end()), _ends("2", "2R", end(), end()))
    return {
        "egame12": Classical(
            game("egame12", ["1", "2"], _ends("1", "1", end(), two)),
            ((0, 0), (0, 1), (0, 2), (1, 2)),
            ((0, None), (1, 0), (1, 1)),
        ),
        "egame122": Classical(
            game("egame122", ["1", "2"], both),
            ((0, 0), (0, 1), (0, 2), (0, 3), (1, 1), (1, 3)),
            ((0, 0), (0, 1), (1, 0), (1, 1)),
        ),
        "egame123": Classical(
            game("egame123", ["1", "2", "3"], _ends("1", "1", end(), chain)),
            ((0, 0), (0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3), (2, 3)),
            ((0, None, None), (1, 0, None), (1, 1, 0), (1, 1, 1)),
        ),
    }
