"""Full-text search in Japanese and English: every text is found by any part of it, from one character on.

From three characters an FTS5 trigram index finds the candidates; below that it would silently find nothing (制裁, ロ),
so they are looked through with ``instr``. The index holds each character's compatibility decomposition, folded: parts
of a text are then parts of its key, and composed and decomposed spellings are one. A last look at the texts keeps only
real hits (カ is a part of ガ in the key, not in the text).
"""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keisei.evidence.store import Store


@dataclass(frozen=True)
class Hit:
    """A record, document or statement that holds the text; ``name`` is the spelling that was found."""

    kind: str
    id: str
    layer: str
    text: str
    name: str


@lru_cache(maxsize=65536)
def _character_key(character: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold()).replace("\0", "␀")


def search_key(text: str) -> str:
    """The key of a text: ``search_key(a + b) == search_key(a) + search_key(b)``.

    >>> search_key("ﾛｼｱ") == search_key("ロシア")
    True
    """
    return "".join(map(_character_key, text))


def normalise(text: str) -> str:
    """The text in NFKC, folded: what counts as the same spelling."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def holds(text: str, part: str) -> bool:
    """Whether ``part`` stands in ``text``, as written or in any spelling that counts as the same."""
    return part.casefold() in text.casefold() or normalise(part) in normalise(text)


def index_text(connection: sqlite3.Connection, kind: str, id: str, layer: str, text: str) -> None:
    """Make a text findable."""
    cursor = connection.execute(
        "INSERT INTO search_texts (kind, id, layer, text) VALUES (?, ?, ?, ?)", (kind, id, layer, text)
    )
    connection.execute("INSERT INTO search_index (rowid, key) VALUES (?, ?)", (cursor.lastrowid, search_key(text)))


def forget_text(connection: sqlite3.Connection, kind: str, id: str, layer: str) -> None:
    """Take a text out of the search."""
    found = connection.execute(
        "SELECT number FROM search_texts WHERE kind = ? AND id = ? AND layer = ?", (kind, id, layer)
    ).fetchall()
    for (number,) in found:
        connection.execute("DELETE FROM search_index WHERE rowid = ?", (number,))
        connection.execute("DELETE FROM search_texts WHERE number = ?", (number,))


def spellings(store: Store, text: str) -> tuple[str, ...]:
    """``text``, and where it is a name of an entity, all other names of that entity longer than one character."""
    key = search_key(text.strip())
    seen, layers = store.seen()
    others = store.rows(
        "SELECT DISTINCT name FROM aliases "
        f"WHERE {seen} AND entity IN (SELECT entity FROM aliases WHERE key = ? AND {seen}) ORDER BY rowid",
        (*layers, key, *layers),
    )
    names = (row["name"] for row in others if len(row["name"]) > 1)
    return tuple(dict.fromkeys((text, *names)))


def search(store: Store, text: str, *, names: bool = True) -> list[Hit]:
    """What holds ``text``; with ``names`` also what holds another name of the entity that it names.

    Hits on the text itself come first, then those on other names, each record once.
    """
    found: dict[tuple[str, str, str], Hit] = {}
    text = text.encode("utf-8", "replace").decode("utf-8")
    seen, layers = store.seen()
    for name in spellings(store, text) if names else (text,):
        key = search_key(name)
        if not key:
            continue
        if len(key) >= 3:
            rows = store.rows(
                "SELECT t.* FROM search_index i JOIN search_texts t ON t.number = i.rowid "
                f"WHERE search_index MATCH ? AND {seen} ORDER BY t.number",
                ('"' + key.replace('"', '""') + '"', *layers),
            )
        else:
            rows = store.rows(
                "SELECT t.* FROM search_index i JOIN search_texts t ON t.number = i.rowid "
                f"WHERE instr(i.key, ?) > 0 AND {seen} ORDER BY t.number",
                (key, *layers),
            )
        for row in rows:
            place = (row["kind"], row["id"], row["layer"])
            if place not in found and holds(row["text"], name):
                found[place] = Hit(row["kind"], row["id"], row["layer"], row["text"], name)
    return list(found.values())
