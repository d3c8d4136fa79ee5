"""Hold what was done about adverse events against the log, and the director's word against her signature."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.acknowledging import ACKNOWLEDGEMENT_SHAPE
from mnclinic.audit.canonical import parse_document, sha256_hex
from mnclinic.domain.adverse_events import (
    HELD_FROM_GRADE,
    Account,
    StepKind,
    problems_of_account,
    problems_of_step,
    why_it_cannot_follow,
)
from mnclinic.domain.event_clock import SAME_DAY_FROM_GRADE, Deadlines, deadlines, end_of_day
from mnclinic.domain.policy import in_force
from mnclinic.models import AdverseEvent, ApprovedDocument, EventStep, Visit, instant_text
from mnclinic.services.check_kept_rows import AT_ONCE, KeptRows, rows
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_patient_acts import BESIDE, HELD, HOLD_ENDED, MERGED, TAKEN_IN
from mnclinic.services.check_pins import approved
from mnclinic.services.check_program_rules import FIRST_FORM_WITH_ACCOUNTS, newer_rules_from
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
CLOCKS_CHANGE_BY, AT_MOST_SO_OFTEN = timedelta(minutes=30), 4
"""Clocks of a place change by an hour; by half of one or by two where they change otherwise."""
A_DAY = timedelta(days=1)
WITHOUT_CLOCK = "it has no account and no clock for the director, and no program wrote events so any more"
OTHER_ACCOUNT = "its account is none that the program takes"
OTHER_STEP = "it says what no step about such an event says"
NOT_HELD = "its grade asks for the person's records to be held, and nothing held them"
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
        event = session.get(AdverseEvent, row.event_id)
        if event is not None and seq and _is_other_step(row, event, logged.entry(seq)):
            yield OTHER_STEP
        if row.what == StepKind.ACKNOWLEDGED:
            yield from _wrong_with_acknowledgement(session, row, against)
        elif row.record is not None or row.signature is not None:
            yield "it has a signature that steps of its kind do not have"

    yield from rows(session, logged, _STEPS, besides)
    for event_id, course in courses.items():
        yield from _out_of_course(event_id, course)


def clocks(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each event has an account, and the director's deadlines that the rule gave when it was written down.

    What has neither, a program of before there was a clock wrote down, or whoever wanted none to run.
    """
    policies = [*approved(session, logged, "policy")]
    texts = {row.sha256: row.document for row in session.scalars(select(ApprovedDocument))}
    begins = newer_rules_from(session, FIRST_FORM_WITH_ACCOUNTS)
    for row in session.scalars(select(AdverseEvent).execution_options(yield_per=AT_ONCE)):
        words = logged.named("adverse_event", row.id)
        # One that nobody entered is told by another part.
        if not words:
            continue
        where, seq = f"adverse event {row.id[:8]}", words[0].seq
        if row.kind is None or row.tell_by is None:
            if begins is not None and seq > begins:
                yield StoreFinding(where, WITHOUT_CLOCK, seq=seq)
            continue
        entry = logged.entry(seq)
        if _is_other_account(row, entry):
            yield StoreFinding(where, OTHER_ACCOUNT, seq=seq)
        if row.grade >= HELD_FROM_GRADE and not _is_held(logged, entry):
            yield StoreFinding(where, NOT_HELD, seq=seq)
        zone = datetime.strptime(entry["tz"], "%z").tzinfo or UTC
        told_at = row.recorded_at.astimezone(zone)
        policy = in_force([one for one in policies if one.seq < seq], told_at.date())
        rules = rules_in(json.loads(texts[policy.sha256])) if policy is not None else {}
        due = deadlines(
            row.grade,
            is_expected=bool(row.is_expected),
            told_at=told_at,
            hours=hours_by_grade(rules),
            zone=zone,
        )
        if row.tell_by != due.tell_by or row.sign_by not in may_be_signed_by(row.grade, told_at, due):
            yield StoreFinding(where, OTHER_CLOCK, seq=seq)


