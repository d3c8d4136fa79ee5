"""Who can open what in the key file: unlock, sign, add, change, reset, recover, rotate.

Every function here takes and returns values; `keyfile_on_disk.save_key_file` alone touches the disk. The
keys:

    password (+ keyring) ----- Argon2id (salt A) -- vault key (X25519) -- database key
                                                 -- session key (Ed25519)
    password (+ keyring, or
        second factor) ------- Argon2id (salt B) -- signature key (Ed25519)
    personal recovery code --- HKDF ------------- -- vault key, session key
              (+ second factor) ----------------- -- signature key
    recovery sheet ----------- X25519 ------------- database key

Nothing leads from the database key, an administrator's password, the keyring's secret or the recovery
sheet to anybody's signature key.

What is written here holds for the newest generation. A password, code or key file that was replaced still
opens what it opened in each older copy of the file, such as a backup's, and no file can change that: only
keys made anew are out of its reach (`take_keys_over`, `enrol_signature_key`), and the log says from when on.
"""

from mnclinic.security.open_keys import CreatedKeys, NewUser, Unlocked, UserKeys
from mnclinic.security.rotation import abandon_rotation, begin_rotation, finish_rotation
from mnclinic.security.slots_changing import (
    add_user,
    bind,
    change_password,
    create_keys,
    drop_factor,
    drop_signature_key,
    enrol_signature_key,
    follow_device_policy,
    remove_user,
    reset_password,
    take_keys_over,
    unbind,
)
from mnclinic.security.slots_opening import (
    open_signature_key,
    open_with_recovery,
    unlock,
    unlock_with_recovery_code,
)
from mnclinic.security.slots_recovery import (
    make_recovery_code,
    new_recovery_sheet,
    set_password_with_recovery_code,
)

__all__ = [
    "CreatedKeys",
    "NewUser",
    "Unlocked",
    "UserKeys",
    "abandon_rotation",
    "add_user",
    "begin_rotation",
    "bind",
    "change_password",
    "create_keys",
    "drop_factor",
    "drop_signature_key",
    "enrol_signature_key",
    "finish_rotation",
    "follow_device_policy",
    "make_recovery_code",
    "new_recovery_sheet",
    "open_signature_key",
    "open_with_recovery",
    "remove_user",
    "reset_password",
    "set_password_with_recovery_code",
    "take_keys_over",
    "unbind",
    "unlock",
    "unlock_with_recovery_code",
]
