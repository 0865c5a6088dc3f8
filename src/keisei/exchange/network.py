"""Who may give what to whom, and what it is worth to whom.

A party's utility is over its **net total** of each good, received less given over all its links, so that partners are
rivals for one another:

    U_k = Σ_g [v_kg X_kg − ½ c_kg X_kg²] + Σ_(k,m,g) [v_kmg X_mg − ½ c_kmg X_mg²],   X_mg = Σ received − Σ given.

The second sum are the *watches*: what party k feels about another party's total (an externality, such as a patron's
worry about technology that its client gets from somebody else).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from keisei.errors import InputError

Bundle = tuple[Any, ...]
"""One amount a flow, in the order of `Network.flows`; scalars, so that a member's model stays elementwise."""


@dataclass(frozen=True)
class Link:
    """Two parties who bargain with each other, and the flows open between them.

    ``flows`` are (good, giver) pairs; the receiver is the other party. A good may flow both ways on one link only if
    it is linear for everybody (cash).
    """

    first: str
    second: str
    flows: tuple[tuple[str, str], ...]


class Flow(NamedTuple):
    """One good going one way on one link, everything as an index into the network's tuples."""

    link: int
    good: int
    giver: int
    receiver: int


@dataclass(frozen=True)
class Network:
    """The static part of an exchange: parties, goods, links, linear goods and watches.

    Args:
        parties: names.
        goods: names.
        links: who bargains with whom about what.
        linear: goods without curvature for everybody, for which marginal rates are constant (cash). Their curvature
            is taken as exactly zero; a good whose curvature is zero for both parties of a link must be named here.
        watches: (watcher, watched, good): the watcher's utility has a term in the watched party's total.

    Raises:
        InputError: a name is unknown or repeated, a link joins a party to itself, a giver is not on its link, or a
            curved good flows both ways on a link.
    """

    parties: tuple[str, ...]
    goods: tuple[str, ...]
    links: tuple[Link, ...]
    linear: tuple[str, ...] = ("cash",)
    watches: tuple[tuple[str, str, str], ...] = ()

    def __post_init__(self) -> None:
        _unique("party", self.parties)
        _unique("good", self.goods)
        pairs = [frozenset((link.first, link.second)) for link in self.links]
        for link, pair in zip(self.links, pairs, strict=True):
            place = f"link {link.first}–{link.second}"
            _known("party", (link.first, link.second), self.parties, place)
            _known("good", (good for good, _ in link.flows), self.goods, place)
            if len(pair) == 1:
                raise InputError(f"{place} joins a party to itself", mend="name two parties")
            if pairs.count(pair) > 1:
                raise InputError(f"{place} stands twice", mend="put all flows of a pair on one link")
            if not link.flows:
                raise InputError(f"{place} has no flow", mend="give at least one (good, giver) pair")
            _unique("flow", [f"{good} from {giver}" for good, giver in link.flows], place)
            for good, giver in link.flows:
                _known("giver", (giver,), (link.first, link.second), place)
                if good not in self.linear and sum(g == good for g, _ in link.flows) > 1:
                    raise InputError(
                        f"{place} lets '{good}' flow both ways",
                        mend="keep one direction, or name it among the linear goods",
                    )
        for watcher, watched, good in self.watches:
            place = f"watch ({watcher}, {watched}, {good})"
            _known("party", (watcher, watched), self.parties, place)
            _known("good", (good,), self.goods, place)
            if watcher == watched:
                raise InputError(f"{place} watches itself", mend="a party's own total has its own value")
        _unique("watch", [" ".join(watch) for watch in self.watches])

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """All flows, link by link; a bundle has one amount for each."""
        party, good = self.parties.index, self.goods.index
        return tuple(
            Flow(n, good(g), party(giver), party(link.second if giver == link.first else link.first))
            for n, link in enumerate(self.links)
            for g, giver in link.flows
        )

    def flow(self, good: str, giver: str, receiver: str) -> int:
        """The place of a flow in a bundle.

        Raises:
            InputError: there is no such flow.
        """
        for n, f in enumerate(self.flows):
            if (self.goods[f.good], self.parties[f.giver], self.parties[f.receiver]) == (good, giver, receiver):
                return n
        raise InputError(f"no link lets '{good}' flow from {giver} to {receiver}", mend="name a flow of the network")

    def is_linear(self, flow: Flow) -> bool:
        """Whether the flow's good is linear for everybody."""
        return self.goods[flow.good] in self.linear


