"""Prints of the consent as it was signed, of the form to sign on paper, of the sheet about preparing."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import sha256_hex
from mnclinic.documents.consent_form import (
    FormAbout,
    FormText,
    consent_form_pdf,
    patient_sheet,
)
from mnclinic.domain.consent import PRP
from mnclinic.domain.policy_parameters import value_of
from mnclinic.errors import ActionRefused, Refusal
from mnclinic.models import ApprovedDocument, Patient, Visit, VisitRevision
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.consent_of_visit import ConsentText, consent_view, text_of
from mnclinic.services.out_place import refuse_place
from mnclinic.services.perform_visit import judged
from mnclinic.services.print_documents import Language, Printed, staff_names, write_entered
from mnclinic.services.retention import policy_on
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork


def print_consent(clinic: OpenClinic, visit_id: str, out: Path) -> Printed:
    """Write the consent of a visit's newest frozen record as a PDF, in the language that was signed.

    Every word is that of the version that the record pins by its hash.

    Raises ActionRefused for a visit without a signed record, or whose record holds no consent; InvalidInput
    for a place where no file can be, then nothing was entered; StoreUnavailable and kin for the disk.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        row = work.session.get(VisitRevision, (visit.id, visit.revision))
        record = json.loads(row.record) if row else {}
        consent = record.get("document", {}).get("consent")
        pinned = (record.get("pinned") or {}).get("consent_text")
        if row is None or not consent or not pinned:
            said = "No signed record of this visit holds a consent. Nothing was printed."
            raise ActionRefused([Refusal("nothing_to_print", said)])
        texts = _signed_texts(work.session, consent, str(pinned["sha256"]))
        about = _about(clinic, work, visit, patient, record["patient"], row.sha256)
        about = _with_delegation(about, _pinned_policy(work.session, record["pinned"]))
        pdf = consent_form_pdf(texts, about, language=consent["language"], consent=consent)
        printed = LoggedObject("consent_print", visit.id, visit.revision, row.record)
        work.log.record(
            Act("consent.printed", "P", subject=patient.ref, object=printed, categories=("consent",))
        )
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def print_blank_consent(clinic: OpenClinic, visit_id: str, language: Language, out: Path) -> Printed:
    """Write the consent form of an open visit as a PDF to be signed on paper, with the addenda it needs.

    Raises ActionRefused where no text is approved in that language; else as `print_consent`.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        facts = judged(work, visit, patient)[0].facts
        view = consent_view(work.session, visit, patient, facts)
        texts = [one for one in (*view.texts, *view.addenda) if one.language == language]
        texts = [one for one in texts if one.purpose != PRP or facts.document.uses_prp]
        if not any(not one.purpose for one in texts):
            said = "No consent text is approved in this language. Nothing was printed."
            raise ActionRefused([Refusal("nothing_to_print", said)])
        about = _about(clinic, work, visit, patient, _named(patient), "")
        about = _with_delegation(about, policy_on(work.session, visit.visit_on))
        pdf = consent_form_pdf([_form(one) for one in texts], about, language=language, consent=None)
        printed = LoggedObject("consent_print", visit.id, visit.revision, pdf)
        work.log.record(
            Act("consent.form_printed", "P", subject=patient.ref, object=printed, categories=("consent",))
        )
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def print_precare(clinic: OpenClinic, visit_id: str, language: Language, out: Path) -> Printed:
    """Write the sheet about preparing for a visit's patient as a PDF: the given one, else the newest.

    Raises ActionRefused where the director approved none in that language; else as `print_consent`.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        sheet = _sheet(work, visit, patient, language)
        about = _about(clinic, work, visit, patient, _named(patient), "")
        about = _with_delegation(about, policy_on(work.session, visit.visit_on))
        pdf = patient_sheet(_form(sheet), about, language=sheet.language).pdf()
        printed = LoggedObject("precare_print", visit.id, visit.revision, pdf)
        work.log.record(
            Act("precare.printed", "P", subject=patient.ref, object=printed, categories=("treatment",))
        )
        work.commit(checkpoint=True)
    return write_entered(pdf, out)


