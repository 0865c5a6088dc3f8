"""The model beside its baselines at each lead, and whether it falls behind them.

Everything here is pseudo-out-of-sample: whoever wrote the model knew the history. Only the ledger holds
forecasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keisei.errors import InputError
from keisei.forecast.bootstrap import MIN_BLOCK, DieboldMariano, Difference, block_bootstrap, diebold_mariano
from keisei.forecast.scoring import benefit

if TYPE_CHECKING:
    import xarray as xr

MARGIN = 0.01  # nats a month by which a model may fall short and still count as not inferior
MODEL = "model"


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
