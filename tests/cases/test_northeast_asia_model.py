"""The bundled model: what MODEL.md asks of it, and twins that change nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from keisei import months
from keisei.cases import Case, load_case
from keisei.cases.outlook import what_if
from keisei.cases.vintages import blocks_of
from keisei.ensemble.calibration import check_blocks
from keisei.score import Row

RECORDS = """
PRK.launch.ballistic PRK.launch.satellite PRK.test.nuclear UNSC.draft UNSC.lift summit summit.trilateral
treaty text deal deal.end war.ceasefire KOR.nuclear PRK.gdp_growth PRK.warheads PRK.trade.CHN arms.revenue
arms.rounds enforcement.CHN enforcement.RUS cooperation.PRK-RUS cooperation.PRK-CHN cooperation.CHN-RUS
KOR.support_nuclear PRK.foreign_currency
""".split()  # noqa: SIM905 (one name after the other is easier to read)

DEALS, ENDS = ("1994-10", "2007-02", "2012-02"), ("2003-01", "2009-04", "2012-04")


@lru_cache
def case() -> Case:
    return load_case("northeast_asia")


@pytest.mark.parametrize("name", RECORDS)
def test_records_that_questions_rely_on_are_recorded(name: str) -> None:
    assert any(record.name == name for record in case().model.table.records)


def test_every_parameter_is_read_by_a_law() -> None:
    laws = Path(case().folder / "laws")
    text = "".join(p.read_text(encoding="utf-8") for p in [*laws.glob("*.py"), case().folder / "model.py"])
    read = set(re.findall(r"\bp\.([a-z_0-9]+)", text))
    assert set(case().parameters.names) == read & set(case().parameters.names)
    assert read <= set(case().parameters.names)


def test_coefficients_on_which_a_claim_rests_take_no_side() -> None:
    """Rule 1 of MODEL.md: no claim is wired in."""
    claimed = [p for p in case().parameters.items if "symmetric" in p.meaning]
    assert len(claimed) >= 20
    for p in claimed:
        assert p.family == "normal", p.id
        assert p.a == 0.0, p.id


def test_parameters_stand_in_one_calibration_block_at_most() -> None:
    check_blocks(blocks_of(case()), case().parameters)


def test_every_observed_site_belongs_to_a_calibration_block() -> None:
    blocks = {site for block in blocks_of(case()) for site in block.sites}
    observed = {row.site for row in case().score(case().origin) if row.how == "observed"}
    assert observed <= blocks


def test_which_deals_were_in_force_is_history() -> None:
    states = {row.month: row.value for row in case().score(case().origin) if row.site == "deal.in_force"}
    assert set(states) == set(range(months.parse("1990-01"), case().origin + 1))
    for first, last, state in (
        ("1990-01", "1994-09", 0.0), ("1994-10", "2002-12", "small"), ("2003-01", "2007-01", "none"),
        ("2007-02", "2009-03", "small"), ("2009-04", "2012-01", "none"), ("2012-02", "2012-03", "small"),
        ("2012-04", "2025-09", "none"),
    ):  # fmt: skip
        assert {states[m] for m in range(months.parse(first), months.parse(last) + 1)} == {state}


@pytest.mark.parametrize("month", ["2025-11", "2023-06"], ids=["in the future", "in the past"])
def test_a_what_if_that_changes_nothing_differs_by_exactly_zero(month: str) -> None:
    """The war goes on until 2025-09 as history has it; setting what is there already changes no bit."""
    origin = months.parse("2025-09")
    rows = (Row(months.parse(month), "us.election.outsider", 0.0, "set"),)  # no election in that month
    worlds, _, _ = what_if(case(), rows, origin=origin, until=origin + 4, members=64, draws=4, particles=32)
    for name in worlds.base.data_vars:
        assert np.array_equal(worlds.base[name].values, worlds.changed[name].values), name
    signed = sum(worlds.base[v] for v in worlds.base.data_vars if str(v).startswith("deal{"))
    for which, expected in ((signed, DEALS), (worlds.base["deal.end"], ENDS)):
        past = which.sel(month=which["month"] <= origin)
        found = {months.show(int(m)) for m in past["month"].values[(past != 0).any("member").values]}
        assert found == {m for m in expected if months.parse(m) >= int(worlds.base["month"][0])}, (
            "nobody else had a deal"
        )
