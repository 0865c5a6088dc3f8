"""Thirty-three invented news texts with annotations (fresh/README.md): reading must not get worse on them."""

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
    "events": 0.78,
    "events-strict": 0.64,
    "claims": 0.80,
    "claims-speaker": 0.90,
    "claims-modality": 0.94,
    "claims-kind": 0.94,
}

# floors a little under the present scores; ties in the scorer move the two of events by up to 0.05 in SECOND and THIRD
SECOND = FLOORS | {"events": 0.66, "events-strict": 0.53}
# a count is read with noun and adjective (some 10,000 North Korean soldiers); one text of THIRD takes less
THIRD = FLOORS | {"quantities": 0.95, "events": 0.63, "events-strict": 0.51, "claims": 0.90, "claims-kind": 0.93}
# tuned on since they were first read
FOURTH = {
    "surfaces": 0.91,
    "clusters": 0.96,
    "states": 0.93,
    "dates": 0.90,
    "quantities": 0.97,
    "events": 0.62,
    "events-strict": 0.46,
    "claims": 0.80,
    "claims-speaker": 0.94,
    "claims-modality": 0.85,
    "claims-kind": 0.80,
}

# tuned on since it was first read
FIFTH = {
    "surfaces": 0.90,
    "clusters": 0.96,
    "states": 0.96,
    "dates": 0.94,
    "quantities": 0.95,
    "events": 0.57,  # ties in the scorer move it by 0.03
    "events-strict": 0.44,
    "claims": 0.78,
    "claims-speaker": 0.96,
    "claims-modality": 0.83,
    "claims-kind": 0.83,
}

# tuned on since it was first read; ties in the scorer move the two of events by 0.02
EIGHTH = {
    "surfaces": 0.94,
    "clusters": 0.96,
    "states": 0.95,
    "dates": 0.91,
    "quantities": 0.91,
    "events": 0.63,
    "events-strict": 0.46,
    "claims": 0.69,
    "claims-speaker": 0.92,
    "claims-modality": 0.86,
    "claims-kind": 0.79,
}


def test_the_eighth_set_is_read_as_well_as_it_was() -> None:
    f1 = scored(FRESH / "eighth" / "documents", FRESH / "eighth" / "gold")
    assert {layer: f1[layer] for layer, floor in EIGHTH.items() if f1[layer] < floor} == {}


# tuned on since it was first read; ties in the scorer move the two of events by 0.02
SIXTH = {
    "surfaces": 0.93,
    "clusters": 0.96,
    "states": 0.91,
    "dates": 0.96,
    "quantities": 0.88,
    "events": 0.70,
    "events-strict": 0.53,
    "claims": 0.83,
    "claims-speaker": 0.95,
    "claims-modality": 0.94,
    "claims-kind": 0.91,
}


# tuned on since it was first read; ties in the scorer move the two of events by 0.02
SEVENTH = {
    "surfaces": 0.88,
    "clusters": 0.95,
    "states": 0.94,
    "dates": 0.94,
    "quantities": 0.93,
    "events": 0.63,
    "events-strict": 0.47,
    "claims": 0.75,
    "claims-speaker": 0.94,
    "claims-modality": 0.86,
    "claims-kind": 0.86,
}


def test_the_seventh_set_is_read_as_well_as_it_was() -> None:
    f1 = scored(FRESH / "seventh" / "documents", FRESH / "seventh" / "gold")
    assert {layer: f1[layer] for layer, floor in SEVENTH.items() if f1[layer] < floor} == {}


def test_the_four_texts_of_the_sixth_set_are_read_as_well_as_they_were() -> None:
    f1 = scored(FRESH / "sixth" / "documents", FRESH / "sixth" / "gold")
    assert {layer: f1[layer] for layer, floor in SIXTH.items() if f1[layer] < floor} == {}


def test_the_four_texts_before_them_are_read_as_well_as_they_were() -> None:
    f1 = scored(FRESH / "fifth" / "documents", FRESH / "fifth" / "gold")
    assert {layer: f1[layer] for layer, floor in FIFTH.items() if f1[layer] < floor} == {}


def test_the_three_texts_of_the_fourth_set_are_read_as_well_as_they_were() -> None:
    f1 = scored(FRESH / "fourth" / "documents", FRESH / "fourth" / "gold")
    assert {layer: f1[layer] for layer, floor in FOURTH.items() if f1[layer] < floor} == {}


def test_the_three_before_them_are_read_as_well_as_they_were() -> None:
    f1 = scored(FRESH / "third" / "documents", FRESH / "third" / "gold")
    assert {layer: f1[layer] for layer, floor in THIRD.items() if f1[layer] < floor} == {}


def test_the_three_later_texts_are_read_as_well_as_they_were() -> None:
    f1 = scored(FRESH / "second" / "documents", FRESH / "second" / "gold")
    assert {layer: f1[layer] for layer, floor in SECOND.items() if f1[layer] < floor} == {}


def test_the_four_texts_are_read_as_well_as_they_were() -> None:
    f1 = scored(FRESH / "documents", FRESH / "gold")
    assert {layer: f1[layer] for layer, floor in FLOORS.items() if f1[layer] < floor} == {}


# not tuned on: what an unseen text gets, a little under; ties in the scorer move the two of events by 0.02
NINTH = {
    "surfaces": 0.76,
    "clusters": 0.98,
    "states": 0.87,
    "dates": 0.85,
    "quantities": 0.69,
    "events": 0.46,
    "events-strict": 0.28,
    "claims": 0.72,
    "claims-speaker": 0.81,
    "claims-modality": 0.85,
    "claims-kind": 0.85,
}


def test_the_ninth_set_is_read_as_well_as_it_was() -> None:
    f1 = scored(FRESH / "ninth" / "documents", FRESH / "ninth" / "gold")
    assert {layer: f1[layer] for layer, floor in NINTH.items() if f1[layer] < floor} == {}
