"""``keisei verify``: hindcasts of a case, its targets scored beside simple forecasts, and what the model adds.

Everything here is pseudo-out-of-sample: the rows of an origin are those known then and the parameters those of a
vintage not after it, but whoever wrote the laws knew the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from keisei import months
from keisei.cases.load import Case
from keisei.cases.observed import observations
from keisei.cases.targets import Target, asked, figures, history, load_targets
from keisei.cases.vintages import draws_for, vintages
from keisei.ensemble import run
from keisei.ensemble.blocks import Progress, content_key
from keisei.ensemble.hindcast import Hindcast, hindcast
from keisei.errors import InputError
from keisei.forecast import levels
from keisei.forecast.baselines import LEADS
from keisei.forecast.baselines import hindcast as baseline_hindcast
from keisei.forecast.probabilities import count_pmf
from keisei.model import layout
from keisei.score import Row

if TYPE_CHECKING:
    import xarray as xr

FIRST, LAST = "2006-01", "2024-12"
DRAWS, PARTICLES, MEMBERS = 128, 64, 1024
DIMS = ("init", "lead", "count")


@dataclass(frozen=True)
class Settings:
    """How large the hindcast is. ``members`` are shared by the draws evenly."""

    draws: int = DRAWS
    particles: int = PARTICLES
    members: int = MEMBERS
    seed: int = 1

    @property
    def per_draw(self) -> int:
        """Members of each draw."""
        return max(1, self.members // self.draws)


@dataclass(frozen=True)
class Window:
    """The origins that one vintage serves, their hindcast, and the same draws run without assimilation.

    ``free`` has the records of members (member, month) from the model's start on; only exogenous history up to the
    vintage is set in it.
    """

    hindcast: Hindcast
    free: xr.Dataset


def windows(case: Case, first: int, last: int) -> list[tuple[int | None, int, int]]:
    """(vintage, first origin, last origin) of the spans that have the same latest vintage."""
    known = sorted(vintages(case))
    out: list[tuple[int | None, int, int]] = []
    for origin in range(first, last + 1):
        vintage = max((v for v in known if v <= origin), default=None)
        if out and out[-1][0] == vintage:
            out[-1] = (vintage, out[-1][1], origin)
        else:
            out.append((vintage, origin, origin))
    return out


def background(case: Case, until: int) -> tuple[Row, ...]:
    """Rows of the exogenous history up to a month and of definitions: all that an uninitialized run is told."""
    history_sites = set(case.about.get("history", ()))
    return tuple(row for row in case.score(until) if row.site in history_sites or row.source == "definition")


def run_windows(
    case: Case,
    targets: Sequence[Target],
    first: int,
    last: int,
    settings: Settings,
    *,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> list[Window]:
    """The hindcasts of all origins, window by window; finished blocks are kept in ``checkpoint``.

    Raises:
        InputError: origins outside the case, or more draws asked than a vintage has.
    """
    spans = windows(case, first, last)
    leads = tuple(sorted({lead for target in targets for lead in target.leads}))
    by_variable = {r.variable: r.name for r in case.model.table.records}
    sums = sorted({by_variable[name] for t in targets if t.year_sum for name in t.records})
    records = sorted({by_variable[name] for t in targets if not t.year_sum for name in t.records})
    told_levels = layout(case.model.table, background(case, last), case.model.start, last).levels
    total = sum(end - case.model.start + 1 for _, _, end in spans)
    done, out = 0.0, []
    for vintage, begin, end in spans:
        chosen = draws_for(case, begin, settings.draws, settings.seed)
        share = end - case.model.start + 1

        def report(step: int, of: int, done: float = done, share: int = share) -> None:
            if progress is not None:
                progress(int(1000 * (done + share * step / of)), 1000 * total)

        made = hindcast(
            case.model, case.score(end), draws=chosen.values, vintage=chosen.vintage, first=begin, last=end,
            leads=leads, records=records, sums=sums, particles=settings.particles, per_draw=settings.per_draw,
            seed=settings.seed, levels=case.levels, progress=report, checkpoint=checkpoint,
        )  # fmt: skip
        told = background(case, begin - 1 if vintage is None else vintage)
        free = run(
            case.model, told, members=settings.members, until=end + max(leads), seed=settings.seed, draws=chosen.values,
            records=[*records, *sums], levels=told_levels, checkpoint=checkpoint,
        )  # fmt: skip
        out.append(Window(made, free))
        done += share
    return out


@dataclass(frozen=True)
class Scored:
    """A target ready to be scored.

    Attributes:
        target: which. model, uninitialized: probabilities (init, lead, count). baselines: with dim ``forecaster``.
        outcome: (init, lead), NaN where it is not known or not asked.
    """

    target: Target
    model: xr.DataArray
    uninitialized: xr.DataArray
    baselines: xr.DataArray
    outcome: xr.DataArray


def prepare(case: Case, target: Target, made: Sequence[Window], first: int, last: int) -> Scored:
    """Forecasts and outcomes of one target at every origin; nothing dated after ``last`` is read."""
    origins = np.arange(first, last + 1)
    if target.kind == "level":
        return _prepare_level(case, target, made, origins, last)
    from keisei.forecast.scoring import outcomes

    observed = observations(case, last)
    whole, with_gaps = history(observed, target)
    outcome = outcomes(with_gaps, origins, target.leads)
    ask = asked(observed, target, origins)
    outcome = outcome.where(_array(ask[:, None] & np.ones(len(target.leads), bool), target, origins))
    base = baseline_hindcast(whole, origins, target.leads, top=target.top)
    if target.given:
        base = _with_given(base, observed, target, whole, origins)
    model = np.concatenate([_counts(target, w) for w in made])
    free = np.concatenate([_free_counts(target, w) for w in made])
    return Scored(target, _pmf(model, target, origins), _pmf(free, target, origins), base, outcome)


def _array(values: np.ndarray, target: Target, origins: np.ndarray) -> xr.DataArray:
    import xarray as xr

    return xr.DataArray(values, dims=("init", "lead"), coords={"init": origins, "lead": list(target.leads)})


def _pmf(values: np.ndarray, target: Target, origins: np.ndarray) -> xr.DataArray:
    import xarray as xr

    from keisei.forecast.scoring import with_valid_time

    coords = {"init": origins, "lead": list(target.leads), "count": np.arange(target.top + 1)}
    return with_valid_time(xr.DataArray(values, dims=DIMS, coords=coords))


def _counts(target: Target, window: Window) -> np.ndarray:
    """[origins, leads, count] from weighted members."""
    h = window.hindcast
    use = [h.leads.index(lead) for lead in target.leads]
    total = np.sum([h.values[name][:, use] for name in target.records], axis=0)
    weights = h.weights
    return np.stack([count_pmf(total[i].T, target.top, weights[i]).T for i in range(len(h.origins))])


def _free_counts(target: Target, window: Window) -> np.ndarray:
    """The same without assimilation: members at the valid months, all of equal weight."""
    total = np.sum([window.free[name].values for name in target.records], axis=0)
    table = count_pmf(total, target.top).T  # [month, count]
    start = int(window.free["month"][0])
    valid = window.hindcast.origins[:, None] + np.array(target.leads)[None]
    return np.asarray(table[valid - start])


def _with_given(
    base: xr.DataArray, observed: xr.Dataset, target: Target, whole: xr.DataArray, origins: np.ndarray
) -> xr.DataArray:
    """One forecaster more: how often it came, of the past origins at which it was asked too (Jeffreys)."""
    import xarray as xr

    month = whole["month"].values
    came = whole.values > 0
    ask = asked(observed, target, month)
    out = np.empty((len(origins), len(target.leads), 2))
    for j, lead in enumerate(target.leads):
        for i, origin in enumerate(origins):
            past = np.flatnonzero(ask & (month + lead <= origin))
            p = (came[past + lead].sum() + 0.5) / (len(past) + 1)
            out[i, j] = 1 - p, p
    given = _pmf(out, target, origins).expand_dims(forecaster=["given_rate"])
    return xr.concat([base, given.transpose(*base.dims)], dim="forecaster", coords="minimal", compat="override")


def _prepare_level(
    case: Case, target: Target, made: Sequence[Window], origins: np.ndarray, last: int
) -> Scored:  # fmt: skip
    import xarray as xr

    bins = target.bins
    assert bins is not None
    found = figures(case, target, last)
    n = len(target.leads)
    flat = np.full((len(origins), n, bins.count), 1.0 / bins.count)
    model, free, outcome = flat.copy(), flat.copy(), np.full((len(origins), n), np.nan)
    base = {name: flat.copy() for name in ("climatology", "persistence", "drift")}
    names = list(case.parameters.names)
    row = {int(m): float(v) for m, v in zip(found.month, found.value, strict=True)}
    place = {int(o): (w, i) for w in made for i, o in enumerate(w.hindcast.origins)}
    for i, origin in enumerate(origins):
        window, at = place[int(origin)]
        h = window.hindcast
        sd = h.draws[:, names.index(target.error)]
        bias = h.draws[:, names.index(target.bias)] if target.bias else np.zeros(len(h.draws))
        known = found.known <= origin
        for j, lead in enumerate(target.leads):
            valid = int(origin) + lead
            if valid not in row:
                continue
            outcome[i, j] = bins.index(row[valid])
            source = h.sums if target.year_sum else h.values
            x = target.level(source[target.records[0]][at, h.leads.index(lead)])
            model[i, j] = levels.of_members(x + bias[h.draw], sd[h.draw], h.weights[at], bins)
            x, draw = _free_level(target, window.free, valid)
            free[i, j] = levels.of_members(x + bias[draw], sd[draw], np.ones(len(x)), bins)
            simple = levels.baselines(
                found.value[known], found.month[known] / 12.0, valid / 12.0, target.scale, bins
            )  # fmt: skip
            for name, mass in simple.items():
                base[name][i, j] = mass
    stacked = xr.concat([_pmf(values, target, origins) for values in base.values()], dim="forecaster")
    return Scored(
        target,
        _pmf(model, target, origins),
        _pmf(free, target, origins),
        stacked.assign_coords(forecaster=list(base)),
        _array(outcome, target, origins),
    )


def _free_level(target: Target, free: xr.Dataset, valid: int) -> tuple[np.ndarray, np.ndarray]:
    """(levels, draws) of the uninitialized members in a month."""
    first = valid - valid % 12 if target.year_sum else valid
    part = free[target.records[0]].sel(month=slice(first, valid)).values
    return target.level(part.sum(axis=1) if target.year_sum else part[:, -1]), free["draw"].values


def origins(case: Case) -> tuple[int, int]:
    """The first and the last origin that the case can serve: a year lies before one, every lead after it."""
    return case.model.start + 12, min(case.origin, case.model.end - max(LEADS))


def check_span(case: Case, first: int, last: int) -> None:
    """Refuse origins that the case cannot serve.

    Raises:
        InputError: the months are out of order or outside the case.
    """
    if last < first:
        raise InputError(f"{months.show(last)} is before {months.show(first)}", mend="give --from before --until")
    low, high = origins(case)
    if first < low or last > high:
        raise InputError(
            f"origins {months.show(first)}..{months.show(last)} do not fit the case",
            mend=f"stay within {months.show(low)}..{months.show(high)}",
        )


def result_key(case: Case, first: int, last: int, settings: Settings) -> str:
    """The name under which a finished verification is kept: a hash of everything it rests on."""
    import hashlib

    from keisei.ensemble import backend, blocks

    root = Path(__file__).resolve().parents[1]
    code = hashlib.blake2b(digest_size=8)
    for file in (*sorted((root / "forecast").rglob("*.py")), *sorted((root / "cases").glob("*.py"))):
        code.update(file.read_bytes())
    draws = [
        (months.show(v), hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest())
        for v, path in vintages(case).items()
        if v <= last
    ]
    files = ("targets.yaml", "verification.yaml", "parameters.yaml", "case.yaml")
    about = [(case.folder / name).read_bytes() for name in files if (case.folder / name).is_file()]
    evidence = case.evidence.until(last)
    return content_key(
        blocks.code_version(), code.hexdigest(), backend.describe(), draws, *about, evidence.facts, evidence.coverage,
        evidence.measurements, first, last, settings,
    )  # fmt: skip


def verify_case(
    case: Case,
    *,
    first: int,
    last: int,
    settings: Settings | None = None,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> dict[str, Any]:
    """Everything ``keisei verify --json`` prints: see `cases.scoreboard.document`.

    Raises:
        InputError: see `check_span` and `run_windows`.
    """
    import json

    from keisei.cases.scoreboard import document
    from keisei.ensemble import backend

    backend.prepare()
    check_span(case, first, last)
    chosen = settings or Settings()
    stored = None if checkpoint is None else checkpoint / f"verify-{result_key(case, first, last, chosen)}.json"
    if stored is not None and stored.is_file():
        return dict(json.loads(stored.read_text(encoding="utf-8")))
    targets = load_targets(case)
    made = run_windows(case, targets, first, last, chosen, progress=progress, checkpoint=checkpoint)
    scored = [prepare(case, target, made, first, last) for target in targets]
    out = document(case, scored, made, first, last, chosen)
    if stored is not None:
        stored.parent.mkdir(parents=True, exist_ok=True)
        part = stored.with_suffix(".part")
        part.write_text(json.dumps(out, ensure_ascii=False), encoding="utf-8")
        part.replace(stored)
    return out
