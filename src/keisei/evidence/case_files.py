"""The evidence of a case directory: ``sources.yaml``, ``entities.yaml``, ``chronicle.csv``, ``coverage.csv``,
``series.csv`` read, checked one by one and against each other.

Any of them may be absent; a directory without all of them is an error. A broken file gives one sentence with
the file, the line, what is wrong and how to mend it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from keisei import months
from keisei.errors import InputError
from keisei.evidence.bundle import Evidence
from keisei.evidence.chains import find_cycle
from keisei.evidence.records import Coverage, Entity, Fact, Measurement, Source
from keisei.evidence.tables import Item, complaint, read_csv, read_yaml

Record = TypeVar("Record", bound=Source | Entity | Fact | Coverage | Measurement)
Complain = Callable[[InputError], None]

NAMES = ("sources.yaml", "entities.yaml", "chronicle.csv", "coverage.csv", "series.csv")
SOURCE_KEYS = (
    "id", "title", "author", "publisher", "date", "url", "type", "language", "accessed", "trust",
    "derives_from", "chain_role", "note",
)  # fmt: skip
ENTITY_KEYS = (
    "id", "type", "name_en", "name_ja", "name_ko", "aliases", "country", "role", "from", "until", "note",
)  # fmt: skip
CHRONICLE_COLUMNS = (
    "id", "date", "precision", "site", "index", "value", "low", "high", "certainty", "attributes", "sources",
    "checked", "title_en", "title_ja", "note",
)  # fmt: skip
COVERAGE_COLUMNS = ("site", "index", "from", "until", "sources", "note")
SERIES_COLUMNS = (
    "series", "index", "date", "value", "low", "high", "sd", "unit", "maker", "sources", "checked", "note",
)  # fmt: skip
YEARS = (1900, 2100)  # within which facts and figures of a case must lie
# a column's name where it differs from the record's field
_FIELDS = {"from": "first", "until": "last"}
_COLUMNS = {field: column for column, field in _FIELDS.items()}


def files_digest(directory: Path) -> str:
    """A hash of what the evidence files of a case hold, or '' where none is there or one cannot be read."""
    digest = hashlib.sha256()
    held = {name: directory / name for name in NAMES if (directory / name).exists()}
    try:
        for name, path in held.items():
            data = path.read_bytes()
            digest.update(f"{name} {len(data)} ".encode() + data)
    except OSError:
        return ""
    return digest.hexdigest() if held else ""


def sentence(error: ValidationError) -> tuple[str, str, str]:
    """What is wrong with a record, how to mend it, and the column ('' for the whole row)."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    column = _COLUMNS.get(field, field)
    prefix = f"{column}: " if column else ""
    kind, given = first["type"], first.get("input")
    if kind == "value_error":
        message, _, mend = str(first["ctx"]["error"]).partition("; ")
        return prefix + message, mend, column
    if kind == "literal_error":
        return f"{prefix}'{given or ''}' is not allowed", f"write {first['ctx']['expected']}", column
    if kind in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return f"'{column}' is missing", "add it", column
    if kind == "unexpected_keyword_argument":
        return f"'{column}' is not known", "remove it", column
    return f"{prefix}{first['msg'][:1].lower()}{first['msg'][1:]}", "correct it", column


def make(record: type[Record], cells: dict[str, Any], file: str, line: int, lines: dict[str, int]) -> Record:
    """One checked record from its cells.

    Raises:
        InputError: what is wrong, with file and line.
    """
    known = {_FIELDS.get(name, name): value for name, value in cells.items()}
    try:
        return record(**known, file=file, line=line)
    except ValidationError as error:
        message, mend, column = sentence(error)
        raise complaint(message, file=file, line=lines.get(column, line), mend=mend or None) from None


def _read(
    record: type[Record], path: Path, read: Callable[[Path], list[Item]], complain: Complain
) -> tuple[Record, ...]:
    if not path.exists():
        return ()
    found = []
    try:
        items = read(path)
    except InputError as error:
        complain(error)
        return ()
    for item in items:
        try:
            found.append(make(record, item.cells, str(path), item.line, item.lines))
        except InputError as error:
            complain(error)
    return tuple(found)


def load_sources(path: Path, complain: Complain | None = None) -> tuple[Source, ...]:
    """The sources of a YAML file."""
    return _read(Source, path, lambda p: read_yaml(p, SOURCE_KEYS), complain or _raise)


def load_entities(path: Path, complain: Complain | None = None) -> tuple[Entity, ...]:
    """The entities of a YAML file."""
    return _read(Entity, path, lambda p: read_yaml(p, ENTITY_KEYS), complain or _raise)


def load_chronicle(path: Path, complain: Complain | None = None) -> tuple[Fact, ...]:
    """The facts of a CSV file."""
    return _read(Fact, path, lambda p: read_csv(p, CHRONICLE_COLUMNS, ("reported",)), complain or _raise)


def load_coverage(path: Path, complain: Complain | None = None) -> tuple[Coverage, ...]:
    """The coverage of a CSV file."""
    return _read(Coverage, path, lambda p: read_csv(p, COVERAGE_COLUMNS), complain or _raise)


def load_series(path: Path, complain: Complain | None = None) -> tuple[Measurement, ...]:
    """The measurements of a CSV file."""
    return _read(Measurement, path, lambda p: read_csv(p, SERIES_COLUMNS, ("published",)), complain or _raise)


