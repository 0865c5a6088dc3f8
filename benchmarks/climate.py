"""Does the model, left alone from 1990, live in the climate that was observed?

Run: ``python benchmarks/climate.py [--members 1024] [--seed 1]``. Only exogenous history is set (who governs, the war's
phase, the border: the sites that ``case.yaml`` calls history) and what holds by definition; nothing is assimilated. For
each series and year it asks whether the value observed lies inside the central 90 % band of the members, measurement
error included, and writes ``docs/climate.csv``, a figure a series under ``docs/figures/`` and the first part of
``docs/climate.md`` (``benchmarks/held_out.py`` writes the second).
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from keisei import months
from keisei.cases import Case, load_case
from keisei.cases.observed import observations
from keisei.cases.vintages import draws_for
from keisei.ensemble import run
from keisei.score import Row

DOCS = Path(__file__).parents[1] / "docs"
TITLES = {
    "growth": "growth, percent a year", "trade.CHN": "trade with China, million USD a year",
    "exports.CHN": "exports to China, million USD a year",
    "launch days": "launch days of 300 km and more, class-days a year",
    "launch months": "months with a launch, a year", "nuclear tests": "nuclear tests a year",
    "satellites": "satellite launches a year", "drafts": "sanctions drafts put to the vote, a year",
}  # fmt: skip
COUNTED: dict[str, tuple[str, dict[str, str]]] = {
    "launch days": ("PRK.launch.ballistic", {}), "nuclear tests": ("PRK.test.nuclear", {}),
    "satellites": ("PRK.launch.satellite", {}), "drafts": ("UNSC.draft", {}),
}  # fmt: skip
PAIRS = ("PRK-RUS", "PRK-CHN", "PRK-USA", "PRK-KOR", "PRK-JPN")
LEVELS = {
    "growth": ("PRK.gdp_growth", "last", "growth_error"), "trade.CHN": ("PRK.trade.CHN", "sum", "customs_error"),
    "exports.CHN": ("PRK.exports.CHN", "sum", "customs_error"),
}  # fmt: skip


@dataclass(frozen=True)
class Year:
    """One series in one year: what was observed, and the members' 5, 25, 50, 75 and 95 % points."""

    series: str
    year: int
    observed: float
    low: float
    quarter: float
    middle: float
    three_quarters: float
    high: float

    @property
    def inside(self) -> bool:
        return self.low <= self.observed <= self.high

    @property
    def inside_half(self) -> bool:
        return self.quarter <= self.observed <= self.three_quarters


def history(case: Case, origin: int) -> tuple[Row, ...]:
    """Exogenous history and definitions: ``set`` rows only."""
    given = set(case.about["history"])
    return tuple(r for r in case.score(origin) if r.how == "set" and (r.site in given or r.source == "definition"))


def band(series: str, year: int, observed: float, members: np.ndarray) -> Year:
    """The central 90 and 50 % of the members; order statistics, so that a count's band ends on counts."""
    points = np.quantile(members, [0.05, 0.25, 0.5, 0.75, 0.95], method="inverted_cdf")
    return Year(series, year, float(observed), *(float(x) for x in points))


def _variables(data: Any, name: str, wanted: dict[str, str]) -> list[str]:
    out = []
    for v in data.data_vars:
        has = json.loads(data[v].attrs["attributes"])
        if data[v].attrs["record"] == name and all(has.get(k) == x for k, x in wanted.items()):
            out.append(v)
    return out


def years_of(case: Case, world: Any, draws: np.ndarray, origin: int, seed: int) -> list[Year]:
    """Every series in every year in which something was observed."""
    seen = observations(case, origin)
    at = seen["month"].values // 12
    rng = np.random.default_rng([seed, 5])
    names = list(case.parameters.names)
    out: list[Year] = []
    for series, (record, how, error) in LEVELS.items():
        value, spread = seen[record].values, draws[world["draw"].values, names.index(error)]
        table = world[record].values
        for year in np.unique(at[~np.isnan(value)]):
            inside = at == year
            noise = spread * rng.standard_normal(len(spread))
            members = table[:, inside][:, -1] + noise if how == "last" else table[:, inside].sum(axis=1) * np.exp(noise)
            observed = value[inside][~np.isnan(value[inside])][-1]
            out.append(band(series, int(year), observed, members))
    for series, (record, wanted) in COUNTED.items():
        out += _counts(series, seen, world, _variables(seen, record, wanted), at)
    launches = _variables(seen, "PRK.launch.ballistic", {})
    out += _counts("launch months", seen, world, launches, at, any_of=True)
    for pair in PAIRS:
        variables = _variables(seen, "summit", {"pair": pair, "level": "leaders"})
        out += _counts(f"summits {pair}", seen, world, variables, at)
    return out


