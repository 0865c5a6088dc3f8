"""Events: predicates and their sides, coded to PLOVER by rules with ids.

Rules stand in ``lexicon/events_ja.yaml`` and ``lexicon/events_en.yaml``, each with its ambiguities as a note.
"""

from keisei.documents.events.find import find_events

__all__ = ["find_events"]
