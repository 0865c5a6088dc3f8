"""Text comes in whatever encoding or frame it has, and every character keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keisei.documents import batch, intake
from keisei.documents.read import read_text
from keisei.errors import InputError

SENTENCE = "北朝鮮の金正恩総書記は2023年9月13日、ロシアのプーチン大統領と会談した。弾薬の供与が議題だったという。"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("cp932", "shift_jis (cp932)"),
        ("euc_jp", "euc-jp"),
        ("utf-16", "utf-16"),
        ("iso2022_jp", "iso-2022-jp"),
    ],
)
def test_japanese_encodings_are_told_apart(encoding: str, said: str) -> None:
    text, name = intake.decode((SENTENCE * 3).encode(encoding), "x.txt")
    assert (text, name) == (SENTENCE * 3, said)


def test_bytes_that_are_no_text_are_refused_with_the_file_named() -> None:
    with pytest.raises(InputError, match=r"noise\.bin: the encoding is none of"):
        intake.decode(bytes(range(128, 256)) * 8 + b"\xff\xfe\x80", "noise.bin")


def test_line_ends_stay_as_they_are(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SENTENCE.encode() + b"\r\n\r\n" + SENTENCE.encode() + b"\r")
    source = intake.from_path(str(path))
    assert source.text == path.open(encoding="utf-8", newline="").read()


def test_a_page_is_read_through_its_readable_part_and_spans_point_at_its_source() -> None:
    page = (
        "<!doctype html><html><head><title>t</title><script>var x = '金正恩はハノイを訪問した';</script>"
        "<style>.a{}</style></head><body><nav><a href='/'>ホーム</a><a href='/x'>検索</a></nav><article><h1>首脳会談</h1><p>"  # noqa: E501
        + SENTENCE.replace("ロシア", "<b>ロシア</b>")
        + "</p><p>"
        + SENTENCE.replace("総書記", "総書記&amp;委員長")
        + "</p></article><footer>Copyright</footer></body></html>"
    )
    source = intake.from_text(page, name="p")
    assert "var x" not in source.text
    found = batch.located(read_text(source.text, name="p"), source)
    dates = [d for d in found["dates"] if d["value"] == "2023-09-13"]
    assert len(dates) == 2
    for layer in ("dates", "quantities", "events", "claims"):
        for record in found[layer]:
            assert page[record["start"] : record["end"]] == record["quote"]


@given(st.text(alphabet=st.sampled_from("<>&;#x/ab 金正恩p!-\"'=\n"), max_size=120))
def test_tags_come_off_without_losing_a_place(body: str) -> None:
    page = "<html><body><p>" + body + "</p></body></html>"
    plain, segments = intake._strip_tags(page)
    for at, origin, length, width in segments:
        if length == width and plain[at : at + length] != "\n":
            assert plain[at : at + length] == page[origin : origin + width]


def test_a_text_that_is_too_long_or_empty_is_a_clear_error() -> None:
    with pytest.raises(InputError, match=r"more than 800,000; split it"):
        intake.from_text("あ" * 800_001, name="x", path="x.txt")
    with pytest.raises(InputError, match="there is no text in it"):
        intake.from_text("\n \n", name="x", path="x.txt")


def test_a_batch_skips_what_is_there_refuses_what_is_not_and_goes_on(tmp_path) -> None:
    for k in range(3):
        (tmp_path / f"{k}.txt").write_text(SENTENCE + str(k), encoding="utf-8")
    files = [str(tmp_path / f"{k}.txt") for k in range(3)] + [str(tmp_path / "absent.txt")]
    first = batch.read_files(files, tmp_path / "out")
    assert (len(first.read), len(first.skipped), len(first.refused)) == (3, 0, 1)
    second = batch.read_files(files, tmp_path / "out")
    assert (len(second.read), len(second.skipped)) == (0, 3)
    (tmp_path / "1.txt").write_text(SENTENCE + "changed", encoding="utf-8")
    (tmp_path / "out" / "2.json").write_text('{"cut of', encoding="utf-8")
    assert batch.read_files(files, tmp_path / "out").read == ("1", "2")


def test_two_files_of_one_name_are_both_kept(tmp_path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(SENTENCE + folder, encoding="utf-8")
    batch.read_files([str(tmp_path / "a/x.txt"), str(tmp_path / "b/x.txt")], tmp_path / "out")
    assert len(list((tmp_path / "out").glob("x*.json"))) == 2
