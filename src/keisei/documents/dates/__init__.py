"""Dates in Japanese and English text: absolute, partial, deictic, anaphoric, spans; values as ISO intervals."""

from keisei.documents.dates.find import find_dates
from keisei.documents.dates.spans import DateSpan

__all__ = ["DateSpan", "find_dates"]
