"""The ledger: forecasts frozen when they are issued, and scored when their questions are decided.

A ledger is a JSONL file to which lines are only added. Each line holds the hash of the line before it and
its own, so a changed, moved or removed line breaks the chain from there on. Two things a chain cannot show:
that the last lines were cut off, and that the whole file was written anew. Against both, publish the head
(the last line's hash) when you freeze, and give it when you check.

Only what is frozen before the months it speaks of is called a forecast. A question whose months have begun
by then is ``partly elapsed``, one whose months are over ``pseudo-out-of-sample``; they are scored apart.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from keisei import months
from keisei.errors import InputError
from keisei.forecast import expressions as ex
from keisei.forecast.probabilities import Probability
from keisei.forecast.questions import Question

FORMAT = 1
START = "0" * 64
STATUSES = ("forecast", "partly elapsed", "pseudo-out-of-sample")


@dataclass(frozen=True)
class FrozenQuestion:
    """A question as it was asked, with the probability that was issued.

    ``expression`` has calendar months only; ``asked`` is the text as it stood, months relative to the origin
    included. ``closes`` is YYYY-MM. ``low`` and ``high`` are Monte-Carlo bounds of the probability.
    """

    id: str
    text: str
    expression: str
    asked: str
    closes: str
    resolution: str
    probability: float
    mc_error: float
    low: float
    high: float
    baseline: float | None = None


@dataclass(frozen=True)
class Forecast:
    """What one run said: everything needed to repeat it and to score it.

    Attributes:
        case: the case's name.
        origin: last month that the run knew, YYYY-MM.
        evidence_cut: last date of evidence used, as written in the store.
        evidence: SHA-256 of the evidence used.
        code: version of the code, as ``code_version`` gives it.
        seed, members: of the run.
        questions: what was asked and answered.
    """

    case: str
    origin: str
    evidence_cut: str
    evidence: str
    code: str
    seed: int
    members: int
    questions: tuple[FrozenQuestion, ...]

    @property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON of everything above."""
        return _digest(asdict(self))


@dataclass(frozen=True)
class Entry:
    """One line of a ledger: a forecast, when it was issued (UTC, to the second), and its place in the
    chain."""

    index: int
    issued: str
    forecast: Forecast
    previous: str
    hash: str

    def status(self, question: FrozenQuestion) -> str:
        """Whether a question was still ahead when it was issued, by whole months: one of ``STATUSES``.

        The month of issue counts as ahead.
        """
        now = months.parse(self.issued[:7])
        read = _months_ahead(ex.parse(question.expression), months.parse(self.forecast.origin))
        if not read or max(read) < now:
            return "pseudo-out-of-sample"
        return "forecast" if min(read) >= now else "partly elapsed"


def _months_ahead(expression: ex.Expression, origin: int) -> list[int]:
    """First and last months after the origin that each comparison reads."""
    found: list[int] = []
    for atom in ex.atoms(expression):
        match atom:
            case ex.Level(at=at):
                found += [at.value]
            case ex.Change(first=first, last=last):
                found += [first.value, last.value]
            case _ if atom.window.last.value > origin:
                found += [max(atom.window.first.value, origin + 1), atom.window.last.value]
    return [month for month in found if month > origin]


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _digest(value: object) -> str:
    return hashlib.sha256(_canonical(value).encode()).hexdigest()


def code_version() -> str:
    """The package's version and the hash of its source and bundled data, as ``0.1.0+0f3a…`` (12 digits).

    It changes with any change to the code, whether or not the checkout is a repository.
    """
    import keisei

    root = Path(keisei.__file__).parent
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("keisei")
    except PackageNotFoundError:
        number = "unknown"
    return f"{number}+{total.hexdigest()[:12]}"


def freeze_question(
    question: Question, origin: int, estimate: Probability, baseline: float | None = None
) -> FrozenQuestion:
    """A question as asked at an origin, with its estimate.

    Raises:
        InputError: the question is closed at that origin, or a probability is none.
    """
    if not question.is_open(origin):
        raise InputError(f"the question '{question.id}' is not open at {months.show(origin)}", mend="leave it out")
    for value in (estimate.value, estimate.mc_error, *(() if baseline is None else (baseline,))):
        if not (math.isfinite(value) and 0 <= value <= 1):
            raise InputError(f"the probability of '{question.id}' is {value}", mend="give a number from 0 to 1")
    return FrozenQuestion(
        id=question.id,
        text=question.text_en,
        expression=ex.show(question.at(origin)),
        asked=question.expression,
        closes=months.show(question.closing(origin)),
        resolution=question.resolution,
        probability=float(estimate.value),
        mc_error=float(estimate.mc_error),
        low=float(estimate.low),
        high=float(estimate.high),
        baseline=None if baseline is None else float(baseline),
    )


