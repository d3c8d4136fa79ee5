"""A password is judged: counted first, told when wrong, forgotten when right."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from mnclinic.domain.instants import Clock
from mnclinic.errors import (
    FolderNotWritable,
    StoreUnavailable,
    TooManyTries,
    WrongCredentials,
    WrongPassword,
)
from mnclinic.security.device import DeviceSecret
from mnclinic.security.factor import read_factor
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.throttle import DEVICE, FREE_TRIES, Tries, bucket_of, counted
from mnclinic.security.throttle import judge as judge_tries
from mnclinic.services.late_entries import kept_for_the_log, where_it_can_be_written
from mnclinic.store.engine import DATABASE_NAME, salt_in_file
from mnclinic.store.prelogin import PreLogin
from mnclinic.store.trouble import told_plainly

CHECKING, CHANGING = "checking the password", "preparing it"
"""Steps of what a password is typed for; each takes as long as a password takes to be tried, or longer."""
KEPT = "storing it"
"""The step after which something stays."""

PAUSE_S = 10.0
"""Before a password is judged whose try could not be counted on the disk."""

_UNCOUNTED: dict[str, Tries] = {}
"""Tries of this process that could not be counted on the disk, by clinic and bucket."""

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
    decision = box.count_attempt(bucket, clock.monotonic_ms)
    if not decision.is_allowed:
        raise TooManyTries(decision.wait_s)
    with kept_for_the_log(folder, key_file, user, "password", clock=clock):
        opened = judge()
    with where_it_can_be_written():
        box.succeeded(bucket)
    return opened


@contextmanager
def told_of_the_password() -> Iterator[None]:
    """What is said of a wrong password where no user name was typed: WrongPassword instead."""
    try:
        yield
    except TooManyTries:
        raise
    except WrongCredentials:
        raise WrongPassword from None


def judged_to_read(
    folder: Path, key_file: KeyFile, user: str, *, clock: Clock, judge: Callable[[], Opened]
) -> Opened:
    """`judged` in a folder that cannot be written, for somebody who is to read alone.

    Nothing can be counted on the disk, so the tries of before, as they stand in the box, and those made
    here are taken together: the first one here waits as if the free tries were used up, each further one
    is refused until its time has passed, and each takes `PAUSE_S` besides. Whoever starts a new process for
    each guess gets far fewer out of that than out of a copy of the folder, which is theirs to take.

    Raises:
        TooManyTries: `judge` was not called.
        WrongCredentials: and whatever else `judge` raises.
    """
    bucket = bucket_of(key_file, user)
    device, own = (f"{key_file.vault_id} {name}" for name in (DEVICE, bucket))
    now_ms = clock.monotonic_ms()
    decision = judge_tries(_UNCOUNTED.get(own, Tries()), _UNCOUNTED.get(device, Tries()), now_ms)
    with where_it_can_be_written():
        stored = PreLogin(folder).look(bucket, now_ms, is_read_only=True)
        decision = max(decision, stored, key=lambda one: math.inf if one.is_closed else one.wait_s or 0)
    if not decision.is_allowed:
        raise TooManyTries(decision.wait_s)
    for name in (own, device):
        before = _UNCOUNTED.get(name, Tries(FREE_TRIES - 1))
        _UNCOUNTED[name] = counted(before, now_ms)
    time.sleep(PAUSE_S)
    opened = judge()
    for name in (own, device):
        _UNCOUNTED.pop(name, None)
    return opened


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
    with where_it_can_be_written():
        decision = box.count_attempt(bucket, clock.monotonic_ms)
        if not decision.is_allowed:
            raise TooManyTries(decision.wait_s)
    opened = judge()
    with where_it_can_be_written():
        box.succeeded(bucket)
    return opened


def wait_s(folder: Path, key_file: KeyFile, user: str, *, clock: Clock) -> int | None:
    """How long this user's next try has to wait, for a screen that shows it: 0 for not at all.

    None means that the name is closed until a recovery code or an administrator opens it. Unknown names
    are answered like known ones. Nothing is counted.
    """
    box, bucket, now_ms = PreLogin(folder), bucket_of(key_file, user), clock.monotonic_ms()
    try:
        return box.look(bucket, now_ms).wait_s
    except FolderNotWritable:
        pass
    try:
        return box.look(bucket, now_ms, is_read_only=True).wait_s
    except StoreUnavailable:
        return 0


def open_again(folder: Path, key_file: KeyFile, user: str) -> None:
    """Begin at the first try again: the user was given another way in."""
    PreLogin(folder).succeeded(bucket_of(key_file, user))


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
