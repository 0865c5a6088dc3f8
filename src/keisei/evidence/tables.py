"""Tables and lists that a person writes, read cell by cell with the line each stands in.

Both readers give every value as text: YAML's own guesses (``NO`` as false, a date as an object) would change
what was written. They never follow aliases or nest, so a hostile file costs no more than its length.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from keisei.errors import InputError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# what YAML 1.1 does not allow in a stream
_UNPRINTABLE = re.compile("[^\\t\\n\\r -~\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_NULL = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True)
class Item:
    """One row or list item: its cells, the line it starts in, and the line of each cell where known."""

    cells: dict[str, Any]
    line: int
    lines: dict[str, int]


def complaint(
    message: str, *, file: str | Path | None = None, line: int | None = None, mend: str | None = None
) -> InputError:
    """An error in one printable line, however long or odd the text that it quotes."""

    def shown(text: str) -> str:
        line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return line if len(line) <= 300 else f"{line[:140]} … {line[-140:]}"

    return InputError(shown(message), file=file, line=line, mend=shown(mend) if mend else None)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises:
        InputError: it cannot be read, or is not UTF-8 (with the line).
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise complaint(
            f"it cannot be read ({error.strerror})", file=path, mend="check the path and its permissions"
        ) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise complaint("it is not UTF-8", file=path, line=line, mend="save it as UTF-8") from None


def read_csv(path: Path, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> list[Item]:
    """The rows of a CSV file whose first line names the columns. Blank rows are skipped.

    Raises:
        InputError: an unknown, missing or doubled column, a row of another length, broken quotes.
    """
    rows = _csv_rows(path, read_text(path))
    try:
        header_line, header = next(rows)
    except StopIteration:
        raise complaint(
            "it is empty", file=path, line=1, mend=f"write the columns {','.join(required)} in the first line"
        ) from None
    header = [name.strip() for name in header]
    for name in header:
        if name not in required and name not in optional:
            known = ", ".join((*required, *optional))
            raise complaint(f"'{name}' is not a column", file=path, line=header_line, mend=f"use the columns {known}")
        if header.count(name) > 1:
            raise complaint(f"the column '{name}' stands twice", file=path, line=header_line, mend="keep one")
    for name in required:
        if name not in header:
            raise complaint(f"the column '{name}' is missing", file=path, line=header_line, mend="add it")
    items = []
    for line, cells in rows:
        if len(cells) != len(header):
            raise complaint(
                f"the row has {len(cells)} cells where the first line names {len(header)} columns",
                file=path,
                line=line,
                mend="add or remove commas, and put a text with a comma in double quotes",
            )
        items.append(Item(dict(zip(header, cells, strict=True)), line, {}))
    return items


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise complaint(
                f"the row cannot be read ({error})", file=path, line=line, mend="check its quotes"
            ) from None
        if any(cell.strip() for cell in row):
            yield line, row


class _Strict(_Loader):
    """A safe loader that refuses a key that stands twice, of which YAML would silently take the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen and key.value != "<<":
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key '{key.value}' stands twice", key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def load_yaml(path: Path) -> Any:
    """What a YAML file holds, as YAML's safe types; None where it is empty.

    Raises:
        InputError: it cannot be read, is not UTF-8 or no YAML, or a key stands twice; with the line.
    """
    text = read_text(path)
    try:
        return yaml.load(text, Loader=_Strict)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context or "broken").split())
        twice = problem.endswith("stands twice")
        raise complaint(
            problem if twice else f"it is not YAML ({problem})", file=path, line=mark.line + 1 if mark else None,
            mend="keep one" if twice else "check indentation, quotes and colons",
        ) from None  # fmt: skip
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise complaint(f"it is not YAML ({error})", file=path, mend="check quotes and backslashes") from None


def read_yaml(path: Path, fields: tuple[str, ...]) -> list[Item]:
    """The items of a YAML list of mappings; a value is a text, None, or a list of texts.

    Raises:
        InputError: it is not YAML of that shape, or a key is unknown or doubled.
    """
    text = read_text(path)
    odd = _UNPRINTABLE.search(text)
    if odd:
        raise complaint(
            f"it is not YAML (the character U+{ord(odd[0]):04X} cannot be printed)",
            file=path,
            line=text.count("\n", 0, odd.start()) + 1,
            mend="remove it",
        )
    try:
        return list(_items(path, yaml.parse(text, Loader=_Loader), fields))
    except yaml.MarkedYAMLError as error:
        open_quote = str(error.context).startswith("while scanning a quoted")
        mark: Any = error.context_mark if open_quote else error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context or "it is not YAML").split())
        raise complaint(
            f"it is not YAML ({problem})",
            file=path,
            line=mark.line + 1 if mark else None,
            mend="check indentation, quotes and colons",
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise complaint(f"it is not YAML ({error})", file=path, mend="check quotes and backslashes") from None


def _items(path: Path, events: Iterator[Any], fields: tuple[str, ...]) -> Iterator[Item]:
    def line_of(event: Any) -> int:
        return int(event.start_mark.line) + 1

    def wrong(event: Any, message: str, mend: str) -> InputError:
        return complaint(message, file=path, line=line_of(event), mend=mend)

    def scalar(event: Any, what: str) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            raise wrong(
                event,
                f"{what} is not a plain text",
                "write a text, or a list of texts where many are allowed",
            )
        return None if event.style is None and event.value in _NULL else str(event.value)

    shape = "write a list of items, each '- id: …' with 'key: value' below"
    next(events)  # the stream starts
    event = next(events)
    if isinstance(event, yaml.StreamEndEvent):
        return  # nothing but comments: an empty list
    event = next(events)
    if isinstance(event, yaml.ScalarEvent) and event.value == "":
        return
    if not isinstance(event, yaml.SequenceStartEvent):
        raise wrong(event, "it is not a list", shape)
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        if not isinstance(event, yaml.MappingStartEvent):
            raise wrong(event, "the item is not a mapping of keys to values", shape)
        line = line_of(event)
        cells: dict[str, Any] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = scalar(event, "the key") or ""
            if key not in fields:
                raise wrong(event, f"'{key}' is not a known key", f"use the keys {', '.join(fields)}")
            if key in cells:
                raise wrong(event, f"the key '{key}' stands twice", "keep one")
            lines[key] = line_of(event)
            event = next(events)
            if isinstance(event, yaml.SequenceStartEvent):
                parts: list[str] = []
                while not isinstance(event := next(events), yaml.SequenceEndEvent):
                    part = scalar(event, f"an entry of '{key}'")
                    if part is None:
                        raise wrong(event, f"an entry of '{key}' is empty", "write it or remove it")
                    parts.append(part)
                cells[key] = parts
            else:
                cells[key] = scalar(event, f"'{key}'")
        yield Item(cells, line, lines)
    next(events)  # the document ends
    event = next(events)
    if not isinstance(event, yaml.StreamEndEvent):
        raise wrong(event, "a second YAML document follows", "keep one list in the file")
