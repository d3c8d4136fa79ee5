"""What earlier sessions that rested on an exam used, read from their frozen records."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from mnclinic.domain.gate import DrugsAndPlaces
from mnclinic.domain.gate.exam_renewal import drugs_of
from mnclinic.domain.visit_document import VisitDocument, read_visit_document
from mnclinic.domain.visit_life import FROZEN
from mnclinic.store.plain_rows import plain_rows

FROZEN_STATES = json.dumps(sorted(state.value for state in FROZEN))
# The gate asks this at every signature, so it is not put together anew each time.
UNDER_EXAMS = """
SELECT patient_ref, visit.id, visit_on, record FROM visit
JOIN visit_revision ON visit_revision.visit_id = visit.id AND visit_revision.revision = visit.revision
WHERE patient_ref IN (SELECT value FROM json_each(:refs))
AND state IN (SELECT value FROM json_each(:states)) AND visit_on >= :since AND NOT EXISTS (
  SELECT 1 FROM visit_amendment WHERE kind = 'wrong_patient' AND visit_amendment.visit_id = visit.id
)
"""


def under_exams(
    session: Session, every: Sequence[str], documents: Sequence[VisitDocument]
) -> list[tuple[str, str, date, Mapping[str, Any]]]:
    """Record, visit, day and frozen record of the sessions of these people since the oldest exam."""
    examined = [one.exam.examined_on for one in documents if one.exam is not None]
    if not examined:
        return []
    rows = plain_rows(
        session.connection(),
        UNDER_EXAMS,
        {"refs": json.dumps(list(every)), "states": FROZEN_STATES, "since": min(examined).isoformat()},
    )
    return [(ref, visit_id, date.fromisoformat(on), json.loads(record)) for ref, visit_id, on, record in rows]


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
