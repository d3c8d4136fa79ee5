"""The call script that the director approved, as it is in force on a day."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from mnclinic.domain.call_script import CallScript, call_script
from mnclinic.domain.patient_sheets import CALL_SCRIPT_1, sheets_for
from mnclinic.models import ApprovedDocument
from mnclinic.services.gather_facts import is_sheet, read_sheet


def script_for(
    approved: Iterable[ApprovedDocument], service: str, day: date, language: str
) -> CallScript | None:
    """The script for a service in the patient's language, else in English; None where none is in force."""
    rows = [row for row in approved if row.kind == "consent_text" and is_sheet(row)]
    sheets = [sheet for sheet in map(read_sheet, rows) if sheet.format == CALL_SCRIPT_1]
    found = {one.language: one.sha256 for one in sheets_for(sheets, service, day)}
    sha256 = found.get(language) or found.get("en") or next(iter(found.values()), None)
    row = next((row for row in rows if row.sha256 == sha256), None)
    return script_in(row) if row is not None else None


def script_in(row: ApprovedDocument) -> CallScript:
    """The script that an approved document is."""
    return _script(row.document, row.sha256)


# A version never changes once stored, so its bytes are a sound key.
@lru_cache(maxsize=32)
def _script(document: bytes, sha256: str) -> CallScript:
    return call_script(json.loads(document), sha256)
