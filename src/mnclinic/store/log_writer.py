"""Appending to the log, inside the transaction of the act that it speaks of.

The transaction holds the database's one write lock from its first statement, so nobody else can
append between reading the newest entry and writing the next.
"""

import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import LARGEST_INTEGER, canonical_bytes
from mnclinic.audit.entry import Actor as EntryActor
from mnclinic.audit.entry import (
    EntryObject,
    LogPosition,
    build_entry,
    fields_as_they_stand,
    treated_on_category,
)
from mnclinic.audit.note import build_checkpoint
from mnclinic.audit.signing import entry_signing_bytes
from mnclinic.audit.tree import HASH_BYTES, nodes_to_store, root_at, root_over
from mnclinic.domain.instants import STEP_TOLERATED, Clock, read_instant
from mnclinic.errors import ILL_WRITTEN, LogIllWritten
from mnclinic.models import Checkpoint, LogEntry
from mnclinic.store.plain_rows import plain_rows, plain_write

# An act asks and writes each of these, so they are put together once and go straight to the driver.
NEWEST_ENTRY = "SELECT seq, leaf, entry FROM log_entry ORDER BY seq DESC LIMIT 1"
OF_SUBJECT = "SELECT count, last_leaf FROM log_subject WHERE subject = :subject"
OF_SUBJECTS = """
SELECT subject, count, last_leaf FROM log_subject WHERE subject IN (SELECT value FROM json_each(:subjects))
"""
EDGE = """
SELECT level, position, hash FROM json_each(:edge) CROSS JOIN log_node
ON level = value ->> 0 AND position = value ->> 1
"""
ENTER = """
INSERT INTO log_entry (
  seq, entry, leaf, signature, action, subject, object_id, at, is_clock_back, actor, kind, object_kind
) VALUES (
  :seq, :entry, :leaf, :signature, :action, :subject, :object_id, :at, :is_clock_back, :actor, :kind,
  :object_kind
)
"""
ENTER_DETAIL = "INSERT INTO log_detail (seq, detail) VALUES (:seq, :detail)"
ENTER_NODE = (
    "INSERT INTO log_node (level, position, hash) VALUES (:level, :position, :hash) ON CONFLICT DO NOTHING"
)
ENTER_SUBJECT = """
INSERT INTO log_subject (subject, count, last_leaf) VALUES (:subject, :count, :last_leaf)
ON CONFLICT (subject) DO UPDATE SET count = excluded.count, last_leaf = excluded.last_leaf
"""
ENTER_CHECKPOINT = "INSERT INTO checkpoint (size, note) VALUES (:size, :note) ON CONFLICT DO NOTHING"

SALT_BYTES = 16
ILL_WRITTEN_LOG = (
    "What the log would go on from is not what mnclinic writes, so nothing can be entered in it. Nothing "
    "was changed and what was saved before is still there. Look at all of it with: mnclinic check. Then "
    "restore a backup from before that, and ask for help if there is none."
)
ILL_WRITTEN_COUNT = (
    "What the log counts about this person is not what mnclinic writes, so nothing about them can be entered "
    "in it or saved. Nothing was changed and what was saved before is still there. Look at all of it with: "
    "mnclinic check. Then restore a backup from before that, and ask for help if there is none."
)
CHECKPOINT_EVERY = timedelta(hours=1)
CLOCK_JUMPED = "clock.jumped"
RUN = os.urandom(8).hex()
"""Tells the runs of the program apart in the log."""


@dataclass(frozen=True)
class Scribe:
    """Whoever an entry is by, and how to sign for them. `staff_id` None is the installation itself."""

    staff_id: str | None
    role: str | None
    key: str
    sign: Callable[[bytes], bytes]
    why: str | None = None
    """Stands in every entry beside the reason that the act gives, such as `break_glass`."""


@dataclass(frozen=True)
class LoggedObject:
    """What an entry speaks of: its kind, id, revision and canonical bytes."""

    kind: str
    id: str
    revision: int
    content: bytes


@dataclass(frozen=True)
class Act:
    """One act to enter. `detail` may hold patient data: it is kept apart and can be erased."""

    action: str
    kind: str
    subject: str | None = None
    object: LoggedObject | None = None
    categories: tuple[str, ...] = ()
    why: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    treated_on: str | None = None
    """The day of a treatment (`YYYY-MM-DD`): stands in the entry where that was made on another day."""


