"""Check the whole store: pages, rows, log, signatures, anchors."""

import base64
import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.orm import Session

from mnclinic.audit.signing import key_signing_bytes, verify
from mnclinic.audit.tree import PassingTree
from mnclinic.audit.verifiers import Verifiers, verifiers
from mnclinic.audit.whose import WhoseOfLog
from mnclinic.errors import WitnessNotRead
from mnclinic.models import (
    RegisteredKey,
)
from mnclinic.security.device import KeyringHead
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services import (
    check_actors,
    check_amendments,
    check_anchors,
    check_attachments,
    check_backup_acts,
    check_columns,
    check_entered,
    check_entry_words,
    check_events,
    check_follow_up,
    check_found_keys,
    check_ill_written,
    check_kept_rows,
    check_key_file,
    check_keys,
    check_lists,
    check_medical_history,
    check_moments,
    check_pages,
    check_patient_acts,
    check_photos,
    check_planned,
    check_queue,
    check_recalls,
    check_rights,
    check_rows,
    check_said,
    check_schema,
    check_second_persons,
    check_signed_records,
    check_staff_acts,
    check_supplies,
    check_supply_acts,
    check_values,
    check_whose,
)
from mnclinic.services.check_lives import LivesOfLog
from mnclinic.services.check_log import LogReading, sizes_named
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_places import placed
from mnclinic.services.check_rows import ILL_WRITTEN, NOT_OURS, StoreFinding, verdict_of
from mnclinic.services.directors_word import HeldAgainst, Signers
from mnclinic.services.installation_standing import public_of_clinic
from mnclinic.services.key_register import directors_key
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.engine import DATABASE_NAME, key_of, salt_in_file
from mnclinic.store.head_file import read_head
from mnclinic.store.log_tree import log_size_of
from mnclinic.store.long_statements import Stops, asked_meanwhile
from mnclinic.store.trouble import is_unreadable_disk, told_plainly

CHECKING = "checking"
"""The step that a watch hears of."""
PARTS = 38
"""About how many parts there are beside the log; each is told as an equal share."""

ROWS_BETWEEN_COLLECTIONS = 100_000

Look = Callable[[int, int], None]
"""Is told how far a check is, and of how much; it may raise."""

NOT_SAID = "what says which key is its own is not what mnclinic writes"
NOT_READABLE = "pages cannot be read, so these were looked at in part or not at all"


@dataclass(frozen=True)
class StoreChecked:
    """The verdict OK, EXPLAINED, ALTERED or UNREADABLE, every finding, and how much was looked at.

    EXPLAINED: there are findings, and each is accounted for. UNREADABLE: the checkpoint that was given is.
    """

    verdict: str
    findings: tuple[StoreFinding, ...]
    counts: Mapping[str, int]
    root: str | None = None
    """The log's root at the size that was asked for, 64 hex digits; None where it never was of that size."""

    @property
    def verdict_of_store(self) -> str:
        """The verdict without a checkpoint that was given and says nothing of this clinic."""
        return verdict_of(one for one in self.findings if one.weight != "unreadable")


@dataclass(frozen=True)
class Expected:
    """What a database is held against. `head` is the checkpoint beside it, None where there is none."""

    vault: str
    fingerprint: str
    installation_public: bytes
    head: bytes | None
    others: tuple[check_anchors.Outside, ...] = ()
    key_file: KeyFile | None = None
    """The key file that lies beside it, where that is looked at."""
    at_size: int | None = None
    """A size of the log whose root is asked for."""
    data_folder: Path | None = None
    """Where the sealed files lie; None leaves them unread."""


