"""The laws of sites, as properties of a small model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from unittest import mock

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from keisei.ensemble import run
from keisei.errors import KeiseiError
from keisei.model import Model, ModelError, Normal, Parameters, Site
from keisei.model.sites import LOG_EPSILON
from keisei.score import Row
from model.small import ALL, DICE, SMALL, START, TARGET, Nothing, State, initial, month

MONTHS = 12
MEMBERS = 256


def small(score: tuple[Row, ...] = (), seed: int = 1, members: int = MEMBERS, months: int = MONTHS) -> xr.Dataset:
    return run(SMALL, score, members=members, until=START + months - 1, seed=seed, levels=ALL)


def same(a: xr.Dataset, b: xr.Dataset, names: Iterator[str] | list[str] | None = None) -> bool:
    """Whether records agree bit for bit."""
    return all(np.array_equal(a[n].values, b[n].values) for n in (list(a.data_vars) if names is None else names))


def row(name: str, t: int, value: float, how: str) -> Row:
    site, _, index = TARGET[name].rstrip("]").partition("[")
    return Row(START + t, site, float(value), how, index)  # type: ignore[arg-type]


seeds = st.integers(0, 2**31 - 1)
places = st.tuples(st.sampled_from(sorted(TARGET)), st.integers(0, MONTHS - 1), st.integers(0, MEMBERS - 1))


# ---- numbers depend on the seed alone ---------------------------------------------------------------------------


@settings(max_examples=5)
@given(seed=seeds, members=st.integers(1, 2500), months=st.integers(1, 30))
def test_the_same_seed_gives_the_same_numbers_whatever_the_blocks(seed: int, members: int, months: int) -> None:
    long, short = small(seed=seed, members=2500, months=30), small(seed=seed, members=members, months=months)
    assert same(long.isel(member=slice(members), month=slice(months)), short)


def test_the_same_seed_gives_the_same_numbers_whatever_the_threads() -> None:
    found = []
    for threads in ("1", "2", "3"):
        with mock.patch.dict(os.environ, {"KEISEI_THREADS": threads}):
            found.append(small(members=3500))
    assert same(found[0], found[1])
    assert same(found[0], found[2])


def test_another_seed_gives_other_numbers() -> None:
    assert not same(small(seed=1), small(seed=2), ["shock"])


def test_adding_a_site_changes_no_draw_of_another() -> None:
    def wider(state: State, params: object, site: Site, t: jax.Array) -> State:
        site.draw("new", Normal(0.0, 1.0))
        site.choice("act", options=("yes", "no"), utilities=(0.0, 0.0), index="new")
        return month(state, params, site, t)

    model = Model("wider", wider, initial, SMALL.parameters, SMALL.start, SMALL.end)
    a, b = small(), run(model, members=MEMBERS, until=START + MONTHS - 1)
    for name in a.data_vars:
        # two executables may round differently in the last place
        np.testing.assert_allclose(b[name].values, a[name].values, rtol=1e-4, atol=1e-5)


# ---- rows -------------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(seed=seeds, place=places)
def test_setting_a_site_to_what_it_would_have_drawn_changes_nothing(seed: int, place: tuple[str, int, int]) -> None:
    name, t, member = place
    free = small(seed=seed)
    after = small((row(name, t, free[name].values[member, t], "set"),), seed)
    assert same(free.isel(member=member), after.isel(member=member))
    assert float(after.log_weight[member]) == 0.0


def log_probability(data: xr.Dataset, name: str, member: int, t: int) -> float:
    """What SciPy says the drawn value's probability or density was."""
    at = {str(k): float(v.values[member, t]) for k, v in data.data_vars.items()}
    x, value = at["before"], at[name]
    sd = 0.4
    appetite = float(SMALL.parameters.draw(200, int(data.attrs["seed"]))[int(data.draw[member]), 0])
    match name:
        case "act":
            return float(special.log_softmax([0.0, x + at["push"], appetite - x])[int(value)])
        case "strike":
            return 0.0 if at["act"] != 2 else float(np.log(special.expit(x if value else -x)))
        case "quake":
            return float(np.log(0.3 if value else 0.7))
        case "days":
            d = stats.nbinom(1.5, 1.5 / (1.5 + np.exp(0.3 * x)))
            return float(d.logpmf(value) if value < 9 else d.logsf(8))
        case "shock":
            return float(stats.norm(0, sd).logpdf(value))
        case "other":
            return float(stats.norm(0, 1).logpdf(value))
        case _:
            return float(stats.norm(x, 0.5).logpdf(value))


@settings(max_examples=25)
@given(seed=seeds, place=places)
def test_observing_what_would_have_been_drawn_adds_its_log_probability_and_nothing_else(
    seed: int, place: tuple[str, int, int]
) -> None:
    name, t, member = place
    free = small(seed=seed)
    after = small((row(name, t, free[name].values[member, t], "observed"),), seed)
    assert same(free.isel(member=member), after.isel(member=member))
    expected = log_probability(free, name, member, t)
    assert float(after.log_weight[member]) == pytest.approx(expected, rel=1e-3, abs=1e-4)


