"""One link: the asymmetric Nash bargain over a bundle, given all other links.

With the others' flows fixed, party k of the link gains G_k(x) = Σ_f (a_kf x_f − ½ b_kf x_f²) − δ_k, where a is the
marginal worth of the first unit at the totals that the other links leave, signed by who gives, and δ what no deal is
worth beyond the zero bundle. The bargain maximises G_i^β G_j^(1−β) over 0 ≤ x ≤ cap with both gains ≥ 0 (Nash 1950;
Kalai 1977 for β). Its solution is Pareto, hence for some weight w

    x_f(w) = clip((w a_if + (1−w) a_jf) / (w b_if + (1−w) b_jf), 0, cap_f),

and w is the one root of  h(w) = w (1−β) G_i(w) − (1−w) β G_j(w):  wherever both gains are positive h rises, below that
interval it is negative and above it positive, so a bracket never loses the root. No gain for both: x = 0.

A linear good (cash) makes x_f jump from one bound to the other at w_f = a_jf / (a_jf − a_if), where any amount is
Pareto (transferable utility). If h changes sign there, w = w_f and the amount solves the split condition h = 0, which
is linear in it: exact, no limit is taken.

The search itself is not differentiated: the root's derivative is the implicit function theorem's; in the linear case
w_f and the split condition carry it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import lax

from keisei.exchange.network import Network, Terms, check, curvature, totals, watches


class Deal(NamedTuple):
    """How a link's bargain came out.

    Attributes:
        weight: w of the first party at the solution.
        gain_first, gain_second: G_i, G_j over no deal (USD); zero where there is none.
        agreed: whether both gain enough to deal.
    """

    weight: Any
    gain_first: Any
    gain_second: Any
    agreed: Any


class _Side(NamedTuple):
    """Marginal worth and curvature of the link's flows for one of its parties, and its worth of no deal."""

    a: tuple[Any, ...]
    b: tuple[Any, ...]
    outside: Any

    def gain(self, x: Sequence[Any]) -> Any:
        g = -self.outside
        for a, b, amount in zip(self.a, self.b, x, strict=True):
            g = g + a * amount - 0.5 * b * amount * amount
        return g


class _Problem(NamedTuple):
    """A link's bargain with everything outside the link folded in."""

    first: _Side
    second: _Side
    cap: tuple[Any, ...]
    power: Any


def _problem(network: Network, terms: Terms, link: int, bundle: Any) -> _Problem:
    others = totals(network, bundle, without_link=link)
    flows = [(n, f) for n, f in enumerate(network.flows) if f.link == link]

    def side(name: str, outside: Any) -> _Side:
        k = network.parties.index(name)
        watched = watches(network, terms, k)
        a_all, b_all = [], []
        for _, f in flows:
            own = [(k, f.good, terms.value[k][f.good], curvature(network, terms, k, f.good))]
            a: Any = 0.0
            b: Any = 0.0
            for m, g, v, c in [*own, *watched]:
                if g == f.good and m in (f.giver, f.receiver):
                    a = a + (1.0 if m == f.receiver else -1.0) * (v - c * others[m][g])
                    b = b + c
            a_all.append(jnp.asarray(a, dtype=float))
            b_all.append(jnp.asarray(b, dtype=float))
        return _Side(tuple(a_all), tuple(b_all), jnp.asarray(outside, dtype=float))

    outside = terms.outside[link] if len(terms.outside) else (0.0, 0.0)
    here = network.links[link]
    return _Problem(
        side(here.first, outside[0]),
        side(here.second, outside[1]),
        tuple(jnp.asarray(terms.cap[n], dtype=float) for n, _ in flows),
        jnp.asarray(terms.power[link], dtype=float),
    )


def _amounts(p: _Problem, w: Any) -> list[Any]:
    """x_f(w) of every flow; a linear one stands at a bound, at zero on its own jump."""
    found = []
    for ai, bi, aj, bj, cap in zip(p.first.a, p.first.b, p.second.a, p.second.b, p.cap, strict=True):
        top = w * ai + (1.0 - w) * aj
        below = w * bi + (1.0 - w) * bj
        inside = (top > 0.0) & (top < cap * below)
        found.append(jnp.where(inside, top / jnp.where(inside, below, 1.0), jnp.where(top > 0.0, cap, 0.0)))
    return found


