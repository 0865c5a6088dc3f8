"""What an entity is for events: a state, a body, a person, a scholar, and whose land."""

from __future__ import annotations

import re

from keisei.documents.context import Context

HEADS = re.compile(r"President|leader|Leader|Prime Minister|Chancellor|Chairman of the State|Premier|General Secretary")
_SCHOLAR = re.compile(
    r"professor|fellow|scholar|researcher|analyst|author|expert|教授|研究員|フェロー|アナリスト|専門家|記者|所長|博士|ジャーナリスト|評論家|研究委員"
)


def is_state(context: Context, ident: str) -> bool:
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "state"


def is_person(context: Context, ident: str) -> bool:
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "person"


def land(context: Context, ident: str) -> str:
    """The state of a person or a body, else the id itself."""
    entity = context.entities.get(ident)
    return entity.country if entity and entity.type in ("person", "organisation") and entity.country else ident


def issues_for(context: Context, ident: str) -> str:
    """Whose joint text it is: a minister signs for the state, a head of state for himself; a new name stays."""
    entity = context.entities.get(ident)
    return ident if entity is None or entity.proposed or states(context, (ident,)) else land(context, ident)


def states(context: Context, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some ids that are states or their leaders."""
    kept = [
        i for i in ids if (e := context.entities.get(i)) and (e.type == "state" or (e.role and HEADS.search(e.role)))
    ]
    return tuple(kept)


def is_body(context: Context, ident: str) -> bool:
    """Whether an id stands for an organisation or a state."""
    entity = context.entities.get(ident)
    return entity is not None and entity.type in ("organisation", "state")


def scholar(context: Context, ident: str) -> bool:
    entity = context.entities.get(ident)
    return entity is not None and entity.type == "person" and bool(entity.role and _SCHOLAR.search(entity.role))


def forum(context: Context, ident: str) -> bool:
    """Whether this is a world body before which cases are brought."""
    entity = context.entities.get(ident)
    return (
        entity is not None
        and entity.type == "organisation"
        and not entity.country
        and bool(_FORUM.search(entity.name_en))
    )


_FORUM = re.compile(r"Court|Tribunal|Trade Organi[sz]ation|Arbitration|United Nations|UN |Council|Commission")

__all__ = ["HEADS", "forum", "is_body", "is_person", "is_state", "issues_for", "land", "scholar", "states"]
