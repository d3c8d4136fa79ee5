"""Is the log whole, in order, signed entry by entry, and the one that the checkpoint was cut for?"""

from collections.abc import Mapping
from typing import Any

from mnclinic.audit.canonical import salted_digest
from mnclinic.audit.entry import StoredEntry, is_of_other_version, read_chain
from mnclinic.audit.note import Checkpoint, NotACheckpoint, parse_checkpoint
from mnclinic.audit.signing import decode_base64, entry_signing_bytes, verify
from mnclinic.audit.subject_map import MAP_KIND, PREPARED, MapFacts, MapsOfLog
from mnclinic.audit.whose import OF_SOMEBODY
from mnclinic.bundles.evidence import LOG, Evidence, LogLine
from mnclinic.security.log_rights import BY_INSTALLATION

SIGNATURES = "data/log/signatures.txt"
CHECKPOINT = "data/log/checkpoint.txt"
LATER_FORM = "This entry is in a form that this version of the verifier cannot check."
NOT_BEHIND_ITS_OWN = "This entry does not follow the entry before it about the same person."
"""Cannot be told behind an entry that cannot be read: that may have been about the same person."""


def check_log(evidence: Evidence) -> None:
    """Check every entry, build the tree over them and compare it with the checkpoint."""
    lines = evidence.lines(LOG)
    signatures = [decode_base64(line.decode("latin-1")) or b"" for line in evidence.lines(SIGNATURES)]
    if len(signatures) != len(lines):
        evidence.say(SIGNATURES, "There is not one signature for each entry of the log.")
        signatures += [b""] * (len(lines) - len(signatures))
    evidence.entries = len(lines)
    maps = MapsOfLog()
    has_later = False
    stored = [StoredEntry(line, signature) for line, signature in zip(lines, signatures, strict=False)]
    clock_went_back = 0
    for entry in read_chain(stored, vault=evidence.vault, public_of=evidence.register.public_of):
        evidence.tree.append(entry.leaf)
        where = f"{LOG} entry {entry.seq}"
        if entry.fields is None and is_of_later_form(evidence, stored[entry.seq - 1], entry.leaf):
            evidence.miss(where, LATER_FORM)
            has_later = True
            continue
        for what in entry.findings:
            if not (has_later and what == NOT_BEHIND_ITS_OWN):
                evidence.say(where, what)
        if entry.fields is None:
            maps.take(entry.leaf, None, "", None)
            continue
        check_actor(evidence, where, entry.fields)
        check_whose(evidence, where, entry.fields)
        if not has_later:
            _check_map(evidence, where, entry.fields, maps)
        thing = entry.fields["obj"]
        maps.take(entry.leaf, entry.fields["subj"], entry.fields["action"], thing and thing["t"])
        clock_went_back += entry.fields["clk"] == "back"
        evidence.take(LogLine(entry.seq, entry.fields))
    if clock_went_back:
        evidence.note(
            LOG, f"The computer's clock stood behind an earlier entry at {clock_went_back} entries."
        )
    _check_checkpoint(evidence)


def _check_map(evidence: Evidence, where: str, fields: Mapping[str, Any], maps: MapsOfLog) -> None:
    """A map of people has to be that of the log before it."""
    if fields["action"] == PREPARED and not is_entry_of(
        fields, (facts := maps.facts()), facts.document(evidence.vault)
    ):
        evidence.say(where, "The map of people in this entry is not that of the log before it.")


def is_of_later_form(evidence: Evidence, stored: StoredEntry, leaf: bytes) -> bool:
    """Whether a later mnclinic wrote this entry: how entries are signed stays, so a key of here signed it."""
    return is_of_other_version(stored.data) and any(
        verify(key.public, stored.signature, entry_signing_bytes(leaf))
        for key in evidence.register.keys.values()
    )


def is_entry_of(fields: Mapping[str, Any], facts: MapFacts, document: bytes) -> bool:
    """Whether an entry enters the map with these facts, of which this is the document."""
    thing = fields["obj"]
    return thing is not None and (thing["t"], thing["id"], thing["rev"], thing["h"]) == (
        MAP_KIND,
        facts.root.hex(),
        facts.subjects,
        salted_digest(bytes.fromhex(fields["salt"]), document),
    )


def check_actor(evidence: Evidence, where: str, fields: Mapping[str, Any]) -> None:
    """Check whose key an entry names, and which installation."""
    key = evidence.register.keys.get(fields["actor"]["key"])
    if key is not None:
        is_own = key.purpose == ("installation" if fields["actor"]["uid"] is None else "session")
        if not is_own or key.staff != fields["actor"]["uid"]:
            evidence.say(where, "The key of this entry belongs to somebody else than its actor.")
        elif fields["actor"]["uid"] is None and fields["action"] not in BY_INSTALLATION:
            evidence.say(where, "A person has to sign this act, and the installation did.")
    installation = evidence.register.keys.get(fields["inst"])
    if installation is None or installation.purpose != "installation":
        evidence.say(where, "This entry names an installation that is not in the register.")


def check_whose(evidence: Evidence, where: str, fields: Mapping[str, Any]) -> None:
    """Check that an entry that names somebody's record is about them."""
    thing = fields["obj"] or {"t": None, "id": None}
    if thing["t"] in OF_SOMEBODY and not evidence.whose.is_of(thing["t"], thing["id"], fields["subj"]):
        evidence.say(where, "This entry names somebody's record and does not say that it is about them.")


def signed_checkpoint(evidence: Evidence) -> Checkpoint | None:
    """The checkpoint, after saying what is wrong with it by itself; None where it is none."""
    try:
        checkpoint = parse_checkpoint(evidence.members[CHECKPOINT])
    except NotACheckpoint:
        evidence.say(CHECKPOINT, "This is not a checkpoint.")
        return None
    if checkpoint.vault != evidence.vault:
        evidence.say(CHECKPOINT, "This checkpoint is of another clinic.")
    if not checkpoint.is_signed_by(evidence.installation):
        evidence.say(CHECKPOINT, "The installation's signature of this checkpoint does not hold.")
    evidence.checkpoint = checkpoint
    return checkpoint


def _check_checkpoint(evidence: Evidence) -> None:
    checkpoint = signed_checkpoint(evidence)
    if checkpoint is None:
        return
    size = evidence.tree.size
    if (checkpoint.size, checkpoint.root) != (size, evidence.tree.root_at(size)):
        evidence.say(CHECKPOINT, "The log is not the one that this checkpoint was cut for.")
    if evidence.scope["log_size"] != size:
        evidence.say("data/scope.json", "The size of the log is not the one that is stated.")
