"""Differences of twin worlds, paired member by member, with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from keisei import months
from keisei.ensemble import Worlds
from keisei.errors import InputError
from keisei.explore.paired import paired_error
from keisei.forecast import expressions as ex
from keisei.forecast.questions import Question
from keisei.model import Table

_OPTION_UNITS = ("option", "phase")  # of records that hold the number of an option
_Z = 1.645


def options_of(table: Table) -> dict[str, tuple[str, ...]]:
    """The options of each record that holds the number of one: those of the site of the same name, in any case."""
    sites = {site.target.lower(): site.options for site in table.sites if site.options}
    return {
        r.variable: sites.get(r.variable.lower(), ()) for r in table.records if r.unit in _OPTION_UNITS
    }  # fmt: skip


def effects(worlds: Worlds, draw: np.ndarray, options: Mapping[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """For every record: months, mean difference (changed − base), its error and a 90 % interval.

    The interval of a number is that of the members' differences (5 % and 95 % quantiles). A record that holds option
    numbers has no mean: each option has a row with the change of its share, and the interval is that of the share.

    Args:
        draw: the parameter draw of each member. options: of the records that hold option numbers (`options_of`).
    """
    shown = [months.show(int(m)) for m in worlds.base["month"].values]
    out = []
    for name, base, changed, unit, option in _pairs(worlds, options):
        difference = changed - base
        mean = difference.mean(axis=0)
        error = np.array([paired_error(now, was, draw) for now, was in zip(changed.T, base.T, strict=True)])
        low, high = (
            np.quantile(difference, [0.05, 0.95], axis=0) if option is None else (mean - _Z * error, mean + _Z * error)
        )
        row = {
            "record": name, "unit": unit, "months": shown, "mean": mean.tolist(), "mc_error": error.tolist(),
            "q05": low.tolist(), "q95": high.tolist(),
        }  # fmt: skip
        out.append(row if option is None else {**row, "option": option})
    return out


def _pairs(
    worlds: Worlds, options: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, np.ndarray, np.ndarray, str, str | None]]:
    """(record, base, changed, unit, option) of each record, or of each option of one."""
    for key, of in worlds.base.data_vars.items():
        name = str(key)
        base, changed = of.values.astype(np.float64), worlds.changed[key].values.astype(np.float64)
        if name not in options:
            yield name, base, changed, str(of.attrs["unit"]), None
            continue
        numbers = np.unique(np.concatenate([base.ravel(), changed.ravel()])).astype(int)
        for number in range(len(options[name])) if options[name] else numbers:
            label = options[name][number] if options[name] else str(number)
            yield name, (base == number).astype(float), (changed == number).astype(float), "share", label


def question_differences(
    worlds: Worlds, questions: Iterable[Question], origin: int, until: int, draw: np.ndarray
) -> list[dict[str, Any]]:
    """For every open question that is decided within the run: both probabilities, their difference, a 90 % interval.

    The interval is that of the mean difference over parameter draws (`paired_error`; normal approximation).
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
        error = paired_error(changed, base, draw)
        mean = float(changed.mean() - base.mean())
        out.append(
            {
                "id": question.id,
                "text": question.text_en,
                "probability": float(base.mean()),
                "probability_set": float(changed.mean()),
                "difference": mean,
                "q05": mean - _Z * error,
                "q95": mean + _Z * error,
            }
        )
    return out
