"""Nash-in-Nash: every link's bundle is the Nash bargain given all the others' (Horn & Wolinsky 1988;
Collard-Wexler, Gowrisankaran & Lee 2019 give its foundation in alternating offers).

The fixed point is sought by rounds: one link after the other bargains anew on what the others have settled. There may
be several fixed points, and rounds may fail to settle; both are reported. Derivatives pass through the rounds and
converge with them (Gilbert 1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from keisei.exchange.bargain import solve_link
from keisei.exchange.network import Bundle, Network, Terms, check


class Report(NamedTuple):
    """How the rounds ended.

    Attributes:
        residual: the largest change that the last round asked for, as a share of the amount (at least 1e-6 of cap).
        converged: residual ≤ tolerance.
        iterations: rounds after which it had fallen to the tolerance; all of them if it never did.
    """

    residual: Any
    converged: Any
    iterations: Any


def _round(network: Network, terms: Terms, bundle: Bundle, damping: float, steps: int) -> tuple[Bundle, Any]:
    """One round of bargains and the largest relative change it asked for."""
    change: Any = 0.0
    for link in range(len(network.links)):
        places = [n for n, f in enumerate(network.flows) if f.link == link]
        amounts, _ = solve_link(network, terms, link, bundle, steps=steps)
        settled = list(bundle)
        for n, new in zip(places, amounts, strict=True):
            old = bundle[n]
            size = jnp.maximum(jnp.maximum(jnp.abs(old), jnp.abs(new)), 1e-6 * jnp.asarray(terms.cap[n], dtype=float))
            moved = jnp.abs(new - old)
            change = jnp.maximum(change, moved / jnp.where(size > 0.0, size, 1.0))
            settled[n] = old + damping * (new - old)
        bundle = tuple(settled)
    return bundle, lax.stop_gradient(change)


def solve_network(
    network: Network,
    terms: Terms,
    start: Sequence[Any] | None = None,
    *,
    rounds: int = 16,
    damping: float = 1.0,
    steps: int = 12,
    tolerance: float = 1e-4,
) -> tuple[Bundle, Report]:
    """Bundles of all links at a Nash-in-Nash fixed point.

    Pure and branch-free with fixed counts: written for one member, to be vmapped. A warm ``start`` (last month's
    bundle) lets a few rounds suffice; without one all flows start at zero.

    Args:
        rounds: how many times every link bargains.
        damping: share of each change that is taken; below 1 for networks whose rounds cycle.
        steps: root-search steps in each bargain.
        tolerance: largest relative change that counts as converged.

    Raises:
        InputError: terms do not fit the network.
    """
    check(network, terms)
    given = (0.0,) * len(network.flows) if start is None else start
    begin = tuple(lax.stop_gradient(jnp.asarray(x, dtype=float)) for x in given)

    def body(_: Any, carry: tuple[Bundle, Any, Any]) -> tuple[Bundle, Any, Any]:
        bundle, _, used = carry
        bundle, change = _round(network, terms, bundle, damping, steps)
        return bundle, change, used + (change > tolerance)

    first = (begin, jnp.asarray(jnp.inf), jnp.asarray(0))
    bundle, residual, used = lax.fori_loop(0, rounds, body, first)
    return bundle, Report(residual, residual <= tolerance, jnp.minimum(used + 1, rounds))


@dataclass(frozen=True)
class FixedPoint:
    """A fixed point found from some starts.

    Attributes:
        bundle: one amount a flow.
        residual: largest change that one more round asks for, relative.
        reached: share of the starts from which rounds settle here; 0 if only Newton's method finds it.
    """

    bundle: tuple[float, ...]
    residual: float
    reached: float


def fixed_points(
    network: Network,
    terms: Terms,
    *,
    starts: int = 64,
    seed: int = 0,
    rounds: int = 200,
    damping: float = 0.7,
    tolerance: float = 1e-6,
) -> tuple[FixedPoint, ...]:
    """Distinct fixed points from random starts in the box of caps, the most often reached first; in float64.

    Rounds find the fixed points that attract; from the same starts Newton's method (SciPy's hybrid Powell) also finds
    those that repel. One point more than the first means that the outcome hangs on history: say so. The search is not
    a proof that there are no others.
    """
    from scipy.optimize import root

    check(network, terms)
    caps = np.asarray([float(c) for c in terms.cap])
    draws = np.random.default_rng(seed).uniform(size=(starts, len(caps))) * caps
    draws[0] = 0.0
    draws[-1] = caps
    with jax.enable_x64(True):
        held = jax.tree.map(lambda leaf: jnp.asarray(leaf, dtype=float), terms)

        def settle(start: Any) -> Any:
            bundle, report = solve_network(
                network, held, tuple(start), rounds=rounds, damping=damping, steps=48, tolerance=tolerance
            )
            return jnp.stack(bundle), report.residual

        @jax.jit
        def again(x: Any) -> Any:
            # all links at once, so that the map has no favourite order
            new: list[Any] = []
            for link in range(len(network.links)):
                new.extend(solve_link(network, held, link, tuple(x), steps=48)[0])
            return jnp.stack(new)

        settled, residuals = (np.asarray(a) for a in jax.jit(jax.vmap(settle))(jnp.asarray(draws)))
        scale = np.where(caps > 0.0, np.minimum(caps, np.maximum(np.abs(settled).max(axis=0), 1e-6 * caps)), 1.0)
        found: list[tuple[np.ndarray, float, int]] = []
        for x, residual in zip(settled, residuals, strict=True):
            if residual <= tolerance:
                _add(found, x, float(residual), 1, scale)
        for start in draws[: min(starts, 16)]:
            solution = root(lambda x: np.asarray(again(jnp.asarray(np.clip(x, 0.0, caps)))) - x, start)
            x = np.clip(solution.x, 0.0, caps)
            residual = float(np.max(np.abs(np.asarray(again(jnp.asarray(x))) - x) / scale))
            if residual <= tolerance:
                _add(found, x, residual, 0, scale)
    found.sort(key=lambda point: -point[2])
    return tuple(FixedPoint(tuple(float(v) for v in x), residual, count / starts) for x, residual, count in found)


def _add(found: list[tuple[np.ndarray, float, int]], x: np.ndarray, residual: float, count: int, scale: Any) -> None:
    for n, (known, best, seen) in enumerate(found):
        if np.max(np.abs(known - x) / scale) < 1e-3:
            found[n] = (known, min(best, residual), seen + count)
            return
    found.append((x, residual, count))
