"""What a report shows of a verification: scores, rare events, coverage and failures, read from its document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from keisei.errors import InputError
from keisei.report.shipped import other_draws
from keisei.report.view import Text

_MEND = "write it with keisei verify --json"
ADDS, TAKES, NOT_SHOWN = "the model adds", "the model takes away", "not shown that the model adds"
FEW = "not demonstrable"


@dataclass(frozen=True)
class Score:
    """One line of the verification: a target at a lead against its rivals; ``gain`` with its 90 % interval.

    ``less_model``, ``less_best``: the blend that a forecast returns less the model, and less the best rival; None where
    the document is older than these.
    """

    id: str
    metric: str
    lead: int
    score: float
    baselines: Mapping[str, float]
    gain: float
    gain_q05: float
    gain_q95: float
    n: int
    verdict: str
    less_model: float | None = None
    less_best: float | None = None

    @property
    def adds(self) -> bool:
        """Whether the model does."""
        return self.verdict == ADDS

    @property
    def few(self) -> bool:
        """Whether events are too few to tell."""
        return self.verdict.startswith(FEW)

    @property
    def best(self) -> str:
        """The best rival, with hindsight."""
        sign = 1.0 if self.metric == "log_score" else -1.0
        return max(self.baselines, key=lambda name: sign * self.baselines[name])


@dataclass(frozen=True)
class Rare:
    """An event too rare for a score: how often it came and was said to, and the months that cost most."""

    id: str
    lead: int
    observed: int
    expected: float
    low: float
    high: float
    inside: bool
    worst: float
    worst_month: str
    dear: tuple[str, ...]


@dataclass(frozen=True)
class Covered:
    """Share of outcomes in a central interval, with the exact binomial 95 % band."""

    id: str
    lead: int
    nominal: float
    observed: float
    low: float
    high: float
    n: int
    passes: bool


@dataclass(frozen=True)
class Failure:
    """A month that the model liked little: what came, what it said (probability or mean count), nats."""

    id: str
    lead: int
    month: str
    outcome: float
    said: float
    nats: float


@dataclass(frozen=True)
class Standing:
    """Targets of one verdict by their first metric, each with the leads in months at which it holds."""

    verdict: str
    targets: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Verification:
    """Results of ``keisei verify``, read from a file.

    Attributes:
        scores: by target, metric and lead. names: of the targets.
        reliability: (target and lead, bins), a bin being a mapping with the keys of `ReliabilityBin`.
        rare, coverage, failures: empty where the document has none.
        free_is_rival: whether the free-running model was among the rivals of the gain.
        version: of the code that made it. stale: vintages whose draws are other ones now.
    """

    file: str
    scores: tuple[Score, ...]
    reliability: tuple[tuple[str, tuple[Mapping[str, Any], ...]], ...] = ()
    rare: tuple[Rare, ...] = ()
    coverage: tuple[Covered, ...] = ()
    failures: tuple[Failure, ...] = ()
    names: Mapping[str, Text] = field(default_factory=dict)
    free_is_rival: bool = False
    version: str = ""
    stale: tuple[str, ...] = ()

    def name(self, target: str) -> Text:
        """A target for readers."""
        return self.names.get(target, Text(target))

    @property
    def main(self) -> tuple[Score, ...]:
        """One score a target and lead: by the metric that stands first."""
        first: dict[tuple[str, int], Score] = {}
        for one in self.scores:
            first.setdefault((one.id, one.lead), one)
        return tuple(first.values())

    @property
    def told(self) -> tuple[Score, ...]:
        """The main scores that rest on enough events."""
        return tuple(one for one in self.main if not one.few)

    @property
    def untold(self) -> tuple[Score, ...]:
        """Those that do not."""
        return tuple(one for one in self.main if one.few)

    @property
    def other(self) -> tuple[Score, ...]:
        """The scores by further metrics."""
        main = set(map(id, self.main))
        return tuple(one for one in self.scores if id(one) not in main)

    def standing(self, verdict: str) -> Standing:
        """Which targets have a verdict, at which leads; `FEW` stands for any number of events."""
        found: dict[str, list[int]] = {}
        for one in self.main:
            if one.verdict == verdict or (verdict == FEW and one.few):
                found.setdefault(one.id, []).append(one.lead)
        return Standing(verdict, tuple((name, tuple(leads)) for name, leads in found.items()))

    @property
    def outside(self) -> tuple[Covered, ...]:
        """Intervals that cover too much or too little."""
        return tuple(one for one in self.coverage if not one.passes)

    def covers(self, nominal: float) -> tuple[int, int]:
        """(intervals inside their band, all) of a nominal share."""
        here = [one.passes for one in self.coverage if abs(one.nominal - nominal) < 1e-9]
        return sum(here), len(here)


def read_verification(path: Path, draws: Mapping[str, str] | None = None) -> Verification:
    """Results of ``keisei verify --json``, from a file; parts that an older document lacks are empty.

    Args:
        draws: vintage → hash of the draws that the case ships.

    Raises:
        InputError: the file is no JSON document of that shape.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        curves = tuple((str(c["id"]), tuple(c["bins"])) for c in document.get("reliability", ()))
        for _, bins in curves:
            for one in bins:
                _ = [float(one[k]) for k in ("forecast", "observed", "bar_low", "bar_high", "n")]
        return Verification(
            file=path.name,
            scores=tuple(map(_score, document["targets"])),
            reliability=curves,
            rare=tuple(map(_rare, document.get("rare", ()))),
            coverage=tuple(map(_covered, document.get("coverage", ()))),
            failures=tuple(map(_failure, document.get("failures", ()))),
            names={str(k): Text(str(v)) for k, v in document.get("titles", {}).items()},
            free_is_rival=any("differences" in entry for entry in document["targets"]),
            version=str(document.get("version") or ""),
            stale=other_draws(document, draws or {}),
        )
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"it cannot be read ({error})", file=path, mend=_MEND) from None
    except json.JSONDecodeError as error:
        raise InputError(f"it is not JSON ({error.msg})", file=path, line=error.lineno, mend=_MEND) from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        said = f"it is no verification: {type(error).__name__} at {error}"
        raise InputError(said, file=path, mend=_MEND) from None