def _counts(
    series: str, seen: Any, world: Any, variables: list[str], at: np.ndarray, any_of: bool = False
) -> list[Year]:
    """Yearly counts over the months in which somebody looked; years with less than eleven such months are left out."""
    use = [v for v in variables if np.isfinite(seen[v].values).sum() >= 24]
    value = np.stack([seen[v].values for v in use])
    looked = np.isfinite(value)
    members = np.stack([world[v].values for v in use])
    out = []
    for year in np.unique(at):
        inside = (at == year) & looked.all(axis=0)
        if inside.sum() < 11:
            continue
        a, b = value[:, inside].sum(axis=0), members[:, :, inside].sum(axis=0)
        if any_of:
            a, b = (a > 0) * 1.0, (b > 0) * 1.0
        out.append(band(series, int(year), a.sum(), b.sum(axis=1)))
    return out


def figure(series: str, years: list[Year], path: Path) -> None:
    """Band, middle and what was observed; failures stand out."""
    import altair as alt
    import pandas as pd

    data = pd.DataFrame([y.__dict__ | {"where": "inside" if y.inside else "outside"} for y in years])
    x = alt.X("year:Q", axis=alt.Axis(format="d", title=None))
    title = _title(series)
    area = alt.Chart(data).mark_area(opacity=0.25, color="#3b6ea5", interpolate="step").encode(
        x=x, y=alt.Y("low:Q", title=title), y2="high:Q"
    )  # fmt: skip
    line = alt.Chart(data).mark_line(color="#3b6ea5", interpolate="step").encode(x=x, y="middle:Q")
    colour = alt.Color(
        "where:N", title="observed", scale=alt.Scale(domain=["inside", "outside"], range=["#222222", "#c0392b"])
    )
    dots = alt.Chart(data).mark_point(filled=True, size=45, opacity=1).encode(x=x, y="observed:Q", color=colour)
    (area + line + dots).properties(width=620, height=220).save(str(path))


def shares(years: list[Year]) -> dict[str, tuple[int, int, int, int, int]]:
    """series → (years, inside, inside the 50 % band, years with something observed, of those inside)."""
    out = {}
    for series in dict.fromkeys(y.series for y in years):
        here = [y for y in years if y.series == series]
        some = [y for y in here if y.observed != 0]
        out[series] = (
            len(here), sum(y.inside for y in here), sum(y.inside_half for y in here), len(some),
            sum(y.inside for y in some),
        )  # fmt: skip
    return out


