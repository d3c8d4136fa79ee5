"""Does a bundle about one person hold every entry about them, and only entries of the clinic's log?

The log itself stays at the clinic. Each entry here brings its path to the checkpoint's root, and the map of
people, entered right before the checkpoint, says how many entries speak of this person and which is the last.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mnclinic.audit import shape
from mnclinic.audit.canonical import NotCanonical, parse_document
from mnclinic.audit.entry import StoredEntry, parse_entry
from mnclinic.audit.note import Checkpoint
from mnclinic.audit.signing import decode_base64, entry_signing_bytes, verify
from mnclinic.audit.subject_map import (
    PREPARED,
    MapFacts,
    SubjectProof,
    ends_a_key,
    enrols_a_key,
    hashes_of,
    parse_map_document,
    parse_proof,
)
from mnclinic.audit.tree import leaf_hash, verify_consistency, verify_inclusion
from mnclinic.bundles.check_log import (
    LATER_FORM,
    SIGNATURES,
    check_actor,
    check_whose,
    is_entry_of,
    is_of_later_form,
    signed_checkpoint,
)
from mnclinic.bundles.content import HEADS, PROOFS, SLICE_FILES, SUBJECT_MAP, SUBJECT_PROOF
from mnclinic.bundles.evidence import LOG, Evidence, LogLine

SCOPE = "data/scope.json"
PROOF_LINE: shape.Shape = {"seq": int, "path": [shape.SHA256]}
HEAD_LINE: shape.Shape = {"size": int, "root": shape.SHA256, "path": [shape.SHA256]}
LOG_FILES = frozenset({LOG, SIGNATURES, "data/log/checkpoint.txt", *SLICE_FILES})


@dataclass
class _Reading:
    """How far the entries were read: the newest one, and the newest one about the person."""

    seq: int = 0
    leaf: bytes = b""
    count: int = 0
    last: bytes = bytes(32)
    clock_went_back: int = 0


def check_slice(evidence: Evidence) -> None:
    """Check each entry by itself, its place in the log, and that none about the person is left out."""
    for name in sorted(evidence.members):
        if name.startswith("data/log/") and name not in LOG_FILES:
            evidence.say(name, "This file has no place beside the log.")
    checkpoint = signed_checkpoint(evidence)
    evidence.heads = _heads(evidence, checkpoint)
    lines = evidence.lines(LOG)
    evidence.entries = len(lines)
    signatures = [decode_base64(line.decode("latin-1")) or b"" for line in evidence.lines(SIGNATURES)]
    if len(signatures) != len(lines):
        evidence.say(SIGNATURES, "There is not one signature for each entry of the log.")
        signatures += [b""] * (len(lines) - len(signatures))
    paths = list(_lines_of(evidence, PROOFS, PROOF_LINE))
    if len(paths) != len(lines):
        evidence.say(PROOFS, "There is not one proof for each entry of the log.")
        paths += [None] * (len(lines) - len(paths))
    reading = _Reading()
    for number, (line, signature, path) in enumerate(zip(lines, signatures, paths, strict=False), start=1):
        try:
            fields = parse_entry(line)
        except NotCanonical:
            _say_unreadable(evidence, number, StoredEntry(line, signature))
            continue
        where, leaf = f"{LOG} entry {fields['seq']}", leaf_hash(line)
        _check_place(evidence, where, fields, reading)
        if checkpoint is not None and not _is_in(checkpoint, fields["seq"], leaf, path):
            evidence.say(where, "This entry is not in the log that the checkpoint was cut for.")
        _check_subject(evidence, where, fields, leaf, reading)
        _check_signature(evidence, where, fields, leaf, signature)
        check_actor(evidence, where, fields)
        check_whose(evidence, where, fields)
        reading.clock_went_back += fields["clk"] == "back"
        reading.seq, reading.leaf = fields["seq"], leaf
        evidence.leaves[fields["seq"]] = leaf
        evidence.take(LogLine(fields["seq"], fields))
    if reading.clock_went_back:
        evidence.note(
            LOG,
            f"The computer's clock stood behind an earlier entry at {reading.clock_went_back} entries.",
        )
    if checkpoint is not None:
        _check_counts(evidence, checkpoint)
        _check_map(evidence, checkpoint, reading)


def _say_unreadable(evidence: Evidence, number: int, stored: StoredEntry) -> None:
    where = f"{LOG} line {number}"
    if is_of_later_form(evidence, stored, leaf_hash(stored.data)):
        evidence.miss(where, LATER_FORM)
    else:
        evidence.say(where, "This is not a log entry in canonical form.")


def _check_place(evidence: Evidence, where: str, fields: Mapping[str, Any], reading: _Reading) -> None:
    if fields["vault"] != evidence.vault:
        evidence.say(where, "This entry is of another clinic.")
    if fields["seq"] <= reading.seq:
        evidence.say(where, "The entries are not in the order of the log.")
    elif fields["seq"] == reading.seq + 1 and reading.leaf and fields["prev"] != reading.leaf.hex():
        evidence.say(where, "This entry does not follow the entry before it.")


def _lines_of(evidence: Evidence, name: str, expected: shape.Shape) -> Iterator[Mapping[str, Any] | None]:
    """The documents of a file, a line each; None for one that cannot be read, after saying so."""
    for number, line in enumerate(evidence.lines(name), start=1):
        try:
            yield parse_document(line, expected)
        except NotCanonical:
            evidence.say(f"{name} line {number}", "This line is not a proof.")
            yield None


def _heads(evidence: Evidence, checkpoint: Checkpoint | None) -> dict[int, bytes]:
    """The root at every size that is proven to be an earlier state of the same log."""
    heads: dict[int, bytes] = {}
    for number, line in enumerate(_lines_of(evidence, HEADS, HEAD_LINE), start=1):
        if line is None or checkpoint is None:
            continue
        size, root = line["size"], bytes.fromhex(line["root"])
        if verify_consistency(size, checkpoint.size, root, checkpoint.root, hashes_of(line["path"])):
            heads[size] = root
        else:
            evidence.say(
                f"{HEADS} line {number}",
                "This is no earlier state of the log that the checkpoint was cut for.",
            )
    if checkpoint is not None:
        heads[checkpoint.size] = checkpoint.root
    return heads


def _is_in(checkpoint: Checkpoint, seq: int, leaf: bytes, path: Mapping[str, Any] | None) -> bool:
    return (
        path is not None
        and path["seq"] == seq
        and verify_inclusion(leaf, seq - 1, checkpoint.size, hashes_of(path["path"]), checkpoint.root)
    )


def _check_subject(
    evidence: Evidence, where: str, fields: Mapping[str, Any], leaf: bytes, reading: _Reading
) -> None:
    subject, number = fields["subj"], fields["ssq"]
    if subject is None:
        if number is not None or fields["sprev"] is not None:
            evidence.say(where, "This entry counts the entries of a person whom it does not name.")
        return
    if subject != evidence.scope["patient"]["ref"]:
        evidence.say(where, "This entry speaks of another person than the one whom this bundle is about.")
        return
    if number is not None and number > reading.count + 1:
        evidence.miss(
            where,
            f"This is entry {number} about this person, and the entries {reading.count + 1} to {number - 1} "
            "are not in the bundle.",
        )
    elif (number, fields["sprev"]) != (reading.count + 1, reading.last.hex()):
        evidence.say(where, "This entry does not follow the entry before it about the same person.")
    reading.count, reading.last = number or reading.count + 1, leaf


def _check_signature(
    evidence: Evidence, where: str, fields: Mapping[str, Any], leaf: bytes, signature: bytes
) -> None:
    public = evidence.register.public_of(fields["actor"]["key"])
    if public is None:
        evidence.say(where, "This entry is signed with a key that is not in the register.")
    elif not verify(public, signature, entry_signing_bytes(leaf)):
        evidence.say(where, "The signature of this entry does not hold.")


def _check_counts(evidence: Evidence, checkpoint: Checkpoint) -> None:
    if evidence.scope["log_size"] != checkpoint.size:
        evidence.say(SCOPE, "The size of the log is not the one that is stated.")
    if evidence.scope["patient"]["withheld_entries"] != checkpoint.size - evidence.entries:
        evidence.say(SCOPE, "The number of entries withheld is not the one that the checkpoint gives.")


def _check_map(evidence: Evidence, checkpoint: Checkpoint, reading: _Reading) -> None:
    """The map entered right before the checkpoint counts this person's entries, and the keys'."""
    facts = _facts(evidence, checkpoint)
    try:
        proof = parse_proof(evidence.members[SUBJECT_PROOF])
    except NotCanonical:
        evidence.say(SUBJECT_PROOF, "This document is not in the form that the clinic signs.")
        return
    if facts is None:
        return
    _check_key_entries(evidence, facts)
    if proof.row.subject != evidence.scope["patient"]["ref"]:
        evidence.say(SUBJECT_PROOF, "This proof is about another person.")
    elif not proof.holds(facts.root):
        evidence.say(SUBJECT_PROOF, "This proof does not lead to the map of people in the log.")
    else:
        _check_entries_about_them(evidence, proof, reading)


def _facts(evidence: Evidence, checkpoint: Checkpoint) -> MapFacts | None:
    document = evidence.members[SUBJECT_MAP]
    try:
        fields = parse_map_document(document)
    except NotCanonical:
        evidence.say(SUBJECT_MAP, "This document is not in the form that the clinic signs.")
        return None
    facts = MapFacts(
        fields["size"],
        fields["subjects"],
        bytes.fromhex(fields["root"]),
        fields["keys"],
        fields["ended_keys"],
    )
    last = next((line for line in evidence.log if line.seq == checkpoint.size), None)
    if last is None:
        evidence.miss(
            SUBJECT_MAP,
            f"{LOG} entry {checkpoint.size}, which enters the map of people, is not in the bundle.",
        )
        return None
    if (
        last.fields["action"] != PREPARED
        or not is_entry_of(last.fields, facts, document)
        or (facts.size, fields["vault"]) != (checkpoint.size - 1, evidence.vault)
    ):
        evidence.say(SUBJECT_MAP, "This is not the map of people that the log's last entry speaks of.")
        return None
    return facts


def _check_key_entries(evidence: Evidence, facts: MapFacts) -> None:
    """Whoever left out that a key was revoked would have its later signatures count."""
    for words, counted, are_counted in (
        ("enrolled", facts.keys, enrols_a_key),
        ("ended", facts.ended_keys, ends_a_key),
    ):
        held = sum(
            are_counted(line.fields["action"], line.fields["obj"] and line.fields["obj"]["t"])
            for line in evidence.log
        )
        if held < counted:
            evidence.miss(
                LOG, f"The log has {counted} entries by which keys were {words}; {held} are in the bundle."
            )
        elif held > counted:
            evidence.say(LOG, f"More entries say that keys were {words} than the map of people counts.")


def _check_entries_about_them(evidence: Evidence, proof: SubjectProof, reading: _Reading) -> None:
    proven = proof.row
    if evidence.scope["patient"]["entries"] != proven.count:
        evidence.say(SCOPE, "The number of entries about this person is not the one that is proven.")
    if reading.count < proven.count:
        evidence.miss(
            LOG,
            f"The log has {proven.count} entries about this person; the last {proven.count - reading.count} "
            "are not in the bundle.",
        )
    elif reading.count > proven.count:
        evidence.say(LOG, "There are more entries about this person than the map of people counts.")
    elif reading.last != proven.last_leaf:
        evidence.say(LOG, "The last entry about this person is not the one that the map of people names.")
    else:
        evidence.note(
            SCOPE,
            f"This bundle is about one person. The log has {proven.count} entries about them, and all are "
            f"here. {evidence.scope['patient']['withheld_entries']} other entries are withheld.",
        )
