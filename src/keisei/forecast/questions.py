"""The questions of a case: what is asked, in words and as an expression, until when, and by which rule it
resolves.

``questions.yaml`` is a list of mappings. A question is about calendar months (asked once, ``closes:
2027-12``) or about months counted from a forecast's origin (``closes: origin+12``, asked at every origin, so
that it can be hindcast).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from keisei import months
from keisei.errors import InputError
from keisei.evidence.tables import Item, complaint, read_yaml
from keisei.forecast import expressions as ex

SYSTEMS = (*(f"S{n}" for n in range(1, 14)), "S13b", "S14", "S15", "S16")
KEYS = (
    "id", "text_en", "text_ja", "expression", "opens", "closes", "systems", "resolution", "sources",
    "smallest",
)  # fmt: skip
_RELATIVE = re.compile(r"origin(?:([+-]\d{1,4}))?")


class Question(BaseModel):
    """One question.

    Attributes:
        id: short name, lower case with hyphens.
        text_en, text_ja: the question as a reader sees it.
        expression: what decides it, in the language of ``keisei.forecast.expressions``.
        opens: first month at which it may be asked, YYYY-MM; None where it always may be.
        closes: the month with which it is decided, YYYY-MM or origin+N.
        systems: the systems it bears on, of S1–S16 and S13b.
        resolution: the rule in words by which a person decides it, and from which sources.
        sources: ids of sources that raise the question.
        smallest: the smallest change of its probability that is of interest, between 0 and 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    text_en: str = Field(min_length=1)
    text_ja: str = Field(min_length=1)
    expression: str
    opens: str | None = None
    closes: str
    systems: tuple[str, ...] = Field(min_length=1)
    resolution: str = Field(min_length=1)
    sources: tuple[str, ...] = ()
    smallest: float | None = Field(default=None, gt=0, lt=1)

    @field_validator("systems")
    @classmethod
    def _known_systems(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for system in value:
            if system not in SYSTEMS:
                raise ValueError(f"'{system}' is not a system; use {SYSTEMS[0]} to {SYSTEMS[-1]}, or S13b")
        return value

    @field_validator("expression")
    @classmethod
    def _parses(cls, value: str) -> str:
        try:
            ex.parse(value)
        except InputError as error:
            raise ValueError(str(error)) from None
        return value

    @model_validator(mode="after")
    def _ends_when_it_closes(self) -> Question:
        closes = closing_month(self.closes)
        if ex.is_relative(self.tree) and ex.is_absolute(self.tree):
            raise ValueError("expression: calendar months stand beside months counted from the origin; use one kind")
        if closes.relative != ex.is_relative(self.tree):
            kind = "origin+N" if ex.is_relative(self.tree) else "YYYY-MM"
            raise ValueError(f"closes: '{self.closes}' does not fit the expression; write it as {kind}")
        last = (ex.offsets(self.tree) or (0, 0))[1] if closes.relative else ex.span(self.tree)[1]
        if last > closes.value:
            shown = ex.Month(last, closes.relative)
            raise ValueError(f"closes: the expression reads {shown}, after the close; close it no earlier")
        if self.opens is not None and closes.relative:
            raise ValueError("opens: a question counted from the origin is always open; remove it")
        if self.opens is not None and months.parse(self.opens) > closes.value:
            raise ValueError(f"opens: {self.opens} is after {self.closes}; give the months in order")
        return self

    @cached_property
    def tree(self) -> ex.Expression:
        """The parsed expression."""
        return ex.parse(self.expression)

    @property
    def is_relative(self) -> bool:
        """Whether it is counted from the origin and so can be asked at every origin."""
        return ex.is_relative(self.tree)

    def at(self, origin: int | None) -> ex.Expression:
        """The expression with calendar months only.

        Raises:
            InputError: it counts months from an origin and none is given.
        """
        return ex.at_origin(self.tree, origin)

    def closing(self, origin: int | None = None) -> int:
        """The month with which it is decided.

        Raises:
            InputError: it counts months from an origin and none is given.
        """
        month = closing_month(self.closes)
        if not month.relative:
            return month.value
        if origin is None:
            raise InputError(f"the question '{self.id}' counts months from an origin", mend="give an origin")
        return origin + month.value

    def is_open(self, origin: int) -> bool:
        """Whether a forecast that knows everything up to ``origin`` may still ask it."""
        opens = months.parse(self.opens) if self.opens else origin
        return opens <= origin < self.closing(origin)


def closing_month(text: str) -> ex.Month:
    """A closing month, ``YYYY-MM`` or ``origin+N``.

    Raises:
        ValueError: it is neither.
    """
    match = _RELATIVE.fullmatch(text)
    if match:
        return ex.Month(int(match[1] or 0), relative=True)
    try:
        return ex.Month(months.parse(text))
    except InputError as error:
        raise ValueError(f"closes: {error.message}; {error.mend}, or origin+N") from None


def _wrong(error: ValidationError, item: Item, path: Path) -> InputError:
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "value_error":
        text = str(first["ctx"]["error"])
        message, _, mend = text.rpartition("; ") if "; " in text else (text, "", "correct it")
        field = field or message.partition(":")[0]
    elif first["type"] == "missing":
        message, mend = f"'{field}' is missing", "add it"
    elif first["type"] == "string_pattern_mismatch":
        message, mend = f"'{first['input']}' is not an id", "use lower-case letters, digits and single hyphens"
    else:
        message, mend = f"{field}: {first['msg'][:1].lower()}{first['msg'][1:]}", "correct it"
    prefix = f"{field}: " if field in KEYS and not message.startswith((field, "'")) else ""
    name = f"question '{item.cells.get('id') or '?'}': "
    line = item.lines.get(field, item.line)
    return complaint(name + prefix + message, file=path, line=line, mend=mend)


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a YAML file, in its order.

    Raises:
        InputError: the file cannot be read, is not a list of questions, or a question is wrong; with file
        and line.
    """
    found: dict[str, Question] = {}
    for item in read_yaml(path, KEYS):
        cells = {key: value for key, value in item.cells.items() if value is not None}
        for key in ("systems", "sources"):
            if isinstance(cells.get(key), str):
                raise complaint(f"'{key}' is not a list", file=path, line=item.lines[key], mend="write [A, B]")
        try:
            question = Question(**cells)
        except ValidationError as error:
            raise _wrong(error, item, path) from None
        if question.id in found:
            raise complaint(f"the id '{question.id}' stands twice", file=path, line=item.line, mend="rename one")
        found[question.id] = question
    return tuple(found.values())


def check_questions(
    questions: Iterable[Question], table: tuple[ex.Variable, ...], sources: Iterable[str] | None = None
) -> tuple[InputError, ...]:
    """What questions ask of a model that does not record it, and the sources that are not known.

    ``table`` is what ``expressions.variables`` says of a run; ``sources`` the known ids (None: not checked).
    """
    known = None if sources is None else set(sources)
    wrong: list[InputError] = []
    for question in questions:
        try:
            ex.check(question.tree, table)
        except InputError as error:
            wrong.append(InputError(f"question '{question.id}': {error.message}", mend=error.mend))
        for source in question.sources:
            if known is not None and source not in known:
                message = f"question '{question.id}': '{source}' is not a source"
                wrong.append(InputError(message, mend="use an id of sources.yaml"))
    return tuple(wrong)
