"""A whole visit from one document, through the same gates as the screens."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import Shown
from mnclinic.domain.finding import Verdict
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import Patient
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.add_patient import NewPatient, add_patient_in, patients_named
from mnclinic.services.freeze_visit import light_letters
from mnclinic.services.one_person import records_of
from mnclinic.services.perform_visit import (
    assert_performer,
    defer,
    freeze_refused,
    judged,
    perform,
    refusals_to_perform,
)
from mnclinic.services.photos_of_visit import assert_photos_kept
from mnclinic.services.read_documents import check_entered_visit
from mnclinic.services.save_visit import (
    assert_not_ahead,
    assert_offset_of_a_place,
    assert_open,
    draft_saved,
    handed_over,
    load_visit,
    name_patient,
    orders_stay,
    performer_before,
    store_document,
)
from mnclinic.services.session import OpenClinic, Signer
from mnclinic.services.start_visit import new_visit
from mnclinic.store.unit_of_work import UnitOfWork

# Asked at every visit that is recorded, so it is not put together anew each time.
NUMBERED = select(Patient).where(Patient.record_number == bindparam("number"))


@dataclass(frozen=True)
class VisitRecorded:
    """What became of a visit document. A refused one is stored as deferred."""

    visit_id: str
    number: str
    state: str
    refusals: tuple[Refusal, ...]
    verdict: Verdict


def record_visit(
    clinic: OpenClinic, document: dict[str, Any], signer: Signer, *, shown: Shown
) -> VisitRecorded:
    """Store a visit document as performed, deferred, or (without lines) as an open draft.

    The document names its patient by record number, or by name and date of birth; a person who is
    not on the roster yet is added. It carries its own instants and is judged as of them.

    Raises:
        InvalidInput: not what the schema allows, a day that lies ahead or is none of the clinic's clock, no
            end of the treatment, or a patient who is not certain or not the visit's, or a photograph that was
            not kept of them. Nothing was stored.
        NotPermitted: the signer is not the performer it names. Nothing was stored.
        ActionRefused: it answers a returned visit and is refused, or names another performer than the one
            who treated. Nothing was stored.
    """
    clinic.require(RoleAct.SIGN_VISIT_AS_PERFORMER)
    document = check_entered_visit(document)
    if document.get("lines"):
        assert_performer(signer, document["performer"])
        if "ended_at" not in document:
            raise InvalidInput(
                "The document does not say when the treatment ended. Nothing was stored. Add ended_at.",
                [Problem("ended_at", "Say when the treatment ended.")],
            )
    assert_not_ahead(document, clinic.clock.now())
    with clinic.work() as work:
        now = clinic.clock.now()
        if "visit" in document:
            visit, patient = load_visit(work, document.pop("visit"))
            is_known = True
            assert_open(visit)
            name_patient(document, patient)
            stored = json.loads(visit.document)
            assert_offset_of_a_place(document, clinic.clock)
            orders_stay(stored, document)
            taken_from = performer_before(work, clinic, visit, stored, document)
            before = visit.state
            store_document(work, visit, patient, canonical_bytes(document))
        else:
            assert_offset_of_a_place(document, clinic.clock)
            orders_stay({}, document)
            patient = _patient(clinic, work, document["patient"])
            document["patient"] = {"record_number": patient.record_number}
            visit = new_visit(work, patient, document, now=now)
            is_known, before, taken_from = False, visit.state, None
        assert_photos_kept(work.session, patient.ref, document)
        gathered, verdict = judged(work, visit, patient)
        refusals = verdict.refusals
        if not verdict.may_treat:
            if visit.state == VisitState.RETURNED.value:
                raise ActionRefused(refusals_to_perform(gathered, verdict))
            if visit.state == VisitState.DEFERRED.value:
                freeze_refused(work, clinic, visit, patient, gathered, verdict)
            else:
                defer(work, clinic, visit, patient, gathered, verdict)
        elif gathered.facts.document.lines:
            perform(work, clinic, visit, patient, gathered, verdict, signer, shown=shown)
        else:
            visit.lights = light_letters(verdict)
            if is_known:
                entered = draft_saved(visit, patient, before=before)
                work.log.record(handed_over(entered, taken_from, visit.performer))
        work.commit(checkpoint=True)
        return VisitRecorded(visit.id, visit.number, visit.state, refusals, verdict)


def _patient(clinic: OpenClinic, work: UnitOfWork, named: dict[str, Any]) -> Patient:
    if "record_number" in named:
        found = work.session.scalar(NUMBERED, {"number": named["record_number"]})
        if found is None:
            raise InvalidInput(
                "No patient has that record number. Nothing was stored. Check the number, or name the "
                "patient by name and date of birth.",
                [Problem("patient.record_number", "No patient has this record number.")],
            )
        # Whoever was merged into nobody is read under this very record.
        return found if found.merged_into is None else records_of(work.session, found)[0]
    new = NewPatient(
        last_name=named["last_name"],
        first_name=named["first_name"],
        born_on=named["born_on"],
        sex=named.get("sex", ""),
        phone=named.get("phone", ""),
        email=named.get("email", ""),
    )
    named_so = patients_named(work.session, new)
    # Two records of one person are that person.
    found_by_name = [*dict.fromkeys(records_of(work.session, one)[0] for one in named_so)]
    if len(found_by_name) > 1:
        raise InvalidInput(
            "More than one patient has this name and date of birth. Nothing was stored. Name the patient "
            "by record number.",
            [Problem("patient", "More than one patient has this name and date of birth.")],
        )
    return found_by_name[0] if found_by_name else add_patient_in(clinic, work, new)
