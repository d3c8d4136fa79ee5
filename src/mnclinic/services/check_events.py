"""Hold what was done about adverse events against the log, and the director's word against her signature."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.acknowledging import ACKNOWLEDGEMENT_SHAPE
from mnclinic.audit.canonical import parse_document, sha256_hex
from mnclinic.domain.adverse_events import StepKind, why_it_cannot_follow
from mnclinic.domain.event_clock import SAME_DAY_FROM_GRADE, Deadlines, deadlines
from mnclinic.domain.policy import in_force
from mnclinic.models import AdverseEvent, ApprovedDocument, EventStep, Visit, instant_text
from mnclinic.services.check_kept_rows import AT_ONCE, KeptRows, rows
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_pins import approved
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.directors_word import HeldAgainst, wrong_with_entered_word
from mnclinic.services.event_rows import step_bytes
from mnclinic.services.record_adverse_event import adverse_event_bytes, hours_by_grade, rules_in

_ACTIONS = {
    "told": "adverse_event.told",
    "acknowledged": "adverse_event.acknowledged",
    "note": "adverse_event.noted",
    "reported": "adverse_event.reported",
    "closed": "adverse_event.closed",
}
CLOCKS_CHANGE_BY, CLOCKS_CHANGE_BY_AT_MOST = timedelta(minutes=30), timedelta(hours=2)
OTHER_CLOCK = "the director's deadlines are not those that its grade and the policy of that moment give"
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


def clocks(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """The director's deadlines are those that the rule gave when an event was written down.

    What stands there without a clock, a program of before there was one wrote down.
    """
    policies = [*approved(session, logged, "policy")]
    texts = {row.sha256: row.document for row in session.scalars(select(ApprovedDocument))}
    asked = select(AdverseEvent).where(AdverseEvent.tell_by.is_not(None))
    for row in session.scalars(asked.execution_options(yield_per=AT_ONCE)):
        words = logged.named("adverse_event", row.id)
        # One that nobody entered is told by another part.
        if not words:
            continue
        zone = datetime.strptime(logged.entry(words[0].seq)["tz"], "%z").tzinfo
        told_at = row.recorded_at.astimezone(zone)
        policy = in_force([one for one in policies if one.seq < words[0].seq], told_at.date())
        rules = rules_in(json.loads(texts[policy.sha256])) if policy is not None else {}
        due = deadlines(
            row.grade,
            is_expected=bool(row.is_expected),
            told_at=told_at,
            hours=hours_by_grade(rules),
            zone=zone or UTC,
        )
        if row.tell_by != due.tell_by or not _may_be_signed_by(row, due):
            yield StoreFinding(f"adverse event {row.id[:8]}", OTHER_CLOCK, seq=words[0].seq)


def _may_be_signed_by(row: AdverseEvent, due: Deadlines) -> bool:
    """Whether she has to sign by then, wherever the clocks of the place changed on that day.

    An entry tells the offset of its moment and not by which rules clocks went there.
    """
    if row.sign_by is None or row.grade < SAME_DAY_FROM_GRADE:
        return row.sign_by == due.sign_by
    apart = abs(row.sign_by - due.sign_by)
    is_change_of_clocks = apart <= CLOCKS_CHANGE_BY_AT_MOST and not apart % CLOCKS_CHANGE_BY
    return row.sign_by >= due.tell_by and is_change_of_clocks


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
