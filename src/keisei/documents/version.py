"""Which rules made a reading: a hash of this package's code, so that a change of any rule tells itself.

The lexicon, whose yaml files hold the rules of events, has its own hash (``lexicon.version``).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def rules_version() -> str:
    """The first twelve hex digits of the hash of all modules of the package, by path and content (some milliseconds)."""  # noqa: E501
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.py")):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


__all__ = ["rules_version"]
