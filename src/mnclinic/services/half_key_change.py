"""A change of keys that a power cut parted from its entry: taken back at the next log-in.

Keys that take the place of others are in the key file a moment before the register knows them. Until the
database has its part, the generation before stays beside the new one. Which of the two stands is what the log
says, and nobody can read that before somebody's password has opened one of them.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from mnclinic.errors import WrongCredentials
from mnclinic.models import RegisteredKey
from mnclinic.security.keyfile import KeyFile, UserSlot
from mnclinic.security.keyfile_on_disk import load_key_file, load_previous_key_file, save_key_file
from mnclinic.security.signing_keys import key_id
from mnclinic.security.slots import Unlocked
from mnclinic.services.key_file_rows import is_newest_entered, key_file_entered
from mnclinic.services.session import OpenClinic
from mnclinic.store.engine import DATABASE_NAME, close_engine, open_engine
from mnclinic.store.log_writer import Scribe
from mnclinic.store.trouble import told_plainly

CHANGE_NOT_MADE = (
    "This PC or the program went off while your keys were being changed, so that change does not count. No "
    "record was lost. Log in with the password that you had before it, or with the recovery code if you had "
    "used that, and make the change again. If an administrator was giving you a new password, "
    "ask for it anew."
)


def replaces_keys(before: KeyFile, after: KeyFile) -> bool:
    """Whether somebody who keeps their place has another key in `after` for log entries or to sign with."""
    return bool(_replacing(before, after))


def unlocked_by(
    folder: Path, newest: KeyFile, user: str, unlock: Callable[[KeyFile], Unlocked]
) -> tuple[KeyFile, Unlocked]:
    """What `unlock` opens in the generation that stands for this user: the newest, or the one before it.

    Raises:
        WrongCredentials: it does not fit, or fits only what a whole change replaced or what never counted.
        And whatever else `unlock` raises; StoreUnavailable and kin about the database.
    """
    before = load_previous_key_file(folder)
    slot = None if before is None else before.slot_of(user)
    # One's own place alone is looked at: what else is half there says nothing about these keys.
    if before is None or slot is None or slot in newest.users or not _may_be_half(before, newest):
        return newest, unlock(newest)
    try:
        unlocked = unlock(newest)
    except WrongCredentials:
        unlocked = unlock(before)
        if not _is_half_in(folder, before, newest, unlocked):
            unlocked.forget()
            raise
        return before, unlocked
    if not _is_half_in(folder, before, newest, unlocked):
        return newest, unlocked
    unlocked.forget()
    try:
        return before, unlock(before)
    except WrongCredentials:
        raise WrongCredentials(CHANGE_NOT_MADE) from None


def settle_half_change(clinic: OpenClinic) -> None:
    """Take a change back that never reached the database, and end the generation before a whole one.

    Raises:
        StoreUnavailable and kin: nothing was changed.
    """
    newest, before = load_key_file(clinic.folder), load_previous_key_file(clinic.folder)
    if newest.from_previous or before is None or not _may_be_half(before, newest.keyfile):
        return
    installation = clinic.store.installation
    by_installation = Scribe(None, None, installation.key, installation.sign)
    # Under the store's write lock, so that a change that another window is in the middle of is waited for.
    with clinic.store.work(by_installation) as work:
        newest, before = load_key_file(clinic.folder), load_previous_key_file(clinic.folder)
        if newest.from_previous or before is None:
            return
        if _is_half(work.session, before, newest.keyfile):
            back = replace(before, lineage=(*before.lineage, newest.keyfile.checksum))
            # In view: whoever put a key of their own into the file by hand left the same.
            work.log.record(key_file_entered(newest.keyfile, found=True))
            work.log.record(key_file_entered(back, found=True))
            save_key_file(clinic.folder, back, retire_previous=True)
            work.commit(checkpoint=True)
            clinic.key_file = load_key_file(clinic.folder).keyfile
        elif is_newest_entered(work.session, newest.keyfile):
            save_key_file(clinic.folder, newest.keyfile, retire_previous=True)


def _may_be_half(before: KeyFile, newest: KeyFile) -> bool:
    # Only what replaced somebody's keys leaves another generation that may open what the newest does not.
    return before.vault_id == newest.vault_id and replaces_keys(before, newest)


def _replacing(before: KeyFile, after: KeyFile) -> list[tuple[UserSlot, UserSlot]]:
    old = {slot.user_id: slot for slot in before.users}
    pairs = [(old[slot.user_id], slot) for slot in after.users if slot.user_id in old]
    return [(was, now) for was, now in pairs if _keys_of(was) - _keys_of(now)]


def _keys_of(slot: UserSlot) -> set[str]:
    signature = set() if slot.signature is None else {key_id(slot.signature.public)}
    return {key_id(slot.session_public)} | signature


def _is_half(session: Session, before: KeyFile, newest: KeyFile) -> bool:
    """Whether the log's last word is the generation before, and keys of the newest are in no register."""
    if not is_newest_entered(session, before):
        return False
    new = {key for was, now in _replacing(before, newest) for key in _keys_of(now) - _keys_of(was)}
    return any(session.get(RegisteredKey, key) is None for key in new)


def _is_half_in(folder: Path, before: KeyFile, newest: KeyFile, unlocked: Unlocked) -> bool:
    with told_plainly():
        engine = open_engine(folder / DATABASE_NAME, bytes(unlocked.database_key), unlocked.database_salt)
        try:
            with Session(engine) as session:
                return _is_half(session, before, newest)
        finally:
            close_engine(engine)
