"""The profile by law: a law that is held makes nothing, and every other law makes what it made."""

from __future__ import annotations

from benchmarks.profile_laws import without
from keisei.cases import load_case


def test_a_held_law_takes_its_own_sites_and_records_with_it_and_no_others() -> None:
    model = load_case().model
    held = without(model, "exchange")
    gone = {s.target for s in model.table.sites} - {s.target for s in held.table.sites}
    lost = {r.variable for r in model.table.records} - {r.variable for r in held.table.records}
    assert {"exchange.residual", "arms.rounds", "arms.revenue"} <= lost
    assert "arms.rounds.total" in gone
    assert all(name.startswith(("arms.", "exchange", "transfer")) for name in gone | lost)
    assert {s.target for s in held.table.sites} < {s.target for s in model.table.sites}
