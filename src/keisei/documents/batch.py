"""Many files: read each once, write its JSON whole or not at all, skip what is there with the same content."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keisei.documents import intake, lexicon
from keisei.documents.read import Reading, read_text
from keisei.documents.version import rules_version
from keisei.errors import InputError


@dataclass(frozen=True)
class Done:
    """What became of a batch: names read, skipped (same content, same rules) and refused with the reason."""

    read: tuple[str, ...]
    skipped: tuple[str, ...]
    refused: tuple[str, ...]


def located(reading: Reading, source: intake.Source) -> dict[str, Any]:
    """A reading's JSON with spans of the original file; ``text`` keeps the words read where tags stand between."""
    found = reading.to_json()
    found["sha256"] = source.sha256
    found["encoding"] = source.encoding
    if not source.segments:
        return found

    def move(record: dict[str, Any]) -> None:
        start, end = source.to_original(record["start"], record["end"])
        quote = source.original[start:end]
        if quote != record["quote"]:
            record["text"] = record["quote"]
        record["start"], record["end"], record["quote"] = start, end, quote

    for layer in ("dates", "quantities", "events", "claims"):
        for record in found[layer]:
            move(record)
            if "trigger" in record:
                move(record["trigger"])
    for entity in found["entities"]:
        entity["surfaces"] = [s for s in entity["surfaces"] if s in source.original] or entity["surfaces"][:1]
    return found


def write_json(path: Path, value: object) -> None:
    """Write a JSON file through a temporary one, so that a crash leaves the old file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    temporary.write_text(
        json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="surrogatepass"
    )
    os.replace(temporary, path)


def _same(path: Path, source: intake.Source, published: str | None) -> bool:
    try:
        old = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    versions = old.get("versions", {})
    return (
        old.get("sha256") == source.sha256
        and versions.get("rules") == rules_version()
        and versions.get("lexicon") == lexicon.version()
        and (published is None or old.get("published") == published)
    )


Keep = Callable[[str, dict[str, Any], intake.Source], None]


def read_each(
    paths: Sequence[str],
    keep: Keep,
    *,
    known: Callable[[str, intake.Source], bool] = lambda _name, _source: False,
    published: str | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Done:
    """Read files one by one and hand each reading's JSON to ``keep``; what is ``known`` is skipped.

    A file that cannot be read is named and the rest go on. Two files of one name get the first eight digits of their
    hash behind it.

    Raises:
        InputError: the only file, or every file, was refused.
    """
    read: list[str] = []
    skipped: list[str] = []
    refused: list[str] = []
    used: dict[str, str] = {}
    begun = shown = time.monotonic()
    for number, path in enumerate(paths, 1):
        try:
            source = intake.from_path(path)
        except InputError as error:
            if len(paths) == 1:
                raise
            refused.append(str(error))
            say(f"refused {error}")
            continue
        name = source.name
        if used.setdefault(name, path) != path:
            name = f"{name}-{source.sha256[:8]}"
        if known(name, source):
            skipped.append(name)
        else:
            reading = read_text(source.text, name=name, published=published)
            keep(name, located(reading, source), source)
            read.append(name)
            if len(paths) <= 5:
                say(
                    f"{source.path}: {source.encoding}, {reading.language}, {reading.provenance.kind}, {_when(reading)}"
                )
        now = time.monotonic()
        if len(paths) > 5 and (now - shown > 1.0 or number == len(paths)):
            shown = now
            say(
                f"{number}/{len(paths)} files, {len(skipped)} already read, {len(refused)} refused, {now - begun:.0f} s"
            )
    if refused and not read and not skipped:
        raise InputError(f"none of {len(paths)} files could be read; the first: {refused[0]}")
    return Done(tuple(read), tuple(skipped), tuple(refused))


def read_files(
    paths: Sequence[str], folder: Path, *, published: str | None = None, say: Callable[[str], None] = lambda _: None
) -> Done:
    """Read files into ``folder``, one JSON each; a file with the same content and rules as before is skipped.

    Raises:
        InputError: the only file, or every file, was refused.
    """

    def keep(name: str, found: dict[str, Any], _source: intake.Source) -> None:
        write_json(folder / f"{name}.json", found)

    def known(name: str, source: intake.Source) -> bool:
        return _same(folder / f"{name}.json", source, published)

    return read_each(paths, keep, known=known, published=published, say=say)


def _when(reading: Reading) -> str:
    provenance = reading.provenance
    if provenance.published:
        return f"published {provenance.published}"
    return f"no date of publication found (give it with --published; not before {provenance.not_before or '?'})"


__all__ = ["Done", "located", "read_each", "read_files", "write_json"]
