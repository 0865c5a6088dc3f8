"""From members that say yes or no to a probability with its Monte-Carlo error; and the base rate beside
it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keisei.errors import InputError
from keisei.forecast import expressions as ex

if TYPE_CHECKING:
    import xarray as xr

LEVEL = 0.95  # of the one-sided bound that stands where every member says the same


@dataclass(frozen=True)
class Probability:
    """A probability and how well the run knows it.

    Attributes:
        value: the estimate, in [0, 1].
        mc_error: Monte-Carlo standard error. Zero only where every member says the same: then read ``low``
        and
            ``high``.
        n: effective number of independent members (of draws, where draws are nested).
        low, high: where every member says the same, the 95 % bound on the other side (about 3/n, the rule of
            three); else value ± 1.96 mc_error within [0, 1].
        draw_spread: standard deviation of the probability over parameter draws, with the particles' own noise
            removed: what is not known about the parameters, not an error of the run. None without nested
            draws.
        note: a sentence to print beside an estimate of 0 or 1; empty otherwise.
    """

    value: float
    mc_error: float
    n: float
    low: float
    high: float
    draw_spread: float | None = None
    note: str = ""


def probability(holds: ArrayLike, weights: ArrayLike | None = None) -> Probability:
    """The probability that something holds, from independent members.

    With self-normalised weights w the estimate is p = Σ w x and its variance Σ w² (x − p)² (delta method;
    Owen 2013, *Monte Carlo theory, methods and examples*, eq. 9.8), which is p(1 − p)/n for equal weights.
    The effective number is n = 1/Σ w² (Kish 1965). Where all say the same, the other outcome's probability
    is below 1 − 0.05^(1/n) at 95 %, about 3/n (rule of three; Hanley & Lippman-Hand 1983).

    Args:
        holds: bool [member].
        weights: non-negative [member], of any sum; None for equal weights.

    Raises:
        InputError: no member, lengths that differ, or weights that are negative, not finite or all zero.
    """
    x = np.asarray(holds, dtype=float)
    w = _normalised(np.ones(x.shape) if weights is None else np.asarray(weights, dtype=float), x.shape)
    p = float(w @ x)
    error = float(np.sqrt(np.sum(w**2 * (x - p) ** 2)))
    return _bounded(p, error, float(1.0 / np.sum(w**2)), None, x[w > 0])


def nested_probability(
    holds: ArrayLike, weights: ArrayLike | None = None, draw_weights: ArrayLike | None = None
) -> Probability:
    """The probability from parameter draws, each with its own state particles.

    p = Σ W_d p_d with p_d = Σ w_dk x_dk. Particles of one draw share ancestors, so their count says little;
    the draws are independent and the error comes from the variance between them, which contains the
    particles' noise: Σ W_d² (p_d − p)² / (1 − Σ W_d²), equal to s²/D for equal weights (cluster sampling;
    Cochran 1977, ch. 9). ``draw_spread`` takes the mean squared particle error from the variance of the p_d
    (law of total variance).

    Args:
        holds: bool [draw, particle].
        weights: [draw, particle], normalised within each draw here; None for equal weights.
        draw_weights: [draw], the draws' marginal likelihoods up to a factor; None for equal weights.

    Raises:
        InputError: fewer than two draws with weight, or shapes or weights that do not fit.
    """
    x = np.asarray(holds, dtype=float)
    if x.ndim != 2:
        raise InputError("nested members need two dimensions", mend="give an array [draw, particle]")
    w = np.ones(x.shape) if weights is None else np.asarray(weights, dtype=float)
    if w.shape != x.shape:
        raise InputError(f"weights {w.shape} do not fit members {x.shape}", mend="give one weight a member")
    w = np.stack([_normalised(row, row.shape) for row in w])
    over = _normalised(np.ones(len(x)) if draw_weights is None else np.asarray(draw_weights, float), x.shape[:1])
    if np.count_nonzero(over) < 2:
        raise InputError("only one draw has weight", mend="use more parameter draws, or probability() for one")
    by_draw = np.sum(w * x, axis=1)
    p = float(over @ by_draw)
    concentration = float(np.sum(over**2))
    error = float(np.sqrt(np.sum(over**2 * (by_draw - p) ** 2) / (1.0 - concentration)))
    within = np.sum(w**2 * (x - by_draw[:, None]) ** 2, axis=1)
    between = float(over @ (by_draw - p) ** 2) / (1.0 - concentration)
    spread = float(np.sqrt(max(0.0, between - float(over @ within))))
    return _bounded(p, error, 1.0 / concentration, spread, x[over > 0][w[over > 0] > 0])


def change_error(now: ArrayLike, before: ArrayLike) -> float:
    """The standard error of the change between two probabilities that rest on the same parameter draws.

    Draws that say more than the mean in both runs cancel, as in any comparison of pairs. With shares W_d of the members
    and p_d of those that hold, draw d contributes c_d = W_d (p_d − p) of now less the same of before; the variance is
    Σ c_d² D/(D − 1) (delta method for self-normalised means; Owen 2013, ch. 9), which for equal weights is that of the
    mean of the draws' differences.

    Args:
        now, before: [2, draw], the shares W_d and p_d of each run; p_d counts for nothing where W_d is 0.

    Raises:
        InputError: shapes that do not fit, or fewer than two draws.
    """
    runs = [np.asarray(run, dtype=float) for run in (now, before)]
    if runs[0].shape != runs[1].shape or runs[0].ndim != 2 or len(runs[0]) != 2 or runs[0].shape[1] < 2:
        raise InputError("the two runs do not rest on the same draws", mend="give [2, draw] of each, with two draws")
    (a, p), (b, q) = runs
    d = a * (p - a @ p) - b * (q - b @ q)
    return float(np.sqrt(np.sum(d**2) * len(d) / (len(d) - 1)))


def _normalised(weights: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.float64]:
    if weights.shape != shape or not weights.size:
        raise InputError(f"weights {weights.shape} do not fit members {shape}", mend="give one weight a member")
    if not np.isfinite(weights).all() or (weights < 0).any() or not weights.sum() > 0:
        raise InputError("weights must be finite, not negative, and not all zero", mend="check the filter's weights")
    return weights / weights.sum()


def _bounded(p: float, error: float, n: float, spread: float | None, votes: NDArray[np.float64]) -> Probability:
    if 0 < votes.sum() < votes.size:
        p = min(max(p, 0.0), 1.0)
        return Probability(p, error, n, max(0.0, p - 1.96 * error), min(1.0, p + 1.96 * error), spread)
    p = float(votes[0])  # exactly 0 or 1, free of rounding
    bound = 1.0 - (1.0 - LEVEL) ** (1.0 / n)
    rare = f"probability below {bound:.2g}" if p == 0 else f"probability above {1 - bound:.6g}"
    said = "no member" if p == 0 else "every member"
    note = f"{said} of an effective {n:.0f} holds: {rare} at 95 % (rule of three), not exactly {p:.0f}"
    return Probability(p, 0.0, n, 0.0 if p == 0 else 1.0 - bound, bound if p == 0 else 1.0, spread, note)


def vague_pmf(mean: float, top: int) -> NDArray[np.float64]:
    """A distribution over 0…top that rules nothing out: half and half for an event (top 1), else a geometric.

    The geometric has the given mean, the last count standing for ``top`` or more; it is what one
    observation's worth of doubt adds to a share of counts.
    """
    if top == 1:
        return np.array([0.5, 0.5])
    mean = max(mean, 1e-3)
    mass = np.asarray((mean / (1 + mean)) ** np.arange(top + 1) / (1 + mean), dtype=np.float64)
    mass[-1] = 1.0 - mass[:-1].sum()
    return mass


def count_pmf(counts: ArrayLike, top: int, weights: ArrayLike | None = None) -> NDArray[np.float64]:
    """Probabilities of 0…top from members' counts [member, …] as [count, …], comparable with the baselines'.

    Shares of members with one vague member (``vague_pmf`` of the members' mean), so that a count that no
    member has is unlikely in proportion to the effective number of members, not impossible.

    Raises:
        InputError: weights that do not fit, or counts that are none.
    """
    x = np.asarray(counts, dtype=float)
    if not (np.isfinite(x).all() and (x >= 0).all() and (x == np.floor(x)).all()):
        raise InputError("members hold values that are no counts", mend="give whole numbers from 0 on")
    w = _normalised(np.ones(len(x)) if weights is None else np.asarray(weights, float), x.shape[:1])
    n = float(1.0 / np.sum(w**2))
    flat = np.minimum(x.reshape(len(x), -1), top)
    out = np.empty((top + 1, flat.shape[1]))
    for column in range(flat.shape[1]):
        shares = np.bincount(flat[:, column].astype(int), weights=w, minlength=top + 1)
        out[:, column] = (n * shares + vague_pmf(float(w @ flat[:, column]), top)) / (n + 1)
    return out.reshape(top + 1, *x.shape[1:])


@dataclass(frozen=True)
class BaseRate:
    """How often an expression held in past windows of the same shape.

    Attributes:
        rate: Jeffreys estimate (k + ½)/(n + 1) with n effective windows, so that it is never 0 or 1; NaN
        without any. low, high: 90 % Jeffreys interval.
        held, windows: past windows in which it held, and windows that the observations decide. They overlap.
        effective: windows that do not overlap, on which the interval rests.
        first, last: months of the history that was read.
    """

    rate: float
    low: float
    high: float
    held: int
    windows: int
    effective: float
    first: int
    last: int


def base_rate(
    expression: ex.Expression,
    observations: xr.Dataset,
    origin: int,
    *,
    start: int | None = None,
    level: float = 0.9,
) -> BaseRate:
    """Expanding climatology of an expression: the share of past windows of the same shape in which it held.

    The expression is moved back month by month until its last month is the origin or earlier, as far as the
    observations reach; windows that they do not decide are left out. Neighbouring windows overlap, so n
    windows of length L count as n/L independent ones (at least one) in the Jeffreys interval Beta(k + ½, n −
    k + ½) (Brown, Cai & DasGupta 2001).

    Args:
        expression: with calendar months or months relative to the origin.
        observations: monthly records without ``member``; nothing after ``origin`` is read.
        origin: the last month that may be known.
        start: first month of the history to use; None for all of it.

    Raises:
        InputError: the expression does not fit the observations' records.
    """
    from scipy.special import betaincinv  # scipy.stats takes seconds to import

    absolute = ex.at_origin(expression, origin)
    table = ex.variables(observations)
    ex.check(absolute, table)
    wanted = {record.name for record in ex.names(absolute)}
    needed = observations[[variable.key for variable in table if variable.record in wanted]]
    known = needed.isel(month=slice(0, int(np.sum(observations["month"].values <= origin))))
    month = known["month"].values
    first = int(month[0]) if len(month) else origin + 1
    first = first if start is None else max(first, start)
    begin, end = ex.span(absolute)
    length = end - begin + 1
    found = ex.truth_over_shifts(absolute, known, np.arange(first + length - 1, origin + 1) - end)
    decided = (found[found != 0] > 0).tolist()
    if not decided:
        nan = float("nan")
        return BaseRate(nan, nan, nan, 0, 0, 0.0, first, origin)
    held = sum(decided)
    effective = max(1.0, len(decided) / length)
    successes = held / len(decided) * effective
    a, b = successes + 0.5, effective - successes + 0.5
    low = 0.0 if held == 0 else float(betaincinv(a, b, (1 - level) / 2))
    high = 1.0 if held == len(decided) else float(betaincinv(a, b, (1 + level) / 2))
    return BaseRate(a / (a + b), low, high, held, len(decided), effective, first, origin)
