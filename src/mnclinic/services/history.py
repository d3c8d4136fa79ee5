"""What the log itself says about its own continuity: what was found missing, what people said was lost.

These entries stand for ever. They name no patient, so what they say is in their detail and is never erased;
the entry holds the hash of it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit import shape
from mnclinic.audit.canonical import NotCanonical, canonical_bytes, parse_document, salted_digest
from mnclinic.models import LogDetail, LogEntry
from mnclinic.store.log_writer import Act, LoggedObject

KIND = "history"
OBJECT_ID = "history"
"""One object for all of them, so that they are found by an index and not by reading the log."""

FOUND = "history.behind_found"
GAP = "history.gap"
GAP_CONFIRMED = "history.gap_confirmed"
HEAD_LOST = "history.head_lost"

Source = Literal["head_file", "keyring", "given"]
SOURCE_WORDS: Mapping[Source, str] = {
    "head_file": "The file clinic.head",
    "keyring": "This PC's keyring",
    "given": "The checkpoint that was given",
}

_HEAD: shape.Shape = {"size": int, "root": shape.SHA256}
_KNOWN: shape.Shape = {"source": tuple(SOURCE_WORDS), "size": int, "root": shape.SHA256}
_SHAPES: Mapping[str, shape.Shape] = {
    FOUND: {
        "format": "mnclinic.history-behind/1",
        "vault": shape.UUID,
        "known": _KNOWN,
        "there": _HEAD,
        "shared": int,
        "restored": bool,
    },
    GAP: {
        "format": "mnclinic.history-gap/1",
        "vault": shape.UUID,
        "known": [_KNOWN],
        "there": _HEAD,
        "shared": int,
        "reason": str,
        "by": shape.UUID,
        "second": (None, shape.UUID),
    },
    HEAD_LOST: {
        "format": "mnclinic.history-head/1",
        "vault": shape.UUID,
        "how": ("missing", "damaged"),
    },
}


@dataclass(frozen=True)
class Head:
    """A log's size and root, the root in hex."""

    size: int
    root: str


@dataclass(frozen=True)
class Known:
    """What a checkpoint outside the database says, and where it was found."""

    source: Source
    size: int
    root: str


@dataclass(frozen=True)
class Found:
    """At a log-in somebody outside knew of more than the log, or of another log.

    `shared` is the number of entries up to which the two can have been one: 0 where that cannot be told.
    `is_restored` when a restoration that was entered in this log explains it.
    """

    seq: int
    known: Known
    there: Head
    shared: int
    is_restored: bool

    @property
    def sentence(self) -> str:
        """What is missing, for whoever logs in. Says nothing of what to do."""
        known, there = self.known, self.there
        who = f"{SOURCE_WORDS[known.source]} knows of a log of {known.size} entries"
        if known.size > there.size:
            said = f"{who} and this one has {there.size}: {are_missing(self.shared, known.size)}."
        else:
            said = f"{who} that is not the beginning of this one."
            if self.shared:
                said += f" {missing(self.shared, known.size).capitalize()} were others."
        if self.is_restored:
            said += f" This clinic was restored from a backup of {self.shared} entries."
        return said


@dataclass(frozen=True)
class Gap:
    """People said that entries are lost for good and the clinic goes on. Stays visible for ever."""

    seq: int
    known: tuple[Known, ...]
    there: Head
    shared: int
    by: str
    second: str | None

    @property
    def until(self) -> int:
        """The last of the entries that were lost."""
        return max(one.size for one in self.known)


@dataclass(frozen=True)
class HeadLost:
    """At a log-in the head file was missing or no checkpoint of this clinic."""

    seq: int
    how: str


@dataclass(frozen=True)
class History:
    """Everything of the kind, oldest first. `unreadable` are the numbers of entries that say nothing."""

    found: tuple[Found, ...] = ()
    gaps: tuple[Gap, ...] = ()
    heads_lost: tuple[HeadLost, ...] = ()
    unreadable: tuple[int, ...] = ()

    @property
    def unresolved(self) -> tuple[Found, ...]:
        """What was found and nobody has answered for."""
        return tuple(
            one
            for one in self.found
            if not any(gap.seq > one.seq and one.known in gap.known for gap in self.gaps)
        )

    def explains(self, known: Known) -> bool:
        """Whether a checkpoint that does not fit the log is of entries that people declared lost.

        Exactly those that they named; and one of a size that the log had before it was said, because up to
        there this is the log in which it was said. Any other is of a loss that nobody has answered for.
        """
        return self.is_answered(known) or any(
            gap.shared < known.size <= min(gap.until, gap.seq) for gap in self.gaps
        )

    def has_found(self, known: Known) -> bool:
        """Whether exactly this checkpoint was entered at a log-in, wherever it was found."""
        return any((one.known.size, one.known.root) == (known.size, known.root) for one in self.found)

    def is_answered(self, known: Known) -> bool:
        """Whether people have answered for exactly this checkpoint, wherever it was found."""
        return any((one.size, one.root) == (known.size, known.root) for gap in self.gaps for one in gap.known)


