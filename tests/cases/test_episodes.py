"""Coded decisions weigh the payoffs of a game, by the law's own equilibrium."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from keisei.cases import Case, load_case
from keisei.cases.episodes import likelihood, load_episodes
from keisei.cases.episodes_page import learned, page
from keisei.cases.northeast_asia.laws import bargain
from keisei.errors import InputError

DOCS = Path(__file__).parents[2] / "docs"


@lru_cache
def case() -> Case:
    return load_case("northeast_asia")


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the case, to be broken."""
    folder = tmp_path / "copy"
    shutil.copytree(case().folder, folder, ignore=shutil.ignore_patterns("__pycache__", "draws"))
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1: small accepted", "0.9: small accepted", "do not add up to 1"),
        ("date: 1994-10", "date: 1994-13", "1994-13"),
        ("0..2", "2..0", "does not rise"),
        ("sources: [wiki-agreed-framework", "sources: [nobody", "'nobody' is not in sources.yaml"),
        ("checked: opened", "checked: memory", "does not weigh"),
    ],
    ids=["weights", "date", "range", "source", "memory"],
)
def test_a_broken_episode_is_refused_with_its_line(changed: Path, old: str, new: str, said: str) -> None:
    path = changed / "episodes.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("- {id: 1994"))
    assert old in lines[at]
    lines[at] = lines[at].replace(old, new)
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_episodes(load_case(changed))
    assert said in str(error.value)
    assert f"episodes.yaml:{at + 1}" in str(error.value)


def test_an_ending_that_the_game_does_not_have_is_refused() -> None:
    (e, *_) = load_episodes(case())
    with pytest.raises(InputError, match="no ending 'small eaten'"):
        likelihood(case(), [type(e)(**{**vars(e), "codings": ((1.0, ("small eaten",)),)})])


def test_the_chances_of_all_endings_of_a_decision_add_up_to_one() -> None:
    episodes = load_episodes(case())
    means = case().parameters.bundle(*map(float, case().parameters.means()[0]))
    for e in episodes:
        names, chances = bargain.endings(e.game, means, {k: low for k, (low, _) in e.features.items()})
        assert len(names) == len(chances)
        assert float(chances.sum()) == pytest.approx(1.0, abs=1e-5)


def test_the_likelihood_is_the_equilibrium_by_hand() -> None:
    """A keeping quarter of types that hide alike: the last mover's logit, then Pyongyang's, by the payoffs alone."""
    e = next(e for e in load_episodes(case()) if e.id == "2012-end")
    fixed = {k: (low, low) for k, (low, _) in e.features.items()}
    draw = case().parameters.means()
    draw[0, case().parameters.names.index("hidden_spread")] = 0.0
    found = likelihood(case(), [type(e)(**{**vars(e), "features": fixed})])(draw)[0, 0]
    p = case().parameters.bundle(*map(float, draw[0]))
    at = {k: low for k, (low, _) in fixed.items()}
    table = dict(
        zip(
            bargain.names(bargain.KEEPING),
            bargain.keeping_payoffs(
                p, appetite=p.appetite_insider, big=at["big"], relief=p.relief_small, snapback=at["snapback"],
                adopted=at["ladder"], revenue=at["revenue"],
            ),
            strict=True,
        )
    )  # fmt: skip
    answers = ("low forgiven", "low snapped", "low abandoned")
    usa = np.exp([float(table[a][1]) for a in answers])
    usa /= usa.sum()
    seen = float(usa @ [float(table[a][0]) for a in answers])
    detected = p.detection * (1.0 - p.detection_hidden * p.hidden_share)
    breach = detected * seen + (1.0 - detected) * float(table["low unseen"][0])
    share = 1.0 / (1.0 + np.exp(-(breach - float(table["low kept"][0]))))
    assert found == pytest.approx(np.log(share * detected * usa[2]), abs=1e-4)


def test_an_episode_told_in_two_ways_weighs_as_their_mixture() -> None:
    e = next(e for e in load_episodes(case()) if e.id == "2019-hanoi")
    draws = case().parameters.draw(5, 2)
    ways = [type(e)(**{**vars(e), "codings": ((1.0, ends),)}) for _, ends in e.codings]
    alone = np.exp(likelihood(case(), ways)(draws))
    mixed = np.exp(likelihood(case(), [e])(draws))[:, 0]
    np.testing.assert_allclose(mixed, alone @ [w for w, _ in e.codings], rtol=1e-4)


def test_weights_with_which_decisions_were_made_are_likelier_than_others() -> None:
    """Sixty simulated decisions of each kind, from known weights, against draws of the prior."""
    rng = np.random.default_rng(4)
    parameters = case().parameters
    truth = parameters.draw(1, 8)
    p = parameters.bundle(*map(float, truth[0]))
    simulated = []
    for template in (e for e in load_episodes(case()) if e.id in ("1994-geneva", "2019-hanoi", "2012-end")):
        at = {k: 0.5 * (low + high) for k, (low, high) in template.features.items()}
        names, chances = bargain.endings(template.game, p, at)
        counts = rng.multinomial(60, np.asarray(chances, float) / np.asarray(chances, float).sum())
        for ending in dict.fromkeys(n.removeprefix("low ").removeprefix("high ") for n in names):
            n = sum(int(c) for name, c in zip(names, counts, strict=True) if name.endswith(ending))
            if n:
                simulated.append(
                    type(template)(**{
                        **vars(template), "features": {k: (x, x) for k, x in at.items()},
                        "codings": ((1.0, (ending,)),), "count": n,
                    })
                )  # fmt: skip
    weigh = likelihood(case(), simulated)
    here, others = weigh(truth).sum(axis=1)[0], weigh(parameters.draw(2000, 1)).sum(axis=1)
    assert np.mean(others >= here) < 0.005
    assert here - np.median(others) > 20.0


def test_the_page_of_the_bargain_is_what_the_shipped_draws_say() -> None:
    assert (DOCS / "bargain.md").read_text(encoding="utf-8") == page(learned(case())), (
        "run: keisei case episodes --docs docs/bargain.md"
    )
