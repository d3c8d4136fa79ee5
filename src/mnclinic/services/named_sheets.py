"""Which texts a protocol names that the director has not in force on its first day."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from mnclinic.domain.patient_sheets import AFTERCARE_2, PRECARE_2, sheets_for
from mnclinic.models import ApprovedDocument
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.gather_facts import is_sheet, read_sheet
from mnclinic.services.session import OpenClinic

NAMES = (("precare_form", PRECARE_2), ("aftercare_form", AFTERCARE_2))
LANGUAGES = ("en", "es")
_LANGUAGE_WORDS = {"en": "English", "es": "Spanish"}


def sheets_not_in_force(clinic: OpenClinic, row_id: int) -> tuple[str, ...]:
    """For a draft of a protocol, a sentence for each sheet that it names and that nobody could be given.

    Empty for any other document, and where there is none of that id.
    """
    clinic.require(RoleAct.VIEW_TODAY)
    with clinic.store.reading() as session:
        row = session.get(ApprovedDocument, row_id)
        if row is None or row.kind != "protocol":
            return ()
        approved = session.scalars(
            select(ApprovedDocument).where(
                ApprovedDocument.kind == "consent_text", ApprovedDocument.approval.is_not(None)
            )
        ).all()
        return tuple(_missing(json.loads(row.document), approved, row.effective_on))


def _missing(protocol: Mapping[str, Any], approved: Iterable[ApprovedDocument], day: date) -> Iterable[str]:
    sheets = [read_sheet(row) for row in approved if is_sheet(row)]
    for name, kind in NAMES:
        form = protocol.get(name, "")
        if not form:
            continue
        of_kind = [one for one in sheets if one.format == kind]
        there = {one.language for one in sheets_for(of_kind, protocol["service"], day, form)}
        missing = [_LANGUAGE_WORDS[one] for one in LANGUAGES if one not in there]
        if missing:
            yield (
                f"It names the sheet {form}, which is not in force in: {', '.join(missing)}. Sign that one "
                "too, or visits under it wait for you."
            )
