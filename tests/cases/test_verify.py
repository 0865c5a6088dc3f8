"""Verification end to end on a case of two records, and what it knows of the bundled case."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import xarray as xr

from keisei import months
from keisei.cases import load_case
from keisei.cases.checks import rare
from keisei.cases.load import Case
from keisei.cases.targets import Target, asked, figures, history, load_apart, load_targets
from keisei.cases.verification_page import write_page
from keisei.cases.verify import Scored, Settings, verify_case, windows
from keisei.ensemble.hindcast import late_rows
from keisei.errors import InputError
from keisei.evidence import Coverage, Evidence, Fact, Measurement
from keisei.model import Model, Normal, Parameter, Parameters, Real, Site
from keisei.model.facts import Translation

START, END = months.parse("2000-01"), months.parse("2012-12")
FIRST, LAST = months.parse("2003-01"), months.parse("2007-12")
PARAMETERS = Parameters((Parameter("high", "fixed", 2.0), Parameter("error", "fixed", 0.3)))


class State(NamedTuple):
    """A regime that lasts."""

    tense: Real
    total: Real


def _month(state: State, params: Any, site: Site, t: Any) -> State:
    turns = site.event("turns", 1.0 / 18.0)
    tense = jnp.where(turns, 1.0 - state.tense, state.tense)
    fired = site.event("fire", jax.nn.sigmoid(params.high * (2.0 * tense - 1.0)))
    level = 0.9 * state.total + 1.0 * fired
    site.measure("stock", Normal(level, params.error))
    site.record("fire", fired, kind="event")
    site.record("stock", level, unit="things")
    return State(tense, level)


MODEL = Model("tiny", _month, lambda params, site: State(jnp.float32(0.0), jnp.float32(2.0)), PARAMETERS, START, END)
TARGETS = """
- {id: fire_month, title: months with fire, kind: event, records: [fire], rivals: [exponential, lag_logit]}
- {id: fire_after, title: fire after fire, kind: event, records: [fire], given: [fire], given_months: 2, leads: [1, 3]}
- {id: stock, title: stock, kind: level, records: [stock], series: stock, scale: 2, bins: [-2, 12, 0.5], error: error}
"""


def history_of_fire(seed: int = 3) -> np.ndarray:
    """0/1 a month from the model's own law."""
    rng = np.random.default_rng(seed)
    tense, out = False, []
    for _ in range(END - START + 1):
        tense = tense != (rng.random() < 1 / 18)
        out.append(rng.random() < 1 / (1 + np.exp(-2.0 * (1 if tense else -1))))
    return np.array(out, float)


FIRE = history_of_fire()


def case(folder: Path, fire: np.ndarray = FIRE) -> Case:
    facts = tuple(
        Fact(
            id=f"f{t}",
            date=months.show(START + t),
            precision="month",
            site="fire",
            value=1,
            certainty="confirmed",
            sources=("s",),
            checked="opened",
        )
        for t in np.flatnonzero(fire)
    )
    stock, at = 2.0, []
    for t, one in enumerate(fire):
        stock = 0.9 * stock + one
        if t % 12 == 11:
            at.append(
                Measurement(
                    series="stock",
                    date=months.show(START + t),
                    value=stock,
                    unit="things",
                    maker="m",
                    sources=("s",),
                    checked="opened",
                )
            )
    covered = Coverage(site="fire", first=months.show(START), last=months.show(END), sources=("s",))
    (folder / "targets.yaml").write_text(TARGETS)
    (folder / "verification.yaml").write_text("learned: 2005-12\nhindsight: They knew of the fire.\n")
    for name in ("parameters.yaml", "case.yaml"):
        (folder / name).write_text("")
    return Case(
        folder=folder, about={"id": "tiny"},
        evidence=Evidence(facts=facts, coverage=(covered,), measurements=tuple(at)),
        parameters=PARAMETERS, questions=(), model=MODEL,
        translation=Translation(frozenset(), lambda f: [("fire", f.value, False)], lambda m: ("stock", m.value)),
    )  # fmt: skip


SMALL = Settings(draws=4, particles=128, members=1024)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("case")
    return verify_case(case(folder), first=FIRST, last=LAST, settings=SMALL, checkpoint=folder / "runs")


def entry(found: dict[str, Any], name: str, lead: int, metric: str = "log_score") -> dict[str, Any]:
    return next(e for e in found["targets"] if (e["id"], e["lead"], e["metric"]) == (name, lead, metric))


def test_the_true_law_scores_as_well_as_the_best_baseline_or_better(found: dict[str, Any]) -> None:
    one = entry(found, "fire_month", 1)
    simple = [score for name, score in one["baselines"].items() if name != "uninitialized"]
    assert one["n"] == LAST - FIRST
    assert one["score"] > max(simple) - 0.02
    assert one["score"] > one["baselines"]["uninitialized"] + 0.05, "assimilation tells the regime"


