"""The generated pages say what code and data say."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

import pytest

from keisei.cases import Case, load_case
from keisei.cases.anatomy import Law, _named, laws_of, reading
from keisei.cases.description import PICTURE, Description, describe
from keisei.cases.systems import System, document, read_ablations, systems_of
from keisei.errors import InputError

DOCS = Path(__file__).parents[2] / "docs"
SYSTEMS = [f"S{n}" for n in range(1, 17)] + ["S13b"]


@lru_cache
def case() -> Case:
    return load_case("northeast_asia")


@lru_cache
def laws() -> tuple[Law, ...]:
    return laws_of(case())


@lru_cache
def described() -> Description:
    return describe(case())


@lru_cache
def systems() -> dict[str, System]:
    return {s.id: s for s in systems_of(case())}


def test_the_page_of_the_model_is_what_code_and_data_say_today() -> None:
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    assert page == described().page, "run: keisei case describe"


def test_the_picture_of_reads_is_what_the_code_reads_today() -> None:
    picture = (DOCS / "figures" / PICTURE).read_text(encoding="utf-8")
    assert picture == described().picture, "run: keisei case describe"


def test_every_site_record_and_stock_belongs_to_one_law() -> None:
    table = case().model.table
    assert sorted(s.target for law in laws() for s in law.sites) == sorted(s.target for s in table.sites)
    assert sorted(r.variable for law in laws() for r in law.records) == sorted(r.variable for r in table.records)
    assert sorted(n for law in laws() for n, _ in law.stocks) == sorted(n for n, _ in case().model.stocks)


def test_every_law_states_its_formula_source_and_what_is_unproven() -> None:
    for law in laws():
        for heading in ("Law", "Source", "Unproven"):
            assert law.part(heading), f"{law.name} has no {heading}:"


def test_trade_reads_the_council_and_the_weather_of_words_reads_no_trade() -> None:
    counts = reading(case(), laws())
    assert counts["channels", "council"] > 0
    assert counts["words", "channels"] == 0


def test_a_name_with_a_field_owns_the_sites_it_can_make() -> None:
    tree = ast.parse('site.value(f"a.{x}", 1)\nplay(site, "deal", G)\nother.value("b", 1)')
    patterns = _named(tree, {"value", "choice"})
    assert any(p.fullmatch("a.CHN") for p in patterns)
    assert any(p.fullmatch("deal/USA:1") for p in patterns)
    assert not any(p.fullmatch("b") for p in patterns)


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_system_of_the_documents_has_law_facts_questions_or_says_why_not(name: str) -> None:
    system = systems()[name]
    assert system.laws or system.no_law
    assert system.questions
    assert system.no_facts or system.facts + system.measurements > 0
    assert system.no_facts or system.sources > 0
    assert system.sourced == system.facts
    assert system.shown


def test_there_is_no_system_that_the_documents_do_not_have() -> None:
    assert sorted(systems()) == sorted(SYSTEMS)


def test_every_law_has_been_tried_by_an_ablation() -> None:
    tried = {a.law for a in read_ablations(case().folder / "ablations.csv")}
    assert tried == {law.name for law in laws()}


def test_an_ablation_says_changed_only_where_the_figures_do() -> None:
    """Beyond two standard errors, and beyond a tenth of a nat or a twentieth of a standard deviation."""
    for a in read_ablations(case().folder / "ablations.csv"):
        worse = bool(a.score_change) and -float(a.score_change) > max(2 * float(a.score_error), 0.1)
        shift = bool(a.shift) and abs(float(a.shift)) > max(2 * float(a.shift_error), 0.05)
        assert a.unproven == (not worse and not shift), f"{a.law}, {a.mechanism}"


def test_the_document_marks_what_changed_nothing_as_unproven() -> None:
    found = [a for s in document(systems().values())["systems"] for a in s["ablations"]]
    assert all(a["unproven"] for a in found if a["changed"] == "nothing")
    assert not any(a["unproven"] for a in found if a["changed"].startswith("score,") or a["changed"] == "distribution")


def test_a_law_that_is_not_there_is_named_with_its_line(tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "northeast_asia"
    shutil.copytree(case().folder, folder, ignore=shutil.ignore_patterns("draws", "__pycache__"))
    text = (folder / "systems.yaml").read_text(encoding="utf-8").replace("laws: [economy", "laws: [economics")
    (folder / "systems.yaml").write_text(text, encoding="utf-8")
    from dataclasses import replace

    with pytest.raises(InputError, match="economics"):
        systems_of(replace(case(), folder=folder))
