"""English events in running text: who does what to whom, and what is no event of its own."""

from __future__ import annotations

import pytest

from keisei.documents import read_text


def events(text: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(e.plover, e.instrument, e.sources, e.targets) for e in read_text(text, language="en").events]


@pytest.mark.parametrize(
    ("text", "plover", "instrument", "sources", "targets"),
    [
        ("North Korea shipped 3,000 containers of munitions to Russia.", "AID", "arms_transfer", {"PRK"}, {"RUS"}),
        ("Russia has received ballistic missiles from North Korea.", "AID", "arms_transfer", {"PRK"}, {"RUS"}),
        ("Pyongyang sent 3,000 troops to Russia.", "AID", "troop_deployment", {"PRK"}, {"RUS"}),
        ("Russia vetoed the resolution.", "REJECT", "veto", {"RUS"}, set()),
        ("Sanctions were imposed on North Korea by Japan.", "SANCTION", "other", {"JPN"}, {"PRK"}),
        ("Japan condemned North Korea.", "ACCUSE", "statement", {"JPN"}, {"PRK"}),
        ("North Korea test-fired a ballistic missile.", "MOBILIZE", "missile_test", {"PRK"}, set()),
        ("North Korea denied the report.", "REJECT", "denial", {"PRK"}, set()),
        ("Britain said Iran had shipped drones to Russia.", "ACCUSE", "statement", {"GBR"}, {"IRN"}),
        ("Japan expelled a Russian diplomat.", "PROTEST", "other", {"JPN"}, {"RUS_OFFICIAL"}),
    ],
)
def test_an_act_has_its_sides(text: str, plover: str, instrument: str, sources: set[str], targets: set[str]) -> None:
    found = events(text)[0]
    assert (found[0], found[1], set(found[2]), set(found[3])) == (plover, instrument, sources, targets)


@pytest.mark.parametrize(
    ("text", "instrument", "sides"),
    [
        (
            "Kim Jong Un and Russian President Vladimir Putin signed a treaty.",
            "treaty",
            {"KIM_JONG_UN", "PUTIN_VLADIMIR"},
        ),
        ("Talks between Russia and China were held.", "meeting", {"RUS", "CHN"}),
        ("Vladimir Putin met Kim Jong Un.", "summit", {"KIM_JONG_UN", "PUTIN_VLADIMIR"}),
        ("Russia borders North Korea. In 2024, the two countries signed a treaty.", "treaty", {"RUS", "PRK"}),
    ],
)
def test_a_two_sided_act_names_both_parties_on_both_sides(text: str, instrument: str, sides: set[str]) -> None:
    found = next(e for e in events(text) if e[1] == instrument)
    assert (set(found[2]), set(found[3])) == (sides, sides)


def test_who_is_accused_did_it_and_who_said_so_did_not() -> None:
    found = events("Japan accused Iran of having supplied Russia with drones.")
    assert ("AID", "arms_transfer", ("IRN",), ("RUS",)) in found
    found = events("Two European diplomats said more than 200 missiles may have been delivered.")
    assert all("EUROPEAN_DIPLOMATS" not in e[2] + e[3] for e in found if e[0] == "AID")


def test_two_verbs_share_their_subject() -> None:
    found = events("Sergei Lavrov visited Wonsan last July and met Choe Son Hui.")
    assert [(e[1], e[2][0]) for e in found] == [("visit", "LAVROV_SERGEI"), ("meeting", "LAVROV_SERGEI")]
    assert found[0][3] == ("PRK",)


@pytest.mark.parametrize(
    "text",
    [
        "China refused to supply weapons to Russia.",
        "Russia pledged to deliver grain to North Korea.",
        "Japan urged China to meet Kim Jong Un.",
    ],
)
def test_what_a_predicate_governs_is_no_event_of_its_own(text: str) -> None:
    assert len(events(text)) == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russia did not supply missiles to North Korea.", "denied"),
        ("Russia could supply missiles to North Korea.", "hypothetical"),
        ("Russia will supply missiles to North Korea.", "planned"),
        ("Russia supplied missiles to North Korea, officials said.", "reported"),
        ("Russia supplied missiles to North Korea.", "occurred"),
    ],
)
def test_status_follows_the_words(text: str, status: str) -> None:
    assert read_text(text, language="en").events[0].status == status
