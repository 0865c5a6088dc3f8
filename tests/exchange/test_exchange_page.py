"""The page on exchange says what the code does."""

import doctest
from pathlib import Path


def test_the_examples_run() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "exchange.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted >= 6
    assert result.failed == 0
