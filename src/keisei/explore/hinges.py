"""What a verdict hangs on: the parameters that move an effect most, and whether a rival structure flips the verdict.

Given-data sensitivity: the effects of the prior draws that were run anyway, no further runs. Each parameter has a
first-order Sobol index, the share of the variance of the effect's rank that the parameter explains alone: RBD-FAST as
SALib has it (Tarantola, Gatelli & Mara 2006, Reliab. Eng. Syst. Saf. 91:717; for any sample Plischke 2010, ibid.
95:354; without its bias Tissot & Prieur 2012, ibid. 107:205). Ranks, because effects have heavy tails and a verdict
asks on which side of a bound they lie. What parameters do only together is in no index.

With few draws and many parameters the largest of many indices is large by chance. A parameter is told apart only where
its 95 % interval excludes zero and its index exceeds what the largest of all reaches in one of twenty random pairings.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from keisei.errors import InputError
from keisei.explore.experiments import Tried
from keisei.explore.verdicts import ENOUGH
from keisei.model.parameters import Parameters

# harmonics of RBD-FAST: the second catches effects that turn, each further one adds noise where draws are few
HARMONICS = 2


@dataclass(frozen=True)
class Hinge:
    """A parameter that moves an effect.

    Attributes:
        index: its first-order Sobol index, with ``half`` its 95 % interval (SALib's bootstrap over half the draws,
            hence wide). chance: what the largest index of all parameters exceeds in one of twenty random pairings.
        correlation: Spearman's, of parameter and effect: the direction, near zero where the effect turns.
    """

    parameter: str
    index: float
    half: float
    chance: float
    correlation: float

    @property
    def stands_out(self) -> bool:
        return self.index - self.half > 0 and self.index > self.chance


@dataclass(frozen=True)
class Fork:
    """The verdict under one option of a switch between rival structures."""

    switch: str
    option: float
    p_prior: float
    p_posterior: float
    n_prior: float
    n_posterior: float
    verdict: str
    flips: bool


def _ranks(x: np.ndarray) -> np.ndarray:
    """Ranks of each column, ties at their mean, centred and of unit length; 0 for a constant column."""
    from scipy.stats import rankdata

    r = rankdata(x, axis=0)
    r = r - r.mean(axis=0)
    size = np.sqrt((r**2).sum(axis=0))
    return np.asarray(np.divide(r, size, out=np.zeros_like(r), where=size > 0))


def _there_and_back(x: np.ndarray) -> np.ndarray:
    """[draws, parameters] the order in which each parameter rises over the odd places and falls over the even ones."""
    order = np.argsort(x, axis=0)
    return np.concatenate([order[::2], order[1::2][::-1]])


def first_order(effect: np.ndarray, order: np.ndarray) -> np.ndarray:
    """RBD-FAST indices of all parameters at once, [parameters]; the same as SALib's, one parameter at a time.

    Args:
        effect: [draws]. order: of `_there_and_back`.
    """
    n = len(effect)
    power = np.abs(np.fft.rfft((effect - effect.mean())[order], axis=0)[1:]) ** 2
    if n % 2 == 0:
        power[-1] /= 2.0  # the highest frequency of an even number of draws has one side only
    total = power.sum(axis=0)
    raw = np.divide(power[:HARMONICS].sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    bias = 2.0 * HARMONICS / n
    return np.asarray(raw - bias / (1.0 - bias) * (1.0 - raw))


def strongest(
    draws: np.ndarray, effect: np.ndarray, names: tuple[str, ...], *, top: int = 3, seed: int = 1, shuffles: int = 400
) -> tuple[Hinge, ...]:
    """The parameters that move an effect most; none where nothing varies.

    Args:
        draws: [draws, parameters], independent in the prior. effect: [draws].

    Raises:
        InputError: fewer than 16 draws say something.
    """
    use = np.isfinite(effect)
    x, y = draws[use], effect[use]
    if len(y) < 16:
        raise InputError(f"{len(y)} draws tell nothing of {len(names)} parameters", mend="ask for more draws")
    varies = np.flatnonzero(np.ptp(x, axis=0) > 0)
    ranks = _ranks(y[:, None])[:, 0]
    if not len(varies) or not ranks.any():
        return ()
    x = x[:, varies]
    order = _there_and_back(x)
    index = first_order(ranks, order)
    rng = np.random.default_rng([seed, 13])
    largest = [first_order(rng.permutation(ranks), order).max() for _ in range(shuffles)]
    chance = float(np.quantile(largest, 0.95))
    correlation = ranks @ _ranks(x)
    best = np.argsort(-index, kind="stable")[:top]
    half = _half_intervals(x[:, best], ranks, seed)
    return tuple(
        Hinge(names[varies[i]], float(index[i]), h, chance, float(correlation[i]))
        for i, h in zip(best, half, strict=True)
    )


def _half_intervals(x: np.ndarray, y: np.ndarray, seed: int) -> list[float]:
    """Half the 95 % interval of each parameter's index."""
    from SALib.analyze import rbd_fast

    bounds = [[float(low), float(high)] for low, high in zip(x.min(axis=0), x.max(axis=0), strict=True)]
    problem = {"num_vars": x.shape[1], "names": [f"x{i}" for i in range(x.shape[1])], "bounds": bounds}
    with np.errstate(all="ignore"), warnings.catch_warnings(record=True):
        found = rbd_fast.analyze(problem, x, y, M=HARMONICS, num_resamples=200, seed=seed)
    return [float(half) if np.isfinite(half) else float("inf") for half in found["S1_conf"]]


