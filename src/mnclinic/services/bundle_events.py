"""The adverse events of a bundle: each as it was written down, what was done about it, and a page to print.

The log says of which person an event is and when it was written down, and not of which visit. So a period's
bundle has those that were written down in it, which its reader can count, and those of its visits.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import parse_document
from mnclinic.audit.entry import local_day_of, parse_entry
from mnclinic.bundles.check_events import EVENT_SHAPE, STEP_SHAPE
from mnclinic.bundles.content import EVENTS, EVENTS_OUTSIDE, STEPS_OUTSIDE
from mnclinic.models import (
    AdverseEvent,
    EventStep,
    LogEntry,
    Patient,
    Staff,
    Visit,
)
from mnclinic.services.amendment_rows import whose_visits
from mnclinic.services.bundle_period import Period, is_in
from mnclinic.services.bundle_readable import EVENT_UNREADABLE, that_can_be_read
from mnclinic.services.event_rows import step_bytes
from mnclinic.services.event_standing import EventStandings
from mnclinic.services.record_adverse_event import adverse_event_bytes
from mnclinic.services.standing import Standing


@dataclass(frozen=True)
class _Held:
    """An event, its entry's fields, its visit and whose record that stands under."""

    event: AdverseEvent
    entry: Mapping[str, Any]
    visit: Visit
    patient: Patient


def add_events(
    session: Session,
    members: dict[str, bytes],
    pages: dict[str, dict[str, Any]],
    *,
    period: Period,
    visits: Sequence[Visit],
    patient: Patient | None,
    size: int = sys.maxsize,
) -> list[dict[str, Any]]:
    """Add the events, their steps and what their pages show; what is withheld, why and how much.

    Args:
        session: Of the position in the log that the bundle is made at.
        members: Events and steps are added here.
        pages: What each event's page shows is added here, by the page's name.
        period: The days whose events it is to hold.
        visits: The visits in the bundle.
        patient: Whose bundle it is; None for a period's.
        size: How many entries of the log are in the bundle; what was entered later is not.

    Raises DatabaseDamaged where an entry, an event or a step cannot be read: nothing was written.
    """
    every = list(_events(session, patient, size))
    inside = {one.id for one in visits}
    names = {one.id: _printed(one) for one in session.scalars(select(Staff))}
    standings = EventStandings(session)
    held = [one for one in every if one.visit.id in inside or is_in(period, local_day_of(one.entry))]
    misfiled = whose_visits(session, {one.visit.id for one in held})
    for one in held:
        folder = f"{EVENTS}{one.event.id}"
        members[f"{folder}/event.json"] = adverse_event_bytes(one.event)
        told = []
        for number, row in enumerate(_steps(session, one.event.id, size), start=1):
            members[f"{folder}/step-{number}.json"] = step_bytes(row)
            if row.signature is not None:
                members[f"{folder}/step-{number}.sig"] = row.signature
            with that_can_be_read(EVENT_UNREADABLE):
                said = parse_document(step_bytes(row), STEP_SHAPE)
            told.append(
                {
                    "said": said,
                    "by": names.get(row.recorded_by, row.recorded_by),
                    "wrong": "" if (found := standings.of(row, one.event)) is Standing.HOLDS else found.value,
                }
            )
        pages[f"{folder}/event.pdf"] = {
            **_page(one, told, names),
            "is_misfiled": one.visit.id in misfiled,
        }
    ids = {one.event.id for one in held}
    return [
        {"what": EVENTS_OUTSIDE, "count": len(every) - len(held)},
        {
            "what": STEPS_OUTSIDE,
            "count": sum(
                len(_steps(session, one.event.id, size)) for one in every if one.event.id not in ids
            ),
        },
    ]


def _events(session: Session, patient: Patient | None, size: int) -> Iterator[_Held]:
    asked = (
        select(AdverseEvent, LogEntry.entry, Visit, Patient)
        .join(Visit, Visit.id == AdverseEvent.visit_id)
        .join(Patient, Patient.ref == Visit.patient_ref)
        .join(LogEntry, LogEntry.object_id == AdverseEvent.id)
        # By the act, of which there is an index: the log is long, and events are few.
        .where(LogEntry.action == "adverse_event.recorded", LogEntry.seq <= size)
        .order_by(LogEntry.seq)
    )
    if patient is not None:
        # As the log has it: that is what is in the slice of it.
        asked = asked.where(LogEntry.subject == patient.ref)
    for event, entry, visit, whose in session.execute(asked):
        with that_can_be_read(EVENT_UNREADABLE):
            fields = parse_entry(entry)
        yield _Held(event, fields, visit, whose)


def _steps(session: Session, event_id: str, size: int) -> list[EventStep]:
    """In the order in which they were entered."""
    asked = (
        select(EventStep, LogEntry.seq)
        .join(LogEntry, (LogEntry.object_id == EventStep.id) & (LogEntry.object_kind == "event_step"))
        .where(EventStep.event_id == event_id, LogEntry.seq <= size)
    )
    return [row for row, _ in sorted(session.execute(asked), key=lambda one: one[1])]


def _page(one: _Held, told: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, Any]:
    entry = one.entry
    with that_can_be_read(EVENT_UNREADABLE):
        event = parse_document(adverse_event_bytes(one.event), EVENT_SHAPE)
    return {
        "event": event,
        "steps": told,
        "visit": one.visit.number,
        "patient": f"{one.patient.last_name}, {one.patient.first_name}",
        "record_number": one.patient.record_number,
        "recorded_by": names.get(entry["actor"]["uid"], entry["actor"]["uid"]),
        "recorded_at": entry["ts"],
        "utc_offset": entry["tz"],
    }


def _printed(person: Staff) -> str:
    return f"{person.name}, {person.credential}" if person.credential else person.name
