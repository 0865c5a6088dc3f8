"""Questions: the file of the Northeast Asia case, and what the loader refuses."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keisei import months
from keisei.errors import InputError
from keisei.forecast.expressions import Variable, names, parse, variable_name
from keisei.forecast.questions import SYSTEMS, Question, check_questions, load_questions

CASE = Path(__file__).resolve().parents[2] / "src/keisei/cases/northeast_asia/questions.yaml"

# the records that the case promises to keep, with the values of their attributes
_PAIRS = ("PRK-RUS", "PRK-CHN", "PRK-USA", "CHN-RUS", "PRK-KOR", "PRK-JPN")
_EVENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "PRK.launch.ballistic": {"class": ("CRBM", "SRBM", "MRBM", "IRBM", "ICBM", "SLBM")},
    "PRK.launch.satellite": {"outcome": ("success", "failure")},
    "PRK.test.nuclear": {},
    "UNSC.draft": {"result": ("adopted", "vetoed", "failed"), "topic": ("PRK.sanctions", "PRK.panel")},
    "UNSC.lift": {},
    "summit": {"pair": _PAIRS, "level": ("leaders", "ministers")},
    "summit.trilateral": {},
    "treaty": {"pair": (*_PAIRS, "CHN-PRK-RUS")},
    "text": {"pair": _PAIRS, "denuclearisation": ("named", "omitted", "accepted")},
    "deal": {"size": ("small", "big"), "snapback": ("yes", "no")},
    "deal.end": {},
    "war.ceasefire": {},
    "KOR.nuclear": {"step": ("hedge", "go")},
}
_LEVELS = (
    "PRK.gdp_growth", "PRK.warheads", "PRK.trade.CHN", "arms.revenue", "arms.rounds", "enforcement.CHN",
    "enforcement.RUS", "cooperation.PRK-RUS", "cooperation.PRK-CHN", "cooperation.CHN-RUS", "KOR.support_nuclear",
    "PRK.foreign_currency",
)  # fmt: skip
TABLE = tuple(
    Variable(variable_name(name, pairs), name, pairs, "event")
    for name, attributes in _EVENTS.items()
    for pairs in (dict(zip(attributes, values, strict=True)) for values in product(*attributes.values()))
) + tuple(Variable(name, name, {}, "level") for name in _LEVELS)


def good(**changes: str) -> str:
    cells = {
        "id": "one",
        "text_en": "Will it?",
        "text_ja": "するか。",
        "expression": "any(summit) within 2026-01..2026-12",
        "closes": "2026-12",
        "systems": "[S9]",
        "resolution": "by the record",
    } | changes
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in cells.items()) + "\n"


def load(tmp_path: Path, text: str) -> tuple[Question, ...]:
    file = tmp_path / "questions.yaml"
    file.write_text(text, encoding="utf-8")
    return load_questions(file)


def test_the_case_asks_at_least_thirty_questions_over_every_system() -> None:
    questions = load_questions(CASE)
    assert len(questions) >= 30
    assert {system for question in questions for system in question.systems} == set(SYSTEMS)


def test_the_case_asks_only_of_records_that_it_keeps() -> None:
    questions = load_questions(CASE)
    sources = [f"d{n}" for n in range(5)]
    assert check_questions(questions, TABLE, sources) == ()


def test_the_bundled_model_and_sources_answer_every_question() -> None:
    from keisei.cases.load import load_parameters
    from keisei.cases.northeast_asia import model
    from keisei.evidence.case_files import load_sources

    records = model.build(load_parameters(CASE.with_name("parameters.yaml"))).table.records
    table = tuple(Variable(r.variable, r.name, dict(r.attributes), r.kind) for r in records)
    sources = [source.id for source in load_sources(CASE.with_name("sources.yaml"))]
    assert check_questions(load_questions(CASE), table, sources) == ()


def test_no_question_rests_on_the_unidentified_reserve() -> None:
    asked = {record.name for question in load_questions(CASE) for record in names(question.tree)}
    assert "PRK.foreign_currency" not in asked


def test_a_third_of_the_case_can_be_hindcast_at_any_origin() -> None:
    questions = load_questions(CASE)
    relative = [question for question in questions if question.is_relative]
    assert 3 * len(relative) >= len(questions)
    origin = months.parse("2012-07")
    for question in relative:
        assert question.is_open(origin)
        assert origin < question.closing(origin) <= origin + 24


def test_a_question_knows_its_months(tmp_path: Path) -> None:
    relative, dated = load(
        tmp_path,
        good(expression="any(summit) within origin+1..origin+12", closes="origin+12") + good(id="two", opens="2025-06"),
    )
    origin = months.parse("2020-01")
    assert relative.at(origin) == parse("any(summit) within 2020-02..2021-01")
    assert relative.closing(origin) == months.parse("2021-01")
    assert dated.at(None) == dated.tree
    assert [dated.is_open(months.parse(m)) for m in ("2025-05", "2025-06", "2026-11", "2026-12")] == [
        False,
        True,
        True,
        False,
    ]
    with pytest.raises(InputError, match="counts months from an origin"):
        relative.closing()


@pytest.mark.parametrize(
    ("changes", "line", "message"),
    [
        ({"expression": "any(summit within 2026-01"}, 4, "column"),
        ({"expression": "any(__import__('os')) within 2026-01"}, 4, "column"),
        ({"closes": "2026-13"}, 5, "not between 01 and 12"),
        ({"closes": "2026-11"}, 5, "after the close"),
        ({"closes": "origin+12"}, 5, "does not fit"),
        ({"systems": "[S17]"}, 6, "S17"),
        ({"systems": "S1"}, 6, "not a list"),
        ({"id": "One Two"}, 1, "not an id"),
        ({"smallest": "2"}, 8, "smallest"),
        ({"smallest": ".nan"}, 8, "smallest"),
        ({"opens": "2027-01"}, 8, "after 2026-12"),
        ({"colour": "red"}, 8, "not a known key"),
        ({"expression": "any(summit) within 2026-01 and any(summit) within origin+1"}, 4, "one kind"),
    ],
)
def test_a_broken_question_is_refused_with_file_and_line(
    tmp_path: Path, changes: dict[str, str], line: int, message: str
) -> None:
    with pytest.raises(InputError, match=message) as caught:
        load(tmp_path, good(**changes))
    assert caught.value.line == line
    assert caught.value.mend
    assert str(tmp_path / "questions.yaml") in str(caught.value)


def test_a_missing_key_and_a_doubled_id_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'resolution' is missing"):
        load(tmp_path, good().replace("  resolution: by the record\n", ""))
    with pytest.raises(InputError, match="'one' stands twice"):
        load(tmp_path, good() + good())


def test_questions_that_the_model_cannot_answer_are_listed(tmp_path: Path) -> None:
    questions = load(tmp_path, good(sources="[D9]", expression="any(sumit) within 2026-01"))
    first, second = check_questions(questions, TABLE, ["D0"])
    assert "'sumit' is not a record" in str(first)
    assert "summit" in str(first.mend)
    assert "'D9' is not a source" in str(second)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(["expression", "closes", "opens", "systems", "smallest", "id"]))
def test_any_text_in_any_place_gives_questions_or_an_input_error(tmp_path: Path, text: str, key: str) -> None:
    try:
        load(tmp_path, good(**{key: text.encode("utf-8", "replace").decode()}))
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 — a law about every error that comes
