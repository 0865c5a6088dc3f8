"""The evidence store: one SQLite file with the case's records, a person's own, and what was read.

Every change is one transaction, so a crash loses nothing that was finished and leaves nothing half done. Records are
known by the hash of what they say: the same file twice adds nothing.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast, overload

from keisei.errors import InputError
from keisei.evidence.bundle import Evidence
from keisei.evidence.case_files import files_digest, load_evidence
from keisei.evidence.codec import CELLS, LISTS, MAPPINGS, Kind, Record, from_cells, hash_of, id_of, kind_of, to_cells
from keisei.evidence.records import Coverage, Entity, Fact, Measurement, Source
from keisei.evidence.search import forget_text, index_text, search_key

SCHEMA_VERSION = "1"
USER = "user"
TABLES: Mapping[Kind, str] = {
    "source": "sources",
    "entity": "entities",
    "fact": "facts",
    "coverage": "coverage",
    "measurement": "measurements",
}


def default_path() -> Path:
    """``KEISEI_STORE``, else ``~/.local/share/keisei/evidence.sqlite``."""
    given = os.environ.get("KEISEI_STORE")
    return Path(given) if given else Path.home() / ".local" / "share" / "keisei" / "evidence.sqlite"


class Store:
    """An open store; use :func:`open_store`. It is a context manager that closes the file."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection, self.path = connection, path
        self.case_layer = ""  # the case that sync_case named; others in the file are not seen then
        self._depth = 0

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was committed stands."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing. An inner transaction belongs to the outer one."""
        if self._depth == 0:
            self.connection.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self.connection.execute("ROLLBACK")
            raise
        self._depth -= 1
        if self._depth == 0:
            self.connection.execute("COMMIT")

    def rows(self, sql: str, parameters: Iterable[object] = ()) -> list[sqlite3.Row]:
        """The rows of a query."""
        return cast(list[sqlite3.Row], self.connection.execute(sql, tuple(parameters)).fetchall())

    def seen(self) -> tuple[str, tuple[str, ...]]:
        """A condition on the column ``layer`` and its parameters: the user's layer and the synced case's, else all."""
        return ("layer IN (?, ?)", (self.case_layer, USER)) if self.case_layer else ("1", ())

    def put(self, records: Iterable[Record], layer: str = USER, *, replace_changed: bool = False) -> int:
        """Add records to a layer, in one transaction; what stands anywhere in the store already is passed over.

        Returns:
            how many were added.

        Raises:
            InputError: a record of the same id says something else, and ``replace_changed`` is not given.
        """
        added = 0
        with self.transaction():
            for record in records:
                added += self._put(record, layer, replace_changed)
        return added

    def _put(self, record: Record, layer: str, replace_changed: bool) -> bool:
        kind, name, digest = kind_of(record), id_of(record), hash_of(record)
        table = TABLES[kind]
        seen, layers = self.seen()
        standing = self.rows(f"SELECT hash, layer FROM {table} WHERE id = ? AND {seen}", (name, *layers))
        if any(row["hash"] == digest and (layer == USER or row["layer"] == layer) for row in standing):
            return False
        changed = [row for row in standing if row["hash"] != digest]
        if changed and layer == USER:
            if not replace_changed or any(row["layer"] != USER for row in changed):
                owner = changed[0]["layer"]
                raise InputError(
                    f"the {kind} '{name}' stands in the store ({owner}) with other content",
                    file=record.file or None,
                    line=record.line or None,
                    mend="give it its own id" + (", or import with --replace" if owner == USER else ""),
                )
            self.remove(kind, name, USER)
        cells = to_cells(record)
        values = [_packed(name_, cells.get(name_)) for name_ in CELLS[kind]]
        columns = ["hash", "layer", *CELLS[kind]]
        row = [digest, layer, *values]
        if "id" not in CELLS[kind]:
            columns.append("id")
            row.append(name)
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)
        if isinstance(record, Source):
            self.connection.executemany(
                "INSERT OR IGNORE INTO source_chains VALUES (?, ?, ?)",
                [(layer, record.id, parent) for parent in record.derives_from],
            )
        if isinstance(record, Entity):
            self.connection.executemany(
                "INSERT OR IGNORE INTO aliases VALUES (?, ?, ?, ?)",
                [(layer, record.id, alias, search_key(alias)) for alias in record.names],
            )
        index_text(self.connection, kind, name, layer, searched_text(record))
        return True

    def remove(self, kind: Kind, name: str, layer: str = USER) -> None:
        """Take the record of an id out of a layer."""
        with self.transaction():
            self.connection.execute(f"DELETE FROM {TABLES[kind]} WHERE id = ? AND layer = ?", (name, layer))
            if kind == "source":
                self.connection.execute("DELETE FROM source_chains WHERE source = ? AND layer = ?", (name, layer))
            if kind == "entity":
                self.connection.execute("DELETE FROM aliases WHERE entity = ? AND layer = ?", (name, layer))
            forget_text(self.connection, kind, name, layer)

    def sync_case(self, directory: str | Path) -> bool:
        """Let the layer of a case say what its files say now; from here on no other case in the store is seen.

        Returns:
            whether anything had to change.

        Raises:
            InputError: the first thing that is wrong in the files.
        """
        layer = f"case:{Path(directory).resolve()}"
        digest = files_digest(Path(directory))
        if digest and self.rows("SELECT 1 FROM meta WHERE key = ? AND value = ?", (layer, digest)):
            self.case_layer = layer
            return False
        evidence = load_evidence(directory)
        self.case_layer = layer
        records: list[Record] = [
            *evidence.sources.values(),
            *evidence.entities.values(),
            *evidence.facts,
            *evidence.coverage,
            *evidence.measurements,
        ]
        wanted = {(kind_of(record), hash_of(record)) for record in records}
        standing = {
            (kind, row["hash"]): row["id"]
            for kind, table in TABLES.items()
            for row in self.rows(f"SELECT hash, id FROM {table} WHERE layer = ?", (layer,))
        }
        with self.transaction():
            self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (layer, digest))
            if wanted == set(standing):
                return False
            for (kind, digest), id_ in standing.items():
                if (kind, digest) not in wanted:
                    self.remove(kind, id_, layer)
            self.put([record for record in records if (kind_of(record), hash_of(record)) not in standing], layer)
        return True

    @overload
    def records(self, kind: Literal["source"], *, id: str | None = None) -> list[Source]: ...
    @overload
    def records(self, kind: Literal["entity"], *, id: str | None = None) -> list[Entity]: ...
    @overload
    def records(self, kind: Literal["fact"], *, id: str | None = None) -> list[Fact]: ...
    @overload
    def records(self, kind: Literal["coverage"], *, id: str | None = None) -> list[Coverage]: ...
    @overload
    def records(self, kind: Literal["measurement"], *, id: str | None = None) -> list[Measurement]: ...
    @overload
    def records(self, kind: Kind, *, id: str | None = None) -> list[Any]: ...
    def records(self, kind: Kind, *, id: str | None = None) -> list[Any]:
        """The records of a kind in the order they came, each content once; with ``id`` only those of that id.

        A fact that accepted statements tell again names their sources after its own.
        """
        where, parameters = self.seen()
        if id is not None:
            where, parameters = f"{where} AND id = ?", (*parameters, id)
        found: dict[str, Record] = {}
        sql = f"SELECT * FROM {TABLES[kind]} WHERE {where} ORDER BY layer = 'user', rowid"
        for row in self.rows(sql, parameters):
            cells = {name: _unpacked(name, row[name]) for name in CELLS[kind] if row[name] is not None}
            found.setdefault(row["hash"], from_cells(kind, cells))
        if kind != "fact":
            return list(found.values())
        more: dict[str, list[str]] = {}
        for row in self.rows("SELECT fact, source FROM support ORDER BY rowid"):
            more.setdefault(row["fact"], []).append(row["source"])
        facts = cast(list[Fact], list(found.values()))
        return [
            replace(fact, sources=tuple(dict.fromkeys((*fact.sources, *more[fact.id])))) if fact.id in more else fact
            for fact in facts
        ]

    def evidence(self) -> Evidence:
        """Everything that is not a mere proposal, as one bundle; of one id in two layers the case's stands."""
        facts: dict[str, Fact] = {}
        for fact in self.records("fact"):
            facts.setdefault(fact.id, fact)
        return Evidence(
            sources={source.id: source for source in reversed(self.records("source"))},
            entities={entity.id: entity for entity in reversed(self.records("entity"))},
            facts=tuple(facts.values()),
            coverage=tuple(self.records("coverage")),
            measurements=tuple(self.records("measurement")),
        )


