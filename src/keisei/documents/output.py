"""A reading as JSON (the format that programs and the evidence store read)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keisei.documents.read import Reading
    from keisei.documents.records import Claim


def document(reading: Reading) -> dict[str, Any]:
    """One JSON object; keys beyond the format: sha256, language, kind, versions, rules, polarity, proposed."""
    text, provenance = reading.text, reading.provenance
    return {
        "doc": reading.name,
        "sha256": reading.sha256,
        "language": reading.language,
        "published": provenance.published,
        "published_reason": provenance.published_reason,
        "not_before": provenance.not_before,
        "kind": provenance.kind,
        "provenance": [
            {"publisher": h.publisher, "author": h.author, "date": h.date, "role": h.role} for h in provenance.chain
        ],
        "versions": reading.versions,
        "entities": [
            {
                "id": e.id, "type": e.type, "name_en": e.name_en, "surfaces": list(reading.surfaces[e.id]),
                "role": e.role, "country": e.country, "proposed": e.proposed,
            }
            for e in reading.entities
        ],
        "dates": [
            {
                "quote": d.quote, "start": d.start, "end": d.end, "value": d.value, "kind": d.kind,
                "granularity": d.granularity, "reason": d.reason, "rule": d.rule,
            }
            for d in reading.dates
        ],
        "quantities": [
            {
                "quote": q.quote, "start": q.start, "end": q.end, "value": q.value, "low": q.low, "high": q.high,
                "unit": q.unit, "approximate": q.approximate, "of": q.of, "date": q.date, "rule": q.rule,
            }
            for q in reading.quantities
        ],
        "events": [
            {
                "id": f"e{k}", "quote": text[e.start : e.end], "start": e.start, "end": e.end, "date": e.date,
                "precision": e.precision, "sources": list(e.sources), "targets": list(e.targets), "plover": e.plover,
                "instrument": e.instrument, "status": e.status, "place": e.place, "attributed_to": e.attributed_to,
                "quantities": list(e.quantities), "rule": e.rule,
                "trigger": {"start": e.trigger[0], "end": e.trigger[1], "quote": text[e.trigger[0] : e.trigger[1]]},
            }
            for k, e in enumerate(reading.events, 1)
        ],
        "claims": [
            {
                "quote": text[c.start : c.end], "start": c.start, "end": c.end, "speaker": c.speaker, "kind": c.kind,
                "modality": c.modality, "polarity": c.polarity, "proposition": proposition(reading, c),
                "condition": c.condition, "about": list(c.about), "rule": c.rule,
            }
            for c in reading.claims
        ],
    }  # fmt: skip


_EDGE = re.compile(r"^[\s“\"'‘]*(?:that\s+)?|[\s”\"'’,;:]*$")


def proposition(reading: Reading, claim: Claim) -> str | None:
    """The clause that is claimed, in the text's own English words; None for a Japanese text: nothing is translated."""
    if reading.language != "en":
        return None
    return _EDGE.sub("", reading.text[claim.start : claim.end]) or None


__all__ = ["document", "proposition"]