class Terms(NamedTuple):
    """What the parties want: nested tuples of scalars (or arrays) of one member, traced or not.

    Attributes:
        value: v[party][good], worth of the first unit to hold (USD a unit); what a giver loses, a receiver gains.
        curvature: c[party][good] ≥ 0, fall of that worth for each unit held (USD a unit squared).
        cap: for each flow, the most that can flow; finite.
        power: for each link, bargaining power β ∈ [0, 1] of its first party.
        outside: for each link, (first's, second's) worth of no deal beyond the zero bundle; empty for none.
        watch_value, watch_curvature: for each watch, as value and curvature; a negative curvature (each unit makes
            the next matter more) is allowed while every party's curvatures on a link add up to ≥ 0.
    """

    value: Any
    curvature: Any
    cap: Any
    power: Any
    outside: Any = ()
    watch_value: Any = ()
    watch_curvature: Any = ()


def totals(network: Network, bundle: Any, without_link: int | None = None) -> tuple[tuple[Any, ...], ...]:
    """Net totals X[party][good] of a bundle: received less given, one link left out if named."""
    table: list[list[Any]] = [[0.0] * len(network.goods) for _ in network.parties]
    for flow, x in zip(network.flows, bundle, strict=True):
        if flow.link != without_link:
            table[flow.receiver][flow.good] = table[flow.receiver][flow.good] + x
            table[flow.giver][flow.good] = table[flow.giver][flow.good] - x
    return tuple(tuple(row) for row in table)


def curvature(network: Network, terms: Terms, party: int, good: int) -> Any:
    """c[party][good], exactly zero for a linear good."""
    return 0.0 if network.goods[good] in network.linear else terms.curvature[party][good]


def watches(network: Network, terms: Terms, watcher: int) -> list[tuple[int, int, Any, Any]]:
    """(watched, good, value, curvature) of each total that a party watches."""
    found = []
    for n, (who, whom, good) in enumerate(network.watches):
        if who == network.parties[watcher]:
            g = network.goods.index(good)
            c = 0.0 if good in network.linear else terms.watch_curvature[n]
            found.append((network.parties.index(whom), g, terms.watch_value[n], c))
    return found


def utilities(network: Network, terms: Terms, bundle: Any) -> tuple[Any, ...]:
    """U of every party at a bundle, watches included (USD)."""
    held = totals(network, bundle)
    found = []
    for k in range(len(network.parties)):
        own = [(k, g, terms.value[k][g], curvature(network, terms, k, g)) for g in range(len(network.goods))]
        u: Any = 0.0
        for m, g, v, c in [*own, *watches(network, terms, k)]:
            u = u + v * held[m][g] - 0.5 * c * held[m][g] * held[m][g]
        found.append(u)
    return tuple(found)


def check(network: Network, terms: Terms) -> None:
    """Refuse terms whose lengths do not fit the network (lengths are static, so this costs nothing when compiled).

    Raises:
        InputError: a part of the terms has another length than the network asks for.
    """
    wanted = {
        "value": (terms.value, len(network.parties)),
        "curvature": (terms.curvature, len(network.parties)),
        "cap": (terms.cap, len(network.flows)),
        "power": (terms.power, len(network.links)),
        "watch_value": (terms.watch_value, len(network.watches)),
        "watch_curvature": (terms.watch_curvature, len(network.watches)),
    }
    if len(terms.outside):
        wanted["outside"] = (terms.outside, len(network.links))
    for name, (part, length) in wanted.items():
        if len(part) != length:
            raise InputError(
                f"terms.{name} has {len(part)} entries, the network needs {length}", mend="give one for each"
            )
    for name, table in (("value", terms.value), ("curvature", terms.curvature)):
        for party, row in zip(network.parties, table, strict=True):
            if len(row) != len(network.goods):
                raise InputError(
                    f"terms.{name} of {party} has {len(row)} entries, the network has {len(network.goods)} goods",
                    mend="give one for each good",
                )


def _unique(what: str, names: Sequence[str], place: str = "the network") -> None:
    for name in names:
        if list(names).count(name) > 1:
            raise InputError(f"{place} names the {what} '{name}' twice", mend="name it once")


def _known(what: str, names: Any, known: Sequence[str], place: str) -> None:
    for name in names:
        if name not in known:
            raise InputError(f"{place} names the {what} '{name}'", mend=f"use one of {', '.join(known)}")
