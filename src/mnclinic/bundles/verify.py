"""Check an audit bundle from its bytes alone: no clinic, no store, no trust in whoever made it.

The steps are `check_bag` to `check_tables`; each says every defect that it finds, with its place, and none
stops at the first. An exception that this package did not foresee is a defect of ours and is let through: it
never becomes a verdict.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mnclinic.bundles.check_amendments import check_amendments
from mnclinic.bundles.check_bag import check_bag, check_scope
from mnclinic.bundles.check_events import check_events
from mnclinic.bundles.check_follow_ups import check_follow_ups
from mnclinic.bundles.check_keys import check_enrolment, check_keys, check_seal
from mnclinic.bundles.check_log import check_log
from mnclinic.bundles.check_maker import check_maker
from mnclinic.bundles.check_older import check_older
from mnclinic.bundles.check_places import check_places
from mnclinic.bundles.check_recalls import check_recalls
from mnclinic.bundles.check_records import (
    check_completeness,
    check_documents,
    check_records,
    check_signatures,
)
from mnclinic.bundles.check_revocations import check_revocations
from mnclinic.bundles.check_scans import check_scans
from mnclinic.bundles.check_slice import check_slice
from mnclinic.bundles.check_solo import check_declaration
from mnclinic.bundles.check_tables import check_tables
from mnclinic.bundles.check_trust import check_trust
from mnclinic.bundles.container import LARGEST_BYTES, NotAContainer, read_container
from mnclinic.bundles.content import OF_ONE_PERSON, TAG_MANIFEST
from mnclinic.bundles.encryption import is_encrypted, opened
from mnclinic.bundles.evidence import BundleFinding, Evidence
from mnclinic.errors import InvalidInput, Problem

__all__ = ["BundleFinding", "BundleVerdict", "verify_bundle", "verify_members"]

VALID = "VALID"
KEY_NOT_CHECKED = "VALID (KEY NOT CHECKED)"
INCOMPLETE = "INCOMPLETE"
ALTERED = "ALTERED"
UNREADABLE = "UNREADABLE"

MOST_FINDINGS = 200
NO_BUNDLE = "This is not a bundle of mnclinic."
_LEFT_BEHIND_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class BundleVerdict:
    """What a bundle is worth.

    `findings` are what speaks against it, a director's key that nobody compared with paper included, `notes`
    what a reader should know besides. `fingerprint` is of the director's key from which the chain to the seal
    starts.
    """

    verdict: str
    findings: tuple[BundleFinding, ...]
    visits: int = 0
    patients: int = 0
    entries: int = 0
    fingerprint: str = ""
    scope: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[BundleFinding, ...] = ()
    revisions: int = 0
    signatures: int = 0


def verify_bundle(
    path: Path,
    *,
    trust: str | None = None,
    passphrase: str | None = None,
    identity: str | None = None,
    older: Path | None = None,
    older_passphrase: str | None = None,
) -> BundleVerdict:
    """The verdict on a bundle file, encrypted or plain, or on the folder that one was unpacked into.

    Args:
        path: The file or folder.
        trust: The director's fingerprint from paper: 64 hex digits; case, spaces, colons and hyphens do not
            count. Several follow one another, or stand between commas: each director's own and, after a key
            was replaced, the new one's beside the old one's. The verdict is VALID only if every director's
            key that counts in here is one of them, or directors vouch for it from one of them on.
        passphrase: For a file encrypted with one.
        identity: An age secret key, for a file encrypted to its public key.
        older: A bundle of the same clinic that was received before: its log has to be this one's beginning.
            One of another clinic answers nothing: UNREADABLE, unless this one is ALTERED by itself.
        older_passphrase: For an older file encrypted with one; `identity` is tried on it too.

    Raises:
        InvalidInput: The file or folder cannot be read, the fingerprint or identity is not one, or an
            encrypted file came without either secret. That is no verdict. So too for the older one.
        WrongCredentials: The passphrase or identity does not open it. That is no verdict either.
    """
    fingerprints = None if trust is None else read_fingerprints(trust)
    before = None
    if older is not None:
        opened_before = _opened(older, passphrase=older_passphrase, identity=identity)
        if isinstance(opened_before, str):
            raise InvalidInput(
                f"The older bundle cannot be opened, so nothing was checked. {opened_before} "
                "Give another one, or check this one without it."
            )
        before = _evidence_of(opened_before[0], None, opened_before[1])
    opened_now = _opened(path, passphrase=passphrase, identity=identity)
    if isinstance(opened_now, str):
        return _unreadable(opened_now)
    members, found = opened_now
    if not _is_bundle(members):
        return _unreadable(NO_BUNDLE)
    evidence = _evidence_of(members, fingerprints, found)
    if before is not None:
        check_older(evidence, before)
    return _verdict(evidence, is_trusted=fingerprints is not None)


def verify_members(
    members: Mapping[str, bytes],
    *,
    trust: Collection[str] | None = None,
    found: Sequence[BundleFinding] = (),
) -> BundleVerdict:
    """The verdict on a bundle's members.

    `trust` are whole fingerprints in the form that keys are named by, `found` is what was wrong with the
    container that held the members.
    """
    if not _is_bundle(members):
        return _unreadable(NO_BUNDLE)
    return _verdict(_evidence_of(members, trust, found), is_trusted=trust is not None)


def _opened(
    path: Path, *, passphrase: str | None, identity: str | None
) -> tuple[Mapping[str, bytes], tuple[BundleFinding, ...]] | str:
    """A bundle's members and what is wrong with their container, or why it cannot be opened at all."""
    if path.is_dir():
        return _read_folder(path), ()
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return "The file is larger than any bundle."
        data = path.read_bytes()
    except OSError as error:
        raise _cannot_be_read() from error
    if is_encrypted(data):
        plain = opened(data, passphrase=passphrase, identity=identity)
        if plain is None:
            return "The encrypted file is damaged or cut short and cannot be opened."
        data = plain
    try:
        members, container = read_container(data)
    except NotAContainer as error:
        return str(error)
    return members, tuple(BundleFinding(finding.where, finding.what) for finding in container)


