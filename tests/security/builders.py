"""A small clinic's keys at the floor cost, and the tools of somebody who edits key files by hand."""

import copy
import hashlib
import json
from dataclasses import dataclass
from typing import Any

import rfc8785

from mnclinic.security.kdf import FLOOR_COST
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.slots import (
    CreatedKeys,
    NewUser,
    add_user,
    create_keys,
    enrol_signature_key,
    make_recovery_code,
    unlock,
)

VAULT = "0b7f1c2e-5d7a-4c59-9f5e-3f1f0c1d2e3a"
OTHER_VAULT = "9d5f0d5e-0f5a-4a53-8f0a-0d2b6f7c8e91"
LIND = "11111111-1111-4111-8111-111111111111"
REYES = "22222222-2222-4222-8222-222222222222"
OKAFOR = "33333333-3333-4333-8333-333333333333"
MORA = "44444444-4444-4444-8444-444444444444"

PASSWORDS = {
    "lind": "seven quiet harbours at dawn",
    "reyes": "paper lanterns over wet grass",
    "okafor": "a bicycle made of river stones",
}


GIVEN = "words that somebody else has chosen"
DEVICE_SECRET = bytes(range(32))
FACTOR_SECRET = bytes(range(64, 96))


@dataclass(frozen=True)
class FullClinic:
    """Keys with everything that form 2 knows, all log-ins bound to `DEVICE_SECRET`.

    The director signs with `FACTOR_SECRET` too; she and the provider have personal recovery codes; Mora's
    password is `GIVEN`, by somebody else.
    """

    keyfile: KeyFile
    created: CreatedKeys
    codes: dict[str, str]

    @property
    def sheet(self) -> str:
        assert self.created.recovery_groups is not None
        return "-".join(self.created.recovery_groups)


def full_clinic() -> FullClinic:
    """One of each."""
    keyfile, created = made_clinic(device_secret=DEVICE_SECRET)
    opened = unlock(keyfile, "lind", PASSWORDS["lind"], device_secret=DEVICE_SECRET)
    keyfile, _ = enrol_signature_key(
        keyfile, opened, PASSWORDS["lind"], device_secret=DEVICE_SECRET, new_factor=FACTOR_SECRET
    )
    codes = {}
    for user in ("lind", "reyes"):
        keyfile, groups = make_recovery_code(
            keyfile, user, PASSWORDS[user], device_secret=DEVICE_SECRET, factor=FACTOR_SECRET
        )
        codes[user] = " ".join(groups)
    administrator = unlock(keyfile, "okafor", PASSWORDS["okafor"], device_secret=DEVICE_SECRET)
    mora = NewUser("mora", MORA, GIVEN, signature=False, temporary=True)
    keyfile, _ = add_user(keyfile, administrator, mora, device_secret=DEVICE_SECRET)
    return FullClinic(keyfile, created, codes)


def made_clinic(*, recovery: bool = True, device_secret: bytes | None = None) -> tuple[KeyFile, CreatedKeys]:
    """A director and a provider who sign, and an administrator who does not."""
    users = [
        NewUser("lind", LIND, PASSWORDS["lind"], signature=True),
        NewUser("reyes", REYES, PASSWORDS["reyes"], signature=True),
        NewUser("okafor", OKAFOR, PASSWORDS["okafor"], signature=False),
    ]
    return create_keys(VAULT, users, cost=FLOOR_COST, recovery=recovery, device_secret=device_secret)


def document_of(keyfile: KeyFile) -> dict[str, Any]:
    """The file as JSON, to be changed at will."""
    document: dict[str, Any] = json.loads(keyfile.canonical_bytes())
    return document


def with_right_checksum(document: dict[str, Any]) -> bytes:
    """The bytes of somebody who knows how the checksum is made, but has no key."""
    forged = copy.deepcopy(document)
    forged.pop("checksum", None)
    forged["checksum"] = hashlib.sha256(rfc8785.dumps(forged)).hexdigest()
    return rfc8785.dumps(forged)
