"""One target verified: the model beside its baselines at each lead, what it adds, and whether it falls
behind.

Everything here is pseudo-out-of-sample: whoever wrote the model knew the history. Only the ledger holds
forecasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keisei.errors import InputError
from keisei.forecast.blend import gains
from keisei.forecast.bootstrap import MIN_BLOCK, DieboldMariano, Difference, block_bootstrap, diebold_mariano
from keisei.forecast.scoring import Metric, benefit

if TYPE_CHECKING:
    import xarray as xr

MARGIN = 0.01  # nats a month by which a model may fall short and still count as not inferior
MODEL = "model"


@dataclass(frozen=True)
class Target:
    """A model's score at one lead.

    Attributes:
        id: the target, such as ``launch_days``.
        metric: ``log_score`` in nats (more is better), ``brier`` of "at least one" or ``crps`` in counts
        (less is). lead: months ahead.
        score: the raw model's mean.
        baselines: each baseline's mean on the same pairs.
        gain: mean advantage of the blend with the model over the blend without it, positive where it adds,
        whatever
            the metric's direction; ``gain_q05`` and ``gain_q95`` its block-bootstrap 90 % interval.
        p_value: of the Diebold–Mariano test of that gain.
        weight: the model's mean weight in the blend.
        n: pairs with a known outcome.
    """

    id: str
    metric: Metric
    lead: int
    score: float
    baselines: dict[str, float]
    gain: float
    gain_q05: float
    gain_q95: float
    p_value: float
    weight: float
    n: int

    @property
    def verdict(self) -> str:
        """In words, for the report's first screen."""
        if self.gain_q05 > 0:
            return "the model adds"
        return "the model takes away" if self.gain_q95 < 0 else "not shown that the model adds"


def beside(model: xr.DataArray, baselines: xr.DataArray) -> xr.DataArray:
    """The model (init, lead, count) as one forecaster more beside its baselines, on the origins and leads of
    both.

    Raises:
        InputError: nothing is common, or the counts differ.
    """
    import xarray as xr

    if model.sizes["count"] != baselines.sizes["count"]:
        mend = "use the same top count for both"
        raise InputError(f"{model.sizes['count']} counts against {baselines.sizes['count']}", mend=mend)
    one = model.drop_vars("forecaster", errors="ignore").expand_dims(forecaster=[MODEL])
    one, others = xr.align(one, baselines, join="inner", exclude=["forecaster"])
    if not one.sizes["init"] or not one.sizes["lead"]:
        raise InputError("model and baselines have no origin and lead in common", mend="forecast the same ones")
    order = ("forecaster", "init", "lead", "count")
    return xr.concat(
        [others.transpose(*order), one.transpose(*order)], dim="forecaster", coords="minimal", compat="override"
    )


def verify(
    target: str,
    model: xr.DataArray,
    baselines: xr.DataArray,
    outcome: xr.DataArray,
    *,
    metrics: Sequence[Metric] = ("log_score", "brier"),
    block: int = MIN_BLOCK,
    draws: int = 2000,
    seed: int = 0,
) -> tuple[Target, ...]:
    """Scores of a model and its baselines at every lead, and what the model adds to their blend.

    Args:
        target: its name.
        model: predictive probabilities (init, lead, count).
        baselines: the same with dim ``forecaster``, as ``baselines.hindcast`` gives them.
        outcome: counts or 0/1 (init, lead), NaN where not known.
        metrics: which scores.
        block, draws, seed: of the bootstrap.

    Raises:
        InputError: as for ``beside``, ``gains`` and ``block_bootstrap``.
    """
    together = beside(model, baselines)
    seen = outcome.sel(init=together["init"], lead=together["lead"])
    signs = {metric: 1.0 if metric == "log_score" else -1.0 for metric in metrics}
    means = {metric: sign * benefit(together, seen, metric).mean("init") for metric, sign in signs.items()}
    found = []
    for gain in gains(together, seen, MODEL, metrics=metrics, block=block, draws=draws, seed=seed):
        here = means[gain.metric].sel(lead=gain.lead)
        scores = {str(name): float(here.sel(forecaster=name)) for name in here["forecaster"].values}
        found.append(
            Target(
                id=target,
                metric=gain.metric,
                lead=gain.lead,
                score=scores.pop(MODEL),
                baselines=scores,
                gain=gain.difference.mean,
                gain_q05=gain.difference.low,
                gain_q95=gain.difference.high,
                p_value=gain.test.p_value,
                weight=gain.weight,
                n=gain.difference.n,
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Comparison:
    """The raw model against the best of its rivals at one lead, in nats a month; positive where the model is
    better."""

    lead: int
    rival: str
    difference: Difference
    test: DieboldMariano
    margin: float

    @property
    def verdict(self) -> str:
        """``better``, ``not inferior`` within the margin, ``inferior`` beyond it, or ``undecided``."""
        if self.difference.low > 0:
            return "better"
        if self.difference.low > -self.margin:
            return "not inferior"
        return "inferior" if self.difference.high < -self.margin else "undecided"


def against_best(
    model: xr.DataArray,
    baselines: xr.DataArray,
    outcome: xr.DataArray,
    rivals: Sequence[str],
    *,
    margin: float = MARGIN,
    block: int = MIN_BLOCK,
    draws: int = 2000,
    seed: int = 0,
) -> tuple[Comparison, ...]:
    """The model's log score against the better of its rivals, lead by lead (non-inferiority with a margin).

    The rival is chosen by its mean over the same pairs, with hindsight, which favours the rival.

    Raises:
        InputError: a rival is not among the baselines; or as for ``beside`` and ``block_bootstrap``.
    """
    known = [str(name) for name in baselines["forecaster"].values]
    for rival in rivals:
        if rival not in known:
            raise InputError(f"'{rival}' is not a baseline", mend=f"use one of {', '.join(known)}")
    together = beside(model, baselines.sel(forecaster=list(rivals)))
    score = benefit(together, outcome.sel(init=together["init"], lead=together["lead"]), "log_score")
    found = []
    for lead in score["lead"].values:
        here = score.sel(lead=lead)
        means = {name: float(here.sel(forecaster=name).mean()) for name in rivals}
        best = max(means, key=means.__getitem__)
        x = (here.sel(forecaster=MODEL) - here.sel(forecaster=best)).values
        difference = block_bootstrap(x, block=block, draws=draws, seed=seed)
        found.append(Comparison(int(lead), best, difference, diebold_mariano(x, int(lead)), margin))
    return tuple(found)
