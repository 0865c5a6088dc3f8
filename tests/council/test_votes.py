"""Bodies decide as they did: recorded votes are reproduced, and a second body works by its own rules."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared import shared

from keisei.council import Body, Rule, Term, load_body, load_votes, replay
from keisei.errors import InputError

UNSC = load_body("unsc")
EU = load_body("eu_council")
VOTES = load_votes()


@pytest.mark.parametrize(("recorded", "outcome"), replay(UNSC, VOTES), ids=[v.document for v in VOTES])
def test_every_recorded_vote_on_north_korea_comes_out_as_it_did(recorded, outcome) -> None:  # type: ignore[no-untyped-def]
    assert outcome.result == recorded.result
    assert (len(outcome.yes), len(outcome.no), len(outcome.abstain)) == (recorded.yes, recorded.no, recorded.abstain)
    assert sum((recorded.yes, recorded.no, recorded.abstain)) == len(UNSC.members(recorded.date.year)) == 15


def test_the_record_holds_the_votes_it_should() -> None:
    adopted = [v.document.removeprefix("S/RES/") for v in VOTES if v.result == "adopted"]
    assert adopted == ["1695", "1718", "1874", "2087", "2094", "2270", "2321", "2356", "2371", "2375", "2397"]
    assert [(str(v.date), v.voted_no) for v in VOTES if v.result == "vetoed"] == [
        ("2022-05-26", ("CHN", "RUS")),
        ("2024-03-28", ("RUS",)),
    ]


def test_the_record_agrees_with_the_compiled_file_and_the_library_of_vetoes() -> None:
    compiled = {}
    with shared("data/unsc/unsc_dprk_votes_compiled.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            compiled[row["document"]] = row
    for vote in VOTES:
        row = compiled[vote.document]
        assert (str(vote.date), vote.result) == (row["date"], row["result"])
        assert (vote.yes, vote.no, vote.abstain) == tuple(int(row[c]) for c in ("yes", "no", "abstain"))
    names = {"China": "CHN", "Russia": "RUS"}
    with shared("data/unsc/unsc_vetoes_2022_2024.csv").open(encoding="utf-8") as file:
        vetoes = {r["draft"]: {names[n] for n in r["vetoed_by"].split(";") if n in names} for r in csv.DictReader(file)}
    for vote in VOTES:
        if vote.result == "vetoed":
            assert set(vote.voted_no) == vetoes[vote.document]


def test_an_abstention_of_a_permanent_member_does_not_block() -> None:
    assert UNSC.decide("substantive", 2024, abstain=("CHN", "RUS")).adopted


def test_a_permanent_no_is_no_veto_where_too_few_are_in_favour() -> None:
    """As on the extension of the arms embargo on Iran in August 2020: 2 in favour, 2 against, 11 abstaining."""
    others = tuple(m for m in UNSC.members(2024) if m not in ("USA", "ECU", "CHN", "RUS"))
    outcome = UNSC.decide("substantive", 2024, no=("CHN", "RUS"), abstain=others)
    assert outcome.result == "failed"
    assert outcome.blocked_by == ()


def test_on_procedure_nobody_has_a_veto() -> None:
    assert UNSC.decide("procedural", 2024, no=("CHN", "RUS", "USA", "DZA", "MOZ", "SLE")).adopted
    assert not UNSC.decide("procedural", 2024, no=("CHN", "RUS", "USA", "DZA", "MOZ", "SLE", "GUY")).adopted


def test_a_statement_needs_everybody() -> None:
    assert UNSC.decide("statement", 2024).adopted
    for member in UNSC.members(2024):
        assert UNSC.decide("statement", 2024, no=(member,)).result == "failed"


@given(st.lists(st.sampled_from(["yes", "no", "abstain"]), min_size=15, max_size=15))
def test_nine_yes_and_no_permanent_no(ballots: list[str]) -> None:
    """The rule said again, in the Charter's words."""
    seats = UNSC.members(2017)
    no = [m for m, b in zip(seats, ballots, strict=True) if b == "no"]
    aside = [m for m, b in zip(seats, ballots, strict=True) if b == "abstain"]
    carried = ballots.count("yes") >= 9 and "no" not in ballots[:5]
    assert UNSC.decide("substantive", 2017, no=no, abstain=aside).adopted == carried


def test_more_support_never_undoes_an_adoption() -> None:
    for body, rule, year in ((UNSC, "substantive", 2017), (EU, "qualified", 2024)):
        seats = body.members(year)
        carried = [body.decide(rule, year, no=seats[n:][::-1]).adopted for n in range(len(seats) + 1)]
        assert carried == sorted(carried)
        assert set(carried) == {False, True}


def test_the_union_needs_fifteen_states_with_65_percent_of_its_people() -> None:
    seats = EU.members(2024)
    assert len(seats) == 27
    by_size = sorted(seats, key=lambda m: -EU.weights[m])
    assert EU.decide("qualified", 2024, no=by_size[15:]).adopted  # the fifteen largest
    assert not EU.decide("qualified", 2024, no=by_size[14:]).adopted  # fourteen are too few
    assert not EU.decide("qualified", 2024, no=by_size[:12]).adopted  # fifteen small ones have too few people


