"""Drafts that are negotiated before they are put to the vote, in a form for a simulation (scalars, branch-free, JAX).

Nearly all drafts put to the vote passed unanimously, so the votes themselves say little; the severity that was
adopted, and the months in which nothing was tabled, say more. A member j has a threshold τ_j: on a draft of severity s

    yes if s ≤ τ_j,   abstain if τ_j < s ≤ τ_j + band_j,   no above.

The draft is adopted iff no permanent member votes no and at least ``needed`` vote yes. The sponsor knows thresholds
up to a logistic error of scale σ_j, takes the elected members' votes as Binomial(n, q), and tables the severity that
maximises  p_pass(s)·s + b·(1 − p_pass(s)),  b being what a blocked draft is worth to it (a vote for the record);
s = 0 is: no draft (value 0). Errors are taken as independent between members; where they are not, p_pass is too low
between thresholds that move together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.council.body import Rule
from keisei.council.tally import Ballot, Vote, tally


class Stance(NamedTuple):
    """A permanent member's threshold τ, width of its band of abstention, and scale σ of the sponsor's error about τ."""

    threshold: Any
    band: Any
    error: Any


def draft_vote(severity: Any, stances: Sequence[Stance], elected_yes: Any, needed: int = 9) -> Vote:
    """The vote on a draft of some severity, thresholds being what they are.

    Args:
        severity: s ≥ 0, on the scale of the thresholds.
        stances: of the permanent members; only threshold and band are used.
        elected_yes: how many elected members vote yes (drawn by the caller, at a site).
        needed: least number of yes votes.
    """
    ballots = [Ballot(severity <= s.threshold, severity > s.threshold + s.band) for s in stances]
    return tally(Rule(least_yes=needed, veto=True), ballots, elected_yes)


def pass_probability(
    severity: Any, stances: Sequence[Stance], elected_share: Any, elected: int = 10, needed: int = 9
) -> Any:
    """p_pass(s) as the sponsor sees it: exact sum over who is in favour, differentiable in everything.

    Args:
        severity: s.
        stances: of the permanent members.
        elected_share: q, probability that an elected member votes yes.
        elected: number of elected members.
        needed: least number of yes votes.
    """
    # in_favour[k]: probability that k permanent members vote yes and none no
    in_favour: list[Any] = [1.0]
    for stance in stances:
        yes = jax.nn.sigmoid((stance.threshold - severity) / stance.error)
        not_no = jax.nn.sigmoid((stance.threshold + stance.band - severity) / stance.error)
        aside = jnp.maximum(not_no - yes, 0.0)
        longer = [0.0, *in_favour]
        in_favour = [
            (in_favour[k] * aside if k < len(in_favour) else 0.0) + longer[k] * yes for k in range(len(in_favour) + 1)
        ]
    q = jnp.asarray(elected_share)
    # tail[e]: probability that at least e elected members vote yes
    tail: list[Any] = [jnp.ones_like(q)]
    masses = [math.comb(elected, e) * q**e * (1.0 - q) ** (elected - e) for e in range(elected + 1)]
    for least in range(1, elected + 1):
        tail.append(sum(masses[least:]))
    total: Any = 0.0
    for k, probability in enumerate(in_favour):
        least = max(needed - k, 0)
        if least <= elected:
            total = total + probability * tail[least]
    return jnp.clip(total, 0.0, 1.0)


def sponsor_values(
    grid: Sequence[float],
    stances: Sequence[Stance],
    elected_share: Any,
    blocked: Any,
    elected: int = 10,
    needed: int = 9,
) -> tuple[Any, ...]:
    """What each severity of a grid is worth to the sponsor, 0 for s = 0 (no draft); utilities for a choice site."""
    values = []
    for s in grid:
        p = pass_probability(s, stances, elected_share, elected, needed)
        values.append(jnp.zeros_like(p) if s == 0.0 else p * s + blocked * (1.0 - p))
    return tuple(values)


def sponsor_choice(
    grid: Sequence[float],
    stances: Sequence[Stance],
    elected_share: Any,
    blocked: Any,
    elected: int = 10,
    needed: int = 9,
) -> tuple[Any, Any]:
    """The severity with the greatest value, the mildest of equals, and that value."""
    best: Any = None
    for s, value in zip(grid, sponsor_values(grid, stances, elected_share, blocked, elected, needed), strict=True):
        if best is None:
            best = (jnp.full_like(value, s), value)
        else:
            better = value > best[1]
            best = (jnp.where(better, s, best[0]), jnp.where(better, value, best[1]))
    return best
