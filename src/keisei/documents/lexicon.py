"""The lexicon: names of states, people, organisations, places and things, compiled by us, one CSV a kind.

``version()`` is a hash of all lexicon files, so that every reading can say which dictionary made it.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from keisei.documents.normal import key
from keisei.documents.records import Entity
from keisei.errors import InputError

FOLDER = Path(__file__).parent / "lexicon"


@dataclass(frozen=True)
class Lexicon:
    """All names. ``aliases``: folded form → entity ids; ``starts``: first two folded characters → lengths, longest first.

    ``abbreviations``: one character → state; ``family``: short name → person ids that may be meant by it;
    ``capitals``: capital's place id → state.
    """  # noqa: E501

    entities: dict[str, Entity]
    aliases: dict[str, str]
    starts: dict[str, tuple[int, ...]]
    abbreviations: dict[str, str]
    family: dict[str, tuple[str, ...]]
    capitals: dict[str, str]
    adjectives: dict[str, str]
    states: frozenset[str]
    state_names: dict[str, str] = field(default_factory=dict)
    spelled: dict[str, frozenset[str]] = field(default_factory=dict)  # short folded names as they are written
    guarded: frozenset[str] = frozenset()  # people whose family name alone may as well be another's given name


def _rows(name: str) -> list[list[str]]:
    """The rows of the file of a kind, then those for the rest of the world."""
    stem = name.removesuffix(".csv")
    more = f"{stem}_world.csv"
    return _read(name) + (_read(more) if (FOLDER / more).exists() else [])


def _read(name: str) -> list[list[str]]:
    path = FOLDER / name
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.reader(handle) if row and not row[0].startswith("#")]
    width = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            raise InputError(f"row '{row[0]}' has {len(row)} fields, not {width}", file=path, line=number + 1,
                             mend="write one field for each column of the heading")  # fmt: skip
    return rows


def _forms(cell: str) -> list[str]:
    return [form for form in cell.split(";") if form]


# where the family name stands first, so that the first word may stand alone once the person is named in full
_FAMILY_FIRST = ("PRK", "KOR", "CHN")
# a Kim alone is the leader; the others are words too common
_COMMON = ("Kim", "Ban", "Han", "Song", "Mao", "Sung", "Tong", "Deng")


@lru_cache(maxsize=1)
def version() -> str:
    """The first twelve hex digits of the hash of all lexicon files."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in (".csv", ".yaml"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


# names of the rest of the world no longer than this must stand as they are spelled: ルト is not ルート, パース not パス
_SHORT = 3


def _spelled() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for name, first in (("people", 3), ("organisations", 3), ("places", 3), ("things", 4)):
        for row in _read(f"{name}_world.csv"):
            for form in re.split(r"[;|]", row[first]):
                if re.match(r"[ァ-ヺ]", form) and len(folded := key(form)) <= _SHORT:
                    out.setdefault(folded, set()).add(form)
    return {folded: frozenset(forms) for folded, forms in out.items()}


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Read and index the lexicon (about 0.05 s)."""
    entities: dict[str, Entity] = {}
    aliases: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    family: dict[str, list[str]] = {}
    capitals: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    state_names: dict[str, str] = {}

    def alias(form: str, entity: str) -> None:
        folded = key(form)
        if folded:
            aliases.setdefault(folded, entity)

    for iso, name, adjective, japanese, english, short, capital_ja, capital_en in _rows("states.csv"):
        entities[iso] = Entity(iso, "state", name, iso)
        for form in _forms(japanese) + _forms(english):
            alias(form, iso)
            state_names[form] = iso
        for form in _forms(adjective):
            adjectives.setdefault(form, iso)
            alias(form, iso)
        for char in _forms(short):
            abbreviations.setdefault(char, iso)
        if capital_ja or capital_en:
            plain = (_forms(capital_en) or [f"{iso}_CAPITAL"])[0]
            place = plain.upper().replace(" ", "_").replace("'", "")
            place = "WASHINGTON_DC" if iso == "USA" else place
            entities.setdefault(place, Entity(place, "place", plain, iso))
            capitals[place] = iso
            for form in _forms(capital_ja) + _forms(capital_en):
                alias(form, place)
    for ident, country, role, japanese, english in _rows("people.csv"):
        full_en = _forms(english.partition("|")[0])
        entities[ident] = Entity(ident, "person", full_en[0] if full_en else ident, country or None, role)
        for cell in (japanese, english):
            full, _, short = cell.partition("|")
            shorts = _forms(short)
            for form in _forms(full):
                if form not in shorts:
                    alias(form, ident)
            for form in shorts:
                family.setdefault(key(form), []).append(ident)
        first = full_en[0].split() if full_en and country in _FAMILY_FIRST else []
        alone = len(first) > 1 and len(first[0]) >= 3 and first[0] not in _COMMON
        if alone and ident not in family.get(key(first[0]), ()):
            family.setdefault(key(first[0]), []).append(ident)
    for ident, country, name, japanese, english in _rows("organisations.csv"):
        entities[ident] = Entity(ident, "organisation", name, country or None)
        for form in _forms(japanese) + _forms(english):
            alias(form, ident)
    for ident, country, name, japanese, english in _rows("places.csv"):
        entities[ident] = Entity(ident, "place", name, country or None)
        for form in _forms(japanese) + _forms(english):
            alias(form, ident)
    for ident, kind, country, name, japanese, english in _rows("things.csv"):
        entities[ident] = Entity(ident, kind, name, country or None)
        for form in _forms(japanese) + _forms(english):
            alias(form, ident)
    lengths: dict[str, set[int]] = {}
    for form in [*aliases, *family]:
        lengths.setdefault(form[:2], set()).add(len(form))
    return Lexicon(
        entities=entities,
        aliases=aliases,
        starts={two: tuple(sorted(sizes, reverse=True)) for two, sizes in lengths.items()},
        abbreviations=abbreviations,
        family={form: tuple(people) for form, people in family.items()},
        capitals=capitals,
        adjectives=adjectives,
        states=frozenset(ident for ident, entity in entities.items() if entity.type == "state"),
        state_names=state_names,
        spelled=_spelled(),
        guarded=frozenset(row[0] for row in _read("people_world.csv")),
    )


__all__ = ["FOLDER", "Lexicon", "load", "version"]
