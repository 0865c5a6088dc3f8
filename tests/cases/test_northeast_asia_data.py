"""What the bundled evidence of the Northeast Asia case must keep true."""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path

import pytest

import keisei
from keisei import months
from keisei.cases import load_case
from keisei.cases.known import declared
from keisei.evidence import Evidence, Fact, load_evidence
from tests.shared import shared

CASE = Path(keisei.__file__).parent / "cases" / "northeast_asia"
# satellite launchers stand at their own site; the last was typed Unknown in the missile data
SATELLITES = {"2024": 1}


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return load_evidence(CASE)


def facts(evidence: Evidence, site: str) -> list[Fact]:
    return [fact for fact in evidence.facts if fact.site == site]


def test_no_row_rests_on_memory(evidence: Evidence) -> None:
    assert not [fact.id for fact in evidence.facts if fact.checked == "memory"]
    assert not [figure.target for figure in evidence.measurements if figure.checked == "memory"]


def test_a_row_checked_against_a_document_names_one_of_the_five(evidence: Evidence) -> None:
    for fact in evidence.facts:
        if fact.checked == "document":
            assert {"d0", "d1", "d2", "d3", "d4"} & set(fact.sources), fact.id


def test_every_fact_has_a_title_in_both_languages(evidence: Evidence) -> None:
    for fact in evidence.facts:
        assert fact.title_en, fact.id
        assert fact.title_ja, fact.id


def test_covered_months_hold_no_contested_launch_that_would_read_as_none(evidence: Evidence) -> None:
    spans = [c for c in evidence.coverage if c.site == "PRK.launch.ballistic"]
    sure = {(f.index, f.month) for f in facts(evidence, "PRK.launch.ballistic") if f.certainty != "contested"}
    for fact in facts(evidence, "PRK.launch.ballistic"):
        if fact.certainty == "contested" and (fact.index, fact.month) not in sure:
            assert fact.month is not None
            assert not any(c.index == fact.index and c.first <= fact.month <= c.last for c in spans), fact.id


def test_a_fact_inside_coverage_is_dated_to_the_month(evidence: Evidence) -> None:
    for span in evidence.coverage:
        for fact in evidence.facts:
            if fact.target == span.target and span.first <= fact.span.first_month <= span.last:
                assert fact.precision in ("day", "month"), fact.id


def test_votes_add_up_to_fifteen_and_a_veto_defeats_a_draft(evidence: Evidence) -> None:
    drafts = facts(evidence, "UNSC.draft")
    for fact in drafts:
        has = fact.attributes
        assert sum(int(has[k]) for k in ("yes", "no", "abstain")) == 15, fact.id
        vetoed = "no" in (has["CHN"], has["RUS"])
        assert has["result"] == ("vetoed" if vetoed else "adopted"), fact.id
    assert Counter(f.attributes["result"] for f in drafts) == {"adopted": 25, "vetoed": 2}


def test_missiles_a_year_agree_with_the_missile_data(evidence: Evidence) -> None:
    ours: Counter[str] = Counter()
    for fact in facts(evidence, "PRK.launch.ballistic"):
        if "cns-missile" in fact.sources:
            ours[fact.date[:4]] += int(fact.attributes.get("missiles", fact.attributes.get("missiles_low", "0")))
    theirs: Counter[str] = Counter()
    with shared("data/missile_tests/missile_tests.csv").open() as file:
        for row in csv.DictReader(file):
            if row["missile_type"] != "SLV" and row["date"] >= "1990":
                theirs[row["date"][:4]] += 1
    assert ours == theirs - Counter(SATELLITES)


def test_a_launch_day_is_the_korean_day(evidence: Evidence) -> None:
    """An entry with a time of 15:00 UTC or later happened on the next day in Korea."""
    days = {fact.date for fact in facts(evidence, "PRK.launch.ballistic")}
    assert {"2017-07-04", "2017-07-28", "2017-11-29", "2022-10-01", "2024-07-01", "2024-10-31"} <= days
    assert not {"2017-11-28", "2022-09-30", "2024-06-30", "2024-10-30"} & days


def test_the_vetoes_agree_with_the_record_of_vetoes(evidence: Evidence) -> None:
    ours = {f.date for f in facts(evidence, "UNSC.draft") if f.attributes["result"] == "vetoed"}
    with shared("data/unsc/unsc_vetoes_2022_2024.csv").open() as file:
        theirs = {row["date"] for row in csv.DictReader(file) if "DPRK" in row["topic"]}
    assert ours == theirs


