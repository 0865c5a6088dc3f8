"""One thing of the store by its id, with everything that bears on it."""

from __future__ import annotations

from typing import Any

from keisei.errors import InputError
from keisei.evidence.chains import count_origins
from keisei.evidence.codec import id_of, to_cells
from keisei.evidence.conflicts import Told, conflicts, corroboration
from keisei.evidence.drafts import propose, same_events
from keisei.evidence.listing import as_json, mentions
from keisei.evidence.readings import documents, statements
from keisei.evidence.store import Store


def look_up(store: Store, id: str) -> dict[str, Any]:
    """What stands under an id: a record with its origins, who else tells it and who disagrees; a source with what cites
    it; an entity with what names it; a document with its statements; a statement with what it would become.

    A document is found by the beginning of its id, eight digits or more.

    Raises:
        InputError: there is nothing of that id.
    """
    evidence = store.evidence()
    told: tuple[Told, ...] = (*evidence.facts, *evidence.measurements)
    for record in told:
        if id_of(record) == id:
            agreeing = corroboration(evidence, record)
            against = [c for c in conflicts(evidence) if record in c.records and len(c.records) > 1]
            return {
                **as_json(record, evidence),
                "corroboration": {"voices": agreeing.voices, "ids": [id_of(other) for other in agreeing.records]},
                "conflicts": [
                    {"kinds": list(c.kinds), "voices": c.voices, "ids": [id_of(r) for r in c.records]} for c in against
                ],
            }
    if id in evidence.sources:
        source = evidence.sources[id]
        return {
            "kind": "source",
            **to_cells(source),
            "origins": sorted(evidence.origins_of([id])),
            "cited_by": [id_of(record) for record in told if id in record.sources],
        }
    if id in evidence.entities:
        entity = evidence.entities[id]
        named = [id_of(record) for record in told if mentions(record, entity)]
        return {"kind": "entity", **to_cells(entity), "named_by": named}
    for span in store.records("coverage", id=id):
        return {"kind": "coverage", "id": id, **to_cells(span)}
    for document in documents(store):
        if document.id == id or (len(id) >= 8 and document.id.startswith(id)):
            states = [statement.state for statement in statements(store, document=document.id)]
            return {
                "kind": "document",
                "id": document.id,
                "name": document.name,
                "published": document.published,
                "source": document.source,
                "origins": sorted(evidence.origins_of([document.source])),
                "statements": {state: states.count(state) for state in dict.fromkeys(states)},
            }
    for statement in statements(store, id=id):
        texts = {text.id: text for text in documents(store)}
        told_in = [(other, texts[other.document]) for other in statements(store)]
        document = texts[statement.document]
        same = next((group for group in same_events(told_in) if any(s.id == id for s, _ in group)), [])
        return {
            "kind": "statement",
            "id": id,
            "statement": statement.kind,
            "state": statement.state,
            "document": document.name,
            "start": statement.start,
            "end": statement.end,
            "exact": statement.exact,
            "content": dict(statement.content),
            "edits": dict(statement.edits),
            "becomes": propose(statement, document, evidence).sentence(),
            "also_told": [other.id for other, _ in same if other.id != id],
            "voices": count_origins(((text.source,) for _, text in same or [(statement, document)]), evidence.links),
        }
    raise InputError(f"nothing in the store has the id '{id}'", mend="look for it with: keisei evidence list --search")
