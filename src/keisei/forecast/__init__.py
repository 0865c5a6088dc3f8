"""Questions and their expressions, probabilities, baselines, verification, the ledger of forecasts.

What reads xarray, scipy or ``scores`` imports them where it is used: importing this room stays quick.
"""

from keisei.forecast.ledger import Entry, Forecast, FrozenQuestion, code_version, freeze, freeze_question, read_ledger
from keisei.forecast.probabilities import BaseRate, Probability, base_rate, nested_probability, probability
from keisei.forecast.questions import Question, check_questions, load_questions

__all__ = [
    "BaseRate",
    "Entry",
    "Forecast",
    "FrozenQuestion",
    "Probability",
    "Question",
    "base_rate",
    "check_questions",
    "code_version",
    "freeze",
    "freeze_question",
    "load_questions",
    "nested_probability",
    "probability",
    "read_ledger",
]