@dataclass(frozen=True)
class TreeHead:
    """The log's size and root."""

    size: int
    root: bytes


@dataclass(frozen=True)
class Installation:
    """This installation's identity in the log, and how it signs checkpoints."""

    vault: str
    key: str
    public: bytes
    sign: Callable[[bytes], bytes]
    app: str


@dataclass
class _Tip:
    size: int
    leaf: bytes
    high_water: str
    reading: tuple[str, str, int] | None = None
    """Run, time and milliseconds of the newest entry that was there before; None once it was compared."""


class LogWriter:
    """The log, open for appending in one transaction."""

    def __init__(self, session: Session, installation: Installation, scribe: Scribe, clock: Clock) -> None:
        self._session = session
        self._installation = installation
        self._scribe = scribe
        self._clock = clock
        self._tip: _Tip | None = None
        self._entries: list[dict[str, Any]] = []
        self._details: list[dict[str, Any]] = []
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._subjects: dict[str, tuple[int, bytes]] = {}
        self._ahead: dict[str, tuple[object, object] | None] = {}
        """What stands of subjects that were asked of together; None where nothing does."""
        self._stored = 0
        self._ill: LogIllWritten | None = None
        self._refused: list[tuple[str, str | None]] = []
        self.has_grown = False
        """Whether anything was recorded in this transaction."""

    def newest_time(self) -> datetime | None:
        """The latest time that the log ever saw; None where that cannot be read, which `flush` refuses."""
        try:
            return read_instant(self._load_tip().high_water)
        except LogIllWritten:
            return None

    def read_ahead(self, subjects: Collection[str]) -> None:
        """Ask in one look-up for the counts of all of whom entries follow, where there are many of them."""
        rows = self._rows(OF_SUBJECTS, {"subjects": json.dumps(sorted(subjects))})
        self._ahead = dict.fromkeys(subjects)
        for subject, count, last_leaf in rows:
            self._ahead[subject] = (count, last_leaf)

    def record(self, act: Act, *, scribe: Scribe | None = None) -> bytes:
        """Enter an act, signed by the work's scribe or another; returns the entry's leaf hash.

        It reaches the database with `flush`, in the same transaction as everything else. Where somebody
        changed what the entry would stand on, `flush` refuses it, and everything with it.
        """
        try:
            return self._appended(act, scribe or self._scribe)
        except LogIllWritten as ill:
            self._ill = ill
            self._refused.append((act.action, act.subject))
            return bytes(HASH_BYTES)

    def _appended(self, act: Act, by: Scribe) -> bytes:
        tip = self._load_tip()
        now = self._clock.now()
        stamp, mono_ms = _stamp(now), self._clock.monotonic_ms()
        if (by_s := self._jumped_s(tip, now, mono_ms)) is not None:
            installation = self._installation
            self._appended(
                Act(CLOCK_JUMPED, "E", categories=("log",), detail={"by_s": by_s}),
                Scribe(None, None, installation.key, installation.sign),
            )
            tip = self._load_tip()
        high_water = max(tip.high_water, stamp)
        is_clock_back = stamp < tip.high_water
        count, last_leaf = self._subject(act.subject) if act.subject else (0, b"")
        salt = os.urandom(SALT_BYTES)
        detail = canonical_bytes(dict(act.detail))
        entry = build_entry(
            vault=self._installation.vault,
            position=LogPosition(
                seq=tip.size + 1,
                previous=tip.leaf,
                subject=act.subject,
                subject_seq=count + 1 if act.subject else None,
                subject_previous=last_leaf if act.subject else None,
            ),
            salt=salt,
            ts=stamp,
            tz=_offset(now),
            mono=mono_ms,
            boot=RUN,
            hwm=high_water,
            clk="back" if is_clock_back else "ok",
            actor=EntryActor(by.staff_id, by.role, by.key),
            installation=self._installation.key,
            app=self._installation.app,
            action=act.action,
            kind=act.kind,
            object=EntryObject(act.object.kind, act.object.id, act.object.revision, act.object.content)
            if act.object
            else None,
            categories=act.categories + _late_day(act, now),
            why=",".join(why for why in (act.why, by.why) if why) or None,
            detail=detail,
        )
        leaf = entry.leaf
        self.has_grown = True
        for node in nodes_to_store(tip.size, leaf, self._node):
            self._nodes[node.level, node.position] = node.digest
        self._entries.append(
            {
                "seq": tip.size + 1,
                "entry": entry.data,
                "leaf": leaf,
                "signature": by.sign(entry_signing_bytes(leaf)),
                "action": act.action,
                "subject": act.subject,
                "object_id": act.object.id if act.object else None,
                "at": stamp,
                "is_clock_back": is_clock_back,
                "actor": by.staff_id,
                "kind": act.kind,
                "object_kind": act.object.kind if act.object else None,
            }
        )
        if act.detail:
            self._details.append({"seq": tip.size + 1, "detail": detail})
        if act.subject:
            self._subjects[act.subject] = (count + 1, leaf)
        self._tip = _Tip(tip.size + 1, leaf, high_water)
        return leaf

    @property
    def recorded(self) -> tuple[tuple[str, str | None], ...]:
        """Action and subject of each entry that `flush` has yet to write, or refuses."""
        entered = ((entry["action"], entry["subject"]) for entry in self._entries)
        return (*entered, *self._refused)

    def _jumped_s(self, tip: _Tip, now: datetime, mono_ms: int) -> int | None:
        """By how many seconds the clock was set ahead since the newest entry, if that was of this run.

        In another run nobody counted the time between. A clock set back stands in the entry itself.
        """
        reading, tip.reading = tip.reading, None
        if reading is None or reading[0] != RUN or mono_ms < reading[2]:
            return None
        passed = timedelta(milliseconds=mono_ms - reading[2])
        ahead = now - datetime.fromisoformat(reading[1]) - passed
        return int(ahead.total_seconds()) if ahead > STEP_TOLERATED else None

    def head(self) -> TreeHead:
        """Size and root now, this transaction's own entries included. Raises LogIllWritten."""
        size = self._load_tip().size
        return TreeHead(size, root_at(size, self._node))

    def is_checkpoint_due(self) -> bool:
        """Whether something was recorded, and the newest checkpoint is an hour old or from the future."""
        if not self._entries:
            return False
        newest = self._session.execute(
            select(LogEntry.entry)
            .join(Checkpoint, Checkpoint.size == LogEntry.seq)
            .order_by(Checkpoint.size.desc())
            .limit(1)
        ).scalar()
        if newest is None:
            return True
        try:
            age = self._clock.now() - datetime.fromisoformat(json.loads(newest)["ts"])
        except ILL_WRITTEN:
            # Somebody changed that entry; the check of the store names it, and work goes on.
            return True
        return not timedelta(0) <= age < CHECKPOINT_EVERY

    def cut_checkpoint(self) -> bytes:
        """Sign the present head as a checkpoint, store it, and return the note's bytes."""
        note = self.signed_head()
        size = self._load_tip().size
        self._write(ENTER_CHECKPOINT, {"size": size, "note": note})
        return note

    def signed_head(self) -> bytes:
        """The present head as a note in a checkpoint's form, which is not stored."""
        head = self.head()
        installation = self._installation
        return build_checkpoint(
            installation.vault, head.size, head.root, public=installation.public, sign=installation.sign
        )

    def flush(self) -> None:
        """Write what was recorded into the open transaction.

        Raises LogIllWritten where something could not be entered: nothing may be stored then.
        """
        if self._ill is not None:
            raise self._ill
        if not self._entries:
            return
        self._write(ENTER, self._entries)
        if self._details:
            self._write(ENTER_DETAIL, self._details)
        first = self._entries[0]["seq"] - 1
        nodes = [
            {"level": level, "position": position, "hash": digest}
            for (level, position), digest in self._nodes.items()
            # Nodes that were only read lie wholly before this transaction's first leaf.
            if (position + 1) << level > first
        ]
        # A node that is there already was planted; the check of the store names it, and work goes on.
        self._write(ENTER_NODE, nodes)
        if self._subjects:
            self._write(
                ENTER_SUBJECT,
                [
                    {"subject": subject, "count": count, "last_leaf": leaf}
                    for subject, (count, leaf) in self._subjects.items()
                ],
            )
        self._entries, self._details, self._nodes, self._subjects, self._ahead = [], [], {}, {}, {}
        self._stored = self._load_tip().size

    def _load_tip(self) -> _Tip:
        if self._tip is None:
            rows = self._rows(NEWEST_ENTRY, {})
            if not rows:
                self._tip = _Tip(0, bytes(32), "")
            else:
                seq, leaf, entry = rows[0]
                if not 0 < seq < LARGEST_INTEGER:
                    raise LogIllWritten(ILL_WRITTEN_LOG)
                newest = fields_as_they_stand(entry)
                # Where no clock shows what stands there, somebody put it there: a check names it, and the
                # newest time begins anew.
                high_water = str(newest.get("hwm")) if read_instant(newest.get("hwm")) else ""
                self._tip = _Tip(seq, _hash(leaf), high_water, _reading_of(newest))
                self._stored = seq
        return self._tip

    def _subject(self, subject: str) -> tuple[int, bytes]:
        if subject not in self._subjects:
            row = self._ahead[subject] if subject in self._ahead else self._one_subject(subject)
            if row is None:
                return 0, bytes(HASH_BYTES)
            count, last_leaf = row
            if type(count) is not int or not 0 < count < LARGEST_INTEGER:
                raise LogIllWritten(ILL_WRITTEN_COUNT)
            return count, _hash(last_leaf, ILL_WRITTEN_COUNT)
        return self._subjects[subject]

    def _one_subject(self, subject: str) -> tuple[object, object] | None:
        for count, last_leaf in self._rows(OF_SUBJECT, {"subject": subject}):
            return count, last_leaf
        return None

    def _node(self, level: int, position: int) -> bytes:
        if (level, position) not in self._nodes:
            self._nodes = self._stored_edge() | self._nodes
        if (level, position) not in self._nodes:
            self._nodes[level, position] = self._node_from_entries(level, position)
        return self._nodes[level, position]

    def _stored_edge(self) -> dict[tuple[int, int], bytes]:
        """The subtrees that every append and every root from here on stands on, in one look-up."""
        size = self._stored
        edge = [(level, (size >> level) - 1) for level in range(size.bit_length()) if size >> level & 1]
        rows = self._rows(EDGE, {"edge": json.dumps(edge)})
        return {(level, position): _hash(digest) for level, position, digest in rows}

    def _rows(self, said: str, given: Mapping[str, object]) -> list[tuple[Any, ...]]:
        return plain_rows(self._session.connection(), said, given)

    def _write(self, said: str, rows: Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
        plain_write(self._session.connection(), said, rows)

    def _node_from_entries(self, level: int, position: int) -> bytes:
        """A subtree that somebody took away. The check of the store names it; people go on working."""
        leaves = self._session.scalars(
            select(LogEntry.leaf)
            .where(LogEntry.seq > position << level, LogEntry.seq <= (position + 1) << level)
            .order_by(LogEntry.seq)
        )
        return root_over([_hash(leaf) for leaf in leaves])


def _hash(stored: object, if_none: str = ILL_WRITTEN_LOG) -> bytes:
    if type(stored) is not bytes or len(stored) != HASH_BYTES:
        raise LogIllWritten(if_none)
    return stored


def _reading_of(newest: Mapping[str, Any]) -> tuple[str, str, int] | None:
    """Run, time and milliseconds of an entry; None where its time is none."""
    mono_ms, at = newest.get("mono"), newest.get("ts")
    if type(mono_ms) is not int or read_instant(at) is None:
        return None
    return str(newest.get("boot")), str(at), mono_ms


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _late_day(act: Act, now: datetime) -> tuple[str, ...]:
    """The category of a late entry's day. Elsewhere the entry's own time says it, and it is said once."""
    is_late = act.treated_on is not None and act.treated_on != now.date().isoformat()
    return (treated_on_category(act.treated_on),) if act.treated_on is not None and is_late else ()


def _offset(now: datetime) -> str:
    return now.isoformat(timespec="seconds")[-6:]