def _bound(value: float | None) -> float:
    """An end of an interval; NaN where there were too few origins for one."""
    return float("nan") if value is None else float(value)


def _score(entry: Mapping[str, Any]) -> Score:
    low, high = _bound(entry["gain_q05"]), _bound(entry["gain_q95"])
    apart = entry.get("differences", {})
    if not entry["baselines"]:
        raise ValueError(f"{entry['id']} without baselines")
    return Score(
        str(entry["id"]), str(entry["metric"]), int(entry["lead"]), float(entry["score"]),
        {str(k): float(v) for k, v in entry["baselines"].items()}, float(entry["gain"]), low, high, int(entry["n"]),
        str(entry.get("verdict") or (ADDS if low > 0 else TAKES if high < 0 else NOT_SHOWN)),
        *(float(apart[key]["mean"]) if key in apart else None for key in ("blend_less_model", "blend_less_best")),
    )  # fmt: skip


def _rare(row: Mapping[str, Any]) -> Rare:
    return Rare(
        str(row["id"]), int(row["lead"]), int(row["observed"]), float(row["expected"]), float(row["low"]),
        float(row["high"]), bool(row["sum_in_interval"]), float(row["worst"]), str(row["worst_month"]),
        tuple(map(str, row.get("months_under_minus_two_relative", ()))),
    )  # fmt: skip


def _covered(row: Mapping[str, Any]) -> Covered:
    return Covered(
        str(row["id"]), int(row["lead"]), float(row["nominal"]), float(row["observed"]), float(row["band_low"]),
        float(row["band_high"]), int(row["n"]), bool(row["passes"]),
    )  # fmt: skip


def _failure(row: Mapping[str, Any]) -> Failure:
    return Failure(
        str(row["id"]), int(row["lead"]), str(row["month"]), float(row["outcome"]), float(row["said"]),
        float(row["log_score"]),
    )  # fmt: skip
