"""What a case knows, as frozen records: sources, entities, facts, coverage, measurements.

Each is checked when it is made, by the loaders or by a script; ``file`` and ``line`` say where it stands and
take no part in comparisons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, model_validator
from pydantic.dataclasses import dataclass

from keisei import months
from keisei.errors import InputError
from keisei.evidence.dates import Precision, Span, agrees, parse_date

Trust = Literal["high", "medium", "low"]
ChainRole = Literal["original", "translation", "summary", "republication"]
Certainty = Literal["confirmed", "reported", "contested", "denied", "estimate"]
Checked = Literal["opened", "document", "memory"]
EntityType = Literal["state", "person", "organisation", "place", "weapon", "agreement", "document"]

# the item types of the Citation Style Language, version 1.0.2
CSL_TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview
    legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent
    performance periodical personal_communication post post-weblog regulation report review review-book
    software song speech standard thesis treaty webpage
    """.split()  # noqa: SIM905 (fifty quotes are harder to read)
)
# a yearly figure is known this many months after its period ends, unless `published` says otherwise: the Bank
# of Korea gives North Korea's growth of a year at the end of the following July
PUBLICATION_LAG: Mapping[str, int] = {"month": 0, "quarter": 3, "year": 7}

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
_OPTION = re.compile(r"[^\W\d][\w .+/-]*")
_NAME = re.compile(r"[^\s\[\]=@;,]+")
_INDEX = re.compile(r"[^\s\[\]=@;]*")
_HUGE = 1e300


def _number(given: object) -> object:
    """A finite number, or None for an empty cell."""
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, str):
        text = given.strip()
        if not text:
            return None
        if _NOT_FINITE.fullmatch(text):
            raise ValueError(f"'{text}' is not a finite number; leave the cell empty where no number is known")
        if not _NUMBER.fullmatch(text):
            raise ValueError(f"'{text}' is not a number; write digits with a point, without commas or units")
        given = float(text)
    if isinstance(given, int | float) and not abs(given) < _HUGE:
        raise ValueError(f"{given} is not a finite number; give a number")
    return given


def _some_number(given: object) -> object:
    number = _number(given)
    if number is None:
        raise ValueError("the value is empty; give a number, or leave the row out")
    return number


def _value(given: object) -> object:
    """A finite number, or the name of an option."""
    if not isinstance(given, str):
        return _number(given)
    text = given.strip()
    if not text:
        raise ValueError("the value is empty; write 1 for an event, a number, or an option's name")
    if _NUMBER.fullmatch(text) or _NOT_FINITE.fullmatch(text):
        return _number(text)
    if not _OPTION.fullmatch(text):
        raise ValueError(
            f"'{text}' is neither a number nor an option's name; write a number without commas, or a name of letters"
        )
    return text


def _list(given: object) -> object:
    """Ids joined by ``;``, or a list of them."""
    if isinstance(given, str):
        return tuple(part.strip() for part in given.split(";") if part.strip())
    if given is None:
        return ()
    return tuple(given) if isinstance(given, list) else given


def _authors(given: object) -> object:
    """One author, or a list; a comma or semicolon belongs to the name."""
    return (given,) if isinstance(given, str) and given else _list(given)


def _attributes(given: object) -> object:
    """``key=value;key=value`` as a mapping."""
    if not isinstance(given, str):
        return {} if given is None else given
    found: dict[str, str] = {}
    for part in given.split(";"):
        if not part.strip():
            continue
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not (key and equals and value):
            raise ValueError(f"'{part.strip()}' is not an attribute; write key=value;key=value")
        if key in found:
            raise ValueError(f"the attribute '{key}' stands twice; give it once")
        found[key] = value
    return found


def _date(given: object) -> object:
    """A date's text, checked."""
    if isinstance(given, str) and given.strip():
        parse_date(given)
        return given.strip()
    raise ValueError("the date is empty; write YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY or A/B")


def _optional_date(given: object) -> object:
    return "" if given is None or (isinstance(given, str) and not given.strip()) else _date(given)


