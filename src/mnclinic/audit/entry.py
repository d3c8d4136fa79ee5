"""One entry of the log: how it is written, read back, and checked in a row of others.

Pure: bytes in, bytes out. An entry's bytes are canonical JSON and are stored as they were signed.
Patient data has no place in them: what an act was about stands as a random reference and as salted
hashes, and the detail that may name a person is kept apart.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from mnclinic.audit import shape
from mnclinic.audit.canonical import (
    NotCanonical,
    canonical_bytes,
    parse_canonical,
    parse_document,
    salted_digest,
)
from mnclinic.audit.signing import entry_signing_bytes, verify
from mnclinic.audit.tree import leaf_hash
from mnclinic.domain.instants import read_instant

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

NOT_AN_ENTRY = "This is not a log entry in canonical form."
UNKNOWN_KEY = "This entry is signed with a key that is not in the register."
NO_SUCH_TIME = "This entry names a time that no clock shows."
WRONG_HIGH_WATER = "The newest time that this entry carries is not the one of the entries up to it."
WRONG_CLOCK_MARK = "This entry says otherwise than its times whether the clock had been set back."
BROKEN_SIGNATURE = "The signature of this entry does not hold."
NOT_CHECKABLE = "This entry is in a form that this version of mnclinic cannot check."

_PLAIN = r"[ !#-\[\]-~]*"  # printable ASCII without the quote and the backslash: stands in JSON as it is
_WHOLE = r"0|-?[1-9][0-9]{0,14}"  # fifteen digits are always in range
_TEXT = f'"{_PLAIN}"'
_PLAIN_ENTRY = re.compile(
    rf"""{{"action":"({_PLAIN})","actor":{{"key":"({shape.KEY_ID.pattern})","""
    rf""""role":(?:null|"({_PLAIN})"),"uid":(?:null|"({shape.UUID.pattern})")}},"app":{_TEXT},"""
    rf'''"boot":"{shape.EIGHT_BYTES.pattern}","cat":\[(?:{_TEXT}(?:,{_TEXT})*)?\],"clk":"(ok|back)",'''
    rf""""dh":"({shape.SHA256.pattern})","for":null,"hwm":"({shape.INSTANT.pattern})","""
    rf""""inst":"({shape.KEY_ID.pattern})","kind":"([CRUDESPQ])","mono":(?:{_WHOLE}),"""
    rf""""obj":(?:null|{{"h":"({shape.SHA256.pattern})","id":"({_PLAIN})","rev":({_WHOLE}),"""
    rf""""t":"({_PLAIN})"}}),"out":(?:{_WHOLE}),"prev":"({shape.SHA256.pattern})","""
    rf""""salt":"({shape.SIXTEEN_BYTES.pattern})","seq":({_WHOLE}),"""
    rf""""sprev":(?:null|"({shape.SHA256.pattern})"),"ssq":(?:null|({_WHOLE})),"""
    rf""""subj":(?:null|"({shape.UUID.pattern})"),"ts":"({shape.INSTANT.pattern})","""
    rf'''"tz":"{shape.UTC_OFFSET.pattern}","v":{ENTRY_VERSION},"vault":"({shape.UUID.pattern})",'''
    rf""""why":(?:null|"({_PLAIN})")}}"""
)
"""Matches only bytes that `parse_entry` takes, and nearly all that the program writes. A log is read with it
in a small part of the time that parsing and writing anew take; what it does not match goes that longer way.
"""


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
    data = _plain_bytes(entry)
    if data is None:
        if misfit := shape.first_misfit(entry, ENTRY_SHAPE):
            raise ValueError(f"{misfit} does not fit a log entry")
        data = canonical_bytes(entry)
    return BuiltEntry(data, leaf_hash(data))


def _plain_bytes(entry: Mapping[str, Any]) -> bytes | None:
    """The canonical bytes of nearly every entry; None where the longer way has to look at it.

    The one expression says of the bytes all that shape and canonical form ask of the parts.
    """
    try:
        spelled = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except (TypeError, ValueError):
        return None
    return spelled.encode() if _PLAIN_ENTRY.fullmatch(spelled) else None


def parse_entry(data: bytes) -> Mapping[str, Any]:
    """The entry's fields.

    Raises:
        NotCanonical: Bytes in another form, another version, or with other fields.
    """
    text = _as_ascii(data)
    if text is not None and _PLAIN_ENTRY.fullmatch(text):
        fields: Mapping[str, Any] = json.loads(text)
        return fields
    return parse_document(data, ENTRY_SHAPE)


class EntryFacts(NamedTuple):
    """What the whole log's check reads of an entry. Whole numbers are the digits that stand in its bytes."""

    action: str
    key: str
    role: str | None
    actor: str | None
    clk: str
    detail_hash: str
    high_water: str
    installation: str
    kind: str
    object_hash: str | None
    object_id: str | None
    object_revision: str | None
    object_kind: str | None
    previous: str
    salt: str
    seq: str
    subject_previous: str | None
    subject_seq: str | None
    subject: str | None
    ts: str
    vault: str
    why: str | None


