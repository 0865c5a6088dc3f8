"""Quantal response inside a simulation: branch-free, vmappable, differentiable, cheap in 32 bits.

The same equilibria as `equilibrium.solve` finds, by a fixed number of steps: precision grows from 0 in equal
parts, with one Newton step on the cut's log-odds at each, then stays for the last steps. What that leaves over is
returned as a residual, never hidden: a branch that turns back on its way (rare at moderate precision) shows as a
large one, and `solve_batch` hands such games to the arclength method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from keisei.errors import InputError
from keisei.games.game import CHANCE, Game
from keisei.games.plan import plan
from keisei.games.values import Probabilities, chance_probabilities, residuals

POLISH = 2


def _choice(odds: Sequence[Any], link: str = "logit") -> tuple[Any, ...]:
    import jax
    import jax.numpy as jnp

    if len(odds) == 0:
        return (1.0,)
    if link == "probit":
        return (jax.scipy.special.ndtr(-odds[0]), jax.scipy.special.ndtr(odds[0]))
    if len(odds) == 1:
        # both from the log-odds: the difference 1 − p would lose a small p
        return (jax.lax.logistic(-odds[0]), jax.lax.logistic(odds[0]))
    odds = jnp.broadcast_arrays(*odds)
    # no derivative through the shift: it cancels, and a maximum that is recomputed may tie with nothing
    top = jax.lax.stop_gradient(jnp.maximum(0.0, jnp.stack(odds).max(axis=0)))
    powers = [jnp.exp(-top), *(jnp.exp(z - top) for z in odds)]
    total = sum(powers)
    return tuple(p / total for p in powers)


def _linear_solve(matrix: list[list[Any]], right: list[Any]) -> list[Any]:
    """Gauss elimination written out, one array an entry; for the few unknowns that a block has."""
    import jax.numpy as jnp

    size = len(right)
    m = [[*row, b] for row, b in zip(matrix, right, strict=True)]
    for k in range(size):
        pivot = jnp.where(jnp.abs(m[k][k]) < 1e-6, 1e-6, m[k][k])
        m[k] = [x / pivot for x in m[k]]
        for i in range(size):
            if i != k:
                m[i] = [x - m[i][k] * y for x, y in zip(m[i], m[k], strict=True)]
    return [m[i][size] for i in range(size)]


def _response(
    game: Game,
    payoffs: Sequence[Sequence[Any]],
    precision: Any,
    iterations: int,
    chance: Mapping[int, Sequence[Any]] | None,
    link: str,
    polish: int,
) -> tuple[Probabilities, Any]:
    """`quantal_response` on payoffs kept as [terminal][player] arrays."""
    import jax
    import jax.numpy as jnp

    layout = plan(game)
    given = [p for row in (chance or {}).values() for p in row]
    batch = jnp.broadcast_shapes(*(jnp.shape(u) for row in payoffs for u in [*row, precision, *given]))
    dtype = jnp.result_type(float, *(u for row in payoffs for u in row))
    # measured from the first terminal node: a common constant would cost digits in 32 bits
    centred = [[u - first for u, first in zip(row, payoffs[0], strict=True)] for row in payoffs]
    scaled = [[u * precision for u in row] for row in centred]
    choice = partial(_choice, link=link)
    outer = chance_probabilities(game, chance)
    cuts = [i for b in layout.blocks for i in b.cut]
    sizes = {i: len(game.infosets[i].actions) - 1 for i in cuts}
    owner = {i: [i] * sizes[i] for i in cuts}
    start: dict[int, int] = {}
    for i in cuts:
        start[i] = sum(sizes[j] for j in start)

    def evaluate(
        z: Sequence[Any], table: Sequence[Sequence[Any]], known: Probabilities, blocks: Sequence[int]
    ) -> list[Any]:
        return residuals(game, layout, table, choice, lambda i: list(z[start[i] : start[i] + sizes[i]]), known, blocks)

    def newton(z: tuple[Any, ...], table: Sequence[Sequence[Any]], step_limit: float | None) -> tuple[Any, ...]:
        """One Newton step on every block in turn; blocks below are already at their new point's probabilities."""
        known = dict(outer)
        new = list(z)
        for position, block in enumerate(layout.blocks):
            unknown = [k for i in block.cut for k in range(start[i], start[i] + len(owner[i]))]
            if not unknown:
                evaluate(new, table, known, [position])
                continue

            def at(
                part: tuple[Any, ...], position: int = position, unknown: list[int] = unknown
            ) -> tuple[tuple[Any, ...], Probabilities]:
                full = list(z)
                for k, x in zip(unknown, part, strict=True):
                    full[k] = x
                inner = dict(known)
                found = evaluate(full, table, inner, [position])
                return tuple(found), {s: inner[s] for s in layout.blocks[position].sets}

            part = tuple(z[k] for k in unknown)
            value, push, inner = jax.linearize(at, part, has_aux=True)
            unit = [
                push(tuple(jnp.ones_like(x) if i == j else jnp.zeros_like(x) for j, x in enumerate(part)))
                for i in range(len(part))
            ]
            jacobian = [[unit[j][i] for j in range(len(part))] for i in range(len(part))]
            move = _linear_solve(jacobian, list(value))
            for k, x, d in zip(unknown, part, move, strict=True):
                new[k] = x - (d if step_limit is None else jnp.clip(d, -step_limit, step_limit))
            known.update(inner)
        return tuple(new)

    z: tuple[Any, ...] = tuple(jnp.zeros(batch, dtype) for _ in range(sum(sizes.values())))
    if z:
        climb = max(iterations - polish, 1)
        shares = jnp.minimum(jnp.arange(1, climb + 1) / max(climb - 2, 1), 1.0).astype(dtype)

        def body(k: Any, carry: tuple[Any, ...]) -> tuple[Any, ...]:
            # log-odds are λ times a difference that changes slowly, so they grow with λ
            grow = shares[k] / jnp.where(k == 0, shares[0], shares[jnp.maximum(k - 1, 0)])
            table = [[u * shares[k] for u in row] for row in scaled]
            return newton(tuple(x * grow for x in carry), table, 4.0)

        z = jax.lax.stop_gradient(jax.lax.fori_loop(0, climb, body, z))
        # Newton steps converge quadratically, so each doubles the order to which derivatives are exact:
        # after two of them gradient and Hessian are those of the implicit function
        for _ in range(polish):
            z = newton(z, scaled, None)
    known = dict(outer)
    off = evaluate(z, scaled, known, range(len(layout.blocks)))
    residual: Any = jnp.zeros(batch, dtype)
    for i in cuts:
        here = slice(start[i], start[i] + sizes[i])
        answer = choice([x - r for x, r in zip(z[here], off[here], strict=True)])
        for p, q in zip(known[i], answer, strict=True):
            residual = jnp.maximum(residual, jnp.abs(p - q) / q)
    return known, jnp.where(jnp.isnan(residual), jnp.inf, residual)


