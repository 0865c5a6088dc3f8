"""Which characters a pattern cannot do without: a cheap look before a long pattern is tried.

Most of the rules' patterns cannot match in most sentences. For each, one set of characters is found of which at least
one must stand in whatever it matches; where a sentence has none of them the pattern need not be tried. The parser knows
the notation that the lexicon uses and gives up (no gate) on the rest.
"""

from __future__ import annotations

import re

_QUANTIFIER = re.compile(r"(?:[?*+]|\{(?P<low>\d+)?(?:,\d*)?\})[?+]?")
_OPENING = re.compile(r"\((?:\?(?P<kind>:|P<\w+>|=|!|<=|<!))?")
_KANA = re.compile(r"[ぁ-ん]")
Gate = frozenset[str] | None


def gate(pattern: str) -> Gate:
    """Characters of which every match holds at least one, or None where that cannot be said."""
    found, end = _alternatives(pattern, 0)
    return found if end == len(pattern) else None


def branches(pattern: str) -> list[tuple[Gate, Gate]]:
    """For each branch of a pattern two sets, of both of which a match holds a character; None where there is none.

    Two looks rule out far more than one: a thing (砲弾) and what is done with it (送).
    """
    out: list[tuple[Gate, Gate]] = []
    at = 0
    while True:
        gates: list[frozenset[str]] = []
        _, at = _sequence(pattern, at, gates)
        gates.sort(key=_worth)
        first = gates[0] if gates else None
        second = next((g for g in gates[1:] if g != first), None)
        out.append((first, second))
        if pattern[at : at + 1] != "|":
            return out if at == len(pattern) else [(None, None)]
        at += 1


def _alternatives(pattern: str, at: int) -> tuple[Gate, int]:
    """Any of the branches may match: the union of their gates, none if one has none."""
    branches: list[Gate] = []
    while True:
        found, at = _sequence(pattern, at)
        branches.append(found)
        if pattern[at : at + 1] != "|":
            break
        at += 1
    known = [b for b in branches if b is not None]
    return (frozenset().union(*known) if len(known) == len(branches) else None), at


def _sequence(pattern: str, at: int, gates: list[frozenset[str]] | None = None) -> tuple[Gate, int]:
    """All parts must match: the most telling of their gates; ``gates`` takes all of them."""
    best: Gate = None
    while at < len(pattern) and pattern[at] not in "|)":
        found, at = _item(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier:
            at = quantifier.end()
            if quantifier.group()[0] in "?*" or (quantifier["low"] in (None, "0") and quantifier.group()[0] == "{"):
                found = None
        if found and gates is not None:
            gates.append(found)
        if found and (best is None or _worth(found) < _worth(best)):
            best = found
    return best, at


def _worth(found: frozenset[str]) -> tuple[bool, int]:
    """Kanji tell more than kana, few more than many."""
    return any(_KANA.match(c) for c in found), len(found)


def _item(pattern: str, at: int) -> tuple[Gate, int]:
    """One character, class, escape or group."""
    char = pattern[at]
    if char == "(":
        opening = _OPENING.match(pattern, at)
        assert opening is not None
        found, at = _alternatives(pattern, opening.end())
        looks = opening["kind"] in ("=", "!", "<=", "<!")
        return (None if looks else found), at + 1
    if char == "[":
        end = pattern.index("]", at + 2)
        inside = pattern[at + 1 : end]
        plain = not inside.startswith("^") and "-" not in inside and "\\" not in inside
        return (frozenset(inside) if plain else None), end + 1
    if char == "\\":
        return None, at + 2
    return (None if char in ".^$" else frozenset(char)), at + 1


__all__ = ["Gate", "branches", "gate"]
