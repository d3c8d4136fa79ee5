"""Charts, aftercare sheets and the fingerprint sheet as PDF files, each entered in the log."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.note import parse_checkpoint
from mnclinic.documents.aftercare_sheet import aftercare_sheet
from mnclinic.documents.consent_form import FormAbout, FormText, patient_sheet
from mnclinic.documents.fingerprint_sheet import fingerprint_sheet_pdf
from mnclinic.documents.parts import Field
from mnclinic.documents.patient_chart import VisitInChart
from mnclinic.documents.sheet import Sheet
from mnclinic.documents.visit_photos import Pictures
from mnclinic.documents.visit_receipt import receipt_words, taken_home
from mnclinic.documents.visit_record import visit_record_pdf
from mnclinic.domain.depth import limit_sentence
from mnclinic.domain.gate import layers_for
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.errors import ActionRefused, Refusal
from mnclinic.models import (
    ApprovedDocument,
    Checkpoint,
    Patient,
    RegisteredKey,
    Staff,
    Visit,
    VisitRevision,
    VisitSignature,
)
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amendment_rows import amendments_of, to_be_printed
from mnclinic.services.care_choices import AftercareSheet, aftercare_sheets, sheet_as_given
from mnclinic.services.consent_of_visit import text_of
from mnclinic.services.gather_facts import gather
from mnclinic.services.judge_correction import found_in_visit
from mnclinic.services.key_standing import unconfirmed_keys
from mnclinic.services.one_person import refs_of
from mnclinic.services.out_place import refuse_place, told_what_is_entered
from mnclinic.services.perform_visit import judged
from mnclinic.services.printed_photos import allowed_of_visit, are_allowed, shows_pictures
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.signature_standing import public_keys, standing_of, wrong_with_record
from mnclinic.services.whom_to_call import whom_to_call_in
from mnclinic.store.durability import settle_name
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.trouble import told_plainly
from mnclinic.store.unit_of_work import UnitOfWork

Language = Literal["en", "es"]
Languages = Literal["en", "es", "both"]


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
    pictures = allowed_of_visit(clinic, visit_id)
    with clinic.work() as work:
        now = clinic.clock.now()
        visit, patient = load_visit(work, visit_id)
        if pictures and not are_allowed(work.session, refs_of(work.session, patient.ref)):
            # It was taken back while they were drawn.
            pictures = {}
        row = work.session.get(VisitRevision, (visit.id, visit.revision))
        if row is None:
            raise ActionRefused(
                [Refusal("nothing_to_print", "A draft is no record yet. Nothing was printed.")]
            )
        note = work.log.cut_checkpoint()
        head = parse_checkpoint(note)
        part = visit_in_chart(work, visit, row, clinic.facts.vault)
        pdf = visit_record_pdf(
            part.record,
            part.signatures,
            clinic_name=clinic.facts.name,
            is_demo=clinic.facts.is_demo,
            checkpoint={"size": head.size, "root": head.root.hex()},
            signed_checkpoint=note,
            printed_at=now,
            printed_by=clinic.person.name,
            sha256=part.sha256,
            people=staff_names(work.session),
            standings=part.standings,
            doubts=part.doubts,
            amendments=part.amendments,
            limits=part.limits,
            pictures=pictures,
        )
        work.log.record(visit_printed(visit, row, pictures))
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def visit_printed(visit: Visit, row: VisitRevision, pictures: Pictures) -> Act:
    """The entry of one printed revision, which names photographs where it shows any."""
    kinds = ("treatment", "photo") if shows_pictures(row.record, pictures) else ("treatment",)
    printed = LoggedObject("visit_print", visit.id, visit.revision, row.record)
    return Act("visit.printed", "P", subject=visit.patient_ref, object=printed, categories=kinds)


def visit_in_chart(work: UnitOfWork, visit: Visit, row: VisitRevision, vault: str) -> VisitInChart:
    """One frozen revision with all that its chart shows."""
    session = work.session
    signatures = session.scalars(
        select(VisitSignature)
        .where(VisitSignature.visit_id == visit.id, VisitSignature.revision == row.revision)
        .order_by(VisitSignature.id)
    ).all()
    keys = public_keys(session)
    held = [standing_of(one, row.record, keys, vault).said for one in signatures]
    doubted = {one.key: one.sentence for one in unconfirmed_keys(session)}
    amended = [one.said for one in amendments_of(session, visit.id, vault)]
    record = json.loads(row.record)
    return VisitInChart(
        record=record,
        signatures=[json.loads(one.record) for one in signatures],
        sha256=row.sha256,
        state=visit.state,
        standings=[*held, *wrong_with_record(row), *amended],
        doubts=[doubted.get(json.loads(one.record)["signer"]["key"], "") for one in signatures],
        amendments=to_be_printed(session, visit.id, row.revision, vault, found_in_visit(session, visit.id)),
        limits=limits_in_force(work, visit, row),
    )


def limits_in_force(work: UnitOfWork, visit: Visit, row: VisitRevision) -> list[str]:
    """For each treated area of a revision the limit that ruled and which layer it was, as sentences.

    Of the newest revision alone: it is judged under the rules that its record pins.
    """
    document = read_visit_document(json.loads(row.record)["document"])
    if row.revision != visit.revision or not document.lines:
        return []
    patient = work.session.get_one(Patient, visit.patient_ref)
    facts = gather(work.session, document, patient, visit_id=visit.id).facts
    areas = dict.fromkeys(line.area for line in document.lines)
    return [
        limit_sentence(area.value.replace("_", " ").capitalize(), layers_for(facts, area)) for area in areas
    ]


def print_aftercare(clinic: OpenClinic, visit_id: str, language: Languages, out: Path) -> Printed:
    """Write the aftercare sheet for a visit's patient as a PDF: the one that the visit says was given.

    Where it says nothing it is the one that the visit's protocol names, else the one that the program brings.
    "both" has the English sheet and then the Spanish one, each with its own pages counted, in one file.
    Raises ActionRefused where there is none of it in a language that is asked for; InvalidInput for a place
    where no file can be, then nothing was entered; StoreUnavailable and kin for the disk.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        wanted: tuple[Language, ...] = ("en", "es") if language == "both" else (language,)
        sheets = [_aftercare_sheet(work, visit, patient, one) for one in wanted]
        note = work.log.cut_checkpoint()
        first, *rest = [_laid_out(clinic, work, visit, patient, one, note) for one in sheets]
        pdf = first.pdf(*rest)
        printed = LoggedObject("aftercare_print", visit.id, visit.revision, pdf)
        work.log.record(
            Act("aftercare.printed", "P", subject=patient.ref, object=printed, categories=("treatment",))
        )
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def _aftercare_sheet(work: UnitOfWork, visit: Visit, patient: Patient, language: Language) -> AftercareSheet:
    facts = judged(work, visit, patient)[0].facts
    given = sheet_as_given(work.session, facts)
    for one in given or aftercare_sheets(work.session, facts):
        if one.language == language:
            return one
    if given:
        said = "The sheet that was given is not approved in this language. Nothing was printed."
        raise ActionRefused([Refusal("nothing_to_print", said)])
    said = "The protocol names an aftercare sheet that is not in force in this language. Nothing was printed."
    raise ActionRefused([Refusal("nothing_to_print", said)])


