"""What earlier sessions that rested on an exam used, read from their frozen records."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.gate import DrugsAndPlaces
from mnclinic.domain.gate.exam_renewal import drugs_of
from mnclinic.domain.visit_document import VisitDocument, read_visit_document
from mnclinic.domain.visit_life import FROZEN
from mnclinic.models import Visit, VisitRevision
from mnclinic.services.amendment_rows import is_misfiled


def under_exams(
    session: Session, every: Sequence[str], documents: Sequence[VisitDocument]
) -> list[tuple[str, str, date, Mapping[str, Any]]]:
    """Record, visit, day and frozen record of the sessions of these people since the oldest exam."""
    examined = [one.exam.examined_on for one in documents if one.exam is not None]
    if not examined:
        return []
    rows = session.execute(
        select(Visit.patient_ref, Visit.id, Visit.visit_on, VisitRevision.record)
        .join(
            VisitRevision,
            (VisitRevision.visit_id == Visit.id) & (VisitRevision.revision == Visit.revision),
        )
        .where(
            Visit.patient_ref.in_(every),
            Visit.state.in_([state.value for state in FROZEN]),
            Visit.visit_on >= min(examined),
            ~is_misfiled(),
        )
    )
    return [(row.patient_ref, row.id, row.visit_on, json.loads(row.record)) for row in rows]


def used_by(records: Sequence[Mapping[str, Any]]) -> DrugsAndPlaces | None:
    """What these sessions used and where; None of no session."""
    if not records:
        return None
    documents = [read_visit_document(record["document"]) for record in records]
    devices = [record["pinned"]["device"] or {} for record in records]
    return DrugsAndPlaces(
        areas=frozenset().union(*(one.treated_areas for one in documents)),
        device_classes=frozenset(one.get("device_class", "") for one in devices),
        drugs=frozenset().union(*(drugs_of(one) for one in documents)),
    )
