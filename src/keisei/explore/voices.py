"""The scoreboard of voices: what experts forecast, in numbers, beside the model, and scored once it is decided.

A wording becomes a range of probability by a published table (`wordings.yaml`: Intelligence Community Directive 203); a
Japanese wording is mapped to one of its terms with a reason. A range is scored at its middle, and at both ends to show
how much the score hangs on the mapping. A forecast that no question can decide is kept too, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from keisei import months
from keisei.errors import InputError
from keisei.evidence.tables import Item, complaint, read_yaml
from keisei.explore.claims import Place, parse_place
from keisei.forecast import expressions as ex

WORDINGS = Path(__file__).with_name("wordings.yaml")
_TERM_KEYS = ("id", "low", "high", "ja", "why")
KEYS = (
    "id", "speaker", "document", "place", "says_en", "says_ja", "wording", "term", "about", "asked", "expression",
    "resolution", "outcome", "outcome_source", "resolution_ja",
)  # fmt: skip
_OPTIONAL = ("place", "outcome", "outcome_source", "resolution_ja")
UNASKED_KEYS = ("id", "speaker", "document", "place", "says_en", "says_ja", "wording", "unasked", "unasked_ja")
_UNASKED_OPTIONAL = ("place", "wording", "unasked_ja")


@dataclass(frozen=True)
class Term:
    """A word of likelihood: its range, the Japanese wordings that are mapped to it, and why."""

    id: str
    low: float
    high: float
    ja: tuple[str, ...]
    why: str

    @property
    def middle(self) -> float:
        return 0.5 * (self.low + self.high)


@dataclass(frozen=True)
class Voice:
    """One forecast of one voice.

    Attributes:
        speaker, document, place: who, in which document, at which characters (None where the text is not at hand).
        says_en, says_ja: the forecast in our own words. wording: the words that carry its likelihood. term: what they
            are in numbers, of the event that ``expression`` asks for.
        about: what it is about; voices with the same stand side by side.
        asked: month in which it was said. expression, resolution: the question with its dates, and its rule.
        outcome: a person's ruling, None where the observations decide or nothing is decided yet; with its source.
    """

    id: str
    speaker: str
    document: str
    place: Place | None
    says_en: str
    says_ja: str
    wording: str
    term: Term
    about: str
    asked: int
    expression: str
    resolution: str
    outcome: bool | None
    outcome_source: str
    resolution_ja: str = ""

    @cached_property
    def tree(self) -> ex.Expression:
        return ex.parse(self.expression)


@dataclass(frozen=True)
class Unasked:
    """A forecast that no question with a date and a rule can decide.

    Attributes:
        speaker, document, place, says_en, says_ja: as of a `Voice`. wording: the words that carry its likelihood, empty
            where the text is not at hand.
        unasked, unasked_ja: why it is not asked.
    """

    id: str
    speaker: str
    document: str
    place: Place | None
    says_en: str
    says_ja: str
    unasked: str
    wording: str = ""
    unasked_ja: str = ""


@dataclass(frozen=True)
class Forecasts:
    """The forecasts of a case's documents: those that are asked, and those that are not."""

    voices: tuple[Voice, ...] = ()
    unasked: tuple[Unasked, ...] = ()


def load_wordings(path: Path = WORDINGS) -> dict[str, Term]:
    """The table of words, by id.

    Raises:
        InputError: with file and line.
    """
    found = {}
    for item in read_yaml(path, _TERM_KEYS):
        cells = item.cells
        try:
            low, high = float(cells["low"]), float(cells["high"])
        except (KeyError, TypeError, ValueError):
            raise complaint("low or high is not a number", file=path, line=item.line, mend="write both") from None
        if not 0 < low < high < 1 or not cells.get("why") or not isinstance(cells.get("ja"), list):
            raise complaint("a range, its wordings or its reason is off", file=path, line=item.line, mend="correct it")
        found[str(cells["id"])] = Term(str(cells["id"]), low, high, tuple(cells["ja"]), str(cells["why"]))
    return found


def load_voices(path: Path, terms: Mapping[str, Term] | None = None) -> Forecasts:
    """The forecasts of a YAML file, in its order; an entry with the key ``unasked`` is one that is not asked.

    Raises:
        InputError: with file and line.
    """
    table = terms or load_wordings()
    voices: list[Voice] = []
    unasked: list[Unasked] = []
    ids: set[str] = set()
    for item in read_yaml(path, tuple(dict.fromkeys((*KEYS, *UNASKED_KEYS)))):
        try:
            if "unasked" in item.cells:
                unasked.append(_unasked(item))
            else:
                voices.append(_voice(item, table))
        except InputError as error:
            line = item.lines.get(error.message.partition(":")[0], item.line)
            name = item.cells.get("id") or "?"
            raise complaint(f"voice '{name}': {error.message}", file=path, line=line, mend=error.mend) from None
        name = str(item.cells["id"])
        if name in ids:
            raise complaint(f"the id '{name}' stands twice", file=path, line=item.line, mend="rename one")
        ids.add(name)
    return Forecasts(tuple(voices), tuple(unasked))


