"""What a report shows, as plain data: made from outlooks by `keisei.report.build`, drawn by `keisei.report.page`.

Months are integers of `keisei.months`; texts that a reader sees stand in English and Japanese.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from keisei import months

if TYPE_CHECKING:
    from keisei.report.claims import ClaimsView
    from keisei.report.verified import Verification
    from keisei.report.voices import VoicesView
    from keisei.report.why import WhyView

MAIN = 6  # questions on the first screen
Placing = Literal["above", "below", "alike", "unknown"]


@dataclass(frozen=True)
class Text:
    """A text in both languages; where only the original is at hand, ``ja`` is empty and the original is shown."""

    en: str
    ja: str = ""


@dataclass(frozen=True)
class Cited:
    """What is referred to: its id on the page, and its name or, of another claim, what it says."""

    id: str
    name: Text


@dataclass(frozen=True)
class BlendView:
    """What a blended probability is made of.

    Attributes:
        raw: the model's own probability. weight: its weight in the blend.
        rival, said: the simple forecast with the largest weight, and what it says.
        gain, low, high: what the model added in hindcasts, nats a month, with the 90 % interval.
    """

    raw: float
    weight: float
    rival: str
    said: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True)
class QuestionView:
    """A question, what is thought of it now, what was thought of it at the origin before, and how often it came true.

    Attributes:
        window: first and last month that decide it.
        moving: its months are counted from the origin, so that the outlook before asked about other months.
        now, low, high: probability and 95 % interval of the run (or the bound where no member, or every member, holds).
        bound: no member, or every member, holds: the probability is shown as a bound.
        draw_spread: standard deviation over parameter draws, None without several.
        before: the probability of the outlook before, None where it was not asked then. change_error: standard error
            of now less before.
        base, base_low, base_high: base rate with its 90 % interval; None without covered past.
        base_windows: windows of the past that do not overlap, on which the base rate rests.
        smallest: smallest change of interest, None where the question gives none.
        blend: what ``now`` is made of where it is a blend; None where it is the model's own.
    """

    id: str
    system: str
    text: Text
    resolution: str
    expression: str
    window: tuple[int, int]
    moving: bool
    now: float
    low: float
    high: float
    bound: bool = False
    draw_spread: float | None = None
    before: float | None = None
    change_error: float | None = None
    base: float | None = None
    base_low: float | None = None
    base_high: float | None = None
    base_windows: float = 0.0
    smallest: float | None = None
    blend: BlendView | None = None

    @property
    def change(self) -> float | None:
        """Now less before."""
        return None if self.before is None else self.now - self.before

    @property
    def moved(self) -> bool:
        """Whether the change is beyond 1.96 of its standard errors and not below the smallest of interest."""
        if self.change is None or self.change_error is None:
            return False
        return abs(self.change) > 1.96 * self.change_error and abs(self.change) >= (self.smallest or 0.0)

    @property
    def against_base(self) -> Placing:
        """Where the run's 95 % interval lies against the base rate's 90 % interval: ``alike`` where they overlap."""
        if self.base is None or self.base_low is None or self.base_high is None:
            return "unknown"
        if self.low > self.base_high:
            return "above"
        return "below" if self.high < self.base_low else "alike"


@dataclass(frozen=True)
class Dot:
    """An observed figure for months ``first``..``last``, in the plume's unit.

    ``weighs``: it makes a row of the score, so that members were weighed by it. ``later``: it became known after the
    origin and was not used.
    """

    first: int
    last: int
    value: float
    low: float | None
    high: float | None
    maker: str
    weighs: bool = True
    later: bool = False


@dataclass(frozen=True)
class Plume:
    """Quantiles of a record over the members by month, past and future, with what was observed.

    Attributes:
        months: one for each entry of the quantiles; the past ends with ``origin``.
        before_months, before_median: the median that the outlook before gave for the months after its origin.
        marks: months in which something of note is on record (meetings of leaders), drawn as ticks.
    """

    id: str
    title: Text
    unit: Text
    origin: int
    months: tuple[int, ...]
    q05: tuple[float, ...]
    q25: tuple[float, ...]
    q50: tuple[float, ...]
    q75: tuple[float, ...]
    q95: tuple[float, ...]
    dots: tuple[Dot, ...] = ()
    before_months: tuple[int, ...] = ()
    before_median: tuple[float, ...] = ()
    marks: tuple[int, ...] = ()
    note: Text = Text("")

    def at(self, month: int) -> tuple[float, float, float, float, float] | None:
        """The five quantiles in a month, None outside."""
        if month not in self.months:
            return None
        i = self.months.index(month)
        return self.q05[i], self.q25[i], self.q50[i], self.q75[i], self.q95[i]


@dataclass(frozen=True)
class FactView:
    """A fact of the evidence; ``unused`` says why it weighs nothing, empty where it does."""

    id: str
    date: str
    month: int
    target: str
    value: str
    title: Text
    certainty: str
    checked: str
    sources: tuple[str, ...]
    reported: str = ""
    note: str = ""
    unused: str = ""


@dataclass(frozen=True)
class FigureView:
    """A measurement that became known since the origin before."""

    target: str
    date: str
    value: float
    unit: str
    maker: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class HealthMonth:
    """Effective sample (share of the particles), log-likelihood, and the row that cost most, of one month.

    ``particles``: how many different ones the lines that tell the past were then. ``facts``: what the evidence tells at
    that row. ``quiet``: the row says that nothing happened in a covered month.
    """

    month: int
    ess: float
    loglik: float
    row: str
    row_logp: float
    particles: int
    facts: tuple[Text, ...] = ()
    quiet: bool = False


@dataclass(frozen=True)
class LawView:
    """A law of the case and what of it is unproven."""

    module: str
    title: str
    unproven: str


@dataclass(frozen=True)
class EarnedView:
    """What a mechanism of a law earns: what changes when it is held constant.

    Attributes:
        change, error: of the log score of its rows in nats, negative where they are foretold worse without it; None
            where no row bears on it. shift, shift_error: of the mean of ``record``, in standard deviations.
        unproven: neither is beyond two standard errors, or the score is better without it.
    """

    law: str
    mechanism: Text
    change: float | None
    error: float | None
    record: str
    shift: float | None
    shift_error: float | None
    unproven: bool


@dataclass(frozen=True)
class ParameterView:
    """A parameter whose prior is our own estimate."""

    id: str
    prior: str
    unit: str
    meaning: Text


@dataclass(frozen=True)
class Unknowns:
    """What the model does not know.

    Attributes:
        statements: what cannot be identified or answered, in sentences.
        laws: laws with a part that is unproven. estimated: parameters without a source but our own estimate.
        parameters: how many there are in all.
        unused: facts that have a place in the model but make no row. without_site: (site, number of facts) of facts for
            which the model has no place.
        uncovered: event and count sites without coverage: no news is not an observed nothing there.
        earned: what the mechanisms of the laws earn. tried: with which draws that was found.
    """

    statements: tuple[Text, ...]
    laws: tuple[LawView, ...]
    estimated: tuple[ParameterView, ...]
    parameters: int
    unused: tuple[FactView, ...]
    without_site: tuple[tuple[str, int], ...]
    uncovered: tuple[str, ...]
    earned: tuple[EarnedView, ...] = ()
    tried: str = ""


@dataclass(frozen=True)
class SourceView:
    """A source with its link and what it derives from."""

    id: str
    title: str
    author: str
    publisher: str
    date: str
    url: str
    trust: str
    language: str
    derives_from: tuple[str, ...]
    cited: int


@dataclass(frozen=True)
class RunInfo:
    """How the report was made; vintages are the months up to which the draws of the two outlooks were calibrated."""

    made: str
    version: str
    versions: Mapping[str, str]
    backend: str
    seed: int
    members: int
    draws: int
    particles: int
    effective_draws: float
    log_evidence: float
    vintage: str
    first: int
    facts: int
    measurements: int
    rows: int


@dataclass(frozen=True)
class ReportView:
    """All that a report shows."""

    case: str
    name: Text
    origin: int
    before: int
    until: int
    questions: tuple[QuestionView, ...]
    plumes: tuple[Plume, ...]
    pairs: tuple[Plume, ...]
    arrived: tuple[FactView, ...]
    arrived_figures: tuple[FigureView, ...]
    facts: tuple[FactView, ...]
    health: tuple[HealthMonth, ...]
    unknowns: Unknowns
    run: RunInfo
    sources: tuple[SourceView, ...]
    verification: Verification | None = None
    why: WhyView | None = None
    claims: ClaimsView | None = None
    voices: VoicesView | None = None

    @property
    def calibrated_since(self) -> bool:
        """Whether the parameter draws have seen evidence from after the origin before."""
        return bool(self.run.vintage) and months.parse(self.run.vintage) > self.before


def movers(questions: Sequence[QuestionView]) -> list[QuestionView]:
    """Questions to show first: those that moved, then the largest other changes; by size within each."""
    asked = [q for q in questions if q.change is not None]
    return sorted(asked, key=lambda q: (not q.moved, -abs(q.change or 0.0)))[:MAIN]
