"""Claims tried: one analysis for all claims of an origin, one pair of worlds for all that set the same sites.

Prior draws and calibrated draws are filtered side by side in one analysis, so that a pair of worlds serves both. In
each draw the state is what the evidence implies under that draw's parameters: P(claim) is over parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from keisei import months
from keisei.ensemble import Analysis, Lines, Worlds, assimilate, select_lines, twin
from keisei.ensemble.blocks import Progress
from keisei.ensemble.run import Members, dataset, merged
from keisei.errors import InputError
from keisei.explore.claims import Claim, check_claims
from keisei.explore.quantities import Quantity
from keisei.explore.verdicts import SWITCH_DRAWS, Effects, Judgement, judge
from keisei.model import Model, Parameters, layout
from keisei.model.sites import Levels
from keisei.score import Row

if TYPE_CHECKING:
    import xarray as xr


class Ground(Protocol):
    """What claims are tried on; a case is one."""

    @property
    def model(self) -> Model: ...
    @property
    def parameters(self) -> Parameters: ...
    @property
    def levels(self) -> Levels: ...
    def score(self, origin: int) -> tuple[Row, ...]: ...


@dataclass(frozen=True)
class DrawSets:
    """Parameter draws of both kinds.

    Attributes:
        prior: [prior draws, parameters]. calibrated: [calibrated draws, parameters]; empty where there are none: the
            posterior is then the prior draws, weighed by their likelihoods.
        vintage: last month of the evidence that the calibrated draws have taken in.
    """

    prior: np.ndarray
    calibrated: np.ndarray
    vintage: int | None

    @property
    def together(self) -> np.ndarray:
        return np.concatenate([self.prior, self.calibrated])

    def weights(self, analysis: Analysis) -> tuple[np.ndarray, np.ndarray]:
        """Weights [draws of both] as prior and as posterior."""
        n, total = len(self.prior), len(self.prior) + len(self.calibrated)
        prior = np.where(np.arange(total) < n, 1.0 / n, 0.0)
        if not len(self.calibrated):
            log = analysis.loglik.sum(axis=1)
            weight = np.exp(log - log.max())
            return prior, weight / weight.sum()
        fresh = 0 if self.vintage is None else max(0, self.vintage - analysis.first + 1)
        log = analysis.loglik[n:, fresh:].sum(axis=1)
        weight = np.exp(log - log.max())
        return prior, np.concatenate([np.zeros(n), weight / weight.sum()])


@dataclass(frozen=True)
class Tried:
    """A claim and what its experiment gave.

    Attributes:
        judgement: None where the claim cannot be answered.
        mean, error: [draws of both] effect of each draw and the variance of that mean (see `verdicts.Effects`).
        prior, posterior: [draws of both] weights. draws: [draws of both, parameters].
        members: members behind it, 0 for a parameter.
    """

    claim: Claim
    origin: int
    judgement: Judgement | None
    mean: np.ndarray
    error: np.ndarray
    prior: np.ndarray
    posterior: np.ndarray
    draws: np.ndarray
    members: int

    def judged(self, among: np.ndarray, enough: float) -> Judgement:
        """The judgement on some of the draws alone (bool [draws])."""
        c = self.claim
        return judge(
            Effects(self.mean, self.error, self.prior * among), Effects(self.mean, self.error, self.posterior * among),
            sign=c.sign, reference=c.reference, smallest=c.smallest, enough=enough,
        )  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """All that was tried, and the analyses behind it.

    Attributes:
        noop: largest difference between two worlds between which nothing was changed; None where no such pair ran.
    """

    tried: tuple[Tried, ...]
    draws: DrawSets
    analyses: dict[int, Analysis]
    noop: float | None


def even_lines(analysis: Analysis, members: int, seed: int) -> Lines:
    """Lines of which every draw has as many: draws are weighed afterwards, not by how many lines they get."""
    even = replace(analysis, loglik=np.zeros((len(analysis.draws), 1)), vintage=None)
    return select_lines(even, members, seed)


def past_of(analysis: Analysis, lines: Lines) -> xr.Dataset:
    """Records of the lines in the months assimilated, [member, month]."""
    span = analysis.last - analysis.first + 1
    records = np.empty((len(analysis.kept), span, len(lines.draw)), np.float32)
    for t in range(span):
        records[:, t] = analysis.records[:, t, lines.worked[t]]
    people = Members(analysis.draws, lines.draw, lines.slots[0])
    return dataset(analysis.model, analysis.kept, analysis.first, people, [{"records": records}], analysis.seed)


def by_draw(values: np.ndarray, draw: np.ndarray, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean of members' values in each draw and the variance of that mean, [draws]; NaN members do not count."""
    known = np.isfinite(values)
    n = np.bincount(draw[known], minlength=draws).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(draw[known], values[known], minlength=draws) / n
        squares = np.bincount(draw[known], (values[known] - mean[draw[known]]) ** 2, minlength=draws)
        error = np.where(n > 1, squares / np.maximum(n - 1, 1) / n, 0.0)
    return mean, error


