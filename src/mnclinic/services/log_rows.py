"""Entries of the log as rows to read: each told as a sentence, and each held against its own signature."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import NotCanonical, canonical_bytes, salted_digest
from mnclinic.audit.entry import ZERO_LEAF, is_of_other_version, is_signed_in_other_version, parse_entry
from mnclinic.audit.signing import entry_signing_bytes, verify
from mnclinic.audit.tree import leaf_hash
from mnclinic.domain.log_topic import Topic
from mnclinic.models import ApprovedDocument, LogDetail, LogEntry, Patient, RegisteredKey, Staff, Visit
from mnclinic.services.check_rows import ILL_WRITTEN, searched_in, searched_in_entry
from mnclinic.services.log_sentences import Names, place_of, sentence_of, topic_of
from mnclinic.services.standing import Standing, worst_of


@dataclass(frozen=True)
class LogRow:
    """One entry as people read it. `at` carries the place's offset; None where the bytes give no time."""

    seq: int
    at: datetime | None
    who: str
    role: str
    sentence: str
    action: str
    topic: Topic | None
    standing: Standing
    findings: tuple[str, ...]
    """Everything that is wrong with it, as sentences."""
    actor: str | None
    patient_ref: str | None
    categories: tuple[str, ...]
    run: str
    """The run of the program that it was made in."""
    is_clock_back: bool
    leaf: str


@dataclass(frozen=True)
class _Key:
    purpose: str
    staff_id: str | None
    public: bytes | None

    @classmethod
    def of(cls, row: RegisteredKey) -> "_Key":
        try:
            public = base64.b64decode(json.loads(row.document)["public"])
        except ILL_WRITTEN:
            public = None
        return cls(row.purpose, row.staff_id, public)


@dataclass(frozen=True)
class _Loaded:
    row: LogEntry
    fields: Mapping[str, Any]
    is_read: bool
    standing: Standing
    findings: tuple[str, ...]
    detail: Mapping[str, Any] | None


_UNREADABLE: dict[str, Any] = {
    "ts": "",
    "tz": "+00:00",
    "boot": "",
    "clk": "ok",
    "actor": {"uid": None, "role": None, "key": ""},
    "out": 0,
    "action": "",
    "subj": None,
    "obj": None,
    "cat": [],
    "why": None,
}


def rows_of(session: Session, numbers: Sequence[int], vault: str) -> tuple[LogRow, ...]:
    """The entries with these numbers, in this order, each checked alone: bytes, signature, link, columns.

    The log as a whole is another matter: see `services.check_store`.
    """
    wanted = set(numbers)
    stored = {
        row.seq: row
        for row in session.scalars(
            select(LogEntry).where(LogEntry.seq.in_(sorted(wanted | {one - 1 for one in numbers})))
        )
    }
    details = {
        row.seq: row.detail
        for row in session.execute(
            select(LogDetail.seq, LogDetail.detail).where(LogDetail.seq.in_(sorted(wanted)))
        )
    }
    keys = {row.key: _Key.of(row) for row in session.scalars(select(RegisteredKey))}
    loaded = [
        _checked(stored[number], stored.get(number - 1), details.get(number), keys, vault)
        for number in numbers
        if number in stored
    ]
    names = _names(session, loaded, keys)
    return tuple(_row(one, names) for one in loaded)


def _names(session: Session, entries: Sequence[_Loaded], keys: Mapping[str, _Key]) -> Names:
    """The names of everybody and everything that these entries speak of."""
    patients = {one.fields["subj"] for one in entries if one.fields["subj"]}
    objects = {one.fields["obj"]["id"] for one in entries if one.fields["obj"]}
    # What was asked of the log stands in the detail of the entry about that.
    objects |= {
        str(one.detail["object"]).partition(":")[2]
        for one in entries
        if one.detail is not None and one.detail.get("object")
    }
    staff = {
        row.id: f"{row.name}, {row.credential}" if row.credential else str(row.name)
        for row in session.scalars(select(Staff))
    }
    return Names(
        staff=staff,
        patients={
            row.ref: f"{row.first_name} {row.last_name} ({row.record_number})"
            for row in session.execute(
                select(Patient.ref, Patient.first_name, Patient.last_name, Patient.record_number).where(
                    Patient.ref.in_(sorted(patients))
                )
            )
        },
        visits={
            row.id: row.number
            for row in session.execute(select(Visit.id, Visit.number).where(Visit.id.in_(sorted(objects))))
        },
        keys={
            name: f"the {key.purpose} key of {staff[key.staff_id]}"
            if key.staff_id in staff
            else f"the {key.purpose} key"
            for name, key in keys.items()
        },
        approvers={
            (f"{row.kind}:{row.document_id}", row.version): signer
            for row in session.scalars(
                select(ApprovedDocument).where(
                    ApprovedDocument.document_id.in_(sorted(one.partition(":")[2] for one in objects)),
                    ApprovedDocument.approval.is_not(None),
                )
            )
            if (signer := _signer_of(row.approval)) is not None
        },
    )


def _signer_of(approval: bytes | None) -> str | None:
    """None where nobody signed it, or what stands there is none of ours, which the check says of it."""
    try:
        return None if approval is None else str(json.loads(approval)["signer"]["name"])
    except ILL_WRITTEN:
        return None


