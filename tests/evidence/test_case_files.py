"""A case's files are read whole, or one sentence says where they are wrong and how to mend them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence.example import CHRONICLE, ENTITIES, FILES, SERIES, SOURCES, write_case
from keisei import months
from keisei.errors import InputError
from keisei.evidence import Evidence, check_evidence, load_evidence


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("case")


def test_a_right_case_is_read_whole(tmp_path: Path) -> None:
    evidence = load_evidence(write_case(tmp_path))
    assert [len(x) for x in (evidence.sources, evidence.entities, evidence.facts)] == [4, 2, 5]
    fact = evidence.facts[0]
    assert (fact.target, fact.value, fact.attributes["level"], fact.line) == (
        "summit[PRK-RUS]",
        1.0,
        "leaders",
        2,
    )
    assert fact.month == months.parse("2023-09")
    assert evidence.facts[4].value == "full"
    assert evidence.entities["NOR"].country == "NO"
    assert evidence.sources["article"].author == ("Panda A.", "Other B.")
    assert evidence.sources["agency"].author == ("State news agency",)
    assert check_evidence(tmp_path) == ()


def test_a_quoted_figure_has_the_origin_of_what_it_quotes(tmp_path: Path) -> None:
    evidence = load_evidence(write_case(tmp_path))
    origin = {fact.id: set(evidence.origins(fact)) for fact in evidence.facts}
    assert origin["shells-1"] == origin["shells-3"] == {"article"}
    assert origin["summit-2023"] == {"agency", "article"}


def test_nothing_later_than_the_origin_is_known(tmp_path: Path) -> None:
    evidence = load_evidence(write_case(tmp_path))

    def ids(month: str) -> set[str]:
        return {fact.id for fact in evidence.until(months.parse(month)).facts}

    assert "shells-2" not in ids("2023-09")
    assert "shells-2" in ids("2023-10")
    assert "shells-1" not in ids("2023-10"), "it was reported only in November"
    assert "shells-1" in ids("2023-11")
    assert evidence.until(months.parse("2021-05")).coverage[0].last == months.parse("2021-05")
    assert evidence.until(months.parse("2018-12")).coverage == ()


@pytest.mark.parametrize(
    ("series", "date", "known"),
    [
        ("PRK.gdp_growth", "2018", "2019-07"),
        ("PRK.gdp_growth", "2019", "2020-07"),
        ("rice", "2023-Q3", "2023-12"),
        ("rice", "2023-10", "2023-10"),
    ],
)
def test_a_figure_is_known_when_it_was_published_or_after_the_usual_lag(
    tmp_path: Path, series: str, date: str, known: str
) -> None:
    evidence = load_evidence(write_case(tmp_path))

    def knows(month: int) -> bool:
        return any(m.series == series and m.date == date for m in evidence.until(month).measurements)

    assert knows(months.parse(known))
    assert not knows(months.parse(known) - 1)


# file, old text, new text, line, words of the sentence
BREAKS = [
    ("chronicle", "2023-09-13,day", "2023-13-13,day", 2, "month 13"),
    ("chronicle", "2023-09-13,day", "2023-02-30,day", 2, "has no day 30"),
    ("chronicle", "2023-09-13,day", "2023-09,day", 2, "precision month, not day"),
    ("chronicle", "agency;article,opened", "agency;nobody,opened", 2, "no source 'nobody'"),
    ("chronicle", "agency;article,opened", ",opened", 2, "no source is named"),
    ("chronicle", "agency;article,opened", "agency,seen", 2, "'seen' is not allowed"),
    ("chronicle", ",confirmed,level=leaders", ",sure,level=leaders", 2, "'sure' is not allowed"),
    ("chronicle", "level=leaders;", "level;", 2, "'level' is not an attribute"),
    ("chronicle", "PRK-RUS,1,", "PRK-RUS,nan,", 2, "not a finite number"),
    ("chronicle", "PRK-RUS,1,", "PRK-RUS,1e999,", 2, "not a finite number"),
    ("chronicle", "PRK-RUS,1,", 'PRK-RUS,"1,000",', 2, "neither a number nor an option"),
    ("chronicle", "PRK-RUS,1,", "PRK-RUS,,", 2, "the value is empty"),
    ("chronicle", "3000,2500,4000", "3000,4000,2500", 4, "low 4000 is above high 2500"),
    ("chronicle", "3000,2500,4000", "9000,2500,4000", 4, "above high"),
    ("chronicle", "shells-2", "shells-1", 4, "stands already in line 3"),
    ("chronicle", "phase-2022,", "phase-2022,,", 6, "cells"),
    ("chronicle", '"Kim, Putin meet"', '"Kim, Putin meet', 2, "cannot be read"),
    ("chronicle", "precision,site", "precision,place", 1, "'place' is not a column"),
    ("chronicle", ",note,reported", ",reported", 1, "'note' is missing"),
    ("coverage", "2019-01,2023-12", "2023-12,2019-01", 2, "ends before it starts"),
    ("coverage", "2019-01,", "2019-1,", 2, "is not a month"),
    ("series", "-4.1", "inf", 2, "not a finite number"),
    ("series", "-4.1", "", 2, "the value is empty"),
    ("series", "2023-Q3", "2023-Q5", 6, "is not a date"),
    ("series", ",2020-07\n", ",2018-07\n", 3, "published before its period"),
    ("series", "0.5,percent", "-0.5,percent", 2, "sd -0.5 is not above 0"),
    ("series", "0.5,percent", "0,percent", 2, "sd 0 is not above 0"),
    ("series", "0.5,percent", "0.5,per cent", 3, "'percent a year' is not the unit of the other rows"),
    ("series", ",2020-07\n", ",2920-07\n", 3, "published: it is not between 1900 and 2100"),
    ("coverage", "2019-01,2023-12", "2019-01,2203-12", 2, "until: 2203-12 is not between 1900 and 2100"),
    ("sources", "  trust: medium\n- id: article", "  trust: some\n- id: article", 8, "'some' is not allowed"),
    ("sources", "type: dataset", "type: table", 24, "no type of source"),
    ("sources", "derives_from: [article]", "derives_from: [nothing]", 15, "no source 'nothing'"),
    ("sources", "derives_from: [article]", "derives_from: [translation]", 15, "derives from itself"),
    ("sources", "title: Customs tables", "title: [a: b]", 23, "not a plain text"),
    ("sources", "title: Customs tables", "titel: Customs tables", 23, "'titel' is not a known key"),
    ("sources", "title: Customs tables", "id: again", 23, "stands twice"),
    ("sources", "title: Customs tables", 'title: "Customs tables', 23, "not YAML"),
    ("sources", "title: Customs tables", "title: \x07", 23, "not YAML"),
    ("entities", "type: state", "type: county", 3, "'county' is not allowed"),
    ("entities", "from: 2011-12-17", "from: 2011-12-32", 11, "has no day 32"),
    ("entities", "- id: KIM_JONG_UN", "- id: NOR", 6, "stands already in line 2"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "words"), BREAKS, ids=lambda x: str(x)[:20])
def test_a_broken_file_is_named_with_line_and_mend(
    tmp_path: Path, name: str, old: str, new: str, line: int, words: str
) -> None:
    file = next(file for file in FILES if file.startswith(name))
    assert old in FILES[file]
    write_case(tmp_path, **{name: FILES[file].replace(old, new, 1)})
    with pytest.raises(InputError) as caught:
        load_evidence(tmp_path)
    error = caught.value
    assert words in str(error)
    assert (str(error.file), error.line) == (str(tmp_path / file), line)
    assert error.mend
    assert "\n" not in str(error)
    assert any(str(found) == str(error) for found in check_evidence(tmp_path))


def test_all_that_is_wrong_is_found_at_once(tmp_path: Path) -> None:
    broken = CHRONICLE.replace("2023-09-13,day", "2023-13-13,day").replace("agency,memory", "nobody,memory")
    write_case(tmp_path, chronicle=broken, series=SERIES.replace("-4.1", "nan"))
    assert [error.line for error in check_evidence(tmp_path)] == [2, 2, 6]


def test_a_directory_without_evidence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a directory with evidence"):
        load_evidence(tmp_path / "nowhere")


def test_bytes_that_are_not_utf8_are_named_with_their_line(tmp_path: Path) -> None:
    write_case(tmp_path)
    (tmp_path / "series.csv").write_bytes(SERIES.encode() + "制裁,,2023".encode("shift_jis"))
    with pytest.raises(InputError, match=r"series\.csv:8: it is not UTF-8"):
        load_evidence(tmp_path)


def test_a_byte_order_mark_and_windows_lines_are_welcome(tmp_path: Path) -> None:
    write_case(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert len(load_evidence(tmp_path).facts) == 5


def either_read_or_refused(folder: Path) -> None:
    found = check_evidence(folder)
    for error in found:
        assert str(error).isprintable()
        assert len(str(error)) < 1000
    if found:
        with pytest.raises(InputError):
            load_evidence(folder)
    else:
        assert isinstance(load_evidence(folder), Evidence)


@pytest.mark.parametrize("name", list(FILES))
@given(data=st.binary(max_size=400))
@example(data=b"[" * 100_000)
@example(data=b"- " * 50_000)
@example(data=b"- &a [*a]")
@example(data=b'- id: "\\Uffffffff"')
@example(data=b"--- \n--- \n")
@example(data=b"\x00")
@example(data=b'"' + b"x" * 200_000)
def test_any_bytes_are_read_or_refused_in_one_sentence(folder: Path, name: str, data: bytes) -> None:
    write_case(folder)
    (folder / name).write_bytes(data)
    either_read_or_refused(folder)


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["1", "2023-09-13", "day", "month", "agency", "a=b", "opened", "confirmed", "1e400", "-0", "x"]),
)


@pytest.mark.parametrize("name", ["chronicle.csv", "coverage.csv", "series.csv"])
@given(data=st.data())
def test_any_cell_is_read_or_refused_in_one_sentence(folder: Path, name: str, data: st.DataObject) -> None:
    import csv
    import io

    write_case(folder)
    rows = list(csv.reader(io.StringIO(FILES[name])))
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.integers(0, len(rows) - 1))
        column = data.draw(st.integers(0, len(rows[row]) - 1))
        rows[row][column] = data.draw(cells)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    (folder / name).write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    either_read_or_refused(folder)


@pytest.mark.parametrize("text", [SOURCES, ENTITIES], ids=["sources", "entities"])
@given(data=st.data())
def test_any_change_of_yaml_is_read_or_refused_in_one_sentence(folder: Path, text: str, data: st.DataObject) -> None:
    write_case(folder)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    piece = data.draw(
        st.one_of(st.text(max_size=8), st.sampled_from(["*a", "&a ", "? ", "{", "- ", "\t", "<<: ", "!!"]))
    )
    name = "sources.yaml" if text is SOURCES else "entities.yaml"
    (folder / name).write_bytes((text[:start] + piece + text[end:]).encode("utf-8", "surrogatepass"))
    either_read_or_refused(folder)
