"""Numbered sheets for the day the PC is down: printed beforehand, entered later, and missed until then."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.documents.paper_sheet import LANGUAGES, PaperAbout, paper_sheet_pdf
from mnclinic.domain.attachments import AttachmentKind
from mnclinic.domain.instants import zone_of
from mnclinic.domain.paper_return import ReturnedSheet, notes_on_return
from mnclinic.domain.person_details import line_of
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import PaperSheet, Staff, Visit, VisitRevision
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.attachments import NewAttachment, keep_attachment
from mnclinic.services.in_force import in_force_on
from mnclinic.services.out_place import problems_of_place, refuse_place
from mnclinic.services.paper_rows import (
    ISSUED,
    RETURNED,
    SPOILED,
    enter_issued,
    enter_returned,
    enter_spoiled,
    sheet_number,
    sheets_ever,
)
from mnclinic.services.print_documents import write_entered
from mnclinic.services.save_visit import NO_SUCH_VISIT, load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_rows import problems_of_reason
from mnclinic.store.unit_of_work import UnitOfWork

Json = Mapping[str, Any]

MOST_AT_ONCE = 20
NOT_PRINTED = "No sheet was printed. Correct what is marked and try again."
NOT_RETURNED = "The sheet was not brought back. Correct what is marked and try again."
NOT_SPOILED = "The sheet was not changed. Correct what is marked and try again."
NO_SUCH_SHEET = "There is no sheet of this number. Nothing was changed. See: mnclinic paper list"
SETTLED = "This sheet is no longer out. Nothing was changed."


@dataclass(frozen=True)
class PaperRow:
    """A sheet in lists, in the clinic's time. `visit` is a visit's number; `issued_by` a user name.

    `noted` has, of a sheet that came back just now, what is odd about it beside its visit.
    """

    number: str
    language: str
    protocol: str
    issued_at: datetime
    issued_by: str
    state: str
    visit: str | None
    visit_id: str | None
    attachment: str | None
    reason: str
    settled_at: datetime | None
    noted: tuple[str, ...] = ()

    @property
    def is_out(self) -> bool:
        """Whether it has neither come back nor was spoiled."""
        return self.state == ISSUED


@dataclass(frozen=True)
class SheetsPrinted:
    """The sheets that were printed, and where each of them is."""

    rows: tuple[PaperRow, ...]
    files: tuple[Path, ...]


def print_paper_sheets(
    clinic: OpenClinic, protocol: str, *, count: int, language: str, out: Path
) -> SheetsPrinted:
    """Print so many sheets of a protocol in force today, each under a number of its own, as PDFs.

    One sheet goes to `out`; of several each goes beside it, with its number at the end of its name. The
    numbers are entered before anything is written, so a sheet that a full disk lost is missed as well.

    Raises InvalidInput where there is no such protocol, the number or language is none, or a place is taken.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    problems = []
    if not 1 <= count <= MOST_AT_ONCE:
        problems.append(Problem("count", f"Print 1 to {MOST_AT_ONCE} sheets at once."))
    if language not in LANGUAGES:
        problems.append(Problem("language", "Choose en or es."))
    force = in_force_on(clinic)
    found = next((one for one in force.protocols if one.document.document_id == protocol), None)
    if found is None:
        said = "This protocol is not in force today. Nobody is treated under it, on paper either."
        problems.append(Problem("protocol", said))
    if problems or found is None:
        raise InvalidInput(NOT_PRINTED, [*problems, *problems_of_place(out, overwrites=True)])
    items: Any = force.policy.document.document.get("screening", ()) if force.policy else ()
    with clinic.work() as work:
        first, now = sheets_ever(work.session) + 1, clinic.clock.now()
        numbers = [sheet_number(first + place) for place in range(count)]
        files = [_place(out, number) if count > 1 else out for number in numbers]
        for file in files:
            refuse_place(file, overwrites=count == 1)
        about = PaperAbout(
            clinic_name=clinic.facts.name,
            protocol=found.document.document,
            items=items,
            printed_at=now,
            is_demo=clinic.facts.is_demo,
            checkpoint=work.log.cut_checkpoint(),
        )
        made = [paper_sheet_pdf(number, about, language=language) for number in numbers]
        rows = []
        for number in numbers:
            row = PaperSheet(
                number=number,
                language=language,
                protocol=f"{protocol}:{found.document.version}",
                protocol_sha256=found.document.sha256,
                issued_by=clinic.person.staff_id,
                issued_at=now,
                state=ISSUED,
                visit_id=None,
                attachment=None,
                reason="",
                settled_by=None,
                settled_at=None,
            )
            work.session.add(row)
            work.session.flush()
            enter_issued(work, row)
            rows.append(row)
        work.commit(checkpoint=True)
        shown = tuple(
            _row(row, {row.issued_by: clinic.person.user}, {}, zone_of(clinic.clock)) for row in rows
        )
    for file, pdf in zip(files, made, strict=True):
        write_entered(pdf, file)
    return SheetsPrinted(shown, tuple(files))


