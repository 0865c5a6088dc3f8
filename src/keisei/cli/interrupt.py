"""Ctrl-C ends the program with exit code 130 and one line, wherever it falls.

Python hands a signal to the main thread between two of its own instructions: while XLA compiles that is half a minute
late, and in a callback of JAX's the exception is swallowed. So a thread of its own is told of the signal at once
(`signal.set_wakeup_fd`); it leaves the main thread a second to end in good order, then ends the process. That is safe
at any moment, since results are stored whole or not at all.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

CODE = 130
_GRACE = 1.0  # seconds that the main thread has to end by itself
_SAID = threading.Lock()


class Interrupt:
    """Whether there was one, and the line that says so, said once."""

    def __init__(self) -> None:
        self.came = threading.Event()
        self._said = False

    def say(self) -> None:
        """Tell of it on standard error."""
        with _SAID:
            if self._said:
                return
            self._said = True
        start = "\r\x1b[2K" if sys.stderr.isatty() else ""
        # straight to the file: the main thread may hold the lock of the stream
        with suppress(OSError, ValueError):
            os.write(2, f"{start}keisei: interrupted; what was finished is kept\n".encode())


@contextmanager
def watching() -> Iterator[Interrupt]:
    """Watch for interrupts while the program runs; only the main thread of a POSIX system can."""
    found = Interrupt()
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():
        yield found
        return
    read, write = os.pipe()
    os.set_blocking(write, False)
    before = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    hook = sys.unraisablehook

    def quiet(what: Any) -> None:
        if not (found.came.is_set() or issubclass(what.exc_type, KeyboardInterrupt)):
            hook(what)

    sys.unraisablehook = quiet
    threading.Thread(target=_watch, args=(read, found), daemon=True, name="interrupt").start()
    try:
        yield found
    finally:
        signal.set_wakeup_fd(before)
        if not found.came.is_set():
            sys.unraisablehook = hook
        os.close(write)  # the thread reads the end, unless it has an interrupt to see through


def _watch(read: int, found: Interrupt) -> None:
    """Wait for the signal, then for the main thread or a second signal, then end the process."""
    import select

    while True:
        got = os.read(read, 1)
        if not got:
            os.close(read)
            return
        if got[0] == signal.SIGINT:
            break
    found.came.set()
    # readable means a second signal; at the pipe's end the main thread is on its way out, which may take it long
    if select.select([read], [], [], _GRACE)[0] and not os.read(read, 1):
        threading.Event().wait(_GRACE)
    found.say()
    for stream in (sys.stdout, sys.stderr):
        # what a held lock keeps from being written is lost with the process
        flusher = threading.Thread(target=_flush, args=(stream,), daemon=True)
        flusher.start()
        flusher.join(0.1)
    os._exit(CODE)


def _flush(stream: Any) -> None:
    with suppress(OSError, ValueError):
        stream.flush()