def test_a_row_of_the_month_before_the_first_weighs_too() -> None:
    score = (Row(START - 1, "x.start", 0.7),)
    after = small(score)
    assert np.all(after.before.values[:, 0] == np.float32(0.7))
    np.testing.assert_allclose(after.log_weight, stats.norm.logpdf(0.7), rtol=1e-5)


def downstream(site: str) -> tuple[set[str], set[str]]:
    """Sites and records that a change at a site can reach in its month, and from the next month on."""
    reads = SMALL.reads
    now = {site}
    while grown := {k for k, deps in reads.items() if now & set(deps)} - now:
        now |= grown
    later = {k for k in now if k.startswith("state:")}
    while grown := {k for k, deps in reads.items() if later & set(deps)} - later:
        later |= grown
    return now, later


@settings(max_examples=25)
@given(seed=seeds, place=places, value=st.sampled_from([0.0, 1.0]))
def test_two_runs_differ_only_downstream_of_a_changed_row(seed: int, place: tuple[str, int, int], value: float) -> None:
    name, t, _ = place
    free, after = small(seed=seed), small((row(name, t, value, "set"),), seed)
    now, later = downstream(TARGET[name])
    assert same(free.isel(month=slice(t)), after.isel(month=slice(t)))
    for record in map(str, free.data_vars):
        if f"record:{record}" not in now:
            assert same(free.isel(month=t), after.isel(month=t), [record])
        if f"record:{record}" not in later:
            assert same(free.isel(month=slice(t + 1, None)), after.isel(month=slice(t + 1, None)), [record])
    assert "record:apart" not in now | later or name == "other"


def test_an_observed_event_that_cannot_occur_costs_log_epsilon_and_never_nothing() -> None:
    free = small()
    after = small((row("strike", 0, 1.0, "observed"),))
    closed = free.act.values[:, 0] != 2
    assert closed.any()
    assert (~closed).any()
    np.testing.assert_allclose(after.log_weight.values[closed], LOG_EPSILON)
    np.testing.assert_allclose(
        after.log_weight.values[~closed], special.log_expit(free.before.values[~closed, 0]), rtol=1e-3
    )
    none = small((row("strike", 0, 0.0, "observed"),))
    assert np.all(none.log_weight.values[closed] == 0.0)


def test_a_later_row_replaces_an_earlier_one_at_the_same_place() -> None:
    twice = small((row("act", 3, 1, "observed"), row("act", 3, 2, "set")))
    assert np.all(twice.act.values[:, 3] == 2)
    assert np.all(twice.log_weight.values == 0.0)


# ---- frequencies ------------------------------------------------------------------------------------------------

LAWS = [(0.0, 0.0, 0.0, 0.5, 0.8, 1.0), (2.0, -1.0, 0.5, 0.05, 0.2, 0.4), (-3.0, 1.0, 1.0, 0.9, 2.5, 6.0)]


@pytest.fixture(scope="module", params=LAWS)
def dice(request: pytest.FixtureRequest) -> tuple[tuple[float, ...], dict[str, np.ndarray]]:
    data = run(DICE, members=4096, until=START + 11, draws=np.array([request.param]), seed=3)
    return request.param, {str(name): values.values.ravel() for name, values in data.data_vars.items()}


def frequencies(values: np.ndarray, masses: np.ndarray) -> float:
    """χ² p-value, with rare values pooled."""
    masses = masses / masses.sum()
    last = max(int(np.flatnonzero(masses * len(values) >= 5)[-1]), 1)
    pooled = np.append(masses[:last], masses[last:].sum())
    counts = np.bincount(np.minimum(values.astype(int), last), minlength=last + 1)
    return float(stats.chisquare(counts, pooled * len(values)).pvalue)


def test_choice_frequencies_match_the_softmax(dice: tuple) -> None:
    (a, b, c, *_), data = dice
    counts = np.bincount(data["choice"].astype(int), minlength=4)
    assert stats.chisquare(counts, special.softmax([a, b, c, 0.0]) * len(data["choice"])).pvalue > 1e-4


def test_event_frequencies_match_the_hazard(dice: tuple) -> None:
    law, data = dice
    assert stats.binomtest(int(data["event"].sum()), len(data["event"]), law[3]).pvalue > 1e-4


def test_count_frequencies_match_their_masses(dice: tuple) -> None:
    (*_, mean, size), data = dice
    assert frequencies(data["poisson"], stats.poisson(mean).pmf(np.arange(13))) > 1e-4
    assert frequencies(data["negbin"], stats.nbinom(size, size / (size + mean)).pmf(np.arange(13))) > 1e-4


