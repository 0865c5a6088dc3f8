"""The page ``docs/verification.md``, written from what ``keisei verify`` found; its figures stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from keisei.cases.poor_months import POOR
from keisei.cases.verification_figures import draw_gains, draw_ranks, draw_reliability

FIGURES = "figures"
_PARTS = ("score", "reliability", "resolution", "uncertainty", "within")
_HOW = {"log_score": "nats", "brier": "Brier", "crps": "CRPS"}


def write_page(found: dict[str, Any], path: Path) -> None:
    """Write the page and its figures.

    Args:
        found: the document of `cases.verify.verify_case`.
        path: the .md file; figures go to ``figures/`` beside it.
    """
    folder = path.parent / FIGURES
    folder.mkdir(exist_ok=True)
    diagrams = _reliability(found, folder)
    gains = _gains(found, folder)
    ranks = _ranks(found, folder)
    parts = [
        _opening(found), _summary(found), gains, _comparisons(found), _hindsight(found), _scores(found),
        _periods(found), _vintages(found), _poor(found),
        _coverage(found), ranks, diagrams, _rare(found), _failures(found), _years(found), _reading(),
    ]  # fmt: skip
    path.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; columns after the first are aligned to the right where all their cells are numbers."""
    lines = [list(row) for row in rows]
    numeric = [all(_is_number(row[i]) for row in lines) for i in range(len(head))]
    rule = ["---:" if right else "---" for right in numeric]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in ([*head], rule, *lines))


def _is_number(cell: str) -> bool:
    return not cell or cell[0] in "+−-0123456789.<>"


def _signed(x: float | None, digits: int = 3) -> str:
    return "" if x is None else f"{x:+.{digits}f}".replace("-", "−")


def _plain(x: float, digits: int = 3) -> str:
    return f"{x:.{digits}f}".replace("-", "−")


def _opening(found: dict[str, Any]) -> str:
    s = found["settings"]
    command = "keisei verify --docs docs/verification.md"
    return f"""# Verification: how good the forecasts have been

Written by `{command}`; do not edit. Case `{found["case"]}`,
every month {found["from"]} to {found["until"]} an origin,
{s["draws"]} parameter draws of each vintage × {s["particles"]} state particles in the filter,
{s["draws"] * s["per_draw"]} members a free run, seed {s["seed"]}. Nothing dated after {found["until"]} was read.

**All of this is {found["status"]}.** The evidence of an origin is what was known then and the parameters are those of a
vintage not after it, but whoever wrote the laws and chose the priors knew the history. Only forecasts frozen in the
ledger (`keisei forecast --freeze`) before their months are called forecasts."""


def _summary(found: dict[str, Any]) -> str:
    groups: dict[str, list[str]] = {}
    for entry in _main(found["targets"]):
        verdict = entry["verdict"]
        key = "not demonstrable: fewer than 20 events or figures" if verdict.startswith("not demonstrable") else verdict
        groups.setdefault(key, []).append(f"{entry['id']} at {entry['lead']}")
    lines = ["## What the model adds", "", _gain_rule(found), ""]
    for verdict in ("the model adds", "the model takes away", "not shown that the model adds"):
        here = groups.get(verdict, [])
        lines.append(f"- **{verdict}** ({len(here)}): {', '.join(here) or 'none'}")
    for verdict, here in groups.items():
        if not verdict.startswith(("the model", "not shown")):
            names = sorted({one.split(" at ")[0] for one in here})
            lines.append(f"- **{verdict}** ({len(here)}): {', '.join(names)}")
    return "\n".join(lines)


def _gain_rule(found: dict[str, Any]) -> str:
    if not _is_new(found):
        return f"{_OLD} Target and lead in months, by the first metric of each target:"
    return (
        "The gain is the score of a blend of the model, the free-running model and the simple forecasts less that of "
        "the same blend without the model, exponential weights from past origins only; its 90 % interval is a "
        "moving-block bootstrap with blocks of 24 months. The model adds where the interval lies above zero: what it "
        "knows is then in no other forecast, the free-running model included. Target and lead in months, by the first "
        "metric of each target:"
    )


_OLD = (
    "These gains are of a run before blends had exponential weights and the free-running model was a rival: of stacked "
    "weights, against simple forecasts alone. The next run of `keisei verify` replaces them."
)


def _is_new(found: dict[str, Any]) -> bool:
    """Whether the document has what `cases.gains` collects; an older one is shown as far as it goes."""
    return any("differences" in entry for entry in found["targets"])