def quantal_response(
    game: Game,
    payoffs: Any,
    precision: Any = 1.0,
    *,
    iterations: int = 12,
    chance: Mapping[int, Any] | None = None,
    link: str = "logit",
    polish: int = POLISH,
) -> tuple[tuple[Any, ...], Any]:
    """Agent quantal-response probabilities, for use inside compiled code.

    Args:
        game: the tree, static.
        payoffs: array [..., terminal, player]; its type (32 or 64 bits) is the type of the answer.
        precision: λ, a number or an array [...].
        iterations: Newton steps for games without perfect information; more for λ · payoff beyond about 20.
            Games of perfect information take one backward pass.
        chance: index of a chance set in `game.infosets` → array [..., action] replacing its probabilities.
        link: logit shocks on actions, or "probit" (two actions a set; precision is then one over the standard
            deviation of the difference of two shocks).
        polish: how many of the steps are differentiable: 2 give exact gradients and Hessians, 1 gradients.

    Returns:
        For each set of `game.infosets` (chance included) an array [..., action], and the residual [...]: the largest
        |p − response to p| relative to the response. At 32 bits a solved game shows about 1e-6.

    Raises:
        InputError: payoffs of another shape than the game's; probit with more than two actions.
    """
    import jax.numpy as jnp

    payoffs = jnp.asarray(payoffs)
    shape = (len(game.terminals), len(game.players))
    if payoffs.shape[-2:] != shape:
        raise InputError(f"payoffs must end in [terminal, player] = {shape}, not {payoffs.shape}")
    if link == "probit" and any(len(s.actions) > 2 for s in game.infosets if s.player != CHANCE):
        raise InputError("probit choice needs two actions at every information set", mend="use link logit")
    table = [[payoffs[..., t, p] for p in range(shape[1])] for t in range(shape[0])]
    split = {
        k: [jnp.asarray(v)[..., a] for a in range(len(game.infosets[k].actions))] for k, v in (chance or {}).items()
    }
    known, residual = _response(game, table, precision, iterations, split, link, polish)
    batch = residual.shape
    dtype = residual.dtype
    stacked = tuple(
        jnp.stack([jnp.broadcast_to(jnp.asarray(p, dtype), batch) for p in known[i]], axis=-1)
        for i in range(len(game.infosets))
    )
    return stacked, residual


