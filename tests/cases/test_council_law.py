"""The case's Council month by month against the room's rules: every vote, every relief, every measure by sector."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
import xarray as xr

from keisei.cases import Case, load_case
from keisei.cases.northeast_asia.laws import channels, council
from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.council import KINDS, Draft, Measure, Regime, Relief, enact, load_body
from keisei.ensemble import run
from keisei.model import Model, Real, Site, layout
from keisei.score import Row

START, MONTHS, MEMBERS = 2022 * 12, 48, 64
UNSC = load_body("unsc")
SEATS = UNSC.members(2022)
VOTERS = ("CHN", "RUS", "USA", "FRA-GBR")
WORLD = Drivers(0.0, 4.0, 1.0, 2.0, 0.0, 3.3, 0.2, 0.0)


class Watched:
    """A site that keeps what is drawn, to be recorded."""

    def __init__(self, site: Site) -> None:
        self.site, self.seen = site, {}

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.site, name)
        if name not in ("choice", "event", "draw", "value"):
            return method

        def call(what: str, *args: Any, index: str = "", **more: Any) -> Any:
            out = method(what, *args, index=index, **more)
            self.seen[f"{what}[{index}]" if index else what] = out
            return out

        return call


def month(s: council.Council, p: Any, site: Site, t: Any) -> council.Council:
    """The law alone, under deals and tests that come at random."""
    deal = site.event("some.deal", 0.7)
    snapback = site.event("some.snapback", 0.7)
    nuclear = site.event("some.test", 0.05)
    watched = Watched(site)
    new = council.month(
        s, WORLD, p, watched, t, nuclear=nuclear, long_range=0, other=0, coop=(0.0, 0.0), relief=0.5 * deal,
        snapback=1.0 * snapback, appetite=0.0,
    )  # fmt: skip
    for name, value in watched.seen.items():
        site.record(f"seen.{name}", value)
    for name in council.Council._fields:
        site.record(f"after.{name}", getattr(new, name))
    site.record("some.deal", deal)
    site.record("some.test", nuclear)
    site.record("some.term", p.relief_term)
    return new


def initial(p: Any, site: Site) -> council.Council:
    """Measures stand."""
    return council.initial(p, site)._replace(ladder=0.8, minerals=2.0)


@lru_cache
def case() -> Case:
    return load_case("northeast_asia")


@lru_cache
def simulated(*rows: Row) -> xr.Dataset:
    """One executable for every test: all clamps that any of them sets."""
    model = Model("council", month, initial, case().parameters, START, START + MONTHS - 1)
    sites = ("UNSC.lift", "UNSC.elected", "UNSC.draft", "UNSC.relief.kind", "some.deal", "some.test")
    every = [Row(START, s, 0.0, "set") for s in sites] + [Row(START, "UNSC.vote", "no", "set", v) for v in VOTERS]
    levels = layout(model.table, every, START, START + MONTHS - 1).levels
    return run(model, rows, members=MEMBERS, seed=3, levels=levels)


def expected(data: xr.Dataset, month: int, member: int, motion: str) -> bool:
    """What the body makes of the month's votes."""
    at = {v: int(data[f"seen.UNSC.vote[{v}]"][member, month]) for v in VOTERS}
    cast = {m: at[v] for v in VOTERS for m in v.split("-")}
    share = 1.0 / (1.0 + np.exp(-float(data["seen.UNSC.elected"][member, month])))
    elected = int(np.round(np.float32(10.0) * np.float32(share)))
    no = [m for m, v in cast.items() if v == 2]
    aside = [m for m, v in cast.items() if v == 1] + list(SEATS[5 + elected :])
    return UNSC.decide("substantive", 2022, no=no, abstain=aside).adopted


