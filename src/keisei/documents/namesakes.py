"""Who bears the same family name as someone of the lexicon: a given name that is not theirs tells them apart."""

from __future__ import annotations

import re
from functools import lru_cache

from keisei.documents.lexicon import Lexicon, load
from keisei.documents.normal import key

# words in capitals before a family name that are no given name
_BEFORE_FAMILY = frozenset(
    re.findall(
        r"\w+",
        "The But And When While As If After Before Since Because Although Though For In On At With By From To "
        "Of Or So Yet Now Then Both Like Unlike Even Only Still Here There That This What How Why Who Where "
        "Whether Under Over Against Between Despite Until Once President Minister Secretary General "
        "Chancellor Premier Leader Chairman Chairwoman Director Senator Governor Ambassador Mr Mrs Ms Dr Prof "
        "Professor King Queen Prince Pope Sir Lord Lady Marshal Admiral Colonel Captain Commander Speaker "
        "Representative Envoy Vice Foreign Defense Defence Prime State House White New Monday Tuesday "
        "Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
        "September October November December Western Eastern Comrade Judge Justice Mayor ",
    )
)
_GIVEN_BEFORE = r"(?<![\w’'-])(?P<given>[A-Z][a-zà-ž’'-]{2,}) "
_FAMILY_FIRST = ("PRK", "KOR", "CHN", "JPN", "VNM", "TWN", "MNG", "HUN")


def of_another(text: str, family: str, ident: str, lexicon: Lexicon) -> bool:
    """Whether the text gives a family name to another person: with a given name that the lexicon's bearer has not."""
    if lexicon.entities[ident].country in _FAMILY_FIRST or len(family) < 4:
        return False
    own = full_names().get(ident, ())
    for match in re.finditer(_GIVEN_BEFORE + re.escape(family) + r"(?![\w-])", text):
        given = match["given"]
        if given in _BEFORE_FAMILY or given in lexicon.adjectives or key(given) in lexicon.aliases:
            continue
        if not any(name.startswith(key(given)[:3]) for name in own):
            return True
    return False


@lru_cache(maxsize=1)
def full_names() -> dict[str, tuple[str, ...]]:
    """Folded forms of each person of the lexicon."""
    out: dict[str, list[str]] = {}
    lexicon = load()
    for form, ident in lexicon.aliases.items():
        out.setdefault(ident, []).append(form)
    return {ident: tuple(forms) for ident, forms in out.items()}


__all__ = ["full_names", "of_another"]
