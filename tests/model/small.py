"""Models small enough to compile in a second, used by all tests of sites and of the ensemble."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei import months
from keisei.model import Model, NegBin, Normal, Parameter, Parameters, Poisson, Real, Site
from keisei.model.sites import Levels

START = months.parse("2000-01")
END = months.parse("2009-12")


class State(NamedTuple):
    """``x`` drives all but ``apart``, which nothing else reads."""

    x: Annotated[Real, "index"]
    apart: Annotated[Real, "USD"]


PARAMETERS = Parameters((Parameter("appetite", "normal", 0.3, 0.2), Parameter("sd", "fixed", 0.4)))


def initial(params: Any, site: Site) -> State:
    return State(site.draw("x.start", Normal(0.0, 1.0), unit="index"), jnp.float32(1.0))


def month(state: Any, params: Any, site: Site, t: Any) -> Any:
    push = site.value("push", 0.5, unit="index")
    act = site.choice(
        "act", options=("none", "talk", "test"), utilities=(0.0, state.x + push, params.appetite - state.x)
    )
    tested = act == 2
    strike = site.event("strike", jax.nn.sigmoid(state.x), when=tested)
    quake = site.event("quake", 0.3)
    days = site.count("days", NegBin(jnp.exp(0.3 * state.x), 1.5, cap=9), index="all", unit="days")
    shock = site.draw("shock", Normal(0.0, params.sd), unit="index")
    other = site.draw("other", Normal(0.0, 1.0), unit="USD")
    reading = site.measure("reading", Normal(state.x, 0.5), unit="index")
    x = 0.8 * state.x + 0.2 * (act == 1) - 0.3 * strike + 0.05 * days + shock - 0.1 * quake
    apart = 0.9 * state.apart + other
    for name, value in (
        ("push", push), ("act", act), ("strike", strike), ("quake", quake), ("days", days), ("shock", shock),
        ("other", other), ("reading", reading), ("before", state.x), ("apart", apart),
    ):  # fmt: skip
        site.record(name, value, unit="index")
    return State(x, apart)


SMALL = Model("small", month, initial, PARAMETERS, START, END)
COLUMNS = frozenset(s.column for s in SMALL.table.sites)
ALL = Levels(COLUMNS, COLUMNS)  # every clamp, so that all runs use one executable
TARGET = {
    "act": "act", "strike": "strike", "quake": "quake", "days": "days[all]", "shock": "shock", "other": "other",
    "reading": "reading",
}  # fmt: skip
"""record → site"""


def _dice(state: Any, params: Any, site: Site, t: Any) -> Any:
    options = ("a", "b", "c", "d")
    site.record("choice", site.choice("choice", options=options, utilities=(params.a, params.b, params.c, 0.0)))
    site.record("event", site.event("event", params.p))
    site.record("poisson", site.count("poisson", Poisson(params.mean, cap=12)))
    site.record("negbin", site.count("negbin", NegBin(params.mean, params.size, cap=12)))
    return state


class Nothing(NamedTuple):
    """No stock that matters."""

    nothing: Real


DICE = Model(
    "dice",
    _dice,
    lambda params, site: Nothing(jnp.float32(0.0)),
    Parameters(tuple(Parameter(name, "fixed", 0.5) for name in ("a", "b", "c", "p", "mean", "size"))),
    START,
    END,
)
