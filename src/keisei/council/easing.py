"""Relief from measures as a share, branch-free: what `regime` does with names, for a simulation (scalars, JAX).

The three ways to ease measures (see `regime`), by who can undo them:

- ``lifted``: only a new draft brings measures back, so one permanent no keeps them away;
- ``expires``: ends unless a vote renews it, when its term is over or a party complains: one permanent no ends it;
- ``lasts``: goes on unless a vote ends it: one permanent no keeps it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp

KINDS = ("lifted", "expires", "lasts")


class Easing(NamedTuple):
    """Relief in force: ``share`` of the measures, 0 to 1; ``kind``, a number of `KINDS`; ``age``, months since the vote
    that granted or renewed it."""

    share: Any
    kind: Any
    age: Any


def renewal_due(easing: Easing, term: Any, complaint: Any) -> Any:
    """Whether this month relief ends unless a vote renews it.

    Args:
        term: months that relief of the kind ``expires`` is granted for.
        complaint: whether a party to the deal has complained; of the other kinds nobody can, to any effect.
    """
    running_out = (easing.age + 1.0 >= term) | complaint
    return (easing.kind == KINDS.index("expires")) & (easing.share > 0.0) & running_out


def can_be_ended(easing: Easing) -> Any:
    """Whether a vote can end relief as such, instead of imposing measures anew."""
    return (easing.kind == KINDS.index("lasts")) & (easing.share > 0.0)


def after_vote(easing: Easing, *, lift: Any, renew: Any, end: Any, adopted: Any, share: Any, kind: Any) -> Easing:
    """Relief after a month in which at most one of three drafts was voted on.

    Args:
        lift: a draft that grants ``share`` of the given ``kind``. renew: one on going on with what expires.
        end: one to end what lasts. adopted: whether the one voted on was carried.
    """
    granted = lift & adopted
    lost = (renew & ~adopted) | (end & adopted)
    fresh = granted | (renew & adopted) | lost
    return Easing(
        jnp.where(granted, share, jnp.where(lost, 0.0, easing.share)),
        jnp.where(granted, kind, jnp.where(lost, 0.0, easing.kind)),
        jnp.where(fresh, 0.0, easing.age + 1.0),
    )
