"""Work cut into blocks: threads, progress, interrupt, and results stored before they are acknowledged.

A block's result is a pure function of its content, so a run that was killed starts again and skips what is there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from keisei.ensemble import backend

Arrays = dict[str, np.ndarray]
Progress = Callable[[int, int], None]


class Submitter(Protocol):
    """What an executor must do (`concurrent.futures`, or the one of `dask.distributed`)."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]: ...


def content_key(*parts: Any) -> str:
    """A hash of arrays, strings and numbers: the name under which a result is stored."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype}{part.shape}".encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        else:
            digest.update(repr(part).encode())
        digest.update(b"\x1f")
    return digest.hexdigest()


def code_version() -> str:
    """A hash of the sources that make numbers: a stored result is used only by the code that made it.

    Of the cases these are their laws; what prepares a run's rows and draws, or scores it, is in the key by its result.
    """
    global _CODE
    if _CODE is None:
        root = Path(__file__).resolve().parents[1]
        digest = hashlib.blake2b(digest_size=8)
        rooms = ("months.py", "score.py", "games", "exchange", "council", "model", "ensemble")
        places = [root / room for room in rooms] + sorted(p for p in (root / "cases").iterdir() if p.is_dir())
        for place in places:
            for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
                digest.update(str(file.relative_to(root)).encode())
                digest.update(file.read_bytes())
        _CODE = digest.hexdigest()
    return _CODE


_CODE: str | None = None


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Store arrays so that a crash leaves either nothing or all of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_arrays(path: Path) -> Arrays | None:
    """Stored arrays, or None where there are none that can be read."""
    try:
        with np.load(path) as file:
            return dict(file)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None


def trim(folder: Path, most: int = 2_000_000_000) -> None:
    """Keep stored results under ``most`` bytes: the folders that were written to longest ago are deleted first."""
    import shutil

    if not folder.is_dir():
        return
    sizes = []
    for place in folder.iterdir():
        files = [f.stat() for f in place.rglob("*") if f.is_file()]
        sizes.append((max((f.st_mtime for f in files), default=0.0), sum(f.st_size for f in files), place))
    total = sum(size for _, size, _ in sizes)
    for _, size, place in sorted(sizes, key=lambda row: row[0]):
        if total <= most:
            return
        shutil.rmtree(place, ignore_errors=True)
        total -= size


class Steps:
    """Counts finished steps over all blocks, and tells workers to stop."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self._progress, self._done = total, progress, 0
        self._lock, self._stop = threading.Lock(), threading.Event()

    def __getstate__(self) -> dict[str, Any]:
        # in another process nobody watches and nobody can ask to stop
        return {"total": self.total}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["total"], None)  # type: ignore[misc]

    def step(self, n: int = 1) -> None:
        """Called between segments; raises where the run was interrupted."""
        if self._stop.is_set():
            raise KeyboardInterrupt
        with self._lock:
            self._done += n
            if self._progress is not None:
                self._progress(self._done, self.total)

    def stop(self) -> None:
        self._stop.set()


def over_blocks(
    work: Callable[[int, Steps], Any], blocks: int, steps: Steps, executor: Submitter | None = None
) -> list[Any]:
    """``[work(0, steps), …]`` in block order, on the executor or on as many threads as the machine has cores.

    Where a block fails the others stop at their next step, and its exception is raised.
    """
    if executor is None:
        n = min(backend.threads(), blocks)
        if n == 1:
            return [work(b, steps) for b in range(blocks)]
        with ThreadPoolExecutor(n) as pool:
            return _gathered([pool.submit(work, b, steps) for b in range(blocks)], steps)
    return _gathered([executor.submit(work, b, steps) for b in range(blocks)], steps)


def _gathered(futures: list[Future[Any]], steps: Steps) -> list[Any]:
    """All results, or the first failure once nothing is waiting any more."""
    try:
        done, _ = wait(futures, return_when=FIRST_EXCEPTION)
        failures = [f.exception() for f in futures if f in done and f.exception() is not None]
        if failures:
            raise failures[0]  # type: ignore[misc]
        return [f.result() for f in futures]
    except BaseException:
        steps.stop()
        for future in futures:
            future.cancel()
        raise


def spans(first: int, last: int, length: int) -> Iterator[tuple[int, int]]:
    """(first month, live months) of the segments that cover first…last."""
    for month in range(first, last + 1, length):
        yield month, min(length, last + 1 - month)


def padded(rows: Sequence[Any] | np.ndarray, length: int) -> np.ndarray:
    """Rows filled up with zeros to a fixed number of months."""
    array = np.asarray(rows)
    if len(array) == length:
        return array
    out = np.zeros((length, *array.shape[1:]), array.dtype)
    out[: len(array)] = array
    return out
