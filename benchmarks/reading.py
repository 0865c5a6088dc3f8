"""How well and how fast documents are read.

    python benchmarks/reading.py [--shared DIR] [--repeat N] [--gold DIR | --fresh]

With ``--gold`` only the scores of another set of annotations (its texts in the folder ``documents`` beside it), with
``--fresh`` only those of the eight sets of tests/documents/fresh.
Prints the scores of each annotated document alone and of all, macro-F1 of PLOVER types on the English sentences, and
speed (characters a second of processor time on one core), loading time and peak memory.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import time
from pathlib import Path
from types import ModuleType


def scores(shared: Path, gold_folder: Path) -> None:
    """Scores by document and together."""
    sys.path.insert(0, str(shared / "check"))
    import score_reading

    from keisei.documents import read_text

    totals: dict[str, tuple[int, ...]] = {}
    columns: dict[str, dict[str, float]] = {}
    for path in sorted(gold_folder.glob("*.json")):
        text = (gold_folder.parent / "documents" / f"{path.stem}.txt").open(encoding="utf-8", newline="").read()
        predicted = read_text(text, name=path.stem).to_json()
        gold = json.loads(path.read_text(encoding="utf-8"))
        for layer, row in score_reading.score_document(gold, predicted).items():
            columns.setdefault(path.stem[:3], {})[layer] = _f1(row)
            totals[layer] = tuple(a + b for a, b in zip(totals.get(layer, (0, 0, 0)), row, strict=True))
    columns["all"] = {layer: _f1(row) for layer, row in totals.items()}
    print(f"{'layer':18}" + "".join(f"{name:>8}" for name in columns))
    for layer in totals:
        print(f"{layer:18}" + "".join(f"{column[layer]:>8.3f}" for column in columns.values()))


def _f1(row: tuple[int, ...]) -> float:
    right, gold, predicted = row
    return 2 * right / (gold + predicted) if gold + predicted else 0.0


def left_out(shared: Path) -> None:
    """Events of each document with the rules taken away that are right in that document only.

    A rule that finds nothing right in the other two documents might have been written because of the held-out one; the
    score without such rules is a lower bound of what the rules would find there unseen.
    """
    import score_reading

    from keisei.documents import read_text

    gold: dict[str, dict] = {}
    found: dict[str, dict] = {}
    right: dict[str, set[str]] = {}
    for path in sorted((shared / "reading" / "gold").glob("*.json")):
        name = path.stem[:3]
        text = (shared / "reading" / "documents" / f"{path.stem}.txt").open(encoding="utf-8", newline="").read()
        gold[name], found[name] = json.loads(path.read_text(encoding="utf-8")), read_text(text).to_json()
        alias = _alias(score_reading, gold[name], found[name])
        pairs = score_reading.match(
            gold[name]["events"],
            found[name]["events"],
            lambda a, b, alias=alias: score_reading.same_event(a, b, alias, False),
        )
        right[name] = {predicted["rule"] for _, predicted in pairs}
    print("events with the rules left out that are right in that document only:")
    for name in gold:
        elsewhere = set().union(*(rules for other, rules in right.items() if other != name))
        own = right[name] - elsewhere
        kept = {**found[name], "events": [e for e in found[name]["events"] if e["rule"] not in own]}
        rows = score_reading.score_document(gold[name], kept)
        print(
            f"  {name}: events {_f1(rows['events']):.3f}, strict {_f1(rows['events-strict']):.3f}, {len(own)} rules left out"  # noqa: E501
        )


def _alias(score_reading: ModuleType, gold: dict, predicted: dict) -> dict[str, str]:
    mine, theirs = score_reading.surface_map(predicted), score_reading.surface_map(gold)
    votes: dict[str, list[str]] = {}
    for form in mine.keys() & theirs.keys():
        votes.setdefault(mine[form], []).append(theirs[form])
    return {name: max(set(given), key=given.count) for name, given in votes.items()}


def plover(shared: Path) -> None:
    """Macro-F1 of the fifteen types on the sentences with source and target given."""
    from keisei.documents.plover_en import classify

    rows = list(
        csv.DictReader((shared / "reference/reading/plover/plv_train.tsv").open(encoding="utf-8"), delimiter="\t")
    )
    tally: dict[str, list[int]] = {}
    for row in rows:
        rule = classify(row["marked_sentence"])
        said = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(rule.plover, rule.plover) if rule else "none"
        gold = row["gold_root"]
        tally.setdefault(gold, [0, 0, 0])[1] += 1
        tally.setdefault(said, [0, 0, 0])[2] += 1
        tally[said][0] += said == gold
    f1 = {name: 2 * right / (gold + found) for name, (right, gold, found) in tally.items() if gold}
    print(f"PLOVER types, English, {len(rows)} sentences: macro-F1 {sum(f1.values()) / len(f1):.3f}")
    print("  " + "  ".join(f"{name} {value:.2f}" for name, value in sorted(f1.items(), key=lambda item: -item[1])))


def speed(shared: Path, repeat: int) -> None:
    """Characters a second of processor time after loading, loading time, peak memory."""
    begun, clock = time.process_time(), time.perf_counter()
    from keisei.documents import read_text

    read_text("金正恩総書記は、ロシアのプーチン大統領と会談した。")
    print(
        f"loading: {time.process_time() - begun:.2f} s of processor time, {time.perf_counter() - clock:.2f} s by the clock"  # noqa: E501
    )
    texts = [
        p.open(encoding="utf-8", newline="").read() for p in sorted((shared / "reading" / "documents").glob("*.txt"))
    ]
    begun = time.process_time()
    for _ in range(repeat):
        for text in texts:
            read_text(text)
    spent = time.process_time() - begun
    print(f"reading: {repeat * sum(map(len, texts)) / spent:,.0f} characters a second of one core")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--gold", type=Path, help="score these annotations only; their texts lie in ../documents")
    parser.add_argument("--fresh", action="store_true", help="score the texts of tests/documents/fresh only")
    arguments = parser.parse_args()
    if arguments.fresh:
        folder = Path(__file__).resolve().parents[1] / "tests" / "documents" / "fresh"
        later = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
        for place in (folder, *(folder / name for name in later)):
            print(place.name)
            scores(arguments.shared, place / "gold")
        return
    if arguments.gold:
        scores(arguments.shared, arguments.gold.resolve())
        return
    speed(arguments.shared, arguments.repeat)
    scores(arguments.shared, arguments.shared / "reading" / "gold")
    left_out(arguments.shared)
    plover(arguments.shared)


if __name__ == "__main__":
    main()