def freeze(path: Path, forecast: Forecast, *, issued: datetime | None = None) -> Entry:
    """Add a forecast to a ledger, made if absent, and return its entry.

    The file is locked while its chain is checked and the line is written and flushed to the disk, so that
    two programs cannot write the same place in the chain.

    Raises:
        InputError: the ledger's chain is broken, the forecast asks nothing or asks twice, or the time goes
        backwards.
    """
    import fcntl
    import os

    ids = [question.id for question in forecast.questions]
    if not ids or len(set(ids)) < len(ids):
        raise InputError("a forecast must ask at least one question, and each once", mend="check the ids")
    when = (issued or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise InputError(f"it cannot be written ({error.strerror})", file=path, mend="check the path") from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        entries = tuple(_entries(file.read(), path))
        if entries and when < entries[-1].issued:
            mend = "check the clock"
            raise InputError(f"{when} is before the last entry ({entries[-1].issued})", file=path, mend=mend)
        previous = entries[-1].hash if entries else START
        body = {
            "format": FORMAT,
            "index": len(entries),
            "issued": when,
            "content": forecast.content_hash,
            "forecast": asdict(forecast),
            "previous": previous,
        }
        digest = _digest(body)
        line = _canonical({**body, "hash": digest}).encode() + b"\n"
        list(_entries(line, path, previous, len(entries)))  # what is written must read back
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    return Entry(len(entries), when, forecast, previous, digest)


def read_ledger(path: Path, *, head: str | None = None) -> tuple[Entry, ...]:
    """The entries of a ledger whose chain holds.

    Args:
        head: the hash that some entry must have, as it was published; shows that nothing was cut off or
        rewritten.

    Raises:
        InputError: the file cannot be read, a line was changed, moved, removed or cut off (with the line),
        or no entry
            has the published head.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        mend = "freeze a forecast first, or check the path"
        raise InputError(f"it cannot be read ({error.strerror})", file=path, mend=mend) from None
    entries = tuple(_entries(data, path))
    if head is not None and head not in (entry.hash for entry in entries):
        mend = "the ledger was cut off or written anew; find the original"
        raise InputError(f"no entry has the published head {head[:12]}…", file=path, mend=mend)
    return entries


def _entries(data: bytes, path: Path, previous: str = START, begin: int = 0) -> Iterator[Entry]:
    mend = "restore the ledger from a copy; its lines are never edited"
    lines = data.split(b"\n")
    if lines[-1]:
        raise InputError("the last line was cut off", file=path, line=len(lines), mend=mend)
    for number, line in enumerate(lines[:-1], start=1):
        try:
            raw = json.loads(line)
            if line != _canonical(raw).encode():
                raise ValueError("not canonical")
            forecast = _forecast(raw["forecast"])
            digest = raw.pop("hash")
            sound = digest == _digest(raw) and raw["content"] == forecast.content_hash
            index, issued, before = raw["index"], raw["issued"], raw["previous"]
            known = raw["format"] == FORMAT
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, InputError):
            raise InputError("the line is not an entry of a ledger", file=path, line=number, mend=mend) from None
        if not known:
            raise InputError(f"format {raw['format']!r} is unknown", file=path, line=number, mend="update keisei")
        if not sound:
            raise InputError("the line was changed after it was written", file=path, line=number, mend=mend)
        if before != previous or index != begin + number - 1:
            raise InputError("a line before it was removed, added or moved", file=path, line=number, mend=mend)
        previous = digest
        yield Entry(index, issued, forecast, before, digest)


def _forecast(raw: dict[str, Any]) -> Forecast:
    questions = tuple(FrozenQuestion(**question) for question in raw["questions"])
    for question in questions:
        ex.parse(question.expression)
        months.parse(question.closes)
    if set(raw) != {field.name for field in fields(Forecast)}:
        raise ValueError("unknown fields")
    return Forecast(**{**raw, "questions": questions})


def heads(entries: Sequence[Entry]) -> str:
    """The head to publish: the last entry's hash."""
    return entries[-1].hash if entries else START
