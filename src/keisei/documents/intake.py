"""Text in: files, HTML pages and standard input, in the encodings that Japanese texts come in.

The original is the decoded file with its line ends untouched. A page of HTML is read through its readable part
(trafilatura); every character of what is read keeps its place in the page's source, so that what is stored points at
code points of the original.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import re
import sys
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from keisei.errors import InputError

MAX_CHARACTERS = 800_000  # one text; a longer one is refused, so that memory stays under 400 MB
_BLOCK = re.compile(
    r"^</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|section|article|header|footer|nav|aside|blockquote|figure|"
    r"figcaption|main|title|form|hr|pre|dd|dt|dl|option|button)\b", re.I,
)  # fmt: skip
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|textarea|iframe)\b.*?(?:</\1\s*>|\Z)|<[!/?a-zA-Z][^>]*(?:>|\Z)|"
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});|[^<&]+|[<&]", re.S | re.I,
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A text to read and where it came from.

    ``text`` is what is read; ``original`` the decoded file; ``segments`` maps runs of ``text`` to the original as
    (start in text, start in original, length in text, length in original), empty where the two are the same.
    """

    name: str
    path: str
    text: str
    original: str
    encoding: str
    sha256: str
    segments: tuple[tuple[int, int, int, int], ...] = ()

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that ``text[start:end]`` was read from."""
        if not self.segments or end <= start:
            return start, end
        starts = [s[0] for s in self.segments]
        first = self.segments[bisect_right(starts, start) - 1]
        last = self.segments[bisect_right(starts, end - 1) - 1]
        a = first[1] + (start - first[0] if first[2] == first[3] else 0)
        b = last[1] + (end - last[0] if last[2] == last[3] else last[3])
        return a, b


def decode(data: bytes, where: str) -> tuple[str, str]:
    """Text and the encoding it was found to be in: UTF-8, UTF-16, Shift_JIS (cp932), EUC-JP or ISO-2022-JP.

    Raises:
        InputError: no such encoding fits.
    """
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            try:
                return data[2:].decode(name), "utf-16"
            except UnicodeDecodeError:
                break
    try:
        text = data.decode("utf-8")
        if "\x1b$" not in text:
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\x1b$" in data:
        try:
            return data.decode("iso2022_jp"), "iso-2022-jp"
        except UnicodeDecodeError:
            pass
    best: tuple[float, str, str] | None = None
    candidates = ["cp932", "euc_jp"]
    if len(data) % 2 == 0 and data[:4000].count(0) > 0:
        candidates += ["utf-16-le", "utf-16-be"]
    for name in candidates:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        sample = text[:20000]
        good = len(re.findall(r"[ぁ-んァ-ヶ一-鿿、。a-zA-Z0-9\s]", sample)) - 2 * len(
            re.findall(r"[ｦ-ﾟ\x00-\x08-]", sample)
        )
        score = good / max(1, len(sample))
        if best is None or score > best[0]:
            best = (score, text, name)
    if best is None or best[0] < 0.3:
        raise InputError("the encoding is none of UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP", file=where,
                         mend="convert the file to UTF-8")  # fmt: skip
    return best[1], {"cp932": "shift_jis (cp932)", "euc_jp": "euc-jp"}.get(best[2], "utf-16")


def _strip_tags(source: str) -> tuple[str, list[tuple[int, int, int, int]]]:
    """The text of a page, block elements on their own lines, with segments back to the source. Linear time."""
    out: list[str] = []
    segments: list[tuple[int, int, int, int]] = []
    at = 0
    for match in _PIECE.finditer(source):
        piece = match.group()
        if piece[0] == "<" and len(piece) > 1:
            if _BLOCK.match(piece) and out and out[-1] != "\n":
                out.append("\n")
                segments.append((at, match.start(), 1, len(piece)))
                at += 1
            continue
        text = html.unescape(piece) if piece[0] == "&" else piece
        if not text:
            continue
        out.append(text)
        segments.append((at, match.start(), len(text), len(piece)))
        at += len(text)
    return "".join(out), segments


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _readable(page: str, plain: str) -> list[tuple[int, int]]:
    """Spans of the plain text that belong to the readable part; all of it where the extractor finds none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        body = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True)
    except (ValueError, RecursionError, AttributeError, TypeError):
        body = None
    lines: list[tuple[int, int, str]] = []
    at = 0
    for line in plain.split("\n"):
        squeezed = _squeeze(line)
        if squeezed:
            lines.append((at, at + len(line), squeezed))
        at += len(line) + 1
    if not body:
        return [(a, b) for a, b, _ in lines]
    wanted = _squeeze(body)
    kept = [(a, b) for a, b, line in lines if line in wanted and (len(line) > 3)]
    return kept or [(a, b) for a, b, _ in lines]