def _checked(
    row: LogEntry,
    before: LogEntry | None,
    detail: bytes | None,
    keys: Mapping[str, _Key],
    vault: str,
) -> _Loaded:
    try:
        fields = parse_entry(row.entry)
    except NotCanonical:
        publics = [key.public for key in keys.values() if key.public is not None]
        if is_signed_in_other_version(row.entry, row.signature, publics):
            said = "This entry is in a form that this version of mnclinic cannot check."
            return _Loaded(row, _UNREADABLE | _loosely(row.entry), True, Standing.NOT_CHECKED, (said,), None)
        if is_of_other_version(row.entry):
            said = "It is in another form, and no registered key signed it."
            return _Loaded(row, _UNREADABLE, False, Standing.SIGNATURE_BROKEN, (said,), None)
        said = "This is not a log entry in canonical form."
        return _Loaded(row, _UNREADABLE, False, Standing.ALTERED, (said,), None)
    leaf = leaf_hash(row.entry)
    found: list[tuple[Standing, str]] = []
    found += _signature(fields, leaf, row.signature, keys)
    found += _link(fields, row, before, vault)
    if row.leaf != leaf:
        found.append((Standing.ALTERED, "Its stored hash is not its own."))
    if searched_in(row) != searched_in_entry(fields):
        found.append((Standing.ALTERED, "What is searched in it is not what it says."))
    told, wrong = _detail(fields, detail)
    if wrong:
        found.append((Standing.ALTERED, wrong))
    standing = worst_of([one for one, _ in found])
    return _Loaded(row, fields, True, standing, tuple(said for _, said in found), told)


def _signature(
    fields: Mapping[str, Any], leaf: bytes, signature: bytes, keys: Mapping[str, _Key]
) -> list[tuple[Standing, str]]:
    key = keys.get(fields["actor"]["key"])
    if key is None:
        return [(Standing.SIGNATURE_BROKEN, "It is signed with a key that is not in the register.")]
    if key.public is None or not verify(key.public, signature, entry_signing_bytes(leaf)):
        return [(Standing.SIGNATURE_BROKEN, "It is not what its author signed.")]
    if key.staff_id != fields["actor"]["uid"]:
        return [(Standing.SIGNATURE_BROKEN, "It is signed with somebody else's key.")]
    return []


def _link(
    fields: Mapping[str, Any], row: LogEntry, before: LogEntry | None, vault: str
) -> list[tuple[Standing, str]]:
    found = []
    if fields["vault"] != vault:
        found.append((Standing.LINK_BROKEN, "It is of another clinic."))
    if fields["seq"] != row.seq:
        found.append((Standing.LINK_BROKEN, "It carries another number: one is missing, added or moved."))
    follows = leaf_hash(before.entry).hex() if before is not None else ZERO_LEAF
    if (before is None) != (row.seq == 1) or fields["prev"] != follows:
        found.append((Standing.LINK_BROKEN, "It does not follow the entry before it."))
    return found


def _detail(fields: Mapping[str, Any], stored: bytes | None) -> tuple[Mapping[str, Any] | None, str]:
    """The detail (None where it is not there or not the one that was entered), and what is wrong with it.

    It can be erased without breaking the log, but nothing here does that: a missing one is a fault.
    """
    salt = bytes.fromhex(fields["salt"])
    if stored is None:
        is_empty = salted_digest(salt, canonical_bytes({})) == fields["dh"]
        return ({}, "") if is_empty else (None, "Its detail is missing.")
    if salted_digest(salt, stored) != fields["dh"]:
        return None, "Its detail is not the one that was entered."
    told = json.loads(stored)
    return (told if isinstance(told, dict) else None), ""


def _loosely(data: bytes) -> dict[str, Any]:
    """The parts of an entry of another version that have the shape they have in this one."""
    value = json.loads(data)
    kept: dict[str, Any] = {}
    for name in ("ts", "tz", "boot", "clk", "action"):
        if isinstance(value.get(name), str):
            kept[name] = value[name]
    actor = value.get("actor")
    if isinstance(actor, dict) and isinstance(actor.get("uid"), str):
        kept["actor"] = {"uid": actor["uid"], "role": str(actor.get("role") or ""), "key": ""}
    if isinstance(value.get("subj"), str):
        kept["subj"] = value["subj"]
    return kept


def _row(loaded: _Loaded, names: Names) -> LogRow:
    fields = loaded.fields
    actor = fields["actor"]["uid"]
    who = names.person(actor)
    return LogRow(
        seq=loaded.row.seq,
        at=_instant(fields),
        who=who[0].upper() + who[1:],
        role=fields["actor"]["role"] or "",
        sentence=sentence_of(fields, loaded.detail, names)
        if loaded.is_read
        else "This entry cannot be read.",
        action=fields["action"],
        topic=topic_of(fields["action"]),
        standing=loaded.standing,
        findings=loaded.findings,
        actor=actor,
        patient_ref=fields["subj"],
        categories=tuple(fields["cat"]),
        run=fields["boot"],
        is_clock_back=fields["clk"] == "back",
        leaf=loaded.row.leaf.hex(),
    )


def _instant(fields: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(fields["ts"]).astimezone(place_of(str(fields["tz"])))
    except (ValueError, OverflowError):
        return None
