"""What moved a probability and what to watch: in words, linked to the evidence, honest about what carries them."""

from __future__ import annotations

from pathlib import Path

import pytest

from keisei.cases import load_case
from keisei.errors import InputError
from keisei.forecast.reasons import Moved, Outcome, Watch
from keisei.report import render
from keisei.report.labels import Labels, load_labels
from keisei.report.view import Text
from keisei.report.why import Piece, Reason, WhyView, _cause, _signs, _told
from keisei.score import Row

from .synthetic import ORIGIN, cause, view

LABELS = Labels(sites={"talks": Text("Talks", "協議")}, events={"fire": Text("it burns", "燃える")})


def moved(value: float = 1.0, error: float = 0.01, effective: float = 0.5) -> Moved:
    return Moved("talks", ORIGIN, (Row(ORIGIN, "talks", value),), 0.4, 0.3, error, effective)


def watch(record: str, change: float = 0.05, error: float = 0.01) -> Watch:
    outcomes = (Outcome("does not happen", 0.7, 0.3), Outcome("happens", 0.3, 0.6))
    return Watch(record, ORIGIN + 1, change, error, 0.02, outcomes, False)


def test_evidence_is_named_by_the_title_of_its_fact_and_leads_to_it() -> None:
    piece = Piece(Text("Envoys met", "特使が会談"), "fact-f1")
    assert _cause(moved(), {(ORIGIN, "talks"): [piece]}, LABELS).pieces == (piece,)


def test_a_quiet_month_is_told_as_such_and_a_figure_by_the_name_of_its_site() -> None:
    assert _cause(moved(0.0), {}, LABELS).pieces[0].title == Text(
        "Talks in September 2025: none", "2025年9月の協議:なし"
    )
    assert _cause(moved(2.5), {}, LABELS).pieces[0].title == Text("Talks, September 2025", "協議(2025年9月)")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "beyond the error"),
        ({"error": 0.2}, "within the error"),
        ({"effective": 0.01}, "not reliable: 1% of the members carry the answer"),
    ],
)
def test_how_far_to_rely_on_it_is_said_in_words(changes: dict[str, float], says: str) -> None:
    trust = _cause(moved(**changes), {}, LABELS).trust
    assert trust.en == says
    assert trust.ja


def test_what_the_question_asks_for_itself_is_followed_by_what_else_would_move_it() -> None:
    found = [watch("fire{class=A}"), watch("fire{class=B}"), watch("rain")]
    assert [s.label.en for s in _signs(found, {"fire"}, LABELS)] == ["fire{class=A}", "rain"]
    assert len(_signs(found, {"snow"}, LABELS)) == 1


def test_what_does_not_stand_out_from_chance_is_not_to_be_watched() -> None:
    assert _signs([watch("fire", error=0.04)], set(), LABELS) == ()
    assert "nothing that stands out from chance" in render(view())


def test_the_first_screen_says_why_and_links_to_the_entry_in_the_evidence() -> None:
    html = render(view())
    first = html[html.index('id="changed"') : html.index('id="probabilities"')]
    assert '<a href="#fact-f1">' in first
    assert 'id="fact-f1"' in html
    assert "+6.0" in first
    assert "envoys meet" in first
    assert "特使が会談する" in first
    weak = WhyView({"talks": Reason(cause(reliable=False), ())}, ORIGIN - 3, ORIGIN + 1)
    assert "not reliable" in render(view(why=weak))


def test_every_event_of_the_bundled_case_that_may_be_watched_has_a_name_in_both_languages() -> None:
    case = load_case()
    labels = load_labels(case.folder)
    events = {r.variable for r in case.model.table.records if r.kind == "event"}
    assert events == set(labels.events)
    assert all(t.en and t.ja for group in (labels.sites, labels.events) for t in group.values())
    told = _told(case, case.origin - 3, case.origin)
    assert told
    assert {site for _, site in told} <= set(labels.sites)


def test_a_case_without_labels_shows_names_and_a_wrong_file_is_refused(tmp_path: Path) -> None:
    assert load_labels(tmp_path) == Labels()
    for text in ("sites: {a: 1}", "birds: {a: [x, y]}", "sites: [", "3"):
        (tmp_path / "labels.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="NAME: \\[English, Japanese\\]"):
            load_labels(tmp_path)
