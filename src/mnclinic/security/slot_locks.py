"""Making and opening the wraps and seals of the key file: the inside of `slots`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NoReturn

from mnclinic.errors import ClinicInUse, DeviceSecretMissing, KeyFileDamaged, WrongCredentials
from mnclinic.security.envelope import (
    KEY_BYTES,
    DoesNotOpen,
    binding,
    mixed,
    seal,
    sealing_public,
    secret_id,
    subkey,
    unseal,
    unwrap,
    wipe,
    wrap,
)
from mnclinic.security.kdf import (
    CodeKdf,
    Kdf,
    derive,
    derive_from_code,
    fresh_code_kdf,
    fresh_kdf,
)
from mnclinic.security.keyfile import (
    BY_PASSWORD,
    BY_RECOVERY,
    FORM,
    KeyFile,
    LoginWrap,
    RecoverySlot,
    SealedDatabaseKey,
    SignatureSlot,
    SignatureWrap,
    UserSlot,
)
from mnclinic.security.prelogin_seal import prelogin_public
from mnclinic.security.signing_keys import SessionKey, SignatureKey, key_id, sealing_key_id

_DEVICE = "device secret"
_FACTOR = "second factor"


@dataclass(frozen=True)
class Way:
    """What somebody opens or locks with: a password, or the secret of a personal recovery code.

    `device_secret` counts for passwords alone; `factor` for signature keys alone. 32 bytes each.
    """

    password: str | None = None
    code_secret: bytearray | None = None
    device_secret: bytes | None = None
    factor: bytes | None = None
    is_temporary: bool = False

    def __repr__(self) -> str:
        return f"Way({self.by})"

    @property
    def by(self) -> str:
        return BY_RECOVERY if self.password is None else BY_PASSWORD

    def secret_under(self, kdf: Kdf | CodeKdf) -> bytearray:
        """32 bytes; a password costs one derivation."""
        if isinstance(kdf, CodeKdf):
            if self.code_secret is None:
                raise ValueError("a recovery wrap opens with a code")
            return derive_from_code(self.code_secret, kdf)
        if self.password is None:
            raise ValueError("a password wrap opens with a password")
        return derive(self.password, kdf)


@dataclass
class OpenedLogin:
    """A user's open log-in keys. `with` wipes them all at its end."""

    wrap: LoginWrap
    vault_private: bytearray
    session_private: bytearray
    database_key: bytearray
    database_salt: bytes
    epoch: int

    def __enter__(self) -> "OpenedLogin":
        return self

    def __exit__(self, *_: object) -> None:
        wipe(self.vault_private, self.session_private, self.database_key)


def device_id(secret: bytes | bytearray) -> str:
    """The name of a keyring's secret in the key file."""
    return secret_id(secret, _DEVICE)


def factor_id(secret: bytes | bytearray) -> str:
    """The name of a second factor's secret in the key file."""
    return secret_id(secret, _FACTOR)


# --- opening -----------------------------------------------------------------------------------------


def known_slot(keyfile: KeyFile, user: str, way: Way) -> UserSlot:
    """The slot of a login name; for an unknown one the answer to a wrong password, at its cost."""
    slot = keyfile.slot_of(user)
    if slot is None:
        if way.password is not None:
            # An unknown name must not answer sooner than a known one, nor otherwise.
            wipe(derive(way.password, fresh_kdf(keyfile.kdf_policy)))
            _refuse_without_device(keyfile.device, way)
        raise WrongCredentials
    return slot


def open_login(
    keyfile: KeyFile, slot: UserSlot, way: Way, *, database_salt: bytes | None = None
) -> OpenedLogin:
    """The vault key, the session key and the database key of a user. One derivation for a password.

    Raises:
        WrongCredentials: It is not the password or the code, or there is no code.
        DeviceSecretMissing: The password takes a keyring's secret that was not given; it was not judged.
        KeyFileDamaged: Somebody without the database key changed the file.
    """
    login = next((wrap for wrap in slot.wraps if wrap.by == way.by), None)
    if login is None:
        raise WrongCredentials
    with _wrapping_secret(login, way) as secret:
        vault_key, session_key = subkey(secret, "vault wrap"), subkey(secret, "session wrap")
    try:
        vault_private = unwrap(
            vault_key,
            login.vault_private,
            wrap_binding(keyfile, slot.user_id, "vault", sealing_key_id(slot.vault_public), login),
        )
    except DoesNotOpen:
        raise WrongCredentials from None
    epoch, salt = keyfile.epoch_at(database_salt)
    database_key = open_database_key(keyfile, vault_private, slot.user_id, slot.vault_public, epoch)
    try:
        session_private = unwrap(
            session_key,
            login.session_private,
            wrap_binding(keyfile, slot.user_id, "session", key_id(slot.session_public), login),
        )
    except DoesNotOpen:
        refuse_changed_file()
    wipe(vault_key, session_key)
    return OpenedLogin(login, vault_private, session_private, database_key, salt, epoch)


