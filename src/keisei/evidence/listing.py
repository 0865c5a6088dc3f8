"""The evidence in the orders in which a person asks for it: by date, entity, source or conflict."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from keisei.errors import InputError
from keisei.evidence.bundle import Evidence
from keisei.evidence.codec import id_of, kind_of, to_cells
from keisei.evidence.conflicts import Conflict, Told, conflicts
from keisei.evidence.records import Entity, Fact
from keisei.evidence.search import search_key


@dataclass(frozen=True)
class Group:
    """Records under a heading: an entity, a source, or a conflict with its kinds and voices."""

    key: str
    name: str
    records: tuple[Told, ...]
    conflict: Conflict | None = None


def timeline(evidence: Evidence, *, site: str = "", first: int | None = None, last: int | None = None) -> list[Told]:
    """Facts and measurements by date, narrowed to a site and to months ``first``..``last`` that their dates touch.

    ``site`` is a site or series, ``SITE[INDEX]``, or the beginning of one up to a point (``PRK.launch``).
    """
    told: Iterable[Told] = (*evidence.facts, *evidence.measurements)
    found = [
        record
        for record in told
        if (not site or _stands_at(record, site))
        and (first is None or record.span.last_month >= first)
        and (last is None or record.span.first_month <= last)
    ]
    return sorted(found, key=lambda record: (record.span.first, record.span.last, record.target, id_of(record)))


def check_site(evidence: Evidence, site: str) -> None:
    """Refuse a site that no record stands at, so that a misspelling does not read as "nothing happened".

    Raises:
        InputError: with the nearest names.
    """
    told: tuple[Told, ...] = (*evidence.facts, *evidence.measurements)
    if any(_stands_at(record, site) for record in told):
        return
    known = {name for record in told for name in (record.target, _name(record))}
    near = difflib.get_close_matches(site, sorted(known), n=3, cutoff=0.5)
    mend = f"did you mean {', '.join(near)}?" if near else "see the sites with: keisei evidence list"
    raise InputError(f"nothing in the evidence stands at '{site}'", mend=mend)


def _stands_at(record: Told, site: str) -> bool:
    return record.target == site or _name(record) == site or _name(record).startswith(f"{site}.")


def _name(record: Told) -> str:
    return record.site if isinstance(record, Fact) else record.series


def _spoken(record: Told) -> tuple[frozenset[str], str]:
    """The ids that may stand in a record's site, index and attributes, and the key of its texts."""
    words = [record.target, *(record.attributes.values() if isinstance(record, Fact) else ())]
    ids = frozenset(part for word in words for part in re.split(r"[.\-\[\];, ]", word) if part)
    texts = (record.title_en, record.title_ja, record.note) if isinstance(record, Fact) else (record.note,)
    return ids, search_key("\n".join(texts))


def _speaks_of(spoken: tuple[frozenset[str], str], entity: Entity, names: Sequence[str]) -> bool:
    ids, text = spoken
    return entity.id in ids or any(_stands(name, text) for name in names)


def _names(entity: Entity) -> tuple[str, ...]:
    return tuple(search_key(name) for name in entity.names if len(name) > 1)


def mentions(record: Told, entity: Entity) -> bool:
    """Whether a record speaks of an entity: by its id in site, index or attributes, or by a name in its texts.

    Names of one character are passed over, and Latin ones count as whole words only.
    """
    return _speaks_of(_spoken(record), entity, _names(entity))


def _stands(name: str, text: str) -> bool:
    if name not in text:
        return False
    if not name.isascii():
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) is not None


def by_entity(evidence: Evidence, records: Iterable[Told]) -> list[Group]:
    """Records under each entity that they speak of, the most often named first."""
    spoken = [(record, _spoken(record)) for record in records]
    groups = []
    for entity in evidence.entities.values():
        names = _names(entity)
        told = tuple(record for record, texts in spoken if _speaks_of(texts, entity, names))
        if told:
            groups.append(Group(entity.id, entity.name_en, told))
    return sorted(groups, key=lambda group: (-len(group.records), group.key))


def by_source(evidence: Evidence, records: Iterable[Told]) -> list[Group]:
    """Records under each source that tells them, with what the source derives from."""
    under: dict[str, list[Told]] = {}
    for record in records:
        for name in record.sources:
            under.setdefault(name, []).append(record)
    groups = []
    for key, told in under.items():
        known = evidence.sources.get(key)
        title = known.title if known else ""
        if known and known.derives_from:
            title += f" (← {', '.join(sorted(evidence.origins_of([key])))})"
        groups.append(Group(key, title, tuple(told)))
    return sorted(groups, key=lambda group: (-len(group.records), group.key))


def by_conflict(evidence: Evidence, records: Iterable[Told]) -> list[Group]:
    """The disagreements in which one of the records takes part, all sides shown."""
    wanted = {id_of(record) for record in records}
    return [
        Group(conflict.target, ", ".join(conflict.kinds), conflict.records, conflict)
        for conflict in conflicts(evidence)
        if any(id_of(record) in wanted for record in conflict.records)
    ]


def as_json(record: Told, evidence: Evidence) -> dict[str, Any]:
    """A record for programs: its cells, with id, kind, target and the origins of its sources."""
    return {
        "kind": kind_of(record),
        "id": id_of(record),
        "target": record.target,
        **{name: value for name, value in to_cells(record).items() if name != "id"},
        "origins": sorted(evidence.origins(record)),
    }


def group_as_json(group: Group, evidence: Evidence) -> Mapping[str, Any]:
    """A group for programs; a conflict with its kinds and the number of independent origins."""
    found: dict[str, Any] = {"key": group.key, "name": group.name}
    if group.conflict:
        found |= {"kinds": list(group.conflict.kinds), "voices": group.conflict.voices}
    return {**found, "items": [as_json(record, evidence) for record in group.records]}
