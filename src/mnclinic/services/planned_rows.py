"""What every act on a planned visit shares: its row, its bytes in the log, and the one way to change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.planned_life import PlanState, may_follow
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal, StaleVisit
from mnclinic.models import PlannedVisit, instant_text
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork

FEWEST_OF_ID = 8
"""So many characters of an id name a planned visit where no other begins with them."""

STATE_WORDS = {
    PlanState.PLANNED: "planned",
    PlanState.ARRIVED: "marked as arrived",
    PlanState.STARTED: "started as a visit",
    PlanState.CANCELLED: "cancelled",
    PlanState.NO_SHOW: "marked as not shown up",
    PlanState.TAKEN_BACK: "taken back",
}


@dataclass(frozen=True)
class PlanChanged:
    """A planned visit was changed. `edition` is what the next act on it has to name."""

    plan_id: str
    edition: int
    state: PlanState


def planned_bytes(row: PlannedVisit) -> bytes:
    """The canonical bytes of a planned visit, as the log names it."""
    return canonical_bytes(
        {
            "format": "mnclinic.planned-visit/1",
            "id": row.id,
            "planned_on": row.planned_on.isoformat(),
            "at_time": row.at_time,
            "patient": row.patient_ref,
            "service": row.service,
            "performer": row.performer,
            "note": row.note,
            "state": row.state,
            "reason": row.reason,
            "is_walk_in": row.is_walk_in,
            "arrived_at": instant_text(row.arrived_at) if row.arrived_at else None,
            "visit": row.visit_id,
            "edition": row.edition,
            "batch": row.batch,
        }
    )


def load_planned(work: UnitOfWork, plan_id: str, edition: int | None) -> PlannedVisit:
    """The planned visit by its id or the first eight characters of it.

    Raises InvalidInput when there is none, StaleVisit when `edition` is given and another is stored.
    """
    row = work.session.get(PlannedVisit, plan_id) or _by_beginning(work.session, plan_id)
    if row is None:
        raise InvalidInput(
            "There is no such planned visit. Nothing was changed. Look at the day's list again.",
            [Problem("plan", "No planned visit is called so.")],
        )
    if edition is not None and row.edition != edition:
        raise StaleVisit(
            "This line was changed elsewhere a moment ago. Nothing was stored. "
            "Look at it as it stands now, then do it again if it is still needed."
        )
    return row


def _by_beginning(session: Session, beginning: str) -> PlannedVisit | None:
    if len(beginning) < FEWEST_OF_ID:
        return None
    found = session.scalars(
        select(PlannedVisit).where(PlannedVisit.id.startswith(beginning, autoescape=True)).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def lead(row: PlannedVisit, action: str) -> None:
    """Put a planned visit into the state that an act leads to. Raises ActionRefused where it cannot."""
    state = PlanState(row.state)
    after = may_follow(action, state)
    if after is None:
        raise ActionRefused(
            [
                Refusal(
                    "plan_is_another",
                    f"This planned visit is {STATE_WORDS[state]}, so that cannot be done. "
                    "Nothing was changed.",
                )
            ]
        )
    row.state = after.value
    row.edition += 1


def enter_planned(
    work: UnitOfWork, row: PlannedVisit, action: str, kind: str, detail: Mapping[str, Any] | None = None
) -> PlanChanged:
    """Enter an act on a planned visit, whose row is as it shall be stored."""
    work.session.flush()
    work.log.record(
        Act(
            action,
            kind,
            subject=row.patient_ref,
            object=LoggedObject("planned_visit", row.id, row.edition, planned_bytes(row)),
            categories=("roster",),
            detail=dict(detail or {}),
        )
    )
    return PlanChanged(row.id, row.edition, PlanState(row.state))


def enter_changed(work: UnitOfWork, row: PlannedVisit, was: Mapping[str, Any]) -> PlanChanged:
    """Enter that a planned visit was changed; `was` is `as_said` of it before."""
    before = {name: was[name] for name in ("day", "time")}
    besides = {name: value for name, value in was.items() if name not in before}
    return enter_planned(
        work, row, "plan.changed", "U", {"before": before, "after": day_and_time(row), "was": besides}
    )


def as_said(row: PlannedVisit) -> dict[str, str]:
    """All of a planned visit that can be changed, for the entry of a change."""
    return day_and_time(row) | {"service": row.service, "performer": row.performer, "note": row.note}


def day_and_time(row: PlannedVisit) -> dict[str, str]:
    """When somebody is expected, for the part of an entry that can be erased."""
    return {"day": row.planned_on.isoformat(), "time": row.at_time}
