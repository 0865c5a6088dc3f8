from keisei.documents.context import Context
from keisei.documents.records import Event


def find(context: Context) -> list[Event]:
    return []
