"""What somebody can reach who has everything but one person's own password.

The administrator with the administrator's password, the recovery sheet, the database keys of both epochs,
the PC's keyring and the director's key file: tried for real on every lock in the file.
"""

import copy
import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from mnclinic.errors import ClinicError, KeyFileDamaged, WrongCredentials
from mnclinic.security.envelope import DoesNotOpen, binding, canonical_json, mixed, subkey, unseal, unwrap
from mnclinic.security.kdf import CodeKdf, Kdf, derive, derive_from_code
from mnclinic.security.keyfile import KeyFile, SignatureWrap, UserSlot
from mnclinic.security.keyfile_parsing import parse_key_file
from mnclinic.security.recovery_code import read_personal_code, read_recovery_code
from mnclinic.security.signing_keys import SignatureKey, key_id, sealing_key_id
from mnclinic.security.slots import (
    begin_rotation,
    change_password,
    finish_rotation,
    open_signature_key,
    open_with_recovery,
    reset_password,
    unlock,
    unlock_with_recovery_code,
)
from tests.security.builders import (
    DEVICE_SECRET,
    FACTOR_SECRET,
    GIVEN,
    OTHER_VAULT,
    PASSWORDS,
    VAULT,
    FullClinic,
    document_of,
    full_clinic,
    with_right_checksum,
)

PURPOSES = (
    "signature wrap",
    "vault wrap",
    "session wrap",
    "recovery sheet x25519",
    "prelogin x25519",
    "installation key wrap",
    f"key file mac {VAULT}",
)
MIXED = ("device secret", "second factor")


def _reachable(full: FullClinic, rotating: KeyFile, new_key: bytearray) -> list[bytes]:
    """Every 32-byte secret the administrator holds or can open with what they hold."""
    okafor = unlock(rotating, "okafor", PASSWORDS["okafor"], device_secret=DEVICE_SECRET)
    secrets = [
        bytes(okafor.database_key),
        bytes(new_key),
        bytes(open_with_recovery(rotating, full.sheet)),
        bytes(read_recovery_code(full.sheet)),
        DEVICE_SECRET,
        FACTOR_SECRET,
        rotating.mac,
        bytes.fromhex(rotating.checksum),
    ]
    texts = [PASSWORDS["okafor"], full.sheet, okafor.database_key.hex(), DEVICE_SECRET.hex(), GIVEN]
    for slot in rotating.users:
        secrets += [slot.vault_public, slot.session_public]
        kdfs = [wrap.kdf for wrap in slot.wraps]
        kdfs += [wrap.kdf for wrap in slot.signature.wraps] if slot.signature else []
        for kdf in kdfs:
            if isinstance(kdf, CodeKdf):
                guesses = (okafor.database_key, new_key, DEVICE_SECRET, FACTOR_SECRET)
                secrets += [bytes(derive_from_code(guess, kdf)) for guess in guesses]
            elif slot.user in {"lind", "okafor"}:
                secrets += [bytes(derive(text, kdf)) for text in texts[: 3 if slot.user == "lind" else 1]]
    return secrets


def _wrapping_keys(secrets: list[bytes]) -> Iterator[bytes]:
    """The secrets, what they are mixed with, and every subkey of either."""
    others = (DEVICE_SECRET, FACTOR_SECRET)
    combined = [bytes(mixed(secret, other, name)) for secret, other, name in product(secrets, others, MIXED)]
    twice = [bytes(mixed(secret, FACTOR_SECRET, "second factor")) for secret in combined]
    for secret in (*secrets, *combined, *twice):
        yield secret
        for purpose in PURPOSES:
            yield bytes(subkey(secret, purpose))


def _bound_to(slot: UserSlot, wrap: SignatureWrap) -> bytes:
    assert slot.signature is not None
    return binding(
        vault=VAULT,
        user=slot.user_id,
        slot="signature",
        key=key_id(slot.signature.public),
        epoch=wrap.epoch,
        kdf=wrap.kdf.document(),
        by=wrap.by,
        device=wrap.device,
        factor=wrap.factor,
    )


def test_nothing_but_its_owners_password_or_code_leads_to_a_signature_key(full: FullClinic) -> None:
    rotating, new_key, _ = begin_rotation(full.keyfile, full.created.database_key)
    keys = list(_wrapping_keys(_reachable(full, rotating, new_key)))
    assert len(keys) > 2500
    tried = 0
    for slot in rotating.users:
        for wrap in slot.signature.wraps if slot.signature else ():
            bound_to = _bound_to(slot, wrap)
            for key in keys:
                with pytest.raises(DoesNotOpen):
                    unwrap(key, wrap.private, bound_to)
                tried += 1
    assert tried == 4 * len(keys)


