"""The scoreboard of voices: results of ``keisei voices --json``, for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keisei.errors import InputError
from keisei.forecast import expressions as ex
from keisei.report import shipped
from keisei.report.labels import Labels, named
from keisei.report.view import Cited, Text

FILE = "keisei-voices.json"
COMMAND = "keisei voices --json"


@dataclass(frozen=True)
class VoiceView:
    """One forecast of one voice, the model's beside it, and both scores once it is decided.

    Attributes:
        wording: the words that carry the likelihood. term: what they are in numbers, ``low`` to ``high``.
        window: first and last month that decide it; None where the expression is not at hand. rule: how it is decided.
        probability, p_low, p_high: the model's at the month in which the voice spoke, with the run's 95 % interval.
        happened: None while it is open. by: the source that decided it, or ``evidence``.
        effective: parameter draws behind the model's probability.
        brier, brier_low, brier_high: of the voice; brier_model: of the model.
    """

    id: str
    speaker: Text
    document: Cited
    says: Text
    wording: str
    term: str
    low: float
    high: float
    asked: str
    window: tuple[int, int] | None
    rule: Text
    probability: float | None
    p_low: float | None
    p_high: float | None
    vintage: str
    happened: bool | None
    brier: float | None
    brier_low: float | None
    brier_high: float | None
    brier_model: float | None
    by: Cited | None = None
    effective: float | None = None

    @property
    def bound(self) -> bool:
        """Whether no member, or every member, says yes, so that only a bound can be given."""
        return self.probability in (0.0, 1.0) and self.p_low is not None

    @property
    def apart(self) -> str:
        """Whether the model lies inside the range of the wording, below or above it; empty without the model.

        ``untold``: the model gives a bound alone, which reaches into the range.
        """
        if self.probability is None:
            return ""
        if self.bound and (self.p_low or 0.0) < self.high and self.low < (1.0 if self.p_high is None else self.p_high):
            return "untold"
        return "below" if self.probability < self.low else "above" if self.probability > self.high else "inside"


@dataclass(frozen=True)
class TopicView:
    """What voices speak about, and the voices: those who disagree stand together."""

    label: Text
    voices: tuple[VoiceView, ...]

    @property
    def rule(self) -> Text | None:
        """The rule that several voices share, None where each has its own."""
        rules = {v.rule for v in self.voices}
        return rules.pop() if len(rules) == 1 < len(self.voices) else None


@dataclass(frozen=True)
class UnaskedView:
    """A forecast that no question can decide, and why."""

    speaker: Text
    document: Cited
    says: Text
    wording: str
    why: Text


@dataclass(frozen=True)
class VoicesView:
    """Voices by topic. ``settings``: how the model was run. ``unasked``: forecasts without a question.

    ``stale``: vintages whose draws are other ones now than those the model was run with.
    """

    file: str
    settings: Mapping[str, str]
    topics: tuple[TopicView, ...]
    unasked: tuple[UnaskedView, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def all(self) -> list[VoiceView]:
        return [v for topic in self.topics for v in topic.voices]

    @property
    def decided(self) -> list[VoiceView]:
        return [v for v in self.all if v.brier is not None]

    @property
    def compared(self) -> list[VoiceView]:
        """Voices with the model beside them."""
        return [v for v in self.all if v.probability is not None]

    @property
    def fewest(self) -> float | None:
        """The least effective number of parameter draws behind a probability of the model."""
        return min((v.effective for v in self.compared if v.effective is not None), default=None)

    @property
    def scores(self) -> tuple[float, float, int] | None:
        """Mean Brier score of the voices and of the model over those that are decided and have both; how many."""
        both = [(v.brier, v.brier_model) for v in self.decided if v.brier is not None and v.brier_model is not None]
        if not both:
            return None
        n = len(both)
        return sum(voice for voice, _ in both) / n, sum(model for _, model in both) / n, n


def read_voices(path: Path, labels: Labels, draws: Mapping[str, str] | None = None) -> VoicesView:
    """Results of ``keisei voices --json``; ``draws``: vintage → hash of the draws that the case ships.

    Raises:
        InputError: the file is no document of that shape; what it has beside is passed over.
    """
    document = shipped.read_document(path, COMMAND)
    rows = shipped.entries(document, "voices", path, COMMAND)
    groups: dict[str, list[VoiceView]] = {}
    try:
        rules = {str(row["voice"]["id"]): _rule(row["voice"]) for row in rows}
        for row in rows:
            groups.setdefault(str(row["voice"]["about"]), []).append(_voice(row, labels, rules))
        unasked = tuple(_unasked(row, labels) for row in document.get("unasked", ()))
    except (KeyError, TypeError, ValueError) as error:
        said = f"a voice of it is incomplete: {type(error).__name__} at {error}"
        raise InputError(said, file=path, mend=f"write it with {COMMAND}") from None
    topics = tuple(TopicView(named(labels.topics, about), tuple(voices)) for about, voices in groups.items())
    stale = shipped.other_draws(document, draws or {})
    return VoicesView(path.name, shipped.settings(document, "voices"), topics, unasked, stale)


def _unasked(row: Mapping[str, Any], labels: Labels) -> UnaskedView:
    return UnaskedView(
        named(labels.people, str(row["speaker"])), _named(row.get("document"), labels),
        Text(str(row["says_en"]), str(row.get("says_ja") or "")), str(row.get("wording") or ""),
        Text(str(row["unasked"]), str(row.get("unasked_ja") or "")),
    )  # fmt: skip


def _rule(v: Mapping[str, Any]) -> Text:
    return Text(str(v.get("resolution") or ""), str(v.get("resolution_ja") or ""))


def _shared(rule: Text, rules: Mapping[str, Text]) -> Text:
    """A rule that points to another ("As for zhao-omission; …") with that rule in its place."""
    head, mark, rest = rule.en.removeprefix("As for ").rstrip(".").partition("; ")
    if rule.en.startswith("As for ") and head in rules:
        other = rules[head]
        more = f" {rest[0].upper()}{rest[1:]}." if mark else ""
        return Text(other.en + more, rule.ja or other.ja)
    return rule


def _voice(row: Mapping[str, Any], labels: Labels, rules: Mapping[str, Text]) -> VoiceView:
    v, number = row["voice"], shipped.number
    happened = row.get("happened")
    return VoiceView(
        id=str(v["id"]), speaker=named(labels.people, str(v["speaker"])), document=_named(v.get("document"), labels),
        says=Text(str(v["says_en"]), str(v.get("says_ja") or "")), wording=str(v.get("wording") or ""),
        term=str(v["term"]["id"]), low=float(v["term"]["low"]), high=float(v["term"]["high"]),
        asked=str(v.get("asked") or ""), window=_window(str(v.get("expression") or "")),
        rule=_shared(_rule(v), rules), probability=number(row, "probability"), p_low=number(row, "low"),
        p_high=number(row, "high"), vintage=str(row.get("vintage") or ""),
        happened=None if happened is None else bool(happened), brier=number(row, "brier"),
        brier_low=number(row, "brier_low"), brier_high=number(row, "brier_high"),
        brier_model=number(row, "brier_model"), by=_named(row["by"], labels) if row.get("by") else None,
        effective=number(row, "effective_draws"),
    )  # fmt: skip


def _named(document: object, labels: Labels) -> Cited:
    name = str(document or "")
    return Cited(name, named(labels.sources, name))


def _window(expression: str) -> tuple[int, int] | None:
    try:
        return ex.span(ex.parse(expression))
    except InputError:
        return None
