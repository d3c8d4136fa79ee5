"""An amendment of each kind of the small clinic's visit, ready to be signed."""

from datetime import timedelta

from mnclinic.domain.amendment import AmendmentKind, Correction
from mnclinic.services.amend_visit import NewAmendment
from tests.services.clinic_builder import MONDAY

DEPTH = Correction("lines[0].depth_mm", '"1.25"', '"1.00"')


def of_kind(kind: AmendmentKind, right_patient: str = "") -> NewAmendment:
    """One that nothing speaks against, where the visit's first line is 1.25 mm deep."""
    match kind:
        case AmendmentKind.ADDENDUM:
            return NewAmendment(kind, text="Slight redness after ten minutes.")
        case AmendmentKind.CORRECTION:
            return NewAmendment(kind, reason="Read off the wrong dial.", correction=DEPTH)
        case AmendmentKind.LATE_ENTRY:
            at = MONDAY - timedelta(minutes=30)
            return NewAmendment(kind, text="Cold pack given.", reason="The PC was down.", happened_at=at)
        case AmendmentKind.WRONG_PATIENT:
            return NewAmendment(kind, reason="Two Adas that day.", right_patient=right_patient)
