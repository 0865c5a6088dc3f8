"""The two laws of the triangle behind one switch, and what a text of each kind shows of a stance."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
import xarray as xr

from keisei.cases import load_case
from keisei.cases.northeast_asia.laws import diplomacy, words
from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.ensemble import run
from keisei.model import Model, Parameters, Site

START, MONTHS, MEMBERS = 2026 * 12, 24, 1024
THREE = (
    "summit.trilateral{pair=CHN-PRK-RUS}", "treaty{pair=CHN-PRK-RUS}", "trilateral.dissolution",
)  # fmt: skip
STAND = {"triangle_rivalry": 1.0, "triangle_war": 1.5, "triangle_talks": -1.0}
TIES = {"triangle_cooperation": 1.0, "triangle_goal": -0.5}


@lru_cache
def parameters() -> Parameters:
    return load_case("northeast_asia").parameters


def drivers(p: Any) -> Drivers:
    """A month of war, with the border open."""
    full = load_case("northeast_asia").model.initial(p, Site(None)).drivers
    return full._replace(war=jnp.int32(1), rivalry=p.rivalry_mean + 1.0, border=jnp.float32(0.0))


@lru_cache
def triangle() -> Model:
    def month(s: Any, p: Any, site: Site, t: Any) -> Any:
        return diplomacy.month(s, drivers(p), p, site, t, posture=2, arms=0.0, provocation=0.0, stance=-1.0)[0]

    return Model("triangle", month, diplomacy.initial, parameters(), START, START + MONTHS)


@lru_cache
def texts() -> Model:
    def month(s: Any, p: Any, site: Site, t: Any) -> Any:
        met = {"PRK-CHN": jnp.bool_(True), "PRK-RUS": jnp.bool_(False)}
        return words.month(s, drivers(p), p, site, t, met=met, three=jnp.bool_(False))

    return Model("texts", month, words.initial, parameters(), START, START + MONTHS)


def lived(model: Model, **changed: float) -> xr.Dataset:
    values = dict(zip(parameters().names, map(float, parameters().means()[0]), strict=True)) | changed
    draws = np.array([[values[name] for name in parameters().names]])
    return run(model, members=MEMBERS, until=START + MONTHS - 1, seed=3, draws=draws)


def same(a: xr.Dataset, b: xr.Dataset, names: tuple[str, ...] = THREE) -> bool:
    return all(np.array_equal(a[name].values, b[name].values) for name in names)


def test_at_prior_means_neither_law_pushes() -> None:
    assert same(lived(triangle(), triangle_law=0.0), lived(triangle(), triangle_law=1.0))


@pytest.mark.parametrize(
    ("law", "others"), [(0.0, TIES), (1.0, STAND)], ids=["ties under the law of stands", "stands under that of ties"]
)
def test_what_the_other_law_reads_changes_nothing(law: float, others: dict[str, float]) -> None:
    assert same(lived(triangle(), triangle_law=law), lived(triangle(), triangle_law=law, **others))


@pytest.mark.parametrize(("law", "own"), [(0.0, STAND), (1.0, TIES)], ids=["stands", "ties"])
def test_each_law_moves_the_three_by_what_it_reads(law: float, own: dict[str, float]) -> None:
    def meetings(sign: float) -> float:
        pushed = {k: sign * v for k, v in own.items()}
        return float(lived(triangle(), triangle_law=law, **pushed)[THREE[0]].sum())

    fewer, more = sorted((meetings(-1.0), meetings(1.0)))
    assert more > 1.5 * fewer + 5


def count(of: xr.Dataset, **asked: str) -> int:
    """How many texts of these attributes there were."""
    found = [
        v for v in of.data_vars if str(v).startswith("text{") and all(f"{k}={x}" in str(v) for k, x in asked.items())
    ]
    assert found
    return int(sum(float(of[v].sum()) for v in found))


def test_kinds_of_text_come_as_the_logits_say() -> None:
    level, none = 0.7, -0.4
    world = lived(texts(), joint_prk_chn=level, text_none=none)
    share = np.exp([0.0, level, none]) / np.exp([0.0, level, none]).sum()
    met = MEMBERS * MONTHS
    readout, joint = count(world, pair="PRK-CHN", kind="readout"), count(world, pair="PRK-CHN", kind="joint statement")
    for found, q in ((readout, share[0]), (joint, share[1])):
        assert abs(found - met * q) < 4.0 * np.sqrt(met * q * (1.0 - q))


def test_who_did_not_meet_writes_nothing_together() -> None:
    world = lived(texts())
    assert count(world, pair="PRK-RUS") == 0
    assert count(world, pair="PRK-CHN") > 0


@pytest.mark.parametrize(
    ("parameter", "kind", "other"),
    [("words_joint", "joint statement", "readout"), ("words_alone", "statement", "readout")],
)
def test_a_kind_of_text_leans_by_its_own_parameter_and_no_other(parameter: str, kind: str, other: str) -> None:
    def named(kind: str, lean: float) -> float:
        world = lived(texts(), statement_alone=0.5, **{parameter: lean})
        whose = {"issuer": "CHN"} if kind == "statement" else {"pair": "PRK-CHN"}
        said = {w: count(world, kind=kind, denuclearisation=w, **whose) for w in words.WORDS}
        return said["named"] / sum(said.values())

    assert named(kind, 2.0) > named(kind, -2.0) + 0.2
    assert named(other, 2.0) == named(other, -2.0), "the same noise, the same words"
