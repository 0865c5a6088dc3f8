"""Does the model, told everything else, cover what it was not told?

Run: ``python benchmarks/held_out.py [--draws 32] [--particles 64]``. Two things are withheld from the score: the growth
of 2018–2020 and the shipments reported in 2024 (rounds and revenue so far). The rest of the evidence up to its end is
assimilated; what was withheld is compared with the central 90 % of the smoothed lines, measurement error included. Once
with draws of the latest vintage before 2018, which have seen none of it, and once with the latest vintage, which has
seen all. Draws weigh the same: 32 of them cannot be weighed by eight years of evidence. Writes the part "Held out" of
``docs/climate.md``.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from keisei import months
from keisei.cases import Case, load_case
from keisei.cases.outlook import past_of
from keisei.cases.vintages import draws_for
from keisei.ensemble import assimilate, select_lines
from keisei.score import Row

PAGE = Path(__file__).parents[1] / "docs" / "climate.md"
SHIPMENTS = {
    "arms.rounds.total": ("arms.rounds", 1e3, "rounds_error", "thousand rounds shipped so far"),
    "arms.revenue.total": ("arms.revenue", 1e6, "revenue_error", "million USD earned so far"),
}


def withheld(case: Case, score: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[tuple[int, float], ...]]:
    """Rows that are withheld, and (year, figure) of the growth among them."""
    figures = [
        m for m in case.evidence.measurements if m.series == "PRK.gdp_growth" and 2018 <= m.span.first.year <= 2020
    ]
    lines = {f"{m.file}:{m.line}" for m in figures}
    year_2024 = range(months.parse("2024-01"), months.parse("2024-12") + 1)
    rows = [r for r in score if r.site == "PRK.gdp_growth" and r.source in lines]
    if len(rows) != len(figures):
        raise SystemExit(f"{len(figures)} figures of growth, but {len(rows)} rows")
    rows += [r for r in score if r.target in SHIPMENTS and r.month in year_2024]
    return tuple(rows), tuple((m.span.first.year, m.value) for m in figures)


Told = tuple[str, float, np.ndarray]
Part = tuple[str, np.ndarray]
CLOSED = 2020  # the year in which the border closed


def parts(case: Case, values: np.ndarray, growth: np.ndarray) -> list[Part]:
    """What the growth of the year in which the border closed is made of, in each line, percentage points.

    The law of the economy shifts output once when the border closes, in January 2020, so that the whole year feels it;
    what is neither trend nor border is the loss of earnings, the harvest and the shocks of that year and the last.

    Args:
        values: [lines, parameters]. growth: [lines] of that year without the error of measurement.
    """
    names = list(case.parameters.names)
    trend, border = values[:, names.index("growth_trend")], -values[:, names.index("growth_border")]
    return [
        ("trend", trend), ("border", border), ("earnings, harvest, shocks", growth - trend - border), ("growth", growth)
    ]  # fmt: skip


def table(case: Case, before: int, draws: int, particles: int, seed: int) -> tuple[str, list[Told], list[Part]]:
    """The vintage used, (what, value withheld, what the lines say) of each, and the parts of growth in 2020."""
    drawn = draws_for(case, before, draws, seed)
    score = case.score(case.origin)
    out, growth = withheld(case, score)
    kept = [r for r in score if r not in set(out)]
    analysis = assimilate(
        case.model, kept, draws=drawn.values, until=case.origin, particles=particles, seed=seed, levels=case.levels,
        records=("PRK.gdp_growth", "arms.rounds", "arms.revenue"), vintage=case.origin,
    )  # fmt: skip
    lines = select_lines(replace(analysis, vintage=analysis.last), draws * particles, seed)
    past = past_of(analysis, lines)
    values = drawn.values[past["draw"].values]
    names = list(case.parameters.names)
    rng = np.random.default_rng([seed, 9])
    found: list[Told] = []
    for year, figure in growth:
        at = months.parse(f"{year}-12") - case.model.start
        error = values[:, names.index("growth_error")] * rng.standard_normal(len(values))
        found.append((f"growth of {year}, percent", figure, past["PRK.gdp_growth"].values[:, at] + error))
    for row in out:
        if row.target in SHIPMENTS:
            record, unit, spread, title = SHIPMENTS[row.target]
            so_far = past[record].values[:, : row.month - case.model.start + 1].sum(axis=1) / unit
            error = np.exp(values[:, names.index(spread)] * rng.standard_normal(len(values)))
            found.append((f"{title}, reported {months.show(row.month)}", float(row.value), so_far * error))
    closed = past["PRK.gdp_growth"].values[:, months.parse(f"{CLOSED}-12") - case.model.start].astype(float)
    vintage = "prior" if drawn.vintage is None else months.show(drawn.vintage)
    return vintage, found, parts(case, values, closed)


def main(draws: int, particles: int, seed: int) -> None:
    """Both vintages, into the page."""
    case = load_case()
    lines = [
        "## Held out", "",
        f"Written by `python benchmarks/held_out.py --draws {draws} --particles {particles} --seed {seed}`. The growth",
        "of 2018–2020 and the shipments reported in 2024 are withheld; all else up to the last month of evidence is",
        "assimilated (later figures of shipments included). Bands are the central 90 % of smoothed lines with",
        "measurement error; draws weigh the same.", "",
        "Why 2020 lies outside the band of the vintage that has not seen it: the border had not closed before, so",
        "that vintage knows of a closure what its prior says, which takes no side; the parts of growth below the",
        "tables show by how much. With 2018 it is likely the same: bans on whole sectors that China enforced had",
        "hardly begun by the end of 2017; no table here shows it.", "",
    ]  # fmt: skip
    for before, what in ((months.parse("2017-12"), "has seen none of it"), (case.origin, "has seen what is withheld")):
        vintage, found, made_of = table(case, before, draws, particles, seed)
        rows, inside = [], 0
        for name, value, members in found:
            low, middle, high = np.quantile(members, [0.05, 0.5, 0.95])
            hit = bool(low <= value <= high)
            inside += hit
            rows.append(f"| {name} | {value:.4g} | {low:.3g} | {middle:.3g} | {high:.3g} | {'yes' if hit else 'no'} |")
        lines += [
            f"Vintage {vintage} ({what}): {inside} of {len(found)} inside.", "",
            "| withheld | reported | 5 % | 50 % | 95 % | inside |", "| --- | --- | --- | --- | --- | --- |", *rows, "",
            f"What growth of {CLOSED} is made of in these lines, percentage points:", "",
            "| part | mean | sd over lines |", "| --- | --- | --- |",
            *(f"| {name} | {x.mean():+.2f} | {x.std():.2f} |" for name, x in made_of), "",
        ]  # fmt: skip
        print("\n".join(lines[-len(rows) - 14 :]), flush=True)
        text = PAGE.read_text(encoding="utf-8").partition("## Held out")[0]
        PAGE.write_text(text.rstrip() + "\n\n" + "\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=32)
    parser.add_argument("--particles", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    main(chosen.draws, chosen.particles, chosen.seed)
