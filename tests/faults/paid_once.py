"""What a process of tests pays for once, although it opens thousands of clinics.

Nothing here changes what the program does, only how often it computes the same thing: a password's
derivation, what a key file's bytes say, a statement's text.
"""

import sys
from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import Engine

from mnclinic.models.base import is_read_past
from mnclinic.security import kdf, keyfile_on_disk
from mnclinic.security.kdf import Kdf
from mnclinic.security.keyfile import KEY_FILE, KeyFile
from mnclinic.store import backup_database, engine
from tests.faults.processes import put_in


def remember_derivations() -> None:
    """From now on a password's derivation with the same salt and cost is done once in this process.

    A derivation is a pure function, so remembering its result changes nothing but the time; thousands
    of log-ins would otherwise be thousands of times the same Argon2id.
    """
    real, known = kdf.derive, dict[tuple[str, bytes, object], bytes]()
    if getattr(real, "remembers", False):
        return

    def derive(password: str, way: Kdf) -> bytearray:
        question = (password, way.salt, way.cost)
        if question not in known:
            known[question] = bytes(real(password, way))
        return bytearray(known[question])

    derive.remembers = True  # type: ignore[attr-defined]
    for module in list(sys.modules.values()):
        if module.__name__.startswith("mnclinic.") and getattr(module, "derive", None) is real:
            module.__dict__["derive"] = derive


def remember_key_files() -> None:
    """From now on the same bytes of a key file are read and checked once in this process.

    A log-in reads its clinic's a dozen times, and a key file is a value. What is damaged is not remembered.
    """
    real, known = vars(keyfile_on_disk)["parse_key_file"], dict[tuple[bytes, str], KeyFile]()
    if getattr(real, "remembers", False):
        return

    def parse(data: bytes, *, name: str = KEY_FILE) -> KeyFile:
        if (data, name) not in known:
            known[data, name] = real(data, name=name)
        return known[data, name]

    parse.remembers = True  # type: ignore[attr-defined]
    put_in(keyfile_on_disk, parse_key_file=parse)


class Statements(dict[Hashable, Any]):
    """Compiled statements by all but the dialect's identity: every engine here has the same dialect.

    But for one whose database is read past what is ill written.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((is_read_past(key[0]), *key[1:]), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__((is_read_past(key[0]), *key[1:]), compiled)


_SHARED = Statements()


def share_statements() -> None:
    """From now on all engines of this process share what SQLAlchemy makes of a statement.

    Each log-in makes an engine of its own, and half of a short test's time would go into compiling the
    same statements anew.
    """
    for module in (engine, backup_database):
        real = module.create_engine

        def make(*words: Any, _real: Callable[..., Engine] = real, **options: Any) -> Engine:
            made = _real(*words, **options)
            made._compiled_cache = _SHARED
            return made

        put_in(module, create_engine=make)
