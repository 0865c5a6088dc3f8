"""Full-text search in Japanese and English: every text is found by any part of it, from one character on.

From three characters an FTS5 trigram index finds the candidates; below that it would silently find nothing (制裁, ロ),
so they are looked through with ``instr``. The index holds each character's compatibility decomposition, folded: parts
of a text are then parts of its key, and composed and decomposed spellings are one. A last look at the texts keeps only
real hits (カ is a part of ガ in the key, not in the text). Where a text to look for holds katakana, what spells it
another way is found too (プーチン, プーティン; ロ朝, 露朝): texts are folded as reading folds them, and looked through.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keisei.evidence.store import Store

# characters in whose place katakana may stand as the short name of a state
_SHORT = str.maketrans({"露": "ロ"})


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


def _variant(text: str) -> str:
    """The text with variants of Japanese spelling folded to one form.

    >>> _variant("露朝首脳、プーティン") == _variant("ロ朝首脳、プーチン")
    True
    """
    from keisei.documents.normal import fold  # the rules of reading take a second to import

    return fold(text.translate(_SHORT)).text.lower()


def _spelt(text: str, wanted: str) -> str:
    """How what folds to ``wanted`` is spelt in a text, '' where it is not there."""
    from keisei.documents.normal import fold

    folded = fold(text.translate(_SHORT))
    start = folded.text.lower().find(wanted)
    if start < 0:
        return ""
    first, last = folded.span(start, min(start + len(wanted), len(folded.text)))
    return text[first:last]


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

    Hits on the text itself come first, then those on other names and other spellings, each record once.
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
    for hit in _other_spellings(store, text.strip()):
        found.setdefault((hit.kind, hit.id, hit.layer), hit)
    return list(found.values())


def _other_spellings(store: Store, text: str) -> list[Hit]:
    """What holds ``text`` in another spelling of its katakana, two characters and more."""
    from keisei.documents.normal import is_katakana

    wanted = _variant(text)
    if len(wanted) < 2 or not any(map(is_katakana, wanted)):
        return []
    seen, layers = store.seen()
    rows = store.rows(f"SELECT t.* FROM search_texts t WHERE {seen} ORDER BY t.number", layers)
    # folding is slow; what lacks a Chinese character of the wanted text need not be folded
    plain = {c for c in wanted if "一" <= c <= "鿿"}
    hits = []
    for row in rows:
        spelt = _spelt(row["text"], wanted) if all(c in row["text"] for c in plain) else ""
        if spelt:
            hits.append(Hit(row["kind"], row["id"], row["layer"], row["text"], spelt))
    return hits
