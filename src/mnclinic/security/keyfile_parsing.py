"""A key file's bytes become a value, or a sentence: strict, and before any key is derived."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from mnclinic.errors import KeyFileDamaged, NewerFormat
from mnclinic.security.envelope import (
    KEY_BYTES,
    SEALED_KEY_BYTES,
    SECRET_ID_CHARACTERS,
    WRAPPED_KEY_BYTES,
)
from mnclinic.security.kdf import ARGON2ID, HKDF_SHA256, SALT_BYTES, CodeKdf, Kdf, KdfCost
from mnclinic.security.keyfile import (
    BY_PASSWORD,
    BY_RECOVERY,
    DATABASE_SALT_BYTES,
    FORM,
    KEY_FILE,
    OLDEST_FORM,
    KeyFile,
    LoginWrap,
    NextEpoch,
    RecoverySlot,
    SealedDatabaseKey,
    SignatureSlot,
    SignatureWrap,
    UserSlot,
    checksum_of,
    folded_login,
    format_of,
    is_login_name,
    is_uuid,
)

SIZE_MAX_BYTES = 1024 * 1024

_ANY_FORMAT = re.compile(r"mnclinic\.keys/([1-9][0-9]{0,3})")
_COUNTER_MAX = 2**53 - 1
_DIGEST_BYTES = 32

_Item = TypeVar("_Item")
_Wrap = TypeVar("_Wrap", LoginWrap, SignatureWrap)


def parse_key_file(data: bytes, *, name: str = KEY_FILE) -> KeyFile:
    """The value of a key file's bytes. No key is derived and no password is needed.

    Raises:
        KeyFileDamaged: The checksum or the form is wrong, a field is unknown, or a password cost in it
            is absurd or below the floor.
        NewerFormat: The checksum is right and the form is newer.
    """
    try:
        document = _checked_document(data)
    except (ValueError, TypeError, RecursionError):
        raise damaged(name) from None
    written_in = document.get("format")
    form = _ANY_FORMAT.fullmatch(written_in) if isinstance(written_in, str) else None
    if form is not None and int(form[1]) > FORM:
        raise NewerFormat(
            f"The key file {name} was written by a newer mnclinic (form {form[0]}); this program reads up "
            f"to {format_of(FORM)}. Nothing was changed. Use the newer program on this folder."
        )
    try:
        return _keyfile(document, data)
    except _Malformed as place:
        raise KeyFileDamaged(
            f"The key file {name} is not one that this program writes (see “{place}” in it), so it is not "
            "used. Nothing was changed, and no password was judged. "
            "Put back a copy of the file from your newest backup."
        ) from None


class _Malformed(ValueError):
    """Not what the form says; carries the place."""


def damaged(name: str) -> KeyFileDamaged:
    """What is said of a file that an accident changed."""
    return KeyFileDamaged(
        f"The key file {name} is damaged. This is not about your password, which was not judged. "
        "Nothing was changed and the records are still there. "
        "Put back a copy of the file from your newest backup, then try again."
    )


def _checked_document(data: bytes) -> dict[str, Any]:
    """The JSON object, if its checksum is right; ValueError or its like if not.

    This part stays the same for every form, so that damage to a newer file is not taken for its form.
    """
    if len(data) > SIZE_MAX_BYTES:
        raise ValueError("too large")
    document = json.loads(data.decode("utf-8"), parse_float=_no_number, parse_constant=_no_number)
    if not isinstance(document, dict):
        raise TypeError("not an object")
    rest = {key: value for key, value in document.items() if key != "checksum"}
    if document.get("checksum") != checksum_of(rest):
        raise ValueError("checksum")
    return document


def _no_number(text: str) -> float:
    raise ValueError(f"no such number in this file: {text}")


def _keyfile(value: object, data: bytes) -> KeyFile:
    form = _form(value)
    top = _fields(
        value,
        "the whole file",
        "format vault generation epoch database kdf users recovery mac checksum",
        "device prelogin_public next" if form > OLDEST_FORM else "",
    )
    database = _fields(top["database"], "database", "salt")
    policy = _fields(top["kdf"], "kdf", "id memory_kib iterations lanes")
    epoch = _counter(top["epoch"], "epoch")
    users = _list(top["users"], "users", lambda slot, where: _user(slot, where, epoch, form))
    for what in ([folded_login(slot.user) for slot in users], [slot.user_id for slot in users]):
        if len(set(what)) != len(what):
            raise _Malformed("users: the same one twice")
    keyfile = KeyFile(
        vault_id=_uuid(top["vault"], "vault"),
        generation=_counter(top["generation"], "generation"),
        epoch=epoch,
        database_salt=_hex(database["salt"], "database.salt", DATABASE_SALT_BYTES),
        kdf_policy=_cost(policy, "kdf"),
        users=users,
        recovery=None if top["recovery"] is None else _recovery(top["recovery"], epoch),
        mac=_hex(top["mac"], "mac", _DIGEST_BYTES),
        form=form,
    )
    if form > OLDEST_FORM:
        keyfile = replace(
            keyfile,
            device=_secret_id(top["device"], "device"),
            prelogin_public=_hex(top["prelogin_public"], "prelogin_public", KEY_BYTES),
            next=None if top["next"] is None else _next_epoch(top["next"], keyfile),
        )
    # One value has one spelling; anything else was not written by this program.
    if keyfile.canonical_bytes() != data:
        raise _Malformed("the whole file")
    return keyfile


def _form(value: object) -> int:
    written_in = value.get("format") if isinstance(value, dict) else None
    for form in range(OLDEST_FORM, FORM + 1):
        if written_in == format_of(form):
            return form
    raise _Malformed("format")


def _next_epoch(value: object, keyfile: KeyFile) -> NextEpoch:
    block = _fields(value, "next", "epoch database prelogin_public users recovery mac")
    database = _fields(block["database"], "next.database", "salt")
    epoch = _counter(block["epoch"], "next.epoch")
    if epoch != keyfile.epoch + 1:
        raise _Malformed("next.epoch")

    def seal(entry: object, where: str) -> tuple[str, SealedDatabaseKey]:
        one = _fields(entry, where, "user_id sealed")
        sealed = _hex(one["sealed"], f"{where}.sealed", SEALED_KEY_BYTES)
        return _uuid(one["user_id"], f"{where}.user_id"), SealedDatabaseKey(epoch, sealed)

    users = _list(block["users"], "next.users", seal)
    if [user_id for user_id, _ in users] != [slot.user_id for slot in keyfile.users]:
        raise _Malformed("next.users")
    recovery = None
    if (block["recovery"] is None) != (keyfile.recovery is None):
        raise _Malformed("next.recovery")
    if block["recovery"] is not None:
        sheet = _fields(block["recovery"], "next.recovery", "sealed")
        recovery = SealedDatabaseKey(epoch, _hex(sheet["sealed"], "next.recovery.sealed", SEALED_KEY_BYTES))
    salt = _hex(database["salt"], "next.database.salt", DATABASE_SALT_BYTES)
    if salt == keyfile.database_salt:
        # Nobody could tell by its salt which key a database opens with.
        raise _Malformed("next.database.salt")
    return NextEpoch(
        epoch=epoch,
        database_salt=salt,
        prelogin_public=_hex(block["prelogin_public"], "next.prelogin_public", KEY_BYTES),
        users=users,
        recovery=recovery,
        mac=_hex(block["mac"], "next.mac", _DIGEST_BYTES),
    )


def _user(value: object, where: str, epoch: int, form: int) -> UserSlot:
    slot = _fields(value, where, "user user_id vault_public wraps session_public signature database_key")
    login = slot["user"]
    if not isinstance(login, str) or not is_login_name(login):
        raise _Malformed(f"{where}.user")
    signature = slot["signature"]
    return UserSlot(
        user=login,
        user_id=_uuid(slot["user_id"], f"{where}.user_id"),
        vault_public=_hex(slot["vault_public"], f"{where}.vault_public", KEY_BYTES),
        session_public=_hex(slot["session_public"], f"{where}.session_public", KEY_BYTES),
        wraps=_ways_in(
            slot["wraps"], f"{where}.wraps", lambda wrap, place: _login_wrap(wrap, place, epoch, form)
        ),
        signature=None if signature is None else _signature(signature, f"{where}.signature", epoch, form),
        database_key=_sealed(slot["database_key"], f"{where}.database_key", epoch),
    )


def _login_wrap(value: object, where: str, epoch: int, form: int) -> LoginWrap:
    later = "device temporary" if form > OLDEST_FORM else ""
    wrap = _fields(value, where, "by epoch kdf vault_private session_private", later)
    by = _by(wrap["by"], where, form)
    temporary = wrap.get("temporary", False)
    if type(temporary) is not bool or (temporary and by != BY_PASSWORD):
        raise _Malformed(f"{where}.temporary")
    return LoginWrap(
        by=by,
        epoch=_epoch_up_to(wrap["epoch"], f"{where}.epoch", epoch),
        kdf=_kdf(wrap["kdf"], f"{where}.kdf", by),
        vault_private=_hex(wrap["vault_private"], f"{where}.vault_private", WRAPPED_KEY_BYTES),
        session_private=_hex(wrap["session_private"], f"{where}.session_private", WRAPPED_KEY_BYTES),
        device=_device(wrap, where, by),
        is_temporary=temporary,
    )


def _signature(value: object, where: str, epoch: int, form: int) -> SignatureSlot:
    slot = _fields(value, where, "public wraps")
    wraps = _ways_in(
        slot["wraps"], f"{where}.wraps", lambda wrap, place: _signature_wrap(wrap, place, epoch, form)
    )
    if len({way.factor for way in wraps}) != 1:
        # A way around the second factor was put there by somebody.
        raise _Malformed(f"{where}.wraps: factor")
    return SignatureSlot(public=_hex(slot["public"], f"{where}.public", KEY_BYTES), wraps=wraps)


def _signature_wrap(value: object, where: str, epoch: int, form: int) -> SignatureWrap:
    later = "device factor" if form > OLDEST_FORM else ""
    wrap = _fields(value, where, "by epoch kdf private", later)
    by = _by(wrap["by"], where, form)
    return SignatureWrap(
        by=by,
        epoch=_epoch_up_to(wrap["epoch"], f"{where}.epoch", epoch),
        kdf=_kdf(wrap["kdf"], f"{where}.kdf", by),
        private=_hex(wrap["private"], f"{where}.private", WRAPPED_KEY_BYTES),
        device=_device(wrap, where, by),
        factor=_secret_id(wrap.get("factor"), f"{where}.factor"),
    )


def _recovery(value: object, epoch: int) -> RecoverySlot:
    slot = _fields(value, "recovery", "public database_key")
    return RecoverySlot(
        public=_hex(slot["public"], "recovery.public", KEY_BYTES),
        database_key=_sealed(slot["database_key"], "recovery.database_key", epoch),
    )


def _sealed(value: object, where: str, epoch: int) -> SealedDatabaseKey:
    sealed = _fields(value, where, "epoch sealed")
    if sealed["epoch"] != epoch or type(sealed["epoch"]) is not int:
        raise _Malformed(f"{where}.epoch")
    return SealedDatabaseKey(epoch, _hex(sealed["sealed"], f"{where}.sealed", SEALED_KEY_BYTES))


def _kdf(value: object, where: str, by: str) -> Kdf | CodeKdf:
    if by == BY_RECOVERY:
        code = _fields(value, where, "id salt")
        if code["id"] != HKDF_SHA256:
            raise _Malformed(f"{where}.id")
        return CodeKdf(_hex(code["salt"], f"{where}.salt", SALT_BYTES))
    block = _fields(value, where, "id memory_kib iterations lanes salt")
    return Kdf(_cost(block, where), _hex(block["salt"], f"{where}.salt", SALT_BYTES))


def _cost(block: Mapping[str, object], where: str) -> KdfCost:
    if block["id"] != ARGON2ID:
        raise _Malformed(f"{where}.id")
    try:
        return KdfCost(
            memory_kib=_counter(block["memory_kib"], f"{where}.memory_kib"),
            iterations=_counter(block["iterations"], f"{where}.iterations"),
            lanes=_counter(block["lanes"], f"{where}.lanes"),
        )
    except _Malformed:
        raise
    except ValueError as reason:
        raise _Malformed(f"{where}: {reason}") from None


def _fields(value: object, where: str, *names: str) -> dict[str, object]:
    """A JSON object with exactly these fields."""
    if not isinstance(value, dict) or set(value) != set(" ".join(names).split()):
        raise _Malformed(where)
    return value


def _list(value: object, where: str, item: Callable[[object, str], _Item]) -> tuple[_Item, ...]:
    if not isinstance(value, list) or not value:
        raise _Malformed(where)
    return tuple(item(entry, f"{where}[{place}]") for place, entry in enumerate(value))


def _by(value: object, where: str, form: int) -> str:
    if value == BY_PASSWORD:
        return BY_PASSWORD
    if value == BY_RECOVERY and form > OLDEST_FORM:
        return BY_RECOVERY
    raise _Malformed(f"{where}.by")


def _device(wrap: Mapping[str, object], where: str, by: str) -> str | None:
    device = _secret_id(wrap.get("device"), f"{where}.device")
    if device is not None and by == BY_RECOVERY:
        # The way back has to open on any computer.
        raise _Malformed(f"{where}.device")
    return device


def _secret_id(value: object, where: str) -> str | None:
    return None if value is None else _hex(value, where, SECRET_ID_CHARACTERS // 2).hex()


def _ways_in(value: object, where: str, item: Callable[[object, str], _Wrap]) -> tuple[_Wrap, ...]:
    """One wrap for each way in, the password among them and first."""
    wraps = _list(value, where, item)
    if len({wrap.by for wrap in wraps}) != len(wraps) or wraps[0].by != BY_PASSWORD:
        raise _Malformed(where)
    return wraps


def _epoch_up_to(value: object, where: str, epoch: int) -> int:
    """Wraps keep the epoch they were made in; a later one than the file's was never made."""
    made_in = _counter(value, where)
    if made_in > epoch:
        raise _Malformed(where)
    return made_in


def _counter(value: object, where: str) -> int:
    if type(value) is not int or not 1 <= value <= _COUNTER_MAX:
        raise _Malformed(where)
    return value


def _hex(value: object, where: str, length_bytes: int) -> bytes:
    """Lower-case hex of exactly so many bytes."""
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{length_bytes * 2}}}", value):
        raise _Malformed(where)
    return bytes.fromhex(value)


def _uuid(value: object, where: str) -> str:
    if not isinstance(value, str) or not is_uuid(value):
        raise _Malformed(where)
    return value
