"""Changing who can open what: set-up, add, change, reset, enrol. Values in, values out."""

import os
from collections.abc import Sequence
from dataclasses import replace

from mnclinic.errors import InvalidInput, Problem, WrongCredentials
from mnclinic.security.envelope import KEY_BYTES, sealing_public, wipe
from mnclinic.security.kdf import KdfCost
from mnclinic.security.keyfile import DATABASE_SALT_BYTES, KeyFile, UserSlot, is_login_name, is_uuid
from mnclinic.security.open_keys import CreatedKeys, NewUser, Unlocked, UserKeys
from mnclinic.security.recovery_code import SECRET_BYTES, recovery_code
from mnclinic.security.signing_keys import SessionKey, SignatureKey
from mnclinic.security.slot_locks import (
    known_slot,
    locked_login,
    locked_signature,
    next_generation,
    open_login,
    open_signature,
    recovery_slot,
    refuse_changed_file,
    refuse_unvouched,
    sealed_database_key,
    with_slot,
)


def create_keys(
    vault_id: str, users: Sequence[NewUser], *, cost: KdfCost, recovery: bool
) -> tuple[KeyFile, CreatedKeys]:
    """A new clinic's keys: a random database key and salt, a slot per user, a recovery sheet if wanted.

    Takes two password derivations for a user with a signature key, one for others.

    Raises:
        InvalidInput: No user, or a login name that is malformed or there twice.
        ValueError: The vault id or a staff id is no uuid; a defect in the caller.
    """
    if not is_uuid(vault_id):
        raise ValueError("a vault id is a uuid")
    if not users:
        raise InvalidInput("A clinic needs at least one user. Nothing was stored. Add one, then try again.")
    database_key = bytearray(os.urandom(KEY_BYTES))
    keyfile = KeyFile(
        vault_id=vault_id,
        generation=1,
        epoch=1,
        database_salt=os.urandom(DATABASE_SALT_BYTES),
        kdf_policy=cost,
        users=(),
        recovery=None,
    )
    made = []
    for new in users:
        _refuse_user(keyfile, new)
        slot, keys = _new_slot(keyfile, new, database_key)
        keyfile = replace(keyfile, users=(*keyfile.users, slot))
        made.append(keys)
    groups = None
    if recovery:
        secret = bytearray(os.urandom(SECRET_BYTES))
        groups = recovery_code(secret)
        keyfile = replace(keyfile, recovery=recovery_slot(keyfile, secret, database_key))
        wipe(secret)
    keyfile = replace(keyfile, mac=keyfile.mac_under(database_key))
    return keyfile, CreatedKeys(database_key, keyfile.database_salt, tuple(made), groups)


def add_user(keyfile: KeyFile, unlocked: Unlocked, new: NewUser) -> tuple[KeyFile, UserKeys]:
    """A slot for one more user.

    Raises:
        InvalidInput: The login name is malformed or taken.
        KeyFileDamaged: The file was changed by somebody without the database key.
        ValueError: The staff id is no uuid or there already; a defect in the caller.
    """
    refuse_unvouched(keyfile, unlocked.database_key)
    _refuse_user(keyfile, new)
    slot, keys = _new_slot(keyfile, new, unlocked.database_key)
    return next_generation(keyfile, unlocked.database_key, users=(*keyfile.users, slot)), keys


def change_password(keyfile: KeyFile, user: str, current: str, new: str) -> KeyFile:
    """Lock the user's keys under a new password. The keys themselves stay the same.

    Afterwards this value opens with the new password only. The database is not encrypted anew: whoever
    kept an older copy of the key file (a backup, `clinic.keys.prev`) *and* knows the old password still
    opens the records, and signs as this user. So save with `retire_previous=True`; after a leak, reset
    the user, enrol a new signature key and rotate the database key instead. Takes four derivations for
    a user with a signature key, two for others. Raises as `unlock`; then nothing is changed.
    """
    slot = known_slot(keyfile, user, current)
    vault_private, session_private, database_key = open_login(keyfile, slot, current)
    signature = slot.signature
    if signature is not None:
        try:
            signature_private = open_signature(keyfile, slot, signature, current)
        except WrongCredentials:
            # The password was right a moment ago, so this is no typing mistake.
            refuse_changed_file()
        signature = locked_signature(keyfile, slot.user_id, signature_private, new)
        wipe(signature_private)
    login = locked_login(keyfile, slot.user_id, vault_private, session_private, new)
    changed = next_generation(
        keyfile,
        database_key,
        users=with_slot(keyfile, replace(slot, wraps=(login,), signature=signature)),
    )
    wipe(vault_private, session_private, database_key)
    return changed


