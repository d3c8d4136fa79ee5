"""Read the whole log through once and hold it against itself: entries, links, signatures, columns, tree.

The log passes by in pieces, so what is held in memory does not grow with it. Roots are kept at the sizes that
somebody names, which is why those are gathered first.
"""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import NotCanonical, salted_digest
from mnclinic.audit.entry import (
    BROKEN_SIGNATURE,
    NOT_AN_ENTRY,
    NOT_CHECKABLE,
    UNKNOWN_KEY,
    ZERO_LEAF,
    Chain,
    ClockMarks,
    EntryFacts,
    is_signed_in_other_version,
    read_facts,
    read_plainly,
)
from mnclinic.audit.note import NotACheckpoint, parse_checkpoint
from mnclinic.audit.subject_map import OF_KEYS, PREPARED
from mnclinic.audit.tree import LevelGrown, PassingTree, leaf_hashes
from mnclinic.audit.verifiers import Verifiers
from mnclinic.audit.whose import OF_SOMEBODY, WhoseOfLog
from mnclinic.domain.instants import read_instant
from mnclinic.models import (
    ApprovedDocument,
    Checkpoint,
    Clinic,
    EventStep,
    LogSubject,
    RecallClosure,
    VisitAmendment,
    VisitSignature,
)
from mnclinic.services import check_entry_words, check_whose
from mnclinic.services.check_actors import ActorsOfLog
from mnclinic.services.check_lives import HELD, LivesOfLog
from mnclinic.services.check_logged import PASSED_OVER, Logged
from mnclinic.services.check_rows import ILL_WRITTEN, StoreFinding
from mnclinic.services.check_subjects import MapsInLog
from mnclinic.store.plain_rows import plain_rows

PIECE = 4_096
SMALLEST_NUMBER, LARGEST_NUMBER = -(2**63), 2**63 - 1
NO_DETAIL = b"{}"

AFTER_ALL_TIMES = "~"
NO_ENTRY = (0, bytes.fromhex(ZERO_LEAF))
"""How many entries spoke of somebody of whom none did, and the leaf hash of the last one."""
LogRow = tuple[Any, ...]
"""A row of the log, as `_ROWS` asks for it."""
Entry = tuple[LogRow, bytes, bytes]
"""An entry's row, its bytes, its leaf hash."""
SEARCHED = 4
"""The first of the columns that are read from an entry's bytes, in a row of the log."""

_ROWS = (
    "SELECT seq, entry, leaf, signature, action, subject, object_id, at, is_clock_back, actor, kind, "
    "object_kind FROM log_entry WHERE seq >= :first ORDER BY seq LIMIT :most"
)
_DETAILS = "SELECT seq, detail FROM log_detail WHERE seq BETWEEN :first AND :last"
_STRAY_DETAILS = text("SELECT seq FROM log_detail WHERE seq NOT IN (SELECT seq FROM log_entry) ORDER BY seq")
_NODES = (
    "SELECT position, hash FROM log_node WHERE level = :level AND position >= :first AND position < :end "
    "ORDER BY position"
)
_STRAY_NODES = text(
    "SELECT level, position FROM log_node WHERE level = :level AND (position < 0 OR position >= :end)"
)
_STRAY_LEVELS = text("SELECT level, position FROM log_node WHERE level < 0 OR level >= :levels")


def _stray(level: int, position: int) -> str:
    return f"node {position} of level {level} belongs to no entry"


def sizes_named(session: Session, notes: Iterable[bytes]) -> set[int]:
    """Every size of the log that a signature, an approval, a stored checkpoint or one of `notes` names."""
    sizes: set[int] = set()
    for (record,) in session.execute(select(VisitSignature.record).execution_options(yield_per=PIECE)):
        sizes |= _size_in(record)
    for (record,) in session.execute(select(VisitAmendment.record).execution_options(yield_per=PIECE)):
        sizes |= _size_in(record)
    acknowledged = select(EventStep.record).where(EventStep.record.is_not(None))
    for (known,) in session.execute(acknowledged.execution_options(yield_per=PIECE)):
        sizes |= _size_in(known)
    for (closed,) in session.execute(select(RecallClosure.record).execution_options(yield_per=PIECE)):
        sizes |= _size_in(closed)
    for (approval,) in session.execute(select(ApprovedDocument.approval)):
        sizes |= _size_in(approval)
    sizes |= _size_in(session.scalar(select(Clinic.solo_declaration).where(Clinic.id == 1)))
    for (note,) in session.execute(select(Checkpoint.note).execution_options(yield_per=PIECE)):
        sizes |= _size_of(note)
    for note in notes:
        sizes |= _size_of(note)
    return sizes


