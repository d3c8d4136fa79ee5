"""A password is judged: counted first, told when wrong, forgotten when right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.instants import Clock
from mnclinic.errors import (
    DiskFull,
    FolderNotWritable,
    StoreUnavailable,
    TooManyTries,
    WrongCredentials,
)
from mnclinic.models import instant_text
from mnclinic.security.device import DeviceSecret
from mnclinic.security.factor import read_factor
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.throttle import bucket_of
from mnclinic.store.engine import DATABASE_NAME, salt_in_file
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.prelogin import Drained, PreLogin
from mnclinic.store.trouble import told_plainly

FAILED_LOG_IN = "login.failed"

Opened = TypeVar("Opened")


def judged(
    folder: Path, key_file: KeyFile, user: str, *, clock: Clock, judge: Callable[[], Opened]
) -> Opened:
    """What `judge` opens with a password that somebody typed, once the try may be made.

    The try is on the disk before `judge` is called. A wrong one is kept, sealed, for the log of the next
    log-in, whether it was typed there, for a signature or for a change of keys.

    Raises:
        TooManyTries: `judge` was not called.
        WrongCredentials: and whatever else `judge` raises.
        StoreUnavailable and kin: the try could not be counted, so it was not judged.
    """
    box, bucket = PreLogin(folder), bucket_of(key_file, user)
    decision = box.count_attempt(bucket, clock.monotonic_ms())
    if not decision.is_allowed:
        raise TooManyTries(decision.wait_s)
    with kept_for_the_log(folder, key_file, user, "password", clock=clock):
        opened = judge()
    box.succeeded(bucket)
    return opened


@contextmanager
def kept_for_the_log(
    folder: Path, key_file: KeyFile, user: str | None, what: str, *, clock: Clock
) -> Iterator[None]:
    """Keep, sealed for the log of the next log-in, that what was typed inside opened nothing.

    Args:
        folder: The clinic's.
        key_file: The clinic's.
        user: The name that was typed; None for the recovery sheet, which is nobody's.
        what: `password`, `recovery_code` or `recovery_sheet`.
        clock: Says when.
    """
    try:
        yield
    except WrongCredentials:
        slot = None if user is None else key_file.slot_of(user)
        PreLogin(folder).seal_failure(
            key_file.prelogin_public,
            key_file.vault_id,
            at=clock.now(),
            user_id=None if slot is None else slot.user_id,
            what=what,
        )
        raise


def judged_beside(
    place: Path, key_file: KeyFile, user: str, *, clock: Clock, judge: Callable[[], Opened]
) -> Opened:
    """`judged` for a password of a backup, counted in a box of its own in the folder where backups lie.

    Where that box cannot be written the password is judged all the same: a clinic has to come back from a
    stick that allows no writing, and the count holds up the person at the keyboard alone. Whoever holds
    a copy can guess at it elsewhere. No log waits for what fails here, so none is kept.

    Raises:
        TooManyTries: `judge` was not called.
        WrongCredentials: and whatever else `judge` raises.
        ClinicInUse, NewerFormat: the box is another program's at this moment, or a newer one's.
    """
    box, bucket = PreLogin(place), bucket_of(key_file, user)
    with _where_it_can_be_written():
        decision = box.count_attempt(bucket, clock.monotonic_ms())
        if not decision.is_allowed:
            raise TooManyTries(decision.wait_s)
    opened = judge()
    with _where_it_can_be_written():
        box.succeeded(bucket)
    return opened


@contextmanager
def _where_it_can_be_written() -> Iterator[None]:
    try:
        yield
    except StoreUnavailable as trouble:
        if not isinstance(trouble, DiskFull | FolderNotWritable) and type(trouble) is not StoreUnavailable:
            raise


def wait_s(folder: Path, key_file: KeyFile, user: str, *, clock: Clock) -> int | None:
    """How long this user's next try has to wait, for a screen that shows it: 0 for not at all.

    None means that the name is closed until a recovery code or an administrator opens it. Unknown names
    are answered like known ones. Nothing is counted.
    """
    return PreLogin(folder).look(bucket_of(key_file, user), clock.monotonic_ms()).wait_s


def open_again(folder: Path, key_file: KeyFile, user: str) -> None:
    """Begin at the first try again: the user was given another way in."""
    PreLogin(folder).succeeded(bucket_of(key_file, user))


def failed_log_ins(drained: Drained) -> Iterator[Act]:
    """The entries of what the pre-login box held. A name that was typed is in none of them."""
    for failure in drained.failures:
        detail = {"at": instant_text(failure.at)}
        if failure.user_id is None:
            why = "wrong_recovery_sheet" if failure.what == "recovery_sheet" else "unknown_user"
            yield Act(FAILED_LOG_IN, "E", categories=("session",), why=why, detail=detail)
            continue
        content = canonical_bytes(
            {"format": "mnclinic.account/1", "staff": failure.user_id, "event": FAILED_LOG_IN}
        )
        yield Act(
            FAILED_LOG_IN,
            "E",
            object=LoggedObject("account", failure.user_id, 1, content),
            categories=("session",),
            why=f"wrong_{failure.what}",
            detail=detail,
        )
    uncertain = {
        "unreadable": drained.unreadable,
        "lost": drained.lost,
        "started_anew": drained.started_anew,
    }
    if any(uncertain.values()):
        yield Act("login.failures_uncertain", "E", categories=("session",), detail=uncertain)


def device_secret_of(key_file: KeyFile) -> bytes | None:
    """This PC's keyring's secret, where log-ins are bound to it or were; the keyring is left alone else."""
    if key_file.device is None and not any(slot.is_device_bound for slot in key_file.users):
        return None
    return DeviceSecret(key_file.vault_id).read()


def database_salt_of(folder: Path) -> bytes | None:
    """The database's first 16 bytes, which say while its key is being replaced which of the two opens it."""
    with told_plainly():
        return salt_in_file(folder / DATABASE_NAME)


def read_own_factor(vault: str, staff_id: str, path: Path | None) -> bytes | None:
    """The secret of a person's key file; None where no file was named. Raises as `read_factor`."""
    return None if path is None else read_factor(path, vault_id=vault, user_id=staff_id).secret
