"""`patient show`, `add`, `edit`, `merge`, `unmerge`, `standing`, `history` and `hold`."""

import argparse
from collections.abc import Mapping
from typing import Any

from mnclinic.cli.answer import Answer, counted
from mnclinic.cli.duties import kept_json, kept_line
from mnclinic.cli.request import Request
from mnclinic.domain.person_details import CHANGEABLE, Standing
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.change_details import change_details
from mnclinic.services.change_medical_history import NewHistory, add_medical_history, end_medical_history
from mnclinic.services.change_standing import change_standing
from mnclinic.services.find_patients import PatientCard, show_patient
from mnclinic.services.hold_records import end_hold, hold_records
from mnclinic.services.look_alikes import Typed, look_alikes
from mnclinic.services.medical_history import HistoryRow
from mnclinic.services.merge_records import merge_records, unmerge_records
from mnclinic.services.patient_timeline import PAGE, TimelineItem, patient_timeline


def given(options: argparse.Namespace) -> dict[str, Any]:
    """The fields of a person that stand among the arguments."""
    found = {name: getattr(options, name, None) for name in CHANGEABLE}
    return {name: value for name, value in found.items() if value is not None}


def show(request: Request) -> Answer:
    """Open one person's record; that is entered."""
    options = request.options
    with request.clinic() as (clinic, _):
        card = show_patient(clinic, options.patient)
        limit = PAGE if options.limit is None else options.limit
        page = patient_timeline(clinic, card.ref, older_than=options.older_than, limit=limit)
    banner = card.banner
    lines = [f"{banner.spoken_name}  {card.record_number}"]
    lines.append(f"  {card.name}, born {card.born_on or 'not recorded'}")
    if banner.also_numbers:
        lines.append(f"  also {', '.join(banner.also_numbers)}")
    lines.append(f"  allergies: {banner.allergies.words or banner.allergies.state.replace('_', ' ')}")
    lines += [f"  {words}" for words in card.holds]
    lines.append(f"  {kept_line(card.kept)}")
    lines += [_line(item) for item in page.items]
    if page.older_than is not None:
        lines.append(f"Older: --older-than {page.older_than}")
    return Answer(
        {
            "patient": _card(card),
            "timeline": [_item(item) for item in page.items],
            "older_than": page.older_than,
            "error": None,
        },
        lines,
    )


def add(request: Request) -> Answer:
    """Put a person on the roster; who may be meant already is told, and is no bar."""
    fields = given(request.options)
    with request.clinic() as (clinic, _):
        new = NewPatient(**{"last_name": "", "first_name": "", **fields})
        typed = Typed(*(str(getattr(new, name) or "") for name in Typed.__dataclass_fields__))
        alikes = look_alikes(clinic, typed)
        added = add_patient(clinic, new, at_the_desk=True)
    lines = [f"{added.record_number} added"]
    lines += [f"  {one.likeness}: {one.record_number}. {one.reason}" for one in alikes]
    return Answer(
        {
            "ref": added.ref,
            "record_number": added.record_number,
            "look_alikes": [
                {"record_number": one.record_number, "likeness": one.likeness.value, "reason": one.reason}
                for one in alikes
            ],
            "error": None,
        },
        lines,
    )


def edit(request: Request) -> Answer:
    """Change details of a person."""
    options = request.options
    with request.clinic() as (clinic, _):
        done = change_details(clinic, options.patient, given(options), revision=options.revision)
    said = ", ".join(name.replace("_", " ") for name in done.changed) or "nothing"
    return Answer(
        {
            "ref": done.ref,
            "record_number": done.record_number,
            "revision": done.revision,
            "changed": list(done.changed),
            "error": None,
        },
        [f"{done.record_number}: changed {said}"],
    )


def merge(request: Request) -> Answer:
    """Have one record read under another of the same person."""
    options = request.options
    with request.clinic() as (clinic, _):
        done = merge_records(clinic, options.patient, options.into, options.reason)
    return Answer(
        {"record_number": done.record_number, "kept": done.kept_number, "error": None},
        [f"{done.record_number} is read under {done.kept_number} now"],
    )


def unmerge(request: Request) -> Answer:
    """Take a merge back."""
    options = request.options
    with request.clinic() as (clinic, _):
        done = unmerge_records(clinic, options.patient, options.reason)
    lines = [f"{done.record_number} is a record of its own again, apart from {done.kept_number}"]
    if done.visits:
        count = counted(len(done.visits), "visit")
        lines.append(f"  {count} started while the two were one; look whose: {', '.join(done.visits)}")
    return Answer(
        {
            "record_number": done.record_number,
            "kept": done.kept_number,
            "visits": list(done.visits),
            "error": None,
        },
        lines,
    )


