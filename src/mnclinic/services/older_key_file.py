"""An older copy of the key file is told as what it is, to whoever put it back after a loss.

The program itself advises to put `clinic.keys` back from the newest backup. What was changed since that
backup is then not in it: somebody's own keys, which the log knows to have ended, or the database's key.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mnclinic.errors import DatabaseDamaged, NotPermitted
from mnclinic.models import KeyRevocation
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file, load_previous_key_file
from mnclinic.services.credentials import database_salt_of
from mnclinic.services.session import OpenClinic

OWN_KEYS_REPLACED = (
    f"Your keys were replaced since this copy of the key file {KEY_FILE} was made, so what it holds for you "
    "has ended. Nothing was changed and no record was lost. "
    f"Put {KEY_FILE} back from a newer backup, where there is one. Else have an administrator who can still "
    "log in give you a new password; where none can, restore the newest backup, or open this folder with the "
    "recovery sheet."
)
DATABASE_KEY_CHANGED = (
    f"The clinic's database does not open with the key in {KEY_FILE}: that is an older copy, from before the "
    "database's key was changed, or else the database is damaged. Nothing was changed. Do not delete "
    f"anything. Put {KEY_FILE} back from a newer backup; where there is none, restore the newest backup, or "
    "ask for help with this folder as it is."
)

DATABASE_KEY_CHANGED_AND_COPY_IS_NEWER = (
    f"The clinic's database does not open with the key in {KEY_FILE}: that is an older copy, from before the "
    f"database's key was changed. The copy {PREVIOUS_KEY_FILE} beside it is the newer one. Nothing was "
    f"changed and no record was lost. Give {KEY_FILE} another name, copy {PREVIOUS_KEY_FILE} to {KEY_FILE}, "
    "and log in again. Delete nothing."
)
KEY_FILE_DAMAGED_AND_COPY_IS_OLDER = (
    f"The key file {KEY_FILE} is damaged, and the copy {PREVIOUS_KEY_FILE} beside it is from before the "
    "database's key was changed, so it does not open the database. This is not about your password. Nothing "
    f"was changed and no record was lost. Put {KEY_FILE} back from your newest backup, then log in again."
)


@contextmanager
def told_of_changed_database_key(folder: Path, key_file: KeyFile) -> Iterator[None]:
    """Tell of a database that does not open that the key file may be an older one, where it names another.

    Raises DatabaseDamaged as it came, or with the sentence about the key file.
    """
    try:
        yield
    except DatabaseDamaged as trouble:
        salt = database_salt_of(folder)
        if salt is None or any(salt == known for _, known in key_file.epochs):
            raise
        if load_key_file(folder).from_previous:
            raise DatabaseDamaged(KEY_FILE_DAMAGED_AND_COPY_IS_OLDER) from trouble
        previous = load_previous_key_file(folder)
        if previous is not None and any(salt == known for _, known in previous.epochs):
            raise DatabaseDamaged(DATABASE_KEY_CHANGED_AND_COPY_IS_NEWER) from trouble
        raise DatabaseDamaged(DATABASE_KEY_CHANGED) from trouble


@contextmanager
def told_of_replaced_keys(clinic: OpenClinic) -> Iterator[None]:
    """Tell whoever logs in with keys that ended in the log that these came out of an older key file.

    Raises NotPermitted as it came, or with that sentence.
    """
    try:
        yield
    except NotPermitted as refusal:
        with clinic.store.reading() as session:
            has_ended = session.get(KeyRevocation, clinic.session_key.key_id) is not None
        if not has_ended:
            raise
        raise NotPermitted(OWN_KEYS_REPLACED) from refusal
