"""Treatments that somebody gave and did not sign before they left: nobody else signs them as performer."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.visit_life import VisitState
from mnclinic.models import Staff, Visit
from mnclinic.services.treated_by import is_treated

MOST_NAMED = 5

_WHAT_TO_DO = (
    "Nobody else signs for a treatment that they did not give. The medical director reads it, learns from "
    "them what was done, and voids it with that as the reason; what was typed stays on record. Ctrl+K opens "
    "a visit by its number."
)


def left_unsigned(session: Session) -> tuple[str, ...]:
    """A sentence for each person who left such visits, by name; none once every one of them was voided."""
    rows = session.execute(
        select(Visit, Staff.name)
        .join(Staff, Staff.user == Visit.performer)
        .where(Visit.state == VisitState.DRAFT.value, Staff.is_active.is_(False))
    )
    numbers: dict[str, list[str]] = {}
    for visit, name in rows:
        if is_treated(session, visit, json.loads(visit.document)):
            numbers.setdefault(name, []).append(visit.number)
    return tuple(
        f"{name} left without signing what they treated in {_named(sorted(of))}. {_WHAT_TO_DO}"
        for name, of in sorted(numbers.items())
    )


def _named(numbers: list[str]) -> str:
    more = len(numbers) - MOST_NAMED
    return ", ".join(numbers[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
