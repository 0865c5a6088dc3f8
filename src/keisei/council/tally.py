"""The count of a vote, branch-free: the rules of `body` for a simulation (scalars that JAX may trace).

`Body.decide` names who voted how and answers in words; here permanent ballots and the number of other members in
favour come as scalars, drawn elsewhere, and the result as flags. Both read the same `Rule`, so that a body's conditions
are written once, in its YAML file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax.numpy as jnp

from keisei.council.body import Rule


class Ballot(NamedTuple):
    """A permanent member's vote; neither is an abstention."""

    yes: Any
    no: Any


class Vote(NamedTuple):
    """How a draft fared: flags as booleans, counts as integers; not adopted and not vetoed is failed.

    Attributes:
        adopted: the rule's conditions hold.
        vetoed: only a permanent no stands in the way.
        yes: members in favour, permanent and other.
    """

    adopted: Any
    vetoed: Any
    yes: Any


def tally(rule: Rule, ballots: Sequence[Ballot], others_yes: Any) -> Vote:
    """The result of a vote under a rule of least numbers and vetoes.

    Args:
        rule: of a `Body`. ballots: of the permanent members.
        others_yes: how many of the other members are in favour.

    Raises:
        ValueError: the rule asks for shares, weights or consensus, which a count does not tell; use `Body.decide`.
    """
    if rule != Rule(least_yes=rule.least_yes, veto=rule.veto):
        raise ValueError("tally counts votes and vetoes; a rule of shares, weights or consensus needs Body.decide")
    yes: Any = others_yes
    against: Any = jnp.bool_(False)
    for ballot in ballots:
        yes = yes + jnp.where(ballot.yes, 1, 0)
        against = against | ballot.no
    enough = yes >= rule.least_yes
    blocked = against & rule.veto
    return Vote(enough & ~blocked, enough & blocked, yes)
