"""What is paid once in the parent, so that a thousand forked children need not pay it again.

Nothing here changes what the program does, only how often it computes the same thing: a password's
derivation, a statement's text, an import, a class's mapping. What a child does to its folder is its own.
"""

import gc
import os
import sys
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine

from mnclinic.security import kdf
from mnclinic.security.kdf import Kdf
from mnclinic.store import backup_database, engine
from tests.faults.processes import put_in

Answer = TypeVar("Answer")


class StillOpen(Exception):
    """A file below a folder of the measurement is open in the process that forks."""


def carried_out_here(job: Callable[[], Answer], folder: Path) -> Answer:
    """Run `job` in this process, which is about to fork children that will do the like.

    Raises StillOpen when it leaves a file below `folder` open, since SQLite must not cross a fork.
    """
    answer = job()
    # A cycle may keep a connection alive for a while.
    gc.collect()
    still_open = [name for name in open_files() if name.startswith(f"{folder}/")]
    if still_open:
        raise StillOpen(", ".join(still_open))
    # Children collect only what they made themselves, and so copy fewer pages of their parent's.
    gc.freeze()
    return answer


def open_files() -> list[str]:
    """The names of the files that this process has open."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(descriptor.readlink()))
        except FileNotFoundError:
            continue
    return found


def remember_derivations() -> None:
    """From now on a password's derivation with the same salt and cost is done once in this process.

    A derivation is a pure function, so remembering its result changes nothing but the time; thousands
    of log-ins would otherwise be thousands of times the same Argon2id.
    """
    real, known = kdf.derive, dict[tuple[str, bytes, object], bytes]()

    def derive(password: str, way: Kdf) -> bytearray:
        question = (password, way.salt, way.cost)
        if question not in known:
            known[question] = bytes(real(password, way))
        return bytearray(known[question])

    for module in list(sys.modules.values()):
        if module.__name__.startswith("mnclinic.") and getattr(module, "derive", None) is real:
            module.__dict__["derive"] = derive


class Statements(dict[Hashable, Any]):
    """Compiled statements by all but the dialect's identity: every engine here has the same dialect."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(key[1:], compiled)


def share_statements() -> None:
    """From now on all engines of this process share what SQLAlchemy makes of a statement.

    Each log-in makes an engine of its own, and half of a short child's time would go into compiling the
    same statements anew.
    """
    shared = Statements()
    for module in (engine, backup_database):
        real = module.create_engine

        def make(*words: Any, _real: Callable[..., Engine] = real, **options: Any) -> Engine:
            made = _real(*words, **options)
            made._compiled_cache = shared
            return made

        put_in(module, create_engine=make)


def scratch_root() -> Path | None:
    """Where a measurement's folders go: memory where there is room for them, None for the usual place.

    The shim keeps the record of what a disk would have made of it, and a killed process's writes survive
    it in memory as on a disk, so that a disk adds nothing but its waiting.
    """
    memory = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
    if not memory.is_dir() or not os.access(memory, os.W_OK):
        return None
    room = os.statvfs(memory)
    return memory if room.f_bavail * room.f_frsize >= ROOM_BYTES else None


ROOM_BYTES = 1024**3
