"""Which kinds of a person's data their opened record shows, as the entry of the look names them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Text, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from mnclinic.domain.attachments import AttachmentKind
from mnclinic.models import AdverseEvent, Attachment, ConsentWithdrawal, MedicalHistory, Patient, Visit
from mnclinic.services.amendment_rows import filed_elsewhere

CONSENT_IN_DOCUMENT = '"consent":'
"""As it stands in a document's canonical bytes; within a text its quotation marks would be escaped."""


def kinds_on_card(session: Session, records: Sequence[Patient]) -> tuple[str, ...]:
    """The kinds of data on the page of a person with these records, whichever of its parts is read.

    Allergies and skin type that stand in the details are history, as what is written into it is; a visit and
    a kept file are of a treatment or a consent.
    """
    refs = [one.ref for one in records]
    of_person: ColumnElement[bool] = Visit.patient_ref.in_(refs)
    if elsewhere := filed_elsewhere(session, refs):
        of_person = or_(of_person, Visit.id.in_(elsewhere))
    files = Attachment.patient_ref.in_(refs)
    consented = func.instr(cast(Visit.document, Text), CONSENT_IN_DOCUMENT) > 0
    row = session.execute(
        select(
            exists().where(MedicalHistory.patient_ref.in_(refs)).label("history"),
            or_(
                exists().where(of_person, consented),
                exists().where(ConsentWithdrawal.patient_ref.in_(refs)),
                exists().where(files, Attachment.kind == AttachmentKind.CONSENT.value),
            ).label("consent"),
            or_(
                exists().where(of_person),
                exists().where(files, Attachment.kind != AttachmentKind.CONSENT.value),
            ).label("treatment"),
            select(AdverseEvent.id)
            .join(Visit, Visit.id == AdverseEvent.visit_id)
            .where(of_person)
            .exists()
            .label("adverse_event"),
        )
    ).one()
    is_told = any(one.allergies or one.fitzpatrick is not None for one in records)
    held = {
        "demographics": True,
        "history": bool(row.history) or is_told,
        "consent": bool(row.consent),
        "treatment": bool(row.treatment),
        "adverse_event": bool(row.adverse_event),
    }
    return tuple(kind for kind, is_there in held.items() if is_there)
