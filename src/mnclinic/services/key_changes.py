"""Change the key file: the acting person types the password again, and file and database change together."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.errors import ClinicError, KeyFileDamaged, WrongCredentials
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.slots import Unlocked, unlock
from mnclinic.services.credentials import (
    CHANGING,
    CHECKING,
    KEPT,
    database_salt_of,
    device_secret_of,
    judged,
    told_of_the_password,
)
from mnclinic.services.half_key_change import replaces_keys, settle_half_change
from mnclinic.services.key_file_rows import enter_what_stands, key_file_entered
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.log_writer import Act, LoggedObject, Scribe
from mnclinic.store.unit_of_work import UnitOfWork


@contextmanager
def with_own_password(
    clinic: OpenClinic, password: str, watch: Watch = unwatched
) -> Iterator[tuple[KeyFile, Unlocked]]:
    """The key file as it is now, and the person's keys, opened by the password typed for this act.

    Everything that changes keys asks for it again: a log-in that was left open changes nobody's keys. A file
    that the log does not know is entered as found first.

    Raises:
        WrongPassword: it is not this person's password. It counts like one at the log-in.
        TooManyTries: it was not looked at.
        Stopped: the watch wanted no more, before or after it was looked at.
        KeyFileDamaged and kin: nothing was changed.
    """
    go_on(watch, CHECKING)
    settle_half_change(clinic)
    standing = load_key_file(clinic.folder)
    key_file = standing.keyfile
    person, secret = clinic.person, device_secret_of(key_file)
    salt = database_salt_of(clinic.folder)

    def opened() -> Unlocked:
        unlocked = unlock(key_file, person.user, password, device_secret=secret, database_salt=salt)
        if unlocked.user_id != person.staff_id:
            unlocked.forget()
            raise WrongCredentials
        return unlocked

    with told_of_the_password():
        unlocked = judged(clinic.folder, key_file, person.user, clock=clinic.clock, judge=opened)
    try:
        if key_file.vault_id != clinic.facts.vault:
            raise KeyFileDamaged(
                "The key file in this folder is another clinic's. Nothing was changed. Put back the one "
                "that belongs to this clinic."
            )
        go_on(watch, CHANGING)
        if clinic.read_only is None:
            enter_what_stands(clinic, standing)
        yield key_file, unlocked
    finally:
        unlocked.forget()


def keep(
    clinic: OpenClinic,
    work: UnitOfWork,
    changed: KeyFile,
    *,
    retire_previous: bool = False,
    scribe: Scribe | None = None,
    watch: Watch = unwatched,
) -> None:
    """Save the key file, enter it in the log, and commit the work: the last line of every change of keys.

    The file is saved under the database's write lock. When the database then cannot keep its part, the
    file is put back as it was. A power cut between the two leaves a file that the next log-in finds and
    enters, and that opens with either password that its owner knows to have typed. Where somebody's keys
    are others in it, the next log-in takes it back instead: for that the generation before is kept until
    the database has its part, because the register knows no other keys. `scribe` enters it where the key
    of the work's own has just ended. At the step `credentials.KEPT` the watch is asked for the last time:
    Stopped.
    """
    go_on(watch, KEPT)
    keep_in(clinic.folder, work, changed, retire_previous=retire_previous, scribe=scribe)
    clinic.key_file = changed


def keep_in(
    folder: Path,
    work: UnitOfWork,
    changed: KeyFile,
    *,
    retire_previous: bool = False,
    scribe: Scribe | None = None,
) -> None:
    """`keep`, where nobody is logged in."""
    before = load_key_file(folder).keyfile
    work.log.record(key_file_entered(changed), scribe=scribe)
    is_retired_last = retire_previous and replaces_keys(before, changed)
    save_key_file(folder, changed, retire_previous=retire_previous and not is_retired_last)
    try:
        work.commit(checkpoint=True)
    except BaseException:
        # What went wrong is told by the one who raised it; the next log-in finds what is left here.
        with suppress(ClinicError):
            back = replace(before, lineage=(*before.lineage, changed.checksum))
            save_key_file(folder, back, retire_previous=retire_previous)
        raise
    if is_retired_last:
        # The change is done. What fails here the next log-in makes up for.
        with suppress(ClinicError), work.afresh():
            save_key_file(folder, changed, retire_previous=True)


def account_act(
    action: str,
    staff_id: str,
    kind: str = "U",
    *,
    why: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Act:
    """The entry of something that happened to a person's way in: `action` is `account.…`."""
    content = canonical_bytes({"format": "mnclinic.account/1", "staff": staff_id, "event": action})
    return Act(
        action,
        kind,
        object=LoggedObject("account", staff_id, 1, content),
        categories=("keys",),
        why=why,
        detail=detail or {},
    )
