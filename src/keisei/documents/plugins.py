"""The place for other extractors: entry points of the group ``keisei.extractors``.

An extractor is a callable that takes a text and its language and gives proposals. One rule holds for all of them: a
proposal is kept only when its quote stands verbatim at the place it names, or at exactly one place where it names none.
What is kept is marked with the extractor's name and stays *proposed* until a person accepts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from importlib.metadata import entry_points
from typing import Any

GROUP = "keisei.extractors"


@dataclass(frozen=True)
class Proposal:
    """What an extractor offers: the layer (event, claim, date, quantity, entity), the quote, its place and its fields."""  # noqa: E501

    layer: str
    quote: str
    start: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    extractor: str = ""


Extractor = Callable[[str, str], Iterable[Proposal]]


@dataclass(frozen=True)
class Refused:
    """A proposal that was not kept, with the reason."""

    proposal: Proposal
    reason: str


def verify(text: str, proposals: Iterable[Proposal], name: str) -> tuple[list[Proposal], list[Refused]]:
    """Keep the proposals whose quote stands verbatim in the text; say of the others why not."""
    kept: list[Proposal] = []
    refused: list[Refused] = []
    for proposal in proposals:
        quote, start = proposal.quote, proposal.start
        if not quote.strip():
            refused.append(Refused(proposal, "it has no quote"))
        elif start is not None:
            if start >= 0 and text[start : start + len(quote)] == quote:
                kept.append(replace(proposal, extractor=name))
            else:
                refused.append(Refused(proposal, f"the text at {start} is not the quote"))
        else:
            first = text.find(quote)
            if first < 0:
                refused.append(Refused(proposal, "the quote does not stand in the text"))
            elif text.find(quote, first + 1) >= 0:
                refused.append(Refused(proposal, "the quote stands in the text more than once and no place is named"))
            else:
                kept.append(replace(proposal, start=first, extractor=name))
    return kept, refused


def extractors() -> dict[str, Extractor]:
    """The installed extractors by name; none is needed."""
    return {point.name: point.load() for point in entry_points(group=GROUP)}


def run(text: str, language: str, found: dict[str, Extractor] | None = None) -> tuple[list[Proposal], list[Refused]]:
    """All proposals of all extractors, verified."""
    kept: list[Proposal] = []
    refused: list[Refused] = []
    for name, extractor in (extractors() if found is None else found).items():
        good, bad = verify(text, extractor(text, language), name)
        kept.extend(good)
        refused.extend(bad)
    return kept, refused


__all__ = ["GROUP", "Extractor", "Proposal", "Refused", "extractors", "run", "verify"]
