"""Sign an amendment of a signed visit: an addendum, a correction, a late entry, or that it is another's."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from mnclinic.audit.amending import amendment_record
from mnclinic.audit.signing import Shown
from mnclinic.domain.amendment import (
    AMENDABLE,
    AmendmentKind,
    Correction,
    corrected,
    json_text,
    problems_of_correction,
    problems_of_moment,
    problems_of_words,
    words_of_path,
    words_of_value,
)
from mnclinic.domain.finding import Finding
from mnclinic.domain.label_code import CODE
from mnclinic.domain.person_details import line_of, text_of
from mnclinic.domain.scanned_codes import read_scanned
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted, Problem, Refusal, StaleVisit
from mnclinic.models import Patient, Visit, VisitAmendment, VisitRevision, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.services.amendment_rows import corrections_in, rows_of
from mnclinic.services.erasable_codes import CODES
from mnclinic.services.judge_correction import found_by, judged_anew
from mnclinic.services.one_person import load_person, refs_of
from mnclinic.services.read_documents import check_visit_document
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic, Person, SignedRecord, Signer, SigningMoment, signed
from mnclinic.services.signature_standing import wrong_with_record
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

NOT_SIGNED = "The amendment was not signed, and the visit is as it was. Correct what is marked and try again."


@dataclass(frozen=True)
class NewAmendment:
    """What somebody wants to sign about a visit.

    An addendum and a late entry have a `text`. A correction has a `correction`: the field, what stands there
    and what is right, both as JSON text. `right_patient` is the record number or reference of the person
    whose visit it is, where it was filed to the wrong one; empty where nobody knows. `happened_at` is when
    it happened, which a late entry has to say.
    """

    kind: AmendmentKind
    text: str = ""
    reason: str = ""
    happened_at: datetime | None = None
    correction: Correction | None = None
    right_patient: str = ""


@dataclass(frozen=True)
class VisitAmended:
    """An amendment was signed. `position` counts the visit's from 1; `sha256` is of the signed bytes.

    `findings` are what the gate says of a corrected value and did not say of the one before, gravest first.
    """

    visit_id: str
    number: str
    position: int
    kind: AmendmentKind
    sha256: str
    findings: tuple[Finding, ...] = ()


def amend_visit(
    clinic: OpenClinic,
    visit_id: str,
    new: NewAmendment,
    signer: Signer,
    *,
    shown: Shown,
    count: int | None = None,
) -> VisitAmended:
    """Sign one amendment of a visit (by id or number) as its performer or as director.

    Args:
        clinic: Open in the signer's name.
        visit_id: The visit.
        new: What is said.
        signer: Whose signature key is open for this act.
        shown: Where they saw it.
        count: How many amendments the visit had when it was shown; None where nothing was shown.

    Raises:
        InvalidInput: there is no such visit, or something in it is wrong; every problem is listed.
        ActionRefused: nobody has signed the visit yet, it was returned, or it was filed to the wrong patient
            before.
        NotPermitted: somebody else than the performer or a director.
        StaleVisit: it was amended elsewhere since it was shown.
    """
    clinic.require(RoleAct.AMEND_VISIT)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        now = clinic.clock.now()
        before = rows_of(work.session, visit.id)
        if count is not None and len(before) != count:
            raise StaleVisit
        assert_theirs(work.session, visit, signer.person)
        _assert_amendable(visit, new.kind, {row.kind for row in before})
        revision = work.session.get_one(VisitRevision, (visit.id, visit.revision))
        _assert_as_frozen(visit, revision)
        new = _cleaned(new)
        problems = [*problems_of_words(new.kind, new.text, new.reason, new.happened_at, now=now)]
        if new.kind is AmendmentKind.LATE_ENTRY:
            began_at = datetime.fromisoformat(_as_it_stands(revision, before)["started_at"])
            problems += problems_of_moment(new.happened_at, began_at)
        if new.kind is AmendmentKind.CORRECTION:
            if new.correction is not None:
                new = replace(new, correction=_in_one_form(new.correction))
            document = _as_it_stands(revision, before)
            problems += _wrong_with_correction(document, new.correction)
        elif new.correction is not None:
            problems.append(Problem("path", "Only a correction names a field."))
        right, found = _right_patient(work, patient, new)
        if problems := [*problems, *found]:
            raise InvalidInput(NOT_SIGNED, problems)
        findings: tuple[Finding, ...] = ()
        if new.correction is not None:
            anew = judged_anew(visit.id, revision.record, document, new.correction)
            (findings,) = found_by(work.session, [anew])
        row, made = _signed_row(clinic, work, visit, revision, new, right, signer, shown=shown, now=now)
        work.session.add(row)
        _enter(work, patient, row, new, right, findings)
        work.commit(checkpoint=True)
        return VisitAmended(visit.id, visit.number, row.position, new.kind, made.sha256, findings)


def _signed_row(  # noqa: PLR0917 - the deed of one act, which has just loaded each of them
    clinic: OpenClinic,
    work: UnitOfWork,
    visit: Visit,
    revision: VisitRevision,
    new: NewAmendment,
    right: Patient | None,
    by: Signer,
    *,
    shown: Shown,
    now: datetime,
) -> tuple[VisitAmendment, SignedRecord]:
    position = len(rows_of(work.session, visit.id)) + 1
    correction = new.correction
    made = signed(
        by,
        amendment_record(
            **SigningMoment(clinic.facts.vault, work.log.head(), now, shown).parts(by),
            visit=visit.id,
            number=visit.number,
            amendment=position,
            kind=new.kind,
            revision=revision.revision,
            record_sha256=revision.sha256,
            patient=visit.patient_ref,
            happened_at=instant_text(new.happened_at) if new.happened_at else None,
            text=new.text,
            correction=correction,
            right_patient=right.ref if right else None,
            reason=new.reason,
        ),
    )
    row = VisitAmendment(
        visit_id=visit.id,
        position=position,
        kind=new.kind.value,
        revision=revision.revision,
        path=correction.path if correction else "",
        new_value=(correction.new or "") if correction else "",
        right_patient=right.ref if right else None,
        signer=by.person.staff_id,
        record=made.record,
        signature=made.signature,
        signed_at=now,
    )
    return row, made


def _enter(  # noqa: PLR0917 - the deed of one act, as above
    work: UnitOfWork,
    patient: Patient,
    row: VisitAmendment,
    new: NewAmendment,
    right: Patient | None,
    findings: Sequence[Finding],
) -> None:
    detail: dict[str, Any] = {"reason": new.reason} if new.reason else {}
    if new.correction is not None:
        detail |= {
            "field": words_of_path(new.correction.path),
            "before": words_of_value(new.correction.old),
            "after": words_of_value(new.correction.new),
        }
    if findings:
        # What was found may say something of somebody's health, so it stands in the part that can be erased.
        detail |= {CODES: [one.code for one in findings], "found": " ".join(one.message for one in findings)}
    if new.happened_at is not None:
        detail["happened_at"] = new.happened_at.isoformat(timespec="minutes")
    match new.kind:
        case AmendmentKind.ADDENDUM:
            action = "amendment.addendum"
        case AmendmentKind.CORRECTION:
            action = "amendment.correction"
        case AmendmentKind.LATE_ENTRY:
            action = "amendment.late_entry"
        case AmendmentKind.WRONG_PATIENT:
            action = "amendment.wrong_patient"
    work.log.record(
        Act(
            action,
            "S",
            subject=patient.ref,
            object=amendment_object(row),
            categories=("treatment", "signature"),
            detail=detail,
        )
    )
    if right is not None:
        work.log.record(
            Act(
                "amendment.right_patient",
                "E",
                subject=right.ref,
                object=LoggedObject("misfiled_visit", row.visit_id, row.position, row.record),
                categories=("treatment",),
            )
        )


def amendment_object(row: VisitAmendment) -> LoggedObject:
    """An amendment as a log entry names it: by its visit, counted from 1."""
    return LoggedObject("amendment", row.visit_id, row.position, row.record)


def _cleaned(new: NewAmendment) -> NewAmendment:
    return NewAmendment(
        new.kind,
        text_of(new.text),
        text_of(new.reason),
        new.happened_at,
        new.correction,
        line_of(new.right_patient),
    )


def may_amend(session: Session, person: Person, visit: Visit) -> bool:
    """Whether whoever looks may sign an amendment of this visit, of one kind at least."""
    state = VisitState(visit.state)
    is_amendable = any(state in states for states in AMENDABLE.values())
    return is_amendable and _is_theirs(session, visit, person)


def _is_theirs(session: Session, visit: Visit, person: Person) -> bool:
    if person.role == Role.DIRECTOR.value:
        return True
    revision = session.get(VisitRevision, (visit.id, visit.revision))
    if revision is None or revision.record is None:
        return visit.performer == person.user
    # Who is to answer a visit that was returned may be another than who performed what was signed of it.
    performer = json.loads(revision.record)["pinned"]["performer"]
    return performer is not None and bool(performer["staff"] == person.staff_id)


def assert_theirs(session: Session, visit: Visit, by: Person) -> None:
    """Raise NotPermitted unless somebody performed what was signed of the visit, or is a director."""
    if not _is_theirs(session, visit, by):
        raise NotPermitted(
            "A signed visit is amended by whoever performed it, or by the director. Nothing was changed. "
            "Let one of them sign the amendment."
        )


def _assert_amendable(visit: Visit, kind: AmendmentKind, before: set[str]) -> None:
    state = VisitState(visit.state)
    if kind is AmendmentKind.WRONG_PATIENT and kind.value in before:
        said = f"Visit {visit.number} is marked as filed to the wrong patient already. Nothing was changed."
        raise ActionRefused([Refusal("misfiled_before", said)])
    if state in AMENDABLE[kind]:
        return
    if state is VisitState.RETURNED:
        said = (
            f"The director returned visit {visit.number} with a question. Nothing was changed. Answer it in "
            "the visit; what is signed then can be amended."
        )
        raise ActionRefused([Refusal("answer_first", said)])
    said = f"Nobody has signed visit {visit.number}, so it is changed in itself and not amended."
    raise ActionRefused([Refusal("not_signed_yet", said)])


def _assert_as_frozen(visit: Visit, revision: VisitRevision) -> None:
    if wrong_with_record(revision):
        said = (
            f"The record of visit {visit.number} is not the one that was signed, so nothing is signed about "
            "it. Nothing was changed. Check the store; it names what was altered."
        )
        raise ActionRefused([Refusal("record_altered", said)])


def _as_it_stands(revision: VisitRevision, before: Sequence[VisitAmendment]) -> dict[str, Any]:
    """The signed document with the corrections of this revision: an answer to the director is its own."""
    return corrected(json.loads(revision.record)["document"], corrections_in(before, revision.revision))


def _in_one_form(wanted: Correction) -> Correction:
    """The same with its values as canonical documents hold them. Raises InvalidInput where one is no JSON."""

    def plain(text: str | None) -> str | None:
        return None if text is None else json_text(json.loads(unicodedata.normalize("NFC", text)))

    try:
        return Correction(wanted.path, plain(wanted.old), plain(wanted.new))
    except ValueError:
        raise InvalidInput(NOT_SIGNED, [Problem("new", "Write the value as JSON.")]) from None


def _wrong_with_correction(document: dict[str, Any], wanted: Correction | None) -> list[Problem]:
    if wanted is None:
        return [Problem("path", "Choose the field that is wrong.")]
    problems = [*problems_of_correction(document, wanted)]
    if problems:
        return problems
    try:
        check_visit_document(corrected(document, [wanted]))
    except InvalidInput as refused:
        return [
            Problem("new" if one.where == wanted.path else one.where, one.what) for one in refused.problems
        ]
    if wanted.path == CODE and wanted.new:
        # Whatever was used is entered, but not as a code that no label bears.
        year = datetime.fromisoformat(document["started_at"]).year
        return [
            Problem("new", one) for one in read_scanned([json.loads(wanted.new)], this_year=year).problems
        ]
    return []


def _right_patient(
    work: UnitOfWork, patient: Patient, new: NewAmendment
) -> tuple[Patient | None, list[Problem]]:
    if not new.right_patient:
        return None, []
    if new.kind is not AmendmentKind.WRONG_PATIENT:
        return None, [Problem("right_patient", "Only a visit of the wrong patient names another.")]
    try:
        right = load_person(work.session, new.right_patient)[0]
    except InvalidInput as refused:
        return None, [Problem("right_patient", str(refused))]
    if right.ref in refs_of(work.session, patient.ref):
        return None, [Problem("right_patient", "That is the patient under whom it stands already.")]
    return right, []
