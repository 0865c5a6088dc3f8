"""The event rules of a language, read from the lexicon and compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from keisei.documents.events.gates import Gate, branches, gate
from keisei.documents.lexicon import FOLDER
from keisei.documents.records import INSTRUMENTS, PLOVER
from keisei.documents.words import load_yaml
from keisei.errors import InputError

_NEVER = re.compile(r"(?!)")
# files read after the patterns of a language, in the order of precedence
_MORE = {
    "ja": ("events_ja_fields.yaml", "events_ja_words.yaml"),
    "en_text": ("events_en_fields.yaml", "events_en_words.yaml"),
}
FRAMES = ("act", "receive", "mutual", "self", "request", "visit", "host", "disclose", "mutual_or_self")


@dataclass(frozen=True)
class Rule:
    """One rule. ``instrument`` may be ``object`` (read from the words before the predicate) or ``sanctions``.

    A rule has a ``pattern`` or, for a family of predicates with one sense, ``words`` in their dictionary form
    (``lexical``); ``near`` must then be found in the clause beside the predicate. ``gate``: see ``gates``.
    """

    id: str
    plover: str
    instrument: str
    other: str
    frame: str
    pattern: re.Pattern[str]
    need: str | None
    skip: str | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    note: str
    words: tuple[str, ...] = ()
    near: re.Pattern[str] | None = None
    noun: bool = True
    gate: Gate = None


@dataclass(frozen=True)
class RuleBook:
    """All rules of a language in the order of precedence, and the object words of the instruments."""

    rules: tuple[Rule, ...]
    objects: tuple[tuple[str, re.Pattern[str]], ...]

    @cached_property
    def patterned(self) -> tuple[Rule, ...]:
        """The rules with a pattern; they go before those with words."""
        return tuple(r for r in self.rules if not r.words)

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The order of precedence of the patterned rules."""
        return {rule.id: k for k, rule in enumerate(self.patterned)}

    @cached_property
    def _masks(self) -> tuple[dict[str, tuple[int, int]], int, int, tuple[int, ...]]:
        """Character → the branches of patterns (as bits) that it lets through at the first and the second look.

        With the branches that need no first or second look, and the rule of each branch.
        """
        looks: tuple[dict[str, int], dict[str, int]] = ({}, {})
        free = [0, 0]
        owners: list[int] = []
        for k, rule in enumerate(self.patterned):
            for branch in branches(rule.pattern.pattern) if rule.gate else [(None, None)]:
                bit = 1 << len(owners)
                owners.append(k)
                for n, needed in enumerate(branch):
                    if needed is None:
                        free[n] |= bit
                    for char in needed or ():
                        looks[n][char] = looks[n].get(char, 0) | bit
        chars = looks[0].keys() | looks[1].keys()
        masks = {c: (looks[0].get(c, 0), looks[1].get(c, 0)) for c in chars}
        return masks, free[0], free[1], tuple(owners)

    def possible(self, text: str) -> Iterator[Rule]:
        """The patterned rules that the characters of a text do not rule out, in the order of precedence."""
        masks, first, second, owners = self._masks
        for char in masks.keys() & set(text):
            one, two = masks[char]
            first |= one
            second |= two
        found, last = first & second, -1
        while found:
            low = found & -found
            found ^= low
            k = owners[low.bit_length() - 1]
            if k != last:
                yield self.patterned[k]
            last = k

    @cached_property
    def worded(self) -> tuple[Rule, ...]:
        """The rules with words."""
        return tuple(r for r in self.rules if r.words)


def _words(listed: str, classes: dict[str, str]) -> tuple[str, ...]:
    """The words of a rule; ``@give`` stands for a class of verbs."""
    out: list[str] = []
    for word in re.split(r",\s*", listed.strip()):
        out += re.split(r",\s*", classes[word[1:]].strip()) if word.startswith("@") else [word] if word else []
    return tuple(dict.fromkeys(out))


def _rule(row: dict[str, Any], file: str, classes: dict[str, str]) -> Rule:
    flags = re.IGNORECASE if file == "events_en.yaml" else 0
    try:
        words = _words(row.get("words", ""), classes)
        rule = Rule(
            row["id"], row["plover"], row["instrument"], row.get("else", "other"), row["frame"],
            _NEVER if words else re.compile(row["re"], flags),
            row.get("need"), row.get("skip"), tuple(row.get("sources", ())), tuple(row.get("targets", ())),
            row.get("note", ""), words, re.compile(row["near"]) if "near" in row else None,
            row.get("noun", True), None if words or flags else gate(row["re"]),
        )  # fmt: skip
    except (KeyError, re.error) as error:
        raise InputError(f"rule {row.get('id', row)} is broken: {error}", file=FOLDER / file) from None
    if rule.plover not in PLOVER or rule.frame not in FRAMES:
        raise InputError(f"rule {rule.id} has an unknown type or frame", file=FOLDER / file)
    if rule.instrument not in (*INSTRUMENTS, "object", "sanctions"):
        raise InputError(f"rule {rule.id} has an unknown instrument '{rule.instrument}'", file=FOLDER / file)
    return rule


@lru_cache(maxsize=3)
def rules(language: str) -> RuleBook:
    """The rule book of ``ja``, ``en_text`` (running text) or ``en`` (types of sentences whose sides are given).

    Raises:
        InputError: a rule lacks a field or names an unknown type, frame or instrument.
    """
    file = f"events_{language}.yaml"
    data: dict[str, Any] = load_yaml(file)
    objects = tuple((name, re.compile(pattern)) for name, pattern in data["objects"].items())
    found = [_rule(row, file, {}) for row in data["rules"]]
    for name in _MORE.get(language, ()):
        more: dict[str, Any] = load_yaml(name)
        found += [_rule(row, name, more.get("classes", {})) for row in more["rules"]]
    return RuleBook(tuple(found), objects)


def notes(language: str) -> dict[str, str]:
    """Rule id → what it may be mistaken for, for readers and documents."""
    return {rule.id: rule.note for rule in rules(language).rules}


__all__ = ["FRAMES", "Rule", "RuleBook", "notes", "rules"]
