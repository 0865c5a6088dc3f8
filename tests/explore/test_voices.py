"""The scoreboard of voices: wordings in numbers, questions with dates, scores once decided."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from shared import shared

from keisei import months
from keisei.errors import InputError
from keisei.explore.voices import entry, load_voices, load_wordings, side_by_side
from keisei.explore.voices_page import markdown

BUNDLED = Path(__file__).resolve().parents[2] / "src" / "keisei" / "cases" / "northeast_asia" / "voices.yaml"
GOOD = """- id: a-b
  speaker: A
  document: d1
  says_en: It will not happen.
  says_ja: 起こらない。
  wording: 可能性は少ない
  term: unlikely
  about: x
  asked: 2023-10
  expression: any(treaty) within 2023-11..2024-12
  resolution: Yes if it happens.
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "voices.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_table_is_that_of_the_directive() -> None:
    terms = load_wordings()
    ranges = {k: (t.low, t.high) for k, t in terms.items()}
    assert ranges["unlikely"] == (0.20, 0.45)
    assert ranges["likely"] == (0.55, 0.80)
    assert ranges["almost-certain"] == (0.95, 0.99)
    ordered = [terms[k] for k in ranges if k != "possible"]
    assert all(a.high == b.low for a, b in itertools.pairwise(ordered))
    assert all(t.ja and t.why for t in terms.values())


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("term: unlikely", "term: perhaps", 7, "not in the table"),
        ("wording: 可能性は少ない", "wording: 多分", 6, "add it to wordings.yaml"),
        ("within 2023-11", "within 2023-10", 10, "past when it was said"),
        ("  about: x\n", "", 1, "about: it is missing"),
        ("asked: 2023-10", "asked: soon", 10, "is not a month"),
        ("resolution: Yes if it happens.", "unasked: No record.", 7, "'unasked'"),
        ("resolution: Yes if it happens.", "resolution: Yes.\n  outcome: maybe\n  outcome_source: d1", 12, "yes or no"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(InputError, match=says) as caught:
        load_voices(path)
    assert caught.value.file == path
    assert caught.value.line is not None
    assert abs(caught.value.line - line) <= 9


def test_a_voice_is_scored_at_the_middle_of_its_range_and_at_its_ends(tmp_path: Path) -> None:
    (voice,) = load_voices(written(tmp_path, GOOD)).voices
    assert voice.asked == months.parse("2023-10")
    found = entry(voice, False, probability=0.1)
    assert found.happened is False
    assert found.brier == pytest.approx(0.325**2)
    assert (found.brier_low, found.brier_high) == (pytest.approx(0.04), pytest.approx(0.2025))
    assert found.brier_model == pytest.approx(0.01)
    assert found.apart == "below"
    open_one = entry(voice, None, probability=0.3)
    assert (open_one.happened, open_one.brier, open_one.apart) == (None, None, "inside")


def test_a_ruling_that_contradicts_the_evidence_is_refused(tmp_path: Path) -> None:
    text = GOOD + '  outcome: "yes"\n  outcome_source: d1\n'
    (voice,) = load_voices(written(tmp_path, text)).voices
    assert entry(voice, None).by == "d1"
    with pytest.raises(InputError, match="not what the evidence says"):
        entry(voice, False)


def test_experts_who_disagree_stand_side_by_side() -> None:
    voices = load_voices(BUNDLED).voices
    groups = side_by_side([entry(v, None) for v in voices])
    assert {e.voice.speaker for e in groups["denuclearisation in China's words"]} == {"Zhao Tong", "Luo Shuxian"}
    assert {e.voice.term.id for e in groups["arms deliveries"]} == {"very-likely", "likely"}
    assert len({e.voice.term.id for e in groups["decisive technology"]}) == 3
    assert len({v.expression for v in voices if v.about == "decisive technology"}) == 1


def test_places_of_voices_hold_their_wording() -> None:
    folder = shared("reading/documents")
    found = load_voices(BUNDLED)
    for voice in (*found.voices, *found.unasked):
        if voice.place is not None:
            text = (folder / f"{voice.place.document}.txt").read_text(encoding="utf-8")
            quote = text[voice.place.start : voice.place.end]
            words = voice.wording.strip("〜").replace("する", "").removesuffix("る")
            assert words in quote or words[-4:] in quote, (voice.id, quote)


def test_what_is_not_asked_has_a_reason_in_both_languages_and_no_question() -> None:
    found = load_voices(BUNDLED)
    assert found.unasked
    assert all(u.unasked and u.unasked_ja for u in found.unasked)
    assert not {u.id for u in found.unasked} & {v.id for v in found.voices}
    assert {u.document for u in found.unasked} == {"d0", "d1", "d2", "d3", "d4"}


def test_every_forecast_with_a_text_has_its_place_in_it() -> None:
    found = load_voices(BUNDLED)
    for voice in (*found.voices, *found.unasked):
        assert (voice.place is None) == (voice.document in ("d0", "d2")), voice.id
    places = [v.place for v in (*found.voices, *found.unasked) if v.place is not None]
    assert len(set(places)) == len(places), "no sentence is taken for two forecasts"


def test_an_id_stands_once_among_those_asked_and_those_not(tmp_path: Path) -> None:
    again = "- id: a-b\n  speaker: B\n  document: d1\n  says_en: It may.\n  says_ja: 起こりうる\n  unasked: No date.\n"
    with pytest.raises(InputError, match="stands twice"):
        load_voices(written(tmp_path, GOOD + again))
    found = load_voices(written(tmp_path, GOOD + again.replace("a-b", "b")))
    assert [u.unasked for u in found.unasked] == ["No date."]


def test_the_page_has_every_forecast_with_its_rule_and_every_reason() -> None:
    found, terms = load_voices(BUNDLED), load_wordings()
    page = markdown([entry(v, None, probability=0.25) for v in found.voices], found.unasked, terms.values(), "Run.")
    for v in found.voices:
        assert f"- `{v.id}`: {v.resolution}" in page
        assert f"`{v.expression}` | 25%" in page
    assert all(u.unasked in page for u in found.unasked)
    assert all("、".join(t.ja) in page for t in terms.values())
