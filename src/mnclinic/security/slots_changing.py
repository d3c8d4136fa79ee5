"""Changing who can open what: set-up, add, change, reset, enrol, remove. Values in, values out."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

from mnclinic.errors import InvalidInput, NotPermitted, Problem, WrongCredentials
from mnclinic.security.envelope import KEY_BYTES, sealing_public, wipe
from mnclinic.security.kdf import KdfCost
from mnclinic.security.keyfile import (
    BY_PASSWORD,
    DATABASE_SALT_BYTES,
    KeyFile,
    SignatureSlot,
    UserSlot,
    is_login_name,
    is_uuid,
)
from mnclinic.security.open_keys import CreatedKeys, HoldsDatabaseKey, NewUser, Unlocked, UserKeys
from mnclinic.security.passwords import is_same_password
from mnclinic.security.prelogin_seal import prelogin_public
from mnclinic.security.recovery_code import SECRET_BYTES, recovery_code
from mnclinic.security.signing_keys import SessionKey, SignatureKey
from mnclinic.security.slot_locks import (
    OpenedLogin,
    Way,
    device_id,
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
    sealed_database_key,
    with_slot,
)
from mnclinic.security.slots_opening import factor_refusal, with_enrolled_factor


def create_keys(
    vault_id: str,
    users: Sequence[NewUser],
    *,
    cost: KdfCost,
    recovery: bool,
    device_secret: bytes | None = None,
    before_each: Callable[[int], None] = lambda _at: None,
) -> tuple[KeyFile, CreatedKeys]:
    """A new clinic's keys: a random database key and salt, a slot per user, a recovery sheet if wanted.

    Takes two password derivations for a user with a signature key, one for others. Log-ins are bound to
    `device_secret` (32 bytes, out of this PC's keyring) if it is given. `before_each` is called with the
    place of each user; where it raises, no keys are made.

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
        device=None if device_secret is None else device_id(device_secret),
        prelogin_public=prelogin_public(database_key),
    )
    made = []
    for at, new in enumerate(users):
        before_each(at)
        _refuse_user(keyfile, new)
        slot, keys = _new_slot(keyfile, new, database_key, device_secret)
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


def add_user(
    keyfile: KeyFile, unlocked: HoldsDatabaseKey, new: NewUser, *, device_secret: bytes | None = None
) -> tuple[KeyFile, UserKeys]:
    """A slot for one more user, bound to this PC's keyring where that is the policy.

    Raises:
        InvalidInput: The login name is malformed or taken.
        KeyFileDamaged: The file was changed by somebody without the database key.
        ClinicInUse: The database key is being replaced at this moment.
        ValueError: The staff id is no uuid or there already, or a signature key is asked for under a
            temporary password; a defect in the caller.
    """
    refuse_while_rotating(keyfile)
    refuse_unvouched(keyfile, unlocked.database_key)
    _refuse_user(keyfile, new)
    slot, keys = _new_slot(keyfile, new, unlocked.database_key, device_secret)
    changed = replace(keyfile, users=(*keyfile.users, slot))
    return next_generation(keyfile, changed, unlocked.database_key), keys


