"""One-to-one folding: every character stays where it is, so offsets hold in the original."""

from __future__ import annotations

import re

_TABLE = {0xFF01 + i: 0x21 + i for i in range(94)}
_TABLE.update(
    {
        0x3000: 0x20,  # ideographic space
        0x00A0: 0x20,  # no-break space
        0x301C: 0x7E,  # wave dash
        0x2212: 0x2D,  # minus sign
        0x2010: 0x2D,  # hyphen
        0x2011: 0x2D,  # non-breaking hyphen
        0x2019: 0x27,  # right single quote, the apostrophe of print
        0x2018: 0x27,
        0x30F6: 0x30F5,  # ヶ → ヵ
    }
)

_URL = re.compile(r"(?:https?://|www\.)[!-~]+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")


def fold(text: str) -> str:
    """The text with full-width letters, digits and signs as ASCII; same length, same offsets."""
    return text.translate(_TABLE)


def addresses(text: str) -> list[tuple[int, int]]:
    """Spans of web and mail addresses, in which no date or quantity is read."""
    return [m.span() for m in _URL.finditer(text)] if "://" in text or "www." in text or "@" in text else []
