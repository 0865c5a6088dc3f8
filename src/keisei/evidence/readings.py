"""Read documents into the store: who passed the text on, and statements that wait for a person's judgement.

A statement is known by its document, kind and span. Reading the same text again adds nothing; reading it with better
rules refreshes what is still ``proposed``, takes back proposals that no longer stand, and leaves every decision alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from keisei.errors import InputError
from keisei.evidence.codec import content_hash
from keisei.evidence.reading_format import Reading, parse_reading
from keisei.evidence.records import Source
from keisei.evidence.search import forget_text, index_text, normalise
from keisei.evidence.store import USER, Store

StatementKind = Literal["event", "claim", "quantity"]
State = Literal["proposed", "accepted", "edited", "rejected"]
_SHA256 = re.compile(r"[0-9a-f]{64}")
KINDS: tuple[StatementKind, ...] = ("event", "claim", "quantity")


@dataclass(frozen=True)
class Document:
    """A text that was read. ``text`` is None where only its reading was given."""

    id: str
    name: str
    published: str
    source: str
    reading: Mapping[str, Any]
    text: str | None


@dataclass(frozen=True)
class Statement:
    """What the reading of a text proposes. ``content`` has the keys of the reading's format."""

    id: str
    document: str
    kind: StatementKind
    start: int
    end: int
    exact: str
    content: Mapping[str, Any]
    edits: Mapping[str, str]
    state: State


@dataclass(frozen=True)
class Imported:
    """What an import did: the document and how many statements came, changed, stood already or went."""

    document: str
    added: int
    changed: int
    unchanged: int
    withdrawn: int


def document_id(reading: Reading, text: str | None) -> str:
    """The SHA-256 that the reading names, else that of the text, else of the document's name."""
    if reading.sha256 and _SHA256.fullmatch(reading.sha256):
        return reading.sha256
    if text is not None:
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return hashlib.sha256(f"document {reading.doc}".encode()).hexdigest()


def chain_sources(reading: Reading, document: str) -> list[Source]:
    """The sources of a document's chain, the document itself last.

    Each ``original`` starts a chain. A hand is known by publisher, author, date and role, so two documents that pass
    on the same article share it.
    """
    sources: list[Source] = []
    ends: list[str] = []
    for hand in reading.provenance:
        parents = (ends[-1],) if hand.role != "original" and ends else ()
        said = (normalise(hand.publisher or ""), normalise(hand.author or ""), hand.date, hand.role)
        name = f"text-{content_hash(said, parents)[:10]}"
        title = ", ".join(part for part in (hand.author, hand.publisher, hand.date) if part) or "unknown author"
        source = Source(
            id=name,
            title=title,
            type="article",
            trust="low",
            author=(hand.author,) if hand.author else (),
            publisher=hand.publisher or "",
            date=hand.date or "",
            derives_from=parents,
            chain_role=hand.role,
            note="from the chain of a read document; its trust was not judged",
        )
        if parents:
            ends[-1] = name
        else:
            ends.append(name)
        if name not in {other.id for other in sources}:
            sources.append(source)
    own = Source(
        id=f"doc-{document[:12]}",
        title=reading.doc or "a document without a name",
        type="document",
        trust="low",
        date=reading.published or "",
        derives_from=tuple(dict.fromkeys(ends)),
        chain_role="republication" if ends else None,
        note="a read document",
    )
    return [*sources, own]


def _statements(reading: Reading, document: str) -> list[tuple[str, StatementKind, int, int, str, str]]:
    """(id, kind, start, end, exact, content as JSON) of all that a reading proposes, in the order of the text."""
    found: list[tuple[str, StatementKind, int, int, str, str]] = []
    told: Counter[tuple[str, int, int]] = Counter()
    groups: list[tuple[StatementKind, list[Any]]] = [
        ("event", list(reading.events)),
        ("claim", list(reading.claims)),
        ("quantity", list(reading.quantities)),
    ]
    for kind, parts in groups:
        for part in parts:
            content = part.model_dump(mode="json", exclude={"quote", "start", "end"})
            if kind == "event":
                content["quantities"] = [
                    reading.quantities[number].model_dump(mode="json", exclude={"start", "end"})
                    for number in part.quantities
                ]
            told[kind, part.start, part.end] += 1
            ordinal = told[kind, part.start, part.end]
            name = content_hash(document, kind, part.start, part.end, ordinal)
            text = json.dumps(content, ensure_ascii=False, sort_keys=True)
            found.append((name, kind, part.start, part.end, part.quote, text))
    return sorted(found, key=lambda row: (row[2], KINDS.index(row[1]), row[3]))