def _month(given: object) -> object:
    """A month as YYYY-MM."""
    if isinstance(given, int):
        return given
    try:
        return months.parse(str(given))
    except InputError as error:
        raise ValueError(f"{error.message}; {error.mend}") from None


def _optional_month(given: object) -> object:
    return None if given is None or given == "" else _month(given)


def _text(given: object) -> object:
    return "" if given is None else given.strip() if isinstance(given, str) else given


def _name(given: object) -> object:
    if isinstance(given, str) and _NAME.fullmatch(given.strip()):
        return given.strip()
    raise ValueError(
        f"'{given}' is not a name; write it without spaces, brackets, '=', '@', ';' and ','"
        if given
        else "it is empty; give a name"
    )


def _index(given: object) -> object:
    text = "" if given is None else str(given).strip()
    if not _INDEX.fullmatch(text):
        raise ValueError(f"'{text}' is not an index; write it without spaces, brackets, '=', '@' and ';'")
    return text


def _csl(given: object) -> object:
    if given not in CSL_TYPES:
        raise ValueError(f"'{given}' is no type of source; write a type of CSL such as article, report or dataset")
    return given


def _some_text(given: object) -> object:
    if isinstance(given, str) and given.strip():
        return given.strip()
    raise ValueError("it is empty; give a text")


Text = Annotated[str, BeforeValidator(_text)]
SomeText = Annotated[str, BeforeValidator(_some_text)]
Name = Annotated[str, BeforeValidator(_name)]
Index = Annotated[str, BeforeValidator(_index)]
Names = Annotated[tuple[str, ...], BeforeValidator(_list)]
Number = Annotated[float | None, BeforeValidator(_number)]
SomeDate = Annotated[str, BeforeValidator(_date)]
OptionalDate = Annotated[str, BeforeValidator(_optional_date)]
Month = Annotated[int, BeforeValidator(_month)]
OptionalMonth = Annotated[int | None, BeforeValidator(_optional_month)]
Certain = Annotated[Certainty, BeforeValidator(_text)]

_CONFIG = ConfigDict(extra="forbid")


