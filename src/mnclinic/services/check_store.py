"""Check the whole store: pages, rows, log, signatures, anchors."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import salted_digest, sha256_hex
from mnclinic.audit.entry import StoredEntry, check_entries, parse_entry
from mnclinic.audit.signing import key_signing_bytes, record_signing_bytes, verify
from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.errors import StoreUnavailable, WitnessNotRead
from mnclinic.models import (
    ApprovedDocument,
    LogDetail,
    LogEntry,
    LogNode,
    Patient,
    RegisteredKey,
    TreatmentLineRow,
    Visit,
    VisitRevision,
    VisitSignature,
)
from mnclinic.security.device import KeyringHead
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services import (
    check_actors,
    check_anchors,
    check_keys,
    check_rights,
    check_rows,
    check_second_persons,
)
from mnclinic.services.add_patient import patient_bytes
from mnclinic.services.check_rows import Logged, StoreFinding, verdict_of
from mnclinic.services.installation_standing import public_of_clinic
from mnclinic.services.key_register import directors_key
from mnclinic.services.session import OpenClinic
from mnclinic.store.engine import DATABASE_NAME, key_of, salt_in_file
from mnclinic.store.head_file import read_head
from mnclinic.store.trouble import OTHER, is_unreadable_disk, told_plainly

NOT_READ = "error reading"
"""How the engine's look at its pages begins to tell that the disk refused one."""
NOT_READABLE = "a page that it stands on cannot be read"
ENGINE_CODE = re.compile(r"error code[ =](\d+)")
DISK_CODE = 10
"""The low byte of every code by which the engine tells of the disk itself (SQLITE_IOERR and kin)."""


