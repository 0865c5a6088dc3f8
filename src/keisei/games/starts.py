"""Starting values by statistical backward induction (Bas, Signorino & Walker 2008): last movers first, each choice
by itself, with what is known of later choices in place of expectations."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, log_expit, log_ndtr, ndtr

from keisei.games.game import CHANCE
from keisei.games.likelihood import GameLaw
from keisei.games.maximum import Likelihood
from keisei.games.plan import plan
from keisei.games.values import chance_probabilities


def backward_induction(law: GameLaw, likelihood: Likelihood) -> np.ndarray:
    """Coefficients to start from; those that no observed choice speaks of are 0."""
    game, rows = law.game, likelihood.rows
    outcome = likelihood.data["outcome"]
    theta = np.zeros(likelihood.size)
    settled = np.zeros(likelihood.size, dtype=bool)
    designs = [e.design.matrix for e in likelihood.equations]
    offsets = [np.broadcast_to(e.offset, (rows,)) for e in likelihood.equations]
    own = game.payoffs()
    paths = [dict(game.paths[node]) for node in game.terminals]
    taken = {
        i: [np.isin(outcome, [o for o, g in enumerate(law.outcomes) if all(paths[t].get(i) == a for t in g)])
            for a in range(len(s.actions))]
        for i, s in enumerate(game.infosets) if s.player != CHANCE
    }  # fmt: skip
    shares = {i: [np.full(rows, p) for p in row] for i, row in chance_probabilities(game).items()}
    for i, masks in taken.items():
        counts = np.array([m.sum() for m in masks]) + 0.5
        shares[i] = [np.full(rows, c / counts.sum()) for c in counts]
    weights = plan(game).weights
    for i in [s for block in plan(game).blocks for s in block.sets]:
        player = game.infosets[i].player
        belief = [np.prod([shares[s][a] for s, a in path] or [np.ones(rows)], axis=0) for path in weights[i]]
        total = np.sum(belief, axis=0)
        matrices, known = [], []
        for a in range(len(game.infosets[i].actions)):
            matrix, fixed = np.zeros((rows, likelihood.size)), np.zeros(rows)
            for node, b in zip(game.members[i], belief, strict=True):
                depth = len(game.paths[node])
                for t, end in enumerate(game.terminals):
                    if game.paths[end][: depth + 1] != (*game.paths[node], (i, a)):
                        continue
                    reach = b / total
                    for s, step in game.paths[end][depth + 1 :]:
                        reach = reach * shares[s][step]
                    fixed += reach * own[t, player]
                    for c in law.cells:
                        if c.terminal == t and c.player == player:
                            place = likelihood.places[c.equation]
                            matrix[:, place] += (c.weight * reach)[:, None] * designs[c.equation]
                            fixed += c.weight * reach * offsets[c.equation]
            matrices.append(matrix)
            known.append(fixed)
        masks = taken[i]
        seen = np.any(masks, axis=0)
        free = ~settled & np.any([np.any(m != 0, axis=0) for m in matrices], axis=0)
        relative = [m - matrices[0] for m in matrices]
        shift = [k - known[0] + m @ theta for k, m in zip(known, relative, strict=True)]
        if seen.any() and free.any():
            choice = np.argmax(np.stack(masks), axis=0)
            theta[free] = _choice_fit(
                [m[seen][:, free] / 2**0.5 for m in relative], [s[seen] / 2**0.5 for s in shift], choice[seen], law.link
            )
            settled |= free
        worth = [k - known[0] + m @ theta for k, m in zip(known, relative, strict=True)]
        if len(worth) == 2:
            up = (ndtr if law.link == "probit" else expit)(worth[1] / 2**0.5)
            shares[i] = [1 - up, up]
        else:
            powers = np.exp(np.stack(worth) / 2**0.5 - np.max(worth, axis=0) / 2**0.5)
            shares[i] = list(powers / powers.sum(axis=0))
    return theta


def _choice_fit(
    matrices: list[np.ndarray], shift: list[np.ndarray], choice: np.ndarray, link: str, steps: int = 40
) -> np.ndarray:
    """Conditional logit or binary probit by Fisher scoring, gently held to 0 so that separation does no harm."""
    size = matrices[0].shape[1]
    theta = np.zeros(size)
    held = 1e-4 * np.eye(size)
    rows = np.arange(len(choice))

    def value(at: np.ndarray) -> float:
        worth = np.stack([m @ at + s for m, s in zip(matrices, shift, strict=True)])
        if len(matrices) == 2:
            sign = np.where(choice == 1, 1.0, -1.0) * (worth[1] - worth[0])
            rows_value = log_ndtr(sign) if link == "probit" else log_expit(sign)
        else:
            rows_value = worth[choice, rows] - np.logaddexp.reduce(worth, axis=0)
        return float(rows_value.sum() - 0.5 * at @ held @ at)

    now = value(theta)
    for _ in range(steps):
        worth = np.stack([m @ theta + s for m, s in zip(matrices, shift, strict=True)])
        if len(matrices) == 2 and link == "probit":
            x, z = matrices[1] - matrices[0], worth[1] - worth[0]
            density = np.exp(-(z**2) / 2) / (2 * np.pi) ** 0.5
            p = np.clip(ndtr(z), 1e-12, 1 - 1e-12)
            slope = x.T @ (density * (choice - p) / (p * (1 - p)))
            curve = x.T @ ((density**2 / (p * (1 - p)))[:, None] * x)
        else:
            p = np.exp(worth - np.logaddexp.reduce(worth, axis=0))
            mean = np.sum([q[:, None] * m for q, m in zip(p, matrices, strict=True)], axis=0)
            picked = np.stack(matrices)[choice, rows]
            slope = (picked - mean).sum(axis=0)
            curve = np.sum([(m - mean).T @ (q[:, None] * (m - mean)) for q, m in zip(p, matrices, strict=True)], axis=0)
        move = np.linalg.lstsq(curve + held, slope - held @ theta, rcond=None)[0]
        length = 1.0
        while length > 1e-4 and not value(theta + length * move) > now:
            length /= 2
        if length <= 1e-4:
            break
        theta = theta + length * move
        now = value(theta)
        if np.abs(length * move).max() < 1e-8:
            break
    return theta
