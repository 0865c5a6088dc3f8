"""The documents' claims in the report: what is said, what the model makes of it, why, and what that hangs on."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from keisei.cases import load_case
from keisei.cases.vintages import draw_hashes
from keisei.cli.claims import claims as command
from keisei.cli.report import find_results
from keisei.errors import InputError
from keisei.explore.verdicts import Effects, judge
from keisei.report import marks, render
from keisei.report.claims import read_claims, why_in_words
from keisei.report.labels import Labels

from .shipped import LABELS, claim, claims_view, unanswered, write
from .synthetic import bare
from .test_page import Page


def section(html: str) -> str:
    """The claims of a page."""
    start = html.index('<section id="claims">')
    return html[start : html.index('<section id="evidence">')]


def text(html: str, lang: str = "en") -> str:
    """What a reader of a language sees, in one line."""
    other = {"en": "ja", "ja": "en"}[lang]
    seen = re.sub(rf'<span class="{other}" lang="{other}">.*?</span>', "", html)
    return " ".join(re.sub(r"<[^>]*>", "", seen.replace("<dd>", " ")).split())


def test_a_claim_stands_with_source_effect_belief_verdict_and_what_it_hangs_on(tmp_path: Path) -> None:
    shown = section(render(bare(claims=claims_view(tmp_path, claim()))))
    english, japanese = text(shown), text(shown, "ja")
    assert "Rain &lt;cuts&gt; the harvest." in english
    assert "The harvest fails when it rains (Gazette 2025)." in english
    assert '<a href="#source-gazette">' in shown
    assert "(said as likely)" in english
    assert "−30 (−50 … −12) tonnes" in english
    assert "holds below −10" in english
    assert "40% → 90%" in english
    assert "raised the odds by a factor of 13.5" in english
    assert "steepness of the slope 60% (40%–80%, +0.80)" in english, (
        "a lower value makes the effect speak for the claim less"
    )
    assert "another verdict under: the old road: undecided (40% → 50%)" in english
    assert "Hail is left out." in english
    assert "雨は収穫を減らす。" in japanese
    assert "官報2025" in japanese
    assert "証拠によりオッズは13.5倍になり、効果も関心下限を超える" in japanese
    assert "坂の傾き" in japanese
    assert "雹は含まない。" in japanese


def test_the_run_behind_the_claims_is_told_with_its_day(tmp_path: Path) -> None:
    english = text(section(render(bare(claims=claims_view(tmp_path, claim())))))
    for told in ("results.json", "made 2026-02-03", "keisei 0.1.0+abc", "512 members", "seed 7", "origin 2025-09"):
        assert told in english
    assert "made for the origin" not in english
    other = render(bare(claims=claims_view(tmp_path, claim(), origin="2024-12")))
    assert "made for the origin 2024-12" in text(other)


def test_claims_stand_under_their_verdicts_and_those_that_say_most_come_first(tmp_path: Path) -> None:
    verdicts = ("undecided", "assumed", "supports", "contradicts")
    rows = [claim(f"K{i}", verdict=v) for i, v in enumerate(verdicts)]
    found = claims_view(tmp_path, unanswered(), *rows)
    order = ["supports", "contradicts", "assumed", "undecided", "cannot answer"]
    assert [v for v, _ in found.groups] == order
    html = render(bare(claims=found))
    assert [m.replace("-", " ") for m in re.findall(r'id="verdict-([a-z-]+)"', html)] == order
    page = Page(html)
    assert not page.unpaired
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert len(page.words["en"]) == len(page.words["ja"])


def test_a_setup_that_names_another_claim_brings_its_setup(tmp_path: Path) -> None:
    html = section(render(bare(claims=claims_view(tmp_path, claim(), claim("K2", setup="As K1; in the hills.")))))
    second = html[html.index('id="claim-K2"') :]
    assert '<a href="#claim-K1">' in second
    assert "As K1; in the hills. K1: It rains, against a dry year." in text(second)


def test_what_is_undecided_is_folded_and_what_says_something_is_open(tmp_path: Path) -> None:
    assert "<details open>" in section(render(bare(claims=claims_view(tmp_path, claim()))))
    assert "<details open>" not in section(render(bare(claims=claims_view(tmp_path, claim(verdict="undecided")))))


def test_a_claim_that_cannot_be_answered_says_why_and_shows_no_number(tmp_path: Path) -> None:
    shown = section(render(bare(claims=claims_view(tmp_path, unanswered()))))
    article = shown[shown.index("<article") : shown.index("</article>")]
    assert "Why: No law of hail." in text(article)
    assert "雹の法則がない。" in text(article, "ja")
    assert "<svg" not in article
    assert "%" not in text(article)


def test_fractions_are_read_in_per_cent_and_their_changes_in_points(tmp_path: Path) -> None:
    numbers = {"unit": "probability", "estimate": 0.3, "q05": 0.2, "q95": 0.5, "comparison": ">", "smallest": 0.05}
    change = text(section(render(bare(claims=claims_view(tmp_path, claim(**numbers))))))
    assert "+30 (+20 … +50) points of probability" in change
    assert "holds above +5.0" in change
    level = text(section(render(bare(claims=claims_view(tmp_path, claim(**numbers, reference=0.45))))))
    assert "30% (20% … 50%) probability" in level
    assert "holds above 50%" in level


def test_of_a_switch_the_shares_of_its_options_stand_in_place_of_an_interval(tmp_path: Path) -> None:
    options = [{"switch": "road", "option": float(i), "prior": 0.5, "share": s} for i, s in enumerate((0.3, 0.7))]
    found = claims_view(tmp_path, claim(unit="share", options=options, hinges=[], forks=[]))
    english = text(section(render(bare(claims=found))))
    assert "the old road 50% → 30%" in english
    assert "the new road 50% → 70%" in english
    assert "holds below" not in english


def test_nothing_that_stands_out_and_no_rival_with_draws_enough_are_said(tmp_path: Path) -> None:
    weak = [{"parameter": "other", "index": 0.2, "half": 0.3, "correlation": 0.1, "chance": 0.1}]
    few = [{"switch": "road", "option": 0.0, "verdict": "too few draws", "flips": False}]
    english = text(section(render(bare(claims=claims_view(tmp_path, claim(hinges=weak, forks=few))))))
    assert "another thing 20% (0%–50%, −0.10) (none distinguishable)" in english
    assert "too few draws under each of them to tell" in english
    agreed = claim(forks=[{"switch": "road", "option": 0.0, "verdict": "supports", "flips": False}])
    assert "none with enough draws brings another verdict" in text(render(bare(claims=claims_view(tmp_path, agreed))))


@given(
    estimate=st.floats(-1e6, 1e6),
    sign=st.sampled_from("<>"),
    reference=st.floats(-1e3, 1e3),
    smallest=st.floats(1e-3, 1e3),
)
def test_right_of_the_band_the_claim_holds_and_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory, estimate: float, sign: str, reference: float, smallest: float
) -> None:
    row = claim(estimate=estimate, comparison=sign, reference=reference, smallest=smallest)
    c = claims_view(tmp_path_factory.mktemp("claims"), row).claims[0]
    holds = estimate - reference > smallest if sign == ">" else reference - estimate > smallest
    size = c.scaled(estimate)
    assert size is not None
    assert (size > 1.0) == holds or math.isclose(size, 1.0)
    assert "<svg" in marks.effect(c)
    assert "nan" not in marks.effect(c)


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=60), st.lists(st.floats(-5, 5), min_size=2, max_size=60))
def test_every_reason_that_a_verdict_can_have_is_told_in_japanese(before: list[float], after: list[float]) -> None:
    def effects(x: list[float]) -> Effects:
        return Effects(np.array(x), np.zeros(len(x)), np.ones(len(x)))

    why = why_in_words(judge(effects(before), effects(after), sign=1.0, reference=0.0, smallest=1.0).why)
    assert why.ja
    assert "1/" not in why.en
    assert "e+" not in why.en + why.ja


def test_a_reason_that_is_new_is_shown_as_it_stands() -> None:
    assert why_in_words("it rained").ja == ""


@pytest.mark.parametrize(
    "document", [[], {}, {"claims": 3}, {"claims": [3]}, {"claims": [{"id": "K1"}]}, {"claims": [claim(q05="low")]}]
)
def test_a_file_of_another_shape_is_refused_with_what_writes_it(tmp_path: Path, document: object) -> None:
    with pytest.raises(InputError, match="keisei claims --json"):
        read_claims(write(tmp_path, document), LABELS, {})


def test_a_file_that_is_no_json_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text("{\n'", encoding="utf-8")
    with pytest.raises(InputError, match="not JSON") as caught:
        read_claims(path, Labels(), {})
    assert caught.value.line == 2


def test_what_a_newer_writer_adds_is_passed_over_and_what_an_older_one_lacks_is_left_out(tmp_path: Path) -> None:
    row = {k: v for k, v in claim().items() if not k.endswith("_ja") and k not in ("hinges", "forks", "options")}
    shown = section(render(bare(claims=claims_view(tmp_path, {**row, "later": {"x": 1}}, colour="blue"))))
    assert '<span lang="en">It rains, against a dry year.</span>' in shown
    assert "Rival structures:" in text(shown), "in the note below; the claim itself says nothing of them"
    assert "<dt>" in shown


def test_a_case_without_results_has_no_such_section() -> None:
    html = render(bare())
    assert 'id="claims"' not in html
    assert 'href="#claims"' not in html


def test_results_beside_the_bundled_case_are_shown_in_both_languages() -> None:
    case = load_case()
    results = find_results(case)
    assert results.claims is not None
    assert results.voices is not None
    html = render(bare(claims=results.claims, voices=results.voices))
    assert {c.id for c in results.claims.claims} == set(
        re.findall(r'<article class="claim[a-z ]*" id="claim-([^"]+)"', html)
    )
    for c in results.claims.claims:
        for said in (c.claim, c.says, c.setup, c.unit, c.why, c.limits, *(h.label for h in c.hinges)):
            assert said.ja or not said.en, (c.id, said.en)
        assert all(r.label.ja for r in c.rivals), c.id
    assert {p.id for p in case.parameters.items} <= set(results.labels.parameters)


def test_claims_tried_with_other_draws_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, {"claims": [claim()], "draw_hashes": {"2025-09": "aa"}})
    same = render(bare(claims=read_claims(path, LABELS, {}, {"2025-09": "aa"})))
    other = render(bare(claims=read_claims(path, LABELS, {}, {"2025-09": "bb"})))
    assert "Made with other draws" not in text(same)
    assert "Made with other draws of 2025-09 than the case has now" in text(other)


def test_what_the_command_writes_names_the_draws_that_the_case_ships(tmp_path: Path) -> None:
    app = typer.Typer(add_completion=False)
    app.command()(command)
    document = json.loads(CliRunner().invoke(app, ["C17", "--json"]).stdout)
    case = load_case()
    assert document["version"]
    assert document["draw_hashes"] == draw_hashes(case, [document["vintage"], None, "1999-01"])
    assert list(document["draw_hashes"]) == [document["vintage"]]
    path = write(tmp_path, document)
    assert read_claims(path, LABELS, {}, document["draw_hashes"]).stale == ()
    assert read_claims(path, LABELS, {}, {}).stale == (document["vintage"],)
