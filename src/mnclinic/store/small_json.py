"""Small JSON files that lie openly on the disk, where anything may have written into them."""

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

LARGEST_BYTES = 65_536


def read_small_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file of at most 64 KB; an empty one where it is missing or anything else."""
    try:
        data = beginning_of(path, LARGEST_BYTES + 1)
        value = json.loads(data.decode("utf-8")) if len(data) <= LARGEST_BYTES else None
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def beginning_of(path: Path, longest_bytes: int) -> bytes:
    """The first bytes of a file. What is none (a pipe would never answer) is an OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        # Asked first: Python's own `open` refuses a folder and leaves its handle open.
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        with open(handle, "rb", closefd=False) as file:
            return file.read(longest_bytes)
    finally:
        os.close(handle)


def path_in(value: object) -> Path | None:
    """The path that a text in such a file names; None where it is none that this system can have."""
    if not isinstance(value, str) or not value or "\0" in value:
        return None
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return None
    return Path(value)
