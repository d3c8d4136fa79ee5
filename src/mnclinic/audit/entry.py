"""One entry of the log: how it is written, read back, and checked in a row of others.

Pure: bytes in, bytes out. An entry's bytes are canonical JSON and are stored as they were signed.
Patient data has no place in them: what an act was about stands as a random reference and as salted
hashes, and the detail that may name a person is kept apart.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mnclinic.audit import shape
from mnclinic.audit.canonical import NotCanonical, canonical_bytes, parse_document, salted_digest
from mnclinic.audit.signing import entry_signing_bytes, verify
from mnclinic.audit.tree import leaf_hash

ENTRY_VERSION = 1
ZERO_LEAF = "0" * 64

ENTRY_SHAPE: shape.Shape = {
    "v": ENTRY_VERSION,
    "vault": shape.UUID,
    "seq": int,
    "prev": shape.SHA256,
    "salt": shape.SIXTEEN_BYTES,
    "ts": shape.INSTANT,
    "tz": shape.UTC_OFFSET,
    "mono": int,
    "boot": shape.EIGHT_BYTES,
    "hwm": shape.INSTANT,
    "clk": ("ok", "back"),
    "actor": {"uid": (None, shape.UUID), "role": (None, str), "key": shape.KEY_ID},
    "for": None,
    "inst": shape.KEY_ID,
    "app": str,
    "action": str,
    "kind": re.compile("[CRUDESPQ]"),
    "out": int,
    "subj": (None, shape.UUID),
    "ssq": (None, int),
    "sprev": (None, shape.SHA256),
    "obj": (None, {"t": str, "id": str, "rev": int, "h": shape.SHA256}),
    "cat": [str],
    "why": (None, str),
    "dh": shape.SHA256,
}

TREATED_ON = "treated_on:"


@dataclass(frozen=True)
class Actor:
    """Whose entry it is. `staff_id` None is the installation itself."""

    staff_id: str | None
    role: str | None
    key: str


@dataclass(frozen=True)
class EntryObject:
    """What the entry speaks of; `content` is its canonical bytes, of which only a salted hash is kept."""

    kind: str
    id: str
    revision: int
    content: bytes


@dataclass(frozen=True)
class LogPosition:
    """Where the entry stands: in the log, and among the entries of its subject.

    `previous` and `subject_previous` are leaf hashes, 32 zero bytes for a first one.
    """

    seq: int
    previous: bytes
    subject: str | None = None
    subject_seq: int | None = None
    subject_previous: bytes | None = None


@dataclass(frozen=True)
class BuiltEntry:
    """An entry's bytes and its leaf hash."""

    data: bytes
    leaf: bytes


def build_entry(
    *,
    vault: str,
    position: LogPosition,
    salt: bytes,
    ts: str,
    tz: str,
    mono: int,
    boot: str,
    hwm: str,
    clk: str,
    actor: Actor,
    installation: str,
    app: str,
    action: str,
    kind: str,
    object: EntryObject | None,
    categories: Iterable[str],
    why: str | None,
    detail: bytes,
    outcome: int = 0,
) -> BuiltEntry:
    """The canonical bytes of one entry. `detail` is canonical JSON; only its salted hash goes in.

    `salt` is 16 fresh bytes from the operating system. `ts` and `hwm` are `YYYY-MM-DDTHH:MM:SS.mmmZ`, `tz`
    is an offset such as `-06:00`, `mono` is milliseconds, `outcome` 0 means that the act succeeded.

    Raises:
        ValueError: A part does not fit the format: a defect of the caller.
    """
    entry = {
        "v": ENTRY_VERSION,
        "vault": vault,
        "seq": position.seq,
        "prev": position.previous.hex(),
        "salt": salt.hex(),
        "ts": ts,
        "tz": tz,
        "mono": mono,
        "boot": boot,
        "hwm": hwm,
        "clk": clk,
        "actor": {"uid": actor.staff_id, "role": actor.role, "key": actor.key},
        "for": None,
        "inst": installation,
        "app": app,
        "action": action,
        "kind": kind,
        "out": outcome,
        "subj": position.subject,
        "ssq": position.subject_seq,
        "sprev": position.subject_previous.hex() if position.subject_previous is not None else None,
        "obj": {
            "t": object.kind,
            "id": object.id,
            "rev": object.revision,
            "h": salted_digest(salt, object.content),
        }
        if object
        else None,
        "cat": list(categories),
        "why": why,
        "dh": salted_digest(salt, detail),
    }
    if misfit := shape.first_misfit(entry, ENTRY_SHAPE):
        raise ValueError(f"{misfit} does not fit a log entry")
    data = canonical_bytes(entry)
    return BuiltEntry(data, leaf_hash(data))


