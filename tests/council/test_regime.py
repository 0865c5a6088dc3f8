"""Measures, relief and the ways back: who can block what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keisei.council import Draft, Measure, Regime, Relief, enact, load_body
from keisei.council.regime import describe
from keisei.errors import InputError
from keisei.months import parse

UNSC = load_body("unsc")
START, DEAL, LATER = parse("2017-08"), parse("2022-03"), parse("2022-09")
COAL = Measure("coal ban", "coal", 1.0)
UNANIMOUS = UNSC.decide("substantive", 2022)
ONE_PERMANENT_NO = UNSC.decide("substantive", 2022, no=("RUS",))
SANCTIONED = enact(Regime(), Draft("impose", measures=(COAL,)), UNANIMOUS, START)


def test_an_adopted_measure_bites_from_its_month_on() -> None:
    assert SANCTIONED.severity("coal", START - 1) == 0.0
    assert SANCTIONED.severity("coal", START) == 1.0
    assert SANCTIONED.severity("oil", START) == 0.0
    assert describe(SANCTIONED, START) == "2017-08: coal 1.00 (coal ban)"
    assert describe(SANCTIONED, START - 1) == "2017-07: nothing in force"


@pytest.mark.parametrize("action", ["impose", "lift", "relieve", "statement"])
def test_what_is_not_adopted_changes_nothing(action: str) -> None:
    draft = {
        "impose": Draft("impose", measures=(Measure("oil cap", "oil", 0.8),)),
        "lift": Draft("lift", named=("coal ban",)),
        "relieve": Draft("relieve", relief=Relief("deal", ("coal ban",))),
        "statement": Draft("statement"),
    }[action]
    assert enact(SANCTIONED, draft, ONE_PERMANENT_NO, DEAL) == SANCTIONED


def test_lifted_without_snapback_one_permanent_no_keeps_it_lifted() -> None:
    lifted = enact(SANCTIONED, Draft("lift", named=("coal ban",)), UNANIMOUS, DEAL)
    assert lifted.severity("coal", DEAL) == 0.0
    again = Draft("impose", measures=(COAL,))
    assert enact(lifted, again, ONE_PERMANENT_NO, LATER).severity("coal", LATER + 12) == 0.0
    assert enact(lifted, again, UNANIMOUS, LATER).severity("coal", LATER) == 1.0


def test_lifting_itself_is_blocked_by_one_permanent_no() -> None:
    lift = Draft("lift", named=("coal ban",))
    for member in UNSC.permanent:
        blocked = enact(SANCTIONED, lift, UNSC.decide("substantive", 2022, no=(member,)), DEAL)
        assert blocked.severity("coal", LATER) == 1.0


def test_relief_that_expires_ends_by_one_permanent_no_on_its_renewal() -> None:
    deal = Draft("relieve", relief=Relief("deal", ("coal ban",), until=LATER))
    relieved = enact(SANCTIONED, deal, UNANIMOUS, DEAL)
    assert [relieved.severity("coal", m) for m in (DEAL - 1, DEAL, LATER, LATER + 1)] == [1.0, 0.0, 0.0, 1.0]
    renew = Draft("renew", named=("deal",), until=LATER + 12)
    for member in UNSC.permanent:
        refused = enact(relieved, renew, UNSC.decide("substantive", 2022, no=(member,)), LATER)
        assert refused.severity("coal", LATER + 1) == 1.0
    renewed = enact(relieved, renew, UNANIMOUS, LATER)
    assert [renewed.severity("coal", LATER + k) for k in (1, 12, 13)] == [0.0, 0.0, 1.0]


def test_relief_that_lasts_is_kept_by_one_permanent_no_on_ending_it() -> None:
    relieved = enact(SANCTIONED, Draft("relieve", relief=Relief("deal", ("coal ban",))), UNANIMOUS, DEAL)
    end = Draft("end relief", named=("deal",))
    for member in UNSC.permanent:
        kept = enact(relieved, end, UNSC.decide("substantive", 2022, no=(member,)), LATER)
        assert kept.severity("coal", LATER + 120) == 0.0
    ended = enact(relieved, end, UNANIMOUS, LATER)
    assert [ended.severity("coal", m) for m in (LATER - 1, LATER)] == [0.0, 1.0]


def test_after_a_complaint_relief_ends_unless_renewed_in_time() -> None:
    relieved = enact(SANCTIONED, Draft("relieve", relief=Relief("deal", ("coal ban",))), UNANIMOUS, DEAL)
    complained = relieved.complain("deal", LATER)
    go_on = Draft("renew", named=("deal",), until=LATER + 60)
    assert enact(complained, go_on, ONE_PERMANENT_NO, LATER).severity("coal", LATER + 2) == 1.0
    assert enact(complained, go_on, UNANIMOUS, LATER).severity("coal", LATER + 2) == 0.0
    soon = enact(SANCTIONED, Draft("relieve", relief=Relief("deal", ("coal ban",), until=LATER)), UNANIMOUS, DEAL)
    assert soon.complain("deal", LATER).severity("coal", LATER + 1) == 1.0  # a complaint never lengthens relief


def test_the_panel_of_experts_ended_by_one_permanent_no_on_its_renewal() -> None:
    """Its mandate ran to 2024-04-30; the vote of 2024-03-28 (S/2024/255) was to extend it by a year."""
    panel = Regime((Measure("Panel of Experts", "monitoring", 1.0, parse("2009-06"), parse("2024-04")),))
    renewal = Draft("renew", named=("Panel of Experts",), until=parse("2025-04"))
    vote = UNSC.decide("substantive", 2024, no=("RUS",), abstain=("CHN",))
    after = enact(panel, renewal, vote, parse("2024-03"))
    assert [after.severity("monitoring", parse(m)) for m in ("2024-04", "2024-05")] == [1.0, 0.0]
    without = enact(panel, renewal, UNSC.decide("substantive", 2024, abstain=("CHN", "RUS")), parse("2024-03"))
    assert without.severity("monitoring", parse("2025-04")) == 1.0


def test_a_measure_adopted_again_is_tightened_and_comes_out_from_under_relief() -> None:
    relieved = enact(SANCTIONED, Draft("relieve", relief=Relief("deal", ("coal ban",))), UNANIMOUS, DEAL)
    again = enact(relieved, Draft("impose", measures=(Measure("coal ban", "coal", 0.5),)), UNANIMOUS, LATER)
    assert again.severity("coal", LATER) == 0.5
    assert len(again.measures) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_the_hardest_measure_of_a_sector_counts(severities: list[float]) -> None:
    regime = Regime(tuple(Measure(f"m{n}", "coal", s) for n, s in enumerate(severities)))
    assert regime.severity("coal", 1) == max(severities)


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        (Draft("impose"), "no measures"),
        (Draft("lift"), "names nothing"),
        (Draft("relieve"), "no relief"),
        (Draft("lift", named=("gold ban",)), "no 'gold ban'"),
        (Draft("relieve", relief=Relief("deal", ("gold ban",))), "no 'gold ban'"),
        (Draft("renew", named=("coal ban",)), "last month"),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused(draft: Draft, says: str) -> None:
    with pytest.raises(InputError, match=says):
        enact(SANCTIONED, draft, UNANIMOUS, DEAL)


def test_a_measure_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(InputError, match="outside 0–1"):
        Measure("x", "coal", 1.5)
    with pytest.raises(InputError, match="ends before it starts"):
        Measure("x", "coal", 0.5, since=10, sunset=9)