def page(years: list[Year], prior: list[Year], vintage: str, members: int, seed: int) -> str:
    """The first part of docs/climate.md."""
    a, b = shares(years), shares(prior)
    total, inside, half, some, hit = (sum(x[i] for x in a.values()) for i in range(5))
    before, before_hit = sum(x[1] for x in b.values()), sum(x[4] for x in b.values())

    def percent(n: int, of: int) -> str:
        return f"{n} of {of} ({100 * n / of:.0f} %)"

    lines = [
        "# The model's climate", "",
        f"Written by `python benchmarks/climate.py --members {members} --seed {seed}`. Members run from 1990-01 with",
        "nothing assimilated: who governs, the war's phase and the border are set as history had them, and China's",
        f"enforcement is 1 in 2018 by definition. Parameters are draws of vintage {vintage}; they have seen these",
        "data, so this asks whether the laws can live with them, not whether they forecast. Measurement error is in",
        "the band. A year counts as inside when the value observed lies in the central 90 % of the members. Bands of",
        "rare events end on whole counts and cover more than 90 % by construction, and a quiet year is easily covered;",
        "so the years in which something happened stand apart, and so does the 50 % band.", "",
        f"**{percent(inside, total)} of the yearly values lie inside the 90 % bands; the aim is 80 %.** Of the years",
        f"in which something was observed: {percent(hit, some)}. Inside the 50 % bands: {percent(half, total)}.",
        f"Under prior draws: {percent(before, total)}, and {percent(before_hit, some)} of those with something.", "",
        *_width(years), "",
        "Width: mean width of the 90 % band against that of a normal law with the spread of the observed years; above",
        "1 a constant climatology would be sharper, above 1.5 coverage says little.", "",
        "| series | years | in 90 % | in 50 % | with something observed | of those in 90 % | prior: in 90 % | width |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for series, (n, k, h, m, j) in a.items():
        cells = [n, f"{k} ({100 * k / n:.0f} %)", h, m, j, b[series][1], _breadth(years, series)]
        lines.append(f"| {_title(series)} | {' | '.join(str(c) for c in cells)} |")
    lines += ["", "## Failures by name", ""]
    for series in a:
        out = [y for y in years if y.series == series and not y.inside]
        if out:
            named = ", ".join(f"{y.year} ({y.observed:g}; band {y.low:.3g} to {y.high:.3g})" for y in out)
            lines.append(f"- {_title(series)}: {named}.")
    lines += ["", "## Figures", "", "Band: central 90 % of members; line: median; dots: observed, red outside.", ""]
    lines += [f"![{_title(s)}](figures/{_file(s)})" for s in a]
    return "\n".join(lines) + "\n"


def _breadth(years: list[Year], series: str) -> str:
    """Mean width of the 90 % band against 3.29 standard deviations of what was observed."""
    here = [y for y in years if y.series == series]
    spread = 3.29 * float(np.std([y.observed for y in here]))
    return f"{np.mean([y.high - y.low for y in here]) / spread:.1f}" if spread > 0 else "—"


def _width(years: list[Year]) -> list[str]:
    """Whether coverage is bought by width."""
    wide = []
    for series in dict.fromkeys(y.series for y in years):
        here = [y for y in years if y.series == series]
        held = sum(y.inside_half for y in here)
        if held > stats.binom.ppf(0.975, len(here), 0.5) and sum(y.observed != 0 for y in here) > len(here) / 2:
            wide.append(_title(series))
    text = "; ".join(wide) or "none"
    return [
        "Bands wider than the data warrant (more years in the 50 % band than a binomial 97.5 % point allows, among",
        f"series that are seldom zero): {text}.",
    ]  # fmt: skip


def _title(series: str) -> str:
    return TITLES.get(series, f"leaders' {series}, a year")


def _file(series: str) -> str:
    return f"climate-{series.replace(' ', '-').replace('.', '-').lower()}.svg"


def climate(case: Case, members: int, seed: int) -> None:
    """Both runs, the table and the page."""
    origin = case.origin
    records = {x[0] for x in LEVELS.values()} | {x[0] for x in COUNTED.values()} | {"summit"}
    drawn = draws_for(case, origin, 400, seed)
    both = []
    for draws in (drawn.values, case.parameters.draw(200, seed)):
        started = time.perf_counter()
        world = run(
            case.model, history(case, origin), members=members, until=origin, seed=seed, draws=draws, records=records
        )
        print(f"{members} members to {months.show(origin)} in {time.perf_counter() - started:.0f} s", flush=True)
        both.append(years_of(case, world, draws, origin, seed))
    vintage = "prior" if drawn.vintage is None else months.show(drawn.vintage)
    with (DOCS / "climate.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["draws", "series", "year", "observed", "q05", "q25", "q50", "q75", "q95", "inside"])
        for name, years in zip((vintage, "prior"), both, strict=True):
            for y in years:
                numbers = [f"{v:.5g}" for v in (y.observed, y.low, y.quarter, y.middle, y.three_quarters, y.high)]
                writer.writerow([name, y.series, y.year, *numbers, int(y.inside)])
    for series in dict.fromkeys(y.series for y in both[0]):
        figure(series, [y for y in both[0] if y.series == series], DOCS / "figures" / _file(series))
    text = page(both[0], both[1], vintage, members, seed)
    path = DOCS / "climate.md"
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    _, mark, rest = old.partition("## Held out")
    path.write_text(text + ("\n" + mark + rest if mark else ""), encoding="utf-8")
    print(text.partition("## Figures")[0])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=1024)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    climate(load_case(), chosen.members, chosen.seed)
