"""The commands, thin: parse, import what is needed, call a room, print.

Exit codes: 0 done, 1 the computation failed, 2 the input was wrong (one sentence says what and where), 130
interrupted, 141 nobody reads on.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

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


# what typer raises of a wrong command line, whether it brings its own click or not
_UsageError: Any = typer.BadParameter.__bases__[0]


def main() -> None:
    """Run the program; what goes wrong becomes one sentence and an exit code."""
    from keisei.cli.interrupt import CODE, watching

    with watching() as interrupt:
        try:
            code = _run()
            sys.stdout.flush()
        except BrokenPipeError:
            code = _nobody_reads()
        except (KeyboardInterrupt, typer.Abort):
            interrupt.came.set()
        except SystemExit as stop:
            # rich ends the program itself where nobody reads on
            if not isinstance(stop.__context__, BrokenPipeError):
                raise
            code = _nobody_reads()
        except Exception:
            # in a callback of JAX's an interrupt comes out as another error
            if not interrupt.came.is_set():
                raise
        if interrupt.came.is_set():
            interrupt.say()
            code = CODE
    raise SystemExit(code)


def _run() -> int:
    """The exit code of the command; errors of the user are told here."""
    from keisei.errors import KeiseiError

    command = typer.main.get_command(app)
    try:
        # not app(): that would tell errors and interrupts in its own words
        with command.make_context("keisei", sys.argv[1:]) as context:
            command.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()
        else:
            said = " ".join(error.format_message().split()).rstrip(".")
            path = error.ctx.command_path if error.ctx is not None else "keisei"
            print(f"keisei: {said[:1].lower()}{said[1:]}; see {path} --help", file=sys.stderr)
        return int(error.exit_code)
    except KeiseiError as error:
        print(f"keisei: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def _nobody_reads() -> int:
    """The exit code where the reader of standard output has gone, as in ``| head``; nothing more is written to it."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


__all__ = ["app", "main"]
