"""Negotiated drafts: the branch-free vote is the body's vote, and the sponsor's sums are right."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keisei.council import Stance, draft_vote, load_body, pass_probability, sponsor_choice, sponsor_values

UNSC = load_body("unsc")
thresholds = st.lists(st.floats(0, 1), min_size=5, max_size=5)
GRID = tuple(float(s) for s in np.linspace(0, 1, 11))


@given(severity=st.floats(0, 1), tau=thresholds, band=st.floats(0, 0.3), elected=st.integers(0, 10))
@settings(max_examples=200)
def test_the_branch_free_vote_is_the_bodys_vote(severity: float, tau: list[float], band: float, elected: int) -> None:
    stances = [Stance(t, band, 0.1) for t in tau]
    seats = UNSC.members(2017)
    no = [m for m, t in zip(seats, tau, strict=False) if severity > t + band]
    aside = [m for m, t in zip(seats, tau, strict=False) if t < severity <= t + band]
    outcome = UNSC.decide("substantive", 2017, no=no, abstain=[*aside, *seats[5 + elected :]])
    vote = draft_vote(np.float64(severity), stances, elected)
    assert bool(vote.adopted) == outcome.adopted
    assert bool(vote.vetoed) == (outcome.result == "vetoed")
    assert int(vote.yes) == len(outcome.yes)


def stances(shift: float = 0.0) -> list[Stance]:
    return [
        Stance(t + shift, b, e)
        for t, b, e in ((0.4, 0.1, 0.05), (0.5, 0.2, 0.1), (0.9, 0.1, 0.1), (1.0, 0.0, 0.1), (1.2, 0.1, 0.05))
    ]


@pytest.mark.parametrize("severity", [0.1, 0.4, 0.5, 0.6])
@pytest.mark.parametrize("share", [0.2, 0.55, 0.95])
def test_the_probability_of_passing_is_the_share_of_simulated_votes(severity: float, share: float) -> None:
    rng = np.random.default_rng(5)
    n = 200_000
    drawn = [Stance(s.threshold + rng.logistic(0, s.error, n), s.band, s.error) for s in stances()]
    votes = draft_vote(severity, drawn, rng.binomial(10, share, n))
    p = float(pass_probability(severity, stances(), share))
    assert p == pytest.approx(float(np.mean(votes.adopted)), abs=4 * np.sqrt(0.25 / n))


@given(st.floats(-0.3, 0.3), st.floats(0.05, 0.95))
@settings(max_examples=30)
def test_a_harder_draft_passes_less_and_a_friendlier_council_passes_more(shift: float, share: float) -> None:
    p = [float(pass_probability(s, stances(shift), share)) for s in GRID]
    assert all(a >= b - 1e-6 for a, b in pairwise(p))
    assert (
        float(pass_probability(0.5, stances(shift + 0.1), share))
        >= float(pass_probability(0.5, stances(shift), share)) - 1e-6
    )
    assert all(0.0 <= x <= 1.0 for x in p)


@pytest.mark.parametrize("blocked", [-0.3, 0.0, 0.2, 0.9])
def test_the_sponsor_tables_the_best_of_the_grid(blocked: float) -> None:
    s, value = sponsor_choice(GRID, stances(), 0.8, blocked)
    p = [float(pass_probability(g, stances(), 0.8)) for g in GRID]
    worth = [0.0 if g == 0 else q * g + blocked * (1 - q) for g, q in zip(GRID, p, strict=True)]
    assert float(value) == pytest.approx(max(worth), abs=1e-5)
    assert worth[GRID.index(min(GRID, key=lambda g: abs(g - float(s))))] == pytest.approx(max(worth), abs=1e-5)


def test_a_hostile_council_ends_drafts_unless_a_veto_on_record_is_worth_having() -> None:
    hostile = stances(-1.0)
    assert float(sponsor_choice(GRID, hostile, 0.8, -0.1)[0]) == 0.0
    assert float(sponsor_choice(GRID, hostile, 0.8, 0.3)[0]) > 0.0


def test_the_better_thresholds_are_known_the_more_surely_drafts_pass() -> None:
    """The reason for the law: after negotiation nearly all that is tabled passes, whatever the council is like."""
    fine = tuple(float(s) for s in np.linspace(0, 1, 101))
    for shift in (-0.2, 0.0, 0.3):
        chances = []
        for error in (0.1, 0.03, 0.01, 0.002):
            known = [s._replace(error=error) for s in stances(shift)]
            s, _ = sponsor_choice(fine, known, 0.95, 0.0)
            chances.append(float(pass_probability(s, known, 0.95)))
        assert chances == sorted(chances)
        assert chances[-1] > 0.97


def test_members_of_an_ensemble_in_float32_and_their_derivatives() -> None:
    def value(shift: Any) -> Any:
        held = [Stance(s.threshold + shift, s.band, s.error) for s in stances()]
        return jnp.stack(sponsor_values(GRID, held, jnp.float32(0.8), 0.1)).sum()

    shifts = jnp.linspace(-0.2, 0.2, 16, dtype=jnp.float32)
    many = jax.jit(jax.vmap(value))(shifts)
    assert many.dtype == jnp.float32
    slopes = jax.jit(jax.vmap(jax.grad(value)))(shifts)
    numeric = (jax.vmap(value)(shifts + 1e-2) - jax.vmap(value)(shifts - 1e-2)) / 2e-2
    assert np.allclose(slopes, numeric, rtol=0.02, atol=0.02)
