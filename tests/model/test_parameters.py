"""Parameters: draws follow their priors and do not depend on one another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from keisei.errors import InputError
from keisei.model import Parameter, Parameters

PRIORS = [
    Parameter("a", "normal", 1.0, 2.0),
    Parameter("b", "lognormal", 3.0, 0.5),
    Parameter("c", "uniform", -1.0, 4.0),
    Parameter("d", "beta", 2.0, 5.0),
    Parameter("e", "gamma", 3.0, 2.0),
    Parameter("f", "halfnormal", 1.5),
]
MEANS = [1.0, 3.0 * np.exp(0.125), 1.5, 2 / 7, 3.0, 1.5 * np.sqrt(2 / np.pi)]


@pytest.mark.parametrize(
    ("prior", "mean"), list(zip(PRIORS, MEANS, strict=True)), ids=lambda x: getattr(x, "family", "")
)
def test_draws_follow_the_prior(prior: Parameter, mean: float) -> None:
    draws = Parameters((prior,)).draw(5000, seed=4)[:, 0]
    assert stats.kstest(draws, prior.frozen.cdf).pvalue > 1e-4
    assert prior.mean == pytest.approx(mean)


@pytest.mark.parametrize("prior", PRIORS, ids=lambda p: p.family)
def test_quantiles_and_means_are_those_of_scipy(prior: Parameter) -> None:
    u = np.concatenate([[1e-9, 1.0 - 1e-9], np.linspace(0.001, 0.999, 999)])
    assert prior.quantile(u) == pytest.approx(prior.frozen.ppf(u), rel=1e-9)
    assert prior.mean == pytest.approx(float(prior.frozen.mean()), rel=1e-12)


def test_different_parameters_are_independent() -> None:
    u = stats.rankdata(Parameters(tuple(PRIORS)).draw(5000, seed=4), axis=0) / 5000
    off = np.corrcoef(u.T)[np.triu_indices(len(PRIORS), 1)]
    assert np.abs(off).max() < 5 / np.sqrt(5000)


@given(seed=st.integers(0, 2**31), n=st.integers(1, 50), keep=st.sets(st.integers(0, 5), min_size=1))
def test_adding_a_parameter_or_asking_for_more_draws_changes_none(seed: int, n: int, keep: set[int]) -> None:
    full = Parameters(tuple(PRIORS)).draw(60, seed)
    some = Parameters(tuple(PRIORS[i] for i in sorted(keep))).draw(n, seed)
    assert np.array_equal(full[:n, sorted(keep)], some)


def test_a_fixed_parameter_has_its_value_and_no_density() -> None:
    fixed = Parameters((Parameter("x", "fixed", 0.25),))
    assert np.all(fixed.draw(10, 1) == 0.25)
    assert np.all(fixed.logpdf(fixed.draw(10, 1)) == 0.0)


def test_a_switch_takes_each_of_its_options_equally_often() -> None:
    switch = Parameter("s", "among", 0.0, options=(0.0, 1.0, 2.0))
    draws = Parameters((switch,)).draw(3000, 1)[:, 0]
    assert stats.chisquare(np.bincount(draws.astype(int), minlength=3)).pvalue > 1e-4
    np.testing.assert_allclose(switch.logpdf(np.array([1.0, 0.5])), [-np.log(3), -np.inf])
    with pytest.raises(InputError, match="needs at least two options"):
        Parameter("s", "among", 0.0)


def test_the_joint_density_is_the_sum_of_the_priors() -> None:
    priors = Parameters(tuple(PRIORS))
    draws = priors.draw(20, 1)
    expected = sum(p.frozen.logpdf(draws[:, i]) for i, p in enumerate(PRIORS))
    np.testing.assert_allclose(priors.logpdf(draws), expected)


def test_given_columns_replace_draws() -> None:
    given_ = Parameters(tuple(PRIORS)).draw(3, 1, given={"c": [0.0, 1.0, 2.0]})
    assert given_[:, 2].tolist() == [0.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([Parameter("a", "fixed", 1.0), Parameter("a", "fixed", 2.0)], "parameter a stands twice"),
        ([Parameter("a b", "fixed", 1.0)], "'a b' is not a plain name"),
    ],
)
def test_a_broken_list_is_refused(items: list[Parameter], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Parameters(tuple(items))


@pytest.mark.parametrize(
    ("family", "a", "b", "said"),
    [
        ("normal", 0.0, 0.0, "the second number of a normal prior must be above 0"),
        ("lognormal", -1.0, 0.5, "the first number of a lognormal prior must be above 0"),
        ("uniform", 2.0, 1.0, "a uniform prior must end above its start"),
        ("beta", 0.0, 1.0, "the first number of a beta prior must be above 0"),
        ("gamma", 1.0, -1.0, "the second number of a gamma prior must be above 0"),
        ("halfnormal", 0.0, 0.0, "the first number of a halfnormal prior must be above 0"),
        ("normal", float("nan"), 1.0, "is not finite"),
        ("cauchy", 0.0, 1.0, "'cauchy' is not a prior family"),
    ],
)
def test_a_prior_that_is_none_is_refused(family: str, a: float, b: float, said: str) -> None:
    with pytest.raises(InputError, match=said):
        Parameter("x", family, a, b)  # type: ignore[arg-type]