def solve_batch(
    game: Game,
    payoffs: np.ndarray,
    precision: float = 1.0,
    *,
    iterations: int = 12,
    block: int = 8192,
    tolerance: float = 1e-5,
) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
    """Many games of one tree at once; what the fast method leaves is solved by the arclength method.

    Args:
        game: the tree.
        payoffs: [game, terminal, player].
        precision: λ for all.
        iterations: steps of the fast method.
        block: how many games go through the fast method together (they should fit the cache).
        tolerance: largest relative residual of the fast method's answers.

    Returns:
        For each information set an array [game, action], and the residuals [game].

    Raises:
        NotConverged: when a game is not solved by either method.
    """
    from keisei.games.equilibrium import solve

    table = np.asarray(payoffs)
    count = len(table)
    padded = -(-max(count, 1) // block) * block
    if padded > count:
        table = np.concatenate([table, np.zeros((padded - count, *table.shape[1:]), table.dtype)])
    shares, residual = _compiled(game, iterations)(table.reshape(-1, block, *table.shape[1:]), precision)
    found = [np.asarray(p).reshape(padded, -1)[:count] for p in shares]
    left = np.array(residual).reshape(-1)[:count]
    bad = np.flatnonzero(~(left <= tolerance))
    if len(bad):
        found = [np.array(p) for p in found]
    for index in bad:
        answer = solve(game, precision, payoffs=table[index].astype(float))
        for p, q in zip(found, answer.probabilities, strict=True):
            p[index] = q
        left[index] = answer.residual
    return tuple(found), left


_CACHE: dict[tuple[Game, int], Any] = {}


def _compiled(game: Game, iterations: int) -> Any:
    """[block, n, terminal, player] → probabilities [block, n, action] and residuals [block, n], compiled once."""
    import jax
    import jax.numpy as jnp

    key = (game, iterations)
    if key not in _CACHE:

        def one(table: Any, precision: Any) -> tuple[tuple[Any, ...], Any]:
            # neighbours in memory must be games, as vector instructions want
            flat = table.reshape(table.shape[0], -1).T
            players = table.shape[2]
            rows = [[flat[t * players + p] for p in range(players)] for t in range(table.shape[1])]
            known, residual = _response(game, rows, precision, iterations, None, "logit", 1)
            shape = residual.shape
            stacked = tuple(
                jnp.stack([jnp.broadcast_to(jnp.asarray(p, table.dtype), shape) for p in known[i]]).T
                for i in range(len(game.infosets))
            )
            return stacked, residual

        _CACHE[key] = jax.jit(lambda tables, precision: jax.lax.map(lambda t: one(t, precision), tables))
    return _CACHE[key]