def test_every_month_of_the_law_is_the_rooms_rules() -> None:
    """Adoption, and relief of each kind, against `Body.decide` and `enact`, on votes drawn by the law."""
    data = simulated()
    seen = {name: data[f"seen.{name}"].values for name in ("UNSC.draft", "UNSC.lift", "UNSC.relief.kind")}
    eased, kinds = data["after.eased"].values, dict.fromkeys(KINDS, 0)
    ended = renewed = 0
    for member in range(MEMBERS):
        regime, age, kind, before, promised = Regime((Measure("all", "all", 1.0),)), 0, "lifted", 0.0, False
        term = float(data["some.term"][member, 0])
        for n in range(MONTHS):
            draft, lift = seen["UNSC.draft"][member, n] > 0.5, seen["UNSC.lift"][member, n] > 0.5
            deal = bool(data["some.deal"][member, n] > 0.5)
            complaint = bool(data["some.test"][member, n] > 0.5) or (promised and not deal)
            promised = deal
            renew = kind == "expires" and before > 0 and (age + 1 >= term or complaint)
            assert draft + lift + renew <= 1, "one motion a month"
            until = START + n + 1000
            if lift or renew:
                adopted = expected(data, n, member, "relief")
                if lift:
                    assert bool(data["UNSC.lift"][member, n]) == adopted
                if lift and adopted:
                    kind = KINDS[int(seen["UNSC.relief.kind"][member, n])]
                    kinds[kind] += 1
                    how = (
                        Draft("lift", named=("all",)) if kind == "lifted"
                        else Draft("relieve", relief=Relief(f"deal {n}", ("all",), until=until))
                    )  # fmt: skip
                    # what was left of earlier relief is taken up in the new
                    bare = Regime((Measure("all", "all", 1.0),))
                    regime, age, name = enact(bare, how, UNSC.decide("substantive", 2022), START + n), -1, f"deal {n}"
                elif renew:
                    # relief lapses with last month unless this vote renews it
                    regime = regime.complain(name, START + n - 1, grace=0)
                    vote = UNSC.decide("substantive", 2022, no=() if adopted else ("USA",))
                    regime = enact(regime, Draft("renew", named=(name,), until=until), vote, START + n)
                    age, renewed, ended = (-1, renewed + 1, ended) if adopted else (-1, renewed, ended + 1)
            elif draft:
                adopted = expected(data, n, member, "sanctions")
                results = [float(data[f"UNSC.draft{{result={r},topic=PRK.sanctions}}"][member, n])
                           for r in ("adopted", "vetoed", "failed")]  # fmt: skip
                assert sum(results) == 1
                assert bool(results[0]) == adopted
            age += 1
            free = regime.severity("all", START + n) == 0.0
            if not draft:
                assert free == (eased[member, n] > 0), (member, n, kind)
            elif eased[member, n] == 0.0 and before > 0.0:
                # a new draft took relief back: in the room's words the measure is adopted again
                regime = Regime((Measure("all", "all", 1.0),))
            if eased[member, n] == 0.0:
                kind = "lifted"
                regime = Regime((Measure("all", "all", 1.0),))
            before = float(eased[member, n])
    assert min(kinds.values()) > 5, kinds
    assert min(ended, renewed) > 5


@pytest.mark.parametrize("member", VOTERS)
def test_one_permanent_no_blocks_lifting(member: str) -> None:
    """Whoever it is, and whatever the others do."""
    rows = [Row(START + n, "UNSC.vote", "no", "set", member) for n in range(MONTHS)]
    data = simulated(*rows)
    assert data["seen.UNSC.lift"].values.sum() > 0
    assert data["UNSC.lift"].values.sum() == 0
    assert (data["UNSC.lift.refused"].values == data["seen.UNSC.lift"].values).all()


@pytest.mark.parametrize(("kind", "comes_back"), [("lifted", False), ("expires", True), ("lasts", False)])
def test_what_one_no_does_to_relief_hangs_on_its_kind(kind: str, comes_back: bool) -> None:
    """All is lifted at first; from then on Russia says no to everything."""
    first = [Row(START, "UNSC.vote", "yes", "set", v) for v in VOTERS]
    first += [Row(START, "UNSC.lift", 1.0, "set"), Row(START, "UNSC.elected", 4.0, "set")]
    first += [Row(START, "some.deal", 1.0, "set"), Row(START, "UNSC.draft", 0.0, "set")]
    first += [Row(START, "some.test", 0.0, "set"), Row(START, "UNSC.relief.kind", kind, "set")]
    later = [Row(START + n, "UNSC.vote", "no", "set", "RUS") for n in range(1, MONTHS)]
    data = simulated(*first, *later)
    eased = data["after.eased"].values
    assert (eased[:, 0] == 0.5).all()
    if comes_back:
        assert (eased[:, -1] == 0.0).all()
        assert (data["UNSC.snapback"].values.sum(axis=1) == 1).all()
    else:
        assert (eased[:, -1] == 0.5).all()
        assert data["UNSC.snapback"].values.sum() == 0


def test_a_sector_once_banned_stays_banned_and_only_adopted_drafts_bar() -> None:
    data = simulated()
    adopted = data["UNSC.draft{result=adopted,topic=PRK.sanctions}"].values > 0
    risen = 0
    for sector in council.SECTORS:
        level = data[f"after.{sector}"].values
        rise = np.diff(level, axis=1)
        assert (rise >= 0).all()
        assert (rise[~adopted[:, 1:]] == 0).all()
        risen += int((rise > 0).sum())
    assert (data["after.minerals"].values == 2.0).all()
    assert risen > 0


def test_severity_in_force_falls_by_the_share_eased() -> None:
    p = case().parameters.bundle(*case().parameters.draw(1, 1)[0])
    body = initial(p, None)._replace(textiles=1.0, eased=0.25)  # type: ignore[arg-type]
    severity = {k: float(v) for k, v in council.severities(body, p).items()}
    assert severity["minerals"] == pytest.approx(0.75)
    assert severity["textiles"] == pytest.approx(0.75 * p.cap_severity, rel=1e-5)
    assert severity["seafood"] == 0.0


@pytest.mark.parametrize("enforced", [0.0, 0.3, 1.0])
def test_customs_show_nothing_of_a_full_ban_and_a_cap_as_far_as_it_is_enforced(enforced: Real) -> None:
    severity = jnp.linspace(0.0, 1.0, 21)
    share = np.asarray(channels.stop(severity, enforced))
    assert share[0] == 0.0
    assert share[-1] == pytest.approx(1.0)
    assert (np.diff(share) > 0).all()
    assert (share <= np.asarray(channels.stop(severity, 1.0)) + 1e-6).all()
    # what customs no longer show is never less than what really stops: evasion is not negative
    assert (share >= np.asarray(severity) * enforced - 1e-6).all()