def _sheet(work: UnitOfWork, visit: Visit, patient: Patient, language: str) -> ConsentText:
    """The sheet that was given with the visit, in its own language; else the one that may be given."""
    facts = judged(work, visit, patient)[0].facts
    given = facts.document.precare
    if given is not None and given.text_sha256 in {one.sha256 for one in facts.precare_sheets}:
        row = work.session.scalars(
            select(ApprovedDocument).where(ApprovedDocument.sha256 == given.text_sha256)
        ).one()
        return text_of(row)
    sheets = consent_view(work.session, visit, patient, facts).sheets
    for one in sheets:
        if one.language == language:
            return one
    said = "The director has not approved a sheet about preparing in this language. Nothing was printed."
    raise ActionRefused([Refusal("nothing_to_print", said)])


def _signed_texts(session: Session, consent: Mapping[str, Any], main_sha256: str) -> list[FormText]:
    """The exact texts that were signed, by their hashes, the main one first."""
    levels = {one["text_sha256"]: one.get("level") for one in consent.get("addenda", ())}
    wanted = [main_sha256, *levels]
    rows = {
        row.sha256: row
        for row in session.scalars(select(ApprovedDocument).where(ApprovedDocument.kind == "consent_text"))
    }
    missing = [one for one in wanted if one not in rows or sha256_hex(rows[one].document) != one]
    if missing:
        said = (
            "A text that was signed is not in the clinic's store as it was approved. Nothing was printed. "
            "Check the store, which names what was changed."
        )
        raise ActionRefused([Refusal("text_missing", said)])
    return [_form(text_of(rows[one]), levels.get(one)) for one in wanted]


def _form(text: ConsentText, level: str | None = None) -> FormText:
    return FormText(
        title=text.title,
        form=text.form,
        version=text.version,
        sections=text.sections,
        sha256=text.sha256,
        agreement=text.agreement,
        levels=text.levels,
        level=level,
    )


def _pinned_policy(session: Session, pinned: Mapping[str, Any]) -> ApprovedDocument | None:
    """The very policy that a record was made under; None where it is not stored as it was approved."""
    named = (pinned.get("policy") or {}).get("sha256")
    row = session.scalars(
        select(ApprovedDocument).where(ApprovedDocument.kind == "policy", ApprovedDocument.sha256 == named)
    ).first()
    return row if row is not None and sha256_hex(row.document) == named else None


def _with_delegation(about: FormAbout, policy: ApprovedDocument | None) -> FormAbout:
    """The same with the policy's words about delegation, where it has any."""
    words = value_of(json.loads(policy.document), "delegation_disclosure") if policy is not None else None
    if policy is None or not words:
        return about
    named = f"{policy.name}, v{policy.version}"
    return replace(about, delegation=words, policy=named)


def _named(patient: Patient) -> dict[str, Any]:
    return {
        "first_name": patient.first_name,
        "last_name": patient.last_name,
        "record_number": patient.record_number,
        "born_on": patient.born_on.isoformat() if patient.born_on else None,
    }


def _about(  # noqa: PLR0917 - three callers, which have just loaded each of them
    clinic: OpenClinic,
    work: UnitOfWork,
    visit: Visit,
    patient: Patient,
    named: Mapping[str, Any],
    record_sha256: str,
) -> FormAbout:
    return FormAbout(
        clinic_name=clinic.facts.name,
        patient_name=f"{named['first_name']} {named['last_name']}",
        record_number=str(named["record_number"] or patient.record_number),
        born_on=str(named["born_on"] or ""),
        visit_number=visit.number,
        is_demo=clinic.facts.is_demo,
        printed="",
        record_sha256=record_sha256,
        people=staff_names(work.session),
        checkpoint=work.log.cut_checkpoint(),
    )
