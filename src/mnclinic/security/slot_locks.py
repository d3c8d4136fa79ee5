"""Making and opening the wraps and seals of the key file: the inside of `slots`."""

from dataclasses import replace
from typing import NoReturn

from mnclinic.errors import KeyFileDamaged, WrongCredentials
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
from mnclinic.security.kdf import derive, fresh_kdf
from mnclinic.security.keyfile import (
    BY_PASSWORD,
    KeyFile,
    LoginWrap,
    RecoverySlot,
    SealedDatabaseKey,
    SignatureSlot,
    SignatureWrap,
    UserSlot,
)
from mnclinic.security.signing_keys import SessionKey, SignatureKey, key_id, sealing_key_id


def known_slot(keyfile: KeyFile, user: str, password: str) -> UserSlot:
    """The slot of a login name, or the answer to a wrong password at its cost."""
    slot = keyfile.slot_of(user)
    if slot is None:
        # An unknown name must not answer sooner than a known one.
        wipe(derive(password, fresh_kdf(keyfile.kdf_policy)))
        raise WrongCredentials
    return slot


def open_login(keyfile: KeyFile, slot: UserSlot, password: str) -> tuple[bytearray, bytearray, bytearray]:
    """The vault key, the session key and the database key of a user."""
    login = next(way for way in slot.wraps if way.by == BY_PASSWORD)
    secret = derive(password, login.kdf)
    vault_key, session_key = subkey(secret, "vault wrap"), subkey(secret, "session wrap")
    wipe(secret)
    try:
        vault_private = unwrap(
            vault_key,
            login.vault_private,
            wrap_binding(keyfile, slot.user_id, "vault", sealing_key_id(slot.vault_public), login),
        )
    except DoesNotOpen:
        raise WrongCredentials from None
    database_key = open_database_key(
        keyfile, vault_private, slot.user_id, slot.vault_public, slot.database_key
    )
    try:
        session_private = unwrap(
            session_key,
            login.session_private,
            wrap_binding(keyfile, slot.user_id, "session", key_id(slot.session_public), login),
        )
    except DoesNotOpen:
        refuse_changed_file()
    wipe(vault_key, session_key)
    return vault_private, session_private, database_key


def open_signature(keyfile: KeyFile, slot: UserSlot, signature: SignatureSlot, password: str) -> bytearray:
    """A user's private signature key, 32 raw bytes."""
    way = next(way for way in signature.wraps if way.by == BY_PASSWORD)
    secret = derive(password, way.kdf)
    wrapping_key = subkey(secret, "signature wrap")
    wipe(secret)
    try:
        return unwrap(
            wrapping_key,
            way.private,
            wrap_binding(keyfile, slot.user_id, "signature", key_id(signature.public), way),
        )
    except DoesNotOpen:
        raise WrongCredentials from None
    finally:
        wipe(wrapping_key)


def open_database_key(
    keyfile: KeyFile, private: bytearray, user_id: str | None, public: bytes, sealed: SealedDatabaseKey
) -> bytearray:
    """The database key in a seal, once it has vouched for the file."""
    try:
        database_key = unseal(private, sealed.sealed, seal_binding(keyfile, user_id, public, sealed.epoch))
    except DoesNotOpen:
        refuse_changed_file()
    refuse_unvouched(keyfile, database_key)
    return database_key


