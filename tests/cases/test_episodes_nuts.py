"""The payoffs that episodes weigh: NUTS agrees with the prior weighed by the likelihood."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from keisei.cases import Case, load_case
from keisei.cases.episodes import likelihood, load_episodes
from keisei.cases.episodes_nuts import read, sample
from keisei.cases.vintages import blocks_of, calibrate_case, coded_blocks, draws_for
from keisei.errors import InputError


@lru_cache
def case() -> Case:
    return load_case("northeast_asia")


def test_the_law_reads_the_parameters_of_its_block_and_no_other() -> None:
    coded = [n for b in blocks_of(case()) if b.name in coded_blocks(case()) for n in b.parameters]
    assert set(read(case(), load_episodes(case()))) == set(coded)


def test_nuts_agrees_with_prior_draws_weighed_by_the_likelihood() -> None:
    found = sample(case(), warmup=100, samples=150, chains=1, seed=2)
    prior = case().parameters.draw(20_000, 3)
    loglik = likelihood(case(), load_episodes(case()))(prior).sum(axis=1)
    w = np.exp(loglik - loglik.max())
    w /= w.sum()
    effective = 1.0 / (w**2).sum()
    assert effective > 300, "or the check could not fail"
    assert found.divergences == 0
    for k, name in enumerate(found.names):
        x = prior[:, case().parameters.names.index(name)]
        mean = w @ x
        sd = np.sqrt(w @ (x - mean) ** 2)
        y = found.draws[0, :, k]
        error = np.sqrt(sd**2 / effective + y.var() / min(found.effective[k], len(y)))
        assert abs(y.mean() - mean) < 5.0 * error, name
        assert 0.6 < y.std() / sd < 1.6, name


def test_before_the_first_episode_nothing_is_sampled() -> None:
    early = case().model.start
    with pytest.raises(InputError, match="no episodes by then"):
        sample(case(), until=early)


def test_nuts_stands_beside_the_shipped_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    from keisei.cases import episodes_nuts

    shipped = draws_for(case(), case().origin, 400, 1).values
    at = case().parameters.names.index("relief_small")
    same = episodes_nuts.Sampled(("relief_small",), shipped[None, :, [at]], np.ones(1), np.full(1, 400.0), 0)
    monkeypatch.setattr(episodes_nuts, "sample", lambda *a, **k: same)
    told = episodes_nuts.beside(case())
    (row,) = told["parameters"]
    assert (told["vintage"], told["samples"], row["id"]) == ("2025-09", 400, "relief_small")
    assert row["apart"] == pytest.approx(0.0, abs=1e-5)
    assert row["nuts_sd"] == pytest.approx(row["draws_sd"])


def test_only_the_parameters_of_the_block_are_drawn_anew() -> None:
    coded = [n for b in blocks_of(case()) if b.name in coded_blocks(case()) for n in b.parameters]
    until = 2025 * 12 + 8
    before = draws_for(case(), until, 400, 1).values
    after = calibrate_case(case(), until, only=["bargain"], issued=400).draws
    at = {case().parameters.names.index(n) for n in coded}
    for i in range(before.shape[1]):
        assert np.array_equal(before[:, i], after[:, i]) is (i not in at)
    # they are of the posterior: the decisions are likelier under them than under the prior
    weigh = likelihood(case(), load_episodes(case()))
    assert weigh(after).sum(axis=1).mean() > weigh(case().parameters.draw(400, 9)).sum(axis=1).mean() + 2.0