def change_password(
    keyfile: KeyFile,
    user: str,
    current: str,
    new: str,
    *,
    device_secret: bytes | None = None,
    factor: bytes | None = None,
) -> KeyFile:
    """Lock the user's keys under a new password, which is their own. The keys themselves stay the same.

    Afterwards this value opens with the new password only; a personal recovery code stays good. The
    database is not encrypted anew: whoever kept an older copy of the key file (a backup,
    `clinic.keys.prev`) *and* knows the old password still opens the records, and signs as this user. So
    save with `retire_previous=True`; where somebody else may know the old one, `take_keys_over` and
    `enrol_signature_key` instead, and rotate the database key. Takes four derivations for a user with a
    signature key, two for others.

    Raises:
        As `unlock` and, about `factor`, as `open_signature_key`.
        InvalidInput: The password that somebody else gave was typed again as the new one.
        ClinicInUse: The database key is being replaced at this moment.
    """
    refuse_while_rotating(keyfile)
    now = Way(password=current, device_secret=device_secret, factor=factor)
    then = Way(password=new, device_secret=device_secret)
    slot = known_slot(keyfile, user, now)
    with open_login(keyfile, slot, now) as opened:
        _refuse_given(opened, current, new)
        signature = _under_own_password(keyfile, slot, now, then)
        login = locked_login(keyfile, slot.user_id, opened.vault_private, opened.session_private, then)
        others = tuple(wrap for wrap in slot.wraps if wrap.by != BY_PASSWORD)
        changed = replace(slot, wraps=(login, *others), signature=signature)
        return next_generation(
            keyfile, replace(keyfile, users=with_slot(keyfile, changed)), opened.database_key
        )


def take_keys_over(
    keyfile: KeyFile,
    user: str,
    current: str,
    new: str,
    *,
    device_secret: bytes | None = None,
    factor: bytes | None = None,
) -> tuple[KeyFile, SessionKey]:
    """As `change_password`, after a password that somebody else knows: the keys to log in are made anew too.

    Whoever knew the password had the vault and session keys in hand or has them out of an older copy of the
    file, and would sign log entries as this user and open a database key that is changed later. `new` may
    be the same as `current`, unless somebody else gave that. A personal recovery code ends. A signature key
    stays as it is; `enrol_signature_key` replaces it. The returned session key is open; the caller enrols
    it and ends the one before. Save with `retire_previous=True`. Raises as `change_password`.
    """
    refuse_while_rotating(keyfile)
    now = Way(password=current, device_secret=device_secret, factor=factor)
    then = Way(password=new, device_secret=device_secret)
    slot = known_slot(keyfile, user, now)
    with open_login(keyfile, slot, now) as opened:
        _refuse_given(opened, current, new)
        signature = _under_own_password(keyfile, slot, now, then)
        vault_private, session_private = bytearray(os.urandom(KEY_BYTES)), bytearray(os.urandom(KEY_BYTES))
        vault_public, session = sealing_public(vault_private), SessionKey(session_private)
        if signature is not None:
            signature = SignatureSlot(
                signature.public, tuple(wrap for wrap in signature.wraps if wrap.by == BY_PASSWORD)
            )
        fresh = replace(slot, vault_public=vault_public, session_public=session.public, signature=signature)
        login = locked_login(keyfile, slot.user_id, vault_private, session_private, then)
        sealed = sealed_database_key(keyfile, slot.user_id, vault_public, opened.database_key)
        wipe(vault_private, session_private)
        users = with_slot(keyfile, replace(fresh, wraps=(login,), database_key=sealed))
        return next_generation(keyfile, replace(keyfile, users=users), opened.database_key), session


def reset_password(
    keyfile: KeyFile,
    database_key: bytes | bytearray,
    user: str,
    new: str,
    *,
    device_secret: bytes | None = None,
    temporary: bool = True,
) -> tuple[KeyFile, UserKeys]:
    """A way back after a lost password: new vault and session keys, under another password.

    The user's signature key and personal recovery code are gone. Nothing here can bring the signature
    key back; what it signed stays valid. `enrol_signature_key` makes another, which must be enrolled in
    public view. The caller enrols the new session key, and saves with `retire_previous=True`.

    Args:
        keyfile: The generation to change.
        database_key: From an unlocked administrator or the recovery sheet.
        user: The login name.
        new: The password to begin with.
        device_secret: As `unlock`.
        temporary: Whether somebody else than the user chose it.

    Raises:
        InvalidInput: There is no such user.
        KeyFileDamaged: The file and the database key do not belong together.
        ClinicInUse: The database key is being replaced at this moment.
    """
    refuse_while_rotating(keyfile)
    refuse_unvouched(keyfile, database_key)
    slot = keyfile.slot_of(user)
    if slot is None:
        what = "There is no user of this name."
        raise InvalidInput(f"{what} Nothing was changed. Check the name.", [Problem("user", what)])
    person = NewUser(slot.user, slot.user_id, new, signature=False, temporary=temporary)
    fresh, keys = _new_slot(keyfile, person, database_key, device_secret)
    changed = replace(keyfile, users=with_slot(keyfile, fresh))
    return next_generation(keyfile, changed, database_key), keys


