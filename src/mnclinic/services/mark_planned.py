"""What becomes of a planned visit: the person arrives, does not come, calls off, or is treated."""

from mnclinic.domain.person_details import line_of
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.one_person import assert_may_be_treated, load_person
from mnclinic.services.plan_visits import NO_SUCH_PERFORMER, performers
from mnclinic.services.planned_rows import PlanChanged, enter_planned, lead, load_planned
from mnclinic.services.session import OpenClinic
from mnclinic.services.start_visit import first_document, new_visit

ANOTHER_DAY = "This visit is planned for another day. Nothing was changed. Change its day to today first."


def mark_arrived(clinic: OpenClinic, plan_id: str, edition: int | None) -> PlanChanged:
    """The person is here. Only on the planned day. Raises ActionRefused, InvalidInput, StaleVisit."""
    clinic.require(RoleAct.MARK_ARRIVED)
    with clinic.work() as work:
        row = load_planned(work, plan_id, edition)
        now = clinic.clock.now()
        if row.planned_on != now.date():
            raise ActionRefused([Refusal("plan_of_another_day", ANOTHER_DAY)])
        lead(row, "plan.arrived")
        row.arrived_at = now
        done = enter_planned(work, row, "plan.arrived", "U")
        work.commit()
    return done


def take_arrival_back(clinic: OpenClinic, plan_id: str, edition: int | None) -> PlanChanged:
    """The mark was a mistake: the person is expected as before."""
    clinic.require(RoleAct.MARK_ARRIVED)
    with clinic.work() as work:
        row = load_planned(work, plan_id, edition)
        lead(row, "plan.arrival_taken_back")
        row.arrived_at = None
        done = enter_planned(work, row, "plan.arrival_taken_back", "U")
        work.commit()
    return done


def cancel_planned(clinic: OpenClinic, plan_id: str, edition: int | None, reason: str) -> PlanChanged:
    """The visit will not take place; the reason stands in the list. It can be put back."""
    clinic.require(RoleAct.PLAN_VISIT)
    reason = line_of(reason)
    if not reason:
        raise InvalidInput(
            "A reason is needed to cancel a planned visit. Nothing was changed.",
            [Problem("reason", "Write a reason, such as: called off by telephone.")],
        )
    with clinic.work() as work:
        row = load_planned(work, plan_id, edition)
        lead(row, "plan.cancelled")
        row.reason = reason
        done = enter_planned(work, row, "plan.cancelled", "D", {"reason": reason})
        work.commit()
    return done


def mark_no_show(clinic: OpenClinic, plan_id: str, edition: int | None) -> PlanChanged:
    """The person did not come. Not before the planned day. It can be put back."""
    clinic.require(RoleAct.PLAN_VISIT)
    with clinic.work() as work:
        row = load_planned(work, plan_id, edition)
        if row.planned_on > clinic.clock.now().date():
            raise ActionRefused(
                [
                    Refusal(
                        "plan_of_another_day", "This visit is planned for a later day. Nothing was changed."
                    )
                ]
            )
        lead(row, "plan.no_show")
        done = enter_planned(work, row, "plan.no_show", "U")
        work.commit()
    return done


def put_planned_back(clinic: OpenClinic, plan_id: str, edition: int | None) -> PlanChanged:
    """A cancelled one, or one who did not show up, is expected again."""
    clinic.require(RoleAct.PLAN_VISIT)
    with clinic.work() as work:
        row = load_planned(work, plan_id, edition)
        lead(row, "plan.put_back")
        row.reason, row.arrived_at = "", None
        done = enter_planned(work, row, "plan.put_back", "U")
        work.commit()
    return done


def enter_planned_again(clinic: OpenClinic, plan_id: str, edition: int | None) -> PlanChanged:
    """Taking it off the list was a mistake: it stands there as it did, with its time of arrival.

    Raises ActionRefused where it was not taken off the list, InvalidInput, StaleVisit.
    """
    clinic.require(RoleAct.PLAN_VISIT)
    with clinic.work() as work:
        row = load_planned(work, plan_id, edition)
        arrived_at, row.arrived_at = row.arrived_at, None
        lead(row, "plan.entered_again")
        done = enter_planned(work, row, "plan.entered_again", "U")
        if arrived_at is not None:
            clinic.require(RoleAct.MARK_ARRIVED)
            lead(row, "plan.arrived")
            row.arrived_at = arrived_at
            done = enter_planned(work, row, "plan.arrived", "U")
        work.commit()
    return done


def start_planned(
    clinic: OpenClinic, plan_id: str, edition: int | None, *, service: str = "", performer: str = ""
) -> str:
    """Open the visit of somebody who is expected or has arrived, today; returns the visit's id.

    `service` and `performer` settle what the plan leaves open, and are not asked where it does not.

    Raises InvalidInput where one of them is still open or nobody's, ActionRefused (for one who is recorded
    as deceased too), StaleVisit.
    """
    clinic.require(RoleAct.START_VISIT)
    with clinic.work() as work:
        now = clinic.clock.now()
        row = load_planned(work, plan_id, edition)
        if row.planned_on != now.date():
            raise ActionRefused([Refusal("plan_of_another_day", ANOTHER_DAY)])
        row.service = row.service or line_of(service)
        row.performer = row.performer or performer
        problems = []
        if not row.service:
            problems.append(Problem("service", "Say which service it is."))
        if row.performer not in performers(work.session):
            what = NO_SUCH_PERFORMER if row.performer else "Say who performs it."
            problems.append(Problem("performer", what))
        if problems:
            raise InvalidInput("The visit was not started. Fill in what is missing.", problems)
        records = load_person(work.session, row.patient_ref)
        assert_may_be_treated(records)
        # Of several records of one person, the one that they are read under.
        patient = records[0]
        visit = new_visit(
            work,
            patient,
            first_document(patient.record_number, row.service, row.performer, now),
            now=now,
        )
        lead(row, "plan.started")
        row.visit_id = visit.id
        enter_planned(work, row, "plan.started", "U")
        work.commit()
        return visit.id