def import_reading(
    store: Store,
    document: Mapping[str, Any] | str | bytes | Path,
    *,
    text: str | None = None,
    source: str | None = None,
) -> Imported:
    """Take a read document into the store, in one transaction.

    Args:
        document: what ``keisei read`` made, as a mapping, JSON text or a path to a JSON file.
        text: the text it was made from; quotes are then checked, and phrases can be looked for in it.
        source: the id of a source of the store that is this document, where there is one.

    Raises:
        InputError: it is not a read document, a quote does not stand in the text, or there is no such source.
    """
    reading = parse_reading(document, text=text)
    name = document_id(reading, text)
    added = changed = unchanged = 0
    with store.transaction():
        if source is None:
            sources = chain_sources(reading, name)
            # another reading of the same text may tell its chain better
            store.put(sources[:-1], replace_changed=True)
            store.put(sources[-1:], replace_changed=True)
            source = sources[-1].id
        elif not store.records("source", id=source):
            raise InputError(f"there is no source '{source}' in the store", mend="give the id of a source, or none")
        _put_document(store, name, reading, text, source)
        statements = _statements(reading, name)
        standing = {row["id"]: row for row in store.rows("SELECT * FROM statements WHERE document = ?", (name,))}
        for position, (id_, kind, start, end, exact, content) in enumerate(statements):
            row = standing.pop(id_, None)
            if row is None:
                store.connection.execute(
                    'INSERT INTO statements (id, document, kind, position, start, "end", exact, content) '
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (id_, name, kind, position, start, end, exact, content),
                )
                index_text(store.connection, "statement", id_, USER, _searched(exact, content))
                added += 1
            elif row["state"] == "proposed" and (row["content"] != content or row["position"] != position):
                store.connection.execute(
                    "UPDATE statements SET content = ?, position = ? WHERE id = ?", (content, position, id_)
                )
                forget_text(store.connection, "statement", id_, USER)
                index_text(store.connection, "statement", id_, USER, _searched(exact, content))
                changed += row["content"] != content
                unchanged += row["content"] == content
            else:
                unchanged += 1
        withdrawn = [id_ for id_, row in standing.items() if row["state"] == "proposed"]
        for id_ in withdrawn:
            store.connection.execute("DELETE FROM statements WHERE id = ?", (id_,))
            forget_text(store.connection, "statement", id_, USER)
    return Imported(name, added, changed, unchanged, len(withdrawn))


def _searched(exact: str, content: str) -> str:
    proposition = json.loads(content).get("proposition") or ""
    return f"{exact}\n{proposition}" if proposition else exact


def _put_document(store: Store, name: str, reading: Reading, text: str | None, source: str) -> None:
    kept = reading.model_dump(mode="json", exclude={"events", "claims", "quantities", "dates"})
    provenance = json.dumps(kept.pop("provenance"), ensure_ascii=False, sort_keys=True)
    values = (
        reading.doc,
        reading.published or "",
        provenance,
        source,
        json.dumps(kept, ensure_ascii=False, sort_keys=True),
    )
    standing = store.rows("SELECT * FROM documents WHERE id = ?", (name,))
    if not standing:
        store.connection.execute(
            "INSERT INTO documents (name, published, provenance, source, reading, id, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*values, name, text),
        )
    elif tuple(standing[0][key] for key in ("name", "published", "provenance", "source", "reading")) != values or (
        text is not None and standing[0]["text"] is None
    ):
        store.connection.execute(
            "UPDATE documents SET name = ?, published = ?, provenance = ?, source = ?, reading = ?, "
            "text = coalesce(?, text) WHERE id = ?",
            (*values, text, name),
        )
        forget_text(store.connection, "document", name, USER)
    else:
        return
    whole = store.rows("SELECT text FROM documents WHERE id = ?", (name,))[0]["text"]
    surfaces = [surface for entity in reading.entities for surface in (entity.name_en, *entity.surfaces)]
    index_text(store.connection, "document", name, USER, "\n".join([reading.doc, *([whole] if whole else surfaces)]))


def documents(store: Store) -> list[Document]:
    """All documents that were read, by date of publication."""
    return [
        Document(row["id"], row["name"], row["published"] or "", row["source"], json.loads(row["reading"]), row["text"])
        for row in store.rows("SELECT * FROM documents ORDER BY published, name, id")
    ]


def statements(
    store: Store, *, state: State | None = None, document: str | None = None, id: str | None = None
) -> list[Statement]:
    """Statements in the order of their documents and texts, narrowed by what is given."""
    conditions, parameters = ["1"], []
    for column, value in (("s.state", state), ("s.document", document), ("s.id", id)):
        if value is not None:
            conditions.append(f"{column} = ?")
            parameters.append(value)
    rows = store.rows(
        "SELECT s.* FROM statements s JOIN documents d ON d.id = s.document "
        f"WHERE {' AND '.join(conditions)} ORDER BY d.published, d.name, s.position",
        parameters,
    )
    return [
        Statement(
            row["id"],
            row["document"],
            cast(StatementKind, row["kind"]),
            row["start"],
            row["end"],
            row["exact"],
            json.loads(row["content"]),
            json.loads(row["edits"]),
            cast(State, row["state"]),
        )
        for row in rows
    ]
