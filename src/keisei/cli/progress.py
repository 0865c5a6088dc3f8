"""Progress on standard error: one line that rewrites itself on a terminal, nothing where there is none."""

from __future__ import annotations

import sys
import time


class Bar:
    """A callable for the ensemble's ``progress``; says "compiling once" until the first step is done."""

    def __init__(self, label: str) -> None:
        self.label, self._start, self._shown = label, time.monotonic(), False
        self._tty = sys.stderr.isatty()
        if self._tty:
            self._write(f"{label}: compiling once …")

    def __call__(self, done: int, total: int) -> None:
        if self._tty:
            share = done / max(total, 1)
            filled = "━" * int(24 * share)
            self._write(f"{self.label}: {filled:<24} {share:4.0%}  {time.monotonic() - self._start:4.0f} s")

    def _write(self, text: str) -> None:
        sys.stderr.write("\r\x1b[2K" + text)
        sys.stderr.flush()
        self._shown = True

    def close(self) -> None:
        """Leave the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
