"""Write the receipt that a patient takes home of a signed visit, entered in the log."""

import json
from pathlib import Path

from sqlalchemy import select

from mnclinic.documents.visit_receipt import ReceiptAbout, visit_receipt_pdf
from mnclinic.domain.instants import now_here
from mnclinic.errors import ActionRefused, Refusal
from mnclinic.models import Device, VisitRevision
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.follow_up_rows import contact_rows
from mnclinic.services.out_place import refuse_place
from mnclinic.services.print_documents import Language, Printed, staff_names, write_entered
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.whom_to_call import whom_to_call_in
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork


def print_receipt(clinic: OpenClinic, visit_id: str, language: Language, out: Path) -> Printed:
    """Write the receipt of a visit as a PDF in `language`.

    Raises ActionRefused where nothing was treated or nobody signed it; InvalidInput for a place where no file
    can be, then nothing was entered; StoreUnavailable and kin for the disk.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        row = work.session.get(VisitRevision, (visit.id, visit.revision))
        document = json.loads(row.record)["document"] if row is not None else {}
        if row is None or not document.get("lines"):
            said = "A receipt is of a treatment that was performed and signed. Nothing was printed."
            raise ActionRefused([Refusal("nothing_to_print", said)])
        rows = contact_rows(work.session, now_here(clinic.clock), visit_id=visit.id)
        # As they come, and not as a call list has them.
        planned = sorted(rows, key=lambda one: one.due_at)
        whom = whom_to_call_in(work.session)
        about = ReceiptAbout(
            clinic_name=clinic.facts.name,
            patient_name=f"{patient.first_name} {patient.last_name}",
            record_number=patient.record_number,
            born_on=patient.born_on,
            visit_number=visit.number,
            visit_on=visit.visit_on,
            record_sha256=row.sha256,
            people=staff_names(work.session),
            device_words=_device(work, str(document.get("device") or "")),
            contacts=tuple((one.kind.value, one.due_at.date()) for one in planned if not one.event),
            numbers=(whom.phone, whom.after_hours),
            is_demo=clinic.facts.is_demo,
            checkpoint=work.log.cut_checkpoint(),
        )
        pdf = visit_receipt_pdf(document, about, language=language)
        printed = LoggedObject("receipt_print", visit.id, visit.revision, pdf)
        work.log.record(
            Act("receipt.printed", "P", subject=patient.ref, object=printed, categories=("treatment",))
        )
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def _device(work: UnitOfWork, device: str) -> str:
    """The device as the register has it; its name alone where the register has none."""
    row = work.session.scalars(select(Device).where(Device.device == device)).first()
    return f"{row.model}, {row.maker}, {row.serial}" if row is not None else device
