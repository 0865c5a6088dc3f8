"""Months that few particles foresaw are bridged: the likelihood stays right, the particles differ, lines replay."""

from __future__ import annotations

import os
from typing import Any, NamedTuple
from unittest import mock

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from model.small import END, START
from scipy import special

from ensemble import oracles
from ensemble.oracles import LINEAR, NONE, observed
from keisei.ensemble import Analysis, assimilate, distinct_ancestors, select_lines, summary, twin
from keisei.ensemble.bridging import FLOOR, KEPT, STAGES, check_slots, stage_of
from keisei.ensemble.replay import logp_by_line
from keisei.ensemble.resampling import effective, rise
from keisei.errors import InputError
from keisei.model import Model, Normal, Real, Site
from keisei.score import Row, Score

MONTHS, PARTICLES, REPEATS = 8, 128, 256
OUTLIER = 4  # month index; four standard deviations off
RNG = np.random.default_rng(3)
Y = np.where(np.arange(MONTHS) == OUTLIER, 4.5, RNG.normal(0.0, 0.8, MONTHS))


def filtered(model: Model, score: Score, n: int = REPEATS, particles: int = PARTICLES, **more: Any) -> Analysis:
    draws = np.repeat(model.parameters.draw(1, 1), n, axis=0)
    return assimilate(model, score, draws=draws, until=START + MONTHS - 1, particles=particles, **more)


@pytest.fixture(scope="module")
def outlier() -> Analysis:
    return filtered(LINEAR, observed("y", Y), records=["x"])


@pytest.fixture(scope="module")
def unbridged() -> Analysis:
    return filtered(LINEAR, observed("y", Y), floor=0.0)


# ---- the likelihood ---------------------------------------------------------------------------------------------


def test_an_outlier_is_bridged_and_only_poor_months_are(outlier: Analysis) -> None:
    bridged = outlier.bridges.row >= 0
    assert bridged[OUTLIER].all()
    assert np.array_equal(bridged, (outlier.ess < FLOOR * PARTICLES).T)
    assert len(outlier.bridges) == bridged.sum() < bridged.size / 2


def test_the_likelihood_stays_unbiased_through_a_bridge(outlier: Analysis) -> None:
    exact, _, _ = oracles.kalman(Y)
    ratio = np.exp(outlier.loglik.sum(axis=1) - exact.sum())
    error = ratio.std(ddof=1) / np.sqrt(REPEATS)
    assert abs(ratio.mean() - 1.0) < 3.0 * error
    assert error < 0.05, "or the check above could not fail"


def test_without_a_bridge_the_filter_is_the_bootstrap_filter(outlier: Analysis, unbridged: Analysis) -> None:
    assert len(unbridged.bridges) == 0
    before = slice(0, int(np.flatnonzero((outlier.bridges.row >= 0).any(axis=1))[0]))
    np.testing.assert_allclose(outlier.loglik[:, before], unbridged.loglik[:, before], atol=1e-5)


def test_the_bridged_month_leaves_the_state_that_kalman_says(outlier: Analysis) -> None:
    """The filter's mean after the outlier, which the few foreseeing particles alone would put anywhere."""
    _, mean, variance = oracles.kalman(Y)
    w = special.softmax(outlier.log_weight.reshape(REPEATS, PARTICLES), axis=1)
    found = (w * outlier.states[0].reshape(REPEATS, PARTICLES)).sum(axis=1)
    assert abs(found.mean() - mean) < 4.0 * found.std(ddof=1) / np.sqrt(REPEATS) + 2.0 * variance / PARTICLES


class Seen(NamedTuple):
    """A quantity that jumps, and is seen in the month of the jump."""

    x: Real


def _jump(state: Seen, params: Any, site: Site, t: Any) -> Seen:
    x = 0.9 * state.x + site.draw("shock", Normal(0.0, 0.5))
    site.measure("y", Normal(x, 0.15))
    return Seen(x)


JUMP = Model("jump", _jump, lambda params, site: Seen(site.draw("x.start", Normal(0.0, 1.0))), NONE, START, END)


def test_a_bridge_steadies_the_likelihood_where_the_rows_bear_on_the_months_own_noise() -> None:
    """Rows sharper than the noise: the bootstrap filter lives on its few lucky particles."""
    score = observed("y", np.array([0.2, 0.1, -0.2, 0.3, 2.0, 1.7, 1.5, 1.4]))
    with_bridge, without = filtered(JUMP, score), filtered(JUMP, score, floor=0.0)
    after = slice(OUTLIER, None)
    assert with_bridge.loglik[:, after].sum(axis=1).std() < 0.8 * without.loglik[:, after].sum(axis=1).std()


# ---- the fully adapted step -------------------------------------------------------------------------------------


class Stock(NamedTuple):
    """What is measured, and the noise of the last month."""

    x: Real
    noise: Real


def _lagged(state: Stock, params: Any, site: Site, t: Any) -> Stock:
    """Rows that depend on the past alone, as a yearly figure of the last year does."""
    site.measure("y", Normal(state.x, 0.3))
    shock = site.draw("shock", Normal(0.0, 0.5))
    site.record("shock", shock)
    return Stock(0.9 * state.x + shock, shock)


LAGGED = Model(
    "lagged", _lagged, lambda params, site: Stock(site.draw("x.start", Normal(0.0, 1.0)), jnp.float32(0.0)), NONE,
    START, END,
)  # fmt: skip


