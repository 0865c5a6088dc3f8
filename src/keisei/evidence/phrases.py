"""Presence and absence of a phrase in a series of texts, by issuer and kind, over time.

Two kinds of evidence are read: facts at the site ``text`` whose attributes code the phrase
(``denuclearisation=named|omitted|accepted``), and the texts of documents in the store, in which mentions that assert,
negate and quote are told apart. What an omission means is not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal

from keisei.errors import InputError
from keisei.evidence.bundle import Evidence
from keisei.evidence.dates import parse_date
from keisei.evidence.readings import Document
from keisei.evidence.search import search_key
from keisei.evidence.tables import read_yaml

How = Literal["asserted", "negated", "quoted"]
TEXT_SITE = "text"
# what a row of the table says; "not coded": there was a text, and nobody wrote down whether it has the phrase
PRESENCES = ("named", "accepted", "negated", "quoted", "omitted", "no text", "not coded")
_PRESENT = frozenset({"named"})
_ABSENT = frozenset({"omitted", "accepted", "negated"})

_END = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
_QUOTES = {"「": "」", "『": "』", "“": "”", '"': '"', "〝": "〟", "«": "»"}
# the sentence goes on to say that the phrase is missing, rejected or over
_NEGATED_AFTER = re.compile(
    r"(言及|明記|記載|確認|議論)(は|も|を)?(さ?れ|し|せ)?(て(は|も)?い)?(な|ず|ません)|触れ(られ)?(て(は|も)?い)?(な|ず|ません)"
    r"|盛り込(ま|まれ)(て(は|も)?い)?(な|ず)|(文言|表現|言葉|文字|目標)(は|も|が|を)[^、。]{0,8}(な[いくか]|消え|外|落と|削)"
    r"|(は|も|に)?(応じ|話し合わ|受け入れ)(な|ず|られな)|(を|は|も)?(拒否|否定|拒|反対|放棄|断念|取り下げ)"
    r"|(は|も)?(ありえない|あり得ない|終わっ|閉じられ|解決済み)|では?な(い|かった|く)"
    r"|\b(was|were|is|are|has|have|had)\s+(not|never|no longer)\b|\b(omitted|dropped|absent|missing|rejected)\b"
    r"|\b(off the table|closed issue|went unmentioned)\b",
    re.IGNORECASE,
)
_NEGATED_BEFORE = re.compile(
    r"\b(no|not|never|without|neither|nor|omit(s|ted|ting)?|drop(s|ped|ping)?|reject(s|ed|ing)?|refus(e|es|ed|ing)"
    r"|oppos(e|es|ed|ing)|den(y|ies|ied|ying))\b[^.;:]{0,60}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """Where a phrase stands in a text, in code points, and how."""

    start: int
    end: int
    how: How


@dataclass(frozen=True)
class PhraseRow:
    """One text and the phrase. ``change`` is what is new in its series: first, dropped, returned, or ''."""

    date: str
    issuer: str
    kind: str
    about: str
    presence: str
    change: str
    sources: tuple[str, ...]
    id: str
    title: str
    mentions: int = 0

    @property
    def series(self) -> str:
        """The texts that are compared with each other: same issuer, kind and pair."""
        kind = "" if self.kind == "none" else self.kind
        return " ".join(part for part in (self.issuer, kind, f"({self.about})" if self.about else "") if part)


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[str, tuple[str, ...]], ...]:
    with resources.as_file(resources.files("keisei.evidence").joinpath("phrases.yaml")) as path:
        items = read_yaml(Path(path), ("attribute", "spellings"))
    return tuple((str(item.cells["attribute"]), tuple(item.cells["spellings"])) for item in items)


def spellings_of(phrase: str) -> tuple[str, tuple[str, ...]]:
    """The attribute that codes a phrase in facts, and all its spellings; an unknown phrase stands for itself."""
    key = search_key(phrase.strip())
    for attribute, spellings in _known():
        if key in {search_key(spelling) for spelling in (attribute, *spellings)}:
            return attribute, tuple(dict.fromkeys((phrase.strip(), *spellings)))
    return phrase.strip(), (phrase.strip(),)


def mentions(text: str, spellings: Sequence[str]) -> list[Mention]:
    """Every place where a spelling stands in a text, with how the sentence uses it.

    ``quoted``: inside quotation marks that open and close in the same sentence. ``negated``: the sentence says that
    the phrase is missing, rejected or over. The spans are those of the text as given.

    >>> [m.how for m in mentions("非核化に言及しなかった。非核化を目標とする。", ["非核化"])]
    ['negated', 'asserted']
    """
    keys = [search_key(character) for character in text]
    key = "".join(keys)
    starts = [index for index, part in enumerate(keys) for _ in part]
    found: dict[int, Mention] = {}
    for spelling in sorted(spellings, key=len, reverse=True):
        wanted = search_key(spelling)
        at = key.find(wanted) if wanted else -1
        while at >= 0:
            start, end = starts[at], starts[at + len(wanted) - 1] + 1
            if not any(mention.start < end and start < mention.end for mention in found.values()):
                found[start] = Mention(start, end, _how(text, start, end))
            at = key.find(wanted, at + 1)
    return [found[start] for start in sorted(found)]


def _how(text: str, start: int, end: int) -> How:
    window = max(0, start - 400)
    opened = [match.end() for match in _END.finditer(text, window, start)]
    first = opened[-1] if opened else window
    closing = _END.search(text, end, min(len(text), end + 400))
    last = closing.start() if closing else min(len(text), end + 400)
    before, after = text[first:start], text[end:last]
    if _NEGATED_AFTER.search(after[:60]) or _NEGATED_BEFORE.search(before):
        return "negated"
    for left, right in _QUOTES.items():
        inside = before.count(left) % 2 == 1 if left == right else before.rfind(left) > before.rfind(right)
        if inside and right in after:
            return "quoted"
    return "asserted"


def _presence(found: Sequence[Mention]) -> str:
    hows = {mention.how for mention in found}
    return "named" if "asserted" in hows else "negated" if "negated" in hows else "quoted" if hows else "omitted"


def _issuer(document: Document, evidence: Evidence) -> str:
    source = evidence.sources.get(document.source)
    names = [evidence.sources[name] for name in sorted(evidence.origins_of([document.source]))] if source else []
    said = [name.publisher or ", ".join(name.author) or name.title for name in names]
    return " / ".join(dict.fromkeys(said)) or document.name


def phrase_table(evidence: Evidence, documents: Sequence[Document], phrase: str) -> list[PhraseRow]:
    """One row a text, by date; what changed is said against the text before in the same series.

    Raises:
        InputError: the phrase is empty.
    """
    if not phrase.strip():
        raise InputError("the phrase is empty", mend="give one, such as 非核化 or denuclearisation")
    attribute, spellings = spellings_of(phrase)
    rows = []
    for fact in evidence.facts:
        if fact.site != TEXT_SITE or fact.certainty == "denied":
            continue
        kind = fact.attributes.get("kind", "text")
        presence = "no text" if kind == "none" else fact.attributes.get(attribute, "not coded")
        issuer = fact.attributes.get("issuer", "")
        title = fact.title_en or fact.title_ja
        rows.append(PhraseRow(fact.date, issuer, kind, fact.index, presence, "", fact.sources, fact.id, title))
    if all(row.presence == "not coded" for row in rows if row.kind != "none"):
        rows = []  # the facts say nothing about this phrase
    for document in documents:
        if document.text is None:
            continue
        found = mentions(document.text, spellings)
        rows.append(
            PhraseRow(
                document.published,
                _issuer(document, evidence),
                str(document.reading.get("kind") or "document"),
                "",
                _presence(found),
                "",
                (document.source,),
                document.id[:12],
                document.name,
                len(found),
            )
        )
    rows.sort(key=lambda row: (parse_date(row.date).first.isoformat() if row.date else "9999", row.series, row.id))
    return _with_changes(rows)


def _with_changes(rows: Sequence[PhraseRow]) -> list[PhraseRow]:
    last: dict[str, bool] = {}
    named: set[str] = set()
    told = []
    for row in rows:
        change = ""
        if row.presence in _PRESENT | _ABSENT:
            present = row.presence in _PRESENT
            if present and row.series not in named:
                change = "first"
            elif last.get(row.series, present) != present:
                change = "returned" if present else "dropped"
            last[row.series] = present
            named |= {row.series} if present else set()
        told.append(replace(row, change=change))
    return told
