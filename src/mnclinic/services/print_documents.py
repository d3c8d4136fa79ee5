"""Charts, aftercare sheets and the fingerprint sheet as PDF files, each entered in the log."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.note import parse_checkpoint
from mnclinic.documents.aftercare_sheet import aftercare_sheet_pdf
from mnclinic.documents.fingerprint_sheet import fingerprint_sheet_pdf
from mnclinic.documents.visit_record import visit_record_pdf
from mnclinic.errors import ActionRefused, Refusal
from mnclinic.models import Checkpoint, RegisteredKey, Staff, VisitRevision, VisitSignature
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amendment_rows import amendments_of, to_be_printed
from mnclinic.services.key_standing import unconfirmed_keys
from mnclinic.services.out_place import refuse_place, told_what_is_entered
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.signature_standing import public_keys, standing_of, wrong_with_record
from mnclinic.store.durability import settle_name
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.trouble import told_plainly

Language = Literal["en", "es"]


@dataclass(frozen=True)
class Printed:
    """A PDF was written where the person asked for it. It is not encrypted."""

    file: Path


def staff_names(session: Session) -> dict[str, str]:
    """Printed names by user name."""
    return {
        one.user: f"{one.name}, {one.credential}" if one.credential else one.name
        for one in session.scalars(select(Staff))
    }


def newest_note(session: Session) -> bytes | None:
    """The newest checkpoint that is stored."""
    return session.scalars(select(Checkpoint.note).order_by(Checkpoint.size.desc()).limit(1)).first()


def print_chart(clinic: OpenClinic, visit_id: str, out: Path) -> Printed:
    """Write the newest signed or deferred revision of a visit as a PDF.

    Raises ActionRefused for a draft, which is no record; InvalidInput for a place where no file can be, then
    nothing was entered; StoreUnavailable and kin for the disk.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        now = clinic.clock.now()
        visit, patient = load_visit(work, visit_id)
        row = work.session.get(VisitRevision, (visit.id, visit.revision))
        if row is None:
            raise ActionRefused(
                [Refusal("nothing_to_print", "A draft is no record yet. Nothing was printed.")]
            )
        signatures = work.session.scalars(
            select(VisitSignature)
            .where(VisitSignature.visit_id == visit.id, VisitSignature.revision == visit.revision)
            .order_by(VisitSignature.id)
        ).all()
        note = work.log.cut_checkpoint()
        keys, vault = public_keys(work.session), clinic.facts.vault
        held = [standing_of(one, row.record, keys, vault).said for one in signatures]
        head = parse_checkpoint(note)
        doubted = {one.key: one.sentence for one in unconfirmed_keys(work.session)}
        amended = [one.said for one in amendments_of(work.session, visit.id, vault)]
        pdf = visit_record_pdf(
            json.loads(row.record),
            [json.loads(one.record) for one in signatures],
            clinic_name=clinic.facts.name,
            is_demo=clinic.facts.is_demo,
            checkpoint={"size": head.size, "root": head.root.hex()},
            signed_checkpoint=note,
            printed_at=now,
            printed_by=clinic.person.name,
            sha256=row.sha256,
            people=staff_names(work.session),
            standings=[*held, *wrong_with_record(row), *amended],
            doubts=[doubted.get(json.loads(one.record)["signer"]["key"], "") for one in signatures],
            amendments=to_be_printed(work.session, visit.id, visit.revision, vault),
        )
        printed = LoggedObject("visit_print", visit.id, visit.revision, row.record)
        work.log.record(
            Act("visit.printed", "P", subject=patient.ref, object=printed, categories=("treatment",))
        )
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def print_aftercare(clinic: OpenClinic, visit_id: str, language: Language, out: Path) -> Printed:
    """Write the aftercare sheet for a visit's patient as a PDF."""
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        pdf = aftercare_sheet_pdf(
            clinic_name=clinic.facts.name,
            patient_name=f"{patient.first_name} {patient.last_name}",
            visit_number=visit.number,
            language=language,
            treated_on=visit.visit_on,
            is_demo=clinic.facts.is_demo,
            checkpoint=work.log.cut_checkpoint(),
        )
        printed = LoggedObject("aftercare_print", visit.id, visit.revision, pdf)
        work.log.record(
            Act("aftercare.printed", "P", subject=patient.ref, object=printed, categories=("treatment",))
        )
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def print_fingerprint_sheet(clinic: OpenClinic, out: Path) -> Printed:
    """Write the sheet with the director's fingerprint, to be signed in ink and given apart from bundles."""
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        key = work.session.get_one(RegisteredKey, clinic.facts.fingerprint)
        holder = json.loads(key.document)["holder"]
        pdf = fingerprint_sheet_pdf(
            clinic_name=clinic.facts.name,
            director_name=holder["name"],
            director_credential=holder["credential"] or "",
            fingerprint=clinic.facts.fingerprint,
            made_at=clinic.clock.now(),
            is_demo=clinic.facts.is_demo,
            checkpoint=work.log.cut_checkpoint(),
        )
        work.log.record(Act("fingerprint.printed", "P", categories=("keys",)))
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def write_entered(pdf: bytes, out: Path) -> Printed:
    """Write a PDF whose printing was entered. Raises StoreUnavailable and kin, which say that it was."""
    with told_what_is_entered(
        "The log says already that it was printed; no record was changed.", "Print it again to another place."
    ):
        return write_page(pdf, out)


def write_page(pdf: bytes, out: Path) -> Printed:
    """Write a finished PDF, whole or not at all. Raises StoreUnavailable and kin for the disk."""
    temporary = out.with_name(out.name + ".part")
    with told_plainly():
        try:
            with temporary.open("wb") as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(out)
            settle_name(out)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    return Printed(out)
