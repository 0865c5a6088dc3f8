"""The small charts in the rows of a report: a question, a claim, a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from keisei.report import charts

if TYPE_CHECKING:
    from keisei.report.claims import ClaimView
    from keisei.report.view import QuestionView
    from keisei.report.voices import VoiceView

NOTHING = Markup("")


def question(q: QuestionView) -> Markup:
    """Probability, interval, the outlook before, base rate."""
    base = None if q.base is None or q.base_low is None or q.base_high is None else (q.base, q.base_low, q.base_high)
    return Markup(charts.strip(q.now, q.low, q.high, before=q.before, base=base))


def effect(c: ClaimView) -> Markup:
    """The effect after the evidence and before it; nothing where a number is missing."""
    after, before = _sizes(c, c.q05, c.estimate, c.q95), _sizes(c, c.prior_q05, c.prior, c.prior_q95)
    return NOTHING if after is None else Markup(charts.effect(*after, before=before))


def _sizes(c: ClaimView, *effects: float | None) -> tuple[float, float, float] | None:
    low, middle, high = (c.scaled(e) for e in effects)
    if low is None or middle is None or high is None:
        return None
    return min(low, high), middle, max(low, high)


def belief(c: ClaimView) -> Markup:
    """P(claim) before the evidence and after it."""
    p = c.p_posterior
    return NOTHING if p is None else Markup(charts.strip(p, p, p, before=c.p_prior, width=140))


def voice(v: VoiceView) -> Markup:
    """The range of a wording, the model with its interval, what came true."""
    p = v.probability
    model = None if p is None else (p if v.p_low is None else v.p_low, p, p if v.p_high is None else v.p_high)
    return Markup(charts.wording(v.low, v.high, model=model, happened=v.happened))