def difference(first: np.ndarray, second: np.ndarray | None) -> np.ndarray:
    """A quantity, or one less another, [member]."""
    return first if second is None else first - second


def necessity(base: np.ndarray, changed: np.ndarray) -> np.ndarray:
    """[member] 1 where it happened in the base world and not in the changed one, 0 where in both, NaN elsewhere.

    The mean over the members in which it happened is the probability of necessity (Pearl 2009, *Causality*, 9.2.1).
    """
    return np.where(base > 0.5, (changed <= 0.5).astype(float), np.nan)


_Key = tuple[int, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _key(claim: Claim, origin: int) -> _Key:
    last = claim.origin if claim.origin is not None else origin
    return last, claim.base, claim.changed, claim.parameters


def _with(analysis: Analysis, numbers: dict[str, float]) -> Analysis:
    """The analysis whose future runs under other parameters; its states are those of the evidence, as they were."""
    draws = analysis.draws.copy()
    for name, value in numbers.items():
        draws[:, analysis.model.parameters.names.index(name)] = value
    return replace(analysis, draws=draws)


def _reads_past(claim: Claim, origin: int) -> bool:
    return claim.experiment in ("level", "probability") and any(
        q is not None and q.span[0] <= origin for q in claim.quantities(origin)
    )


def try_claims(
    ground: Ground,
    claims: Sequence[Claim],
    draws: DrawSets,
    *,
    origin: int,
    wide: DrawSets | None = None,
    every: Sequence[Claim] | None = None,
    members: int = 1024,
    particles: int = 64,
    seed: int = 1,
    progress: Callable[[str], Progress | None] = lambda label: None,
    checkpoint: Path | None = None,
) -> Trial:
    """Try claims on a model.

    Args:
        draws: parameter draws; ``members`` lines are shared out evenly among all of them.
        wide: more draws for claims on parameters, which cost nothing. Default: ``draws``.
        every: all claims of the case, whatever is asked: they settle what is compiled, so that asking for one claim
            finds the executables of the last run. Default: those asked for.
        progress: gives the callback of a stage.

    Raises:
        InputError: a claim does not fit the model.
    """
    every = tuple(every or claims)
    wrong = check_claims(claims, ground.model, origin)
    if wrong:
        raise wrong[0]
    runs = [c for c in every if c.experiment not in ("cannot", "parameter")]
    known = [c for c in runs if not check_claims([c], ground.model, origin)]
    levels, records, past = ground.levels, set[str](), set[str]()
    for claim in known:
        last = claim.origin if claim.origin is not None else origin
        end = claim.until(last)
        for rows in claim.rows(last, end):
            levels = merged(levels, layout(ground.model.table, rows, ground.model.start, ground.model.end).levels)
        for quantity in claim.quantities(last):
            if quantity is not None:
                records |= quantity.records
                past |= quantity.records if _reads_past(claim, last) else set()

    groups: dict[_Key, list[Claim]] = {}
    for claim in claims:
        if claim.experiment not in ("cannot", "parameter"):
            groups.setdefault(_key(claim, origin), []).append(claim)
    # fewer members than draws would leave draws without any
    members = max(members, 2 * len(draws.together))
    analyses: dict[int, Analysis] = {}
    found: dict[str, Tried] = {}

    def filtered(last: int) -> Analysis:
        if last not in analyses:
            analyses[last] = assimilate(
                ground.model, ground.score(last), draws=draws.together, until=last, particles=particles, seed=seed,
                records=sorted(past), levels=ground.levels, progress=progress(f"evidence to {months.show(last)}"),
                checkpoint=checkpoint,
            )  # fmt: skip
        return analyses[last]

    noop: float | None = None
    for (last, _, _, parameters), here in sorted(groups.items(), key=lambda item: item[0]):
        analysis = filtered(last)
        lines = even_lines(analysis, members, seed)
        end = max(claim.until(last) for claim in here)
        both, rows = here[0].rows(last, end)
        worlds = None
        if end > last or rows:
            worlds = twin(
                analysis, lines, rows, until=end, score=both, records=sorted(records), levels=levels,
                progress=progress(", ".join(c.id for c in here)),
            )  # fmt: skip
            if parameters:
                other = twin(
                    _with(analysis, here[0].numbers()), lines, (), until=end, score=both, records=sorted(records),
                    levels=levels, progress=progress(", ".join(c.id for c in here)),
                )  # fmt: skip
                worlds = Worlds(worlds.base, other.base)
            elif not rows:
                noop = max(noop or 0.0, _largest(worlds))
        before = past_of(analysis, lines) if any(_reads_past(c, last) for c in here) else None
        prior, posterior = draws.weights(analysis)
        for claim in here:
            values = _of_members(claim, last, worlds, before)
            mean, spread = by_draw(values, lines.draw, len(draws.together))
            found[claim.id] = _judged(claim, last, mean, spread, prior, posterior, draws.together, len(values))
    for claim in claims:
        if claim.experiment == "parameter":
            found[claim.id] = _of_parameter(ground, claim, wide or draws, origin)
            filtered(origin)  # its likelihoods weigh the options
        elif claim.experiment == "cannot":
            none = np.zeros(0)
            found[claim.id] = Tried(claim, origin, None, none, none, none, none, np.zeros((0, 0)), 0)
    return Trial(tuple(found[c.id] for c in claims), draws, analyses, noop)


def _largest(worlds: Worlds) -> float:
    """Largest difference of two worlds in any record; NaN in both is no difference."""
    gaps = []
    for name in worlds.base.data_vars:
        a, b = worlds.base[name].values, worlds.changed[name].values
        gaps.append(float(np.nanmax(np.where(a == b, 0.0, np.abs(a - b)), initial=0.0)))
    return max(gaps, default=0.0)


def _of_members(claim: Claim, origin: int, worlds: Worlds | None, before: xr.Dataset | None) -> np.ndarray:
    """The effect for each member; NaN where a member says nothing."""
    first, second = claim.quantities(origin)

    def of(quantity: Quantity, changed: bool) -> np.ndarray:
        data = worlds.changed if worlds is not None and changed else worlds.base if worlds is not None else before
        if claim.experiment in ("level", "probability") and quantity.span[1] <= origin:
            data = before
        assert data is not None
        return quantity.of_members(data)

    def world(changed: bool) -> np.ndarray:
        return difference(of(first, changed), None if second is None else of(second, changed)) / claim.scale

    match claim.experiment:
        case "twin":
            return np.asarray(world(True) - world(False))
        case "necessity":
            return necessity(world(False), world(True))
        case _:
            return world(False)


def _of_parameter(ground: Ground, claim: Claim, draws: DrawSets, origin: int) -> Tried:
    """A parameter needs no run: its value in the draws. Without calibrated draws nothing has been learned of it."""
    first, second = claim.quantities(origin)
    values = first.of_draws(ground.parameters, draws.together)
    if second is not None:
        values = values - second.of_draws(ground.parameters, draws.together)
    n, total = len(draws.prior), len(values)
    prior = np.where(np.arange(total) < n, 1.0 / n, 0.0)
    posterior = np.where(np.arange(total) < n, 0.0, 1.0 / max(total - n, 1)) if total > n else prior
    most = SWITCH_DRAWS if first.option is not None and total > n else np.inf
    return _judged(claim, origin, values / claim.scale, np.zeros(total), prior, posterior, draws.together, 0, most)


def _judged(
    claim: Claim, origin: int, mean: np.ndarray, error: np.ndarray, prior: np.ndarray, posterior: np.ndarray,
    draws: np.ndarray, members: int, most: float = np.inf,
) -> Tried:  # fmt: skip
    judgement = judge(
        Effects(mean, error, prior), Effects(mean, error, posterior),
        sign=claim.sign, reference=claim.reference, smallest=claim.smallest, most=most,
    )  # fmt: skip
    return Tried(claim, origin, judgement, mean, error, prior, posterior, draws, members)


__all__ = ["DrawSets", "Ground", "InputError", "Trial", "Tried", "even_lines", "necessity", "past_of", "try_claims"]
