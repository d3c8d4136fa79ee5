"""Hold what was done about adverse events against the log, and the director's word against her signature."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy.orm import Session

from mnclinic.audit.acknowledging import ACKNOWLEDGEMENT_SHAPE
from mnclinic.audit.canonical import parse_document, sha256_hex
from mnclinic.domain.adverse_events import StepKind, why_it_cannot_follow
from mnclinic.models import AdverseEvent, EventStep, Visit, instant_text
from mnclinic.services.check_kept_rows import KeptRows, rows
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.directors_word import HeldAgainst, wrong_with_entered_word
from mnclinic.services.event_rows import step_bytes
from mnclinic.services.record_adverse_event import adverse_event_bytes

_ACTIONS = {
    "told": "adverse_event.told",
    "acknowledged": "adverse_event.acknowledged",
    "note": "adverse_event.noted",
    "reported": "adverse_event.reported",
    "closed": "adverse_event.closed",
}
_STEPS = KeptRows(
    *(EventStep, "event_step", lambda row_id: f"event step {row_id[:8]}", "event steps", step_bytes),
    action=lambda row: _ACTIONS.get(row.what),
)
_OUT_OF_COURSE = {
    "acknowledged_before": "a director signed once more that she knew of it",
    "event_closed": "something else than a report was written down after it was closed",
    "told_before": "that the director was told was written down when she knew of it already",
    "not_acknowledged": "it was closed before a director signed that she knew of it",
}
"""By the code of the refusal that the program gives."""


def steps(session: Session, logged: Logged, against: HeldAgainst) -> Iterator[StoreFinding]:
    """What is wrong with the steps, and which that the log entered are not there."""
    courses: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)

    def besides(row: EventStep, seq: int) -> Iterator[str]:
        courses[row.event_id].append((seq, row.what))
        if row.what == StepKind.ACKNOWLEDGED:
            yield from _wrong_with_acknowledgement(session, row, against)
        elif row.record is not None or row.signature is not None:
            yield "it has a signature that steps of its kind do not have"

    yield from rows(session, logged, _STEPS, besides)
    for event_id, course in courses.items():
        yield from _out_of_course(event_id, course)


def _out_of_course(event_id: str, course: list[tuple[int, str]]) -> Iterator[StoreFinding]:
    """Steps of one event that could not follow on those before them in the log."""
    done: set[StepKind] = set()
    for seq, what in sorted(course):
        code = why_it_cannot_follow(StepKind(what), done)
        if code is not None:
            yield StoreFinding(f"adverse event {event_id[:8]}", _OUT_OF_COURSE[code], seq=seq)
        done.add(StepKind(what))


def _wrong_with_acknowledgement(session: Session, row: EventStep, against: HeldAgainst) -> Iterator[str]:
    if row.record is None or row.signature is None:
        yield "nobody signed it"
        return
    said = parse_document(row.record, ACKNOWLEDGEMENT_SHAPE)
    yield from wrong_with_entered_word(said, row.record, row.signature, against)
    told = (
        *(said["step"], said["event"], said["text"], said["signer"]["staff"], said["signed_at"]),
        *(None, None, None, None),
    )
    here = (
        *(row.id, row.event_id, row.text, row.recorded_by, instant_text(row.recorded_at)),
        *(row.grade, row.outcome, row.report_number, row.reported_on),
    )
    if told != here:
        yield "its columns are not what was signed"
    event = session.get(AdverseEvent, row.event_id)
    visit = session.get(Visit, event.visit_id) if event is not None else None
    if event is None or visit is None:
        yield "the event that it is about is not there"
    elif (against.vault, sha256_hex(adverse_event_bytes(event)), visit.patient_ref) != (
        *(said["vault"], said["event_sha256"], said["patient"]),
    ):
        yield "it was signed for another event"