def test_the_same_road_opens_with_the_owners_own_secret(full: FullClinic) -> None:
    """So that the test above fails for want of the secret, not of the road."""
    director = full.keyfile.users[0]
    assert director.signature is not None
    by_password, by_code = director.signature.wraps
    assert isinstance(by_password.kdf, Kdf)
    assert isinstance(by_code.kdf, CodeKdf)
    code = read_personal_code(full.codes["lind"])
    roads = [
        (by_password, derive(PASSWORDS["lind"], by_password.kdf)),
        (by_code, derive_from_code(code, by_code.kdf)),
    ]
    for wrap, secret in roads:
        key = subkey(mixed(secret, FACTOR_SECRET, "second factor"), "signature wrap")
        private = unwrap(key, wrap.private, _bound_to(director, wrap))
        assert SignatureKey(private).public == director.signature.public
        with pytest.raises(DoesNotOpen):
            unwrap(subkey(secret, "signature wrap"), wrap.private, _bound_to(director, wrap))


def test_the_sheet_opens_no_seal_that_was_made_for_a_person(full: FullClinic) -> None:
    """The sheet's own key opens the seal made for the sheet, and none made for a person."""
    rotating, _, _ = begin_rotation(full.keyfile, full.created.database_key)
    assert rotating.next is not None
    private = subkey(read_recovery_code(full.sheet), "recovery sheet x25519")
    seals = [slot.database_key for slot in rotating.users] + [seal for _, seal in rotating.next.users]
    for seal in seals:
        for slot in rotating.users:
            bound_to = binding(
                vault=VAULT,
                user=slot.user_id,
                slot="database_key",
                key=sealing_key_id(slot.vault_public),
                epoch=seal.epoch,
                kdf=None,
            )
            with pytest.raises(DoesNotOpen):
                unseal(private, seal.sealed, bound_to)


def test_an_administrators_changes_never_yield_a_signature_of_the_director(full: FullClinic) -> None:
    """Reset, rotate, add a namesake, graft slots: everything an administrator can write with a right mac."""
    key = full.created.database_key
    before = document_of(full.keyfile)["users"][0]["signature"]
    reset, _ = reset_password(full.keyfile, key, "lind", GIVEN)
    rotating, new_key, _ = begin_rotation(reset, key)
    rotated = finish_rotation(rotating, new_key)
    own = change_password(rotated, "lind", GIVEN, "a password that the administrator chose")
    for keyfile, held in ((reset, key), (rotated, new_key), (own, new_key)):
        document = document_of(keyfile)
        document["users"][0]["signature"] = before
        grafted = parse_key_file(with_right_checksum(document))
        document["mac"] = grafted.mac_under(held).hex()
        grafted = parse_key_file(with_right_checksum(document))
        assert grafted.is_vouched_for_by(held)
        for password in (GIVEN, "a password that the administrator chose", PASSWORDS["okafor"]):
            with (
                pytest.raises(ClinicError),
                open_signature_key(grafted, "lind", password, factor=FACTOR_SECRET),
            ):
                pytest.fail("it opened")


def test_a_bound_log_in_takes_the_keyrings_secret_to_compute_not_only_to_be_asked(
    full: FullClinic,
) -> None:
    """Somebody with the copied folder, the right password and a program of their own."""
    slot = full.keyfile.users[1]
    login, signature = slot.wraps[0], slot.signature
    assert signature is not None
    bound_to = binding(
        vault=VAULT,
        user=slot.user_id,
        slot="vault",
        key=sealing_key_id(slot.vault_public),
        epoch=1,
        kdf=login.kdf.document(),
        by="password",
        device=login.device,
    )
    without_device = json.loads(bound_to)
    del without_device["device"]
    locks = [
        (login.kdf, "vault wrap", login.vault_private, bound_to),
        (
            signature.wraps[0].kdf,
            "signature wrap",
            signature.wraps[0].private,
            _bound_to(slot, signature.wraps[0]),
        ),
    ]
    for kdf, purpose, locked, meant in locks:
        assert isinstance(kdf, Kdf)
        secret = derive(PASSWORDS["reyes"], kdf)
        both = subkey(mixed(secret, DEVICE_SECRET, "device secret"), purpose)
        assert len(unwrap(both, locked, meant)) == 32
        for key in (subkey(secret, purpose), subkey(mixed(secret, bytes(32), "device secret"), purpose)):
            with pytest.raises(DoesNotOpen):
                unwrap(key, locked, meant)
    assert isinstance(login.kdf, Kdf)
    both = subkey(mixed(derive(PASSWORDS["reyes"], login.kdf), DEVICE_SECRET, "device secret"), "vault wrap")
    with pytest.raises(DoesNotOpen):
        unwrap(both, login.vault_private, canonical_json(without_device))


