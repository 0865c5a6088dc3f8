"""What tests of reading look at: forms of names, and events as their codes."""

from __future__ import annotations

from keisei.documents import read_text
from keisei.documents.records import Event

PUBLISHED = "2025-06-01"


def forms(text: str, language: str = "ja") -> dict[str, set[str]]:
    """Ids by surface form."""
    out: dict[str, set[str]] = {}
    for ident, surfaces in read_text(text, language=language).surfaces.items():
        for surface in surfaces:
            out.setdefault(surface, set()).add(ident)
    return out


def found(text: str, language: str = "ja") -> list[Event]:
    """The events of a text published on `PUBLISHED`."""
    return read_text(text, published=PUBLISHED, language=language).events


def coded(text: str, language: str = "ja") -> list[tuple[str, str, set[str], set[str]]]:
    """(type, instrument, sources, targets) of each event."""
    return [(e.plover, e.instrument, set(e.sources), set(e.targets)) for e in found(text, language)]
