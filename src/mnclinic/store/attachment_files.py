"""Sealed files beside the database: on the disk before the row that names them."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from mnclinic.store.backup_files import ATTACHMENTS
from mnclinic.store.durability import new_private_file, sync_folder
from mnclinic.store.trouble import told_plainly

LONGEST_SEALED_BYTES = 32_000_000
"""More than the largest photograph or scan that is taken, with its seal."""

_NAME = re.compile(r"[0-9a-f]{32}\.enc")


def write_attachment(data_folder: Path, sealed: bytes) -> str:
    """Put a sealed file on the disk for good, under a new name, which is returned.

    A file that no row names any more is no harm: it is sealed under a key that nobody has.
    Raises StoreUnavailable and kin; nothing is left then.
    """
    folder = data_folder / ATTACHMENTS
    name = f"{secrets.token_hex(16)}.enc"
    # A backup that is made meanwhile copies finished names alone.
    unfinished = folder / f"{name}.tmp"
    with told_plainly():
        folder.mkdir(mode=0o700, exist_ok=True)
        try:
            with new_private_file(unfinished) as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(folder / name)
            sync_folder(folder)
            sync_folder(data_folder)
        except OSError:
            remove_attachment(data_folder, name)
            raise
    return name


def remove_attachment(data_folder: Path, name: str) -> None:
    """Take away a file whose row was not stored. One that cannot be removed is left, sealed."""
    for path in (data_folder / ATTACHMENTS / name, data_folder / ATTACHMENTS / f"{name}.tmp"):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def read_sealed(data_folder: Path, name: str) -> bytes | None:
    """The sealed file; None where it is not there, or where another hand made the name lead elsewhere.

    Of one that is longer than any that was ever sealed no more is read than shows that.
    Raises StoreUnavailable and kin where the disk cannot be read.
    """
    if not _NAME.fullmatch(name):
        return None
    path = data_folder / ATTACHMENTS / name
    with told_plainly():
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(LONGEST_SEALED_BYTES + 1)
