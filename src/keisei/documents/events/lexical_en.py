"""English predicates by word: verbs with their inflections, and nouns, of the rules that list words.

An entry is a verb with what follows it (rebuff, turn down, lash out at) or, behind a tilde, a noun (~overture to). Each
word of a sentence is looked up once, so that a long list costs no more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from keisei.documents.events.rules import Rule, rules
from keisei.documents.words import load_yaml

_WORD = re.compile(r"[A-Za-z][A-Za-z’'\-]*")
_MAKES_NOUN = ("a", "an", "A", "An", "in", "In", "of", "no", "under", "Under")
_DOUBLING = re.compile(r"^(?:[^aeiou]*[aeiou][bdgklmnprt]|.*(?:fer|mit|pel|bel|cur|bar|ban|ship|cap|fund?ed))$")
_SINGLE = ("offer", "order", "deliver", "suffer", "differ", "enter", "counter", "barter", "broker", "transfer")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], frozenset[str]]:
    """Irregular verbs with their other forms, and verbs that are nouns as often."""
    data: dict[str, Any] = load_yaml("events_light.yaml")
    return data["irregular"], frozenset(data["also_nouns"].split())


def _forms(verb: str) -> set[str]:
    """The inflected forms of a verb; of one that is a noun as often, only its past and -ing forms."""
    irregular, also_nouns = _tables()
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe")) else verb
    out = {verb, *irregular.get(verb, "").split()}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        out |= {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
        return out
    if verb in also_nouns:
        out.discard(verb)
    else:
        out.add(verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"))
    double = stem == verb and _DOUBLING.match(verb) and verb not in _SINGLE[:-1]
    tail = verb + verb[-1] if double else stem
    past = verb + "d" if verb.endswith(("ee", "oe")) else tail + "ed"
    if re.search(r"[^aeiou][aeiou]l$", verb):
        out |= {verb + "led", verb + "ling"}  # funnelled beside funneled
    return out | {past, tail + "ing"}


@lru_cache(maxsize=1)
def _index() -> dict[str, list[tuple[tuple[str, ...], Rule, bool]]]:
    """First word in any form → what must follow it, longest first, the rule, and whether it is a bare verb."""
    index: dict[str, list[tuple[tuple[str, ...], Rule, bool]]] = {}
    for rule in rules("en_text").worded:
        for entry in rule.words:
            first, *rest = entry.lstrip("~").split()
            forms = {first, first + "s"} if entry.startswith("~") else _forms(first)
            if rest and not entry.startswith("~"):
                forms.add(first)  # what follows tells it from the noun (cut the, hit a)
            for form in forms:
                index.setdefault(form, []).append((tuple(rest), rule, form == first and not entry.startswith("~")))
    for entries in index.values():
        entries.sort(key=lambda e: -len(e[0]))
    return index


def uses(text: str) -> Iterator[tuple[int, int, Rule]]:
    """Where the words of the rules stand in a sentence."""
    index = _index()
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    for k, (start, end, word) in enumerate(words):
        for rest, rule, plain in index.get(word, ()):
            if plain and k and words[k - 1][2] in _MAKES_NOUN:
                continue  # a bargain with, in return: a noun that is spelt like the verb
            if tuple(w[2] for w in words[k + 1 : k + 1 + len(rest)]) == rest:
                yield start, words[k + len(rest)][1] if rest else end, rule


__all__ = ["uses"]
