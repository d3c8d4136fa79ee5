"""The beginning of a file that lies openly on the disk, where its name may stand for something else."""

import errno
import os
import stat
from pathlib import Path


def beginning_of(path: Path, longest_bytes: int) -> bytes:
    """The first bytes of a file. What is none (a pipe would never answer) is an OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        # Asked of what was opened: another hand may change what the name stands for at any moment. And
        # asked first: Python's own `open` refuses a folder and leaves its handle open.
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        with open(handle, "rb", closefd=False) as file:
            return file.read(longest_bytes)
    finally:
        os.close(handle)
