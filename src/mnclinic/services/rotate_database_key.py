"""Give the clinic's database another key, so that the old one opens nothing that is written from now on.

It needs nobody's password: the new key is sealed to everybody in the key file who still works here, and to
the recovery sheet in force. An older copy of the key file that was put back holds others too, and they end
here. What it does not change: a copy made earlier (a backup, a stolen stick) still opens with the key of its
day.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from types import FrameType

from mnclinic.domain.person_details import text_of
from mnclinic.errors import (
    ClinicError,
    InvalidInput,
    Problem,
    Stopped,
    StoreUnavailable,
)
from mnclinic.security.envelope import wipe
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file, save_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.rotation import abandon_rotation, begin_rotation, finish_rotation
from mnclinic.security.signing_keys import rewrapped_installation_key
from mnclinic.services.key_file_rows import enter_what_stands, key_file_entered
from mnclinic.services.late_entries import failed_log_ins
from mnclinic.services.recovery_sheet_rows import holds_another_sheet
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import slots_of_nobody
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.engine import DATABASE_NAME, close_engine, key_of, open_engine, salt_in_file
from mnclinic.store.log_writer import Act, Scribe
from mnclinic.store.prelogin import PreLogin
from mnclinic.store.rotation import DatabaseKey, copy_under_new_key, discard, put_in_place
from mnclinic.store.trouble import told_plainly

STEPS = ("alone", "begun", "copied", "both keys", "renamed", "new key alone", "finished")
"""What has been done, in this order, when `step` is called with the word."""
BEGINNING = "entering it in the log"
IN_PLACE = "putting the new database in place"
"""The step from which the change can be taken back no more."""


@dataclass(frozen=True)
class Rotated:
    """The database is under another key. `epoch` counts the clinic's keys from 1.

    `ended` are the login names in the key file that belonged to nobody who works here.
    """

    epoch: int
    ended: tuple[str, ...] = ()
    is_sheet_ended: bool = False
    """The key file held another recovery sheet than the one in force: no sheet opens the clinic now."""


def rotate_database_key(
    clinic: OpenClinic,
    reason: str,
    *,
    before: Callable[[], object] | None = None,
    step: Callable[[str], None] = lambda _done: None,
    watch: Watch = unwatched,
) -> Rotated:
    """Write the database anew under a new key. The clinic stays open and usable, whatever comes of it.

    Args:
        clinic: Open in an administrator's name, and open nowhere else.
        reason: Why, for the log; no patient's data.
        before: Called where nothing speaks against the change, before anything else. For what only today's
            key opens.
        step: Told what was done, in the words of STEPS.
        watch: Told how far it is; may stop it up to the step `IN_PLACE`, and is no longer asked after it.
            Nor does Ctrl+C in a command stop anything from there on.

    Raises:
        Stopped: the watch wanted no more. The key is as it was, and nothing is left of the new database;
            where the change was entered in the log by then, that it was taken back is entered too.
        InvalidInput: no reason. Nothing was changed.
        NotPermitted, ClinicReadOnly: nothing was changed.
        ClinicInUse: the clinic is open in another window or command. Nothing was changed.
        DiskFull, StoreUnavailable and kin: the key is as it was, or the sentence says that it was changed.
    """
    clinic.require(RoleAct.ROTATE_DATABASE_KEY)
    reason = text_of(reason)
    if not reason:
        what = "Give the reason why the database key is changed."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("reason", what)])
    if clinic.folder_use is None:
        raise AssertionError("an open clinic shares its folder until it is closed")
    try:
        if before is not None:
            with clinic.folder_use.alone():
                pass  # Whoever cannot be served is not kept waiting first.
            before()
        with clinic.folder_use.alone():
            step("alone")
            settle_keys(clinic)
            # Whatever another window changed since this one was opened counts.
            standing = load_key_file(clinic.folder)
            clinic.key_file = standing.keyfile
            old = DatabaseKey(*key_of(clinic.store.engine))
            with clinic.store.reading() as session:
                ended = slots_of_nobody(session, clinic.key_file)
                is_sheet_ended = holds_another_sheet(session, clinic.key_file)
            both, new_key, new_salt = begin_rotation(
                clinic.key_file,
                old.key,
                without_users=[slot.user_id for slot in ended],
                without_sheet=is_sheet_ended,
            )
            try:
                enter_what_stands(clinic, standing)
                new = DatabaseKey(new_key, new_salt)
                with _interrupts_noted(watch) as watching:
                    _replace(clinic, reason, both, old, new, step, watching)
            finally:
                wipe(new_key)
    finally:
        if not clinic.folder_use.is_held:
            # Somebody else may replace the file at any moment: nothing may be written into it from here.
            clinic.close()
    return Rotated(clinic.key_file.epoch, tuple(slot.user for slot in ended), is_sheet_ended)


def settle_keys(clinic: OpenClinic, *, step: Callable[[str], None] = lambda _done: None) -> bool:
    """End a rotation that was stopped while both keys stood in the key file; whether there was one.

    To be called right after a log-in. The database is at one of the two keys, and that one stays.
    """
    if clinic.key_file.next is None:
        return False
    with clinic.work() as work:
        # Under the store's write lock, so that of two windows one ends it.
        there = load_key_file(clinic.folder).keyfile
        if there.next is None:
            clinic.key_file = there
            return False
        key, salt = key_of(clinic.store.engine)
        was_renamed = salt == there.next.database_salt
        settled = finish_rotation(there, key) if was_renamed else abandon_rotation(there, key)
        save_key_file(clinic.folder, settled, retire_previous=True)
        clinic.key_file = settled
        step("new key alone")
        what = "database_key.rotation_finished" if was_renamed else "database_key.rotation_abandoned"
        work.log.record(Act(what, "U", categories=("keys",), detail={"epoch": settled.epoch}))
        work.log.record(key_file_entered(settled))
        work.commit(checkpoint=True)
    step("finished")
    return True


def _replace(  # noqa: PLR0917 - one caller, which has just made each of them
    clinic: OpenClinic,
    reason: str,
    both: KeyFile,
    old: DatabaseKey,
    new: DatabaseKey,
    step: Callable[[str], None],
    watch: Watch,
) -> None:
    go_on(watch, BEGINNING)
    folder, vault = clinic.folder, clinic.facts.vault
    epoch = both.epochs[-1][0]

    def rewrap(stored: bytes) -> bytes:
        return rewrapped_installation_key(stored, old.key, new.key, vault_id=vault, epoch=epoch)

    # Failed log-ins are sealed to the old key, which nobody will have afterwards.
    box = PreLogin(folder)
    drained = box.drain(old.key, vault)
    installation = clinic.store.installation
    by_installation = Scribe(None, None, installation.key, installation.sign)
    with clinic.work() as work:
        for failed in failed_log_ins(drained):
            work.log.record(failed, scribe=by_installation)
        work.log.record(
            Act(
                "database_key.rotation_begun",
                "U",
                categories=("keys",),
                detail={"epoch": epoch, "reason": reason},
            )
        )
        work.log.record(key_file_entered(both))
        work.commit(checkpoint=True)
    try:
        if not drained.is_empty:
            box.forget_through(drained)
        step("begun")
        close_engine(clinic.store.engine)
        copy_under_new_key(folder, old, new, rewrap, watch)
        step("copied")
        go_on(watch, IN_PLACE)
    except Stopped:
        _take_back(clinic, old, both)
        raise
    except BaseException:
        _open_what_stands(clinic, old, new, both)
        raise
    _put_in_place(clinic, old, new, both, step)


def _put_in_place(
    clinic: OpenClinic, old: DatabaseKey, new: DatabaseKey, both: KeyFile, step: Callable[[str], None]
) -> None:
    try:
        # In both generations: each of them has to open the database before the rename and after it.
        save_key_file(clinic.folder, both, retire_previous=True)
        clinic.key_file = both
        step("both keys")
        put_in_place(clinic.folder)
        step("renamed")
    except BaseException:
        _open_what_stands(clinic, old, new, both)
        raise
    _open(clinic, new)
    settle_keys(clinic, step=step)


@contextmanager
def _interrupts_noted(watch: Watch) -> Iterator[Watch]:
    """Ctrl+C in a command interrupts nowhere in here; it stops the work where the watch given is asked.

    So whatever was begun is taken back or brought to its end, however often and at whichever moment it is
    pressed. Only the main thread is ever interrupted, and only there can it be held off.
    """
    pressed: list[int] = []

    def watching(step: str, done: int, of: int) -> bool:
        if pressed:
            raise KeyboardInterrupt
        return watch(step, done, of)

    before = signal.getsignal(signal.SIGINT)
    # Turned off, as in the background, it stays so.
    if before is signal.SIG_IGN or not _is_called(lambda number, _frame: pressed.append(number)):
        yield watch
        return
    try:
        yield watching
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)


def _is_called(noted: Callable[[int, FrameType | None], None]) -> bool:
    """Have Ctrl+C call this; whether it does. No thread but a program's first may, or hears any."""
    try:
        signal.signal(signal.SIGINT, noted)
    except ValueError:
        return False
    return True


