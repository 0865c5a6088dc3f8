"""Events for other programs: JSONL in PLOVER's names and CSV, each with {sha256, start, end, exact}."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

_COLUMNS = (
    "event_id", "event_type", "event_date", "precision", "sources", "targets", "instrument", "status", "place",
    "attributed_to", "rule", "document", "sha256", "start", "end", "exact",
)  # fmt: skip


def plover(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of one document's JSON under PLOVER's names."""
    names = {e["id"]: e for e in document.get("entities", [])}

    def actor(ident: str) -> dict[str, Any]:
        entity = names.get(ident, {})
        return {
            "actorText": (entity.get("surfaces") or [ident])[0],
            "code": entity.get("country") or ident,
            "id": ident,
        }

    return [
        {
            "id": f"{document['doc']}:{event['id']}",
            "date": event["date"],
            "source": [actor(i) for i in event["sources"]],
            "target": [actor(i) for i in event["targets"]],
            "event": event["plover"],
            "mode": event["instrument"],
            "status": event["status"],
            "eventText": event.get("trigger", {}).get("quote", ""),
            "text": event.get("text", event["quote"]),
            "attributedTo": event["attributed_to"],
            "location": event["place"],
            "coder": f"keisei rules {document.get('versions', {}).get('rules', '?')}, rule {event.get('rule', '?')}",
            "language": document.get("language"),
            "citation": {
                "sha256": document.get("sha256"), "start": event["start"], "end": event["end"], "exact": event["quote"],
            },
        }
        for event in document.get("events", [])
    ]  # fmt: skip


def jsonl(documents: Iterable[dict[str, Any]]) -> str:
    """One line an event."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for d in documents for row in plover(d))


def table(documents: Iterable[dict[str, Any]]) -> str:
    """CSV with a heading; lists are joined by ';'."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for document in documents:
        for event in document.get("events", []):
            writer.writerow([
                f"{document['doc']}:{event['id']}", event["plover"], event["date"] or "", event["precision"],
                ";".join(event["sources"]), ";".join(event["targets"]), event["instrument"], event["status"],
                event["place"] or "", event["attributed_to"] or "", event.get("rule", ""), document["doc"],
                document.get("sha256", ""), event["start"], event["end"], event["quote"],
            ])  # fmt: skip
    return out.getvalue()


__all__ = ["jsonl", "plover", "table"]