def refuse_unvouched(keyfile: KeyFile, database_key: bytes | bytearray) -> None:
    """Refuse a file that holders of this database key did not write."""
    if len(database_key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes; this one was forgotten or never opened")
    if not keyfile.is_vouched_for_by(database_key):
        refuse_changed_file()


def refuse_changed_file() -> NoReturn:
    """Say that the file is not as this program wrote it, although a key was right."""
    raise KeyFileDamaged(
        "The key file clinic.keys was changed by something other than this program, so it is not used. "
        "This is not about your password. The records were not touched. "
        "Put back a copy of the file from your newest backup, and find out who changed it."
    )


def locked_login(
    keyfile: KeyFile, user_id: str, vault_private: bytearray, session_private: bytearray, password: str
) -> LoginWrap:
    """A user's vault and session keys, locked under a password."""
    way = LoginWrap(BY_PASSWORD, keyfile.epoch, fresh_kdf(keyfile.kdf_policy), b"", b"")
    secret = derive(password, way.kdf)
    vault_key, session_key = subkey(secret, "vault wrap"), subkey(secret, "session wrap")
    vault_id = sealing_key_id(sealing_public(vault_private))
    session_id = SessionKey(session_private).key_id
    wrapped = replace(
        way,
        vault_private=wrap(vault_key, vault_private, wrap_binding(keyfile, user_id, "vault", vault_id, way)),
        session_private=wrap(
            session_key, session_private, wrap_binding(keyfile, user_id, "session", session_id, way)
        ),
    )
    wipe(secret, vault_key, session_key)
    return wrapped


def locked_signature(keyfile: KeyFile, user_id: str, private: bytearray, password: str) -> SignatureSlot:
    """A signature key, locked under a password with a derivation of its own."""
    key = SignatureKey(private)
    way = SignatureWrap(BY_PASSWORD, keyfile.epoch, fresh_kdf(keyfile.kdf_policy), b"")
    secret = derive(password, way.kdf)
    wrapping_key = subkey(secret, "signature wrap")
    bound_to = wrap_binding(keyfile, user_id, "signature", key.key_id, way)
    wrapped = replace(way, private=wrap(wrapping_key, private, bound_to))
    wipe(secret, wrapping_key)
    return SignatureSlot(key.public, (wrapped,))


def recovery_private(secret: bytearray) -> bytearray:
    """The recovery sheet's X25519 private key."""
    return subkey(secret, "recovery sheet x25519")


def recovery_slot(keyfile: KeyFile, secret: bytearray, database_key: bytearray) -> RecoverySlot:
    """The place of a recovery sheet in the file."""
    private = recovery_private(secret)
    public = sealing_public(private)
    wipe(private)
    return RecoverySlot(public, sealed_database_key(keyfile, None, public, database_key))


def sealed_database_key(
    keyfile: KeyFile, user_id: str | None, public: bytes, database_key: bytes | bytearray
) -> SealedDatabaseKey:
    """The database key, sealed to one public key of a user or (None) of the clinic."""
    bound_to = seal_binding(keyfile, user_id, public, keyfile.epoch)
    return SealedDatabaseKey(keyfile.epoch, seal(public, database_key, bound_to))


def wrap_binding(
    keyfile: KeyFile, user_id: str, slot: str, key: str, way: LoginWrap | SignatureWrap
) -> bytes:
    """What a wrap is for."""
    return binding(
        vault=keyfile.vault_id,
        user=user_id,
        slot=slot,
        key=key,
        epoch=way.epoch,
        kdf=way.kdf.document(),
        by=way.by,
    )


def seal_binding(keyfile: KeyFile, user_id: str | None, public: bytes, epoch: int) -> bytes:
    """What a sealed database key is for."""
    return binding(
        vault=keyfile.vault_id,
        user=user_id,
        slot="database_key",
        key=sealing_key_id(public),
        epoch=epoch,
        kdf=None,
    )


def with_slot(keyfile: KeyFile, changed: UserSlot) -> tuple[UserSlot, ...]:
    """All slots, one of them changed."""
    return tuple(changed if slot.user_id == changed.user_id else slot for slot in keyfile.users)


def next_generation(
    keyfile: KeyFile, database_key: bytes | bytearray, *, users: tuple[UserSlot, ...]
) -> KeyFile:
    """The next generation, vouched for."""
    unvouched = replace(
        keyfile,
        generation=keyfile.generation + 1,
        users=users,
        lineage=(*keyfile.lineage, keyfile.checksum),
    )
    return replace(unvouched, mac=unvouched.mac_under(database_key))
