"""The ensemble: compiled segments, runs, the nested particle filter, futures and twins.

Pairs of worlds (`twin`) share their noise; a filter (`assimilate`) resamples within parameter draws; lines
(`select_lines`) are equally weighted members with the way each one came.
"""

from keisei.ensemble.filtering import Analysis, assimilate, summary
from keisei.ensemble.lines import Lines, distinct_ancestors, select_lines
from keisei.ensemble.run import run
from keisei.ensemble.twins import Worlds, forecast, twin

__all__ = [
    "Analysis",
    "Lines",
    "Worlds",
    "assimilate",
    "distinct_ancestors",
    "forecast",
    "run",
    "select_lines",
    "summary",
    "twin",
]
