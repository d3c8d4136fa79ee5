"""List recalls, read one with its people, and write down who was told."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import text_of
from mnclinic.domain.recall_case import problems_of_contact
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import RecallClosure, RecallContact
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_look import enter_looks
from mnclinic.services.one_person import load_person
from mnclinic.services.recall_rows import (
    ClosureStandings,
    RecallRow,
    contact_bytes,
    listed_in,
    load_recall,
    recall_rows,
)
from mnclinic.services.session import OpenClinic
from mnclinic.services.standing import Standing
from mnclinic.services.unlisted_people import count_unlisted
from mnclinic.store.log_writer import Act, LoggedObject

NOT_WRITTEN = "Nothing was written down. Correct what is marked and try again."
CLOSED = "This recall is closed. Nothing was changed. Open a new one if something was called back again."


@dataclass(frozen=True)
class RecallLine:
    """A recall in a list, with counts and nobody's name; open where `closed_at` is None.

    Both instants are as the clinic's own clocks showed them. `standing` is of the director's signature that
    closed it.
    """

    recall_id: str
    kind: str
    named: str
    is_drill: bool
    opened_by: str
    opened_at: datetime
    people: int
    reached: int
    closed_at: datetime | None
    standing: Standing


def list_recalls(clinic: OpenClinic) -> tuple[RecallLine, ...]:
    """Every recall and drill, newest first. Who is on a list is told by `show_recall` alone, and entered."""
    clinic.require(RoleAct.VIEW_SUPPLIES)
    with clinic.store.reading() as session:
        return tuple(
            RecallLine(
                *(one.recall_id, one.kind, one.named, one.is_drill, one.opened_by),
                *(one.opened_at, len(one.people), one.reached, one.closed_at, one.standing),
            )
            for one in recall_rows(session, zone_of(clinic.clock))
        )


def show_recall(clinic: OpenClinic, recall_id: str) -> RecallRow:
    """One recall by its id or the first letters of it; a look at each person is entered once a sitting.

    Raises InvalidInput where there is none, StoreUnavailable and kin when the looks cannot be entered.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.work() as work:
        shown = recall_rows(work.session, zone_of(clinic.clock), load_recall(work.session, recall_id).id)[0]
        looks = [
            Act("recall.viewed", "R", subject=one.patient_ref, categories=("demographics", "treatment"))
            for one in shown.people
        ]
        if shown.closed_at is None and not shown.is_drill:
            shown = replace(shown, unlisted=count_unlisted(work.session, shown.kind, shown.named))
        enter_looks(clinic, work, looks)
        return shown


def write_contact(
    clinic: OpenClinic, recall_id: str, patient: str, *, how: str, outcome: str, text: str = ""
) -> str:
    """Write down that somebody on the list was told, or was tried; returns the row's id.

    Raises:
        InvalidInput: there is no such recall, the person is not on its list, or something in it is wrong.
        ActionRefused: the recall is closed.
    """
    clinic.require(RoleAct.FOLLOW_RECALL)
    text = text_of(text)
    with clinic.work() as work:
        recall = load_recall(work.session, recall_id)
        closure = work.session.get(RecallClosure, recall.id)
        is_closed = closure is not None and (
            ClosureStandings(work.session).of(closure, recall) is Standing.HOLDS
        )
        if is_closed:
            raise ActionRefused([Refusal("recall_closed", CLOSED)])
        problems = [*problems_of_contact(how, outcome, text)]
        listed = listed_in(recall)
        ref = next((one.ref for one in load_person(work.session, patient) if one.ref in listed), "")
        if not ref:
            problems.append(Problem("patient", "This person is not on the list of this recall."))
        if problems:
            raise InvalidInput(NOT_WRITTEN, problems)
        row = RecallContact(
            id=str(uuid.uuid4()),
            recall_id=recall.id,
            patient_ref=ref,
            how=how,
            outcome=outcome,
            text=text,
            recorded_by=clinic.person.staff_id,
            recorded_at=clinic.clock.now(),
        )
        work.session.add(row)
        work.log.record(
            Act(
                "recall.contacted",
                "C",
                subject=ref,
                object=LoggedObject("recall_contact", row.id, 1, contact_bytes(row)),
                categories=("supplies",),
            )
        )
        work.commit()
        return row.id
