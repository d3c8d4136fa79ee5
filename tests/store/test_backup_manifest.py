"""A manifest is read only in the one form in which it is written, and says itself what that form is."""

import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.errors import BackupUnusable, NewerFormat, StoreUnavailable
from mnclinic.resource_files import resource_text
from mnclinic.security.signing_keys import InstallationKey
from mnclinic.store.backup_files import read_manifest
from mnclinic.store.backup_manifest import CLOSED, IN_USE, Manifest, Member, parse_manifest

PLAIN = Manifest(
    vault="7d1f0a52-6a0e-4f57-9a39-0d8f2f0c7b11",
    kind=CLOSED,
    made_at=datetime(2026, 11, 23, 15, 4, 5, tzinfo=UTC),
    app="0.1.0",
    revision=None,
    checkpoint=None,
    members=(
        Member("attachments/0a.enc", 3, "1" * 64),
        Member("clinic.db", 4096, "2" * 64),
        Member("clinic.keys", 99, "3" * 64),
    ),
)


def signed() -> tuple[Manifest, InstallationKey]:
    key = InstallationKey(bytes(range(32)))
    whole = replace(PLAIN, kind=IN_USE, revision="0002", checkpoint="a\n1\nb\n\n— c d\n".encode())
    return replace(whole, signed_by=key.key_id, signature=key.sign(whole.signing_bytes())), key


def rewritten(**changes: object) -> bytes:
    """The plain manifest with changes and a checksum made to fit, as somebody could who wants to."""
    document: dict[str, Any] = json.loads(PLAIN.canonical_bytes()) | changes
    document.pop("checksum")
    return canonical_bytes({**document, "checksum": sha256_hex(canonical_bytes(document))})


def test_what_was_written_is_read_back() -> None:
    for manifest in (PLAIN, signed()[0]):
        assert parse_manifest(manifest.canonical_bytes()) == manifest


def test_both_forms_fit_the_published_schema() -> None:
    schema = json.loads(resource_text("schemas/backup_manifest.json"))
    for manifest in (PLAIN, signed()[0]):
        Draft202012Validator(schema).validate(json.loads(manifest.canonical_bytes()))


def test_a_signature_covers_everything_that_the_manifest_says() -> None:
    manifest, key = signed()
    assert manifest.is_signed_by(key.public)
    for changed in (
        replace(manifest, app="0.2.0"),
        replace(manifest, made_at=datetime(2026, 11, 24, tzinfo=UTC)),
        replace(manifest, members=manifest.members[1:]),
        replace(manifest, kind=CLOSED),
        replace(manifest, checkpoint=None),
    ):
        assert not changed.is_signed_by(key.public)
    assert not PLAIN.is_signed_by(key.public)


def test_every_single_changed_bit_is_noticed() -> None:
    data = PLAIN.canonical_bytes()
    for at in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[at] ^= 1 << bit
            with pytest.raises((BackupUnusable, NewerFormat)):
                parse_manifest(bytes(changed))


MEMBERS = json.loads(PLAIN.canonical_bytes())["members"]


@pytest.mark.parametrize(
    "changes",
    [
        {"members": [*MEMBERS, {"name": "../clinic.db", "size_bytes": 1, "sha256": "4" * 64}]},
        {"members": [*MEMBERS, {"name": "attachments/../x", "size_bytes": 1, "sha256": "4" * 64}]},
        {"members": [{"name": "attachments/..", "size_bytes": 1, "sha256": "4" * 64}, *MEMBERS]},
        {"members": [*MEMBERS, MEMBERS[-1]]},
        {"members": MEMBERS[::-1]},
        {"members": MEMBERS[:2]},
        {"members": [MEMBERS[0], {**MEMBERS[1], "size_bytes": -1}, MEMBERS[2]]},
        {"made_at": "2026-13-23T15:04:05.000Z"},
        {"extra": 1},
        {"signature": {"key": "5" * 64, "signature": "not base64"}},
    ],
    ids=str,
)
def test_what_mnclinic_never_writes_is_damage(changes: dict[str, object]) -> None:
    with pytest.raises(BackupUnusable, match=r"manifest\.json.*Nothing was changed"):
        parse_manifest(rewritten(**changes))


def test_a_newer_form_is_named() -> None:
    with pytest.raises(NewerFormat, match=r"mnclinic\.backup/2.*mnclinic\.backup/1"):
        parse_manifest(rewritten(format="mnclinic.backup/2"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
def test_a_folder_in_the_place_of_a_manifest_is_told_and_no_handle_stays_open(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").mkdir()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        with pytest.raises(StoreUnavailable, match=r"manifest\.json of the backup cannot be read"):
            read_manifest(tmp_path)
    assert len(os.listdir("/proc/self/fd")) == before
