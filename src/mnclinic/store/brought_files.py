"""Sealed pictures that nobody has kept yet: beside the attachments, in no backup, taken away again."""

import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mnclinic.security.plain_file import beginning_of
from mnclinic.store.attachment_files import LONGEST_SEALED_BYTES
from mnclinic.store.backup_files import ATTACHMENTS
from mnclinic.store.durability import new_private_file, sync_folder
from mnclinic.store.trouble import told_plainly

_NAME = re.compile(r"[0-9a-f]{32}\.brought")


def write_brought(data_folder: Path, sealed: bytes) -> str:
    """Put a sealed picture on the disk for good, under a new name, which is returned.

    Raises StoreUnavailable and kin; nothing is left then.
    """
    folder = data_folder / ATTACHMENTS
    name = f"{secrets.token_hex(16)}.brought"
    with told_plainly():
        folder.mkdir(mode=0o700, exist_ok=True)
        try:
            with new_private_file(folder / name) as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            sync_folder(folder)
        except OSError:
            remove_brought(data_folder, [name])
            raise
    return name


def read_brought(data_folder: Path, name: str) -> bytes | None:
    """The sealed picture; None where it is not there, cannot be read, or the name is none of ours."""
    path = data_folder / ATTACHMENTS / name
    if not _NAME.fullmatch(name) or path.is_symlink():
        return None
    try:
        return beginning_of(path, LONGEST_SEALED_BYTES + 1)
    except OSError:
        return None


def remove_brought(data_folder: Path, names: Iterable[str]) -> None:
    """Take these away. One that cannot be removed is left, sealed under a key that nobody has."""
    for name in names:
        if _NAME.fullmatch(name):
            with suppress(OSError):
                (data_folder / ATTACHMENTS / name).unlink(missing_ok=True)


def brought_names(data_folder: Path) -> list[str]:
    """The names of all that lie there."""
    try:
        return [one.name for one in (data_folder / ATTACHMENTS).iterdir() if _NAME.fullmatch(one.name)]
    except OSError:
        return []
