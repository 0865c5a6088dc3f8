"""The commands, thin: parse, import what is needed, call a room, print.

Exit codes: 0 done, 1 the computation failed, 2 the input was wrong (one sentence says what and where).
"""

from __future__ import annotations

import importlib
import sys

import typer

app = typer.Typer(
    name="keisei",
    help="形勢 — read reports on the dealings of states, simulate, forecast, verify.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rendering help with rich takes longer than everything before it
)

# each module adds its commands to the app it is given
_MODULES = ("report", "simulation", "claims", "reading", "evidence", "games", "verification", "cases")

for _name in _MODULES:
    try:
        _module = importlib.import_module(f"keisei.cli.{_name}")
    except ModuleNotFoundError as _error:
        if _error.name != f"keisei.cli.{_name}":
            raise
        continue
    _module.register(app)


def main() -> None:
    """Run the program; errors of keisei become one sentence and an exit code."""
    from keisei.errors import KeiseiError

    try:
        app()
    except KeiseiError as error:
        print(f"keisei: {error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        print("keisei: interrupted; what was finished is kept", file=sys.stderr)
        raise SystemExit(1) from None


__all__ = ["app", "main"]