def _condition(p: _Problem, w: Any, x: Sequence[Any]) -> Any:
    """h = w (1−β) G_i − (1−w) β G_j."""
    return w * (1.0 - p.power) * p.first.gain(x) - (1.0 - w) * p.power * p.second.gain(x)


def _jump(p: _Problem, f: int) -> tuple[Any, Any]:
    """w at which a linear flow jumps, and whether it does (one side gains by it what the other loses)."""
    ai, aj = p.first.a[f], p.second.a[f]
    jumps = ai * aj < 0.0
    return jnp.where(jumps, aj / jnp.where(jumps, aj - ai, 1.0), 0.5), jumps


def _rate(p: _Problem, w: Any, f: int) -> Any:
    """dh/dx_f of a linear flow."""
    return w * (1.0 - p.power) * p.first.a[f] - (1.0 - w) * p.power * p.second.a[f]


@partial(jax.custom_jvp, nondiff_argnums=(1, 2, 3))
def _search(p: _Problem, linear: tuple[int, ...], pairs: tuple[tuple[int, ...], ...], steps: int) -> tuple[Any, ...]:
    """(w, active): the root of h, and for each linear flow 1 if the root is its jump, else 0."""
    lo, hi = jnp.zeros_like(p.power), jnp.ones_like(p.power)
    h_lo, h_hi = _condition(p, lo, _amounts(p, lo)), _condition(p, hi, _amounts(p, hi))
    taken: Any = False
    active = []
    for f, paired in zip(linear, pairs, strict=True):
        w, jumps = _jump(p, f)
        x = _amounts(p, w)
        for other in (f, *paired):
            x[other] = jnp.zeros_like(w)
        at_none = _condition(p, w, x)
        at_cap = at_none + _rate(p, w, f) * p.cap[f]
        before, after = jnp.minimum(at_none, at_cap), jnp.maximum(at_none, at_cap)
        here = jumps & (before <= 0.0) & (after >= 0.0) & ~jnp.asarray(taken)
        raise_lo = jumps & ((after < 0.0) | here) & (w >= lo)
        cut_hi = jumps & ((before > 0.0) | here) & (w <= hi)
        lo, h_lo = jnp.where(raise_lo, w, lo), jnp.where(raise_lo, after, h_lo)
        hi, h_hi = jnp.where(cut_hi, w, hi), jnp.where(cut_hi, before, h_hi)
        taken = here | taken
        active.append(jnp.where(here, jnp.ones_like(w), jnp.zeros_like(w)))

    def narrowed(n: Any, carry: tuple[Any, ...]) -> tuple[Any, ...]:
        """The bracket by what was found at w; the end that stays twice counts half (Illinois)."""
        lo, hi, h_lo, h_hi, side, w, h = carry
        low, high = (n > 0) & (h < 0.0), (n > 0) & ~(h < 0.0)
        return (
            jnp.where(low, w, lo),
            jnp.where(high, w, hi),
            jnp.where(low, h, jnp.where(high & (side > 0), 0.5 * h_lo, h_lo)),
            jnp.where(high, h, jnp.where(low & (side < 0), 0.5 * h_hi, h_hi)),
            jnp.where(low, -jnp.ones_like(w), jnp.where(high, jnp.ones_like(w), side)),
        )

    def step(n: Any, carry: tuple[Any, ...]) -> tuple[Any, ...]:
        # a secant inside the bracket, every third step a bisection, so that the bracket always shrinks; the bracket
        # is narrowed a step later, since h would be worked anew for each of its parts that used it here
        lo, hi, h_lo, h_hi, side = narrowed(n, carry)
        spread = h_hi - h_lo
        secant = lo - h_lo * (hi - lo) / jnp.where(spread > 0.0, spread, 1.0)
        middle = 0.5 * (lo + hi)
        w = jnp.where((spread > 0.0) & (n % 3 != 2) & (secant >= lo) & (secant <= hi), secant, middle)
        return lo, hi, h_lo, h_hi, side, w, _condition(p, w, _amounts(p, w))

    none = jnp.zeros_like(lo)
    lo, hi, h_lo, h_hi, _ = narrowed(steps, lax.fori_loop(0, steps, step, (lo, hi, h_lo, h_hi, none, lo, none)))
    spread = h_hi - h_lo
    share = jnp.where(spread > 0.0, -h_lo / jnp.where(spread > 0.0, spread, 1.0), 0.5)
    return lo + jnp.clip(share, 0.0, 1.0) * (hi - lo), tuple(active)


