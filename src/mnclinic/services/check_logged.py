"""What the log's entries name, kept while a log of any length is read through once.

Of what there is much of (visits, signatures, patients) 72 bytes are kept for each entry, and the entry is
looked up again where its words are needed. Of all the rest, which grows with the staff and not with the work,
the entries themselves. Views and prints name a record too; nothing is held against them.
"""

import json
import struct
from collections.abc import Iterable, Iterator, KeysView, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import salted_digest
from mnclinic.audit.entry import EntryFacts
from mnclinic.models import LogEntry
from mnclinic.services.anchors import RESTORED
from mnclinic.services.second_person import ACTS

MANY = frozenset(
    {
        "visit",
        "signature",
        "patient",
        "removed_patient",
        "adverse_event",
        "event_step",
        "follow_up_contact",
        "backup",
        "planned_visit",
        "medical_history",
        "attachment",
        "photo",
        "consent_withdrawal",
        "amendment",
        "amendment_seen",
        "misfiled_visit",
        "device_service",
        "lot_movement",
        "paper_sheet",
        "recall",
        "recall_contact",
        "recall_closure",
    }
)
"""Kinds of objects that come with the daily work."""
PASSED_OVER = frozenset(
    {
        *("visit_view", "visit_print", "aftercare_print", "receipt_print"),
        *("attachment_view", "photo_view", "consent_print", "precare_print", "event_print", "notice_view"),
    }
)
"""Kinds of objects that an entry names without the clinic holding anything for it."""
KEPT_ACTS = frozenset(ACTS) | {RESTORED}
"""Acts that a rule asks for by their name, whatever they name."""


class Named(NamedTuple):
    """One entry's word about one object: what it was called, and what binds its content."""

    seq: int
    action: str
    revision: int
    salt: bytes
    digest: bytes
    actor: str | None
    """Whose act it was, a staff id; None for the installation."""

    def names(self, content: bytes) -> bool:
        """Whether the entry is about exactly this content."""
        return salted_digest(self.salt, content) == self.digest.hex()


class Logged:
    """Every object that the log's entries name, by kind and id, oldest first."""

    def __init__(self, session: Session) -> None:
        """`session` is the one the log is read with: entries are looked up again in it."""
        self._session = session
        self._entries: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
        self._many: dict[str, dict[str, int]] = {kind: {} for kind in MANY}
        self._words = bytearray()
        self._actions: dict[str, int] = {}
        self._actors: dict[str | None, int] = {}
        self._kept: list[Mapping[str, Any]] = []
        self.last_by: dict[str, int] = {}
        """By key id, the number of the newest entry that it signed."""

    def add(self, seq: int, facts: EntryFacts, data: bytes) -> None:
        """Take in one entry."""
        self.last_by[facts.key] = seq
        kind = facts.object_kind
        if kind is None or facts.object_id is None or kind in PASSED_OVER:
            return
        if kind not in MANY:
            entry = json.loads(data)
            self._entries.setdefault(kind, {}).setdefault(facts.object_id, []).append(entry)
            if facts.action in KEPT_ACTS:
                self._kept.append(entry)
            return
        if facts.action in KEPT_ACTS:
            self._kept.append(json.loads(data))
        action = self._actions.setdefault(facts.action, len(self._actions))
        actor = self._actors.setdefault(facts.actor, len(self._actors))
        before = self._many[kind].get(facts.object_id, -1)
        self._many[kind][facts.object_id] = len(self._words) // _WORD.size
        self._words += _WORD.pack(
            seq,
            before,
            action,
            int(facts.object_revision or 0),
            bytes.fromhex(facts.salt),
            bytes.fromhex(facts.object_hash or ""),
            actor,
        )

    def named(self, kind: str, object_id: str) -> list[Named]:
        """What the log says of one object, oldest first."""
        if kind not in MANY:
            return [_named(entry) for entry in self.of(kind, object_id)]
        return [*self._newest_first(kind, object_id)][::-1]

    def newest_named(self, kind: str, object_id: str) -> Named | None:
        """The last word about one object; None where there is none."""
        if kind not in MANY:
            entries = self.of(kind, object_id)
            return _named(entries[-1]) if entries else None
        return next(self._newest_first(kind, object_id), None)

    def of(self, kind: str, object_id: str) -> list[Mapping[str, Any]]:
        """The entries that name one object."""
        if kind not in MANY:
            return self._entries.get(kind, {}).get(object_id, [])
        return [self.entry(one.seq) for one in self.named(kind, object_id)]

    def entry(self, seq: int) -> Mapping[str, Any]:
        """One entry, looked up again."""
        data = self._session.scalar(select(LogEntry.entry).where(LogEntry.seq == seq))
        entry: Mapping[str, Any] = json.loads(data or b"")
        return entry

    def ids(self, kind: str) -> KeysView[str]:
        """Every object of a kind."""
        return (self._many.get(kind) or self._entries.get(kind) or {}).keys()

    def acts(self, actions: Iterable[str]) -> list[Mapping[str, Any]]:
        """The entries of acts that a rule asks for (`KEPT_ACTS`), oldest first."""
        wanted = frozenset(actions)
        if strays := wanted - KEPT_ACTS:
            raise LookupError(f"these acts are not kept: {sorted(strays)}")
        return [entry for entry in self._kept if entry["action"] in wanted]

    def holds(self, kind: str, object_id: str, content: bytes, revision: int | None = None) -> bool:
        """Whether some entry names exactly this content."""
        return any(
            one.names(content) and revision in {None, one.revision} for one in self.named(kind, object_id)
        )

    def ends_with(self, kind: str, object_id: str, content: bytes) -> bool:
        """Whether the last word about an object is exactly this content."""
        newest = self.newest_named(kind, object_id)
        return newest is not None and newest.names(content)

    def _newest_first(self, kind: str, object_id: str) -> Iterator[Named]:
        actions, actors = list(self._actions), list(self._actors)
        at = self._many[kind].get(object_id, -1)
        while at >= 0:
            word = _WORD.unpack_from(self._words, at * _WORD.size)
            seq, at, action, revision, salt, digest, actor = word
            yield Named(seq, actions[action], revision, salt, digest, actors[actor])


_WORD = struct.Struct("<qiHq16s32sH")


def _named(entry: Mapping[str, Any]) -> Named:
    named = entry["obj"]
    return Named(
        int(entry["seq"]),
        str(entry["action"]),
        int(named["rev"]),
        bytes.fromhex(entry["salt"]),
        bytes.fromhex(named["h"]),
        entry["actor"]["uid"],
    )


def names(entry: Mapping[str, Any], content: bytes) -> bool:
    """Whether an entry's object is this content."""
    return bool(entry["obj"]["h"] == salted_digest(bytes.fromhex(entry["salt"]), content))