def test_the_uninitialized_run_is_the_same_at_every_lead(found: dict[str, Any]) -> None:
    near, far = (entry(found, "fire_month", lead)["baselines"]["uninitialized"] for lead in (1, 24))
    assert near == pytest.approx(np.log(0.5), abs=0.06)
    assert far == pytest.approx(np.log(0.5), abs=0.06)


def test_outcomes_after_the_last_origin_are_not_read(found: dict[str, Any], tmp_path: Path) -> None:
    other = FIRE.copy()
    other[LAST - START + 1 :] = 1 - other[LAST - START + 1 :]
    again = verify_case(case(tmp_path, other), first=FIRST, last=LAST, settings=SMALL)
    assert again["targets"] == found["targets"]
    assert entry(found, "fire_month", 24)["n"] == LAST - FIRST - 23


def test_a_conditional_target_is_asked_only_after_its_condition(found: dict[str, Any]) -> None:
    recent = [FIRE[o - START - 1 : o - START + 1].any() for o in range(FIRST, LAST)]
    assert entry(found, "fire_after", 1)["n"] == sum(recent)
    assert "given_rate" in entry(found, "fire_after", 1)["baselines"]


def test_few_events_are_judged_by_their_sum_and_by_their_dearest_months() -> None:
    origins, came = np.arange(FIRST, FIRST + 60), np.zeros(60)
    came[[10, 40]] = 1

    def said(*p: float) -> xr.DataArray:
        mass = np.stack([1 - np.array(p), np.array(p)], axis=-1)
        coords = {"init": origins, "lead": [1], "count": [0, 1]}
        return xr.DataArray(mass[:, None], dims=("init", "lead", "count"), coords=coords)

    model = np.full(60, 0.03)
    model[40] = 0.002
    one = Scored(
        Target("few", "few", "event", ("fire",), leads=(1,)), said(*model), said(*np.full(60, 0.03)),
        said(*np.full(60, 0.04)).expand_dims(forecaster=["climatology"]),
        xr.DataArray(came[:, None], dims=("init", "lead"), coords={"init": origins, "lead": [1]}),
    )  # fmt: skip
    (found,) = rare(one)
    assert found["words"] == "not demonstrable (n = 2)"
    assert found["sum_in_interval"]
    assert found["months_under_minus_two"] == [months.show(FIRST + 11), months.show(FIRST + 41)]
    assert found["months_under_minus_two_relative"] == [months.show(FIRST + 41)], "3 % is no worse than the best said"
    assert found["worst_relative"] == pytest.approx(np.log(0.002 / 0.04))
    assert (found["no_month_under_minus_two"], found["no_month_under_minus_two_relative"]) == (False, False)


def test_levels_are_scored_in_the_months_of_their_figures(found: dict[str, Any]) -> None:
    one = entry(found, "stock", 1, "crps")
    assert one["n"] == 5, "one figure a year"
    assert one["score"] < one["baselines"]["climatology"], "the stock is nearly known a month before"
    assert one["verdict"].startswith("not demonstrable (n = 5)")


def test_periods_share_out_the_origins(found: dict[str, Any]) -> None:
    assert found["periods"]["after"] == [], "no origin after the frozen month here"
    assert len(found["periods"]["until_frozen"]) == len(found["targets"])
    learned = [e for e in found["periods"]["learned"] if (e["id"], e["lead"]) == ("fire_month", 1)]
    assert [e["n"] for e in learned] == [23, 23], "origins after 2005-12, by two metrics"
    verdicts = {c["period"]: c["verdict"] for c in found["comparisons"] if c["lead"] == 1}
    assert verdicts["learned"] == "too few to tell", "24 origins fill no two blocks"
    assert all(e["gain_q05"] is None for e in found["periods"]["learned"])
    assert verdicts["all"] in ("better", "not inferior", "inferior", "undecided")
    assert verdicts["all"] == verdicts["until_frozen"]


def test_a_second_call_reads_what_is_stored(found: dict[str, Any], tmp_path: Path) -> None:
    tiny = case(tmp_path)
    runs = tmp_path / "runs"
    short = Settings(draws=4, particles=128, members=64)
    first = verify_case(tiny, first=FIRST, last=LAST, settings=short, checkpoint=runs)
    (kept,) = runs.glob("verify-*.json")
    kept.write_text(json.dumps({**first, "seen": True}))
    assert verify_case(tiny, first=FIRST, last=LAST, settings=short, checkpoint=runs)["seen"]
    assert "seen" not in verify_case(tiny, first=FIRST, last=LAST, settings=replace(short, seed=2), checkpoint=runs)


