"""What is paid once in the parent, so that a thousand forked children need not pay it again.

Nothing here changes what the program does, only how often it does the same thing: an import, a class's
mapping. What a child does to its folder is its own.
"""

import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")


class StillOpen(Exception):
    """A file below a folder of the measurement is open in the process that forks."""


def carried_out_here(job: Callable[[], Answer], folder: Path) -> Answer:
    """Run `job` in this process, which is about to fork children that will do the like.

    Raises StillOpen when it leaves a file below `folder` open, since SQLite must not cross a fork.
    """
    answer = job()
    if not has_let_go_of(folder, is_thorough=True):
        raise StillOpen(", ".join(_open_below(folder)))
    # Children collect only what they made themselves, and so copy fewer pages of their parent's.
    gc.freeze()
    return answer


def has_let_go_of(folder: Path, *, is_thorough: bool = False) -> bool:
    """Whether this process has no file below `folder` open any more.

    A cycle may keep a connection alive for a while: where `is_thorough` they are all looked for, and
    otherwise only when something is open.
    """
    if is_thorough or _open_below(folder):
        gc.collect()
    return not _open_below(folder)


def _open_below(folder: Path) -> list[str]:
    return [name for name in open_files() if name.startswith(f"{folder}/")]


def open_files() -> list[str]:
    """The names of the files that this process has open."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(descriptor.readlink()))
        except FileNotFoundError:
            continue
    return found


ROOM_BYTES = 1024**3


def scratch_root(room_bytes: int = ROOM_BYTES) -> Path | None:
    """Where a measurement's folders go: memory where there is room for them, None for the usual place.

    The shim keeps the record of what a disk would have made of it, and a killed process's writes survive
    it in memory as on a disk, so that a disk adds nothing but its waiting.
    """
    memory = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
    if not memory.is_dir() or not os.access(memory, os.W_OK):
        return None
    about = os.statvfs(memory)
    # Some tests install a program and start it from where it was installed.
    if about.f_flag & os.ST_NOEXEC or about.f_bavail * about.f_frsize < room_bytes:
        return None
    return memory
