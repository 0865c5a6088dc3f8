"""Votes in the Security Council: what a yes counts as, who gave it and whom it strikes.

A yes to sanctions is coded with the sanctions (SANCTION), a yes to anything else as SUPPORT. The body voted in is no
target; sanctions of the Council strike North Korea in a text about it. Where only a number of states is told
(13カ国が賛成した) the Council is who voted.
"""

from __future__ import annotations

import re

from keisei.documents.context import Context, Line

_SANCTIONS = re.compile(r"制裁|核実験|ミサイル|精製品|石油の?上限|禁輸")
_OTHER = re.compile(r"パネル|任期|緩和|解除|人権|停戦|人道")
_COUNTED = re.compile(
    r"[0-9０-９一二三四五六七八九十]+(?:カ国|か国|ヵ国|票)(?:中[0-9０-９]+(?:カ国|か国|ヵ国))?(?:が|の)$"
)
_COUNCIL = ("UN", "UNSC", "UNGA")

Ids = tuple[str, ...]


def yes(
    context: Context, line: Line, plover: str, sides: tuple[Ids, Ids], start: int, end: int
) -> tuple[str, Ids, Ids]:
    """Type, sources and targets of a vote in favour that stands at ``[start, end)``."""
    sources, targets = sides
    council = tuple(i for i in ("UNSC",) if i in context.entities)
    if _COUNTED.search(context.text, line.start, start):
        sources = council  # who brought the draft in has not voted for it alone
    sources = tuple(i for i in sources if i not in _COUNCIL) or sources
    targets = tuple(i for i in targets if i not in _COUNCIL)
    if not _SANCTIONS.search(line.text) or _OTHER.search(line.text):
        return plover, sources, targets
    if "PRK" in context.entities and not targets and "PRK" not in sources:
        targets = ("PRK",)
    return "SANCTION", sources, targets


__all__ = ["yes"]
