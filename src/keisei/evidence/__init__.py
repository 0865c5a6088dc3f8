"""Evidence: what is known, from whom, how sure, and where sources disagree. It knows no model."""

from keisei.evidence.bundle import Evidence
from keisei.evidence.case_files import check_evidence, load_evidence
from keisei.evidence.dates import Span, parse_date
from keisei.evidence.readings import import_reading
from keisei.evidence.records import Coverage, Entity, Fact, Measurement, Source
from keisei.evidence.store import Store, open_store

__all__ = [
    "Coverage",
    "Entity",
    "Evidence",
    "Fact",
    "Measurement",
    "Source",
    "Span",
    "Store",
    "check_evidence",
    "import_reading",
    "load_evidence",
    "open_store",
    "parse_date",
]
