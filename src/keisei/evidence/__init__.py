"""Evidence: what is known, from whom, how sure, and where sources disagree. It knows no model."""

from keisei.evidence.bundle import Evidence
from keisei.evidence.case_files import check_evidence, load_evidence
from keisei.evidence.dates import Span, parse_date
from keisei.evidence.records import Coverage, Entity, Fact, Measurement, Source

__all__ = [
    "Coverage",
    "Entity",
    "Evidence",
    "Fact",
    "Measurement",
    "Source",
    "Span",
    "check_evidence",
    "load_evidence",
    "parse_date",
]
