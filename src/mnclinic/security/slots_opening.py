"""Opening: log-in, the signature key for one act, the recovery sheet."""

from collections.abc import Generator
from contextlib import contextmanager

from mnclinic.errors import NotPermitted, WrongCredentials
from mnclinic.security.envelope import sealing_public, wipe
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.open_keys import Unlocked
from mnclinic.security.recovery_code import read_recovery_code
from mnclinic.security.signing_keys import SessionKey, SignatureKey
from mnclinic.security.slot_locks import (
    known_slot,
    open_database_key,
    open_login,
    open_signature,
    recovery_private,
)


def unlock(keyfile: KeyFile, user: str, password: str) -> Unlocked:
    """Log in: the database key, and the session key of `user`.

    An unknown user costs the same derivation and gets the same answer as a wrong password.

    Raises:
        WrongCredentials: The user or the password is not right.
        KeyFileDamaged: The password is right, but the file was changed by somebody without the
            database key.
        StoreUnavailable: Too little memory for the derivation.
    """
    slot = known_slot(keyfile, user, password)
    vault_private, session_private, database_key = open_login(keyfile, slot, password)
    session = SessionKey(session_private)
    wipe(vault_private, session_private)
    return Unlocked(slot, database_key, keyfile.database_salt, session, keyfile.epoch)


@contextmanager
def open_signature_key(keyfile: KeyFile, user: str, password: str) -> Generator[SignatureKey]:
    """The signature key of `user` for one act; it is forgotten when the `with` block ends.

    Only the user's own password opens it. The caller compares `key_id` with the key register before
    signing: whoever can write the key file could have put a key of their own in its place.

    Raises:
        WrongCredentials: The user or the password is not right.
        NotPermitted: The user has no signature key.
    """
    slot = known_slot(keyfile, user, password)
    if slot.signature is None:
        raise NotPermitted(
            f"There is no signing key for {slot.user}, so nothing can be signed. Nothing was changed. "
            "Ask an administrator to set one up."
        )
    private = open_signature(keyfile, slot, slot.signature, password)
    with SignatureKey(private) as key:
        wipe(private)
        yield key


def open_with_recovery(keyfile: KeyFile, code: str) -> bytearray:
    """The database key, by the printed recovery sheet. It leads to no signature key.

    Also the way to read a sheet back: what opens is the right sheet.

    Raises:
        InvalidInput: The code is mistyped; the groups are named.
        WrongCredentials: It is the sheet of another clinic, or one that was replaced.
        KeyFileDamaged: The sheet is right, but the file was changed by somebody without the database key.
    """
    recovery = keyfile.recovery
    if recovery is None:
        raise WrongCredentials(
            "No recovery sheet was made for this clinic, so no recovery code opens it. Nothing was changed. "
            "Ask somebody who can still log in to set a new password for you."
        )
    secret = read_recovery_code(code)
    private = recovery_private(secret)
    wipe(secret)
    try:
        if sealing_public(private) != recovery.public:
            raise WrongCredentials(
                "This recovery code is typed correctly, but it is not this clinic's present one. "
                "Nothing was changed. Look for the newest recovery sheet of this clinic."
            )
        return open_database_key(keyfile, private, None, recovery.public, recovery.database_key)
    finally:
        wipe(private)