def test_where_rows_depend_only_on_the_past_every_copy_gets_noise_of_its_own() -> None:
    score = (Row(START, "y", 2.5),)
    draws = np.repeat(NONE.draw(1, 1), 8, axis=0)
    adapted = assimilate(LAGGED, score, draws=draws, until=START, particles=PARTICLES, records=["shock"])
    bootstrap = assimilate(LAGGED, score, draws=draws, until=START, particles=PARTICLES, floor=0.0)
    assert (adapted.bridges.row >= 0).all()
    noise = [len(np.unique(a.states[1].reshape(8, PARTICLES)[0])) for a in (adapted, bootstrap)]
    assert noise[0] == PARTICLES
    assert noise[1] < 0.3 * PARTICLES
    assert np.all(stage_of(adapted.bridges.slot) >= 1), "every move was taken"
    assert len(np.unique(adapted.bridges.slot)) == adapted.bridges.slot.size


# ---- lines ------------------------------------------------------------------------------------------------------


def test_a_line_through_a_bridged_month_replays_to_the_bit(outlier: Analysis) -> None:
    lines = select_lines(outlier, 200)
    month, kept = OUTLIER + 1, stage_of(lines.slots[OUTLIER + 1])
    assert (kept > 0).any(), "some lines lived the month with the noise of a move"
    worlds = twin(outlier, lines, [Row(START, "shock", 0.0, "set")], until=START + MONTHS - 1)
    for t in range(month + 1):
        assert np.array_equal(worlds.base.x.values[:, t], outlier.records[0, t, lines.worked[t]]), t


def test_the_rows_of_a_replayed_line_are_those_the_bridge_weighed(outlier: Analysis) -> None:
    lines = select_lines(outlier, 200)
    found = logp_by_line(outlier, lines, START)
    for t in range(MONTHS):
        x = outlier.records[0, t, lines.worked[t]]
        expected = -0.5 * ((Y[t] - x) / oracles.R) ** 2 - np.log(oracles.R * np.sqrt(2 * np.pi))
        np.testing.assert_allclose(found[t], expected, atol=1e-4)


def test_a_lines_way_is_the_copys_own(outlier: Analysis) -> None:
    """The record of the month before, followed through the parent, is where the month started from."""
    lines = select_lines(outlier, 200)
    shock = {}
    worlds = twin(outlier, lines, [Row(START, "shock", 0.0, "set")], until=START + MONTHS - 1)
    for t in range(1, MONTHS):
        shock[t] = worlds.base.x.values[:, t] - oracles.A * worlds.base.x.values[:, t - 1]
    spread = np.concatenate([shock[t] for t in (1, 2, 3)])
    assert spread.std() == pytest.approx(oracles.Q, rel=0.35), "steps between months are those of the law"


# ---- the same bits ----------------------------------------------------------------------------------------------


def alike(a: Analysis, b: Analysis, draws: int) -> bool:
    n = draws * PARTICLES
    here = (a.bridges.row[:, :draws] >= 0, b.bridges.row[:, :draws] >= 0)
    ways = [
        getattr(x.bridges, k)[x.bridges.row[:, :draws][h]]
        for k in ("parent", "slot")
        for x, h in ((a, here[0]), (b, here[1]))
    ]
    return (
        np.array_equal(a.loglik[:draws], b.loglik[:draws])
        and np.array_equal(here[0], here[1])
        and np.array_equal(ways[0], ways[1])
        and np.array_equal(ways[2], ways[3])
        and all(np.array_equal(x[:n], y[:n]) for x, y in zip(a.states, b.states, strict=True))
    )


def test_bridges_give_the_same_bits_whatever_the_company_and_the_threads(outlier: Analysis) -> None:
    assert alike(filtered(LINEAR, observed("y", Y), n=5, records=["x"]), outlier, 5)
    for threads in ("1", "2"):
        with mock.patch.dict(os.environ, {"KEISEI_THREADS": threads}):
            assert alike(filtered(LINEAR, observed("y", Y), n=20, records=["x"]), outlier, 20)


def test_the_summary_says_which_months_were_bridged(outlier: Analysis) -> None:
    rows = summary(outlier)
    assert rows[OUTLIER]["bridged"] == pytest.approx(1.0)
    assert rows[OUTLIER]["ess"] < FLOOR
    assert all(0.0 <= row["bridged"] <= 1.0 for row in rows)


def test_more_particles_than_there_are_slots_are_refused() -> None:
    check_slots(2**27)
    with pytest.raises(InputError, match="fewer draws or particles"):
        check_slots(2**27 + 1)
    assert STAGES < 8, "slot | stage << 27 stays under 2**30, where free runs begin"


# ---- powers -----------------------------------------------------------------------------------------------------


def test_the_power_keeps_the_effective_sample_that_is_wanted() -> None:
    gains = jnp.asarray(np.random.default_rng(1).normal(0.0, 6.0, (5, 64)), jnp.float32)
    even = jnp.zeros((5, 64))
    power = jax.jit(rise, static_argnums=3)(even, gains, jnp.ones(5), KEPT * 64)
    np.testing.assert_allclose(effective(even + power[:, None] * gains), KEPT * 64, rtol=1e-3)
    assert np.all(np.asarray(power) < 1.0)
    assert np.array_equal(rise(even, 0.01 * gains, jnp.full(5, 0.7), KEPT * 64), np.full(5, 0.7, np.float32))


# ---- how few the ways become ------------------------------------------------------------------------------------


def test_lines_share_more_ancestors_the_further_back_they_go(outlier: Analysis) -> None:
    lines = select_lines(outlier, 200)
    few = distinct_ancestors(lines)
    assert np.array_equal(few, [len(np.unique(row)) for row in lines.worked])
    assert np.all(np.diff(few) >= 0), "what was one particle stays one line's past"
    assert few[0] < few[-1] <= 200
