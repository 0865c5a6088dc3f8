"""The engine beside the same model in plain C: member by member the same numbers, in noise as in weights."""

from __future__ import annotations

import subprocess
import sys

import pytest

from benchmarks.engine import compiler


@pytest.mark.skipif(compiler() is None, reason="no C compiler here")
def test_the_engine_lives_the_months_that_c_lives() -> None:
    # in a process of its own: a library built with -ffast-math flushes subnormals wherever it is loaded
    code = "from benchmarks.engine import c_program, like_c; print(*like_c(c_program()), sep='\\n')"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert len(found.stdout.splitlines()) == 2