def check_store(
    clinic: OpenClinic,
    *,
    given: bytes | None = None,
    at_size: int | None = None,
    watch: Watch = unwatched,
    is_background: bool = False,
) -> StoreChecked:
    """Look at everything, from recomputed values. Nothing that is stored is changed.

    Args:
        clinic: Open in anybody's name.
        given: A checkpoint from outside the PC: off a printed page, out of a bundle or a backup.
        at_size: Tell the log's root at this many entries, so that somebody can compare it with a page.
        watch: Told how far it is; may stop it.
        is_background: Nobody waits for it: it leaves the cores to whoever works.

    Raises:
        StoreUnavailable: the disk cannot be read, which is no verdict on what is stored there.
        Stopped: the watch wanted no more.
    """
    clinic.require(RoleAct.CHECK_STORE)
    pages_are_home = clinic.store.write_back()
    others = [_in_keyring(clinic)]
    if given is not None:
        others.append(check_anchors.Outside("given", given))
    with told_plainly():
        head = read_head(clinic.folder)
        salt = salt_in_file(clinic.folder / DATABASE_NAME)
    with clinic.store.reading() as session:
        try:
            of_clinic, is_ill_written = public_of_clinic(session), False
        except ILL_WRITTEN:
            of_clinic, is_ill_written = None, True
    own = clinic.installation_key.public
    expected = Expected(
        clinic.facts.vault,
        clinic.facts.fingerprint,
        of_clinic or own,
        head,
        tuple(others),
        clinic.key_file,
        at_size,
        clinic.folder,
    )

    def looked_at() -> StoreChecked:
        with clinic.store.reading() as session:
            return check_records(
                session,
                expected,
                look=lambda done, of: go_on(watch, CHECKING, done, of),
                pages_are_home=pages_are_home,
                is_background=is_background,
            )

    checked = looked_at()
    if any(one.what.startswith(NOT_READABLE) for one in checked.findings):
        # After one failed read the cipher calls sound pages damaged until its connection is let go. What
        # is damaged is so over a new connection too; a disk that fails on is told as that.
        checked = looked_at()
    if of_clinic != own:
        what = NOT_SAID if is_ill_written else "its key in use is not the one that the director vouches for"
        foreign = StoreFinding("installation", what)
        checked = replace(checked, verdict="ALTERED", findings=(foreign, *checked.findings))
    if pages_are_home and salt != key_of(clinic.store.engine)[1]:
        # It opens all the same, since the key file has the salt too; the file is not as it was written.
        wrong = StoreFinding("database", "page 1: its salt is not the one in the key file")
        return replace(checked, verdict="ALTERED", findings=(wrong, *checked.findings))
    return checked


def _in_keyring(clinic: OpenClinic) -> check_anchors.Outside:
    """What this PC's keyring holds, asked anew: a log-in lets go of one that it could not read."""
    if not clinic.has_keyring_witness:
        return check_anchors.Outside("keyring", None)
    try:
        second = clinic.store.witness.second or KeyringHead(clinic.facts.vault)
        return check_anchors.Outside("keyring", second.read())
    except WitnessNotRead:
        return check_anchors.Outside("keyring", None, is_unread=True)


def check_records(
    session: Session,
    expected: Expected,
    *,
    look: Look = lambda _done, _of: None,
    pages_are_home: bool = True,
    is_background: bool = False,
) -> StoreChecked:
    """The same over any open database, such as a backup's.

    Args:
        session: A reading session.
        expected: What it is held against.
        look: Is told how far it is; it may raise.
        pages_are_home: Whether the file itself holds every page. If not, a half-written page in it may lie
            whole in the write-ahead log, so pages are judged only as they are read.
        is_background: Leave the cores to whoever works.
    """
    checker = _Checker(session, expected, look, pages_are_home=pages_are_home, is_background=is_background)
    found = checker.findings()
    of_store = verdict_of(one for one in found if one.weight != "unreadable")
    findings = tuple(
        replace(one, what=_of_given(one.what, of_store)) if one.weight == "unreadable" else one
        for one in found
    )
    return StoreChecked(verdict_of(findings), findings, checker.counts, checker.root_at(expected.at_size))


