"""Adverse events as the tests write them down."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mnclinic.domain.adverse_events import Account
from mnclinic.models import AdverseEvent, EventStep
from mnclinic.services.event_rows import load_event, step_bytes
from mnclinic.services.record_adverse_event import (
    AdverseEventRecorded,
    adverse_event_bytes,
    record_adverse_event,
)
from mnclinic.services.save_visit import load_visit
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

ACCOUNT = Account(
    kind="infection",
    onset_at=datetime(2026, 11, 23, 15, 3, tzinfo=UTC),
    is_expected=False,
    told_how="telephone",
    told_by="The patient",
    relatedness="probable",
    treatment="Cool compress.",
)


def write_down(
    clinic: OpenClinic,
    visit: str,
    *,
    grade: int = 2,
    event: str = "",
    note: str = "Warm and sore.",
    **changes: Any,  # noqa: ANN401 - parts of an account
) -> AdverseEventRecorded:
    """An event with an account, as told over the telephone."""
    named: dict[int, tuple[str, ...]] = {4: ("life_threatening",), 5: ("death",)}
    parts: dict[str, Any] = {"seriousness": named.get(grade, ()), "onset_at": clinic.clock.now()}
    account = replace(ACCOUNT, **(parts | changes))
    return record_adverse_event(
        clinic,
        visit,
        event=event,
        grade=grade,
        noted_on=clinic.clock.now().date(),
        note=note,
        account=account,
    )


def past_the_program(clinic: OpenClinic, event: str, what: str, action: str, **said: Any) -> None:  # noqa: ANN401 - columns
    """A step with its entry, as the program writes both, without the program's rules."""
    with clinic.work() as work:
        _, patient, _ = load_event(work, event)
        step = EventStep(
            id=str(uuid.uuid4()),
            event_id=event,
            what=what,
            recorded_by=clinic.person.staff_id,
            recorded_at=clinic.clock.now(),
            **({"text": "Later."} | said),
        )
        work.session.add(step)
        thing = LoggedObject("event_step", step.id, 1, step_bytes(step))
        work.log.record(Act(action, "C", subject=patient.ref, object=thing, categories=("adverse_event",)))
        work.commit()


def note_down(
    clinic: OpenClinic, visit_id: str, *, event: str, grade: int, noted_on: date, note: str
) -> AdverseEventRecorded:
    """An event in words of one's own, as told now."""
    account = replace(ACCOUNT, kind="other", onset_at=clinic.clock.now())
    return record_adverse_event(
        clinic, visit_id, event=event, grade=grade, noted_on=noted_on, note=note, account=account
    )


def without_account(clinic: OpenClinic, visit_id: str, *, event: str, grade: int = 1) -> str:
    """An event as programs of before there was an account and a clock wrote it; returns its id."""
    with clinic.work() as work:
        visit, patient = load_visit(work, visit_id)
        now = clinic.clock.now()
        row = AdverseEvent(
            id=str(uuid.uuid4()),
            visit_id=visit.id,
            event=event,
            grade=grade,
            noted_on=now.date(),
            note="",
            recorded_by=clinic.person.staff_id,
            recorded_at=now,
        )
        work.session.add(row)
        thing = LoggedObject("adverse_event", row.id, 1, adverse_event_bytes(row))
        work.log.record(
            Act(
                "adverse_event.recorded",
                "C",
                subject=patient.ref,
                object=thing,
                categories=("adverse_event",),
            )
        )
        work.commit()
        return row.id
