"""Texts and their words: where a phrase stands, is negated, quoted or absent, by issuer and kind of text.

``table`` takes a phrase in one language or a known pair (非核化 / denuclearisation) and gives one row a text: how often it
stands plainly, negated and in quotation marks, and, for a series of one issuer and kind, ``absent`` where an earlier
text of the series had it. What an absence means is for the reader: experts differ.
"""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from keisei.documents.sentences import split

PAIRS = (
    ("非核化", "denuclearization", "denuclearisation", "비핵화"),
    ("核保有国", "nuclear-weapon state", "nuclear weapons state", "nuclear power"),
    ("制裁", "sanction"),
    ("朝鮮半島", "Korean Peninsula", "Korean peninsula"),
    ("同盟", "alliance"),
    ("統一", "reunification", "unification"),
    ("主敵", "principal enemy", "primary foe"),
)
_NEGATED_JA = re.compile(
    r"^[^。、]{0,24}?(?:しない|せず|されな|ではない|でない|なかった|触れな|言及(?:し|され)?(?:な|ず)|含まれ(?:な|ず)|拒否|放棄(?:し|した)|不可能|あり得ない|ありえない|消え|削除|抜け落ち|終わった|無意味|応じない|見送|省)"
)
_NEGATED_EN = re.compile(
    r"\b(?:no|not|never|without|reject\w*|refus\w*|rul\w* out|n't|drop\w*|omit\w*|absen\w*)\b", re.I
)
_KINDS = (
    ("joint statement", re.compile(r"共同(?:声明|コミュニケ|報道文)|joint (?:statement|communiqu)", re.I)),
    ("declaration", re.compile(r"共同宣言|宣言|declaration", re.I)),
    ("readout", re.compile(r"発表(?:文)?によると|読み上げ|会談(?:の)?(?:内容|結果)を(?:発表|公表)|readout", re.I)),
    ("statement", re.compile(r"談話|声明|報道官|statement", re.I)),
)


@dataclass(frozen=True)
class Mention:
    """One place of a phrase: plain, negated or quoted."""

    start: int
    end: int
    use: str


@dataclass(frozen=True)
class Text:
    """A text of a series: who issued it, what kind it is, when."""

    name: str
    text: str
    date: str | None = None
    issuer: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Row:
    """One row of the table. ``status``: present, negated (every mention), quoted (every mention) or absent.

    ``dropped`` is true where the phrase is absent though an earlier text of the same issuer and kind had it.
    """

    name: str
    date: str | None
    issuer: str | None
    kind: str | None
    plain: int
    negated: int
    quoted: int
    status: str
    dropped: bool


def variants(phrase: str) -> tuple[str, ...]:
    """The phrase with its forms in the other language, where they are known."""
    for group in PAIRS:
        if phrase.lower() in (form.lower() for form in group):
            return group
    return (phrase,)


def mentions(text: str, phrase: str) -> list[Mention]:
    """All places of a phrase in a text with their use, in order."""
    pattern = re.compile("|".join(re.escape(form) for form in sorted(variants(phrase), key=len, reverse=True)), re.I)
    out = []
    for sentence in split(text):
        for match in pattern.finditer(sentence.text):
            before, after = sentence.text[: match.start()], sentence.text[match.end() :]
            quoted = _inside_quotes(before, after)
            negated = (
                bool(_NEGATED_JA.match(after))
                or bool(_NEGATED_EN.search(before[-40:]))
                or bool(
                    re.match(
                        r"\W+(?:\w+\W+){0,4}?(?:not|never|dead|over|impossible|dropped|omitted|absent)\b", after, re.I
                    )
                )
            )
            use = "negated" if negated else "quoted" if quoted else "plain"
            out.append(Mention(sentence.start + match.start(), sentence.start + match.end(), use))
    return out


def _inside_quotes(before: str, after: str) -> bool:
    for opening, closing in (("「", "」"), ("『", "』"), ("“", "”")):
        if before.count(opening) > before.count(closing) and closing in after:
            return True
    return before.count('"') % 2 == 1 and '"' in after


def kind_of(text: str) -> str | None:
    """What kind of official text it is by its own words; None where it does not say."""
    for name, pattern in _KINDS:
        if pattern.search(text[:400]):
            return name
    return None


def table(texts: Iterable[Text], phrase: str) -> list[Row]:
    """One row a text, in the order of dates (undated ones last, as given)."""
    ordered = sorted(texts, key=lambda t: (t.date is None, t.date or ""))
    had: set[tuple[str | None, str | None]] = set()
    rows = []
    for item in ordered:
        kind = item.kind or kind_of(item.text)
        found = mentions(item.text, phrase)
        plain, negated, quoted = (sum(m.use == use for m in found) for use in ("plain", "negated", "quoted"))
        if plain:
            status = "present"
        elif negated:
            status = "negated"
        elif quoted:
            status = "quoted"
        else:
            status = "absent"
        series = (item.issuer, kind)
        rows.append(
            Row(
                item.name,
                item.date,
                item.issuer,
                kind,
                plain,
                negated,
                quoted,
                status,
                status == "absent" and series in had,
            )
        )
        if status in ("present", "quoted"):
            had.add(series)
    return rows


__all__ = ["PAIRS", "Mention", "Row", "Text", "kind_of", "mentions", "table", "variants"]