def test_the_page_says_what_the_document_says(found: dict[str, Any], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    write_page(found, page)
    text = page.read_text()
    assert "pseudo-out-of-sample" in text
    parts = found["reliability"][0]["brier"]
    assert parts["score"] == pytest.approx(entry(found, "fire_month", 1, "brier")["score"])
    assert f"{parts['resolution']:.4f}" in text
    assert "fire_month: months with fire" in text
    assert "They knew of the fire." in text
    one = entry(found, "fire_month", 1)
    differences = [one["differences"][k]["mean"] for k in ("blend_less_model", "blend_less_best")]
    for shown in (f"{one['score']:.3f}", f"{one['blend']:.3f}", *(f"{x:+.3f}" for x in differences)):
        assert shown.replace("-", "−") in text
    assert "blend − best rival (90 %)" in text
    assert "of stacked weights" not in text
    for svg in ("verification-gains.svg", "verification-reliability-fire_month.svg"):
        assert (tmp_path / "figures" / svg).read_text().startswith("<svg")
        assert f"figures/{svg}" in text


def test_the_terminal_shows_what_the_blend_loses_beside_the_gain(
    found: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from keisei.cli.verification import _print_verification

    monkeypatch.setenv("COLUMNS", "250")
    _print_verification(found)
    text = capsys.readouterr().out
    one = entry(found, "fire_month", 1)
    for head in ("blend − model", "blend − best", "best rival"):
        assert head in text
    assert f"{one['differences']['blend_less_model']['mean']:+.3f}" in text
    lines = [line for line in text.splitlines() if "nats a month against" in line]
    assert "until_frozen" in lines[0]
    assert ", p " in lines[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {id: a, title: t, kind: odd, records: [fire]}", "'odd' is no kind"),
        ("- {id: a, title: t, kind: event, records: [fires]}", "'fires' is not a record"),
        ("- {id: a, title: t, kind: count, records: [fire]}", "needs a top"),
        ("- {id: a, title: t, kind: level, records: [stock]}", "a level needs"),
        ("- {id: a, title: t, kind: event, records: [fire], leads: [x]}", "does not fit leads"),
    ],
)
def test_a_broken_target_is_named_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    tiny = case(tmp_path)
    (tmp_path / "targets.yaml").write_text(f"# head\n{text}\n")
    with pytest.raises(InputError, match=said) as error:
        load_targets(tiny)
    assert error.value.line == 2


def test_a_broken_verification_file_is_named(tmp_path: Path) -> None:
    tiny = case(tmp_path)
    for text in ("frozen: 2021-13", "thawed: 2021-12", "- 1"):
        (tmp_path / "verification.yaml").write_text(text)
        with pytest.raises(InputError, match=r"verification\.yaml"):
            load_apart(tiny)


@pytest.fixture(scope="module")
def bundled() -> Case:
    return load_case()


def test_the_bundled_targets_fit_the_model_and_have_outcomes(bundled: Case) -> None:
    from keisei.cases.observed import observations

    last = months.parse("2024-12")
    observed = observations(bundled, last)
    for target in load_targets(bundled):
        if target.kind == "level":
            assert len(figures(bundled, target, last).value) >= 3
            assert (figures(bundled, target, last).known <= last).all()
            continue
        whole, with_gaps = history(observed, target)
        assert not whole.isnull().any()
        assert int(whole["month"][-1]) == last
        assert float(with_gaps.notnull().mean()) > 0.95, f"{target.id} is covered"
        assert float(whole.max()) <= target.top
    given = next(t for t in load_targets(bundled) if t.given)
    assert asked(observed, given, np.array([months.parse("2017-11"), months.parse("2015-06")])).tolist() == [
        True,
        False,
    ]


def test_one_pass_knows_at_each_origin_only_what_was_known_then(bundled: Case) -> None:
    later = bundled.score(months.parse("2024-12"))
    for text in ("2006-01", "2010-06", "2017-12", "2024-11"):
        origin = months.parse(text)
        assert late_rows(bundled.score(origin), later, origin) == ()


def test_every_origin_uses_a_vintage_not_after_it(bundled: Case) -> None:
    spans = windows(bundled, months.parse("2006-01"), months.parse("2024-12"))
    assert spans[0][1] == months.parse("2006-01")
    assert spans[-1][2] == months.parse("2024-12")
    assert all(vintage is None or vintage <= begin for vintage, begin, _ in spans)
    assert [end + 1 for _, _, end in spans[:-1]] == [begin for _, begin, _ in spans[1:]]


def test_a_page_in_a_folder_that_is_not_there_is_refused_before_the_work() -> None:
    from typer.testing import CliRunner

    from keisei.cli import app

    result = CliRunner().invoke(app, ["verify", "--docs", "nowhere/page.md"])
    assert isinstance(result.exception, InputError)
    assert "nowhere/page.md is not a .md file" in str(result.exception)
