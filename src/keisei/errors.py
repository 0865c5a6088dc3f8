"""The errors a user sees: one sentence that names the place and the mend."""

from __future__ import annotations

from pathlib import Path


class KeiseiError(Exception):
    """The computation failed; the program ends with exit code 1."""

    exit_code = 1


class InputError(KeiseiError):
    """What was given is wrong; the program ends with exit code 2.

    Args:
        message: what is wrong, without a full stop.
        file: the file it stands in, if any.
        line: 1-based line in that file.
        column: 1-based column in that line.
        mend: what to do about it, an imperative clause without a full stop.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        file: str | Path | None = None,
        line: int | None = None,
        column: int | None = None,
        mend: str | None = None,
    ) -> None:
        self.message, self.file, self.line, self.column, self.mend = message, file, line, column, mend
        place = ":".join(str(p) for p in (file, line, column) if p is not None)
        text = f"{place}: {message}" if place else message
        super().__init__(f"{text}; {mend}" if mend else text)


class MissingExtraError(InputError):
    """A command needs a package that is an optional extra."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"this needs the package '{package}'", mend=f"install it with: pip install 'keisei[{extra}]'")