def list_paper_sheets(clinic: OpenClinic) -> tuple[PaperRow, ...]:
    """Every sheet, those that are out first, the newest of each first."""
    clinic.require(RoleAct.VIEW_TODAY)
    with clinic.store.reading() as session:
        return _listed(session, zone_of(clinic.clock))


def return_paper_sheet(clinic: OpenClinic, number: str, visit: str, *, scan: bytes) -> PaperRow:
    """A sheet came back: it was entered as this visit, and its scan is kept with the person.

    What is odd about the two, such as a visit that began before its sheet was printed, is in `noted`.

    Raises InvalidInput where there is no such sheet or visit, the sheet is not out, the visit lies before
    the day on which it was printed, was voided or is still a draft, or the scan is no file that can be kept.
    """
    clinic.require(RoleAct.EDIT_PATIENT)
    with clinic.work() as work:
        sheet = _out(work.session, number)
        try:
            held = load_visit(work, visit.strip())[0]
        except InvalidInput:
            raise InvalidInput(NOT_RETURNED, [Problem("visit", NO_SUCH_VISIT)]) from None
        _refuse_visit(sheet, held, clinic)
        name, visit_id, ref, day = sheet.number, held.id, held.patient_ref, held.visit_on

    def settle(work: UnitOfWork, attachment_id: str) -> None:
        row = _out(work.session, name)
        row.state, row.visit_id, row.attachment = RETURNED, visit_id, attachment_id
        row.settled_by, row.settled_at = clinic.person.staff_id, clinic.clock.now()
        work.session.flush()
        enter_returned(work, row, ref)

    new = NewAttachment(AttachmentKind.PAPER, f"Paper sheet {name}", scan, day)
    try:
        keep_attachment(clinic, ref, new, also=settle)
    except InvalidInput as error:
        # The one field that this act asks for is the scan.
        problems = [Problem("scan" if one.where == "file" else one.where, one.what) for one in error.problems]
        raise InvalidInput(NOT_RETURNED, problems) from None
    with clinic.store.reading() as session:
        row, zone = session.get_one(PaperSheet, name), zone_of(clinic.clock)
        noted = tuple(notes_on_return(_beside_its_visit(session, row, zone)))
        return replace(_shown(session, row, zone), noted=noted)


def spoil_paper_sheet(clinic: OpenClinic, number: str, *, reason: str) -> PaperRow:
    """A sheet will not come back: torn, lost or never needed. Raises InvalidInput as `return_paper_sheet`."""
    clinic.require(RoleAct.EDIT_PATIENT)
    reason = line_of(reason)
    problems = [*problems_of_reason(reason)]
    with clinic.work() as work:
        row = _out(work.session, number, problems)
        if problems:
            raise InvalidInput(NOT_SPOILED, problems)
        row.state, row.reason = SPOILED, reason
        row.settled_by, row.settled_at = clinic.person.staff_id, clinic.clock.now()
        work.session.flush()
        enter_spoiled(work, row)
        work.commit()
        return _shown(work.session, row, zone_of(clinic.clock))


