"""What a verdict hangs on: the parameters that move an effect most, and whether a rival structure flips the verdict.

Given-data sensitivity: the effects of the draws that were run anyway, no further runs. Parameters are ordered by rank
correlation with the effect; for the first of them SALib also gives Borgonovo's δ, the share by which knowing the
parameter is expected to shift the effect's distribution (Borgonovo 2007, Reliab. Eng. Syst. Saf. 92:771; given-data
estimate of Plischke, Borgonovo & Smith 2013, Eur. J. Oper. Res. 226:536). With few draws and many parameters the
strongest of many correlations is large by chance: its 95 % point under random pairing stands beside each.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from keisei.errors import InputError
from keisei.explore.experiments import Tried
from keisei.explore.verdicts import ENOUGH
from keisei.model.parameters import Parameters


@dataclass(frozen=True)
class Hinge:
    """A parameter that moves an effect.

    Attributes:
        correlation: Spearman's, of parameter and effect. chance: what |correlation| of the strongest of all parameters
            exceeds in one of twenty random pairings.
        delta, delta_conf: Borgonovo's δ and half its 95 % bootstrap interval; NaN with too few draws for it.
    """

    parameter: str
    correlation: float
    chance: float
    delta: float
    delta_conf: float

    @property
    def stands_out(self) -> bool:
        return abs(self.correlation) > self.chance


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


def strongest(
    draws: np.ndarray, effect: np.ndarray, names: tuple[str, ...], *, top: int = 3, seed: int = 1, shuffles: int = 400
) -> tuple[Hinge, ...]:
    """The parameters that move an effect most.

    Args:
        draws: [draws, parameters], independent in the prior. effect: [draws].

    Raises:
        InputError: fewer than 16 draws say something.
    """
    use = np.isfinite(effect)
    x, y = draws[use], effect[use]
    if len(y) < 16:
        raise InputError(f"{len(y)} draws tell nothing of {len(names)} parameters", mend="ask for more draws")
    rx, ry = _ranks(x), _ranks(y[:, None])[:, 0]
    correlation = ry @ rx
    rng = np.random.default_rng([seed, 13])
    pairings = np.stack([rng.permutation(ry) for _ in range(shuffles)])
    chance = float(np.quantile(np.abs(pairings @ rx).max(axis=1), 0.95))
    order = np.argsort(-np.abs(correlation), kind="stable")[:top]
    return tuple(
        Hinge(names[i], float(correlation[i]), chance, *_delta(x[:, i], y, seed)) for i in order if correlation[i] != 0
    )


def _delta(x: np.ndarray, y: np.ndarray, seed: int) -> tuple[float, float]:
    """Borgonovo's δ of one parameter and half its 95 % interval."""
    from SALib.analyze import delta

    if len(np.unique(y)) < 8 or np.ptp(x) == 0:
        return float("nan"), float("nan")
    problem = {"num_vars": 1, "names": ["x"], "bounds": [[float(x.min()), float(x.max())]]}
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings(record=True):
            found = delta.analyze(problem, x[:, None], y, num_resamples=50, seed=seed, method="delta")
    except (ValueError, np.linalg.LinAlgError):  # a class of draws without spread has no density
        return float("nan"), float("nan")
    # "raw": on the draws as they are; the name without it is that of SALib before 1.5.2
    name = "delta_raw" if "delta_raw" in found else "delta"
    return float(found[name][0]), float(found[f"{name}_conf"][0])


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
