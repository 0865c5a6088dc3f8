"""The ensemble: compiled segments, runs, the nested particle filter, futures and twins.

Pairs of worlds (`twin`) share their noise; a filter (`assimilate`) resamples within parameter draws, and
can go on from a month on the way with other evidence (`branch`); lines (`select_lines`) are equally weighted members
with the way each one came.
"""

from keisei.ensemble.analysis import Analysis, Fork, summary
from keisei.ensemble.filtering import assimilate, branch
from keisei.ensemble.lines import Lines, distinct_ancestors, select_lines
from keisei.ensemble.run import run
from keisei.ensemble.twins import Worlds, forecast, twin

__all__ = [
    "Analysis",
    "Fork",
    "Lines",
    "Worlds",
    "assimilate",
    "branch",
    "distinct_ancestors",
    "forecast",
    "run",
    "select_lines",
    "summary",
    "twin",
]
