"""The page: one file, two languages, what moved first, no claim without its error."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from keisei.cli.report import _reason_json, document
from keisei.errors import InputError
from keisei.report import render
from keisei.report.terminal import print_summary, summary_lines
from keisei.report.verified import read_verification
from keisei.report.view import BlendView, Text, movers

from .synthetic import question, view, why

VOID = {"meta", "input", "br", "path", "circle"}


class Page(HTMLParser):
    """Ids, links, and the text in each language as a reader would see it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.words: dict[str, list[str]] = {"en": [], "ja": []}
        self.unpaired: list[str] = []
        self._stack: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if has.get("id"):
            self.ids.append(str(has["id"]))
        if tag == "a":
            self.links.append(str(has.get("href")))
        self.loads += [str(v) for k, v in attrs if k in ("src", "srcset", "data") or (k == "href" and tag == "link")]
        shown = str(has.get("class") or "")
        if shown in ("en", "ja"):
            assert has.get("lang") == shown
        if tag not in VOID:
            self._stack.append((tag, shown if shown in ("en", "ja") else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._stack or self._stack.pop()[0] != tag:
            self.unpaired.append(tag)

    def handle_data(self, data: str) -> None:
        for _, lang in reversed(self._stack):
            if lang:
                self.words[lang].append(data)
                return


@pytest.fixture(scope="module")
def html() -> str:
    return render(view())


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_page_is_whole_and_needs_nothing_from_outside(html: str, page: Page) -> None:
    assert not page.unpaired
    assert len(page.ids) == len(set(page.ids))
    assert not page.loads
    assert "@import" not in html
    assert "url(" not in re.sub(r"url\(#", "", html)


def test_every_link_within_the_page_has_its_target(page: Page) -> None:
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert inner
    assert set(inner) <= set(page.ids)


def test_both_languages_say_as_much(page: Page) -> None:
    assert len(page.words["en"]) == len(page.words["ja"]) > 100
    japanese = "".join(page.words["ja"])
    assert re.search("[ぁ-ん]", japanese)
    assert not re.search("[ぁ-んァ-ヶ]", "".join(page.words["en"]))


def test_a_text_without_translation_is_shown_in_both_languages_as_english() -> None:
    assert '<span lang="en">Only here</span>' in render(
        view(name=Text("N"), questions=(question(text=Text("Only here")),))
    )


def test_texts_of_others_cannot_become_code(html: str) -> None:
    assert "Envoys met &lt;twice&gt;" in html
    assert "javascript:alert" not in html
    assert html.count("<script>") == 1


def test_what_moved_stands_first_and_what_did_not_is_not_called_moved() -> None:
    inside = question("inside", now=0.32, low=0.0, high=0.9, change_error=0.3)
    small = question("small", now=0.33, smallest=0.05)
    assert not inside.moved
    assert not small.moved
    assert question().moved
    order = [q.id for q in movers((inside, small, question("moved", now=0.36)))]
    assert order[0] == "moved"
    assert "None of 1 probabilities moved" in render(view(questions=(small,)))


def test_a_probability_that_no_member_shows_is_a_bound(html: str) -> None:
    assert "&lt;2.0%" in html
    assert question("rare", before=None).change is None


def test_a_blended_probability_says_what_it_is_made_of() -> None:
    blend = BlendView(raw=0.48, weight=0.3, rival="exponential", said=0.37, gain=0.029, low=0.009, high=0.054)
    page = render(view(questions=(question(blend=blend),)))
    said = re.sub("<[^>]+>", "", page)
    for part in ("48%", "0.3", "exponentially weighted rate", "37%", "0.029", "0.009", "0.054"):
        assert part in said
    assert "blend: model" not in render(view(questions=(question(),)))


def test_without_a_verification_no_skill_is_claimed(html: str) -> None:
    assert "Not verified in this report" in html
    assert "adds nothing shown" not in html


def test_results_of_a_verification_are_shown_with_their_intervals(tmp_path: Path) -> None:
    path = tmp_path / "keisei-verify.json"
    target = {
        "id": "launch_days", "metric": "log_score", "lead": 1, "score": -0.71, "baselines": {"climatology": -0.7},
        "gain": -0.01, "gain_q05": -0.02, "gain_q95": 0.01, "n": 90,
    }  # fmt: skip
    bins = [{"low": 0, "high": 0.1, "n": 4, "forecast": 0.05, "observed": 0.0, "bar_low": 0.0, "bar_high": 0.3}]
    path.write_text(json.dumps({"targets": [target], "reliability": [{"id": "launches", "bins": bins}]}))
    text = render(view(verification=read_verification(path)))
    assert "adds nothing shown" in text
    assert "−0.01 (−0.02 … 0.01)" in text
    assert "Not verified in this report" not in text
    path.write_text('{"targets": [{"id": "x"}]}')
    with pytest.raises(InputError, match="no verification"):
        read_verification(path)
    path.write_text("{")
    with pytest.raises(InputError, match="keisei verify"):
        read_verification(path)


def _verified(tmp_path: Path, **more: object) -> Path:
    path = tmp_path / "keisei-verify.json"

    def entry(id: str, lead: int, metric: str, verdict: str) -> dict[str, object]:
        return {
            "id": id, "metric": metric, "lead": lead, "score": -0.4, "baselines": {"exponential": -0.5}, "gain": 0.02,
            "gain_q05": 0.01, "gain_q95": 0.03, "n": 90, "verdict": verdict,
        }  # fmt: skip

    targets = [
        entry("launches", 1, "log_score", "the model adds"), entry("launches", 3, "log_score", "the model adds"),
        entry("launches", 1, "brier", "the model adds"),
        entry("drafts", 1, "log_score", "not shown that the model adds"),
        entry("tests", 1, "log_score", "not demonstrable (n = 6)"),
    ]  # fmt: skip
    path.write_text(json.dumps({"targets": targets, "titles": {"tests": "nuclear tests"}, **more}))
    return path


def test_the_first_screen_names_what_the_model_adds_to_and_what_not_by_one_metric_a_target(tmp_path: Path) -> None:
    found = read_verification(_verified(tmp_path))
    assert [(s.id, s.lead, s.metric) for s in found.other] == [("launches", 1, "brier")]
    assert found.standing("the model adds").targets == (("launches", (1, 3)),)
    page = Page(render(view(verification=found)))
    said = {lang: "".join(parts) for lang, parts in page.words.items()}
    assert "Pseudo-out-of-sample" in said["en"]
    assert "擬似予測\uff08作り手が歴史を知っている\uff09" in said["ja"]
    text = re.sub("<[^>]+>", "", render(view(verification=found)))
    assert re.search(r"The model adds to simple forecasts for: [^;]*launches \(1, 3", text)
    assert re.search(r"Not shown that it adds: [^;]*drafts", text)
    assert "nothing can be told" in text
    assert "nuclear tests" in text
    lines = " ".join(summary_lines(view(verification=found)))
    assert "adds to launches at 1, 3 (months ahead)" in lines
    assert "Not shown that it adds: drafts at 1." in lines
    assert "Too few events to tell: tests." in lines


def test_rare_events_coverage_and_failures_are_shown_where_the_document_has_them(tmp_path: Path) -> None:
    rare = {
        "id": "tests", "lead": 1, "observed": 6, "expected": 7.5, "low": 2.6, "high": 11.8, "worst": -4.25,
        "worst_month": "2009-05", "sum_in_interval": True, "months_under_minus_two_relative": ["2013-02"],
    }  # fmt: skip
    covered = {"id": "launches", "lead": 1, "n": 90, "band_low": 0.8, "band_high": 0.97}
    coverage = [
        covered | {"nominal": 0.5, "observed": 0.5, "passes": True},
        covered | {"nominal": 0.9, "observed": 0.71, "passes": False},
    ]
    failure = {"id": "launches", "lead": 1, "month": "2006-07", "outcome": 1, "said": 0.021, "log_score": -3.83}
    path = _verified(tmp_path, rare=[rare], coverage=coverage, failures=[failure])
    text = re.sub("<[^>]+>", "", render(view(verification=read_verification(path))))
    for part in (
        "2009-05",
        "−4.25",
        "2013-02",
        "71%",
        "2006-07",
        "−3.83",
        "50% intervals: 1 of 1",
        "90% intervals: 0 of 1",
    ):
        assert part in text, part
    bare = render(view(verification=read_verification(_verified(tmp_path))))
    for part in ("Rare events", "Failures by name", "Do intervals cover"):
        assert part not in bare
    del rare["worst_month"]
    with pytest.raises(InputError, match="no verification: KeyError at 'worst_month'"):
        read_verification(_verified(tmp_path, rare=[rare]))


def test_the_shipped_verification_is_read_and_every_target_has_a_name_in_both_languages() -> None:
    from keisei.cases import load_case
    from keisei.report.labels import load_labels

    folder = load_case().folder
    found = read_verification(folder / "keisei-verify.json")
    assert found.rare
    assert found.coverage
    assert found.failures
    names = load_labels(folder).targets
    assert {s.id for s in found.scores} <= set(names)
    assert all(name.ja for name in names.values())


def test_few_effective_draws_are_a_warning() -> None:
    few = view()
    few = view(run=few.run.__class__(**{**few.run.__dict__, "effective_draws": 1.3}))
    assert "intervals are too narrow" in render(few)
    assert any("too narrow" in line for line in summary_lines(few))
    assert not any("too narrow" in line for line in summary_lines(view()))


def test_an_outlook_without_later_evidence_is_not_called_what_was_said_then() -> None:
    said = "not what was said then"
    for vintage, expected in (("2025-09", True), ("2024-12", False), ("", False)):
        shown = view(run=replace(view().run, vintage=vintage))
        assert (said in render(shown)) is expected, vintage


def test_the_document_for_programs_tells_what_the_page_tells() -> None:
    shown = view(claims=None)
    told = document(shown, [], Path("index.html"))
    assert (told["origin"], told["before"], told["claims"], told["voices"]) == ("2025-09", "2025-06", None, None)
    reason = _reason_json(why().reasons["talks"])
    assert reason["moved_by"]["month"] == "2025-09"  # type: ignore[index]
    assert reason["watch"][0]["month"] == "2025-10"  # type: ignore[index]
    assert _reason_json(why().reasons["still"]) == {"moved_by": None, "watch": []}
    json.dumps([told, reason])


def test_parameters_of_our_own_estimate_have_their_meaning_in_both_languages() -> None:
    words = Page(render(view())).words
    assert "a slope" in " ".join(words["en"])
    assert "傾き" in " ".join(words["ja"])


def test_the_terminal_shows_the_same_numbers() -> None:
    console = Console(record=True, width=140, quiet=False, file=open("/dev/null", "w"))  # noqa: SIM115
    print_summary(view(), console)
    text = console.export_text()
    assert "40%" in text
    assert "+10" in text
    assert "1 of 2 probabilities moved" in text


def in_a_browser(html: str, folder: Path, more: str = "") -> str:
    """The page's DOM after its scripts ran in Chromium, 1280 points wide."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium on this machine: the page is looked at only where there is one")
    file = folder / "index.html"
    file.write_text(html, encoding="utf-8")
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
        f"--disable-sync --no-first-run --window-size=1280,1500 --user-data-dir={folder / 'profile'} --dump-dom"
    )
    try:
        found = subprocess.run(
            [browser, *flags.split(), file.as_uri() + more], capture_output=True, text=True, timeout=120, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"Chromium does not start here: {type(error).__name__}")
    return found.stdout


def test_a_browser_shows_the_language_that_is_asked_for(html: str, tmp_path: Path) -> None:
    dom = in_a_browser(html, tmp_path, "?lang=ja")
    assert '<html lang="ja">' in dom
    assert "<title>二つの国 2025年9月" in dom


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_nothing_on_the_first_screen_runs_into_its_neighbour(lang: str, tmp_path: Path) -> None:
    blend = BlendView(raw=0.48, weight=0.3, rival="lag regression", said=0.37, gain=0.0291, low=0.0091, high=0.0541)
    page = render(view(questions=(question(blend=blend),)))
    measure = """<script>addEventListener("load", function () {
      var column = document.querySelector(".first > div"), wide = document.querySelector(".first table");
      document.body.dataset.over = wide.scrollWidth - column.clientWidth;
      document.body.dataset.page = document.documentElement.scrollWidth - innerWidth;
    });</script></body>"""
    dom = in_a_browser(page.replace("</body>", measure), tmp_path, f"?lang={lang}")
    over = [int(x) for x in re.findall(r'data-(?:over|page)="(-?[0-9]+)"', dom)]
    assert len(over) == 2
    assert max(over) <= 0, "the table is wider than its column, or the page than the window"
