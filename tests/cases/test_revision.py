"""One command makes all draws that a case ships, and goes on where it stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keisei import months
from keisei.cases import Case, load_case, vintages
from keisei.cases.revision import Settings, made_from, revise, settings_of
from keisei.cases.vintages import calibrate_case, draws_for
from keisei.ensemble.calibration import Step
from keisei.errors import InputError
from keisei.evidence import Coverage, Evidence, Fact
from keisei.model import Model, Parameter, Parameters, Real, Site
from keisei.model.facts import Translation

START = months.parse("2000-01")
PARAMETERS = Parameters(
    (
        Parameter("rate", "beta", 1.0, 1.0),
        Parameter("payoff", "normal", 0.0, 1.0),
        Parameter("idle", "normal", 0.0, 1.0),
    )
)


class Nothing(NamedTuple):
    """No stock that matters."""

    nothing: Real


def _month(state: Any, params: Any, site: Site, t: Any) -> Any:
    site.event("quake", params.rate)
    return state


MODEL = Model("quakes", _month, lambda params, site: Nothing(0.0 * params.rate), PARAMETERS, START, START + 60)


def small(folder: Path, quakes: int = 12, **about: Any) -> Case:
    """Quakes in the first months of four years that were watched; one block of rows and one of episodes."""
    facts = tuple(
        Fact(id=f"q{m}", date=months.show(START + m), precision="month", site="quake", value=1.0, certainty="confirmed",
             sources=("s",), checked="opened")
        for m in range(quakes)
    )  # fmt: skip
    coverage = Coverage(site="quake", first=START, last=START + 47, sources=("s",))
    blocks = {
        "quakes": {"parameters": ["rate"], "sites": ["quake"]},
        "bargain": {"parameters": ["payoff"], "episodes": True},
    }
    told = {"id": "small", "blocks": blocks, "calibration": {"vintages": {"2000-12": 40, "2003-12": 60}}, **about}
    translation = Translation(frozenset(), lambda f: [(f.target, f.value, False)], lambda _: None)
    return Case(folder, told, Evidence({}, {}, facts, (coverage,), ()), PARAMETERS, (), MODEL, translation)


SETTINGS = Settings(draws=64, particles=2, rounds=10)


@pytest.fixture(autouse=True)
def episodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """One coded episode of 2002, whose posterior is known: payoff 3."""
    monkeypatch.setattr(vintages, "load_episodes", lambda _: [SimpleNamespace(month=months.parse("2002-06"))])
    # the decision was as likely as a payoff is near to 3
    monkeypatch.setattr(vintages, "likelihood", lambda *_: lambda draws: -0.5 * ((draws[:, [1]] - 3.0) / 0.05) ** 2)


def test_all_vintages_are_made_in_order_by_what_was_known_then(tmp_path: Path) -> None:
    case, steps = small(tmp_path), list[Step]()
    settings = replace(SETTINGS, issued=settings_of(case).issued)
    made = list(revise(case, settings, report=steps.append))
    assert [(path.stem, new) for path, new in made] == [("2000-12", True), ("2003-12", True)]
    assert {step.block for step in steps} == {"quakes"}, "episodes need no rounds"
    early = draws_for(case, months.parse("2001-06"), 40).values
    late = draws_for(case, months.parse("2003-12"), 60).values
    # Beta(1, 1) after 12 of 12 months, and after 12 of 48
    assert early[:, 0].mean() == pytest.approx(13 / 14, abs=0.06)
    assert late[:, 0].mean() == pytest.approx(13 / 50, abs=0.06)
    assert np.all(np.abs(late[:, 1] - 3.0) < 0.3)
    assert np.std(early[:, 1]) > 0.5, "before the episode the payoff keeps its prior"
    assert np.std(late[:, 2]) > 0.5, "and so does what nothing weighs"


def test_a_killed_revision_goes_on_where_it_stopped(tmp_path: Path) -> None:
    case = small(tmp_path)
    settings = replace(SETTINGS, issued=settings_of(case).issued)
    running = revise(case, settings)
    path, _ = next(running)
    running.close()
    before = path.stat().st_mtime_ns
    assert [new for _, new in revise(case, settings)] == [False, True]
    assert path.stat().st_mtime_ns == before
    assert [new for _, new in revise(case, settings)] == [False, False]


def test_draws_made_from_something_else_are_made_again(tmp_path: Path) -> None:
    case = small(tmp_path)
    settings = replace(SETTINGS, issued=settings_of(case).issued[:1])
    list(revise(case, settings))
    assert [new for _, new in revise(small(tmp_path, quakes=11), settings)] == [True], "other evidence"
    assert [new for _, new in revise(small(tmp_path, quakes=11), replace(settings, seed=2))] == [True], "another seed"
    (tmp_path / "draws" / "2000-12.npz").unlink()
    np.savez(tmp_path / "draws" / "2000-12.npz", names=np.array(["rate"]), draws=np.zeros((3, 1)))
    assert [new for _, new in revise(case, settings)] == [True], "draws that do not say what they are from"


@given(st.integers(1, 99), st.integers(1, 400))
def test_evidence_after_a_vintage_is_not_what_it_is_made_from(draws: int, issued: int) -> None:
    settings = replace(SETTINGS, draws=draws)
    folder, until = Path("nowhere"), START + 5
    one, other = (made_from(small(folder, quakes=n), until, settings, issued) for n in (8, 12))
    assert one == other
    assert made_from(small(folder, quakes=4), until, settings, issued) != one


def test_the_blocks_of_episodes_alone_need_no_filter(tmp_path: Path) -> None:
    case = small(tmp_path)
    until = months.parse("2003-12")
    list(revise(case, replace(SETTINGS, issued=((until, 50),))))
    before = draws_for(case, until, 50).values
    after = calibrate_case(case, until, only=["bargain"], issued=50).draws
    assert np.array_equal(before[:, [0, 2]], after[:, [0, 2]]), "the others stay"
    assert np.all(np.abs(after[:, 1] - 3.0) < 0.3)


def test_a_case_without_vintages_says_so(tmp_path: Path) -> None:
    case = small(tmp_path, calibration={})
    with pytest.raises(InputError, match="names no vintages"):
        list(revise(case, settings_of(case)))


def test_the_bundled_case_names_the_vintages_that_it_ships() -> None:
    case = load_case("northeast_asia")
    shipped = vintages.vintages(case)
    assert [month for month, _ in settings_of(case).issued] == list(shipped)
    for month, issued in settings_of(case).issued:
        with np.load(shipped[month]) as file:
            assert len(file["draws"]) == issued