def open_signature(keyfile: KeyFile, slot: UserSlot, signature: SignatureSlot, way: Way) -> bytearray:
    """A user's private signature key, 32 raw bytes. One derivation for a password.

    The caller has seen to it that `way.factor` is the one of the slot. Raises as `open_login`.
    """
    signing = next((wrap for wrap in signature.wraps if wrap.by == way.by), None)
    if signing is None:
        raise WrongCredentials
    with _wrapping_secret(signing, way) as secret:
        wrapping_key = subkey(secret, "signature wrap")
    try:
        return unwrap(
            wrapping_key,
            signing.private,
            wrap_binding(keyfile, slot.user_id, "signature", key_id(signature.public), signing),
        )
    except DoesNotOpen:
        raise WrongCredentials from None
    finally:
        wipe(wrapping_key)


def open_database_key(
    keyfile: KeyFile, private: bytearray, user_id: str | None, public: bytes, epoch: int
) -> bytearray:
    """The database key out of a user's seal or (None) the sheet's, once it vouched for the file."""
    sealed = _seal_of(keyfile, user_id, epoch)
    try:
        database_key = unseal(private, sealed.sealed, seal_binding(keyfile, user_id, public, sealed.epoch))
    except DoesNotOpen:
        refuse_changed_file()
    refuse_unvouched(keyfile, database_key, epoch=epoch)
    return database_key


def _seal_of(keyfile: KeyFile, user_id: str | None, epoch: int) -> SealedDatabaseKey:
    if keyfile.next is not None and epoch == keyfile.next.epoch:
        return keyfile.next.sealed_for(user_id)
    if user_id is not None:
        return next(slot.database_key for slot in keyfile.users if slot.user_id == user_id)
    if keyfile.recovery is None:
        raise KeyError("there is no recovery sheet")
    return keyfile.recovery.database_key


@contextmanager
def _wrapping_secret(wrapped: LoginWrap | SignatureWrap, way: Way) -> Iterator[bytearray]:
    """What the wrapping keys come from, with everything mixed in that the wrap names."""
    secret = way.secret_under(wrapped.kdf)
    try:
        if wrapped.device is not None:
            _refuse_without_device(wrapped.device, way)
        for name, other in _others(wrapped, way):
            stronger = mixed(secret, other, name)
            wipe(secret)
            secret = stronger
        yield secret
    finally:
        wipe(secret)


def _others(wrapped: LoginWrap | SignatureWrap, way: Way) -> Iterator[tuple[str, bytes]]:
    if wrapped.device is not None and way.device_secret is not None:
        yield _DEVICE, way.device_secret
    if isinstance(wrapped, SignatureWrap) and wrapped.factor is not None:
        if way.factor is None or factor_id(way.factor) != wrapped.factor:
            raise ValueError("this signature wrap takes its own second factor")
        yield _FACTOR, way.factor


def _refuse_without_device(device: str | None, way: Way) -> None:
    if device is None or (way.device_secret is not None and device_id(way.device_secret) == device):
        return
    raise DeviceSecretMissing(
        "Log-ins to this clinic are bound to this PC's keyring, and the secret is not in it: this is another "
        "PC or computer account, or the keyring was emptied or is locked. Your password was not judged and "
        "nothing was changed. Unlock the keyring, or use your personal recovery code; without one, an "
        "administrator can give you a new password."
    )


# --- refusing ----------------------------------------------------------------------------------------


