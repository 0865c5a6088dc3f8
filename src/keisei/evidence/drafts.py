"""What a statement would become: a fact of the chronicle, and the row of the score that stands for it.

``instruments.yaml`` says which site an event speaks about. Planned and hypothetical events, claims, and events whose
date is unknown become no fact unless a person's edits make one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

from keisei import months
from keisei.errors import InputError
from keisei.evidence.bundle import Evidence
from keisei.evidence.codec import from_cells
from keisei.evidence.conflicts import disagreements
from keisei.evidence.dates import Span, parse_date
from keisei.evidence.readings import Document, Statement
from keisei.evidence.records import Fact
from keisei.evidence.tables import read_yaml
from keisei.score import Row

KEYS = ("instrument", "plover", "needs", "states", "of", "unit", "site", "index", "attributes")
# what a person may change before a statement is accepted
EDITABLE = (
    "site", "index", "date", "value", "low", "high", "certainty", "attributes", "title_en", "title_ja", "note", "joins",
)  # fmt: skip
_CERTAINTY = {"occurred": "confirmed", "reported": "reported", "denied": "denied"}
NEW = "new"


@dataclass(frozen=True)
class Proposal:
    """What accepting a statement does.

    Exactly one of ``fact`` (a new one) and ``joins`` (the id of a fact that it tells again) is given, or neither, and
    then ``reason`` says why. ``row`` is the row of the score, where the date lies in one month.
    """

    fact: Fact | None
    joins: str
    row: Row | None
    reason: str

    def sentence(self) -> str:
        """What happens, in one line for the reviewer."""
        if self.joins:
            return f"tells again the fact {self.joins}: its source is added there"
        if self.fact is None:
            return f"no row: {self.reason}"
        if self.row is None:
            return f"fact {self.fact.date} {self.fact.target} = {_shown(self.fact.value)}; no row: {self.reason}"
        return (
            f"{months.show(self.row.month)} {self.row.target} = {_shown(self.row.value)} {self.row.how}"
            f" ({self.fact.certainty})"
        )


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


@lru_cache(maxsize=1)
def instrument_sites() -> tuple[Mapping[str, str], ...]:
    """The rows of ``instruments.yaml``."""
    with resources.as_file(resources.files("keisei.evidence").joinpath("instruments.yaml")) as path:
        return tuple(
            {key: str(value) for key, value in item.cells.items() if value} for item in read_yaml(Path(path), KEYS)
        )


def pair(states: Sequence[str]) -> str:
    """Two states as the index of a pair: North Korea first, else in alphabetical order.

    >>> pair(["RUS", "PRK"]), pair(["RUS", "CHN"])
    ('PRK-RUS', 'CHN-RUS')
    """
    return "-".join(sorted(states, key=lambda state: (state != "PRK", state)))


def states_of(ids: Sequence[str], document: Document) -> tuple[str, ...]:
    """The states behind some actors of a document, each once."""
    entities = {entity["id"]: entity for entity in document.reading.get("entities", ())}
    found: dict[str, None] = {}
    for name in ids:
        entity = entities.get(name, {})
        state = name if entity.get("type") == "state" else entity.get("country")
        if state:
            found[state] = None
    return tuple(found)


def _fitting(row: Mapping[str, str], event: Mapping[str, Any], states: Sequence[str]) -> Mapping[str, Any] | None:
    """The quantity that gives a row its value (empty where none is asked for), or None where the row does not fit."""
    if row["instrument"] != event["instrument"]:
        return None
    if "plover" in row and event["plover"] not in row["plover"].split():
        return None
    if "needs" in row and row["needs"] not in states:
        return None
    if "states" in row and len(states) != int(row["states"]):
        return None
    if "unit" not in row:
        return {}
    for quantity in event["quantities"]:
        if quantity["unit"] == row["unit"] and row.get("of", "") in (quantity["of"] or "").lower():
            return cast(Mapping[str, Any], quantity)
    return None


def draft_cells(statement: Statement, document: Document) -> tuple[dict[str, Any], str]:
    """The cells of the fact that a statement would become, as far as it tells them, and why they are not all there.

    Claims and what has not happened give neither site, date nor value.
    """
    japanese = any("\u3040" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" for c in statement.exact)
    quote = " ".join(statement.exact.split())
    cells: dict[str, Any] = {
        "id": f"read-{statement.id}",
        "certainty": "reported",
        "sources": [document.source],
        "checked": "opened",
        "title_ja" if japanese else "title_en": quote if len(quote) <= 160 else quote[:159] + "…",
        "note": f"{statement.kind} read in {document.name} at characters {statement.start}–{statement.end}",
    }
    content = statement.content
    if statement.kind == "claim":
        return cells, "a judgement tells what its voice thinks, not what happened"
    if statement.kind == "event" and content["status"] not in _CERTAINTY:
        return cells, f"it is {content['status']} and has not happened"
    if content.get("date"):
        cells |= {"date": content["date"], "precision": parse_date(content["date"]).precision}
    if statement.kind == "quantity":
        return cells | _numbers(content), "a figure alone names no site"
    cells["certainty"] = _CERTAINTY[content["status"]]
    sources = states_of(content["sources"], document)
    states = states_of([*content["sources"], *content["targets"]], document)
    for row in instrument_sites():
        quantity = _fitting(row, content, states)
        if quantity is None:
            continue
        cells["site"] = row["site"]
        cells |= _numbers(quantity) if quantity else {"value": 1}
        cells["index"] = _index(row.get("index", ""), states, states_of(content["targets"], document))
        issuer = sources[0] if sources else states[0] if states else ""
        given = row.get("attributes", "").replace("{issuer}", issuer)
        cells["attributes"] = dict(part.split("=", 1) for part in given.split(";") if part and part[-1] != "=")
        return cells, "not all of it is told"
    return cells | {"value": 1}, f"no site is known for '{content['instrument']}' with these actors"


def _index(given: str, states: Sequence[str], targets: Sequence[str]) -> str:
    if given == "pair":
        return pair(states)
    if given == "states":
        return "-".join(sorted(states))
    if given == "direction":  # who gives comes first
        return "-".join(sorted(states, key=lambda state: state in targets))
    return given


def _numbers(quantity: Mapping[str, Any]) -> dict[str, Any]:
    low, high, value = quantity.get("low"), quantity.get("high"), quantity.get("value")
    if value is None:
        value = (low + high) / 2 if low is not None and high is not None else low if low is not None else high
    found = {"value": value, "low": low, "high": high}
    return {name: number for name, number in found.items() if number is not None}


def parse_edits(text: str) -> dict[str, str]:
    """Edits from one line: ``site=summit, index=PRK-RUS, date=2023-09``; a comma parts them, ``\\,`` is a comma.

    >>> parse_edits("date=2023-09, attributes=level=leaders;place=Moscow")
    {'date': '2023-09', 'attributes': 'level=leaders;place=Moscow'}

    Raises:
        InputError: a part is no edit, or names what cannot be edited.
    """
    edits: dict[str, str] = {}
    for part in text.replace("\\,", "\0").split(","):
        if not part.strip():
            continue
        name, equals, value = part.replace("\0", ",").partition("=")
        if not equals or name.strip() not in EDITABLE:
            raise InputError(
                f"'{part.strip()}' is not an edit", mend=f"write FIELD=VALUE, FIELD=VALUE with {', '.join(EDITABLE)}"
            )
        edits[name.strip()] = value.strip()
    return edits


def propose(
    statement: Statement, document: Document, evidence: Evidence, edits: Mapping[str, str] | None = None
) -> Proposal:
    """What accepting a statement would do, with a person's edits.

    Raises:
        InputError: an edit is wrong.
    """
    edits = dict(statement.edits) if edits is None else dict(edits)
    joins = edits.pop("joins", "")
    known = {fact.id: fact for fact in evidence.facts}
    if joins and joins != NEW:
        if joins not in known:
            raise InputError(f"there is no fact '{joins}' to join", mend=f"give the id of a fact, or joins={NEW}")
        return Proposal(None, joins, None, "")
    cells, missing = draft_cells(statement, document)
    cells |= edits
    if "date" in edits:
        try:
            cells["precision"] = parse_date(edits["date"]).precision
        except ValueError as error:
            message, _, mend = str(error).partition("; ")
            raise InputError(message, mend=mend or None) from None
    wanted = [f"{name}=" for name in ("site", "date", "value") if cells.get(name) in (None, "")]
    if wanted:
        return Proposal(None, "", None, f"{missing}; edit {', '.join(wanted)} to make a row of it")
    fact = cast(Fact, from_cells("fact", cells))
    same = [] if joins == NEW else told_again(fact, evidence)
    if len(same) == 1:
        return Proposal(None, same[0].id, None, "")
    if same:
        names = ", ".join(other.id for other in same[:4]) + (" …" if len(same) > 4 else "")
        return Proposal(
            None, "", None, f"it may tell again one of {len(same)} facts ({names}); edit joins=ID, or joins={NEW}"
        )
    if fact.month is None:
        return Proposal(fact, "", None, f"its date {fact.date} spans months")
    if fact.certainty == "denied":
        return Proposal(fact, "", None, "it is denied")
    return Proposal(fact, "", Row(fact.month, fact.site, fact.value, "observed", fact.index, fact.id), "")


def told_again(fact: Fact, evidence: Evidence) -> list[Fact]:
    """Facts of the store that may be the same happening: same target, one date within the other, nothing against it.

    A date of more than a year is too wide to tell.
    """
    found = []
    for other in evidence.facts:
        if other.target != fact.target or other.id == fact.id:
            continue
        a, b = fact.span, other.span
        within = a.within(b) or b.within(a)
        narrow = max((a.last - a.first).days, (b.last - b.first).days) < 366
        shared = set(fact.attributes) & set(other.attributes)
        alike = all(fact.attributes[key] == other.attributes[key] for key in shared)
        if within and narrow and alike and not set(disagreements(fact, other)) - {"contested"}:
            found.append(other)
    exact = [other for other in found if (other.span.first, other.span.last) == (fact.span.first, fact.span.last)]
    return exact or found


Told = tuple[Statement, Document]


def same_events(statements: Sequence[Told]) -> list[list[Told]]:
    """Events that are told more than once, across documents: same instrument, same states, one date within the other.

    Only events with a known instrument, an actor and a date no wider than a quarter are compared. Each group holds what
    falls within, or around, the date of the first that was told.
    """
    groups: dict[tuple[str, frozenset[str]], list[tuple[Span, list[Told]]]] = {}
    for statement, document in statements:
        content = statement.content
        if statement.kind != "event" or not content.get("date") or content["instrument"] == "other":
            continue
        span = parse_date(content["date"])
        states = frozenset(states_of([*content["sources"], *content["targets"]], document))
        if (span.last - span.first).days > 100 or not states:
            continue
        alike = groups.setdefault((content["instrument"], states), [])
        for first, group in alike:
            if span.within(first) or first.within(span):
                group.append((statement, document))
                break
        else:
            alike.append((span, [(statement, document)]))
    return [group for alike in groups.values() for _, group in alike if len(group) > 1]
