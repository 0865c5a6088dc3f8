"""The rule: when an experiment speaks for a claim, against it, or not at all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from keisei.explore.verdicts import ASSUMED, ENOUGH, FACTOR, Effects, Judgement, judge, quantile, settled, share

FINITE = st.floats(-50, 50, allow_nan=False, width=32)
EFFECTS = st.lists(FINITE, min_size=2, max_size=40)


def exact(values: list[float]) -> Effects:
    x = np.array(values, float)
    return Effects(x, np.zeros(len(x)), np.ones(len(x)))


def ruled(before: list[float], after: list[float], sign: float = 1.0, smallest: float = 1.0) -> Judgement:
    return judge(exact(before), exact(after), sign=sign, reference=0.0, smallest=smallest)


@given(EFFECTS, EFFECTS, st.floats(0, 5))
def test_support_needs_odds_moved_threefold_and_a_mean_effect_beyond_the_smallest_of_interest(
    before: list[float], after: list[float], smallest: float
) -> None:
    j = ruled(before, after, smallest=smallest)
    if j.verdict == "supports":
        assert j.factor >= FACTOR
        assert j.estimate > smallest
    if j.verdict == "contradicts":
        assert j.factor <= 1 / FACTOR
        assert j.estimate < -smallest
    if j.verdict == "assumed":
        assert j.p_prior > ASSUMED
        assert 1 / FACTOR < j.factor < FACTOR
    if j.verdict in ("supports", "contradicts", "assumed"):
        assert min(j.n_prior, j.n_posterior) >= ENOUGH


@given(EFFECTS)
def test_evidence_that_moves_nothing_neither_supports_nor_contradicts(effects: list[float]) -> None:
    assert ruled(effects, effects).verdict in ("undecided", "assumed", "cannot answer")


@given(EFFECTS, EFFECTS)
def test_an_effect_that_no_draw_has_either_way_answers_nothing(before: list[float], after: list[float]) -> None:
    large = any(abs(x) > 1.0 for x in before + after)
    if min(len(before), len(after)) >= ENOUGH:
        assert (ruled(before, after).verdict == "cannot answer") is not large


def test_what_was_ruled_out_before_any_evidence_is_said_to_be() -> None:
    j = ruled([-2.0] * 40, [-2.0] * 40)
    assert (j.verdict, "ruled out" in j.why) == ("undecided", True)


@given(EFFECTS, EFFECTS)
def test_a_claim_and_its_mirror_image_get_the_same_verdict(before: list[float], after: list[float]) -> None:
    here = ruled(before, after)
    there = ruled([-x for x in before], [-x for x in after], sign=-1.0)
    assert here.verdict == there.verdict
    assert np.isclose(here.factor, there.factor)


@given(EFFECTS, EFFECTS)
def test_what_supports_a_claim_never_supports_its_opposite(before: list[float], after: list[float]) -> None:
    one, other = ruled(before, after), ruled(before, after, sign=-1.0)
    assert not (one.verdict == other.verdict == "supports")
    assert not (one.verdict == other.verdict == "contradicts")


def test_a_claim_certain_beforehand_is_assumed_and_one_that_turns_is_contradicted() -> None:
    yes, no, even = [5.0] * 40, [-5.0] * 40, [5.0, -5.0] * 20
    assert ruled(yes, yes).verdict == "assumed"
    assert ruled(yes, no).verdict == "contradicts"
    assert ruled(even, yes).verdict == "supports"
    assert ruled(even, [0.5] * 40).verdict == "undecided"  # the odds fell, but the effect does not go the other way


def test_too_few_effective_draws_give_no_verdict() -> None:
    weight = np.array([1.0] + [1e-9] * 39)
    heavy = Effects(np.full(40, 5.0), np.zeros(40), weight)
    j = judge(exact([5.0, -5.0] * 20), heavy, sign=1.0, reference=0.0, smallest=1.0)
    assert j.verdict == "undecided"
    assert "too few" in j.why


@given(EFFECTS, st.floats(0, 10))
def test_taking_the_members_noise_out_keeps_the_mean_and_never_widens(effects: list[float], noise: float) -> None:
    x = np.array(effects)
    e = settled(Effects(x, np.full(len(x), noise), np.ones(len(x))))
    assert np.isclose(e.weight @ e.mean, x.mean(), atol=1e-6)
    assert np.std(e.mean) <= np.std(x) + 1e-6
    untouched = settled(exact(effects)).mean
    assert np.array_equal(untouched, x)


def test_the_spread_left_is_that_of_the_parameters() -> None:
    rng = np.random.default_rng(3)
    truth = rng.normal(0.0, 2.0, 4000)
    members = truth[:, None] + rng.normal(0.0, 6.0, (4000, 8))
    noisy = Effects(members.mean(axis=1), members.var(axis=1, ddof=1) / 8, np.ones(4000))
    assert np.std(noisy.mean) > 2.7
    assert abs(np.std(settled(noisy).mean) - 2.0) < 0.15


@given(st.lists(st.booleans(), min_size=1, max_size=50))
def test_a_share_is_never_certain(holds: list[bool]) -> None:
    w = np.full(len(holds), 1 / len(holds))
    assert 0 < share(np.array(holds, float), w) < 1


@given(EFFECTS)
def test_quantiles_are_ordered_and_among_the_values(effects: list[float]) -> None:
    e = exact(effects).usable()
    low, middle, high = (quantile(e.mean, e.weight, q) for q in (0.05, 0.5, 0.95))
    assert low <= middle <= high
    assert {low, middle, high} <= set(e.mean.tolist())


def test_odds_that_few_draws_move_by_chance_make_no_verdict() -> None:
    # one draw of forty against none: the odds triple, but by luck
    j = ruled([5.0] + [-5.0] * 39, [-5.0] * 40)
    assert j.verdict == "undecided"


def test_calibrated_draws_count_for_no_more_than_they_are_worth() -> None:
    before, after = exact([5.0, -5.0] * 200), exact([5.0] * 80 + [-5.0] * 320)
    many = judge(before, after, sign=1.0, reference=0.0, smallest=1.0)
    few = judge(before, after, sign=1.0, reference=0.0, smallest=1.0, most=8.0)
    assert many.verdict == "contradicts"
    assert few.verdict == "undecided"
    assert few.n_posterior == 8.0
