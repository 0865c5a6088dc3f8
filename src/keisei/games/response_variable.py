"""Which outcome each row shows: from one variable, or from one dummy a move."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from keisei.errors import InputError
from keisei.games.expression import evaluate
from keisei.games.formula import Formula
from keisei.games.table import Table


def outcome_rows(
    formula: Formula, table: Table, moves: Sequence[Sequence[int | None]], order: Sequence[str] | None
) -> tuple[np.ndarray, tuple[str, ...], str | None]:
    """The outcome index [row], the outcomes' names, and a notice when their order had to be chosen.

    One variable: numbers go from low to high; names of paths (LL, LR, …) alphabetically; other text in the order in
    which it occurs first in the data, unless `order` says otherwise. Dummies: one a move, as `moves` tells.

    Raises:
        InputError: another number of outcomes than the game's ends, dummies that are not 0 or 1.
    """
    count = len(moves)
    if not formula.responses:
        raise InputError("the formula names no response", mend="write it before the ~")
    columns = [np.broadcast_to(np.asarray(evaluate(r, table)), (table.rows,)) for r in formula.responses]
    names = [str(r) for r in formula.responses]
    if len(columns) > 1:
        wanted = len(moves[0])
        # egame122 may give player 2's two moves as two dummies
        if len(columns) == 3 and wanted == 2 and count == 4:
            columns = [columns[0], np.where(columns[0] == 1, columns[2], columns[1])]
            labels = [f"~{names[1]}", names[1], f"~{names[2]}", names[2]]
        elif len(columns) != wanted:
            raise InputError(f"the model needs one response or {wanted} dummies, not {len(columns)}")
        else:
            labels = [
                ",".join(("" if v else "~") + n for v, n in zip(row, names, strict=True) if v is not None)
                for row in moves
            ]
        for name, column in zip(names, columns, strict=False):
            if column.dtype == object or not np.isin(column, (0.0, 1.0)).all():
                raise InputError(f"the response '{name}' is not a dummy of 0 and 1")
        index = np.full(table.rows, -1)
        for k, row in enumerate(moves):
            fits = np.ones(table.rows, dtype=bool)
            for v, column in zip(row, columns, strict=True):
                if v is not None:
                    fits &= column == v
            index[fits] = k
        return index, tuple(labels), None
    column = columns[0]
    notice = None
    if column.dtype == object:
        seen = list(dict.fromkeys(str(v) for v in column))
        levels = sorted(seen) if all(re.fullmatch(r"[LRlr]+", v) for v in seen) else seen
        if order is None and levels != sorted(seen):
            notice = f"outcomes in the order {', '.join(levels)} (as they occur first); --outcomes changes it"
        text = np.array([str(v) for v in column], dtype=object)
    else:
        levels = [f"{v:g}" for v in sorted(set(column.tolist()))]
        text = np.array([f"{v:g}" for v in column], dtype=object)
    if order is not None:
        if set(order) != set(levels):
            raise InputError(f"the outcomes are {', '.join(levels)}, not {', '.join(order)}")
        levels = list(order)
    if len(levels) != count:
        raise InputError(
            f"the response '{names[0]}' has {len(levels)} values ({', '.join(levels[:6])}), the game {count} ends"
        )
    return np.array([levels.index(v) for v in text]), tuple(levels), notice
