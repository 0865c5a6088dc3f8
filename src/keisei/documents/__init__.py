"""From text to entities, dates, quantities, events and claims, each with the characters it stands on.

from keisei.documents import read_text
reading = read_text(open("report.txt", encoding="utf-8", newline="").read(), name="report")
reading.to_json()
"""

from keisei.documents.read import Reading, read_text
from keisei.documents.records import Claim, Entity, Event, Mention, Provenance

__all__ = ["Claim", "Entity", "Event", "Mention", "Provenance", "Reading", "read_text"]
