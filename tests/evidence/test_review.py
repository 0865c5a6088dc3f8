"""A reviewer sees the row that a statement becomes, and can take back every decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from evidence.readings import TEXT, event, reading
from evidence.test_store import a_fact
from keisei.errors import InputError
from keisei.evidence import Evidence
from keisei.evidence.drafts import instrument_sites, parse_edits, propose, same_events
from keisei.evidence.lookup import look_up
from keisei.evidence.readings import Document, Statement, documents, import_reading, statements
from keisei.evidence.review import Tally, accept, reject, session, statement_of, undo
from keisei.evidence.store import Store, open_store


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        import_reading(opened, reading(), text=TEXT)
        yield opened


def of(store: Store, kind: str, instrument: str = "", status: str = "") -> Statement:
    return next(
        s
        for s in statements(store)
        if s.kind == kind
        and (not instrument or s.content["instrument"] == instrument)
        and (not status or s.content["status"] == status)
    )


def sentence(store: Store, statement: Statement, **edits: str) -> str:
    return propose(statement, statement_of(store, statement.id)[1], store.evidence(), edits).sentence()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "2023-09 summit[PRK-RUS] = 1 observed (confirmed)"),
        ({"status": "reported"}, "2023-09 summit[PRK-RUS] = 1 observed (reported)"),
        ({"instrument": "meeting"}, "2023-09 summit[PRK-RUS] = 1 observed (confirmed)"),
        (
            {"instrument": "treaty", "plover": "AGREE", "date": "2024-06"},
            "2024-06 treaty[PRK-RUS] = 1 observed (confirmed)",
        ),
        ({"instrument": "missile_test", "sources": ["PRK"], "targets": []}, "2023-09 PRK.launch.ballistic = 1"),
        ({"instrument": "nuclear_test", "sources": ["PRK"], "targets": []}, "2023-09 PRK.test.nuclear = 1"),
        ({"instrument": "satellite_launch", "sources": ["PRK"], "targets": []}, "2023-09 PRK.launch.satellite = 1"),
        ({"instrument": "veto", "sources": ["RUS"], "targets": []}, "2023-09 UNSC.draft = 1"),
        ({"instrument": "readout", "sources": ["PRK"], "targets": ["RUS"]}, "2023-09 text[PRK-RUS] = 1"),
        (
            {"instrument": "food_aid", "sources": ["RUS"], "targets": ["PRK"]},
            "2023-09 transfer[RUS-PRK] = 1 observed (confirmed)",
        ),
        ({"instrument": "arms_transfer", "sources": ["PRK"], "targets": ["RUS"]}, "2023-09 arms.shipment[report] = 1"),
        ({"sources": ["PRK", "RUS"], "targets": ["USA"]}, "2023-09 summit.trilateral[PRK-RUS-USA] = 1"),
        ({"status": "planned"}, "no row: it is planned and has not happened"),
        ({"status": "hypothetical"}, "no row: it is hypothetical"),
        ({"status": "denied"}, "fact 2023-09-13 summit[PRK-RUS] = 1; no row: it is denied"),
        ({"date": "2023"}, "fact 2023 summit[PRK-RUS] = 1; no row: its date 2023 spans months"),
        ({"date": None}, "no row: not all of it is told; edit date="),
        ({"instrument": "treaty", "plover": "RETREAT"}, "no row: no site is known for 'treaty'"),
        ({"instrument": "parade"}, "no row: no site is known for 'parade'"),
        ({"instrument": "missile_test", "sources": ["USA"], "targets": []}, "no row: no site is known"),
        ({"sources": ["PRK"], "targets": []}, "no row: no site is known for 'summit' with these actors"),
    ],
)
def test_the_row_that_an_event_becomes_is_shown(changed: dict[str, Any], expected: str) -> None:
    with open_store(":memory:") as store:
        import_reading(store, reading(events=[event("プーチン大統領", **changed)], claims=[], quantities=[]))
        assert sentence(store, of(store, "event")).startswith(expected)


def test_the_texts_of_a_pair_carry_their_issuer_and_kind(store: Store) -> None:
    made = reading(events=[event("プーチン大統領", instrument="readout", sources=["RUS"], targets=["PRK"])])
    import_reading(store, made | {"doc": "other"})
    statement = of(store, "event", "readout")
    fact = accept(store, statement.id).fact
    assert fact
    assert fact.attributes == {"kind": "readout", "issuer": "RUS"}


def test_a_figure_gives_the_value_of_a_shipment(store: Store) -> None:
    fact = accept(store, of(store, "event", "arms_transfer").id).fact
    assert fact
    assert (fact.target, fact.value, fact.low, fact.high, fact.certainty) == (
        "arms.shipment[containers]", 1000, 1000, None, "reported",
    )  # fmt: skip
    assert fact.sources == (documents(store)[0].source,)
    assert fact in store.evidence().facts


def test_claims_and_lone_figures_become_rows_only_by_hand(store: Store) -> None:
    claim, figure = of(store, "claim"), of(store, "quantity")
    assert sentence(store, claim).startswith("no row: a judgement")
    assert "edit site=, date=, value=" in sentence(store, claim)
    assert sentence(store, figure).endswith("edit site= to make a row of it")
    assert sentence(store, figure, site="arms.shipment", index="containers").startswith(
        "2023-10 arms.shipment[containers] = 1000"
    )


def test_an_event_told_twice_is_one_fact_with_two_sources(store: Store) -> None:
    store.put([a_fact("known", date="2023-09-13", precision="day", site="summit", index="PRK-RUS")])
    proposal = accept(store, of(store, "event", "summit", "occurred").id)
    assert proposal.joins == "known"
    (fact,) = (fact for fact in store.evidence().facts if fact.site == "summit")
    assert fact.sources == ("agency", documents(store)[0].source)
    undo(store)
    assert next(f for f in store.evidence().facts if f.id == "known").sources == ("agency",)


def test_where_several_facts_may_be_meant_the_reviewer_must_say(store: Store) -> None:
    days = [
        a_fact(f"d{n}", date=f"2023-10-0{n}", precision="day", site="arms.shipment", index="containers", value=9)
        for n in (1, 2)
    ]
    store.put(days)
    shipment = of(store, "event", "arms_transfer")
    assert "may tell again one of 2 facts (d1, d2)" in sentence(store, shipment)
    assert sentence(store, shipment, joins="d2").startswith("tells again the fact d2")
    assert sentence(store, shipment, joins="new").startswith("2023-10 arms.shipment[containers] = 1000")
    with pytest.raises(InputError, match="no fact 'd3'"):
        sentence(store, shipment, joins="d3")


def test_every_decision_can_be_taken_back(store: Store) -> None:
    def seen() -> Any:
        return store.evidence(), statements(store)

    before = seen()
    summit, shipment = of(store, "event", "summit", "occurred").id, of(store, "event", "arms_transfer").id
    accept(store, summit)
    one = seen()
    accept(store, shipment, {"certainty": "contested"})
    two = seen()
    reject(store, of(store, "claim").id)
    assert {s.id: s.state for s in statements(store)}[shipment] == "edited"
    with pytest.raises(InputError, match="is accepted already"):
        accept(store, summit)
    for state in (two, one, before):
        assert undo(store)
        assert seen() == state
    assert undo(store) is None
    actions = [row["action"] for row in store.rows("SELECT action FROM review_log ORDER BY number")]
    assert actions == ["accepted", "edited", "rejected", "undo", "undo", "undo"]


@pytest.mark.parametrize("text", ["site", "colour=red", "site=s, nothing"])
def test_what_is_no_edit_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not an edit"):
        parse_edits(text)


def test_a_wrong_edit_changes_nothing(store: Store) -> None:
    shipment = of(store, "event", "arms_transfer")
    for edits in ({"date": "2023-13"}, {"value": "many, many"}, {"certainty": "sure"}, {"site": "a b"}):
        with pytest.raises(InputError):
            accept(store, shipment.id, edits)
    assert of(store, "event", "arms_transfer") == shipment
    with pytest.raises(InputError, match="no statement 'x'"):
        accept(store, "x")


def run(store: Store, *keys: str, lines: tuple[str, ...] = ()) -> tuple[Tally, list[str]]:
    pressed, typed, said = iter(keys), iter(lines), []
    tally = session(store, key=lambda: next(pressed, ""), line=lambda _: next(typed, ""), say=said.append)
    return tally, said


def test_a_session_goes_through_what_is_proposed_key_by_key(store: Store) -> None:
    tally, said = run(store, "x", "a", "e", "e", "a", "r", "u", "n", "n", "q", lines=("bad", "value=1200, low=1200"))
    assert tally == Tally(accepted=1, edited=1, rejected=1, undone=1, left=2)
    text = "\n".join(said)
    assert "⇒ 2023-09 summit[PRK-RUS] = 1 observed (confirmed)" in text
    assert "'x' is no key here" in text
    assert "'bad' is not an edit" in text
    assert "⇒ 2023-10 arms.shipment[containers] = 1200 observed (reported)" in text
    assert {f.target: f.value for f in store.evidence().facts} == {
        "summit[PRK-RUS]": 1,
        "arms.shipment[containers]": 1200,
    }
    again, _ = run(store, "q")
    assert again.left == 2, "quitting keeps what was done"


def test_undo_in_a_session_comes_back_to_the_statement(store: Store) -> None:
    tally, said = run(store, "a", "u", "r", "q")
    assert tally == Tally(accepted=1, rejected=1, undone=1, left=3)
    assert store.evidence() == Evidence(sources=store.evidence().sources)
    assert [line for line in said if line.startswith("[")] == ["[1/4]", "[2/4]", "[1/4]", "[2/4]"]


def test_the_same_event_in_two_documents_is_one_group(store: Store) -> None:
    month = reading(doc="two", events=[event("プーチン大統領", date="2023-09")], claims=[], quantities=[])
    import_reading(store, month)
    by_id: dict[str, Document] = {document.id: document for document in documents(store)}
    told = [(s, by_id[s.document]) for s in statements(store)]
    (group,) = same_events(told)
    assert {document.name for _, document in group} == {"one", "two"}
    found = look_up(store, group[0][0].id)
    assert found["also_told"] == [group[1][0].id]
    assert found["voices"] == 1, "both pass on the same article"


def test_the_table_of_instruments_is_whole() -> None:
    for row in instrument_sites():
        assert {"instrument", "site"} <= set(row)
        assert row.get("states", "2") in ("2", "3")
        assert ("of" not in row) or ("unit" in row)