def hinges(tried: Tried, names: tuple[str, ...], *, top: int = 3, seed: int = 1) -> tuple[Hinge, ...]:
    """The parameters that move a claim's effect most over the prior."""
    use = tried.prior > 0
    return strongest(tried.draws[use], tried.mean[use], names, top=top, seed=seed)


def forks(tried: Tried, parameters: Parameters) -> tuple[Fork, ...]:
    """The verdict under each option of each switch; an option with too few draws says ``too few draws``."""
    assert tried.judgement is not None
    found = []
    for p in parameters.items:
        if p.family != "among":
            continue
        column = tried.draws[:, parameters.names.index(p.id)]
        for option in p.options:
            here = np.abs(column - option) < 0.5e-6
            j = tried.judged(here, ENOUGH)
            told = min(j.n_prior, j.n_posterior) >= ENOUGH
            verdict = j.verdict if told else "too few draws"
            # fewer draws can undo a verdict by themselves; only one that the option brings about is a flip
            flips = verdict in ("supports", "contradicts") and verdict != tried.judgement.verdict
            found.append(Fork(p.id, option, j.p_prior, j.p_posterior, j.n_prior, j.n_posterior, verdict, flips))
    return tuple(found)


@dataclass(frozen=True)
class Option:
    """An option of a switch: its share before and after, and what the likelihood of the prior draws says.

    Attributes:
        prior, share: share of the option in the prior, and among the calibrated draws (NaN without any).
        evidence: log of the mean likelihood of the prior draws that have the option, less that of all.
        evidence_share: the share those likelihoods give it. effective: effective draws behind that mean.
    """

    switch: str
    option: float
    prior: float
    share: float
    evidence: float
    evidence_share: float
    effective: float


def options(
    parameters: Parameters, switch: str, prior: np.ndarray, calibrated: np.ndarray, loglik: np.ndarray
) -> tuple[Option, ...]:
    """The options of a switch weighed by calibrated draws and by marginal likelihood.

    Args:
        prior: [draws, parameters] prior draws. loglik: [draws] their log-likelihoods.
    """
    at = parameters.names.index(switch)
    choices = parameters[switch].options

    def log_mean(x: np.ndarray) -> float:
        return float(np.log(np.mean(np.exp(x - x.max()))) + x.max()) if len(x) else float("-inf")

    rows = []
    for option in choices:
        here = loglik[np.abs(prior[:, at] - option) < 0.5e-6]
        w = np.exp(here - here.max()) if len(here) else np.zeros(1)
        share = float(np.mean(np.abs(calibrated[:, at] - option) < 0.5e-6)) if len(calibrated) else float("nan")
        rows.append((option, share, log_mean(here), float(w.sum() ** 2 / max(float((w**2).sum()), 1e-300))))
    best = max(r[2] for r in rows)
    total = sum(np.exp(r[2] - best) for r in rows)
    everything = log_mean(loglik)
    return tuple(
        Option(switch, o, 1.0 / len(choices), s, e - everything, float(np.exp(e - best) / total), n)
        for o, s, e, n in rows
    )
