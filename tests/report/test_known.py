"""What the report says of the limits of a run: bargains that did not settle, and laws that earn nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from keisei.cases import load_case
from keisei.cases.systems import read_ablations
from keisei.report import build, known, render
from keisei.report.labels import load_labels
from keisei.report.view import EarnedView, Text

from .synthetic import bare
from .test_claims_in_the_report import text
from .test_page import Page


def run(residual: np.ndarray) -> xr.Dataset:
    return xr.Dataset({known.RESIDUAL: (("member", "month"), residual)})


@given(st.integers(0, 40), st.integers(1, 40), st.booleans())
def test_the_share_is_of_the_bargains_and_not_of_the_months_between(loose: int, tight: int, split: bool) -> None:
    every = np.array([2e-3] * loose + [1e-5] * tight)
    quarters = np.zeros((len(every), 6))
    quarters[:, ::3] = every[:, None]
    past, future = (quarters[:, :3], quarters[:, 3:]) if split else (quarters, quarters[:, :0])
    (said,) = known.unsettled(run(past), run(future))
    assert f"{loose / (loose + tight):.1%}" in said.en
    assert f"{loose / (loose + tight):.1%}" in said.ja


def test_a_run_without_bargains_says_nothing_of_them() -> None:
    assert known.unsettled(run(np.zeros((4, 3))), run(np.zeros((4, 2)))) == ()
    assert known.unsettled(xr.Dataset(), xr.Dataset()) == ()


def test_the_report_keeps_what_it_needs_to_tell_of_the_bargains() -> None:
    assert known.RESIDUAL in build.records_needed(load_case())


def test_every_mechanism_of_the_case_is_named_in_both_languages_with_its_mark() -> None:
    case = load_case()
    found, tried = known.earned(case, load_labels(case.folder))
    rows = read_ablations(case.folder / "ablations.csv")
    assert len(found) == len(rows)
    assert [e.unproven for e in found] == sorted((a.unproven for a in rows), reverse=True)
    assert all(e.mechanism.ja for e in found), "labels.yaml names each mechanism"
    assert tried


def test_unproven_mechanisms_are_counted_and_marked_on_the_page() -> None:
    view = bare()
    earned = (
        EarnedView("trade", Text("the toll", "通行料"), 0.1, 0.4, "trade.flow", None, None, True),
        EarnedView("trade", Text("the road", "道"), -9.5, 1.2, "trade.flow", 0.4, 0.1, False),
    )
    view = replace(view, unknowns=replace(view.unknowns, earned=earned, tried="vintage 2017-12"))
    page = render(view)
    html = page[page.index('<section id="unknown">') :]
    english, japanese = text(html), text(html, "ja")
    assert "1 of 2 mechanisms are unproven" in english
    rows = [row for row in html.split("<tr>") if "the toll" in row or "the road" in row]
    assert [">unproven<" in row for row in rows] == [True, False]
    assert "通行料" in japanese
    assert "−9.50 ± 1.2" in english
    assert not Page(page).unpaired
