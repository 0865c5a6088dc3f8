"""Voting bodies as data: who sits, what carries, what is in force, and what a sponsor can get through.

>>> from keisei.council import load_body
>>> council = load_body("unsc")
>>> council.decide("substantive", 2022, no=("CHN", "RUS")).result
'vetoed'
>>> council.decide("procedural", 2022, no=("CHN", "RUS")).result
'adopted'
"""

from keisei.council.body import Body, Outcome, Rule, Term, load_body
from keisei.council.easing import KINDS, Easing, after_vote, can_be_ended, renewal_due
from keisei.council.negotiation import Stance, draft_vote, pass_probability, sponsor_choice, sponsor_values
from keisei.council.records import RecordedVote, load_votes, replay
from keisei.council.regime import Draft, Measure, Regime, Relief, enact
from keisei.council.tally import Ballot, Vote, tally

__all__ = [
    "KINDS",
    "Ballot",
    "Body",
    "Draft",
    "Easing",
    "Measure",
    "Outcome",
    "RecordedVote",
    "Regime",
    "Relief",
    "Rule",
    "Stance",
    "Term",
    "Vote",
    "after_vote",
    "can_be_ended",
    "draft_vote",
    "enact",
    "load_body",
    "load_votes",
    "pass_probability",
    "renewal_due",
    "replay",
    "sponsor_choice",
    "sponsor_values",
    "tally",
]
