"""What each law earns: replace it by a constant, and see which held-out score or conditional distribution changes.

Run: ``python benchmarks/ablations.py [--draws 16] [--particles 64] [--only LAW…]``. No law is edited: a mechanism is
held constant through its effect parameters in the draws, or by ``set`` rows at its sites. The nested filter runs once
as it is and once for each ablation, with the same noise, under draws of a vintage that ends before the months scored.
Two things are named in advance for each ablation: the sites whose rows should be foretold worse (one-month-ahead log
predictive probability, months 2020-01…2024-12, draws weighing the same), and an unobserved record whose one-month-ahead
mean should move (in standard deviations of its members). Errors are over draws (jackknife for the score). Writes
``src/keisei/cases/northeast_asia/ablations.csv``, which ``keisei case systems`` reads, a row at a time.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from keisei import months
from keisei.cases import Case, load_case
from keisei.cases.vintages import draws_for
from keisei.ensemble import Analysis, assimilate
from keisei.ensemble.run import merged
from keisei.model import layout
from keisei.score import Row

FROM, UNTIL = months.parse("2020-01"), months.parse("2024-12")
PLACE = Path(__file__).parents[1] / "src/keisei/cases/northeast_asia/ablations.csv"
COLUMNS = (
    "law", "mechanism", "replaced_by", "score_of", "score_change", "score_error", "record", "shift", "shift_error",
    "changed", "vintage", "draws", "particles", "seed",
)  # fmt: skip


@dataclass(frozen=True)
class Ablation:
    """A mechanism of a law, and how it is held constant.

    Attributes:
        law, name, how: what is replaced by what. sites: names of sites scored. record: whose mean is compared.
        fixed: parameter → value. rows: (target, value) set from 1990 on.
    """

    law: str
    name: str
    how: str
    sites: tuple[str, ...]
    record: str
    fixed: dict[str, float] = field(default_factory=dict)
    rows: tuple[tuple[str, str | float], ...] = ()


def _zero(*names: str) -> dict[str, float]:
    return dict.fromkeys(names, 0.0)


_LAUNCH = ("PRK.launch.ballistic",)
_VOTES = ("UNSC.draft", "UNSC.draft.severity", "UNSC.vote")
_NEWS = ("gdelt.score", "unga.agreement")
_TRADE = ("PRK.exports.CHN.log", "PRK.trade.CHN")
ABLATIONS = (
    Ablation("exchange", "arms link", "shells never shipped", ("arms.rounds.total", "arms.revenue.total"),
             "cooperation.PRK-RUS", rows=(("arms.link", 0.0), ("exchange[shells]", 0.0))),
    Ablation("exchange", "technology", "no technology given", ("PRK.launch.satellite",), "arms.revenue",
             rows=tuple((f"exchange[{good}]", 0.0) for good in ("air_defence", "satellite", "missile"))),
    Ablation("channels", "enforcement moves", "always hold", _TRADE, "PRK.trade.CHN",
             rows=(("enforcement.move[CHN]", "hold"), ("enforcement.move[RUS]", "hold"))),
    Ablation("channels", "border", "a closed border cuts nothing", _TRADE, "PRK.trade.CHN", fixed=_zero("border_cut")),
    Ablation("economy", "earnings", "growth does not feel earnings", ("PRK.gdp_growth",), "PRK.gdp_growth",
             fixed=_zero("growth_earnings")),
    Ablation("economy", "border and harvest", "no effect on growth", ("PRK.gdp_growth",), "PRK.gdp_growth",
             fixed=_zero("growth_border", "growth_harvest")),
    Ablation("posture", "posture", "posture does not bear on launches", _LAUNCH, "PRK.posture",
             fixed=_zero("launch_talks", "launch_restraint")),
    Ablation("posture", "tempo", "a constant tempo", _LAUNCH, "PRK.posture",
             fixed={"tempo_sd": 1e-4}),
    Ablation("posture", "pace", "no slow pace beside the tempo", _LAUNCH, "PRK.posture", fixed={"pace_sd": 1e-4}),
    Ablation("posture", "line", "the line stays relief", _LAUNCH, "PRK.posture",
             rows=(("prk.line", "relief"),)),
    Ablation("council", "thresholds", "no protection, rivalry, isolation or cooperation in the thresholds", _VOTES,
             "UNSC.ladder", fixed=_zero("tau_protection", "tau_rivalry", "tau_isolation", "tau_cooperation")),
    Ablation("council", "panel", "isolation and rivalry do not bear on the panel's mandate", ("UNSC.panel.vote",),
             "UNSC.panel", fixed=_zero("panel_isolation", "panel_rivalry")),
    Ablation("diplomacy", "events", "meetings, treaties and tests move no cooperation", _NEWS, "cooperation.PRK-CHN",
             fixed=_zero("impulse_summit", "impulse_treaty", "impulse_visit", "impulse_provocation")),
    Ablation("diplomacy", "drivers of cooperation", "isolation, war, rivalry and arms move no cooperation", _NEWS,
             "cooperation.PRK-RUS", fixed=_zero("r_isolation", "r_war", "r_rivalry", "r_arms", "r_rival")),
    Ablation("diplomacy", "meetings", "cooperation, talks and momentum do not bear on meetings", ("summit",),
             "cooperation.PRK-CHN", fixed=_zero("summit_cooperation", "summit_talks", "summit_momentum")),
    Ablation("drivers", "rivalry", "constant at 3.3", ("ideal_distance", *_NEWS), "cooperation.CHN-RUS",
             rows=(("rivalry", 3.3),)),
    Ablation("drivers", "isolation", "constant at 0.14", ("unga.ideal_point", *_NEWS), "cooperation.PRK-RUS",
             rows=(("russia.isolation", 0.14),)),
    Ablation("programme", "posture in tests", "posture does not bear on tests",
             ("PRK.test.nuclear", "PRK.launch.satellite"), "UNSC.ladder",
             fixed=_zero("nuclear_campaign", "satellite_campaign")),
    Ablation("programme", "tempo and retries", "satellites share no tempo and are not retried after a failure",
             ("PRK.launch.satellite",), "UNSC.ladder", fixed=_zero("satellite_tempo", "satellite_retry")),
    Ablation("programme", "growth of output", "constant output", ("PRK.warheads.log",), "PRK.warheads",
             fixed=_zero("warhead_growth")),
    Ablation("programme", "transfer", "technology does not help satellites", ("PRK.launch.satellite.outcome",),
             "", fixed=_zero("satellite_transfer")),
    Ablation("words", "stance", "a constant stance", ("words",), "stance.CHN",
             fixed={"stance_sd": 1e-4, "stance_rivalry": 0.0, "stance_isolation": 0.0}),
    Ablation("bargain", "outside options", "Russia's money does not bear on the deal", (), "deal.accept",
             fixed=_zero("weight_outside")),
    Ablation("bargain", "relief", "relief has no worth to Pyongyang", (), "deal.accept", fixed=_zero("weight_relief")),
    Ablation("exchange", "the other patron", "China sets no store by deference",
             ("arms.rounds.total", "arms.revenue.total"), "arms.revenue", fixed={"deference_value": 1e-3}),
    Ablation("allies", "tests", "tests do not move support", ("KOR.support_nuclear",), "KOR.support_nuclear",
             fixed=_zero("support_test")),
)  # fmt: skip


def rows_for(case: Case, ablation: Ablation) -> tuple[Row, ...]:
    """Rows from the model's start to the last month scored."""
    out = []
    for target, value in ablation.rows:
        site, _, index = target.partition("[")
        span = range(case.model.start, UNTIL + 1)
        out += [Row(m, site, value, "set", index.removesuffix("]"), "ablation") for m in span]
    return tuple(out)