def _texts(item: Item, keys: Sequence[str], optional: Sequence[str]) -> dict[str, str]:
    """The cells of an entry, each a text, with all that it needs and nothing else."""
    cells = {k: v for k, v in item.cells.items() if v is not None}
    for key in cells:
        if key not in keys:
            raise InputError(f"{key}: a forecast that is not asked has no such key", mend="remove it, or 'unasked'")
    for key in keys:
        if key not in optional and key not in cells:
            raise InputError(f"{key}: it is missing", mend="add it")
        if key in cells and not isinstance(cells[key], str):
            raise InputError(f"{key}: it is a list", mend="write one text")
    return cells


def _unasked(item: Item) -> Unasked:
    cells = _texts(item, UNASKED_KEYS, _UNASKED_OPTIONAL)
    place = parse_place(cells.pop("place")) if "place" in cells else None
    return Unasked(place=place, **cells)


def _voice(item: Item, table: Mapping[str, Term]) -> Voice:
    cells = _texts(item, KEYS, _OPTIONAL)
    if cells["term"] not in table:
        raise InputError(f"term: '{cells['term']}' is not in the table", mend=f"use {', '.join(table)}")
    term = table[cells["term"]]
    if cells["wording"] not in {w for t in table.values() for w in t.ja}:
        raise InputError(f"wording: '{cells['wording']}' is not in the table", mend="add it to wordings.yaml")
    if cells.get("outcome", "yes") not in ("yes", "no") or ("outcome" in cells) != ("outcome_source" in cells):
        raise InputError("outcome: it is yes or no, with an outcome_source", mend="correct it")
    try:
        asked = months.parse(cells["asked"])
        first = ex.span(ex.parse(cells["expression"]))[0]
    except InputError as error:
        raise InputError(f"expression: {error.message}", mend=error.mend) from None
    if first <= asked:
        raise InputError("expression: it asks for months that were past when it was said", mend="start after 'asked'")
    place = parse_place(cells["place"]) if "place" in cells else None
    rest = {k: cells[k] for k in cells if k not in ("place", "term", "asked", "outcome", "outcome_source")}
    return Voice(
        **rest, place=place, term=term, asked=asked, outcome={"yes": True, "no": False}.get(cells.get("outcome", "")),
        outcome_source=cells.get("outcome_source", ""),
    )  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A voice on the scoreboard.

    Attributes:
        probability, mc_error: the model's, from the month in which the voice spoke; None where it was not run.
        effective_draws: parameter draws behind it; ``vintage``: month of the evidence they have taken in, or "prior".
        happened: None while it is open. by: what decided it.
        brier, brier_low, brier_high: of the voice at the middle of its range, and the best and worst over the range.
        brier_model: of the model. low, high: the run's 95 % interval of the model's probability, or the bound where
            no member, or every member, says yes.
    """

    voice: Voice
    probability: float | None
    mc_error: float | None
    effective_draws: float | None
    vintage: str
    happened: bool | None
    by: str
    brier: float | None
    brier_low: float | None
    brier_high: float | None
    brier_model: float | None
    low: float | None = None
    high: float | None = None

    @property
    def apart(self) -> str:
        """Whether the model's probability lies inside the voice's range, below or above it."""
        if self.probability is None:
            return ""
        low, high = self.voice.term.low, self.voice.term.high
        return "inside" if low <= self.probability <= high else "below" if self.probability < low else "above"


def entry(
    voice: Voice,
    observed: bool | None,
    *,
    probability: float | None = None,
    mc_error: float | None = None,
    effective_draws: float | None = None,
    vintage: str = "",
    low: float | None = None,
    high: float | None = None,
) -> Entry:
    """Score a voice. ``observed``: what the observations say of its expression, None where they do not decide.

    Raises:
        InputError: a person's ruling contradicts the observations.
    """
    if voice.outcome is not None and observed is not None and voice.outcome != observed:
        raise InputError(f"voice '{voice.id}': its outcome is not what the evidence says", mend="check both")
    happened = voice.outcome if voice.outcome is not None else observed
    by = voice.outcome_source if voice.outcome is not None else "evidence" if observed is not None else ""
    if happened is None:
        return Entry(
            voice, probability, mc_error, effective_draws, vintage, None, "", None, None, None, None, low, high
        )
    y = 1.0 if happened else 0.0
    ends = sorted(((voice.term.low - y) ** 2, (voice.term.high - y) ** 2))
    best = 0.0 if voice.term.low <= y <= voice.term.high else ends[0]
    model = None if probability is None else (probability - y) ** 2
    return Entry(
        voice, probability, mc_error, effective_draws, vintage, happened, by, (voice.term.middle - y) ** 2, best,
        ends[1], model, low, high,
    )  # fmt: skip


def side_by_side(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Entries by what they are about, in the order of first mention: those who disagree stand together."""
    found: dict[str, list[Entry]] = {}
    for e in entries:
        found.setdefault(e.voice.about, []).append(e)
    return {about: tuple(group) for about, group in found.items()}
