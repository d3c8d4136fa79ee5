"""Whose keys are these, who vouches for them, and does the seal hold?"""

from collections.abc import Collection

from mnclinic.audit.canonical import NotCanonical
from mnclinic.audit.keyregister import (
    EnrolledKey,
    KeyRegister,
    findings_of_chain,
    fold_register,
    parse_register_line,
)
from mnclinic.audit.signing import (
    allowed_signers_line,
    key_id,
    public_key_of_pem,
    verify,
    verify_sshsig,
)
from mnclinic.bundles.content import PRINCIPAL, SEAL, SSH_SEAL, TAG_MANIFEST
from mnclinic.bundles.evidence import LOG, Evidence

REGISTER = "data/keys/register.jsonl"
DIRECTOR = "data/keys/director.pem"
INSTALLATION = "data/keys/installation.pem"
ALLOWED_SIGNERS = "data/keys/allowed_signers"


def check_keys(evidence: Evidence, trust: Collection[str] | None) -> None:
    """Fold the register and follow the chain from the director's key to the seal and to every other key.

    `trust` are the fingerprints from paper. One that is no key of this bundle checks nothing and harms
    nothing: whoever holds every sheet of a clinic also checks the bundles made before the newest one.
    """
    rows = _rows(evidence)
    evidence.register, findings = fold_register(rows, vault=evidence.vault)
    director = public_key_of_pem(evidence.members[DIRECTOR])
    installation = public_key_of_pem(evidence.members[INSTALLATION])
    evidence.fingerprint = key_id(director) if director else ""
    evidence.installation = installation or b""
    evidence.trusted = evidence.register.reached_from(evidence.fingerprint)
    for finding in findings:
        evidence.say(f"{REGISTER} line {finding.row}", finding.what)
    if not evidence.trusted:
        evidence.say(DIRECTOR, "This is not a director's signature key of the register.")
    else:
        for finding in findings_of_chain(evidence.register, rows, fingerprint=evidence.fingerprint):
            evidence.say(f"{REGISTER} line {finding.row}", finding.what)
    if not _reaches_seal(evidence, evidence.trusted):
        evidence.say(
            INSTALLATION, "No chain leads from the director's key to the key that sealed this bundle."
        )
    if trust is not None and not any(
        _reaches_seal(evidence, evidence.register.reached_from(key))
        for key in directors_vouched_from(evidence.register, trust)
    ):
        evidence.say(
            DIRECTOR,
            "No chain leads from a director's key with the given fingerprint to the seal of this bundle.",
        )


def directors_vouched_from(register: KeyRegister, trust: Collection[str]) -> frozenset[str]:
    """The directors' keys among these fingerprints, and those that they vouch for, and so on.

    An installation's word is not enough here: whoever holds the administrator's password has that.
    """
    directors = {key.id for key in register.keys.values() if key.is_directors}
    vouched = directors.intersection(trust)
    while more := {key for key in directors - vouched if register.vouchers[key] & vouched}:
        vouched |= more
    return frozenset(vouched)


def check_seal(evidence: Evidence) -> None:
    """Check both forms of the seal and the file that ssh needs for it."""
    members, public = evidence.members, evidence.installation
    sealed = members.get(TAG_MANIFEST, b"")
    if SEAL in members and not verify(public, members[SEAL], sealed):
        evidence.say(SEAL, "The seal does not belong to this bundle.")
    if SSH_SEAL in members and not (public and verify_sshsig(members[SSH_SEAL], sealed, public)):
        evidence.say(SSH_SEAL, "The seal does not belong to this bundle.")
    if public and members[ALLOWED_SIGNERS] != allowed_signers_line(public, PRINCIPAL):
        evidence.say(ALLOWED_SIGNERS, "This file names another key than the one that sealed this bundle.")


def check_enrolment(evidence: Evidence) -> None:
    """Every key of the register was entered in the log, and every key that the log speaks of is here."""
    for key in evidence.register.keys.values():
        if evidence.enrolled(key) is None:
            evidence.say(f"key {key.id}", "The log never speaks of this key as the register shows it.")
    for (kind, object_id), lines in evidence.log_by_object.items():
        if kind == "key" and object_id not in evidence.register.keys:
            evidence.miss(f"key {object_id}", f"{LOG} entry {lines[0].seq} speaks of a key that is not here.")


def _rows(evidence: Evidence) -> list[EnrolledKey | None]:
    rows: list[EnrolledKey | None] = []
    for line in evidence.lines(REGISTER):
        try:
            rows.append(parse_register_line(line))
        except NotCanonical:
            rows.append(None)
    return rows


def _reaches_seal(evidence: Evidence, reached: frozenset[str]) -> bool:
    return any(
        key in reached and evidence.register.keys[key].purpose == "installation"
        for key in ([key_id(evidence.installation)] if evidence.installation else [])
    )
