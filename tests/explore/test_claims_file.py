"""``claims.yaml``: what is refused, with file and line, and that the bundled claims fit their model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared import shared

from keisei import months
from keisei.cases import load_case
from keisei.errors import InputError
from keisei.explore.claims import check_claims, chosen, load_claims
from keisei.explore.quantities import parse_quantity, with_origin

BUNDLED = Path(__file__).resolve().parents[2] / "src" / "keisei" / "cases" / "northeast_asia" / "claims.yaml"
GOOD = """- id: A1
  claim_en: It falls.
  claim_ja: 下がる。
  documents: [d1]
  says: It will fall.
  strength: likely
  places: ["doc:3-9"]
  experiment: twin
  setup: One against the other.
  base: [act=none@origin+1]
  changed: [push=1@origin+1..origin+4]
  quantity: mean(before) within origin+2..origin+4
  unit: index
  comparison: "<"
  smallest: 0.1
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "claims.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_claim_is_read_as_it_stands(tmp_path: Path) -> None:
    (claim,) = load_claims(written(tmp_path, GOOD))
    assert (claim.id, claim.sign, claim.smallest, claim.places[0].end) == ("A1", -1.0, 0.1, 9)
    both, changed = claim.rows(months.parse("2001-12"), claim.until(months.parse("2001-12")))
    assert [(months.show(r.month), r.target, r.value) for r in both] == [("2002-01", "act", "none")]
    assert len(changed) == 4


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("id: A1", "id: A 1", 1, "is not an id"),
        ("strength: likely", "strength: sure", 6, "use certain"),
        ("documents: [d1]", "documents: d1", 4, "not a list"),
        ("experiment: twin", "experiment: vote", 8, "use twin"),
        ("experiment: twin", "experiment: level", 11, "other experiments change nothing"),
        ("  unit: index\n", "", 1, "unit: it is missing"),
        ("comparison: \"<\"", "comparison: less", 14, "write '>' or '<'"),
        ("smallest: 0.1", "smallest: nan", 15, "not a number"),
        ("smallest: 0.1", "smallest: -1", 15, "cannot be negative"),
        ("mean(before) within origin+2..origin+4", "mean(before)", 12, "is not a quantity"),
        ("mean(before) within origin+2..origin+4", "value(before) within 2002-01..2002-02", 12, "takes one month"),
        ("doc:3-9", "doc:9-3", 7, "start before end"),
        ("push=1@origin+1..origin+4", "push=1", 11, "is not a setting"),
        ("  unit: index\n", "  unit: index\n  parameters: [sd=1]\n", 14, "sites or parameters, not both"),
        ("  unit: index\n", "  unit: index\n  parameters: [sd]\n", 14, "is not NAME=NUMBER"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(InputError) as caught:
        load_claims(path)
    assert says in str(caught.value)
    assert (caught.value.file, caught.value.line) == (path, line)


def test_an_id_stands_once_and_an_unknown_one_is_refused_with_what_is_near(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="stands twice"):
        load_claims(written(tmp_path, GOOD + GOOD))
    found = load_claims(written(tmp_path, GOOD))
    with pytest.raises(InputError, match="did you mean A1"):
        chosen(found, ["A11"])
    assert chosen(found, []) == found


_LINES = GOOD.splitlines(keepends=True)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(_LINES) - 1), st.text(max_size=40), st.booleans())
def test_any_other_text_is_read_or_refused_in_one_sentence(tmp_path: Path, at: int, junk: str, whole: bool) -> None:
    lines = list(_LINES)
    lines[at] = junk + "\n" if whole else lines[at].rstrip("\n") + junk + "\n"
    path = tmp_path / "claims.yaml"
    path.write_bytes("".join(lines).encode("utf-8", "surrogatepass"))
    refused: list[InputError] = []
    try:
        load_claims(path)
    except InputError as error:
        refused.append(error)
    assert all(e.file == path and "\n" not in str(e) for e in refused)


def test_months_counted_from_the_origin_become_calendar_months() -> None:
    origin = months.parse("2024-12")
    assert with_origin("a=1@origin+1..origin+13", origin) == "a=1@2025-01..2026-01"
    assert with_origin("a=1@origin-11", origin) == "a=1@2024-01"
    assert with_origin("original=1@2024-01", origin) == "original=1@2024-01"
    assert parse_quantity("sum(x, class=ICBM) within origin+1..2026-01", origin).span == (origin + 1, origin + 13)


@pytest.mark.parametrize("text", ["mean()", "mean(x) within 2024-13", "probability(", "parameter(a == b)", "x", ""])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_quantity(text, months.parse("2024-12"))


def test_the_bundled_claims_cover_the_specification_and_fit_the_model() -> None:
    claims = load_claims(BUNDLED)
    case = load_case()
    assert not check_claims(claims, case.model, months.parse("2024-12"))
    assert not check_claims(claims, case.model, case.origin)
    ids = {c.id for c in claims}
    assert {f"C{n}" for n in range(1, 18)} <= ids
    assert len([c for c in claims if c.id.startswith("N") and c.places]) >= 6
    known = set(case.evidence.sources)
    assert all({*c.documents, *c.against} <= known for c in claims)
    # nothing in the model refers to a claim by name; parameters may say that they take no side
    for law in (BUNDLED.parent / "laws").glob("*.py"):
        assert not re.search(r"claims", law.read_text(encoding="utf-8")), law


def test_places_lie_inside_the_documents() -> None:
    folder = shared("reading/documents")
    for claim in load_claims(BUNDLED):
        for place in claim.places:
            text = (folder / f"{place.document}.txt").read_text(encoding="utf-8")
            quote = text[place.start : place.end]
            assert len(quote) == place.end - place.start
            assert quote.strip()
            # our own wording, not the document's
            assert quote not in claim.claim_ja
            assert claim.claim_ja.rstrip("。") not in quote
