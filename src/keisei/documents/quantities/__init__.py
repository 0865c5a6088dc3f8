"""Quantities in Japanese and English text: numbers with unit, bounds and what they count."""

from keisei.documents.quantities.find import find_quantities
from keisei.documents.quantities.spans import QuantitySpan

__all__ = ["QuantitySpan", "find_quantities"]
