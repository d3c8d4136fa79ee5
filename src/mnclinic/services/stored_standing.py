"""How visits that are still open stand now: judged by the gate as the visit itself is when it is opened."""

import json
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.before_visit import Standing, standing_of
from mnclinic.domain.gate import judge
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.models import Patient, Visit
from mnclinic.services.gather_facts import AskedAbout, gather_all


def standings_now(session: Session, visit_ids: Collection[str]) -> Mapping[str, Standing]:
    """By visit: its lights as of now, not as they were when somebody saved it last.

    One whose stored document somebody made unreadable is left out.
    """
    if not visit_ids:
        return {}
    rows = session.execute(
        select(Visit, Patient.born_on)
        .join(Patient, Patient.ref == Visit.patient_ref)
        .where(Visit.id.in_(sorted(visit_ids)))
    ).all()
    asked = []
    for visit, born_on in rows:
        try:
            document = read_visit_document(json.loads(visit.document))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            continue
        asked.append(AskedAbout(document, visit.patient_ref, born_on, visit.id))
    return {
        one.visit_id: standing_of(judge(found.facts))
        for one, found in zip(asked, gather_all(session, asked), strict=True)
        if one.visit_id is not None
    }
