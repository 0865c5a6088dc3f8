"""Events of a document, sentence by sentence."""

from __future__ import annotations

from keisei.documents.context import Context
from keisei.documents.records import Event


def find_events(context: Context) -> list[Event]:
    """All events of a text in its language, in order."""
    if context.language == "ja":
        from keisei.documents.events.japanese import find
    else:
        from keisei.documents.events.english import find
    return find(context)


__all__ = ["find_events"]
