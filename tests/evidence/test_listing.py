"""Evidence is listed by date, entity, source and conflict."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.example import write_case
from evidence.test_store import a_fact
from keisei import months
from keisei.evidence import Entity, Evidence, load_evidence
from keisei.evidence.codec import id_of
from keisei.evidence.listing import as_json, by_conflict, by_entity, by_source, group_as_json, mentions, timeline


@pytest.fixture
def case(tmp_path: Path) -> Evidence:
    return load_evidence(write_case(tmp_path))


def test_the_timeline_is_in_order_and_narrowed_by_site_and_months(case: Evidence) -> None:
    everything = timeline(case)
    assert len(everything) == 11
    assert [record.span.first for record in everything] == sorted(record.span.first for record in everything)
    assert {id_of(r) for r in timeline(case, site="summit")} == {"summit-2023"}
    assert {id_of(r) for r in timeline(case, site="summit[PRK-RUS]")} == {"summit-2023"}
    assert {r.target for r in timeline(case, site="PRK")} == {"PRK.gdp_growth", "PRK.warheads"}
    assert timeline(case, site="summ") == []
    span = timeline(case, first=months.parse("2023-10"), last=months.parse("2023-10"))
    assert {r.target for r in span} == {"arms.containers", "rice", "PRK.warheads"}, "a year may mean any month of it"


@pytest.mark.parametrize(
    ("fact", "spoken_of"),
    [
        (a_fact("a", title_ja="金総書記が訪問"), True),
        (a_fact("a", title_en="Kim Jong-un visits"), True),
        (a_fact("a", title_en="Kimchi prices"), False),
        (a_fact("a", index="KIM-PUTIN"), True),
        (a_fact("a", attributes={"host": "KIM"}), True),
        (a_fact("a", title_ja="金利"), False),
    ],
)
def test_a_fact_speaks_of_an_entity_by_id_or_name(fact: object, spoken_of: bool) -> None:
    entity = Entity(id="KIM", type="person", name_en="Kim", name_ja="金総書記", aliases=("Kim Jong-un", "金"))
    assert mentions(fact, entity) is spoken_of  # type: ignore[arg-type]


def test_groups_name_sources_with_their_origin_and_show_all_sides_of_a_conflict(case: Evidence) -> None:
    sources = {group.key: group for group in by_source(case, timeline(case))}
    assert sources["translation"].name.endswith("(← article)")
    assert len(sources["article"].records) == 3
    one_side = timeline(case, site="PRK.warheads")[:1]
    (group,) = by_conflict(case, one_side)
    assert len(group.records) == 2
    shown = group_as_json(group, case)
    assert (shown["voices"], shown["kinds"]) == (2, ["value"])
    assert [item["origins"] for item in shown["items"]] == [["article"], ["customs"]]
    assert [group.key for group in by_entity(case, timeline(case))] == []


def test_a_record_for_programs_keeps_every_cell(case: Evidence) -> None:
    shown = as_json(case.facts[0], case)
    assert shown["target"] == "summit[PRK-RUS]"
    assert shown["attributes"] == {"level": "leaders", "place": "Vostochny"}
    assert shown["origins"] == ["agency", "article"]
