"""Replacing the database key, without anybody's password.

The order, each step on disk before the next: `begin_rotation` (both keys stand in the file), the database
is written anew under the next key and put in the old one's place, `finish_rotation` (the next key alone).
Whatever stops it, the key file of that moment opens the database of that moment: the salt in the
database's first 16 bytes says which key it is, see `KeyFile.epoch_at`.
"""

import os
from collections.abc import Collection
from dataclasses import replace

from mnclinic.security.envelope import KEY_BYTES
from mnclinic.security.keyfile import DATABASE_SALT_BYTES, FORM, KeyFile, NextEpoch
from mnclinic.security.prelogin_seal import prelogin_public
from mnclinic.security.slot_locks import refuse_unvouched, refuse_while_rotating, sealed_database_key


def begin_rotation(
    keyfile: KeyFile,
    database_key: bytes | bytearray,
    *,
    without_users: Collection[str] = (),
    without_sheet: bool = False,
) -> tuple[KeyFile, bytearray, bytes]:
    """A next database key (32 bytes) and salt (16), sealed to whoever has the present one and is to stay.

    Args:
        keyfile: The generation to change.
        database_key: The present one.
        without_users: Staff ids of slots that end here, such as those that an older file brought back.
        without_sheet: Whether the recovery sheet's place ends here.

    Raises:
        KeyFileDamaged: The file and the database key do not belong together.
        ClinicInUse: It is being replaced already.
    """
    refuse_while_rotating(keyfile)
    refuse_unvouched(keyfile, database_key)
    keyfile = replace(
        _after(keyfile),
        users=tuple(slot for slot in keyfile.users if slot.user_id not in without_users),
        recovery=None if without_sheet else keyfile.recovery,
    )
    new_key = bytearray(os.urandom(KEY_BYTES))
    epoch = keyfile.epoch + 1
    sheet = keyfile.recovery
    upcoming = NextEpoch(
        epoch=epoch,
        database_salt=os.urandom(DATABASE_SALT_BYTES),
        prelogin_public=prelogin_public(new_key),
        users=tuple(
            (
                slot.user_id,
                sealed_database_key(keyfile, slot.user_id, slot.vault_public, new_key, epoch=epoch),
            )
            for slot in keyfile.users
        ),
        recovery=(
            None if sheet is None else sealed_database_key(keyfile, None, sheet.public, new_key, epoch=epoch)
        ),
    )
    unvouched = replace(keyfile, form=FORM, prelogin_public=prelogin_public(database_key), next=upcoming)
    vouched = replace(
        unvouched,
        mac=unvouched.mac_under(database_key),
        next=replace(upcoming, mac=unvouched.mac_under(new_key)),
    )
    return vouched, new_key, upcoming.database_salt


def finish_rotation(keyfile: KeyFile, new_key: bytes | bytearray) -> KeyFile:
    """The next key is the only one. Save with `retire_previous=True`.

    Raises:
        KeyFileDamaged: The file and the next database key do not belong together.
        ValueError: No key is being replaced; a defect in the caller.
    """
    upcoming = _upcoming(keyfile)
    refuse_unvouched(keyfile, new_key, epoch=upcoming.epoch)
    unvouched = replace(
        _after(keyfile),
        epoch=upcoming.epoch,
        database_salt=upcoming.database_salt,
        prelogin_public=upcoming.prelogin_public,
        users=tuple(replace(slot, database_key=upcoming.sealed_for(slot.user_id)) for slot in keyfile.users),
        recovery=(
            None
            if keyfile.recovery is None
            else replace(keyfile.recovery, database_key=upcoming.sealed_for(None))
        ),
        next=None,
    )
    return replace(unvouched, mac=unvouched.mac_under(new_key))


def abandon_rotation(keyfile: KeyFile, database_key: bytes | bytearray) -> KeyFile:
    """The present key is the only one again. Save with `retire_previous=True`.

    Only while the database is still at the present key. Raises as `finish_rotation`.
    """
    _upcoming(keyfile)
    refuse_unvouched(keyfile, database_key)
    unvouched = replace(_after(keyfile), next=None)
    return replace(unvouched, mac=unvouched.mac_under(database_key))


def _after(keyfile: KeyFile) -> KeyFile:
    lineage = (*keyfile.lineage, keyfile.checksum)
    return replace(keyfile, generation=keyfile.generation + 1, lineage=lineage)


def _upcoming(keyfile: KeyFile) -> NextEpoch:
    if keyfile.next is None:
        raise ValueError("no database key is being replaced")
    return keyfile.next