def enrol_signature_key(
    keyfile: KeyFile,
    unlocked: Unlocked,
    password: str,
    *,
    device_secret: bytes | None = None,
    new_factor: bytes | None = None,
) -> tuple[KeyFile, SignatureKey]:
    """A new signature key for the user who is logged in, under their own password.

    One that was there is replaced and cannot be opened any more. An earlier personal recovery code does
    not lead to the new one: make a new code afterwards. The returned key is open to prove possession;
    forget it after that. With `new_factor` (32 bytes) it takes that key file too to sign.

    Raises:
        WrongCredentials: It is not the password that this user logs in with.
        NotPermitted: The password was given by somebody else, who could open the key with it.
        KeyFileDamaged: The file was changed by somebody without the database key.
        DeviceSecretMissing, ClinicInUse: as `unlock` and `add_user`.
    """
    refuse_while_rotating(keyfile)
    way = Way(password=password, device_secret=device_secret)
    slot = known_slot(keyfile, unlocked.user, way)
    with open_login(keyfile, slot, way) as opened:
        if opened.wrap.is_temporary:
            raise NotPermitted(
                "Your password was given to you by somebody else, who could sign as you with it. "
                "No signature key was made and nothing was changed. Choose your own password first."
            )
    private = bytearray(os.urandom(KEY_BYTES))
    key = SignatureKey(private)
    locked = locked_signature(keyfile, slot.user_id, private, replace(way, factor=new_factor))
    wipe(private)
    changed = replace(slot, signature=SignatureSlot(key.public, (locked,)))
    users = with_slot(keyfile, changed)
    return next_generation(keyfile, replace(keyfile, users=users), unlocked.database_key), key


def drop_factor(
    keyfile: KeyFile,
    user: str,
    password: str,
    *,
    device_secret: bytes | None = None,
    factor: bytes | None = None,
) -> KeyFile:
    """Let the password alone open the signature key that is there, which stays the same.

    There is no way to give it a key file: an older copy of the file would lead past that, so
    `enrol_signature_key` makes another key with one. A personal recovery code, which took the key file
    too, ends; make a new one afterwards. Save with `retire_previous=True`.

    Raises:
        As `open_signature_key`.
        ClinicInUse: The database key is being replaced at this moment.
    """
    refuse_while_rotating(keyfile)
    way = Way(password=password, device_secret=device_secret, factor=factor)
    slot = known_slot(keyfile, user, way)
    with open_login(keyfile, slot, way) as opened:
        if slot.signature is None:
            raise NotPermitted(
                f"There is no signing key for {slot.user}, so it takes no key file. Nothing was changed. "
                "Make a signature key first."
            )
        private = _opened_signature(keyfile, slot, slot.signature, way)
        locked = locked_signature(keyfile, slot.user_id, private, replace(way, factor=None))
        wipe(private)
        changed = replace(
            slot,
            wraps=tuple(wrap for wrap in slot.wraps if wrap.by == BY_PASSWORD),
            signature=SignatureSlot(slot.signature.public, (locked,)),
        )
        users = with_slot(keyfile, changed)
        return next_generation(keyfile, replace(keyfile, users=users), opened.database_key)