@pytest.mark.parametrize("shift", [-400.0, 400.0, 1e6])
def test_a_choice_depends_only_on_differences_of_utilities(shift: float) -> None:
    def flat(state: Nothing, params: object, site: Site, t: jax.Array) -> Nothing:
        site.record("k", site.choice("k", options=("a", "b"), utilities=(state.nothing, state.nothing + 1.0)))
        return state

    model = Model("flat", flat, lambda p, s: Nothing(jnp.float32(shift)), Parameters(()), START, START + 11)
    k = run(model, members=1024).k.values
    assert stats.binomtest(int(k.sum()), k.size, special.expit(1.0)).pvalue > 1e-4


# ---- rules that a model must keep -------------------------------------------------------------------------------


def refusal(body: object) -> str:
    """What the engine says to a model that breaks a rule."""
    model = Model("broken", body, lambda p, s: Nothing(jnp.float32(0.0)), Parameters(()), START, START + 1)  # type: ignore[arg-type]
    with pytest.raises(ModelError) as caught:
        _ = model.table
    return str(caught.value)


def test_a_name_may_occur_once_a_month_unless_it_has_an_index() -> None:
    def twice(state: Nothing, params: object, site: Site, t: jax.Array) -> Nothing:
        site.event("war", 0.5, index="east")
        site.event("war", 0.5, index="west")
        site.event("peace", 0.5)
        site.event("peace", 0.5)
        return state

    assert refusal(twice) == "site peace occurs twice in a month; give it an index"


def test_a_record_may_occur_once_a_month_unless_it_has_attributes() -> None:
    def twice(state: Nothing, params: object, site: Site, t: jax.Array) -> Nothing:
        site.record("x", 1.0, side="a")
        site.record("x", 1.0, side="a")
        return state

    assert "record x{side=a} occurs twice" in refusal(twice)


def _in_scan(site: Site) -> None:
    jax.lax.scan(lambda c, _: (c + site.draw("inner", Normal(0.0, 1.0)), None), jnp.float32(0.0), None, length=3)


def _in_vmap(site: Site) -> None:
    jax.vmap(lambda m: site.draw("inner", Normal(m, 1.0)))(jnp.zeros(3))


def _in_cond(site: Site) -> None:
    jax.lax.cond(jnp.bool_(True), lambda: site.draw("inner", Normal(0.0, 1.0)), lambda: jnp.float32(0.0))


@pytest.mark.parametrize("inner", [_in_scan, _in_vmap, _in_cond])
def test_a_site_inside_an_inner_loop_is_refused(inner: object) -> None:
    def body(state: Nothing, params: object, site: Site, t: jax.Array) -> Nothing:
        inner(site)  # type: ignore[operator]
        return state

    said = refusal(body)
    assert "site inner stands inside an inner scan, vmap or cond" in said
    assert "write the loop in Python with an index" in said


@pytest.mark.parametrize("utilities", [(0.0,), (0.0, 1.0, 2.0)])
def test_a_choice_needs_a_utility_for_each_option(utilities: tuple[float, ...]) -> None:
    def body(state: Nothing, params: object, site: Site, t: jax.Array) -> Nothing:
        site.choice("k", options=("a", "b"), utilities=utilities)
        return state

    assert f"2 options but {len(utilities)} utilities" in refusal(body)


def test_keys_are_checked_to_be_distinct() -> None:
    with mock.patch("keisei.model.noise.key", return_value=7), pytest.raises(KeiseiError, match="take another seed"):
        small(seed=987_654)


# ---- the site table ---------------------------------------------------------------------------------------------


def test_the_table_names_every_site_with_what_it_may_hold() -> None:
    table = SMALL.table
    assert [s.target for s in table.sites] == [
        "x.start", "push", "act", "strike", "quake", "days[all]", "shock", "other", "reading",
    ]  # fmt: skip
    assert [s.kind for s in table.sites] == [
        "draw", "value", "choice", "event", "event", "count", "draw", "draw", "measure",
    ]  # fmt: skip
    assert [s.initial for s in table.sites] == [True] + [False] * 8
    assert table.site("act").options == ("none", "talk", "test")
    assert table.site("days[all]").cap == 9
    assert table.site("other").unit == "USD"
    assert [s.column for s in table.sites] == list(range(9))
    assert table.lanes == sum(s.lanes for s in table.sites)


def test_the_table_knows_what_reads_what() -> None:
    reads = SMALL.reads
    assert reads["push"] == ()
    assert reads["act"] == ("param:appetite", "push", "state:x")
    assert reads["strike"] == ("act", "state:x")
    assert reads["quake"] == ()
    assert reads["days[all]"] == ("state:x",)
    assert reads["shock"] == ("param:sd",)
    assert reads["reading"] == ("state:x",)
    assert reads["state:apart"] == ("other", "state:apart")
    assert reads["state:x"] == ("act", "days[all]", "quake", "shock", "state:x", "strike")
    assert reads["record:days"] == ("days[all]",)


def test_stocks_have_names_and_units() -> None:
    assert SMALL.stocks == (("x", "index"), ("apart", "USD"))