def read_plainly(data: bytes) -> tuple[Any, ...] | None:
    """What `EntryFacts` holds, as `read_facts` reads it of nearly every entry.

    None where that takes the longer way.
    """
    try:
        plain = _PLAIN_ENTRY.fullmatch(data.decode("ascii"))
    except UnicodeDecodeError:
        return None
    return None if plain is None else plain.groups()


def read_facts(data: bytes) -> EntryFacts:
    """The same entries as `parse_entry`, read faster, without the fields that nothing hangs on.

    Raises:
        NotCanonical: As there.
    """
    plain = read_plainly(data)
    if plain is not None:
        return EntryFacts._make(plain)
    entry = parse_document(data, ENTRY_SHAPE)
    named = entry["obj"] or {"h": None, "id": None, "rev": None, "t": None}
    return EntryFacts(
        action=entry["action"],
        key=entry["actor"]["key"],
        role=entry["actor"]["role"],
        actor=entry["actor"]["uid"],
        clk=entry["clk"],
        detail_hash=entry["dh"],
        high_water=entry["hwm"],
        installation=entry["inst"],
        kind=entry["kind"],
        object_hash=named["h"],
        object_id=named["id"],
        object_revision=None if named["rev"] is None else str(named["rev"]),
        object_kind=named["t"],
        previous=entry["prev"],
        salt=entry["salt"],
        seq=str(entry["seq"]),
        subject_previous=entry["sprev"],
        subject_seq=None if entry["ssq"] is None else str(entry["ssq"]),
        subject=entry["subj"],
        ts=entry["ts"],
        vault=entry["vault"],
        why=entry["why"],
    )


