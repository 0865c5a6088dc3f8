"""Errors of differences between two worlds whose members share parameter draws."""

from __future__ import annotations

import numpy as np

from keisei.forecast.probabilities import change_error

FEW_DRAWS = 8  # under which an error between draws says nothing


def by_draw(values: np.ndarray, draw: np.ndarray, draws: int) -> np.ndarray:
    """[2, draws]: each draw's share of the members, and their mean in it (0 where it has none)."""
    counts = np.bincount(draw, minlength=draws)
    return np.stack([counts / len(draw), np.bincount(draw, values, draws) / np.maximum(counts, 1)])


def paired_error(now: np.ndarray, before: np.ndarray, draw: np.ndarray) -> float:
    """The standard error of the mean difference of two worlds with the same members, ``draw`` the draw of each.

    Members of one draw share their parameters, so that where there are several draws it is they that are counted.
    """
    if len(np.unique(draw)) < FEW_DRAWS:
        return float((np.asarray(now, float) - before).std() / np.sqrt(len(draw)))
    n = int(draw.max()) + 1
    return change_error(by_draw(now, draw, n), by_draw(before, draw, n))
