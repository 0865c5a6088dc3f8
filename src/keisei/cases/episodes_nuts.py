"""The payoffs that episodes weigh, sampled by NUTS.

The bargain is the one block whose likelihood needs no filter: every input of a decision is coded. Its posterior can be
sampled without approximation (No-U-Turn sampler: Hoffman & Gelman 2014, through NumPyro), gradients passing through the
equilibrium of the game. It takes some minutes and checks the draws of `cases.vintages`, which weigh prior draws by
the same likelihood in seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from keisei import months
from keisei.cases.episodes import Episode, density, law_of, load_episodes, points
from keisei.cases.load import Case
from keisei.errors import InputError
from keisei.model import Parameter


@dataclass(frozen=True)
class Sampled:
    """What NUTS gives.

    Attributes:
        names: of the parameters. draws: [chains, samples, parameters].
        rhat: [parameters] split R-hat (Vehtari et al. 2021). effective: [parameters] effective number of draws.
        divergences: of all chains.
    """

    names: tuple[str, ...]
    draws: np.ndarray
    rhat: np.ndarray
    effective: np.ndarray
    divergences: int


def sample(
    case: Case, *, until: int | None = None, warmup: int = 300, samples: int = 500, chains: int = 2, seed: int = 1
) -> Sampled:
    """Sample the posterior of all parameters that the law of the episodes reads.

    Args:
        until: month of the last episode that weighs; default all of them.
        warmup, samples: steps of each chain that adapt, and that are kept.

    Raises:
        InputError: the case has no episodes, or its law gives no gradient.
    """
    import jax
    import numpyro
    from numpyro.diagnostics import effective_sample_size, split_gelman_rubin
    from numpyro.infer import MCMC, NUTS

    episodes = [e for e in load_episodes(case) if until is None or e.month <= until]
    if not episodes:
        raise InputError("the case has no episodes by then", file=case.folder, mend="add some to episodes.yaml")
    joint, means = density(case, episodes), [float(x) for x in case.parameters.means()[0]]
    names = [n for n in read(case, episodes) if case.parameters[n].family not in ("among", "fixed")]
    at = [case.parameters.names.index(n) for n in names]

    def model() -> None:
        values: list[Any] = list(means)
        for name, i in zip(names, at, strict=True):
            values[i] = numpyro.sample(name, _prior(case.parameters[name]))
        numpyro.factor("episodes", joint(values).sum())

    # forward mode: the equilibrium is a loop of fixed length, which reverse mode would have to keep
    kernel = NUTS(model, forward_mode_differentiation=True, max_tree_depth=_DEPTH)
    run = MCMC(
        kernel, num_warmup=warmup, num_samples=samples, num_chains=chains, chain_method="sequential",
        progress_bar=False,
    )  # fmt: skip
    run.run(jax.random.PRNGKey(seed), extra_fields=("diverging",))
    found = run.get_samples(group_by_chain=True)
    draws = np.stack([np.asarray(found[n], np.float64) for n in names], axis=-1)
    if not np.isfinite(draws).all():
        raise InputError("the law of the episodes gives no finite gradient", file=case.folder / "model.py")
    return Sampled(
        tuple(names), draws, np.array([split_gelman_rubin(draws[..., k]) for k in range(len(names))]),
        np.array([effective_sample_size(draws[..., k]) for k in range(len(names))]),
        int(np.asarray(run.get_extra_fields()["diverging"]).sum()),
    )  # fmt: skip


_DEPTH = 7  # doublings of a path: 127 steps at most, or a run with counter-offers takes ten minutes and more


def read(case: Case, episodes: Sequence[Episode]) -> tuple[str, ...]:
    """Names of the parameters that the law of the episodes reads, in the order of the case."""
    law, seen = law_of(case), set[str]()
    means = dict(zip(case.parameters.names, case.parameters.means()[0], strict=True))

    class Watched:
        def __getattr__(self, name: str) -> float:
            seen.add(name)
            return float(means[name])

    for e in episodes:
        law(e.game, Watched(), points(e)[0][0])
    return tuple(n for n in case.parameters.names if n in seen)


def beside(case: Case, seed: int = 1) -> dict[str, Any]:
    """NUTS beside the draws of the latest vintage: means and standard deviations of every parameter that is read.

    Returns:
        {"vintage", "samples", "divergences", "parameters": [{"id", "nuts_mean", "nuts_sd", "draws_mean", "draws_sd",
        "apart", "rhat", "effective"}]}; "apart" is the difference of the means in prior standard deviations.

    Raises:
        InputError: the case has no episodes, or no vintage.
    """
    from keisei.cases.vintages import vintages

    found = vintages(case)
    if not found:
        raise InputError("the case has no calibrated draws", file=case.folder, mend="run keisei calibrate")
    vintage = max(found)
    with np.load(found[vintage]) as file:
        stored = dict(zip(map(str, file["names"]), file["draws"].T.astype(float), strict=True))
    told = sample(case, until=vintage, seed=seed)
    rows = []
    for k, name in enumerate(told.names):
        mine, theirs = told.draws[..., k].ravel(), stored[name]
        scale = float(case.parameters[name].frozen.std())
        rows.append(
            {
                "id": name, "nuts_mean": float(mine.mean()), "nuts_sd": float(mine.std(ddof=1)),
                "draws_mean": float(theirs.mean()), "draws_sd": float(theirs.std(ddof=1)),
                "apart": float((mine.mean() - theirs.mean()) / scale), "rhat": float(told.rhat[k]),
                "effective": float(told.effective[k]),
            }
        )  # fmt: skip
    return {
        "vintage": months.show(vintage), "samples": told.draws[..., 0].size, "divergences": told.divergences,
        "parameters": rows,
    }  # fmt: skip


def _prior(p: Parameter) -> Any:
    """The prior as NumPyro has it."""
    import numpyro.distributions as dist

    match p.family:
        case "normal":
            return dist.Normal(p.a, p.b)
        case "lognormal":
            return dist.LogNormal(np.log(p.a), p.b)
        case "uniform":
            return dist.Uniform(p.a, p.b)
        case "beta":
            return dist.Beta(p.a, p.b)
        case "gamma":
            return dist.Gamma(p.b, p.b / p.a)
        case _:
            return dist.HalfNormal(p.a)
