"""How dates and quantities of annotated documents are read, document by document, and what is left wrong.

    python benchmarks/dates_quantities.py READING_FOLDER [--wrong]

READING_FOLDER holds documents/NAME.txt and gold/NAME.json. A date counts as right where its span overlaps the annotated
one by half (intersection over union) and its value is the same; a quantity where value (within 1 %) and unit are. The
column "held out" reads each document only with the rules that read something right in another one: what is left when
no rule may serve a single document.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from keisei.documents.dates import find_dates
from keisei.documents.quantities import find_quantities
from keisei.errors import InputError

Span = dict[str, Any]


def overlap(a: Span, b: Span) -> float:
    """Intersection over union of two spans."""
    inter = min(a["end"], b["end"]) - max(a["start"], b["start"])
    union = max(a["end"], b["end"]) - min(a["start"], b["start"])
    return max(inter, 0) / union if union else 0.0


def same_date(gold: Span, found: Span) -> bool:
    """Half overlap and the same value."""
    return overlap(gold, found) >= 0.5 and gold["value"] == found["value"]


def same_quantity(gold: Span, found: Span) -> bool:
    """Half overlap, the value within 1 %, the same unit."""
    if overlap(gold, found) < 0.5 or gold["unit"].lower() != found["unit"].lower():
        return False
    g, f = gold["value"], found["value"]
    if g is None or f is None:
        return g is None
    return bool(abs(g - f) <= 0.01 * max(abs(g), 1e-9))


def matched(gold: Sequence[Span], found: Sequence[Span], same: Any) -> list[tuple[int, int]]:
    """One-to-one pairs, best overlap first."""
    pairs = sorted(
        ((-overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if same(g, f)),
    )
    left, right, kept = set(), set(), []
    for _, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            kept.append((i, j))
    return kept


def read(folder: Path) -> list[tuple[str, dict[str, tuple[list[Span], list[Span]]]]]:
    """By document and layer: the annotated and the found spans."""
    documents = []
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        with open(folder / "documents" / f"{path.stem}.txt", encoding="utf-8", newline="") as file:
            text = file.read()
        dates = find_dates(text, published=datetime.date.fromisoformat(gold["published"]), language="ja")
        quantities = find_quantities(text, language="ja", dates=dates)
        documents.append(
            (
                path.stem,
                {
                    "dates": (gold["dates"], [vars(d) for d in dates]),
                    "quantities": (gold["quantities"], [vars(q) for q in quantities]),
                },
            )
        )
    if not documents:
        raise InputError("no annotation in gold/", file=folder, mend="give the folder that holds documents/ and gold/")
    return documents


def f1(right: int, gold: int, found: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / (gold + found) if gold + found else 1.0


def main() -> None:
    """Print the table, and with --wrong what is missed and what is read beyond the annotation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true")
    args = parser.parse_args()
    documents = read(args.folder)
    print(f"{'layer':12}{'document':26}{'right':>6}{'gold':>6}{'found':>6}{'F1':>8}{'held out':>10}")
    for layer, same in (("dates", same_date), ("quantities", same_quantity)):
        pairs = {name: matched(*layers[layer], same) for name, layers in documents}
        rules = {name: {layers[layer][1][j]["rule"] for _, j in pairs[name]} for name, layers in documents}
        total = [0, 0, 0, 0, 0]
        for name, layers in documents:
            gold, found = layers[layer]
            elsewhere = set().union(*(r for other, r in rules.items() if other != name))
            kept = [f for f in found if f["rule"] in elsewhere]
            held = len(matched(gold, kept, same))
            row = [len(pairs[name]), len(gold), len(found), held, len(kept)]
            total = [a + b for a, b in zip(total, row, strict=True)]
            print(
                f"{layer:12}{name:26}{row[0]:>6}{row[1]:>6}{row[2]:>6}"
                f"{f1(*row[:3]):>8.3f}{f1(held, row[1], row[4]):>10.3f}"
            )
            if args.wrong:
                for i, g in enumerate(gold):
                    if i not in {a for a, _ in pairs[name]}:
                        print(f"    missed  {g['start']:>6} {g['quote']} = {g['value']}")
                for j, f in enumerate(found):
                    if j not in {b for _, b in pairs[name]}:
                        print(f"    beyond  {f['start']:>6} {f['quote']} = {f['value']} ({f['rule']})")
        print(
            f"{layer:12}{'all':26}{total[0]:>6}{total[1]:>6}{total[2]:>6}{f1(*total[:3]):>8.3f}"
            f"{f1(total[3], total[1], total[4]):>10.3f}"
        )


if __name__ == "__main__":
    try:
        main()
    except InputError as error:
        sys.exit(str(error))
