"""A small data table: columns of numbers or of text, read from CSV."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from keisei.errors import InputError

_MISSING = {"", "NA", "NaN", "nan"}


@dataclass(frozen=True)
class Table:
    """Columns of one length: float arrays (NaN is missing) or object arrays of text (None is missing)."""

    columns: Mapping[str, np.ndarray]
    rows: int
    source: str = "the data"

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self.columns:
            from difflib import get_close_matches

            near = get_close_matches(name, self.columns, 1)
            raise InputError(
                f"there is no column '{name}'",
                file=self.source,
                mend=f"did you mean '{near[0]}'?" if near else f"the columns are {', '.join(self.columns)}",
            )
        return self.columns[name]

    def keep(self, where: np.ndarray) -> Table:
        """The rows where the mask is True (or with these indices)."""
        columns = {name: column[where] for name, column in self.columns.items()}
        return Table(columns, len(np.arange(self.rows)[where]), self.source)

    def with_columns(self, more: Mapping[str, Any]) -> Table:
        """With columns added or replaced; single values fill the column."""
        added = {}
        for name, value in more.items():
            text = isinstance(value, str) or (isinstance(value, np.ndarray) and value.dtype == object)
            added[name] = np.broadcast_to(np.asarray(value, dtype=object if text else float), (self.rows,))
        return Table({**self.columns, **added}, self.rows, self.source)


def table_of(columns: Mapping[str, Any], source: str = "the data") -> Table:
    """A table from arrays or lists; what is not numeric is text.

    Raises:
        InputError: when the columns differ in length.
    """
    found: dict[str, np.ndarray] = {}
    for name, values in columns.items():
        array = np.asarray(values)
        if array.dtype.kind in "biuf":
            found[name] = array.astype(float)
        else:
            found[name] = np.array([None if v is None else str(v) for v in array.ravel()], dtype=object)
    lengths = {len(v) for v in found.values()}
    if len(lengths) > 1:
        raise InputError("the columns differ in length", file=source)
    return Table(found, lengths.pop() if lengths else 0, source)


def read_table(path: str | Path) -> Table:
    """Read a CSV file with a header; empty cells and NA are missing.

    Raises:
        InputError: the file cannot be read, or a row has another number of cells than the header.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InputError(f"the data cannot be read ({reason})", file=path, mend="name a CSV file") from None
    if not rows:
        raise InputError("the file is empty", file=path, mend="begin with a line of column names")
    header, body = rows[0], [row for row in rows[1:] if row]
    for line, row in enumerate(body, 2):
        if len(row) != len(header):
            raise InputError(f"the row has {len(row)} cells, the header {len(header)}", file=path, line=line)
    columns: dict[str, np.ndarray] = {}
    for name, cells in zip(header, zip(*body, strict=True) if body else [()] * len(header), strict=True):
        try:
            columns[name] = np.array([np.nan if c.strip() in _MISSING else float(c) for c in cells])
        except ValueError:
            columns[name] = np.array([None if c.strip() in _MISSING else c for c in cells], dtype=object)
    return Table(columns, len(body), str(path))
