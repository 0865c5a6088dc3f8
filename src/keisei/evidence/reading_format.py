"""The shape of a read document, as ``keisei read`` writes it; more keys may stand in it and are kept.

Offsets are code points of the document's text; where the text is known every quote must stand there verbatim.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from keisei.errors import InputError
from keisei.evidence.case_files import sentence
from keisei.evidence.codec import check_text
from keisei.evidence.dates import parse_date
from keisei.evidence.records import ChainRole, EntityType, in_order
from keisei.evidence.tables import complaint, read_text

Status = Literal["occurred", "reported", "denied", "planned", "hypothetical"]


def _date(given: object) -> object:
    if given is None or given == "":
        return None
    if isinstance(given, str):
        parse_date(given)
    return given


Date = Annotated[str | None, BeforeValidator(_date)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False)


class _Quoted(_Part):
    quote: str
    start: int
    end: int

    @model_validator(mode="after")
    def _spans(self) -> _Quoted:
        if not 0 <= self.start < self.end < 2**53 or self.end - self.start != len(self.quote):
            raise ValueError(f"the span {self.start}–{self.end} does not fit its quote '{self.quote}'; correct it")
        return self


class ReadHand(_Part):
    """One hand of the provenance chain, the original first."""

    publisher: str | None = None
    author: str | None = None
    date: Date = None
    role: ChainRole


class ReadEntity(_Part):
    """An entity that the text names."""

    id: str
    type: EntityType
    name_en: str = ""
    surfaces: list[str] = []
    role: str | None = None
    country: str | None = None


class ReadQuantity(_Quoted):
    """A number with a unit or a counted thing."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str
    approximate: bool = False
    of: str | None = None
    date: Date = None

    @model_validator(mode="after")
    def _bounds(self) -> ReadQuantity:
        in_order(self.value, self.low, self.high)
        return self


class ReadEvent(_Quoted):
    """Something that happened, is said to have happened, is denied or planned."""

    date: Date = None
    sources: list[str] = []
    targets: list[str] = []
    plover: str
    instrument: str
    status: Status
    place: str | None = None
    attributed_to: str | None = None
    quantities: list[int] = []


class ReadClaim(_Quoted):
    """A judgement with a voice behind it."""

    speaker: str
    kind: str
    modality: str
    proposition: str | None = None
    condition: str | None = None
    about: list[str] = []


class Reading(_Part):
    """A read document."""

    doc: str
    published: Date = None
    sha256: str | None = None
    provenance: list[ReadHand] = []
    entities: list[ReadEntity] = []
    dates: list[dict[str, Any]] = []
    quantities: list[ReadQuantity] = []
    events: list[ReadEvent] = []
    claims: list[ReadClaim] = []

    @model_validator(mode="after")
    def _indices(self) -> Reading:
        for event in self.events:
            for number in event.quantities:
                if not 0 <= number < len(self.quantities):
                    raise ValueError(
                        f"an event names quantity {number} of {len(self.quantities)}; correct the 0-based index"
                    )
        return self


def parse_reading(document: Mapping[str, Any] | str | bytes | Path, *, text: str | None = None) -> Reading:
    """Check a read document, given as a mapping, as JSON text or as a path to a JSON file.

    Raises:
        InputError: it is not JSON or not of this shape, or a quote does not stand in ``text`` where it says.
    """
    file = document if isinstance(document, Path) else None
    given: Any = document
    if isinstance(document, Path):
        given = read_text(document)
    if isinstance(given, str | bytes):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            raise complaint(
                f"it is not JSON ({getattr(error, 'msg', 'too deep or not UTF-8')})",
                file=file,
                line=line,
                mend="give a document that keisei read wrote",
            ) from None
    try:
        check_text(given)
        reading = Reading.model_validate(given)
    except InputError as error:
        raise InputError(error.message, file=file, mend=error.mend) from None
    except ValidationError as error:
        message, mend, _ = sentence(error)
        where = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"][1:])
        raise complaint(
            f"it is not a read document: {message}" + (f" (at {where})" if where else ""),
            file=file,
            mend=mend or "give a document that keisei read wrote",
        ) from None
    if text is not None:
        for part in (*reading.quantities, *reading.events, *reading.claims):
            if text[part.start : part.end] != part.quote:
                raise complaint(
                    f"'{part.quote}' does not stand in the text at {part.start}–{part.end}",
                    file=file,
                    mend="read the same text again",
                )
    return reading
