"""``case.yaml``, read and checked: a slip in it is named before anything is built on it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationError

from keisei.errors import InputError
from keisei.evidence.tables import complaint, load_yaml


class _Step(BaseModel):
    value: float


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid")
    parameters: list[str]
    sites: list[str] = []
    episodes: bool = False


class _Calibration(BaseModel):
    model_config = ConfigDict(extra="forbid")
    draws: PositiveInt = 192
    particles: PositiveInt = 64
    rounds: PositiveInt = 30
    seed: int = 1
    vintages: dict[str, PositiveInt] = {}


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid")
    site: str
    value: float
    months: str


class _About(BaseModel):
    """The shape of the file; ``credibility``, ``beside`` and ``series_beside`` are checked where they are used."""

    model_config = ConfigDict(extra="forbid")
    id: str
    name_en: str
    name_ja: str = ""
    start: str = ""
    end: str = ""
    actors: list[str] = []
    background: list[str] = []
    history: list[str] = []
    traits: list[dict[str, Any]] = []
    definitions: list[_Definition] = []
    credibility: dict[str, Any] = {}
    severity: dict[str, _Step] = {}
    blocks: dict[str, _Block] = {}
    calibration: _Calibration = _Calibration()
    beside: dict[str, Any] = {}
    series_beside: dict[str, Any] = {}


def read_about(path: Path) -> Mapping[str, Any]:
    """What ``case.yaml`` says.

    Raises:
        InputError: it is absent, no YAML, or a key is missing, unknown or of another kind.
    """
    if not path.is_file():
        raise InputError("the file is absent", file=path, mend="a case needs a case.yaml")
    found = load_yaml(path)
    if not isinstance(found, dict) or "id" not in found:
        raise InputError("it has no id", file=path, line=1, mend="write id, name_en, name_ja, start, end, history")
    try:
        _About.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        if first["type"] == "missing":
            raise complaint(f"it has no {place}", file=path, mend="add it") from None
        if first["type"] == "extra_forbidden":
            near = difflib.get_close_matches(str(first["loc"][-1]), _About.model_fields, n=1)
            mend = f"did you mean {near[0]}?" if near else "see docs/cases.md for the keys"
            raise complaint(f"'{place}' is not a known key", file=path, mend=mend) from None
        message = f"{place}: {first['msg'][:1].lower()}{first['msg'][1:]}"
        raise complaint(message, file=path, mend="see docs/cases.md for its form") from None
    return found
