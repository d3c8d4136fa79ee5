"""Who can open what in the key file: unlock, sign, add, change, reset, recover.

Every function here takes and returns values; `keyfile.save_key_file` alone touches the disk. The keys:

    password -- Argon2id (salt A) -- vault key (X25519) -- database key
                                  -- session key (Ed25519)
    password -- Argon2id (salt B) -- signature key (Ed25519)
    recovery sheet -- X25519 ------- database key

Nothing leads from the database key, an administrator's password or the recovery sheet to anybody's
signature key.
"""

from mnclinic.security.open_keys import CreatedKeys, NewUser, Unlocked, UserKeys
from mnclinic.security.slots_changing import (
    add_user,
    change_password,
    create_keys,
    enrol_signature_key,
    reset_password,
)
from mnclinic.security.slots_opening import open_signature_key, open_with_recovery, unlock

__all__ = [
    "CreatedKeys",
    "NewUser",
    "Unlocked",
    "UserKeys",
    "add_user",
    "change_password",
    "create_keys",
    "enrol_signature_key",
    "open_signature_key",
    "open_with_recovery",
    "reset_password",
    "unlock",
]
