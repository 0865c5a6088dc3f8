"""Recorded votes, and their replay through the rules.

``data/votes_prk.csv``: one row a vote. ``source`` holds one or more addresses, parted by blanks; ``checked`` says what
they bear out: ``names`` the count and who did not vote yes, ``count`` the count, ``unanimous`` only that all agreed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from keisei.council.body import Body, Outcome
from keisei.errors import InputError

COLUMNS = (
    "document",
    "date",
    "subject",
    "result",
    "yes",
    "no",
    "abstain",
    "voted_no",
    "abstained",
    "checked",
    "source",
)


@dataclass(frozen=True)
class RecordedVote:
    """One vote as recorded; ``line`` is where it stands in its file."""

    document: str
    date: date
    subject: str
    result: str
    yes: int
    no: int
    abstain: int
    voted_no: tuple[str, ...]
    abstained: tuple[str, ...]
    checked: str
    source: str
    line: int


def load_votes(path: str | Path | None = None) -> tuple[RecordedVote, ...]:
    """Recorded votes of a CSV file, the bundled ones on North Korea without a path.

    Raises:
        InputError: a column is missing, a date or count cannot be read, a word is unknown, a row without source, or
            counts that do not fit the names; with file and line.
    """
    place = resources.files("keisei.council") / "data" / "votes_prk.csv" if path is None else Path(path)
    name = "votes_prk.csv" if path is None else str(path)
    if not place.is_file():
        raise InputError("there is no such file", file=name, mend="name a CSV file of votes")
    reader = csv.DictReader(place.read_text(encoding="utf-8").splitlines())
    missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
    if missing:
        raise InputError(
            f"the column '{missing[0]}' is missing", file=name, line=1, mend=f"head it {','.join(COLUMNS)}"
        )
    return tuple(_vote(row, name, reader.line_num) for row in reader)


def _vote(row: dict[str, str], file: str, line: int) -> RecordedVote:
    def refuse(message: str, mend: str) -> InputError:
        return InputError(message, file=file, line=line, mend=mend)

    if any(row[c] is None for c in COLUMNS):
        raise refuse("the row is too short", "fill every column, quote commas")
    try:
        day = date.fromisoformat(row["date"])
        yes, no, abstain = (int(row[c]) for c in ("yes", "no", "abstain"))
    except ValueError as error:
        raise refuse(str(error), "write dates as YYYY-MM-DD and counts as whole numbers") from None
    against, aside = tuple(row["voted_no"].split()), tuple(row["abstained"].split())
    for column, known in (("result", ("adopted", "vetoed", "failed")), ("checked", ("names", "count", "unanimous"))):
        if row[column] not in known:
            raise refuse(f"{column} '{row[column]}' is not known", f"use one of {', '.join(known)}")
    if not row["source"].strip():
        raise refuse(f"{row['document']} has no source", "give the address of a page that can be opened")
    if (len(against), len(aside)) != (no, abstain):
        raise refuse(f"{row['document']}: names and counts disagree", "name everyone who voted no or abstained")
    return RecordedVote(
        row["document"],
        day,
        row["subject"],
        row["result"],
        yes,
        no,
        abstain,
        against,
        aside,
        row["checked"],
        row["source"],
        line,
    )


def replay(
    body: Body, votes: Iterable[RecordedVote], rule: str = "substantive"
) -> tuple[tuple[RecordedVote, Outcome], ...]:
    """Each recorded vote with what the rules make of it."""
    return tuple((v, body.decide(rule, v.date.year, no=v.voted_no, abstain=v.abstained)) for v in votes)
