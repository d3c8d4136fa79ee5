"""`event`: adverse events, from the call to the end of each."""

from datetime import datetime
from typing import Any

from mnclinic.cli.answer import Answer, counted, say
from mnclinic.cli.request import Request
from mnclinic.cli.signed import signed_json, wrong_words
from mnclinic.domain.adverse_events import QUICK_PICKS, Account, EventKind, StepKind
from mnclinic.domain.event_clock import ClockState
from mnclinic.domain.instants import now_here
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.close_event import close_event
from mnclinic.services.event_rows import EventRow, StepRow
from mnclinic.services.find_patients import show_patient
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.list_events import event_called, events_of_person, show_open_events
from mnclinic.services.print_event_worksheet import print_event_worksheet
from mnclinic.services.record_adverse_event import record_adverse_event
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.show_visit import show_visit

_STATES = {
    ClockState.UNCLOCKED: "written down without a clock",
    ClockState.TELL: "the director is to be told",
    ClockState.SIGN: "the director is to sign",
    ClockState.FOLLOW: "followed up",
    ClockState.CLOSED: "closed",
}


def add(request: Request) -> Answer:
    """Write an event down as it was told; what is left out is as usual for its kind, and begins now."""
    options = request.options
    pick = QUICK_PICKS[EventKind(options.event_kind)]
    grade = pick.grade if options.grade is None else options.grade
    with request.clinic() as (clinic, _):
        now = now_here(clinic.clock)
        done = record_adverse_event(
            clinic,
            options.visit,
            event=options.words,
            grade=grade,
            noted_on=now.date(),
            note=options.note,
            account=Account(
                kind=options.event_kind,
                onset_at=options.onset or now,
                is_expected=None if options.expected is None else options.expected == "yes",
                told_how=options.told,
                told_by=options.by,
                relatedness=options.related,
                seriousness=tuple(options.serious),
                treatment=options.treatment,
            ),
        )
        event = event_called(clinic, done.event_id)
    lines = [_line(event, now)]
    if done.is_held_now:
        lines.append("  A legal hold stands on this person's records now.")
    return Answer({"event": _json(event, now), "held": done.is_held_now, "error": None}, lines)


def list_all(request: Request) -> Answer:
    """Events that are not closed, the most urgent first, or all of a person. Looks are entered."""
    patient = request.options.patient
    with request.clinic() as (clinic, _):
        if patient:
            show_patient(clinic, patient)
        now = now_here(clinic.clock)
        found = events_of_person(clinic, patient) if patient else show_open_events(clinic)
    lines = [counted(len(found), "adverse event"), *(_line(one, now) for one in found)]
    return Answer({"events": [_json(one, now) for one in found], "error": None}, lines)


def show(request: Request) -> Answer:
    """One event with its steps; the look at its visit is entered."""
    with request.clinic() as (clinic, _):
        event = _opened(clinic, request.options.event)
        now = now_here(clinic.clock)
    return Answer({"event": _json(event, now), "error": None}, _lines(event, now))


def acknowledge(request: Request) -> Answer:
    """Sign as director that an event is known, after printing it."""
    options = request.options
    with request.clinic() as (clinic, password):
        clinic.require(RoleAct.ACKNOWLEDGE_EVENT)
        event = _opened(clinic, options.event)
        for line in _lines(event, now_here(clinic.clock)):
            say(line)
        with signer(clinic, password, factor=options.key_file) as by:
            step = acknowledge_event(clinic, event.event_id, options.text, by, shown="command")
        return _after(clinic, event.event_id, step)


def note(request: Request) -> Answer:
    """Write down how an event goes on, that the director was told, or that it was reported."""
    options = request.options
    what = StepKind.NOTE
    if options.director_told:
        what = StepKind.TOLD
    elif options.report is not None:
        what = StepKind.REPORTED
    new = NewStep(what, options.text, options.grade, options.report or "", options.on)
    with request.clinic() as (clinic, _):
        clinic.require(RoleAct.RECORD_ADVERSE_EVENT)
        event = _opened(clinic, options.event).event_id
        return _after(clinic, event, follow_event(clinic, event, new))


def close(request: Request) -> Answer:
    """Close an event as director."""
    options = request.options
    with request.clinic() as (clinic, _):
        clinic.require(RoleAct.CLOSE_EVENT)
        event = _opened(clinic, options.event).event_id
        return _after(clinic, event, close_event(clinic, event, options.outcome, options.text))