def _is_held(logged: Logged, entry: Mapping[str, Any]) -> bool:
    """Whether the person's records were held already, or put on hold in the act that entered an event.

    Of several records that were one person's, the hold of each is all the others' too: of them nothing is
    told.
    """
    words, seq = logged.named("patient", entry["subj"]), entry["seq"]
    if any(one.action in {MERGED, TAKEN_IN} for one in words):
        return True
    before = [one.action for one in words if one.seq < seq and one.action in {HELD, HOLD_ENDED}]
    return before[-1:] == [HELD] or any(
        # That the clock jumped may stand between.
        one.action == HELD and seq < one.seq <= seq + BESIDE
        for one in words
    )


def may_be_signed_by(grade: int, told_at: datetime, due: Deadlines) -> Set[datetime]:
    """By when she may have to sign, wherever the clocks of the place changed on that day.

    An entry tells the offset of its moment and not by which rules clocks went there. `told_at` has it.
    """
    if grade < SAME_DAY_FROM_GRADE:
        return {due.sign_by}
    end = end_of_day(told_at, told_at.tzinfo or UTC)
    changes = range(-AT_MOST_SO_OFTEN, AT_MOST_SO_OFTEN + 1)
    return {max(due.tell_by, end + number * CLOCKS_CHANGE_BY) for number in changes}


def _is_other_account(row: AdverseEvent, entry: Mapping[str, Any]) -> bool:
    """Whether the program would not have taken this account at the moment of its entry."""
    parts = (row.onset_at, row.is_expected, row.relatedness, row.seriousness, row.treatment)
    if None in (*parts, row.told_how, row.told_by):
        return True
    # Within an act the clock may have been set back by a little between what it stores and its entry.
    now = max(row.recorded_at, datetime.fromisoformat(entry["ts"]))
    newest = max(now, datetime.fromisoformat(entry["hwm"]))
    if row.noted_on > newest.date() + A_DAY:
        return True
    account = Account(
        row.kind or "",
        row.onset_at or now,
        is_expected=bool(row.is_expected),
        told_how=row.told_how or "",
        told_by=row.told_by or "",
        relatedness=row.relatedness or "",
        seriousness=tuple((row.seriousness or "").split(",")) if row.seriousness else (),
        treatment=row.treatment or "",
    )
    # The visit's draft may have had another time by then.
    problems = problems_of_account(
        account, event=row.event, grade=row.grade, treated_at=None, now=now, newest=newest
    )
    return any(problems)


def _out_of_course(event_id: str, course: list[tuple[int, str]]) -> Iterator[StoreFinding]:
    """Steps of one event that could not follow on those before them in the log."""
    done: set[StepKind] = set()
    for seq, what in sorted(course):
        code = why_it_cannot_follow(StepKind(what), done)
        if code is not None:
            yield StoreFinding(f"adverse event {event_id[:8]}", _OUT_OF_COURSE[code], seq=seq)
        done.add(StepKind(what))


def _is_other_step(row: EventStep, event: AdverseEvent, entry: Mapping[str, Any]) -> bool:
    """Whether the program would not have taken this step about that event at the moment of its entry.

    What gets worse is an event of its own, whose clock begins anew. A report has its number and day, which
    nothing else has, and an end says no grade. Days are by the clocks of the place, of which the entry tells
    the offset alone: one more or less is no misfit.
    """
    problems = problems_of_step(
        text=row.text,
        grade=row.grade,
        worst_grade=event.grade,
        outcome=row.outcome,
        is_text_needed=row.what in {StepKind.NOTE, StepKind.CLOSED},
    )
    is_report = row.what == StepKind.REPORTED
    is_in_part = {row.reported_on is not None, bool(row.report_number)} != {is_report}
    is_worded_as_end = row.what == StepKind.CLOSED and row.grade is not None
    if any(problems) or is_in_part or is_worded_as_end:
        return True
    if row.reported_on is None:
        return False
    first, last = event.recorded_at.date(), datetime.fromisoformat(entry["hwm"]).date()
    return not first - A_DAY <= row.reported_on <= last + A_DAY


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