def missing(shared: int, last: int) -> str:
    """The entries after `shared` in words."""
    return f"entry {last}" if last == shared + 1 else f"entries {shared + 1} to {last}"


def are_missing(shared: int, last: int) -> str:
    """That those entries are missing, in words."""
    return f"{missing(shared, last)} {'is' if last == shared + 1 else 'are'} missing"


def found_act(vault: str, found: Found) -> Act:
    """The entry of something found at a log-in. The number in `found` plays no part."""
    document = {
        "format": "mnclinic.history-behind/1",
        "vault": vault,
        "known": asdict(found.known),
        "there": asdict(found.there),
        "shared": found.shared,
        "restored": found.is_restored,
    }
    return _act(FOUND, document)


def head_lost_act(vault: str, how: str) -> Act:
    """The entry of a head file that was missing or damaged at a log-in."""
    return _act(HEAD_LOST, {"format": "mnclinic.history-head/1", "vault": vault, "how": how})


def gap_document(vault: str, gap: Gap, reason: str) -> dict[str, object]:
    """What is entered of a gap, by whoever acts and by whoever confirms it."""
    return {
        "format": "mnclinic.history-gap/1",
        "vault": vault,
        "known": [asdict(one) for one in gap.known],
        "there": asdict(gap.there),
        "shared": gap.shared,
        "reason": reason,
        "by": gap.by,
        "second": gap.second,
    }


def gap_act(document: Mapping[str, object], *, is_confirmation: bool = False, why: str | None = None) -> Act:
    """The entry of a gap, or of the second person's word for the same."""
    return _act(GAP_CONFIRMED if is_confirmation else GAP, document, why=why)


def _act(action: str, document: Mapping[str, object], *, why: str | None = None) -> Act:
    return Act(
        action,
        "E",
        object=LoggedObject(KIND, OBJECT_ID, 1, canonical_bytes(dict(document))),
        categories=("log",),
        why=why,
        detail=document,
    )


def history_in(session: Session) -> History:
    """What this database's log says, in one look-up by an index."""
    rows = session.execute(
        select(LogEntry.entry, LogDetail.detail)
        .outerjoin(LogDetail, LogDetail.seq == LogEntry.seq)
        .where(LogEntry.object_id == OBJECT_ID)
        .order_by(LogEntry.seq)
    )
    return history_of((json.loads(row.entry), row.detail) for row in rows)


def history_of(entries: Iterable[tuple[Mapping[str, Any], bytes | None]]) -> History:
    """What these entries say; each with its detail, None where that is not there any more."""
    found, gaps, heads, unreadable = [], [], [], []
    for entry, detail in entries:
        said = _document(entry, detail)
        seq = int(entry["seq"])
        if said is None:
            unreadable.append(seq)
        elif entry["action"] == FOUND:
            found.append(
                Found(seq, Known(**said["known"]), Head(**said["there"]), said["shared"], said["restored"])
            )
        elif entry["action"] == GAP:
            known = tuple(Known(**one) for one in said["known"])
            gaps.append(Gap(seq, known, Head(**said["there"]), said["shared"], said["by"], said["second"]))
        elif entry["action"] == HEAD_LOST:
            heads.append(HeadLost(seq, said["how"]))
    return History(tuple(found), tuple(gaps), tuple(heads), tuple(unreadable))


def _document(entry: Mapping[str, Any], detail: bytes | None) -> Mapping[str, Any] | None:
    """What an entry says, if its detail is there and is the one that was entered."""
    expected = _SHAPES.get(GAP if entry["action"] == GAP_CONFIRMED else entry["action"])
    digest = salted_digest(bytes.fromhex(entry["salt"]), detail or b"")
    if expected is None or detail is None or not entry["obj"]["h"] == entry["dh"] == digest:
        return None
    try:
        return parse_document(detail, expected)
    except NotCanonical:
        return None


def confirmations(entries: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The entries by which second people gave their word for a gap."""
    return (entry for entry in entries if entry["action"] == GAP_CONFIRMED)