def _out(session: Session, number: str, problems: Sequence[Problem] = ()) -> PaperSheet:
    """A sheet that is still out. Where there is none, that is told with whatever else is wrong."""
    row = session.get(PaperSheet, number.strip().upper())
    if row is None:
        raise InvalidInput(NO_SUCH_SHEET, problems)
    if row.state != ISSUED:
        raise InvalidInput(SETTLED, problems)
    return row


def _refuse_visit(sheet: PaperSheet, visit: Visit, clinic: OpenClinic) -> None:
    said = ""
    zone = zone_of(clinic.clock)
    if visit.state == VisitState.VOIDED.value:
        said = "This visit was voided. Name the one that the sheet was entered as."
    elif visit.state == VisitState.DRAFT.value:
        # A draft may still become anything, and a sheet that is settled is missed no more.
        said = "This visit is not signed yet. Sign it first, then bring the sheet back."
    elif visit.visit_on < sheet.issued_at.astimezone(zone).date():
        said = "This visit lies before the day on which the sheet was printed."
    if said:
        raise InvalidInput(NOT_RETURNED, [Problem("visit", said)])


def _beside_its_visit(session: Session, row: PaperSheet, zone: tzinfo | None) -> ReturnedSheet:
    visit = session.get_one(Visit, row.visit_id)
    revision = session.get(VisitRevision, (visit.id, visit.revision))
    record: Json = json.loads(revision.record) if revision is not None else {}
    pinned = record.get("pinned", {}).get("protocol")
    same = select(PaperSheet.number).where(PaperSheet.visit_id == visit.id, PaperSheet.number != row.number)
    return ReturnedSheet(
        protocol=_named(row.protocol),
        printed_at=row.issued_at.astimezone(zone),
        visit=visit.number,
        visit_protocol=f"{pinned['id']} v{pinned['version']}" if pinned else None,
        began_at=datetime.fromisoformat(json.loads(visit.document)["started_at"]).astimezone(zone),
        late_entered_at=_local(visit.performed_at, zone) if record.get("late_entry") else None,
        others=sorted(session.scalars(same)),
    )


def _local(at: datetime | None, zone: tzinfo | None) -> datetime | None:
    return at.astimezone(zone) if at is not None else None


def _named(protocol: str) -> str:
    return protocol.replace(":", " v")


def _place(out: Path, number: str) -> Path:
    return out.with_name(f"{out.stem}-{number}{out.suffix or '.pdf'}")


def _listed(session: Session, zone: tzinfo | None) -> tuple[PaperRow, ...]:
    rows = session.scalars(select(PaperSheet)).all()
    users = _users(session)
    named = {row.visit_id for row in rows if row.visit_id}
    found = session.execute(select(Visit.id, Visit.number).where(Visit.id.in_(named)))
    numbers = {visit_id: number for visit_id, number in found}
    shown = [_row(row, users, numbers, zone) for row in rows]
    newest_first = sorted(shown, key=lambda one: one.number, reverse=True)
    return tuple(sorted(newest_first, key=lambda one: not one.is_out))


def _users(session: Session) -> dict[str, str]:
    return {one.id: one.user for one in session.scalars(select(Staff))}


def _shown(session: Session, row: PaperSheet, zone: tzinfo | None) -> PaperRow:
    users = _users(session)
    visit = session.get(Visit, row.visit_id) if row.visit_id else None
    return _row(row, users, {visit.id: visit.number} if visit else {}, zone)


def _row(
    row: PaperSheet, users: Mapping[str, str], numbers: Mapping[str, str], zone: tzinfo | None
) -> PaperRow:
    # In the clinic's own time: a sheet printed in the evening bears that day, not the next one's of UTC.
    return PaperRow(
        row.number,
        row.language,
        _named(row.protocol),
        row.issued_at.astimezone(zone),
        users.get(row.issued_by, ""),
        row.state,
        numbers.get(row.visit_id) if row.visit_id else None,
        row.visit_id,
        row.attachment,
        row.reason,
        _local(row.settled_at, zone),
    )
