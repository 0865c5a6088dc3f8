"""Whether every fact, coverage and figure of a case stands at a place that the case knows.

Evidence without a place in the model makes no row, and a misspelt site looks just like that. So what a case tells of
beside its model is declared in ``case.yaml`` (``beside`` for sites, ``series_beside`` for series: each a mapping of
names to their indices, "" for none), and everything that is neither in the model nor declared is refused with its line.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from keisei.errors import InputError
from keisei.evidence import Coverage, Evidence, Fact, Measurement
from keisei.evidence.tables import complaint
from keisei.model.facts import Translation
from keisei.model.table import Table


def declared(about: Mapping[str, Any], key: str, path: Path) -> frozenset[str]:
    """The targets that ``case.yaml`` declares under ``beside`` or ``series_beside``.

    Raises:
        InputError: it is not a mapping of names to lists of indices.
    """
    entries = about.get(key) or {}
    out = set()
    if not isinstance(entries, Mapping):
        raise InputError(f"{key} is no mapping", file=path, mend="write NAME: [INDEX, …], or NAME: [] without an index")
    for name, indices in entries.items():
        if not isinstance(indices, list) or not all(isinstance(i, str) for i in indices):
            raise InputError(
                f"{key}: '{name}' has no list of indices", file=path,
                mend="write NAME: [INDEX, …], or NAME: [] without an index, and 'NO' in quotes",
            )  # fmt: skip
        out |= {f"{name}[{i}]" if i else str(name) for i in indices} or {str(name)}
    return frozenset(out)


def check_places(
    evidence: Evidence, table: Table, translation: Translation, beside: frozenset[str], series_beside: frozenset[str]
) -> None:
    """Refuse evidence at no known place, and values that a site of the model cannot hold.

    Raises:
        InputError: the first one, with its file and line.
    """
    sites = {site.name for site in table.sites}
    targets = {*table.by_target, *translation.history, *beside}
    for fact in evidence.facts:
        placed = _placed(fact, table, translation)
        if fact.target not in targets and (fact.site in sites or not placed):
            # where the translation knows the site by another index, that is the nearer guess
            others = (f.target for f in evidence.facts if f.site == fact.site and _placed(f, table, translation))
            raise _unknown("site", fact.target, {*targets, *others} - {fact.target}, fact, "beside")
        _holds(fact, table, placed)
    for span in evidence.coverage:
        if span.target not in targets:
            raise _unknown("site", span.target, targets, span, "beside")
    known = {f.target for f in evidence.measurements if _measures(f, table, translation)} | series_beside
    for figure in evidence.measurements:
        if figure.target not in known:
            raise _unknown("series", figure.target, known, figure, "series_beside")


def _placed(fact: Fact, table: Table, translation: Translation) -> list[tuple[str, float | str]]:
    """What a fact means in the model: (target, value) of each site of the model."""
    try:
        meant = [(target, value) for target, value, _ in translation.places(fact)]
        begun = translation.state(fact)
    except KeyError as error:
        raise _at(fact, f"the attribute {error} is missing at {fact.target}", "add it as key=value") from None
    return [(target, value) for target, value in (*meant, *([begun] if begun else [])) if target in table.by_target]


def _measures(figure: Measurement, table: Table, translation: Translation) -> bool:
    """Whether a figure has a site; one that the transform leaves out has it nevertheless."""
    meant = translation.series(figure)
    return meant is not None and meant[0] in table.by_target


def _holds(fact: Fact, table: Table, placed: Iterable[tuple[str, float | str]]) -> None:
    """Refuse what the sites of a fact cannot hold: an event that did not happen, half a launch."""
    info = table.by_target.get(fact.target)
    if info is not None and info.kind == "event" and fact.value != 1:
        raise _at(
            fact, f"{_number(fact.value)} is out of range at event {fact.target}",
            "write 1; that nothing happened is said by coverage.csv",
        )  # fmt: skip
    try:
        if info is not None and info.kind == "count":
            info.code(fact.value)
        for target, value in placed:
            table.by_target[target].code(value)
    except InputError as error:
        raise _at(fact, error.message, error.mend or "correct it") from None


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _unknown(
    what: str, target: str, known: Iterable[str], record: Fact | Coverage | Measurement, key: str
) -> InputError:
    near = difflib.get_close_matches(target, sorted(set(known)), n=3, cutoff=0.6)
    guess = f"did you mean {', '.join(near)}? " if near else ""
    return _at(
        record, f"'{target}' is no {what} of the model, nor declared",
        f"{guess}{'else declare' if near else 'correct it, or declare'} it under {key} in case.yaml",
    )  # fmt: skip


def _at(record: Fact | Coverage | Measurement, message: str, mend: str) -> InputError:
    return complaint(message, file=record.file or None, line=record.line or None, mend=mend)
