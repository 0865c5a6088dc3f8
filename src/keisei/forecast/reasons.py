"""What changed, and why; what to watch: the evidence that moved a probability, and what next month would.

*What moved.* Members are lines of an analysis, equally weighted draws from the posterior given all rows. Without a row
r they weigh w_i ∝ 1 / p(r | line i), and the probability is Σ w_i x_i (leave-one-out by importance weights: Gelfand,
Dey & Chang 1992). Weights are truncated at mean·√n (Ionides 2008). Approximations, to be stated with the results:

- A row is left out as evidence, not as an event: what was launched stays launched, what it *says* about hidden states
  and parameters is taken back. What the event itself did is the question of a twin of the past (``keisei whatif``).
- With log probabilities by parameter draw (``by_draw``), only draws are weighed anew, not the states within a draw.
- Rows that most members found unlikely leave few members with weight: ``effective`` says how many.

*What to watch.* From members' records of the next month X and whether the question holds: Σ_x P(x) |P(Q | x) − P(Q)|
and the mutual information, each beside what independent members would show by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keisei import months
from keisei.errors import InputError
from keisei.score import Row

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
FEWEST = 0.05  # share of members with weight under which a leave-one-out answer is not reliable


@dataclass(frozen=True)
class Moved:
    """What some evidence of one month at one site did to a probability.

    Attributes:
        site, month: where the evidence stands.
        rows: its rows (indices of one site together, quiet ones included).
        probability: with all evidence. without: with these rows left out.
        error: Monte-Carlo standard error of the change, from the spread between parameter draws.
        effective: effective members of the leave-one-out weights, as a share.
    """

    site: str
    month: int
    rows: tuple[Row, ...]
    probability: float
    without: float
    error: float
    effective: float

    @property
    def change(self) -> float:
        """How far the evidence raised the probability."""
        return self.probability - self.without

    @property
    def reliable(self) -> bool:
        """Whether enough members carry the answer without the evidence."""
        return self.effective >= FEWEST

    @property
    def label(self) -> str:
        """Site, month and what was seen: ``PRK.launch.ballistic 2025-05: SRBM 1``; ``none`` where all are zero."""
        seen = [row for row in self.rows if row.value not in (0, 0.0)]
        said = ", ".join(f"{row.index} {_text(row.value)}".strip() for row in seen)
        return f"{self.site} {months.show(self.month)}: {said or 'none'}"


def _text(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.4g}"


def what_moved(
    rows: Sequence[Row],
    logp: ArrayLike,
    holds: ArrayLike,
    *,
    draw: ArrayLike | None = None,
    limit: int = 5,
) -> tuple[Moved, ...]:
    """The evidence that moved a question most, by leaving out each month of each site in turn.

    Args:
        rows: observed rows, such as those since the last origin.
        logp: [rows, members] log probability of each row under each member.
        holds: [members] whether the question holds; members weigh the same.
        draw: [members] parameter draw of each, for the error; None takes members as independent.
        limit: how many to return.

    Returns:
        By size of the change, the largest first; those that cannot be told from nothing (change within twice its
        error) or are carried by too few members come after those that can.

    Raises:
        InputError: shapes that do not fit, or log probabilities that are not finite.
    """
    x = np.asarray(holds, float)
    table = np.asarray(logp, float)
    if table.shape != (len(rows), len(x)) or not len(x):
        raise InputError(
            f"log probabilities {table.shape} do not fit {len(rows)} rows × {len(x)} members", mend="align"
        )
    if not np.isfinite(table).all():
        raise InputError("a log probability is not finite", mend="use the floors of the filter")
    owner = np.arange(len(x)) if draw is None else np.unique(np.asarray(draw), return_inverse=True)[1]
    groups: dict[tuple[int, str], list[int]] = {}
    for number, row in enumerate(rows):
        groups.setdefault((row.month, row.site), []).append(number)
    found = []
    for (month, site), members in groups.items():
        without, error, effective = _without(table[members].sum(axis=0), x, owner)
        here = tuple(rows[i] for i in members)
        found.append(Moved(site, month, here, float(x.mean()), without, error, effective))
    found.sort(key=lambda m: (abs(m.change) <= 2.0 * m.error or not m.reliable, -abs(m.change), m.month, m.site))
    return tuple(found[:limit])


def _without(logp: Array, x: Array, owner: NDArray[np.int64]) -> tuple[float, float, float]:
    """(probability, error of the change, effective share) with weights ∝ exp(−logp), truncated."""
    w = np.exp(-(logp - logp.min()))
    w = np.minimum(w, w.mean() * np.sqrt(len(w)))
    w /= w.sum()
    p = float(w @ x)
    # influence of each member on (mean − weighted mean), summed over the members of a draw (delta method)
    influence = (x - x.mean()) / len(x) - w * (x - p)
    by_draw = np.bincount(owner, weights=influence)
    return p, float(np.sqrt((by_draw**2).sum())), float(1.0 / (w**2).sum() / len(x))


def by_draw(logp: ArrayLike, draw: ArrayLike) -> Array:
    """[rows, draws] log predictive probabilities → [rows, members], those of each member's draw.

    The approximation that needs no replay: states within a draw keep their weights.
    """
    return np.asarray(logp, float)[:, np.asarray(draw, int)]


@dataclass(frozen=True)
class Outcome:
    """One outcome of an observable: in words, how probable it is, and the question's probability given it."""

    label: str
    probability: float
    then: float