def parse_entry(data: bytes) -> Mapping[str, Any]:
    """The entry's fields.

    Raises:
        NotCanonical: Bytes in another form, another version, or with other fields.
    """
    return parse_document(data, ENTRY_SHAPE)


def treated_on_category(day: str) -> str:
    """The category that makes the day of treatment (`YYYY-MM-DD`) part of a freezing entry.

    A bundle of a period proves with it that no visit of the period was left out, late entries too.
    """
    return TREATED_ON + day


def treated_on_of(entry: Mapping[str, Any]) -> str | None:
    """The day of treatment that an entry commits to, if it does."""
    for category in entry["cat"]:
        day = category.removeprefix(TREATED_ON)
        if day != category and shape.DAY.fullmatch(day):
            return str(day)
    return None


def local_day_of(entry: Mapping[str, Any]) -> str:
    """The calendar day (`YYYY-MM-DD`) on which an entry was made, where the clinic is.

    For an instant that does not exist, such as one in a 13th month, the day as it is written.
    """
    sign = -1 if entry["tz"].startswith("-") else 1
    offset = timedelta(hours=int(entry["tz"][1:3]), minutes=int(entry["tz"][4:6]))
    try:
        return (datetime.fromisoformat(entry["ts"]) + sign * offset).date().isoformat()
    except (ValueError, OverflowError):
        return str(entry["ts"][:10])


@dataclass(frozen=True)
class StoredEntry:
    """An entry as a store or a bundle holds it."""

    data: bytes
    signature: bytes


@dataclass(frozen=True)
class LogFinding:
    """Something wrong with the log. `seq` is the place."""

    seq: int
    what: str


@dataclass(frozen=True)
class CheckedEntry:
    """One entry as read: its place, leaf hash, fields (None if unreadable) and what is wrong with it."""

    seq: int
    leaf: bytes
    fields: Mapping[str, Any] | None
    findings: tuple[str, ...]


def read_chain(
    entries: Iterable[StoredEntry], *, vault: str, public_of: Callable[[str], bytes | None]
) -> Iterator[CheckedEntry]:
    """Read a whole log from its first entry on and check each entry from recomputed values.

    Checked: form, clinic, number, link to the entry before, link among the subject's entries, key and
    signature. A clock that went back is ordered by number and is never a finding.

    Args:
        entries: The log from seq 1.
        vault: The clinic it has to be of.
        public_of: Finds a registered public key by key id.
    """
    previous = ZERO_LEAF
    subjects: dict[str, tuple[int, str]] = {}
    for seq, stored in enumerate(entries, start=1):
        leaf = leaf_hash(stored.data)
        fields: Mapping[str, Any] | None
        try:
            fields = parse_entry(stored.data)
        except NotCanonical:
            fields = None
            findings = ["This is not a log entry in canonical form."]
        else:
            findings = [*_findings_of_link(fields, seq, vault, previous)]
            findings += _findings_of_subject(fields, leaf, subjects)
            findings += _findings_of_signature(fields, leaf, stored.signature, public_of)
        yield CheckedEntry(seq, leaf, fields, tuple(findings))
        previous = leaf.hex()


def check_entries(
    entries: Iterable[StoredEntry], *, vault: str, public_of: Callable[[str], bytes | None]
) -> Iterator[LogFinding]:
    """Everything that is wrong in a whole log, in order, each with its place; arguments as `read_chain`."""
    for entry in read_chain(entries, vault=vault, public_of=public_of):
        for what in entry.findings:
            yield LogFinding(entry.seq, what)


def _findings_of_link(entry: Mapping[str, Any], seq: int, vault: str, previous: str) -> Iterator[str]:
    if entry["vault"] != vault:
        yield "This entry is of another clinic."
    if entry["seq"] != seq:
        yield "This entry carries another number: one is missing, added or moved."
    if entry["prev"] != previous:
        yield "This entry does not follow the entry before it."


def _findings_of_subject(
    entry: Mapping[str, Any], leaf: bytes, subjects: dict[str, tuple[int, str]]
) -> Iterator[str]:
    subject = entry["subj"]
    if subject is None:
        if entry["ssq"] is not None or entry["sprev"] is not None:
            yield "This entry counts the entries of a person whom it does not name."
        return
    count, last = subjects.get(subject, (0, ZERO_LEAF))
    if (entry["ssq"], entry["sprev"]) != (count + 1, last):
        yield "This entry does not follow the entry before it about the same person."
    subjects[subject] = (count + 1, leaf.hex())


def _findings_of_signature(
    entry: Mapping[str, Any], leaf: bytes, signature: bytes, public_of: Callable[[str], bytes | None]
) -> Iterator[str]:
    public = public_of(entry["actor"]["key"])
    if public is None:
        yield "This entry is signed with a key that is not in the register."
    elif not verify(public, signature, entry_signing_bytes(leaf)):
        yield "The signature of this entry does not hold."