def test_growth_agrees_with_the_bank_of_korea(evidence: Evidence) -> None:
    ours = {m.date: m.value for m in evidence.measurements if m.series == "PRK.gdp_growth"}
    with shared("data/economy/bok_dprk_gdp_growth.csv").open() as file:
        theirs = {row["year"]: float(row["gdp_growth_rate_pct"]) for row in csv.DictReader(file)}
    assert ours == theirs


def test_state_history_is_known_from_the_first_month(evidence: Evidence) -> None:
    start = months.parse("1990-01")
    for site in ("war.phase", "us.president", "kor.government", "jpn.government", "prk.leader", "border.closed"):
        assert any(fact.span.first_month <= start for fact in facts(evidence, site)), site


def test_a_figure_passed_on_counts_as_one_origin(evidence: Evidence) -> None:
    """Lankov's revenue and the press reports of the study behind it are one voice."""
    by_id = {fact.id: fact for fact in evidence.facts}
    quoted = by_id["arms-2024-10-usd-D2"]
    reported = by_id["arms-2024-10-28-usd-Guseinova"]
    assert evidence.origins(quoted) & evidence.origins(reported)


def test_names_are_never_shared_by_two_entities(evidence: Evidence) -> None:
    owners: Counter[str] = Counter(name for entity in evidence.entities.values() for name in set(entity.names))
    assert not [name for name, count in owners.items() if count > 1]
    assert len(evidence.entities) >= 150


def test_what_is_declared_beside_the_model_is_told_of_and_stands_nowhere_in_it() -> None:
    """A declaration without a record, or of what the model has, would let a misspelling pass."""
    case = load_case("northeast_asia")
    told = {record.target for record in (*case.evidence.facts, *case.evidence.coverage)}
    figures = {figure.target for figure in case.evidence.measurements}
    for key, records in (("beside", told), ("series_beside", figures)):
        named = declared(case.about, key, case.folder / "case.yaml")
        assert named <= records, named - records
    assert not declared(case.about, "beside", case.folder) & set(case.model.table.by_target)


def test_exports_by_sector_sum_to_the_total(evidence: Evidence) -> None:
    """Which is why the total is beside the model: both would be one observation counted twice."""
    found: dict[str, dict[str, float]] = {}
    for m in evidence.measurements:
        if m.series == "PRK.exports.CHN":
            found.setdefault(m.date, {})[m.index] = m.value
    assert len(found) == 9
    for year, by in found.items():
        parts = sum(by[k] for k in ("minerals", "seafood", "textiles", "other"))
        assert parts == pytest.approx(by[""], abs=1e-3), year
        assert by["minerals"] == pytest.approx(by["coal"] + by["iron_ore"], abs=1e-3)
        if year >= "2018":
            assert max(by[k] for k in ("minerals", "seafood", "textiles")) < 0.1, "banned goods vanish from the customs"


def test_market_prices_do_not_follow_recorded_earnings(evidence: Evidence) -> None:
    """Why they stay beside the model: the won did not move when nine tenths of exports went."""
    won: dict[str, list[float]] = {}
    for m in evidence.measurements:
        if m.series == "market.fx":
            won.setdefault(m.date[:4], []).append(math.log(m.value))
    level = {year: math.exp(sum(v) / len(v)) for year, v in won.items()}
    assert all(7800 < level[str(year)] < 8250 for year in range(2014, 2021))
    assert level["2021"] < 0.75 * level["2020"]
    exports = {m.date: m.value for m in evidence.measurements if m.series == "PRK.exports.CHN" and not m.index}
    assert exports["2018"] < 0.1 * exports["2016"]


def test_every_sector_is_barred_by_a_sourced_resolution(evidence: Evidence) -> None:
    bars = {
        (f.date[:7], k): f.attributes[k]
        for f in facts(evidence, "UNSC.draft")
        for k in ("minerals", "seafood", "textiles", "other", "labour")
        if k in f.attributes
    }
    assert bars == {
        ("2016-03", "minerals"): "cap", ("2016-11", "minerals"): "cap", ("2017-08", "minerals"): "ban",
        ("2017-08", "seafood"): "ban", ("2017-08", "labour"): "cap", ("2017-09", "textiles"): "ban",
        ("2017-09", "labour"): "cap", ("2017-12", "other"): "ban", ("2017-12", "labour"): "ban",
    }  # fmt: skip
