"""Write down one try at a follow-up contact: how, what came of it, and what was answered."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.follow_up import EARLY, ContactState, problems_of_try
from mnclinic.domain.instants import now_here
from mnclinic.domain.person_details import text_of
from mnclinic.errors import ActionRefused, InvalidInput, Refusal
from mnclinic.models import FollowUpContact
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.call_scripts import script_for
from mnclinic.services.follow_up_rows import ContactRow, contact_bytes
from mnclinic.services.gather_facts import approved_documents
from mnclinic.services.list_follow_ups import contact_of
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

NOT_STORED = "The contact was not written down. Correct what is marked and try again."
_LATER = "This contact is planned for a later day. Nothing was written down."
_DONE = "This contact was made already. Nothing was written down; each try stays as it was told."


@dataclass(frozen=True)
class NewTry:
    """What somebody wants to write down. `answers` are by number of the question; True means "yes"."""

    channel: str
    outcome: str
    answers: Mapping[int, bool] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class FollowUpRecorded:
    """A try is on record; `row` is how the contact stands now."""

    try_id: str
    row: ContactRow


def record_follow_up(clinic: OpenClinic, visit_id: str, step: str, new: NewTry) -> FollowUpRecorded:
    """Write one try at one contact of a visit down.

    Raises:
        InvalidInput: there is no such visit or contact, or something in it is wrong; every problem is listed.
        ActionRefused: the contact was made already, or more than a day is left until it is due.
    """
    clinic.require(RoleAct.RECORD_FOLLOW_UP)
    note = text_of(new.note)
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        now = now_here(clinic.clock)
        row = contact_of(work.session, visit.id, step, now)
        script = script_for(approved_documents(work.session), row.service, now.date(), row.language)
        problems = [
            *problems_of_try(
                outcome=new.outcome,
                channel=new.channel,
                answers=new.answers,
                question_count=script.question_count if script else 0,
                note=note,
            )
        ]
        if problems:
            raise InvalidInput(NOT_STORED, problems)
        if row.state is ContactState.DONE:
            raise ActionRefused([Refusal("contact_made", _DONE)])
        if now < row.due_at.astimezone(UTC) - EARLY:
            raise ActionRefused([Refusal("contact_later", _LATER)])
        answers = {str(number): "yes" if said else "no" for number, said in new.answers.items()}
        stored = FollowUpContact(
            id=str(uuid.uuid4()),
            visit_id=visit.id,
            step=step,
            due_at=row.due_at,
            channel=new.channel,
            outcome=new.outcome,
            script=script.sha256 if script else None,
            answers=canonical_bytes(answers),
            note=note,
            recorded_by=clinic.person.staff_id,
            recorded_at=now,
        )
        work.session.add(stored)
        work.log.record(
            Act(
                "follow_up.recorded",
                "C",
                subject=patient.ref,
                object=LoggedObject("follow_up_contact", stored.id, 1, contact_bytes(stored)),
                categories=("treatment",),
            )
        )
        work.session.flush()
        after = contact_of(work.session, visit.id, step, now)
        work.commit()
        return FollowUpRecorded(stored.id, after)
