"""A pipe where a file should lie, into which somebody has written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def pipe_to(place: Path) -> Iterator[Path]:
    """Such a pipe in a folder. Whoever reads it is given what was written, and then waits for more."""
    if os.name == "nt":
        pytest.skip("Windows has no pipes in folders.")
    os.mkfifo(place)
    writing = os.open(place, os.O_RDWR)
    try:
        os.write(writing, b"0123456789")
        yield place
    finally:
        os.close(writing)
