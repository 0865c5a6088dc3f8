"""What reading a document gives: plain frozen records, offsets in code points of the original text."""

from __future__ import annotations

from dataclasses import dataclass, field

PLOVER = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
INSTRUMENTS = (
    "summit", "visit", "meeting", "parade", "treaty", "arms_transfer", "technology_transfer", "food_aid", "economic_aid",  # noqa: E501
    "trade", "labour", "tourism", "finance", "sanction_resolution", "veto", "vote", "missile_test", "nuclear_test",
    "satellite_launch", "engine_test", "exercise", "troop_deployment", "war", "statement", "denial", "readout",
    "arrest_warrant", "election", "other",
)  # fmt: skip
STATUSES = ("occurred", "reported", "denied", "planned", "hypothetical")
KINDS = ("assessment", "forecast", "advice", "conditional_forecast")
MODALITIES = ("certain", "likely", "possible", "unlikely")
TWO_SIDED = ("AGREE", "CONSULT", "COOPERATE")


@dataclass(frozen=True)
class Entity:
    """One thing with one id; ``proposed`` where it stands in no lexicon and was found by a rule."""

    id: str
    type: str
    name_en: str
    country: str | None = None
    role: str | None = None
    proposed: bool = False


@dataclass(frozen=True)
class Mention:
    """A surface form that stands in the text. ``ids`` holds more than one for compounds such as 米朝."""

    start: int
    end: int
    ids: tuple[str, ...]
    rule: str
    acts: bool = True  # whether it can be an actor here (a capital as a mere place cannot)


@dataclass(frozen=True)
class Event:
    """An event with its span, PLOVER type, instrument, sides and the rule that found it."""

    start: int
    end: int
    plover: str
    instrument: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    status: str
    date: str | None = None
    precision: str = "none"
    place: str | None = None
    attributed_to: str | None = None
    quantities: tuple[int, ...] = ()
    rule: str = ""
    trigger: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Claim:
    """A judgement with a voice behind it. ``polarity`` is kept apart from strength (``modality``)."""

    start: int
    end: int
    speaker: str
    kind: str
    modality: str
    polarity: str = "affirmed"
    condition: str | None = None
    about: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True)
class Hand:
    """One link of the chain a text came through, the original first."""

    publisher: str | None
    author: str | None
    date: str | None
    role: str  # original | translation | summary | republication


@dataclass(frozen=True)
class Region:
    """A part of a text with one voice. ``kind``: body, title, byline, note, navigation."""

    start: int
    end: int
    kind: str
    speaker: str = "AUTHOR"
    published: str | None = None


@dataclass(frozen=True)
class Provenance:
    """Where a text comes from. ``published`` is null with a reason where neither text nor user gives it."""

    kind: str  # article | translation | summary | blog | blog_with_translation | reprint
    chain: tuple[Hand, ...]
    published: str | None
    published_reason: str | None
    not_before: str | None
    regions: tuple[Region, ...]
    authors: dict[str, str] = field(default_factory=dict)  # name as it stands in the text → entity id


__all__ = [
    "INSTRUMENTS", "KINDS", "MODALITIES", "PLOVER", "STATUSES", "TWO_SIDED", "Claim", "Entity", "Event", "Hand",
    "Mention", "Provenance", "Region",
]  # fmt: skip
