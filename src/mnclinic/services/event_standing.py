"""Hold a director's acknowledgement of an adverse event against her signature, wherever it is shown.

It looks at one at a time: bytes, key, event. Whether the log entered it is the check's matter.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.acknowledging import ACKNOWLEDGEMENT_FORMAT, ACKNOWLEDGEMENT_SHAPE
from mnclinic.audit.canonical import NotCanonical, parse_document, sha256_hex
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.domain.instants import read_instant
from mnclinic.errors import ILL_WRITTEN
from mnclinic.models import AdverseEvent, Clinic, EventStep, instant_text
from mnclinic.services.record_adverse_event import adverse_event_bytes
from mnclinic.services.signature_standing import public_keys
from mnclinic.services.standing import Standing


@dataclass(frozen=True)
class SignedAs:
    """How a signature is shown: who, when by the clinic's clock of then, and what it means, as was signed."""

    name: str
    credential: str
    at: datetime
    statement: str


def signed_as(row: EventStep) -> SignedAs | None:
    """What stands in a step's signed record; None where nobody signed, or it cannot be read."""
    if row.record is None:
        return None
    try:
        signed = parse_document(row.record, ACKNOWLEDGEMENT_SHAPE)
    except NotCanonical:
        return None
    signer, at = signed["signer"], read_instant(signed["signed_at"])
    try:
        zone = datetime.strptime(signed["utc_offset"], "%z").tzinfo
    except ValueError:
        return None
    return SignedAs(
        signer["name"],
        signer["credential"] or "",
        (at or row.recorded_at).astimezone(zone),
        signed["statement"],
    )


class EventStandings:
    """What became of the signatures under steps. The register is read once, where there is one to check."""

    def __init__(self, session: Session) -> None:
        """For whoever reads with this session."""
        self._session = session
        self._keys: Mapping[str, bytes] | None = None

    def of(self, row: EventStep, event: AdverseEvent) -> Standing:
        """Of a step that stands under this event; what nobody signs holds."""
        if row.record is None or row.signature is None:
            return Standing.HOLDS
        try:
            signed = parse_document(row.record, ACKNOWLEDGEMENT_SHAPE)
        except NotCanonical:
            is_other = _format_of(row.record) not in {None, ACKNOWLEDGEMENT_FORMAT}
            return Standing.NOT_CHECKED if is_other else Standing.ALTERED
        if self._keys is None:
            self._keys = public_keys(self._session)
        public = self._keys.get(signed["signer"]["key"])
        if public is None or not verify(public, row.signature, record_signing_bytes(row.record)):
            return Standing.SIGNATURE_BROKEN
        vault = self._session.scalar(select(Clinic.vault).where(Clinic.id == 1))
        said = (signed["vault"], signed["step"], signed["event"], signed["event_sha256"])
        if said != (vault, row.id, event.id, sha256_hex(adverse_event_bytes(event))):
            return Standing.SIGNATURE_BROKEN
        shown = (row.text, row.recorded_by, instant_text(row.recorded_at))
        if shown != (signed["text"], signed["signer"]["staff"], signed["signed_at"]):
            return Standing.ALTERED
        return Standing.HOLDS


def _format_of(record: bytes) -> str | None:
    try:
        value = json.loads(record)
    except ILL_WRITTEN:
        return None
    named = value.get("format") if isinstance(value, dict) else None
    return named if isinstance(named, str) else None
