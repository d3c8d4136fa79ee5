"""What a person allows to be done with photographs of them, asked before one is kept, shown or copied."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.photos import PhotoChoice, PhotoConsent, PhotoUse, consent_of
from mnclinic.domain.visit_life import FROZEN, VisitState
from mnclinic.errors import ActionRefused, Refusal
from mnclinic.models import Visit, VisitRevision
from mnclinic.services.amendment_rows import is_misfiled
from mnclinic.services.withdraw_consent import withdrawals_of

_REFUSED = {
    PhotoUse.CHART: (
        "This person has not agreed to photographs, or has taken it back, so none is kept or shown. "
        "Nothing was changed. Have them choose in a consent what photographs may be used for."
    ),
    PhotoUse.TEACHING: (
        "This person has not agreed, in a signed visit, that photographs are used for teaching. "
        "Nothing was written. Have them choose in a consent what photographs may be used for."
    ),
    PhotoUse.MARKETING: (
        "This person has not agreed, in a signed visit, that photographs are used for marketing. "
        "Nothing was written. Have them choose in a consent what photographs may be used for."
    ),
}


def photo_consent(session: Session, refs: Sequence[str]) -> PhotoConsent:
    """What a person with these records allows now."""
    visits = session.scalars(
        select(Visit).where(
            Visit.patient_ref.in_(refs), Visit.state != VisitState.VOIDED.value, ~is_misfiled()
        )
    ).all()
    choices = [one for visit in visits for one in _choices(session, visit)]
    return consent_of(choices, withdrawals_of(session, refs))


def refuse_unless_allowed(session: Session, refs: Sequence[str], use: PhotoUse) -> None:
    """Raise ActionRefused where the person does not allow that use. Nothing was entered then."""
    if not photo_consent(session, refs).allows(use):
        raise ActionRefused([Refusal("photo_not_allowed", _REFUSED[use])])


def _choices(session: Session, visit: Visit) -> Iterator[PhotoChoice]:
    is_frozen = visit.state in {state.value for state in FROZEN}
    row = session.get(VisitRevision, (visit.id, visit.revision)) if is_frozen else None
    document = json.loads(row.record)["document"] if row else json.loads(visit.document)
    consent = document.get("consent") or {}
    if not consent.get("signed_at"):
        return
    for addendum in consent.get("addenda", ()):
        if addendum.get("level"):
            yield PhotoChoice(
                forms=(addendum["form"], consent["form"]),
                signed_at=datetime.fromisoformat(consent["signed_at"]),
                level=addendum["level"],
                is_frozen=row is not None,
            )