def in_order(value: object, low: float | None, high: float | None) -> None:
    """Refuse bounds that are crossed, or a value outside them (ValueError)."""
    if low is not None and high is not None and low > high:
        raise ValueError(f"low {low:g} is above high {high:g}; exchange them")
    if isinstance(value, int | float):
        if low is not None and value < low:
            raise ValueError(f"value {value:g} is below low {low:g}; give low ≤ value ≤ high")
        if high is not None and value > high:
            raise ValueError(f"value {value:g} is above high {high:g}; give low ≤ value ≤ high")


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Source:
    """Where something is known from, described as CSL does.

    ``derives_from`` names the sources that this one translates, summarises or quotes: what it says is theirs,
    so they count as one origin.
    """

    id: Name
    title: SomeText
    type: Annotated[str, BeforeValidator(_csl)]
    trust: Trust
    author: Annotated[tuple[str, ...], BeforeValidator(_authors)] = ()
    publisher: Text = ""
    date: OptionalDate = ""
    url: Text = ""
    language: Text = ""
    accessed: OptionalDate = ""
    derives_from: Names = ()
    chain_role: ChainRole | None = None
    note: Text = ""
    file: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Entity:
    """A state, person, organisation, place, weapon, agreement or document, with its names."""

    id: Name
    type: EntityType
    name_en: SomeText
    name_ja: Text = ""
    name_ko: Text = ""
    aliases: Names = ()
    country: Text = ""
    role: Text = ""
    first: OptionalDate = ""
    last: OptionalDate = ""
    note: Text = ""
    file: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, each once, the English one first."""
        given = (self.name_en, self.name_ja, self.name_ko, *self.aliases)
        return tuple(dict.fromkeys(name for name in given if name))


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Fact:
    """A dated fact at a site: one row of ``chronicle.csv``.

    ``value`` is a number or the name of an option; ``low`` and ``high`` stand only where the source gives
    them. ``reported`` is when it became known, where that is later than the date itself.
    """

    id: Name
    date: SomeDate
    precision: Precision
    site: Name
    index: Index = ""
    value: Annotated[float | str, BeforeValidator(_value)]
    low: Number = None
    high: Number = None
    certainty: Certainty
    attributes: Annotated[dict[str, str], BeforeValidator(_attributes)] = field(default_factory=dict, hash=False)
    sources: Names
    checked: Checked
    title_en: Text = ""
    title_ja: Text = ""
    note: Text = ""
    reported: OptionalDate = ""
    file: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)

    @model_validator(mode="after")
    def _consistent(self) -> Fact:
        if not agrees(self.span, self.precision):
            raise ValueError(
                f"the date '{self.date}' is of precision {self.span.precision}, not {self.precision}; make them agree"
            )
        if not self.sources:
            raise ValueError("no source is named; give at least one id of sources.yaml")
        if isinstance(self.value, str) and (self.low is not None or self.high is not None):
            raise ValueError(f"the option '{self.value}' has a low or high; leave these empty")
        in_order(self.value, self.low, self.high)
        return self

    @property
    def span(self) -> Span:
        """The days on which it may have happened."""
        return parse_date(self.date)

    @property
    def month(self) -> int | None:
        """The month it lies in, or None where the date may mean more than one."""
        span = self.span
        return span.first_month if span.first_month == span.last_month else None

    @property
    def target(self) -> str:
        """Site and index as one name, ``SITE`` or ``SITE[INDEX]``."""
        return f"{self.site}[{self.index}]" if self.index else self.site

    @property
    def known(self) -> int:
        """The first month at whose end it was known for certain: neither date nor report lies after it."""
        last = self.span.last_month
        return max(last, parse_date(self.reported).last_month) if self.reported else last


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Coverage:
    """Months (both ends included) in which no fact means that nothing happened at the site."""

    site: Name
    index: Index = ""
    first: Month
    last: Month
    sources: Names
    note: Text = ""
    file: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)

    @model_validator(mode="after")
    def _consistent(self) -> Coverage:
        if self.last < self.first:
            raise ValueError("the coverage ends before it starts; write from and until in order")
        if not self.sources:
            raise ValueError("no source is named; give at least one id of sources.yaml")
        return self

    @property
    def target(self) -> str:
        """Site and index as one name."""
        return f"{self.site}[{self.index}]" if self.index else self.site


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Measurement:
    """A figure for a period by a maker: one row of ``series.csv``; ``sd`` is its error, in its own unit."""

    series: Name
    index: Index = ""
    date: SomeDate
    value: Annotated[float, BeforeValidator(_some_number)]
    low: Number = None
    high: Number = None
    sd: Number = None
    unit: SomeText
    maker: SomeText
    sources: Names
    checked: Checked
    note: Text = ""
    published: OptionalMonth = None
    file: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)

    @model_validator(mode="after")
    def _consistent(self) -> Measurement:
        if self.span.precision in ("day", "interval"):
            raise ValueError(f"'{self.date}' is not a period of a series; write YYYY, YYYY-MM or YYYY-Qn")
        if not self.sources:
            raise ValueError("no source is named; give at least one id of sources.yaml")
        if self.sd is not None and self.sd <= 0:
            raise ValueError(f"sd {self.sd:g} is not above 0; give a standard deviation, or leave the cell empty")
        in_order(self.value, self.low, self.high)
        if self.published is not None and self.published < self.span.first_month:
            raise ValueError(f"it is published before its period {self.date} starts; correct one of them")
        return self

    @property
    def span(self) -> Span:
        """The period it measures."""
        return parse_date(self.date)

    @property
    def target(self) -> str:
        """Series and index as one name."""
        return f"{self.series}[{self.index}]" if self.index else self.series

    @property
    def known(self) -> int:
        """The month by whose end it was published: ``published``, else the period's end and the usual lag."""
        if self.published is not None:
            return self.published
        span = self.span
        return span.last_month + PUBLICATION_LAG[span.precision]
