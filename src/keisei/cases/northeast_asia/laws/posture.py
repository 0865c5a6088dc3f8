"""Pyongyang's line and posture, and the launches (S6, S8, S13b).

Law:
    line          relief ↔ status, switching seldom: logit hazards in failed talks, patrons' support and hardship.
    posture       talks, restraint or campaign: a logit choice with inertia, in line, openings and last month's posture.
    pace_t        slow AR(1) around zero: eras of more and of fewer launches, of years.
    tempo_t       log intensity, AR(1) around a level of the leader's own plus the pace: clusters, of months.
    launch days   of class k: hurdle negative binomial, log mean = base_k + tempo + posture effect +
                  log σ(readiness_k). Days, not missiles; several classes may launch in one month. Short-range missiles
                  are the yardstick: ready throughout.
    success       of the classes that were new (IRBM, ICBM, SLBM): a launch day succeeds with chance
                  σ(readiness_k + s); what is seen is whether any day of the month did.
    readiness     own work, months with a test and, for ICBM and SLBM, missile technology from outside raise it;
                  it ages (`readiness`).
Source: launch clustering in CNS/NTI data; hurdle counts Mullahy 1986.
A season was tried and dropped: held-out launches were foretold better without it. Missiles per launch day have no law:
ICBM and SLBM days of the chronicle count one each, and nothing here or among the questions reads the others' number.
Unproven: patrons' support in the line; effect of missile technology on readiness (no transfer of it was ever seen).
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax
import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers, outsider
from keisei.cases.northeast_asia.laws.readiness import grown
from keisei.model import Hurdle, NegBin, Normal, Real, Site

CLASSES = ("CRBM", "SRBM", "MRBM", "IRBM", "ICBM", "SLBM")
LINES = ("relief", "status")
POSTURES = ("talks", "restraint", "campaign")
FLOWN = ("IRBM", "ICBM", "SLBM")  # classes that were new in the chronicle's time: their flights tell how ready they are
AIDED = ("ICBM", "SLBM")  # what decisive missile technology serves
_CAPS = {"CRBM": 6, "SRBM": 10, "MRBM": 5, "IRBM": 4, "ICBM": 3, "SLBM": 3}


class Posture(NamedTuple):
    """Stocks of intent and missile readiness."""

    line: Annotated[Real, "option"]
    posture: Annotated[Real, "option"]
    pace: Annotated[Real, "log intensity"]
    tempo: Annotated[Real, "log intensity"]
    readiness_mrbm: Annotated[Real, "logit"]
    readiness_irbm: Annotated[Real, "logit"]
    readiness_icbm: Annotated[Real, "logit"]
    readiness_slbm: Annotated[Real, "logit"]
    readiness_crbm: Annotated[Real, "logit"]
    failed: Annotated[Real, "months since talks failed, fading 0 to 1"]


class Launches(NamedTuple):
    """What was launched this month, for the laws that follow."""

    days: Any
    icbm: Any


def initial(p: Any, site: Site) -> Posture:
    """1990: relief line, restraint, long-range classes far from ready."""
    return Posture(
        line=0.0, posture=1.0, pace=0.0, tempo=site.draw("start.tempo", Normal(p.tempo_early, 0.7), unit="log"),
        readiness_mrbm=p.ready_mrbm, readiness_irbm=p.ready_irbm, readiness_icbm=p.ready_icbm,
        readiness_slbm=p.ready_slbm, readiness_crbm=p.ready_crbm, failed=0.0,
    )  # fmt: skip


def month(
    s: Posture, d: Drivers, p: Any, site: Site, t: Any, *, patrons: Any, hardship: Any, transfer: Any, frozen: Any
) -> tuple[Posture, Launches]:
    """One month of line, posture and launches.

    Args:
        patrons: mean cooperation with Russia and China. hardship: fall of output against its trend (share).
        transfer: missile technology given last month (share of the most a month). frozen: 1 under a deal in force.
    """
    to_status = p.line_hazard + p.line_failed * s.failed + p.line_patrons * patrons
    to_relief = p.line_hazard + p.line_hardship * hardship - p.line_patrons * patrons
    turns = site.event("prk.line.turns", jax.nn.sigmoid(jnp.where(s.line < 0.5, to_status, to_relief)))
    line = site.value("prk.line", jnp.where(turns, 1.0 - s.line, s.line), options=LINES)

    opening = p.posture_outsider * outsider(d) + p.posture_progressive * d.korea
    was = s.posture
    status = line > 0.5
    posture = site.choice(
        "prk.posture",
        options=POSTURES,
        utilities=(
            p.posture_inertia * (was == 0) + p.posture_talks + opening - p.posture_line * status,
            p.posture_inertia * (was == 1),
            p.posture_inertia * (was == 2) + p.posture_campaign + 0.5 * p.posture_line * status,
        ),
    )
    pace = p.pace_memory * s.pace + site.draw("prk.pace.shock", Normal(0.0, p.pace_sd), unit="log")
    level = jnp.where(d.leader >= 2, p.tempo_kim_jong_un, p.tempo_early) + pace
    noise = site.draw("prk.tempo.shock", Normal(0.0, p.tempo_sd), unit="log")
    tempo = jnp.clip(level + p.tempo_memory * (s.tempo - level) + noise, -8.0, 3.5)

    effect = jnp.where(posture == 0, -p.launch_talks, jnp.where(posture == 1, -p.launch_restraint, 0.0))
    base = tempo + effect - p.launch_freeze * frozen
    ready = {
        "CRBM": s.readiness_crbm, "MRBM": s.readiness_mrbm, "IRBM": s.readiness_irbm, "ICBM": s.readiness_icbm,
        "SLBM": s.readiness_slbm,
    }  # fmt: skip
    offsets = {
        "CRBM": p.share_crbm, "SRBM": 0.0, "MRBM": p.share_mrbm, "IRBM": p.share_irbm,
        "ICBM": p.share_icbm, "SLBM": p.share_slbm,
    }  # fmt: skip
    days = {}
    for name in CLASSES:
        held_back = jax.nn.log_sigmoid(ready[name]) if name in ready else 0.0
        mean = jnp.exp(jnp.clip(base + offsets[name] + held_back, -14.0, 2.5))
        cap = _CAPS[name]
        law = Hurdle(1.0 - jnp.exp(-mean), NegBin(p.launch_repeat * mean, p.launch_size, cap=cap - 1))
        days[name] = site.count("PRK.launch.ballistic", law, index=name, unit="days")
        site.record("PRK.launch.ballistic", days[name], unit="days", kind="event", **{"class": name})
    total = sum(days.values(), jnp.int32(0))
    for name in FLOWN:
        miss = jax.nn.sigmoid(-(ready[name] + p.flight_success))
        site.event("PRK.launch.success", 1.0 - miss ** days[name], when=days[name] > 0, index=name)

    work = (1.0 - 0.8 * frozen) * jnp.where(d.leader >= 2, 1.0, p.work_early) / 12.0
    after = {
        name: grown(
            value,
            p.ready_work * work + p.ready_test * jnp.minimum(days[name], 1)
            + (p.ready_transfer * transfer if name in AIDED else 0.0),
            p.ready_ageing / 12.0,
        )
        for name, value in ready.items()
    }  # fmt: skip
    failed = s.failed * p.failed_memory
    site.record("PRK.posture", posture, unit="option")
    site.record("PRK.line", line, unit="option")
    site.record("PRK.readiness.ICBM", jax.nn.sigmoid(after["ICBM"]), unit="share of what is wanted")
    site.record("PRK.readiness.SLBM", jax.nn.sigmoid(after["SLBM"]), unit="share of what is wanted")
    new = Posture(
        line, posture.astype(jnp.float32), pace, tempo, after["MRBM"], after["IRBM"], after["ICBM"],
        after["SLBM"], after["CRBM"], failed,
    )  # fmt: skip
    return new, Launches(total, days["ICBM"])


def missing(s: Posture) -> Any:
    """What the long-range and submarine-launched missiles lack, the mean of both (share of what is wanted)."""
    return 0.5 * (jax.nn.sigmoid(-s.readiness_icbm) + jax.nn.sigmoid(-s.readiness_slbm))