def test_three_large_states_cannot_block_the_union_but_four_can() -> None:
    three, four = ("DEU", "FRA", "ITA"), ("DEU", "FRA", "ITA", "LUX")
    assert EU.decide("qualified", 2024, no=three).weight_share < Fraction("0.65")
    assert EU.decide("qualified", 2024, no=three).adopted
    assert not EU.decide("qualified", 2024, no=four).adopted


def test_an_abstention_in_the_union_counts_against_but_does_not_break_unanimity() -> None:
    four = ("DEU", "FRA", "ITA", "LUX")
    assert not EU.decide("qualified", 2024, abstain=four).adopted
    assert EU.decide("unanimity", 2024, abstain=four).adopted
    assert not EU.decide("unanimity", 2024, no=("HUN",)).adopted


def test_the_reinforced_majority_needs_twenty_states() -> None:
    small = sorted(EU.members(2024), key=lambda m: EU.weights[m])
    assert EU.decide("reinforced", 2024, no=small[:7]).adopted
    assert not EU.decide("reinforced", 2024, no=small[:8]).adopted
    assert EU.decide("simple", 2024, no=small[:13]).adopted
    assert not EU.decide("simple", 2024, no=small[:14]).adopted


def test_the_unions_people_add_up_to_the_published_total() -> None:
    assert sum(EU.weights.values()) == pytest.approx(449_206_600, abs=1000)


GOOD = """\
name: Troika
sources: [minutes]
rules:
  plain: {least_yes: 2}
permanent: [A]
terms:
  - years: [2000, 2001]
    elected: [B, C]
    source: minutes
"""


def test_a_body_can_be_a_persons_own_file(tmp_path: Path) -> None:
    path = tmp_path / "troika.yaml"
    path.write_text(GOOD, encoding="utf-8")
    body = load_body(path)
    assert body == Body(
        "Troika", ("minutes",), {"plain": Rule(2)}, ("A",), (Term((2000, 2001), ("B", "C"), "minutes"),)
    )
    assert body.decide("plain", 2001, no=("A",)).adopted


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("[B, C]", "[B, A]", 8, "A holds two seats"),
        ("least_yes: 2", "least_yes: 4", 4, "asks for 4 of 3 members"),
        ("least_yes: 2", "least_si: 2", 4, "least_si"),
        ("least_yes: 2", 'least_yes_share: "1.5"', 4, "outside 0–1"),
        ("{least_yes: 2}", "{}", 4, "asks for nothing"),
        ("least_yes: 2", "least_yes: two", 4, "rules.plain.least_yes"),
        ("[2000, 2001]", "[2001, 2000]", 7, "ends before it starts"),
        ("[2000, 2001]", "[2000]", 7, "years"),
        ("    source: minutes\n", "", 7, "source"),
        ("name: Troika\n", "", 1, "name"),
        ("permanent: [A]", "permanent: [A", None, "not YAML"),
        ("permanent: [A]", "permanent: [A]\nweights: {A: 1, B: 0, C: 1}", 6, "weight of B is not positive"),
        ("permanent: [A]", "permanent: [A]\nweights: {A: 1}", 6, "B has no weight"),
        ("terms:", "terms:\n  - {years: [2001, 2002], elected: [D], source: x}", 8, "two terms cover one year"),
    ],
)
def test_a_broken_body_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int | None, says: str
) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_body(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.mend
    if line is not None:
        assert caught.value.line == line


def test_wrong_questions_to_a_body_are_refused() -> None:
    with pytest.raises(InputError, match="no seats are known for 1950"):
        UNSC.decide("substantive", 1950)
    with pytest.raises(InputError, match="DEU has no seat"):
        UNSC.decide("substantive", 2017, no=("DEU",))
    with pytest.raises(InputError, match="votes twice"):
        UNSC.decide("substantive", 2017, no=("CHN",), abstain=("CHN",))
    with pytest.raises(InputError, match="no rule 'acclaim'"):
        UNSC.decide("acclaim", 2017)
    with pytest.raises(InputError, match="no such file"):
        load_body("nowhere.yaml")


ROW = "X/1,2020-01-02,topic,vetoed,13,1,1,RUS,CHN,names,https://example.org"
HEAD = "document,date,subject,result,yes,no,abstain,voted_no,abstained,checked,source"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (ROW, 1, "column 'document' is missing"),
        (f"{HEAD}\n{ROW.replace('2020-01-02', '2 Jan')}", 2, "YYYY-MM-DD"),
        (f"{HEAD}\n{ROW}\n{ROW.replace('13', 'many')}", 3, "whole numbers"),
        (f"{HEAD}\n{ROW.replace('vetoed', 'lost')}", 2, "'lost' is not known"),
        (f"{HEAD}\n{ROW.replace('names', 'memory')}", 2, "'memory' is not known"),
        (f"{HEAD}\n{ROW.replace('https://example.org', '')}", 2, "has no source"),
        (f"{HEAD}\n{ROW.replace('RUS', 'RUS CHN')}", 2, "names and counts disagree"),
        (f"{HEAD}\nX/1,2020-01-02", 2, "too short"),
    ],
)
def test_a_broken_record_is_refused_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        load_votes(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)
