"""What a process of tests pays for once, although it opens thousands of clinics.

Nothing here changes what the program does, only how often it computes the same thing: a password's
derivation, what a key file's bytes say, a statement's text.
"""

import hashlib
import os
import sys
import unicodedata
from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import Engine

from mnclinic.bundles import age_passphrase
from mnclinic.models.base import is_read_past
from mnclinic.security import kdf, keyfile_on_disk
from mnclinic.security.kdf import SALT_BYTES, Kdf, KdfCost
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
    _put_everywhere("derive", real, derive)


def _put_everywhere(name: str, real: object, other: object) -> None:
    """Give each module of the program that took `real` in under this name the other."""
    for module in list(sys.modules.values()):
        if module.__name__.startswith("mnclinic.") and getattr(module, name, None) is real:
            module.__dict__[name] = other


LIGHT = b"for faults: "
"""How a salt begins whose derivation stands for a real one."""


def derive_lightly() -> None:
    """From now on this process and its children derive from salts of their own without Argon2id's work.

    Only where a disk fails or power is cut: the work touches no file, and takes longer than the act itself.
    Salts that were not made so, as those of an old clinic, are derived from as ever. It stands for a
    function of password, salt and cost that is as good as one-way, and a file made so opens nowhere else.
    """
    real, real_salt = kdf.derive, kdf.fresh_kdf
    if getattr(real_salt, "is_light", False):
        return

    def fresh(cost: KdfCost) -> Kdf:
        return Kdf(cost, LIGHT + os.urandom(SALT_BYTES - len(LIGHT)))

    def derive(password: str, way: Kdf) -> bytearray:
        if not way.salt.startswith(LIGHT):
            return real(password, way)
        material = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
        cost = repr(way.cost).encode()
        return bytearray(hashlib.blake2b(cost + b":" + material, key=way.salt, digest_size=32).digest())

    fresh.is_light = True  # type: ignore[attr-defined]
    _put_everywhere("derive", real, derive)
    _put_everywhere("fresh_kdf", real_salt, fresh)


def remember_passphrases() -> None:
    """From now on the key that a passphrase gives for an age file is computed once in this process."""
    real, known = vars(age_passphrase)["_key_for"], dict[tuple[str, bytes, int], bytes]()
    if getattr(real, "remembers", False):
        return

    def key_for(passphrase: str, salt: bytes, work: int) -> bytes:
        question = (passphrase, salt, work)
        if question not in known:
            known[question] = real(*question)
        return known[question]

    key_for.remembers = True  # type: ignore[attr-defined]
    put_in(age_passphrase, _key_for=key_for)


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