def standing(request: Request) -> Answer:
    """Say how a person stands to the clinic."""
    options = request.options
    with request.clinic() as (clinic, _):
        done = change_standing(
            clinic,
            options.patient,
            Standing(options.standing),
            note=options.note,
            deceased_on=options.deceased_on,
        )
    return Answer(
        {
            "record_number": done.record_number,
            "standing": done.standing.value,
            "before": done.before.value,
            "error": None,
        },
        [f"{done.record_number}: {done.standing.value}, before {done.before.value}"],
    )


def history(request: Request) -> Answer:
    """Add or end an entry of a person's health history where that is asked, then open it; that is entered."""
    options = request.options
    with request.clinic() as (clinic, _):
        if options.add:
            new = NewHistory(
                options.add, options.code, options.words, options.since, options.source, options.note
            )
            add_medical_history(clinic, options.patient, new)
        if options.end:
            ended_on = options.on or clinic.clock.now().date()
            end_medical_history(
                clinic, options.patient, options.end, ended_on=ended_on, reason=options.reason
            )
        card = show_patient(clinic, options.patient)
    lines = [f"{card.record_number}: {counted(len(card.history), 'entry', 'entries')}"]
    lines += [_history_line(one) for one in card.history]
    return Answer(
        {
            "record_number": card.record_number,
            "history": [_history(one) for one in card.history],
            "error": None,
        },
        lines,
    )


def hold(request: Request) -> Answer:
    """Put a legal hold on a person's records, or end it."""
    options = request.options
    act = end_hold if options.off else hold_records
    with request.clinic() as (clinic, _):
        done = act(clinic, options.patient, options.reason)
    words = "a legal hold stands" if done.is_held else "no legal hold stands any more"
    return Answer(
        {"record_number": done.record_number, "held": done.is_held, "error": None},
        [f"{done.record_number}: {words}"],
    )


def _card(card: PatientCard) -> Mapping[str, object]:
    banner = card.banner
    return {
        "ref": card.ref,
        "record_number": card.record_number,
        "also_numbers": list(banner.also_numbers),
        "last_name": card.last_name,
        "first_name": card.first_name,
        "preferred_name": card.preferred_name,
        "pronouns": card.pronouns,
        "born_on": card.born_on.isoformat() if card.born_on else None,
        "age": card.age,
        "sex": card.sex,
        "phone": card.phone,
        "email": card.email,
        "address": card.address,
        "emergency_contact": card.emergency_contact,
        "language": card.language,
        "contact": list(card.contact),
        "allergies": {"state": banner.allergies.state.value, "words": banner.allergies.words},
        "fitzpatrick": card.fitzpatrick,
        "notes": card.notes,
        "standing": card.standing.value,
        "standing_note": card.standing_note,
        "deceased_on": card.deceased_on.isoformat() if card.deceased_on else None,
        "holds": [{"code": one.code.value, "words": one.words} for one in banner.holds],
        "revision": card.revision,
        "kept": kept_json(card.kept),
    }


def _history(one: HistoryRow) -> Mapping[str, object]:
    return {
        "id": one.history_id,
        "kind": one.kind.value,
        "code": one.code or None,
        "words": one.words,
        "since": one.since or None,
        "source": one.source.value,
        "note": one.note,
        "ended_on": one.ended_on.isoformat() if one.ended_on else None,
        "ended_reason": one.ended_reason,
        "record_number": one.record_number,
    }


def _history_line(one: HistoryRow) -> str:
    words = f"  {one.history_id[:8]}  {one.kind.value}: {one.words}"
    words += f", since {one.since}" if one.since else ""
    return words + (f", ended {one.ended_on}: {one.ended_reason}" if one.ended_on else "")


def _item(item: TimelineItem) -> Mapping[str, object]:
    visit = item.visit
    return {
        "seq": item.seq,
        "at": item.at.isoformat(timespec="seconds") if item.at else None,
        "action": item.action,
        "by": item.by,
        "record_number": item.record_number or None,
        "visit": {
            "number": visit.number,
            "state": visit.state.value,
            "visit_on": visit.visit_on.isoformat(),
            "service": visit.service,
            "areas": list(visit.areas),
        }
        if visit
        else None,
        "told": dict(item.told),
    }


def _line(item: TimelineItem) -> str:
    at = f"{item.at:%Y-%m-%d %H:%M}" if item.at else "no time"
    about = f" {item.visit.number} {', '.join(item.visit.areas)}".rstrip() if item.visit else ""
    return f"  {at}  {item.action}{about}  {item.by}"
