"""Adverse events that are not closed with the director's clock, and all events of one person.

Lists show who, what and by when. Whoever is given more of an event is entered in the log before.
"""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from mnclinic.domain.event_clock import ClockState
from mnclinic.errors import InvalidInput
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.enter_look import enter_looks
from mnclinic.services.event_rows import NO_SUCH_EVENT, EventRow, event_rows
from mnclinic.services.one_person import load_person
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act

_NEVER = datetime.max.replace(tzinfo=UTC)


def open_events(clinic: OpenClinic) -> tuple[EventRow, ...]:
    """Every event that has a clock and is not closed: what is due soonest first, then the gravest."""
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        return open_in(session)


def show_open_events(clinic: OpenClinic) -> tuple[EventRow, ...]:
    """The same, each with its whole account and steps: a look at each person is entered, once a sitting.

    Raises StoreUnavailable and kin when that cannot be entered: then nothing is shown.
    """
    found = open_events(clinic)
    kinds = ("demographics", "adverse_event")
    people = sorted({one.patient_ref for one in found})
    with clinic.work() as work:
        looks = [Act("patient.viewed", "R", subject=one, categories=kinds) for one in people]
        enter_looks(clinic, work, looks)
    return found


def open_in(session: Session) -> tuple[EventRow, ...]:
    """What `open_events` gives, for whoever reads already."""
    left_out = {ClockState.CLOSED, ClockState.UNCLOCKED}
    found = [one for one in event_rows(session, is_open=True) if one.state not in left_out]
    return tuple(sorted(found, key=lambda one: (one.due_at or _NEVER, -one.grade, one.event_id)))


def to_sign_in(session: Session) -> tuple[EventRow, ...]:
    """Of those the ones that no director has signed to know of, for whoever reads already."""
    return tuple(one for one in open_in(session) if not one.facts.is_acknowledged)


def count_to_sign(clinic: OpenClinic) -> int:
    """How many events wait for a director's word that she knows of them."""
    clinic.require(RoleAct.VIEW_TODAY)
    with clinic.store.reading() as session:
        return len(to_sign_in(session))


def events_of_person(clinic: OpenClinic, patient: str) -> tuple[EventRow, ...]:
    """Every event of all records of a person, newest first.

    That the chart was opened was entered by `show_patient`. Raises InvalidInput when there is no such person.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        refs = [one.ref for one in load_person(session, patient)]
        return tuple(event_rows(session, refs=refs))


def event_called(clinic: OpenClinic, event_id: str) -> EventRow:
    """One event by its id or the first letters of it. Raises InvalidInput where there is none."""
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        found = event_rows(session, event_id=event_id) if len(event_id) >= 8 else []  # noqa: PLR2004 - as lists show it
    if len(found) != 1:
        raise InvalidInput(NO_SUCH_EVENT)
    return found[0]
