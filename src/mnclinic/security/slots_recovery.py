"""Personal recovery codes, and a new recovery sheet for the clinic."""

import os
from dataclasses import replace

from mnclinic.errors import NotPermitted, WrongCredentials
from mnclinic.security.envelope import wipe
from mnclinic.security.keyfile import BY_PASSWORD, KeyFile, SignatureSlot
from mnclinic.security.recovery_code import (
    PERSONAL_SECRET_BYTES,
    SECRET_BYTES,
    personal_code,
    read_personal_code,
    recovery_code,
)
from mnclinic.security.slot_locks import (
    Way,
    known_slot,
    locked_login,
    locked_signature,
    next_generation,
    open_login,
    open_signature,
    recovery_slot,
    refuse_changed_file,
    refuse_unvouched,
    refuse_while_rotating,
    with_slot,
)
from mnclinic.security.slots_opening import WRONG_CODE, factor_refusal, with_enrolled_factor


def make_recovery_code(
    keyfile: KeyFile,
    user: str,
    password: str,
    *,
    device_secret: bytes | None = None,
    factor: bytes | None = None,
) -> tuple[KeyFile, tuple[str, ...]]:
    """A personal recovery code for the user who typed the password: 9 groups, to be shown once.

    It opens the log-in and leads to the signature key (together with the second factor where one is
    enrolled), on any PC. The one before it opens this value no more, and an older copy of the file still;
    so save with `retire_previous=True`.

    Raises:
        As `unlock` and, about `factor`, as `open_signature_key`.
        NotPermitted: The password was given by somebody else, who could make a code too.
        ClinicInUse: The database key is being replaced at this moment.
    """
    refuse_while_rotating(keyfile)
    way = Way(password=password, device_secret=device_secret, factor=factor)
    slot = known_slot(keyfile, user, way)
    with open_login(keyfile, slot, way) as opened:
        if opened.wrap.is_temporary:
            raise NotPermitted(
                "Your password was given to you by somebody else. No recovery code was made and nothing was "
                "changed. Choose your own password first."
            )
        secret = bytearray(os.urandom(PERSONAL_SECRET_BYTES))
        back = Way(code_secret=secret)
        signature = slot.signature
        if signature is not None:
            private = _signature_private(keyfile, user, signature, way)
            enrolled = factor if signature.factor is not None else None
            locked = locked_signature(keyfile, slot.user_id, private, replace(back, factor=enrolled))
            wipe(private)
            kept = tuple(wrap for wrap in signature.wraps if wrap.by == BY_PASSWORD)
            signature = SignatureSlot(signature.public, (*kept, locked))
        login = locked_login(keyfile, slot.user_id, opened.vault_private, opened.session_private, back)
        kept_logins = tuple(wrap for wrap in slot.wraps if wrap.by == BY_PASSWORD)
        changed = replace(slot, wraps=(*kept_logins, login), signature=signature)
        groups = personal_code(secret)
        wipe(secret)
        users = with_slot(keyfile, changed)
        return next_generation(keyfile, replace(keyfile, users=users), opened.database_key), groups


def set_password_with_recovery_code(
    keyfile: KeyFile,
    user: str,
    code: str,
    new: str,
    *,
    device_secret: bytes | None = None,
    factor: bytes | None = None,
) -> KeyFile:
    """A new password of the user's own, by the personal recovery code, which then opens this file no more.

    All keys stay, the signature key among them, unless it was made after the code: then it is gone, and
    `enrol_signature_key` makes another. Save with `retire_previous=True`, and make a new code.

    Raises:
        InvalidInput: The code is mistyped, is the clinic's sheet, or `factor` is another key file.
        NotPermitted: The signature takes a key file, and none was given.
        WrongCredentials: There is no such user, or it is not that user's present code.
        KeyFileDamaged: The code is right, but the file was changed by somebody without the database key.
        ClinicInUse: The database key is being replaced at this moment.
    """
    refuse_while_rotating(keyfile)
    secret = read_personal_code(code)
    back = Way(code_secret=secret, factor=factor)
    then = Way(password=new, device_secret=device_secret)
    try:
        slot = known_slot(keyfile, user, back)
        with open_login(keyfile, slot, back) as opened:
            signature = slot.signature
            if signature is not None and signature.has_recovery_code:
                private = _signature_private(keyfile, user, signature, back)
                enrolled = factor if signature.factor is not None else None
                locked = locked_signature(keyfile, slot.user_id, private, replace(then, factor=enrolled))
                wipe(private)
                signature = SignatureSlot(signature.public, (locked,))
            else:
                signature = None
            login = locked_login(keyfile, slot.user_id, opened.vault_private, opened.session_private, then)
            changed = replace(slot, wraps=(login,), signature=signature)
            users = with_slot(keyfile, changed)
            return next_generation(keyfile, replace(keyfile, users=users), opened.database_key)
    except WrongCredentials:
        raise WrongCredentials(WRONG_CODE) from None
    finally:
        wipe(secret)


def new_recovery_sheet(keyfile: KeyFile, database_key: bytes | bytearray) -> tuple[KeyFile, tuple[str, ...]]:
    """A new recovery sheet for the clinic: 14 groups, to be printed. The one before it ends.

    An older copy of the key file still opens with the older sheet until the database key is rotated.

    Raises:
        KeyFileDamaged: The file and the database key do not belong together.
        ClinicInUse: The database key is being replaced at this moment.
    """
    refuse_while_rotating(keyfile)
    refuse_unvouched(keyfile, database_key)
    secret = bytearray(os.urandom(SECRET_BYTES))
    groups = recovery_code(secret)
    changed = replace(keyfile, recovery=recovery_slot(keyfile, secret, database_key))
    wipe(secret)
    return next_generation(keyfile, changed, database_key), groups


def _signature_private(keyfile: KeyFile, user: str, signature: SignatureSlot, way: Way) -> bytearray:
    """The signature key of a user whose password or code was right a moment ago."""
    slot = known_slot(keyfile, user, way)
    refusal = factor_refusal(signature, way.factor)
    if refusal is not None:
        raise refusal
    try:
        return open_signature(keyfile, slot, signature, with_enrolled_factor(signature, way))
    except WrongCredentials:
        refuse_changed_file()
