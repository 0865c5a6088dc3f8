"""Records as plain cells, named as in a case's files, and back; and the hash of what a record says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from keisei import months
from keisei.errors import InputError
from keisei.evidence.case_files import (
    CHRONICLE_COLUMNS,
    COVERAGE_COLUMNS,
    ENTITY_KEYS,
    SERIES_COLUMNS,
    SOURCE_KEYS,
    make,
)
from keisei.evidence.records import Coverage, Entity, Fact, Measurement, Source
from keisei.evidence.tables import complaint

Record = Source | Entity | Fact | Coverage | Measurement
Kind = Literal["source", "entity", "fact", "coverage", "measurement"]

CLASSES: Mapping[Kind, type[Record]] = {
    "source": Source,
    "entity": Entity,
    "fact": Fact,
    "coverage": Coverage,
    "measurement": Measurement,
}
CELLS: Mapping[Kind, tuple[str, ...]] = {
    "source": SOURCE_KEYS,
    "entity": ENTITY_KEYS,
    "fact": (*CHRONICLE_COLUMNS, "reported"),
    "coverage": COVERAGE_COLUMNS,
    "measurement": (*SERIES_COLUMNS, "published"),
}
LISTS = frozenset({"author", "derives_from", "aliases", "sources"})
MAPPINGS = frozenset({"attributes"})
_HALF = re.compile("[\ud800-\udfff]")
_FIELDS = {"from": "first", "until": "last"}
_MONTHS = frozenset({("coverage", "from"), ("coverage", "until"), ("measurement", "published")})


def kind_of(record: Record) -> Kind:
    """The kind's name, as exports and the store use it."""
    return next(kind for kind, made in CLASSES.items() if isinstance(record, made))


def to_cells(record: Record) -> dict[str, Any]:
    """The record's cells by their names in the case's files; empty ones are left out.

    Values are numbers, texts, lists of texts and, for ``attributes``, a mapping.
    """
    kind = kind_of(record)
    cells: dict[str, Any] = {}
    for name in CELLS[kind]:
        value = getattr(record, _FIELDS.get(name, name))
        if value is None or value == "" or value == () or value == {}:
            continue
        if (kind, name) in _MONTHS:
            value = months.show(value)
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, dict):
            value = dict(value)
        cells[name] = value
    return cells


def from_cells(
    kind: Kind, cells: Mapping[str, Any], *, file: str | Path | None = None, line: int | None = None
) -> Record:
    """The record of some cells, checked.

    Raises:
        InputError: a cell is not allowed, missing or wrong.
    """
    for name, value in cells.items():
        if name not in CELLS[kind]:
            raise complaint(f"a {kind} has no '{name}'", file=file, line=line, mend="remove it")
        check_text(value, file, line)
    try:
        return make(CLASSES[kind], dict(cells), str(file or ""), line or 0, {})
    except InputError as error:
        raise InputError(error.message, file=file, line=line, mend=error.mend) from None


def check_text(value: object, file: str | Path | None = None, line: int | None = None) -> None:
    """Refuse half a character (a lone surrogate), which no file and no database can hold, anywhere in JSON values."""
    half = _HALF.search
    waiting: list[Any] = [value]
    while waiting:  # no recursion: how deep the values nest is not ours to choose
        part = waiting.pop()
        if isinstance(part, str):
            if half(part):
                raise complaint(
                    "a text holds half a character (a lone surrogate)", file=file, line=line, mend="write it whole"
                )
        elif isinstance(part, dict):
            waiting.extend(part)
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)


def content_hash(*parts: object) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the canonical JSON of ``parts``."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def hash_of(record: Record) -> str:
    """The hash of what a record says: the same for the same content wherever it was read."""
    return content_hash(kind_of(record), to_cells(record))


def id_of(record: Record) -> str:
    """Its id: its own, or for a measurement or coverage the hash of its content."""
    return record.id if isinstance(record, Source | Entity | Fact) else f"{kind_of(record)[0]}-{hash_of(record)[:12]}"
