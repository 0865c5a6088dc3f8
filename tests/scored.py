"""Scores of readings against annotations, by the scorer that lies with the shared material."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from shared import shared

from keisei.documents import read_text


def scored(documents: Path, gold: Path) -> dict[str, float]:
    """F1 of each layer over all annotated documents of a folder."""
    sys.path.insert(0, str(shared("check")))
    import score_reading

    totals: dict[str, tuple[int, ...]] = {}
    for path in sorted(gold.glob("*.json")):
        text = (documents / f"{path.stem}.txt").open(encoding="utf-8", newline="").read()
        predicted = read_text(text, name=path.stem).to_json()
        annotated = json.loads(path.read_text(encoding="utf-8"))
        for layer, row in score_reading.score_document(annotated, predicted).items():
            totals[layer] = tuple(a + b for a, b in zip(totals.get(layer, (0, 0, 0)), row, strict=True))
    return {layer: 2 * tp / (wanted + given) for layer, (tp, wanted, given) in totals.items() if wanted + given}
