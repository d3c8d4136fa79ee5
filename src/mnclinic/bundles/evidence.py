"""What a bundle brings and what the checks have found out so far: shared by the steps of one verification."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from mnclinic.audit import shape
from mnclinic.audit.canonical import NotCanonical, parse_document, salted_digest, sha256_hex
from mnclinic.audit.entry import local_day_of
from mnclinic.audit.keyregister import DIRECTOR, Key, KeyRegister
from mnclinic.audit.note import Checkpoint
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.audit.tree import EMPTY_ROOT, MemoryTree
from mnclinic.audit.whose import WhoseOfLog

LOG = "data/log/entries.jsonl"
MADE_AFTER_THE_END = "This was made with a key that had been revoked."


@dataclass(frozen=True)
class BundleFinding:
    """Something wrong: the member, the log entry or the visit, and what about it."""

    where: str
    what: str


@dataclass(frozen=True)
class LogLine:
    """An entry of the log that could be read."""

    seq: int
    fields: Mapping[str, Any]

    @property
    def day(self) -> str:
        """The calendar day on which it was made, where the clinic is."""
        return local_day_of(self.fields)

    def speaks_of(self, content: bytes) -> bool:
        """Is this content the object that the entry was made about?"""
        return bool(self.fields["obj"]["h"] == salted_digest(bytes.fromhex(self.fields["salt"]), content))


@dataclass(frozen=True)
class Record:
    """A visit record that could be read, with the name of its member."""

    name: str
    fields: Mapping[str, Any]
    sha256: str

    @property
    def visit(self) -> str:
        """The visit's id."""
        return str(self.fields["visit"])

    @property
    def revision(self) -> int:
        """Counts from 1."""
        return int(self.fields["revision"])


@dataclass(frozen=True)
class Declaration:
    """The declaration of a solo-physician clinic: its digest, whose it is, its entry in the log."""

    sha256: str
    staff: str
    seq: int


