"""Where each system of the documents lives in a case, and what its laws have earned (``keisei case systems``).

``systems.yaml`` says which laws, facts, series and records belong to a system; counts come from the evidence, questions
name their systems themselves, and ``ablations.csv`` says what changes when a law is replaced by a constant.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keisei.cases.load import Case
from keisei.errors import InputError
from keisei.evidence.tables import read_text, read_yaml
from keisei.model.rows import near

_NEEDED = ("id", "title", "laws", "facts", "series", "records", "shown")
_LISTS = ("laws", "facts", "series", "records", "shown")


@dataclass(frozen=True)
class Ablation:
    """What changed when a mechanism of a law was held constant.

    Attributes:
        law, mechanism, replaced_by: what by what.
        score_of, score_change, score_error: rows of which sites are foretold worse (negative) or better, in nats.
        record, shift, shift_error: by how many standard deviations a record's one-month-ahead mean moved.
        changed: ``score`` (worse without it) or ``score better without``, ``distribution``, both, or ``nothing``.
        settings: of the run.
    """

    law: str
    mechanism: str
    replaced_by: str
    score_of: str
    score_change: str
    score_error: str
    record: str
    shift: str
    shift_error: str
    changed: str
    settings: str

    @property
    def unproven(self) -> bool:
        """Nothing changed, or what is foretold gets better without it."""
        return self.changed in ("nothing", "score better without")


@dataclass(frozen=True)
class System:
    """One row of the table.

    Attributes:
        facts: those at its sites. sourced: of them with a source. measurements: of its series. sources: distinct ones.
        no_law, no_facts: why there is none.
    """

    id: str
    title: str
    laws: tuple[str, ...]
    no_law: str
    no_facts: str
    facts: int
    sourced: int
    measurements: int
    sources: int
    records: tuple[str, ...]
    questions: tuple[str, ...]
    shown: tuple[str, ...]
    ablations: tuple[Ablation, ...]


def read_ablations(path: Path) -> tuple[Ablation, ...]:
    """Read ``ablations.csv`` (written by ``benchmarks/ablations.py``); none where there is no file."""
    if not path.is_file():
        return ()
    rows = list(csv.DictReader(io.StringIO(read_text(path), newline="")))
    try:
        return tuple(
            Ablation(
                r["law"],
                r["mechanism"],
                r["replaced_by"],
                r["score_of"],
                r["score_change"],
                r["score_error"],
                r["record"],
                r["shift"],
                r["shift_error"],
                r["changed"],
                f"vintage {r['vintage']}, {r['draws']} draws × {r['particles']} particles, seed {r['seed']}",
            )
            for r in rows
        )
    except KeyError as error:
        raise InputError(f"the column {error} is absent", file=path, mend="run benchmarks/ablations.py") from None


def systems_of(case: Case) -> tuple[System, ...]:
    """The systems of a case.

    Raises:
        InputError: ``systems.yaml`` names a law, site, series or record that is not there, or gives no reason for
                a gap.
    """
    path = case.folder / "systems.yaml"
    evidence = case.evidence
    ablations = read_ablations(case.folder / "ablations.csv")
    known = {
        "laws": {p.stem for p in (case.folder / "laws").glob("*.py") if p.stem != "__init__"},
        "facts": {f.site for f in evidence.facts},
        "series": {m.series for m in evidence.measurements},
        "records": {r.name for r in case.model.table.records},
    }
    out = []
    for item in read_yaml(path, (*_NEEDED, "no_law", "no_facts")):
        cells = item.cells
        for key in _NEEDED:
            if key not in cells:
                raise InputError(f"a system lacks {key}", file=path, line=item.line, mend="write an empty list if none")
        lists = {k: _list(cells[k]) for k in _LISTS}
        for key, names in known.items():
            for name in lists[key]:
                if name not in names:
                    raise InputError(
                        f"system {cells['id']}: '{name}' is none of the case's {key}", file=path, line=item.line,
                        mend=near(names, name),
                    )  # fmt: skip
        no_law, no_facts = str(cells.get("no_law") or ""), str(cells.get("no_facts") or "")
        facts = [f for f in evidence.facts if f.site in lists["facts"]]
        figures = [m for m in evidence.measurements if m.series in lists["series"]]
        if not lists["laws"] and not no_law:
            raise InputError(
                f"system {cells['id']} names no law", file=path, line=item.line, mend="name one, or say why in no_law"
            )
        if not facts and not figures and not no_facts:
            raise InputError(
                f"system {cells['id']} has no fact", file=path, line=item.line, mend="name some, or say why in no_facts"
            )
        sources = {*(s for f in facts for s in f.sources), *(s for m in figures for s in m.sources)}
        out.append(
            System(
                str(cells["id"]), str(cells["title"]), lists["laws"], no_law, no_facts, len(facts),
                sum(bool(f.sources) for f in facts), len(figures),
                len(sources), lists["records"],
                tuple(q.id for q in case.questions if str(cells["id"]) in q.systems), lists["shown"],
                tuple(a for a in ablations if a.law in lists["laws"]),
            )
        )  # fmt: skip
    return tuple(out)


def _list(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    found: Iterable[Any] = value or ()
    return tuple(str(x) for x in found)


def document(systems: Iterable[System]) -> dict[str, Any]:
    """One JSON document."""
    from dataclasses import asdict

    return {
        "systems": [
            asdict(s) | {"ablations": [asdict(a) | {"unproven": a.unproven} for a in s.ablations]} for s in systems
        ]
    }


def size(a: Ablation) -> str:
    """What changed and by how much."""
    parts = []
    if a.score_change:
        parts.append(f"{float(a.score_change):+.1f} ± {float(a.score_error):.1f} nats")
    if a.shift:
        parts.append(f"{a.record} {float(a.shift):+.2f} ± {float(a.shift_error):.2f} sd")
    return f"{a.changed} [{', '.join(parts)}]"


def earned(system: System) -> str:
    """What the ablations of a system's laws showed, in a few words."""
    if not system.laws:
        return f"no law: {system.no_law}"
    if not system.ablations:
        return "not tried"
    return "; ".join(
        f"{a.law}, {a.mechanism}: {size(a)}{' (unproven)' if a.unproven else ''}" for a in system.ablations
    )
