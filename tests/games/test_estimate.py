"""Fits: against established programs, on simulated data, and what is said when a model cannot be estimated."""

from __future__ import annotations

import csv
import json
from functools import cache

import numpy as np
import pytest
from typer.testing import CliRunner

from keisei.cli import app
from keisei.errors import InputError
from keisei.games import (
    Table,
    estimate,
    estimate_spec,
    estimate_ultimatum,
    marginal_effects,
    predicted_probabilities,
    read_table,
    signalling_equilibria,
    table_of,
)
from tests.shared import shared

WAR = "esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2"
ULTIMATUM = "offer + accept ~ x1 + x2 + x3 + x4 + w1 + w2 | z1 + z2 + z3 + z4 + w1 + w2"


@cache
def data(name: str) -> Table:
    return read_table(shared(f"reference/games/estimation/{name}.csv"))


def agrees(fit: object, name: str, loglik: float) -> None:
    with shared(f"reference/games/estimation/{name}.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert list(fit.terms) == [r["term"] for r in rows]
    np.testing.assert_allclose(fit.estimate, [float(r["Estimate"]) for r in rows], atol=1e-4)
    np.testing.assert_allclose(fit.se, [float(r["Std. Error"]) for r in rows], atol=1e-4)
    assert fit.loglik == pytest.approx(loglik, abs=1e-6)
    assert fit.converged


@pytest.mark.parametrize(("link", "loglik"), [("logit", -286.18279389), ("probit", -286.12375472)])
def test_egame12_agrees_with_the_r_package(link: str, loglik: float) -> None:
    fit = estimate("egame12", WAR, data("war1800"), link=link)
    assert (fit.n, fit.k) == (282, 10)
    assert any("31 rows" in n for n in fit.notices)
    agrees(fit, f"coef_war1800_egame12_{link}_tight", loglik)


def test_egame122_with_factors_agrees_with_the_r_package() -> None:
    formula = "y ~ x1 + x2 | x3 + f1 | 0 | x4 + x5 | z1 + z2 | z3 + f2"
    agrees(
        estimate("egame122", formula, data("122"), link="logit"), "coef_data122_egame122_logit_tight", -1239.39894726
    )


def test_the_ultimatum_game_agrees_with_the_r_package() -> None:
    fit = estimate_ultimatum(ULTIMATUM, data("ult"), high=15, outcome="offer")
    agrees(fit, "coef_ult_offeronly", -3313.94985319)


def simulated(rows: int, link: str = "logit", seed: int = 0) -> Table:
    """egame12 with agent errors drawn move by move, not by the code under test."""
    rng = np.random.default_rng(seed)
    x, z, w = rng.normal(size=(3, rows))
    shock = rng.gumbel(size=(4, rows)) if link == "logit" else rng.normal(size=(4, rows))
    scale = 2**-0.5 if link == "logit" else 1.0
    # logit differences of two Gumbel shocks have scale 1; the models' scale is √2
    gain = 0.4 + 0.8 * z
    right2 = gain * scale + shock[0] - shock[1] > 0
    from scipy.special import expit, ndtr

    p = expit(gain * 2**-0.5) if link == "logit" else ndtr(gain * 2**-0.5)
    worth = p * (0.5 - 0.7 * x) - 0.5 * w
    right1 = worth * scale + shock[2] - shock[3] > 0
    y = np.where(right1, np.where(right2, 3, 2), 1)
    return table_of({"y": y, "x": x, "z": z, "w": w, "group": np.repeat(np.arange(rows // 10), 10)})


TRUTH = np.array([0.5, 0.5, -0.7, 0.4, 0.8])
FORMULA = "y ~ w - 1 | 0 | x | z"


@pytest.mark.parametrize("link", ["logit", "probit"])
def test_parameters_are_recovered_from_simulated_play(link: str) -> None:
    fit = estimate("egame12", FORMULA, simulated(6000, link), link=link, starts=0)
    assert np.all(np.abs(fit.estimate - TRUTH) < 4 * fit.se)
    assert fit.se.max() < 0.2


def test_every_start_leads_to_the_same_optimum_and_weights_count_rows() -> None:
    table = simulated(600)
    fit = estimate("egame12", FORMULA, table, link="logit", starts=3)
    assert fit.others == ()
    twice = table_of({k: np.concatenate([v, v]) for k, v in table.columns.items()})
    weighted = estimate(
        "egame12", FORMULA, table.with_columns({"double": 2.0}), link="logit", weights="double", starts=0
    )
    doubled = estimate("egame12", FORMULA, twice, link="logit", starts=0)
    np.testing.assert_allclose(weighted.estimate, doubled.estimate, atol=1e-8)
    np.testing.assert_allclose(weighted.se, doubled.se, atol=1e-8)
    np.testing.assert_allclose(fit.estimate, weighted.estimate, atol=1e-7)


def test_clusters_of_one_row_give_the_sandwich() -> None:
    table = simulated(600)
    rows = table.with_columns({"row": np.arange(600.0)})
    fit = estimate("egame12", FORMULA, rows, link="logit", cluster="row", starts=0)
    plain = estimate("egame12", FORMULA, table, link="logit", starts=0)
    scores = plain.likelihood.derivatives(plain.estimate)[1]
    np.testing.assert_allclose(scores.sum(axis=0), 0, atol=1e-5)
    wanted = plain.covariance @ scores.T @ scores @ plain.covariance * 600 / 599
    np.testing.assert_allclose(fit.covariance, wanted, rtol=1e-5)


def test_the_scale_and_fixed_payoffs_move_together() -> None:
    table = simulated(800)
    free = estimate("egame12", "y ~ 1 | 0 | 0 | 1", table, link="logit", starts=0)
    u1, u2 = free.estimate
    fixed = estimate("egame12", "y ~ 1", table, link="logit", fixed=[u1, 0.0, 0.0, u2], starts=0)
    assert fixed.terms == ("log(lambda)",)
    assert fixed.estimate[0] == pytest.approx(0.0, abs=1e-6)
    assert fixed.loglik == pytest.approx(free.loglik, abs=1e-8)


def test_predictions_average_to_the_data_and_effects_are_differences() -> None:
    table = simulated(600)
    fit = estimate("egame12", "y ~ 1 | 0 | 0 | 1", table, link="logit", starts=0)
    shares = [(table["y"] == k).mean() for k in (1, 2, 3)]
    np.testing.assert_allclose(predicted_probabilities(fit).estimate, shares, atol=1e-6)
    # a saturated model's delta errors are those of shares
    wanted = np.sqrt(np.array(shares) * (1 - np.array(shares)) / 600)
    np.testing.assert_allclose(predicted_probabilities(fit).se, wanted, rtol=1e-5)
    fit = estimate("egame12", FORMULA, table, link="logit", starts=0)
    effect = marginal_effects(fit, "x")
    high = predicted_probabilities(fit, {"x": table["x"] + 1e-3}).estimate
    low = predicted_probabilities(fit, {"x": table["x"] - 1e-3}).estimate
    np.testing.assert_allclose(effect.estimate, (high - low) / 2e-3, rtol=1e-3, atol=1e-6)
    assert effect.estimate.sum() == pytest.approx(0, abs=1e-10)


@pytest.mark.parametrize(
    ("formula", "more", "says"),
    [
        ("y ~ z + z2 | 0 | x | z", {}, "z, z2 are collinear"),
        ("y ~ z | z | x + z | z", {}, "not identified: .*z"),
        ("y ~ z | 0 | x", {}, "needs 4 formula parts"),
        ("y ~ z | 0 | q | z", {}, "no column 'q'"),
        ("y ~ w - 1 | 0 | x | z + tell", {}, "separation: .*tell"),
        ("y ~ z | 0 | x | z", {"errors": "public"}, "errors 'public'"),
        ("y + x ~ z | 0 | x | z", {}, "not a dummy"),
        ("x ~ z | 0 | x | z", {}, "values"),
        ("y ~ z | 0 | x | z", {"subset": "x > 99"}, "no row"),
    ],
)
def test_what_cannot_be_estimated_is_told_clearly(formula: str, more: dict, says: str) -> None:
    table = simulated(300)
    table = table.with_columns({"z2": 2 * table["z"] - 1, "tell": (table["y"] == 3).astype(float)})
    with pytest.raises(InputError, match=says):
        estimate("egame12", formula, table, link="logit", starts=0, **more)


SPEC = """
title: Signalling
players: [A, B]
outcome: y
equations: {stakes: "~ x", war: "~ 1"}
tree:
  chance:
    strong: [1/2, {player: A, infoset: strong, actions: {stay: {end: stay}, go: {player: B, infoset: B, actions: {
      yield: {end: yield, payoffs: {A: stakes, B: "-1"}}, fight: {end: fight, payoffs: {A: "0.5", B: war - 1}}}}}}]
    weak: [1/2, {player: A, infoset: weak, actions: {stay: {end: stay}, go: {player: B, infoset: B, actions: {
      yield: {end: yield, payoffs: {A: stakes, B: "-1"}}, fight: {end: fight, payoffs: {A: "-1.5", B: war}}}}}}]
"""


def test_an_arbitrary_game_of_incomplete_information_is_recovered(tmp_path) -> None:
    from keisei.games import draw_plays, quantal_response
    from keisei.games.spec import law_of, read_spec

    file = tmp_path / "s.yaml"
    file.write_text(SPEC)
    law, names = law_of(*read_spec(file))
    assert names == ["stay", "yield", "fight"]
    rng = np.random.default_rng(5)
    x = rng.normal(size=3000)
    eta = [0.8 + 0.6 * x, np.full(3000, -0.7)]
    paid = np.stack(
        [np.stack(np.broadcast_arrays(*[np.asarray(u, float) + 0 * x for u in row]), -1) for row in law.payoffs(eta)], 1
    )
    shares, residual = quantal_response(law.game, paid / 2**0.5, 1.0)
    assert residual.max() < 1e-5
    ends = draw_plays(law.game, shares, 3000, seed=1)
    outcome = [names[next(k for k, g in enumerate(law.outcomes) if e in g)] for e in ends]
    fit = estimate_spec(file, table_of({"y": outcome, "x": x}), starts=0)
    assert fit.terms == ("stakes:(Intercept)", "stakes:x", "war:(Intercept)")
    assert np.all(np.abs(fit.estimate - [0.8, 0.6, -0.7]) < 4 * fit.se)


def test_all_signalling_equilibria_satisfy_the_definition() -> None:
    from scipy.stats import multivariate_normal, norm

    sa, va, cb, wa, wb, a, vb = payoffs = np.array([0.0, 1.0, -0.4, -1.8, -0.6, -1.2, 1.0])
    found = signalling_equilibria(payoffs)
    assert len(found) >= 1
    for e in found:
        c = (sa - (1 - e["resist"]) * va) / e["resist"]
        both = multivariate_normal(cov=[[1, 2**-0.5], [2**-0.5, 1]])
        firm = both.cdf([(wa - a) / 2**0.5, wa - c]) / (1 - norm.cdf(c - wa) * norm.cdf(c - a))
        assert e["firm"] == pytest.approx(firm, abs=1e-5)
        assert e["resist"] == pytest.approx(norm.cdf((firm * wb + (1 - firm) * vb - cb) / firm), abs=1e-5)
        assert sum(e[k] for k in ("sq", "cd", "sf", "bd")) == pytest.approx(1)


def test_the_command_prints_one_json_document(tmp_path) -> None:
    table = simulated(300)
    file = tmp_path / "d.csv"
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(table.columns)
        writer.writerows(zip(*table.columns.values(), strict=True))
    arguments = ["game", "estimate", "--model", "egame12", "--formula", FORMULA, "--link", "logit"]
    result = CliRunner().invoke(app, [*arguments, "--data", str(file), "--effects", "x", "--json"])
    assert result.exit_code == 0, result.exception
    document = json.loads(result.stdout)
    assert (document["model"], document["n"], document["k"], document["converged"]) == ("egame12", 300, 5, True)
    assert [c["term"] for c in document["coefficients"]][:2] == ["u1(1):w", "u1(3):(Intercept)"]
    assert document["marginal_effects"][0]["of"] == "marginal effect of x"
    result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path / "none.csv")])
    assert isinstance(result.exception, InputError)


def test_nested_pseudo_likelihood_ends_in_an_equilibrium_near_the_truth() -> None:
    from keisei.games import estimate_signalling

    rng = np.random.default_rng(4)
    x = rng.normal(size=60)
    counts = []
    for value in np.round(x, 1):
        e = signalling_equilibria(np.array([0.0, 1.0, 0.0, -1.2 + 0.5 * value, -0.4, -1.0, 0.3]), grid=400)[-1]
        shares = np.array([e[k] for k in ("sq", "cd", "sf", "bd")])
        counts.append(rng.multinomial(400, shares / shares.sum()))
    table = table_of({**dict(zip(("sq", "cd", "sf", "bd"), np.array(counts).T, strict=True)), "x": np.round(x, 1)})
    fit = estimate_signalling("sq + cd + sf + bd ~ 0 | 1 | 0 | x | 1 | 1 | 1", table)
    assert fit.converged
    assert fit.extra["equilibrium_constraint"] < 1e-8
    assert np.all(np.abs(fit.estimate - [1.0, -1.2, 0.5, -0.4, -1.0, 0.3]) < 5 * fit.se)
    with pytest.raises(InputError, match=r"not identified: .*x is in all of A"):
        estimate_signalling("sq + cd + sf + bd ~ x | x | 0 | x | 1 | x | 1", table)
