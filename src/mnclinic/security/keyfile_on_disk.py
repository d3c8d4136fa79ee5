"""Where the key file is read and replaced: the only part of this package that touches the disk."""

import errno
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from mnclinic.errors import (
    ClinicError,
    ClinicExists,
    ClinicInUse,
    DiskFull,
    FolderNotWritable,
    KeyFileDamaged,
    KeyFileMissing,
    StoreUnavailable,
)
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE, KeyFile
from mnclinic.security.keyfile_parsing import SIZE_MAX_BYTES, damaged, parse_key_file
from mnclinic.security.plain_file import beginning_of

_TEMPORARY = KEY_FILE + ".new"
_TEMPORARY_PREVIOUS = PREVIOUS_KEY_FILE + ".new"


@dataclass(frozen=True)
class LoadedKeyFile:
    """What `load_key_file` found. `from_previous` is the reason to show `warning`."""

    keyfile: KeyFile
    from_previous: bool

    @property
    def warning(self) -> str | None:
        """A sentence for the person who logs in, or None."""
        if not self.from_previous:
            return None
        return (
            f"The key file {KEY_FILE} was missing or damaged, so its previous copy {PREVIOUS_KEY_FILE} is "
            "in use. No record was lost. A password or user changed in the last key change may be back as "
            "it was before. Look whether the users are as they should be."
        )


def load_key_file(folder: Path) -> LoadedKeyFile:
    """Read `clinic.keys`, or its previous generation where that one is missing or damaged.

    The previous generation is used only when its own checksum and form are right; the caller then
    shows `warning`. A file of a newer form is never passed over for an older copy. Nothing is written.

    Raises:
        KeyFileMissing: There is neither.
        KeyFileDamaged: One is damaged, and the other no help.
        NewerFormat: A newer program wrote it.
        StoreUnavailable: The file is there, but this account may not read it.
    """
    current: ClinicError
    try:
        return LoadedKeyFile(_load(folder / KEY_FILE), from_previous=False)
    except (KeyFileMissing, KeyFileDamaged) as trouble:
        current = trouble
    try:
        return LoadedKeyFile(_load(folder / PREVIOUS_KEY_FILE), from_previous=True)
    except KeyFileMissing:
        raise current from None
    except KeyFileDamaged as previous:
        raise (previous if isinstance(current, KeyFileMissing) else current) from None


def load_previous_key_file(folder: Path) -> KeyFile | None:
    """The generation in `clinic.keys.prev`; None where there is none that is whole and can be read."""
    try:
        return _load(folder / PREVIOUS_KEY_FILE)
    except ClinicError:
        return None


def save_key_file(folder: Path, keyfile: KeyFile, *, retire_previous: bool = False) -> None:
    """Replace `clinic.keys` in one step and keep the generation before it as `clinic.keys.prev`.

    Temporary file, fsync, rename, fsync of the folder: after a power cut at any point either the old
    generation or the new one is whole, and leftovers of the attempt do no harm. Call it while holding
    the clinic's write lock; it then also notices a change that was made elsewhere since `keyfile` was
    read, and refuses rather than lose it.

    Args:
        folder: The clinic's folder, which exists.
        keyfile: The generation to write.
        retire_previous: Afterwards write the new generation over `clinic.keys.prev` as well. For changes
            that must not be undone by removing `clinic.keys`, such as a new password. Copies taken
            earlier (backups, a stolen stick) still open as they did.

    Raises:
        ClinicExists: A newly created key file would overwrite a clinic's.
        ClinicInUse: The file was changed elsewhere.
        NewerFormat: A newer program wrote the file that is there.
        DiskFull, FolderNotWritable, StoreUnavailable: The old generation is still in place; the one
            exception, trouble after the rename, has a sentence of its own.
    """
    data = keyfile.canonical_bytes()
    standing = _refuse_to_overwrite(folder, keyfile)
    previous = data if retire_previous else standing
    try:
        # All the room is taken before the first rename, so that a full disk changes nothing.
        _write_durably(folder / _TEMPORARY, data)
        if previous is not None:
            _write_durably(folder / _TEMPORARY_PREVIOUS, previous)
        if previous is not None and not retire_previous:
            _rename(folder, _TEMPORARY_PREVIOUS, PREVIOUS_KEY_FILE)
        _rename(folder, _TEMPORARY, KEY_FILE)
        if retire_previous:
            _rename(folder, _TEMPORARY_PREVIOUS, PREVIOUS_KEY_FILE)
    except OSError as trouble:
        for name in (_TEMPORARY, _TEMPORARY_PREVIOUS):
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        raise _sentence_for(trouble, in_place=_holds(folder / KEY_FILE, data)) from trouble


