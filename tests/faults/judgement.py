"""After a fault: is what was acknowledged there, is anything half there, does the check keep calm?

The half states are looked for with queries of their own, so that they do not rest on the check alone.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.errors import ClinicError
from mnclinic.models import ImportBatch, LogEntry, Patient, Visit, VisitRevision, VisitSignature
from mnclinic.services.check_store import check_store
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic
from tests.faults.acts import Fact, facts_of
from tests.faults.figures import Figures
from tests.services.clinic_builder import PASSWORDS, StoppedClock

LOST = "acknowledged work lost"
HALF = "half states"
FALSE_ALARM = "false tamper alarms"
NOT_OPENED = "not opened again"
FROZEN = ("in_review", "complete_not_drawn", "returned", "signed")

Facts = dict[tuple[str, str], str]


@dataclass
class Expected:
    """What has to be found: what stood before, what was acknowledged since, and what was under way."""

    before: Facts = field(default_factory=dict)
    acknowledged: list[Fact] = field(default_factory=list)
    under_way: str | None = None
    """The kind of fact that the act under way changes; it may be there as a whole, or not at all."""

    def standing(self) -> Facts:
        """The newest acknowledged state of everything."""
        return self.before | {(one.kind, one.name): one.state for one in self.acknowledged}


@dataclass
class Found:
    """What a look at the folder gave. `facts` is None when it could not be opened."""

    facts: Facts | None
    figures: Figures


def look(folder: Path, expected: Expected, clock: StoppedClock, *, user: str = "okafor") -> Found:
    """Open the folder as the program would, and compare. Never raises for what a fault did."""
    figures = Figures()
    try:
        clinic = open_clinic(folder, user, PASSWORDS[user], clock=clock)
    except ClinicError as error:
        figures.find(NOT_OPENED, f"{error.code}: {error.sentence}")
        return Found(None, figures)
    try:
        return Found(_inside(clinic, expected, figures), figures)
    finally:
        clinic.close()


def _inside(clinic: OpenClinic, expected: Expected, figures: Figures) -> Facts:
    with Session(clinic.store.engine) as session:
        facts = facts_of(session)
        if clinic.key_file.epoch > 1:
            facts["epoch", "the database key"] = str(clinic.key_file.epoch)
        for sentence in half_states(session):
            figures.find(HALF, sentence)
    for kind, sentence in compare(expected, facts):
        figures.find(kind, sentence)
    checked = check_store(clinic)
    if checked.verdict not in {"OK", "EXPLAINED"}:
        for one in checked.findings:
            figures.find(FALSE_ALARM, f"{one.where}: {one.what}")
    return facts


def compare(expected: Expected, found: Facts) -> Iterator[tuple[str, str]]:
    """Acknowledged work that is gone, and work that nobody began."""
    standing = expected.standing()
    moved = []
    for (kind, name), state in standing.items():
        if kind == "file":
            path = Path(name)
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != state:
                yield LOST, f"the file {path.name} that was handed over"
            continue
        now = found.get((kind, name))
        if now == state:
            continue
        # The act under way may have been committed in the moment before its acknowledgement.
        moved.append((kind, name))
        if now is None or kind != expected.under_way or len(moved) > 1:
            yield LOST, f"{kind} {name} was acknowledged as {state} and is {now}"
    new = [key for key in found if key not in standing]
    if len(new) + len(moved) > 1 or any(kind != expected.under_way for kind, _ in new):
        yield HALF, f"work that nobody acknowledged or began: {new + moved}"


def half_states(session: Session) -> Iterator[str]:
    """Visit, record, signatures and log entries; imports and their people; the log's own numbers."""
    entries = [json.loads(entry) for entry in session.scalars(select(LogEntry.entry).order_by(LogEntry.seq))]
    if [entry["seq"] for entry in entries] != list(range(1, len(entries) + 1)):
        yield "the log has a gap"
    logged: dict[str, set[str]] = {}
    for entry in entries:
        if entry.get("obj"):
            logged.setdefault(entry["obj"]["id"], set()).add(entry["action"])
    revisions = {
        (row.visit_id, row.revision)
        for row in session.execute(select(VisitRevision.visit_id, VisitRevision.revision))
    }
    meanings: dict[tuple[str, int], set[str]] = {}
    for row in session.execute(
        select(VisitSignature.visit_id, VisitSignature.revision, VisitSignature.meaning)
    ):
        meanings.setdefault((row.visit_id, row.revision), set()).add(row.meaning)
    for visit in session.scalars(select(Visit)):
        yield from _of_visit(visit, revisions, meanings, logged.get(visit.id, set()))
    yield from _of_imports(session)
    patients = set(session.scalars(select(Patient.ref)))
    gone = {ref for ref, actions in logged.items() if "import.undone" in actions}
    arrived = {ref for ref, actions in logged.items() if actions & {"patient.added", "patient.imported"}}
    if patients != arrived - gone:
        yield f"{len(patients ^ (arrived - gone))} people are on the roster or in the log, but not in both"


def _of_visit(
    visit: Visit,
    revisions: set[tuple[str, int]],
    meanings: Mapping[tuple[str, int], set[str]],
    actions: set[str],
) -> Iterator[str]:
    frozen = visit.state in FROZEN
    signed = meanings.get((visit.id, visit.revision), set())
    has_record = (visit.id, visit.revision) in revisions
    # A deferred visit keeps what was refused, unsigned; one that was released goes on from there.
    may_have_record = frozen or visit.state in {"deferred", "draft"}
    if has_record > may_have_record or frozen > has_record or frozen != ("performed" in signed):
        yield f"{visit.number} is {visit.state}, revision {visit.revision}, signatures {sorted(signed)}"
    if (visit.state == "signed") != ("approved" in signed) or (visit.state == "returned") != (
        "returned" in signed
    ):
        yield f"{visit.number} is {visit.state}, but its signatures are {sorted(signed)}"
    wanted = {
        "draft": {"visit.started"},
        "deferred": {"visit.deferred"},
        "voided": {"visit.voided"},
        "signed": {"visit.performed", "visit.signed"},
        "returned": {"visit.performed", "visit.returned"},
    }.get(visit.state, {"visit.performed"})
    if not wanted <= actions and visit.state != "draft":
        yield f"{visit.number} is {visit.state}, but the log says only {sorted(actions)}"


def _of_imports(session: Session) -> Iterator[str]:
    people: dict[str | None, int] = {
        batch: count
        for batch, count in session.execute(
            select(Patient.import_id, func.count()).group_by(Patient.import_id)
        )
    }
    for batch in session.scalars(select(ImportBatch)):
        there = people.get(batch.id, 0)
        if there != (0 if batch.undone_at else batch.added):
            yield f"an import of {batch.added} people has {there}"