def _laid_out(  # noqa: PLR0917 - one place calls it
    clinic: OpenClinic, work: UnitOfWork, visit: Visit, patient: Patient, sheet: AftercareSheet, note: bytes
) -> Sheet:
    name = f"{patient.first_name} {patient.last_name}"
    document, whom = json.loads(visit.document), whom_to_call_in(work.session)
    if not sheet.sha256:
        return aftercare_sheet(
            clinic_name=clinic.facts.name,
            patient_name=name,
            visit_number=visit.number,
            language=sheet.language,
            treated_on=visit.visit_on,
            numbers=(whom.phone, whom.after_hours),
            is_demo=clinic.facts.is_demo,
            checkpoint=note,
            facts=taken_home(document, staff_names(work.session), sheet.language),
        )
    row = work.session.scalars(select(ApprovedDocument).where(ApprovedDocument.sha256 == sheet.sha256)).one()
    approved, labels = text_of(row), receipt_words(sheet.language)
    words = FormText(
        title=approved.title,
        form=approved.form,
        version=approved.version,
        sections=approved.sections,
        sha256=approved.sha256,
    )
    about = FormAbout(
        clinic_name=clinic.facts.name,
        patient_name=name,
        record_number=patient.record_number,
        born_on=patient.born_on.isoformat() if patient.born_on else "",
        visit_number=visit.number,
        is_demo=clinic.facts.is_demo,
        printed="",
        record_sha256="",
        people={},
        checkpoint=note,
        facts=[
            *taken_home(document, staff_names(work.session), sheet.language),
            Field(labels["treated_on"], visit.visit_on.isoformat()),
        ],
        numbers=(labels["our_number"], labels["after_hours"]),
        phones=(whom.phone, whom.after_hours),
    )
    return patient_sheet(words, about, language=sheet.language)


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
