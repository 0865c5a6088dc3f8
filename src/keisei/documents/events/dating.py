"""The month that a paragraph tells of, for acts whose own sentence bears no date."""

from __future__ import annotations

from keisei.documents.records import Event


def month_of(events: list[Event]) -> tuple[str, str] | None:
    """The month or year of the last dated act of a sentence, which the rest of its paragraph goes on with."""
    dated = [e.date for e in events if e.date and "/" not in e.date and e.status in ("occurred", "reported")]
    if not dated:
        return None
    value = dated[-1][:7]
    return value, "month" if len(value) == 7 else "year"


__all__ = ["month_of"]
