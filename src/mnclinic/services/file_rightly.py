"""Begin a visit for the right person from one that was filed to the wrong patient. Nothing is moved."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind, corrected
from mnclinic.domain.visit_document import VISIT_FORMAT
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import ActionRefused, Refusal
from mnclinic.models import Patient, Visit, VisitAmendment, VisitRevision
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amend_visit import assert_theirs
from mnclinic.services.amendment_rows import corrections_in, is_misfiled, rows_of
from mnclinic.services.one_person import load_person, refs_of
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import new_visit

OF_THE_TREATMENT = (
    *("service", "indication", "performer", "supervised_by", "started_at", "ended_at", "device"),
    *("cartridge", "anaesthetic", "topicals", "lines", "aftercare_sheet", "aftercare"),
)
"""Parts of a document that say what was done. All the rest is about the person, and is asked anew."""


def file_rightly(clinic: OpenClinic, visit_id: str) -> str:
    """Open a draft for the right person with what was done in a visit of the wrong one; the draft's id.

    Its day is that of the treatment, so it is signed as a late entry. Who it is, history, consent, exam and
    order are the right person's own and are not carried over.

    Raises:
        InvalidInput: there is no such visit.
        ActionRefused: it is not marked as filed to the wrong patient, the right one is not known, or has a
            visit of that moment already.
        NotPermitted: somebody else than its performer or a director.
    """
    clinic.require(RoleAct.START_VISIT)
    with clinic.work() as work:
        visit, _ = load_visit(work, visit_id)
        assert_theirs(work.session, visit, clinic.person)
        mark = work.session.scalars(
            select(VisitAmendment).where(
                VisitAmendment.kind == AmendmentKind.WRONG_PATIENT.value, VisitAmendment.visit_id == visit.id
            )
        ).first()
        if mark is None or mark.right_patient is None:
            said = (
                f"Visit {visit.number} is not marked as another patient's, so no visit is begun from it. "
                "Nothing was changed. Sign first that it was filed to the wrong patient, and whose it is."
            )
            raise ActionRefused([Refusal("not_misfiled", said)])
        now = clinic.clock.now()
        right = load_person(work.session, mark.right_patient)[0]
        revision = work.session.get_one(VisitRevision, (visit.id, visit.revision))
        document = corrected(
            json.loads(revision.record)["document"],
            corrections_in(rows_of(work.session, visit.id), revision.revision),
        )
        made = _document(document, right)
        _assert_not_there(work.session, right, made)
        draft = new_visit(work, right, made, now=now, detail={"made_from": visit.number})
        work.commit()
        return draft.id


def _assert_not_there(session: Session, right: Patient, made: dict[str, Any]) -> None:
    began_at = datetime.fromisoformat(made["started_at"])
    rows = session.scalars(
        select(Visit).where(
            Visit.patient_ref.in_(refs_of(session, right.ref)),
            Visit.visit_on == began_at.date(),
            Visit.state != VisitState.VOIDED.value,
            ~is_misfiled(),
        )
    )
    for row in rows:
        if datetime.fromisoformat(json.loads(row.document)["started_at"]) == began_at:
            said = (
                f"The right patient has visit {row.number}, which began at that moment, so none was begun. "
                "Nothing was changed. Go on with that one."
            )
            raise ActionRefused([Refusal("visit_is_there", said)])


def _document(document: dict[str, Any], right: Patient) -> dict[str, Any]:
    kept = {name: document[name] for name in OF_THE_TREATMENT if name in document}
    return {"format": VISIT_FORMAT, "patient": {"record_number": right.record_number}, **kept}
