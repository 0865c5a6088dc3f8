"""English predicates by word: verbs with their inflections, and nouns, of the rules that list words.

An entry is a verb with what follows it (rebuff, turn down, lash out at) or, behind a tilde, a noun (~overture to). Each
word of a sentence is looked up once, so that a long list costs no more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from keisei.documents.events.rules import Rule, rules

_WORD = re.compile(r"[A-Za-z][A-Za-z’'\-]*")
_IRREGULAR = {
    "break": "broke broken", "bring": "brought", "buy": "bought", "cut": "cutting", "deal": "dealt", "draw": "drew drawn",
    "drive": "drove driven", "fall": "fell fallen", "feed": "fed", "fight": "fought", "find": "found", "flee": "fled",
    "fly": "flew flown", "freeze": "froze frozen", "swap": "swapped swapping", "get": "got gotten getting", "give": "gave given", "go": "went gone", "grow": "grew grown",
    "hit": "hitting", "hold": "held", "keep": "kept", "lay": "laid", "lead": "led", "leave": "left", "lend": "lent",
    "let": "letting", "make": "made", "meet": "met", "pay": "paid", "put": "putting", "seek": "sought", "sell": "sold",
    "send": "sent", "set": "setting", "shoot": "shot", "sink": "sank sunk", "sit": "sat sitting", "spend": "spent",
    "stand": "stood", "steal": "stole stolen", "strike": "struck stricken", "swear": "swore sworn", "take": "took taken",
    "tear": "tore torn", "throw": "threw thrown", "turn": "", "win": "won winning", "withdraw": "withdrew withdrawn",
    "withhold": "withheld", "come": "came", "do": "did done", "hang": "hung", "build": "built", "shut": "shutting",
    "bow": "", "woo": "wooed", "show": "shown", "say": "said", "tell": "told", "overthrow": "overthrew overthrown",
    "undergo": "underwent", "forgo": "forwent", "rise": "rose", "speak": "spoke spoken", "split": "splitting",
}  # fmt: skip
_DOUBLING = re.compile(r"^(?:[^aeiou]*[aeiou][bdgklmnprt]|.*(?:fer|mit|pel|bel|cur|bar|ban|ship|cap|fund?ed))$")
# as often nouns: only their past and -ing forms are verbs for sure
_ALSO_NOUNS = frozenset(
    "force press push attack strike shell bomb hit raid gas assault fault charge label brand cite sanction ban bar order ship fund finance "
    "trade exchange swap export import purchase source fight battle clash draft station mass position patrol move display parade field "
    "test launch limit block cut curb halt end drop cap offer promise pledge request demand protest murder poison torpedo ambush offensive "
    "host train help court stop delay arrest blockade fire honor honour salute thank toast back pump channel pass grant supply lease storm "
    "ram sink market grow deal sail spy jam purge execute visit tour welcome contact dispute chair address exit break hedge".split()
)
_SINGLE = ("offer", "order", "deliver", "suffer", "differ", "enter", "counter", "barter", "broker", "transfer")


def _forms(verb: str) -> set[str]:
    """The inflected forms of a verb."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe")) else verb
    out = {verb, *_IRREGULAR.get(verb, "").split()}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        out |= {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
        return out
    if verb in _ALSO_NOUNS:
        out.discard(verb)
    else:
        out.add(verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"))
    double = stem == verb and _DOUBLING.match(verb) and verb not in _SINGLE[:-1]
    tail = verb + verb[-1] if double else stem
    return out | {tail + "ed", tail + "ing"}


@lru_cache(maxsize=1)
def _index() -> dict[str, list[tuple[tuple[str, ...], Rule]]]:
    """First word in any form → what must follow it, longest first, and the rule."""
    index: dict[str, list[tuple[tuple[str, ...], Rule]]] = {}
    for rule in rules("en_text").worded:
        for entry in rule.words:
            first, *rest = entry.lstrip("~").split()
            forms = {first, first + "s"} if entry.startswith("~") else _forms(first)
            for form in forms:
                index.setdefault(form, []).append((tuple(rest), rule))
    for entries in index.values():
        entries.sort(key=lambda e: -len(e[0]))
    return index


def uses(text: str) -> Iterator[tuple[int, int, Rule]]:
    """Where the words of the rules stand in a sentence."""
    index = _index()
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    for k, (start, end, word) in enumerate(words):
        for rest, rule in index.get(word, ()):
            if tuple(w[2] for w in words[k + 1 : k + 1 + len(rest)]) == rest:
                yield start, words[k + len(rest)][1] if rest else end, rule


__all__ = ["uses"]