def _holds(path: Path, data: bytes) -> bool:
    try:
        return beginning_of(path, len(data) + 1) == data
    except OSError:
        return False


def _refuse_to_overwrite(folder: Path, keyfile: KeyFile) -> bytes | None:
    """The bytes that will become the previous generation: what is there now, if it is another one.

    A damaged file is never kept as "previous": the good copy of before stays instead.
    """
    try:
        there = _load(folder / KEY_FILE)
    except KeyFileMissing:
        if not keyfile.from_disk and (folder / PREVIOUS_KEY_FILE).exists():
            raise _exists() from None
        return None
    except KeyFileDamaged:
        if not keyfile.from_disk:
            raise _exists() from None
        return None
    if there.checksum == keyfile.checksum:
        return None
    if there.checksum in keyfile.lineage:
        return there.canonical_bytes()
    if not keyfile.from_disk:
        raise _exists()
    raise ClinicInUse(
        "The clinic's keys were changed by another window or command a moment ago, so this change was not "
        "made. Nothing was lost. Look at the users again, then repeat the change."
    )


def _exists() -> ClinicExists:
    return ClinicExists(
        f"This folder already holds the keys of a clinic ({KEY_FILE} or {PREVIOUS_KEY_FILE}). "
        "Nothing was changed. Choose an empty folder for a new clinic."
    )


def _write_durably(path: Path, data: bytes) -> None:
    # What a crash left there goes first; so does a link that somebody planted to be written through.
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _rename(folder: Path, temporary: str, name: str) -> None:
    (folder / temporary).replace(folder / name)
    if os.name == "nt":
        return  # Windows cannot fsync a folder
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sentence_for(trouble: OSError, *, in_place: bool) -> StoreUnavailable:
    if in_place:
        return StoreUnavailable(
            "The keys were changed, but the disk reported trouble before the change was certain in "
            f"{KEY_FILE} and {PREVIOUS_KEY_FILE}. No record was lost. "
            "Check the disk, log in again, and look whether the change is there before making it anew."
        )
    if trouble.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(
            f"The disk is full, so the key file {KEY_FILE} could not be written and the change was not made. "
            "The keys are as they were. Make some room, then try again."
        )
    if trouble.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return FolderNotWritable(
            f"The clinic's folder cannot be written, so the key file {KEY_FILE} was not changed. "
            "The keys are as they were. Check the folder's permissions, then try again."
        )
    return StoreUnavailable(
        f"The key file {KEY_FILE} could not be written, so the change was not made. "
        "The keys are as they were. Check the disk, then try again."
    )


def _load(path: Path) -> KeyFile:
    try:
        data = beginning_of(path, SIZE_MAX_BYTES + 1)
    except FileNotFoundError:
        raise KeyFileMissing(
            f"The key file {KEY_FILE} is not in the clinic's folder. Without it the records cannot be "
            f"opened, but they are still there. Put {KEY_FILE} back from your newest backup, then try again."
        ) from None
    except PermissionError:
        if path.is_dir():  # Windows says so of a folder
            raise damaged(path.name) from None
        raise StoreUnavailable(
            f"The key file {path.name} may not be read by this computer account, or another program holds "
            "it. Nothing was changed. Log in with the account that the clinic uses, then try again."
        ) from None
    except OSError:
        raise damaged(path.name) from None
    return replace(parse_key_file(data, name=path.name), from_disk=True)