def _main(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a target and lead: log score, or CRPS of a level."""
    chosen: dict[tuple[str, int], dict[str, Any]] = {}
    for entry in entries:
        chosen.setdefault((entry["id"], entry["lead"]), entry)
    return list(chosen.values())


def best_rival(entry: dict[str, Any]) -> tuple[str, float]:
    """The forecaster other than the model with the best score there, the free-running model included."""
    rivals = entry["baselines"]
    sign = 1.0 if entry["metric"] == "log_score" else -1.0
    name = max(rivals, key=lambda one: sign * rivals[one])
    return name, rivals[name]


def _interval(entry: dict[str, Any]) -> str:
    return _with_ends({"mean": entry["gain"], "q05": entry["gain_q05"], "q95": entry["gain_q95"]})


def _with_ends(difference: dict[str, float | None] | None) -> str:
    if difference is None:
        return ""
    shown = _signed(difference["mean"])
    return shown if difference["q05"] is None else f"{shown} ({_ends(difference)})"


def _ends(difference: dict[str, float | None]) -> str:
    return f"{_signed(difference['q05'])} … {_signed(difference['q95'])}"


def _p(x: float | None) -> str:
    return "" if x is None else "<0.001" if x < 0.001 else _plain(x)


_DIFFERENCES = {
    "blend_less_model": "blend − model (90 %)", "blend_less_best": "blend − best rival (90 %)",
    "model_less_uninitialized": "model − free-running (90 %)",
}  # fmt: skip


def _scores(found: dict[str, Any]) -> str:
    new = _is_new(found)
    parts = [
        "## Scores by target",
        "Log scores in nats a month (more is better), CRPS in counts or in the unit of the level, Brier scores of at "
        "least one (less is better). *free-running* (uninitialized) is the model run from its start with the same "
        "draws and only exogenous history set; it is a rival like the simple forecasts. *best rival* is chosen with "
        "hindsight. *weight* is the model's mean weight in the blend."
        + (
            " *blend* is what `keisei forecast` returns where the model adds: the model with the simple forecasts. "
            "Differences are positive where the first named is better, p is of the Diebold–Mariano test."
            if new
            else ""
        ),
    ]
    for name, title in found["titles"].items():
        here = [entry for entry in found["targets"] if entry["id"] == name]
        if not here:
            continue
        rows = []
        for entry in here:
            rival, score = best_rival(entry)
            rows.append(
                (
                    str(entry["lead"]), _HOW[entry["metric"]], _plain(entry["score"]), _plain(entry["blend"]),
                    _plain(score), rival, _plain(entry["baselines"]["uninitialized"]), _plain(entry["weight"], 2),
                    str(entry["n"]),
                )
            )  # fmt: skip
        head = ("lead", "metric", "model", "blend", "best rival", "which", "free-running", "weight", "n")
        parts.append(f"### {name}: {title}\n\n{table(head, rows)}")
        shown = _DIFFERENCES if new else {}
        rows = []
        for entry in here:
            apart = entry.get("differences", {})
            cells = [str(entry["lead"]), _HOW[entry["metric"]], _interval(entry), _p(entry["p_value"])]
            for key in shown:
                cells += [_with_ends(apart.get(key)), _p(apart.get(key, {}).get("p_value"))]
            rows.append((*cells, entry["verdict"]))
        titles = [cell for key in shown for cell in (shown[key], "p")]
        parts.append(table(("lead", "metric", "gain (90 %)", "p", *titles, "verdict"), rows))
    return "\n\n".join(parts)


def _comparisons(found: dict[str, Any]) -> str:
    """Non-inferiority of the raw model, the origins up to the frozen month first and all others apart."""
    if not found["comparisons"]:
        return ""
    margin = found["comparisons"][0]["margin"]
    names = " and ".join(dict.fromkeys(c["id"] for c in found["comparisons"]))
    intro = (
        f"Not inferior: the whole interval above −{margin} nats a month. The rival is the better of the exponentially "
        "weighted rate and the lag regression with hindsight, which favours it."
    )
    frozen = _compared(found, ("until_frozen",))
    if not frozen:
        return f"## The raw model against simple forecasts: {names}\n\n{intro}\n\n" + _compared(
            found, ("all", "after", "learned")
        )
    return (
        f"## The raw model against simple forecasts, origins to {found['frozen']}: {names}\n\n{intro} These origins "
        "are the ones on which choices were made; no later one has a part in the verdict.\n\n"
        f"{frozen}\n\n### Other origins, apart\n\n" + _compared(found, ("after", "learned", "all"))
    )


def _compared(found: dict[str, Any], periods: Sequence[str]) -> str:
    words = {
        "all": "all origins", "until_frozen": f"to {found['frozen']}", "after": f"after {found['frozen']}",
        "learned": f"after {found['learned']}",
    }  # fmt: skip
    by_period = {"all": found["targets"], **found["periods"]}
    apart = {
        (name, e["id"], e["lead"]): e.get("differences", {})
        for name in periods
        for e in by_period.get(name, ())
        if e["metric"] == "log_score"
    }
    rows = []
    for period in periods:
        for c in (c for c in found["comparisons"] if c["period"] == period):
            more = apart.get((period, c["id"], c["lead"]), {})
            rows.append(
                (
                    c["id"], words[period], str(c["lead"]), c["rival"], _signed(c["difference"], 4),
                    "" if c["q05"] is None else f"{_signed(c['q05'], 4)} … {_signed(c['q95'], 4)}", _p(c["p_value"]),
                    str(c["n"]), c["verdict"],
                    *(
                        (_with_ends(more.get("model_less_uninitialized")), _with_ends(more.get("blend_less_model")))
                        if _is_new(found)
                        else ()
                    ),
                )
            )  # fmt: skip
    head = ["target", "origins", "lead", "better of its rivals", "nats a month", "90 %", "p", "n", "verdict"]
    head += ["model − free-running (90 %)", "blend − model (90 %)"] if _is_new(found) else []
    return table(head, rows) if rows else ""


def _periods(found: dict[str, Any]) -> str:
    before = {(e["id"], e["lead"], e["metric"]): e for e in found["periods"]["until_frozen"]}
    rows = []
    for entry in _main(found["periods"]["after"]):
        old = before.get((entry["id"], entry["lead"], entry["metric"]))
        if old is None:
            continue
        rows.append(
            (
                entry["id"], str(entry["lead"]), _HOW[entry["metric"]], _plain(old["score"]),
                _plain(best_rival(old)[1]), _signed(old["gain"]), _plain(entry["score"]),
                _plain(best_rival(entry)[1]), _signed(entry["gain"]), str(entry["n"]),
            )
        )  # fmt: skip
    if not rows:
        return ""
    head = (
        "target", "lead", "metric", "model before", "best rival before", "gain before", "model after",
        "best rival after", "gain after", "n after",
    )  # fmt: skip
    return (
        f"## Before and after {found['frozen']}\n\nChoices were frozen on origins up to {found['frozen']}; those after "
        "it stand apart. They are too few for an interval of their own."
        + (f" {found['looked']}" if found["looked"] else "")
        + "\n\n"
        + table(head, rows)
    )


def _hindsight(found: dict[str, Any]) -> str:
    """What is left of the gains where the data, not the priors' authors, had told the model."""
    whole = {(e["id"], e["lead"]): e for e in _main(found["targets"])}
    if found["learned"] is None:
        return ""
    rows = [
        (
            entry["id"], str(entry["lead"]), _HOW[entry["metric"]], _interval(whole[entry["id"], entry["lead"]]),
            _interval(entry), _plain(entry["score"]), _plain(best_rival(entry)[1]), str(entry["n"]), entry["verdict"],
        )
        for entry in _main(found["periods"]["learned"])
        if not whole[entry["id"], entry["lead"]]["verdict"].startswith("not demonstrable")
    ]  # fmt: skip
    if not rows:
        return ""
    head = (
        "target", "lead", "metric", "gain, all origins", f"gain, after {found['learned']}", "model", "best rival", "n",
        "verdict there",
    )  # fmt: skip
    return (
        f"## Hindsight in the priors: origins after {found['learned']}\n\n{found['hindsight']} "
        "These origins are the fairer test:\n\n" + table(head, rows)
    )


def _vintages(found: dict[str, Any]) -> str:
    rows = [
        (
            w["vintage"] or "prior", f"{w['from']} to {w['until']}", _plain(w["effective_draws_least"], 0),
            w["effective_draws_least_at"], _plain(w["effective_draws_median"], 0),
            _plain(w["effective_draws_untempered"], 0), _plain(w["ess_least"], 2),
            w["ess_least_at"],
        )
        for w in found["vintages"]
    ]  # fmt: skip
    head = (
        "vintage", "origins", "effective draws, least", "at", "median", "untempered, last origin",
        "effective particles, least share", "in",
    )  # fmt: skip
    return (
        "## Parameter vintages and the filter\n\nDraws of calibrated vintages weigh tempered by the months after the "
        "vintage, so that half of them stay effective; what would be left of them without tempering stands beside.\n\n"
        + table(head, rows)
    )


def _poor(found: dict[str, Any]) -> str:
    """Every month that few particles fitted; of an older document the worst of each vintage."""
    shown: list[tuple[str, ...]] = []
    whole = all("poor_months" in w for w in found["vintages"])
    listed = [m for w in found["vintages"] for m in w.get("poor_months", ())]
    named = whole and all("row" in m for m in listed)
    for w in found["vintages"]:
        old = [{"month": w["ess_least_at"], "share": w["ess_least"]}] if w["ess_least"] < POOR else []
        for m in w.get("poor_months", old):
            nats = _plain(m["nats"], 1) if "nats" in m else ""
            told = (
                f"`{m['row']}` {_plain(m['row_nats'], 1)}" if named else ", ".join(f"`{x}`" for x in m.get("told", ()))
            )
            shown.append((m["month"], w["vintage"] or "prior", _plain(m["share"], 3), nats, told))
    if not shown:
        return ""
    text = f"### Months that under {POOR:.0%} of the particles fitted\n\n"
    if named:
        text += "All of them, each with the row that cost it most and the nats of that row."
    elif whole:
        text += (
            "All of them. *Told* are the rows that can have cost it, events that came and figures, those first whose "
            "target had told least before: a hindcast keeps the likelihood of a month, not of each row."
        )
    else:
        text += (
            "Of this run the worst month of each vintage only, without what was told; the next run of `keisei verify` "
            "names them all."
        )
    last = "costliest row" if named else "told"
    return f"{text}\n\n{table(('month', 'vintage', 'effective share', 'nats', last), sorted(shown))}"


def _coverage(found: dict[str, Any]) -> str:
    cells = found["coverage"]
    inside = sum(c["passes"] for c in cells)
    failed = [c for c in cells if not c["passes"]]
    rows = [
        (
            c["id"], str(c["lead"]), f"{c['nominal']:.0%}", f"{c['observed']:.0%}",
            f"{c['band_low']:.0%} to {c['band_high']:.0%}", str(c["n"]),
        )
        for c in failed
    ]  # fmt: skip
    text = (
        "## Coverage of 50 % and 90 % intervals\n\nShare of outcomes in central intervals (randomised PIT for counts) "
        f"against the exact binomial 95 % band: {inside} of {len(cells)} inside. Months of one lead are taken as "
        "independent, so the bands of long leads are narrower than they should be."
    )
    if not rows:
        return text
    head = ("target", "lead", "interval", "covered", "band", "n")
    return f"{text} Outside:\n\n{table(head, rows)}"


def _ranks(found: dict[str, Any], folder: Path) -> str:
    cells = found["ranks"]
    if not cells:
        return ""
    bars = [
        {"target": c["id"], "lead": f"lead {c['lead']}", "cell": i, "ratio": count * len(c["counts"]) / c["n"]}
        for c in cells
        for i, count in enumerate(c["counts"])
    ]
    file = folder / "verification-ranks.svg"
    draw_ranks(bars, list(found["titles"]), file)
    rows = [
        (
            c["id"], str(c["lead"]), f"{c['counts'][0] / c['n']:.0%}", f"{c['counts'][-1] / c['n']:.0%}",
            _plain(c["chi2"], 1), "<0.001" if c["p_value"] < 0.001 else _plain(c["p_value"]), str(c["n"]),
        )
        for c in cells
    ]  # fmt: skip
    head = ("target", "lead", "in the lowest tenth", "in the highest tenth", "χ²", "p of flatness", "n")
    return (
        "## Rank histograms\n\nWhere in the predictive distribution the outcome fell (randomised PIT, ten parts). Flat "
        "is right, heaped at both ends too narrow, in the middle too wide, at one end biased. The χ² test takes months "
        "as independent and is too strict at leads beyond one.\n\n"
        f"![Rank histograms of counts by lead]({FIGURES}/{file.name})\n\n{table(head, rows)}"
    )


def _rare(found: dict[str, Any]) -> str:
    rows = [
        (
            r["id"], r["words"], str(r["observed"]), _plain(r["expected"], 1), f"{r['low']:.1f} to {r['high']:.1f}",
            "yes" if r["sum_in_interval"] else "**no**", f"{_plain(r['worst'], 2)} in {r['worst_month']}",
            _listed(r["months_under_minus_two"]), f"{_plain(r['worst_relative'], 2)} in {r['worst_relative_month']}",
            _listed(r["months_under_minus_two_relative"]),
        )
        for r in found["rare"]
    ]  # fmt: skip
    if not rows:
        return ""
    head = (
        "target", "skill", "came", "sum of issued", "Poisson 90 %", "inside", "dearest month, nats", "under −2",
        "dearest against the best baseline", "under −2 against it",
    )  # fmt: skip
    return (
        "## Rare events\n\nNo skill is claimed for these. What is asked: the sum of issued probabilities at the "
        "shortest lead lies in the exact Poisson 90 % interval of the count, and no month costs over 2 nats more than "
        "the baseline that said this month best (chosen with hindsight, which favours the baseline). A bound on the "
        "month's own log score cannot be met by an honest forecast: an event at a base rate of 3 % costs 3.5 nats, and "
        "only one that came at 13.5 % or more costs less than 2 "
        "([decision 0008](decisions/0008-rare-events.md)); it is shown all the same. Months that fail are named.\n\n"
        + table(head, rows)
    )


def _listed(shown: Sequence[str]) -> str:
    return f"**{len(shown)}**: {', '.join(shown)}" if shown else "none"


def _failures(found: dict[str, Any]) -> str:
    rows = [
        (f["id"], f["month"], f"{f['outcome']:.0f}", _plain(f["said"], 2), _plain(f["log_score"], 2))
        for f in found["failures"]
    ]
    if not rows:
        return ""
    head = ("target", "month", "came", "said (probability, or mean of counts)", "nats")
    return (
        "## Failures by name\n\nThe months that the model liked least at its shortest lead, at most eight a target, "
        "all under −2 nats:\n\n" + table(head, rows)
    )


def _years(found: dict[str, Any]) -> str:
    wanted = ("launch_days", "launch_month")
    rows = [
        (
            y["id"], str(y["lead"]), str(y["year"]), _plain(y["came"], 2), _plain(y["model"], 2),
            _plain(y["simple"], 2), y["baseline"],
        )
        for y in found["years"] if y["id"] in wanted and y["lead"] in (1, 12)
    ]  # fmt: skip
    if not rows:
        return ""
    head = ("target", "lead", "year", "came, a month", "model said", "baseline said", "which")
    return "## Launches by year: what was said and what came\n\n" + table(head, rows)


def _reading() -> str:
    return """## How to read this

- Baselines see only the history up to the origin: climatology, a rate with a half-life of 12 months, a Markov chain
  (persistence), a ridge regression on lags and season; for levels Student's t around the mean, the last figure and its
  drift; for drafts also their rate after past provocations.
- A month outside the evidence's coverage is not scored. CRBM launches (under 300 km) are covered by nobody and left
  out.
- Levels are scored in the month (or at the end of the year) that the figure is for, as published, with the error of the
  maker that the model itself estimates.
- "not demonstrable (n = …)" stands where fewer than 20 events or figures came: no gain shown there is evidence of
  skill.
- Probabilities are clipped to 0.1 % and 99.9 % for all forecasters alike."""


def _reliability(found: dict[str, Any], folder: Path) -> str:
    """A diagram a target, leads side by side."""
    by_target: dict[str, list[dict[str, Any]]] = {}
    for curve in found["reliability"]:
        for one in curve["bins"]:
            by_target.setdefault(curve["id"], []).append({**one, "lead": f"lead {curve['lead']}"})
    if not by_target:
        return ""
    lines = [
        "## Reliability",
        "Dots: share of months in which it came, by forecast probability, with the number of forecasts. Bars hold the "
        "dot in 90 % of worlds in which the forecasts are right (consistency resampling).",
    ]
    for name, bins in by_target.items():
        file = folder / f"verification-reliability-{name}.svg"
        draw_reliability(bins, file)
        lines.append(f"![Reliability of {name}: forecast probability against share of months]({FIGURES}/{file.name})")
    rows = [
        (c["id"], str(c["lead"]), *(_plain(c["brier"][key], 4) for key in _PARTS), str(c["brier"]["n"]))
        for c in found["reliability"]
    ]
    lines.append("Brier score = reliability − resolution + uncertainty + within bins:")
    lines.append(table(("target", "lead", *_PARTS, "n"), rows))
    return "\n\n".join(lines)


def _gains(found: dict[str, Any], folder: Path) -> str:
    """The blend's gain with its interval, target by target: log scores only, since only they share a unit."""
    rows = [
        {
            "target": e["id"], "lead": f"lead {e['lead']}", "gain": e["gain"], "low": e["gain_q05"],
            "high": e["gain_q95"], "verdict": e["verdict"].partition(" (")[0],
        }
        for e in found["targets"] if e["metric"] == "log_score" and e["gain_q05"] is not None
    ]  # fmt: skip
    if not rows:
        return ""
    file = folder / "verification-gains.svg"
    draw_gains(rows, list(found["titles"]), file)
    return f"![Gain of the blend with the model over the blend without it]({FIGURES}/{file.name})"
