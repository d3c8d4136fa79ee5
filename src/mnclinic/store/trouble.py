"""The world's trouble with a database, told as the sentence a person needs."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlcipher3 import dbapi2 as sqlcipher

from mnclinic.errors import (
    ClinicError,
    ClinicInUse,
    DatabaseDamaged,
    DiskFull,
    FolderNotWritable,
    InvalidInput,
    LogIllWritten,
    StoreUnavailable,
)
from mnclinic.models.base import NOT_BYTES, UnreadableValue
from mnclinic.store.engine import DAMAGED

DISK_FULL = (
    "The disk is full, so this was not saved. Nothing else was changed and everything saved before is "
    "safe. Free some space on the disk, then save again."
)
DISK_FULL_TRY_AGAIN = (
    "The disk is full, so this was not saved. Nothing else was changed and everything saved before is "
    "safe. A reserve was given up for you: save again now, then free some space on the disk."
)
NOT_WRITABLE = (
    "The clinic's folder cannot be written, so nothing was saved or changed. Check that the folder is "
    "not read-only and that you may write to it, then try again."
)
IN_USE = (
    "Another program is writing to this clinic and did not finish in time. Nothing was changed. "
    "Wait a moment, then try again."
)
DOCUMENT_UNREADABLE = (
    "A document in the clinic's database cannot be read any more: another hand changed it. Nothing was "
    "saved or changed now. Check the store, which names what was changed; then restore the newest backup, "
    "or ask for help with this folder as it is."
)
PART_MISSING = (
    "A table or an index of the clinic's database, which mnclinic made, is not in it any more: another hand "
    "changed it. Nothing was saved or changed now. Check the store, which names what is missing; then "
    "restore the newest backup, or ask for help with this folder as it is."
)
UNSPELLABLE = (
    "A text or a name holds letters in a form that the clinic's records cannot hold. Nothing was saved or "
    "changed. Type it anew instead of pasting it, or give the file or folder another name, then try again."
)
OTHER = (
    "The clinic's files could not be read or written. Nothing half-done was kept. "
    "Check the disk, then try again."
)


def plainly(error: BaseException) -> ClinicError | None:
    """Our own word for an exception of the engine or the disk; None for anything else.

    Half a character, which no file can hold, is the input's fault.

    A broken constraint is a defect of ours, never the world's trouble.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlcipher.Error) and not isinstance(cause, sqlcipher.IntegrityError):
        return of_engine(cause)
    if isinstance(cause, NoConnectionFree):
        return ClinicInUse(IN_USE)
    if isinstance(cause, UnreadableValue):
        return DatabaseDamaged(DAMAGED)
    if isinstance(cause, UnicodeDecodeError) and cause.object.startswith(NOT_BYTES):
        return DatabaseDamaged(DOCUMENT_UNREADABLE)
    if isinstance(cause, UnicodeEncodeError):
        return InvalidInput(UNSPELLABLE)
    if isinstance(cause, OSError):
        return of_disk(cause)
    return None


def is_unreadable_disk(error: BaseException) -> bool:
    """Whether the disk refused to be read or written, which says nothing of what is stored there."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, OSError) or (
        isinstance(cause, sqlcipher.OperationalError) and "disk I/O error" in str(cause)
    )


def is_without_room(trouble: StoreUnavailable) -> bool:
    """Whether nothing can be written there now, which keeps nobody from reading."""
    # A file that could not be made longer is told by the engine as a failing disk.
    return (
        isinstance(trouble, DiskFull | FolderNotWritable | LogIllWritten) or type(trouble) is StoreUnavailable
    )


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the engine's and the disk's own exceptions into ours, with their cause kept for the log."""
    try:
        yield
    except Exception as error:
        known = plainly(error)
        if known is None:
            raise
        raise known from error


def of_engine(error: Exception) -> StoreUnavailable:
    """Which of our troubles an engine error is. SQLite has no finer way to ask than its text."""
    said = str(error)
    if "full" in said:
        return DiskFull(DISK_FULL)
    if "locked" in said or "busy" in said:
        return ClinicInUse(IN_USE)
    if "readonly" in said or "unable to open" in said:
        return FolderNotWritable(NOT_WRITABLE)
    if "malformed" in said or "not a database" in said:
        return DatabaseDamaged(DAMAGED)
    if "no such index" in said or "no such table" in said:
        return DatabaseDamaged(PART_MISSING)
    return StoreUnavailable(OTHER)


def of_disk(error: OSError) -> StoreUnavailable:
    """Which of our troubles an operating system error is."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(DISK_FULL)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return FolderNotWritable(NOT_WRITABLE)
    return StoreUnavailable(OTHER)