def jackknife(value: Callable[[np.ndarray], float], n: int) -> tuple[float, float]:
    """A statistic of draws and its jackknife error; ``value`` takes the draws that are used."""
    every = np.arange(n)
    left = np.array([value(np.delete(every, i)) for i in range(n)])
    return value(every), float(np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum()))


def score(analysis: Analysis, sites: tuple[str, ...]) -> np.ndarray:
    """[months, draws, columns] log predictive probabilities of the rows at some sites in the months scored."""
    table = analysis.model.table.sites
    use = [i for i, c in enumerate(sorted(analysis.levels.observable)) if table[c].name in sites]
    return analysis.row_by_draw[FROM - analysis.first :, :, use].astype(float)


def _mixture(rows: np.ndarray, use: np.ndarray) -> float:
    here = rows[:, use]
    top = here.max(axis=1, keepdims=True)
    return float((top[:, 0] + np.log(np.exp(here - top).mean(axis=1))).sum())


def _shift(base: Analysis, other: Analysis, record: str) -> tuple[float, float]:
    """By how many standard deviations of its members a record's one-month-ahead mean moved, over draws."""
    at, n = base.kept.index(base.model.table.record_index[record]), len(base.draws)
    x, y = (z.records[at, FROM - z.first :].astype(float).reshape(UNTIL - FROM + 1, n, -1) for z in (base, other))
    gap = (y.mean(axis=(0, 2)) - x.mean(axis=(0, 2))) / max(float(x.std(axis=(1, 2)).mean()), 1e-12)
    return float(gap.mean()), float(gap.std(ddof=1) / np.sqrt(n))


