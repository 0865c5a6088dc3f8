"""Experiments on small models with known answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model.small import END, START
from SALib.analyze import rbd_fast

from keisei.explore import hinges
from keisei.explore.claims import Claim
from keisei.explore.claims_page import as_json, claim_rows, markdown
from keisei.explore.experiments import DrawSets, by_draw, necessity, try_claims
from keisei.explore.hinges import forks, options, strongest
from keisei.model import Model, Normal, Parameter, Parameters, Real, Site
from keisei.model.sites import Levels
from keisei.score import Row

WITH, WITHOUT = 0.8, 0.3


class Help(NamedTuple):
    """What was given last month, and a walk that nothing sets."""

    help: Real
    walk: Real


def _month(s: Any, p: Any, site: Site, t: Any) -> Help:
    given = site.value("given", 1.0, unit="index")
    done = site.event("launch.success", jnp.where(given > 0.5, WITH, WITHOUT))
    walk = s.walk + site.draw("shock", Normal(0.0, 1.0))
    pay = site.value("pay", p.slope * given + 0.0 * p.idle, unit="USD")
    seen = site.measure("seen", Normal(walk, 1.0))
    site.record("launch.success", done, kind="event")
    site.record("pay", pay, unit="USD")
    site.record("walk", walk, unit="1")
    site.record("seen", seen, unit="1")
    return Help(given, walk)


PARAMETERS = Parameters(
    (
        Parameter("slope", "normal", 0.0, 1.0), Parameter("idle", "normal", 0.0, 1.0),
        Parameter("rival", "among", 0.0, options=(0.0, 1.0)),
    )
)  # fmt: skip
MODEL = Model("help", _month, lambda p, site: Help(jnp.float32(1.0), jnp.float32(0.0)), PARAMETERS, START, END)
ORIGIN = START + 11


@dataclass(frozen=True)
class Bench:
    """A ground on which the launch of the sixth month is known to have succeeded."""

    model: Model = MODEL
    parameters: Parameters = PARAMETERS
    levels: Levels = field(default_factory=Levels)

    def score(self, origin: int) -> tuple[Row, ...]:
        return (Row(START + 5, "launch.success", 1.0), Row(START + 3, "seen", 0.4))


def claim(kind: str, quantity: str, **more: Any) -> Claim:
    return Claim("X", "x", "x", ("d1",), "x", "likely", kind, setup="x", quantity=quantity, unit="1", **more)  # type: ignore[arg-type]


def draws(n: int = 32) -> DrawSets:
    prior = PARAMETERS.draw(n, 1)
    calibrated = PARAMETERS.draw(n, 2, {"slope": list(np.linspace(0.5, 1.5, n))})
    return DrawSets(prior, calibrated, ORIGIN)


CLAIMS = (
    claim(
        "twin", "mean(pay) within origin+2..origin+4", changed=("given=0@origin+1..origin+4",), comparison="<",
        smallest=0.2,
    ),
    claim("level", "mean(walk) within origin+1..origin+3", minus="value(walk) within 2000-06", smallest=0.1),
    claim("necessity", "sum(launch.success) within 2000-06", changed=("given=0@2000-06",), smallest=0.1),
    claim("parameter", "parameter(rival == 1)", reference=0.5, smallest=0.1),
    claim("cannot", "", reason="x"),
    claim("twin", "mean(pay) within origin+1..origin+2", parameters=("slope=3",), smallest=0.2),
)  # fmt: skip
NAMED = tuple(Claim(**{**c.__dict__, "id": f"X{i}"}) for i, c in enumerate(CLAIMS))


@pytest.fixture(scope="module")
def trial() -> Any:
    return try_claims(Bench(), NAMED, draws(), origin=ORIGIN, members=2048, particles=32, seed=4)


def test_worlds_between_which_nothing_is_set_differ_in_nothing(trial: Any) -> None:
    assert trial.noop == 0.0


def test_a_twin_gives_each_draw_the_effect_of_its_own_parameters(trial: Any) -> None:
    twin = trial.tried[0]
    slope = trial.draws.together[:, 0]
    assert np.allclose(twin.mean, -slope, atol=1e-5)
    assert np.allclose(twin.error, 0.0, atol=1e-8)
    assert 0.3 < twin.judgement.p_prior < 0.6
    assert twin.judgement.verdict == "supports"
    assert abs(twin.judgement.estimate + 1.0) < 0.05


def test_a_parameter_can_stand_for_what_is_no_site(trial: Any) -> None:
    assert np.allclose(trial.tried[5].mean, 3.0 - trial.draws.together[:, 0], atol=1e-5)


def test_the_probability_of_necessity_is_one_less_the_ratio_of_the_chances(trial: Any) -> None:
    found = trial.tried[2]
    spread = np.sqrt(found.error.mean() / len(found.mean))
    assert abs(found.judgement.estimate - (1.0 - WITHOUT / WITH)) < max(4 * spread, 0.06)
    assert found.judgement.verdict in ("assumed", "undecided")


def test_a_switch_is_weighed_by_the_draws_and_what_cannot_be_answered_is_not(trial: Any) -> None:
    assert abs(trial.tried[3].judgement.p_prior - 0.5) < 0.3
    assert trial.tried[4].judgement is None


def test_what_moves_an_effect_is_found_and_noise_does_not_stand_out(trial: Any) -> None:
    use = trial.tried[0].prior > 0
    x, y = trial.tried[0].draws[use], trial.tried[0].mean[use]
    best = strongest(x, y, PARAMETERS.names)[0]
    assert (best.parameter, best.stands_out) == ("slope", True)
    assert best.correlation < -0.99
    noise = np.random.default_rng(5).normal(size=(400, 40))
    flat = strongest(noise, np.random.default_rng(6).normal(size=400), tuple(f"p{i}" for i in range(40)))
    assert not any(h.stands_out for h in flat)
    assert strongest(noise, np.ones(400), tuple(f"p{i}" for i in range(40))) == ()


@given(st.integers(16, 90), st.integers(0, 2**31))
def test_all_indices_at_once_are_those_that_salib_gives_one_by_one(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, 3)), rng.normal(size=n)
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[-9.0, 9.0]] * 3}
    theirs = rbd_fast.analyze(problem, x, y, M=hinges.HARMONICS, num_resamples=2, seed=1)["S1"]
    assert np.allclose(hinges.first_order(y, hinges._there_and_back(x)), theirs)


def test_indices_come_near_the_shares_of_variance_that_are_known() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(4000, 12))
    y = x[:, 0] + 0.5 * x[:, 1] + 0.5 * rng.normal(size=4000)  # shares 2/3, 1/6
    best = strongest(x, y, tuple(f"p{i}" for i in range(12)), shuffles=50)
    assert [h.parameter for h in best[:2]] == ["p0", "p1"]
    assert best[0].index == pytest.approx(2 / 3, abs=0.08)  # ranks and two harmonics hold a little less
    assert best[1].index == pytest.approx(1 / 6, abs=0.05)
    assert [h.stands_out for h in best] == [True, True, False]


def test_an_effect_that_turns_is_found_though_ranks_do_not_correlate() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(size=(300, 20))
    best = strongest(x, x[:, 7] ** 2, tuple(f"p{i}" for i in range(20)), shuffles=50)[0]
    assert (best.parameter, best.stands_out) == ("p7", True)
    assert abs(best.correlation) < 0.2


def test_the_verdict_is_given_for_each_option_of_a_switch(trial: Any) -> None:
    found = forks(trial.tried[0], PARAMETERS)
    assert {f.option for f in found} == {0.0, 1.0}
    assert all(f.verdict == "supports" or f.flips or f.verdict == "too few draws" for f in found)


def test_options_are_weighed_by_their_mean_likelihood() -> None:
    prior = np.zeros((100, 3))
    prior[50:, 2] = 1.0
    loglik = np.where(prior[:, 2] == 1.0, np.log(3.0), 0.0)
    zero, one = options(PARAMETERS, "rival", prior, prior[60:], loglik)
    assert np.isclose(one.evidence_share, 0.75)
    assert np.isclose(zero.evidence_share, 0.25)
    assert one.share == 1.0
    assert np.isclose(one.effective, 50)


def test_members_that_say_nothing_do_not_count() -> None:
    values = necessity(np.array([1.0, 1.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0, 0.0]))
    mean, error = by_draw(values, np.array([0, 0, 1, 0]), 2)
    assert np.isclose(mean[0], 2 / 3)
    assert np.isnan(mean[1])
    assert error[0] > 0


def test_the_page_says_every_claim_its_verdict_and_what_moves_it(trial: Any) -> None:
    rows = claim_rows(trial, PARAMETERS, {"rival": np.zeros(len(trial.draws.prior))})
    text = markdown(rows, "As run.")
    assert all(f"## {r.id}: " in text for r in rows)
    assert [r.verdict for r in rows] == [t.judgement.verdict if t.judgement else "cannot answer" for t in trial.tried]
    assert rows[0].hinges[0].parameter == "slope"
    assert [o.option for o in rows[3].options] == [0.0, 1.0]
    document = json.loads(json.dumps(as_json(rows), allow_nan=False))
    wanted = {
        "id", "claim", "sources", "experiment", "quantity", "unit", "estimate", "q05", "q95", "p_prior", "p_posterior",
        "verdict",
    }  # fmt: skip
    assert all(wanted <= set(row) for row in document)
    assert document[4]["estimate"] is None
