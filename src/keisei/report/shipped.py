"""Results that took long to make and lie beside a case: read from JSON, tolerant of what a newer writer adds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from keisei.errors import InputError
from keisei.report.view import Text


def read_document(path: Path, command: str) -> Mapping[str, Any]:
    """A JSON object.

    Args:
        command: what writes such a file, for the message.

    Raises:
        InputError: it cannot be read, or is no JSON object.
    """
    mend = f"write it with {command}"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"it cannot be read ({error})", file=path, mend=mend) from None
    except json.JSONDecodeError as error:
        raise InputError(f"it is not JSON ({error.msg})", file=path, line=error.lineno, mend=mend) from None
    if not isinstance(document, dict):
        raise InputError("it is no JSON object", file=path, mend=mend)
    return document


def entries(document: Mapping[str, Any], key: str, path: Path, command: str) -> list[Mapping[str, Any]]:
    """The list of objects under a key.

    Raises:
        InputError: there is none.
    """
    found = document.get(key)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise InputError(f"it has no list '{key}'", file=path, mend=f"write it with {command}")
    return found


def settings(document: Mapping[str, Any], rows: str) -> dict[str, str]:
    """How a document says it was made: its plain entries, as text; those that are absent are left out."""
    plain = {k: v for k, v in document.items() if k != rows and isinstance(v, str | int | float) and v != ""}
    return {k: f"{v:g}" if isinstance(v, float) else str(v) for k, v in plain.items()}


def other_draws(document: Mapping[str, Any], now: Mapping[str, str]) -> tuple[str, ...]:
    """Vintages whose draws a document was made with and that are other ones now, or gone.

    Args:
        now: vintage → hash of the draws that the case ships (`cases.vintages.draw_hashes`).

    >>> other_draws({"draw_hashes": {"2024-12": "a", "2025-09": "b"}}, {"2024-12": "a", "2025-09": "c"})
    ('2025-09',)
    """
    made = document.get("draw_hashes")
    return tuple(sorted(v for v, old in made.items() if now.get(v) != old)) if isinstance(made, dict) else ()


_TOLD = (
    (("made",), "made {made}", "{made}作成"),
    (("version",), "keisei {version}", "keisei {version}"),
    (("origin",), "origin {origin} unless said otherwise", "起点は断りのない限り{origin}"),
    (
        ("draws_prior", "draws_calibrated"),
        "{draws_prior} prior and {draws_calibrated} calibrated draws",
        "事前標本{draws_prior}組、較正済み標本{draws_calibrated}組",
    ),
    (("draws",), "{draws} parameter draws", "パラメータ標本{draws}組"),
    (("vintage",), "calibrated to {vintage}", "較正は{vintage}まで"),
    (("particles",), "{particles} particles a draw", "標本ごとに{particles}粒子"),
    (("members",), "{members} members", "構成員{members}"),
    (("seed",), "seed {seed}", "乱数の種{seed}"),
    (
        ("noop_difference",),
        "largest difference of worlds in which nothing was set {noop_difference}",
        "何も変えない二つの世界の差は最大{noop_difference}",
    ),
)


def in_words(settings: Mapping[str, str]) -> Text:
    """How a document was made, for a reader: what its settings tell, in both languages.

    >>> in_words({"made": "2026-01-02", "seed": "1"}).en
    'made 2026-01-02; seed 1'
    """
    told = [(en, ja) for keys, en, ja in _TOLD if all(key in settings for key in keys)]
    return Text("; ".join(en.format(**settings) for en, _ in told), "、".join(ja.format(**settings) for _, ja in told))


def number(row: Mapping[str, Any], key: str) -> float | None:
    """A number, None where it is absent or null.

    Raises:
        TypeError, ValueError: it is something else.
    """
    value = row.get(key)
    return None if value is None else float(value)
