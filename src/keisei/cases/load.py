"""A case: its files, checked, and its model.

A case is a folder with ``case.yaml``, ``parameters.yaml``, ``questions.yaml``, the files of the evidence, and two
modules:
``model.py`` with ``build(parameters) -> Model`` and ``translation.py`` with ``translation(history, severity)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from keisei import months
from keisei.cases.about import read_about
from keisei.cases.known import check_places, declared
from keisei.cases.own_code import function, told
from keisei.errors import InputError
from keisei.evidence import Evidence, load_evidence
from keisei.evidence.case_files import NAMES
from keisei.evidence.tables import load_yaml, read_text, read_yaml
from keisei.forecast.questions import Question, load_questions
from keisei.model import Model, Parameter, Parameters, layout
from keisei.model.doubt import DOUBTED, GRADES
from keisei.model.facts import Rows, Translation, rows_of
from keisei.model.sites import Levels
from keisei.score import Row

_OPTIONAL = (
    "episodes.yaml", "labels.yaml", "claims.yaml", "voices.yaml", "verification.yaml", "targets.yaml", "systems.yaml",
    "description.yaml", "ablations.csv", "keisei-verify.json", "keisei-claims.json", "keisei-voices.json",
)  # fmt: skip
_BUNDLED = Path(__file__).parent
_PRIOR = re.compile(r"([a-z]+)\(([^()]*)\)")
_ARITY = {
    "normal": 2, "lognormal": 2, "uniform": 2, "beta": 2, "gamma": 2, "halfnormal": 1, "fixed": 1,
}  # fmt: skip
_POSITIVE_SECOND = {"normal", "lognormal", "beta", "gamma"}


@dataclass(frozen=True)
class Case:
    """A case, loaded and checked.

    Attributes:
        folder: where it lies. about: what ``case.yaml`` says. evidence: all of it, uncut.
        parameters, questions, model, translation: as their files say.
    """

    folder: Path
    about: Mapping[str, Any]
    evidence: Evidence
    parameters: Parameters
    questions: tuple[Question, ...]
    model: Model
    translation: Translation

    @cached_property
    def origin(self) -> int:
        """The last month that the evidence covers: the end of the longest coverage."""
        return max((span.last for span in self.evidence.coverage), default=self.model.start)

    def rows(self, origin: int) -> Rows:
        """Score rows of what was known at the end of ``origin``: nothing later, and history no further."""
        return rows_of(self.evidence.until(origin), self.model.table, self.translation, self.model.start, origin)

    @cached_property
    def definitions(self) -> tuple[Row, ...]:
        """Rows that hold by definition (normalisations), from ``case.yaml``."""
        out = []
        for entry in self.about.get("definitions", []):
            try:
                first, last = months.parse_span(entry["months"])
            except InputError as error:
                raise InputError(error.message, file=self.folder / "case.yaml", mend=error.mend) from None
            out += [
                Row(m, entry["site"], float(entry["value"]), "set", "", "definition") for m in range(first, last + 1)
            ]
        return tuple(out)

    @cached_property
    def levels(self) -> Levels:
        """Clamps for every site that evidence of this case can stand at, whatever the origin: one executable for
        all."""
        rows = (
            *self.definitions,
            *rows_of(self.evidence, self.model.table, self.translation, self.model.start, self.origin).score,
        )
        return layout(self.model.table, rows, self.model.start, self.origin).levels

    def score(self, origin: int) -> tuple[Row, ...]:
        """Definitions and evidence rows up to an origin."""
        return (*(row for row in self.definitions if row.month <= origin), *self.rows(origin).score)


def load_case(place: str | Path = "northeast_asia") -> Case:
    """Load a bundled case by name, or a folder.

    Raises:
        InputError: a file is absent or wrong; the sentence names file, line and mend.
    """
    folder = Path(place)
    if not folder.is_dir():
        folder = _BUNDLED / str(place)
        if not (folder / "case.yaml").is_file():
            names = sorted(p.parent.name for p in _BUNDLED.glob("*/case.yaml"))
            raise InputError(
                f"there is no case '{place}'", mend=f"name a folder with a case.yaml, or {', '.join(names)}"
            )
    about = read_about(folder / "case.yaml")
    _readable(folder)
    parameters = load_parameters(folder / "parameters.yaml")
    evidence = load_evidence(folder)
    known = {*evidence.sources, "estimate"}
    for p in parameters.items:
        for source in p.sources:
            if source not in known:
                raise InputError(
                    f"parameter {p.id} names the source '{source}', which sources.yaml does not have",
                    file=folder / "parameters.yaml", mend="add it there, or write estimate",
                )  # fmt: skip
    severity = {k: float(v["value"]) for k, v in about.get("severity", {}).items()}
    build, translate = function(folder, "model", "build"), function(folder, "translation", "translation")
    with told(folder, parameters.names):
        translated = translate(frozenset(about.get("history", ())), severity)
        model = build(parameters)
        for made, kind, file in ((translated, Translation, "translation.py"), (model, Model, "model.py")):
            if not isinstance(made, kind):
                raise InputError(
                    f"it makes no {kind.__name__}", file=folder / file, mend=f"return a keisei {kind.__name__} from it"
                )
        table = model.table
    translated = replace(translated, credibility=_credibility(about, folder / "case.yaml"))
    beside, series_beside = (declared(about, key, folder / "case.yaml") for key in ("beside", "series_beside"))
    with told(folder):
        check_places(evidence, table, translated, beside, series_beside)
    return Case(
        folder=folder,
        about=about,
        evidence=evidence,
        parameters=parameters,
        questions=tuple(load_questions(folder / "questions.yaml")),
        model=model,
        translation=translated,
    )


def _readable(folder: Path) -> None:
    """Refuse what cannot be read as text among the files that a case may have, before a command trips over it.

    Raises:
        InputError: a folder stands where a file is expected, a file is not UTF-8, or a label stands twice.
    """
    for name in (*_OPTIONAL, *NAMES):
        path = folder / name
        if path.is_file():
            read_text(path)
        elif path.exists():
            raise InputError("it is no file", file=path, mend="put the file in its place, or remove it")
    if (folder / "labels.yaml").is_file():
        load_yaml(folder / "labels.yaml")


def _credibility(about: Mapping[str, Any], path: Path) -> dict[tuple[str, str], float]:
    """How probably facts of a certainty are true, by the grade of their best source, as ``case.yaml`` estimates it.

    Raises:
        InputError: another certainty or grade, a grade that is missing, or no probability.
    """
    out: dict[tuple[str, str], float] = {}
    for certainty, entry in about.get("credibility", {}).items():
        grades = entry if isinstance(entry, dict) else {}
        values = {g: v.get("value") if isinstance(v, dict) else None for g, v in grades.items()}
        if (
            certainty not in ("reported", *DOUBTED)
            or set(values) != set(GRADES)
            or not all(isinstance(v, float) and 0.0 < v < 1.0 for v in values.values())
        ):
            raise InputError(
                f"credibility of '{certainty}' is not as it should be",
                file=path,
                mend="write reported, contested or denied, and for each of high, medium and low "
                "{value: 0.5, low: 0.2, high: 0.8}",
            )
        out |= {(certainty, grade): value for grade, value in values.items()}
    return out


def load_parameters(path: Path) -> Parameters:
    """Read ``parameters.yaml``: {id, prior: "family(a, b)", unit, meaning, sources}.

    Raises:
        InputError: a prior that does not parse or is improper, with its line.
    """
    out = []
    for item in read_yaml(path, ("id", "prior", "unit", "meaning", "sources")):
        try:
            out.append(_parameter(item.cells))
        except InputError as error:
            raise InputError(error.message, file=path, line=item.line, mend=error.mend) from None
    try:
        return Parameters(tuple(out))
    except InputError as error:
        raise InputError(error.message, file=path, mend=error.mend) from None


def _parameter(cells: Mapping[str, Any]) -> Parameter:
    name, prior = str(cells.get("id") or ""), str(cells.get("prior") or "")
    match = _PRIOR.fullmatch(prior.strip())
    if not match or (match[1] != "among" and match[1] not in _ARITY):
        raise InputError(f"parameter {name}: '{prior}' is not a prior", mend="write for example normal(0, 1)")
    try:
        numbers = [float(x) for x in match[2].split(",")]
    except ValueError:
        raise InputError(f"parameter {name}: '{prior}' has a part that is no number", mend="write numbers") from None
    if not all(abs(x) < 1e12 for x in numbers):
        raise InputError(f"parameter {name}: '{prior}' has a number that is not finite", mend="write finite numbers")
    family = match[1]
    if not cells.get("meaning") or not cells.get("unit") or not cells.get("sources"):
        raise InputError(f"parameter {name} lacks unit, meaning or sources", mend="give all three")
    shared: dict[str, Any] = {
        "unit": str(cells["unit"]), "meaning": str(cells["meaning"]),
        "sources": tuple(cells["sources"]) if not isinstance(cells["sources"], str) else (cells["sources"],),
    }  # fmt: skip
    if family == "among":
        if len(numbers) < 2:
            raise InputError(f"parameter {name}: a switch needs two options", mend="write among(0, 1)")
        return Parameter(name, "among", numbers[0], options=tuple(numbers), **shared)
    if len(numbers) != _ARITY[family]:
        raise InputError(f"parameter {name}: {family} takes {_ARITY[family]} numbers", mend="see docs/cases.md")
    a, b = numbers[0], numbers[1] if len(numbers) > 1 else 0.0
    improper = (
        (family in _POSITIVE_SECOND and b <= 0)
        or (family in ("lognormal", "beta", "gamma", "halfnormal") and a <= 0)
        or (family == "uniform" and b <= a)
    )
    if improper:
        raise InputError(f"parameter {name}: '{prior}' is not a proper prior", mend="scales above 0, low under high")
    return Parameter(name, family, a, b, **shared)  # type: ignore[arg-type]