def fields_as_they_stand(data: object) -> Mapping[str, Any]:
    """What somebody who goes on working reads of the newest entry; nothing where it is none.

    That it is none is for a check to say.
    """
    try:
        fields = json.loads(data)  # type: ignore[arg-type] # whatever stands in the column
    except (ValueError, TypeError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def is_of_other_version(data: bytes) -> bool:
    """Whether these bytes, which are no entry of ours, are canonical JSON that names another version."""
    try:
        value = parse_canonical(data)
    except NotCanonical:
        return False
    version = value.get("v") if isinstance(value, dict) else None
    return isinstance(version, int) and not isinstance(version, bool) and version != ENTRY_VERSION


def is_signed_in_other_version(data: bytes, signature: bytes, publics: Iterable[bytes]) -> bool:
    """Whether another version wrote this entry. How entries are signed stays: a registered key signed it."""
    signed = entry_signing_bytes(leaf_hash(data))
    return is_of_other_version(data) and any(verify(public, signature, signed) for public in publics)


def _as_ascii(data: bytes) -> str | None:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError:
        return None


def treated_on_category(day: str) -> str:
    """The category that makes the day of treatment (`YYYY-MM-DD`) part of a late freezing entry.

    A bundle of a period proves with it that no visit of the period was left out. Entries of the same day
    need none (earlier versions gave them one too): see `local_day_of`.
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
class CheckedEntry:
    """One entry as read: its place, leaf hash, fields (None if unreadable) and what is wrong with it."""

    seq: int
    leaf: bytes
    fields: Mapping[str, Any] | None
    findings: tuple[str, ...]


class Chain:
    """What has to hold from one entry to the next: number, clinic, links. Takes a whole log from seq 1."""

    def __init__(self, vault: str, *, skips_unread: bool = False) -> None:
        """Expect the first entry of this clinic.

        Args:
            vault: The clinic.
            skips_unread: Whether entries that cannot be read may have spoken of anybody, so that a gap of
                no more than those in somebody's own entries is none.
        """
        self._vault = vault
        self._skips_unread = skips_unread
        self.previous = ZERO_LEAF
        """The leaf hash of the newest entry, in hex."""
        self.seq = 0
        self.subjects: dict[str, tuple[int, bytes]] = {}
        """How many entries spoke of each person so far, and the newest one's leaf."""
        self.unread = 0
        """How many entries said nothing that can be read here; each may have spoken of somebody."""

    def go_on(self, seq: int, previous: str) -> None:
        """Take in entries up to one's number and leaf hash in hex.

        Whoever read them has seen that each follows, and has kept up `subjects`.
        """
        self.seq, self.previous = seq, previous

    def take(self, leaf: bytes, facts: EntryFacts | None) -> list[str]:
        """What is wrong with how the next entry follows; `facts` is None where it cannot be read."""
        self.seq += 1
        previous, self.previous = self.previous, leaf.hex()
        if facts is None:
            self.unread += 1
            return []
        found = []
        if facts.vault != self._vault:
            found.append("This entry is of another clinic.")
        if facts.seq != str(self.seq):
            found.append("This entry carries another number: one is missing, added or moved.")
        if facts.previous != previous:
            found.append("This entry does not follow the entry before it.")
        if facts.subject is None:
            if facts.subject_seq is not None or facts.subject_previous is not None:
                found.append("This entry counts the entries of a person whom it does not name.")
            return found
        last = self.subjects.get(facts.subject)
        count, before = (last[0], last[1].hex()) if last is not None else (0, ZERO_LEAF)
        if facts.subject_previous != before or facts.subject_seq != str(count + 1):
            if skipped := self._skipped_by(facts, count):
                self.unread -= skipped
                count += skipped
            else:
                found.append("This entry does not follow the entry before it about the same person.")
        self.subjects[facts.subject] = (count + 1, leaf)
        return found

    def _skipped_by(self, facts: EntryFacts, count: int) -> int:
        """How many entries about the person lie between, if that many could not be read; 0 if not."""
        said = (facts.subject_seq or "") if self._skips_unread else ""
        skipped = int(said) - count - 1 if said.isdigit() else 0
        return skipped if 0 < skipped <= self.unread else 0


class ClockMarks:
    """The rule by which the times of a whole log are written: each entry carries the newest time so far.

    A clock that went back is marked, and only that.
    """

    def __init__(self) -> None:
        """Expect the first entry."""
        self.high_water: str | None = ""
        """The newest time so far. A clock that went on is marked as ok, and shows this one or a later one.

        None behind an entry that cannot be read: nobody can tell what the next one had to carry on.
        """

    def take(self, facts: EntryFacts | None) -> list[str]:
        """What is wrong with the times of the next entry; `facts` is None where it cannot be read."""
        if facts is None:
            self.high_water = None
            return []
        before, self.high_water = self.high_water, facts.high_water
        is_time = read_instant(facts.ts) is not None
        is_newest_time = is_time if facts.high_water == facts.ts else read_instant(facts.high_water)
        if not is_newest_time:
            # Whoever writes the next one begins anew too.
            self.high_water = ""
        if not (is_time and is_newest_time):
            return [NO_SUCH_TIME]
        if before is None:
            return []
        found = []
        if facts.high_water != max(before, facts.ts):
            found.append(WRONG_HIGH_WATER)
        if facts.clk != ("back" if facts.ts < before else "ok"):
            found.append(WRONG_CLOCK_MARK)
        return found


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
    chain = Chain(vault)
    for seq, stored in enumerate(entries, start=1):
        leaf = leaf_hash(stored.data)
        try:
            fields, facts = parse_entry(stored.data), read_facts(stored.data)
        except NotCanonical:
            chain.take(leaf, None)
            yield CheckedEntry(seq, leaf, None, (NOT_AN_ENTRY,))
            continue
        found = chain.take(leaf, facts)
        public = public_of(facts.key)
        if public is None:
            found.append(UNKNOWN_KEY)
        elif not verify(public, stored.signature, entry_signing_bytes(leaf)):
            found.append(BROKEN_SIGNATURE)
        yield CheckedEntry(seq, leaf, fields, tuple(found))
