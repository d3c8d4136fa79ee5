"""The director signs that she knows of an adverse event, with what she orders."""

import uuid

from mnclinic.audit.acknowledging import acknowledgement_record
from mnclinic.audit.canonical import sha256_hex
from mnclinic.audit.signing import Shown
from mnclinic.domain.adverse_events import StepKind, problems_of_step, why_it_cannot_follow
from mnclinic.domain.person_details import text_of
from mnclinic.errors import ActionRefused, InvalidInput, Refusal
from mnclinic.models import EventStep
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.event_rows import load_event
from mnclinic.services.record_adverse_event import adverse_event_bytes
from mnclinic.services.session import OpenClinic, Signer, SigningMoment, signed
from mnclinic.store.log_writer import Act, LoggedObject

BROKEN = (
    "What stands under this event as a director's signature does not hold, so nobody has signed to know of "
    "it, and nothing can be signed beside it. Nothing was changed. Check the store; it names what was "
    "changed. Write the event down anew to sign for it."
)
NOT_SIGNED = "Nothing was signed. Correct what is marked and try again."


def acknowledge_event(clinic: OpenClinic, event_id: str, text: str, signer: Signer, *, shown: Shown) -> str:
    """Sign as director that an event is known; `text` says what is ordered, and may be empty.

    Returns the step's id. Raises InvalidInput where there is no such event or the text is too long,
    ActionRefused where a director signed this before or the event is closed.
    """
    clinic.require(RoleAct.ACKNOWLEDGE_EVENT)
    text = text_of(text)
    with clinic.work() as work:
        event, patient, row = load_event(work, event_id)
        problems = [
            *problems_of_step(
                text=text, grade=None, worst_grade=event.grade, outcome=None, is_text_needed=False
            )
        ]
        if problems:
            raise InvalidInput(NOT_SIGNED, problems)
        if row.has_broken_acknowledgement:
            raise ActionRefused([Refusal("acknowledgement_broken", BROKEN)])
        if code := why_it_cannot_follow(StepKind.ACKNOWLEDGED, row.done):
            said = "A director signed before that she knows of this event. Nothing was signed."
            raise ActionRefused([Refusal(code, said)])
        now, step_id = clinic.clock.now(), str(uuid.uuid4())
        made = signed(
            signer,
            acknowledgement_record(
                **SigningMoment(clinic.facts.vault, work.log.head(), now, shown).parts(signer),
                step=step_id,
                event=event.id,
                event_sha256=sha256_hex(adverse_event_bytes(event)),
                patient=patient.ref,
                text=text,
            ),
        )
        work.session.add(
            EventStep(
                id=step_id,
                event_id=event.id,
                what=StepKind.ACKNOWLEDGED.value,
                text=text,
                recorded_by=signer.person.staff_id,
                recorded_at=now,
                record=made.record,
                signature=made.signature,
            )
        )
        work.log.record(
            Act(
                "adverse_event.acknowledged",
                "S",
                subject=patient.ref,
                object=LoggedObject("event_step", step_id, 1, made.record),
                categories=("adverse_event",),
            )
        )
        work.commit(checkpoint=True)
        return step_id
