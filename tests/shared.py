"""Where the material beside the checkout lies; tests that need it skip when it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("KEISEI_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def shared(relative: str) -> Path:
    """The path of a file or folder of the shared material, or skip the test."""
    path = ROOT / relative
    if not path.exists():
        pytest.skip(f"{path} is absent: the reference material lies beside the checkout, or KEISEI_SHARED names it")
    return path
