"""A person's newest performed visit up to another one's day: what still counts of it is offered there."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.visit_life import FROZEN
from mnclinic.models import Visit, VisitRevision
from mnclinic.services.amendment_rows import is_misfiled


@dataclass(frozen=True)
class VisitBefore:
    """A performed visit by id and number, and its document as it was frozen."""

    id: str
    number: str
    stored: Mapping[str, Any]


def visit_before(session: Session, visit: Visit, own: Collection[str]) -> VisitBefore | None:
    """Of the person whose references are `own`, without what was filed to the wrong patient; None: none."""
    found = session.execute(
        select(Visit.id, Visit.number, VisitRevision.record)
        .join(
            VisitRevision,
            (VisitRevision.visit_id == Visit.id) & (VisitRevision.revision == Visit.revision),
        )
        .where(
            Visit.patient_ref.in_(own),
            Visit.state.in_([state.value for state in FROZEN]),
            Visit.id != visit.id,
            Visit.visit_on <= visit.visit_on,
            ~is_misfiled(),
        )
        .order_by(Visit.visit_on.desc(), Visit.number.desc())
        .limit(1)
    ).first()
    return (
        None if found is None else VisitBefore(found.id, found.number, json.loads(found.record)["document"])
    )
