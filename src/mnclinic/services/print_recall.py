"""The papers of a recall as PDF files, each entered in the log."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.documents.recall_papers import (
    PersonOnPaper,
    Printing,
    RecallEnd,
    RecallOnPaper,
    call_list_pdf,
    letters_pdf,
    report_pdf,
)
from mnclinic.domain.recall_case import DEVICE
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.follow_recall import show_recall
from mnclinic.services.out_place import refuse_place, told_what_is_entered
from mnclinic.services.print_documents import Printed, write_page
from mnclinic.services.recall_rows import ContactRow, RecallPerson, RecallRow
from mnclinic.services.session import OpenClinic
from mnclinic.services.standing import Standing
from mnclinic.services.touched_people import among
from mnclinic.services.whom_to_call import whom_to_call_in
from mnclinic.store.log_writer import Act

CALL_LIST, LETTERS, REPORT = "call-list", "letters", "report"
PAPERS: Mapping[str, Callable[[RecallOnPaper, Printing], bytes]] = {
    CALL_LIST: call_list_pdf,
    LETTERS: letters_pdf,
    REPORT: report_pdf,
}


def print_recall(clinic: OpenClinic, recall_id: str, what: str, out: Path) -> Printed:
    """Write a paper of a recall: whom to call, letters to the living not reached, or a report of figures.

    Raises InvalidInput where there is no such recall or paper, or for a place where no file can be, then
    nothing was entered; StoreUnavailable and kin for the disk.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    if what not in PAPERS:
        problem = Problem("what", f"Write one of these: {', '.join(PAPERS)}.")
        raise InvalidInput("Nothing was printed. Correct what is marked.", [problem])
    refuse_place(out, overwrites=True)
    shown = show_recall(clinic, recall_id)
    on_paper = _on_paper(shown)
    if what == LETTERS:
        # No letter goes to somebody who died; the call list says so, and whoever calls decides whom to tell.
        unreached = {one.record_number for one in shown.people if not one.is_reached and not one.is_deceased}
        on_paper = replace(
            on_paper, people=[one for one in on_paper.people if one.record_number in unreached]
        )
    with clinic.work() as work:
        printing = Printing(
            clinic_name=clinic.facts.name,
            printed_by=clinic.person.name,
            printed_at=clinic.clock.now(),
            is_demo=clinic.facts.is_demo,
            checkpoint=work.log.cut_checkpoint(),
            phone=whom_to_call_in(work.session).phone,
        )
        if what == LETTERS:
            on_paper = _with_days(work.session, on_paper)
        pdf = PAPERS[what](on_paper, printing)
        detail = {"what": what, "rows": len(on_paper.people)}
        work.log.record(Act("recall.printed", "P", categories=("supplies",), detail=detail))
        work.commit(checkpoint=True)
    with told_what_is_entered(
        "The log says already that it was printed; no record was changed.", "Print it again to another place."
    ):
        return write_page(pdf, out)


def _with_days(session: Session, on_paper: RecallOnPaper) -> RecallOnPaper:
    """The same with the day before each visit's number: whoever gets a letter knows no numbers."""
    numbers = {number for one in on_paper.people for number in one.visits}
    asked = select(Visit.number, Visit.visit_on).where(Visit.number.in_(among(numbers)))
    days = {number: day.isoformat() for number, day in session.execute(asked)}
    people = [
        replace(
            one, visits=[f"{days[number]} ({number})" if number in days else number for number in one.visits]
        )
        for one in on_paper.people
    ]
    return replace(on_paper, people=people)


def _on_paper(row: RecallRow) -> RecallOnPaper:
    kind = "device" if row.kind == DEVICE else f"{row.kind.replace('_', ' ')}, lot"
    return RecallOnPaper(
        what=f"{kind} {row.named}",
        named=row.named,
        is_device=row.kind == DEVICE,
        reason=row.reason,
        is_drill=row.is_drill,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        list_ms=row.list_ms,
        notice_sha256=row.notice_sha256,
        closing=_end(row),
        reached=row.reached,
        tried=sum(bool(one.contacts) for one in row.people),
        people=[_person(one) for one in row.people],
    )


def _end(row: RecallRow) -> RecallEnd | None:
    wrong = "" if row.standing is Standing.HOLDS else f"{row.standing.value.capitalize()}."
    if row.signed is None:
        return RecallEnd("", None, "", "", wrong) if wrong else None
    who = ", ".join(filter(None, (row.signed.name, row.signed.credential)))
    return RecallEnd(who, row.signed.at, row.signed.statement, row.closing_text, wrong)


def _person(one: RecallPerson) -> PersonOnPaper:
    return PersonOnPaper(
        patient=one.patient,
        record_number=one.record_number,
        phone=one.phone,
        email=one.email,
        address=one.address,
        language=one.language,
        visits=one.visits,
        told=[_told(told) for told in one.contacts],
        is_deceased=one.is_deceased,
    )


def _told(one: ContactRow) -> str:
    said = f"{one.at:%Y-%m-%d %H:%M} {one.how.replace('_', ' ')}: {one.outcome.replace('_', ' ')}"
    return f"{said}, {one.text}" if one.text else said