def drop_signature_key(keyfile: KeyFile, database_key: bytes | bytearray, user_id: str) -> KeyFile:
    """A user without the signature key they had. What it signed stays valid.

    Raises:
        KeyFileDamaged: The file and the database key do not belong together.
        ClinicInUse: The database key is being replaced at this moment.
        ValueError: There is no such user; a defect in the caller.
    """
    refuse_while_rotating(keyfile)
    refuse_unvouched(keyfile, database_key)
    slot = _slot_by_id(keyfile, user_id)
    users = with_slot(keyfile, replace(slot, signature=None))
    return next_generation(keyfile, replace(keyfile, users=users), database_key)


def remove_user(keyfile: KeyFile, database_key: bytes | bytearray, user_id: str) -> KeyFile:
    """The key file without a user. Save with `retire_previous=True`, and rotate the database key.

    Until the key is rotated, an older copy of the key file still opens the records with that password.

    Raises:
        InvalidInput: It is the only user left.
        KeyFileDamaged, ClinicInUse, ValueError: as `drop_signature_key`.
    """
    refuse_while_rotating(keyfile)
    refuse_unvouched(keyfile, database_key)
    gone = _slot_by_id(keyfile, user_id)
    users = tuple(slot for slot in keyfile.users if slot is not gone)
    if not users:
        raise InvalidInput(
            "This is the only person who can open the clinic, so their access was not ended. "
            "Nothing was changed. Add another person first."
        )
    return next_generation(keyfile, replace(keyfile, users=users), database_key)


# --- this PC's keyring -------------------------------------------------------------------------------


def bind(keyfile: KeyFile, database_key: bytes | bytearray, device_secret: bytes) -> KeyFile:
    """From now on log-ins are bound to this keyring's secret, each from its user's next log-in on.

    Raises:
        KeyFileDamaged: The file and the database key do not belong together.
        ClinicInUse: The database key is being replaced at this moment.
    """
    return _with_device_policy(keyfile, database_key, device_id(device_secret))


def unbind(keyfile: KeyFile, database_key: bytes | bytearray) -> KeyFile:
    """From now on log-ins are bound to no keyring, each from its user's next log-in on.

    Keep the keyring's secret until no slot `is_device_bound` any more. Raises as `bind`.
    """
    return _with_device_policy(keyfile, database_key, None)


def _with_device_policy(keyfile: KeyFile, database_key: bytes | bytearray, device: str | None) -> KeyFile:
    refuse_while_rotating(keyfile)
    refuse_unvouched(keyfile, database_key)
    return next_generation(keyfile, replace(keyfile, device=device), database_key)


def follow_device_policy(
    keyfile: KeyFile, user: str, password: str, *, device_secret: bytes | None = None
) -> KeyFile | None:
    """The user's keys bound to this PC's keyring or freed from it, as the policy says now.

    To be asked at a log-in with a password. None if nothing is to be changed: at no cost, and also
    while the database key is being replaced or where the policy's secret is not at hand. A password that
    somebody else gave stays marked as such. Save with `retire_previous=True`. Raises as `unlock`.
    """
    slot = keyfile.slot_of(user)
    at_hand = keyfile.device is None or (
        device_secret is not None and device_id(device_secret) == keyfile.device
    )
    if slot is None or keyfile.next is not None or not at_hand:
        return None
    login = slot.wraps[0]
    signing = None if slot.signature is None or slot.signature.factor else slot.signature.wraps[0]
    if login.device == keyfile.device and (signing is None or signing.device == keyfile.device):
        return None
    now = Way(password=password, device_secret=device_secret)
    then = replace(now, is_temporary=login.is_temporary)
    with open_login(keyfile, slot, now) as opened:
        signature = slot.signature
        if signature is not None and signing is not None:
            signature = _under_another_password(keyfile, slot, signature, now, now)
        locked = locked_login(keyfile, slot.user_id, opened.vault_private, opened.session_private, then)
        changed = replace(slot, wraps=(locked, *slot.wraps[1:]), signature=signature)
        users = with_slot(keyfile, changed)
        return next_generation(keyfile, replace(keyfile, users=users), opened.database_key)


