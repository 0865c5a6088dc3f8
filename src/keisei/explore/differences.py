"""Differences of twin worlds, paired member by member, with intervals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from keisei import months
from keisei.ensemble import Worlds
from keisei.errors import InputError
from keisei.forecast import expressions as ex
from keisei.forecast.questions import Question


def effects(worlds: Worlds) -> list[dict[str, Any]]:
    """For every record: months, mean difference (changed − base) and its 5 % and 95 % quantiles over members."""
    out = []
    shown = [months.show(int(m)) for m in worlds.base["month"].values]
    for name, base in worlds.base.data_vars.items():
        difference = worlds.changed[name].values.astype(np.float64) - base.values.astype(np.float64)
        low, high = np.quantile(difference, [0.05, 0.95], axis=0)
        out.append(
            {
                "record": str(name),
                "unit": base.attrs["unit"],
                "months": shown,
                "mean": difference.mean(axis=0).tolist(),
                "mc_error": (difference.std(axis=0) / np.sqrt(len(difference))).tolist(),
                "q05": low.tolist(),
                "q95": high.tolist(),
            }
        )
    return out


def question_differences(
    worlds: Worlds, questions: Iterable[Question], origin: int, until: int
) -> list[dict[str, Any]]:
    """For every open question that is decided within the run: both probabilities, their difference, a 90 % interval.

    The interval is that of the mean of paired differences (members are pairs; normal approximation).
    """
    first = int(worlds.base["month"].values[0])
    out = []
    for question in questions:
        if not question.is_open(origin) or question.closing(origin) > until:
            continue
        tree = question.at(origin)
        if ex.span(tree)[0] < first:
            continue
        try:
            base, changed = ex.evaluate(tree, worlds.base), ex.evaluate(tree, worlds.changed)
        except InputError:
            continue
        paired = changed.astype(float) - base.astype(float)
        error = float(paired.std() / np.sqrt(len(paired)))
        mean = float(paired.mean())
        out.append(
            {
                "id": question.id,
                "text": question.text_en,
                "probability": float(base.mean()),
                "probability_set": float(changed.mean()),
                "difference": mean,
                "q05": mean - 1.645 * error,
                "q95": mean + 1.645 * error,
            }
        )
    return out
