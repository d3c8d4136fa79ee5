"""Void a visit that nobody has signed yet."""

from mnclinic.domain.person_details import text_of
from mnclinic.domain.typed_values import has_words
from mnclinic.domain.visit_life import VisitState, may_become
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.save_visit import VisitSaved, load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import visit_object
from mnclinic.store.log_writer import Act


def void_visit(clinic: OpenClinic, visit_id: str, edition: int, reason: str) -> VisitSaved:
    """Void an unsigned visit with a reason. It stays on record and is never deleted.

    Raises ActionRefused once the performer has signed, InvalidInput without a reason, StaleVisit.
    """
    clinic.require(RoleAct.VOID_VISIT)
    reason = text_of(reason)
    if not has_words(reason):
        raise InvalidInput(
            "A reason is needed to void a visit. Nothing was changed.", [Problem("reason", "Write a reason.")]
        )
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id, edition=edition)
        if not may_become(VisitState(visit.state), VisitState.VOIDED):
            raise ActionRefused(
                [Refusal("visit_frozen", f"Visit {visit.number} is signed and cannot be voided.")]
            )
        visit.state = VisitState.VOIDED.value
        visit.reason = reason
        visit.edition += 1
        visit.saved_at = clinic.clock.now()
        work.log.record(
            Act(
                "visit.voided",
                "D",
                subject=patient.ref,
                object=visit_object(visit, visit.document),
                categories=("treatment",),
                detail={"reason": visit.reason},
            )
        )
        work.commit()
        return VisitSaved(visit.id, visit.edition, visit.state)