# --- inside ------------------------------------------------------------------------------------------


def _refuse_given(opened: OpenedLogin, current: str, new: str) -> None:
    if opened.wrap.is_temporary and is_same_password(new, current):
        what = "This is the password that somebody else gave you."
        raise InvalidInput(f"{what} Nothing was changed. Choose another.", [Problem("password", what)])


def _under_own_password(keyfile: KeyFile, slot: UserSlot, now: Way, then: Way) -> SignatureSlot | None:
    if slot.signature is None:
        return None
    return _under_another_password(keyfile, slot, slot.signature, now, then)


def _under_another_password(
    keyfile: KeyFile, slot: UserSlot, signature: SignatureSlot, now: Way, then: Way
) -> SignatureSlot:
    """The signature key locked anew; the personal recovery code's wrap stays as it is."""
    private = _opened_signature(keyfile, slot, signature, now)
    enrolled = now.factor if signature.factor is not None else None
    locked = locked_signature(keyfile, slot.user_id, private, replace(then, factor=enrolled))
    wipe(private)
    others = tuple(wrap for wrap in signature.wraps if wrap.by != BY_PASSWORD)
    return SignatureSlot(signature.public, (locked, *others))


def _opened_signature(keyfile: KeyFile, slot: UserSlot, signature: SignatureSlot, way: Way) -> bytearray:
    """The signature key of a user whose password was right a moment ago."""
    refusal = factor_refusal(signature, way.factor)
    if refusal is not None:
        raise refusal
    try:
        return open_signature(keyfile, slot, signature, with_enrolled_factor(signature, way))
    except WrongCredentials:
        # This is no typing mistake.
        refuse_changed_file()


def _slot_by_id(keyfile: KeyFile, user_id: str) -> UserSlot:
    slot = next((slot for slot in keyfile.users if slot.user_id == user_id), None)
    if slot is None:
        raise ValueError("no user of this id has a slot")
    return slot


def _refuse_user(keyfile: KeyFile, new: NewUser) -> None:
    if not is_uuid(new.user_id) or any(slot.user_id == new.user_id for slot in keyfile.users):
        raise ValueError("a staff id is a uuid, and has one slot")
    if new.temporary and new.signature:
        raise ValueError("nobody else may know the password of a signature key")
    what = None
    if not is_login_name(new.user):
        what = "A user name has 1 to 64 letters, digits or signs and no space before or after it."
    elif keyfile.slot_of(new.user) is not None:
        what = f"There is already a user named {new.user}."
    if what is not None:
        raise InvalidInput(f"{what} Nothing was stored. Choose another user name.", [Problem("user", what)])


def _new_slot(
    keyfile: KeyFile, new: NewUser, database_key: bytes | bytearray, device_secret: bytes | None
) -> tuple[UserSlot, UserKeys]:
    way = Way(
        password=new.password, device_secret=device_secret, is_temporary=new.temporary or new.made_at_set_up
    )
    vault_private = bytearray(os.urandom(KEY_BYTES))
    session_private = bytearray(os.urandom(KEY_BYTES))
    vault_public = sealing_public(vault_private)
    session = SessionKey(session_private)
    signature = signature_slot = None
    if new.signature:
        signature_private = bytearray(os.urandom(KEY_BYTES))
        signature = SignatureKey(signature_private)
        locked = locked_signature(keyfile, new.user_id, signature_private, way)
        signature_slot = SignatureSlot(signature.public, (locked,))
        wipe(signature_private)
    slot = UserSlot(
        user=new.user,
        user_id=new.user_id,
        vault_public=vault_public,
        session_public=session.public,
        wraps=(locked_login(keyfile, new.user_id, vault_private, session_private, way),),
        signature=signature_slot,
        database_key=sealed_database_key(keyfile, new.user_id, vault_public, database_key),
    )
    wipe(vault_private, session_private)
    return slot, UserKeys(new.user, new.user_id, session, signature)
