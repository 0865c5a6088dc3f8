"""What the documents claim, and what the model makes of it: plain rows for a page, a table, JSON or Markdown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from keisei import months
from keisei.errors import InputError
from keisei.explore.experiments import Trial, Tried
from keisei.explore.hinges import Fork, Hinge, Option, forks, hinges, options
from keisei.explore.verdicts import ENOUGH, Judgement
from keisei.model.parameters import Parameters


@dataclass(frozen=True)
class ClaimRow:
    """A claim with its answer, ready to be shown. Numbers are None where the claim cannot be answered.

    Attributes:
        id, claim, claim_ja: the claim. sources, against: ids of the documents that say it, and that say otherwise.
        says, strength: what they say and how strongly. places: "DOCUMENT:START-END" of the quotes.
        experiment, setup, quantity, unit, origin, set_base, set_changed: what was tried.
        estimate, q05, q95: mean effect over the posterior draws and its 90 % interval; ``prior_``: over the prior.
        p_prior, p_posterior: P(claim). factor, factor_q05, factor_q95: posterior odds over prior odds.
        draws_prior, draws_posterior: effective draws.
        verdict, why: by the rule. smallest, comparison, reference: the claim in numbers.
        reason: why it cannot be answered. limits: what the answer leaves out; ``_ja``: in Japanese.
        hinges: the parameters that move it most. forks: the verdict by option of each switch.
        options: of a claim on a switch, what speaks for each option.
    """

    id: str
    claim: str
    claim_ja: str
    sources: tuple[str, ...]
    against: tuple[str, ...]
    says: str
    strength: str
    places: tuple[str, ...]
    experiment: str
    setup: str
    quantity: str
    unit: str
    origin: str
    set_base: tuple[str, ...]
    set_changed: tuple[str, ...]
    estimate: float | None
    q05: float | None
    q95: float | None
    prior_estimate: float | None
    prior_q05: float | None
    prior_q95: float | None
    p_prior: float | None
    p_posterior: float | None
    factor: float | None
    factor_q05: float | None
    factor_q95: float | None
    draws_prior: float | None
    draws_posterior: float | None
    verdict: str
    why: str
    smallest: float
    comparison: str
    reference: float
    reason: str
    limits: str
    hinges: tuple[Hinge, ...]
    forks: tuple[Fork, ...]
    options: tuple[Option, ...]
    says_ja: str = ""
    setup_ja: str = ""
    reason_ja: str = ""
    limits_ja: str = ""


def claim_rows(trial: Trial, parameters: Parameters, switch_loglik: Mapping[str, Any] | None = None) -> list[ClaimRow]:
    """Rows for all claims of a trial, in its order.

    Args:
        switch_loglik: for each switch the log-likelihoods [prior draws] of the rows that bear on it.
    """
    return [_row(t, trial, parameters, switch_loglik or {}) for t in trial.tried]


def _finite(x: float | None) -> float | None:
    return None if x is None or not math.isfinite(x) else float(x)


def _row(t: Tried, trial: Trial, parameters: Parameters, switch_loglik: Mapping[str, Any]) -> ClaimRow:
    c, j = t.claim, t.judgement
    moving: tuple[Hinge, ...] = ()
    forked: tuple[Fork, ...] = ()
    weighed: tuple[Option, ...] = ()
    if j is not None and c.experiment != "parameter":
        try:
            moving = hinges(t, parameters.names)
        except InputError:
            moving = ()
        forked = forks(t, parameters)
    if c.experiment == "parameter":
        name = c.quantities(t.origin)[0].parameter
        if name in switch_loglik:
            weighed = options(
                parameters, name, trial.draws.prior, t.draws[(t.posterior > 0) & (t.prior == 0)], switch_loglik[name]
            )

    def of(name: str) -> float | None:
        return None if j is None else _finite(getattr(j, name))

    return ClaimRow(
        id=c.id, claim=c.claim_en, claim_ja=c.claim_ja, sources=c.documents, against=c.against, says=c.says,
        strength=c.strength, places=tuple(f"{p.document}:{p.start}-{p.end}" for p in c.places),
        experiment=c.experiment, setup=c.setup, quantity=f"{c.quantity} − {c.minus}" if c.minus else c.quantity,
        unit=c.unit, origin=months.show(t.origin), set_base=c.base,
        set_changed=(*c.changed, *c.parameters),
        estimate=of("estimate"), q05=of("q05"), q95=of("q95"), prior_estimate=of("prior_estimate"),
        prior_q05=of("prior_q05"), prior_q95=of("prior_q95"), p_prior=of("p_prior"), p_posterior=of("p_posterior"),
        factor=of("factor"), factor_q05=of("factor_q05"), factor_q95=of("factor_q95"), draws_prior=of("n_prior"),
        draws_posterior=of("n_posterior"), verdict="cannot answer" if j is None else j.verdict,
        why=c.reason if j is None else j.why, smallest=c.smallest, comparison=c.comparison, reference=c.reference,
        reason=c.reason or _idle(j), limits=c.limits, hinges=moving, forks=forked, options=weighed,
        says_ja=c.says_ja, setup_ja=c.setup_ja, reason_ja=c.reason_ja, limits_ja=c.limits_ja,
    )  # fmt: skip


def _idle(j: Judgement | None) -> str:
    """Why the rule itself has no answer, where that is so."""
    return j.why if j is not None and j.verdict == "cannot answer" else ""


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


def as_json(rows: Sequence[ClaimRow]) -> list[dict[str, Any]]:
    """The rows as JSON has them: no NaN, no tuples."""
    return [_plain(asdict(row)) for row in rows]


def _number(x: float | None) -> str:
    return "–" if x is None else f"{x:.3g}"


def _percent(x: float | None) -> str:
    return "–" if x is None else f"{x:.0%}"


def markdown(rows: Sequence[ClaimRow], about: str) -> str:
    """The page as Markdown: a table of verdicts, then each claim with its experiment, interval and hinges."""
    count = {v: sum(r.verdict == v for r in rows) for v in dict.fromkeys(r.verdict for r in rows)}
    lines = [
        "# What the documents claim, and what the model makes of it",
        "",
        "Made by `keisei claims --write docs/claims.md`; do not edit. The rule: `keisei.explore.verdicts`. P(claim) is",
        "the share of parameter draws in which the effect exceeds the smallest size of interest, before and after the",
        "evidence; the interval is that of the effect over the draws that have taken the evidence in. It does not hold",
        "the noise of the calibration, which shifts all draws alike: compare `--origin` of another vintage. Before the",
        "evidence means: under parameters drawn from the prior, in worlds that have lived the history and taken the",
        "evidence in; after it the parameters are calibrated too. No code of the model refers to a claim.",
        "",
        about,
        "",
        f"{len(rows)} claims: {', '.join(f'{n} {v}' for v, n in count.items())}.",
        "",
        "| id | claim | documents | effect (90 %) | P before → after | odds × (90 %) | verdict |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for r in rows:
        effect = "–" if r.estimate is None else f"{_number(r.estimate)} ({_number(r.q05)} … {_number(r.q95)}) {r.unit}"
        odds = "–" if r.factor is None else f"{_number(r.factor)} ({_number(r.factor_q05)}–{_number(r.factor_q95)})"
        p = "–" if r.p_prior is None else f"{_percent(r.p_prior)} → {_percent(r.p_posterior)}"
        sources = ", ".join(r.sources) + (f"; against {', '.join(r.against)}" if r.against else "")
        lines.append(f"| {r.id} | {r.claim} | {sources} | {effect} | {p} | {odds} | **{r.verdict}** |")
    for r in rows:
        lines += ["", f"## {r.id}: {r.claim}", "", r.claim_ja, ""]
        lines += [f"Said ({r.strength}; {', '.join(r.sources)}): {r.says}"]
        if r.places:
            lines += ["", f"Where: {', '.join(f'`{p}`' for p in r.places)}"]
        if r.verdict == "cannot answer":
            lines += ["", f"**cannot answer**: {r.reason}"]
            continue
        bound = f"{r.comparison} {r.reference:g} by more than {r.smallest:g} {r.unit}"
        interval = f"{_number(r.estimate)} ({_number(r.q05)} … {_number(r.q95)}) {r.unit}"
        lines += [
            "", f"Experiment ({r.experiment}): {r.setup} Measured: `{r.quantity}`; holds where the effect is "
            f"{bound}.",
            "", f"**{r.verdict}**: {r.why}. Effect {interval}; "
            f"before the evidence {_number(r.prior_estimate)} ({_number(r.prior_q05)} … {_number(r.prior_q95)}).",
        ]  # fmt: skip
        if r.limits:
            lines += ["", f"Left out: {r.limits}"]
        lines += _hinge_lines(r)
    return "\n".join(lines) + "\n"


def _hinge_lines(r: ClaimRow) -> list[str]:
    out = []
    if r.hinges:
        shown = "; ".join(
            f"`{h.parameter}` {h.index:.2f} ± {h.half:.2f} (rank correlation {h.correlation:+.2f}"
            f"{'' if h.stands_out else ', not distinguishable'})"
            for h in r.hinges
        )
        none = "" if any(h.stands_out for h in r.hinges) else " None is distinguishable."
        chance = f" By chance alone the largest index would reach {r.hinges[0].chance:.2f}."
        out += ["", f"Moves it most (first-order Sobol index, 95 %): {shown}.{chance}{none}"]
    flips = [f for f in r.forks if f.flips]
    if flips:
        shown = "; ".join(
            f"`{f.switch}` = {f.option:g}: {f.verdict} (P {f.p_prior:.0%} → {f.p_posterior:.0%})" for f in flips
        )
        out += ["", f"A rival structure changes the verdict: {shown}."]
    if r.options:
        switch = r.options[0].switch
        shown = "; ".join(f"{o.option:g}: {_percent(_finite(o.share))}" for o in r.options)
        out += ["", f"Options of `{switch}` among the calibrated draws: {shown}."]
        behind = min(o.effective for o in r.options)
        if behind >= ENOUGH:
            weighed = "; ".join(f"{o.option:g}: {_percent(_finite(o.evidence_share))}" for o in r.options)
            out += ["", f"By the mean likelihood of the prior draws: {weighed}."]
        else:
            out += [
                "",
                f"The likelihoods of the prior draws rest on {behind:.1f} effective draws an option and say nothing.",
            ]
    return out
