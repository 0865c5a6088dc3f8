"""Bodies of a state behind の: 北朝鮮の特殊部隊, 米国の次期政権, 韓国軍の合同参謀本部. The mention takes them in."""

from __future__ import annotations

import re

from keisei.documents.found import Found
from keisei.documents.lexicon import load
from keisei.documents.records import Entity, Mention
from keisei.documents.words import words

_DIRECTLY = re.compile(r"(?P<body>情報総局|情報本部|総参謀部|参謀本部|沿岸警備隊|特殊部隊)(?![一-鿿](?<!の))")

# words that name nobody without their state, unless they stand alone elsewhere
_COMMON = ("メディア", "報道機関", "指導部", "軍部", "軍需産業", "代表団", "財界", "野党", "与党")


def bodies(text: str, found: Found, taken: bytearray) -> None:
    """Let the mention of a state or of its body take in a body behind の; the body alone is a form of it too."""
    lexicon, w = load(), words()
    codes = w.derived_codes
    at = {m.start: k for k, m in enumerate(found.mentions)}
    swallowed: set[int] = set()
    for k, mention in enumerate(found.mentions):
        entity = lexicon.entities.get(mention.ids[0]) or found.proposed.get(mention.ids[0])
        if len(mention.ids) != 1 or mention.rule == "inner" or entity is None or not entity.country:
            continue
        if entity.type != "state" and mention.rule not in ("derived", "ministry"):
            continue
        match = w.behind_no.match(text, mention.end)
        if match is None and mention.rule == "derived":
            match = _DIRECTLY.match(text, mention.end)  # 国防省情報総局
        if match is None:
            continue
        inner = at.get(match.start("body"))
        if inner is not None:  # 合同参謀本部 has a name in the lexicon: the longer form is its too
            body = found.mentions[inner].ids
            if found.mentions[inner].end != match.end() or len(body) != 1:
                continue
            swallowed.add(inner)
        elif any(taken[match.start() : match.end()]):
            continue
        else:
            code, label = codes[match["body"]]
            body = (f"{entity.country}_{code}",)
            state = lexicon.entities[entity.country]
            found.proposed.setdefault(body[0], Entity(body[0], "organisation", f"{state.name_en}: {label}", state.id))
        found.forms.append((text[mention.start : mention.end], mention.ids[0]))
        if match["body"] not in _COMMON or text.count(match["body"]) > text.count(text[mention.start : match.end()]):
            found.forms.append((match["body"], body[0]))
        found.mentions[k] = Mention(mention.start, match.end(), body, "derived")
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found.mentions[:] = [m for k, m in enumerate(found.mentions) if k not in swallowed]


__all__ = ["bodies"]
