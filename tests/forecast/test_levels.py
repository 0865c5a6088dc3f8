"""Levels as bins: probabilities that sum to one, a CRPS in the level's unit, baselines that know what they may."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from keisei.errors import InputError
from keisei.forecast.levels import Bins, baselines, of_members
from keisei.forecast.scoring import count_crps

BINS = Bins(-10.0, 10.0, 0.1)
numbers = st.floats(-30, 30)


@given(st.lists(numbers, min_size=1, max_size=20), st.floats(0.01, 5.0))
def test_members_become_probabilities_and_no_bin_is_impossible(values: list[float], sd: float) -> None:
    mass = of_members(values, np.full(len(values), sd), np.ones(len(values)), BINS)
    assert mass.sum() == pytest.approx(1.0)
    assert mass.shape == (BINS.count,)
    assert (mass > 0).all()


@given(st.floats(-9, 9))
def test_a_value_lies_in_the_bin_that_says_so(value: float) -> None:
    index = int(BINS.index(value))
    ends = [-np.inf, *BINS.edges, np.inf]
    assert ends[index] <= value < ends[index + 1]


def test_a_missing_figure_has_no_bin() -> None:
    assert np.isnan(BINS.index(np.nan))


def test_the_crps_of_bins_is_that_of_the_normal_in_its_unit() -> None:
    mass = of_members([0.7], [1.3], [1.0], BINS)
    y = 2.0
    z = (y - 0.7) / 1.3
    exact = 1.3 * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / np.sqrt(np.pi))
    pmf = xr.DataArray(mass, dims="count", coords={"count": np.arange(BINS.count)})
    found = float(count_crps(pmf, xr.DataArray(float(BINS.index(y))))) * BINS.width
    assert found == pytest.approx(exact, abs=0.06)


def test_weights_weigh() -> None:
    one = of_members([-3.0, 3.0], [0.5, 0.5], [1.0, 0.0], BINS)
    assert one == pytest.approx(of_members([-3.0], [0.5], [1.0], BINS))


def mean(mass: np.ndarray) -> float:
    return float(mass @ (BINS.low + BINS.width * (np.arange(BINS.count) + 0.5)))


def test_baselines_stand_where_their_names_say() -> None:
    found = baselines([1.0, 2.0, 3.0], [2010, 2011, 2012], 2014, 1.0, BINS)
    assert mean(found["climatology"]) == pytest.approx(2.0, abs=0.1)
    assert mean(found["persistence"]) == pytest.approx(3.0, abs=0.1)
    assert mean(found["drift"]) == pytest.approx(5.0, abs=0.3)


def test_a_walk_widens_with_the_years_ahead_and_with_doubt() -> None:
    def spread(mass: np.ndarray) -> float:
        below = np.cumsum(mass)
        return float(np.searchsorted(below, 0.75) - np.searchsorted(below, 0.25))

    known, years = [1.0, 1.5, 0.8, 1.2, 1.1], [2010, 2011, 2012, 2013, 2014]
    near, far = (baselines(known, years, y, 0.5, BINS)["persistence"] for y in (2015, 2019))
    assert spread(far) > 1.8 * spread(near)
    few = baselines(known[:1], years[:1], 2011, 2.0, BINS)["persistence"]
    many = baselines(known, years, 2015, 2.0, BINS)["persistence"]
    assert spread(many) < 0.9 * spread(few), "figures that moved less than expected narrow it"


@given(st.lists(numbers, max_size=6))
def test_baselines_are_probabilities_from_no_figure_on(values: list[float]) -> None:
    for mass in baselines(values, 2000 + np.arange(len(values)), 2010, 1.0, BINS).values():
        assert mass.sum() == pytest.approx(1.0)
        assert (mass > 0).all()


def test_before_any_figure_all_bins_are_alike() -> None:
    assert np.ptp(baselines([], [], 2010, 1.0, BINS)["persistence"]) == 0.0


def test_bins_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="are no bins"):
        Bins(1.0, 1.0, 0.1)
