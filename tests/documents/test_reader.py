"""The page to read is one self-contained file in which the text stands unchanged."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from keisei.cli import app
from keisei.documents import read_text
from keisei.documents.reader import page

TEXT = "題名\n\n北朝鮮の金正恩総書記は2023年9月13日、ロシアのプーチン大統領と会談した。\n\nロシアは技術を供与するかもしれない。\n"  # noqa: E501


def words(html: str) -> str:
    article = re.search(r"<article>(.*)</article>", html, re.S)
    assert article
    left = "".join(re.findall(r'<div class="t"[^>]*>(.*?)</div>', article[1], re.S))
    left = re.sub(r"<sup.*?</sup>|<span class=\"voice\">.*?</span></span></span>", "", left)
    return unescape(re.sub(r"<[^>]+>", "", left))


def test_the_text_stands_in_the_page_as_it_is() -> None:
    assert words(page([read_text(TEXT)])) == re.sub(r"\n+", "", TEXT)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    html = page([read_text(TEXT)])
    assert not re.search(r"(?:src|href)\s*=|@import|url\(", html)
    assert 'lang="ja"' in html
    assert "@media print" in html


def test_every_event_and_claim_has_its_card_and_rule() -> None:
    reading = read_text(TEXT)
    html = page([reading])
    for k, event in enumerate(reading.events, 1):
        assert f'data-id="e{k}"' in html
        assert event.rule in html
    assert html.count('class="card c"') == len(reading.claims) > 0


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [
                "<script>alert(1)</script>",
                "金正恩",
                "&amp;",
                '"',
                "と会談した。",
                "\n",
                "\u202e",
                "ロシアは",
                "\x01",
                "'",
                "かもしれない。",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_no_text_can_become_markup(text: str) -> None:
    html = page([read_text(text or "x")])
    assert "<script>alert" not in html
    assert "\u202e" not in html


def test_the_command_reads_files_and_standard_input(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    runner = CliRunner()
    done = runner.invoke(app, ["read", str(path), "--json", str(tmp_path / "out"), "--html", str(tmp_path / "a.html")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "a.json").exists()
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    piped = runner.invoke(app, ["read", "-", "--json", str(tmp_path / "out"), "--published", "2024-01-02"], input=TEXT)
    assert piped.exit_code == 0, piped.output
    assert '"published": "2024-01-02"' in (tmp_path / "out" / "stdin.json").read_text(encoding="utf-8")


def test_bad_input_ends_in_one_sentence(tmp_path) -> None:
    from keisei.errors import InputError

    for arguments in (["read", str(tmp_path / "none.txt")], ["read", "-", "--published", "yesterday"]):
        failed = CliRunner().invoke(app, arguments, input=TEXT)
        assert isinstance(failed.exception, InputError)
        assert ";" in str(failed.exception)


def test_without_a_folder_what_is_read_is_proposed_to_the_store_once(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    store = str(tmp_path / "store.sqlite")
    from keisei.evidence import open_store
    from keisei.evidence.readings import statements

    counts = []
    for _ in range(2):
        done = CliRunner().invoke(app, ["read", str(path), "--store", store])
        assert done.exit_code == 0, done.output
        with open_store(store) as opened:
            counts.append(len(list(statements(opened))))
    assert counts[0] == counts[1] > 0
