"""What the finders of events and claims are given: the lines of a text with tokens, and all that was found before."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from keisei.documents.dates import DateSpan
from keisei.documents.quantities import QuantitySpan
from keisei.documents.records import Entity, Mention, Region
from keisei.documents.tokens import Token


@dataclass(frozen=True)
class Line:
    """One sentence with its tokens and the region it stands in."""

    start: int
    end: int
    text: str
    tokens: list[Token]
    region: Region | None

    @property
    def kind(self) -> str:
        """Kind of its region; a text without regions is all body."""
        return self.region.kind if self.region else "body"


@dataclass
class Context:
    """A document between its stages. Mentions, dates and quantities are in the order of the text."""

    text: str
    language: str
    lines: list[Line]
    mentions: list[Mention]
    dates: list[DateSpan]
    quantities: list[QuantitySpan]
    entities: dict[str, Entity]
    authors: dict[str, str]
    references: dict[int, str | None] = field(default_factory=dict)
    digest: bool = False  # whether the text sums up what another wrote
    groups: dict[int, str] = field(default_factory=dict)  # where a name begins that only says whose the group behind is

    def __post_init__(self) -> None:
        self._mention_starts = [m.start for m in self.mentions]
        self._date_starts = [d.start for d in self.dates]
        self._quantity_starts = [q.start for q in self.quantities]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in a span."""
        return self.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]

    def dates_in(self, start: int, end: int) -> list[DateSpan]:
        """Dates that begin in a span."""
        return self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]

    def quantities_in(self, start: int, end: int) -> list[int]:
        """Indices of the quantities that begin in a span."""
        return list(range(bisect_left(self._quantity_starts, start), bisect_left(self._quantity_starts, end)))

    def reference(self, line: Line) -> str | None:
        """The day from which the voice of a line counts, as far as it is known."""
        begun = [at for at in self.references if at <= line.start]
        return self.references[max(begun)] if begun else None

    def speaker(self, line: Line) -> str:
        """The voice of a line: AUTHOR, or the entity id of the author of the article inside."""
        name = line.region.speaker if line.region else "AUTHOR"
        return self.authors.get(name, "AUTHOR") if name != "AUTHOR" else "AUTHOR"


__all__ = ["Context", "Line"]
