"""How the program ends: interrupted, without a reader, with a wrong command line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

# a command in whose place something runs that an interrupt does not reach
STUCK = {
    "in compiled code": "import hashlib; print('on', flush=True); hashlib.pbkdf2_hmac('sha256', b'', b'', 10**9)",
    "in a callback that swallows it": (
        "import gc, time; print('on', flush=True); gc.callbacks.append(lambda *_: time.sleep(30)); gc.collect();"
        " time.sleep(30)"
    ),
    "in a worker that does not end": (
        "import threading, hashlib; threading.Thread(target=lambda: hashlib.pbkdf2_hmac('sha256', b'', b'', 10**9))"
        ".start(); print('on', flush=True); threading.Event().wait()"
    ),
    "nowhere in particular": "import time; print('on', flush=True); time.sleep(30)",
}
MAIN = "import keisei.cli as c\ndef run():\n    {}\n    return 0\nc._run = run\nc.main()\n"


@pytest.mark.parametrize("where", STUCK)
def test_an_interrupt_ends_it_with_130_and_one_line(where: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", MAIN.format(STUCK[where])], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "on\n"
        time.sleep(0.2)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err == "keisei: interrupted; what was finished is kept\n"
    assert time.monotonic() - began < 10


def test_an_interrupt_while_it_compiles_ends_it(tmp_path: Path) -> None:
    """Nothing is in the cache, so that all of the first half minute is compilation."""
    environment = {**os.environ, "KEISEI_CACHE": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", "from keisei.cli import main; main()", "simulate", "--members", "64"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        for _ in range(600):
            if (tmp_path / "xla").is_dir():
                break
            time.sleep(0.1)
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err == "keisei: interrupted; what was finished is kept\n"


@pytest.mark.parametrize("args", [["case", "sites"], ["evidence", "list"], ["evidence", "list", "--json"]])
def test_it_ends_silently_where_nobody_reads_on(tmp_path: Path, args: list[str]) -> None:
    environment = {**os.environ, "KEISEI_STORE": str(tmp_path / "evidence.sqlite")}
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", "from keisei.cli import main; main()", *args],
        stdout=write, stderr=subprocess.PIPE, text=True, env=environment, check=False,
    )  # fmt: skip
    os.close(write)
    assert done.returncode == 141
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
