"""Is a bundle of the form that the clinic's program writes, and the one that its maker entered and sealed?

Any log-in leads to the installation's key, so its seal alone tells nobody who put the files together. Whoever
made a bundle seals it too, with the key that signs their entries, and the entry of the making holds what the
bundle claims for itself.
"""

from collections.abc import Mapping
from typing import Any

from mnclinic.audit.canonical import canonical_bytes, salted_digest
from mnclinic.audit.signing import bundle_signing_bytes, verify
from mnclinic.bundles.content import MAKER_SEAL, OF_ONE_PERSON, OLDER_PROGRAMS, SEALED_BY_MAKER, TAG_MANIFEST
from mnclinic.bundles.evidence import LOG, MADE_AFTER_THE_END, Evidence, LogLine

SCOPE = "data/scope.json"
BUNDLE_MADE = "bundle.made"
"""The act of making a bundle."""
CLAIMED = ("clinic", "format", "from", "is_demo", "made_by", "to")
"""What the entry of the making and the bundle both say of it."""


def check_maker(evidence: Evidence) -> None:
    """Check the form against the programs that wrote the log, and the making against its entry and seal."""
    if evidence.scope["format"] not in SEALED_BY_MAKER:
        _check_form(evidence)
        return
    made = evidence.scope["made"]
    line = next((line for line in evidence.log if line.seq == made["entry"]), None)
    if line is None:
        evidence.miss(
            SCOPE, f"{LOG} entry {made['entry']}, by which this bundle was made, is not in the bundle."
        )
    else:
        _check_entry(evidence, line, made)
    _check_seal(evidence, made)


def _check_form(evidence: Evidence) -> None:
    """An older form proves less, so it is taken only from a log in which no later program wrote."""
    if MAKER_SEAL in evidence.members:
        evidence.say(MAKER_SEAL, "This file is not part of a bundle.")
    later = [line for line in evidence.log if line.fields["app"] not in OLDER_PROGRAMS]
    if later:
        evidence.miss(
            SCOPE,
            f"This bundle has the form of an earlier program, but {LOG} entry {later[-1].seq} was written by "
            f"mnclinic {later[-1].fields['app']}. What that program puts into a bundle, and proves, may be "
            "missing here.",
        )


def _check_entry(evidence: Evidence, line: LogLine, made: Mapping[str, Any]) -> None:
    scope, fields, detail = evidence.scope, line.fields, made["detail"]
    about = scope["patient"]["ref"] if scope["format"] in OF_ONE_PERSON else None
    named = (fields["action"], fields["actor"]["uid"], fields["actor"]["key"], fields["subj"])
    if named != (BUNDLE_MADE, made["staff"], made["key"], about):
        evidence.say(SCOPE, f"{LOG} entry {line.seq} is not the one by which this bundle was made.")
        return
    if fields["dh"] != salted_digest(bytes.fromhex(fields["salt"]), canonical_bytes(detail)):
        evidence.say(SCOPE, f"What stands here of the making is not what {LOG} entry {line.seq} holds.")
    claims = {claim: detail[claim] for claim in CLAIMED} | {"made_at": fields["ts"], "program": fields["app"]}
    for claim, entered in claims.items():
        if scope[claim] != entered:
            evidence.say(SCOPE, f"The log's entry of the making gives another {claim} than stands here.")


def _check_seal(evidence: Evidence, made: Mapping[str, Any]) -> None:
    key = evidence.register.keys.get(made["key"])
    if key is None or key.purpose != "session" or key.staff != made["staff"]:
        evidence.say(SCOPE, "Whoever made this bundle has no such key in the register.")
        return
    end = evidence.ended.get(made["key"])
    if end is not None and made["entry"] > end:
        evidence.say(SCOPE, MADE_AFTER_THE_END)
    sealed = evidence.members.get(TAG_MANIFEST, b"")
    if MAKER_SEAL not in evidence.members:
        evidence.say(MAKER_SEAL, "This part of the seal is missing.")
    elif not verify(key.public, evidence.members[MAKER_SEAL], bundle_signing_bytes(sealed)):
        evidence.say(MAKER_SEAL, "The seal of whoever made this bundle does not belong to it.")
    else:
        evidence.note(SCOPE, f"{key.name} made this bundle and sealed every file in it.")
