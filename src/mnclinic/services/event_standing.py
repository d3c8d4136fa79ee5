"""Hold a director's acknowledgement of an adverse event against her signature, wherever it is shown."""

from sqlalchemy.orm import Session

from mnclinic.audit.acknowledging import ACKNOWLEDGEMENT_FORMAT, ACKNOWLEDGEMENT_SHAPE
from mnclinic.audit.canonical import sha256_hex
from mnclinic.models import AdverseEvent, EventStep, instant_text
from mnclinic.services.directors_word import Said, SignedAs, WordStandings, signed_as
from mnclinic.services.record_adverse_event import adverse_event_bytes
from mnclinic.services.standing import Standing


def step_signed_as(row: EventStep) -> SignedAs | None:
    """What stands in a step's signed record; None where nobody signed, or it cannot be read."""
    return signed_as(row.record, ACKNOWLEDGEMENT_SHAPE, row.recorded_at)


class EventStandings:
    """What became of the signatures under steps."""

    def __init__(self, session: Session) -> None:
        """For whoever reads with this session."""
        self._words = WordStandings(session, ACKNOWLEDGEMENT_FORMAT, ACKNOWLEDGEMENT_SHAPE)

    def of(self, row: EventStep, event: AdverseEvent) -> Standing:
        """Of a step that stands under this event; what nobody signs holds."""
        if row.record is None or row.signature is None:
            return Standing.HOLDS

        def is_about(said: Said) -> bool:
            about = (said["step"], said["event"], said["event_sha256"])
            return about == (row.id, event.id, sha256_hex(adverse_event_bytes(event)))

        def is_shown(said: Said) -> bool:
            shown = (row.text, row.recorded_by, instant_text(row.recorded_at))
            return shown == (said["text"], said["signer"]["staff"], said["signed_at"])

        return self._words.of(row.record, row.signature, is_about=is_about, is_shown=is_shown)