def from_text(text: str, *, name: str, path: str = "-", encoding: str = "utf-8", data: bytes | None = None) -> Source:
    """A source from decoded text; HTML is recognised by its first tag.

    Raises:
        InputError: the text is empty or longer than ``MAX_CHARACTERS``.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"the text has {len(text):,} characters, more than {MAX_CHARACTERS:,}", file=path,
                         mend="split it into single documents")  # fmt: skip
    if not text.strip("﻿ \t\r\n　"):
        raise InputError("there is no text in it", file=path, mend="give a file with the text of a document")
    digest = hashlib.sha256(data if data is not None else text.encode("utf-8", "surrogatepass")).hexdigest()
    head = text[:2000].lstrip("﻿ \t\r\n").lower()
    if not (head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<article")) or "<html" in head):
        return Source(name, path, text, text, encoding, digest)
    plain, pieces = _strip_tags(text)
    spans = _readable(text, plain)
    out: list[str] = []
    segments: list[tuple[int, int, int, int]] = []
    starts = [p[0] for p in pieces]
    at = 0
    for a, b in spans:
        k = max(0, bisect_right(starts, a) - 1)
        while k < len(pieces) and pieces[k][0] < b:
            begin, origin, length, width = pieces[k]
            lo, hi = max(a, begin), min(b, begin + length)
            if lo < hi:
                if length == width:
                    segments.append((at + lo - a, origin + lo - begin, hi - lo, hi - lo))
                else:
                    segments.append((at + lo - a, origin, hi - lo, width))
            k += 1
        out.append(plain[a:b] + "\n")
        at += b - a
        segments.append((at, segments[-1][1] + segments[-1][3] if segments else 0, 1, 0))
        at += 1
    body = "".join(out)
    if not body.strip():
        raise InputError("the page has no readable text", file=path, mend="save the article itself, not its frame")
    return Source(name, path, body, text, encoding, digest, tuple(segments))


def from_path(path: str) -> Source:
    """A file, or standard input for ``-``.

    Raises:
        InputError: it is not there, is a folder, or cannot be decoded.
    """
    if path == "-":
        data = sys.stdin.buffer.read()
        name, shown = "stdin", "standard input"
    else:
        file = Path(path)
        if not file.exists():
            raise InputError("there is no such file", file=path, mend="give the path of a .txt or .html file")
        if file.is_dir():
            raise InputError("it is a folder", file=path, mend=f"give its files, for example {path}/*.txt")
        data, name, shown = file.read_bytes(), file.name, path
        name = re.sub(r"\.(?:txt|html?|md|text)$", "", name, flags=re.I)
    if len(data) > MAX_CHARACTERS * 4:
        raise InputError(f"the file has {len(data):,} bytes, more than {MAX_CHARACTERS * 4:,}", file=shown,
                         mend="split it into single documents")  # fmt: skip
    text, encoding = decode(data, shown)
    return from_text(text, name=name, path=shown, encoding=encoding, data=data)


__all__ = ["MAX_CHARACTERS", "Source", "decode", "from_path", "from_text"]
