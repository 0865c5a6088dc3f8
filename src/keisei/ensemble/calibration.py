"""Calibration: parameter draws that have taken in the evidence up to a vintage.

The nested filter gives, for each draw and each observed row, the log predictive probability of the row. A model of many
laws has hundreds of parameters, most of which bear on the rows of one law; so the posterior is built law by law
("modular" or cut inference: Plummer 2015, Stat. Comput. 25; Jacob et al. 2017): a block of parameters is weighed by the
rows of its own block, the other blocks vary along. Within a block it is a tempered sequence of Gaussians in
prior-normal space z = Φ⁻¹(F(θ)), where the prior is N(0, I): draws of one round are weighed by likelihood^Δφ, Δφ
as large
as the effective sample allows; the weighted moments make the next Gaussian (assumed density filtering over the
temperature; Del Moral, Doucet & Jasra 2006 for the tempering), until all of the likelihood is in (φ = 1).
What this leaves out, dependence of a block on other blocks' rows and shapes that are not Gaussian in z, is a
choice, not
an oversight: the noise of a 250-dimensional joint weight would leave one draw. A last, tempered joint weight only drops
draws whose blocks contradict one another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from keisei.ensemble.analysis import Analysis, tempering
from keisei.errors import InputError
from keisei.model.parameters import Parameters

Filter = Callable[[np.ndarray, int], Analysis]


@dataclass(frozen=True)
class Block:
    """Parameters that are weighed together, and the sites whose rows weigh them.

    ``parameters`` are names; ``sites`` are site names (all their indices) or targets.
    """

    name: str
    parameters: tuple[str, ...]
    sites: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One block in one round: how far the likelihood was let in, and what it left."""

    round: int
    block: str
    phi: float
    ess: float
    loglik: float
    best: float


@dataclass(frozen=True)
class Calibration:
    """Calibrated draws.

    Attributes:
        draws: [draws, parameters], equally weighted.
        steps: the rounds. power: by block how much of the likelihood was let in, 1 when finished.
        loglik: [draws] total log-likelihood of the draws in the last filter (for diagnosis); 0 without one.
    """

    draws: np.ndarray
    steps: tuple[Step, ...]
    power: dict[str, float]
    loglik: np.ndarray


def check_blocks(blocks: Sequence[Block], parameters: Parameters) -> None:
    """Refuse a parameter that is unknown or in two blocks."""
    seen: set[str] = set()
    for block in blocks:
        for name in block.parameters:
            if name not in parameters.names:
                raise InputError(f"block {block.name} names the parameter '{name}'", mend="use one of parameters.yaml")
            if name in seen:
                raise InputError(f"parameter {name} stands in two blocks", mend="keep it in one")
            seen.add(name)


def block_loglik(analysis: Analysis, block: Block) -> np.ndarray:
    """[draws] the log predictive probabilities of the rows at a block's sites."""
    columns = sorted(analysis.levels.observable)
    wanted = set(block.sites)
    table = analysis.model.table.sites
    use = [i for i, c in enumerate(columns) if table[c].name in wanted or table[c].target in wanted]
    return analysis.row_by_draw[:, :, use].astype(np.float64).sum(axis=(0, 2))


