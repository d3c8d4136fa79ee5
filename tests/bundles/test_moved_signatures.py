"""A signature belongs to one record, one revision and one clinic; moved elsewhere it holds for nobody.

All three verifiers say so at its place, and so even where an insider entered the moved one in the log.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.entry import EntryObject
from mnclinic.bundles.container import write_container
from tests.bundles.builders import (
    BEN,
    DIRECTOR,
    DIRECTOR_SESSION,
    NURSE_SESSION,
    RETURNED,
    SIGNED,
    STRANGER,
    Clinic,
    a_clinic,
    members,
    resealed,
    sealed,
)
from tests.bundles.test_solo import told_by_all


def named(visit: str, number: int, kind: str = "json") -> str:
    return f"data/visits/{visit}/signature-{number}.{kind}"


def laid(source: tuple[str, int], target: tuple[str, int]) -> bytes:
    """A signature with its bytes laid in another one's place, nothing else touched."""
    payload = members()
    return resealed({named(*target, kind): payload[named(*source, kind)] for kind in ("json", "sig")})


def added(source: tuple[str, int], to: str, person: str, *, revision: int, **changes: object) -> bytes:
    """A signature added to a visit and entered in the log as if it had been made for it."""
    clinic = a_clinic()
    moved = clinic.files[named(*source)]
    if changes:
        moved = canonical_bytes({**json.loads(moved), **changes})
    number = 1 + sum(one.startswith(f"data/visits/{to}/signature-") for one in clinic.files) // 2
    clinic.files[named(to, number)] = moved
    clinic.files[named(to, number, "sig")] = clinic.files[named(*source, "sig")]
    meaning = json.loads(moved)["meaning"]
    action = {"approved": "visit.signed", "performed": "visit.performed"}[meaning]
    by = DIRECTOR_SESSION if meaning == "approved" else NURSE_SESSION
    clinic.log(action, "S", day=20, by=by, subject=person, obj=EntryObject("signature", to, revision, moved))
    return write_container(sealed(clinic.members()))


def of_another_clinic() -> bytes:
    """The same director works in two clinics: what she signed in the other one is entered here."""
    clinic: Clinic = a_clinic()
    clinic.sign(RETURNED, "approved", day=14, key=DIRECTOR, state="signed", vault=STRANGER.staff)
    return write_container(sealed(clinic.members()))


def all_told(data: bytes, folder: Path) -> dict[str, Any]:
    told = told_by_all(data, folder)
    assert told["verdict"] == "ALTERED"
    return told


MOVED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "to another record": (
        lambda: laid((SIGNED, 2), (RETURNED, 2)),
        named(RETURNED, 2),
        "made for another visit or revision",
    ),
    "to another revision": (
        lambda: laid((RETURNED, 1), (RETURNED, 3)),
        named(RETURNED, 3),
        "not in the order in which they were made",
    ),
    "to another record and entered in the log": (
        lambda: added((SIGNED, 2), RETURNED, BEN, revision=2),
        named(RETURNED, 4),
        "made for another visit or revision",
    ),
    "to another revision and entered in the log": (
        lambda: added((RETURNED, 1), RETURNED, BEN, revision=2),
        named(RETURNED, 4),
        "not in the order in which they were made",
    ),
    "to another revision, its number changed": (
        lambda: added((RETURNED, 1), RETURNED, BEN, revision=2, revision_=None),
        named(RETURNED, 4),
        "not in the form",
    ),
    "to another record, its names changed": (
        lambda: added((SIGNED, 2), RETURNED, BEN, revision=2, visit=RETURNED, number="V-000003"),
        named(RETURNED, 4),
        "does not belong to this record",
    ),
    "to another clinic": (of_another_clinic, named(RETURNED, 4), "of another clinic"),
}


@pytest.mark.parametrize("how", MOVED)
def test_a_moved_signature_is_invalid_for_all_three_verifiers(tmp_path: Path, how: str) -> None:
    make, where, what = MOVED[how]
    told = all_told(make(), tmp_path)
    assert any(one["where"] == where and what in one["what"] for one in told["findings"]), told["findings"]


PRINTED = {
    "name": lambda signed: signed["signer"].update(name="Somebody Else"),
    "credential": lambda signed: signed["signer"].update(credential="PhD"),
    "licence": lambda signed: signed["signer"].update(licence="TX-9"),
    "time": lambda signed: signed.update(signed_at="2026-11-01T08:00:00.000Z"),
    "offset": lambda signed: signed.update(utc_offset="+00:00"),
    "meaning": lambda signed: signed.update(meaning="returned"),
    "statement": lambda signed: signed.update(statement="I saw nothing."),
    "reason": lambda signed: signed.update(reason="None."),
    "head": lambda signed: signed.update(tree={"size": 0, "root": "0" * 64}),
}
"""What a person reads of a signature, each part changed."""


@pytest.mark.parametrize("part", PRINTED)
def test_every_printed_part_of_a_signature_is_inside_the_signed_bytes(tmp_path: Path, part: str) -> None:
    payload = members()
    signed = json.loads(payload[named(SIGNED, 2)])
    PRINTED[part](signed)
    told = all_told(resealed({named(SIGNED, 2): canonical_bytes(signed)}), tmp_path)
    assert {"where": named(SIGNED, 2), "what": "The signature does not belong to this record."} in told[
        "findings"
    ]


def test_the_unmoved_ones_hold(tmp_path: Path) -> None:
    assert told_by_all(write_container(sealed(members())), tmp_path)["verdict"] == "VALID"
