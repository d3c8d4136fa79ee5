"""Opening: log-in by password or personal code, the signature key for one act, the recovery sheet."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

from mnclinic.errors import ClinicError, InvalidInput, NotPermitted, Problem, WrongCredentials
from mnclinic.security.envelope import sealing_public, wipe
from mnclinic.security.keyfile import KeyFile, SignatureSlot, UserSlot
from mnclinic.security.open_keys import Unlocked
from mnclinic.security.recovery_code import read_personal_code, read_recovery_code
from mnclinic.security.signing_keys import SessionKey, SignatureKey
from mnclinic.security.slot_locks import (
    Way,
    factor_id,
    known_slot,
    open_database_key,
    open_login,
    open_signature,
    recovery_private,
)

WRONG_CODE = (
    "The user name or the personal recovery code is not right. Nothing was changed. "
    "A code works once: look for the newest one, or ask an administrator for a new password."
)


def unlock(
    keyfile: KeyFile,
    user: str,
    password: str,
    *,
    device_secret: bytes | None = None,
    database_salt: bytes | None = None,
) -> Unlocked:
    """Log in: the database key, and the session key of `user`.

    An unknown user costs the same derivation and gets the same answer as a wrong password.

    Args:
        keyfile: The newest generation.
        user: The login name, in any case.
        password: As typed.
        device_secret: From this PC's keyring (32 bytes), or None where there is none.
        database_salt: The first 16 bytes of the database file. While the database key is being replaced
            they say which of the two keys opens it; at other times they are not looked at.

    Raises:
        WrongCredentials: The user or the password is not right.
        DeviceSecretMissing: The log-in is bound to a keyring's secret that was not given. The password
            was not judged.
        KeyFileDamaged: The password is right, but the file was changed by somebody without the
            database key.
        StoreUnavailable: Too little memory for the derivation.
    """
    way = Way(password=password, device_secret=device_secret)
    slot = known_slot(keyfile, user, way)
    return _unlocked(keyfile, slot, way, database_salt)


def unlock_with_recovery_code(
    keyfile: KeyFile, user: str, code: str, *, database_salt: bytes | None = None
) -> Unlocked:
    """Log in with a personal recovery code, on any PC. It stays good until a password is set with it.

    Raises:
        InvalidInput: The code is mistyped (the groups are named), or it is the clinic's recovery sheet.
        WrongCredentials: There is no such user, or it is not that user's present code.
        KeyFileDamaged: As `unlock`.
    """
    secret = read_personal_code(code)
    way = Way(code_secret=secret)
    try:
        return _unlocked(keyfile, known_slot(keyfile, user, way), way, database_salt)
    except WrongCredentials:
        raise WrongCredentials(WRONG_CODE) from None
    finally:
        wipe(secret)


def _unlocked(keyfile: KeyFile, slot: UserSlot, way: Way, database_salt: bytes | None) -> Unlocked:
    with open_login(keyfile, slot, way, database_salt=database_salt) as opened:
        return Unlocked(
            slot,
            bytearray(opened.database_key),
            opened.database_salt,
            SessionKey(opened.session_private),
            opened.epoch,
            is_temporary=opened.wrap.is_temporary,
        )


@contextmanager
def open_signature_key(
    keyfile: KeyFile,
    user: str,
    password: str,
    *,
    device_secret: bytes | None = None,
    factor: bytes | None = None,
) -> Generator[SignatureKey]:
    """The signature key of `user` for one act; it is forgotten when the `with` block ends.

    Only the user's own password opens it, together with the second factor where one is enrolled. The
    caller compares `key_id` with the key register before signing: whoever can write the key file could
    have put a key of their own in its place. One derivation, whatever the answer.

    Args:
        keyfile: The newest generation.
        user: The login name.
        password: As typed for this act.
        device_secret: As `unlock`.
        factor: The secret of the user's key file (32 bytes). Ignored where none is enrolled.

    Raises:
        WrongCredentials: The user or the password is not right.
        DeviceSecretMissing: As `unlock`.
        NotPermitted: The user has no signature key, or the password is right and a key file is needed.
        InvalidInput: The password is right and the key file is another one than the one enrolled.
    """
    way = Way(password=password, device_secret=device_secret, factor=factor)
    slot = known_slot(keyfile, user, way)
    if slot.signature is None:
        raise NotPermitted(
            f"There is no signing key for {slot.user}, so nothing can be signed. Nothing was changed. "
            "Ask an administrator to set one up."
        )
    refusal = factor_refusal(slot.signature, factor)
    if refusal is not None:
        # Only to whoever knows the password is it told that a key file is needed.
        with open_login(keyfile, slot, way):
            raise refusal
    private = open_signature(keyfile, slot, slot.signature, with_enrolled_factor(slot.signature, way))
    with SignatureKey(private) as key:
        wipe(private)
        yield key


def factor_refusal(signature: SignatureSlot, factor: bytes | None) -> ClinicError | None:
    """Why this second factor does not do for the signature key; None if it does or none is needed."""
    if signature.factor is None:
        return None
    if factor is None:
        return NotPermitted(
            "Your signature needs your key file besides the password. Nothing was signed or changed. "
            "Plug in the stick that holds it and choose the file. If it is lost, have a director or an "
            "administrator end your signature key, then make a new one."
        )
    if factor_id(factor) != signature.factor:
        what = "This key file is not the one that your signature was enrolled with."
        return InvalidInput(
            f"{what} Nothing was signed or changed. Choose the newest key file made for you.",
            [Problem("factor", what)],
        )
    return None


def with_enrolled_factor(signature: SignatureSlot, way: Way) -> Way:
    """The same way in, without a second factor where none is enrolled."""
    return way if signature.factor is not None else replace(way, factor=None)


def open_with_recovery(keyfile: KeyFile, code: str, *, database_salt: bytes | None = None) -> bytearray:
    """The database key (32 bytes), by the printed recovery sheet. It leads to no signature key.

    Also the way to read a sheet back: what opens is the right sheet. The salt that goes with the key is
    `keyfile.epoch_at(database_salt)[1]`.

    Args:
        keyfile: The newest generation.
        code: As typed or scanned.
        database_salt: As `unlock`.

    Raises:
        InvalidInput: The code is mistyped (the groups are named), or it is a personal code.
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
        epoch, _ = keyfile.epoch_at(database_salt)
        return open_database_key(keyfile, private, None, recovery.public, epoch)
    finally:
        wipe(private)
