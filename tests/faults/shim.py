"""The preloaded shim: compiled when needed, switched on in a child, its trace read back.

Linux only. The whole harness process runs under LD_PRELOAD, with the shim asleep; a forked child wakes it.
"""

import ctypes
import hashlib
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("io_shim.c")
HEAD = struct.Struct("<6q")


class Kind(IntEnum):
    """What happened to a file or a name."""

    OPEN = 1
    CREATE = 2
    WRITE = 3
    TRUNCATE = 4
    SYNC = 5
    SYNC_FOLDER = 6
    RENAME = 7
    UNLINK = 8
    MKDIR = 9
    RMDIR = 10
    LINK = 11
    READ = 12
    MARK = 13
    ALLOCATE = 14


@dataclass(frozen=True)
class Event:
    """One record of the trace. `one` holds written bytes, a path or a mark; `two` a rename's new name."""

    kind: Kind
    file: int
    argument: int
    one: bytes
    two: bytes


class NoCompiler(Exception):
    """There is no C compiler, so the shim cannot be built here."""


def compiler() -> str | None:
    """The C compiler of this system, if it has one."""
    return shutil.which("cc") or shutil.which("gcc")


def built_shim(folder: Path) -> Path:
    """The shim as a shared library in `folder`, compiled if this source was not compiled there yet."""
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    library = folder / f"io_shim-{digest}.so"
    if library.exists():
        return library
    name = compiler()
    if name is None:
        raise NoCompiler
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{library.name}.{os.getpid()}"
    words = [name, "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", str(fresh), str(SOURCE)]
    subprocess.run([*words, "-lpthread", "-ldl"], check=True, capture_output=True)
    fresh.replace(library)
    return library


def preloaded(library: Path) -> dict[str, str]:
    """The environment of a process under the shim."""
    return {**os.environ, "LD_PRELOAD": str(library), "MNCLINIC_SHIM": str(library)}


def run_preloaded(words: Sequence[str], library: Path) -> int:
    """Run `python -m tests.faults …` anew under the shim; returns its status."""
    command = [sys.executable, "-m", "tests.faults", *words]
    return subprocess.run(command, env=preloaded(library), check=False).returncode


def is_preloaded() -> bool:
    """Whether this process runs under the shim."""
    return "MNCLINIC_SHIM" in os.environ


class Shim:
    """The shim of this process, as a forked child uses it."""

    def __init__(self) -> None:
        library = ctypes.CDLL(os.environ["MNCLINIC_SHIM"])
        library.shim_failures.restype = ctypes.c_long
        library.shim_seen.restype = ctypes.c_long
        library.shim_fail.argtypes = [
            ctypes.c_long,
            ctypes.c_int,
            ctypes.c_int,
            ctypes.c_int,
            ctypes.c_int,
            ctypes.c_uint,
        ]
        self._library = library

    def watch(self, *folders: Path) -> None:
        """Everything below these folders is looked at."""
        for folder in folders:
            self._library.shim_watch(os.fsencode(folder))

    def trace_to(self, path: Path) -> None:
        """Record into this file, which lies outside the watched folders."""
        self._library.shim_trace(os.fsencode(path))

    def fail(
        self,
        at: int,
        error: int,
        kinds: Sequence[Kind],
        *,
        forever: bool = False,
        is_short: bool = False,
        dies: bool = False,
    ) -> None:
        """Let the `at`th operation of these kinds fail, or every one from it on, or kill the process.

        A disk that is full for ever has no room to whoever asks, but for what is removed from then on.
        """
        bits = sum(1 << kind for kind in kinds)
        self._library.shim_fail(at, error, forever, is_short, dies, bits)

    def fold(self) -> None:
        """Count of a run of writes into one file only the first two."""
        self._library.shim_fold(1)

    def switch(self, *, on: bool) -> None:
        """Wake it or let it sleep."""
        self._library.shim_switch(int(on))

    def mark(self, words: str) -> None:
        """Put a mark into the trace, such as an acknowledgement."""
        self._library.shim_mark(words.encode())

    def seen(self, kinds: Sequence[Kind]) -> int:
        """How many operations of these kinds there were while it was awake."""
        return sum(int(self._library.shim_seen(int(kind))) for kind in kinds)

    @property
    def failures(self) -> int:
        """How many of them failed."""
        return int(self._library.shim_failures())


def read_trace(path: Path) -> Iterator[Event]:
    """The records of a trace file, in order."""
    data = path.read_bytes()
    at = 0
    while at < len(data):
        kind, file, argument, first, second, _ = HEAD.unpack_from(data, at)
        at += HEAD.size
        one, two = data[at : at + first], data[at + first : at + first + second]
        at += first + second
        yield Event(Kind(kind), file, argument, one, two)
