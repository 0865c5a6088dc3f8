"""What coded episodes have taught: prior and posterior of each weight, and how likely each decision was (S12)."""

from __future__ import annotations

from typing import Any

import numpy as np

from keisei import months
from keisei.cases.episodes import likelihood, load_episodes
from keisei.cases.load import Case
from keisei.cases.vintages import blocks_of, coded_blocks, draws_for, vintages
from keisei.errors import InputError

_PRIOR_DRAWS = 4000


def learned(case: Case, seed: int = 1) -> dict[str, Any]:
    """Prior and posterior of the parameters that episodes weigh, under the latest vintage of the case.

    Returns:
        {"vintage", "decisions", "parameters": [{"id", "unit", "meaning", "prior", "posterior", "sd_ratio"}],
        "episodes": [{"id", "date", "game", "count", "ends", "prior", "posterior", "moves", "by_sd", "note",
        "sources"}]}; prior and posterior of a parameter are its 5 %, 50 % and 95 % quantiles, those of an episode the
        mean probability of what was coded, a decision. "moves" is the parameter whose posterior mean leaving the
        episode out moves most, "by_sd" by how many posterior standard deviations (importance weights: Gelfand, Dey &
        Chang 1992).

    Raises:
        InputError: the case has no episodes, or no vintage.
    """
    episodes, found = load_episodes(case), vintages(case)
    if not episodes or not found:
        raise InputError("the case has no episodes or no calibrated draws", file=case.folder, mend="add episodes.yaml")
    vintage = max(found)
    with np.load(found[vintage]) as file:
        stored = len(file["draws"])
    prior, posterior = case.parameters.draw(_PRIOR_DRAWS, seed), draws_for(case, vintage, stored, seed).values
    weigh = likelihood(case, episodes)
    before, after = weigh(prior), weigh(posterior)
    names = [n for b in blocks_of(case) if b.name in coded_blocks(case) for n in b.parameters]
    at = [case.parameters.names.index(n) for n in names]
    chosen = posterior[:, at]
    spread = chosen.std(axis=0, ddof=1)
    rows = []
    for i, e in enumerate(episodes):
        w = np.exp(after[:, i].min() - after[:, i])
        shift = (chosen.mean(axis=0) - (w / w.sum()) @ chosen) / spread
        most = int(np.argmax(np.abs(shift)))
        rows.append(
            {
                "id": e.id, "date": months.show(e.month), "game": e.game, "count": e.count,
                "ends": [f"{weight:g}: {' or '.join(ends)}" for weight, ends in e.codings],
                "prior": float(np.exp(before[:, i] / e.count).mean()),
                "posterior": float(np.exp(after[:, i] / e.count).mean()),
                "moves": names[most], "by_sd": float(shift[most]), "note": e.note, "sources": list(e.sources),
            }
        )  # fmt: skip

    def quantiles(x: np.ndarray) -> list[float]:
        return [float(q) for q in np.quantile(x, (0.05, 0.5, 0.95))]

    return {
        "vintage": months.show(vintage),
        "decisions": sum(e.count for e in episodes),
        "parameters": [
            {
                "id": n, "unit": case.parameters[n].unit, "meaning": case.parameters[n].meaning,
                "prior": quantiles(prior[:, i]), "posterior": quantiles(posterior[:, i]),
                "sd_ratio": float(posterior[:, i].std(ddof=1) / prior[:, i].std(ddof=1)),
            }
            for n, i in zip(names, at, strict=True)
        ],
        "episodes": rows,
    }  # fmt: skip


def page(found: dict[str, Any]) -> str:
    """`learned` as Markdown."""

    def range_(q: list[float]) -> str:
        return f"{q[1]:.2f} ({q[0]:.2f} … {q[2]:.2f})"

    lines = [
        "# The US–North Korea bargain: what coded decisions say of its payoffs", "",
        "Written by `keisei case episodes --docs docs/bargain.md`; do not edit. The law is",
        "`cases/northeast_asia/laws/bargain.py`, the decisions are in `episodes.yaml`; draws of the vintage"
        f" {found['vintage']}.", "",
        f"**{len(found['episodes'])} episodes with {found['decisions']} decisions, most of them quarters in a row in"
        " which a deal was kept.**",
        "So few leave most weights near their priors: where the ratio of standard deviations is near 1 nothing was",
        "learned. All codings are ours; where accounts differ both are kept, with weights. No decision was taken while",
        "Russia paid, so the effect of its money (`weight_outside`, on which C2, C5 and C6 rest) keeps its prior,",
        "which is symmetric about zero.", "",
        "## Weights", "",
        "Median and 90 % interval.", "",
        "| parameter | what | unit | prior | posterior | sd, posterior / prior |",
        "| --- | --- | --- | ---: | ---: | ---: |",
    ]  # fmt: skip
    lines += [
        f"| `{p['id']}` | {p['meaning']} | {p['unit']} | {range_(p['prior'])} | {range_(p['posterior'])} "
        f"| {p['sd_ratio']:.2f} |"
        for p in found["parameters"]
    ]
    lines += [
        "", "## Decisions", "",
        "Probability of what was coded, one decision at a time, under prior and posterior; and the parameter that",
        "leaving the episode out would move most, in posterior standard deviations.", "",
        "| episode | date | game | coded as | decisions | prior | posterior | moves most | sources |",
        "| --- | --- | --- | --- | ---: | ---: | ---: | --- | --- |",
    ]  # fmt: skip
    lines += [
        f"| {e['id']} | {e['date']} | {e['game']} | {'; '.join(e['ends'])} | {e['count']} | {e['prior']:.2f} "
        f"| {e['posterior']:.2f} | `{e['moves']}` {e['by_sd']:+.2f} | {', '.join(e['sources'])} |"
        for e in found["episodes"]
    ]
    lines += ["", "How each was coded:", ""]
    lines += [f"- {e['id']}: {e['note']}." for e in found["episodes"]]
    return "\n".join(lines) + "\n"
