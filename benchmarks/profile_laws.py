"""Which law of the case model costs what: the time of the model without each law, as a share of the time with all.

    python -m benchmarks.profile_laws [--members 1024] [--until 2035-12] [--repeat 3] [--only LAW…] [--json]

A law is taken out by holding it: its stocks stay as they were at the start and what it tells the other laws is zero, so
that its sites and records are not made at all. All variants run in turn, several times, in one sitting; each figure is
the best of its repeats, by the clock and by processor time, which other work on the machine disturbs less. Shares are
of one run and can be compared; seconds of different runs cannot. What no law accounts for is the loop, the noise that
laws share and the records' way to the host; shares need not add up to one, since what is left out also frees the
compiler.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any
from unittest.mock import patch

import jax
import jax.numpy as jnp

from keisei import months
from keisei.cases import load_case
from keisei.cases.northeast_asia import model as case_model
from keisei.ensemble import run
from keisei.model import Model

LAWS: dict[str, ModuleType] = {law.__name__.rpartition(".")[2]: law for law in case_model._LAWS}


@dataclass(frozen=True)
class Cost:
    """A law's cost: sites and records it makes, and the best seconds of the model without it."""

    law: str
    sites: int
    records: int
    seconds: float
    cpu: float


def without(model: Model, law: str) -> Model:
    """The model with one law held: its sites and records are gone, its stocks stay, its news are zero."""
    module = LAWS[law]
    told = _told(model, module)

    def held(stocks: Any, *_: Any, **__: Any) -> Any:
        zeros = jax.tree.map(lambda x: jnp.zeros(x.shape, x.dtype), told)
        return (stocks, *zeros[1:]) if isinstance(told, tuple) and not hasattr(told, "_fields") else stocks

    def month(s: Any, p: Any, site: Any, t: Any) -> Any:
        with patch.object(module, "month", held):
            return case_model.month(s, p, site, t)

    return replace(model, month=month)


def _told(model: Model, module: ModuleType) -> Any:
    """Shapes of what a law's month returns."""
    seen: list[Any] = []
    original = module.month

    def watched(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        seen.append(jax.tree.map(lambda x: jax.ShapeDtypeStruct(jnp.shape(x), jnp.result_type(x)), result))
        return result

    def month(s: Any, p: Any, site: Any, t: Any) -> Any:
        with patch.object(module, "month", watched):
            return case_model.month(s, p, site, t)

    _ = replace(model, month=month).table
    return seen[-1]


def timed(model: Model, members: int, until: int, seed: int) -> tuple[float, float]:
    """Seconds by the clock and of processor time of one free run with every record."""
    clock, cpu = time.perf_counter(), time.process_time()
    run(model, members=members, until=until, seed=seed)
    return time.perf_counter() - clock, time.process_time() - cpu


def profile(members: int, until: int, repeat: int, seed: int, only: list[str]) -> list[Cost]:
    """The model as it is, then without each law."""
    full = load_case().model
    models = {"(all)": full} | {law: without(full, law) for law in LAWS if not only or law in only}
    best = {name: (float("inf"), float("inf")) for name in models}
    for name, model in models.items():
        print(f"compiling {name}", flush=True)
        timed(model, members, min(until, model.start + 23), seed)
        timed(model, members, until, seed)
    for _ in range(repeat):
        for name, model in models.items():
            found = timed(model, members, until, seed)
            best[name] = (min(best[name][0], found[0]), min(best[name][1], found[1]))
    every = len(full.table.sites), len(full.table.records)
    out = []
    for name, model in models.items():
        gone = (every[0] - len(model.table.sites), every[1] - len(model.table.records)) if model is not full else every
        out.append(Cost(name, *gone, *best[name]))
    return out


def show(costs: list[Cost]) -> None:
    """A Markdown table, the dearest law first."""
    full, *laws = costs
    print(f"| law | sites | records | share by the clock | of processor time | of {full.sites} sites |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for c in sorted(laws, key=lambda c: c.cpu):
        shares = f"{1 - c.seconds / full.seconds:.0%} | {1 - c.cpu / full.cpu:.0%} | {c.sites / full.sites:.0%}"
        print(f"| {c.law} | {c.sites} | {c.records} | {shares} |")
    left = 1 - sum(1 - c.cpu / full.cpu for c in laws)
    print(f"\nAll: {full.seconds:.2f} s by the clock, {full.cpu:.2f} s of processor time; no law: {left:.0%} of it.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=1024)
    parser.add_argument("--until", default="2035-12")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], choices=list(LAWS), help="laws")
    parser.add_argument("--json", action="store_true")
    a = parser.parse_args()
    made = profile(a.members, months.parse(a.until), a.repeat, a.seed, a.only)
    if a.json:
        print(json.dumps([vars(c) for c in made]))
    else:
        show(made)
