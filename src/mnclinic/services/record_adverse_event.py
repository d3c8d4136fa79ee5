"""Write down something untoward after a treatment. The visit goes to the top of the director's queue."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.adverse_events import (
    GRADES,
    HELD_FROM_GRADE,
    QUICK_PICKS,
    Account,
    EventKind,
    is_usually_expected,
    problems_of_account,
    problems_of_words,
)
from mnclinic.domain.event_clock import Deadlines, deadlines
from mnclinic.domain.instants import zone_of
from mnclinic.domain.person_details import line_of, text_of
from mnclinic.domain.review import SCORE
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import AdverseEvent, ApprovedDocument, Patient, Visit, instant_text
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amendment_rows import whose_visits
from mnclinic.services.effective_days import force_on
from mnclinic.services.one_person import load_person
from mnclinic.services.person_entry import enter_change
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

REVIEW_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class AdverseEventRecorded:
    """An adverse event is on record for a visit.

    `tell_by` and `sign_by` are the director's deadlines. `is_held_now`: the person's records were held
    because of it.
    """

    event_id: str
    visit_id: str
    tell_by: datetime
    sign_by: datetime
    is_held_now: bool


def record_adverse_event(
    clinic: OpenClinic,
    visit_id: str,
    *,
    event: str,
    grade: int,
    noted_on: date,
    note: str,
    account: Account,
    unread: Sequence[Problem] = (),
) -> AdverseEventRecorded:
    """Record an adverse event (grade 1 to 5) of a visit.

    `unread` is what whoever asks could not read of what was typed; it is refused together with the rest.

    A visit that waits for review moves to the top of the queue and is due within a day. The
    director's clock begins; from grade 4 on, or where the policy says so, the person's records are held too.
    Raises InvalidInput with every problem; nothing is stored then.
    """
    clinic.require(RoleAct.RECORD_ADVERSE_EVENT)
    event, note = text_of(event), text_of(note)
    account = _cleaned(account)
    if not event and account.kind != EventKind.OTHER and account.kind in set(EventKind):
        event = QUICK_PICKS[EventKind(account.kind)].words
    problems = [*unread, *problems_of_words(event, note)]
    if grade not in GRADES:
        problems.append(Problem("grade", "The grade is a number from 1 to 5."))
    if noted_on > clinic.clock.now().date():
        problems.append(Problem("noted_on", "The day lies in the future."))
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        now, zone = clinic.clock.now(), zone_of(clinic.clock)
        if account.is_expected is None:
            told_on = now.astimezone(zone).date()
            usual = is_usually_expected(account.kind, visit.visit_on, told_on)
            account = replace(account, is_expected=usual)
        problems += problems_of_account(
            account,
            event=event,
            grade=grade,
            treated_at=_treated_at(visit),
            now=now,
            newest=work.log.newest_time() or now,
        )
        if problems:
            raise InvalidInput("The adverse event was not stored. Correct what is marked.", problems)
        row = AdverseEvent(
            id=str(uuid.uuid4()),
            visit_id=visit.id,
            event=event,
            grade=grade,
            noted_on=noted_on,
            note=note,
            recorded_by=clinic.person.staff_id,
            recorded_at=now,
        )
        rules = _rules_by_grade(work.session, now.date())
        due = _take_account(row, account, rules, now, zone)
        work.session.add(row)
        words = [word for word in visit.review_reasons.split(",") if word]
        if visit.state == VisitState.IN_REVIEW.value and "adverse_event" not in words:
            visit.review_reasons = ",".join(["adverse_event", *words])
            visit.score += SCORE["adverse_event"]
            visit.due_at = min(visit.due_at or now + REVIEW_WITHIN, now + REVIEW_WITHIN)
        work.log.record(
            Act(
                "adverse_event.recorded",
                "C",
                subject=patient.ref,
                object=LoggedObject("adverse_event", row.id, 1, adverse_event_bytes(row)),
                categories=("adverse_event",),
            )
        )
        is_held_now = _hold(clinic, work, patient, visit, grade, rules)
        work.commit()
        return AdverseEventRecorded(row.id, visit.id, due.tell_by, due.sign_by, is_held_now)


def _cleaned(account: Account) -> Account:
    return replace(account, told_by=line_of(account.told_by), treatment=text_of(account.treatment))


def _treated_at(visit: Visit) -> datetime | None:
    started = json.loads(visit.document).get("started_at")
    return datetime.fromisoformat(started) if isinstance(started, str) else None


def _rules_by_grade(session: Session, day: date) -> Mapping[int, Mapping[str, object]]:
    """What the policy in force says of each grade; nothing where there is none, or one of the first form."""
    rows = session.scalars(select(ApprovedDocument).where(ApprovedDocument.kind == "policy")).all()
    force = force_on(rows, day)
    for row in rows:
        if force[row.id] == "in_force":
            return rules_in(json.loads(row.document))
    return {}


def _take_account(
    row: AdverseEvent,
    account: Account,
    rules: Mapping[int, Mapping[str, object]],
    now: datetime,
    zone: tzinfo,
) -> Deadlines:
    row.kind, row.onset_at, row.is_expected = account.kind, account.onset_at, account.is_expected
    row.relatedness, row.seriousness = account.relatedness, ",".join(account.seriousness)
    row.treatment, row.told_how, row.told_by = account.treatment, account.told_how, account.told_by
    hours = hours_by_grade(rules)
    due = deadlines(row.grade, is_expected=bool(account.is_expected), told_at=now, hours=hours, zone=zone)
    row.tell_by, row.sign_by = due.tell_by, due.sign_by
    return due


def hours_by_grade(rules: Mapping[int, Mapping[str, object]]) -> dict[int, int | None]:
    """Within how many hours the director is told, by what a policy says of each grade; None: nothing."""
    found = {grade: rule.get("tell_director_h") for grade, rule in rules.items()}
    return {grade: hours if isinstance(hours, int) else None for grade, hours in found.items()}


def rules_in(policy: Mapping[str, Any]) -> dict[int, Mapping[str, object]]:
    """What a policy says of each grade; nothing of the first form."""
    return {one["grade"]: one for one in policy.get("adverse_events", ())}


def _hold(  # noqa: PLR0917 - the deed of one act, which has just loaded each of them
    clinic: OpenClinic,
    work: UnitOfWork,
    patient: Patient,
    visit: Visit,
    grade: int,
    rules: Mapping[int, Mapping[str, object]],
) -> bool:
    """Hold the person's records where the grade asks for it and nothing holds them yet."""
    if grade < HELD_FROM_GRADE and not rules.get(grade, {}).get("legal_hold", False):
        return False
    # A visit of the wrong patient: what is to be kept stands under that one, and is about the right one.
    whose = [patient.ref, *filter(None, whose_visits(work.session, [visit.id]).values())]
    reason = f"Adverse event of grade {grade} after visit {visit.number}"
    is_held_now = False
    for ref in whose:
        records = load_person(work.session, ref)
        if any(one.hold_reason for one in records):
            continue
        head = records[0]
        head.hold_reason, head.held_by, head.held_at = reason, clinic.person.staff_id, clinic.clock.now()
        enter_change(work, head, "patient.held", {"reason": reason})
        is_held_now = True
    return is_held_now


def adverse_event_bytes(row: AdverseEvent) -> bytes:
    """The canonical bytes of an adverse event, as the log names it; of the first form without an account."""
    said = {
        "format": "mnclinic.adverse-event/1",
        "id": row.id,
        "visit": row.visit_id,
        "event": row.event,
        "grade": row.grade,
        "noted_on": row.noted_on.isoformat(),
        "note": row.note,
    }
    parts = (
        *(row.kind, row.onset_at, row.is_expected, row.relatedness, row.seriousness),
        *(row.treatment, row.told_how, row.told_by, row.tell_by, row.sign_by),
    )
    if all(one is None for one in parts):
        return canonical_bytes(said)
    return canonical_bytes(
        said
        | {
            "format": "mnclinic.adverse-event/2",
            "kind": row.kind,
            "onset_at": _instant(row.onset_at),
            "is_expected": row.is_expected,
            "relatedness": row.relatedness,
            "seriousness": row.seriousness,
            "treatment": row.treatment,
            "told_how": row.told_how,
            "told_by": row.told_by,
            "tell_by": _instant(row.tell_by),
            "sign_by": _instant(row.sign_by),
        }
    )


def _instant(value: datetime | None) -> str | None:
    return None if value is None else instant_text(value)
