"""Export and import: JSON Lines with everything, CSV with the records; what was exported comes back the same.

JSON Lines: one object a line with ``kind`` (source, entity, fact, coverage, measurement, document, statement); records
have the cells of a case's files. A statement that is an event uses PLOVER's names (``event_type``, ``event_mode``,
``actor``, ``recipient``, ``date``, ``location``), and each names its place as ``{sha256, start, end, exact}``. An
import takes the records; documents and statements come in by reading the texts.

CSV: the column ``kind`` and the union of the records' columns; lists and attributes as in a case's files, or as JSON
where an entry holds a separator.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from keisei.errors import InputError
from keisei.evidence.codec import CELLS, LISTS, MAPPINGS, Kind, Record, from_cells, kind_of, to_cells
from keisei.evidence.readings import documents, import_reading, statements
from keisei.evidence.records import Source
from keisei.evidence.store import USER, Store
from keisei.evidence.tables import complaint, read_csv, read_text

Format = Literal["csv", "jsonl"]
KINDS: tuple[Kind, ...] = ("source", "entity", "fact", "coverage", "measurement")
COLUMNS = tuple(dict.fromkeys(["kind", *(name for kind in KINDS for name in CELLS[kind])]))
# a reading's key → the exported one; those of events are PLOVER's
EXPORTED_NAMES: Mapping[str, str] = {
    "plover": "event_type",
    "instrument": "event_mode",
    "sources": "actor",
    "targets": "recipient",
    "place": "location",
    "id": "read_as",
    "kind": "claim_kind",
}


@dataclass(frozen=True)
class Counts:
    """How many came and how many stood already."""

    added: int
    standing: int


def all_records(store: Store) -> list[Record]:
    """Every record of the store, each content once, sources first."""
    return [record for kind in KINDS for record in store.records(kind)]


def to_jsonl(records: Iterable[Record]) -> str:
    """Records as JSON Lines."""
    return "".join(_line({"kind": kind_of(record), **to_cells(record)}) for record in records)


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def statement_lines(store: Store) -> str:
    """Documents and statements as JSON Lines."""
    lines = []
    for document in documents(store):
        lines.append(
            _line(
                {
                    "kind": "document",
                    "sha256": document.id,
                    "name": document.name,
                    "published": document.published,
                    "source": document.source,
                }
            )
        )
    for statement in statements(store):
        place = {"sha256": statement.document, "start": statement.start, "end": statement.end, "exact": statement.exact}
        lines.append(
            _line(
                {
                    "kind": "statement",
                    "id": statement.id,
                    "statement": statement.kind,
                    "state": statement.state,
                    "edits": dict(statement.edits),
                    "target": place,
                    **{EXPORTED_NAMES.get(key, key): value for key, value in statement.content.items()},
                }
            )
        )
    return "".join(lines)


def _cell(name: str, value: Any) -> str:
    if name in LISTS:
        plain = ";".join(value)
        safe = name != "author" and _parts(plain) == list(value)
        return plain if safe or (name == "author" and len(value) == 1 and value[0][0] not in "[{") else _json(value)
    if name in MAPPINGS:
        plain = ";".join(f"{key}={text}" for key, text in value.items())
        pairs = [part.partition("=") for part in _parts(plain)]
        return plain if {k.strip(): v.strip() for k, _, v in pairs} == value and _tame(value) else _json(value)
    if isinstance(value, float):
        return repr(value)
    return str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _parts(plain: str) -> list[str]:
    return [] if plain[:1] in "[{" else [part.strip() for part in plain.split(";") if part.strip()]


def _tame(attributes: Mapping[str, str]) -> bool:
    return all(key and text and not set(key + text) & set(";=") for key, text in attributes.items())


def to_csv(records: Iterable[Record]) -> str:
    """Records as CSV with the columns :data:`COLUMNS`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        cells: dict[str, Any] = {"kind": kind_of(record), **to_cells(record)}
        writer.writerow([_cell(name, cells[name]) if name in cells else "" for name in COLUMNS])
    return out.getvalue()


def read_records(path: Path) -> list[Record]:
    """The records of an exported file, ``.csv`` or ``.jsonl``; documents and statements are passed over.

    Raises:
        InputError: the first line that is wrong.
    """
    if path.suffix.lower() == ".csv":
        return _from_csv(path)
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return _from_jsonl(path)
    raise InputError("this is neither .csv, .jsonl nor .json", file=path, mend="give a file that was exported or read")


def _from_csv(path: Path) -> list[Record]:
    records: list[Record] = []
    for item in read_csv(path, ("kind",), COLUMNS[1:]):
        kind = _kind(item.cells.get("kind"), path, item.line)
        cells: dict[str, Any] = {}
        for name, text in item.cells.items():
            if name == "kind" or text == "":
                continue
            if (name in LISTS or name in MAPPINGS) and text[:1] in "[{":
                try:
                    cells[name] = json.loads(text)
                except (ValueError, RecursionError):
                    raise complaint(
                        f"{name}: it is not JSON", file=path, line=item.line, mend="join ids by ;"
                    ) from None
            elif name == "author":
                cells[name] = [text]
            else:
                cells[name] = text
        records.append(from_cells(kind, cells, file=path, line=item.line))
    return records


def _kind(given: object, path: Path, line: int) -> Kind:
    for kind in KINDS:
        if given == kind:
            return kind
    raise complaint(f"'{given}' is no kind of record", file=path, line=line, mend=f"write one of {', '.join(KINDS)}")


def _from_jsonl(path: Path) -> list[Record]:
    records: list[Record] = []
    for line, text in enumerate(read_text(path).split("\n"), start=1):
        if not text.strip():
            continue
        try:
            cells = json.loads(text)
        except (ValueError, RecursionError):
            raise complaint("the line is not JSON", file=path, line=line, mend="write one object a line") from None
        if not isinstance(cells, dict):
            raise complaint("the line is no object", file=path, line=line, mend="write one object a line")
        if cells.get("kind") in ("document", "statement"):
            continue
        kind = _kind(cells.pop("kind", None), path, line)
        records.append(from_cells(kind, cells, file=path, line=line))
    return records


def export_text(store: Store, format: Format) -> str:
    """The whole store in a format; statements only stand in JSON Lines."""
    records = all_records(store)
    return to_csv(records) if format == "csv" else to_jsonl(records) + statement_lines(store)


def import_file(store: Store, path: Path, *, replace: bool = False, source: str | None = None) -> Counts:
    """Take a file into the user's layer: an export (``.csv``, ``.jsonl``) or a read document (``.json``).

    ``source`` names the source of the store that a read document is, so that it does not count as another origin.

    Raises:
        InputError: what is wrong in the file, or a record contradicts one of the same id in the store.
    """
    if path.suffix.lower() == ".json":
        done = import_reading(store, path, source=source)
        return Counts(done.added + done.changed, done.unchanged)
    records = read_records(path)
    known = {source.id for source in store.records("source")} | {r.id for r in records if isinstance(r, Source)}
    for record in records:
        for name in _cited(record):
            if name not in known:
                raise complaint(
                    f"there is no source '{name}' in the file or the store",
                    file=path,
                    line=record.line,
                    mend="add it, or correct the id",
                )
    added = store.put(records, USER, replace_changed=replace)
    return Counts(added, len(records) - added)


def _cited(record: Record) -> tuple[str, ...]:
    for name in ("sources", "derives_from"):
        if hasattr(record, name):
            return tuple(getattr(record, name))
    return ()