def searched_text(record: Record) -> str:
    """The text under which a record is found."""
    if isinstance(record, Fact):
        parts = [record.title_en, record.title_ja, record.note, record.target, *record.attributes.values()]
    elif isinstance(record, Source):
        parts = [record.title, *record.author, record.publisher, record.note, record.url]
    elif isinstance(record, Entity):
        parts = [*record.names, record.role, record.note]
    elif isinstance(record, Measurement):
        parts = [record.target, record.maker, record.note]
    else:
        parts = [record.target, record.note]
    if isinstance(record, Source | Entity | Fact):
        parts.append(record.id)
    return "\n".join(part for part in parts if part)


def _packed(name: str, value: Any) -> Any:
    if name in LISTS or name in MAPPINGS:
        return json.dumps(value, ensure_ascii=False) if value else None
    return value


def _unpacked(name: str, value: Any) -> Any:
    return json.loads(value) if name in LISTS or name in MAPPINGS else value


def open_store(path: str | Path | None = None) -> Store:
    """Open the store at ``path`` (default: :func:`default_path`; ``":memory:"`` keeps it in memory), making it if new.

    Raises:
        InputError: the place cannot be written, or the file is not a store.
    """
    place = str(path) if path is not None else str(default_path())
    if place != ":memory:":
        try:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"the store cannot be made there ({error.strerror})", file=place, mend="name another file with --store"
            ) from None
    try:
        connection = sqlite3.connect(place, timeout=30.0, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        store = Store(connection, place)
        _prepare(store)
    except sqlite3.Error as error:
        raise InputError(
            f"the store cannot be opened ({error})", file=place, mend="name another file with --store or KEISEI_STORE"
        ) from None
    return store


def _is_store(store: Store) -> bool:
    if not store.rows("SELECT name FROM sqlite_master WHERE name = 'meta'"):
        return False
    version = store.rows("SELECT value FROM meta WHERE key = 'version'")
    if not version or version[0]["value"] != SCHEMA_VERSION:
        raise InputError(f"this is no store of version {SCHEMA_VERSION}", file=store.path, mend="name another file")
    return True


def _prepare(store: Store) -> None:
    if _is_store(store):  # looked up without a lock, so that readers never wait for each other
        return
    with store.transaction():
        if _is_store(store):  # another process made it meanwhile
            return
        if store.rows("SELECT name FROM sqlite_master"):
            raise InputError("this database is no evidence store", file=store.path, mend="name another file")
        script = resources.files("keisei.evidence").joinpath("schema.sql").read_text(encoding="utf-8")
        for statement in script.split(";\n"):
            if statement.strip():
                store.connection.execute(statement)
        store.connection.execute("INSERT INTO meta VALUES ('version', ?)", (SCHEMA_VERSION,))
