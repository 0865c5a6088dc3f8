"""Voices in the report: those who disagree side by side, the model beside them, scores once decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from keisei.cli.claims import voices as command
from keisei.errors import InputError
from keisei.report import render
from keisei.report.voices import read_voices

from .shipped import LABELS, voice, voices_view, write
from .synthetic import bare
from .test_claims_in_the_report import text
from .test_page import Page


def shown(folder: Path, *rows: dict[str, object]) -> str:
    html = render(bare(voices=voices_view(folder, *rows)))
    return html[html.index('<section id="voices">') : html.index('<section id="evidence">')]


def test_a_voice_stands_with_its_wording_the_range_the_model_the_window_and_the_rule(tmp_path: Path) -> None:
    html = shown(tmp_path, voice())
    english, japanese = text(html), text(html, "ja")
    assert "Ann Other Gazette 2025 · said by 2024-03" in english
    assert "may unlikely: 20–45%" in english
    assert "30% (25%–35%) within the range" in english
    assert "2024-04 – 2024-12" in english
    assert "Outcome open" in english
    assert "Decided so: Yes if it closes." in english
    assert "Brier score voice" not in english
    assert "アン" in japanese
    assert "範囲内" in japanese
    assert "閉鎖されれば成立。" in japanese


def test_once_decided_both_are_scored(tmp_path: Path) -> None:
    scores = {"brier": 0.11, "brier_low": 0.04, "brier_high": 0.2, "brier_model": 0.09}
    html = shown(tmp_path, voice(happened=False, by="gazette", **scores), voice("open"))
    english = text(html)
    assert "it did not happen (Gazette 2025)" in english
    assert "voice 0.11 (0.04–0.20) · model 0.09" in english
    assert "1 of 2 are decided." in english
    assert "voices 0.11, model 0.09" in english
    assert "it happened by the evidence" in text(shown(tmp_path, voice(happened=True, by="evidence", **scores)))


def test_those_who_speak_about_one_thing_stand_side_by_side_under_the_rule_they_share(tmp_path: Path) -> None:
    rows = [voice("a"), voice("c", about="the ford"), voice("b", (0.8, 0.95), resolution="As for a.")]
    html = shown(tmp_path, *rows)
    found = voices_view(tmp_path, *rows)
    assert [[v.id for v in t.voices] for t in found.topics] == [["a", "b"], ["c"]]
    assert 'class="topic of-2"' in html
    assert text(html).count("Decided so: Yes if it closes.") == 2, "once for the pair, once for the one alone"
    assert "As for" not in html
    own = voices_view(tmp_path, voice("a"), voice("b", resolution="As for a; snow alone does not count."))
    assert [v.rule.en for v in own.topics[0].voices] == [
        "Yes if it closes.", "Yes if it closes. Snow alone does not count."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("p", "low", "high", "says"),
    [
        (0.1, 0.05, 0.15, "below the range"),
        (0.6, 0.5, 0.7, "above the range"),
        (0.0, 0.0, 0.02, "&lt;2.0% below the range"),
        (0.0, 0.0, 0.3, "&lt;30% too few members to tell"),
        (1.0, 0.97, 1.0, "&gt;97.0% above the range"),
    ],
)
def test_where_the_model_lies_against_the_wording_is_said(
    tmp_path: Path, p: float, low: float, high: float, says: str
) -> None:
    assert says in text(shown(tmp_path, voice(probability=p, low=low, high=high)))


def test_few_effective_draws_are_a_warning(tmp_path: Path) -> None:
    assert "as few as 2.5 effective parameter draws" in text(shown(tmp_path, voice(), voice("b", effective_draws=2.5)))
    assert "effective parameter draws" not in text(shown(tmp_path, voice()))


def test_without_the_model_the_voices_still_stand(tmp_path: Path) -> None:
    row = voice(probability=None, low=None, high=None, effective_draws=None, vintage="")
    english = text(shown(tmp_path, row))
    assert "may unlikely: 20–45%" in english
    assert "the model lies within" not in english


def test_both_languages_say_as_much_and_links_have_targets(tmp_path: Path) -> None:
    page = Page(render(bare(voices=voices_view(tmp_path, voice(), voice("b", happened=True, by="gazette")))))
    assert not page.unpaired
    assert len(page.words["en"]) == len(page.words["ja"])
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


@pytest.mark.parametrize("document", [[], {"voices": 3}, {"voices": [{"voice": {"id": "a"}}]}])
def test_a_file_of_another_shape_is_refused_with_what_writes_it(tmp_path: Path, document: object) -> None:
    with pytest.raises(InputError, match="keisei voices --json"):
        read_voices(write(tmp_path, document), LABELS)


def test_what_the_command_writes_can_be_read(tmp_path: Path) -> None:
    app = typer.Typer(add_completion=False)
    app.command()(command)
    result = CliRunner().invoke(app, ["--no-model", "--json"])
    assert result.exit_code == 0
    found = read_voices(write(tmp_path, json.loads(result.stdout)), LABELS)
    assert found.all
    assert found.settings["made"]
    assert not found.compared
    assert all(v.rule.en and v.window for v in found.all)
    assert found.unasked
    assert all(u.why.en and u.why.ja for u in found.unasked)


def test_what_no_question_can_decide_is_listed_with_the_reason(tmp_path: Path) -> None:
    row = {
        "speaker": "Ann", "document": "gazette", "says_en": "It may snow.", "says_ja": "雪が降りうる。",
        "wording": "may", "unasked": "No gauge.", "unasked_ja": "計器がない。",
    }  # fmt: skip
    path = write(tmp_path, {"voices": [voice()], "unasked": [row]})
    html = render(bare(voices=read_voices(path, LABELS)))
    html = html[html.index('<section id="voices">') : html.index('<section id="evidence">')]
    assert "Forecasts that no question can decide, with the reason (1)" in text(html)
    assert "Ann Other, Gazette 2025It may snow. mayNo gauge." in text(html)
    assert "計器がない。" in text(html, "ja")
    assert "no question can decide" not in text(shown(tmp_path, voice()))


def test_results_made_with_other_draws_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, {"voices": [voice()], "draw_hashes": {"2023-12": "aa", "2024-12": "bb"}})

    def english(now: dict[str, str]) -> str:
        return text(render(bare(voices=read_voices(path, LABELS, now))))

    assert "Made with other draws" not in english({"2023-12": "aa", "2024-12": "bb", "2025-09": "cc"})
    assert "Made with other draws of 2024-12 than" in english({"2023-12": "aa", "2024-12": "cc"})
    assert "Made with other draws of 2023-12, 2024-12 than" in english({})


def test_a_case_without_results_has_no_such_section() -> None:
    assert "#voices" not in render(bare()).replace("section:not", "")