def compare(base: Analysis, other: Analysis, ablation: Ablation) -> dict[str, object]:
    """What the ablation changed, with errors."""
    n = len(base.draws)
    a, b = score(base, ablation.sites), score(other, ablation.sites)
    if a.size:
        change, error = jackknife(lambda use: _mixture(b, use) - _mixture(a, use), n)
    else:
        change, error = float("nan"), float("nan")
    shift, shift_error = _shift(base, other, ablation.record) if ablation.record else (float("nan"), float("nan"))
    # rounded first: the file must bear out what it says
    moved = a.size and abs(round(change, 2)) > max(2 * round(error, 2), 0.1)
    named = ["score" if change < 0 else "score better without"] if moved else []
    if ablation.record and abs(round(shift, 3)) > max(2 * round(shift_error, 3), 0.05):
        named.append("distribution")
    return {
        "law": ablation.law, "mechanism": ablation.name, "replaced_by": ablation.how,
        "score_of": " ".join(ablation.sites), "score_change": f"{change:.2f}" if a.size else "",
        "score_error": f"{error:.2f}" if a.size else "", "record": ablation.record,
        "shift": f"{shift:.3f}" if ablation.record else "",
        "shift_error": f"{shift_error:.3f}" if ablation.record else "",
        "changed": ", ".join(named) or "nothing",
    }  # fmt: skip


def main(draws: int, particles: int, seed: int, only: list[str], out: Path) -> None:
    """All ablations, each written as soon as it is known."""
    case = load_case()
    drawn = draws_for(case, FROM - 1, draws, seed)
    names = list(case.parameters.names)
    given = case.score(UNTIL)
    chosen = [a for a in ABLATIONS if not only or a.law in only]
    every = [r for a in ABLATIONS for r in rows_for(case, a)]
    levels = merged(case.levels, layout(case.model.table, every, case.model.start, UNTIL).levels)
    records = sorted({a.record for a in ABLATIONS if a.record})

    def filtered(values: np.ndarray, extra: tuple[Row, ...]) -> Analysis:
        return assimilate(
            case.model, (*given, *extra), draws=values, until=UNTIL, particles=particles, seed=seed, levels=levels,
            records=records, vintage=drawn.vintage,
        )  # fmt: skip

    started = time.perf_counter()
    base = filtered(drawn.values, ())
    print(f"as it is: {time.perf_counter() - started:.0f} s", flush=True)
    vintage = "prior" if drawn.vintage is None else months.show(drawn.vintage)
    settings = {"vintage": vintage, "draws": draws, "particles": particles, "seed": seed}
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for ablation in chosen:
            started = time.perf_counter()
            values = drawn.values.copy()
            for name, value in ablation.fixed.items():
                values[:, names.index(name)] = value
            found = compare(base, filtered(values, rows_for(case, ablation)), ablation)
            writer.writerow(found | settings)
            file.flush()
            print(f"{time.perf_counter() - started:4.0f} s", *found.values(), sep=" | ", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=16)
    parser.add_argument("--particles", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], help="laws")
    parser.add_argument("--out", type=Path, default=PLACE)
    a = parser.parse_args()
    main(a.draws, a.particles, a.seed, a.only, a.out)
