"""The engine beside the same model in plain C: member by member the same numbers, in noise as in weights."""

from __future__ import annotations

import pytest

from benchmarks.engine import c_program, compiler, like_c


@pytest.mark.skipif(compiler() is None, reason="no C compiler here")
def test_the_engine_lives_the_months_that_c_lives() -> None:
    program = c_program()
    assert program is not None
    assert len(like_c(program)) == 2
