"""Who may judge their own treatments here, and does every record and signature keep to it?"""

from collections.abc import Mapping
from typing import Any

from mnclinic.audit.keyregister import DIRECTOR
from mnclinic.audit.signing import SOLO_SHAPE
from mnclinic.bundles.evidence import LOG, Declaration, Evidence, LogLine, Record, digest_of
from mnclinic.domain.names import is_same_person

DECLARATION = "data/declarations/solo-physician.json"


def check_declaration(evidence: Evidence) -> None:
    """Check the declaration of a solo-physician clinic, if there is one."""
    for name in sorted(evidence.members):
        if name.startswith("data/declarations/") and name not in {DECLARATION, _signature_of(DECLARATION)}:
            evidence.say(name, "This file has no place among the declarations.")
    lines = evidence.log_of("declaration", "solo_physician")
    if DECLARATION not in evidence.members:
        for one in lines:
            evidence.miss(
                DECLARATION, f"{LOG} entry {one.seq} speaks of a declaration that is not in the bundle."
            )
        return
    declared = evidence.read(DECLARATION, SOLO_SHAPE)
    if declared is None:
        return
    key = evidence.check_signed(DECLARATION, declared)
    if key is not None and key.role != DIRECTOR:
        evidence.say(DECLARATION, "Only a director declares this, but the key is not a director's.")
    elif key is not None:
        evidence.deciding.add(key.id)
    evidence.check_head(DECLARATION, declared)
    line = next((one for one in lines if one.speaks_of(evidence.members[DECLARATION])), None)
    if key is not None:
        evidence.check_in_force(DECLARATION, declared, line)
    if line is None:
        evidence.say(DECLARATION, "The log never speaks of this declaration.")
        return
    if line.fields["actor"]["uid"] != declared["signer"]["staff"]:
        evidence.say(DECLARATION, "The log gives this declaration to somebody else.")
    evidence.declaration = Declaration(
        digest_of(evidence.members[DECLARATION]), declared["signer"]["staff"], line.seq
    )
    evidence.note(
        DECLARATION,
        "This is a declared solo-physician clinic: its director may approve her own treatments.",
    )


def check_record_names_it(evidence: Evidence, record: Record, frozen: LogLine | None) -> None:
    """A record of the second form names the declaration that was in force when it was frozen."""
    named = record.fields.get("solo_physician")
    if named is None:
        return
    declaration = evidence.declaration
    if declaration is None or named["declaration_sha256"] != declaration.sha256:
        evidence.miss(record.name, "The declaration that this record names is not in the bundle.")
    elif frozen is not None and frozen.seq < declaration.seq:
        evidence.say(record.name, "This record names a declaration that was made after it.")


def check_own_judgement(evidence: Evidence, name: str, signed: Mapping[str, Any], record: Record) -> None:
    """A director judges a treatment of her own only where the record carries her declaration."""
    signer, name_of_signer = signed["signer"]["staff"], signed["signer"]["name"]
    performers = _performers(evidence, record)
    # Two accounts in one printed name are one person.
    is_own = signer in performers or any(is_same_person(one, name_of_signer) for one in performers.values())
    if signed["meaning"] == "performed" or not is_own:
        return
    evidence.own_judgements += 1
    if "solo_physician" not in record.fields:
        evidence.say(
            name, "Whoever performed this treatment decided on it, and no declaration allows that here."
        )
    elif evidence.declaration is not None and evidence.declaration.staff != signer:
        evidence.say(
            name, "Whoever performed this treatment decided on it under somebody else's declaration."
        )


def note_own_judgements(evidence: Evidence) -> None:
    """Tell how many decisions nobody but their performer took part in."""
    if evidence.own_judgements:
        evidence.note(
            DECLARATION,
            f"{evidence.own_judgements} decisions of the director are about treatments that she performed.",
        )


def _performers(evidence: Evidence, record: Record) -> dict[str, str]:
    """The names of those who performed this revision or an earlier one of the visit, by staff id."""
    return {
        performer["staff"]: performer["name"]
        for one in evidence.records_of(record.visit)
        if (performer := one.fields["pinned"]["performer"]) is not None
        and (one is record or (one.revision < record.revision and one.fields["state"] == "performed"))
    }


def _signature_of(name: str) -> str:
    return name.removesuffix(".json") + ".sig"
