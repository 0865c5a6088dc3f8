"""Whose words go on: sentences without a source between two that are given to one scholar.

Reports give an expert's view over several sentences and name him in the first and the last only (…と語った。報復は
限られたものになる。…とも思えない、と彼女は付け加えた). What stands between is his as well. A sentence that only
says that he thinks so (教授はそうみている) closes such a stretch too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from keisei.documents.context import Context
from keisei.documents.records import Claim
from keisei.documents.voices import official

_REASON = re.compile(
    r"^[ 　]*(?:The reason(?: is|:)|The main reason|That is because|Hence\b|(?:その|最大の|主な)?(?:理由|根拠)(?:は|として)|なぜなら|というのも|いわく|曰く)"  # noqa: E501
)
_OWN = re.compile(
    r"筆者|(?<![一-鿿])(?:私|我々|われわれ)(?:は|が|も|に)|^[ 　]*(?:もっとも|とはいえ|確かに|たしかに)、"
)
# background that a reporter adds between two quotations
_FACT = re.compile(r"\b(?:19|20)[0-9]{2}\b|[0-9０-９]{4}年|決議|はずだ(?:った)?。|^[ 　]*(?:彼|彼女)ら")
_MAX = 3


def go_on(context: Context, claims: list[Claim], closing: dict[int, str]) -> list[Claim]:
    """Give the author's claims between two of one scholar to the scholar; ``closing``: lines such as そうみている."""
    starts = [line.start for line in context.lines]
    number_of: dict[int, int] = {}
    number = 0
    for k in sorted(range(len(claims)), key=lambda k: claims[k].start):
        while number + 1 < len(starts) and starts[number + 1] <= claims[k].start:
            number += 1
        number_of[k] = number
    by_line: dict[int, list[int]] = {}
    for k, at in number_of.items():
        by_line.setdefault(at, []).append(k)
    out = list(claims)
    paragraph = _paragraphs(context)
    last: tuple[int, str] | None = None
    waiting: list[int] = []
    for at in sorted(set(by_line) | set(closing)):
        if last is not None and paragraph[at] != paragraph[last[0]]:
            last, waiting = None, []
        if at in closing:
            for k in waiting if last is not None and last[1] == closing[at] else waiting[-1:]:
                out[k] = replace(out[k], speaker=closing[at])
            last, waiting = (at, closing[at]), []
            continue
        here = by_line[at]
        speakers = {out[k].speaker for k in here}
        plain = all(out[k].rule in ("C-voice", "CE-voice") for k in here) and speakers == {"AUTHOR"}
        text = context.lines[at].text
        if plain and last is not None and not waiting and at == last[0] + 1 and _REASON.match(text):
            for k in here:
                out[k] = replace(out[k], speaker=last[1])
            last = (at, last[1])
        elif plain and (last is not None or not waiting):
            if _OWN.search(text) or _FACT.search(text) or len(waiting) >= _MAX:
                last, waiting = None, []
            else:
                waiting.extend(here)
        elif len(speakers) == 1 and (who := next(iter(speakers))) != "AUTHOR" and not official(context, who):
            if last is not None and last[1] == who and waiting and at - last[0] <= _MAX + 1:
                for k in waiting:
                    out[k] = replace(out[k], speaker=who)
            last, waiting = (at, who), []
        else:
            last, waiting = None, []
    return out


def _paragraphs(context: Context) -> list[int]:
    """The number of the paragraph that each line stands in."""
    out: list[int] = []
    current, end = 0, 0
    for line in context.lines:
        if "\n" in context.text[end : line.start]:
            current += 1
        out.append(current)
        end = line.end
    return out


__all__ = ["go_on"]
