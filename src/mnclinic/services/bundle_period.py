"""Which records lie in the period of a bundle, and what of the clinic or the person is left out by it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mnclinic.bundles.content import OUTSIDE
from mnclinic.domain.visit_life import FROZEN, OPEN_TO_EDIT, VisitState
from mnclinic.models import LogDetail, Patient, Visit, VisitRevision

_KEEPS_ITS_DAY = [one.value for one in FROZEN - OPEN_TO_EDIT]
_MAY_HAVE_MOVED = [one.value for one in OPEN_TO_EDIT | {VisitState.VOIDED}]


@dataclass(frozen=True)
class Period:
    """Both days included; None is open."""

    first: date | None
    last: date | None


def _in_period(period: Period) -> list[ColumnElement[bool]]:
    if period.first is not None and period.last is not None:
        return [Visit.visit_on.between(period.first, period.last)]
    bounds = []
    if period.first is not None:
        bounds.append(Visit.visit_on >= period.first)
    if period.last is not None:
        bounds.append(Visit.visit_on <= period.last)
    return bounds


def frozen_visits(session: Session, period: Period, patient: Patient | None) -> list[Visit]:
    """The visits whose newest record lies in the period.

    One that is open again, or was voided, may have been given another day since; the log keeps the record's.
    """
    theirs = [Visit.revision > 0] + ([] if patient is None else [Visit.patient_ref == patient.ref])
    asked = select(Visit).where(*theirs)
    kept = session.scalars(asked.where(Visit.state.in_(_KEEPS_ITS_DAY), *_in_period(period))).all()
    others = session.scalars(asked.where(Visit.state.in_(_MAY_HAVE_MOVED))).all()
    moved = [one for one in others if is_in(period, _day_of_record(session, one))]
    return sorted([*kept, *moved], key=lambda one: one.number)


def _day_of_record(session: Session, visit: Visit) -> str:
    record = session.scalars(
        select(VisitRevision.record).where(
            VisitRevision.visit_id == visit.id, VisitRevision.revision == visit.revision
        )
    ).one_or_none()
    try:
        return str(json.loads(record or b"")["document"]["started_at"])[:10]
    except (ValueError, KeyError, TypeError):
        # What cannot be read is named where it is put in.
        return visit.visit_on.isoformat()


def is_in(period: Period, day: str) -> bool:
    """Whether a day, as documents write it, lies in the period."""
    first, last = day_text(period.first), day_text(period.last)
    return (first is None or first <= day) and (last is None or day <= last)


def day_text(day: date | None) -> str | None:
    """As documents write a day; None stays None."""
    return None if day is None else day.isoformat()


def withheld(
    session: Session, period: Period, patient: Patient | None, of_entries: ColumnElement[bool]
) -> list[dict[str, Any]]:
    """What of the clinic, or of the person, is not inside, why, and how much it is.

    `of_entries` chooses the details of the log's entries that are inside.
    """
    details = session.scalar(select(func.count()).select_from(LogDetail).where(of_entries))
    inside = _in_period(period)
    theirs = [] if patient is None else [Visit.patient_ref == patient.ref]
    all_frozen = set(session.scalars(select(Visit.id).where(Visit.revision > 0, *theirs)))
    held = {one.id for one in frozen_visits(session, period, patient)}
    unsigned = session.execute(select(Visit.state).where(Visit.revision == 0, *theirs, *inside)).all()
    voided = sum(1 for row in unsigned if row.state == VisitState.VOIDED.value)
    return [
        {"what": OUTSIDE, "count": len(all_frozen - held)},
        {"what": "open drafts, which nobody has signed", "count": len(unsigned) - voided},
        {"what": "visits voided before anybody signed", "count": voided},
        {"what": "details of log entries, which may name people", "count": details or 0},
    ]
