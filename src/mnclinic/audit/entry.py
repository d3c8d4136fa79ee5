"""One entry of the log: how it is written, read back, and checked in a row of others.

Pure: bytes in, bytes out. An entry's bytes are canonical JSON and are stored as they were signed.
Patient data has no place in them: what an act was about stands as a random reference and as salted
hashes, and the detail that may name a person is kept apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mnclinic.audit.canonical import (
    NotCanonical,
    canonical_bytes,
    parse_canonical,
    salted_digest,
)
from mnclinic.audit.signing import entry_signing_bytes, verify
from mnclinic.audit.tree import leaf_hash

ENTRY_VERSION = 1
ZERO_LEAF = "0" * 64
KINDS = frozenset("CRUDESPQ")
FIELDS = frozenset(
    (
        "v", "vault", "seq", "prev", "salt", "ts", "tz", "mono", "boot", "hwm", "clk", "actor", "for", "inst",
        "app", "action", "kind", "out", "subj", "ssq", "sprev", "obj", "cat", "why", "dh",
    )
)  # fmt: skip


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


@dataclass(frozen=True)
class LogFinding:
    """Something wrong with the log. `seq` is the place."""

    seq: int
    what: str


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
    object: EntryObject | None,  # noqa: A002 - the field's own word
    categories: Iterable[str],
    why: str | None,
    detail: bytes,
) -> BuiltEntry:
    """The canonical bytes of one entry. `detail` is canonical JSON; only its salted hash goes in."""
    data = canonical_bytes(
        {
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
            "out": 0,
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
    )
    return BuiltEntry(data, leaf_hash(data))


def parse_entry(data: bytes) -> Mapping[str, Any]:
    """The entry's fields.

    Raises NotCanonical for bytes in another form, another version, or with other fields.
    """
    value = parse_canonical(data)
    if not isinstance(value, dict) or value.get("v") != ENTRY_VERSION:
        raise NotCanonical("this is no log entry of a version that is known")
    if value.keys() != FIELDS or value["kind"] not in KINDS:
        raise NotCanonical("this log entry has other fields than its version")
    return value


@dataclass(frozen=True)
class StoredEntry:
    """An entry as a store or a bundle holds it."""

    data: bytes
    signature: bytes


def check_entries(
    entries: Iterable[StoredEntry], *, vault: str, public_of: Callable[[str], bytes | None]
) -> Iterator[LogFinding]:
    """Everything that is wrong in a whole log from its first entry on, in order, with its place.

    Checked from recomputed values: form, clinic, number, link to the entry before, link among the
    subject's entries, key and signature. A clock that went back is ordered by number and is no finding.

    Args:
        entries: The log from seq 1.
        vault: The clinic it has to be of.
        public_of: Finds a registered public key by key id.
    """
    previous = ZERO_LEAF
    subjects: dict[str, tuple[int, str]] = {}
    for seq, stored in enumerate(entries, start=1):
        leaf = leaf_hash(stored.data)
        try:
            entry = parse_entry(stored.data)
        except NotCanonical as error:
            yield LogFinding(seq, f"entry {seq}: {error}")
            previous = leaf.hex()
            continue
        if entry["vault"] != vault:
            yield LogFinding(seq, f"entry {seq} is of another clinic")
        if entry["seq"] != seq:
            yield LogFinding(seq, f"entry {seq} carries the number {entry['seq']}: one is missing or moved")
        if entry["prev"] != previous:
            yield LogFinding(seq, f"entry {seq} does not follow the entry before it")
        yield from _check_subject(seq, entry, leaf, subjects)
        public = public_of(entry["actor"]["key"])
        if public is None:
            yield LogFinding(seq, f"entry {seq} is signed by a key that is not registered")
        elif not verify(public, stored.signature, entry_signing_bytes(leaf)):
            yield LogFinding(seq, f"entry {seq}: the signature does not belong to it")
        previous = leaf.hex()


def _check_subject(
    seq: int, entry: Mapping[str, Any], leaf: bytes, subjects: dict[str, tuple[int, str]]
) -> Iterator[LogFinding]:
    subject = entry["subj"]
    if subject is None:
        if entry["ssq"] is not None or entry["sprev"] is not None:
            yield LogFinding(seq, f"entry {seq} counts entries of nobody")
        return
    count, last = subjects.get(subject, (0, ZERO_LEAF))
    if (entry["ssq"], entry["sprev"]) != (count + 1, last):
        yield LogFinding(seq, f"entry {seq} does not follow the entry before it about the same person")
    subjects[subject] = (count + 1, leaf.hex())
