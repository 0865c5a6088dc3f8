"""A room imports only from rooms above it in the table of docs/architecture.md."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "keisei"
# rooms of one line may import from lines above, and from themselves
ORDER = [
    ("errors",),
    ("months",),
    ("score",),
    ("documents",),
    ("evidence",),
    ("games",),
    ("exchange", "council"),
    ("model",),
    ("ensemble",),
    ("forecast",),
    ("explore",),
    ("cases",),
    ("report",),
    ("cli",),
]
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module] if node.module != "keisei" else [f"keisei.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("keisei.")}
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_room_imports_only_from_rooms_above(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if room == "__init__":
        assert not _imports(path)
        return
    assert room in RANK, f"{room} is a new room: give it its place in the table"
    for other in _imports(path):
        assert other in RANK, f"{path} imports keisei.{other}, which is no room"
        allowed = RANK[other] < RANK[room] or other == room
        assert allowed, f"{room} imports {other}, which is not above it"