def _size_in(record: bytes | None) -> set[int]:
    try:
        size = json.loads(record or b"")["tree"]["size"]
    except ILL_WRITTEN:
        # Whoever holds that record against the rest says that it is none.
        return set()
    return {size} if type(size) is int else set()


def _size_of(note: bytes) -> set[int]:
    try:
        return {parse_checkpoint(note).size}
    except (NotACheckpoint, AttributeError):
        return set()


class LogReading:
    """One reading of the whole log. `tree`, `logged`, `lives`, `whose` hold it once `findings` has ended."""

    def __init__(
        self,
        session: Session,
        *,
        vault: str,
        keys: Mapping[str, bytes],
        actors: ActorsOfLog | None,
        sizes: Iterable[int],
        verifying: Verifiers,
        look: Callable[[int], None],
    ) -> None:
        """`keys` are public keys by id; `look` hears how many entries were read, and may raise."""
        self._session = session
        self._vault = vault
        self._keys = keys
        self._actors = actors
        self._verifying = verifying
        self._look = look
        self._chain = Chain(vault, skips_unread=True)
        self._clock_marks = ClockMarks()
        self._details_seen = 0
        self._hashes_are_missing = False
        self.maps = MapsInLog(vault)
        self.tree = PassingTree(sizes)
        self.logged = Logged(session)
        self.lives = LivesOfLog(self.logged)
        self.whose = WhoseOfLog()

    def findings(self) -> Iterator[StoreFinding]:
        """Everything but the signatures, which the verifiers were handed meanwhile."""
        for rows in self._pieces():
            yield from self._piece(rows)
            self._look(self.tree.size)
            self._verifying.keep_pace(lambda _done: self._look(self.tree.size))
        if self._actors is not None:
            yield from self._actors.finish()
        yield from self.lives.finish()
        yield from self._strays()
        yield from self._subjects()

    def signatures(self, look: Callable[[int], None]) -> Iterator[StoreFinding]:
        """The entries whose signature does not hold; `look` hears how many were verified."""
        for seq in self._verifying.broken(look):
            yield StoreFinding(f"log entry {seq}", BROKEN_SIGNATURE)

    def _pieces(self) -> Iterator[list[LogRow]]:
        first = SMALLEST_NUMBER
        while rows := plain_rows(self._session.connection(), _ROWS, {"first": first, "most": PIECE}):
            yield rows
            if rows[-1][0] == LARGEST_NUMBER:
                return
            first = rows[-1][0] + 1

    def _piece(self, rows: Sequence[LogRow]) -> Iterator[StoreFinding]:
        details = self._details_of(rows)
        datas = [row[1] if type(row[1]) is bytes else str(row[1]).encode() for row in rows]
        leaves = leaf_hashes(datas)
        entries = zip(rows, datas, leaves, strict=True)
        while (stopped_at := (yield from self._run(entries, details))) is not None:
            row, data, leaf = stopped_at
            for what in self._row(self._chain.seq + 1, row, data, leaf, details.get(row[0])):
                yield what if isinstance(what, StoreFinding) else StoreFinding(f"log entry {row[0]}", what)
        for level, grown in enumerate(self.tree.extend(leaves)):
            yield from self._nodes(level, grown)

    def _details_of(self, rows: Sequence[LogRow]) -> Mapping[int, bytes]:
        span = {"first": rows[0][0], "last": rows[-1][0]}
        details = dict(plain_rows(self._session.connection(), _DETAILS, span))
        self._details_seen += len(details)
        return details

    def _run(
        self, entries: Iterator[Entry], details: Mapping[int, bytes]
    ) -> Generator[StoreFinding, None, Entry | None]:
        """Take in entries for as long as they are right in all that is looked at here, as nearly all are.

        Returns the first one that is not, of which nothing was taken in; None where there is none. What
        `_row` has something to say of is never right here, nor is this or that with which nothing is wrong:
        it is only the shorter way. So it calls little for each of millions, and has rules of others in it.
        """
        chain, marks, actors, logged = self._chain, self._clock_marks, self._actors, self.logged
        is_of, letters = self.whose.is_of, check_entry_words.LETTERS
        categories, any_category = check_entry_words.CATEGORIES, check_entry_words.ANY_CATEGORY
        keys, put, subjects, vault = self._keys, self._verifying.put, chain.subjects, self._vault
        fine = None if actors is None else actors.fine_ones()
        high_water = AFTER_ALL_TIMES if marks.high_water is None else marks.high_water
        begin, number, previous = chain.seq, chain.seq, chain.previous
        last_act: tuple[str, str | None] = ("", None)
        people: dict[str, tuple[int, bytes]] = {}
        stopped_at: Entry | None
        for stopped_at in entries:
            (seq, stored, stored_leaf, signature, *searched), data, leaf = stopped_at
            said = read_plainly(data)
            if said is None:
                break
            # fmt: off
            (
                action, key, role, actor, clk, detail_hash, newest, installation, kind, _, object_id, _,
                object_kind, said_previous, salt, said_seq, subject_previous, subject_seq, subject,
                ts, said_vault, why,
            ) = said
            # fmt: on
            if subject is None:
                count, follows = 0, subject_seq is None and subject_previous is None
            else:
                count, last_leaf = subjects.get(subject, NO_ENTRY)
                follows = subject_previous == last_leaf.hex() and subject_seq == str(count + 1)
            detail = details.get(seq, NO_DETAIL)
            if not (
                follows
                and seq == number + 1
                and said_seq == str(number + 1)
                and said_previous == previous
                and said_vault == vault
                and stored_leaf == leaf
                and type(stored) is bytes
                and type(signature) is bytes
                and key in keys
                and searched == [action, subject, object_id, ts, False, actor, kind, object_kind]
                # As `ClockMarks` has it of a clock that went on.
                and clk == "ok"
                and newest == ts >= high_water
                and read_instant(ts) is not None
                and type(detail) is bytes
                and (detail != NO_DETAIL or seq not in details)
                and detail_hash == sha256(bytes.fromhex(salt) + detail).hexdigest()
                and action != PREPARED
                and not action.startswith(OF_KEYS)
                and letters.get(action, kind) == kind
                and categories.get(action, any_category) in data
                and (object_kind not in OF_SOMEBODY or is_of(object_kind, object_id, subject))
            ):
                break
            # As `check_actors.alike`.
            alike = (action, key, actor, role, installation, object_kind, object_id == actor)
            if fine is not None and (why is not None or alike not in fine):
                break
            number += 1
            previous, high_water, last_act = leaf.hex(), ts, (action, actor)
            if subject is not None:
                subjects[subject] = people[subject] = (count + 1, leaf)
            put(number, key, leaf, signature)
            if action in HELD:
                yield from self.lives.take(number, EntryFacts._make(said), leaf)
            logged.last_by[key] = number
            if object_id is not None and object_kind not in PASSED_OVER:
                logged.add(number, EntryFacts._make(said), data)
        else:
            stopped_at = None
        if number > begin:
            chain.go_on(number, previous)
            marks.high_water = high_water
            self.maps.take_run(number - begin, people)
            if actors is not None:
                actors.take_fine_ones(*last_act)
        return stopped_at

    def _row(
        self, number: int, row: LogRow, data: bytes, leaf: bytes, detail: bytes | None
    ) -> Iterator[StoreFinding | str]:
        """What is wrong with the next entry, whose bytes are `data`, and what is to be said of it else."""
        seq, entry, stored_leaf, signature = row[:SEARCHED]
        as_text = type(entry) is not bytes
        if as_text or isinstance(detail, str):
            table = ("log_detail", "log_entry")[as_text]
            yield StoreFinding(f"log entry {seq}", "text stands where its bytes belong", table=table)
        facts: EntryFacts | None
        try:
            facts = read_facts(data)
        except NotCanonical:
            facts = None
            yield self._unreadable(number, data, signature)
        for what in (*self._chain.take(leaf, facts), *self._clock_marks.take(facts)):
            yield StoreFinding(f"log entry {number}", what)
        if stored_leaf != leaf or seq != number:
            yield "its stored hash or number is not its own"
        if facts is None:
            self.maps.take_unreadable(leaf)
            return
        wrong_map = self.maps.take(
            leaf, data, subject=facts.subject, action=facts.action, object_kind=facts.object_kind
        )
        if wrong_map is not None:
            yield wrong_map
        yield from self._signed(number, facts, leaf, signature)
        if row[SEARCHED:] != _searched_in(facts):
            yield "what is searched in it is not what it says"
        if detail == NO_DETAIL:
            what = "a detail that says nothing was put beside it, and none was stored with it"
            yield StoreFinding(f"log entry {seq}", what, table="log_detail")
        if facts.detail_hash != salted_digest(bytes.fromhex(facts.salt), _as_bytes(detail, NO_DETAIL)):
            what = "its detail is missing" if detail is None else "its detail is not the one that was entered"
            yield StoreFinding(f"log entry {seq}", what, table="log_detail")
        if self._actors is not None:
            yield from self._actors.take(facts, data)
        yield from self.lives.take(number, facts, leaf)
        yield from check_whose.entry(self.whose, number, facts)
        yield from check_entry_words.entry(number, facts, data)
        self.logged.add(seq, facts, data)

    def _signed(
        self, number: int, facts: EntryFacts, leaf: bytes, signature: object
    ) -> Iterator[StoreFinding]:
        where = f"log entry {number}"
        if facts.key not in self._keys:
            yield StoreFinding(where, UNKNOWN_KEY)
        elif type(signature) is bytes:
            self._verifying.put(number, facts.key, leaf, signature)
        else:
            yield StoreFinding(where, BROKEN_SIGNATURE)

    def _unreadable(self, number: int, data: bytes, signature: object) -> StoreFinding:
        """A later version keeps how an entry is signed: what no registered key signed is nobody's."""
        where = f"log entry {number}"
        if is_signed_in_other_version(data, _as_bytes(signature, b""), self._keys.values()):
            return StoreFinding(where, NOT_CHECKABLE, "incomplete")
        return StoreFinding(where, NOT_AN_ENTRY)

    def _nodes(self, level: int, grown: LevelGrown) -> Iterator[StoreFinding]:
        end = grown.first + len(grown.digests)
        span = {"level": level, "first": grown.first, "end": end}
        rows = plain_rows(self._session.connection(), _NODES, span)
        positions = [position for position, _ in rows]
        # Positions too: the database would hold one between two others, in the right order, at 2.5.
        if [digest for _, digest in rows] == grown.digests and positions == [*range(grown.first, end)]:
            return
        stored = dict(rows)
        if len(stored) < len(grown.digests) and not self._hashes_are_missing:
            self._hashes_are_missing = True
            yield StoreFinding("log tree", "hashes are missing")
        for position, digest in enumerate(grown.digests, start=grown.first):
            if position not in stored:
                yield StoreFinding("log tree", f"node {position} of level {level} is missing")
            elif stored[position] != digest:
                yield StoreFinding("log tree", f"node {position} of level {level} is not its entries' hash")

    def _strays(self) -> Iterator[StoreFinding]:
        size, session = self.tree.size, self._session
        levels = size.bit_length()
        for level in range(levels):
            for row in session.execute(_STRAY_NODES, {"level": level, "end": size >> level}):
                yield StoreFinding("log tree", _stray(row.level, row.position))
        for row in session.execute(_STRAY_LEVELS, {"levels": levels}):
            yield StoreFinding("log tree", _stray(row.level, row.position))
        if session.scalar(text("SELECT count(*) FROM log_detail")) != self._details_seen:
            for row in session.execute(_STRAY_DETAILS):
                yield StoreFinding("log details", f"a detail of an entry {row.seq} that does not exist")

    def _subjects(self) -> Iterator[StoreFinding]:
        left = dict(self._chain.subjects)
        columns = select(LogSubject.subject, LogSubject.count, LogSubject.last_leaf)
        unread = self._chain.unread
        for subject, count, last_leaf in self._session.execute(columns):
            read = left.pop(subject, None)
            if read == (count, last_leaf):
                continue
            ahead = count - (read[0] if read is not None else 0) if type(count) is int else 0
            if 0 < ahead <= unread:
                # As many of the log's entries are in a form that cannot be read here.
                unread -= ahead
                yield _not_counted(subject)
            else:
                yield _wrong_count(subject)
        for subject in left:
            yield _wrong_count(subject)


def _not_counted(subject: str) -> StoreFinding:
    what = f"entries about the person {subject[:8]} are in a form that cannot be checked here"
    return StoreFinding("log subjects", what, "incomplete")


def _wrong_count(subject: str) -> StoreFinding:
    return StoreFinding(
        "log subjects", f"the count of entries about the person {subject[:8]} is not the log's own"
    )


def _searched_in(facts: EntryFacts) -> tuple[object, ...]:
    return (
        facts.action,
        facts.subject,
        facts.object_id,
        facts.ts,
        facts.clk == "back",
        facts.actor,
        facts.kind,
        facts.object_kind,
    )


def _as_bytes(value: object, otherwise: bytes) -> bytes:
    """A column's bytes. Text stands where bytes belong only if somebody put it there."""
    if type(value) is bytes:
        return value
    return otherwise if value is None else str(value).encode()