@dataclass
class Evidence:
    """Members in, findings out; each step adds what the next ones build on."""

    members: Mapping[str, bytes]
    altered: list[BundleFinding] = field(default_factory=list)
    missing: list[BundleFinding] = field(default_factory=list)
    mistaken: list[BundleFinding] = field(default_factory=list)
    notes: list[BundleFinding] = field(default_factory=list)
    scope: Mapping[str, Any] = field(default_factory=dict)
    register: KeyRegister = field(default_factory=KeyRegister)
    trusted: frozenset[str] = frozenset()
    fingerprint: str = ""
    installation: bytes = b""
    tree: MemoryTree = field(default_factory=MemoryTree)
    heads: dict[int, bytes] | None = None
    """In a slice of the log the root at each size that is proven; None where the whole log is here."""
    checkpoint: Checkpoint | None = None
    leaves: dict[int, bytes] = field(default_factory=dict)
    """The leaf of each entry that a slice holds, by number."""
    entries: int = 0
    log: list[LogLine] = field(default_factory=list)
    whose: WhoseOfLog = field(default_factory=WhoseOfLog)
    log_by_object: dict[tuple[str, str], list[LogLine]] = field(default_factory=lambda: defaultdict(list))
    visits: dict[str, dict[int, Record]] = field(default_factory=lambda: defaultdict(dict))
    signature_records: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    amendments: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    performed: set[tuple[str, int]] = field(default_factory=set)
    ended: dict[str, int] = field(default_factory=dict)
    """For each key that was revoked, the number of the entry that ended it."""
    deciding: set[str] = field(default_factory=set)
    """The directors' keys with which a decision, an approval or a declaration in here was signed."""
    unchecked: list[BundleFinding] = field(default_factory=list)
    scans: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each scan that is here and whole, by its id."""
    declaration: Declaration | None = None
    own_judgements: int = 0

    @property
    def vault(self) -> str:
        """The clinic whose bundle this says it is."""
        return str(self.scope.get("vault", ""))

    def say(self, where: str, what: str) -> None:
        """Something was altered."""
        self.altered.append(BundleFinding(where, what))

    def miss(self, where: str, what: str) -> None:
        """Something that belongs in here is not there."""
        self.missing.append(BundleFinding(where, what))

    def mistake(self, where: str, what: str) -> None:
        """What was given beside this bundle does not belong to it, so it answers nothing."""
        self.mistaken.append(BundleFinding(where, what))

    def doubt(self, where: str, what: str) -> None:
        """Something holds in itself and nobody has compared it with paper yet."""
        self.unchecked.append(BundleFinding(where, what))

    def note(self, where: str, what: str) -> None:
        """Something that a reader should know and that is no fault."""
        self.notes.append(BundleFinding(where, what))

    def read(self, name: str, expected: shape.Shape) -> Mapping[str, Any] | None:
        """The canonical document in a member, or None after saying that it cannot be read."""
        try:
            return parse_document(self.members[name], expected)
        except NotCanonical:
            self.say(name, "This document is not in the form that the clinic signs.")
            return None

    def read_claimed(self, name: str, claim: str, expected: shape.Shape) -> Mapping[str, Any] | None:
        """The document whose hash the entry of the making holds as `claim`; None where it is not here."""
        wanted = self.scope["made"]["detail"][claim]
        if name not in self.members:
            if wanted is not None:
                self.miss(name, "The log's entry of the making names this list, which is not in the bundle.")
            return None
        if sha256_hex(self.members[name]) != wanted:
            self.say(name, "This list is not the one that the log's entry of the making names.")
        return self.read(name, expected)

    def lines(self, name: str) -> list[bytes]:
        """The lines of a member, after saying so if the last one is cut short."""
        lines = self.members[name].split(b"\n")
        if lines.pop():
            self.say(name, "The last line of this file is cut short.")
        return lines

    def is_in_period(self, day: str) -> bool:
        """Whether the bundle is to hold what was written down on this day."""
        first, last = self.scope["from"], self.scope["to"]
        return (first is None or first <= day) and (last is None or day <= last)

    def check_count(self, what: str, count: int) -> None:
        """Is so much withheld as the log says?"""
        if sum(one["count"] for one in self.scope["withheld"] if one["what"] == what) != count:
            self.miss("data/scope.json", f"The count of {what} is not the one that the log gives.")

    def ids_in_log(self, kind: str) -> list[str]:
        """The ids of the objects of a kind that the entries here speak of, in order."""
        return sorted(object_id for one, object_id in self.log_by_object if one == kind)

    def log_of(self, kind: str, object_id: str) -> list[LogLine]:
        """The entries about an object."""
        return self.log_by_object.get((kind, object_id), [])

    def enrolled(self, key: Key) -> LogLine | None:
        """The entry by which a key of the register came into the log."""
        return next((line for line in self.log_of("key", key.id) if line.speaks_of(key.document)), None)

    def record(self, visit: str, revision: int) -> Record | None:
        """One record, if it is here and could be read."""
        return self.visits[visit].get(revision) if visit in self.visits else None

    def records_of(self, visit: str) -> list[Record]:
        """A visit's records, oldest revision first; at least one."""
        revisions = self.visits[visit]
        return [revisions[revision] for revision in sorted(revisions)]

    @property
    def records(self) -> list[Record]:
        """Every record, by visit and revision."""
        return [record for visit in sorted(self.visits) for record in self.records_of(visit)]

    @property
    def patients(self) -> int:
        """How many people the records speak of."""
        return len({record.fields["patient"]["ref"] for record in self.records})

    def take(self, line: LogLine) -> None:
        """Take in the next entry that could be read."""
        self.log.append(line)
        if (thing := line.fields["obj"]) is not None:
            self.log_by_object[thing["t"], thing["id"]].append(line)

    def check_signed(self, name: str, signed: Mapping[str, Any]) -> Key | None:
        """Check the signature beside a signature or approval record; the signer's key if it holds.

        `name` is the member `….json`; the signature lies in `….sig`.
        """
        signature = self.members.get(name.removesuffix(".json") + ".sig")
        if signature is None:
            self.miss(name, "The signature that belongs to this record is missing.")
            return None
        if signed["vault"] != self.vault:
            self.say(name, "This record is of another clinic.")
        key = self.register.keys.get(signed["signer"]["key"])
        if key is None or key.purpose != "signature":
            self.say(name, "This is signed with a key that signs nothing here.")
            return None
        if not verify(key.public, signature, record_signing_bytes(self.members[name])):
            self.say(name, "The signature does not belong to this record.")
            return None
        if key.staff != signed["signer"]["staff"]:
            self.say(name, "The key belongs to somebody else than the printed signer.")
        elif key.name != signed["signer"]["name"]:
            self.note(name, "The signer's printed name is not the one in the key register.")
        return key

    def check_head(self, name: str, signed: Mapping[str, Any]) -> None:
        """Was the log once as the record says? If so, nobody made the record before that."""
        size = signed["tree"]["size"]
        if self.heads is not None:
            self._check_head_of_slice(name, size, signed["tree"]["root"])
        elif not 0 <= size <= self.tree.size or self.tree.root_at(size).hex() != signed["tree"]["root"]:
            self.say(name, "This names a state that the log never had.")

    def _check_head_of_slice(self, name: str, size: int, root: str) -> None:
        heads = {0: EMPTY_ROOT, **(self.heads or {})}
        if 0 <= size <= max(heads) and size not in heads:
            self.miss(name, "The proof of the state of the log that this names is not in the bundle.")
        elif size not in heads or heads[size].hex() != root:
            self.say(name, "This names a state that the log never had.")

    def root_at(self, size: int) -> bytes | None:
        """The root of the log's first `size` entries, None where this bundle cannot tell it."""
        if self.heads is not None:
            return self.heads.get(size)
        return self.tree.root_at(size) if 0 <= size <= self.tree.size else None

    def entries_held(self, most: int) -> Collection[int]:
        """The numbers of the entries that are here, up to `most`, in order."""
        if self.heads is not None:
            return [seq for seq in sorted(self.leaves) if seq <= most]
        return range(1, min(self.tree.size, most) + 1)

    def leaf_of(self, seq: int) -> bytes | None:
        """The leaf of an entry, None where this bundle does not hold it."""
        if self.heads is not None:
            return self.leaves.get(seq)
        return self.tree.lookup(0, seq - 1) if 1 <= seq <= self.tree.size else None

    def check_in_force(self, name: str, signed: Mapping[str, Any], line: LogLine | None) -> None:
        """Was the key in force where the log has the signature, and at the head that the signature names?"""
        end = self.ended.get(signed["signer"]["key"])
        if end is not None and (signed["tree"]["size"] >= end or (line is not None and line.seq > end)):
            self.say(name, MADE_AFTER_THE_END)

    def check_directors_word(
        self, name: str, said: Mapping[str, Any], line: LogLine | None, what: str
    ) -> None:
        """Was this, called `what`, signed by a director, under the state of the log in which it was entered?

        `line` is its entry, None where the log has none.
        """
        key = self.check_signed(name, said)
        if key is not None and key.role != DIRECTOR:
            self.say(name, f"Somebody else than a director signed this {what}.")
        elif key is not None:
            self.deciding.add(key.id)
        self.check_head(name, said)
        if key is not None:
            self.check_in_force(name, said, line)
        if line is not None and not line.seq - 2 <= said["tree"]["size"] < line.seq:
            # Only a jump of the clock is ever entered in between.
            self.say(name, "This names another state of the log than the one that it was entered in.")


def digest_of(data: bytes) -> str:
    """The digest by which records and documents name each other."""
    return sha256_hex(data)
