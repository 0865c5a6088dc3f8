"""A person's judgement of what was read: accept, edit, reject, undo, each one transaction with an entry in a log."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from keisei.errors import InputError
from keisei.evidence.drafts import Proposal, parse_edits, propose
from keisei.evidence.readings import Document, Statement, StatementKind, documents, statements
from keisei.evidence.store import USER, Store

HELP = "a accept · e edit · r reject · u undo · n next · q quit"


@dataclass(frozen=True)
class Tally:
    """What a session of review did."""

    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    undone: int = 0
    left: int = 0


def statement_of(store: Store, id: str) -> tuple[Statement, Document]:
    """A statement and its document.

    Raises:
        InputError: there is none of that id.
    """
    found = statements(store, id=id)
    if not found:
        raise InputError(f"there is no statement '{id}' in the store", mend="see them with: keisei evidence review")
    return found[0], next(document for document in documents(store) if document.id == found[0].document)


def accept(store: Store, id: str, edits: Mapping[str, str] | None = None) -> Proposal:
    """Accept a statement, with edits or without; what it becomes stands in the store afterwards.

    Raises:
        InputError: there is no such statement, it was judged before, or an edit is wrong.
    """
    with store.transaction():
        statement, document = _open(store, id)
        edits = {**statement.edits, **(edits or {})}
        proposal = propose(statement, document, store.evidence(), edits)
        touched = ""
        if proposal.joins:
            touched = proposal.joins
            store.connection.execute(
                "INSERT OR IGNORE INTO support VALUES (?, ?, ?)", (proposal.joins, document.source, id)
            )
        elif proposal.fact is not None:
            touched = proposal.fact.id
            store.put([proposal.fact])
        _judge(store, statement, "edited" if edits else "accepted", edits, touched)
    return proposal


def reject(store: Store, id: str) -> None:
    """Reject a statement; it stays in the store, marked so."""
    with store.transaction():
        statement, _ = _open(store, id)
        _judge(store, statement, "rejected", dict(statement.edits), "")


def _open(store: Store, id: str) -> tuple[Statement, Document]:
    statement, document = statement_of(store, id)
    if statement.state != "proposed":
        raise InputError(f"the statement '{id}' is {statement.state} already", mend="undo that first")
    return statement, document


def _judge(store: Store, statement: Statement, state: str, edits: Mapping[str, str], fact: str) -> None:
    before = json.dumps({"state": statement.state, "edits": dict(statement.edits)}, ensure_ascii=False)
    after = json.dumps({"state": state, "edits": dict(edits)}, ensure_ascii=False)
    store.connection.execute(
        "UPDATE statements SET state = ?, edits = ? WHERE id = ?",
        (state, json.dumps(dict(edits), ensure_ascii=False), statement.id),
    )
    _log(store, statement.id, state, before, after, fact)


def _log(store: Store, statement: str, action: str, before: str, after: str, fact: str) -> None:
    store.connection.execute(
        "INSERT INTO review_log (at, statement, action, before, after, fact) VALUES (?, ?, ?, ?, ?, ?)",
        (datetime.now(UTC).isoformat(timespec="seconds"), statement, action, before, after, fact or None),
    )


def undo(store: Store) -> str | None:
    """Take back the last judgement that stands; the log keeps both.

    Returns:
        the statement's id, or None where there is nothing to take back.
    """
    with store.transaction():
        last = store.rows("SELECT * FROM review_log WHERE undone = 0 AND action != 'undo' ORDER BY number DESC LIMIT 1")
        if not last:
            return None
        entry = last[0]
        before = json.loads(entry["before"])
        if entry["fact"]:
            store.connection.execute("DELETE FROM support WHERE statement = ?", (entry["statement"],))
            if entry["fact"] == f"read-{entry['statement']}":
                store.remove("fact", entry["fact"], USER)
        store.connection.execute(
            "UPDATE statements SET state = ?, edits = ? WHERE id = ?",
            (before["state"], json.dumps(before["edits"], ensure_ascii=False), entry["statement"]),
        )
        store.connection.execute("UPDATE review_log SET undone = 1 WHERE number = ?", (entry["number"],))
        _log(store, entry["statement"], "undo", entry["after"], entry["before"], entry["fact"] or "")
        return str(entry["statement"])


def describe(statement: Statement, document: Document) -> list[str]:
    """The lines that a reviewer sees of a statement."""
    content = statement.content
    lines = [f"{document.name} · {document.published or 'undated'} · {statement.kind} {statement.id}"]
    before = after = ""
    if document.text:
        before = document.text[max(0, statement.start - 30) : statement.start]
        after = document.text[statement.end : statement.end + 30]
    lines.append(" ".join(f"…{before}「{statement.exact}」{after}…".split()))
    if statement.kind == "event":
        actors = f"{', '.join(content['sources']) or '?'} → {', '.join(content['targets']) or '?'}"
        parts = [content.get("date") or "no date", content["plover"], content["instrument"], content["status"], actors]
        if content.get("attributed_to"):
            parts.append(f"told by {content['attributed_to']}")
        parts += [f"{quantity['quote']} ({quantity['of'] or quantity['unit']})" for quantity in content["quantities"]]
    elif statement.kind == "claim":
        parts = [content["speaker"], content["kind"], content["modality"], content.get("proposition") or ""]
        if content.get("condition"):
            parts.append(f"if: {content['condition']}")
    else:
        numbers = [content.get(name) for name in ("low", "value", "high")]
        parts = [" ≤ ".join(f"{x:g}" for x in numbers if x is not None), content["unit"], content.get("of") or ""]
    lines.append(" · ".join(part for part in parts if part))
    return lines


def session(
    store: Store,
    *,
    key: Callable[[], str],
    line: Callable[[str], str],
    say: Callable[[str], None],
    kinds: tuple[StatementKind, ...] = ("event", "claim"),
    document: str | None = None,
) -> Tally:
    """Go through what is proposed, one key a decision.

    Args:
        key: gives the next key, ``q`` or '' at the end of the input.
        line: asks for a line of edits with a prompt.
        say: shows a line.
    """
    texts = {found.id: found for found in documents(store)}
    waiting = [s.id for s in statements(store, state="proposed", document=document) if s.kind in kinds]
    counts = {"accepted": 0, "edited": 0, "rejected": 0, "undone": 0}
    at, evidence = 0, store.evidence()
    edits: dict[str, str] = {}
    while at < len(waiting):
        (statement,) = statements(store, id=waiting[at])
        text = texts[statement.document]
        say(f"[{at + 1}/{len(waiting)}]")
        for shown in describe(statement, text):
            say(f"  {shown}")
        try:
            say(f"  ⇒ {propose(statement, text, evidence, {**statement.edits, **edits}).sentence()}")
        except InputError as error:
            say(f"  {error}")
            edits = {}
            continue
        say(f"  {HELP}")
        pressed = key()[:1].lower()
        if pressed in ("q", ""):
            break
        if pressed == "e":
            try:
                edits |= parse_edits(line("FIELD=VALUE, …: "))
            except InputError as error:
                say(f"  {error}")
            continue
        if pressed == "u":
            undone = undo(store)
            say(f"  taken back: {undone}" if undone else "  nothing to take back")
            if undone:
                counts["undone"] += 1
                evidence = store.evidence()
                if undone in waiting:
                    at = waiting.index(undone)
                else:
                    waiting.insert(at, undone)
            edits = {}
            continue
        if pressed == "a":
            accept(store, statement.id, edits)
            counts["edited" if edits else "accepted"] += 1
            evidence = store.evidence()
        elif pressed == "r":
            reject(store, statement.id)
            counts["rejected"] += 1
        elif pressed != "n":
            say(f"  '{pressed}' is no key here")
            continue
        edits = {}
        at += 1
    left = sum(s.kind in kinds for s in statements(store, state="proposed", document=document))
    return Tally(**counts, left=left)