def reset_password(
    keyfile: KeyFile, database_key: bytes | bytearray, user: str, new_password: str
) -> tuple[KeyFile, UserKeys]:
    """A way back after a lost password: new vault and session keys, under a password the user chooses.

    The user's signature key is gone with the old password. Nothing here can bring it back; what it
    signed stays valid. `enrol_signature_key` makes another, which must be enrolled in public view. The
    caller enrols the new session key, and saves with `retire_previous=True`.

    Args:
        keyfile: The generation to change.
        database_key: From an unlocked administrator or the recovery sheet.
        user: The login name.
        new_password: Chosen and typed by the user.

    Raises:
        InvalidInput: There is no such user.
        KeyFileDamaged: The file and the database key do not belong together.
    """
    refuse_unvouched(keyfile, database_key)
    slot = keyfile.slot_of(user)
    if slot is None:
        what = "There is no user of this name."
        raise InvalidInput(f"{what} Nothing was changed. Check the name.", [Problem("user", what)])
    fresh, keys = _new_slot(
        keyfile, NewUser(slot.user, slot.user_id, new_password, signature=False), database_key
    )
    return next_generation(keyfile, database_key, users=with_slot(keyfile, fresh)), keys


def enrol_signature_key(keyfile: KeyFile, unlocked: Unlocked, password: str) -> tuple[KeyFile, SignatureKey]:
    """A new signature key for the user who is logged in, under their own password.

    One that was there is replaced and cannot be opened any more. The returned key is open to prove
    possession; forget it after that.

    Raises:
        WrongCredentials: It is not the password that this user logs in with.
        KeyFileDamaged: The file was changed by somebody without the database key.
    """
    slot = known_slot(keyfile, unlocked.user, password)
    wipe(*open_login(keyfile, slot, password))
    private = bytearray(os.urandom(KEY_BYTES))
    key = SignatureKey(private)
    signature = locked_signature(keyfile, slot.user_id, private, password)
    wipe(private)
    users = with_slot(keyfile, replace(slot, signature=signature))
    return next_generation(keyfile, unlocked.database_key, users=users), key


# --- inside ------------------------------------------------------------------------------------------


def _refuse_user(keyfile: KeyFile, new: NewUser) -> None:
    if not is_uuid(new.user_id) or any(slot.user_id == new.user_id for slot in keyfile.users):
        raise ValueError("a staff id is a uuid, and has one slot")
    what = None
    if not is_login_name(new.user):
        what = "A user name has 1 to 64 letters, digits or signs and no space before or after it."
    elif keyfile.slot_of(new.user) is not None:
        what = f"There is already a user named {new.user}."
    if what is not None:
        raise InvalidInput(f"{what} Nothing was stored. Choose another user name.", [Problem("user", what)])


def _new_slot(keyfile: KeyFile, new: NewUser, database_key: bytes | bytearray) -> tuple[UserSlot, UserKeys]:
    vault_private = bytearray(os.urandom(KEY_BYTES))
    session_private = bytearray(os.urandom(KEY_BYTES))
    vault_public = sealing_public(vault_private)
    session = SessionKey(session_private)
    signature = signature_slot = None
    if new.signature:
        signature_private = bytearray(os.urandom(KEY_BYTES))
        signature = SignatureKey(signature_private)
        signature_slot = locked_signature(keyfile, new.user_id, signature_private, new.password)
        wipe(signature_private)
    slot = UserSlot(
        user=new.user,
        user_id=new.user_id,
        vault_public=vault_public,
        session_public=session.public,
        wraps=(locked_login(keyfile, new.user_id, vault_private, session_private, new.password),),
        signature=signature_slot,
        database_key=sealed_database_key(keyfile, new.user_id, vault_public, database_key),
    )
    wipe(vault_private, session_private)
    return slot, UserKeys(new.user, new.user_id, session, signature)
