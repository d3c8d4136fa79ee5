"""Who can open what in the key file: unlock, sign, add, change, reset, recover.

Every function here takes and returns values; `keyfile.save_key_file` alone touches the disk. The keys:

    password -- Argon2id (salt A) -- vault key (X25519) -- database key
                                  -- session key (Ed25519)
    password -- Argon2id (salt B) -- signature key (Ed25519)
    recovery sheet -- X25519 ------- database key

Nothing leads from the database key, an administrator's password or the recovery sheet to anybody's
signature key.
"""

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NoReturn

from mnclinic.errors import InvalidInput, KeyFileDamaged, NotPermitted, Problem, WrongCredentials
from mnclinic.security.envelope import (
    KEY_BYTES,
    DoesNotOpen,
    binding,
    seal,
    sealing_public,
    subkey,
    unseal,
    unwrap,
    wipe,
    wrap,
)
from mnclinic.security.kdf import KdfCost, derive, fresh_kdf
from mnclinic.security.keyfile import (
    BY_PASSWORD,
    DATABASE_SALT_BYTES,
    KeyFile,
    LoginWrap,
    RecoverySlot,
    SealedDatabaseKey,
    SignatureSlot,
    SignatureWrap,
    UserSlot,
    is_login_name,
    is_uuid,
)
from mnclinic.security.recovery_code import SECRET_BYTES, read_recovery_code, recovery_code
from mnclinic.security.signing_keys import SessionKey, SignatureKey, key_id, sealing_key_id


@dataclass(frozen=True)
class NewUser:
    """A person to give keys to. `signature` for those who sign visits: performers and directors."""

    user: str
    user_id: str
    password: str = field(repr=False)
    signature: bool


class UserKeys:
    """A user's new signing keys, open to prove possession once. Forget them as soon as that is done."""

    __slots__ = ("session", "signature", "user", "user_id")

    def __init__(self, user: str, user_id: str, session: SessionKey, signature: SignatureKey | None) -> None:
        self.user = user
        self.user_id = user_id
        self.session = session
        self.signature = signature

    def forget(self) -> None:
        self.session.forget()
        if self.signature is not None:
            self.signature.forget()

    def __repr__(self) -> str:
        return f"UserKeys({self.user_id}, {self.session!r}, {self.signature!r})"


class CreatedKeys:
    """What set-up holds once: the database key (32 bytes) and salt (16), the users' keys, the sheet."""

    __slots__ = ("database_key", "database_salt", "recovery_groups", "users")

    def __init__(
        self,
        database_key: bytearray,
        database_salt: bytes,
        users: tuple[UserKeys, ...],
        recovery_groups: tuple[str, ...] | None,
    ) -> None:
        self.database_key = database_key
        self.database_salt = database_salt
        self.users = users
        self.recovery_groups = recovery_groups

    def forget(self) -> None:
        """Wipe the database key and let go of the rest. The key is empty afterwards, not 32 zeros."""
        _forget_bytes(self.database_key)
        self.recovery_groups = None
        for keys in self.users:
            keys.forget()

    def __repr__(self) -> str:
        return f"CreatedKeys({len(self.users)} users)"


class Unlocked:
    """An open log-in: the database key (32 bytes), its salt (16) and the user's session key."""

    __slots__ = ("database_key", "database_salt", "epoch", "session", "user", "user_id")

    def __init__(
        self,
        slot: UserSlot,
        database_key: bytearray,
        database_salt: bytes,
        session: SessionKey,
        epoch: int,
    ) -> None:
        self.user = slot.user
        self.user_id = slot.user_id
        self.database_key = database_key
        self.database_salt = database_salt
        self.session = session
        self.epoch = epoch

    def forget(self) -> None:
        """Wipe the database key and let go of the session key.

        The key is empty afterwards, not 32 zeros, so that it can never be taken for one. Copies made by
        libraries may stay in the process's memory until it ends.
        """
        _forget_bytes(self.database_key)
        self.session.forget()

    def __repr__(self) -> str:
        return f"Unlocked({self.user_id}, epoch {self.epoch})"