def _opened(clinic: OpenClinic, named: str) -> EventRow:
    """An event; the look at its visit is entered before anything of it is answered."""
    event = event_called(clinic, named)
    show_visit(clinic, event.visit_id)
    return event


def worksheet(request: Request) -> Answer:
    """Write the worksheet for Form FDA 3500, filled from the record; nothing is sent."""
    options = request.options
    with request.clinic() as (clinic, _):
        made = print_event_worksheet(clinic, options.event, options.out)
    lines = [f"{made.file} is written, not encrypted. Nothing was sent."]
    return Answer({"event": options.event, "file": str(made.file), "error": None}, lines)


def _after(clinic: OpenClinic, event_id: str, step: str) -> Answer:
    event, now = event_called(clinic, event_id), now_here(clinic.clock)
    return Answer({"event": _json(event, now), "step": step, "error": None}, [_line(event, now)])


def _line(event: EventRow, now: datetime) -> str:
    said = f"{event.event_id[:8]}  grade {event.grade_now}  {event.event}  {event.patient}  {event.number}"
    said += f"  {_STATES[event.state]}"
    if event.due_at is not None:
        said += f" by {event.due_at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        said += " OVERDUE" if event.due_at < now else ""
    return said + wrong_words(event.standing)


def _lines(event: EventRow, now: datetime) -> list[str]:
    lines = [_line(event, now)]
    if event.onset_at is not None:
        began = f"{event.onset_at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        expected = "expected" if event.is_expected else "not expected"
        lines.append(f"  began {began}; {expected}; the treatment as cause: {event.relatedness}")
        lines.append(f"  told by {event.told_by} ({(event.told_how or '').replace('_', ' ')})")
    serious = ", ".join(one.replace("_", " ") for one in event.seriousness)
    lines += [f"  serious: {serious}"] if serious else []
    lines += [f"  treatment: {event.treatment}"] if event.treatment else []
    lines += [f"  {event.note}"] if event.note else []
    return lines + [_step_line(one, now) for one in event.steps]


def _step_line(step: StepRow, now: datetime) -> str:
    said = f"  {step.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}  {step.what.value}  {step.by}"
    said += f"  grade {step.grade}" if step.grade is not None else ""
    said += f"  {step.outcome.replace('_', ' ')}" if step.outcome else ""
    said += f"  {step.report_number} sent {step.reported_on}" if step.report_number else ""
    said += f"  {step.text}" if step.text else ""
    if step.signed is not None:
        who = ", ".join(part for part in (step.signed.name, step.signed.credential) if part)
        said += f"\n    signed by {who}, {step.signed.at.isoformat(timespec='seconds')}"
        said += f": {step.standing.value}\n    “{step.signed.statement}”"
    return said + wrong_words(step.standing)


def _json(event: EventRow, now: datetime) -> dict[str, Any]:
    return {
        "id": event.event_id,
        "visit": event.visit_id,
        "number": event.number,
        "record_number": event.record_number,
        "patient": event.patient,
        "phone": event.phone,
        "kind": event.kind,
        "event": event.event,
        "grade": event.grade,
        "grade_now": event.grade_now,
        "noted_on": event.noted_on.isoformat(),
        "onset_at": _instant(event.onset_at),
        "is_expected": event.is_expected,
        "relatedness": event.relatedness,
        "seriousness": list(event.seriousness),
        "treatment": event.treatment,
        "told_how": event.told_how,
        "told_by": event.told_by,
        "note": event.note,
        "tell_by": _instant(event.tell_by),
        "sign_by": _instant(event.sign_by),
        "state": event.state.value,
        "due_at": _instant(event.due_at),
        "is_overdue": event.due_at is not None and event.due_at < now,
        "recorded_by": event.recorded_by,
        "recorded_at": event.recorded_at.isoformat(),
        "steps": [
            {
                "id": one.step_id,
                "what": one.what.value,
                "text": one.text,
                "grade": one.grade,
                "outcome": one.outcome,
                "report_number": one.report_number,
                "reported_on": one.reported_on.isoformat() if one.reported_on else None,
                "by": one.by,
                "at": one.at.isoformat(),
                "standing": one.standing.value,
                "signed": signed_json(one.signed),
            }
            for one in event.steps
        ],
    }


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
