"""Extensive-form games: one object to build, read, solve, simulate and estimate.

Build a game as the tree it is (`game`, `decision`, `chance`, `end`; payoffs are numbers or `parameter(..) *
feature(..)`) or read Gambit's .efg (`read_efg`, `format_efg`). `solve` finds the agent quantal-response equilibrium
in 64 bits on the principal branch, `nash_equilibria` exact Nash equilibria, `estimate` fits payoffs to data.

Inside a compiled simulation, in 32 bits and without branches:

    tree = negotiation()                                    # static and hashable
    for place in play_sets(tree):                           # in play order, chance moves included
        place.index, place.player, place.name, place.actions
    shares, residual = quantal_response(tree, payoffs, 1.0) # payoffs [..., terminal, player]
    # shares[place.index] is [..., action]; sample one action at every set into choices [..., set], then
    passed = on_path(tree, choices)                         # [..., set]: weigh only these
    end = terminal_reached(tree, choices)                   # [...]: index on the terminal axis

A game of perfect information is one backward pass with residual 0; others take a fixed number of Newton steps, and
the residual says how well that went. `chance={index: array [..., action]}` replaces a chance move's probabilities,
so that beliefs about private types can depend on the state of the simulation.
"""

from keisei.games.build import Tree, chance, decision, end, game
from keisei.games.draw import draw_svg, format_tree
from keisei.games.efg import format_efg, parse_efg, read_efg
from keisei.games.equilibrium import Equilibrium, NotConverged, solve
from keisei.games.estimate import estimate
from keisei.games.examples import crisis_signalling, negotiation, two_vetoes
from keisei.games.fit import Fit
from keisei.games.game import CHANCE, Game, Infoset, Node, Outcome
from keisei.games.linear import Linear, feature, parameter
from keisei.games.nash import nash_equilibria
from keisei.games.plays import (
    PlaySet,
    draw_plays,
    on_path,
    play_sets,
    terminal_probabilities,
    terminal_reached,
)
from keisei.games.predict import Predicted, marginal_effects, predicted_probabilities
from keisei.games.response import quantal_response, solve_batch
from keisei.games.signalling import signalling_equilibria
from keisei.games.signalling_fit import estimate_signalling
from keisei.games.spec import estimate_spec
from keisei.games.table import Table, read_table, table_of
from keisei.games.ultimatum import estimate_ultimatum

__all__ = [
    "CHANCE",
    "Equilibrium",
    "Fit",
    "Game",
    "Infoset",
    "Linear",
    "Node",
    "NotConverged",
    "Outcome",
    "PlaySet",
    "Predicted",
    "Table",
    "Tree",
    "chance",
    "crisis_signalling",
    "decision",
    "draw_plays",
    "draw_svg",
    "end",
    "estimate",
    "estimate_signalling",
    "estimate_spec",
    "estimate_ultimatum",
    "feature",
    "format_efg",
    "format_tree",
    "game",
    "marginal_effects",
    "nash_equilibria",
    "negotiation",
    "on_path",
    "parameter",
    "parse_efg",
    "play_sets",
    "predicted_probabilities",
    "quantal_response",
    "read_efg",
    "read_table",
    "signalling_equilibria",
    "solve",
    "solve_batch",
    "table_of",
    "terminal_probabilities",
    "terminal_reached",
    "two_vetoes",
]
