"""Official words (S10): what a text says of denuclearisation, and what its silence means.

Law:
    stance_j,t    = ρ stance_j,t−1 + effects of rivalry (China), isolation (Russia) + σ ε; above 0 = firm.
    words         named, omitted or accepted: what an issuer would say this month, a logit choice in its stance; seen
                  only where there is a text. A text is issued when leaders meet.
    omission      Zhao's China: the stance that words show also governs enforcement (``omission_signal`` 1);
                  Luo's China: words follow the occasion, enforcement does not (``omission_signal`` 0). A switch.
Source: readouts since 2018 in the chronicle. All effects are symmetric about zero.
Unproven: Russia's stance before 2024 (few texts).
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.model import Normal, Real, Site

WORDS = ("named", "omitted", "accepted")


class Words(NamedTuple):
    """Stances on denuclearisation."""

    china: Annotated[Real, "logit"]
    russia: Annotated[Real, "logit"]


def initial(p: Any, site: Site) -> Words:
    """1990: both firm."""
    return Words(p.stance_start, p.stance_start)


def month(s: Words, d: Drivers, p: Any, site: Site, t: Any, *, met: dict[str, Any]) -> Words:
    """One month of words; ``met`` says which pairs' leaders met."""
    rival = p.stance_rivalry * (d.rivalry - p.rivalry_mean)
    lonely = p.stance_isolation * (d.isolation - p.isolation_peace)
    memory = p.stance_memory
    shock_c = site.draw("stance.shock", Normal(0.0, p.stance_sd), index="CHN")
    shock_r = site.draw("stance.shock", Normal(0.0, p.stance_sd), index="RUS")
    china = p.stance_start + memory * (s.china - p.stance_start) + (1.0 - memory) * rival + shock_c
    russia = p.stance_start + memory * (s.russia - p.stance_start) + (1.0 - memory) * lonely + shock_r
    for pair, issuer, stance in (("PRK-CHN", "CHN", china), ("PRK-RUS", "RUS", russia)):
        # what the issuer would say this month; a text shows it, without one it stays unseen
        said = site.choice("words", index=issuer, options=WORDS, utilities=(stance, 0.0, p.words_accept - stance))
        for number, word in enumerate(WORDS):
            site.record(
                "text", met[pair] & (said == number), kind="event", pair=pair, issuer=issuer, denuclearisation=word
            )
    site.record("stance.CHN", china, unit="logit")
    site.record("stance.RUS", russia, unit="logit")
    return Words(jnp.clip(china, -5.0, 5.0), jnp.clip(russia, -5.0, 5.0))
