"""`follow-up`: whom to call after a treatment, with which words, and what came of it."""

from typing import Any

from mnclinic.cli.answer import Answer, counted
from mnclinic.cli.request import Request
from mnclinic.domain.call_script import CallScript
from mnclinic.domain.follow_up import ContactOutcome, ContactState
from mnclinic.domain.person_details import CONTACT_CODES, DO_NOT_CONTACT
from mnclinic.services.follow_up_rows import ContactRow
from mnclinic.services.list_follow_ups import follow_ups, open_contact
from mnclinic.services.record_follow_up import NewTry, record_follow_up

_STATES = {
    ContactState.LATER: "planned",
    ContactState.DUE: "due today",
    ContactState.OVER: "OVER",
    ContactState.DONE: "made",
    ContactState.GIVEN_UP: "given up after three tries",
}


def list_all(request: Request) -> Answer:
    """Contacts that are due or over; with --all every one that is still told."""
    with request.clinic() as (clinic, _):
        found = follow_ups(clinic, with_all=request.options.all)
    lines = [counted(len(found), "follow-up contact"), *(_line(one) for one in found)]
    return Answer({"contacts": [_json(one) for one in found], "error": None}, lines)


def show(request: Request) -> Answer:
    """One contact with what is said; the look at its visit is entered."""
    options = request.options
    with request.clinic() as (clinic, _):
        opened = open_contact(clinic, options.visit, options.step)
    lines = [_line(opened.row), *_script_lines(opened.script)]
    script = None if opened.script is None else _script_json(opened.script)
    return Answer({"contact": _json(opened.row), "script": script, "error": None}, lines)


def record(request: Request) -> Answer:
    """Write one try down; what is wrong with a patient is recorded as an adverse event after it."""
    options = request.options
    answers = {**dict.fromkeys(options.no, False), **dict.fromkeys(options.yes, True)}
    with request.clinic() as (clinic, _):
        if options.rest_no:
            script = open_contact(clinic, options.visit, options.step).script
            numbers = range(1, script.question_count + 1) if script else ()
            answers = dict.fromkeys(numbers, False) | answers
        new = NewTry(options.channel, options.outcome, answers, options.note)
        done = record_follow_up(clinic, options.visit, options.step, new)
    lines = [_line(done.row)]
    if options.outcome == ContactOutcome.WRONG.value:
        lines.append(f"  Record what is wrong now: mnclinic event add {done.row.number} --told follow_up")
    return Answer({"contact": _json(done.row), "try": done.try_id, "error": None}, lines)


def _line(row: ContactRow) -> str:
    due = f"{row.due_at:%Y-%m-%d %H:%M}"
    said = f"{row.number}  {row.step}  {due}  {_STATES[row.state]}  {row.patient}  {row.phone}".rstrip()
    said += "  ASKED NOT TO BE CONTACTED" if DO_NOT_CONTACT in row.contact else ""
    said += f"  about: {row.event}" if row.event else ""
    said += f"  for: {row.condition}" if row.condition else ""
    tries = [one.outcome.value.replace("_", " ") for one in row.tries]
    return f"{said}  tried: {', '.join(tries)}" if tries else said


def _script_lines(script: CallScript | None) -> list[str]:
    if script is None:
        return ["  No call script that the director approved is in force."]
    lines = [f"  {script.title}, version {script.version}"]
    for part in script.parts:
        lines.append(f"  {part.heading}")
        lines += [f"    {words}" for words in part.words]
        lines += [f"    {number}. {words}" for number, words in part.questions]
    return lines


def _script_json(script: CallScript) -> dict[str, Any]:
    return {
        "form": script.form,
        "version": script.version,
        "language": script.language,
        "title": script.title,
        "sha256": script.sha256,
        "parts": [
            {
                "heading": part.heading,
                "words": list(part.words),
                "questions": [{"number": number, "words": words} for number, words in part.questions],
            }
            for part in script.parts
        ],
    }


def _json(row: ContactRow) -> dict[str, Any]:
    return {
        "visit": row.visit_id,
        "number": row.number,
        "visit_on": row.visit_on.isoformat(),
        "record_number": row.record_number,
        "patient": row.patient,
        "phone": row.phone,
        "language": row.language,
        "contact": [one for one in CONTACT_CODES if one in row.contact],
        "step": row.step,
        "kind": row.kind.value,
        "due_at": row.due_at.isoformat(),
        "state": row.state.value,
        "because": [one.value for one in row.because],
        "condition": row.condition,
        "about_event": row.event,
        "tries": [
            {
                "id": one.try_id,
                "channel": one.channel.value,
                "outcome": one.outcome.value,
                "answers": [
                    {"question": number, "yes": said} for number, said in sorted(one.answers.items())
                ],
                "note": one.note,
                "by": one.by,
                "at": one.at.isoformat(),
            }
            for one in row.tries
        ],
    }