def _is_bundle(members: Mapping[str, bytes]) -> bool:
    return "bagit.txt" in members or TAG_MANIFEST in members


def _evidence_of(
    members: Mapping[str, bytes], trust: Collection[str] | None, found: Sequence[BundleFinding]
) -> Evidence:
    evidence = Evidence(members, altered=list(found))
    if check_bag(evidence) and check_scope(evidence):
        check_keys(evidence, trust)
        check_seal(evidence)
        if evidence.scope["format"] in OF_ONE_PERSON:
            check_slice(evidence)
        else:
            check_log(evidence)
        check_enrolment(evidence)
        check_revocations(evidence)
        check_maker(evidence)
        check_declaration(evidence)
        check_places(evidence)
        check_records(evidence)
        check_signatures(evidence)
        check_amendments(evidence)
        check_events(evidence)
        check_recalls(evidence)
        check_follow_ups(evidence)
        check_documents(evidence)
        check_scans(evidence)
        check_completeness(evidence)
        check_tables(evidence)
        check_trust(evidence, trust)
    return evidence


def read_fingerprints(text: str) -> tuple[str, ...]:
    """Fingerprints as a person copied them from paper, in the form that keys are named by.

    Raises:
        InvalidInput: One does not have 64 hex digits.
    """
    parts = [re.sub(r"[\s:-]", "", part).lower() for part in text.split(",")]
    if not all(re.fullmatch(r"([0-9a-f]{64})+", part) for part in parts):
        raise InvalidInput(
            "The fingerprint does not have 64 digits from 0 to 9 and a to f. Nothing was checked. "
            "Copy it again from the sheet that the director signed.",
            [Problem("trust", "A fingerprint has 64 hexadecimal digits.")],
        )
    return tuple(part[at : at + 64] for part in parts for at in range(0, len(part), 64))


def _verdict(evidence: Evidence, *, is_trusted: bool) -> BundleVerdict:
    findings = [*evidence.altered, *evidence.mistaken, *evidence.missing, *evidence.unchecked]
    if evidence.altered:
        verdict = ALTERED
    elif evidence.mistaken:
        verdict = UNREADABLE
    elif evidence.missing:
        verdict = INCOMPLETE
    else:
        verdict = VALID if is_trusted and not evidence.unchecked else KEY_NOT_CHECKED
    if len(findings) > MOST_FINDINGS:
        more = len(findings) - MOST_FINDINGS
        findings = [*findings[:MOST_FINDINGS], BundleFinding("bundle", f"There are {more} findings more.")]
    return BundleVerdict(
        verdict=verdict,
        findings=tuple(findings),
        visits=len(evidence.visits),
        patients=evidence.patients,
        entries=evidence.entries,
        fingerprint=evidence.fingerprint,
        scope=evidence.scope,
        notes=tuple(evidence.notes),
        revisions=len(evidence.records),
        signatures=sum(map(len, evidence.signature_records.values())),
    )


def _unreadable(sentence: str) -> BundleVerdict:
    return BundleVerdict(UNREADABLE, (BundleFinding("file", sentence),))


def _cannot_be_read() -> InvalidInput:
    return InvalidInput(
        "The bundle cannot be read. Nothing was checked. "
        "Check the name of the file and that you may read it, then try again."
    )


def _read_folder(folder: Path) -> dict[str, bytes]:
    """The files of an unpacked bundle, without what operating systems leave behind in folders they show."""
    members: dict[str, bytes] = {}
    total = 0
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in _LEFT_BEHIND_BY_SYSTEMS:
                total += path.stat().st_size
                if total > LARGEST_BYTES:
                    raise InvalidInput("The folder holds more than any bundle. Nothing was checked.")
                members[path.relative_to(folder).as_posix()] = path.read_bytes()
    except OSError as error:
        raise _cannot_be_read() from error
    return members
