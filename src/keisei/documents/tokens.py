"""Japanese tokens with offsets (SudachiPy, mode C: the longest units)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple


class Token(NamedTuple):
    """``lemma`` is the dictionary form; ``pos`` the first part of speech, ``sub`` the second and third joined by '/'."""  # noqa: E501

    start: int
    end: int
    surface: str
    lemma: str
    pos: str
    sub: str


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode

    dictionary = Dictionary()
    make = getattr(dictionary, "tokenizer", None) or dictionary.create
    return make(mode=SplitMode.C)


@lru_cache(maxsize=1)
def version() -> str:
    """Version of tokenizer and dictionary, for the record."""
    from importlib.metadata import version as installed

    return f"sudachipy {installed('sudachipy')}, core {installed('sudachidict-core')}"


_POS: dict[int, tuple[str, str]] = {}


_SURROGATES = re.compile("[\ud800-\udfff]")


def _plain(text: str) -> str:
    """Lone surrogates have no UTF-8: one question mark each keeps the offsets."""
    return _SURROGATES.sub("?", text)


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """Tokens of a sentence, offsets moved by ``offset``."""
    out: list[Token] = []
    for morpheme in _tokenizer().tokenize(_plain(text)):
        ident = morpheme.part_of_speech_id()
        pos = _POS.get(ident)
        if pos is None:
            parts = morpheme.part_of_speech()
            pos = _POS[ident] = (parts[0], f"{parts[1]}/{parts[2]}")
        begin, end = morpheme.begin(), morpheme.end()
        if end > begin:
            out.append(Token(begin + offset, end + offset, text[begin:end], morpheme.dictionary_form(), *pos))
    return out


@lru_cache(maxsize=4096)
def reading(name: str) -> tuple[str, ...]:
    """The readings in katakana of a name's parts, as the dictionary has them."""
    parts = (m.reading_form() or m.surface() for m in _tokenizer().tokenize(_plain(name[:200])))
    return tuple(p for p in parts if p.strip())


@lru_cache(maxsize=4096)
def kinds(name: str) -> tuple[str, ...]:
    """What the dictionary holds a name's tokens for: ``person``, ``place``, ``proper``, ``common``, ``unknown``."""
    out = []
    for morpheme in _tokenizer().tokenize(_plain(name[:200])):
        parts = morpheme.part_of_speech()
        kind = {"人名": "person", "地名": "place"}.get(parts[2], "proper") if parts[1] == "固有名詞" else "common"
        out.append("unknown" if morpheme.is_oov() else kind)
    return tuple(out)


__all__ = ["Token", "kinds", "reading", "tokenize", "version"]
