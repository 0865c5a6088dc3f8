"""What the finders of names gather."""

from __future__ import annotations

from dataclasses import dataclass, field

from keisei.documents.records import Entity, Mention


@dataclass
class Found:
    """What the finder gathers: mentions, forms without a mention of their own, and entities proposed here."""

    mentions: list[Mention] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)  # surface, entity id
    proposed: dict[str, Entity] = field(default_factory=dict)


__all__ = ["Found"]