# --- making ------------------------------------------------------------------------------------------


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
        keyfile = replace(keyfile, recovery=_recovery_slot(keyfile, secret, database_key))
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
    _refuse_unvouched(keyfile, unlocked.database_key)
    _refuse_user(keyfile, new)
    slot, keys = _new_slot(keyfile, new, unlocked.database_key)
    return _next(keyfile, unlocked.database_key, users=(*keyfile.users, slot)), keys


# --- opening -----------------------------------------------------------------------------------------


def unlock(keyfile: KeyFile, user: str, password: str) -> Unlocked:
    """Log in: the database key, and the session key of `user`.

    An unknown user costs the same derivation and gets the same answer as a wrong password.

    Raises:
        WrongCredentials: The user or the password is not right.
        KeyFileDamaged: The password is right, but the file was changed by somebody without the
            database key.
        StoreUnavailable: Too little memory for the derivation.
    """
    slot = _known_slot(keyfile, user, password)
    vault_private, session_private, database_key = _open_login(keyfile, slot, password)
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
    slot = _known_slot(keyfile, user, password)
    if slot.signature is None:
        raise NotPermitted(
            f"There is no signing key for {slot.user}, so nothing can be signed. Nothing was changed. "
            "Ask an administrator to set one up."
        )
    private = _open_signature(keyfile, slot, slot.signature, password)
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
    private = _recovery_private(secret)
    wipe(secret)
    try:
        if sealing_public(private) != recovery.public:
            raise WrongCredentials(
                "This recovery code is typed correctly, but it is not this clinic's present one. "
                "Nothing was changed. Look for the newest recovery sheet of this clinic."
            )
        return _open_database_key(keyfile, private, None, recovery.public, recovery.database_key)
    finally:
        wipe(private)


# --- changing ----------------------------------------------------------------------------------------


