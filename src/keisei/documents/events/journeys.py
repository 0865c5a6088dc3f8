"""Whether an everyday verb tells of a journey: who travels, where to, and whether one was sent to speak.

A person, or a mission without a name (代表団), travels; a state or a place stands right before the verb as its goal
(慶州に入った, 平壌へ飛んだ). Goods and soldiers that are sent are no journey.
"""

from __future__ import annotations

import re

from keisei.documents.context import Context
from keisei.documents.events.roles import Argument, Frame

_MISSION = re.compile(
    r"(?:代表団|訪問団|議員団|使節団?|視察団|一行|特使|大使|次官|閣僚|高官|外相|首相|大統領|議長)[らたち]{0,2}(?:が|は|も|を|、)"
)
_GOAL = re.compile(r"(?:市|国際)?(?:空港|駅|入り|国内|の地|市内)?(?:に|へ|まで)(?:も|は|と)?[^、。をがは]{0,8}")


def travels(context: Context, frame: Frame, sources: tuple[str, ...], start: int) -> bool:
    """Whether a person or a mission goes to the state or place that stands before the verb."""
    goal = next((a for a in reversed(frame.arguments) if a.mention.end <= start), None)
    entity = context.entities.get(goal.mention.ids[0]) if goal else None
    if goal is None or entity is None or entity.type not in ("state", "place"):
        return False
    if not _GOAL.fullmatch(context.text, goal.mention.end, start):
        return False
    people = [i for i in sources if (e := context.entities.get(i)) and e.type == "person"]
    return bool(people) or bool(_MISSION.search(context.text, frame.clause(start)[0], start))


def envoy(context: Context, inside: list[Argument], start: int) -> tuple[str, ...] | None:
    """Who is sent to speak: persons by name, none where a mission has no name; None where no one is."""
    for argument in reversed(inside):
        entity = context.entities.get(argument.mention.ids[0])
        if entity and entity.type == "person" and argument.role == "wo" and argument.mention.end <= start:
            return argument.mention.ids
    sent = _MISSION.search(context.text, max(0, start - 24), start)
    return () if sent and sent.group().endswith("を") else None


__all__ = ["envoy", "travels"]
