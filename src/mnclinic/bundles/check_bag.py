"""Is every file there, and is every byte the one that was sealed?"""

import hashlib
import re
from collections.abc import Sequence

from mnclinic.audit import shape
from mnclinic.bundles.content import (
    AMENDED_FORMAT,
    AMENDED_PATIENT_FORMAT,
    BAG_VERSION,
    EVENTS_FORMAT,
    EVENTS_PATIENT_FORMAT,
    FIRST_FORMAT,
    FIRST_PATIENT_FORMAT,
    FORMAT,
    MAKER_SEAL,
    MANIFEST,
    OF_ONE_PERSON,
    PATIENT_FORMAT,
    RECALLS_FORMAT,
    RECALLS_PATIENT_FORMAT,
    SEALED_FORMAT,
    SEALED_PATIENT_FORMAT,
    SEALS,
    SLICE_FILES,
    TAG_FILES,
    TAG_MANIFEST,
)
from mnclinic.bundles.evidence import Evidence

NEEDED = (
    "data/scope.json",
    "data/log/entries.jsonl",
    "data/log/signatures.txt",
    "data/log/checkpoint.txt",
    "data/keys/register.jsonl",
    "data/keys/director.pem",
    "data/keys/installation.pem",
    "data/keys/allowed_signers",
    "data/tables/visits.csv",
    "data/tables/lines.csv",
    "data/tables/findings.csv",
)

_SCOPE: dict[str, shape.Shape] = {
    "format": (FIRST_FORMAT, FORMAT, AMENDED_FORMAT),
    "vault": shape.UUID,
    "clinic": str,
    "is_demo": bool,
    "from": shape.DAY,
    "to": shape.DAY,
    "made_at": shape.INSTANT,
    "program": str,
    "visits": int,
    "patients": int,
    "log_size": int,
    "withheld": [shape.AtLeast({"what": str, "count": int})],
}
_OF_ONE: dict[str, shape.Shape] = {
    **_SCOPE,
    "format": (FIRST_PATIENT_FORMAT, PATIENT_FORMAT, AMENDED_PATIENT_FORMAT),
    "from": (None, shape.DAY),
    "to": (None, shape.DAY),
    "patient": {"ref": shape.UUID, "entries": int, "withheld_entries": int},
}
_DETAIL: dict[str, shape.Shape] = {
    "clinic": str,
    "encrypted": bool,
    "format": str,
    "from": (None, shape.DAY),
    "is_demo": bool,
    "made_by": str,
    "to": (None, shape.DAY),
    "visits": int,
}


def _made(detail: dict[str, shape.Shape]) -> dict[str, shape.Shape]:
    said = {"entry": int, "staff": shape.UUID, "key": shape.SHA256, "detail": detail}
    return {"made_by": str, "made": said}


_MADE = _made(_DETAIL)
_HASH_OR_NONE = (None, shape.SHA256)
_MADE_WITH_RECALLS = _made({**_DETAIL, "planned_sha256": _HASH_OR_NONE, "recalls_sha256": _HASH_OR_NONE})
SCOPE_SHAPE: shape.Shape = (
    shape.AtLeast(_SCOPE),
    shape.AtLeast(_OF_ONE),
    shape.AtLeast({**_SCOPE, **_MADE, "format": (SEALED_FORMAT, EVENTS_FORMAT)}),
    shape.AtLeast({**_OF_ONE, **_MADE, "format": (SEALED_PATIENT_FORMAT, EVENTS_PATIENT_FORMAT)}),
    shape.AtLeast({**_SCOPE, **_MADE_WITH_RECALLS, "format": RECALLS_FORMAT}),
    shape.AtLeast({**_OF_ONE, **_MADE_WITH_RECALLS, "format": RECALLS_PATIENT_FORMAT}),
)

_LINE = re.compile(r"([0-9a-f]{128})  ([^\n]+)")


def check_bag(evidence: Evidence) -> bool:
    """Check manifests against members. False if so much is missing that nothing more can be checked."""
    members = evidence.members
    payload = {name for name in members if name.startswith("data/")}
    known = payload | {*TAG_FILES, *SEALS, MAKER_SEAL, TAG_MANIFEST}
    for name in sorted(set(members) - known):
        evidence.say(name, "This file is not part of a bundle.")
    for name in (MANIFEST, TAG_MANIFEST, *SEALS):
        if name not in members:
            evidence.say(name, "This part of the seal is missing.")
    if members.get("bagit.txt", BAG_VERSION) != BAG_VERSION:
        evidence.say("bagit.txt", "This file is not the one that every bundle has.")
    _check_manifest(evidence, MANIFEST, payload)
    _check_manifest(evidence, TAG_MANIFEST, {name for name in TAG_FILES if name in members})
    return _has_all(evidence, NEEDED)


def _has_all(evidence: Evidence, needed: Sequence[str]) -> bool:
    absent = [name for name in needed if name not in evidence.members]
    for name in absent:
        if all(finding.where != name for finding in evidence.missing):
            evidence.miss(name, "This file is missing, so nothing that rests on it could be checked.")
    return not absent


def check_scope(evidence: Evidence) -> bool:
    """Read what the bundle says about itself; False if it cannot be read."""
    scope = evidence.read("data/scope.json", SCOPE_SHAPE)
    if scope is None:
        return False
    evidence.scope = scope
    if scope["is_demo"]:
        evidence.note("data/scope.json", "This is a demo bundle: every person in it is invented.")
    return scope["format"] not in OF_ONE_PERSON or _has_all(evidence, SLICE_FILES)


def _check_manifest(evidence: Evidence, manifest: str, expected: set[str]) -> None:
    if manifest not in evidence.members:
        return
    lines = evidence.members[manifest].decode("utf-8", "replace").split("\n")
    listed: dict[str, str] = {}
    names = []
    for line in lines[:-1]:
        match = _LINE.fullmatch(line)
        if match is None:
            evidence.say(manifest, "A line of this list cannot be read.")
            return
        listed[match[2]] = match[1]
        names.append(match[2])
    if lines[-1] or names != sorted(set(names)):
        evidence.say(manifest, "The lines of this list are not in their order.")
    for name in sorted(expected - listed.keys()):
        evidence.say(name, f"This file is not listed in {manifest}.")
    for name, digest in sorted(listed.items()):
        if name not in evidence.members:
            evidence.miss(name, f"This file is listed in {manifest} but is not in the bundle.")
        elif hashlib.sha512(evidence.members[name]).hexdigest() != digest:
            evidence.say(name, "The bytes of this file are not those that were sealed.")
