"""Titles, suffixes and the patterns built from them (lexicon/titles.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

from keisei.documents.lexicon import FOLDER

_STATE_CHARS = "米中ロ露朝韓日英仏独印豪北台"


def load_yaml(name: str) -> dict[str, object]:
    """A lexicon file, read by libyaml where it is there (ten times as fast)."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (FOLDER / name).open(encoding="utf-8") as handle:
        loaded = yaml.load(handle, Loader=loader)
    assert isinstance(loaded, dict)
    return loaded


def _split(lines: object) -> list[str]:
    assert isinstance(lines, list)
    return [word.strip() for line in lines for word in str(line).split(",") if word.strip()]


@dataclass(frozen=True)
class Words:
    """Compiled patterns: ``title`` matches at the end of a name; ``derived`` after the name of a state."""

    title: re.Pattern[str]
    before: re.Pattern[str]
    english_title: re.Pattern[str]
    derived: re.Pattern[str]
    derived_codes: dict[str, tuple[str, str]]
    state_suffix: re.Pattern[str]
    organisation: re.Pattern[str]
    place: re.Pattern[str]
    titles: tuple[str, ...]
    katakana_organisation: re.Pattern[str]
    behind_no: re.Pattern[str]


def _longest_first(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def words() -> Words:
    """The patterns, compiled once."""
    data = load_yaml("titles.yaml")
    persons = _longest_first(_split(data["persons"]))
    # up to three joined offices (政治局員兼外相); what stands between name and office is a body's name, no hiragana
    one = rf"(?:[一-鿿々ァ-ヺーA-Z0-9]{{0,14}}?(?:{persons}))"
    title = rf"・?(?:[前元現故新]?[{_STATE_CHARS}]?)?{one}(?:(?:[・兼]){one}){{0,2}}(?!(?!自身)[一-鿿](?<!両|の))(?:[(（]当時[)）])?"  # noqa: E501
    derived = data["state_organisations"]
    assert isinstance(derived, dict)
    return Words(
        title=re.compile(title),
        before=re.compile(rf"(?:{_longest_first(_split(data['before']))})の?・?$"),
        english_title=re.compile(rf"(?:{_longest_first(_split(data['english']))})\s+$"),
        derived=re.compile(
            rf"(?:{_longest_first([str(word) for word in derived])})(?![事需備人用拡縮政器力站役大者]|民主|大学)"
        ),
        derived_codes={str(word): (str(v[0]), str(v[1])) for word, v in derived.items()},
        state_suffix=re.compile(_longest_first(_split(data["state_suffixes"]))),
        organisation=re.compile(rf"(?:{_longest_first(_split(data['organisation_suffixes']))})$"),
        place=re.compile(rf"(?:{_longest_first(_split(data['place_suffixes']))})$"),
        titles=tuple(_split(data["persons"])),
        katakana_organisation=re.compile(rf"(?:{_longest_first(_split(data['katakana_organisations']))})$"),
        behind_no=re.compile(
            rf"の(?:新しい|新たな|現在の|現|旧|新|若い|歴代の?)?(?P<body>{_longest_first(_split(data['bodies_behind_no']))})(?![一-鿿ァ-ヺー](?<![約数計]))"
        ),
    )


_BRACKET = re.compile(r"[(（][^()（）\n、。「」]{1,30}[)）]")


def title_after(text: str, end: int, limit: int = 60) -> re.Match[str] | None:
    """The offices behind a name; a reading or an age in brackets may stand between (習近平(シーチンピン)国家主席)."""
    stop = min(len(text), end + limit)
    title = words().title
    found = title.match(text, end, stop)
    if found is None and text[end : end + 1] in ("(", "（"):
        bracket = _BRACKET.match(text, end, stop)
        found = title.match(text, bracket.end(), min(len(text), bracket.end() + limit)) if bracket else None
    return found


# what a minister is of: External Economic Relations Minister
_FIELD = re.compile(r"\b(?!The\b)[A-Z][a-z]+(?: (?:and )?[A-Z][a-z]+){0,3} $")
_OF_FIELD = re.compile(r"(?:Vice |Deputy )?(?:Minister|Secretary|Commissioner)\b")


def field_before(text: str, office: re.Match[str]) -> int:
    """Where an English office begins with the field that stands in capitals before it."""
    field = (
        _FIELD.search(text, max(0, office.start() - 60), office.start()) if _OF_FIELD.match(office.group()) else None
    )
    return field.start() if field else office.start()


__all__ = ["Words", "field_before", "load_yaml", "title_after", "words"]
