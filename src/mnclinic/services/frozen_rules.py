"""What a frozen visit was judged by and how: its record has the last word, whatever is signed later."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from mnclinic.domain.finding import Finding, Light, Outcome, PassedBy, Verdict
from mnclinic.domain.visit_life import FROZEN, VisitState
from mnclinic.models import Visit, VisitRevision

PinnedVersion = tuple[str, int]
"""A document's id and version."""


def pinned_rules(session: Session, visit_id: str | None) -> Mapping[str, PinnedVersion]:
    """The policy and protocol that a performed visit's newest record pins, by kind; empty for any other."""
    pinned = _record(session, visit_id).get("pinned")
    if not isinstance(pinned, Mapping):
        return {}
    found = {}
    for kind in ("policy", "protocol"):
        pin = pinned.get(kind)
        if isinstance(pin, Mapping) and {"id", "version"} <= set(pin):
            found[kind] = (str(pin["id"]), pin["version"])
    return found


def frozen_verdict(session: Session, visit_id: str) -> Verdict | None:
    """What the gate found when the visit was performed, from its newest record.

    None for a visit that nobody performed yet, and for a record that somebody made unreadable.
    """
    judged = _record(session, visit_id).get("judged")
    try:
        return Verdict(tuple(_finding(one) for one in judged["findings"])) if judged else None
    except (KeyError, TypeError, ValueError):
        return None


def _record(session: Session, visit_id: str | None) -> Mapping[str, Any]:
    visit = session.get(Visit, visit_id) if visit_id is not None else None
    if visit is None or visit.state not in {state.value for state in FROZEN} or not visit.revision:
        return {}
    revision = session.get(VisitRevision, (visit.id, visit.revision))
    try:
        record = json.loads(revision.record) if revision is not None else {}
    except (TypeError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, Mapping) else {}


def _finding(told: Mapping[str, Any]) -> Finding:
    return Finding(
        code=str(told["code"]),
        light=Light(told["light"]),
        passed_by=PassedBy(told["passed_by"]),
        message=str(told["message"]),
        where=str(told["where"]),
        earliest_on=date.fromisoformat(told["earliest_on"]) if told["earliest_on"] else None,
        outcome=Outcome(told["outcome"]),
        reason=told["reason"] or "",
    )


def is_judged_for_ever(state: str) -> bool:
    """Whether a visit in this state is shown with the verdict of its record.

    A returned visit is judged anew as its performer answers, by the versions that it pins.
    """
    return VisitState(state) in FROZEN - {VisitState.RETURNED}