def calibrate(
    parameters: Parameters,
    blocks: Sequence[Block],
    run_filter: Filter,
    *,
    draws: int = 256,
    rounds: int = 8,
    seed: int = 1,
    keep: float = 0.4,
    issued: int | None = None,
    surplus: int = 3,
    base: np.ndarray | None = None,
    report: Callable[[Step], None] | None = None,
) -> Calibration:
    """Calibrate block by block.

    Args:
        run_filter: (draws [D, parameters], round) → analysis up to the vintage.
        draws: how many. rounds: at most so many filters; fewer where all of the likelihood is in before.
        issued: draws to return, by default as many; they are fresh ones from the last Gaussians.
        surplus: how many times as many are drawn for a last joint filter; draws are taken from them by the joint
            likelihood, tempered so that half of them stay effective (1: no such filter).
        base: [any, parameters] draws whose columns vary along for parameters of no block; by default those of the
            prior do. So some blocks of a vintage are estimated anew and the others stay as they are.
        keep: share of the draws that the effective sample of a block must keep in each round.
        report: called after each block of each round.

    Raises:
        InputError: a block names an unknown parameter.
    """
    check_blocks(blocks, parameters)
    names = list(parameters.names)
    rng = np.random.default_rng([seed, 11])
    free = {b.name: [names.index(n) for n in b.parameters if parameters[n].family not in ("fixed",)] for b in blocks}
    gauss = {b.name: (np.zeros(len(free[b.name])), np.eye(len(free[b.name]))) for b in blocks}
    power = {b.name: 0.0 for b in blocks}
    steps: list[Step] = []
    z = rng.standard_normal((draws, len(names)))
    others = sorted(set(range(len(names))) - {i for use in free.values() for i in use})

    def values(z: np.ndarray) -> np.ndarray:
        theta = _to_values(parameters, z)
        if base is not None:
            theta[:, others] = base[rng.integers(len(base), size=len(z))][:, others]
        return theta

    for number in range(rounds):
        theta = values(z)
        analysis = run_filter(theta, number)
        fresh = rng.standard_normal(z.shape)
        for block in blocks:
            use = free[block.name]
            if power[block.name] >= 1.0:
                fresh[:, use] = z[:, use]  # finished: refitting to its own sample would only drift
                continue
            loglik = block_loglik(analysis, block)
            here = z[:, use]
            rise = tempering(loglik, 1.0 - power[block.name], keep * draws)
            power[block.name] += rise
            new, root, w = _gaussian(here, rise * loglik)
            ess = float(1.0 / (w**2).sum())
            fresh[:, use] = new + fresh[:, use] @ root.T
            gauss[block.name] = (new, root)
            step = Step(number, block.name, power[block.name], ess, float(w @ loglik), float(loglik.max()))
            steps.append(step)
            if report is not None:
                report(step)
        z = fresh
        if all(phi >= 1.0 for phi in power.values()):
            break
    wanted = issued or draws
    last = rng.standard_normal((surplus * wanted, len(names)))
    for block in blocks:
        centre, root = gauss[block.name]
        use = free[block.name]
        last[:, use] = centre + last[:, use] @ root.T
    # one joint look: draws whose blocks do not go together are the first to be dropped
    theta, total = values(last), np.zeros(len(last))
    if surplus > 1:
        total = run_filter(theta, rounds).loglik.sum(axis=1)
        tempered = tempering(total, 1.0, 0.5 * len(total))
        w = np.exp(tempered * (total - total.max()))
        edges = np.cumsum(w) / w.sum()
        chosen = np.searchsorted(edges, (np.arange(wanted) + rng.random()) / wanted)
        theta, total = theta[chosen], total[chosen]
    return Calibration(theta[:wanted], tuple(steps), power, total[:wanted])


def _gaussian(z: np.ndarray, loglik: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weighted mean [k], root of the covariance [k, k] and weights [n] of scores z [n, k] under log-likelihoods [n]."""
    w = np.exp(loglik - np.max(loglik))
    w /= w.sum()
    ess = float(1.0 / (w**2).sum())
    new = w @ z
    centred = z - new
    spread = (w[:, None] * centred).T @ centred / (1.0 - (w**2).sum())
    # moments from few effective draws: pull correlations towards none, keep variances
    pull = z.shape[1] / (z.shape[1] + ess)
    spread = (1.0 - pull) * spread + pull * np.diag(np.diag(spread)) + 1e-6 * np.eye(z.shape[1])
    return new, np.linalg.cholesky(spread), w


def _to_values(parameters: Parameters, z: np.ndarray, use: Sequence[int] | None = None) -> np.ndarray:
    """Prior-normal scores → parameter values, column by column (``use``: which parameters they are, by default all)."""
    u = np.clip(ndtr(z), 1e-9, 1.0 - 1e-9)
    chosen = parameters.items if use is None else [parameters.items[i] for i in use]
    return np.stack([p.quantile(u[:, i]) for i, p in enumerate(chosen)], axis=1)