def _of_given(what: str, of_store: str) -> str:
    return (
        f"{what}, so nothing was compared with it. The store by itself is {of_store}. Look whether the "
        "page or file is this clinic's, and scan or type all of its code again"
    )


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for garbage seldom while millions of rows pass by, none of which is ever in a circle."""
    first, *others = gc.get_threshold()
    gc.set_threshold(ROWS_BETWEEN_COLLECTIONS, *others)
    try:
        yield
    finally:
        gc.set_threshold(first, *others)


class _Checker:
    def __init__(
        self,
        session: Session,
        expected: Expected,
        look: Look,
        *,
        pages_are_home: bool,
        is_background: bool,
    ) -> None:
        self._session = session
        self._pages_are_home = pages_are_home
        self._is_background = is_background
        self._expected = expected
        self._keys: dict[str, bytes] = {}
        self._logged = Logged(session)
        self._lives = LivesOfLog(self._logged)
        self._whose = WhoseOfLog()
        self._tree = PassingTree(())
        self._size: int | None = None
        self._look = look
        self._parts_done = 0
        self._entries_done = (0, 0)
        self._is_log_unread = False
        self._stops: Stops | None = None
        self._verifying: Verifiers | None = None
        self._unread: list[str] = []
        self._heads_not_compared: list[int] = []
        self._left_out = check_ill_written.LeftOut()
        self._log_found: list[StoreFinding] | None = None
        self._looked_for: set[tuple[bool, bool]] = set()
        self._looked_past: list[str] = []
        self.counts: dict[str, int] = {}

    def findings(self) -> list[StoreFinding]:
        """Everything that is found. One part that cannot be read does not hide the others.

        The signatures of the log are verified meanwhile by other processes, where that pays. Most of the
        rest is looked at while these catch up.
        """
        with asked_meanwhile(self._session.connection(), self._tell) as self._stops:
            return self._found()

    def _found(self) -> list[StoreFinding]:
        pages: list[StoreFinding] = []
        roots: dict[int, str] = {}
        if self._pages_are_home:
            roots |= check_pages.tables_by_root(self._session)
        found = [
            *self._part("database", lambda: check_values.values(self._session, self._left_out.add)),
            *self._part("keys", self._key_register),
        ]
        sizes: set[int] = set()
        found += self._part("log", lambda: self._gather(sizes))
        actors: list[check_actors.ActorsOfLog] = []
        found += self._part("log", lambda: self._who_acts(actors))
        with verifiers(self._keys, self._size or 0, is_background=self._is_background) as verifying:
            self._verifying = verifying
            reading = LogReading(
                self._session,
                vault=self._expected.vault,
                keys=self._keys,
                actors=actors[0] if actors else None,
                sizes=sizes,
                verifying=verifying,
                look=lambda read: self._tell(read, verifying.verified),
            )
            self._logged, self._lives, self._tree = reading.logged, reading.lives, reading.tree
            self._whose = reading.whose
            unread = len(self._unread)
            with _few_collections():
                log = [*self._part("log", reading.findings, is_once=True)]
            self._log_found = log
            self._is_log_unread = len(self._unread) > unread
            self.counts["log entries"] = reading.tree.size
            self.counts["subject maps"] = reading.maps.count
            # Behind the log, because the processes have most to do then.
            if self._pages_are_home:
                pages += self._part(
                    "database", lambda: check_pages.sealed_pages(self._session, roots, self._tell)
                )
            if not pages:
                pages += self._part("database", lambda: check_pages.trees(self._session, roots))
            rows = [one for where, part in self._parts() for one in self._part(where, part)]
            log += self._part(
                "log",
                lambda: reading.signatures(lambda verified: self._tell(reading.tree.size, verified)),
                is_once=True,
            )
        log.sort(key=_place_in_log)
        return [*pages, *self._not_read(), *found, *log, *rows]

    def _not_read(self) -> Iterator[StoreFinding]:
        if self._unread:
            yield StoreFinding("database", f"{NOT_READABLE}: {', '.join(dict.fromkeys(self._unread))}")
        if self._is_log_unread:
            heads = len(self._heads_not_compared)
            yield StoreFinding(
                "log",
                f"its entries from {self._tree.size + 1} on cannot be read, so {heads} "
                f"{'head' if heads == 1 else 'heads'} of it could not be compared, and what is said below of "
                "tables that are not as it entered them may come from that alone",
            )

        if self._looked_past:
            parts = ", ".join(dict.fromkeys(self._looked_past))
            yield StoreFinding(
                "database",
                f"rows that are not what mnclinic writes were left out where these were looked at: {parts}. "
                "Each is named below; what is said there of something missing may come from that alone",
            )

    def root_at(self, size: int | None) -> str | None:
        """The root of the log's first `size` entries in hex, once `findings` has ended."""
        try:
            return None if size is None else self._tree.root_at(size).hex()
        except KeyError:
            return None

    def _parts(self) -> tuple[tuple[str, Callable[[], Iterable[StoreFinding]]], ...]:
        session, logged = self._session, self._logged
        return (
            ("database", lambda: check_schema.schema(session)),
            ("signatures", lambda: check_actors.signers(session, logged)),
            ("keys", lambda: check_found_keys.found_keys(session, self._expected.key_file)),
            ("keys", lambda: check_key_file.places(session, self._expected.key_file)),
            ("keys", lambda: check_keys.vouches(session, self._keys, logged, self._directors_keys())),
            ("keys", lambda: check_keys.revocations(session, self._keys, logged)),
            ("keys", lambda: check_keys.access(session, logged)),
            ("second persons", lambda: check_second_persons.second_persons(session)),
            ("recovery", lambda: check_keys.ways_back(session, logged, self._expected.key_file)),
            ("settings", lambda: check_keys.settings(session, logged)),
            ("visit records", lambda: check_signed_records.records(session, logged, self.counts)),
            ("supplies used", lambda: check_rows.supplies_used(session)),
            (
                "signatures",
                lambda: check_entered.signatures(
                    session,
                    logged,
                    self._keys,
                    vault=self._expected.vault,
                    had=self._had_or_unread,
                    counts=self.counts,
                ),
            ),
            ("signatures", lambda: check_rows.signatures(session, logged)),
            ("releases", lambda: check_rows.releases(session)),
            ("amendments", self._amendments),
            ("amendments", lambda: check_amendments.seen(session, logged)),
            ("visits", lambda: check_entered.states(session, self._lives, self.counts)),
            ("visits", lambda: check_rows.visits(session, logged)),
            ("adverse events", lambda: check_rows.adverse_events(session, logged)),
            ("adverse events", lambda: check_events.clocks(session, logged)),
            ("adverse events", lambda: check_events.steps(session, logged, self._against())),
            ("follow-up contacts", lambda: check_follow_up.contacts(session, logged)),
            ("recalls", lambda: check_recalls.recalls(session, logged)),
            ("recalls", lambda: check_recalls.contacts(session, logged)),
            ("recalls", lambda: check_recalls.closures(session, logged, self._against())),
            ("approvals", lambda: check_entered.approvals(session, logged, self._keys, self.counts)),
            ("approvals", lambda: check_rows.approved_columns(session, logged)),
            ("patients", lambda: check_entered.patients(session, logged, self.counts)),
            ("patients", lambda: check_rows.folded_names(session)),
            ("staff", lambda: check_rows.people(session, logged)),
            ("supplies", lambda: check_rows.supplies(session, logged)),
            ("broken glasses", lambda: check_rights.glasses(session, logged)),
            ("declarations", lambda: check_rights.declaration(session, self._keys, logged)),
            ("own visits", lambda: check_rights.own_judgements(session)),
            ("clinic", lambda: check_columns.clinic(session)),
            ("keys", lambda: check_columns.keys(session)),
            ("staff", lambda: check_columns.staff(session, logged)),
            ("staff", lambda: check_staff_acts.rows(session, logged)),
            ("patients", lambda: check_columns.roster(session, logged)),
            ("patients", lambda: check_patient_acts.rows(session, logged)),
            ("supplies", lambda: check_supply_acts.rows(session, logged)),
            ("visit records", lambda: check_columns.records(session, logged)),
            ("signatures", lambda: check_columns.signatures(session, logged)),
            ("releases", lambda: check_columns.releases(session)),
            ("visits", lambda: check_columns.visits(session, logged)),
            ("adverse events", lambda: check_columns.adverse_events(session, logged)),
            ("approvals", lambda: check_columns.documents(session, logged)),
            ("backups", lambda: check_columns.backups(session, logged)),
            ("backups", lambda: check_backup_acts.rows(session, logged)),
            ("visits", lambda: check_lists.numbers(session, logged)),
            ("visits", lambda: check_queue.queue(session, logged)),
            ("visits", lambda: check_queue.draws(session, logged, self._lives)),
            ("visit records", lambda: check_lists.treated_areas(session)),
            ("imports", lambda: check_lists.imports(session, logged)),
            ("planned visits", lambda: check_planned.rows(session, logged)),
            ("medical history", lambda: check_medical_history.rows(session, logged)),
            (
                "attachments",
                lambda: check_attachments.attachments(session, logged, self._expected.data_folder),
            ),
            ("photos", lambda: check_photos.photos(session, logged, self._expected.data_folder)),
            ("photos", lambda: check_photos.named(session, logged)),
            (
                "consent withdrawals",
                lambda: check_kept_rows.rows(session, logged, check_attachments.WITHDRAWALS),
            ),
            ("devices", lambda: check_kept_rows.rows(session, logged, check_supplies.SERVICES)),
            ("lots", lambda: check_kept_rows.rows(session, logged, check_supplies.MOVEMENTS)),
            ("paper sheets", lambda: check_supplies.sheets(session, logged)),
            ("log", lambda: check_whose.rows(session, self._whose)),
            ("log", lambda: check_entry_words.revisions(logged)),
            ("log", lambda: check_said.words(session, logged, self._lives)),
            ("moments", lambda: check_lists.moments(session, logged)),
            ("signatures", lambda: check_moments.signed_moments(session, logged, self._had_or_unread)),
            ("keys", lambda: check_lists.words_counted(session, logged)),
            ("rows", lambda: check_lists.absent(session, logged)),
            ("log", lambda: check_lists.recoveries(session)),
            ("checkpoints", self._stored_checkpoints),
            ("anchors", self._anchors),
        )

    def _who_acts(self, actors: list[check_actors.ActorsOfLog]) -> Iterator[StoreFinding]:
        actors.append(check_actors.ActorsOfLog(self._session))
        yield from ()

    def _gather(self, sizes: set[int]) -> Iterator[StoreFinding]:
        self._size = log_size_of(self._session.connection())
        notes = (self._expected.head, *(one.note for one in self._expected.others))
        sizes |= sizes_named(self._session, (note for note in notes if note is not None))
        if self._expected.at_size is not None:
            sizes.add(self._expected.at_size)
        yield from ()

    def _part(
        self, where: str, part: Callable[[], Iterable[StoreFinding]], *, is_once: bool = False
    ) -> Iterator[StoreFinding]:
        """What a part finds. Where a row makes it stumble, it looks again without the rows that do."""
        found: dict[StoreFinding, None] = {}
        is_through = self._came_through(where, part, found)
        for with_the_log in (False, True):
            if is_through or is_once or (with_the_log and self._log_found is None):
                continue
            # What looks for such rows reads the same pages, and may meet one that cannot be read.
            self._came_through(where, partial(self._ill_written, with_the_log=with_the_log), found)
            with self._left_out.looked_past(self._session):
                is_through = self._came_through(where, part, found)
            if is_through:
                self._looked_past.append(where)
        if not is_through:
            found[StoreFinding(where, NOT_OURS)] = None
        yield from found
        self._parts_done += 1
        self._tell()

    def _came_through(
        self, where: str, part: Callable[[], Iterable[StoreFinding]], found: dict[StoreFinding, None]
    ) -> bool:
        """Whether a part came to its end; False where what stands in a row made it stumble."""
        try:
            for one in part():
                found[placed(one)] = None
        except (*ILL_WRITTEN, NoResultFound):
            return False
        except DBAPIError as error:
            if self._stops is not None:
                self._stops.raise_it()
            if is_unreadable_disk(error):
                # The disk's trouble, not somebody's hand.
                raise
            self._unread.append(where)
        return True

    def _ill_written(self, *, with_the_log: bool) -> Iterator[StoreFinding]:
        """The rows that may have been it, each told once: of another shape, then what nobody entered."""
        asked = (with_the_log, self._log_found is not None)
        if asked not in self._looked_for:
            self._looked_for.add(asked)
            logged = self._logged if with_the_log else None
            yield from check_ill_written.ill_written(
                self._session, self._left_out, logged, self._log_found or ()
            )

    def _tell(self, read: int = 0, verified: int = 0) -> None:
        """How far it is: entries read and verified, and a fixed share of the whole for the other parts."""
        if self._verifying is not None:
            # This is called a few times a second, whatever is looked at.
            self._verifying.hand_over()
        read, verified = self._entries_done = (
            max(read, self._entries_done[0]),
            max(verified, self._entries_done[1]),
        )
        if self._size is None:
            self._look(0, 1)
            return
        share = max(1, self._size // PARTS)
        self._look(read + verified + share * min(self._parts_done, PARTS), 2 * self._size + share * PARTS)

    def _directors_keys(self) -> frozenset[str]:
        """The clinic's fingerprint, here and when an older database was in use."""
        return frozenset({directors_key(self._session), self._expected.fingerprint})

    def _key_register(self) -> Iterator[StoreFinding]:
        rows = self._session.scalars(select(RegisteredKey)).all()
        self.counts["keys"] = len(rows)
        for row in rows:
            where = f"key {row.key[:16]}"
            try:
                document = json.loads(row.document)
                public = base64.b64decode(document["public"])
                self._keys[row.key] = public
                if document["key"] != row.key or not verify(
                    public, row.proof, key_signing_bytes(row.document)
                ):
                    yield StoreFinding(where, "its document does not prove possession of the key")
            except ILL_WRITTEN:
                # The keys of the others still say what is theirs.
                yield StoreFinding(where, NOT_OURS, table="key_register")

    def _amendments(self) -> Iterator[StoreFinding]:
        return check_amendments.rows(
            self._session, self._logged, self._keys, self._expected.vault, self._had_or_unread
        )

    def _against(self) -> HeldAgainst:
        """What a director's word is held against: the keys that could be read, and all that the log had."""
        known = Signers(self._keys, check_actors.holders(self._session))
        return HeldAgainst(known, self._expected.vault, self._had_or_unread)

    def _had_or_unread(self, head: Mapping[str, Any]) -> bool:
        """Whether the log once had this head. One that lies in what could not be read is told of later."""
        if self._is_log_unread and head["size"] > self._tree.size:
            self._heads_not_compared.append(head["size"])
            return True
        return self._had(head)

    def _had(self, head: Mapping[str, Any]) -> bool:
        """Whether the log once had this size and root."""
        try:
            return bool(head["root"] == self._tree.root_at(head["size"]).hex())
        except KeyError:
            return False

    def _log_checked(self) -> check_anchors.Checked:
        expected = self._expected
        return check_anchors.Checked(
            expected.vault,
            expected.installation_public,
            self._tree,
            self._logged,
            self._heads_not_compared if self._is_log_unread else None,
        )

    def _stored_checkpoints(self) -> Iterator[StoreFinding]:
        return check_anchors.stored_checkpoints(self._session, self._log_checked(), self.counts)

    def _anchors(self) -> Iterator[StoreFinding]:
        head = check_anchors.Outside("head_file", self._expected.head)
        outside = (head, *self._expected.others)
        return check_anchors.outside_checkpoints(self._session, self._log_checked(), outside, self.counts)


def _place_in_log(found: StoreFinding) -> int:
    """By entries; what is no entry's own after them."""
    words, _, number = found.where.rpartition(" ")
    return int(number) if words == "log entry" else sys.maxsize
