"""A treatment that was performed, an approved call script, and the days after it."""

from datetime import timedelta
from typing import Any

from mnclinic.services.record_visit import record_visit
from tests.services.clinic_builder import CONSENT, SmallClinic, document, policy, protocol

SCRIPT: dict[str, Any] = {
    "format": "mnclinic.call-script/1",
    "form": "follow-up",
    "version": 1,
    "language": "en",
    "title": "Follow-up call",
    "effective_on": "2026-01-05",
    "sections": [
        {"heading": "Hello", "text": "How are you?"},
        {"heading": "Ask", "text": "– Is it spreading?\n– Is there fever?"},
    ],
}
ALL_WELL = {1: False, 2: False}
DOCUMENTS = (
    ("policy", policy()),
    ("protocol", protocol()),
    ("consent_text", CONSENT),
    ("consent_text", SCRIPT),
)


def treated(clinic: SmallClinic, **changes: object) -> str:
    """The id of a visit that reyes signed as performed."""
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(**changes), by, shown="window").visit_id


def pass_time(clinic: SmallClinic, **time: float) -> None:
    """So much later."""
    clinic.clock.at += timedelta(**time)