# --- locks do not move -------------------------------------------------------------------------------

_OTHER = full_clinic()


def _moves(document: dict[str, Any], other: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Documents in which one lock was put in another one's place, or called by another name."""
    lind, reyes = document["users"][0], document["users"][1]
    places: list[tuple[str, Any, Any]] = [
        ("password wrap", lind["wraps"][0], reyes["wraps"][0]),
        ("recovery wrap", lind["wraps"][1], reyes["wraps"][1]),
        ("database key", lind["database_key"], reyes["database_key"]),
    ]
    for what, one, two in places:
        for name in one:
            if one[name] != two[name]:
                moved = copy.deepcopy(document)
                target = moved["users"][1]
                inside = {
                    "password wrap": lambda t: t["wraps"][0],
                    "recovery wrap": lambda t: t["wraps"][1],
                    "database key": lambda t: t["database_key"],
                }[what](target)
                inside[name] = one[name]
                yield f"{what} {name} to another user", moved
    for name in ("vault_private", "session_private"):
        moved = copy.deepcopy(document)
        wraps = moved["users"][1]["wraps"]
        wraps[0][name] = wraps[1][name]
        yield f"{name} from the code's wrap to the password's", moved
    moved = copy.deepcopy(document)
    wrap = moved["users"][1]["wraps"][0]
    wrap["vault_private"], wrap["session_private"] = wrap["session_private"], wrap["vault_private"]
    yield "vault and session key in each other's slot", moved
    for name, value in (("temporary", True), ("device", None), ("epoch", 2)):
        moved = copy.deepcopy(document)
        moved["users"][1]["wraps"][0][name] = value
        if name == "epoch":
            moved["epoch"] = 2
            for slot in moved["users"]:
                slot["database_key"]["epoch"] = 2
            moved["recovery"]["database_key"]["epoch"] = 2
        yield f"{name} called {value}", moved
    moved = copy.deepcopy(document)
    moved["users"][1]["wraps"][0] = other["users"][1]["wraps"][0]
    yield "the wrap of another clinic", moved
    moved = copy.deepcopy(document)
    moved["vault"] = OTHER_VAULT
    yield "the whole file as another clinic's", moved
    moved = copy.deepcopy(document)
    moved["users"][1]["database_key"] = other["users"][1]["database_key"]
    yield "the seal of another clinic", moved


@pytest.mark.parametrize(
    "what", [what for what, _ in _moves(document_of(_OTHER.keyfile), document_of(full_clinic().keyfile))]
)
def test_a_moved_lock_stays_shut_even_with_a_right_mac(full: FullClinic, what: str) -> None:
    moved = dict(_moves(document_of(full.keyfile), document_of(_OTHER.keyfile)))[what]
    moved_file = parse_key_file(with_right_checksum(moved))
    moved["mac"] = moved_file.mac_under(full.created.database_key).hex()
    keyfile = parse_key_file(with_right_checksum(moved))
    assert keyfile.is_vouched_for_by(full.created.database_key)
    if "recovery" in what:
        with pytest.raises((WrongCredentials, KeyFileDamaged)):
            unlock_with_recovery_code(keyfile, "reyes", full.codes["reyes"])
    else:
        with pytest.raises((WrongCredentials, KeyFileDamaged)):
            unlock(keyfile, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET)


@pytest.mark.parametrize("name", ["private", "kdf", "factor", "device", "epoch", "by"])
def test_a_signature_wrap_opens_in_its_own_place_alone(full: FullClinic, name: str) -> None:
    document = document_of(full.keyfile)
    own, code = document["users"][1]["signature"]["wraps"]
    values = {
        "private": code["private"],
        "kdf": document["users"][0]["signature"]["wraps"][0]["kdf"],
        "factor": document["users"][0]["signature"]["wraps"][0]["factor"],
        "device": None,
        "epoch": 2,
        "by": "password",
    }
    if name == "by":
        own["private"], code["private"] = code["private"], own["private"]
    else:
        own[name] = values[name]
    if name == "factor":
        code[name] = values[name]
    if name == "epoch":
        document["epoch"] = document["recovery"]["database_key"]["epoch"] = 2
        for slot in document["users"]:
            slot["database_key"]["epoch"] = 2
    keyfile = parse_key_file(with_right_checksum(document))
    with (
        pytest.raises((WrongCredentials, KeyFileDamaged)),
        open_signature_key(
            keyfile, "reyes", PASSWORDS["reyes"], device_secret=DEVICE_SECRET, factor=FACTOR_SECRET
        ),
    ):
        pytest.fail("it opened")
