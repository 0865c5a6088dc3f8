"""English quantities."""

from keisei.documents.quantities.japanese import Found


def find(text: str, blocked: list[tuple[int, int]]) -> list[Found]:
    return []