@_search.defjvp
def _search_jvp(linear: Any, pairs: Any, steps: int, primals: Any, tangents: Any) -> tuple[Any, Any]:
    """The implicit function theorem: dw = −dh / h_w at the root (where h is flat, nothing moves)."""
    (p,), (dp,) = primals, tangents
    w, active = _search(p, linear, pairs, steps)
    _, slope = jax.jvp(lambda at: _condition(p, at, _amounts(p, at)), (w,), (jnp.ones_like(w),))
    _, dh = jax.jvp(lambda q: _condition(q, w, _amounts(q, w)), (p,), (dp,))
    dw = jnp.where(slope > 0.0, -dh / jnp.where(slope > 0.0, slope, 1.0), 0.0)
    return (w, active), (dw, tuple(jnp.zeros_like(a) for a in active))


def solve_link(
    network: Network, terms: Terms, link: int, bundle: Any, *, steps: int = 12
) -> tuple[tuple[Any, ...], Deal]:
    """The Nash bargain of one link, the other links' flows taken from ``bundle``.

    Pure, branch-free, with a fixed count of ``steps``; scalars in, scalars out (``vmap`` it over members), in the
    floating-point type that JAX is set to. Derivatives of the amounts are exact wherever the solution is smooth.

    Returns:
        the link's amounts in the order of its flows, and the `Deal`.
    """
    check(network, terms)
    p = _problem(network, terms, link, bundle)
    goods = [(f.good, network.is_linear(f)) for f in network.flows if f.link == link]
    linear = tuple(f for f, (_, is_linear) in enumerate(goods) if is_linear)
    # the same linear good the other way: never both at once, or cash would run in a circle
    pairs = tuple(tuple(o for o in linear if o != f and goods[o][0] == goods[f][0]) for f in linear)

    w, masks = _search(p, linear, pairs, steps)
    active = [mask > 0.5 for mask in masks]
    bound = _amounts(p, lax.stop_gradient(w))
    for f, here in zip(linear, active, strict=True):
        w = jnp.where(here, _jump(p, f)[0], w)
    x = _amounts(p, w)
    for f in linear:
        x[f] = bound[f]
    for f, paired, here in zip(linear, pairs, active, strict=True):
        for other in (f, *paired):
            x[other] = jnp.where(here, 0.0, x[other])
    h = _condition(p, w, x)
    for f, here in zip(linear, active, strict=True):
        rate = _rate(p, w, f)
        moves = here & (rate != 0.0)
        x[f] = jnp.where(moves, jnp.clip(-h / jnp.where(moves, rate, 1.0), 0.0, p.cap[f]), x[f])
    gain_first, gain_second = p.first.gain(x), p.second.gain(x)
    agreed = _both_gain(p, x, gain_first, gain_second)
    amounts = tuple(jnp.where(agreed, amount, 0.0) for amount in x)
    deal = Deal(w, jnp.where(agreed, gain_first, 0.0), jnp.where(agreed, gain_second, 0.0), agreed)
    return amounts, deal


def _both_gain(p: _Problem, x: Sequence[Any], gain_first: Any, gain_second: Any) -> Any:
    """Whether neither loses (beyond rounding) and somebody gains."""
    eps = 64.0 * jnp.finfo(gain_first.dtype).eps
    rounding = []
    for s in (p.first, p.second):
        size: Any = jnp.abs(s.outside)
        for a, b, amount in zip(s.a, s.b, x, strict=True):
            size = size + jnp.abs(a * amount) + 0.5 * b * amount * amount
        rounding.append(eps * size)
    fair = (gain_first >= -rounding[0]) & (gain_second >= -rounding[1])
    return fair & ((gain_first > rounding[0]) | (gain_second > rounding[1]))