@dataclass(frozen=True)
class Watch:
    """What an observable of the next month would do to a question.

    Attributes:
        record, month: the observable.
        change: expected absolute change of the probability, Σ_x P(x) |P(Q | x) − P(Q)|, corrected for chance.
        error: standard error of it, jackknifed over parameter draws.
        information: mutual information in nats, corrected for chance; 0 where chance explains it.
        outcomes: the outcomes that tell apart.
        decides: whether some outcome settles the question.
    """

    record: str
    month: int
    change: float
    error: float
    information: float
    outcomes: tuple[Outcome, ...]
    decides: bool

    @property
    def shown(self) -> bool:
        """Whether the change stands out from chance."""
        return self.change > 2.0 * self.error


def what_to_watch(
    future: xr.Dataset,
    holds: ArrayLike,
    *,
    month: int | None = None,
    observable: Iterable[str] | None = None,
    limit: int = 5,
    least: float = 0.002,
    folds: int = 20,
) -> tuple[Watch, ...]:
    """The observables of one month that would move a question most.

    Args:
        future: members' records (member, month), as ``ensemble.forecast`` returns them; coordinate ``draw`` if known.
        holds: [members] whether the question holds.
        month: which month to watch; default the first.
        observable: variables that someone can see; default all events. Levels are cut at their thirds.
        limit: how many to return.
        least: outcomes less probable than this, or rarer than five members, are no ground to compare.
        folds: groups of draws of the jackknife.

    Raises:
        InputError: a variable or month that is not there, or members that do not fit.
    """
    x = np.asarray(holds, float)
    at = int(future["month"][0]) if month is None else month
    if at not in future["month"].values or len(x) != future.sizes["member"]:
        raise InputError(f"the run has no {months.show(at)} for {len(x)} members", mend="give a month of the run")
    names = list(future.data_vars) if observable is None else list(observable)
    for name in names:
        if name not in future.data_vars:
            raise InputError(f"'{name}' is not a record of the run", mend=f"use one of {', '.join(map(str, future))}")
    owner = future["draw"].values if "draw" in future.coords else np.arange(len(x))
    fold = np.unique(owner, return_inverse=True)[1] % folds
    found = []
    for name in names:
        record = future[name]
        if observable is None and record.attrs.get("kind") != "event":
            continue
        codes, labels = _outcomes(record.sel(month=at).values, record.attrs.get("kind") == "event")
        watch = _watch(str(name), at, codes, labels, x, fold, max(least, 5.0 / len(x)))
        if watch is not None:
            found.append(watch)
    found.sort(key=lambda w: (not w.shown, -w.change, w.record))
    return tuple(found[:limit])


def _outcomes(values: Array, event: bool) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Outcome numbers of the members and their labels: happens or not, or the thirds of a level."""
    if event:
        return (values > 0).astype(int), ("does not happen", "happens")
    low, high = np.quantile(values, [1 / 3, 2 / 3])
    return np.searchsorted([low, high], values), (f"≤ {low:.4g}", f"{low:.4g} to {high:.4g}", f"> {high:.4g}")


def _watch(
    name: str,
    month: int,
    codes: NDArray[np.int64],
    labels: Sequence[str],
    x: Array,
    fold: NDArray[np.int64],
    least: float,
) -> Watch | None:
    k = len(labels)
    total = np.bincount(codes, minlength=k).astype(float)
    if ((total > 0) & (total >= least * len(x))).sum() < 2:
        return None
    yes = np.bincount(codes, weights=x, minlength=k).astype(float)
    change = _expected_change(total, yes)
    folds = [i for i in range(int(fold.max()) + 1) if (fold == i).any()]
    left = []
    for i in folds:
        out = fold == i
        there = np.bincount(codes[out], minlength=k)
        left.append(_expected_change(total - there, yes - np.bincount(codes[out], weights=x[out], minlength=k)))
    m = len(left)
    error = float(np.sqrt((m - 1) / m * np.sum((np.array(left) - np.mean(left)) ** 2))) if m > 1 else float("inf")
    seen = total > 0
    outcomes = tuple(
        Outcome(labels[j], float(total[j] / len(x)), float(yes[j] / total[j])) for j in range(k) if seen[j]
    )
    undecided = 0 < x.mean() < 1
    decides = undecided and any(o.then in (0.0, 1.0) for o, n in zip(outcomes, total[seen], strict=True) if n >= 30)
    return Watch(name, month, change, error, _information(total, yes), outcomes, bool(decides))


def _expected_change(total: NDArray[Any], yes: NDArray[Any]) -> float:
    """Σ_x P(x) |P(Q | x) − P(Q)| less what independent members show on average, not below 0.

    Under independence P(Q | x) − P(Q) is about normal with variance p(1 − p)(1/n_x − 1/n), so its mean absolute value
    is √(2/π) times the root of that.
    """
    n = total.sum()
    p = yes.sum() / n
    here = total > 0
    share = total[here] / n
    seen = np.abs(yes[here] / total[here] - p)
    chance = np.sqrt(2.0 / np.pi * p * (1 - p) * np.maximum(1.0 / total[here] - 1.0 / n, 0.0))
    return max(0.0, float(share @ seen - share @ chance))


def _information(total: NDArray[Any], yes: NDArray[Any]) -> float:
    """Mutual information in nats from counts, less (outcomes − 1)/2n (Miller 1955), not below 0."""
    n = total.sum()
    table = np.stack([yes, total - yes])
    table = table[:, total > 0]
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / n
    cells = table > 0
    plain = float((table[cells] * np.log(table[cells] / expected[cells])).sum() / n)
    return max(0.0, plain - (table.shape[1] - 1) / (2.0 * n))
