"""The second factor for signing: a key file on a stick, mixed into what the signature key is locked under.

Canonical JSON (RFC 8785), form `mnclinic.factor/1`:

    {"format", "vault", "user_id", "id", "secret", "checksum"}

`secret` is 32 random bytes and `id` its name in the clinic's key file. `checksum` is SHA-256 over the
canonical bytes without it, so that a damaged file is told from a wrong one. The file opens nothing by
itself. A copy on a second stick is as good as the first.
"""

import errno
import hashlib
import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mnclinic.errors import (
    DiskFull,
    FolderNotWritable,
    InvalidInput,
    NewerFormat,
    Problem,
    StoreUnavailable,
)
from mnclinic.security.envelope import KEY_BYTES, canonical_json
from mnclinic.security.keyfile import is_uuid
from mnclinic.security.plain_file import beginning_of
from mnclinic.security.slot_locks import factor_id

FORMAT = "mnclinic.factor/1"
_NEWER = re.compile(r"mnclinic\.factor/([2-9]|[1-9][0-9]{1,3})")
_SECRET = re.compile(f"[0-9a-f]{{{2 * KEY_BYTES}}}")
_SIZE_MAX_BYTES = 4096


@dataclass(frozen=True)
class Factor:
    """A person's second factor. `secret` is what the signature key's functions take as `factor`."""

    vault_id: str
    user_id: str
    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Its name in the clinic's key file, 32 hex digits."""
        return factor_id(self.secret)

    @property
    def file_name(self) -> str:
        """A name for the file that tells two of them apart and no person."""
        return f"mnclinic-signing-{self.id[:8]}.key"

    def canonical_bytes(self) -> bytes:
        """The file, byte for byte."""
        document = {
            "format": FORMAT,
            "vault": self.vault_id,
            "user_id": self.user_id,
            "id": self.id,
            "secret": self.secret.hex(),
        }
        return canonical_json({**document, "checksum": _checksum(document)})


def make_factor(vault_id: str, user_id: str) -> Factor:
    """A new second factor with 32 random bytes. Nothing is on disk yet.

    Raises:
        ValueError: An id is no uuid; a defect in the caller.
    """
    if not is_uuid(vault_id) or not is_uuid(user_id):
        raise ValueError("the vault and staff ids of a second factor are uuids")
    return Factor(vault_id, user_id, os.urandom(KEY_BYTES))


def write_factor(path: Path, factor: Factor) -> None:
    """Write the key file at the place that the person named; it is on the stick when this returns.

    Raises:
        InvalidInput: There is a file of this name already.
        DiskFull, FolderNotWritable, StoreUnavailable: nothing is left there.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileExistsError:
        what = "There is a file of this name already."
        raise InvalidInput(
            f"{what} It was not overwritten. Choose another name or place.", [Problem("factor", what)]
        ) from None
    except OSError as trouble:
        raise _not_written(trouble) from trouble
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(factor.canonical_bytes())
            file.flush()
            os.fsync(file.fileno())
    except OSError as trouble:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise _not_written(trouble) from trouble


def read_factor(path: Path, *, vault_id: str, user_id: str) -> Factor:
    """The key file at `path`, if it is this person's of this clinic.

    Raises:
        InvalidInput: It is damaged, no key file, another person's or another clinic's.
        NewerFormat: A newer program wrote it.
        StoreUnavailable: It is not there or cannot be read.
    """
    try:
        data = beginning_of(path, _SIZE_MAX_BYTES + 1)
    except FileNotFoundError:
        raise StoreUnavailable(
            "The key file is not there. Nothing was signed or changed. Plug in the stick that holds it, "
            "then choose the file again."
        ) from None
    except OSError:
        raise StoreUnavailable(
            "The key file cannot be read. Nothing was signed or changed. Plug the stick in again, or use "
            "your copy of the file."
        ) from None
    factor = _parsed(data)
    if factor.vault_id != vault_id:
        raise _refused("This key file belongs to another clinic.", "Choose the one made for this clinic.")
    if factor.user_id != user_id:
        raise _refused("This key file belongs to another person.", "Choose your own.")
    return factor


def _parsed(data: bytes) -> Factor:
    try:
        document = json.loads(data.decode("utf-8")) if len(data) <= _SIZE_MAX_BYTES else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or not _is_whole(document):
        raise _refused(
            "This is not a key file for signing, or it is damaged.",
            "Choose another file, or your copy of it.",
        )
    written_in = document["format"]
    if isinstance(written_in, str) and _NEWER.fullmatch(written_in):
        raise NewerFormat(
            f"The key file was written by a newer mnclinic (form {written_in}); this program reads {FORMAT}. "
            "Nothing was signed or changed. Use the newer program."
        )
    factor = _factor_in(document)
    if factor is None or factor.canonical_bytes() != data:
        raise _refused("This is not a key file for signing.", "Choose another file.")
    return factor


def _factor_in(document: dict[str, Any]) -> Factor | None:
    vault_id, user_id, secret = (document.get(name) for name in ("vault", "user_id", "secret"))
    if not (isinstance(vault_id, str) and isinstance(user_id, str) and isinstance(secret, str)):
        return None
    if not (is_uuid(vault_id) and is_uuid(user_id) and _SECRET.fullmatch(secret)):
        return None
    return Factor(vault_id, user_id, bytes.fromhex(secret))


def _is_whole(document: dict[str, Any]) -> bool:
    rest = {name: value for name, value in document.items() if name != "checksum"}
    try:
        return "format" in rest and document.get("checksum") == _checksum(rest)
    except (ValueError, TypeError, RecursionError):
        return False


def _checksum(document: dict[str, Any]) -> str:
    return hashlib.sha256(canonical_json(document)).hexdigest()


def _refused(what: str, remedy: str) -> InvalidInput:
    return InvalidInput(f"{what} Nothing was signed or changed. {remedy}", [Problem("factor", what)])


def _not_written(trouble: OSError) -> StoreUnavailable:
    if trouble.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(
            "The stick is full, so the key file was not written. Nothing was changed. Make some room on it, "
            "then try again."
        )
    if trouble.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR}:
        return FolderNotWritable(
            "The key file cannot be written there. Nothing was changed. Choose a folder on a stick that can "
            "be written."
        )
    return StoreUnavailable(
        "The key file could not be written. Nothing was changed. Plug the stick in again, or use another."
    )
