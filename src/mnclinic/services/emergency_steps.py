"""The steps of an emergency, in the words that the director approved and in no others."""

import json
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.patient_sheets import EMERGENCY_2, sheet_facts, sheets_for
from mnclinic.models import ApprovedDocument
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.consent_of_visit import ConsentText, text_of
from mnclinic.services.session import OpenClinic


def emergency_steps(clinic: OpenClinic, language: str) -> tuple[ConsentText, ...]:
    """What is in force today, by title; each in `language` where it is approved in that one, else in another.

    Empty where the clinic has none: the program has no steps of its own.
    """
    clinic.require(RoleAct.VIEW_TODAY)
    with clinic.store.reading() as session:
        rows = _approved(session)
        # Whatever service they were written for: in an emergency nobody looks for the right sheet.
        facts = [
            replace(sheet_facts(json.loads(row.document), row.sha256), services=frozenset()) for row in rows
        ]
        counted = {one.sha256 for one in sheets_for(facts, "", clinic.clock.now().date())}
        texts = [text_of(row) for row in rows if row.sha256 in counted]
    best: dict[str, ConsentText] = {}
    for one in sorted(texts, key=lambda text: (text.language != language, text.language)):
        best.setdefault(one.form, one)
    return tuple(sorted(best.values(), key=lambda text: (text.title, text.form)))


def _approved(session: Session) -> list[ApprovedDocument]:
    asked = select(ApprovedDocument).where(
        ApprovedDocument.kind == "consent_text", ApprovedDocument.approval.is_not(None)
    )
    rows = session.scalars(asked.order_by(ApprovedDocument.id))
    return [row for row in rows if json.loads(row.document)["format"] == EMERGENCY_2]