def _take_back(clinic: OpenClinic, old: DatabaseKey, both: KeyFile) -> None:
    """End a change that somebody stopped before its rename: the old key stays, and the log says so.

    The log has the key file of both keys already. So that file is written and then ended, as at a log-in
    after a power cut; what cannot be written now is ended there.
    """
    with suppress(StoreUnavailable):
        discard(clinic.folder)
    _open(clinic, old)
    with suppress(ClinicError):
        save_key_file(clinic.folder, both, retire_previous=True)
        clinic.key_file = both
        settle_keys(clinic)


def _open_what_stands(clinic: OpenClinic, old: DatabaseKey, new: DatabaseKey, both: KeyFile) -> None:
    """After trouble in the middle: go on with the database that is in place, and clear away the rest.

    The trouble itself is what the person has to hear of, so none that comes on top of it is told; what
    cannot be cleared away now is at the next start or log-in. As in `_take_back`, the key file that the log
    has already is written first, so that the one of before does not look like an older copy put back.
    """
    close_engine(clinic.store.engine)
    was_renamed = salt_in_file(clinic.folder / DATABASE_NAME) == new.salt
    if not was_renamed:
        with suppress(StoreUnavailable):
            discard(clinic.folder)
    _open(clinic, new if was_renamed else old)
    with suppress(ClinicError):
        clinic.key_file = load_key_file(clinic.folder).keyfile
        if not was_renamed and clinic.key_file.checksum == both.lineage[-1]:
            save_key_file(clinic.folder, both, retire_previous=True)
            clinic.key_file = both
        settle_keys(clinic)


def _open(clinic: OpenClinic, at: DatabaseKey) -> None:
    with told_plainly():
        engine = open_engine(clinic.folder / DATABASE_NAME, bytes(at.key), at.salt)
    clinic.store = replace(clinic.store, engine=engine)
