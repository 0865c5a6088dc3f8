"""Coded episodes: decisions in the games of a law, which weigh its payoffs where no row of the filter does.

``episodes.yaml`` of a case names for each decision the game, what it ended in, and the features that the law's payoffs
need; ``model.py`` has ``episode(game, params, features) → (names of terminals, probabilities)``, the law's own
equilibrium. The likelihood of an episode is Σ_c w_c P(ending c), averaged over the ranges of its features; codings c
with weights w_c keep apart what accounts tell differently.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from keisei import months
from keisei.cases.load import Case
from keisei.cases.own_code import function
from keisei.errors import InputError
from keisei.evidence.tables import Item, complaint, read_yaml

FILE = "episodes.yaml"
_FEATURES = ("ladder", "warheads", "status", "revenue", "outsider", "big", "snapback")
_FIELDS = ("id", "date", "game", "ends", "count", *_FEATURES, "sources", "checked", "note")


@dataclass(frozen=True)
class Episode:
    """One decision, or some like it in a row.

    Attributes:
        id, note: name, and what was coded and why. month: of the decision. game: of the law.
        codings: (weight, endings of terminal names), the weights add up to 1.
        features: name → (low, high). count: how many such decisions.
        sources: ids.
    """

    id: str
    month: int
    game: str
    codings: tuple[tuple[float, tuple[str, ...]], ...]
    features: dict[str, tuple[float, float]]
    count: int
    sources: tuple[str, ...]
    note: str


def load_episodes(case: Case) -> tuple[Episode, ...]:
    """The episodes of a case; none where it has no such file.

    Raises:
        InputError: the file is wrong, with its line and the mend.
    """
    path = case.folder / FILE
    if not path.is_file():
        return ()
    out: dict[str, Episode] = {}
    for item in read_yaml(path, _FIELDS):
        name = str(item.cells.get("id") or "?")

        def wrong(key: str, message: str, mend: str, item: Item = item, name: str = name) -> InputError:
            line = item.lines.get(key, item.line)
            return complaint(f"episode {name}: {message}", file=path, line=line, mend=mend)

        for key in ("id", "date", "game", "ends", "sources", "checked", "note"):
            if not item.cells.get(key):
                raise wrong(key, f"it has no {key}", "add it")
        for source in item.cells["sources"]:
            if source not in case.evidence.sources:
                raise wrong("sources", f"the source '{source}' is not in sources.yaml", "add it there")
        if item.cells["checked"] not in ("opened", "document"):
            raise wrong("checked", f"'{item.cells['checked']}' does not weigh", "open the source, or leave it out")
        if name in out:
            raise wrong("id", "it stands twice", "rename one")
        try:
            month = months.parse(item.cells["date"])
        except InputError as error:
            raise wrong("date", error.message, error.mend or "write YYYY-MM") from None
        features = {
            key: _range(item.cells[key], lambda m, k=key: wrong(k, m, "write 0.5 or 0..1"))  # type: ignore[misc]
            for key in _FEATURES
            if item.cells.get(key) is not None
        }
        count = str(item.cells.get("count") or "1")
        if not count.isdigit() or int(count) < 1:
            raise wrong("count", f"'{count}' is no count", "write a whole number from 1 on")
        codings = tuple(
            _coding(text, lambda m: wrong("ends", m, 'write "0.5: small refused"')) for text in item.cells["ends"]
        )
        if abs(sum(w for w, _ in codings) - 1.0) > 1e-6:
            raise wrong("ends", "the weights do not add up to 1", "mend the weights")
        out[name] = Episode(
            name, month, item.cells["game"], codings, features, int(count), tuple(item.cells["sources"]),
            item.cells["note"],
        )  # fmt: skip
    return tuple(out.values())


def _range(text: str, wrong: Callable[[str], InputError]) -> tuple[float, float]:
    low, _, high = text.partition("..")
    try:
        found = float(low), float(high or low)
    except ValueError:
        raise wrong(f"'{text}' is neither a number nor a range") from None
    if not (np.isfinite(found).all() and found[0] <= found[1]):
        raise wrong(f"'{text}' does not rise")
    return found


def _coding(text: str, wrong: Callable[[str], InputError]) -> tuple[float, tuple[str, ...]]:
    weight, _, ends = text.partition(":")
    try:
        share = float(weight)
    except ValueError:
        raise wrong(f"'{text}' has no weight") from None
    endings = tuple(e.strip() for e in ends.replace(" or ", ",").split(",") if e.strip())
    if not endings or not 0.0 < share <= 1.0:
        raise wrong(f"'{text}' names no ending, or its weight is not in (0, 1]")
    return share, endings


def likelihood(case: Case, episodes: Sequence[Episode]) -> Callable[[np.ndarray], np.ndarray]:
    """Log-likelihood of the episodes as a function of parameter draws: [draws, parameters] → [draws, episodes].

    Raises:
        InputError: an ending that no terminal of the game has, an unknown game, or a feature that it lacks.
    """
    import jax

    compiled = jax.jit(jax.vmap(density(case, episodes)))
    return lambda draws: np.asarray(compiled(np.asarray(draws, np.float32)), np.float64)


def density(case: Case, episodes: Sequence[Episode]) -> Callable[[Any], Any]:
    """The same for one draw, in JAX: a sequence of parameters → [episodes].

    Features with a range are averaged over its ends and middle (Simpson's weights), all of them together. Each game is
    compiled once, whatever the number of its episodes.

    Raises:
        InputError: as `likelihood`.
    """
    import jax
    import jax.numpy as jnp

    law = law_of(case)
    tables = [_table(case, law, game, episodes) for game in dict.fromkeys(e.game for e in episodes)]
    count = jnp.asarray([e.count for e in episodes], jnp.float32)

    def joint(values: Any) -> Any:
        params = case.parameters.bundle(*values)
        chance = jnp.zeros(len(episodes))
        for t in tables:
            ends = jax.vmap(lambda at, game=t.game: law(game, params, at)[1])(t.features)
            chance = chance.at[t.episode].add(t.weight * (ends * t.ends).sum(axis=1))
        return count * jnp.log(jnp.maximum(chance, 1e-30))

    return joint


def law_of(case: Case) -> Callable[..., Any]:
    """``episode`` of the case's model.

    Raises:
        InputError: there is none.
    """
    law = function(case.folder, "model", "episode", needed=False)
    if law is None:
        mend = "write it, or remove the episodes"
        raise InputError(f"{FILE} needs episode(game, params, features)", file=case.folder / "model.py", mend=mend)
    return law


@dataclass(frozen=True)
class _Table:
    """All points at which a game is solved: [points] features, episode and weight, [points, terminals] what counts."""

    game: str
    features: dict[str, np.ndarray]
    episode: np.ndarray
    weight: np.ndarray
    ends: np.ndarray


def _table(case: Case, law: Callable[..., Any], game: str, episodes: Sequence[Episode]) -> _Table:
    """The points of one game's episodes."""
    rows = []
    for number, e in enumerate(episodes):
        if e.game == game:
            ends = _ends(case, law, e)
            rows += [(number, at, weight, ends) for at, weight in points(e)]
    return _Table(
        game,
        {key: np.array([at[key] for _, at, _, _ in rows], np.float32) for key in rows[0][1]},
        np.array([number for number, _, _, _ in rows]),
        np.array([weight for _, _, weight, _ in rows], np.float32),
        np.stack([ends for _, _, _, ends in rows]),
    )


def points(e: Episode) -> list[tuple[dict[str, float], float]]:
    """(features, weight) at which an episode is solved; the weights add up to 1."""
    spread = {
        key: [(low, 1.0)] if low == high else [(low, 1 / 6), (0.5 * (low + high), 4 / 6), (high, 1 / 6)]
        for key, (low, high) in e.features.items()
    }
    return [
        ({key: value for key, (value, _) in zip(spread, at, strict=True)}, float(np.prod([w for _, w in at])))
        for at in product(*spread.values())
    ]


def _ends(case: Case, law: Callable[..., Any], e: Episode) -> np.ndarray:
    """[terminals] the weight with which an end of the game is what the episode is coded as."""

    def wrong(message: str, mend: str) -> InputError:
        return complaint(f"episode {e.id}: {message}", file=case.folder / FILE, mend=mend)

    means = case.parameters.bundle(*map(float, case.parameters.means()[0]))
    try:
        names, _ = law(e.game, means, points(e)[0][0])
    except KeyError as error:
        raise wrong(f"the game or the feature {error} is not there", "see the head of the file") from None
    total = np.zeros(len(names), np.float32)
    for share, endings in e.codings:
        hit = np.array([[name == end or name.endswith(f" {end}") for name in names] for end in endings])
        if not hit.any(axis=1).all():
            lost = endings[int(np.flatnonzero(~hit.any(axis=1))[0])]
            raise wrong(f"the game {e.game} has no ending '{lost}'", f"use one of {', '.join(sorted(set(names)))}")
        total += share * hit.any(axis=0)
    return total
