"""Hindcasts: what an origin knows, that free runs follow the law, and that nothing depends on how the work is cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from model.small import END, START
from scipy import stats

from ensemble.oracles import LINEAR, NONE, A, Q, kalman, observed
from keisei.ensemble import assimilate
from keisei.ensemble.hindcast import Hindcast, hindcast, late_rows, systematic_positions
from keisei.errors import InputError
from keisei.score import Row

RNG = np.random.default_rng(1)
Y = RNG.normal(size=20)
DRAWS = NONE.draw(12, 1)
FIRST, LAST = START + 14, START + 18


def made(
    score: tuple[Row, ...] = observed("y", Y), draws: np.ndarray = DRAWS, last: int = LAST, **more: object
) -> Hindcast:
    settings: dict[str, object] = {
        "vintage": None, "first": FIRST, "last": last, "leads": (1, 3, 6), "records": ["x"], "sums": ["x"],
        "particles": 256, "per_draw": 64,
    }  # fmt: skip
    return hindcast(LINEAR, score, draws=draws, **{**settings, **more})  # type: ignore[arg-type]


def test_free_runs_have_the_mean_and_spread_that_kalman_predicts() -> None:
    h = made()
    for i, origin in enumerate(h.origins):
        _, mean, variance = kalman(Y[: origin - START + 1])
        # the state after the origin's month is what the next month records
        for j, lead in enumerate(h.leads):
            expected = mean * A ** (lead - 1)
            spread = variance * A ** (2 * (lead - 1)) + Q**2 * sum(A ** (2 * k) for k in range(lead - 1))
            x = h.values["x"][i, j]
            assert h.weights[i] @ x == pytest.approx(expected, abs=0.15)
            assert np.std(x) == pytest.approx(np.sqrt(spread), rel=0.15)


def test_nothing_after_an_origin_reaches_it() -> None:
    shocked = Y.copy()
    shocked[17:] += 50.0
    before, after = made(), made(observed("y", shocked))
    known = before.origins < START + 17
    assert (before.values["x"][known] == after.values["x"][known]).all()
    assert not (before.values["x"][~known] == after.values["x"][~known]).all()


def test_an_origin_says_the_same_whatever_origins_come_after_it() -> None:
    short, long = made(last=LAST - 2), made()
    assert (short.values["x"] == long.values["x"][: len(short.origins)]).all()
    assert (short.sums["x"] == long.sums["x"][: len(short.origins)]).all()


def test_draws_do_not_depend_on_the_draws_beside_them() -> None:
    few, many = made(draws=DRAWS[:4]), made()
    assert (few.values["x"] == many.values["x"][:, :, : 4 * 64]).all()
    assert (few.loglik == many.loglik[:4]).all()


def test_sums_run_over_the_calendar_year_with_the_months_that_were_lived() -> None:
    h = made(leads=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14), first=START + 11, last=START + 13)
    x, total = h.values["x"], h.sums["x"]
    for i, origin in enumerate(h.origins):
        january = next(j for j, lead in enumerate(h.leads) if (origin + lead) % 12 == 0)
        assert total[i, january] == pytest.approx(x[i, january])
        assert total[i, january + 1] == pytest.approx(x[i, january] + x[i, january + 1], abs=1e-5)
    # an origin in February: the year so far is January and February, as the filter's members lived them
    lived = h.sums["x"][2, 0] - h.values["x"][2, 0]
    analysis = assimilate(LINEAR, observed("y", Y), draws=DRAWS, until=START + 13, particles=256, records=["x"])
    january, february = analysis.records[0, 12], analysis.records[0, 13]
    by_member = february[analysis.ancestors[13]] + january[analysis.ancestors[12]][analysis.ancestors[13]]
    w = np.exp(analysis.log_weight.reshape(len(DRAWS), -1))
    w /= w.sum(axis=1, keepdims=True)
    assert lived.mean() == pytest.approx((w.reshape(-1) @ by_member) / len(DRAWS), abs=0.1)
    assert np.isin(np.round(lived[:64], 3), np.round(by_member, 3)).all()


def test_the_filter_inside_is_the_filter() -> None:
    h = made()
    analysis = assimilate(LINEAR, observed("y", Y), draws=DRAWS, until=LAST, particles=256)
    assert h.loglik == pytest.approx(analysis.loglik, abs=1e-5)
    assert h.draw_weights[-1] == pytest.approx(analysis.draw_weights, abs=1e-4)


def test_only_months_after_the_vintage_weigh_draws() -> None:
    h = made(vintage=FIRST)
    assert h.draw_weights[0] == pytest.approx(1 / len(DRAWS)), "the first origin is the vintage itself"
    analysis = assimilate(LINEAR, observed("y", Y), draws=DRAWS, until=LAST, particles=256, vintage=FIRST)
    assert h.draw_weights[-1] == pytest.approx(analysis.draw_weights, abs=1e-4)
    assert h.weights.sum(axis=1) == pytest.approx(1.0)
    fresh = made(vintage=LAST)
    assert fresh.weights == pytest.approx(1 / len(fresh.draw)), "no month is fresh"


def test_finished_blocks_are_read_and_broken_ones_made_again(tmp_path: Path) -> None:
    first = made(checkpoint=tmp_path)
    files = sorted(tmp_path.rglob("*.npz"))
    assert len(files) == 3, "twelve draws of 256 particles fill three blocks of 1024"
    files[1].write_bytes(files[1].read_bytes()[:100])
    again = made(checkpoint=tmp_path)
    assert (first.values["x"] == again.values["x"]).all()
    stored = dict(np.load(files[0]))
    np.savez(files[0], **{**stored, "values": stored["values"] + 1})
    assert (made(checkpoint=tmp_path).values["x"][:, :, :256] == first.values["x"][:, :, :256] + 1).all()


def test_progress_counts_every_month_of_every_block() -> None:
    seen: list[tuple[int, int]] = []
    made(progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3 * (LAST - START + 1), 3 * (LAST - START + 1))


def test_systematic_positions_copy_in_proportion() -> None:
    p = np.array([0.5, 0.25, 0.125, 0.125])
    for u in (0.01, 0.5, 0.99):
        assert np.bincount(systematic_positions(np.log(p), 16, u), minlength=4).tolist() == [8, 4, 2, 2]
    counts = np.bincount(systematic_positions(np.log(p), 1001, 0.3), minlength=4)
    assert stats.chisquare(counts, p * 1001).pvalue > 0.99


def test_rows_known_late_are_listed() -> None:
    later = (Row(START, "y", 1.0), Row(START + 1, "y", 2.0), Row(START + 2, "y", 3.0), Row(START + 9, "y", 0.0))
    known = (Row(START, "y", 1.0), Row(START + 1, "y", 0.0))
    assert [r.month - START for r in late_rows(known, later, START + 3)] == [1, 2]
    assert late_rows(later[:3], later, START + 2) == ()
    assert late_rows(later, known, START + 2) != ()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"particles": 100}, "particles"),
        ({"leads": (0, 1)}, "leads"),
        ({"last": END}, "outside"),
        ({"records": ["z"]}, "z"),
    ],
)
def test_what_does_not_fit_is_refused(more: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        made(**more)  # type: ignore[arg-type]