def change_password(keyfile: KeyFile, user: str, current: str, new: str) -> KeyFile:
    """Lock the user's keys under a new password. The keys themselves stay the same.

    Afterwards this value opens with the new password only. The database is not encrypted anew: whoever
    kept an older copy of the key file (a backup, `clinic.keys.prev`) *and* knows the old password still
    opens the records, and signs as this user. So save with `retire_previous=True`; after a leak, reset
    the user, enrol a new signature key and rotate the database key instead. Takes four derivations for
    a user with a signature key, two for others. Raises as `unlock`; then nothing is changed.
    """
    slot = _known_slot(keyfile, user, current)
    vault_private, session_private, database_key = _open_login(keyfile, slot, current)
    signature = slot.signature
    if signature is not None:
        try:
            signature_private = _open_signature(keyfile, slot, signature, current)
        except WrongCredentials:
            # The password was right a moment ago, so this is no typing mistake.
            _refuse_changed_file()
        signature = _signature_slot(keyfile, slot.user_id, signature_private, new)
        wipe(signature_private)
    login = _login_wrap(keyfile, slot.user_id, vault_private, session_private, new)
    changed = _next(
        keyfile,
        database_key,
        users=_with_slot(keyfile, replace(slot, wraps=(login,), signature=signature)),
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
    _refuse_unvouched(keyfile, database_key)
    slot = keyfile.slot_of(user)
    if slot is None:
        what = "There is no user of this name."
        raise InvalidInput(f"{what} Nothing was changed. Check the name.", [Problem("user", what)])
    fresh, keys = _new_slot(
        keyfile, NewUser(slot.user, slot.user_id, new_password, signature=False), database_key
    )
    return _next(keyfile, database_key, users=_with_slot(keyfile, fresh)), keys


def enrol_signature_key(keyfile: KeyFile, unlocked: Unlocked, password: str) -> tuple[KeyFile, SignatureKey]:
    """A new signature key for the user who is logged in, under their own password.

    One that was there is replaced and cannot be opened any more. The returned key is open to prove
    possession; forget it after that.

    Raises:
        WrongCredentials: It is not the password that this user logs in with.
        KeyFileDamaged: The file was changed by somebody without the database key.
    """
    slot = _known_slot(keyfile, unlocked.user, password)
    wipe(*_open_login(keyfile, slot, password))
    private = bytearray(os.urandom(KEY_BYTES))
    key = SignatureKey(private)
    signature = _signature_slot(keyfile, slot.user_id, private, password)
    wipe(private)
    users = _with_slot(keyfile, replace(slot, signature=signature))
    return _next(keyfile, unlocked.database_key, users=users), key


# --- inside ------------------------------------------------------------------------------------------


def _known_slot(keyfile: KeyFile, user: str, password: str) -> UserSlot:
    slot = keyfile.slot_of(user)
    if slot is None:
        # An unknown name must not answer sooner than a known one.
        wipe(derive(password, fresh_kdf(keyfile.kdf_policy)))
        raise WrongCredentials
    return slot


def _open_login(keyfile: KeyFile, slot: UserSlot, password: str) -> tuple[bytearray, bytearray, bytearray]:
    """The vault key, the session key and the database key of a user."""
    login = next(way for way in slot.wraps if way.by == BY_PASSWORD)
    secret = derive(password, login.kdf)
    vault_key, session_key = subkey(secret, "vault wrap"), subkey(secret, "session wrap")
    wipe(secret)
    try:
        vault_private = unwrap(
            vault_key,
            login.vault_private,
            _wrap_binding(keyfile, slot.user_id, "vault", sealing_key_id(slot.vault_public), login),
        )
    except DoesNotOpen:
        raise WrongCredentials from None
    database_key = _open_database_key(
        keyfile, vault_private, slot.user_id, slot.vault_public, slot.database_key
    )
    try:
        session_private = unwrap(
            session_key,
            login.session_private,
            _wrap_binding(keyfile, slot.user_id, "session", key_id(slot.session_public), login),
        )
    except DoesNotOpen:
        _refuse_changed_file()
    wipe(vault_key, session_key)
    return vault_private, session_private, database_key


def _open_signature(keyfile: KeyFile, slot: UserSlot, signature: SignatureSlot, password: str) -> bytearray:
    way = next(way for way in signature.wraps if way.by == BY_PASSWORD)
    secret = derive(password, way.kdf)
    wrapping_key = subkey(secret, "signature wrap")
    wipe(secret)
    try:
        return unwrap(
            wrapping_key,
            way.private,
            _wrap_binding(keyfile, slot.user_id, "signature", key_id(signature.public), way),
        )
    except DoesNotOpen:
        raise WrongCredentials from None
    finally:
        wipe(wrapping_key)


def _open_database_key(
    keyfile: KeyFile, private: bytearray, user_id: str | None, public: bytes, sealed: SealedDatabaseKey
) -> bytearray:
    try:
        database_key = unseal(private, sealed.sealed, _seal_binding(keyfile, user_id, public, sealed.epoch))
    except DoesNotOpen:
        _refuse_changed_file()
    _refuse_unvouched(keyfile, database_key)
    return database_key


def _refuse_unvouched(keyfile: KeyFile, database_key: bytes | bytearray) -> None:
    if len(database_key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes; this one was forgotten or never opened")
    if not keyfile.is_vouched_for_by(database_key):
        _refuse_changed_file()


def _refuse_changed_file() -> NoReturn:
    raise KeyFileDamaged(
        "The key file clinic.keys was changed by something other than this program, so it is not used. "
        "This is not about your password. The records were not touched. "
        "Put back a copy of the file from your newest backup, and find out who changed it."
    )


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
        signature_slot = _signature_slot(keyfile, new.user_id, signature_private, new.password)
        wipe(signature_private)
    slot = UserSlot(
        user=new.user,
        user_id=new.user_id,
        vault_public=vault_public,
        session_public=session.public,
        wraps=(_login_wrap(keyfile, new.user_id, vault_private, session_private, new.password),),
        signature=signature_slot,
        database_key=_sealed(keyfile, new.user_id, vault_public, database_key),
    )
    wipe(vault_private, session_private)
    return slot, UserKeys(new.user, new.user_id, session, signature)


def _login_wrap(
    keyfile: KeyFile, user_id: str, vault_private: bytearray, session_private: bytearray, password: str
) -> LoginWrap:
    way = LoginWrap(BY_PASSWORD, keyfile.epoch, fresh_kdf(keyfile.kdf_policy), b"", b"")
    secret = derive(password, way.kdf)
    vault_key, session_key = subkey(secret, "vault wrap"), subkey(secret, "session wrap")
    vault_id = sealing_key_id(sealing_public(vault_private))
    session_id = SessionKey(session_private).key_id
    wrapped = replace(
        way,
        vault_private=wrap(vault_key, vault_private, _wrap_binding(keyfile, user_id, "vault", vault_id, way)),
        session_private=wrap(
            session_key, session_private, _wrap_binding(keyfile, user_id, "session", session_id, way)
        ),
    )
    wipe(secret, vault_key, session_key)
    return wrapped


def _signature_slot(keyfile: KeyFile, user_id: str, private: bytearray, password: str) -> SignatureSlot:
    key = SignatureKey(private)
    way = SignatureWrap(BY_PASSWORD, keyfile.epoch, fresh_kdf(keyfile.kdf_policy), b"")
    secret = derive(password, way.kdf)
    wrapping_key = subkey(secret, "signature wrap")
    bound_to = _wrap_binding(keyfile, user_id, "signature", key.key_id, way)
    wrapped = replace(way, private=wrap(wrapping_key, private, bound_to))
    wipe(secret, wrapping_key)
    return SignatureSlot(key.public, (wrapped,))


def _recovery_private(secret: bytearray) -> bytearray:
    return subkey(secret, "recovery sheet x25519")


def _recovery_slot(keyfile: KeyFile, secret: bytearray, database_key: bytearray) -> RecoverySlot:
    private = _recovery_private(secret)
    public = sealing_public(private)
    wipe(private)
    return RecoverySlot(public, _sealed(keyfile, None, public, database_key))


def _sealed(
    keyfile: KeyFile, user_id: str | None, public: bytes, database_key: bytes | bytearray
) -> SealedDatabaseKey:
    bound_to = _seal_binding(keyfile, user_id, public, keyfile.epoch)
    return SealedDatabaseKey(keyfile.epoch, seal(public, database_key, bound_to))


def _wrap_binding(
    keyfile: KeyFile, user_id: str, slot: str, key: str, way: LoginWrap | SignatureWrap
) -> bytes:
    return binding(
        vault=keyfile.vault_id,
        user=user_id,
        slot=slot,
        key=key,
        epoch=way.epoch,
        kdf=way.kdf.document(),
        by=way.by,
    )


def _seal_binding(keyfile: KeyFile, user_id: str | None, public: bytes, epoch: int) -> bytes:
    return binding(
        vault=keyfile.vault_id,
        user=user_id,
        slot="database_key",
        key=sealing_key_id(public),
        epoch=epoch,
        kdf=None,
    )


def _with_slot(keyfile: KeyFile, changed: UserSlot) -> tuple[UserSlot, ...]:
    return tuple(changed if slot.user_id == changed.user_id else slot for slot in keyfile.users)


def _next(keyfile: KeyFile, database_key: bytes | bytearray, *, users: tuple[UserSlot, ...]) -> KeyFile:
    """The next generation, vouched for."""
    unvouched = replace(
        keyfile,
        generation=keyfile.generation + 1,
        users=users,
        lineage=(*keyfile.lineage, keyfile.checksum),
    )
    return replace(unvouched, mac=unvouched.mac_under(database_key))


def _forget_bytes(secret: bytearray) -> None:
    wipe(secret)
    del secret[:]
