"""One person's whole chart as a PDF: every signed or deferred visit, with its amendments."""

from pathlib import Path

from sqlalchemy import select

from mnclinic.audit.note import parse_checkpoint
from mnclinic.documents.patient_chart import Whose, patient_chart_pdf
from mnclinic.documents.visit_photos import Pictures
from mnclinic.models import Visit, VisitRevision
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amendment_rows import filed_elsewhere
from mnclinic.services.one_person import load_person
from mnclinic.services.out_place import refuse_place
from mnclinic.services.print_documents import (
    Printed,
    staff_names,
    visit_in_chart,
    visit_printed,
    write_entered,
)
from mnclinic.services.printed_photos import allowed_pictures, are_allowed
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, go_on, unwatched

READING, DRAWING, ENTERED = "reading the records", "drawing the pages", "entering it in the log"
"""The steps that a watch hears of; at the last it is asked for the last time."""


def print_patient_chart(clinic: OpenClinic, patient: str, out: Path, *, watch: Watch = unwatched) -> Printed:
    """Write every visit of a person (by reference or record number) as one PDF, oldest first.

    Each visit in it is entered as printed. One that was filed to another patient and is signed to be this
    person's is named and not drawn: its record carries the other's name. `watch` is told how far it is.

    Raises InvalidInput for nobody, or a place where no file can be, and Stopped where the watch wanted no
    more: then nothing was entered or written. StoreUnavailable and kin for the disk.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    pictures = _pictures(clinic, patient, watch)
    with clinic.work() as work:
        now = clinic.clock.now()
        people = load_person(work.session, patient)
        refs = [one.ref for one in people]
        if pictures and not are_allowed(work.session, refs):
            # It was taken back while they were drawn.
            pictures = {}
        note = work.log.cut_checkpoint()
        head = parse_checkpoint(note)
        rows = work.session.execute(
            select(Visit, VisitRevision)
            .join(
                VisitRevision,
                (VisitRevision.visit_id == Visit.id) & (VisitRevision.revision == Visit.revision),
            )
            .where(Visit.patient_ref.in_(refs))
        ).all()
        ordered = sorted(rows, key=lambda row: (row[0].visit_on, row[0].number))
        parts = []
        for done, (visit, revision) in enumerate(ordered):
            go_on(watch, READING, done, len(ordered))
            parts.append(visit_in_chart(work, visit, revision, clinic.facts.vault))
        elsewhere = [work.session.get_one(Visit, one) for one in filed_elsewhere(work.session, refs)]
        first = people[0]
        pdf = patient_chart_pdf(
            Whose(
                name=f"{first.last_name}, {first.first_name}",
                record_numbers=[one.record_number for one in people],
                born_on=first.born_on.isoformat() if first.born_on else "",
                tombstones=[
                    f"Visit {one.number} of {one.visit_on.isoformat()} was filed to another patient and is "
                    "signed to be of this one. Its record stands there."
                    for one in elsewhere
                ],
            ),
            parts,
            clinic_name=clinic.facts.name,
            is_demo=clinic.facts.is_demo,
            checkpoint={"size": head.size, "root": head.root.hex()},
            signed_checkpoint=note,
            printed_at=now,
            printed_by=clinic.person.name,
            people=staff_names(work.session),
            pictures=pictures,
            drawing=lambda done: go_on(watch, DRAWING, done, len(parts)),
        )
        go_on(watch, ENTERED)
        for visit, revision in ordered:
            work.log.record(visit_printed(visit, revision, pictures))
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def _pictures(clinic: OpenClinic, patient: str, watch: Watch) -> Pictures:
    with clinic.store.reading() as session:
        refs = [one.ref for one in load_person(session, patient)]
    return allowed_pictures(clinic, refs, watch=watch)