@dataclass(frozen=True)
class StoreChecked:
    """The verdict OK, EXPLAINED, ALTERED or UNREADABLE, every finding, and how much was looked at.

    EXPLAINED: there are findings, and each is accounted for. UNREADABLE: the checkpoint that was given is.
    """

    verdict: str
    findings: tuple[StoreFinding, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Expected:
    """What a database is held against. `head` is the checkpoint beside it, None where there is none."""

    vault: str
    fingerprint: str
    installation_public: bytes
    head: bytes | None
    others: tuple[check_anchors.Outside, ...] = ()


def check_store(clinic: OpenClinic, *, given: bytes | None = None) -> StoreChecked:
    """Look at everything, from recomputed values. Nothing that is stored is changed.

    Args:
        clinic: Open in anybody's name.
        given: A checkpoint from outside the PC: off a printed page, out of a bundle or a backup.

    Raises StoreUnavailable when the disk cannot be read, which is no verdict on what is stored there.
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
        of_clinic = public_of_clinic(session)
    own = clinic.installation_key.public
    expected = Expected(clinic.facts.vault, clinic.facts.fingerprint, of_clinic or own, head, tuple(others))
    checked = _looked_at(clinic, expected, pages_are_home=pages_are_home)
    if any(one.what == NOT_READABLE for one in checked.findings):
        # After one failed read the cipher calls sound pages damaged until its connection is let go. What
        # is damaged is so over a new connection too; a disk that fails on is told as that.
        checked = _looked_at(clinic, expected, pages_are_home=pages_are_home)
    if of_clinic != own:
        foreign = StoreFinding("installation", "its key in use is not the one that the director vouches for")
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


def _looked_at(clinic: OpenClinic, expected: Expected, *, pages_are_home: bool) -> StoreChecked:
    with clinic.store.reading() as session:
        return check_records(session, expected, pages_are_home=pages_are_home)


def check_records(
    session: Session,
    expected: Expected,
    *,
    look: Callable[[int, int], None] = lambda _done, _of: None,
    pages_are_home: bool = True,
) -> StoreChecked:
    """The same over any open database, such as a backup's.

    Args:
        session: A reading session.
        expected: What it is held against.
        look: Is told the parts done; it may raise.
        pages_are_home: Whether the file itself holds every page. If not, a half-written page in it may lie
            whole in the write-ahead log, so pages are judged only as they are read.
    """
    session.connection()
    checker = _Checker(session, expected, look, pages_are_home=pages_are_home)
    findings = tuple(checker.findings())
    return StoreChecked(verdict_of(findings), findings, checker.counts)


class _Checker:
    def __init__(
        self,
        session: Session,
        expected: Expected,
        look: Callable[[int, int], None],
        *,
        pages_are_home: bool,
    ) -> None:
        self._look = look
        self._session = session
        self._pages_are_home = pages_are_home
        self._expected = expected
        self._keys: dict[str, bytes] = {}
        self._logged = Logged()
        self._tree = MemoryTree()
        self.counts: dict[str, int] = {}

    def findings(self) -> Iterator[StoreFinding]:
        """Everything that is found. One part that cannot be read does not hide the others."""
        session, logged = self._session, self._logged
        parts: tuple[tuple[str, Callable[[], Iterable[StoreFinding]]], ...] = (
            ("database", self._pages),
            ("keys", self._key_register),
            ("log", self._log),
            ("log details", self._details),
            ("log tree", self._nodes),
            ("log", lambda: check_actors.actors(session)),
            ("signatures", lambda: check_actors.signers(session)),
            ("log columns", lambda: check_rows.log_columns(session)),
            ("keys", lambda: check_keys.vouches(session, self._keys, logged, self._directors_keys())),
            ("keys", lambda: check_keys.revocations(session, self._keys, logged)),
            ("keys", lambda: check_keys.access(session, logged)),
            ("second persons", lambda: check_second_persons.second_persons(session)),
            ("recovery", lambda: check_keys.ways_back(session, logged)),
            ("settings", lambda: check_keys.settings(session, logged)),
            ("visit records", self._records),
            ("supplies used", lambda: check_rows.supplies_used(session)),
            ("signatures", self._signatures),
            ("signatures", lambda: check_rows.signatures(session, logged)),
            ("releases", lambda: check_rows.releases(session)),
            ("visits", self._states),
            ("visits", lambda: check_rows.visits(session, logged)),
            ("adverse events", lambda: check_rows.adverse_events(session, logged)),
            ("approvals", self._approvals),
            ("approvals", lambda: check_rows.approved_columns(session, logged)),
            ("patients", self._patients),
            ("patients", lambda: check_rows.folded_names(session)),
            ("staff", lambda: check_rows.people(session, logged)),
            ("supplies", lambda: check_rows.supplies(session, logged)),
            ("broken glasses", lambda: check_rights.glasses(session, logged)),
            ("declarations", lambda: check_rights.declaration(session, self._keys, logged)),
            ("own visits", lambda: check_rights.own_judgements(session)),
            ("checkpoints", self._stored_checkpoints),
            ("anchors", self._anchors),
        )
        for done, (where, part) in enumerate(parts):
            self._look(done, len(parts))
            try:
                yield from part()
            except (ValueError, KeyError, TypeError, AttributeError):
                yield StoreFinding(where, "what stands there is not what mnclinic writes")
            except DBAPIError as error:
                if is_unreadable_disk(error):
                    # The disk's trouble, not somebody's hand.
                    raise
                yield StoreFinding(where, NOT_READABLE)

    def _directors_keys(self) -> frozenset[str]:
        """The clinic's fingerprint, here and when an older database was in use."""
        return frozenset({directors_key(self._session), self._expected.fingerprint})

    def _pages(self) -> Iterator[StoreFinding]:
        for said in self._wrong_pages() if self._pages_are_home else ():
            if said.startswith(NOT_READ):
                raise StoreUnavailable(OTHER)
            yield StoreFinding("database", said)
        for said in self._session.execute(text("PRAGMA integrity_check")).scalars():
            if any(int(code) & 0xFF == DISK_CODE for code in ENGINE_CODE.findall(said)):
                raise StoreUnavailable(OTHER)
            if said != "ok":
                yield StoreFinding("database", said)

    def _wrong_pages(self) -> list[str]:
        """Pages whose seal is broken.

        The engine looks at them on the disk and not at this reading's position, so that a page may be
        under a writer's hand. What is said a second and third time was not that.
        """
        pages = text("PRAGMA cipher_integrity_check")
        said = [str(one) for one in self._session.execute(pages).scalars()]
        for _ in range(2):
            if not said:
                break
            again = set(self._session.execute(pages).scalars())
            said = [one for one in said if one in again]
        return said

    def _key_register(self) -> Iterator[StoreFinding]:
        import base64

        rows = self._session.scalars(select(RegisteredKey)).all()
        self.counts["keys"] = len(rows)
        for row in rows:
            document = json.loads(row.document)
            public = base64.b64decode(document["public"])
            self._keys[row.key] = public
            if document["key"] != row.key or not verify(public, row.proof, key_signing_bytes(row.document)):
                yield StoreFinding(f"key {row.key[:16]}", "its document does not prove possession of the key")

    def _log(self) -> Iterator[StoreFinding]:
        rows = self._session.execute(
            select(LogEntry.seq, LogEntry.entry, LogEntry.leaf, LogEntry.signature).order_by(LogEntry.seq)
        ).all()
        self.counts["log entries"] = len(rows)
        for found in check_entries(
            (StoredEntry(row.entry, row.signature) for row in rows),
            vault=self._expected.vault,
            public_of=self._keys.get,
        ):
            yield StoreFinding(f"log entry {found.seq}", found.what)
        for number, row in enumerate(rows, start=1):
            leaf = leaf_hash(row.entry)
            self._tree.append(leaf)
            if row.leaf != leaf or row.seq != number:
                yield StoreFinding(f"log entry {row.seq}", "its stored hash or number is not its own")
            try:
                entry = parse_entry(row.entry)
            except ValueError:
                continue
            self._logged.add(entry)

    def _details(self) -> Iterator[StoreFinding]:
        rows = self._session.execute(
            select(LogDetail.seq, LogDetail.detail, LogEntry.entry).join(
                LogEntry, LogEntry.seq == LogDetail.seq
            )
        )
        for row in rows:
            entry = json.loads(row.entry)
            if salted_digest(bytes.fromhex(entry["salt"]), row.detail) != entry["dh"]:
                yield StoreFinding(f"log entry {row.seq}", "its detail is not the one that was entered")

    def _nodes(self) -> Iterator[StoreFinding]:
        rows = self._session.execute(select(LogNode.level, LogNode.position, LogNode.hash)).all()
        if len(rows) < sum(self._tree.size >> level for level in range(self._tree.size.bit_length())):
            yield StoreFinding("log tree", "hashes are missing")
        for row in rows:
            try:
                expected = self._tree.lookup(row.level, row.position)
            except KeyError:
                yield StoreFinding("log tree", f"a node of level {row.level} belongs to no entry")
                continue
            if expected != row.hash:
                yield StoreFinding(
                    "log tree", f"node {row.position} of level {row.level} is not its entries' hash"
                )

    def _records(self) -> Iterator[StoreFinding]:
        rows = self._session.scalars(select(VisitRevision)).all()
        self.counts["visit revisions"] = len(rows)
        lines: dict[tuple[str, int], list[TreatmentLineRow]] = {}
        in_order = (TreatmentLineRow.visit_id, TreatmentLineRow.revision, TreatmentLineRow.position)
        for line in self._session.scalars(select(TreatmentLineRow).order_by(*in_order)):
            lines.setdefault((line.visit_id, line.revision), []).append(line)
        for row in rows:
            record = json.loads(row.record)
            where = f"visit {record['number']} revision {row.revision}"
            if sha256_hex(row.record) != row.sha256:
                yield StoreFinding(where, "the record is not the one whose hash was stored")
            if not self._logged.holds("visit", row.visit_id, row.record):
                yield StoreFinding(where, "the record is not the one that was entered in the log")
            held = [
                (line.area, line.side, line.depth_um, line.passes, line.endpoint)
                for line in lines.pop((row.visit_id, row.revision), [])
            ]
            signed = [
                (line["area"], line["side"], _um(line["depth_mm"]), line["passes"], line["endpoint"])
                for line in record["document"].get("lines", ())
            ]
            if held != signed:
                yield StoreFinding(where, "the treated areas in the tables are not the signed ones")
        for visit_id, revision in lines:
            yield StoreFinding(
                f"visit {visit_id}", f"treated areas of a revision {revision} that does not exist"
            )

    def _signatures(self) -> Iterator[StoreFinding]:
        rows = self._session.execute(
            select(VisitSignature, VisitRevision.sha256).outerjoin(
                VisitRevision,
                (VisitRevision.visit_id == VisitSignature.visit_id)
                & (VisitRevision.revision == VisitSignature.revision),
            )
        ).all()
        self.counts["signatures"] = len(rows)
        for row, sha256 in rows:
            record = json.loads(row.record)
            where = f"signature on {record['number']} revision {record['revision']} ({record['meaning']})"
            public = self._keys.get(record["signer"]["key"])
            if public is None or not verify(public, row.signature, record_signing_bytes(row.record)):
                yield StoreFinding(where, "the signature does not belong to what it stands under")
            if (record["visit"], record["revision"], record["record_sha256"], record["vault"]) != (
                row.visit_id,
                row.revision,
                sha256,
                self._expected.vault,
            ):
                yield StoreFinding(where, "the signature was made for another record")
            if not self._logged.holds("signature", row.visit_id, row.record):
                yield StoreFinding(where, "the signature was never entered in the log")
            size, root = record["tree"]["size"], record["tree"]["root"]
            if size > self._tree.size or self._tree.root_at(size).hex() != root:
                yield StoreFinding(where, "the signature names a head that the log never had")

    def _states(self) -> Iterator[StoreFinding]:
        """A visit's state has to be the one that its newest log entry led to."""
        rows = self._session.execute(select(Visit.id, Visit.number, Visit.state, Visit.revision)).all()
        self.counts["visits"] = len(rows)
        revisions = self._session.execute(
            select(VisitRevision.visit_id, VisitRevision.revision).order_by(
                VisitRevision.visit_id, VisitRevision.revision
            )
        )
        newest = {row.visit_id: row.revision for row in revisions}
        decided: dict[str, str] = {}
        for (kind, object_id), entries in self._logged.entries.items():
            if kind in {"visit", "signature"}:
                newest_here = max(f"{entry['seq']:012d} {entry['action']}" for entry in entries)
                decided[object_id] = max(decided.get(object_id, ""), newest_here)
        for row in rows:
            action = decided.get(row.id, "").partition(" ")[2]
            if row.state not in _STATES_AFTER.get(action, ()):
                yield StoreFinding(
                    f"visit {row.number}", f"its state {row.state} is not what the log last says"
                )
            if row.revision != newest.get(row.id, 0):
                yield StoreFinding(f"visit {row.number}", "its newest revision is missing")

    def _approvals(self) -> Iterator[StoreFinding]:
        rows = self._session.scalars(select(ApprovedDocument)).all()
        self.counts["policies, protocols and texts"] = len(rows)
        for row in rows:
            where = f"{row.kind} {row.document_id} v{row.version}"
            if sha256_hex(row.document) != row.sha256 or not self._logged.holds(
                row.kind, row.document_id, row.document, row.version
            ):
                yield StoreFinding(where, "the document is not the one that was entered in the log")
            if row.approval is None:
                continue
            approval = json.loads(row.approval)
            public = self._keys.get(approval["signer"]["key"])
            if public is None or not verify(
                public, row.approval_signature or b"", record_signing_bytes(row.approval)
            ):
                yield StoreFinding(where, "the approval's signature does not belong to it")
            if approval["sha256"] != row.sha256 or not self._logged.holds(
                "approval", f"{row.kind}:{row.document_id}", row.approval
            ):
                yield StoreFinding(where, "the approval is of another document")

    def _patients(self) -> Iterator[StoreFinding]:
        rows = self._session.scalars(select(Patient)).all()
        self.counts["patients"] = len(rows)
        for row in rows:
            if not self._logged.holds("patient", row.ref, patient_bytes(row)):
                yield StoreFinding(
                    f"patient {row.record_number}", "the roster data are not what the log entered"
                )
        known = {row.ref for row in rows}
        for _ in self._logged.ids("patient") - known - self._logged.ids("removed_patient"):
            yield StoreFinding("patients", "somebody whom the log entered is not on the roster any more")

    def _log_checked(self) -> check_anchors.Checked:
        expected = self._expected
        return check_anchors.Checked(expected.vault, expected.installation_public, self._tree, self._logged)

    def _stored_checkpoints(self) -> Iterator[StoreFinding]:
        return check_anchors.stored_checkpoints(self._session, self._log_checked(), self.counts)

    def _anchors(self) -> Iterator[StoreFinding]:
        head = check_anchors.Outside("head_file", self._expected.head)
        outside = (head, *self._expected.others)
        return check_anchors.outside_checkpoints(self._session, self._log_checked(), outside, self.counts)


_STATES_AFTER = {
    "visit.started": {"draft"},
    "visit.draft_saved": {"draft", "deferred", "returned"},
    "visit.deferred": {"deferred"},
    "visit.released": {"draft", "deferred"},
    "visit.drawn": {"in_review", "complete_not_drawn"},
    "visit.performed": {"performed"},
    "visit.signed": {"signed"},
    "visit.returned": {"returned"},
    "visit.voided": {"voided"},
}


def _um(depth_mm: str) -> int:
    from decimal import Decimal

    return int(Decimal(depth_mm) * 1000)