def refuse_unvouched(keyfile: KeyFile, database_key: bytes | bytearray, *, epoch: int | None = None) -> None:
    """Refuse a file that holders of this database key did not write."""
    if len(database_key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes; this one was forgotten or never opened")
    if not keyfile.is_vouched_for_by(database_key, epoch=epoch):
        refuse_changed_file()


def refuse_changed_file() -> NoReturn:
    """Say that the file is not as this program wrote it, although a key was right."""
    raise KeyFileDamaged(
        "The key file clinic.keys was changed by something other than this program, so it is not used. "
        "This is not about your password. The records were not touched. "
        "Put back a copy of the file from your newest backup, and find out who changed it."
    )


def refuse_while_rotating(keyfile: KeyFile) -> None:
    """Refuse a change while two database keys stand: it would have to be made for both."""
    if keyfile.next is not None:
        raise ClinicInUse(
            "The clinic's database key is being replaced at this moment, so this change was not made. "
            "Nothing was lost. Wait until that is done, then try again."
        )


# --- making ------------------------------------------------------------------------------------------


def locked_login(
    keyfile: KeyFile, user_id: str, vault_private: bytearray, session_private: bytearray, way: Way
) -> LoginWrap:
    """A user's vault and session keys, locked under a password (bound to the keyring by policy) or a code."""
    wrapped = LoginWrap(
        way.by,
        keyfile.epoch,
        _fresh(keyfile, way),
        b"",
        b"",
        device=_device_for(keyfile, way),
        is_temporary=way.is_temporary,
    )
    with _wrapping_secret(wrapped, way) as secret:
        vault_key, session_key = subkey(secret, "vault wrap"), subkey(secret, "session wrap")
    vault_id = sealing_key_id(sealing_public(vault_private))
    session_id = SessionKey(session_private).key_id
    locked = replace(
        wrapped,
        vault_private=wrap(
            vault_key, vault_private, wrap_binding(keyfile, user_id, "vault", vault_id, wrapped)
        ),
        session_private=wrap(
            session_key, session_private, wrap_binding(keyfile, user_id, "session", session_id, wrapped)
        ),
    )
    wipe(vault_key, session_key)
    return locked


def locked_signature(keyfile: KeyFile, user_id: str, private: bytearray, way: Way) -> SignatureWrap:
    """A signature key, locked with a derivation of its own, under the second factor too where one is given.

    A second factor takes the place of the keyring's secret, so that a wrap with one needs no change
    when the policy for keyrings does.
    """
    wrapped = SignatureWrap(
        way.by,
        keyfile.epoch,
        _fresh(keyfile, way),
        b"",
        device=_device_for(keyfile, way) if way.factor is None else None,
        factor=None if way.factor is None else factor_id(way.factor),
    )
    with _wrapping_secret(wrapped, way) as secret:
        wrapping_key = subkey(secret, "signature wrap")
    bound_to = wrap_binding(keyfile, user_id, "signature", SignatureKey(private).key_id, wrapped)
    locked = replace(wrapped, private=wrap(wrapping_key, private, bound_to))
    wipe(wrapping_key)
    return locked


def _fresh(keyfile: KeyFile, way: Way) -> Kdf | CodeKdf:
    return fresh_code_kdf() if way.password is None else fresh_kdf(keyfile.kdf_policy)


def _device_for(keyfile: KeyFile, way: Way) -> str | None:
    """The keyring's secret to bind a new wrap to: by policy, where it is at hand, and never for a code."""
    if way.password is None or way.device_secret is None:
        return None
    return keyfile.device if device_id(way.device_secret) == keyfile.device else None


def recovery_private(secret: bytearray) -> bytearray:
    """The recovery sheet's X25519 private key."""
    return subkey(secret, "recovery sheet x25519")


def recovery_slot(keyfile: KeyFile, secret: bytearray, database_key: bytes | bytearray) -> RecoverySlot:
    """The place of a recovery sheet in the file."""
    private = recovery_private(secret)
    public = sealing_public(private)
    wipe(private)
    return RecoverySlot(public, sealed_database_key(keyfile, None, public, database_key))


def sealed_database_key(
    keyfile: KeyFile,
    user_id: str | None,
    public: bytes,
    database_key: bytes | bytearray,
    *,
    epoch: int | None = None,
) -> SealedDatabaseKey:
    """The database key, sealed to one public key of a user or (None) of the clinic."""
    epoch = keyfile.epoch if epoch is None else epoch
    return SealedDatabaseKey(epoch, seal(public, database_key, seal_binding(keyfile, user_id, public, epoch)))


def wrap_binding(
    keyfile: KeyFile, user_id: str, slot: str, key: str, wrapped: LoginWrap | SignatureWrap
) -> bytes:
    """What a wrap is for."""
    return binding(
        vault=keyfile.vault_id,
        user=user_id,
        slot=slot,
        key=key,
        epoch=wrapped.epoch,
        kdf=wrapped.kdf.document(),
        by=wrapped.by,
        device=wrapped.device,
        factor=wrapped.factor if isinstance(wrapped, SignatureWrap) else None,
        is_temporary=isinstance(wrapped, LoginWrap) and wrapped.is_temporary,
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


def next_generation(keyfile: KeyFile, changed: KeyFile, database_key: bytes | bytearray) -> KeyFile:
    """`changed` as the generation after `keyfile`, in the newest form and vouched for.

    Raises:
        ClinicInUse: The database key is being replaced at this moment.
    """
    refuse_while_rotating(keyfile)
    unvouched = replace(
        changed,
        generation=keyfile.generation + 1,
        form=FORM,
        prelogin_public=prelogin_public(database_key),
        lineage=(*keyfile.lineage, keyfile.checksum),
    )
    return replace(unvouched, mac=unvouched.mac_under(database_key))
