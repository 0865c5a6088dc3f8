"""Acts told by their likeness to the one before: ニジェールも2日後に続いた, 日本もこれにならった.

Who follows does what was told last, on the same side; the act keeps its type, its instrument and its target. That one
act follows another in time (会談が続いた) is no likeness: an actor with も must stand before the verb.
"""

from __future__ import annotations

import re
from dataclasses import replace

from keisei.documents.context import Context
from keisei.documents.events.roles import Frame, is_actor
from keisei.documents.events.sides import group
from keisei.documents.records import Event

_FOLLOWS = re.compile(
    r"も[^。「」はがを]{0,14}?(?P<verb>続[いき](?=た|、|ている)|なら[いっ](?=た|て|、)|倣[いっ](?=た|て|、)|後を追[いっ]|同調し|追随し|"
    r"同様の(?:措置|決定|動き|姿勢|立場|声明)を(?:取|と|下|見せ|示|出)[っりした])"
)


def followed(context: Context, frame: Frame, told: list[Event]) -> list[Event]:
    """The last act told, done again by whoever follows."""
    line = frame.line
    match = _FOLLOWS.search(line.text)
    before = next((e for e in reversed(told) if e.status in ("occurred", "reported")), None)
    if match is None or before is None:
        return []
    at = line.start + match.start()
    who = next((a for a in reversed(frame.arguments) if a.mention.end <= at and a.role == "wa"), None)
    if who is None or context.text[who.mention.end : at].strip("側政府軍") or not is_actor(context, who.mention):
        return []
    sources = group(context, frame, who)
    if set(sources) & set(before.sources):
        return []
    start, end = line.start + match.start("verb"), line.start + match.end("verb")
    targets = sources if before.targets == before.sources else before.targets
    return [
        replace(
            before, start=who.mention.start, end=end, sources=sources, targets=targets, date=None, precision="none",
            place=None, attributed_to=None, quantities=(), rule="L101-ditto", trigger=(start, end),
        )
    ]  # fmt: skip


__all__ = ["followed"]
