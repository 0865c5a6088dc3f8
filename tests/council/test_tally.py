"""The branch-free count and easing are the body's vote and the regime: who can block what, on random votes."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keisei.council import (
    KINDS,
    Ballot,
    Draft,
    Easing,
    Measure,
    Regime,
    Relief,
    Rule,
    after_vote,
    can_be_ended,
    enact,
    load_body,
    renewal_due,
    tally,
)  # fmt: skip
from keisei.council.records import load_votes

UNSC, EU = load_body("unsc"), load_body("eu_council")
RULE = UNSC.rule("substantive")
YEAR, START, TERM = 2022, 12 * 2022, 6
ballots = st.lists(st.sampled_from(["yes", "abstain", "no"]), min_size=5, max_size=5)


def counted(votes: list[str]) -> list[Ballot]:
    return [Ballot(v == "yes", v == "no") for v in votes]


@given(votes=ballots, elected=st.integers(0, 10), rule=st.sampled_from(["substantive", "procedural"]))
@settings(max_examples=300)
def test_the_count_is_the_bodys_vote(votes: list[str], elected: int, rule: str) -> None:
    seats = UNSC.members(YEAR)
    named = {kind: [m for m, v in zip(seats, votes, strict=False) if v == kind] for kind in ("no", "abstain")}
    aside = [*named["abstain"], *seats[5 + elected :]]
    outcome = UNSC.decide(rule, YEAR, no=named["no"], abstain=aside)
    vote = tally(UNSC.rule(rule), counted(votes), elected)
    assert (bool(vote.adopted), bool(vote.vetoed)) == (outcome.adopted, outcome.result == "vetoed")
    assert int(vote.yes) == len(outcome.yes)


def test_the_count_runs_for_an_ensemble() -> None:
    def carried(no: jax.Array, elected: jax.Array) -> jax.Array:
        held = [Ballot(~no, no), *[Ballot(jnp.bool_(True), jnp.bool_(False))] * 4]
        return tally(RULE, held, elected).adopted

    got = jax.jit(jax.vmap(carried))(jnp.array([True, False, False]), jnp.array([10.0, 10.0, 3.0]))
    assert got.tolist() == [False, True, False]


def test_recorded_votes_are_counted_as_they_ended() -> None:
    for vote in load_votes():
        held = [Ballot(m not in (*vote.voted_no, *vote.abstained), m in vote.voted_no) for m in UNSC.permanent]
        others = vote.yes - sum(b.yes for b in held)
        result = tally(RULE, held, others)
        assert (bool(result.adopted), bool(result.vetoed)) == (vote.result == "adopted", vote.result == "vetoed")


def test_a_rule_that_a_count_cannot_tell_is_refused() -> None:
    for rule in (EU.rule("qualified"), UNSC.rule("statement"), Rule(least_yes=8, majority_of_members=True)):
        with pytest.raises(ValueError, match=r"Body\.decide"):
            tally(rule, counted(["yes"] * 5), 10)


@given(kind=st.sampled_from(KINDS), votes=st.lists(ballots, min_size=14, max_size=14), ended=st.integers(2, 13))
@settings(max_examples=200)
def test_easing_month_by_month_is_the_regime_on_random_votes(kind: str, votes: list[list[str]], ended: int) -> None:
    """A ban is eased by vote; what expires is voted on in its time and when the deal ends, what lasts from then on."""
    ban = Measure("ban", "coal", 1.0)
    regime = Regime((ban,))
    easing = Easing(0.0, 0.0, 0.0)
    for n, cast in enumerate(votes):
        month, cast = START + n, ["yes"] * 5 if n == 0 else cast
        seats = UNSC.members(YEAR)
        against = [m for m, v in zip(seats, cast, strict=False) if v == "no"]
        aside = [m for m, v in zip(seats, cast, strict=False) if v == "abstain"]
        outcome = UNSC.decide("substantive", YEAR, no=against, abstain=aside)
        adopted = tally(RULE, counted(cast), 10).adopted
        lift = n == 0
        complaint = n == ended
        if complaint and kind == "expires" and float(easing.share) > 0:
            regime = regime.complain("deal", month - 1, grace=0)
        renew = bool(renewal_due(easing, TERM, complaint)) and not lift
        end = bool(can_be_ended(easing)) and n >= ended
        easing = after_vote(
            easing, lift=lift, renew=renew, end=end, adopted=adopted, share=1.0, kind=float(KINDS.index(kind))
        )
        until = month + TERM - 1
        if lift and kind == "lifted":
            regime = enact(regime, Draft("lift", named=("ban",)), outcome, month)
        elif lift:
            relief = Relief("deal", ("ban",), until=until if kind == "expires" else None)
            regime = enact(regime, Draft("relieve", relief=relief), outcome, month)
        elif renew:
            regime = enact(regime, Draft("renew", named=("deal",), until=until), outcome, month)
        elif end:
            regime = enact(regime, Draft("end relief", named=("deal",)), outcome, month)
        assert 1.0 - float(easing.share) == regime.severity("coal", month), (kind, n)


@pytest.mark.parametrize("member", range(5))
def test_one_permanent_no_decides_by_kind(member: int) -> None:
    """It blocks lifting, ends what expires, and keeps what lasts."""
    cast = ["no" if n == member else "yes" for n in range(5)]
    adopted = tally(RULE, counted(cast), 10).adopted

    def voted(kind: str, motion: str) -> float:
        held = Easing(0.0 if motion == "lift" else 0.6, float(KINDS.index(kind)), 3.0)
        motions = {name: jnp.bool_(name == motion) for name in ("lift", "renew", "end")}
        return float(after_vote(held, **motions, adopted=adopted, share=0.6, kind=held.kind).share)

    assert voted("lifted", "lift") == 0.0
    assert voted("expires", "renew") == 0.0
    assert voted("lasts", "end") == pytest.approx(0.6)
