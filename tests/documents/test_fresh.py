"""Four invented news texts with annotations (fresh/README.md): reading must not get worse on them."""

from __future__ import annotations

from pathlib import Path

from scored import scored

FRESH = Path(__file__).parent / "fresh"
FLOORS = {
    "surfaces": 0.95,
    "clusters": 0.92,
    "states": 0.96,
    "dates": 0.95,
    "quantities": 0.97,
    "events": 0.68,
    "events-strict": 0.57,
    "claims": 0.80,
    "claims-speaker": 0.90,
    "claims-modality": 0.94,
    "claims-kind": 0.94,
}


def test_the_four_texts_are_read_as_well_as_they_were() -> None:
    f1 = scored(FRESH / "documents", FRESH / "gold")
    assert {layer: f1[layer] for layer, floor in FLOORS.items() if f1[layer] < floor} == {}
