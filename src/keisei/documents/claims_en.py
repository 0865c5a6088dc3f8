from keisei.documents.context import Context
from keisei.documents.records import Claim, Event


def find_english_claims(context: Context, events: list[Event]) -> list[Claim]:
    return []
