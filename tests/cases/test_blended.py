"""The blend that a forecast returns is the one that was verified, and only where the model was shown to add."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
import pytest
import xarray as xr

from keisei import months
from keisei.cases.blended import FILE, Verified, blended, read_verified
from keisei.cases.load import Case
from keisei.cases.targets import load_targets
from keisei.errors import InputError
from keisei.evidence import Evidence
from keisei.forecast import expressions as ex
from keisei.forecast.baselines import all_baselines
from keisei.forecast.probabilities import probability
from keisei.model import Model, Parameter, Parameters, Real, Site
from keisei.model.facts import Translation

START, UNTIL, ORIGIN = months.parse("2000-01"), months.parse("2010-12"), months.parse("2011-03")
NAMES = ("climatology", "exponential", "persistence", "lag_logit", "model")
WEIGHTS = dict(zip(NAMES, (0.1, 0.2, 0.1, 0.2, 0.4), strict=True))
OWN = probability(np.arange(1000) < 700)


class State(NamedTuple):
    """Nothing is remembered."""

    last: Real


def _month(state: State, params: Any, site: Site, t: Any) -> State:
    fired = site.event("fire", params.rate)
    site.record("fire", fired, kind="event")
    return State(1.0 * fired)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    parameters = Parameters((Parameter("rate", "fixed", 0.3),))
    model = Model(
        "tiny", _month, lambda params, site: State(jnp.float32(0.0)), parameters, START, months.parse("2020-12")
    )
    (tmp_path / "targets.yaml").write_text("- {id: fire_month, title: fire, kind: event, records: [fire]}\n")
    return Case(
        folder=tmp_path, about={"id": "tiny"}, evidence=Evidence(), parameters=parameters, questions=(), model=model,
        translation=Translation(frozenset(), lambda f: [], lambda m: None),
    )  # fmt: skip


def shipped(case: Case, verdict: str = "the model adds", **changed: Any) -> Verified | None:
    row = {
        "id": "fire_month", "lead": 1, "weights": WEIGHTS, "gain": 0.03, "gain_q05": 0.01, "gain_q95": 0.05, "n": 120,
        "verdict": verdict,
    }  # fmt: skip
    document = {"until": months.show(UNTIL), "blends": [row | changed]}
    (case.folder / FILE).write_text(json.dumps(document), encoding="utf-8")
    return read_verified(case)


def seen(origin: int = ORIGIN) -> xr.Dataset:
    values = (np.random.default_rng(5).random(origin - START + 1) < 0.3).astype(float)
    attrs = {"record": "fire", "unit": "1", "kind": "event", "attributes": "{}"}
    return xr.Dataset({"fire": (("month",), values, attrs)}, coords={"month": np.arange(START, origin + 1)})


def ask(verified: Verified | None, text: str, origin: int = ORIGIN) -> Any:
    past = seen(origin)
    return blended(verified, ex.at_origin(ex.parse(text), origin), past, past, origin, OWN)


def test_it_is_the_weighted_mean_of_the_model_and_the_simple_forecasts(case: Case) -> None:
    found = ask(shipped(case), "any(fire) within origin+1")
    past = seen()
    simple = {
        name: 1.0 - forecast(past["fire"].values, past["month"].values, [1], 1)[0][0]
        for name, forecast in all_baselines(1).items()
    }
    assert found.parts == pytest.approx(simple | {"model": 0.7})
    assert found.probability.value == pytest.approx(sum(WEIGHTS[name] * p for name, p in found.parts.items()))
    assert found.probability.mc_error == pytest.approx(0.4 * OWN.mc_error), "simple forecasts have no run's error"
    assert found.probability.low < found.probability.value < found.probability.high
    assert found.best in ("exponential", "lag_logit")


@pytest.mark.parametrize(
    "text", ["any(fire) within origin+2", "any(fire) within origin+1..origin+2", "not any(fire) within origin+1"]
)
def test_what_was_not_verified_is_not_blended(case: Case, text: str) -> None:
    assert ask(shipped(case), text) is None


def test_where_the_model_was_not_shown_to_add_its_own_probability_stands(case: Case) -> None:
    assert ask(shipped(case, verdict="not shown that the model adds"), "any(fire) within origin+1") is None


def test_an_origin_before_the_last_one_verified_gets_no_weights_that_know_its_future(case: Case) -> None:
    verified = shipped(case)
    assert ask(verified, "any(fire) within origin+1", UNTIL - 1) is None
    assert ask(verified, "any(fire) within origin+1", UNTIL) is not None


def test_a_case_without_a_verification_blends_nothing(case: Case) -> None:
    assert read_verified(case) is None
    assert load_targets(case)[0].id == "fire_month"


def test_a_broken_verification_is_refused_with_its_name(case: Case) -> None:
    (case.folder / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"keisei-verify\.json"):
        read_verified(case)
    (case.folder / FILE).write_text('{"until": "2010-12"}', encoding="utf-8")
    with pytest.raises(InputError, match="blends"):
        read_verified(case)
