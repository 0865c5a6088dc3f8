"""Official words (S10): what a text says of denuclearisation, and what its silence means.

Law:
    stance_j,t    = ρ stance_j,t−1 + effects of rivalry (China), isolation (Russia) + σ ε; above 0 = firm.
    kind          when the leaders of a pair meet: a readout of one side, a joint statement (or declaration),
                  or none; a logit choice with a level of the pair's own.
    words         named, omitted or accepted: what an issuer would say this month of denuclearisation, a logit choice in
                  its stance; seen only where there is a text of the pair. A joint statement is agreed with Pyongyang,
                  and its words lean another way (``words_joint``).
    statement     what an issuer says by itself (a minister's words) is another kind of text: it leans another way too
                  (``words_alone``), so that it shows the stance less surely than a text of the pair.
    omission      Zhao's China: words show a stance that lasts and also governs enforcement (``omission_signal`` 1);
                  Luo's China: words follow the occasion around a level that stays, enforcement does not follow them
                  (``omission_signal`` 0). A switch; words and trade both tell the two apart.
Source: texts in the chronicle since 2000. All effects are symmetric about zero.
Unproven: Russia's stance before 2024 (few texts); how often an issuer speaks by itself (nobody lists all that is said).
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import jax.numpy as jnp

from keisei.cases.northeast_asia.laws.drivers import Drivers
from keisei.model import Normal, Real, Site

WORDS = ("named", "omitted", "accepted")
KINDS = ("readout", "joint statement", "none")


class Words(NamedTuple):
    """Stances on denuclearisation."""

    china: Annotated[Real, "logit"]
    russia: Annotated[Real, "logit"]


def initial(p: Any, site: Site) -> Words:
    """1990: both firm."""
    return Words(p.stance_start, p.stance_start)


def month(s: Words, d: Drivers, p: Any, site: Site, t: Any, *, met: dict[str, Any], three: Any) -> Words:
    """One month of words; ``met``: which pairs' leaders met; ``three``: whether the three made a statement."""
    rival = p.stance_rivalry * (d.rivalry - p.rivalry_mean)
    lonely = p.stance_isolation * (d.isolation - p.isolation_peace)
    memory = p.stance_memory
    shock_c = site.draw("stance.shock", Normal(0.0, p.stance_sd), index="CHN")
    shock_r = site.draw("stance.shock", Normal(0.0, p.stance_sd), index="RUS")
    china = p.stance_start + memory * (s.china - p.stance_start) + (1.0 - memory) * rival + shock_c
    russia = p.stance_start + memory * (s.russia - p.stance_start) + (1.0 - memory) * lonely + shock_r
    china = site.value("stance", jnp.clip(china, -_FAR, _FAR), index="CHN", unit="logit")
    russia = site.value("stance", jnp.clip(russia, -_FAR, _FAR), index="RUS", unit="logit")
    shown = jnp.where(p.omission_signal > 0.5, china, p.stance_start)
    for pair, issuer, stance, level in (
        ("PRK-CHN", "CHN", shown, p.joint_prk_chn), ("PRK-RUS", "RUS", russia, p.joint_prk_rus),
    ):  # fmt: skip
        kind = site.choice("text.kind", index=pair, options=KINDS, utilities=(0.0, level, p.text_none), when=met[pair])
        # what the issuer would say this month; a text shows it, without one it stays unseen
        said = site.choice(
            "words", index=issuer, options=WORDS, utilities=_says(stance + p.words_joint * (kind == 1), p)
        )
        for number, word in enumerate(WORDS):
            for which, by in enumerate((issuer, "both")):
                site.record(
                    "text", met[pair] & (kind == which) & (said == number), kind="event", pair=pair, issuer=by,
                    kind_=KINDS[which], denuclearisation=word,
                )  # fmt: skip
        speaks = site.event("statement", p.statement_alone, index=issuer)
        alone = site.choice("words.alone", index=issuer, options=WORDS, utilities=_says(stance + p.words_alone, p))
        for number, word in enumerate(WORDS):
            site.record(
                "text",
                speaks & (alone == number),
                kind="event",
                issuer=issuer,
                kind_="statement",
                denuclearisation=word,
            )
    site.record("text", three, kind="event", pair="CHN-PRK-RUS", issuer="all", kind_="joint statement")
    site.record("stance.CHN", china, unit="logit")
    site.record("stance.RUS", russia, unit="logit")
    return Words(china, russia)


def _says(firm: Any, p: Any) -> tuple[Any, ...]:
    """Utilities of what is said of denuclearisation; ``firm`` is the stance, in logits of naming against omitting."""
    return firm, 0.0, p.words_accept - firm


_FAR = 5.0