def _raise(error: InputError) -> None:
    raise error


def _load(directory: Path, complain: Complain) -> Evidence:
    if not any((directory / name).is_file() for name in NAMES):
        complain(
            InputError("this is not a directory with evidence", file=directory, mend=f"put {', '.join(NAMES)} there")
        )
        return Evidence()
    sources = load_sources(directory / "sources.yaml", complain)
    entities = load_entities(directory / "entities.yaml", complain)
    facts = load_chronicle(directory / "chronicle.csv", complain)
    coverage = load_coverage(directory / "coverage.csv", complain)
    series = load_series(directory / "series.csv", complain)
    for error in disagreements(sources, entities, facts, coverage, series):
        complain(error)
    return Evidence(
        sources={source.id: source for source in sources},
        entities={entity.id: entity for entity in entities},
        facts=facts,
        coverage=coverage,
        measurements=series,
    )


def load_evidence(directory: str | Path) -> Evidence:
    """All evidence of a case directory, checked.

    Raises:
        InputError: the first thing that is wrong.
    """
    return _load(Path(directory), _raise)


def check_evidence(directory: str | Path) -> tuple[InputError, ...]:
    """Everything that is wrong with the evidence of a case directory; empty where all is well."""
    found: list[InputError] = []
    _load(Path(directory), found.append)
    return tuple(found)


def disagreements(
    sources: Sequence[Source],
    entities: Sequence[Entity],
    facts: Sequence[Fact],
    coverage: Sequence[Coverage],
    series: Sequence[Measurement],
) -> Iterable[InputError]:
    """What is wrong between records each in order: doubled ids, missing sources, circles of sources."""
    for same in (sources, entities, facts):
        yield from _doubled(same)
    known = {source.id for source in sources}
    for source in sources:
        for name in source.derives_from:
            if name not in known:
                yield _at(source, f"derives_from: there is no source '{name}'", "add it, or correct the id")
    circle = find_cycle({source.id: source.derives_from for source in sources})
    if circle:
        start = next(source for source in sources if source.id == circle[0])
        yield _at(start, f"the source derives from itself: {' ← '.join(circle)}", "remove one of the links")
    citing: tuple[Sequence[Fact | Coverage | Measurement], ...] = (facts, coverage, series)
    for records in citing:
        for record in records:
            for name in record.sources:
                if name not in known:
                    yield _at(
                        record,
                        f"there is no source '{name}' in sources.yaml",
                        "add it there, or correct the id",
                    )
    yield from _out_of_time(facts, coverage, series)
    yield from _odd_units(series)
    seen: dict[tuple[object, ...], Measurement] = {}
    for figure in series:
        key = (figure.target, figure.span, figure.maker, figure.published, figure.sources)
        if key in seen:
            yield _at(
                figure,
                f"{figure.target} of {figure.date} by {figure.maker} stands already in line {seen[key].line}",
                "keep one, or tell them apart by sources or published",
            )
        seen[key] = figure


def _out_of_time(
    facts: Sequence[Fact], coverage: Sequence[Coverage], series: Sequence[Measurement]
) -> Iterable[InputError]:
    """Dates that only a slip of the pen makes: a year of four digits is a date to the parser whatever it says."""
    records: tuple[Fact | Measurement, ...] = (*facts, *series)
    for told in records:
        if not (YEARS[0] <= told.span.first.year and told.span.last.year <= YEARS[1]):
            yield _at(told, f"date: {told.date} is not between {YEARS[0]} and {YEARS[1]}", "correct the year")
        elif not YEARS[0] <= told.known // 12 <= YEARS[1]:
            column = "reported" if isinstance(told, Fact) else "published"
            yield _at(told, f"{column}: it is not between {YEARS[0]} and {YEARS[1]}", "correct the year")
    for span in coverage:
        for column, month in (("from", span.first), ("until", span.last)):
            if not YEARS[0] <= month // 12 <= YEARS[1]:
                yield _at(
                    span, f"{column}: {months.show(month)} is not between {YEARS[0]} and {YEARS[1]}", "correct the year"
                )


def _odd_units(series: Sequence[Measurement]) -> Iterable[InputError]:
    """Figures in another unit than most of their series: their numbers would be taken as they stand."""
    units: dict[str, Counter[str]] = {}
    for figure in series:
        units.setdefault(figure.series, Counter())[figure.unit] += 1
    for figure in series:
        usual = units[figure.series].most_common(1)[0][0]
        if figure.unit != usual:
            yield _at(
                figure, f"unit: '{figure.unit}' is not the unit of the other rows of {figure.series}",
                f"give the figure in {usual}, or another name to the series",
            )  # fmt: skip


def _doubled(records: Sequence[Source] | Sequence[Entity] | Sequence[Fact]) -> Iterable[InputError]:
    seen: dict[str, int] = {}
    for record in records:
        if record.id in seen:
            yield _at(
                record,
                f"the id '{record.id}' stands already in line {seen[record.id]}",
                "give each its own id",
            )
        seen.setdefault(record.id, record.line)


def _at(record: Source | Entity | Fact | Coverage | Measurement, message: str, mend: str) -> InputError:
    return complaint(message, file=record.file or None, line=record.line or None, mend=mend)
